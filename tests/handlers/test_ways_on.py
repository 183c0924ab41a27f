"""A reply that did nothing has the button that leads on: of each question it names, and of the action it is about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.typed_answers import answer_typed
from handlers.permissions import why_not
from handlers.press_codec import Ask
from handlers.presses import pressed
from handlers.responses import Content, Response
from handlers.ways_on import ways_on
from models.enums import Verb
from models.storage.engine import Database
from tests.handlers.rounds import example
from tests.handlers.test_board_meetings import CHAIR, EDUCATION, NOW, SECRETARY, do

AHEAD = [
    "Wed 9 Sep 2020, Health and Wellbeing Board",
    *(
        f"{day} 2020, Children and Young People's Partnership Board"
        for day in ("Wed 16 Sep", "Fri 23 Oct", "Tue 8 Dec")
    ),
]
EXPECTED = "December 2020, date to be confirmed, Health and Wellbeing Board"
HELD = ["Closed at the meeting of Wed 10 Jun 2020"]
COMING = ("Wed 16 Sep 2020", "Fri 23 Oct 2020", "Tue 8 Dec 2020")
BOARDS = ["Children and Young People's Partnership Board", "Health and Wellbeing Board"]


@pytest.fixture(name="plan")
def a_plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION, CHAIR)


@pytest.mark.parametrize(
    ("user", "words", "labels"),
    [
        # what was meant
        (SECRETARY, "overdu", ["What is overdue", "Help on overdue"]),
        (SECRETARY, "no update healthy-5", ["No change healthy-5", "Help on no change"]),
        (SECRETARY, "mine please now", ["My actions", "Help on mine"]),
        # which board
        (SECRETARY, "meetings parish council", BOARDS),
        (SECRETARY, "overdue parish council", BOARDS),
        (SECRETARY, "outcomes recorded parish", BOARDS),
        # which meeting
        (SECRETARY, "meetings of 5 jan", [*AHEAD, EXPECTED]),
        (SECRETARY, "due zebra", [*AHEAD, EXPECTED]),
        (SECRETARY, "owing zebra", AHEAD),
        (SECRETARY, "meeting move zebra to 1 oct", [*AHEAD, EXPECTED]),
        (SECRETARY, "meeting cancel zebra because late", [*AHEAD, EXPECTED]),
        (SECRETARY, "meeting confirm zebra as 1 dec", [EXPECTED]),
        (SECRETARY, "owing december hwb", ["Meetings"]),
        (SECRETARY, "move healthy-5 to zebra because late", ["Re-plan…"]),
        (SECRETARY, "outcome healthy-5 carried forward to zebra", [f"Carry forward to {day}" for day in COMING]),
        (SECRETARY, "outcome healthy-5 closed at zebra", HELD),
        (SECRETARY, "close healthy-5, healthy-8 at zebra minute 41", HELD),
        (SECRETARY, "clearance legal yes for zebra", AHEAD),
        (SECRETARY, "papers zebra since", [f"Papers {day} since" for day in (
            "2020-09-09 hwb", "2020-09-16 partnership", "2020-10-23 partnership")] + ["Help on papers"]),
        # which day
        (SECRETARY, "figures since zebra", ["Figures"]),
        # what is not there
        (SECRETARY, "help zebra", ["Help"]),
        (SECRETARY, "status zebra", ["Search for it", "The plan"]),
        (SECRETARY, "contributions for zebra", ["Choose an organisation…"]),
        (SECRETARY, "contribute zebra for 23 oct: nothing yet", ["Choose an organisation…"]),
        # what is lacking
        (SECRETARY, "update healthy-5", ["On track", "Some issues…", "Off track…", "Show healthy-5"]),
        (EDUCATION, "move healthy-5", ["Re-plan…", "Show healthy-5", "Help on move"]),
        (SECRETARY, "outcome healthy-5", ["Record an outcome…", "Show healthy-5"]),
        (SECRETARY, "withdraw healthy-5", ["Record an outcome…", "Show healthy-5", "Help on withdraw"]),
        (SECRETARY, "replace healthy-5", ["Record an outcome…", "Show healthy-5", "Help on replace"]),
        (EDUCATION, "outcome healthy-5 zebra", ["Show healthy-5", "Help on outcome"]),
        (SECRETARY, "meeting cancel 23 oct", ["Meetings"]),
        (SECRETARY, "meeting add partnership 31/9", ["Meetings"]),
        (SECRETARY, "board partnership papers many days", ["Board"]),
        (SECRETARY, "org schools closed zebra", ["Organisations"]),
        (EDUCATION, "new post Clerk at Sefton Council", ["The plan"]),
        (SECRETARY, "move healthy-5 next", ["Re-plan…", "Show healthy-5", "Help on move"]),
        (SECRETARY, "correct healthy-5 7 on track", ["Show healthy-5"]),
        (SECRETARY, "assign healthy-5 to wizard", ["People", "Assign…", "Show healthy-5"]),
        (SECRETARY, "history zebra-9", ["Help on history"]),
        (SECRETARY, "find zebra", ["The plan"]),
        # who may
        (EDUCATION, "move healthy-4 to next because late", ["Show healthy-4"]),
        (EDUCATION, "healthy-4 on track", ["Show healthy-4"]),
        (CHAIR, "mine", ["The plan"]),
        (EDUCATION, "chase", ["What is overdue"]),
        (EDUCATION, "figures", ["The plan"]),
        (EDUCATION, "meeting cancel 16 sep because late", ["Meetings"]),
        (EDUCATION, "start partnership", ["Meetings"]),
        (EDUCATION, "outcomes recorded", ["Meetings"]),
        (EDUCATION, "add partnership: write it up", ["The plan"]),
        (EDUCATION, "board partnership papers 7 days", ["Board"]),
        (EDUCATION, "org schools closed 1/10", ["Organisations"]),
        (EDUCATION, "contribute police for 23 oct: nothing", ["Contributions"]),
        (EDUCATION, "exempt", ["The plan"]),
        (EDUCATION, "redact healthy-4 1 because wrong", ["Show healthy-4"]),
        # what did something, or only answers, has none of these
        (EDUCATION, "healthy-5 on track", ["Undo"]),
        (SECRETARY, "history healthy-5", []),
    ],
)  # fmt: skip
def test_a_command_that_does_nothing_leads_on(plan: Database, user: str, words: str, labels: list[str]) -> None:
    assert [one.label for one in do(plan, user, lambda ctx: answer_typed(ctx, words)).buttons] == labels


@pytest.mark.parametrize(
    "words", ["contributions for zebra", "contribution redact for zebra because it is wrong", "chase for zebra"]
)
def test_a_name_that_is_not_there_is_given_back_without_the_words_before_it(plan: Database, words: str) -> None:
    assert "“zebra”" in do(plan, SECRETARY, lambda ctx: answer_typed(ctx, words)).headline


@pytest.mark.parametrize(
    ("user", "words", "labels"),
    [
        (EDUCATION, "healthy-4 on track", ["Show healthy-4"]),
        (EDUCATION, "undo healthy-5", ["Show healthy-5"]),
    ],
)
def test_words_that_do_nothing_lead_on(plan: Database, user: str, words: str, labels: list[str]) -> None:
    assert [one.label for one in do(plan, user, lambda ctx: said_in_words(ctx, words)).buttons] == labels


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("“/cypp meetings” lists them, “/cypp people” the posts.", ["Meetings", "People"]),
        ("Say for instance “/cypp status healthy-5”.", []),
        ("“/cypp history REF” shows it; “/cypp deputy @person until 12/9”.", []),
        ("“/cypp close healthy-5 minute 41” would write, “/cypp move healthy-5 to …” is not whole.", []),
    ],
)
def test_only_whole_questions_that_are_no_examples_become_buttons(plan: Database, said: str, labels: list[str]) -> None:
    found: list[str] = []

    def look(ctx: RequestContext) -> Response:
        found.extend(one.label for one in ways_on(ctx, said))
        return answer_typed(ctx, "help")

    do(plan, SECRETARY, look)
    assert found == labels


def content_of(given: Response) -> Content:
    assert isinstance(given.content, Content)
    return given.content


MEANT = {"at": ("10 jun", "2020-06-10 partnership"), "to": ("23 oct", "2020-10-23 partnership")}
OUTCOMES = [
    ("closed at {at} minute 41", "at"),
    ("carried forward to {to} at {at}", "at"),
    ("carried forward to {to} at {at}", "to"),
    ("not agreed at {at} because the figures are missing", "at"),
    ("withdrawn at {at} because the duty moved", "at"),
    ("no decision at {at}", "at"),
]


@pytest.mark.parametrize("refs", ["healthy-5", "healthy-5 healthy-8"])
@pytest.mark.parametrize(("said", "unclear"), OUTCOMES)
def test_an_outcome_is_said_again_whole_with_the_meeting_that_was_meant(
    plan: Database, refs: str, said: str, unclear: str
) -> None:
    known = {slot: typed for slot, (typed, _) in MEANT.items()}

    def look(ctx: RequestContext) -> Response:
        asked = answer_typed(ctx, f"outcome {refs} {said.format(**known | {unclear: 'zebra'})}")
        again = [ctx.parsed(Ask.decode(one.value).words).command for one in content_of(asked).buttons]
        whole = f"outcome {refs} {said.format(**known | {unclear: MEANT[unclear][1]})}"
        assert ctx.parsed(whole).command in again
        return asked

    do(plan, SECRETARY, look)


def test_a_meeting_that_is_only_expected_is_given_its_day_by_a_press(plan: Database) -> None:
    asked = do(plan, SECRETARY, lambda ctx: answer_typed(ctx, "meeting confirm zebra as 1 dec"))
    shown = do(plan, SECRETARY, lambda ctx: pressed(ctx, asked.buttons[0].verb, asked.buttons[0].value))
    moved = do(plan, SECRETARY, lambda ctx: answer_typed(ctx, "meeting move december hwb to 1 dec"))
    assert shown.headline == moved.headline
    assert shown.headline.startswith("Confirm that the Health and Wellbeing Board meets on Tue 1 Dec 2020")


def test_each_command_that_changes_something_is_about_an_action_or_has_a_question_that_shows_what() -> None:
    typed = [entry for entry in REGISTRY.commands.values() if entry.spellings and not entry.reads]
    assert [e.command for e in typed if not e.shown_by and not all("REF" in one.usage for one in e.spellings)] == []
    shows = {
        name for e in REGISTRY.commands.values() if e.reads for one in e.spellings for name in (one.name, *one.synonyms)
    }
    assert {entry.shown_by for entry in REGISTRY.commands.values()} - {""} <= shows


@pytest.mark.parametrize("verb", list(Verb))
def test_who_may_not_is_pointed_only_to_what_anyone_may_ask(plan: Database, verb: Verb) -> None:
    named = re.findall("“/cypp ([a-z ]+)”", why_not(verb, "healthy-5", "Head of Education", "Clerk"))

    def look(ctx: RequestContext) -> Response:
        for words in named:
            assert Verb.READ in ctx.registry.command(ctx.parsed(words).command).who_may, words
        return answer_typed(ctx, "help")

    do(plan, EDUCATION, look)
