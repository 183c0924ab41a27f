"""`add` through the real app: the form, the draft's buttons, pasted lines; an action for all partners in its cycle."""

from __future__ import annotations

import pytest

from bot.demo.workspace import SeenMessage
from models.enums import AnswerKind, Status
from tests.bot.slack.e2e import (
    COMMISSIONING,
    EDUCATION,
    SECRETARY,
    YOUNG_PERSONS,
    OpenAt,
    Pristine,
    action,
    bundle_of,
    entries,
    labels,
    line_of,
    meeting_on,
    message_with,
    outcomes,
    read,
    when,
)
from tests.local_slack import Sandbox

CCG = "U0CCGCOMM"
PUBLISH, LOOK = "Head of Education: publish the guide by 8 Dec", "Early Help Manager to look again by Friday"
WHOLE, POLICE_PART, CCG_PART, CVS_PART = "17aug-1", "17aug-1-merseyside-police", "17aug-1-ccg", "17aug-1-sefton-cvs"


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(9, 17, 11))
    return Pristine(sandbox)


def latest(sandbox: Sandbox, user: str = SECRETARY) -> SeenMessage:
    return sandbox.workspace.dm(user)[-1]


def latest_digest(sandbox: Sandbox) -> SeenMessage:
    return sandbox.command(SECRETARY, "digest partnership").messages[0]


def test_one_line_is_shown_added_and_taken_back_in_one_message(sandbox: Sandbox) -> None:
    shown = sandbox.command(SECRETARY, "add Head of Education: publish the guide by 8 Dec")
    assert labels(shown.messages[0]) == ["Add", "Change…", "Discard"]
    sandbox.press_in(SECRETARY, latest(sandbox), "Add")
    assert read(latest(sandbox)).startswith(
        "Added 16sep-5: Head of Education, Sefton Council, due at the meeting of Tue 8"
    )
    assert "16sep-5" in read(sandbox.command(EDUCATION, "mine"))
    sandbox.press_in(SECRETARY, message_with(sandbox, SECRETARY, "Added 16sep-5"), "Take back")
    assert read(latest(sandbox)).startswith("Taken back: 16sep-5, added by mistake.")
    assert [entry.kind for entry in entries(sandbox, "16sep-5")] == [AnswerKind.ADDED, AnswerKind.UNDO]
    assert action(sandbox, "16sep-5").status is Status.CLOSED_NOT_DONE


def test_add_alone_opens_the_form_and_a_wrong_field_keeps_what_was_typed(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "add")
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    assert "Do not name or describe a child." in view.plain(200)
    values = {
        "words": "Publish the guide",
        "kind": "deliverable",
        "lead": "Head of Education, Sefton Council",
        "board": "Children and Young People's Partnership Board",
        "due": "Fri 23 Oct 2020, partnership",
    }
    refused = sandbox.submit(SECRETARY, values)
    assert refused.errors == {"serves": "Name a theme or priorities: only a board action may leave this empty."}
    done = sandbox.submit(SECRETARY, {"serves": "theme healthy"})
    assert done.closed
    assert "Added healthy-10: Head of Education, Sefton Council, due at the meeting of Fri 23 Oct 2020" in read(done)


def test_pasted_lines_are_changed_in_a_form_and_added_together(sandbox: Sandbox) -> None:
    sandbox.say(
        SECRETARY,
        f"Actions from 16 Sep:\n1. {PUBLISH}\n2. {LOOK}\n3. Somebody: ask the young, next meeting",
    )
    assert read(latest(sandbox)).startswith("1 of 3 lines is not clear yet, so nothing was added.")
    sandbox.press_in(SECRETARY, latest(sandbox), "Change…")
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    typed = view.plain(200)
    assert "3. Somebody: ask the young, next meeting" in typed
    sent = sandbox.submit(
        SECRETARY,
        {"lines": f"{PUBLISH}\n{LOOK}\nCVS: ask the young, next meeting"},
    )
    assert "3 actions to add to the list of the" in read(sent)
    sandbox.press_in(SECRETARY, sent.messages[0], "Add all three")
    assert read(latest(sandbox)).startswith("Added 3 actions: 16sep-5, 16sep-6 and 16sep-7.")


def test_plain_words_of_others_that_begin_with_add_are_read_as_before(sandbox: Sandbox) -> None:
    assert "I could not tell which action" in read(sandbox.say(CCG, "add more detail next time"))


# -- all partners, through a meeting's cycle


