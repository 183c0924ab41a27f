"""What goes wrong: people get one sentence, the log gets the reference, nothing is half stored."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import text

from models.enums import Status
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    EDUCATION,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    YOUNG_PERSONS,
    OpenAt,
    action,
    bundle_of,
    entries,
    finish,
    labels,
    line_of,
    read,
    stored,
    when,
)
from tests.local_slack import Fault, Sandbox

BUSY = "The plan is busy just now, so nothing was stored: please try again."
SECRET = "a sentence nobody else may read"


@contextmanager
def locked(sandbox: Sandbox, seconds: float) -> Iterator[None]:
    """Another connection holds the database's lock for so many seconds; waits for it at the end."""
    connection = sqlite3.connect(str(sandbox.database.path), isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, lambda: connection.execute("ROLLBACK"))
    release.start()
    try:
        yield
    finally:
        release.join()
        connection.close()


def corrupt(sandbox: Sandbox, ref: str) -> None:
    """An action's row holds a status that the code does not know."""
    with closing(sqlite3.connect(str(sandbox.database.path))) as connection:
        connection.execute("UPDATE action SET status = 'banana' WHERE ref = ?", (ref,))
        connection.commit()


def reference_in(shown: str) -> str:
    found = re.search(r"please tell the administrator reference ([0-9a-f]{8})\.", shown)
    assert found is not None, shown
    return found[1]


# -- an unforeseen error


