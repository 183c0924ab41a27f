"""A redaction empties words everywhere the bot wrote them: the file, every message, exports; the rest stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.enums import Status
from models.files.export import export_plan
from models.storage.history_tables import Draft
from models.storage.notification_tables import MessagePart, Spoken
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others, every_chain_checks
from tests.bot.slack.e2e import (
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    Kept,
    OpenAt,
    Pristine,
    action,
    entries,
    in_the_file,
    meeting_on,
    outcomes,
    planted,
    read,
    replans,
    when,
)
from tests.local_slack import Fault, Sandbox

SECRET = "Jordan from the corner house moved & told nobody in the street about it"
PIECES = ("Jordan", "corner house", "told nobody")


def opened(open_at: OpenAt) -> Sandbox:
    sandbox = open_at(when(8, 17, 9), burst=10_000)
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    return sandbox


@pytest.fixture(scope="module")
def from_the_start(open_for_all: OpenAt) -> Kept:
    return Kept(opened(open_for_all))


@pytest.fixture
def fresh(from_the_start: Kept) -> Iterator[Sandbox]:
    """A sandbox of its own, for tests in which weeks pass."""
    yield from_the_start.back()
    every_chain_checks(from_the_start.sandbox)


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = opened(open_for_all)
    return Pristine(sandbox)


def everyone(sandbox: Sandbox) -> list[str]:
    return [*(user for user, _ in sandbox.people()), MEMBER]


def lasting(sandbox: Sandbox) -> str:
    """All that the bot has written and that is not for one person's eyes alone."""
    seen = []
    for user in everyone(sandbox):
        places = [None, CHANNEL] if user == MEMBER or user in (SECRETARY, CHAIR) else [None]
        for place in places:
            seen += [one for one in sandbox.workspace.seen(user, place) if one.from_bot and not one.ephemeral_to]
    return "\n".join(one.text + "\n" + read(one) + repr(one.blocks) for one in seen)


def in_the_bytes(sandbox: Sandbox, words: str) -> bool:
    """Whether the database's files hold the words anywhere, in freed pages and in the log too."""
    path = Path(str(sandbox.database.path))
    files = [path, path.with_name(path.name + "-wal")]
    return any(words.encode() in one.read_bytes() for one in files if one.exists())


def gone(sandbox: Sandbox) -> None:
    """The words are nowhere any more."""
    shown = lasting(sandbox)
    for piece in PIECES:
        assert piece not in shown
        assert not in_the_file(str(sandbox.database.path), piece)
        assert not in_the_bytes(sandbox, piece)
    with sandbox.database.read(ALL) as session:
        for suffix in (".csv", ".yaml"):
            assert "Jordan" not in export_plan(session, "T0DEMO", suffix, when(8, 27).date()).content.decode()


