"""`meeting add|move|cancel|confirm` on the example plan: what is said, and what happens to what was due."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo.sandbox import TEAM
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.presses import pressed
from handlers.responses import Content, Response
from handlers.status.home import show_home
from models.enums import MeetingState
from models.plan.accounts import Actor, roles_of
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.tables import Action, Meeting
from tests.handlers.rounds import example

NOW = datetime(2020, 8, 18, 9, tzinfo=UTC)
SECRETARY, EDUCATION, CHAIR = "U0DEMSERV", "U0HEADEDU", "U0CHAIRPB"


@pytest.fixture(name="plan")
def a_plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION, CHAIR)


def do(plan: Database, user: str, work: Callable[[RequestContext], Response], now: datetime = NOW) -> Content:
    with plan.write(workspace=TEAM) as session:
        roles = roles_of(session, TEAM, Actor(TEAM, user), local_day(now, zone_of(session, TEAM)))
        ctx = RequestContext(session, TEAM, roles, now, registry=REGISTRY)
        given = work(ctx)
        plan_notices(ctx, given.notices)
    assert isinstance(given.content, Content)
    return given.content


def ask(plan: Database, user: str, text: str, now: datetime = NOW) -> Content:
    """What some words are answered with."""
    return do(plan, user, lambda ctx: answer_text(ctx, text), now)


def say(plan: Database, user: str, text: str, now: datetime = NOW) -> Content:
    """The same; a change of a meeting that is shown first is made, and alone."""
    asked = ask(plan, user, text, now)
    does = [button for button in asked.buttons if button.verb == "domeeting"]
    return do(plan, user, lambda ctx: pressed(ctx, does[-1].verb, does[-1].value), now) if does else asked


def days(plan: Database) -> dict[str, tuple[str, str]]:
    """Every meeting: its local start or month, and its state."""
    with plan.read(TEAM) as session:
        zone = zone_of(session, TEAM)
        return {
            (f"{row.starts_at.astimezone(zone):%Y-%m-%d}" if row.starts_at else row.expected): (
                f"{row.starts_at.astimezone(zone):%H:%M}" if row.starts_at else "",
                row.state.value,
            )
            for row in session.scalars(select(Meeting).order_by(Meeting.id))
        }


def due_on(plan: Database, ref: str) -> str | None:
    with plan.read(TEAM) as session:
        action = session.scalars(select(Action).where(Action.ref == ref)).one()
        meeting = session.get(Meeting, action.due_meeting_id) if action.due_meeting_id else None
        if meeting is None:
            return None
        return f"{meeting.starts_at:%Y-%m-%d}" if meeting.starts_at else meeting.expected


OCTOBER = {"2020-10-05": ("14:00", "planned")}


@pytest.mark.parametrize(
    ("words", "starts", "days_now"),
    [
        ("meeting move 16 sep to 23 sep", "Moved: ", {"2020-09-23": ("14:00", "planned")}),
        ("meeting move 16/9 to 22/9/20 at 9.30", "Moved: ", {"2020-09-22": ("09:30", "planned")}),
        ("meeting move the one on the 16th of september to the first monday in october", "Moved: ", OCTOBER),
        ("meeting move 16 sep to a week on Wednesday", "Moved: ", {"2020-08-26": ("14:00", "planned")}),
        ("meeting move wednesday 16th september on to 23 sep at 10", "Moved: ", {"2020-09-23": ("10:00", "planned")}),
        ("meeting add partnership last tuesday of november 9.30am", "Added: ", {"2020-11-24": ("09:30", "planned")}),
        ("meeting add partnership 17 Nov 2pm", "Added: ", {"2020-11-17": ("14:00", "planned")}),
        ("meeting add HWB 17 November 2020 10:30", "Added: ", {"2020-11-17": ("10:30", "planned")}),
        ("meeting confirm december as 9 dec 14:00", "Confirmed: ", {"2020-12-09": ("14:00", "planned")}),
        ("meeting cancel 8 dec because of a clash", "The Children", {"2020-12-08": ("14:00", "cancelled")}),
        ("meeting cancel 10 june because it was not quorate", "The Children", {"2020-06-10": ("14:00", "cancelled")}),
    ],
)
def test_the_secretary_changes_the_meetings(
    plan: Database, words: str, starts: str, days_now: dict[str, tuple[str, str]]
) -> None:
    before = days(plan)
    content = say(plan, SECRETARY, words)
    assert content.headline.startswith(starts), content.headline
    assert days_now.items() <= days(plan).items()
    assert len(set(before) - set(days(plan))) <= 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("meeting move 10 june to 24 oct", "has begun, so it cannot be moved"),
        ("meeting move 16 sep to 23 oct", "meets on Fri 23 Oct 2020 already"),
        ("meeting move 16 sep to 31/9", "30 days"),
        ("meeting move 16 sep to 1 jan 2020", "is past"),
        ("meeting move 5 may to 6 may", "no meeting"),
        ("meeting add partnership 16 sep", "meets on Wed 16 Sep 2020 already"),
        ("meeting add 1 dec", "Which board"),
        ("meeting add partnership 1 dec focus fishing", "no theme"),
        ("meeting cancel 23 oct", "Why is the meeting"),
        ("meeting confirm 16 sep as 17 sep", "no meeting"),
        ("meeting move", "Say which meeting, for instance “/cypp meeting move 16 Sep to 23 Sep”"),
        ("meeting move 16 sep", "from when to when"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(plan: Database, words: str, said: str) -> None:
    before = days(plan)
    content = say(plan, SECRETARY, words)
    assert said in " ".join((content.headline, *content.intro))
    assert content.typed == words
    assert days(plan) == before


@pytest.mark.parametrize("user", [EDUCATION, CHAIR])
@pytest.mark.parametrize(
    "words",
    [
        "meeting move 16 sep to 23 sep",
        "meeting add partnership 17 Nov",
        "meeting cancel 23 oct because x",
        "meeting confirm december as 9 dec",
    ],
)
def test_nobody_but_the_secretary_changes_the_meetings(plan: Database, user: str, words: str) -> None:
    before = days(plan)
    assert "not changed" in say(plan, user, words).headline
    assert days(plan) == before


def test_what_is_due_at_a_moved_meeting_stays_due_at_it_and_is_not_re_planned(plan: Database) -> None:
    say(plan, SECRETARY, "meeting move 16 sep to 23 sep")
    assert due_on(plan, "healthy-5") == "2020-09-23"
    with plan.read(TEAM) as session:
        assert session.scalars(select(Action.replans).where(Action.ref == "healthy-5")).one() == 0


def test_a_day_on_which_nobody_works_is_pointed_out(plan: Database) -> None:
    slip = "Sun 15 Aug 2021 is not a working day: if that is a slip, “/cypp meeting move …” puts it right."
    assert slip in say(plan, SECRETARY, "meeting move 16 sep to 15 aug 2021").intro
    assert slip not in say(plan, SECRETARY, "meeting move 15 aug 2021 to 16 sep 2020").intro
    assert "Sat 2 Jan 2021 is not a working day" in say(plan, SECRETARY, "meeting add partnership 2 jan 2021").intro[0]


def test_cancelling_carries_open_actions_to_the_next_meeting_and_does_not_count_as_a_re_plan(plan: Database) -> None:
    content = say(plan, SECRETARY, "meeting cancel 16 sep because the chamber is closed")
    assert "12 open actions carried to Fri 23 Oct 2020." in content.intro
    assert due_on(plan, "healthy-5") == "2020-10-23"
    with plan.read(TEAM) as session:
        action = session.scalars(select(Action).where(Action.ref == "healthy-5")).one()
        first = session.get_one(Meeting, action.first_due_meeting_id)
        assert action.replans == 0
        assert first.state is MeetingState.CANCELLED


def test_with_no_later_meeting_actions_wait_until_one_is_added_which_offers_to_take_them(plan: Database) -> None:
    content = say(plan, SECRETARY, "meeting cancel 8 dec because of a clash")
    assert content.intro[0] == "“a clash”"
    assert "8 open actions without a due meeting until one is added." in content.intro
    assert due_on(plan, "happy-11") is None
    added = say(plan, SECRETARY, "meeting add partnership 15 dec 2020 14:00")
    take = added.buttons[0]
    assert take.label == "Take 8 actions"
    refused = do(plan, EDUCATION, lambda ctx: pressed(ctx, take.verb, take.value))
    assert "not changed" in refused.headline
    taken = do(plan, SECRETARY, lambda ctx: pressed(ctx, take.verb, take.value))
    assert taken.headline.startswith("8 actions due on Tue 15 Dec 2020 now")
    assert due_on(plan, "happy-11") == "2020-12-15"
    again = do(plan, SECRETARY, lambda ctx: pressed(ctx, take.verb, take.value))
    assert again.headline.startswith("No action was due at a cancelled meeting")


def test_a_cancelled_meeting_that_had_only_its_month_takes_nothing_and_is_not_the_next(plan: Database) -> None:
    held = datetime(2020, 9, 17, 9, tzinfo=UTC)
    expected = "Next meeting December 2020, date to be confirmed."
    assert expected in say(plan, SECRETARY, "digest hwb", held).intro
    assert "No next meeting is planned yet." in say(plan, SECRETARY, "digest hwb", NOW.replace(year=2021)).intro
    say(plan, SECRETARY, "meeting cancel december hwb because it is not needed", held)
    assert due_on(plan, "9sep-3") is None
    for words, said in (
        ("outcome 9sep-4 carried forward to december", "cannot be carried forward to december"),
        ("move 9sep-4 to december because it is late", "The meeting of December 2020 was cancelled, so 9sep-4 was not"),
        ("meeting confirm december as 9 dec", "Every meeting has its date already"),
        ("meeting cancel december hwb because it is not needed", "The meeting of December 2020 is cancelled already."),
    ):
        assert said in say(plan, SECRETARY, words, held).headline
    assert "No next meeting is planned yet." in say(plan, SECRETARY, "digest hwb", held).intro
    assert "December 2020 (cancelled)" in say(plan, SECRETARY, "meetings hwb", held).groups[0].texts


def test_until_a_boards_reminders_begin_nobody_is_said_to_be_asked(plan: Database) -> None:
    def shown(of: Content) -> str:
        return "\n".join((of.headline, *of.intro, *(text for group in of.groups for text in group.texts)))

    begun = "the request goes out Thu 24 Sep 2020"
    assert begun in shown(say(plan, SECRETARY, "owing october"))
    say(plan, SECRETARY, "stop reminders partnership")
    say(plan, SECRETARY, "start reminders partnership from 1/12")
    owing = shown(say(plan, SECRETARY, "owing october"))
    assert begun not in owing
    assert "its reminders begin on Tue 1 Dec 2020, so nobody is asked before then." in owing
    assert "Reminders begin on Tue 1 Dec 2020: until then" in shown(say(plan, SECRETARY, "meetings partnership"))
    homes = do(plan, SECRETARY, lambda ctx: Response(show_home(ctx)[0]))
    assert "Quiet: reminders begin on Tue 1 Dec 2020." in shown(homes)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("meeting of 8 dec", ["Tue 8 Dec 2020, 14:00, focus Happy: updates due Mon 23 Nov, papers Mon 30 Nov."]),
        ("meeting on the 16th", ["Wed 16 Sep 2020, 14:00: updates due"]),
        ("meetings in december", ["Tue 8 Dec 2020", "December 2020, date to be confirmed."]),
        ("meetings next", ["Health and Wellbeing Board: Wed 9 Sep 2020", "Partnership Board: Wed 16 Sep 2020"]),
        ("meeting of 5 jan", ["There is no meeting for “of 5 jan”. Which meeting is meant?"]),
        ("meetings of the allotment society", ["I do not know the board"]),
    ],
)  # fmt: skip
def test_a_meeting_is_asked_for_by_its_day_or_month(plan: Database, words: str, said: list[str]) -> None:
    shown = say(plan, SECRETARY, words)
    whole = [shown.headline, *shown.intro]
    assert [any(part in one for one in whole) for part in said] == [True] * len(said), whole
