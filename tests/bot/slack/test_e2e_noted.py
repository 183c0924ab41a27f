"""What comes while somebody else writes for long: noted, acknowledged, worked in order once they have done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.demo.sandbox import SETTLE
from models.notifications.accepted import AcceptedPayload, note_accepted
from models.notifications.retention import KeptDays, tidy
from models.storage.history_tables import Accepted, Update
from models.storage.scope import ALL
from tests.bot.slack.deeds import dispatched, form_body
from tests.bot.slack.e2e import EDUCATION, HEALTH, SECRETARY, action, entries, finish, read, when
from tests.conftest import on_postgresql
from tests.homes import Home
from tests.local_slack import Sandbox, open_sandbox

pytestmark = on_postgresql
WORKSPACE = "T0DEMO"
WORDS = "the data never came"


@pytest.fixture
def sandbox(home: Home, tmp_path: Path) -> Iterator[Sandbox]:
    """Monday 17 August 2020, just after everybody was asked."""
    sandbox = open_sandbox(home.nothing(tmp_path), when(8, 17, 9))
    sandbox.advance(when(8, 17, 9, 30))
    yield sandbox
    sandbox.close()


@contextmanager
def written_to(sandbox: Sandbox, statement: str = "SELECT 1") -> Iterator[None]:
    """Somebody else writes for long, an import for instance, and perhaps changes something."""
    with sandbox.database.write(workspace=WORKSPACE) as session:
        session.execute(text(statement))
        yield


def noted(sandbox: Sandbox) -> list[str]:
    """The keys of what waits to be worked."""
    with sandbox.database.read(ALL) as session:
        return list(session.scalars(select(Accepted.key).order_by(Accepted.id)))


def test_what_one_person_says_meanwhile_is_acknowledged_and_recorded_in_order(sandbox: Sandbox) -> None:
    sent = [f"{status}, number {n}" for n, status in enumerate(("on track", "some issues", "off track"))]
    mark = sandbox.workspace.mark()
    with written_to(sandbox):
        for words in sent:
            answer = sandbox.workspace.say(EDUCATION, f"healthy-5 {words}")
            assert answer.delivered
            assert not answer.messages
        message, action_id, value = sandbox.find_button(HEALTH, "healthy-4", "On track")
        pressed = sandbox.workspace.press(HEALTH, message, action_id=action_id, value=value)
        assert pressed.error is None
        assert len(noted(sandbox)) == 4
        assert entries(sandbox, "healthy-5") == []
    finish(sandbox)
    sandbox.workspace.settle(SETTLE)
    assert [f"{one.status}, {one.words}" for one in entries(sandbox, "healthy-5")] == sent
    assert len(entries(sandbox, "healthy-4")) == 1
    told = [read(one) for one in sandbox.workspace.since(EDUCATION, mark)]
    assert sorted(one.splitlines()[0] for one in told) == sorted(
        f"Recorded for healthy-5: {words.partition(',')[0]}." for words in sent
    )
    assert noted(sandbox) == [], "people's words do not stay once they are recorded"


def test_what_is_delivered_again_meanwhile_is_recorded_once(sandbox: Sandbox) -> None:
    with written_to(sandbox):
        sandbox.workspace.say(EDUCATION, f"healthy-5 off track, {WORDS}")
        sandbox.workspace.redeliver_last(2)
        assert len(noted(sandbox)) == 1
    finish(sandbox)
    sandbox.workspace.redeliver_last(1)
    finish(sandbox)
    assert [one.words for one in entries(sandbox, "healthy-5")] == [WORDS]


def test_a_form_keeps_its_errors_at_the_field_and_is_taken_once_they_are_gone(sandbox: Sandbox) -> None:
    sandbox.press(HEALTH, "healthy-9", "Some issues…")
    view = sandbox.workspace.wait_for_view(HEALTH)
    mark = sandbox.workspace.mark()
    with written_to(sandbox):
        wrong = sandbox.workspace.submit(HEALTH, view, {"words": "NHS number 943 476 5919 waits"})
        assert wrong.errors
        assert not wrong.closed
        right = sandbox.workspace.submit(HEALTH, view, {"words": WORDS})
        assert right.closed
        assert entries(sandbox, "healthy-9") == []
    finish(sandbox)
    sandbox.workspace.settle(SETTLE)
    assert [one.words for one in entries(sandbox, "healthy-9")] == [WORDS]
    assert any("Recorded for healthy-9" in read(one) for one in sandbox.workspace.since(HEALTH, mark))


def test_a_form_that_comes_again_after_it_was_taken_is_not_looked_at_again(sandbox: Sandbox) -> None:
    """Where it would come to an error: the action is already as it asks."""

    fields = {"words": "Make four profiles", "kind": "deliverable", "serves": "theme healthy"}
    body = form_body(SECRETARY, WORKSPACE, "edit", str(action(sandbox, "healthy-4").id), fields, "V0ONE")
    assert "errors" not in dispatched(sandbox.bot, body).body
    assert action(sandbox, "healthy-4").words == "Make four profiles"
    with written_to(sandbox):
        assert "errors" not in dispatched(sandbox.bot, body).body


def test_a_form_that_is_refused_after_all_gives_its_words_back(sandbox: Sandbox) -> None:
    sandbox.press(HEALTH, "healthy-9", "Some issues…")
    view = sandbox.workspace.wait_for_view(HEALTH)
    mark = sandbox.workspace.mark()
    with written_to(sandbox, "UPDATE action SET status = 'complete' WHERE ref = 'healthy-9'"):
        assert sandbox.workspace.submit(HEALTH, view, {"words": WORDS}).closed
    finish(sandbox)
    sandbox.workspace.settle(SETTLE)
    assert entries(sandbox, "healthy-9") == []
    told = "\n".join(read(one) for one in sandbox.workspace.since(HEALTH, mark))
    assert WORDS in told


def test_a_command_is_answered_by_its_response_url(sandbox: Sandbox) -> None:
    with written_to(sandbox):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", f"update healthy-5 off track, {WORDS}")
        assert answer.error is None
        assert answer.messages == ()
    (told,) = sandbox.workspace.wait_for(lambda: sandbox.workspace.since(EDUCATION, answer.mark))
    assert "Recorded for healthy-5: off track." in read(told)


def test_a_question_that_takes_more_than_a_second_and_a_half_is_answered_by_its_response_url(sandbox: Sandbox) -> None:
    with written_to(sandbox, f"LOCK TABLE {Update.__tablename__} IN ACCESS EXCLUSIVE MODE"):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", "status p7")
        assert answer.error is None
        assert answer.messages == ()
        assert 1.4 < answer.elapsed < 3
    (told,) = sandbox.workspace.wait_for(lambda: sandbox.workspace.since(EDUCATION, answer.mark))
    assert read(told).startswith("Priority 7 shares the 9 actions")


def test_somebody_nobody_has_met_is_looked_up_before_it_is_worked(sandbox: Sandbox) -> None:
    sandbox.workspace.add_user("U0NEWHERE", "Somebody New")
    with written_to(sandbox):
        answer = sandbox.workspace.say("U0NEWHERE", "healthy-5 on track")
        assert answer.delivered
    sandbox.workspace.wait_for(lambda: sandbox.workspace.since("U0NEWHERE", answer.mark))
    finish(sandbox)
    assert next(one.method for one in sandbox.workspace.calls if one.args.get("user") == "U0NEWHERE") == "users.info"
    assert noted(sandbox) == []
    assert entries(sandbox, "healthy-5") == []


def test_an_answer_whose_address_has_expired_comes_as_a_message(sandbox: Sandbox) -> None:
    core = sandbox.workspace._core
    core.config = replace(core.config, response_url_lifetime=0)
    with written_to(sandbox):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", f"update healthy-5 off track, {WORDS}")
    (told,) = sandbox.workspace.wait_for(lambda: sandbox.workspace.since(EDUCATION, answer.mark))
    assert "Recorded for healthy-5: off track." in read(told)


def test_a_form_opens_while_others_wait(sandbox: Sandbox) -> None:
    """A trigger lives for three seconds."""
    message, action_id, value = sandbox.find_button(HEALTH, "healthy-9", "Some issues…")
    with written_to(sandbox):
        sandbox.workspace.say(EDUCATION, f"healthy-5 off track, {WORDS}")
        sandbox.workspace.press(HEALTH, message, action_id=action_id, value=value)
        sandbox.workspace.wait_for_view(HEALTH)
        assert entries(sandbox, "healthy-5") == []


def test_what_fails_each_time_is_told_once_and_stops_nobody(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    with written_to(sandbox, "UPDATE action SET status = 'no status' WHERE ref = 'healthy-5'"):
        sandbox.workspace.say(EDUCATION, f"healthy-5 off track, {WORDS}")
        sandbox.workspace.say(HEALTH, f"healthy-4 off track, {WORDS}")
    finish(sandbox)
    (told,) = sandbox.workspace.wait_for(lambda: sandbox.workspace.since(EDUCATION, mark))
    assert read(told).startswith("Something went wrong here and nothing was recorded: please tell the administrator")
    assert WORDS in read(told)
    assert [one.words for one in entries(sandbox, "healthy-4")] == [WORDS]
    assert noted(sandbox) == []


def test_a_row_that_somebody_holds_for_long_is_waited_for(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    with sandbox.database.engine.connect() as holder:
        holder.execute(text("SELECT 1 FROM action WHERE ref = 'healthy-5' FOR UPDATE"))
        sandbox.workspace.say(EDUCATION, f"healthy-5 off track, {WORDS}")
        sandbox.workspace.say(HEALTH, f"healthy-4 off track, {WORDS}")
        time.sleep(3)
        assert noted(sandbox)
    finish(sandbox)
    assert [len(entries(sandbox, ref)) for ref in ("healthy-4", "healthy-5")] == [1, 1]
    sandbox.workspace.settle(SETTLE)
    assert [read(one).split(":")[0] for one in sandbox.workspace.since(EDUCATION, mark)] == ["Recorded for healthy-5"]


def test_what_a_newer_version_noted_is_left_to_it_for_a_week(sandbox: Sandbox) -> None:
    with sandbox.database.write(workspace=WORKSPACE) as session:
        note_accepted(session, [AcceptedPayload("shake:1", "shake", "{}", sandbox.clock())])
    with written_to(sandbox):
        sandbox.workspace.say(EDUCATION, f"healthy-5 off track, {WORDS}")
    finish(sandbox)
    assert [one.words for one in entries(sandbox, "healthy-5")] == [WORDS]
    assert noted(sandbox) == ["shake:1"]
    shown = sandbox.workspace.command(EDUCATION, "/cypp", f"update healthy-5 some issues, {WORDS}")
    assert "Recorded for healthy-5" in read(shown), "it keeps nobody from an answer at once"
    for days, left in ((6, ["shake:1"]), (8, [])):
        with sandbox.database.write(workspace=WORKSPACE) as session:
            tidy(session, sandbox.clock() + timedelta(days), sandbox.clock().date(), KeptDays())
        assert noted(sandbox) == left
