"""What a pass reads of a plan is found by its indexes: it costs the same however many open actions there are."""

from datetime import date
from typing import Any

from sqlalchemy import event

from models.plan import candidates
from models.plan.candidates import ActionSort
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.conftest import on_sqlite


@on_sqlite
def test_the_few_actions_that_are_looked_at_for_what_they_are_have_indexes_of_their_own(database: Database) -> None:
    """As SQLite plans without statistics, which no database here has."""
    steps: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            steps.extend(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    given = {"workspace": "T", "started": [1], "since": date(2020, 8, 17)}
    with database.read(ALL) as session:
        for sort in (ActionSort.TO_FOLLOW, ActionSort.DATED, ActionSort.STANDING, ActionSort.PROPOSED):
            session.execute(candidates._SORTS[sort], given)
    indexes = [step.partition(" INDEX ")[2].partition(" ")[0] for step in steps]
    assert indexes == ["ix_action_follow", "ix_action_dated", "ix_action_standing", "ix_action_proposed"]
