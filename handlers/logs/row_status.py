"""Read how the action of a row stands."""

from handlers.logs.column_headings import LogColumn
from handlers.logs.draft import LogField
from handlers.logs.log_questions import (
    BESIDE_STATUS,
    CLOSED_ON,
    MARKS,
    STRUCK_WORDS,
)
from handlers.logs.row_notes import RowNotes
from handlers.logs.status_cells import StatusCell, read_yes_or_no
from handlers.reading.days import days_in
from handlers.reading.normalise import fold
from models.enums import Status
from models.rules.lengths import MAX_WORDS

_LONGEST_DAY = 40


def status_of_row(row: RowNotes) -> tuple[Status, str]:
    """Return how the action stands, and its last update."""
    said = row.cell(LogColumn.RATING)
    update = " ".join(row.cell(LogColumn.UPDATE).split())
    rating = row.log.status_of(said)
    rating = rating if rating.said else read_yes_or_no(said, row.log.meanings)
    column = LogColumn.RATING
    if said and not rating.said:
        row.keep(LogColumn.RATING, said)
        _ask_status(row, said, None, LogColumn.RATING, "it is no status that is known")
    if not said and update:
        said, rating, column = update, row.log.status_of(update), LogColumn.UPDATE
        if rating.said and rating.status is not None and not rating.doubt:
            update = rating.rest if any(map(str.isalpha, rating.rest)) else ""
    elif any(map(str.isalpha, rating.rest)):
        update = f"{rating.rest} {update}".strip()
    _check_day(row)
    status = _rated(row, rating, said, column) if rating.said else Status.NOT_STARTED
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
    if len(update) > MAX_WORDS:
        row.keep(LogColumn.UPDATE, update)
        update = update[: MAX_WORDS - 1] + "…"
    return status, update


def _check_day(row: RowNotes) -> None:
    """Point out an update that is dated after the log."""
    for line in row.cell(LogColumn.UPDATE).split("\n"):
        found = next(iter(days_in(line[:_LONGEST_DAY], row.log.last_day)), None)
        if found is None or found.day is None or not found.has_year or found.day <= row.log.last_day:
            continue
        if (
            not any(map(str.isalnum, line[: found.start]))
            and not line[found.end : found.end + 2].lstrip()[:1].isalnum()
        ):
            why = f"it is dated after the log, which is of {row.log.last_day}"
            row.doubt(LogField.UPDATE, LogColumn.UPDATE, line, str(found.day), why)
            return


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
