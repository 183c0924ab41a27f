"""Read how the action of a row stands."""

from dataclasses import replace

from handlers.logs.column_headings import LogColumn
from handlers.logs.dated_entries import dated_entries, latest_entry
from handlers.logs.draft import LogField
from handlers.logs.log_questions import (
    BESIDE_STATUS,
    CLOSED_ON,
    COMMENTS,
    MARKS,
    STRUCK_WORDS,
    UNDER_CLOSED,
)
from handlers.logs.row_notes import RowNotes
from handlers.logs.status_cells import StatusCell, read_yes_or_no, suggested_status
from handlers.reading.normalise import fold
from models.enums import Status
from models.rules.lengths import MAX_WORDS

_FEW_WORDS = 3


def status_of_row(row: RowNotes) -> tuple[Status, str]:
    """Return how the action stands, and its last update."""
    said = row.cell(LogColumn.RATING)
    update = _last_update(row)
    rating = row.log.status_of(said)
    rating = rating if rating.said else read_yes_or_no(said, row.log.meanings)
    column, likely = LogColumn.RATING, None
    if said and not rating.said:
        row.keep(LogColumn.RATING, said)
        likely = suggested_status(said) if said.count(" ") < _FEW_WORDS else None
        _ask_status(row, said, likely, LogColumn.RATING, "it is no status that is known")
    if not said and row.status_in is not None:
        column, said = row.status_in
        rating = row.log.status_of(said)
        rating = replace(rating, doubt=rating.doubt or "it stands in another column")
        update = update or rating.rest
    elif not said and update:
        said, rating, column = update, row.log.status_of(update), LogColumn.UPDATE
        # "Yes" below "Did it happen?".
        rating = rating if rating.said else read_yes_or_no(update, row.log.meanings)
        if rating.status is not None and row.setting.layout.many_comments:
            why = "it stands in one of several columns of comments"
            row.doubt(LogField.STATUS, LogColumn.UPDATE, said, str(rating.status), why, COMMENTS)
        if rating.said and rating.status is not None and not rating.doubt:
            update = rating.rest if any(map(str.isalpha, rating.rest)) else ""
    elif any(map(str.isalpha, rating.rest)):
        update = f"{rating.rest} {update}".strip()
    begins = row.log.status_of(update) if said and update else StatusCell()
    if begins.status is rating.status is not None and any(map(str.isalpha, begins.rest)):
        # "On track. Draft complete" beside "G".
        row.keep(LogColumn.UPDATE, row.cell(LogColumn.UPDATE))
        update = begins.rest
    status = _rated(row, rating, said, column) if rating.said else likely or Status.NOT_STARTED
    if begins.status is Status.PROPOSED is not status and not (begins.ask or begins.doubt):
        status = _closed(row, BESIDE_STATUS, LogColumn.UPDATE, update, "its update says that it is done", status)
    proposed = row.log.status_of(row.cell(LogColumn.PROPOSED))
    if proposed.status is Status.PROPOSED:
        status = Status.PROPOSED
    if text := row.cell(LogColumn.PROPOSED):
        row.keep(LogColumn.PROPOSED, text)
    closed = row.cell(LogColumn.CLOSED_ON)
    if closed:
        row.keep(LogColumn.CLOSED_ON, closed)
        if status is Status.NOT_STARTED and any(map(str.isdigit, closed)):
            status = Status.PROPOSED
        elif status is not Status.PROPOSED:
            status = _closed(row, CLOSED_ON, LogColumn.CLOSED_ON, closed, "it has a day of closing", status)
    if row.cell(LogColumn.ACTION) in row.struck(LogColumn.ACTION):
        status = _closed(row, STRUCK_WORDS, LogColumn.ACTION, "", "its words are struck out", status)
    over = row.setting.says_over
    if over and status is Status.NOT_STARTED and not rating.said:
        status = _closed(row, UNDER_CLOSED, LogColumn.ACTION, over, f"it stands under “{over}”", status)
    if len(update) > MAX_WORDS:
        row.keep(LogColumn.UPDATE, update)
        update = update[: MAX_WORDS - 1] + "…"
    return status, update


def _last_update(row: RowNotes) -> str:
    """Return the words of the last update; one that is dated after the log is pointed out."""
    cell = row.cell(LogColumn.UPDATE)
    entries = dated_entries(cell, row.log.last_day)
    if not entries or not any(map(str.isalnum, latest_entry(entries).words)):
        return " ".join(cell.split())
    latest = latest_entry(entries)
    row.keep(LogColumn.UPDATE, cell)
    if latest.day > row.log.last_day:
        why = f"it is dated after the log, which is of {row.log.last_day}"
        row.doubt(LogField.UPDATE, LogColumn.UPDATE, latest.words, latest.words, why)
    elif latest.whole:
        row.updated = latest.day
    return latest.words


def _closed(row: RowNotes, key: str, column: LogColumn, said: str, why: str, status: Status) -> Status:
    """Return how an action stands that the log has closed, though it does not say so in words."""
    row.doubt(LogField.STATUS, column, said, str(Status.PROPOSED), why, key)
    return Status.PROPOSED if row.log.as_proposed(key) else status


def _ask_status(row: RowNotes, word: str, status: Status | None, column: LogColumn, why: str) -> None:
    key = row.log.ask_pair(MARKS, word, str(status or Status.NOT_STARTED))
    row.doubt(LogField.STATUS, column, word, str(status or ""), why, key)


def _rated(row: RowNotes, rating: StatusCell, said: str, column: LogColumn) -> Status:
    status = rating.status
    if rating.ask:
        row.keep(column, said)
        _ask_status(row, rating.ask, status, column, "councils mean different things by it")
    elif rating.doubt:
        row.keep(column, said)
        row.doubt(LogField.STATUS, column, said, str(status or ""), rating.doubt, BESIDE_STATUS)
        status = status if row.log.as_proposed(BESIDE_STATUS) else None
    elif row.log.is_likely(rating.word):
        row.keep(column, said)
        _ask_status(row, rating.word, status, column, "the log’s key says what it means")
    elif len(said) > 1 and fold(said) != (status or Status.NOT_STARTED).value:
        row.keep(column, said)
    return status or Status.NOT_STARTED


def evidence_said(row: RowNotes, status: Status, update: str) -> str:
    """Return what shows that the action is done, by the log."""
    if status is not Status.PROPOSED:
        return ""
    said = row.cell(LogColumn.RATING) or row.cell(LogColumn.UPDATE)
    return update or f"“{' '.join(said.split()) or 'closed'}” in {row.log.label}"
