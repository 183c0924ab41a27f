"""Updates not for publication, end to end."""

from __future__ import annotations

import pytest

from models.files.export import export_plan
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    HEALTH,
    MEMBER,
    OTHER_CHAIR,
    OTHER_SECRETARY,
    SECRETARY,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    meeting_on,
    planted,
    read,
    stored,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox

NOW = when(8, 27)

REF = "healthy-4"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(NOW, plan=as_plan(with_two_secretaries(example())), burst=10_000)
    add_others(sandbox)
    return Pristine(sandbox)


def said(sandbox: Sandbox, user: str, words: str) -> str:
    return read(sandbox.command(user, words))


# -- not for publication


HELD_WORDS = "the provider has given notice"


def hold(sandbox: Sandbox) -> str:
    return said(
        sandbox, HEALTH, f"update {REF} off track, {HELD_WORDS}, not for publication because the tender is open"
    )


def test_words_not_for_publication_are_whole_for_some_and_held_for_the_others(sandbox: Sandbox) -> None:
    receipt = hold(sandbox)
    assert "Not for publication, because the tender is open." in receipt
    (entry,) = entries(sandbox, REF)
    assert (entry.words, entry.withheld) == (HELD_WORDS, "the tender is open")
    for question in (f"status {REF}", f"history {REF}", "status theme healthy", "due 16 sep"):
        for user in (HEALTH, ANALYST, SECRETARY, CHAIR, ADMIN):
            shown = said(sandbox, user, question)
            assert HELD_WORDS in shown, (user, question)
            assert "update held" not in shown.lower(), (user, question)
        for user in (MEMBER, EDUCATION, OTHER_SECRETARY, OTHER_CHAIR):
            shown = said(sandbox, user, question)
            assert HELD_WORDS not in shown, (user, question)
            assert "update held" in shown.lower(), (user, question)


def test_what_is_shared_is_held_even_when_the_secretary_shares_it(sandbox: Sandbox) -> None:
    hold(sandbox)
    for question in (f"status {REF}", f"history {REF}"):
        answer = sandbox.workspace.command(SECRETARY, "/cypp", question, CHANNEL)
        assert HELD_WORDS in read(answer)
        shared = sandbox.workspace.press(SECRETARY, answer.message, text="Share in channel", settle=0.2)
        assert HELD_WORDS not in "".join(one.text + read(one) for one in shared.messages if not one.ephemeral_to)
    seen = "".join(one.text + read(one) for one in sandbox.workspace.seen(MEMBER, CHANNEL))
    assert HELD_WORDS not in seen
    assert "update held" in seen.lower()


@pytest.mark.parametrize("suffix", [".csv", ".yaml"])
def test_an_export_says_update_held(sandbox: Sandbox, suffix: str) -> None:
    said(sandbox, HEALTH, f"done {REF} {HELD_WORDS}, not for publication because the tender is open")
    with sandbox.database.read(ALL) as session:
        content = export_plan(session, "T0DEMO", suffix, NOW.date()).content.decode()
    assert HELD_WORDS not in content
    assert "update held" in content


def test_without_a_reason_it_asks_why(sandbox: Sandbox) -> None:
    before = stored(sandbox)
    shown = said(sandbox, HEALTH, f"update {REF} off track, {HELD_WORDS}, not for publication")
    assert "Why is it not for publication?" in shown
    assert stored(sandbox) == before


def test_an_entry_is_held_back_by_its_number(sandbox: Sandbox) -> None:
    said(sandbox, HEALTH, f"update {REF} off track, {HELD_WORDS}")
    shown = said(sandbox, SECRETARY, f"withhold {REF} 1 because the tender is open")
    assert f"Entry 1 of {REF} is not for publication." in shown
    assert HELD_WORDS not in said(sandbox, MEMBER, f"status {REF}")
    assert HELD_WORDS in said(sandbox, HEALTH, f"status {REF}")
    assert "is not for publication already" in said(sandbox, HEALTH, f"withhold {REF} 1 because X")


def test_a_correction_of_held_words_is_held_too(sandbox: Sandbox) -> None:
    hold(sandbox)
    said(sandbox, HEALTH, f"correct {REF} 1 the provider has left")
    assert "the provider has left" not in said(sandbox, MEMBER, f"status {REF}")


def test_plain_words_may_be_held_too(sandbox: Sandbox) -> None:
    sandbox.say(HEALTH, f"{REF} off track, {HELD_WORDS}, not for publication because the tender is open")
    (entry,) = entries(sandbox, REF)
    assert (entry.words, entry.withheld) == (HELD_WORDS, "the tender is open")


def test_a_form_may_hold_its_words_too(sandbox: Sandbox) -> None:
    value = f"{action(sandbox, REF).id}|{meeting_on(sandbox, 9, 16).id}"
    sandbox.workspace.press(HEALTH, planted(sandbox, HEALTH, "issues", value), text="Press")
    sandbox.workspace.wait_for_view(HEALTH)
    assert sandbox.submit(HEALTH, {"words": HELD_WORDS + ".", "held": "the tender is open"}).closed
    (entry,) = entries(sandbox, REF)
    assert (entry.words.rstrip("."), entry.withheld) == (HELD_WORDS, "the tender is open")


def test_messages_are_whole_for_those_who_may_see_and_held_in_the_channel(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 27), burst=10_000)
    hold(sandbox)
    sandbox.advance(when(9, 16, 18))
    sandbox.command(SECRETARY, f"outcome {REF} no decision")
    sandbox.command(SECRETARY, "outcomes recorded partnership, they are overdue")
    sandbox.advance(when(9, 17, 12))
    board = action(sandbox, REF).board_id
    sandbox.workspace.press(SECRETARY, planted(sandbox, SECRETARY, "publish", str(board)), text="Press", settle=0.2)
    sandbox.tick()
    assert HELD_WORDS in "".join(read(one) for one in sandbox.workspace.dm(SECRETARY))
    (published,) = [one for one in sandbox.workspace.seen(CHAIR, CHANNEL) if one.from_bot]
    assert REF in read(published)
    assert HELD_WORDS not in published.text + read(published)
    assert "update held" in read(published)
    sandbox.advance(when(9, 24, 9, 30))
    assert HELD_WORDS in "".join(read(one) for one in sandbox.workspace.dm(HEALTH))
