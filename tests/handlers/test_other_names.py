"""Other names of posts and organisations: given, taken away, used at once, refused where they mean something.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.responses import Content
from models.enums import Way
from models.storage.engine import Database
from tests.handlers.adding import EDUCATION, NOW, SECRETARY, content, do, press
from tests.handlers.rounds import example

EXECUTIVE = "Executive Director of Children's Social Care and Education, Sefton Council"


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION)


def say(plan: Database, text: str, user: str = SECRETARY) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, text), user))


def write(plan: Database, text: str, user: str = SECRETARY) -> Content:
    return content(do(plan, lambda ctx: said_in_words(ctx, text), user, way=Way.REPLY))


def test_a_name_is_understood_at_once_wherever_a_post_is_named_and_undo_takes_it_away(plan: Database) -> None:
    assert "There is no post “boss” in the plan" in say(plan, "assign heard-5 to the boss").headline
    given = say(plan, "other names The Boss means Executive Director")
    assert given.headline == f"“The Boss” means {EXECUTIVE} now."
    assert say(plan, "assign heard-5 to the boss").headline == f"heard-5 is led by {EXECUTIVE} now."
    assert EXECUTIVE in write(plan, "which ones does the boss lead").headline
    assert say(plan, "other names executive director").headline == f"{EXECUTIVE} is also called: The Boss."
    assert press(plan, given, "Undo").headline == f"“The Boss” does not mean {EXECUTIVE} any more."
    assert say(plan, "other names executive director").headline == f"{EXECUTIVE} is also called: nothing else."


def test_what_is_taken_away_can_be_put_back_and_an_organisation_has_other_names_too(plan: Database) -> None:
    taken = say(plan, "other names remove police")
    assert taken.headline == "“police” does not mean Merseyside Police any more."
    assert press(plan, taken, "Undo").headline == "“police” means Merseyside Police now."
    assert (
        say(plan, "other names the Bill means Merseyside Police").headline == "“the Bill” means Merseyside Police now."
    )
    assert "Merseyside Police: police, the Bill" in str(say(plan, "other names").groups)


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("Head of Education", "Head of Education, Sefton Council"),
        ("police", "Merseyside Police"),
        ("HWB", "Health and Wellbeing Board"),
        ("happiness", "Happy"),
        ("healthy-5", "healthy-5"),
        ("Tuesday", "a day"),
    ],
)
def test_a_name_that_means_something_already_is_refused_with_what_it_means(
    plan: Database, name: str, means: str
) -> None:
    given = say(plan, f"other names {name} means Young Persons Lead")
    assert given.headline == f"“{name}” means {means} already, so nothing was changed: choose another name."


@pytest.mark.parametrize("name", ["amber", "on track", "X", "1", "of " * 200])
def test_what_can_be_no_name_is_refused(plan: Database, name: str) -> None:
    before = say(plan, "other names").groups
    assert "nothing was changed" in say(plan, f"other names {name} means Young Persons Lead").headline
    assert say(plan, "other names").groups == before


def test_a_lead_may_not(plan: Database) -> None:
    before = say(plan, "other names").groups
    assert "secretary" in say(plan, "other names Edu means Head of Education", EDUCATION).headline
    assert say(plan, "other names").groups == before


@pytest.mark.parametrize(
    "words",
    [
        "the Executive Director is also known as The Boss",
        "The Boss is short for the Executive Director",
        "we call the Executive Director The Boss",
    ],
)
def test_it_is_said_in_plain_words_and_shown_first(plan: Database, words: str) -> None:
    shown = write(plan, words)
    assert f"“The Boss” means {EXECUTIVE} now." in shown.intro
    assert say(plan, "other names executive director").headline.endswith("nothing else.")
    press(plan, shown, "Do it")
    assert say(plan, "other names executive director").headline.endswith("The Boss.")


@pytest.mark.parametrize(
    "words",
    [
        "do not call the Executive Director The Boss",
        "could we call the Executive Director The Boss?",
        "we had to call the Executive Director about the flood",
        "someone said the Executive Director is also known as The Boss",
        "the leaflet is also known as the Boss",
    ],
)
def test_words_like_these_give_no_name(plan: Database, words: str) -> None:
    shown: Any = do(plan, lambda ctx: said_in_words(ctx, words), SECRETARY, way=Way.REPLY).content
    assert not isinstance(shown, Content) or "Do it" not in [one.label for one in shown.buttons]
