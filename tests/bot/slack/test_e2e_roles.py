"""Who may do what, through the real Bolt app: what is said and what is stored.

Every role by every command, button and form is in `tests/handlers/who_may.py`; here are all roles by a few, and what
exactly those store who may.

Source: docs/explanation/boards-and-dates.md, Who may do what.
"""

from __future__ import annotations

import pytest
from sqlalchemy import update

from models.enums import AnswerKind, MeetingState, OutcomeKind, Status, Way
from models.storage.scope import ALL
from models.storage.tables import Meeting
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ACTIVE,
    ACTIVE_DEPUTY,
    ADMIN,
    ANALYST,
    CHAIR,
    CHANNEL,
    EDUCATION,
    GONE,
    GUEST,
    HEALTH,
    MEMBER,
    NOTHING_SHOWN,
    OTHER_CHAIR,
    OTHER_SECRETARY,
    SECRETARY,
    STRANGER,
    UNKNOWN,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    forge,
    meeting_on,
    message_with,
    outcomes,
    read,
    replans,
    stored,
    when,
    with_two_secretaries,
    writer,
)
from tests.local_slack import Sandbox

NOW = when(8, 27)
REF = "healthy-4"
"""Led by the Public Health Lead, with the Public Health Analyst as contact officer; kept by the partnership board."""

ROLES = {
    "its lead": HEALTH,
    "its contact officer": ANALYST,
    "another lead": EDUCATION,
    "the secretary": SECRETARY,
    "the secretary of another board": OTHER_SECRETARY,
    "the chair": CHAIR,
    "the chair of another board": OTHER_CHAIR,
    "an administrator": ADMIN,
    "a member": MEMBER,
    "a guest": GUEST,
    "a stranger of a partner organisation": STRANGER,
    "an account Slack does not show": UNKNOWN,
    "a closed account": GONE,
}
ANSWERS = {"its lead", "its contact officer", "the secretary", "an administrator"}
DECIDES = {"the secretary", "the chair", "an administrator"}
ASKS = {"its lead", "its contact officer"}
READS = set(ROLES) - {
    "a guest",
    "a stranger of a partner organisation",
    "an account Slack does not show",
    "a closed account",
}

ANSWER_COMMANDS = [
    (f"update {REF} off track the analyst left", AnswerKind.UPDATE, Status.OFF_TRACK, "the analyst left"),
    (f"update {REF} on track", AnswerKind.UPDATE, Status.ON_TRACK, ""),
    (f"no change {REF}", AnswerKind.NO_CHANGE, None, ""),
    (f"verbal {REF}", AnswerKind.VERBAL, None, ""),
    (f"update {REF} to follow by 31/8", AnswerKind.TO_FOLLOW, None, ""),
    (
        f"done {REF} all three are on the intranet",
        AnswerKind.PROPOSED,
        Status.PROPOSED,
        "all three are on the intranet",
    ),
    (f"not ours {REF} ask the police", AnswerKind.NOT_OURS, None, "ask the police"),
]


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    plan = as_plan(with_two_secretaries(example()))
    sandbox = open_for_all(NOW, plan=plan, partners_can=True)
    add_others(sandbox)
    sandbox.command(GONE, "help")
    closed = {"id": GONE, "team_id": "T0DEMO", "deleted": True, "profile": {"email": "left@example.org"}}
    sandbox.bot.deps.directory.changed(closed)
    return Pristine(sandbox)


def refused_for(role: str, shown: str) -> bool:
    """Whether somebody was told no, as someone of this role should be."""
    if role not in READS:
        return shown.startswith(NOTHING_SHOWN)
    return "healthy-4" in shown and ("nothing was recorded" in shown.lower() or "was not moved" in shown)


@pytest.mark.parametrize("role", ROLES)
def test_reading(sandbox: Sandbox, role: str) -> None:
    before = stored(sandbox)
    answer = sandbox.command(ROLES[role], f"status {REF}")
    assert answer.error is None
    assert read(answer).startswith(NOTHING_SHOWN) is (role not in READS)
    assert answer.message.ephemeral_to == ROLES[role]
    assert stored(sandbox) == before


