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
    town = open_at(when(8, 17, 9), burst=10_000)
    add_others(town)
    town.advance(when(8, 17, 9, 30))
    return town


@pytest.fixture(scope="module")
def from_the_start(open_for_all: OpenAt) -> Kept:
    return Kept(opened(open_for_all))


@pytest.fixture
def fresh(from_the_start: Kept) -> Iterator[Sandbox]:
    """A town of its own, for tests in which weeks pass."""
    yield from_the_start.back()
    every_chain_checks(from_the_start.town)


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    town = opened(open_for_all)
    return Pristine(town)


def everyone(town: Sandbox) -> list[str]:
    return [*(user for user, _ in town.people()), MEMBER]


def lasting(town: Sandbox) -> str:
    """All that the bot has written and that is not for one person's eyes alone."""
    seen = []
    for user in everyone(town):
        places = [None, CHANNEL] if user == MEMBER or user in (SECRETARY, CHAIR) else [None]
        for place in places:
            seen += [one for one in town.workspace.seen(user, place) if one.from_bot and not one.ephemeral_to]
    return "\n".join(one.text + "\n" + read(one) + repr(one.blocks) for one in seen)


def in_the_bytes(town: Sandbox, words: str) -> bool:
    """Whether the database's files hold the words anywhere, in freed pages and in the log too."""
    path = Path(str(town.database.path))
    files = [path, path.with_name(path.name + "-wal")]
    return any(words.encode() in one.read_bytes() for one in files if one.exists())


def gone(town: Sandbox) -> None:
    """The words are nowhere any more."""
    shown = lasting(town)
    for piece in PIECES:
        assert piece not in shown
        assert not in_the_file(str(town.database.path), piece)
        assert not in_the_bytes(town, piece)
    with town.database.read(ALL) as session:
        for suffix in (".csv", ".yaml"):
            assert "Jordan" not in export_plan(session, "T0DEMO", suffix, when(8, 27).date()).content.decode()