@pytest.fixture
def partners(open_at: OpenAt) -> Sandbox:
    """Monday 17 August 2020, after the request: three partners have an action due on 16 September."""
    sandbox = open_at(when(8, 17, 9))
    sandbox.say(SECRETARY, "add to partnership: partners: police, CCG, CVS: send in the figures, september meeting")
    assert "Merseyside Police: Superintendent, Sefton" in read(latest(sandbox))
    sandbox.press_in(SECRETARY, latest(sandbox), "Add")
    sandbox.advance(when(8, 17, 9, 30))
    return sandbox


def test_an_action_for_all_partners_through_a_meetings_cycle(partners: Sandbox) -> None:
    sandbox = partners
    before = "My Sefton 2020–2025: 54 actions"
    assert before in read(sandbox.command(SECRETARY, "status")), "it counts once"

    # Each partner is asked about its own part, and may name the whole.
    assert CCG_PART in read(bundle_of(sandbox, CCG))
    assert CVS_PART in read(bundle_of(sandbox, YOUNG_PERSONS))
    assert WHOLE not in read(bundle_of(sandbox, COMMISSIONING))
    said = sandbox.say(CCG, f"{WHOLE} on track, half of them are in")
    assert f"Recorded for {CCG_PART}: on track." in read(said)
    assert "Answered by Children's Commissioner" in read(bundle_of(sandbox, CCG))
    assert "is led by 3 partners" in read(sandbox.command(EDUCATION, f"update {WHOLE} on track"))
    asked = read(sandbox.command(SECRETARY, f"update {WHOLE} on track, they telephoned"))
    assert f"{WHOLE} is answered by each partner: for which, {POLICE_PART}" in asked
    sandbox.press(YOUNG_PERSONS, CVS_PART, "Done…")
    sandbox.submit(YOUNG_PERSONS, {"words": "sent on Monday"})
    assert CVS_PART in read(sandbox.command(YOUNG_PERSONS, "mine"))

    # The card of the whole lists the parts; lists show it alone.
    card = read(sandbox.command(EDUCATION, f"status {WHOLE}"))
    assert card.startswith(f"{WHOLE}: on track. Due Wed 16 Sep 2020.")
    assert "3 partners · due Wed 16 Sep 2020 · 1 of 3 done; outstanding: Merseyside Police, CCGs" in card
    assert f"{POLICE_PART}  ⚪ not started" in card
    assert read(sandbox.command(EDUCATION, "due 16 sep")).startswith("13 actions due at the")

    # No update received names the partner under the action.
    sandbox.advance(when(9, 2, 9, 30))
    silent = message_with(sandbox, SECRETARY, "Wed 16 Sep 2020: no update received on")
    assert "no update from Merseyside Police (not asked: no account)" in line_of(silent, WHOLE)
    assert "of 13 actions." in read(silent).split("\n")[0]
    assert f"- {POLICE_PART}: Send in the figures" in read(silent)
    assert "no update from Merseyside Police" in line_of(
        sandbox.command(SECRETARY, "digest partnership").messages[0], WHOLE
    )

    # When the last partner is done, the whole awaits the board; an undo takes that back.
    sandbox.command(SECRETARY, f"done {POLICE_PART} sent by e-mail")
    sandbox.command(CCG, f"done {CCG_PART} all in")
    assert action(sandbox, WHOLE).status is Status.PROPOSED
    sandbox.press_in(CCG, message_with(sandbox, CCG, f"Recorded for {CCG_PART}: proposed"), "Undo")
    assert action(sandbox, WHOLE).status is Status.ON_TRACK

    # After the meeting the board decides on the whole.
    sandbox.advance(when(9, 17, 9, 30))
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    assert CCG_PART not in read(after)
    sandbox.press(SECRETARY, WHOLE, "Carry forward")
    october = meeting_on(sandbox, 10, 23).id
    assert [action(sandbox, ref).due_meeting_id for ref in (WHOLE, CCG_PART, CVS_PART)] == [october] * 3
    assert [action(sandbox, ref).status for ref in (CCG_PART, CVS_PART)] == [Status.ON_TRACK, Status.PROPOSED]
    assert len(outcomes(sandbox, CCG_PART)) == 1
    assert outcomes(sandbox, CVS_PART) == []
    sandbox.settle(SECRETARY, message_with(sandbox, SECRETARY, "After the meeting of"))
    sandbox.advance(when(9, 18, 9, 30))
    told = message_with(sandbox, CCG, "decided on")
    assert "The board: carried forward to Fri 23 Oct 2020." in line_of(told, CCG_PART)
