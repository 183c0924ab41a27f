"""What the paper says, in words: its figures with the words of the entries that they name, ready for a template.

Words that are not for publication, or were redacted since, are not among them, whoever asks: a paper is published.
Words that may identify a child are held until the secretary has said that they do not.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, number_said, short_day, time_said
from handlers.papers.paper import Paper, PaperAction, Section, WordsAt
from handlers.papers.since import changes_of_paper
from handlers.reading.board_asks import ask_kept
from handlers.safeguarding.publication import Withheld, why_left_out
from models.enums import NEEDS_REASON, OPEN, Status
from models.plan.queries import REDACTED
from models.records.paper_reads import WordsRead, actions_read, outcomes_read, updates_read
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts

UPDATE_HELD = "Update held: not for publication"
NOTHING_SAID = "No update yet"
_NOT_PUBLISHED = "not for publication"
TINTS = {
    Status.NOT_STARTED: "EEEFEF",
    Status.ON_TRACK: "CCE2D8",
    Status.SOME_ISSUES: "FBE3CE",
    Status.OFF_TRACK: "F6D7D2",
    Status.PROPOSED: "DBD5E9",
    Status.COMPLETE: "D2E2F1",
    Status.CLOSED_NOT_DONE: "FFFFFF",
}
"""The colour behind each status: pale, since black words stand on it."""
STATUSES_MEAN = (
    (Status.OFF_TRACK, "will not be done by its meeting as things stand"),
    (Status.SOME_ISSUES, "at risk; the update says why"),
    (Status.NOT_STARTED, "no work has begun"),
    (Status.ON_TRACK, "will be done by its meeting"),
    (Status.PROPOSED, "the lead says that it is done; the board decides"),
    (Status.COMPLETE, "closed by the board"),
    (Status.CLOSED_NOT_DONE, "withdrawn, replaced or moved elsewhere; never counted as complete"),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of a paper is printed.

    Attributes:
        number: 1, or a higher one where the figures were thawed and frozen again.
        is_frozen: its figures stand.
    """

    number: int = 1
    is_frozen: bool = False


ExemptItem = tuple[PaperAction, WordsRead]
"""An action, and words about it that are not for publication."""


class PaperWords:
    """The words that a paper names, read at once, and written as `written` writes them."""

    def __init__(
        self,
        ctx: RequestContext,
        paper: Paper,
        cleared: Collection[str] = (),
        written: Callable[[str], str] | None = None,
    ) -> None:
        self._ctx, self._paper, self._cleared, self._written = ctx, paper, cleared, written or printable
        self._refs = {one.number: one.ref for one in paper.actions}
        self.left_out: dict[Withheld, None] = {}
        named = [one.last for one in paper.actions if one.last is not None]
        updates = {one.number for one in named if one.sort == "update"} | {one.entry for one in paper.new_meetings}
        outcomes = {one.number for one in named if one.sort == "outcome"} | {one.outcome for one in paper.closed}
        self._updates = updates_read(ctx.session, updates, ctx.zone)
        self._outcomes = outcomes_read(ctx.session, outcomes, ctx.zone)
        self._actions = actions_read(ctx.session, paper.by_number, paper.latest)

    def of_action(self, number: int) -> str:
        """Return what an action says, by its number."""
        return self._checked(self._actions[number][0], number) if number in self._actions else ""

    def at(self, where: WordsAt | None, action: int) -> str:
        """Return words about an action with who said them and when."""
        if where is None:
            return NOTHING_SAID
        sort = {"update": self._updates, "outcome": self._outcomes}.get(where.sort)
        if sort is None:
            read = self._actions[where.number][1] if where.number in self._actions else None
        else:
            read = sort.get(where.number)
        return self._signed(read, action, "The board: " if where.sort == "outcome" else "") if read else NOTHING_SAID

    def exempt(self) -> Iterable[ExemptItem]:
        """Yield each action with its words that are not for publication, and those of a request to re-plan it."""
        last = [(one.number, one.last.number) for one in self._paper.actions if one.last and one.last.sort == "update"]
        actions = self._paper.by_number
        for action, entry in dict.fromkeys((*last, *((one.action, one.entry) for one in self._paper.new_meetings))):
            read = self._updates.get(entry)
            if read is not None and read.withheld and read.words and not read.redaction:
                yield actions[action], read

    def whole(self, read: WordsRead, action: int) -> str:
        """Return words that are not for publication, for those who may read them."""
        return self._signed(replace(read, withheld=""), action)

    def asks(self) -> Iterable[tuple[PaperAction, str]]:
        """Yield each action that has some issues or is off track, and what its lead asks of the board about it."""
        for one in self._paper.actions:
            read = self._updates.get(one.last.number) if one.last and one.last.sort == "update" else None
            ask = ask_kept(read.words)[1] if read is not None and one.status in NEEDS_REASON else ""
            if read is not None and ask:
                yield one, _NOT_PUBLISHED if read.withheld else self._checked(ask, one.number)

    def request(self, entry: int, action: int) -> str:
        """Return the words of a request to re-plan an action."""
        return self._signed(self._updates[entry], action) if entry in self._updates else ""

    def outcome(self, number: int, action: int) -> str:
        """Return the board's own words of an outcome, without its signature."""
        read = self._outcomes.get(number)
        return self._checked(read.words, action) if read else ""

    def _checked(self, words: str, action: int) -> str:
        return self.checked(words, self._refs.get(action, ""))

    def checked(self, words: str, ref: str) -> str:
        """Return words as they are printed: those that may identify a child are held, until somebody clears them."""
        why = why_left_out(self._ctx, words, cleared=ref in self._cleared)
        if why:
            self.left_out[Withheld(ref, why)] = None
        return UPDATE_HELD if why else self._written(words)

    def _signed(self, read: WordsRead, action: int, whose: str = "") -> str:
        # Whoever wrote it down for a lead is on record; the paper names the lead.
        whom = read.signature.rpartition(", for ")[2]
        said = ", ".join(filter(None, (whom, _day(read.on, self._paper.as_at.year))))
        if read.redaction:
            words = REDACTED.capitalize()
        elif read.withheld and read.words:
            words = UPDATE_HELD
        else:
            words = f"{whose}{self._checked(read.words, action)}"
        return f"{words} ({said})" if said and words else words or said


