"""Check each action of a plan file: its ref, what it serves, its board, its due meeting, its status."""

from __future__ import annotations

from datetime import date

from pydantic_core import PydanticCustomError

from models.enums import Kind, MeetingState, Status
from models.files.planfile.checks import board_label, meeting_name, meetings_of
from models.files.planfile.fields import Month, read_due
from models.files.planfile.problems import Problems, ValuePath
from models.files.planfile.readable import Item, Readable
from models.files.planfile.schema import FileAction, FileBoard, FileMeeting
from models.rules.refs import ref_key

_CLOSED = frozenset({Status.COMPLETE, Status.CLOSED_NOT_DONE})


def check_actions(read: Readable, problems: Problems) -> None:
    """Add a problem for everything the actions get wrong."""
    boards = {item.value.key: item for item in reversed(read.of(FileBoard)) if "key" not in item.broken}
    first: dict[str, Item[FileAction]] = {}
    for item in read.of(FileAction):
        if "ref" not in item.broken:
            _ref(item, first, problems)
        _serves(item, read, problems)
        home = _home(item, read, boards, problems)
        if "kind" not in item.broken:
            _kind(item, problems)
        if "status" not in item.broken:
            _status(item, problems)
        if home is not None:
            _due(item, home, read, problems)
        _given_and_agreed(item, home, read, boards, problems)
    _parts(read, first, problems)


def _ref(item: Item[FileAction], first: dict[str, Item[FileAction]], problems: Problems) -> None:
    key = ref_key(item.value.ref)
    other = first.setdefault(key, item)
    if other is item:
        return
    used = problems.where(other.path("ref"))
    same = "" if other.value.ref == item.value.ref else f", where it is written {other.value.ref}"
    problems.add(item.path("ref"), f"this ref is already used on {used}{same}", "give each its own", item.value.ref)


def _parts(read: Readable, by_ref: dict[str, Item[FileAction]], problems: Problems) -> None:
    """Check parts: each is of an action that exists and is no part itself; an organisation has one part of it."""
    shares: dict[tuple[str, str], Item[FileAction]] = {}
    for item in read.of(FileAction):
        part = item.value.part
        if part is None:
            continue
        path = (*item.path("part"), "of")
        key = ref_key(part.of)
        whole = by_ref.get(key)
        if whole is None:
            problems.add(path, "no action has this ref", "write the ref of the whole action", part.of)
        elif whole.value.part is not None or whole is item:
            problems.add(path, "that is a part itself", "write the ref of the whole action", part.of)
        other = shares.setdefault((key, part.partner), item)
        if other is not item:
            used = problems.where(other.path("part"))
            problems.add(item.path("part"), f"this partner has a part already, on {used}", "keep one", part.partner)


def _serves(item: Item[FileAction], read: Readable, problems: Problems) -> None:
    action = item.value
    for index, number in enumerate(action.priorities):
        if number in action.priorities[:index]:
            problems.add(item.path("priorities", index), "this priority is listed twice", "keep one", number)
    if item.broken & {"theme", "priorities"}:
        return
    if action.theme and action.priorities:
        problems.add(
            item.path("theme"), "the action has both a theme and priorities", "keep one of the two", action.theme
        )
    # An action that a meeting gives out may serve no priority: "circulate the slides".
    if not action.theme and not action.priorities and action.kind is not Kind.BOARD_ACTION:
        problems.add(item.at, "the action serves nothing", "write `theme: heard`, or `priorities: [1, 3]`", action.ref)


def _home(
    item: Item[FileAction], read: Readable, boards: dict[str, Item[FileBoard]], problems: Problems
) -> Item[FileBoard] | None:
    """Return the action's home board, if it can be told and could be read."""
    if "board" in item.broken:
        return None
    if item.value.board is not None:
        return boards.get(item.value.board)
    raw = read.values.get("boards")
    if isinstance(raw, list) and len(raw) > 1:
        keys = sorted(board["key"] for board in raw if isinstance(board, dict) and isinstance(board.get("key"), str))
        right = f"write `board:` and one of {', '.join(keys)}"
        problems.add(item.at, "the action has no board, and the plan has several", right, item.value.ref)
    return next(iter(read.of(FileBoard)), None) if isinstance(raw, list) and len(raw) == 1 else None


def _kind(item: Item[FileAction], problems: Problems) -> None:
    action = item.value
    if action.kind_written is Kind.STANDING and action.due is not None:
        right = "take `due:` out, or write `kind: deliverable`"
        problems.add(item.path("due"), "a standing commitment has no due meeting", right, str(action.due))
    if action.kind is Kind.BOARD_ACTION:
        if action.due and action.due_date:
            wrong = "the action has both a due meeting and a due date"
            problems.add(item.path("due_date"), wrong, "keep `due:` or `due_date:`", str(action.due_date))
        return
    right = "write `kind: board action`, or take this out"
    if action.due_date:
        problems.add(item.path("due_date"), "only a board action has a due date", right, str(action.due_date))
    if action.given:
        problems.add(item.path("given"), "only a board action is given out by a meeting", right)


