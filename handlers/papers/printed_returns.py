"""Contributions in the board's paper: their entries among the figures, and their words when it is printed.

Source: docs/explanation/data-protection.md, Young people's words.
"""

import re
from collections.abc import Callable
from typing import Any

from handlers.context import RequestContext
from handlers.contributions.returns import parts_given, returns_of
from handlers.papers.paper import Paper, PaperReturn
from handlers.reading.child_quotes import unsourced_quotes, without_quotes
from models.plan.queries import REDACTED
from models.records.return_entries import contributions_by_id

_LISTED = re.compile(r"[-–—*•·]|\(?\d{1,2}[.)]\s")
QUOTATION_HELD = "[quotation held: source and consent not noted]"


def gather_returns(ctx: RequestContext, meeting_id: int) -> tuple[str, tuple[PaperReturn, ...], tuple[str, ...]]:
    """Return a meeting's focus theme, the returns on it by organisation, and from whom none was received."""
    returns = returns_of(ctx, meeting_id)
    if returns is None:
        return "", (), ()
    given = returns.given
    rows = {one.slot: one.named for one in returns.contributors}
    # What an organisation gave before it ended stands as well.
    gone = ctx.plan_names.organisations
    names = {slot: rows.get(slot) or next((o.name for o in gone if o.id == slot[0]), "") for slot in given}
    ordered = sorted(given, key=lambda slot: (names[slot].casefold(), slot))
    return (
        returns.theme.name,
        tuple(PaperReturn(names[slot], given[slot].id) for slot in ordered),
        tuple(one.named for one in returns.owed),
    )


def print_returns(ctx: RequestContext, paper: Paper, checked: Callable[[str, str], str]) -> dict[str, Any]:
    """Return what a template may print of the returns on a meeting's focus theme.

    `checked`: words as they are printed, held where they may identify a child; and by which name the secretary is told.
    """
    entries = contributions_by_id(ctx.session, [one.entry for one in paper.returns])
    printed = []
    for one in paper.returns:
        ref = f"contribution:{re.sub(r'[^0-9A-Za-z]+', '-', one.named).strip('-')}"
        entry = entries.get(one.entry)
        rows = [
            {
                "part": f"{part.value[0].upper()}{part.value[1:]}",
                "words": _list_below(checked(without_quotes(said, unsourced_quotes(said), QUOTATION_HELD), ref)),
            }
            for part, said in parts_given(entry).items()
        ]
        if entry is not None and entry.redaction:
            rows = [{"part": "", "words": REDACTED.capitalize()}]
        printed.append({"heading": one.named, "rows": rows})
    # A service's name holds a comma of its own.
    return {"focus": paper.focus, "contributions": printed, "no_contribution": "; ".join(paper.not_contributed)}


def _list_below(words: str) -> str:
    """Return words as they stand behind the name of their part: a list begins on a line of its own."""
    return f"\n{words}" if _LISTED.match(words) else words