@pytest.mark.parametrize(
    ("role", "typed", "kind", "status", "words"),
    [(role, *ANSWER_COMMANDS[0]) for role in ROLES] + [("its lead", *row) for row in ANSWER_COMMANDS[1:]],
    ids=lambda value: str(value)[:20],
)
def test_answering(
    sandbox: Sandbox, role: str, typed: str, kind: AnswerKind, status: Status | None, words: str
) -> None:
    before = stored(sandbox)
    shown = read(sandbox.command(ROLES[role], typed))
    if role in ANSWERS:
        (entry,) = entries(sandbox, REF)
        assert shown.startswith(f"Recorded for {REF}: ")
        assert "[Undo]" in shown
        assert (entry.kind, entry.status, entry.words, entry.way) == (kind, status, words, Way.COMMAND)
        assert writer(sandbox, entry) == ROLES[role]
        assert entry.post_id == action(sandbox, REF).lead_post_id
        assert entry.at == NOW
        if status:
            assert action(sandbox, REF).status is status
    else:
        assert refused_for(role, shown), shown
        assert stored(sandbox) == before
        if role in READS and words:
            assert words in shown.split("You typed: ")[1]


@pytest.mark.parametrize("role", ROLES)
def test_moving(sandbox: Sandbox, role: str) -> None:
    before = stored(sandbox)
    shown = read(sandbox.command(ROLES[role], f"move {REF} to 23 Oct because the data is late"))
    if role in DECIDES:
        (moved,) = replans(sandbox, REF)
        assert shown.startswith(f"Moved {REF} to Fri 23 Oct 2020.")
        assert (moved.from_meeting_id, moved.to_meeting_id) == (
            meeting_on(sandbox, 9, 16).id,
            meeting_on(sandbox, 10, 23).id,
        )
        assert (moved.reason, moved.counted, writer(sandbox, moved)) == ("the data is late", True, ROLES[role])
        assert action(sandbox, REF).due_meeting_id == moved.to_meeting_id
    elif role in ASKS:
        (entry,) = entries(sandbox, REF)
        assert entry.kind is AnswerKind.REPLAN_ASKED
        assert replans(sandbox, REF) == []
        assert action(sandbox, REF).due_meeting_id == meeting_on(sandbox, 9, 16).id
        assert "will decide whether healthy-4 moves to Fri 23 Oct 2020" in shown
        told = read(sandbox.workspace.dm(SECRETARY)[-1])
        assert told.startswith(f"{REF}: ")
        assert "Public Health Lead for Children, Sefton Council asks to move it to Fri 23 Oct 2020" in told
        assert "“the data is late”" in told
    else:
        assert refused_for(role, shown), shown
        assert stored(sandbox) == before


OUTCOMES = [
    (f"outcome {REF} no decision", OutcomeKind.NO_DECISION, "", ""),
    (f"outcome {REF} not agreed because it is a draft", OutcomeKind.NOT_AGREED, "it is a draft", ""),
    (f"outcome {REF} carried forward to 23 Oct", OutcomeKind.CARRIED_FORWARD, "", ""),
    (f"outcome {REF} withdrawn because the money ended", OutcomeKind.CLOSED_NOT_DONE, "the money ended", ""),
    (f"outcome {REF} closed minute 6.2", OutcomeKind.CLOSED, "", "6.2"),
    (f"close {REF} agreed 10 June minute 7", OutcomeKind.CLOSED, "", "7"),
    (f"close {REF} agreed 10 June", OutcomeKind.CLOSED, "", ""),
]


@pytest.mark.parametrize(
    ("role", "typed", "kind", "reason", "minute"),
    [(role, *OUTCOMES[-1]) for role in ROLES] + [(role, *row) for row in OUTCOMES[:-1] for role in sorted(DECIDES)],
    ids=lambda value: str(value)[:30],
)
def test_deciding(sandbox: Sandbox, role: str, typed: str, kind: OutcomeKind, reason: str, minute: str) -> None:
    if kind is OutcomeKind.NOT_AGREED:
        sandbox.command(HEALTH, f"done {REF} the draft is attached")
    before = stored(sandbox)
    shown = read(sandbox.command(ROLES[role], typed))
    if role not in DECIDES:
        assert refused_for(role, shown), shown
        assert stored(sandbox) == before
        return
    (outcome,) = outcomes(sandbox, REF)
    assert shown.startswith(f"Recorded for {REF}: ")
    assert (outcome.kind, outcome.reason, outcome.minute) == (kind, reason, minute)
    assert writer(sandbox, outcome) == ROLES[role]
    closes = kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE)
    between = role == "the chair" and closes and "agreed" not in typed
    assert outcome.by_chair is between
    assert outcome.meeting_id == (meeting_on(sandbox, 9, 16) if between else meeting_on(sandbox, 6, 10)).id
    expected = {OutcomeKind.CLOSED: Status.COMPLETE, OutcomeKind.CLOSED_NOT_DONE: Status.CLOSED_NOT_DONE}
    assert action(sandbox, REF).status is expected.get(kind, Status.SOME_ISSUES)
    assert len(replans(sandbox, REF)) == (kind is OutcomeKind.CARRIED_FORWARD)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("way", ["a forged press", "plain words"])
