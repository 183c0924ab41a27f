"""What follows `papers`: a meeting's paper, or when papers go out, which is the board's setting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.conversation.typed_answers import answer_typed, only_reads
from handlers.responses import Content
from tests.handlers.papers.test_paper_file import SECRETARY
from tests.handlers.rounds import Rounds, example

NOW = datetime(2020, 9, 7, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("words"), NOW, SECRETARY), NOW)


SETS = "Shall I do that? Nothing was changed yet. It would say:"
SENDS = "The paper for the Children and Young People's Partnership Board of"


@pytest.mark.parametrize(
    ("words", "begins", "says"),
    [
        ("papers of the partnership board go out 7 clear days before, not 5", SETS, "5 clear working days"),
        ("papers for the partnership board should be published 6 working days before", SETS, "6 clear working"),
        ("paper for the hwb to go out 8 days before the meeting", SETS, "8 clear working days"),
        ("papers partnership 4 working days before from now on", SETS, "4 clear working days"),
        ("papers deadline for partnership to 6 working days", SETS, "6 clear working days"),
        ("papers for the partnership should be out ten days before", SETS, "10 clear working days"),
        ("papers 16 Sep", SENDS, "A draft"),
        ("papers for the partnership board on 16 September", SENDS, "A draft"),
        ("papers for the meeting in October", SENDS, "A draft"),
        ("make the paper for the september meeting of the partnership board please", SENDS, "A draft"),
        ("papers for the next meeting of the partnership board", SENDS, "A draft"),
    ],
)
def test_when_papers_go_out_is_offered_and_a_meeting_gets_its_paper(
    rounds: Rounds, words: str, begins: str, says: str
) -> None:
    given, reads = rounds.again([lambda ctx: answer_typed(ctx, words), lambda ctx: only_reads(ctx, words)], SECRETARY)
    assert isinstance(given.content, Content)
    assert given.content.headline.startswith(begins)
    assert any(says in line for line in given.content.intro)
    assert reads == (begins == SENDS)
