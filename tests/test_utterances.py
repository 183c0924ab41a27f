"""The table of utterances (`utterances.yaml`): who says what when, what is stored, what is said, what the tick does.

Every row is played through the local workspace: the real bot, the real database, nothing in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.workspace import Answer, SeenMessage, SubmitResult
from models.enums import ABOUT_ACTIONS, AnswerKind, MeetingState
from models.rules.calendar import local_day
from models.storage.history_tables import Outcome, Quiet, Replan, Snooze, Update
from models.storage.scope import ALL
from models.storage.tables import Action, Appointment, Board, Meeting, Organisation, Person, Post
from schedules.log_lines import Line
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import GUEST, LONDON, MEMBER, STRANGER, Kept, bundle_of, finish, labels, read
from tests.local_slack import Sandbox, open_sandbox
from tests.yaml_files import read_yaml

TABLE: dict[str, Any] = read_yaml(Path(__file__).with_name("utterances.yaml"))
MOMENTS: dict[str, datetime] = {
    name: datetime.fromisoformat(str(at)).replace(tzinfo=LONDON) for name, at in TABLE["moments"].items()
}
ROWS = [(moment, row) for moment in MOMENTS for row in TABLE[moment]]
OTHERS = {"a member": MEMBER, "a guest": GUEST, "a stranger of a partner organisation": STRANGER}
KEYS = {"who", "says", "way", "file", "press", "fill", "stored", "answer", "never", "buttons", "tick"}


class Stage:
    """A sandbox at one moment after another, with its database as it was at each.

    It comes to each moment once, and is put back to those behind it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.moment = folder, ""
        self.sandbox: Sandbox | None = None
        self.reached: dict[str, Kept] = {}

    def at(self, moment: str) -> Sandbox:
        """The sandbox at a moment, with nothing of the row before in it."""
        if self.sandbox is None:
            self.sandbox = open_sandbox(self.folder / "plan.db", min(MOMENTS.values()).replace(hour=9), burst=100_000)
            add_others(self.sandbox)
        if moment == self.moment:
            return self.reached[moment].database.restore()
        if moment not in self.reached:
            if self.reached:
                list(self.reached.values())[-1].back()
            for one in MOMENTS:
                if one not in self.reached and MOMENTS[one] <= MOMENTS[moment]:
                    self.sandbox.advance(MOMENTS[one])
                    self.reached[one] = Kept(self.sandbox)
        self.moment = moment
        return self.reached[moment].back()

    def close(self) -> None:
        """Nothing runs on."""
        if self.sandbox is not None:
            self.sandbox.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("utterances"))
    yield stage
    stage.close()


def name_of(row: dict[str, Any]) -> str:
    said = row["says"] if isinstance(row["says"], str) else " / ".join(row["says"])
    return f"{row['who']}: {said[:60]}"