def test_answering_by_other_ways(sandbox: Sandbox, role: str, way: str) -> None:
    before = stored(sandbox)
    if way == "a forged press":
        shown = read(forge(sandbox, ROLES[role], "ontrack", str(action(sandbox, REF).id), CHANNEL))
    else:
        shown = read(sandbox.workspace.say(ROLES[role], f"{REF} on track", replies=1, timeout=3))
    if role in ANSWERS:
        (entry,) = entries(sandbox, REF)
        assert shown.startswith(f"Recorded for {REF}: on track.")
        assert (entry.status, writer(sandbox, entry)) == (Status.ON_TRACK, ROLES[role])
    else:
        assert refused_for(role, shown), shown
        assert stored(sandbox) == before


# -- deputies


def test_a_deputy_answers_for_the_post_within_the_dates(sandbox: Sandbox) -> None:
    assert "Recorded for happy-6: on track." in read(
        sandbox.command(ACTIVE_DEPUTY, "update happy-6 on track pages live")
    )
    (entry,) = entries(sandbox, "happy-6")
    assert writer(sandbox, entry) == ACTIVE_DEPUTY
    assert entry.post_id == action(sandbox, "happy-6").lead_post_id


@pytest.mark.parametrize("day", [(8, 21), (9, 7)])
def test_a_deputy_may_nothing_outside_the_dates(open_at: OpenAt, day: tuple[int, int]) -> None:
    sandbox = open_at(when(*day))
    before = stored(sandbox)
    shown = read(sandbox.command(ACTIVE_DEPUTY, "update happy-6 on track pages live"))
    assert "happy-6 is led by Active Sefton Manager, Sefton Council, so nothing was recorded" in shown
    assert stored(sandbox) == before
    assert "You lead no action" in read(sandbox.command(ACTIVE_DEPUTY, "mine"))


def test_the_dates_of_a_deputy_count_on_their_first_and_last_day(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 0, 1))
    for moment in (when(8, 24, 0, 1), when(9, 4, 23, 59)):
        sandbox.clock.move(moment)
        assert "Recorded for happy-6" in read(sandbox.command(ACTIVE_DEPUTY, "no change happy-6"))


def test_the_lead_may_answer_while_a_deputy_stands_in(sandbox: Sandbox) -> None:
    assert "Recorded for happy-6" in read(sandbox.command(ACTIVE, "no change happy-6"))


# -- the chair between meetings


def test_what_the_chair_closes_between_meetings_is_reported_and_the_secretary_told(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(CHAIR, f"close {REF}"))
    assert "Decided by the chair, to be reported on Wed 16 Sep 2020." in shown
    assert read(message_with(sandbox, SECRETARY, f"{REF}: closed by the chair, to be reported on Wed 16 Sep 2020."))
    card = read(sandbox.command(EDUCATION, f"status {REF}"))
    assert "Closed by the chair, to be reported on Wed 16 Sep 2020; minute reference to be added." in card


def test_what_the_chair_withdraws_between_meetings_is_not_called_complete(sandbox: Sandbox) -> None:
    sandbox.command(CHAIR, f"outcome {REF} withdrawn because the money ended")
    assert action(sandbox, REF).status is Status.CLOSED_NOT_DONE
    told = read(message_with(sandbox, SECRETARY, f"{REF}: closed, not done, by the chair, to be reported on"))
    assert "the money ended" in told


