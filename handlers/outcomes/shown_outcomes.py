"""Outcomes in words, as they would be recorded on a press.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Sequence

from handlers.formatting import listed, meeting_said
from handlers.outcomes.decisions import Decision
from handlers.reading.normalise import quoted
from models.enums import OutcomeKind, Status


def shown_lines(shown: Sequence[Decision]) -> tuple[str, list[str]]:
    """Return the sentence over outcomes that are shown, and a line for each."""
    never = [
        one for one in shown if one.command.kind is OutcomeKind.CLOSED and one.action.status is not Status.PROPOSED
    ]
    refs = listed([one.action.ref for one in never])
    if len(never) == len(shown):
        verb = "was" if len(never) == 1 else "were"
        headline = f"The board agreed to close {refs}? It {verb} never proposed for closure; nothing was recorded yet."
        if len(never) > 1:
            headline = headline.replace(" It were", " They were")
    else:
        many = "one outcome" if len(shown) == 1 else f"{len(shown)} outcomes"
        headline = f"I read that as {many}. Nothing was recorded yet."
    return headline, [f"{one.action.ref}: {_said(one)}." for one in shown]


def _said(decided: Decision) -> str:
    command = decided.command
    to = f" to {meeting_said(decided.to_meeting, decided.calendar)}" if decided.to_meeting is not None else ""
    minute = f", minute {command.minute}" if command.minute else ""
    reason = f", {quoted(command.reason)}" if command.reason else ""
    kind = command.kind.value if command.kind is not None else ""
    return f"{kind}{to}{minute}{reason} (meeting of {meeting_said(decided.meeting, decided.calendar)})"
