"""Compare a plan file with the stored plan, part by part, and work out what follows. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.enums import Status
from models.files.merging.fingerprints import fingerprint, parse_fingerprints, plan_parts, raw_parts, revision_of
from models.files.merging.people_settings import (
    ADMINISTRATORS,
    QUIET,
    PartValues,
    people_settings,
    quiet_days_text,
    same_people,
)
from models.files.merging.stored_form import as_stored, people_mentioned
from models.files.planfile import PlanFile, PlanFileRefused, Problem
from models.files.planfile.problems import Problems, ValuePath, listing, one_part_of, printable_line, shorten_value
from models.files.planfile.reader import checked_plan
from models.files.planfile.writer import plan_values
from models.files.workbook.cell_addresses import in_headings
from models.rules.refs import ref_key

HISTORY_FIELDS = frozenset({"status", "status_words", "status_date", "evidence", "agreed"})
"""Fields of an action with a history of their own, which an import does not write for an existing action."""
NOT_COMPARED = frozenset({"first_due", "first_due_board", "moved_because"})
_CLOSED = frozenset({str(Status.COMPLETE), str(Status.CLOSED_NOT_DONE)})
_INDEX = re.compile(r"(\w+)\[(\d+)\](?:\.meetings\[(\d+)\])?")

FindCell = Callable[[ValuePath], str]
"""Find where in the file a value is: `Actions!F12`; "" where that cannot be told."""


@dataclass(frozen=True)
class Change:
    """One value of one part that is to change. `called`: the part's title or name, where it has one."""

    part: str
    field: str
    was: Any
    now: Any
    reason: str = ""
    called: str = ""

    def __str__(self) -> str:
        if self.part.startswith(QUIET):
            return (
                f"{part_label(self.part)}: {quiet_days_text(self.field)} {'no more' if self.now is None else 'as well'}"
            )
        because = f", because {self.reason}" if self.reason else ""
        how = {"lead": " (a handover)"}.get(self.field, "") if self.part.startswith("actions ") else ""
        if self.field == "aliases":
            was, now = self.was or [], self.now or []
            more = [f"{shorten_value(name)} as well" for name in now if name not in was]
            less = [f"{shorten_value(name)} no more" for name in was if name not in now]
            return f"other names of {self.called or part_label(self.part)}: {', '.join((*more, *less))}"
        return f"{part_label(self.part)}, {self.field}: {value_text(self.was)} → {value_text(self.now)}{because}{how}"


@dataclass
class Merge:
    """What importing a file over a plan would do. `merged` is the plan as it would then be."""

    merged: PlanFile
    revision: str
    added: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    new_administrators: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Of a log that comes again: what people changed in the plan since, which it does not change back."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the plan already says what the file says."""
        return not (self.added or self.changes or self.new_administrators)

    def sentences(self) -> Iterator[str]:
        """Yield what would be, or was, done, a sentence each."""
        if self.nothing_to_do:
            yield f"Nothing to do: the file holds nothing that is new to the plan (revision {self.revision})."
        replans = [change for change in self.changes if is_replan(change)]
        plain = [change for change in self.changes if not is_replan(change)]
        parts = plan_parts(self.merged) if self.added else {}
        if added := [*(added_label(part, parts) for part in self.added), *self.new_administrators]:
            yield f"Added ({len(added):,}): {listing(added, 40)}."
        if plain:
            yield f"Changed ({len(plain):,}): {listing([str(change) for change in plain], 40)}."
        if replans:
            yield f"Re-planned ({len(replans):,}): {listing([str(change) for change in replans], 40)}."
        if self.ignored:
            yield (
                f"Status and updates are read for new actions only, and stay as the plan has them "
                f"({len(self.ignored):,}): {listing(self.ignored, 40)}."
            )
        if self.kept:
            yield f"Changed in the plan since this log was read, and left as it is there: {listing(self.kept, 40)}."
        if self.gone:
            yield f"No longer in the plan, and not added again ({len(self.gone):,}): {listing(self.gone, 40)}."
        if self.absent:
            yield f"Not in the file, left alone ({len(self.absent):,}): {listing(self.absent, 40)}."


def is_replan(change: Change) -> bool:
    """Return whether a change moves an action that had a due meeting."""
    return change.part.startswith("actions ") and change.field == "due" and change.was is not None


def part_label(part: str) -> str:
    """Return what people call a part: an action by its ref, the others with what they are."""
    section, _, name = part.partition(" ")
    one = "quiet days of" if section == QUIET else one_part_of(section)
    return name if section == "actions" else f"{one} {name}".strip()