def test_words_are_gone_from_every_message_and_from_the_file(fresh: Sandbox) -> None:
    sandbox = fresh
    receipt = sandbox.say(HEALTH, f"healthy-4 some issues, {SECRET}")
    assert SECRET in read(receipt)
    sandbox.advance(when(8, 26, 9, 30))
    card = sandbox.workspace.command(HEALTH, "/cypp", "status healthy-4", CHANNEL)
    sandbox.workspace.press(HEALTH, card.message, text="Share in channel", settle=0.2)
    sandbox.advance(when(9, 2, 9, 30))
    sandbox.advance(when(9, 17, 9, 30))
    before = lasting(sandbox)
    assert before.count("Jordan") > 3
    assert "Jordan" in "".join(read(one) for one in sandbox.workspace.seen(MEMBER, CHANNEL))
    answer = sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    shown = read(answer)
    assert "Redacted: the words of entry 1 of healthy-4 are emptied." in shown
    assert "Changed: the entry;" in shown
    assert "Not changed: answers shown to one person alone" in shown
    sandbox.tick()
    gone(sandbox)
    (entry,) = entries(sandbox, "healthy-4")
    assert entry.status is Status.SOME_ISSUES
    assert entry.words == ""
    assert entry.redaction.startswith("it describes a child (")
    assert entry.signature == "Public Health Lead for Children, Sefton Council"
    after = lasting(sandbox)
    assert "[redacted]" in after
    history = read(sandbox.command(MEMBER, "history healthy-4"))
    assert "1. Mon 17 Aug 2020, Public Health Lead for Children, Sefton Council: some issues" in history
    assert "Words redacted: it describes a child" in history
    assert "words redacted" in read(sandbox.command(MEMBER, "status healthy-4"))
    again = read(sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "are redacted already" in again


def test_a_published_digest_is_changed_in_place_and_stays_as_it_was_otherwise(fresh: Sandbox) -> None:
    sandbox = fresh
    sandbox.command(HEALTH, f"update healthy-4 off track, {SECRET}")
    sandbox.advance(when(9, 16, 18))
    sandbox.command(SECRETARY, "outcome healthy-4 no decision")
    pressed = planted(sandbox, SECRETARY, "recorded", str(meeting_on(sandbox, 9, 16).id))
    sandbox.workspace.press(SECRETARY, pressed, text="Press", settle=0.2)
    sandbox.advance(when(9, 17, 12))
    board = action(sandbox, "healthy-4").board_id
    sandbox.workspace.press(SECRETARY, planted(sandbox, SECRETARY, "publish", str(board)), text="Press", settle=0.2)
    sandbox.tick()
    (published,) = [one for one in sandbox.workspace.seen(MEMBER, CHANNEL) if one.from_bot]
    assert "Jordan" in read(published)
    sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    sandbox.tick()
    gone(sandbox)
    (changed,) = [one for one in sandbox.workspace.seen(MEMBER, CHANNEL) if one.from_bot]
    assert changed.ts == published.ts
    assert read(changed) == read(published).replace(f"{SECRET[:59]}…", "[redacted]")


def test_the_boards_words_and_a_move_are_redacted_with_their_copies(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, f"move healthy-4 to 23 Oct because {SECRET}")
    value = f"{action(sandbox, 'healthy-4').id}|{meeting_on(sandbox, 10, 23).id}|{entries(sandbox, 'healthy-4')[0].id}"
    sandbox.workspace.press(SECRETARY, planted(sandbox, SECRETARY, "replan", value), text="Press", settle=0.2)
    assert replans(sandbox, "healthy-4")[0].reason == SECRET
    shown = read(sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "1 other entry with the same words" in shown
    sandbox.tick()
    gone(sandbox)
    assert len(replans(sandbox, "healthy-4")) == 1
    sandbox.command(SECRETARY, f"outcome healthy-9 carried forward to 8 Dec because {SECRET}")
    sandbox.tick()
    sandbox.command(SECRETARY, "redact healthy-9 last because it describes a child")
    sandbox.tick()
    gone(sandbox)
    assert outcomes(sandbox, "healthy-9")[0].redaction


def test_a_cancelled_meetings_reason_is_redacted_with_the_meetings_note(sandbox: Sandbox) -> None:
    sandbox.change_meeting(SECRETARY, f"cancel 16 Sep because {SECRET}")
    sandbox.command(SECRETARY, "redact healthy-4 last because it describes a child")
    sandbox.tick()
    gone(sandbox)


def test_what_the_plan_was_loaded_with_is_entry_0(sandbox: Sandbox) -> None:
    with sandbox.database.write(workspace=ALL) as session:
        session.get_one(type(action(sandbox, "healthy-4")), action(sandbox, "healthy-4").id).first_words = SECRET
    assert SECRET in read(sandbox.command(SECRETARY, "history healthy-4"))
    assert "Redacted" in read(sandbox.command(SECRETARY, "redact healthy-4 0 because it describes a child"))
    sandbox.tick()
    gone(sandbox)


def test_a_shared_answer_that_cannot_be_changed_is_named(fresh: Sandbox) -> None:
    sandbox = fresh
    sandbox.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    card = sandbox.workspace.command(HEALTH, "/cypp", "status healthy-4", CHANNEL)
    sandbox.workspace.faults.add("chat.postMessage", Fault.error("not_in_channel"))
    sandbox.workspace.press(HEALTH, card.message, text="Share in channel", settle=0.3)
    assert SECRET in "".join(read(one) for one in sandbox.workspace.seen(MEMBER, CHANNEL))
    shown = read(sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "Out of reach: 1 message shared" in shown
    for piece in PIECES:
        assert not in_the_file(str(sandbox.database.path), piece)


def test_a_message_that_cannot_be_changed_now_is_changed_by_a_later_tick(sandbox: Sandbox) -> None:
    sandbox.say(HEALTH, f"healthy-4 some issues, {SECRET}")
    sandbox.workspace.faults.add("chat.update", Fault.error("ratelimited"), times=1)
    sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    sandbox.tick()
    sandbox.tick()
    gone(sandbox)
    with sandbox.database.read(ALL) as session:
        assert not session.query(Spoken).filter(Spoken.stale).count()
        assert not session.query(MessagePart).filter(MessagePart.stale > 0, MessagePart.ts != "").count()


def test_drafts_that_hold_the_words_go_too(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    with sandbox.database.write(workspace=ALL) as session:
        person = entries(sandbox, "healthy-4")[0].person_id
        session.add(
            Draft(workspace_id="T0DEMO", person_id=person, kind="x", words=f"healthy-4 {SECRET}", at=sandbox.clock())
        )
    assert "1 draft" in read(sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    sandbox.tick()
    gone(sandbox)


def test_a_bundle_goes_on_following_its_actions_after_a_redaction(fresh: Sandbox) -> None:
    sandbox = fresh
    sandbox.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    sandbox.advance(when(9, 24, 9, 30))
    sandbox.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    sandbox.tick()
    gone(sandbox)
    latest = next(one for one in reversed(sandbox.workspace.dm(HEALTH)) if one.metadata and "healthy-4" in read(one))
    sandbox.command(HEALTH, "update healthy-4 on track, all is well")
    sandbox.tick()
    changed = next(one for one in sandbox.workspace.dm(HEALTH) if one.ts == latest.ts)
    assert "on track" in read(changed)


@pytest.mark.parametrize("user", [HEALTH, ANALYST, EDUCATION, CHAIR, MEMBER])
def test_only_the_secretary_and_administrators_redact(sandbox: Sandbox, user: str) -> None:
    sandbox.command(HEALTH, "update healthy-4 some issues, two posts vacant")
    assert "Nothing was redacted" in read(sandbox.command(user, "redact healthy-4 1 because X"))
    assert entries(sandbox, "healthy-4")[0].words == "two posts vacant"
    if user == MEMBER:
        assert "Redacted" in read(sandbox.command(ADMIN, "redact healthy-4 1 because X"))
