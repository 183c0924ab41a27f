"""Deputies, contact officers, quiet days, leave and leavers, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, text

from models.enums import Capacity
from models.storage.scope import ALL
from models.storage.tables import Appointment, Person, Post
from tests.bot.slack.conftest import add_others, every_chain_checks
from tests.bot.slack.e2e import (
    ACTIVE,
    ADMIN,
    CHAIR,
    DIRECTOR,
    EDUCATION,
    HEALTH,
    MEMBER,
    SECRETARY,
    Kept,
    OpenAt,
    Pristine,
    as_plan,
    bundle_of,
    entries,
    example,
    forge,
    labels,
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


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    plan = as_plan(with_two_secretaries(example()))
    sandbox = open_for_all(NOW, plan=plan, partners_can=True)
    add_others(sandbox)
    sandbox.bot.deps.directory.read_all()
    return Pristine(sandbox)


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


def serving_post(sandbox: Sandbox, title: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Post.id).where(Post.title == title)).one()


# -- deputies and contact officers


def test_a_deputy_gets_the_requests_alone_within_the_dates(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9))
    add_others(sandbox)
    sandbox.advance(when(8, 17, 9, 30))
    sandbox.bot.deps.directory.read_all()
    typed = "deputy some.body@example.org for head of education from 24 Aug until 28/8"
    assert "Some Body stands in" in read(sandbox.command(EDUCATION, typed))
    mark = sandbox.workspace.mark()
    sandbox.advance(when(8, 26, 9, 30))
    assert "3 actions of yours need an update" in read(bundle_of(sandbox, MEMBER))
    assert sandbox.workspace.since(EDUCATION, mark) == ()
    sandbox.press(MEMBER, "healthy-5", "On track")
    (entry,) = entries(sandbox, "healthy-5")
    assert entry.signature == "Deputy for Head of Education, Sefton Council"
    mark = sandbox.workspace.mark()
    sandbox.advance(when(9, 1, 9, 30))
    assert "Last call" in read(bundle_of(sandbox, EDUCATION))
    assert sandbox.workspace.since(MEMBER, mark) == ()


def test_new_days_take_the_place_of_the_old_and_undo_brings_those_back(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, f"deputy <@{MEMBER}> until 12/9")
    answer = sandbox.command(HEALTH, f"deputy <@{MEMBER}> from 31/8 until 4/9")
    title = "Public Health Lead for Children"
    assert serving(sandbox, title, Capacity.DEPUTY) == [(MEMBER, date(2020, 8, 31), date(2020, 9, 4))]
    sandbox.press_in(HEALTH, answer.message, "Undo")
    assert serving(sandbox, title, Capacity.DEPUTY) == [(MEMBER, date(2020, 8, 27), date(2020, 9, 12))]


def test_a_contact_officer_begins_and_ends(moving: Sandbox) -> None:
    assert "Some Body is contact officer" in read(moving.command(HEALTH, f"contact officer <@{MEMBER}>"))
    assert "Recorded for healthy-4" in read(moving.command(MEMBER, "no change healthy-4"))
    moving.clock.move(when(8, 28, 10))
    gone = read(moving.command(HEALTH, f"contact officer remove <@{MEMBER}>"))
    assert gone.startswith(f"Some Body is no longer contact officer for {LABEL}.")
    assert "so nothing was recorded" in read(moving.command(MEMBER, "no change healthy-9"))


def test_the_form_names_a_deputy_for_ones_own_post(sandbox: Sandbox) -> None:
    answer = sandbox.command(HEALTH, "deputy")
    sandbox.press_in(HEALTH, answer.message, "Name a deputy…")
    wrong = sandbox.submit(HEALTH, {"who": MEMBER, "first": "2020-09-14", "last": "2020-09-12"})
    assert "comes before" in wrong.errors["last"]
    unknown = sandbox.submit(HEALTH, {"who": "U0NOSUCH", "first": "2020-08-31", "last": "2020-09-12"})
    assert "I do not know that person" in unknown.errors["who"]
    sandbox.submit(HEALTH, {"who": MEMBER, "first": "2020-08-31", "last": "2020-09-12"})
    title = "Public Health Lead for Children"
    assert serving(sandbox, title, Capacity.DEPUTY) == [(MEMBER, date(2020, 8, 31), date(2020, 9, 12))]


# -- quiet days


def test_quiet_days_move_a_step_to_the_first_open_day_after(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 14, 10))
    shown = read(sandbox.command(EDUCATION, "quiet until 19/8"))
    assert shown.startswith("Quiet until Wed 19 Aug 2020.")
    assert "Updates are due" not in shown
    mark = sandbox.workspace.mark()
    sandbox.advance(when(8, 19, 17))
    assert sandbox.workspace.since(EDUCATION, mark) == ()
    sandbox.advance(when(8, 20, 9, 30))
    assert "3 actions of yours need an update by Tue 1 Sep 2020." in read(bundle_of(sandbox, EDUCATION))


def test_who_is_away_when_updates_are_due_is_told_so_and_the_secretary_sees_why(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 25, 10))
    answer = sandbox.command(EDUCATION, "quiet until 4/9")
    assert "Updates are due meanwhile on healthy-5, healthy-8 and 9sep-2 (Tue 1 Sep 2020)" in read(answer)
    assert labels(answer.message) == ["Name a deputy…", "Undo"]
    mark = sandbox.workspace.mark()
    sandbox.advance(when(9, 2, 9, 30))
    assert sandbox.workspace.since(EDUCATION, mark) == ()
    told = message_with(sandbox, SECRETARY, "no update received on")
    assert "not asked: away until Fri 4 Sep" in line_of(told, "healthy-5")


def test_who_was_asked_before_going_is_away_all_the_same(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 26, 9))
    sandbox.advance(when(8, 26, 9, 30))
    sandbox.command(EDUCATION, "quiet until 4/9")
    sandbox.advance(when(9, 2, 9, 30))
    line = line_of(message_with(sandbox, SECRETARY, "no update received on"), "healthy-5")
    assert "away until Fri 4 Sep" in line
    assert "not asked" not in line


def test_quiet_off_asks_at_once_what_had_waited(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 14, 10))
    sandbox.command(EDUCATION, "quiet until 28/8")
    sandbox.advance(when(8, 18, 10))
    sandbox.command(EDUCATION, "quiet off")
    assert "3 actions of yours need an update" in read(bundle_of(sandbox, EDUCATION))


# -- leave in plain words, out-of-office replies


def test_leave_with_a_stand_in_is_shown_and_recorded_on_a_press(sandbox: Sandbox) -> None:
    before = standing(sandbox)
    answer = sandbox.say(HEALTH, f"I'm on leave from 31 Aug until 12/9, <@{MEMBER}> covers")
    assert "Away from Mon 31 Aug 2020 until Sat 12 Sep 2020, and Some Body stands in: is that right?" in read(answer)
    assert labels(answer.message) == ["Record the deputy", "Not now"]
    assert standing(sandbox) == before
    sandbox.press_in(HEALTH, answer.message, "Record the deputy")
    title = "Public Health Lead for Children"
    assert serving(sandbox, title, Capacity.DEPUTY) == [(MEMBER, date(2020, 8, 31), date(2020, 9, 12))]


def test_leave_without_a_stand_in_offers_quiet_and_a_deputy(sandbox: Sandbox) -> None:
    before = standing(sandbox)
    answer = sandbox.say(HEALTH, "I'm on leave until 12/9")
    assert labels(answer.message) == ["Quiet until Sat 12 Sep", "Name a deputy…", "Neither"]
    assert standing(sandbox) == before
    sandbox.press_in(HEALTH, answer.message, "Neither")
    assert standing(sandbox) == before
    answer = sandbox.say(HEALTH, "I'm on leave until 12/9")
    sandbox.press_in(HEALTH, answer.message, "Quiet until Sat 12 Sep")
    with sandbox.database.read(ALL) as session:
        days = session.execute(text("SELECT first_day, last_day FROM quiet")).all()
    assert [tuple(row) for row in days] == [("2020-08-27", "2020-09-12")]


def test_leave_without_an_end_asks_one_question(sandbox: Sandbox) -> None:
    assert "until when, and does somebody stand in?" in read(sandbox.say(HEALTH, "I'm on annual leave from Monday"))


@pytest.mark.parametrize("value", ["", "x|y|z", "2020-08-31|2020-09-12|<@U0NOSUCH>", "2020-08-31|2019-01-01|x@y.zz"])
def test_a_forged_press_records_no_deputy(sandbox: Sandbox, value: str) -> None:
    before = standing(sandbox)
    forge(sandbox, HEALTH, "recorddeputy", value or "-")
    forge(sandbox, MEMBER, "recorddeputy", f"2020-08-31|2020-09-12|<@{MEMBER}>")
    forge(sandbox, MEMBER, "quietuntil", "2020-08-31|2020-09-12")
    forge(sandbox, HEALTH, "quietuntil", value.replace("2020-09-12", "2019-09-12") or "-")
    assert standing(sandbox) == before


def test_an_out_of_office_reply_is_neither_kept_nor_answered(sandbox: Sandbox) -> None:
    before = standing(sandbox)
    words = "Automatic reply: I am out of the office until 3 September. Please contact the stapler."
    assert read(sandbox.say(HEALTH, words)) == ""
    assert standing(sandbox) == before
    assert "stapler" not in str(standing(sandbox))


@pytest.mark.parametrize("user", [MEMBER, CHAIR])
def test_an_out_of_office_reply_of_somebody_who_owes_nothing_is_not_answered(sandbox: Sandbox, user: str) -> None:
    assert read(sandbox.say(user, "Automatic reply: I am away. Please contact reception.")) == ""


# -- leavers


def leaves(sandbox: Sandbox, user: str) -> None:
    """An account is closed, as Slack tells of it."""
    gone = {"id": user, "team_id": "T0DEMO", "deleted": True, "profile": {}}
    sandbox.bot.deps.directory.changed(gone)


def test_a_leaver_is_reported_once_with_their_actions(moving: Sandbox) -> None:
    moving.workspace.deactivate(EDUCATION)
    mark = moving.workspace.mark()
    moving.tick()
    told = message_with(moving, SECRETARY, "Head of Education left: 5 open actions of the Children and Young")
    assert [label for label in labels(told) if label == "Assign…"] == ["Assign…"] * 5
    assert "Nobody is asked about them until somebody else leads them." in read(told)
    moving.advance(when(8, 31, 12))
    again = [one for one in moving.workspace.since(SECRETARY, mark) if "Head of Education left" in read(one)]
    assert len(again) == 1
    moving.press(SECRETARY, "healthy-5", "Assign…")
    moving.submit(SECRETARY, {"post": str(serving_post(moving, "Communications Manager"))})
    assert "Head of Education left: 4 open actions" in read(message_with(moving, SECRETARY, "Head of Education left"))


def test_the_list_of_people_knows_leavers_and_days(sandbox: Sandbox) -> None:
    leaves(sandbox, DIRECTOR)
    sandbox.command(ACTIVE, "quiet until 4/9")
    shown = read(sandbox.command(SECRETARY, "people"))
    assert "Left: their account was closed (1)" in shown
    assert "19 posts, 2 vacant." in shown
    active = read(sandbox.command(SECRETARY, "people active sefton manager"))
    assert (
        "Active Sefton Manager (away until Fri 4 Sep); deputy Deputy Active Sefton Manager (Mon 24 Aug to Fri 4 Sep)"
        in active
    )


def test_a_role_ends_on_its_last_day(moving: Sandbox) -> None:
    with moving.database.write(workspace=ALL) as session:
        session.execute(text("UPDATE board SET chair_until = '2020-08-28' WHERE key = 'partnership'"))
        session.execute(
            text("UPDATE person SET administrator_until = '2020-08-28' WHERE slack_user = :u"), {"u": ADMIN}
        )
    shown = read(moving.command(SECRETARY, "people"))
    assert "chair until Fri 28 Aug 2020" in shown
    assert "ICT Support (until Fri 28 Aug 2020)" in shown
    assert "19 posts" in read(moving.command(ADMIN, "people"))
    moving.clock.move(when(8, 29, 10))
    assert "19 posts" not in read(moving.command(ADMIN, "people"))
    assert "was not moved" in read(moving.command(CHAIR, "move healthy-4 to 23 Oct because late"))