def added_label(part: str, parts: PartValues) -> str:
    """Return what people call a new part: an action by its ref and words, the others by what they are and their title.

    `parts`: those of the plan that it is in.
    """
    section, _, name = part.partition(" ")
    values = parts.get(part, {})
    if section == "actions":
        return f"{values.get('ref', name)} ({shorten_value(values.get('words', ''))})"
    if section == "meetings":
        board, _, day = name.partition(" ")
        return f"meeting of {parts.get(f'boards {board}', {}).get('name', board)} on {day}"
    title = str(values.get("title") or values.get("name") or "")
    number = f"{name} " if section == "priorities" else ""
    return f"{one_part_of(section)} {number}{shorten_value(title)}" if title else part_label(part)


def value_text(value: Any) -> str:
    """Return a raw value of a plan file as a sentence shows it."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return ", ".join(value_text(item) for item in value.values())
    return "; ".join(value_text(item) for item in value) if isinstance(value, list) else shorten_value(str(value))


def compare(file: PlanFile, stored: PlanFile, day: date, place: FindCell = lambda path: "") -> Merge:
    """Return what importing a file over the stored plan does on a local day.

    1. Each value is compared three ways: the file's, the database's, and the fingerprint the export carries. 2. What
    was changed in the file alone is applied, what was changed in both is a problem. 3. What the merged plan would hold
    that the checks of a plan file refuse, and the stored plan does not, is a problem too.
    """
    return _Comparison(file, stored, day, place).merge()


class _Comparison:
    def __init__(self, file: PlanFile, stored: PlanFile, day: date, place: FindCell) -> None:
        self.file, self.stored, self.day, self.place = file, stored, day, place
        self.ours: PartValues = plan_parts(stored)
        self.theirs: PartValues = plan_parts(as_stored(file, day))
        self.base = {part.of: parse_fingerprints(part.was) for part in file.exported.parts} if file.exported else None
        self.reasons = {f"actions {ref_key(action.ref)}": action.moved_because or "" for action in file.actions}
        self.paths = dict(zip(self.theirs, _paths(file), strict=True))
        self.found = Merge(stored, revision_of(self.ours))

    def merge(self) -> Merge:
        """Return everything that importing would do."""
        found = self.found
        for name, theirs in self.theirs.items():
            if name in self.ours:
                self._part(name, self.ours[name], theirs)
            elif self.base is not None and name in self.base:
                self._gone(name, theirs)
            else:
                found.added.append(name)
        found.absent = [
            part_label(name)
            for name in self.ours
            if name not in self.theirs and (self.base is None or name in self.base)
        ]
        self._beside()
        values = self._merged()
        if not found.problems:
            found.problems = self._new_problems(values)
        if not found.problems:
            found.merged = PlanFile.model_validate(values)
        return found

    def _beside(self) -> None:
        """Compare administrators' last days and quiet days; the file may know a person by another account."""
        same = same_people(people_mentioned(self.stored))
        ours, theirs = people_settings(self.stored), people_settings(as_stored(self.file, self.day), same)
        for name, part in theirs.items():
            self.paths[name] = (name.split(" ")[0],)
            if name in ours and name.startswith(ADMINISTRATORS):
                self._part(name, ours[name], part)
            elif name.startswith(QUIET):
                self._quiet(name, ours.get(name, {}), part)
            elif self.base is not None and name in self.base:
                self.found.gone.append(part_label(name))
            else:
                self.found.new_administrators.append(part_label(name))
        absent = [name for name in ours if name not in theirs and (self.base is None or name in self.base)]
        self.found.absent += [part_label(name) for name in absent]

    def _quiet(self, name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Keep days that are new in the file and end those it no longer has; without fingerprints none end."""
        base = {} if self.base is None else self.base.get(name, {})
        for days in sorted({*ours, *theirs}):
            was, now = ours.get(days), theirs.get(days)
            if was != now and (days in base) is (now is None):
                self.found.changes.append(Change(name, days, was, now))

    def _part(self, name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        base = None if self.base is None else self.base.get(name, {})
        ignored = False
        for key in [*theirs, *(key for key in ours if key not in theirs)]:
            was, now = ours.get(key), theirs.get(key)
            if was == now or (name.startswith("actions ") and key in NOT_COMPARED):
                continue
            changed_there = base is not None and _changed(now, key, base)
            if base is not None and not changed_there:
                continue
            if base is None and key == "aliases" and set(now or ()) < set(was or ()):
                continue  # a file that was never exported says nothing against names learnt since
            if name.startswith("actions ") and key in HISTORY_FIELDS:
                ignored = True
            elif base is None or _changed(was, key, base):
                self._conflict(name, key, was, now)
            else:
                self._change(name, key, was, now, ours)
        if ignored:
            self.found.ignored.append(part_label(name))

    def _change(self, name: str, key: str, was: Any, now: Any, ours: Mapping[str, Any]) -> None:
        reason = ""
        if name.startswith("actions ") and key in ("due", "board"):
            reason = self.reasons.get(name, "")
            moves = ours.get("due") is not None
            if moves and ours.get("status") in _CLOSED:
                self._problem(
                    name, key, now, "the action is closed, so it is due at nothing", f"write {value_text(was)} again"
                )
                return
            if moves and not reason:
                wrong = f"its due meeting is moved from {value_text(ours.get('due'))} without a reason"
                if key == "board":
                    wrong = "its due meeting is moved to another board without a reason"
                self._problem(name, key, now, wrong, "write why under `moved_because:`")
                return
        called = str(ours.get("title") or ours.get("name") or "")
        self.found.changes.append(Change(name, key, was, now, reason if key == "due" else "", called))

    def _conflict(self, name: str, key: str, was: Any, now: Any) -> None:
        if self.file.exported is None:
            wrong = f'the plan says "{value_text(was)}", and the file carries no revision to tell which is newer'
            self._problem(name, key, now, wrong, "write what the plan says, or export the plan and change that file")
            return
        since = f"{self.file.exported.on:%d %b %Y}"
        wrong = f'since the export of {since} the plan says "{value_text(was)}"'
        self._problem(name, key, now, wrong, "write that here, or export again and change that file")

    def _gone(self, name: str, theirs: Mapping[str, Any]) -> None:
        base = (self.base or {})[name]
        if all(not _changed(theirs.get(key), key, base) for key in {*theirs, *base}):
            self.found.gone.append(part_label(name))
            return
        self._problem(
            name, "", None, "this has gone from the plan since the export", "export again and change that file"
        )

    def _problem(self, name: str, key: str, now: Any, wrong: str, right: str) -> None:
        path = (*self.paths[name], *([key] if key else []))
        cell = self.place(path)
        where = cell or f"{part_label(name)}{f', {key}' if key else ''}"
        text = None if now is None else value_text(now)
        right = in_headings(right) if cell else printable_line(right)
        self.found.problems.append(Problem(f"{name} {key}", None, text, printable_line(wrong), right, where))

    def _merged(self) -> dict[str, Any]:
        """Return the raw values of the stored plan with the changes made and what is new added."""
        values = copy.deepcopy(plan_values(self.stored))
        places = raw_parts(values)
        for change in self.found.changes:
            if change.part.startswith((ADMINISTRATORS, QUIET)):
                continue
            part = places[change.part]
            if change.now is None:
                part.pop(change.field, None)
            else:
                part[change.field] = change.now
        for name in self.found.added:
            section = name.split(" ")[0]
            part = copy.deepcopy(self.theirs[name])
            if section == "meetings":
                board = next(board for board in values["boards"] if board["key"] == name.split(" ")[1])
                board.setdefault("meetings", []).append(part)
            else:
                values.setdefault(section, []).append(part)
        self._administrators(values)
        return values

    def _administrators(self, values: dict[str, Any]) -> None:
        there = {account for one in self.stored.administrators for account in (one.email, one.slack) if account}
        for someone in self.file.administrators if self.found.new_administrators else ():
            if not there & {someone.email, someone.slack}:
                values.setdefault("administrators", []).append(plan_values(someone))

    def _new_problems(self, values: dict[str, Any]) -> list[Problem]:
        before = {str(problem) for problem in _problems(plan_values(self.stored))}
        return [
            Problem(problem.path, None, problem.said, problem.wrong, problem.right, _in_words(problem.path, values))
            for problem in _problems(values)
            if str(problem) not in before
        ]


def _changed(value: Any, key: str, base: Mapping[str, str]) -> bool:
    return (None if value is None else fingerprint(value)) != base.get(key)


def _paths(file: PlanFile) -> Iterator[ValuePath]:
    """Yield the path of each part in the file, in the order in which `plan_parts` gives the parts."""
    yield ("plan",)
    for section in ("themes", "organisations", "posts", "priorities"):
        yield from ((section, at) for at in range(len(getattr(file, section))))
    for at, board in enumerate(file.boards):
        yield ("boards", at)
        yield from (("boards", at, "meetings", number) for number in range(len(board.meetings)))
    for section in ("actions", "measures", "values", "risks", "assessments"):
        yield from ((section, at) for at in range(len(getattr(file, section))))


def _problems(values: Mapping[str, Any]) -> tuple[Problem, ...]:
    try:
        checked_plan(values, Problems({}), "")
    except PlanFileRefused as refused:
        return refused.problems
    return ()


def _in_words(path: str, values: Mapping[str, Any]) -> str:
    """Return a path as people read it: `heard-4, due` for `actions[3].due`."""
    found = _INDEX.match(path)
    if not found:
        return path
    part = values[found[1]][int(found[2])]
    name = part.get("ref") or part.get("key") or part.get("number") or ""
    rest = path[found.end() :].lstrip(".")
    if found[3]:
        meeting = part["meetings"][int(found[3])]
        name = f"{name} {meeting.get('date') or meeting.get('expected')}"
    return f"{name}, {rest}" if rest else str(name)