def listed(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize(("moment", "row"), ROWS, ids=[name_of(row) for _, row in ROWS])
def test_what_is_said_is_stored_and_answered_as_the_table_says(stage: Stage, moment: str, row: dict[str, Any]) -> None:
    sandbox = stage.at(moment)
    user = {name: slack for slack, name in sandbox.people()} | OTHERS
    before = held(sandbox)
    shown, lines = play(sandbox, user[row["who"]], row)
    if row["answer"] == "silence":
        assert shown == []
    else:
        text = "\n\n".join(read(message) for message in shown)
        for phrase in listed(row["answer"]):
            assert phrase in text
        for phrase in listed(row.get("never")):
            assert phrase not in text
    if "buttons" in row:
        assert [label for message in shown for label in labels(message)] == row["buttons"]
    assert stored_since(sandbox, before) == listed(row.get("stored"))
    assert lines == listed(row.get("tick"))


def play(sandbox: Sandbox, user: str, row: dict[str, Any]) -> tuple[list[SeenMessage], list[str]]:
    """What somebody says and presses in; what they are shown last, and what the tick after it did."""
    sandbox.workspace.forget_calls()
    silent = row["answer"] == "silence"
    waits: dict[str, Any] = {"settle": 0.1} if silent else {"replies": 1, "timeout": 3}
    answer: Answer | SubmitResult | None = None
    for words in listed(row["says"]):
        if words.startswith("/cypp") and row.get("way") != "message":
            answer = sandbox.workspace.command(user, "/cypp", words.removeprefix("/cypp").strip(), **waits)
            continue
        thread = bundle_of(sandbox, user).ts if row.get("way") == "thread" else None
        if answer is not None and row.get("way") == "file’s thread":
            thread = answer.said.ts  # type: ignore[union-attr]
        files = [row["file"]] if "file" in row and answer is None else []
        answer = sandbox.workspace.say(user, words, thread_ts=thread, files=files, **waits)
        if words != listed(row["says"])[-1]:
            finish(sandbox)
    assert answer is not None
    shown = list(answer.messages)
    for label in listed(row.get("press")):
        message = next(one for one in shown if label in labels(one))
        if label.endswith("…"):
            sandbox.workspace.press(user, message, text=label)
            view = sandbox.workspace.wait_for_view(user)
            shown = list(sandbox.workspace.submit(user, view, row["fill"], replies=1, timeout=3).messages)
        else:
            shown = list(sandbox.workspace.press(user, message, text=label, replies=1, timeout=3).messages)
    return shown, ticked(sandbox, sandbox.tick())


ENTRIES: tuple[type[Update | Outcome | Replan | Snooze], ...] = (Update, Outcome, Replan, Snooze)
Held = tuple[dict[type[Update | Outcome | Replan | Snooze], int], list[str]]


def held(sandbox: Sandbox) -> Held:
    """The last row of each table of entries, and everything else that people can change, a line a row."""
    with sandbox.database.read(ALL) as session:
        return held_in(session)


def held_in(session: Session) -> Held:
    """The same, inside a transaction."""
    last = {table: max(session.scalars(select(table.id)), default=0) for table in ENTRIES}
    return last, [*plan_lines(session), *people_lines(session)]


def said_day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else "…"


def meeting_day(meeting: Meeting | None) -> str:
    if meeting is None:
        return "no meeting"
    if meeting.starts_at is None:
        return f"{date.fromisoformat(f'{meeting.expected}-01'):%B %Y}"
    return said_day(local_day(meeting.starts_at, LONDON))


def closed_days(spans: list[list[str]]) -> list[str]:
    """Closed dates, each span in words: "closed 28 Dec 2020 to 1 Jan 2021 (the offices are shut)"."""
    said = []
    for first, last, *why in spans:
        days = f"closed {said_day(date.fromisoformat(first))} to {said_day(date.fromisoformat(last))}"
        said.append(f"{days} ({why[0]})" if why and why[0] else days)
    return said


def plan_lines(session: Session) -> list[str]:
    """Meetings, settings of boards, and actions with their leads and home boards."""
    boards = {row.id: row for row in session.scalars(select(Board))}
    posts = {row.id: row.title for row in session.scalars(select(Post))}
    lines = [
        f"the {boards[row.board_id].key} board meets on {meeting_day(row)}"
        + (" (cancelled)" if row.state is MeetingState.CANCELLED else "")
        for row in session.scalars(select(Meeting))
    ]
    for row in boards.values():
        settings = [
            f"papers {row.papers_days} {'working' if row.papers_working else 'calendar'} days",
            f"updates due {row.updates_days} days",
            f"secretary {posts.get(row.secretary_post_id or 0, 'nobody')}",
            f"chair {posts.get(row.chair_post_id or 0, 'nobody')}"
            + (f" until {said_day(row.chair_until)}" if row.chair_until else ""),
            f"reminders since {said_day(local_day(row.started_at, LONDON))}" if row.started_at else "no reminders",
            *closed_days(row.closed),
        ]
        lines += [f"the {row.key} board: {setting}" for setting in settings]
    for action in session.scalars(select(Action)):
        lines.append(f"{action.ref}: led by {posts.get(action.lead_post_id or 0, 'nobody')}")
        lines.append(f"{action.ref}: “{action.words}”")
        lines.append(f"{action.ref}: kept by the {boards[action.board_id].key if action.board_id else 'no'} board")
    return lines


def people_lines(session: Session) -> list[str]:
    """Who acts for which post until when, who is quiet, and what organisations are called."""
    posts = {row.id: row.title for row in session.scalars(select(Post))}
    people = {row.id: row.name for row in session.scalars(select(Person))}
    lines = []
    for one in session.scalars(select(Appointment)):
        days = f" from {said_day(one.first_day)}" if one.first_day else ""
        days += f" until {said_day(one.last_day)}" if one.last_day else ""
        lines.append(f"{posts[one.post_id]}: {one.capacity.value} {people[one.person_id]}{days}")
    for quiet in session.scalars(select(Quiet)):
        days = f"from {said_day(quiet.first_day)} until {said_day(quiet.last_day)}"
        lines.append(f"{people[quiet.person_id]}: quiet {days}")
    for row in session.scalars(select(Organisation)):
        lines.append(f"{row.key} is called {row.name}")
        lines += [f"{row.key} becomes {name} on {said_day(date.fromisoformat(day))}" for day, name in row.renames]
        lines += [f"{row.key}: {days}" for days in closed_days(row.closed)]
    return lines


def stored_since(sandbox: Sandbox, before: Held) -> list[str]:
    """What was stored, each entry in a line: "healthy-5: on track, “two advisors recruited”"."""
    with sandbox.database.read(ALL) as session:
        return stored_in(session, before)


def stored_in(session: Session, before: Held) -> list[str]:
    """The same, inside a transaction that may not be over."""
    last, lines = before
    now = [*plan_lines(session), *people_lines(session)]
    new = [line for line in now if line not in lines]
    return entries_in(session, last) + new + [f"no longer: {line}" for line in lines if line not in now]


def entries_in(session: Session, last: dict[type[Update | Outcome | Replan | Snooze], int]) -> list[str]:
    """The entries behind the last ones there were, a line each."""
    refs = {row.id: row.ref for row in session.scalars(select(Action))}
    meetings = {row.id: row for row in session.scalars(select(Meeting))}

    def day(meeting_id: int | None) -> str:
        return meeting_day(meetings.get(meeting_id or 0))

    said = []
    for entry in session.scalars(select(Update).where(Update.id > last[Update]).order_by(Update.id)):
        what = entry.status.value if entry.kind is AnswerKind.UPDATE and entry.status else entry.kind.value
        by = f" by {said_day(entry.follow_by)}" if entry.follow_by else ""
        by += f" ({entry.heard})" if entry.heard else ""
        by += f" (not for publication: {entry.withheld})" if entry.withheld else ""
        by += " (words redacted)" if entry.redaction else ""
        said.append(f"{refs[entry.action_id]}: {what}{by}" + (f", “{entry.words}”" if entry.words else ""))
    for one in session.scalars(select(Outcome).where(Outcome.id > last[Outcome]).order_by(Outcome.id)):
        to = f" to {day(one.to_meeting_id)}" if one.to_meeting_id else ""
        minute = f", minute {one.minute}" if one.minute else ""
        reason = f", “{one.reason}”" if one.reason else ""
        decided = f"{one.kind.value}{to}{minute}{reason}"
        said.append(f"{refs[one.action_id]}: the board of {day(one.meeting_id)}: {decided}")
    for move in session.scalars(select(Replan).where(Replan.id > last[Replan]).order_by(Replan.id)):
        to = f"{day(move.from_meeting_id)} to {day(move.to_meeting_id)}"
        said.append(f"{refs[move.action_id]}: moved from {to}" + (f", “{move.reason}”" if move.reason else ""))
    for nap in session.scalars(select(Snooze).where(Snooze.id > last[Snooze]).order_by(Snooze.id)):
        said.append(f"{refs[nap.action_id]}: snoozed until {said_day(local_day(nap.until, LONDON))}")
    return said


def ticked(sandbox: Sandbox, lines: list[Line]) -> list[str]:
    """What a tick did, each message in a line: sent ones, and delivered ones that were changed in place."""
    with sandbox.database.read(ALL) as session:
        people = {f"person:{row.id}": row.name for row in session.scalars(select(Person))}
        refs = {row.id: row.ref for row in session.scalars(select(Action))}
        boards = {row.id: row.key for row in session.scalars(select(Board))}
    did = []
    for line in lines:
        names = refs if set(line.kinds) <= set(ABOUT_ACTIONS) else boards
        kinds = ", ".join(dict.fromkeys(kind.value for kind in line.kinds))
        about = ", ".join(dict.fromkeys(names.get(one, "?") for one in line.subjects))
        did.append(f"{kinds} to {people.get(line.recipient, line.recipient)}: {about}")
    changed = {str(call.args.get("channel")) for call in sandbox.workspace.calls_of("chat.update")}
    names_of = conversations(sandbox) if changed else {}
    return sorted(did) + sorted(f"the message to {names_of.get(one, '?')} changes in place" for one in changed)


def conversations(sandbox: Sandbox) -> dict[str, str]:
    """Whose direct conversation each is, by its id."""
    with sandbox.database.read(ALL) as session:
        on_record = {row.channel: row.name for row in session.scalars(select(Person)) if row.channel}
    seen = {said[-1].channel: name for user, name in sandbox.people() if (said := sandbox.workspace.dm(user))}
    return on_record | seen


def test_the_table_is_long_enough_and_its_rows_are_whole() -> None:
    assert len(ROWS) >= 80
    for moment, row in ROWS:
        assert {"who", "says", "answer"} <= set(row) <= KEYS, (moment, row)
        assert listed(row["answer"]), (moment, row)
    names = [(moment, row["who"], str(row["says"]), row.get("way"), str(row.get("press"))) for moment, row in ROWS]
    assert len(set(names)) == len(names), "a row stands there twice"