def test_words_are_gone_from_every_message_and_from_the_file(fresh: Sandbox) -> None:
    town = fresh
    receipt = town.say(HEALTH, f"healthy-4 some issues, {SECRET}")
    assert SECRET in read(receipt)
    town.advance(when(8, 26, 9, 30))
    card = town.workspace.command(HEALTH, "/cypp", "status healthy-4", CHANNEL)
    town.workspace.press(HEALTH, card.message, text="Share in channel", settle=0.2)
    town.advance(when(9, 2, 9, 30))
    town.advance(when(9, 17, 9, 30))
    before = lasting(town)
    assert before.count("Jordan") > 3
    assert "Jordan" in "".join(read(one) for one in town.workspace.seen(MEMBER, CHANNEL))
    answer = town.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    shown = read(answer)
    assert "Redacted: the words of entry 1 of healthy-4 are emptied." in shown
    assert "Changed: the entry;" in shown
    assert "Not changed: answers shown to one person alone" in shown
    town.tick()
    gone(town)
    (entry,) = entries(town, "healthy-4")
    assert entry.status is Status.SOME_ISSUES
    assert entry.words == ""
    assert entry.redaction.startswith("it describes a child (")
    assert entry.signature == "Public Health Lead for Children, Sefton Council"
    after = lasting(town)
    assert "[redacted]" in after
    history = read(town.command(MEMBER, "history healthy-4"))
    assert "1. Mon 17 Aug 2020, Public Health Lead for Children, Sefton Council: some issues" in history
    assert "Words redacted: it describes a child" in history
    assert "words redacted" in read(town.command(MEMBER, "status healthy-4"))
    again = read(town.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "are redacted already" in again


def test_a_published_digest_is_changed_in_place_and_stays_as_it_was_otherwise(fresh: Sandbox) -> None:
    town = fresh
    town.command(HEALTH, f"update healthy-4 off track, {SECRET}")
    town.advance(when(9, 16, 18))
    town.command(SECRETARY, "outcome healthy-4 no decision")
    pressed = planted(town, SECRETARY, "recorded", str(meeting_on(town, 9, 16).id))
    town.workspace.press(SECRETARY, pressed, text="Press", settle=0.2)
    town.advance(when(9, 17, 12))
    board = action(town, "healthy-4").board_id
    town.workspace.press(SECRETARY, planted(town, SECRETARY, "publish", str(board)), text="Press", settle=0.2)
    town.tick()
    (published,) = [one for one in town.workspace.seen(MEMBER, CHANNEL) if one.from_bot]
    assert "Jordan" in read(published)
    town.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    town.tick()
    gone(town)
    (changed,) = [one for one in town.workspace.seen(MEMBER, CHANNEL) if one.from_bot]
    assert changed.ts == published.ts
    assert read(changed) == read(published).replace(SECRET, "[redacted]")


def test_the_boards_words_and_a_move_are_redacted_with_their_copies(town: Sandbox) -> None:
    town.command(HEALTH, f"move healthy-4 to 23 Oct because {SECRET}")
    value = f"{action(town, 'healthy-4').id}|{meeting_on(town, 10, 23).id}|{entries(town, 'healthy-4')[0].id}"
    town.workspace.press(SECRETARY, planted(town, SECRETARY, "replan", value), text="Press", settle=0.2)
    assert replans(town, "healthy-4")[0].reason == SECRET
    shown = read(town.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "1 other entry with the same words" in shown
    town.tick()
    gone(town)
    assert len(replans(town, "healthy-4")) == 1
    town.command(SECRETARY, f"outcome healthy-9 carried forward to 8 Dec because {SECRET}")
    town.tick()
    town.command(SECRETARY, "redact healthy-9 last because it describes a child")
    town.tick()
    gone(town)
    assert outcomes(town, "healthy-9")[0].redaction


def test_a_cancelled_meetings_reason_is_redacted_with_the_meetings_note(town: Sandbox) -> None:
    town.command(SECRETARY, f"meeting cancel 16 Sep because {SECRET}")
    town.command(SECRETARY, "redact healthy-4 last because it describes a child")
    town.tick()
    gone(town)


def test_what_the_plan_was_loaded_with_is_entry_0(town: Sandbox) -> None:
    with town.database.write(workspace=ALL) as session:
        session.get_one(type(action(town, "healthy-4")), action(town, "healthy-4").id).first_words = SECRET
    assert SECRET in read(town.command(SECRETARY, "history healthy-4"))
    assert "Redacted" in read(town.command(SECRETARY, "redact healthy-4 0 because it describes a child"))
    town.tick()
    gone(town)


def test_a_shared_answer_that_cannot_be_changed_is_named(fresh: Sandbox) -> None:
    town = fresh
    town.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    card = town.workspace.command(HEALTH, "/cypp", "status healthy-4", CHANNEL)
    town.workspace.faults.add("chat.postMessage", Fault.error("not_in_channel"))
    town.workspace.press(HEALTH, card.message, text="Share in channel", settle=0.3)
    assert SECRET in "".join(read(one) for one in town.workspace.seen(MEMBER, CHANNEL))
    shown = read(town.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    assert "Out of reach: 1 message shared" in shown
    for piece in PIECES:
        assert not in_the_file(str(town.database.path), piece)


def test_a_message_that_cannot_be_changed_now_is_changed_by_a_later_tick(town: Sandbox) -> None:
    town.say(HEALTH, f"healthy-4 some issues, {SECRET}")
    town.workspace.faults.add("chat.update", Fault.error("ratelimited"), times=1)
    town.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    town.tick()
    town.tick()
    gone(town)
    with town.database.read(ALL) as session:
        assert not session.query(Spoken).filter(Spoken.stale).count()
        assert not session.query(MessagePart).filter(MessagePart.stale > 0, MessagePart.ts != "").count()


def test_drafts_that_hold_the_words_go_too(town: Sandbox) -> None:
    town.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    with town.database.write(workspace=ALL) as session:
        person = entries(town, "healthy-4")[0].person_id
        session.add(
            Draft(workspace_id="T0DEMO", person_id=person, kind="x", words=f"healthy-4 {SECRET}", at=town.clock())
        )
    assert "1 draft" in read(town.command(SECRETARY, "redact healthy-4 1 because it describes a child"))
    town.tick()
    gone(town)


def test_a_bundle_goes_on_following_its_actions_after_a_redaction(fresh: Sandbox) -> None:
    town = fresh
    town.command(HEALTH, f"update healthy-4 some issues, {SECRET}")
    town.advance(when(9, 24, 9, 30))
    town.command(SECRETARY, "redact healthy-4 1 because it describes a child")
    town.tick()
    gone(town)
    latest = next(one for one in reversed(town.workspace.dm(HEALTH)) if one.metadata and "healthy-4" in read(one))
    town.command(HEALTH, "update healthy-4 on track, all is well")
    town.tick()
    changed = next(one for one in town.workspace.dm(HEALTH) if one.ts == latest.ts)
    assert "on track" in read(changed)


@pytest.mark.parametrize("user", [HEALTH, ANALYST, EDUCATION, CHAIR, MEMBER])
def test_only_the_secretary_and_administrators_redact(town: Sandbox, user: str) -> None:
    town.command(HEALTH, "update healthy-4 some issues, two posts vacant")
    assert "Nothing was redacted" in read(town.command(user, "redact healthy-4 1 because X"))
    assert entries(town, "healthy-4")[0].words == "two posts vacant"
    if user == MEMBER:
        assert "Redacted" in read(town.command(ADMIN, "redact healthy-4 1 because X"))
