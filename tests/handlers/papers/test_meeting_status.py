"""How a meeting stands, in plain words (`meeting_status.yaml`), and which paper is meant where none is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.conversation.direct_messages import said_in_words
from models.enums import Way
from tests.handlers.papers.test_freezing import FREEZE, said
from tests.handlers.papers.test_paper_file import SECRETARY, typed
from tests.handlers.rounds import Rounds, example, headline
from tests.yaml_files import read_yaml

NOW = datetime(2020, 9, 7, 9, tzinfo=UTC)
ROWS = read_yaml(Path(__file__).with_name("meeting_status.yaml"))
STANDS = "12 actions due at the Children and Young People's Partnership Board of Wed 16 Sep 2020."
LATER = typed("update healthy-5 red the advisors left")


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("status"), NOW, SECRETARY), NOW)


def both(rounds: Rounds, words: str) -> list[Any]:
    """What is answered after `/cypp`, and in the direct conversation, once the paper was frozen and one changed."""
    asked = rounds.again([FREEZE, LATER, typed(words)], SECRETARY)
    return [asked[-1], rounds.again([FREEZE, LATER, lambda ctx: said_in_words(ctx, words)], SECRETARY, Way.REPLY)[-1]]


@pytest.mark.parametrize("words", ROWS["as due 16 sep"])
def test_it_is_answered_as_due_is_with_the_papers_figures_first(rounds: Rounds, words: str) -> None:
    for given in both(rounds, words):
        assert headline(given) == STANDS
        texts = " ".join(text for group in given.content.groups for text in group.texts)
        figures, since = (
            "In the papers of Mon 7 Sep 2020, 10:00: 50 actions: ",
            "Since papers: 1 changed (healthy-5 now off",
        )
        assert 0 < texts.index(figures) < texts.index(since)


@pytest.mark.parametrize("words", ROWS["not so"])
def test_other_words_are_answered_otherwise(rounds: Rounds, words: str) -> None:
    for given in both(rounds, words):
        assert not headline(given).startswith("12 actions due at")


def test_the_table_has_as_many_that_must_not_be_read_so() -> None:
    assert len(ROWS["as due 16 sep"]) == len(ROWS["not so"]) == 15


@pytest.mark.parametrize("words", ["papers since", "what has changed since the papers went out?"])
def test_where_one_board_alone_has_a_frozen_paper_that_one_is_meant(rounds: Rounds, words: str) -> None:
    before, _, _, given = rounds.again([typed(words), FREEZE, LATER, typed(words)], SECRETARY)
    assert said(before) == "Which board’s meeting? Say its name or its day."
    assert len(before.content.buttons) == 2
    assert said(given).startswith("What has changed since the paper for the Children and Young People's Partnership")
    *_, both_frozen = rounds.again([FREEZE, typed("freeze papers 9 Sep"), typed(words)], SECRETARY)
    assert said(both_frozen).startswith("Which board’s meeting?")
    assert all(one.value.endswith(" since") for one in both_frozen.content.buttons)


def test_the_one_that_is_frozen_is_thawed(rounds: Rounds) -> None:
    _, given = rounds.again([FREEZE, typed("thaw papers")], SECRETARY)
    assert said(given).startswith("Thawed: the figures of the paper for the Children and Young People's Partnership")


def test_in_the_meeting_its_own_paper_is_meant_and_not_the_next(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, NOW, SECRETARY), NOW)
    for work in (FREEZE, LATER):
        rounds.keep(work, SECRETARY)
    rounds.now = datetime(2020, 9, 16, 13, 30, tzinfo=UTC)
    (given,) = rounds.again([typed("papers since")], SECRETARY)
    assert "Board of Wed 16 Sep 2020 is on its way" in said(given)
    assert "Since papers: 1 changed (healthy-5 now off track)." in said(given)