@pytest.mark.breaks_rows
@pytest.mark.parametrize("typed", ["status p7", "status healthy-5", "update healthy-5 off track " + SECRET])
def test_an_unforeseen_error_gives_one_sentence_with_a_reference_that_the_log_has_too(
    calm: Sandbox, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sandbox = calm
    corrupt(sandbox, "healthy-5")
    shown = read(sandbox.command(EDUCATION, typed))
    assert shown.startswith("Something went wrong here and nothing was recorded: ")
    assert typed in shown.split("You typed: ")[1]
    reference = reference_in(shown)
    assert reference in caplog.text
    assert SECRET not in caplog.text
    assert "banana" not in caplog.text, "an exception's own words may hold what people typed"
    assert "handlers" in caplog.text, "the frames are there to find it by"
    assert "LookupError: is not among the defined enum values" in caplog.text, "what says nothing of theirs is there"
    assert "Traceback" not in shown
    assert "LookupError" not in shown


@pytest.mark.breaks_rows
def test_an_unforeseen_error_in_plain_words_a_button_and_a_form_is_said_too(
    asked: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    old, action_id, value = asked.find_button(HEALTH, "healthy-4", "On track")
    asked.press(HEALTH, "healthy-9", "Some issues…")
    corrupt(asked, "healthy-4")
    corrupt(asked, "healthy-9")
    said = asked.workspace.say(HEALTH, f"healthy-4 on track {SECRET}", settle=0.1)
    pressed = asked.workspace.press(HEALTH, old, action_id=action_id, value=value, settle=0.1)
    view = asked.workspace.view(HEALTH)
    assert view is not None
    submitted = asked.workspace.submit(HEALTH, view, {"words": SECRET}, settle=0.1)
    references = [reference_in(read(given)) for given in (said, pressed, submitted)]
    assert len(set(references)) == 3
    assert all(reference in caplog.text for reference in references)
    assert SECRET in read(said)
    assert SECRET in read(submitted), "what was typed into the form comes back"
    assert SECRET not in caplog.text
    assert stored(asked)["action_update"] == []


def test_the_log_says_what_the_database_or_the_interpreter_said_and_why(
    calm: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = calm
    with closing(sqlite3.connect(str(sandbox.database.path))) as connection:
        connection.execute("ALTER TABLE action_update RENAME COLUMN words TO told")
        shown = read(sandbox.command(EDUCATION, f"update healthy-5 off track {SECRET}"))
        connection.execute("ALTER TABLE action_update RENAME COLUMN told TO words")
    assert reference_in(shown) in caplog.text
    assert "no such column: action_update.words [SQL: SELECT" in caplog.text
    assert "caused by OperationalError: no such column: action_update.words" in caplog.text

    def counts() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise TypeError("a plan cannot be counted") from error

    sandbox.bot.deps.run_in_background(counts)
    finish(sandbox)
    assert "TypeError: a plan cannot be counted" in caplog.text
    assert "caused by KeyError\n" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.breaks_rows
def test_others_are_answered_while_one_row_is_broken(asked: Sandbox) -> None:
    corrupt(asked, "healthy-4")
    assert "Recorded for healthy-5: on track." in read(asked.command(EDUCATION, "update healthy-5 on track"))


def test_a_button_that_went_wrong_works_once_it_is_mended(asked: Sandbox) -> None:
    message, action_id, value = asked.find_button(HEALTH, "healthy-4", "On track")
    corrupt(asked, "healthy-4")
    asked.workspace.press(HEALTH, message, action_id=action_id, value=value, settle=0.1)
    with asked.database.write(workspace=ALL) as session:
        session.execute(text("UPDATE action SET status = 'some issues' WHERE ref = 'healthy-4'"))
    asked.workspace.press(HEALTH, message, action_id=action_id, value=value, settle=0.1)
    assert [entry.status for entry in entries(asked, "healthy-4")] == [Status.ON_TRACK]


def test_a_payload_slack_never_sends_is_acknowledged_and_changes_nothing(asked: Sandbox) -> None:
    """A press by an account whose id is none: the payload model refuses it before any query."""
    asked.workspace.add_user("not an id", "Odd One")
    asked.workspace.join("C0PARTNER", "not an id")
    before = stored(asked)
    answer = asked.workspace.command("not an id", "/cypp", "status", "C0PARTNER")
    assert "Slack sent something this bot cannot read, so nothing was recorded" in read(answer)
    assert stored(asked) == before


# -- a database that is locked


def test_a_command_waits_a_second_and_a_half_for_the_lock_then_gives_the_words_back(calm: Sandbox) -> None:
    sandbox = calm
    before = stored(sandbox)
    with locked(sandbox, 2.2):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", f"update healthy-5 off track {SECRET}")
    assert answer.error is None
    assert 1.4 < answer.elapsed < 3
    assert read(answer).startswith(BUSY)
    assert f"You typed: update healthy-5 off track {SECRET}" in read(answer)
    assert stored(sandbox) == before
    assert "Recorded for healthy-5" in read(sandbox.command(EDUCATION, f"update healthy-5 off track {SECRET}"))


def test_a_short_lock_is_waited_for(calm: Sandbox) -> None:
    sandbox = calm
    with locked(sandbox, 0.5):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", "update healthy-5 on track")
    assert "Recorded for healthy-5: on track." in read(answer)


def test_reading_waits_for_no_lock(calm: Sandbox) -> None:
    sandbox = calm
    with locked(sandbox, 2.0):
        answer = sandbox.workspace.command(EDUCATION, "/cypp", "status p7")
    assert read(answer).startswith("Priority 7 shares the 9 actions")
    assert answer.elapsed < 1.9


def test_a_button_a_form_and_words_say_busy_in_time_and_count_when_they_come_again(asked: Sandbox) -> None:
    shown = asked.say(YOUNG_PERSONS, "the youth version went to the printers").messages[0]
    message, action_id, value = asked.find_button(HEALTH, "healthy-4", "On track")
    asked.press(HEALTH, "healthy-9", "Some issues…")
    view = asked.workspace.view(HEALTH)
    assert view is not None
    before = stored(asked)

    def press() -> str:
        answer = asked.workspace.press(HEALTH, message, action_id=action_id, value=value, settle=0.2)
        assert answer.error is None
        return read(answer)

    def record() -> str:
        return read(asked.workspace.press(YOUNG_PERSONS, shown, text="Record for 9sep-1: still on track", settle=0.2))

    def send() -> str:
        result = asked.workspace.submit(HEALTH, view, {"words": SECRET}, settle=0.2)
        assert result.error is None
        return read(result)

    def say() -> str:
        answer = asked.workspace.say(EDUCATION, f"healthy-5 off track, {SECRET}", settle=0.2)
        assert answer.delivered
        return read(answer)

    everybody = (press, record, send, say)
    results: dict[str, str] = {}
    with locked(asked, 2.6):
        threads = [threading.Thread(target=lambda do=do: results.update({do.__name__: do()})) for do in everybody]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {name: BUSY in said for name, said in results.items()} == {do.__name__: True for do in everybody}
    assert SECRET in results["send"]
    assert SECRET in results["say"]
    assert stored(asked) == before
    assert asked.workspace.late_acks == 0
    now = asked.workspace.now(shown)
    assert now is not None
    assert "Record for 9sep-1: still on track" in labels(now), "the words that were shown back are not lost"
    assert "Recorded for healthy-4: on track." in press()
    assert "Recorded for 9sep-1" in record()
    assert "Recorded for healthy-5" in say()


# -- a database that cannot be written


def test_a_database_that_is_read_only_is_still_read_and_says_so_where_it_is_written(
    open_at: OpenAt, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = open_at(when(8, 27))
    before = stored(sandbox)
    sandbox.bot.deps.database = Database(f"sqlite:///file:{sandbox.database.path}?mode=ro&uri=true")
    assert read(sandbox.workspace.command(EDUCATION, "/cypp", "status p7")).startswith(
        "Priority 7 shares the 9 actions"
    )
    answer = sandbox.workspace.command(EDUCATION, "/cypp", f"update healthy-5 off track {SECRET}")
    shown = read(answer)
    assert shown.startswith("The plan cannot be used just now and nothing was stored: ")
    assert SECRET in shown
    assert str(sandbox.database.path) not in shown, "where the file lies is nobody's business in the chat"
    reference = reference_in(shown)
    line = next(record.getMessage() for record in caplog.records if reference in record.getMessage())
    assert "is read-only, so nothing was stored: make the file and its folder writable" in line
    assert SECRET not in caplog.text
    assert stored(sandbox) == before
    sandbox.bot.deps.database.dispose()


# -- Slack in trouble


def test_a_form_that_slack_will_not_open_can_be_asked_for_again(asked: Sandbox) -> None:
    asked.workspace.faults.add("views.open", Fault.error("expired_trigger_id"))
    answer = asked.press(HEALTH, "healthy-4", "Some issues…")
    assert "The form could not be opened: please press again." in read(answer)
    asked.press(HEALTH, "healthy-4", "Some issues…")
    assert asked.workspace.view(HEALTH) is not None


def test_an_answer_recorded_is_recorded_even_where_the_receipt_is_lost(asked: Sandbox) -> None:
    asked.workspace.faults.add("response_url", Fault.http(500))
    asked.press(HEALTH, "healthy-4", "On track")
    assert action(asked, "healthy-4").status is Status.ON_TRACK
    assert "Answered by" in line_of(bundle_of(asked, HEALTH), "healthy-4")


def test_what_goes_wrong_once_nobody_waits_is_in_the_log(asked: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    def goes_wrong(words: str) -> None:
        raise LookupError(words)

    asked.bot.deps.run_in_background(goes_wrong, SECRET)
    finish(asked)
    assert "goes_wrong" in caplog.text
    assert SECRET not in caplog.text
    asked.workspace.faults.add("chat.postMessage", Fault.cut_short())
    asked.press(HEALTH, "healthy-4", "On track")
    finish(asked)
    assert "an answer was not taken: IncompleteRead" in caplog.text


def test_an_unknown_actor_is_answered_in_time_while_slack_does_not_say_who_it_is(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    faults = (Fault.hangs(20), Fault.ratelimited(30), Fault.http(500), Fault.dropped_applied(), Fault.cut_short())
    for fault in faults:
        sandbox.workspace.faults.add("users.info", fault, when=lambda args: args["user"] == MEMBER)
        answer = sandbox.workspace.command(MEMBER, "/cypp", "status")
        assert answer.error is None, fault
        assert answer.elapsed < 2.5, fault
        assert read(answer).startswith(NOTHING_SHOWN)
    assert read(sandbox.workspace.command(MEMBER, "/cypp", "status")).startswith("My Sefton"), "no is not remembered"


def test_an_unknown_actor_is_answered_in_time_while_the_database_is_locked(calm: Sandbox) -> None:
    sandbox = calm
    add_others(sandbox)
    with locked(sandbox, 3.5):
        answer = sandbox.workspace.command(MEMBER, "/cypp", "status")
    assert answer.error is None
    assert answer.elapsed < 3
    assert read(answer).startswith(BUSY)
