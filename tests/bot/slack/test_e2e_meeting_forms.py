"""Forms to add and change a board's meetings, through the real app: the same rules as the words, each at its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.demo.workspace import SubmitResult
from models.enums import MeetingState
from models.storage.scope import ALL
from models.storage.tables import Meeting, Theme
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, action, finished, forge, labels, meeting_on, read
from tests.local_slack import Sandbox

BOARD = "Children and Young People's Partnership Board"
ADD, CHANGE = "Add a meeting…", "Change a meeting…"


def send(sandbox: Sandbox, label: str, **values: str) -> SubmitResult:
    """The secretary opens a form under the meetings of the partnership board, and sends it in."""
    shown = sandbox.command(SECRETARY, "meetings partnership").message
    sandbox.workspace.press(SECRETARY, shown, text=label)
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    sent = finished(sandbox, SECRETARY, sandbox.workspace.submit(SECRETARY, view, values))
    asked = next((one for one in sent.messages for button in one.buttons() if button.text == "Leave it"), None)
    if asked is None:
        return sent
    done = sandbox.press_in(SECRETARY, asked, asked.buttons()[0].text)
    return replace(sent, messages=done.messages)


def theme(sandbox: Sandbox, name: str) -> int:
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Theme.id).where(Theme.name == name)).one()


def meetings(sandbox: Sandbox) -> list[tuple[object, ...]]:
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(Meeting).order_by(Meeting.id)).all()
        return [(row.id, row.starts_at, row.state, row.focus_theme_id) for row in rows]


def test_only_whoever_may_change_meetings_is_offered_the_forms(calm: Sandbox) -> None:
    assert ADD in labels(calm.command(SECRETARY, "meetings partnership").message)
    for user in (CHAIR, EDUCATION):
        assert labels(calm.command(user, "meetings").message) == ["Share in channel"]
        before = meetings(calm)
        for verb in ("meetingadd", "meetingchange"):
            assert "The meetings were not changed" in read(forge(calm, user, verb, "1"))
        assert meetings(calm) == before


def test_a_meeting_is_added_with_its_focus_theme(calm: Sandbox) -> None:
    sent = send(calm, ADD, day="2021-01-20", time="9.30", focus=str(theme(calm, "Healthy")))
    assert read(sent).startswith(
        "Added: the Children and Young People's Partnership Board meets on Wed 20 Jan 2021, 09:30."
    )
    assert "Wed 20 Jan 2021, 09:30, focus Healthy" in read(calm.command(SECRETARY, "meetings partnership"))


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"day": "2020-01-20"}, "day", "Mon 20 Jan 2020 is past"),
        ({"day": "2020-09-16"}, "day", "meets on Wed 16 Sep 2020 already"),
        ({"day": "2021-01-20", "time": "late"}, "time", "Write the time like 14:00"),
        ({"day": "2021-01-20", "time": "25:00"}, "time", "Write the time like 14:00"),
    ],
)
def test_what_is_wrong_with_a_new_meeting_is_said_at_its_field(
    calm: Sandbox, values: dict[str, str], field: str, said: str
) -> None:
    before = meetings(calm)
    sent = send(calm, ADD, **values)
    assert said in sent.errors[field]
    assert not sent.closed
    assert meetings(calm) == before


def test_a_meeting_is_moved_and_what_is_due_at_it_moves_with_it(calm: Sandbox) -> None:
    meeting = meeting_on(calm, 9, 16)
    sent = send(calm, CHANGE, meeting=str(meeting.id), day="2020-09-23")
    said = read(sent)
    assert said.startswith("Moved: the Children and Young People's Partnership Board (Wed 16 Sep 2020) meets on Wed 23")
    assert meeting_on(calm, 9, 23).id == meeting.id
    assert action(calm, "healthy-5").due_meeting_id == meeting.id


def test_a_focus_theme_alone_moves_nothing(calm: Sandbox) -> None:
    meeting = meeting_on(calm, 9, 16)
    sent = send(calm, CHANGE, meeting=str(meeting.id), focus=str(theme(calm, "Happy")))
    assert read(sent).startswith(
        "The Children and Young People's Partnership Board of Wed 16 Sep 2020 has the focus Happy"
    )
    now = meeting_on(calm, 9, 16)
    assert (now.starts_at, now.moved_at, now.focus_theme_id) == (meeting.starts_at, None, theme(calm, "Happy"))


def test_an_expected_meeting_is_confirmed_by_its_day(calm: Sandbox) -> None:
    calm.command(SECRETARY, "meetings partnership")
    with calm.database.write(workspace=ALL) as session:
        board = session.scalars(select(Meeting).where(Meeting.id == meeting_on(calm, 9, 16).id)).one().board_id
        session.add(Meeting(workspace_id="T0DEMO", board_id=board, expected="2021-03"))
    with calm.database.read(ALL) as session:
        expected = session.scalars(select(Meeting.id).where(Meeting.expected == "2021-03")).one()
    assert "Choose the day" in send(calm, CHANGE, meeting=str(expected), time="14:00").errors["day"]
    sent = send(calm, CHANGE, meeting=str(expected), day="2021-03-10")
    assert read(sent).startswith("Confirmed: the Children and Young People's Partnership Board (March 2021")


def test_a_meeting_is_cancelled_with_a_reason_and_its_actions_are_carried(calm: Sandbox) -> None:
    meeting = meeting_on(calm, 9, 16)
    assert "Say why" in send(calm, CHANGE, meeting=str(meeting.id), what="cancel").errors["reason"]
    sent = send(calm, CHANGE, meeting=str(meeting.id), what="cancel", reason="the chamber is closed")
    assert read(sent).startswith("The Children and Young People's Partnership Board of Wed 16 Sep 2020 is cancelled.")
    assert action(calm, "healthy-5").due_meeting_id == meeting_on(calm, 10, 23).id


def test_a_begun_meeting_can_only_be_cancelled(calm: Sandbox) -> None:
    begun = _begun(calm)
    assert "has begun" in send(calm, CHANGE, meeting=str(begun), day="2020-09-30").errors["what"]
    assert "did not happen" in read(send(calm, CHANGE, meeting=str(begun), what="cancel", reason="nobody came"))


def _begun(sandbox: Sandbox) -> int:
    with sandbox.database.read(ALL) as session:
        board = session.get_one(Meeting, meeting_on(sandbox, 9, 16).id).board_id
        rows = session.scalars(
            select(Meeting).where(Meeting.board_id == board, Meeting.starts_at < sandbox.clock())
        ).all()
    return next(row.id for row in rows if row.state is MeetingState.PLANNED)


def test_nothing_different_is_said_and_nothing_is_changed(calm: Sandbox) -> None:
    before = meetings(calm)
    sent = send(calm, CHANGE, meeting=str(meeting_on(calm, 9, 16).id))
    assert "Nothing is different yet" in sent.errors["day"]
    assert meetings(calm) == before
