"""Questions about a plan that has ended are answered as it stood then; writes to it are refused with where it went."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.demo.sandbox import TEAM, example_plan
from handlers.buttons import OnTrack, SomeIssues
from handlers.conversation.direct_messages import said_in_words
from handlers.dispatch import answer_text
from handlers.old_plans import about_old_plan
from handlers.presses import pressed, submitted
from handlers.responses import Content, Response
from models.enums import AtPlanEnd, Way
from models.files.next_plan import Going, store_next
from models.plan.plan_ends import EndDecision, end_plan, open_wholes
from models.records.history import Signed
from models.storage.engine import Database
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import Action
from tests.handlers.rounds import Rounds, example

ENDED, NOW = datetime(2025, 3, 31, 11, tzinfo=UTC), datetime(2025, 4, 10, 9, tzinfo=UTC)
SECRETARY, EDUCATION = "U0DEMSERV", "U0HEADEDU"
OLD, NEW = "My Sefton 2020–2025", "My Sefton 2025–2030"
AS_NEW = {"healthy-9": "healthy-2"}
CLOSED = {"healthy-5": "overtaken by events"}


def follow(database: Database) -> None:
    """The example plan ends, and the next comes in: healthy-9 goes on as healthy-2, heard-1 as heard-13."""
    signed = Signed(None, None, "command line", Way.COMMAND_LINE, ENDED)
    with database.write(workspace=TEAM) as session:
        rows = open_wholes(session)
        decided = {
            row.id: EndDecision(AtPlanEnd.CLOSED, CLOSED[row.ref])
            if row.ref in CLOSED
            else EndDecision(AtPlanEnd.CARRIED)
            for row in rows
        }
        ended = end_plan(session, ENDED.date(), decided, signed)
        file = example_plan()
        head = file.plan.model_copy(update={"name": NEW, "starts": date(2025, 4, 1), "ends": date(2030, 3, 31)})
        by_ref = {action.ref: action for action in file.actions}
        actions = (
            by_ref["heard-1"].model_copy(update={"words": "Write to every child once a year"}),
            by_ref["healthy-9"].model_copy(
                update={"ref": "healthy-2", "due": None, "kind_written": "standing commitment"}
            ),
        )
        file = file.model_copy(update={"plan": head, "actions": actions, "risks": (), "assessments": ()})
        going = [Going(row.id, decided[row.id], AS_NEW.get(row.ref, "")) for row in rows if decided[row.id].goes_on]
        store_next(session, TEAM, ended, file, going, "next.yaml", signed)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    database = example(tmp_path_factory.mktemp("next"), ENDED - timedelta(days=1), SECRETARY, EDUCATION)
    follow(database)
    return Rounds(database, NOW)


def said(given: Response | None) -> str:
    """All that an answer says, with what was typed in square brackets."""
    assert given is not None
    content = given.content
    assert isinstance(content, Content), given
    lines = [f"{line.ref} {line.words} {line.last}" for group in content.groups for line in group.lines]
    texts = [text for group in content.groups for text in group.texts]
    typed = [f"[{content.typed}]"] if content.typed else []
    return "\n".join((content.headline, *content.intro, *lines, *texts, *typed))


WENT = f"healthy-9 is of {OLD}, which ended on Mon 31 Mar 2025; it goes on as healthy-2 of {NEW}."
THEN = f"{OLD} ended on Mon 31 Mar 2025; this is how it stood then."
ASKED = [
    ("old healthy-9", WENT),
    ("what happened to 2020 healthy-9?", WENT),
    ("healthy-9 in the old plan", WENT),
    ("how did healthy-9 of the previous plan end?", WENT),
    ("what was healthy-9 under the 2020-2025 plan?", WENT),
    ("healthy-9 (2020–2025)", WENT),
    ("Old Healthy 9 pls", WENT),
    ("who led healthy-9 in the plan of 2020?", WENT),
    ("history old healthy-9", WENT),
    ("status of the last plan", THEN),
    ("status old plan", THEN),
    ("the last plan", THEN),
    ("what was overdue in the previous children and young people's plan?", THEN),
    ("how many actions were off track in the former plan?", THEN),
    (f"{OLD} status", THEN),
    ("show me the 2020/25 plan", THEN),
    ("which actions were off track in the plan before this one?", THEN),
    ("the previous CYPP: how many actions are complete?", THEN),
    ("when did the old plan end?", f"{OLD} ended on Mon 31 Mar 2025: 53 actions: "),
    ("what was carried over from the old plan?", "Of what was open: 51 carried, 1 closed."),
    ("which plan runs?", f"{NEW}"),
    ("which of the old plan's actions were never started?", "28 actions are not started."),
    ("how many of the last plan's did we close", "2 actions are complete or closed, not done: 1 complete, 1 closed"),
    ("what did we finish in the last plan", "1 action is complete."),
    ("did we finish the last plan?", THEN),
    ("what was in the last plan?", THEN),
    ("what was left open in the previous plan", "51 actions are open"),
    ("which of the previous plan's actions were off track at the end?", "1 action is off track."),
    ("what happened to the old plan's actions", "Of what was open: 51 carried, 1 closed."),
    ("were any of the old plan's actions withdrawn?", "Yes. 1 action is closed, not done."),
    ("find advocacy in the old plan", "1 action has “advocacy”."),
    ("healthy-5", f"healthy-5 is of {OLD}, which ended on Mon 31 Mar 2025; it was closed then, because “overtaken by"),
    ("how is healthy-5?", "it was closed then, because “overtaken by events”"),
]
REFUSED = [
    ("old healthy-9 is done", WENT),
    ("old healthy-9: on track, the toolkit went out", WENT),
    ("2020 healthy-9 on track, toolkit sent", WENT),
    ("update old healthy-9 off track because nobody applied", WENT),
    ("healthy-9 of the old plan: done, both schools use it", WENT),
    ("close old healthy-9 agreed 23/10 minute 3", WENT),
    ("move healthy-9 of the last plan to 8 Dec because staff left", WENT),
    ("healthy-5 on track, new advisor started", "healthy-5 is of"),
    ("reopen healthy-5", "healthy-5 is of"),
    ("heard-4 on track, two more groups. healthy-5 done", "healthy-5 is of"),
    ("heard-4: on track\nhealthy-5: off track because nobody came", "healthy-5 is of"),
]
MUST_NOT = [
    "healthy-3 on track, the old plan to recruit was dropped",
    "heard-4 on track, last plan of the term is out",
    "healthy-3 some issues, the previous plan for the toolkit fell through",
    "the plan is late",
    "status plan",
    "plan",
    "is the plan on track?",
    "our old plan for the kiosk is dead, healthy-3 off track because there is no money",
    "healthy-3 on track since 2020",
    "what has changed since 2020?",
    "we have a new plan",
    "healthy-3 on track, the old building is sold",
    "move healthy-3 to 8 Dec because the old plan slipped",
    "healthy-3 done as per the previous action plan",
    "the last healthy-3 update was wrong",
    "our last plan was too ambitious, healthy-3 amber because of staff",
    "healthy-3: 2020 pupils reached",
    "status healthy-3",
    "due last week",
    "healthy-2 on track",
    "old age is in no plan",
    "plan before Christmas what healthy-3 needs",
    "what did we plan in 2020?",
    "we still work from the old plan",
    "the old plan is on the shelf, healthy-3 on track",
    "our previous plan was fine, healthy-3 on track",
]
NAMES_ONE_BEFORE = ("old plan", "last plan", "previous plan", "former plan", "plan before", "previous c")
SAYS_NOTHING = ("healthy-9 in the old plan",)
BOTH = ["status healthy-2", "history healthy-2", "healthy-2 on track, toolkit sent", "how is Healthy 2?"]
ONE = ["status healthy-3", "status heard-13", "healthy-3 on track, toolkit sent", "status priority 2", "mine", "due"]


@pytest.mark.parametrize(("words", "expected"), ASKED)
@pytest.mark.parametrize("way", [Way.COMMAND, Way.REPLY])
def test_what_is_asked_of_the_old_plan_is_answered_as_it_stood(
    plan: Rounds, words: str, expected: str, way: Way
) -> None:
    answer = answer_text if way is Way.COMMAND else said_in_words
    given = said(plan.again([lambda ctx: answer(ctx, words)], SECRETARY, way)[0])
    assert expected in given
    assert "Nothing was recorded" not in given


@pytest.mark.parametrize(("words", "expected"), REFUSED)
@pytest.mark.parametrize("way", [Way.COMMAND, Way.REPLY])
def test_what_would_change_it_is_refused_with_where_it_went_and_the_words(
    plan: Rounds, words: str, expected: str, way: Way
) -> None:
    answer = answer_text if way is Way.COMMAND else said_in_words
    given = said(plan.again([lambda ctx: answer(ctx, words)], SECRETARY, way)[0])
    assert given.startswith(f"Nothing was recorded: {expected}")
    assert given.endswith(f"[{words}]")


def test_an_answer_about_the_old_plan_changes_nothing_and_its_buttons_ask_of_it(plan: Rounds) -> None:
    given = plan.again([lambda ctx: answer_text(ctx, "overdue old plan")], SECRETARY)[0].content
    assert isinstance(given, Content)
    buttons = [*given.buttons, *(one for group in given.groups for line in group.lines for one in line.buttons)]
    assert {one.verb for one in buttons} == {"page"}
    turned = plan.again([lambda ctx: pressed(ctx, "page", buttons[0].value)], SECRETARY)[0]
    assert THEN in said(turned)


def test_a_button_and_a_form_of_before_say_where_the_action_went(plan: Rounds) -> None:
    with plan.database.read(TEAM) as session, in_plan(session, EVERY_PLAN):
        old = session.scalars(select(Action).where(Action.ref == "healthy-9", Action.ended_plan_id != 0)).one()
    press = plan.again([lambda ctx: pressed(ctx, OnTrack.verb, OnTrack(action=old.id).encode())], EDUCATION)[0]
    assert said(press) == f"Nothing was recorded: {WENT}"
    form, fields = SomeIssues(action=old.id).encode(), {"words": "nobody applied"}
    sent = plan.again([lambda ctx: submitted(ctx, SomeIssues.verb, form, fields)], EDUCATION)[0]
    assert said(sent) == f"Nothing was recorded: {WENT}\n[nobody applied]"


def test_a_card_says_what_the_action_carries_on(plan: Rounds) -> None:
    given = said(plan.again([lambda ctx: answer_text(ctx, "status healthy-2")], SECRETARY)[0])
    assert f"Carries on healthy-9 of {OLD}: “/cypp {OLD}: history healthy-9” shows what was said there." in given
    asked = said(plan.again([lambda ctx: answer_text(ctx, f"{OLD}: history healthy-9")], SECRETARY)[0])
    assert "its plan ended. “to be carried into the next plan”" in asked
    assert "“The officer for this was moved to the pandemic response in April”" in asked


def test_words_of_the_old_plan_can_still_be_redacted(plan: Rounds) -> None:
    words = "redact old healthy-9 0 because it describes a person"
    steps = [lambda ctx: answer_text(ctx, words), lambda ctx: answer_text(ctx, "history old healthy-9")]
    first, then = plan.again(steps, SECRETARY)
    assert first.done
    assert "pandemic" not in said(then)


def test_an_action_that_goes_on_under_another_ref_says_so_under_both(plan: Rounds) -> None:
    (new,) = plan.again([lambda ctx: answer_text(ctx, "healthy-2")], SECRETARY)
    assert f"Carries on healthy-9 of {OLD}: " in said(new)
    (old,) = plan.again([lambda ctx: answer_text(ctx, "healthy-9")], SECRETARY)
    assert WENT in said(old)


@pytest.mark.parametrize("words", MUST_NOT)
def test_words_of_the_plan_that_runs_are_read_as_ever(plan: Rounds, words: str) -> None:
    assert plan.again([lambda ctx: about_old_plan(ctx, words)], SECRETARY)[0] is None


@pytest.mark.parametrize("way", [Way.COMMAND, Way.REPLY])
@pytest.mark.parametrize("words", BOTH + ONE)
def test_a_ref_of_two_plans_is_said_to_be_of_the_one_that_runs_and_the_other_is_offered(
    plan: Rounds, words: str, way: Way
) -> None:
    answer = answer_text if way is Way.COMMAND else said_in_words
    given = plan.again([lambda ctx: answer(ctx, words)], SECRETARY, way)[0]
    assert isinstance(given.content, Content)
    offered = {one.label: one for one in given.content.buttons}.get(f"healthy-2 of {OLD}")
    said_here = [line for line in given.content.intro if line.startswith("Here ")]
    assert said_here == ([f"Here healthy-2 is of {NEW}: {OLD} has another."] if words in BOTH else [])
    assert (offered is not None) is (words in BOTH)
    if offered is not None:
        other = said(plan.again([lambda ctx: pressed(ctx, offered.verb, offered.value)], SECRETARY)[0])
        assert f"healthy-2 is of {OLD}, which ended on Mon 31 Mar 2025; it goes on as healthy-" in other


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("before"), ENDED, SECRETARY), ENDED)


@pytest.mark.parametrize("words", [*(words for words, _ in ASKED + REFUSED), *MUST_NOT])
def test_where_no_plan_has_ended_that_is_said_of_the_one_before_and_nothing_else_is_read_so(
    before: Rounds, words: str
) -> None:
    given = before.again([lambda ctx: about_old_plan(ctx, words)], SECRETARY)[0]
    names_it = any(one in words.casefold() for one in NAMES_ONE_BEFORE) and words not in SAYS_NOTHING
    asked = words in dict(ASKED) and names_it
    expected = f"No plan has ended here, so there is none before {OLD}."
    assert (said(given) if given is not None else None) == (expected if asked else None)


PLANS_SHOWN = [
    "plan", "plan end", "end the plan", "close the plan", "how do I end the plan?", "start the next plan",
    "import the next plan", "when does the plan end?",
]  # fmt: skip
NO_PLAN_SHOWN = [
    "end the plan to recruit", "close the plan for the kiosk", "plan ends on 31 march", "the plan is late",
    "start the next planning round", "healthy-3 done, end the plan", "plan healthy", "close healthy-3",
]  # fmt: skip


@pytest.mark.parametrize("way", [Way.COMMAND, Way.REPLY])
@pytest.mark.parametrize("words", PLANS_SHOWN + NO_PLAN_SHOWN)
def test_whoever_wants_to_end_a_plan_is_told_where_that_is_done(before: Rounds, words: str, way: Way) -> None:
    answer = answer_text if way is Way.COMMAND else said_in_words
    given = before.again([lambda ctx: answer(ctx, words)], SECRETARY, way)[0]
    assert isinstance(given.content, Content)
    assert any("“cypp plan end”" in line for line in given.content.footer) is (words in PLANS_SHOWN)
    assert given.content.headline.startswith(f"{OLD} runs") is (words in PLANS_SHOWN)
