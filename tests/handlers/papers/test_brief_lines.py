"""*Put in the brief*: by default it names organisations; a post and words stand in it where the secretary put them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.papers.brief_lines import MOST_PUT_IN
from handlers.papers.files import current_paper
from handlers.presses import pressed
from models.enums import AnswerKind, Status, Way
from models.records.history import record_update
from models.records.redaction import scrub_text
from tests.handlers.papers.test_brief import CHAIR, brief
from tests.handlers.papers.test_paper_file import HEALTH, PUBLISHED, SECRETARY, partnership, typed
from tests.handlers.rounds import Rounds, Work, example, headline

BEFORE = datetime(2020, 9, 7, 9, tzinfo=UTC)
PUT_IN = "Put in by the secretary"
NAMED = "the brief for the Children and Young People's Partnership Board of Wed 16 Sep 2020"
RED = "update healthy-5 red two posts are vacant"
LINE = (
    "healthy-5, Head of Education, Sefton Council: off track. "
    "“two posts are vacant” (Head of Education, Sefton Council, Mon 7 Sep)."
)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("lines"), BEFORE, SECRETARY, HEALTH, CHAIR), BEFORE)


def after(rounds: Rounds, *said: str) -> tuple[str, ...]:
    """What stands in the brief as put in after the secretary said all this."""
    *_, (groups, page) = rounds.again([*map(typed, said), brief], SECRETARY)
    lines = groups.get(PUT_IN, ())
    assert all(line in page.text for line in lines)
    return tuple(lines)


def press(given: Any, label: str) -> Work:
    (button,) = [one for one in given.content.buttons if one.label.startswith(label)]
    return partial(pressed, verb=button.verb, text=button.value)


def test_nobody_of_the_plan_is_named_in_it_unless_the_secretary_put_them_in(rounds: Rounds) -> None:
    steps = [RED, "update heard-10 red no bids; ask of the board: agree a bid", "done healthy-8 it is out",
             "move healthy-4 to 23 Oct because of data", "verbal healthy-9", "freeze papers 16 Sep",
             "assign happy-2 to Head of Education"]  # fmt: skip

    def titles(ctx: RequestContext) -> list[str]:
        return [post.title for post in ctx.plan_names.posts]

    *_, named, (groups, page) = rounds.again([*map(typed, steps), titles, brief], SECRETARY)
    assert {"Decisions that will be asked for", "Verbal updates", "Since papers"} <= groups.keys()
    assert not [one for one in named if one in page.text or one in str(groups)]
    assert "two posts" not in page.text
    assert PUT_IN not in groups


def test_an_action_that_is_put_in_stands_with_its_lead_and_their_words(rounds: Rounds) -> None:
    *_, put, (groups, page) = rounds.again([typed(RED), typed("brief add healthy-5"), brief], SECRETARY)
    assert put.content.headline == f"healthy-5 is in {NAMED}."
    assert put.content.intro[:2] == (f"It says: {LINE}", "The chair is sent the brief on Tue 8 Sep 2020, 16:00.")
    assert groups[PUT_IN] == (LINE,)
    assert LINE in page.text


def test_the_chair_sees_it(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, BEFORE, SECRETARY, HEALTH, CHAIR), BEFORE)
    for said in (RED, "brief add healthy-5"):
        rounds.keep(typed(said), SECRETARY)
    ((groups, page),) = rounds.again([brief], CHAIR)
    assert groups[PUT_IN] == (LINE,)
    assert LINE in page.text


def test_missed_updates_are_said_and_words_an_action_was_loaded_with(rounds: Rounds) -> None:
    def silent_ones(ctx: RequestContext) -> list[str]:
        paper, _ = current_paper(ctx, *partnership(ctx))
        return [paper.by_number[number].ref for one in paper.silent for number in one.actions]

    (refs,) = rounds.again([silent_ones], SECRETARY)
    (line,) = after(rounds, f"brief add {refs[0]}")
    assert line.startswith(f"{refs[0]}, ")
    assert "; no update received. " in line
    assert re.search(r"[a-z.]?” \((?:.*, )?\w{3} \d{1,2} \w{3}(?: \d{4})?\)\.$", line)


def test_what_was_asked_for_last_time_as_well_and_never_came_is_told(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, BEFORE, SECRETARY), BEFORE)

    def silent_ones(ctx: RequestContext) -> list[str]:
        paper, _ = current_paper(ctx, *partnership(ctx))
        return [paper.by_number[number].ref for one in paper.silent for number in one.actions]

    september = rounds.keep(silent_ones, SECRETARY)
    rounds.keep(typed("freeze papers 16 Sep"), SECRETARY)
    rounds.now = datetime(2020, 10, 16, 9, tzinfo=UTC)
    october, _, brief_of = rounds.again([silent_ones, typed(f"brief add {september[0]}"), typed("brief")], SECRETARY)
    both = [ref for ref in october if ref in september]
    assert len(both) > 1
    assert set(october) - set(september)
    groups = {one.heading: one.texts for one in brief_of.content.groups}
    again = groups["Asked for last time as well, and never came"]
    assert [one.partition(":")[0] for one in again[:3]] == both[:3]
    (line,) = groups[PUT_IN]
    assert "; no update received for two meetings running." in line


@pytest.mark.parametrize(
    ("then", "line"),
    [
        ("brief remove healthy-5", None),
        ("update healthy-5 green both began", LINE.replace("off track", "on track")),
        ("redact healthy-5 last because it describes a child", "Words redacted ("),
        ("withhold healthy-5 last because the tender is open", "Update held: not for publication ("),
        ("correct healthy-5 last red one post is vacant", "The words put in were taken back or put right since."),
    ],
)
def test_the_words_are_those_that_were_put_in_and_no_others(rounds: Rounds, then: str, line: str | None) -> None:
    found = after(rounds, RED, "brief add healthy-5", then)
    assert len(found) == (line is not None)
    assert line is None or line in found[0]


def test_a_redaction_finds_few_words_in_the_message_that_the_chair_was_sent(rounds: Rounds) -> None:
    (line,) = after(rounds, "update healthy-5 red Kit left", "brief add healthy-5")
    assert "“Kit left”" in line
    assert "Kit" not in scrub_text(line, "Kit left")


def test_an_entry_can_be_named_and_another_takes_its_place(rounds: Rounds) -> None:
    later = "update healthy-5 amber one began"
    assert "two posts" in after(rounds, RED, later, "brief add healthy-5 1")[0]
    (line,) = after(rounds, RED, later, "brief add healthy-5 1", "brief add healthy-5 2")
    assert "one began" in line
    given = rounds.again(
        [typed("move healthy-5 to 23 Oct because it is late"), typed("brief add healthy-5 1")], SECRETARY
    )
    assert headline(given[-1]).startswith("Entry 1 of healthy-5 holds no words of a lead that count")


def test_put_in_twice_it_says_so_and_offers_to_take_it_out(rounds: Rounds) -> None:
    *_, again = rounds.again([typed(RED), typed("brief add healthy-5"), typed("brief add healthy-5")], SECRETARY)
    assert headline(again) == f"healthy-5 is in {NAMED} already."
    *_, out = rounds.again([typed(RED), typed("brief add healthy-5"), press(again, "Take healthy-5 out")], SECRETARY)
    assert headline(out) == f"healthy-5 is out of {NAMED} again."
    (nothing,) = rounds.again([typed("brief remove healthy-5")], SECRETARY)
    assert "was not put in the brief" in headline(nothing)


@pytest.mark.parametrize(("said", "is_in"), [("brief add healthy-5", False), ("brief remove healthy-5", True)])
def test_it_is_undone_by_the_button_and_in_words(tmp_path: Path, said: str, is_in: bool) -> None:
    rounds = Rounds(example(tmp_path, BEFORE, SECRETARY), BEFORE)
    rounds.keep(typed(RED), SECRETARY)
    if is_in:
        rounds.keep(typed("brief add healthy-5"), SECRETARY)
    rounds.now += timedelta(minutes=1)
    given = rounds.keep(typed(said), SECRETARY)
    rounds.now += timedelta(minutes=1)
    asked = rounds.keep(typed("undo"), SECRETARY)
    assert headline(asked) == "Shall that be taken back: healthy-5 in the brief? Nothing was changed yet."
    for undo in (given, asked):
        undone, (groups, _) = rounds.again([press(undo, "Undo"), brief], SECRETARY)
        assert headline(undone) == "Undone: healthy-5 in the brief as before."
        assert (PUT_IN in groups) == is_in


def test_words_that_may_identify_a_child_are_asked_about_again(rounds: Rounds) -> None:
    def written(ctx: RequestContext) -> None:
        action = ctx.action("healthy-5")
        assert action is not None
        words = "the placement of Kyle, aged 9, broke down"
        record_update(ctx.session, action, AnswerKind.UPDATE, ctx.signed(), status=Status.OFF_TRACK, words=words)

    def then(*steps: Work) -> Sequence[Any]:
        return rounds.again([written, *steps], SECRETARY)

    _, asked, (groups, _) = then(typed("brief add healthy-5"), brief)
    assert headline(asked).startswith("healthy-5 is not in the brief yet: the words of entry 1 hold ")
    assert "Kyle" not in str(asked)
    assert PUT_IN not in groups
    *_, (groups, page) = then(press(asked, "No, it identifies nobody: put it in"), brief)
    assert "Kyle, aged 9" in groups[PUT_IN][0]
    assert "Kyle, aged 9" in page.text
    *_, (groups, page) = then(press(asked, "Put it in without the words"), brief)
    assert groups[PUT_IN] == ("healthy-5, Head of Education, Sefton Council: off track.",)
    assert "Kyle" not in page.text


def test_a_brief_takes_as_many_as_a_page_has_room_for(rounds: Rounds) -> None:
    refs = ("heard-6", "heard-9", "heard-10", "heard-11")
    *_, last, (groups, page) = rounds.again(
        [*(typed(f"update {ref} amber {'and so on ' * 60}") for ref in refs),
         *(typed(f"brief add {ref}") for ref in refs), brief], SECRETARY
    )  # fmt: skip
    assert len(groups[PUT_IN]) == MOST_PUT_IN
    assert headline(last).endswith("which is one page: take one out first. heard-11 was not put in.")
    assert all(len(line) < 300 for line in groups[PUT_IN])
    assert page.text.count("…” (") == MOST_PUT_IN


def test_the_next_brief_has_it_no_more(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, BEFORE, SECRETARY), BEFORE)
    for said in (RED, "brief add healthy-5"):
        rounds.keep(typed(said), SECRETARY)
    rounds.now = datetime(2020, 10, 16, 9, tzinfo=UTC)
    ((given),) = rounds.again([typed("brief 23 Oct")], SECRETARY)
    assert PUT_IN not in str(given.content)


def test_once_the_chair_has_had_it_that_is_said_and_after_it_began_nothing_is_put_in(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, PUBLISHED, SECRETARY), PUBLISHED)
    (given,) = rounds.again([typed("brief add healthy-5")], SECRETARY)
    assert "The chair sees it in “/cypp brief”; the brief is not sent again." in given.content.intro
    rounds.now = datetime(2020, 9, 16, 14, tzinfo=UTC)
    (given,) = rounds.again([typed("brief add healthy-5 for 16 Sep")], SECRETARY)
    assert headline(given).endswith("has begun, so nothing was put in its brief.")


@pytest.mark.parametrize("who", [CHAIR, HEALTH])
def test_only_the_secretary_puts_anything_in(rounds: Rounds, who: str) -> None:
    (given,) = rounds.again([typed("brief add healthy-5")], who)
    assert headline(given).startswith("The paper is made by the board’s secretary")


@pytest.mark.parametrize("said", ["put healthy-5 in the brief", "put healthy-5 in the brief for the 16th please"])
def test_plain_words_do_it_too_and_the_card_has_a_button(rounds: Rounds, said: str) -> None:
    (given,) = rounds.again([lambda ctx: said_in_words(ctx, said)], SECRETARY, Way.REPLY)
    assert headline(given) == f"healthy-5 is in {NAMED}."
    card, other = (rounds.again([typed("status healthy-5")], who)[0] for who in (SECRETARY, HEALTH))
    (given,) = rounds.again([press(card, "Put in the brief")], SECRETARY)
    assert headline(given) == f"healthy-5 is in {NAMED}."
    assert not [one for one in other.content.buttons if one.label == "Put in the brief"]