def _day(day: date | None, year: int) -> str:
    return (short_day(day) if day.year == year else day_said(day)) if day is not None else ""


def printable(text: str) -> str:
    """Return words as a Word file may hold them: without control characters, each paragraph on its line."""
    kept = "".join(one if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs", "Cn") else " " for one in text)
    return "\n".join(line.strip() for line in kept.splitlines() if line.strip())


def print_paper(
    ctx: RequestContext,
    paper: Paper,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    edition: Edition,
    cleared: Collection[str] = (),
) -> tuple[dict[str, Any], PaperWords]:
    """Return everything that a template may print of a paper, as texts and lists of them; and its words.

    `cleared`: refs whose words the secretary has said identify nobody.
    """
    words, actions = PaperWords(ctx, paper, cleared), paper.by_number
    asks_to_move = {one.action: one.to for one in paper.new_meetings}

    def row(number: int) -> dict[str, Any]:
        return _row(actions[number], words, asks_to_move)

    def sections(some: Sequence[Section]) -> list[dict[str, Any]]:
        return [
            {"heading": one.heading, "level": one.level, "rows": [row(number) for number in one.actions]}
            for one in some
        ]

    tables = table_numbers(paper)
    at = f", {time_said(meeting.start, calendar)}" if meeting.starts_at else ""
    fields = {
        "plan": ctx.plan.name if ctx.plan else "",
        "board": calendar.board.name,
        "meeting": f"{meeting_said(meeting, calendar)}{at}",
        "as_at": instant_said(ctx, paper.as_at, calendar),
        "edition": f"Revised {edition.number}" if edition.number > 1 else "",
        "draft": "" if edition.is_frozen else "Draft: the figures may still change",
        "progress": standing_said(paper),
        "asked": everything_asked(words, paper),
        "tables": tables,
        "closures": [row(number) for number in paper.closures],
        "new_meetings": [
            row(one.action) | {"to": one.to, "why": words.request(one.entry, one.action)} for one in paper.new_meetings
        ],
        "matters": sections(paper.matters),
        "log": sections(paper.log),
        "not_listed": _not_listed(paper.standing),
        "silent": sections(paper.silent),
        "verbal": [row(number) for number in paper.verbal],
        "closed": [
            row(one.action) | {"how": one.how, "decision": words.outcome(one.outcome, one.action)}
            for one in paper.closed
        ],
        "key": [
            {"status": status.value, "meaning": meaning, "colour": TINTS[status]} for status, meaning in STATUSES_MEAN
        ],
    }
    return fields, words


def print_since(
    ctx: RequestContext, paper: Paper, now: Paper, calendar: BoardCalendar, meeting: MeetingFacts
) -> dict[str, Any]:
    """Return everything that a template may print of what has changed since a paper was frozen."""
    words, changes = PaperWords(ctx, now), changes_of_paper(ctx, paper)
    as_printed, _ = print_paper(ctx, paper, calendar, meeting, Edition(is_frozen=True))
    return {name: as_printed[name] for name in ("plan", "board", "meeting")} | {
        "papers_at": as_printed["as_at"],
        "as_at": instant_said(ctx, now.as_at, calendar),
        "edition": "",
        "count": f"{number_said(len(changes), 'action')} changed" if changes else "Nothing changed",
        "changed": [
            {
                "ref": one.ref,
                "action": words.of_action(one.stands.number),
                "lead": one.stands.lead,
                "was": f"{one.was.status.value}, {one.was.due}" if one.was else "not in the paper",
                "now": f"{one.now.status.value}, {one.now.due}" if one.now else one.what,
                "colour": TINTS[one.stands.status],
                "latest": words.at(one.now.last, one.now.number) if one.now else "",
            }
            for one in changes
        ],
    }


def instant_said(ctx: RequestContext, at: datetime, calendar: BoardCalendar) -> str:
    """Return an instant as it is said: "Tue 8 Sep 2020, 16:00"."""
    return f"{day_said(local_day(at, ctx.zone))}, {time_said(at, calendar)}"


def _row(action: PaperAction, words: PaperWords, asks_to_move: dict[int, str]) -> dict[str, Any]:
    to = asks_to_move.get(action.number)
    proposed = f"Move to {to}" if to else "Keep open"
    if action.status is Status.PROPOSED:
        proposed = "Close"
    elif action.status not in OPEN:
        proposed = ""
    return {
        "ref": action.ref,
        "action": words.of_action(action.number),
        "lead": action.lead,
        "due": action.due,
        "first_due": action.first_due,
        "status": action.status.value,
        "direction": action.direction,
        "late": action.late,
        "latest": words.at(action.last, action.number),
        "proposed": proposed,
        "colour": TINTS[action.status],
    }


def table_numbers(paper: Paper) -> dict[str, int]:
    """Return the number of each table that the board is asked to decide on."""
    there = (("closures", paper.closures), ("new_meetings", paper.new_meetings))
    return {name: number for number, name in enumerate((name for name, some in there if some), start=1)}


def standing_said(paper: Paper) -> str:
    """Return how the board's actions stand, in the words of `status`."""
    if not paper.counted:
        return "The board has no actions yet"
    late = f"; {paper.overdue} {'is' if paper.overdue == 1 else 'are'} overdue" if paper.overdue else ""
    return f"The board has {number_said(paper.counted, 'action')}: {paper.counts}{late}"


def everything_asked(words: PaperWords, paper: Paper) -> list[str]:
    """Return what the board is asked to do, by the paper and by leads, each beginning with a verb."""
    return [*_asked_of_board(paper, table_numbers(paper)), *considered(words, lambda one: one.lead)]


def _asked_of_board(paper: Paper, tables: dict[str, int]) -> Iterable[str]:
    yield f"note progress. {standing_said(paper)}."
    if paper.closures:
        what = _the(len(paper.closures), "action")
        yield f"agree to close {what} in table {tables['closures']}."
    if paper.new_meetings:
        what = _the(len(paper.new_meetings), "new meeting")
        yield f"agree {what} asked for in table {tables['new_meetings']}."
    if paper.returns:
        yield f"consider {_the(len(paper.returns), 'contribution')} on {paper.focus}."
    if paper.verbal:
        leads = list(dict.fromkeys(paper.by_number[one].lead for one in paper.verbal))
        yield f"hear {number_said(len(paper.verbal), 'verbal update')}, from {listed(leads)}."
    if paper.silent:
        silent = sum(len(one.actions) for one in paper.silent)
        yield f"note that no update was received on {number_said(silent, 'action')}."


def considered(words: PaperWords, whose: Callable[[PaperAction], str]) -> Iterable[str]:
    """Yield what leads ask of the board, as it is asked to consider it. `whose`: who is named for an action."""
    for one, ask in words.asks():
        if ask in (_NOT_PUBLISHED, UPDATE_HELD):
            yield f"consider what is asked for {one.ref} ({whose(one)}), which is not for publication."
        else:
            yield f"consider, for {one.ref} ({whose(one)}): {ask.rstrip('.')}."


def _the(count: int, what: str) -> str:
    return f"the {what}" if count == 1 else f"the {number_said(count, what)}"


def _not_listed(count: int) -> str:
    if not count:
        return ""
    many = number_said(count, "standing commitment")
    return f"{many} {'is' if count == 1 else 'are'} reviewed at other meetings and not listed here."