def test_the_other_secretary_hears_nothing_of_it(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    sandbox.command(CHAIR, f"close {REF}")
    assert sandbox.workspace.since(OTHER_SECRETARY, mark) == ()


def test_what_the_board_closed_is_told_to_nobody_before_the_outcomes_are_recorded(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, f"close {REF}")
    assert sandbox.workspace.since(HEALTH, mark) == ()


# -- answering for a lead, and changing one's mind


def test_a_secretary_answers_for_a_lead_and_the_signature_says_how(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(SECRETARY, f"update {REF} amber two are done, by e-mail of 24 Aug"))
    assert "Signed Democratic Services Officer, Sefton Council" in shown
    (entry,) = entries(sandbox, REF)
    assert (entry.status, entry.words) == (Status.SOME_ISSUES, "two are done")
    assert entry.signature.endswith(", by e-mail of Mon 24 Aug 2020")


def test_the_latest_outcome_for_a_meeting_counts_and_reopens_what_was_closed(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, f"close {REF} agreed 10 June")
    sandbox.command(SECRETARY, f"outcome {REF} not agreed because the third is missing")
    assert action(sandbox, REF).status is Status.SOME_ISSUES
    assert len(outcomes(sandbox, REF)) == 2


def test_what_is_closed_takes_no_answer_and_no_move(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, f"close {REF} agreed 10 June")
    before = stored(sandbox)
    for user, typed in ((HEALTH, f"update {REF} on track"), (HEALTH, f"done {REF} yes"), (HEALTH, f"no change {REF}")):
        assert "complete: closed by the board, so nothing was recorded" in read(sandbox.command(user, typed))
    assert "so it was not moved" in read(sandbox.command(SECRETARY, f"move {REF} to 23 Oct because late"))
    assert "already, so nothing was recorded" in read(sandbox.command(SECRETARY, f"close {REF} agreed 10 June"))
    assert stored(sandbox) == before


@pytest.mark.parametrize(
    ("user", "typed", "said"),
    [
        (HEALTH, f"update {REF}", f"What is the status of {REF}? Nothing was recorded yet."),
        (HEALTH, f"update {REF} two are drafted", f"What is the status of {REF}? Nothing was recorded yet."),
        (HEALTH, f"update {REF} off track", f"Off track needs a reason, so nothing was recorded for {REF}."),
        (HEALTH, f"done {REF}", f"What shows that {REF} is done?"),
        (
            HEALTH,
            "done healthy-1 it is done",
            "healthy-1 is a standing commitment, which is reviewed and never complete",
        ),
        (HEALTH, f"update {REF} to follow by 1/8/2020", "Sat 1 Aug 2020 is past, so nothing was recorded"),
        (HEALTH, f"update {REF} to follow by 4/8", "Wed 4 Aug 2021 is more than three months away, so nothing was"),
        (HEALTH, f"update {REF} on track " + "x" * 3001, "an update holds 3,000, so nothing was recorded"),
        (HEALTH, "update nowhere-9 on track all well", "nowhere-9"),
        (SECRETARY, f"outcome {REF}", f"What did the board decide on {REF}? Nothing was recorded yet."),
        (SECRETARY, f"outcome {REF} not agreed", f"“/cypp outcome {REF} not agreed because …”"),
        (SECRETARY, f"outcome {REF} withdrawn", f"“/cypp outcome {REF} withdrawn because …”"),
        (SECRETARY, f"close {REF} agreed 16 Sep", "The meeting of Wed 16 Sep 2020 has not been held"),
        (
            SECRETARY,
            f"close {REF} agreed 9 Sep",
            "That is no meeting of the Children and Young People's Partnership Board",
        ),
        (SECRETARY, "close healthy-1", "healthy-1 is a standing commitment, which is reviewed and never complete"),
        (SECRETARY, f"outcome {REF} carried forward to 10 June 2020", f"{REF} cannot be carried forward to"),
        (SECRETARY, f"move {REF} to 23 Oct", f"“/cypp move {REF} to 23 Oct because …”"),
        (SECRETARY, f"move {REF} to 10 June 2020 because late", "The meeting of Wed 10 Jun 2020 is past"),
        (SECRETARY, f"move {REF} to 9 Sep because late", "and healthy-4 is another board’s: nothing was changed yet."),
        (SECRETARY, f"move {REF} to 3 Nov because late", "There is no meeting for"),
        (SECRETARY, f"move {REF} to 16 Sep because late", f"{REF} is due Wed 16 Sep 2020 already."),
        (SECRETARY, "move healthy-1 to 23 Oct because late", "is a standing commitment and has no due meeting"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_stored_is_said_in_a_sentence_and_nothing_is_stored(
    sandbox: Sandbox, user: str, typed: str, said: str
) -> None:
    before = stored(sandbox)
    shown = read(sandbox.command(user, typed))
    assert said in shown, shown
    assert stored(sandbox) == before


def test_nothing_moves_to_a_cancelled_meeting(sandbox: Sandbox) -> None:
    with sandbox.database.write(workspace=ALL) as session:
        cancelled = meeting_on(sandbox, 10, 23).id
        session.execute(update(Meeting).where(Meeting.id == cancelled).values(state=MeetingState.CANCELLED))
    before = stored(sandbox)
    shown = read(sandbox.command(SECRETARY, f"move {REF} to 23 Oct because late"))
    assert "The meeting of Fri 23 Oct 2020 was cancelled, so healthy-4 was not moved." in shown
    shown = read(sandbox.command(SECRETARY, f"outcome {REF} carried forward to 23 Oct"))
    assert "cannot be carried forward" in shown
    assert stored(sandbox) == before