def _status(item: Item[FileAction], problems: Problems) -> None:
    action = item.value

    def lacks(wrong: str, right: str) -> None:
        problems.add(item.path("status"), wrong, right, action.status)

    if (
        action.status in {Status.COMPLETE, Status.PROPOSED}
        and action.kind is Kind.STANDING
        and "kind" not in item.broken
    ):
        right = "write `kind: deliverable`, or how it stands"
        lacks("a standing commitment is never finished", right)
    if "status_words" not in item.broken and not action.status_words:
        if action.status in {Status.SOME_ISSUES, Status.OFF_TRACK}:
            lacks("this status needs a reason", "write it under `status_words:`")
        elif action.status is Status.CLOSED_NOT_DONE:
            right = "write withdrawn, replaced by another ref, moved, or now everyday work under `status_words:`"
            lacks("closing an action that is not done needs a reason", right)
    if action.status is Status.PROPOSED and not action.evidence and "evidence" not in item.broken:
        lacks("proposing closure needs evidence", "write words or a link under `evidence:`")
    if action.status is Status.COMPLETE and not action.agreed and "agreed" not in item.broken:
        lacks("only a board makes an action complete", "write the meeting that agreed: `agreed: {meeting: 2020-09-16}`")
    if action.agreed and action.status is not Status.COMPLETE:
        problems.add(
            item.path("agreed"), f"the action is {action.status}", "write `status: complete`, or take this out"
        )


def _due(item: Item[FileAction], home: Item[FileBoard], read: Readable, problems: Problems) -> None:
    action, board = item.value, home.value
    due, first = action.due, action.first_due
    at = next((one for one in read.of(FileBoard) if one.value.key == action.first_due_board), home)
    if first:
        _find_meeting(first, at, item.path("first_due"), read, problems)
    if action.first_due_board and first is None and "first_due" not in item.broken:
        right = "write `first_due:` as well, or take this out"
        problems.add(item.path("first_due_board"), "no first due meeting is named", right)
    if due is None:
        return
    meeting = _find_meeting(due, home, item.path("due"), read, problems)
    if meeting is None:
        return
    if meeting.state is MeetingState.CANCELLED and action.status not in _CLOSED:
        right = f"choose the next one; {meetings_of(board)}"
        problems.add(item.path("due"), "that meeting is cancelled", right, str(due))
    elif (
        action.given
        and isinstance(due, date)
        and action.given.meeting >= due
        and action.given.board in (None, board.key)
    ):
        problems.add(
            item.path("due"), "that is not after the meeting that gave the action", "write a later one", str(due)
        )


def _find_meeting(
    when: date | Month, at: Item[FileBoard], path: ValuePath, read: Readable, problems: Problems
) -> FileMeeting | None:
    """Return a board's meeting; where it has none such, add a problem at `path`."""
    found = next((meeting for meeting in at.value.meetings if meeting_name(meeting) == str(when)), None)
    if found is None and not _may_be_unreadable(when, at, read):
        wrong = f"{board_label(at.value)} has no such meeting"
        problems.add(path, wrong, _meant(when, at.value), str(when))
    return found


def _meant(due: date | Month, board: FileBoard) -> str:
    """Return which meetings may have been meant by one that the board does not have, and those it has."""
    month = due if isinstance(due, Month) else Month(due.year, due.month)
    in_month = (
        meeting_name(held)
        for held in board.meetings
        if (held.date and month.holds(held.date)) or held.expected == month
    )
    near = next(in_month, None)
    return meetings_of(board) if near is None else f"did you mean {near}? {meetings_of(board)}"


def _may_be_unreadable(due: date | Month, home: Item[FileBoard], read: Readable) -> bool:
    """Return whether the meeting may be one the board lists that could not be read (reported already)."""
    if "meetings" not in home.broken:
        return False
    raw = read.values["boards"][home.at[1]]["meetings"]
    kept = set(home.kept.get("meetings", ()))
    for index, meeting in enumerate(raw if isinstance(raw, list) else [None]):
        if index in kept:
            continue
        said = (meeting.get("date") or meeting.get("expected")) if isinstance(meeting, dict) else None
        try:
            if read_due(said) == due:
                return True
        except PydanticCustomError:
            return True
    return False


def _given_and_agreed(
    item: Item[FileAction],
    home: Item[FileBoard] | None,
    read: Readable,
    boards: dict[str, Item[FileBoard]],
    problems: Problems,
) -> None:
    """Check that the meetings that gave the action out and agreed it complete are meetings of their boards."""
    for key, where in (("given", item.value.given), ("agreed", item.value.agreed)):
        if where is None:
            continue
        at: ValuePath = item.path(key)
        board = home if where.board is None else boards.get(where.board)
        if board is None or _may_be_unreadable(where.meeting, board, read):
            continue
        path = (*at, "meeting")
        meeting = _find_meeting(where.meeting, board, path, read, problems)
        if meeting is not None and meeting.state is MeetingState.CANCELLED:
            problems.add(path, "that meeting is cancelled", meetings_of(board.value), str(where.meeting))
