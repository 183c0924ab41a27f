"""`undo` finds the asker's latest act, whatever was asked in between: a figure and a contribution too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.presses import said_or_pressed
from handlers.responses import Response
from models.storage.engine import Database
from tests.handlers.rounds import Rounds, example

SECRETARY, EDUCATION = "U0DEMSERV", "U0HEADEDU"
NOW = datetime(2020, 8, 18, 9, tzinfo=UTC)
FIGURE = "m1.1 Q1 71%"
RETURN = "contribute police: needs: more beds for young people"
POLICE = "the contribution of Merseyside Police"


@pytest.fixture(name="database")
def a_database(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION)


def said(database: Database, words: str, user: str = SECRETARY, later: timedelta = timedelta()) -> str:
    """Says something at a moment and keeps what it stored; what is answered."""
    given: Response = Rounds(database, NOW + later).keep(lambda ctx: said_or_pressed(ctx, words), user)
    return getattr(given.content, "headline", "")


@pytest.mark.parametrize(
    ("says", "undone"),
    [
        ((FIGURE,), "the figure of m1.1 for Q1 2020/21"),
        ((FIGURE, "who is the secretary", "owing"), "the figure of m1.1 for Q1 2020/21"),
        ((RETURN, "mine", "status healthy-5"), POLICE),
        ((RETURN, FIGURE, "mine"), "the figure of m1.1 for Q1 2020/21"),
        (("board partnership papers 8 working days", RETURN, "mine"), POLICE),
        ((FIGURE, "board partnership papers 8 working days", "mine"), "papers"),
    ],
)  # fmt: skip
def test_the_latest_act_is_offered(database: Database, says: tuple[str, ...], undone: str) -> None:
    for n, words in enumerate(says):
        said(database, words, later=timedelta(minutes=n))
    later = timedelta(hours=2)
    asked = said(database, "undo", later=later)
    assert undone in asked
    assert asked.endswith("Nothing was changed yet.")


@pytest.mark.parametrize("words", [FIGURE, RETURN])
@pytest.mark.parametrize(
    ("user", "later"),
    [(EDUCATION, timedelta(minutes=5)), (SECRETARY, timedelta(hours=25))],
)
def test_anothers_act_and_one_of_another_day_are_not(
    database: Database, words: str, user: str, later: timedelta
) -> None:
    said(database, words)
    assert said(database, "undo", user, later).startswith("You recorded nothing lately")


def test_what_was_taken_back_is_not_offered_again(database: Database) -> None:
    said(database, RETURN)
    said(database, "mine", later=timedelta(minutes=1))
    assert POLICE in said(database, "undo", later=timedelta(minutes=2))
    assert said(database, f"Undo: {POLICE}", later=timedelta(minutes=3)).startswith("Undone")
    said(database, "mine", later=timedelta(minutes=4))
    assert said(database, "undo", later=timedelta(minutes=5)).startswith("You recorded nothing lately")
