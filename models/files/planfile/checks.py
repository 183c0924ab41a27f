"""Check what must hold between the parts of a plan file, actions apart: keys, names, references, meetings, people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from models.files.planfile.fields import Month
from models.files.planfile.problems import Problems, ValuePath, listing
from models.files.planfile.readable import Item, Readable
from models.files.planfile.schema import (
    ClosedDates,
    Deputy,
    FileBoard,
    FileMeeting,
    FileOrganisation,
    FilePerson,
    FilePost,
    FilePriority,
    FileTheme,
    PlanHead,
)


def meeting_name(meeting: FileMeeting) -> str:
    """Return the text by which an action is due at a meeting."""
    when: date | Month | None = meeting.date or meeting.expected
    return "" if when is None else str(when)


def meetings_of(board: FileBoard) -> str:
    """Return a board's meetings in words."""
    dates = sorted(str(meeting.date) for meeting in board.meetings if meeting.date)
    months = sorted(f"{meeting.expected} (expected)" for meeting in board.meetings if meeting.expected)
    if not dates and not months:
        return f"list it under `meetings:` of {board_label(board)}"
    return f"{board_label(board)} meets on {listing([*dates, *months])}"


def board_label(board: FileBoard) -> str:
    """Return what a problem calls a board: its key, unless that could not be read."""
    return board.key or "the board"


def check_plan(read: Readable, problems: Problems) -> None:
    """Add a problem for everything but the actions."""
    for section in ("themes", "organisations", "posts", "boards"):
        _no_twins(read.parts[section], "key", problems)
    _no_twins(read.parts["priorities"], "number", problems)
    _no_shared_names([*read.of(FileTheme), *read.of(FilePriority)], problems)
    _no_shared_names(read.of(FileOrganisation), problems)
    _no_shared_names(read.of(FileBoard), problems)
    for head in read.of(PlanHead):
        if not head.broken & {"from", "to"}:
            _in_order(head.value, head.at, problems)
    for organisation in read.of(FileOrganisation):
        _closed(organisation, organisation.value.closed, problems)
        _renames(organisation, problems)
        _contributors(organisation, read, problems)
    for post in read.of(FilePost):
        for index, deputy in enumerate(post.value.deputies):
            _in_order(deputy, post.path("deputies", index), problems)
    for quiet in read.parts["quiet"]:
        if not quiet.broken:
            _in_order(quiet.value, quiet.at, problems)
    for board in read.of(FileBoard):
        if board.value.chair_until and not board.value.chair and "chair" not in board.broken:
            problems.add(board.path("chair_until"), "no chair is named", "write `chair:` as well, or take this out")
        _closed(board, board.value.closed, problems)
        for index, dates in enumerate(board.value.opened):
            _in_order(dates, board.path("opened", index), problems)
        _meetings(board, read, problems)
    if isinstance(read.values.get("boards"), list) and not read.values["boards"]:
        problems.add(("boards",), "the list is empty", "a plan has at least one board")
    _people(read, problems)


def _no_twins(parts: Iterable[Item[Any]], field: str, problems: Problems) -> None:
    first: dict[str, ValuePath] = {}
    for part in parts:
        if field in part.broken:
            continue
        word = str(getattr(part.value, field))
        if word in first:
            used = problems.where(first[word])
            problems.add(part.path(field), f"this {field} is already used on {used}", "give each its own", word)
        first.setdefault(word, part.path(field))


def _no_shared_names(
    parts: Iterable[Item[FileTheme] | Item[FilePriority] | Item[FileOrganisation] | Item[FileBoard]], problems: Problems
) -> None:
    first: dict[str, ValuePath] = {}
    for part in parts:
        value = part.value
        names: list[tuple[ValuePath, str]] = []
        if not isinstance(value, FilePriority):
            both = [(part.path("key"), value.key), (part.path("name"), value.name)]
            names = [(path, name) for path, name in both if str(path[-1]) not in part.broken]
        if isinstance(value, FileOrganisation):
            names += [((*part.path("renames", at), "name"), to_come.name) for at, to_come in enumerate(value.renames)]
        names += [(part.path("aliases", index), alias) for index, alias in enumerate(value.aliases)]
        for path, name in names:
            other = first.setdefault(name.casefold(), part.at)
            # The same key twice is reported by `_no_twins`.
            if other != part.at and path[-1] != "key":
                elsewhere = problems.where(other)
                problems.add(path, f"this name already means something else, on {elsewhere}", "use another", name)


