"""What questions in plain words are answered with, on the example plan in a real database."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.commands.questions import AskPlan, ShowStatus
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.mentions import answer_mention
from handlers.dispatch import answer_text
from handlers.responses import Content, Response
from handlers.status.plan_status import show_status
from tests.handlers.rounds import Rounds, example, headline

LONDON = ZoneInfo("Europe/London")
BEFORE = datetime(2020, 8, 10, 10, tzinfo=LONDON)
AFTER = datetime(2020, 9, 17, 11, tzinfo=LONDON)
CHAIR, SECRETARY, EDUCATION, MEMBER = "U0CHAIRPB", "U0DEMSERV", "U0HEADEDU", "U0MEMBER"
COMMISSIONING, HEALTH = "U0COMMISS", "U0PUBHEAL"
USERS = (CHAIR, SECRETARY, EDUCATION, MEMBER, COMMISSIONING, HEALTH)


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    return Rounds(example(tmp_path, BEFORE, *USERS), BEFORE)


def asked(rounds: Rounds, text: str, user: str = CHAIR) -> Content:
    """What somebody is answered in the direct conversation."""
    given: Response = rounds.again([lambda ctx: said_in_words(ctx, text)], user)[0]
    assert isinstance(given.content, Content), text
    return given.content


def refs(content: Content) -> list[str]:
    return [line.ref for group in content.groups for line in group.lines]


ANSWERS = [
    ("how many are amber", "4 actions have some issues."),
    ("anything red under happy?", "No. Theme Happy: nothing is off track. 16 actions:"),
    ("which actions of the police are not started", "Merseyside Police: nothing is not started."),
    ("what have the voluntary sector got", "Sefton CVS: 5 actions: 3 not started, 2 on track."),
    ("which organisation has the most red ones", "Sefton Council: 1 action: 1 off track."),
    ("compare heard with healthy", "Theme Heard has 29 actions:"),
    ("is priority 4 doing better than 5?", "Priority 4 has 4 actions: 2 not started, 1 on track, 1 complete;"),
    ("which ones should we worry about", "5 of 52 open actions to look at, worst first: 1 off track, 4 some issues."),
    ("standing commitments under happy", "Theme Happy: 9 standing commitments:"),
    ("which of the council's ones under happy are green", "Theme Happy: 2 actions are on track."),
    ("list board actions from june", "3 board actions are from the Children and Young People's Partnership Board"),
    ("is everything in september on track", "No. 5 of 13 open actions are not on track"),
    ("what's due before the october board", "due before Fri 23 Oct 2020"),
    ("has anything been replanned", "No. Nothing is re-planned."),
    ("what does red mean", "Off track: red;"),
    ("how many themes are there", "The plan has 4 themes."),
    (
        "which meeting looks at happy",
        "The meeting is the Children and Young People's Partnership Board on Tue 8 Dec 2020",
    ),
    ("status of priority 15 and priority 2", "Priority 2 has 5 actions"),
]


@pytest.mark.parametrize(("text", "says"), ANSWERS)
def test_the_headline_says_how_a_question_was_read(rounds: Rounds, text: str, says: str) -> None:
    assert says in asked(rounds, text).headline


def test_numbers_are_those_of_status(rounds: Rounds) -> None:
    def status(ctx: RequestContext) -> Response:
        return show_status(ctx, ShowStatus())

    whole = headline(rounds.again([status], CHAIR)[0])
    for text, said in (
        ("how many are off track", "1 off track"),
        ("how many are on track", "18 on track"),
        ("how many have not started", "28 not started"),
    ):
        assert said in whole
        assert asked(rounds, text).headline.startswith(f"{said.partition(' ')[0]} action")


def test_what_was_not_read_is_named_and_the_rest_answered(rounds: Rounds) -> None:
    content = asked(rounds, "which actions are amber and over budget")
    assert content.headline == "4 actions have some issues."
    assert content.intro[0] == "I did not read “over budget”: the answer leaves it out."


@pytest.mark.parametrize(
    "text", ["how many councillors are there", "which school is best", "what does the plan cost", "who said what?"]
)
def test_what_is_not_in_the_plan_is_neither_searched_for_nor_answered(rounds: Rounds, text: str) -> None:
    content = asked(rounds, text)
    assert refs(content) == []
    assert content.headline.startswith("I am not sure what you are asking.")


def test_words_of_one_action_are_that_action_and_of_several_a_question(rounds: Rounds) -> None:
    assert asked(rounds, "where have we got to with advocacy").headline.startswith("heard-10: on track.")
    content = asked(rounds, "kooth?")
    assert [button.label for button in content.buttons] == ["9sep-6", "23oct-6", "2 actions with “kooth”"]
    assert refs(content) == []


def test_two_questions_are_two_short_answers(rounds: Rounds) -> None:
    content = asked(rounds, "how many are red and who has the most amber ones")
    assert content.headline == (
        "1 action is off track. Integrated Commissioning Manager, Sefton Council: 2 actions: 2 some issues."
    )


def test_read_out_is_the_sentence_without_cards(rounds: Rounds) -> None:
    content = asked(rounds, "read me out priority 4")
    assert content.headline.startswith("4. Resilient families, good emotional health. Priority 4 has 4 actions")
    assert (content.groups, content.key) == ((), False)


def test_the_reason_stands_beside_what_to_worry_about(rounds: Rounds) -> None:
    lines = [line for group in asked(rounds, "what's the worst").groups for line in group.lines]
    assert [line.ref for line in lines] == ["healthy-9", "heard-9", "happy-2", "healthy-3", "healthy-4"]
    assert lines[0].facts[0] == "Off track"


def test_what_others_owe_is_for_those_who_keep_or_chair_the_board(rounds: Rounds) -> None:
    rounds.now = datetime(2020, 8, 17, 11, tzinfo=LONDON)
    told = asked(rounds, "has education replied?", SECRETARY)
    assert told.headline.startswith("No. Head of Education, Sefton Council: 0 of 3 answers wanted are in")
    assert refs(told) == ["9sep-2", "healthy-5", "healthy-8"]
    hidden = asked(rounds, "has education replied?", MEMBER)
    assert hidden.headline.endswith("who still owes one is for the board’s secretary and the chair.")
    assert refs(hidden) == []
    assert refs(asked(rounds, "which council ones are still owed?", MEMBER)) == []


def test_better_worse_and_closed_since_are_told_apart(rounds: Rounds) -> None:
    for user, words in ((COMMISSIONING, "update heard-9 on track both workshops held"),
                        (HEALTH, "update healthy-4 off track the data will not come")):  # fmt: skip
        assert rounds.keep(partial(answer_text, text=words), user).done
    rounds.now = BEFORE + timedelta(days=2)
    better = asked(rounds, "has anything improved since 9 August?")
    assert better.headline == "Yes. 1 action improved since Sun 9 Aug 2020."
    assert refs(better) == ["heard-9"]
    assert better.groups[0].lines[0].facts[0] == "Was some issues"
    assert refs(asked(rounds, "what got worse since 9 August")) == ["healthy-4"]
    assert asked(rounds, "anything closed since 9 August?").headline == "No. Nothing is closed since Sun 9 Aug 2020."
    assert refs(asked(rounds, "anything slipped or got worse since 9 August")) == ["healthy-4"]


def test_an_answer_after_the_command_and_to_a_mention_is_the_same(rounds: Rounds) -> None:
    text = "which are red or amber under healthy?"
    whole = asked(rounds, text)
    command = rounds.again([lambda ctx: answer_text(ctx, text)], CHAIR)[0]
    mention, for_all = rounds.again([lambda ctx: answer_mention(ctx, text)], CHAIR)[0]
    assert headline(command) == headline(mention) == whole.headline
    assert for_all
    assert command.content.shareable


def test_what_is_mine_is_not_told_to_a_whole_channel(rounds: Rounds) -> None:
    _, for_all = rounds.again([lambda ctx: answer_mention(ctx, "which of mine are green?")], EDUCATION)[0]
    assert not for_all


def test_a_long_answer_pages_by_asking_the_same_again(rounds: Rounds) -> None:
    first = asked(rounds, "which actions are not started", MEMBER)
    assert first.headline == "28 actions are not started."
    second = rounds.again([lambda ctx: answer_text(ctx, "which actions are not started", page=1)], MEMBER)[0].content
    assert second.headline == first.headline
    assert not set(refs(first)) & set(refs(second))


def test_an_update_with_a_question_mark_is_no_record(rounds: Rounds) -> None:
    assert asked(rounds, "healthy-5 on track??", EDUCATION).headline.startswith("healthy-5: on track.")


@pytest.mark.parametrize(
    "text", ["all overdue items are now with legal", "we are late because the supplier went under", "police on track"]
)
def test_news_is_not_answered_as_a_question(rounds: Rounds, text: str) -> None:
    assert refs(asked(rounds, text, EDUCATION)) == []


def test_a_question_nobody_can_answer_is_asked_about(rounds: Rounds) -> None:
    given = rounds.again([lambda ctx: answer_text(ctx, "how many councillors are there")], MEMBER)[0]
    assert headline(given).startswith("I am not sure what you are asking.")
    assert AskPlan("x").page == 0
