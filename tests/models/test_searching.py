"""What an action is found by."""

from datetime import timedelta

from sqlalchemy.orm import Session

from models.enums import AnswerKind, Kind
from models.plan.search_reads import last_words
from models.records.history import record_undo, record_update
from models.storage.history_tables import Update
from models.storage.tables import Action
from models.storage.workspaces import LOCAL
from tests.models.plan_in_database import NOW, database, signed


def say(session: Session, action: Action, words: str, hours: int, corrects: Update | None = None) -> Update:
    by = signed(NOW + timedelta(hours=hours))
    return record_update(
        session, action, AnswerKind.UPDATE, by, words=words, corrects_id=corrects.id if corrects else None
    )


def test_the_last_words_are_the_latest_said_though_older_ones_were_put_right_since() -> None:
    with database() as session:
        one = Action(
            workspace_id=LOCAL, ref="heard-1", ref_key="heard-1", kind=Kind.DELIVERABLE, words="w", created_at=NOW
        )
        session.add(one)
        session.flush()
        first = say(session, one, "Two advisors", 0)
        say(session, one, "All posts filled", 1)
        mended = say(session, one, "Three advisors", 2, corrects=first)
        assert last_words(session) == {one.id: ("All posts filled", "")}
        record_undo(session, one, mended, signed(NOW + timedelta(hours=3)))
        assert last_words(session) == {one.id: ("All posts filled", "")}
