"""What the words for statuses, kinds and lists of actions mean.

Source: docs/explanation/boards-and-dates.md, Words.
"""

from collections.abc import Mapping

from handlers.reading.queries.query import Filter, Query
from handlers.responses import Group
from handlers.status.query_parts import QueryAnswer
from models.enums import WORST_FIRST, Kind, Status

_MEANS = {
    Status.NOT_STARTED: "grey; work has not begun.",
    Status.ON_TRACK: "green; it will be done as planned. It is not finished.",
    Status.SOME_ISSUES: "amber; something is in the way, and the lead says what.",
    Status.OFF_TRACK: "red; it will not be done as planned, and the lead says why.",
    Status.PROPOSED: "purple; its lead says that it is done, and the board has not agreed yet.",
    Status.COMPLETE: "blue; done, and a board has agreed.",
    Status.CLOSED_NOT_DONE: "white; ended without being done, and never counted as complete.",
}
_TERMS: Mapping[Filter | Kind, str] = {
    Kind.DELIVERABLE: "it can be finished; it is due at a meeting, and can be late, moved and closed.",
    Kind.STANDING: "it has no end: never late, never complete; looked at with its theme, and once a year.",
    Kind.BOARD_ACTION: "given out in a meeting, and due at a meeting or on a day between two.",
    Filter.OVERDUE: "its meeting was held, no outcome came within 5 working days, and it has no new one; "
    "with a day of its own, from the day after. What awaits the board is not overdue.",
    Filter.DUE: "the meeting, or the day, at which the board wants it done.",
    Filter.OWED: "the board wants an update before its papers go out, and none has come since it last met.",
    Filter.MISSED: "how many meetings of its board were held while it was open and due.",
    Filter.REPLANNED: "its meeting was moved, with a reason; the first one is kept, and the moves are counted.",
    Filter.WITHHELD: "words that its lead, the secretary and the chair see, and the paper does not print.",
    Filter.OPEN: "not complete, and not ended without being done.",
    Filter.CLOSED: "complete, or ended without being done.",
}


def meaning_answer(query: Query) -> QueryAnswer | None:
    """Return what the words asked about mean; None where they are none of these."""

    def said(term: Status | Filter | Kind) -> str:
        return f"{term.value[0].upper()}{term.value[1:]}: {_MEANS[term] if isinstance(term, Status) else _TERMS[term]}"

    asked: list[Status | Filter | Kind] = [
        *(one for one in WORST_FIRST if one in query.statuses),
        *query.filters,
        *query.kinds,
    ]
    known = [said(one) for one in asked if one in _TERMS or one in _MEANS]
    alike: tuple[Status | Filter | Kind, ...] = WORST_FIRST if query.statuses else tuple(Kind) if query.kinds else ()
    others = tuple(said(one) for one in alike if one not in asked)
    if not known:
        return None
    return QueryAnswer(" ".join(known), groups=(Group("The others", texts=others),) if others else (), key=False)
