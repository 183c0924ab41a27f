"""How many messages were right at once, shown, asked about, given up, undone: counted by the bot, without a word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot.demo.workspace import Answer, SeenMessage
from models.records.message_counts import counted_between
from models.storage.scope import ALL
from tests.bot.cli.support import call
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import EDUCATION, SECRETARY, STRANGER, finished, labels, read, when
from tests.local_slack import Sandbox

TODAY = date(2020, 8, 17)


def say(sandbox: Sandbox, user: str, words: str) -> Answer:
    return finished(sandbox, user, sandbox.workspace.say(user, words))


def press(sandbox: Sandbox, user: str, message: SeenMessage, label: str) -> Answer:
    return finished(sandbox, user, sandbox.workspace.press(user, message, text=label))


def answer_form(sandbox: Sandbox, message: SeenMessage, label: str, **fields: str) -> str:
    """Open a form under a message, send it in; what is said then."""
    sandbox.workspace.press(EDUCATION, message, text=label)
    view = sandbox.workspace.view(EDUCATION)
    assert view is not None
    return read(finished(sandbox, EDUCATION, sandbox.workspace.submit(EDUCATION, view, fields)))


def counted(sandbox: Sandbox, day: date = TODAY) -> Mapping[tuple[str, str], int]:
    """The counters of a day that are not zero, by kind and stage."""
    with sandbox.database.read(ALL) as session:
        found = counted_between(session, day, day)
    return {(one.kind.value, one.stage.value): one.messages for one in found if one.messages}


def test_an_answer_that_is_plain_is_right_at_once_until_it_is_undone(asked: Sandbox) -> None:
    receipt = say(asked, EDUCATION, "healthy-5 on track, two advisors recruited")
    assert counted(asked) == {("answer", "right at once"): 1}
    assert "Undone" in read(press(asked, EDUCATION, receipt.message, "Undo"))
    assert counted(asked) == {("answer", "undone"): 1}


def test_a_reading_that_is_shown_is_confirmed_by_its_press_and_counted_on_the_day_of_the_message(
    asked: Sandbox,
) -> None:
    shown = say(asked, EDUCATION, "helthy 5 on track, two advisors recruited")
    assert counted(asked) == {("answer", "shown"): 1}
    asked.advance(when(8, 18, 9))
    press(asked, EDUCATION, shown.message, labels(shown.message)[0])
    assert counted(asked) == {("answer", "confirmed"): 1}
    assert counted(asked, date(2020, 8, 18)) == {}


def test_a_press_two_days_later_counts_no_more(asked: Sandbox) -> None:
    given = say(asked, EDUCATION, "healthy-5 amber")
    assert counted(asked) == {("answer", "asked about"): 1}
    asked.advance(when(8, 19, 10))
    assert "Recorded" in answer_form(asked, given.message, "Some issues…", words="the post is vacant")
    assert counted(asked) == {("answer", "asked about"): 1}


def test_a_question_is_settled_by_the_form_that_its_press_opens(asked: Sandbox) -> None:
    given = say(asked, EDUCATION, "healthy-5 amber")
    assert "Recorded" in answer_form(asked, given.message, "Some issues…", words="the post is vacant")
    assert counted(asked) == {("answer", "settled"): 1}


def test_a_question_is_settled_by_a_press_that_asks_one_of_what_was_offered(asked: Sandbox) -> None:
    given = say(asked, EDUCATION, "what about the giraffes?")
    assert "I am not sure what you are asking" in read(given)
    assert [*counted(asked).values()] == [1]
    press(asked, EDUCATION, given.message, "My actions")
    assert [stage for _, stage in counted(asked)] == ["settled"]


def test_what_nobody_wants_stays_unsettled(asked: Sandbox) -> None:
    given = say(asked, EDUCATION, "helthy 5 on track, two advisors recruited")
    press(asked, EDUCATION, given.message, "Not an update")
    assert counted(asked) == {("answer", "shown"): 1}


def test_what_is_plain_in_part_is_asked_about_and_settled_by_the_rest(asked: Sandbox) -> None:
    given = say(asked, EDUCATION, "healthy-5 on track, two advisors recruited\nhealthy-8 amber")
    assert counted(asked) == {("several", "asked about"): 1}
    answer_form(asked, given.message, "Some issues…", words="the post is vacant")
    assert counted(asked) == {("several", "settled"): 1}


@pytest.mark.parametrize(
    ("user", "words", "kind"),
    [
        (EDUCATION, "what is overdue?", "question"),
        (EDUCATION, "status healthy-5", "question"),
        (EDUCATION, "thanks!", "social"),
        (EDUCATION, "healthy-5 on track, two recruited; healthy-8 on track, launched", "several"),
        (SECRETARY, "close healthy-5 minute 4", "outcome"),
        (SECRETARY, "move healthy-5 to 23 october because legal is late", "change"),
    ],
)
def test_a_kind_is_told_from_the_reply(asked: Sandbox, user: str, words: str, kind: str) -> None:
    say(asked, user, words)
    assert counted(asked) == {(kind, "right at once"): 1}


def test_the_sum_over_kinds_and_stages_is_how_many_messages_there_were(asked: Sandbox) -> None:
    words = (
        "healthy-5 on track, two advisors recruited",
        "healthy-5 amber",
        "thanks",
        "yes",
        "two buses are painted",
        "mine",
        "undo",
        "nearly done",
        "my NHS number 943 476 5919",
    )
    for number, one in enumerate(words, 1):
        for message in say(asked, EDUCATION, one).messages:
            for label in [one for one in labels(message)[:1] if labels(message).count(one) == 1]:
                press(asked, EDUCATION, message, label)
        assert sum(counted(asked).values()) == number


def test_nobody_counts_who_may_not_read(asked: Sandbox) -> None:
    add_others(asked)
    say(asked, STRANGER, "healthy-5 on track")
    assert counted(asked) == {}


def test_a_message_that_slack_delivers_again_is_counted_once(asked: Sandbox) -> None:
    say(asked, EDUCATION, "healthy-5 on track, two advisors recruited")
    asked.workspace.redeliver_last(2)
    assert counted(asked) == {("answer", "right at once"): 1}


def test_the_command_line_says_what_was_counted_without_a_word_or_a_name(asked: Sandbox) -> None:
    say(asked, EDUCATION, "healthy-5 on track, two advisors recruited")
    shown = say(asked, EDUCATION, "helthy 8 on track, the zebra has moved")
    press(asked, EDUCATION, shown.message, labels(shown.message)[0])
    say(asked, EDUCATION, "two buses are painted")
    say(asked, EDUCATION, "thanks")
    said = call("figures", "--db", asked.database.path or "").out
    assert said.startswith("4 messages from Wed 20 May 2020 to Mon 17 Aug 2020: 2 right at once (50 %).\n")
    assert said.splitlines()[1:3] == [
        "answer, 3 messages: 1 right at once, 1 shown and confirmed, 1 waiting.",
        "social, 1 message: 1 right at once.",
    ]
    assert not {"zebra", "Education", "advisors", "blah"} & set(said.split())


def test_what_nobody_pressed_is_given_up_after_the_next_day(asked: Sandbox) -> None:
    say(asked, EDUCATION, "two buses are painted")
    for day, became in ((18, "waiting"), (19, "given up")):
        asked.advance(when(8, day, 10))
        said = call("figures", "--db", asked.database.path or "").out
        assert said.splitlines()[1] == f"answer, 1 message: 1 {became}."


def test_the_secretary_reads_the_same_in_slack(asked: Sandbox) -> None:
    say(asked, EDUCATION, "healthy-5 on track, two advisors recruited")
    given = finished(asked, SECRETARY, asked.command(SECRETARY, "figures"))
    printed = call("figures", "--db", asked.database.path or "").out.splitlines()
    shown = read(given)
    assert all(line in shown for line in printed)
    assert "The figures are for" in read(asked.command(EDUCATION, "figures"))


def test_an_outcome_that_is_undone_is_counted_so(after: Sandbox) -> None:
    day = date(2020, 9, 17)
    receipt = say(after, SECRETARY, "happy-2 and happy-6 no decision")
    assert counted(after, day) == {("outcome", "right at once"): 1}
    press(after, SECRETARY, receipt.message, "Undo happy-6")
    assert counted(after, day) == {("outcome", "undone"): 1}
    moved = say(after, SECRETARY, "shift 23oct-1 to December because the tender slipped")
    done = press(after, SECRETARY, moved.message, "Do it")
    press(after, SECRETARY, done.message, "Undo")
    assert counted(after, day)["change", "undone"] == 1
