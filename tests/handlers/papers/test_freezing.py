"""Frozen papers: their figures stand whatever is written since; what changed is said, and printed on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.sandbox import TEAM, example_plan, store_demo_plan
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.formatting import counts_said
from handlers.papers.files import current_paper, since_file
from handlers.papers.gathering import gather_paper
from handlers.papers.since import standing_paper
from handlers.presses import pressed
from handlers.responses import Content
from handlers.status.home import show_home
from models.enums import AnswerKind
from models.plan.accounts import AccountSeen
from models.plan.action_filter import ActionFilter
from models.records.history import record_update
from models.storage.engine import Database
from tests.conftest import examples
from tests.handlers.papers.test_paper_file import HEALTH, SECRETARY, partnership, printed, typed
from tests.handlers.papers.word_files import WordFile
from tests.handlers.rounds import Rounds, Work, example
from tests.homes import Home

BEFORE = datetime(2020, 9, 7, 9, tzinfo=UTC)
FREEZE = typed("freeze papers 16 Sep")


def _moved(ctx: RequestContext) -> Any:
    """The meeting of 16 September moves, as after a press."""
    ctx.confirmed = True
    return answer_text(ctx, "meeting move 16 Sep to 30 Sep")


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("freezing"), BEFORE, SECRETARY, HEALTH), BEFORE)


def said(given: Any) -> str:
    assert isinstance(given.content, Content)
    return " ".join((given.content.headline, *given.content.intro))


def figures(ctx: RequestContext) -> Any:
    paper, _ = current_paper(ctx, *partnership(ctx))
    return paper


def sheet(ctx: RequestContext) -> WordFile:
    calendar, meeting = partnership(ctx)
    frozen = standing_paper(ctx, calendar, meeting)
    assert frozen is not None
    return WordFile(since_file(ctx, calendar, meeting, frozen).make(ctx.session))


STATUSES = ("on track", "amber the post is vacant", "red the funding ended", "done the report is out", "no change")
REFS = ("healthy-4", "healthy-5", "healthy-9", "heard-9", "happy-2", "16sep-1", "9sep-1", "heard-1")
writes = st.one_of(
    st.tuples(st.sampled_from(REFS), st.sampled_from(STATUSES)).map(lambda one: f"update {one[0]} {one[1]}"),
    st.sampled_from(REFS).map(lambda ref: f"move {ref} to 23 Oct because it takes longer"),
    st.sampled_from(REFS).map(lambda ref: f"close {ref} agreed minute 4"),
    st.sampled_from(REFS).map(lambda ref: f"assign {ref} to Head of Education"),
    st.just("add to partnership: publish the guide, lead Head of Education, due next"),
)


@pytest.mark.parametrize("asked", ["owing 16 Sep", "digest partnership"])
def test_answers_about_the_meeting_say_what_changed_since_its_paper(rounds: Rounds, asked: str) -> None:
    before, _, quiet, _, after = rounds.again(
        [typed(asked), FREEZE, typed(asked), typed("update healthy-5 red the funding ended"), typed(asked)], SECRETARY
    )
    assert "Since papers" not in said(before)
    assert "Since papers: 1 changed" not in said(quiet)
    assert "Since papers: 1 changed (healthy-5 now off track)." in said(after)


def test_fifty_drawn_writes_after_it_was_frozen_leave_the_same_figures(rounds: Rounds) -> None:
    def same(drawn: Sequence[str]) -> None:
        before, _, *_, after = rounds.again([figures, FREEZE, *map(typed, drawn), figures], SECRETARY)
        assert replace(after, as_at=before.as_at) == before

    settings(max_examples=examples(2), deadline=None)(given(st.lists(writes, min_size=50, max_size=50))(same))()


def test_how_many_stand_where_is_what_status_says_under_drawn_histories(rounds: Rounds) -> None:
    def counted(ctx: RequestContext) -> tuple[str, str]:
        calendar, meeting = partnership(ctx)
        listed = ctx.listed(ActionFilter(board_id=calendar.board.id))
        return gather_paper(ctx, calendar, meeting).counts, counts_said(listed)

    def same(drawn: Sequence[str]) -> None:
        *_, (paper, status) = rounds.again([*map(typed, drawn), counted], SECRETARY)
        assert paper == status

    settings(max_examples=examples(10), deadline=None)(given(st.lists(writes, max_size=12))(same))()


def test_freezing_says_how_things_stand_and_what_takes_it_back(rounds: Rounds) -> None:
    (frozen,) = rounds.again([FREEZE], SECRETARY)
    named = "the Children and Young People's Partnership Board of Wed 16 Sep 2020"
    assert said(frozen).startswith(f"Frozen: the paper for {named} says from now on")
    assert "The board has 50 actions: 1 off track, 4 some issues" in said(frozen)
    assert "“/cypp thaw papers 16 Sep” takes it back." in said(frozen)


def test_whoever_freezes_second_is_told_that_it_is_frozen_and_by_whom(rounds: Rounds) -> None:
    late = typed("update healthy-4 red the data are late")
    *_, second, kept = rounds.again([FREEZE, late, FREEZE, figures], SECRETARY)
    assert "is frozen already. The figures of the paper stand as at Mon 7 Sep 2020, 10:00, by Democratic" in said(
        second
    )
    assert kept.counts.startswith("1 off track")


def test_what_changed_since_is_said_with_the_papers_figures(rounds: Rounds) -> None:
    *_, paper, due, unchanged = rounds.again(
        [FREEZE, typed("update healthy-5 red the advisors left"), typed("update healthy-4 amber the data came"),
         typed("papers 16 Sep"), typed("due 16 Sep"), typed("status healthy-1")],
        SECRETARY,
    )  # fmt: skip
    changed = "Since papers: 2 changed (healthy-4 updated, healthy-5 now off track)."
    assert changed in said(paper)
    texts = [text for group in due.content.groups for text in group.texts]
    assert "In the papers of Mon 7 Sep 2020, 10:00: 50 actions: 1 off track, 4 some issues, " in " ".join(texts)
    assert changed in texts
    assert "papers" not in said(unchanged)


def test_the_sheet_to_table_has_what_stood_in_the_paper_and_how_it_stands_now(rounds: Rounds) -> None:
    *_, found = rounds.again([FREEZE, typed("update healthy-5 red the advisors left"), sheet], SECRETARY)
    (table,) = found.tables
    assert table.rows[0] == ["Ref", "Action and lead", "In the paper", "Now", "Latest update (post, date)"]
    (row,) = table.rows[1:]
    assert (row[0], row[2], row[3]) == ("healthy-5", "on track, Wed 16 Sep 2020", "off track, Wed 16 Sep 2020")
    assert row[4].startswith("the advisors left (")


def test_before_it_is_frozen_there_is_nothing_since(rounds: Rounds) -> None:
    (given,) = rounds.again([typed("papers 16 Sep since")], SECRETARY)
    assert "is not frozen yet, so nothing has changed since." in said(given)


def test_thawed_it_follows_again_and_is_frozen_as_revised_two(rounds: Rounds) -> None:
    thaw, update = typed("thaw papers 16 Sep"), typed("update healthy-5 red the advisors left")
    _, thawed, _, paper = rounds.again([FREEZE, thaw, update, figures], SECRETARY)
    *_, again, now = rounds.again([FREEZE, thaw, FREEZE, printed, typed("papers 16 Sep")], SECRETARY)
    assert "Frozen again, it is “Revised 2”." in said(thawed)
    assert paper.counts.startswith("2 off track")
    assert "As at Mon 7 Sep 2020, 10:00. Revised 2." in again.text
    assert "Draft:" not in again.text
    assert "(revised 2) stand as at" in said(now)


def test_a_redaction_after_it_was_frozen_empties_the_next_print(rounds: Rounds) -> None:
    steps: list[Work] = [typed("update healthy-9 amber the tender is open"), FREEZE, printed]
    steps += [typed("redact healthy-9 last because it describes a child"), printed]
    *_, first, _, second = rounds.again(steps, SECRETARY)
    assert "the tender is open" in first.text
    assert "the tender is open" not in second.text
    assert "Words redacted" in second.text


def test_words_of_an_action_are_those_of_then(rounds: Rounds) -> None:
    def reword(ctx: RequestContext) -> None:
        action = ctx.action("healthy-4")
        assert action is not None
        record_update(ctx.session, action, AnswerKind.REWORDED, ctx.signed(), words=action.words)
        action.words = "Something else altogether"
        ctx.session.flush()

    *_, found = rounds.again([FREEZE, reword, printed], SECRETARY)
    assert "Something else altogether" not in found.text
    assert "Make locality profiles" in found.text


def test_a_meeting_that_moves_after_it_was_frozen_has_a_draft_again(rounds: Rounds) -> None:
    *_, paper = rounds.again([FREEZE, _moved, typed("papers 30 Sep")], SECRETARY)
    assert "A draft: its figures are those of now. They stand from Tue 22 Sep 2020, 16:00" in said(paper)
    *_, frozen, again = rounds.again([FREEZE, _moved, typed("freeze papers 30 Sep"), printed], SECRETARY)
    assert said(frozen).startswith("Frozen:")
    assert "Revised 2" in again.text


def test_of_two_boards_each_is_offered_and_the_press_is_read(rounds: Rounds) -> None:
    (asked,) = rounds.again([typed("papers")], SECRETARY)
    assert said(asked) == "Which board’s meeting? Say its name or its day."
    assert len(asked.content.buttons) == 2
    for button in asked.content.buttons:
        (paper,) = rounds.again([partial(pressed, verb=button.verb, text=button.value)], SECRETARY)
        assert said(paper).startswith(f"The paper for the {button.label.replace(', ', ' of ')} is on its way")


def test_once_the_meeting_has_begun_nothing_is_frozen_any_more(tmp_path: Path) -> None:
    begun = datetime(2020, 9, 16, 13, 30, tzinfo=UTC)
    there = Rounds(example(tmp_path, BEFORE, SECRETARY), begun)
    (given,) = there.again([FREEZE], SECRETARY)
    assert "has begun, so its paper was not frozen." in said(given)


def test_a_board_that_never_started_has_a_paper_and_it_can_be_frozen(rounds: Rounds) -> None:
    draft, frozen = rounds.again([typed("papers hwb"), typed("freeze papers hwb")], SECRETARY)
    assert "The paper for the Health and Wellbeing Board of Wed 9 Sep 2020 is on its way" in said(draft)
    assert said(frozen).startswith("Frozen:")


def test_two_who_freeze_at_once_make_one_edition(tmp_path: Path, home: Home) -> None:
    place = home.new(tmp_path)
    store_demo_plan(Database(place), example_plan(), BEFORE)
    seen = [AccountSeen(TEAM, user) for user in (SECRETARY, "U0ICTADMIN")]
    both = [Rounds(Database(place), BEFORE, seen) for _ in range(2)]
    given: list[str] = []
    at_once = Barrier(2)

    def freeze(there: Rounds, user: str) -> None:
        at_once.wait()
        given.append(said(there.keep(FREEZE, user)))

    threads = [Thread(target=freeze, args=row) for row in zip(both, (SECRETARY, "U0ICTADMIN"), strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.split()[0] for one in given) == ["Frozen:", "The"]
    assert both[0].again([lambda ctx: current_paper(ctx, *partnership(ctx))[1].number], SECRETARY) == [1]
    for there in both:
        there.database.dispose()


LATER = typed("update healthy-5 red the advisors left")


@pytest.mark.parametrize(
    ("asked", "figures"),
    [
        ("status", " for the Children and Young People's Partnership Board: 50 actions: 1 off track, 4 some"),
        ("status priority 7", " for the Children and Young People's Partnership Board: 9 actions: 1 off"),
        (
            "status theme healthy",
            " for the Children and Young People's Partnership Board: 9 actions: 1 off track, 2 some",
        ),
        ("status healthy-5", ": on track, Wed 16 Sep 2020."),
    ],
)
def test_status_gives_the_papers_figures_and_then_what_changed_since(rounds: Rounds, asked: str, figures: str) -> None:
    before, _, quiet, _, after = rounds.again([typed(asked), FREEZE, typed(asked), LATER, typed(asked)], SECRETARY)
    assert "papers" not in said(before) + said(quiet)
    assert f"In the papers of Mon 7 Sep 2020, 10:00{figures}" in said(after)
    assert said(after).index("In the papers of") < said(after).index("Since papers: 1 changed (healthy-5 now off")


def test_a_thawed_paper_or_recorded_outcomes_are_compared_with_no_more(rounds: Rounds) -> None:
    *_, thawed = rounds.again([FREEZE, LATER, typed("thaw papers 16 Sep"), typed("status theme healthy")], SECRETARY)
    assert "papers" not in said(thawed)


def test_home_gives_them_to_secretary_and_chair(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, BEFORE, SECRETARY, "U0CHAIRPB"), BEFORE)

    def home(ctx: RequestContext) -> str:
        return " ".join(
            text
            for content in show_home(ctx)
            for text in (*content.intro, *(text for group in content.groups for text in group.texts))
        )

    rounds.keep(FREEZE, SECRETARY)
    rounds.keep(LATER, SECRETARY)
    for who in (SECRETARY, "U0CHAIRPB"):
        (found,) = rounds.again([home], who)
        assert "In the papers of Mon 7 Sep 2020, 10:00" in found
        assert "Since papers: 1 changed (healthy-5 now off track)." in found
