"""The workbook to put right: what was read of a log in columns that are read again, and each doubt beside its row."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from handlers.formatting import day_said
from handlers.logs.draft import DraftRow, LogDoubt, LogDraft, LogPlan
from models.enums import Kind

TO_BE_LOOKED_AT, AS_PRINTED = "To be looked at", "As printed"
REVIEW_HEADINGS = ("Ref", "Action", "Lead", "First due", "Due now", "Status", "Progress", "Priority", "Source",
                   AS_PRINTED, TO_BE_LOOKED_AT)  # fmt: skip
_ISO_DAY = re.compile(r"(?<![\w-])\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?![\w-])")
WIDE_HEADINGS = ("Action", "Progress", AS_PRINTED, TO_BE_LOOKED_AT)


def review_rows(draft: LogDraft, plan: LogPlan) -> Iterator[Sequence[str]]:
    """Yield the rows of the workbook, with a row over those that a meeting gave out."""
    labels = {one.key: one.label for one in plan.vocabulary.names().posts}
    yield from ((f"Note: {line[:1].lower()}{line[1:]}",) for line in draft.columns)
    given: date | None = None
    for row in draft.rows:
        if row.action.given != given:
            given = row.action.given
            yield (f"Actions from the meeting on {given:%d %B %Y}" if given else "Other actions",)
        yield _cells(row, labels)


def _cells(row: DraftRow, labels: dict[str, str]) -> Sequence[str]:
    action = row.action
    now = action.meeting or action.day
    return (
        action.ref,
        action.words,
        labels.get(action.lead, action.lead),
        str(action.first_meeting or ""),
        str(now) if now else "Ongoing" if action.kind is Kind.STANDING else "",
        str(action.status),
        action.update,
        ", ".join(map(str, action.priorities)),
        action.source,
        action.printed,
        " ".join(map(doubt_said, row.doubts)),
    )


def open_doubts(draft: LogDraft) -> list[LogDoubt]:
    """Return the doubts that no question for the whole log settles, each once."""
    settled = {one.key for one in draft.questions}
    every = [doubt for row in draft.rows for doubt in row.doubts if doubt.key not in settled]
    return list(dict.fromkeys(every))


def days_shown(text: str) -> str:
    """Return words with each day as people write it: "Wed 30 Sep 2020" for 2020-09-30."""
    return _ISO_DAY.sub(lambda found: day_said(date.fromisoformat(found[0])), text)


def doubt_said(doubt: LogDoubt) -> str:
    """Return a doubt in a sentence: where it is, what stands there, why it is not plain, what is taken."""
    said = f" “{' '.join(doubt.said.split())[:80]}”" if doubt.said else ""
    taken = f"; taken as {days_shown(doubt.proposed)}" if doubt.proposed else f"; no {doubt.field} is taken from it"
    return f"{doubt.place[:1].upper()}{doubt.place[1:]}, {doubt.field}{said}: {doubt.why}{taken}."
