"""Who leads, who acts for a post and who is away, through the real Bolt app: what is said, stored, and asked next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, text

from models.enums import AnswerKind, Capacity
from models.storage.scope import ALL
from models.storage.tables import Appointment, Person, Post
from tests.bot.slack.conftest import add_others, every_chain_checks
from tests.bot.slack.e2e import (
    ADMIN,
    ANALYST,
    CHAIR,
    COMMUNICATIONS,
    EDUCATION,
    HEALTH,
    MEMBER,
    OTHER_SECRETARY,
    SECRETARY,
    Kept,
    OpenAt,
    Pristine,
    action,
    as_plan,
    entries,
    example,
    forge,
    line_of,
    message_with,
    read,
    stored,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox

NOW = when(8, 27)
LABEL = "Public Health Lead for Children, Sefton Council"
Stand = dict[str, list[tuple[object, ...]]]


def standing(sandbox: Sandbox) -> Stand:
    """Everything that these words could change."""
    found: Stand = dict(stored(sandbox))
    with sandbox.database.read(ALL) as session:
        for table in ("appointment", "quiet", "person"):
            found[table] = [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))]
        found["told"] = [
            tuple(row) for row in session.execute(text("SELECT id FROM notification WHERE kind = 'new lead'"))
        ]
    return found


def serving(sandbox: Sandbox, title: str, capacity: Capacity) -> list[tuple[str, date | None, date | None]]:
    """Who acts for a post in one capacity: account, first and last day."""
    with sandbox.database.read(ALL) as session:
        rows = session.execute(
            select(Person.slack_user, Appointment.first_day, Appointment.last_day)
            .join(Person, Person.id == Appointment.person_id)
            .join(Post, Post.id == Appointment.post_id)
            .where(Post.title == title, Appointment.capacity == capacity)
            .order_by(Appointment.id)
        ).all()
    return [(row[0], row[1], row[2]) for row in rows]


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    plan = as_plan(with_two_secretaries(example()))
    sandbox = open_for_all(NOW, plan=plan, partners_can=True)
    add_others(sandbox)
    sandbox.bot.deps.directory.read_all()
    return Pristine(sandbox)


@pytest.fixture(scope="module")
def may_move_on(open_for_all: OpenAt) -> Kept:
    sandbox = open_for_all(NOW, plan=as_plan(with_two_secretaries(example())), partners_can=True)
    add_others(sandbox)
    sandbox.bot.deps.directory.read_all()
    return Kept(sandbox)


@pytest.fixture
def moving(may_move_on: Kept) -> Iterator[Sandbox]:
    """The same in a sandbox of its own, for what moves the clock."""
    yield may_move_on.back()
    every_chain_checks(may_move_on.sandbox)


# -- what cannot be done


@pytest.mark.parametrize("user", [HEALTH, CHAIR, OTHER_SECRETARY, MEMBER])
def test_a_forged_press_of_assign_opens_no_form(sandbox: Sandbox, user: str) -> None:
    before = standing(sandbox)
    assert "was not changed" in read(forge(sandbox, user, "assign", str(action(sandbox, "healthy-4").id)))
    assert sandbox.workspace.view(user) is None
    assert standing(sandbox) == before


@pytest.mark.parametrize(
    ("user", "typed", "said"),
    [
        (SECRETARY, "assign healthy-4 to Public Health Lead for Children", "is led by Public Health Lead for Children"),
        (SECRETARY, "assign healthy-4, nowhere-9 to police", "nowhere-9"),
        (SECRETARY, "assign healthy-4 to wizard", "There is no post “wizard” in the plan."),
        (SECRETARY, "assign healthy-4 to manager", "“manager” fits 6 posts. Which is meant?"),
        (SECRETARY, f"assign healthy-4 to <@{MEMBER}>", "that person holds none"),
        (SECRETARY, "assign healthy-4 to police because of AB123456C", "National Insurance number"),
        (OTHER_SECRETARY, "assign healthy-4 to police", "The lead of healthy-4 was not changed"),
        (SECRETARY, f"handover {LABEL} to <@{HEALTH}>", f"Public Health Lead holds {LABEL} already"),
        (SECRETARY, f"handover {LABEL} to nobody@example.org", "Is nobody@example.org somebody new?"),
        (SECRETARY, f"handover {LABEL} to <@U0NOSUCH>", "I do not know that person"),
        (SECRETARY, f"handover {LABEL} to <@{MEMBER}> from 1/1/2030", "is too far from today"),
        (HEALTH, f"deputy <@{MEMBER}> until 1/8/2020", "Sat 1 Aug 2020 is past"),
        (HEALTH, f"deputy <@{MEMBER}> from 14/9 until 12/9", "Sat 12 Sep 2020 comes before Mon 14 Sep 2020"),
        (HEALTH, f"deputy <@{MEMBER}> until 1/1/2025", "That is longer than a year"),
        (HEALTH, f"deputy <@{MEMBER}>", "Until when? Nothing was recorded yet"),
        (HEALTH, f"deputy <@{HEALTH}> until 12/9", "so they cannot stand in for it"),
        (HEALTH, f"deputy remove <@{MEMBER}>", "is no deputy for"),
        (HEALTH, "deputy", "Who stands in, and until when?"),
        (HEALTH, f"contact officer <@{ANALYST}>", "is contact officer for"),
        (SECRETARY, f"contact officer remove <@{MEMBER}> for {LABEL}", "is no contact officer for"),
        (ADMIN, f"deputy <@{MEMBER}> until 12/9", "For which post?"),
        (HEALTH, "quiet until 1/8/2020", "Sat 1 Aug 2020 is past"),
        (HEALTH, "quiet from 14/9 until 12/9", "Sat 12 Sep 2020 comes before Mon 14 Sep 2020"),
        (HEALTH, "quiet until 12/9/2021", "That is longer than three months"),
        (HEALTH, "quiet off", "You were not quiet"),
        (HEALTH, "quiet", "Until when?"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_stored_is_said_and_nothing_is_stored(
    sandbox: Sandbox, user: str, typed: str, said: str
) -> None:
    before = standing(sandbox)
    shown = read(sandbox.command(user, typed))
    assert said in shown, shown
    before_who, who, after_who = typed.partition("<@")
    assert before_who in shown.split("You typed: ")[1]
    assert "<@" not in shown, "whoever is mentioned is named"
    assert after_who.partition(">")[2] in shown if who else typed in shown
    assert standing(sandbox) == before


def test_a_reason_that_is_too_long_is_refused_with_what_it_may_hold(sandbox: Sandbox) -> None:
    before = standing(sandbox)
    shown = read(sandbox.command(SECRETARY, f"assign healthy-4 to police because {'a' * 1001}"))
    assert "A reason holds 1,000 characters, so nothing was changed: please shorten it." in shown
    assert standing(sandbox) == before


# -- a changed lead


def test_a_changed_lead_is_a_handover_in_the_history(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(SECRETARY, "assign healthy-4, helthy 9 to hed of education because the duty moved"))
    assert shown.startswith("healthy-4 and healthy-9 are led by Head of Education, Sefton Council now.")
    assert "Read “helthy 9” as healthy-9." in shown
    assert "Read “hed of education” as Head of Education, Sefton Council." in shown
    for ref in ("healthy-4", "healthy-9"):
        (entry,) = entries(sandbox, ref)
        assert entry.kind is AnswerKind.ASSIGNED
        assert entry.words == f"{LABEL} → Head of Education, Sefton Council: the duty moved"
        assert entry.signature == "Democratic Services Officer, Sefton Council"


def test_which_of_several_posts_is_meant_is_pressed(sandbox: Sandbox) -> None:
    answer = sandbox.command(SECRETARY, "assign healthy-4 to manager because it moved")
    pressed = sandbox.press_in(SECRETARY, answer.message, "Active Sefton Manager, Sefton Council")
    assert "healthy-4 is led by Active Sefton Manager, Sefton Council now." in read(pressed)
    (entry,) = entries(sandbox, "healthy-4")
    assert entry.words.endswith("Active Sefton Manager, Sefton Council: it moved")


def test_the_new_and_the_former_lead_are_told_in_working_hours(moving: Sandbox) -> None:
    moving.clock.move(when(8, 27, 20))
    mark = moving.workspace.mark()
    moving.command(SECRETARY, "assign healthy-4 to Communications Manager")
    assert moving.workspace.since(COMMUNICATIONS, mark) == moving.workspace.since(HEALTH, mark) == ()
    moving.advance(when(8, 28, 9, 30))
    new = message_with(moving, COMMUNICATIONS, "healthy-4 is new for you.")
    line = line_of(new, "healthy-4")
    assert "Communications Manager, Sefton Council · due Wed 16 Sep 2020" in line
    assert "[On track] [Some issues…] [Off track…] [No change] [Done…] [Other…" in line
    for former in (HEALTH, ANALYST):
        shown = read(message_with(moving, former, "healthy-4 is led by"))
        assert "healthy-4 is led by Communications Manager, Sefton Council now; nothing more is asked of you" in shown
    assert moving.workspace.since(SECRETARY, moving.answered) == ()


def test_what_is_new_is_answered_there_and_changes_in_place(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "assign healthy-4 to Communications Manager")
    sandbox.press(COMMUNICATIONS, "healthy-4", "On track")
    shown = read(message_with(sandbox, COMMUNICATIONS, "healthy-4 is new for you."))
    assert "Answered by Communications Manager, Sefton Council on Thu 27 Aug 2020: on track." in shown


def test_what_came_back_before_anybody_was_told_is_told_to_nobody(moving: Sandbox) -> None:
    moving.clock.move(when(8, 27, 20))
    mark = moving.workspace.mark()
    answer = moving.command(SECRETARY, "assign healthy-4 to Communications Manager")
    moving.press_in(SECRETARY, answer.message, "Undo")
    assert len(entries(moving, "healthy-4")) == 2
    moving.advance(when(8, 28, 9, 30))
    for user in (COMMUNICATIONS, HEALTH, ANALYST):
        assert not any(
            "new for you" in read(one) or "led by" in read(one)[:60] for one in moving.workspace.since(user, mark)
        )


def test_of_two_changes_the_last_one_counts(moving: Sandbox) -> None:
    moving.clock.move(when(8, 27, 20))
    mark = moving.workspace.mark()
    moving.command(SECRETARY, "assign healthy-4 to Communications Manager")
    moving.command(SECRETARY, "assign healthy-4 to Head of Education")
    moving.advance(when(8, 28, 9, 30))
    assert "healthy-4 is new for you." in read(message_with(moving, EDUCATION, "new for you"))
    assert "healthy-4 is led by Head of Education" in read(message_with(moving, HEALTH, "healthy-4 is led by"))
    assert not any("healthy-4" in read(one) for one in moving.workspace.since(COMMUNICATIONS, mark))


def test_a_post_without_an_account_is_told_by_the_secretary(sandbox: Sandbox) -> None:
    shown = read(sandbox.command(SECRETARY, "assign healthy-4 to police"))
    assert "Whoever acts for it has no account here, so please tell them yourself." in shown
    shown = read(sandbox.command(SECRETARY, "assign healthy-4 to environmental health manager"))
    assert "The post is vacant, so nobody is told and nobody is asked" in shown


def test_the_form_gives_an_action_to_another_lead(sandbox: Sandbox) -> None:
    forge(sandbox, SECRETARY, "assign", str(action(sandbox, "healthy-4").id))
    post = serving_post(sandbox, "Communications Manager")
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    refused = sandbox.submit(SECRETARY, {"post": str(serving_post(sandbox, "Public Health Lead for Children"))})
    assert refused.errors == {"post": "That post leads it already: choose another, or close this form."}
    sandbox.submit(SECRETARY, {"post": str(post), "reason": "the duty moved"})
    (entry,) = entries(sandbox, "healthy-4")
    assert entry.words == f"{LABEL} → Communications Manager, Sefton Council: the duty moved"
    assert message_with(sandbox, COMMUNICATIONS, "healthy-4 is new for you.")


def serving_post(sandbox: Sandbox, title: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Post.id).where(Post.title == title)).one()


# -- a post changes hands


def test_a_post_changes_hands_and_keeps_its_actions(moving: Sandbox) -> None:
    shown = read(moving.command(SECRETARY, f"handover {LABEL} to <@{MEMBER}> from 31/8"))
    assert "Before: Public Health Lead, until Sun 30 Aug 2020." in shown
    assert "5 open actions go with it: healthy-1, healthy-2, healthy-4, healthy-9 and 23oct-6." in shown
    assert serving(moving, "Public Health Lead for Children", Capacity.HOLDER) == [
        (HEALTH, None, date(2020, 8, 30)),
        (MEMBER, date(2020, 8, 31), None),
    ]
    new = read(message_with(moving, MEMBER, "5 actions are new for you."))
    assert f"You hold {LABEL} from Mon 31 Aug 2020." in new
    assert "[On track]" not in new
    gone = read(message_with(moving, HEALTH, "you do not hold"))
    assert f"From Mon 31 Aug 2020 you do not hold {LABEL}: nothing more is asked of you then about healthy-1" in gone
    assert "so nothing was recorded" in read(moving.command(MEMBER, "no change healthy-4"))
    moving.clock.move(when(8, 31, 12))
    assert "Recorded for healthy-4" in read(moving.command(MEMBER, "no change healthy-4"))
    assert "so nothing was recorded" in read(moving.command(HEALTH, "no change healthy-9"))


def test_a_handover_that_is_undone_leaves_all_as_it_was_and_nobody_told(moving: Sandbox) -> None:
    moving.clock.move(when(8, 27, 20))
    answer = moving.command(SECRETARY, f"handover {LABEL} to <@{MEMBER}> from 31/8")
    moving.press_in(SECRETARY, answer.message, "Undo")
    assert serving(moving, "Public Health Lead for Children", Capacity.HOLDER) == [(HEALTH, None, None)]
    mark = moving.workspace.mark()
    moving.advance(when(8, 28, 9, 30))
    assert moving.workspace.since(MEMBER, mark) == moving.workspace.since(HEALTH, mark) == ()


def test_a_handover_is_undone_in_words_until_something_newer_is_known(moving: Sandbox) -> None:
    title = "Public Health Lead for Children"
    first = moving.command(SECRETARY, f"handover {LABEL} to <@{MEMBER}>")
    asked = moving.command(SECRETARY, "undo")
    assert f"Shall that be taken back: who acts for {LABEL}?" in read(asked)
    moving.press_in(SECRETARY, asked.message, f"Undo: who acts for {LABEL}"[:75])
    assert serving(moving, title, Capacity.HOLDER) == [(HEALTH, None, None)]
    assert "That was undone already" in read(moving.press_in(SECRETARY, first.message, "Undo"))
    second = moving.command(SECRETARY, f"handover {LABEL} to <@{MEMBER}>")
    moving.command(SECRETARY, f"handover {LABEL} to <@{ANALYST}> from 31/8")
    assert "has changed since, so nothing was undone" in read(moving.press_in(SECRETARY, second.message, "Undo"))


def test_somebody_whom_nobody_knows_is_added_by_a_press_and_by_no_lead(sandbox: Sandbox) -> None:
    asked = sandbox.command(SECRETARY, f"handover {LABEL} to new.head@example.org from 31/8")
    assert read(asked).startswith("Is new.head@example.org somebody new?")
    with sandbox.database.read(ALL) as session:
        assert session.scalars(select(Person).where(Person.email == "new.head@example.org")).all() == []
    done = sandbox.press_in(SECRETARY, asked.message, "Yes, add new.head@example.org")
    assert f"new.head@example.org holds {LABEL} from Mon 31 Aug 2020." in read(done)
    with sandbox.database.read(ALL) as session:
        assert session.scalars(select(Person.slack_user).where(Person.email == "new.head@example.org")).one() == ""
    assert "I do not know “who@example.org”" in read(sandbox.command(HEALTH, "deputy who@example.org until 12/9"))


def test_a_post_is_added_in_words_with_its_holder_and_taken_back_once_nobody_holds_it(sandbox: Sandbox) -> None:
    said = "we need a new post, Head of SEND at Sefton Council, mind.the.gap@example.org has it"
    asked = sandbox.say(SECRETARY, said)
    assert "Head of SEND, Sefton Council is a post of the plan now." in read(asked)
    with sandbox.database.read(ALL) as session:
        assert session.scalars(select(Post).where(Post.title == "Head of SEND")).all() == []
    done = sandbox.press_in(SECRETARY, asked.message, "Do it")
    assert "mind.the.gap@example.org holds Head of SEND, Sefton Council" in read(done)
    added = sandbox.command(SECRETARY, "new post Head of Play at Sefton Council")
    assert "is in the plan already" in read(sandbox.command(SECRETARY, "new post head of play, Sefton Council"))
    sandbox.command(SECRETARY, f"handover Head of Play to <@{MEMBER}>")
    assert "so nothing was undone" in read(sandbox.press_in(SECRETARY, added.message, "Undo"))


def test_the_secretarys_own_post_changes_hands_and_the_roles_with_it(sandbox: Sandbox) -> None:
    sandbox.command(ADMIN, f"handover Democratic Services Officer to <@{MEMBER}>")
    assert "was not changed" in read(sandbox.command(SECRETARY, "assign healthy-4 to police"))
    assert "healthy-4 is led by" in read(sandbox.command(MEMBER, "assign healthy-4 to police"))
