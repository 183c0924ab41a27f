"""An action as a short row of a list: one row of a table where Slack takes tables, else two lines.

Source: docs/explanation/boards-and-dates.md, Lists of actions.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.formatting import clipped, due_order, facts_said, last_said, progress_said, times_said
from handlers.press_codec import ask_menu
from handlers.responses import ActionLine, Button, Group, RowCells
from models.plan.queries import ActionView
from models.rules.facts import BoardCalendar
from models.rules.owed import is_overdue, meetings_missed

ROW_WORDS = 50
ROW_LAST = 60
"""How much of an action's words and last words a row shows: 25 rows fit one message. Its card shows all."""
_MENU_WORDS = 40
_WAS_DUE = re.compile(r"^(?:was )?due (?:[A-Z][a-z]{2} (?=\d))?")
"""What goes without saying under a heading “Due”: the day of the week too."""
CARD_MENU = "Open an action…"


def action_row(
    view: ActionView, calendars: dict[int, BoardCalendar], now: datetime, buttons: tuple[Button, ...] = ()
) -> ActionLine:
    """Return one action as a short row; `buttons` to answer it."""
    lead = view.short_lead or "no lead"
    said, due, *more = facts_said(view._replace(lead=lead), calendars, now)
    calendar = calendars.get(view.facts.board_id or 0)
    overdue = calendar is not None and is_overdue(view.facts, calendar, now)
    missed = meetings_missed(view.facts, calendar, now) if calendar and overdue else 0
    on = _WAS_DUE.sub("", due)
    moved = f"re-planned {times_said(view.replans)}" if view.replans else ""
    return ActionLine(
        ref=view.ref,
        words=clipped(view.words, ROW_WORDS),
        status=view.facts.status,
        facts=(said, due, *more),
        last=row_last(view),
        buttons=buttons,
        cells=RowCells(
            lead=f"{said}; {progress_said(view.parts)}" if view.parts else said,
            due_on=", ".join(filter(None, (on, "overdue" if overdue and not missed else "", moved))),
            due_order=due_order(view.facts, calendars),
            missed=missed,
        ),
    )


def row_last(view: ActionView) -> str:
    """Return the last words of a row with their day; who signed them is said by its card."""
    return last_said(view._replace(last_by=""), ROW_LAST)


def about_lead(row: ActionLine, fact: str) -> ActionLine:
    """Return a row with one more fact about who is to answer; "" for none."""
    if not fact or row.cells is None:
        return row
    return replace(row, facts=(*row.facts, fact), cells=replace(row.cells, lead=f"{row.cells.lead}; {fact}"))


def about_status(row: ActionLine, fact: str) -> ActionLine:
    """Return a row that says something beside its status; "" for nothing."""
    return replace(row, cells=replace(row.cells, beside=fact)) if row.cells else row


def with_news(row: ActionLine, news: str) -> ActionLine:
    """Return a row whose last words are what the list is about."""
    return replace(row, last=news, cells=replace(row.cells, is_news=True)) if row.cells else row


def rows_group(heading: str, rows: Sequence[ActionLine], *texts: str, empty: str = "") -> Group:
    """Return rows under a heading, with the menu that opens the card of one."""
    return Group(heading, texts, tuple(rows), empty, card_menu(rows))


def card_menu(rows: Sequence[ActionLine]) -> tuple[Button, ...]:
    """Return the menu under rows that opens a card; nothing under lines that are no rows of a table."""
    named = {row.ref: f"{row.ref}: {clipped(row.words, _MENU_WORDS)}" for row in rows if row.is_plain_row}
    return (ask_menu(CARD_MENU, [(said, f"status {ref}") for ref, said in named.items()]),) if named else ()
