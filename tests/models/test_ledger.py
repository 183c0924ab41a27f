"""What the ledger is asked is found by its indexes: an answer costs the same however much was ever said."""

from typing import Any

from sqlalchemy import event

from models.notifications.lookups import find_bundle, notifications_about
from models.records.history import mark_stale
from models.storage.engine import Database
from models.storage.tables import Action
from tests.conftest import on_sqlite


@on_sqlite
def test_no_answer_reads_all_that_was_ever_asked(database: Database) -> None:
    """As SQLite plans without statistics: no step goes through every ask of a workspace, or through all there are."""
    steps: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if " notification" in statement and not statement.startswith("EXPLAIN"):
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend(row[3] for row in rows if " notification" in row[3])

    event.listen(database.engine, "before_cursor_execute", note)
    with database.write(workspace="T") as session:
        mark_stale(session, Action(id=1, workspace_id="T", board_id=1))
        notifications_about(session, [1, 2], 1)
        find_bundle(session, "person:1", "1.1")
    assert len(steps) >= 5
    assert [step for step in steps if step.startswith("SCAN notification") or step.endswith("(workspace_id=?)")] == []
