"""A name that is typed after @ and is no mention: found among the accounts and asked about, never taken for granted."""

from __future__ import annotations

import pytest

from tests.bot.slack.e2e import EDUCATION, SECRETARY, OpenAt, Pristine, action, labels, read, when
from tests.local_slack import Sandbox

SAM, OTHER_SAM, CLOSED = "U0SAMSMITH", "U0SAMJONES", "U0SAMGONE"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    """Two Sams, and one who left."""
    sandbox = open_for_all(when(8, 27))
    sandbox.workspace.join_workspace(SAM, "Sam Smith", email="s.smith@example.org")
    sandbox.workspace.join_workspace(OTHER_SAM, "Sam Jones", email="sam.jones@example.org")
    sandbox.workspace.join_workspace(CLOSED, "Alex Sam", email="alex@example.org", deleted=True)
    return Pristine(sandbox)


ASKED = [
    ("deputy @Sam Smith until 12/9", ["Sam Smith"]),
    ("deputy @sam smith until 12/9", ["Sam Smith"]),
    ("deputy @s.smith until 12/9", ["Sam Smith"]),
    ("deputy @sam.jones until 12/9", ["Sam Jones"]),
    ("deputy @sam until 12/9", ["Sam Jones", "Sam Smith"]),
    ("contact officer @Sam Smith for Head of Education", ["Sam Smith"]),
]
NOT_ASKED = [
    "deputy @nobody until 12/9",
    "deputy @alex until 12/9",
    "deputy @sammy until 12/9",
    "deputy @smith until 12/9",
    "deputy @ until 12/9",
    "deputy @123 until 12/9",
    "contact officer for Head of Education",
]


@pytest.mark.parametrize(("typed", "names"), ASKED)
def test_a_typed_name_is_asked_about(sandbox: Sandbox, typed: str, names: list[str]) -> None:
    answer = sandbox.command(EDUCATION, typed)
    assert "Nothing was changed yet." in read(answer)
    assert sorted(label.partition(" (")[0] for label in labels(answer.message)) == names


@pytest.mark.parametrize("typed", NOT_ASKED)
def test_a_name_of_nobody_says_how_to_name_somebody(sandbox: Sandbox, typed: str) -> None:
    answer = sandbox.command(EDUCATION, typed)
    assert not any("Sam" in label for label in labels(answer.message))
    assert "deputy until" not in read(answer)


def test_a_press_does_it_for_the_one_who_is_meant(sandbox: Sandbox) -> None:
    asked = sandbox.command(EDUCATION, "deputy @sam until 12/9").message
    label = next(label for label in labels(asked) if label.startswith("Sam Smith"))
    sandbox.press_in(EDUCATION, asked, label)
    assert "Sam Smith" in read(sandbox.command(SECRETARY, "people"))


def test_assigning_to_a_typed_name_asks_too(sandbox: Sandbox) -> None:
    before = action(sandbox, "healthy-5").lead_post_id
    answer = sandbox.command(SECRETARY, "assign healthy-5 to @Sam Smith because he asked")
    assert labels(answer.message) == ["Sam Smith"]
    assert action(sandbox, "healthy-5").lead_post_id == before
