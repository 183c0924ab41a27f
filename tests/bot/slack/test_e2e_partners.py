"""An action for all partners under the other verbs: found once, led by its parts, kept by one board; and reasons, which
everybody reads."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.enums import AnswerKind, NotificationKind, Status
from models.rules.steps import MoveDoneForLead
from models.storage.notification_tables import Notification
from models.storage.scope import ALL
from models.storage.tables import Person
from tests.bot.slack.e2e import (
    EDUCATION,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    line_of,
    meeting_on,
    message_with,
    outcomes,
    read,
    replans,
    when,
)
from tests.local_slack import Sandbox

WHOLE, POLICE_PART, CCG_PART, CVS_PART = "17aug-1", "17aug-1-merseyside-police", "17aug-1-ccg", "17aug-1-sefton-cvs"
PARTS = (POLICE_PART, CCG_PART, CVS_PART)
CCG = "U0CCGCOMM"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    """Monday 17 August 2020: three partners have an action due on 23 October."""
    sandbox = open_for_all(when(8, 17, 11), plan=as_plan(example()))
    sandbox.command(SECRETARY, "add to partnership: partners: police, CCG, CVS: send in the figures, october meeting")
    sandbox.press_in(SECRETARY, sandbox.workspace.dm(SECRETARY)[-1], "Add")
    assert action(sandbox, CVS_PART).due_meeting_id == meeting_on(sandbox, 10, 23).id
    return Pristine(sandbox)


def test_it_is_found_once_by_its_words_and_by_any_of_its_partners(sandbox: Sandbox) -> None:
    found_message = sandbox.command(EDUCATION, "find send in the figures").message
    found = read(found_message)
    assert found.startswith("1 action has “send in the figures”.")
    assert "⚪ not started" in line_of(found_message, WHOLE)
    sandbox.command(CCG, f"{CCG_PART} on track, half of them are in")
    by_name = read(sandbox.command(EDUCATION, "find merseyside figures"))
    assert by_name.startswith("1 action has “merseyside figures”.")
    assert "🟢 on track" in by_name


def test_its_partners_lead_it_and_nobody_else_is_put_over_them(sandbox: Sandbox) -> None:
    said = read(sandbox.command(SECRETARY, f"assign {WHOLE} to Head of Education"))
    assert f"{WHOLE} is led by its partners, each for its own part, so its lead was not changed" in said
    assert f"name the part, {POLICE_PART}, {CCG_PART} or {CVS_PART}." in said
    assert action(sandbox, WHOLE).lead_post_id is None
    assert "is led by Head of Education" in read(sandbox.command(SECRETARY, f"assign {CVS_PART} to Head of Education"))


def test_all_of_it_goes_to_another_board_together_and_every_lead_is_told(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, f"move {POLICE_PART} to 8 Dec because they start late")
    assert "keeps it now" in read(sandbox.command(SECRETARY, f"move {WHOLE} to 9 Sep hwb because it is theirs"))
    there = meeting_on(sandbox, 9, 9)
    assert {(action(sandbox, ref).board_id, action(sandbox, ref).due_meeting_id) for ref in (WHOLE, *PARTS)} == {
        (there.board_id, there.id)
    }
    assert [replans(sandbox, ref)[-1].reason for ref in PARTS] == ["it is theirs"] * 3
    with sandbox.database.read(ALL) as session:
        moved = select(Notification.recipient, Notification.step).where(
            Notification.kind == NotificationKind.OTHER_BOARD
        )
        told = {int(who.partition(":")[2]) for who, step in session.execute(moved) if isinstance(step, MoveDoneForLead)}
        leads = {session.get_one(Person, one).slack_user for one in told}
    assert leads == {CCG, YOUNG_PERSONS}, "the police have no account"
    assert "due Wed 9 Sep 2020" in read(sandbox.command(CCG, "mine"))


def test_one_part_of_it_stays_with_the_board_of_the_others(sandbox: Sandbox) -> None:
    for user in (SECRETARY, CCG):
        said = read(sandbox.command(user, f"move {CCG_PART} to 9 Sep hwb because it is theirs"))
        assert f"{CCG_PART} is one partner’s part of {WHOLE}, and one board keeps them all" in said
    assert replans(sandbox, CCG_PART) == []
    assert [entry.kind for entry in entries(sandbox, CCG_PART)] == [AnswerKind.ADDED]


@pytest.mark.parametrize(
    ("user", "typed"),
    [
        (EDUCATION, "move 23oct-4 to october because the bidder is late"),
        (SECRETARY, "move 23oct-4 to october because the bidder is late"),
        (SECRETARY, "withdraw 23oct-4 because the bidder is late"),
        (SECRETARY, "not agreed 16sep-3 because the bidder is late"),
        (SECRETARY, "reopen 9sep-6 because the bidder is late"),
        (SECRETARY, "assign 23oct-4 to police because the bidder is late"),
        (SECRETARY, "meeting cancel 16 Sep because the bidder is late"),
    ],
)
def test_a_reason_that_is_not_for_publication_is_not_stored_where_everybody_reads_it(
    sandbox: Sandbox, user: str, typed: str
) -> None:
    said = read(sandbox.command(user, f"{typed}, not for publication because bids are open"))
    assert said.startswith("Everybody can read a reason, so nothing was changed")
    assert "You typed: " in said
    for ref in ("23oct-4", "16sep-3", "9sep-6"):
        assert (entries(sandbox, ref), outcomes(sandbox, ref), replans(sandbox, ref)) == ([], [], [])


def test_a_form_says_so_at_the_reason(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "not ours 9sep-2 the schools do it")
    sandbox.press_in(SECRETARY, message_with(sandbox, SECRETARY, "says it is not theirs"), "Assign…")
    sent = sandbox.submit(
        SECRETARY,
        {"post": "Superintendent, Sefton, Merseyside Police", "reason": "bids, not for publication because it is open"},
    )
    assert list(sent.errors) == ["reason"]
    assert action(sandbox, "9sep-2").status is Status.NOT_STARTED
    assert action(sandbox, "9sep-2").lead_in_question


def test_each_partner_hears_of_owes_and_leaves_behind_its_own_part(sandbox: Sandbox) -> None:
    """The last of this file: it moves the clock."""
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, f"assign {CVS_PART} to Head of Education")
    sandbox.advance(when(8, 18, 10))
    told = "\n".join(read(one) for one in sandbox.workspace.since(EDUCATION, mark))
    assert "new for you" in told
    assert f"{CVS_PART}  ⚪ not started" in told
    sandbox.advance(when(9, 28, 10))
    assert "⚪ not started" in line_of(sandbox.command(EDUCATION, "owing october").message, CVS_PART)
    assert "⚪ not started" in line_of(sandbox.command(CCG, "owing october").message, CCG_PART)
    assert CCG_PART in read(sandbox.command(CCG, "quiet until 9/10"))
    sandbox.workspace.deactivate(CCG)
    sandbox.advance(when(9, 30, 10))
    assert f"{CCG_PART}  ⚪ not started" in read(message_with(sandbox, SECRETARY, "Commissioner left"))
