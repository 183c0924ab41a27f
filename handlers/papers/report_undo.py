"""*Undo* of a front sheet's fields and of clearances: each is as it was before, while nothing newer is known of it.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.buttons import UNDO_HOURS
from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.papers.front_fields import BY_NAME
from handlers.permissions import About, NotHere, may, why_not
from handlers.press_codec import Numbers, PressValue, press_button
from handlers.responses import Button, NoticeOut, Response, receipt, say
from models.enums import NotificationKind, Verb
from models.notifications.lookups import people_at
from models.records.message_counts import count_undo
from models.records.report_entries import (
    action_of_brief_line,
    report_entries,
    report_entries_since,
    report_entry_by_id,
    set_report_value,
)
from models.rules.calendar import local_day
from models.rules.steps import AboutEntry
from models.storage.history_tables import ReportEntry

_GONE = NotHere("That entry is not in this plan any more, so nothing was changed.")


class UndoReport(PressValue):
    """*Undo* under what was set of a report, by its entries."""

    verb = "undoreport"

    entries: Numbers = ()


def undo_report_button(entries: Sequence[ReportEntry]) -> Button:
    """Return *Undo* for what was set of a report."""
    return press_button("Undo", UndoReport(entries=tuple(one.id for one in entries)))


def undo_report(ctx: RequestContext, value: UndoReport) -> Response:
    """Answer *Undo*: each is as it was before."""
    entries = [one for number in value.entries if (one := report_entry_by_id(ctx.session, number)) is not None]
    if not entries or entries[0].board_id not in ctx.calendars:
        return say(_GONE)
    board_id = entries[0].board_id
    keeps = may(ctx.roles, Verb.PAPERS, About(board_id=board_id))
    if not keeps and not all(ctx.wrote(one) for one in entries):
        return say(why_not(Verb.CLEARANCE, secretary=ctx.secretary(board_id)))
    if ctx.now - entries[0].at > timedelta(hours=UNDO_HOURS):
        return say("That was more than a day ago, so it stays as it is: say what it should be instead.")
    before: dict[int, object] = {}
    for one in entries:
        same = [
            row
            for row in report_entries(ctx.session, one.board_id, one.meeting_id)
            if (row.name, row.meeting_id) == (one.name, one.meeting_id)
        ]
        if same[-1].id != one.id:
            on = day_said(local_day(same[-1].at, ctx.zone))
            return say(f"{_called(ctx, one)} was set again by {same[-1].signature}, {on}, so nothing was undone.")
        before[one.id] = same[-2].value if same[1:] else None
    notices: list[NoticeOut] = []
    for one in entries:
        told = () if keeps else people_at(ctx.session, NotificationKind.CLEARANCE, AboutEntry(one.id), sent=True)
        undone = set_report_value(ctx.session, one.board_id, one.meeting_id, one.name, before[one.id], ctx.signed())
        count_undo(ctx.session, one.message, ctx.zone)
        notices += [
            NoticeOut(
                NotificationKind.CLEARANCE, board_id, one.meeting_id, AboutEntry(undone.id), board_id=board_id,
                person_id=who,
            )
            for who in told
        ]  # fmt: skip
    return receipt(f"Undone: {listed([_called(ctx, one) for one in entries])} as before.", notices=notices)


def latest_report_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last set something of a report within a day, what that is, and its *Undo*."""
    mine = [one for one in report_entries_since(ctx.session, ctx.now - timedelta(hours=UNDO_HOURS)) if ctx.wrote(one)]
    if not mine:
        return None
    together = [one for one in mine if (one.at, one.board_id) == (mine[0].at, mine[0].board_id)]
    return mine[0].at, listed([_called(ctx, one) for one in together]), undo_report_button(together)


def _called(ctx: RequestContext, entry: ReportEntry) -> str:
    if (action_id := action_of_brief_line(entry.name)) is not None:
        return f"{ctx.view(action_id).ref} in the brief"
    field = BY_NAME.get(entry.name)
    return f"“{field.label}”" if field is not None else entry.name