def _in_order(range_: PlanHead | ClosedDates | Deputy, at: ValuePath, problems: Problems) -> None:
    if range_.ends < range_.starts:
        wrong = f"this is before `from: {range_.starts}`"
        problems.add((*at, "to"), wrong, "write a day on or after it, or swap the two", str(range_.ends))


def _closed(
    part: Item[FileOrganisation] | Item[FileBoard], closed: tuple[ClosedDates, ...], problems: Problems
) -> None:
    for index, dates in enumerate(closed):
        _in_order(dates, part.path("closed", index), problems)


def _renames(part: Item[FileOrganisation], problems: Problems) -> None:
    """Check that no two new names begin on one day."""
    seen = set()
    for index, to_come in enumerate(part.value.renames):
        if to_come.starts in seen:
            path = (*part.path("renames", index), "from")
            problems.add(path, "another new name begins on this day", "keep one of the two", str(to_come.starts))
        seen.add(to_come.starts)


def _contributors(part: Item[FileOrganisation], read: Readable, problems: Problems) -> None:
    """Check that the posts that contribute for an organisation are its own."""
    elsewhere = {post.value.key: post.value.organisation for post in read.of(FilePost)}
    for index, key in enumerate(part.value.contributors):
        if (organisation := elsewhere.get(key, part.value.key)) != part.value.key:
            wrong = f"this post is one of “{organisation}”"
            problems.add(part.path("contributors", index), wrong, f"name a post of “{part.value.key}”", key)


def _meetings(board: Item[FileBoard], read: Readable, problems: Problems) -> None:
    first: dict[str, ValuePath] = {}
    for index, meeting in enumerate(board.value.meetings):
        at = board.path("meetings", index)
        name = meeting_name(meeting)
        if not name:
            problems.add(at, "this meeting has no date", "write `date: 2020-09-16`, or `expected: 2020-12`")
        elif meeting.date and meeting.expected:
            problems.add(at, "this meeting has a date and an expected month", "keep `date:` and take `expected:` out")
        elif name in first:
            right = "keep one of the two"
            problems.add(at, f"the board already has this meeting on {problems.where(first[name])}", right, name)
        first.setdefault(name, at)


def _persons(read: Readable) -> Iterator[tuple[ValuePath, FilePerson]]:
    for post in read.of(FilePost):
        if post.value.holder is not None:
            yield post.path("holder"), post.value.holder
        yield from ((post.path("contact_officers", at), who) for at, who in enumerate(post.value.contact_officers))
        yield from ((post.path("deputies", at), who) for at, who in enumerate(post.value.deputies))
    for someone in (*read.parts["administrators"], *read.parts["quiet"]):
        yield someone.at, someone.value


def _people(read: Readable, problems: Problems) -> None:
    """Check that each person has something to be known by, and that no address or Slack ID is two people's."""
    emails: dict[str, str] = {}
    slacks: dict[str, str] = {}
    broken = {(*post.at, key) for post in read.of(FilePost) for key in post.broken}
    broken |= {one.at for one in (*read.parts["administrators"], *read.parts["quiet"]) if one.broken}
    for path, person in _persons(read):
        if not person.has_account and broken & {path[:2], path[:3]}:
            continue
        if path[0] in ("administrators", "quiet") and not person.has_account:
            who = "an administrator" if path[0] == "administrators" else "somebody with quiet days"
            problems.add(path, f"{who} has no account", "write `email:` or `slack:`")
        elif person.name is None and not person.has_account:
            problems.add(path, "this names nobody", "write `name:`, `email:` or `slack:`, or take it out")
        if person.email and person.slack:
            if emails.setdefault(person.slack, person.email) != person.email:
                wrong = f"this Slack ID has another e-mail address elsewhere ({emails[person.slack]})"
                problems.add((*path, "slack"), wrong, "give each person one of each", person.slack)
            if slacks.setdefault(person.email, person.slack) != person.slack:
                wrong = f"this e-mail address has another Slack ID elsewhere ({slacks[person.email]})"
                problems.add((*path, "email"), wrong, "give each person one of each", person.email)
