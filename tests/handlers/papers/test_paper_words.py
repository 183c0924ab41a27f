"""What follows `papers`: a meeting's paper, or when papers go out, which is the board's setting."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from handlers.context import RequestContext
from handlers.conversation.typed_answers import answer_typed, only_reads
from handlers.presses import pressed
from handlers.responses import Content
from models.enums import AnswerKind, Status
from models.records.history import record_update
from tests.handlers.papers.test_brief import CHAIR
from tests.handlers.papers.test_front_sheet import printed as front_printed
from tests.handlers.papers.test_paper_file import SECRETARY, printed, typed
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


RED = "update healthy-5 red two posts vacant; ask of the board: agree a third advisor"


def test_what_leads_ask_of_the_board_stands_in_the_first_section_and_in_the_brief(rounds: Rounds) -> None:
    *_, paper, asked, brief = rounds.again(
        [typed(RED), typed("freeze papers 16 Sep"), printed, typed("papers 16 Sep"), typed("brief 16 Sep")], SECRETARY
    )
    consider = "onsider, for healthy-5 (Head of Education, Sefton Council): agree a third advisor."
    in_brief = "Consider, for healthy-5 (Sefton Council): agree a third advisor."
    assert f"\nc{consider}" in paper.under("What the board is asked")
    assert "two posts vacant" in paper.under("Action log")
    assert f"C{consider}" in next(one for one in asked.content.groups if "asked" in one.heading).texts
    assert in_brief in next(one for one in brief.content.groups if "Decisions" in one.heading).texts
    *_, front = rounds.again([typed(RED), front_printed("16 Sep")], SECRETARY)
    assert f") c{consider}" in front.under("Recommendation(s)")


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("update healthy-5 on track both posts filled", ""),
        ("update healthy-5 amber one post filled", ""),
        ("correct healthy-5 last red two posts vacant", ""),
        ("withhold healthy-5 last because the tender is open", "not for publication"),
        ("redact healthy-5 last because it names an officer", ""),
    ],
)
def test_an_ask_stands_as_long_as_the_words_it_came_with(rounds: Rounds, then: str, said: str) -> None:
    *_, paper = rounds.again([typed(RED), typed(then), printed], SECRETARY)
    (asked,) = [one for one in paper.under("What the board is asked").splitlines() if "healthy-5" in one] or [""]
    assert "advisor" not in asked
    assert bool(asked) == bool(said)
    assert said in asked


def test_an_ask_that_may_identify_a_child_is_held(rounds: Rounds) -> None:
    def written(ctx: RequestContext) -> None:
        action = ctx.action("healthy-5")
        assert action is not None
        words = "one left. Ask of the board: agree cover for Kyle, aged 9"
        record_update(ctx.session, action, AnswerKind.UPDATE, ctx.signed(), status=Status.SOME_ISSUES, words=words)

    *_, paper = rounds.again([written, printed], SECRETARY)
    assert "Kyle" not in paper.text
    assert "consider what is asked for healthy-5 (" in paper.text


@pytest.mark.parametrize(
    ("day", "who", "offered"), [(1, SECRETARY, True), (7, SECRETARY, True), (7, CHAIR, False), (31, SECRETARY, False)]
)
def test_from_updates_due_on_the_digest_sends_the_paper_to_whoever_makes_it(
    tmp_path: Path, day: int, who: str, offered: bool
) -> None:
    now = datetime(2020, 8 if day == 31 else 9, day, 9, tzinfo=UTC)
    rounds = Rounds(example(tmp_path, now, SECRETARY, CHAIR), now)
    (given,) = rounds.again([typed("digest partnership")], who)
    sends = [one for one in given.content.buttons if one.label == "Send me the paper"]
    assert bool(sends) == offered
    for one in sends:
        (paper,) = rounds.again([partial(pressed, verb=one.verb, text=one.value)], who)
        assert paper.content.headline.startswith(SENDS)
