"""The figures a council asks for: how messages were read, and how many leads answered before papers. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from handlers.formatting import day_said, meeting_said, number_said
from models.enums import MessageKind, MessageStage
from models.records.lead_figures import MeetingFigures
from models.records.message_counts import PRESS_COUNTS_DAYS, Counted

_GIVEN_UP, _STILL_WAITING = "given up", "waiting"
READINGS: Mapping[str, str] = {
    MessageStage.AT_ONCE: "right at once",
    MessageStage.CONFIRMED: "shown and confirmed",
    MessageStage.SETTLED: "asked about and answered",
    _GIVEN_UP: "given up",
    MessageStage.UNDONE: "undone",
    _STILL_WAITING: "waiting",
}
"""What became of a message, in the order of the table: every message is one of these."""
_MEANINGS = (
    "right at once: recorded or answered without a press. shown and confirmed, asked about and answered: by a press.",
    "given up: nothing was pressed by the end of the next day. waiting: it may still be. undone: by Undo.",
)


@dataclass(frozen=True, slots=True)
class FigureDays:
    """Some local days, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"from {day_said(self.since)} to {day_said(self.until)}"


def readings_by_kind(counters: Iterable[Counted], today: date) -> dict[MessageKind, dict[str, int]]:
    """Return how many messages of each kind came to what; kinds that nobody wrote are left out."""
    found: dict[MessageKind, dict[str, int]] = {}
    for one in counters:
        waits = one.stage in (MessageStage.SHOWN, MessageStage.ASKED)
        gone = today - one.day > timedelta(PRESS_COUNTS_DAYS)
        what = (_GIVEN_UP if gone else _STILL_WAITING) if waits else one.stage.value
        row = found.setdefault(one.kind, dict.fromkeys(READINGS, 0))
        row[what] += one.messages
    return {kind: found[kind] for kind in MessageKind if kind in found and any(found[kind].values())}


def messages_said(rows: Mapping[MessageKind, Mapping[str, int]], period: FigureDays) -> list[str]:
    """Return the messages as a sentence and a table."""
    if not rows:
        return [f"No message was counted {period}."]
    total = {what: sum(row[what] for row in rows.values()) for what in READINGS}
    every = sum(total.values())
    at_once = total[MessageStage.AT_ONCE]
    table = [["", "messages", *READINGS.values()]]
    table += [[name, str(sum(row.values())), *map(str, row.values())] for name, row in [*rows.items(), ("all", total)]]
    return [
        f"{number_said(every, 'message')} {period}: {at_once} right at once ({share_said(at_once, every)}).",
        "",
        *_in_columns(table),
        "",
        *_MEANINGS,
    ]


def leads_said(meetings: Sequence[MeetingFigures], period: FigureDays) -> list[str]:
    """Return the leads' answers as a sentence and a table."""
    if not meetings:
        return [f"No papers went out {period} for which an answer was wanted."]
    leads, answered = sum(one.leads for one in meetings), sum(one.answered for one in meetings)
    waits = [wait for one in meetings for wait in one.waits]
    took = f"; the median time from request to answer was {time_taken(waits)}" if waits else ""
    table = [["", "leads", "answered before papers", "share", "median time to answer"]]
    table += [
        [
            _meeting_named(one),
            str(one.leads),
            str(one.answered),
            share_said(one.answered, one.leads),
            time_taken(one.waits),
        ]
        for one in meetings
    ]
    return [
        f"{answered} of {number_said(leads, 'lead')} ({share_said(answered, leads)}) answered before papers, over "
        f"{number_said(len(meetings), 'meeting')}{took}.",
        "",
        *_in_columns(table),
    ]


def figure_rows(
    rows: Mapping[MessageKind, Mapping[str, int]], meetings: Iterable[MeetingFigures]
) -> list[tuple[str, str, str, str]]:
    """Return all figures for a spreadsheet: what they are about, of what, the figure's name, the number."""
    found = [
        ("messages", kind.value, READINGS[what], str(many)) for kind, row in rows.items() for what, many in row.items()
    ]
    for one in meetings:
        named = _meeting_named(one)
        found.append(("leads", named, "leads", str(one.leads)))
        found.append(("leads", named, "answered before papers", str(one.answered)))
        if one.waits:
            hours = _median_seconds(one.waits) / 3600
            found.append(("leads", named, "median hours from request to answer", f"{hours:.1f}"))
    return found


def _meeting_named(one: MeetingFigures) -> str:
    """Return a meeting with its board."""
    return f"{one.calendar.board.name}, {meeting_said(one.meeting, one.calendar)}"


def share_said(some: int, every: int) -> str:
    """Return a share in whole per cent; one that is not all is never said as 100 %, nor one that is some as 0 %."""
    share = round(100 * some / every)
    return f"{min(max(share, int(some > 0)), 100 if some == every else 99)} %"


def time_taken(waits: Collection[timedelta]) -> str:
    """Return the median of some times in words: "3 days 4 hours", "20 minutes"; "" of none."""
    if not waits:
        return ""
    minutes = round(_median_seconds(waits) / 60)
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour")] if days else [(hours, "hour"), (left, "minute")]
    return " ".join(number_said(many, unit) for many, unit in parts if many) or "less than a minute"


def _median_seconds(waits: Collection[timedelta]) -> float:
    """Return the median of some times, in seconds."""
    return median(wait.total_seconds() for wait in waits)


def _in_columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first column to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for first, *others in table:
        numbers = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        lines.append("  ".join((first.ljust(widths[0]), *numbers)).rstrip())
    return lines
