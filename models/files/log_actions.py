"""Actions of a log, and how they are stored: as what is new or differs in the stored plan, by the import's comparison.

Source: docs/explanation/action-logs.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from models.enums import NEEDS_REASON, AnswerKind, Kind, Way
from models.files.log_rows import LogAction, LogNames
from models.files.merging.apply import merge_plan
from models.files.merging.compare import Merge
from models.files.merging.fingerprints import export_record
from models.files.planfile import PlanFile
from models.files.planfile.part_names import key_from
from models.files.planfile.writer import plan_values
from models.files.stored_plan import NO_REASON, stored_plan
from models.plan.queries import zone_of
from models.records.history import Signed, record_update
from models.rules.calendar import local_day
from models.rules.refs import ref_key
from models.storage.history_tables import Replan, Update
from models.storage.tables import Action


def merge_log(
    session: Session,
    workspace_id: str,
    board: str,
    actions: Sequence[LogAction],
    names: LogNames,
    label: str,
    signed: Signed,
    *,
    dry_run: bool = False,
) -> Merge:
    """Store the actions of a log under a board, or say what that would do; what the plan says already is left alone.

    A ref that is there already is the same action: what differs is changed, its history stays.

    Raises:
        PlanFileRefused: with every problem. Then, and with `dry_run`, nothing is stored.
    """
    day = local_day(signed.at, zone_of(session, workspace_id))
    stored, _ = stored_plan(session, workspace_id, day)
    values = plan_values(stored)
    _add_names(values, names)
    known = {ref_key(one["ref"]): one for one in values.get("actions", [])}
    new, kept = [], list[str]()
    since = _changed_since(session)
    for action in actions:
        said = _values(action, board, label)
        there = known.get(ref_key(action.ref))
        if there is None:
            new.append(action)
            values.setdefault("actions", []).append(said)
        else:
            kept += _change(there, said, label, since.get(ref_key(action.ref), frozenset()))
    file = PlanFile.model_validate(values).model_copy(update={"exported": export_record(stored, day)})
    merge = merge_plan(
        session, workspace_id, file, label, signed.at, signature=signed.signature, dry_run=dry_run,
        place=lambda path: "",
    )  # fmt: skip
    merge.kept = kept
    if not dry_run and new:
        _note(session, new, label, signed)
    return merge


def new_key(title: str) -> str:
    """Return the key of a post that a log brings, made from its title."""
    return key_from(title)


def _note(session: Session, new: Sequence[LogAction], label: str, signed: Signed) -> None:
    """Begin the history of each new action with the log it is from."""
    places = {ref_key(action.ref): action.place for action in new}
    by_import = Signed(signed.person_id, signed.post_id, signed.signature, Way.IMPORT, signed.at)
    for row in session.scalars(select(Action).where(Action.ref_key.in_(places)).order_by(Action.id)):
        words = f"from {label}, {places[row.ref_key]}" if places[row.ref_key] else f"from {label}"
        record_update(session, row, AnswerKind.ADDED, by_import, words=words)


_FIELDS_CHANGED = {
    AnswerKind.ADDED: (),
    AnswerKind.REWORDED: ("words",),
    AnswerKind.ASSIGNED: ("lead",),
    AnswerKind.EDITED: ("priorities", "supporting"),
}


def _changed_since(session: Session) -> dict[str, set[str]]:
    """Return the fields of actions from logs that people changed since, by the keys of their refs."""
    moved = select(Action.ref_key, Replan.at, literal(None), Replan.way).join(Replan, Replan.action_id == Action.id)
    changed = select(Action.ref_key, Update.at, Update.kind, Update.way).join(Update, Update.action_id == Action.id)
    entries = [
        *session.execute(changed.where(Update.kind.in_(_FIELDS_CHANGED)).order_by(Update.id)),
        *session.execute(moved.order_by(Replan.id)),
    ]
    found: dict[str, set[str]] = {}
    for key, _, kind, way in sorted(entries, key=lambda entry: entry[1]):
        fields = ("due", "due_date") if kind is None else _FIELDS_CHANGED[kind]
        if way is Way.IMPORT:
            found.setdefault(key, set()).difference_update(fields)
        elif key in found:
            found[key].update(fields)
    return found


def _add_names(values: dict[str, Any], names: LogNames) -> None:
    posts = {post["key"]: post for post in values.get("posts", [])}
    for key, others in names.aliases.items():
        if key in posts:
            posts[key]["aliases"] = list(dict.fromkeys((*posts[key].get("aliases", ()), *others)))
    for post in names.posts:
        key = new_key(post.title)
        if key not in posts:
            new = {"key": key, "title": post.title, "organisation": post.organisation, "aliases": list(post.also)}
            values.setdefault("posts", []).append(new)


def _values(action: LogAction, board: str, label: str) -> dict[str, Any]:
    """Return an action as a plan file has it."""
    update = action.update or (NO_REASON if action.status in NEEDS_REASON else "")
    said: dict[str, Any] = {
        "ref": action.ref,
        "number": str(action.number) if action.number else None,
        "kind": str(action.kind),
        "words": action.words,
        "priorities": [str(number) for number in action.priorities],
        "lead": action.lead,
        "supporting": list(action.supporting),
        "board": board,
        "due": str(action.meeting) if action.meeting else None,
        "first_due": str(action.first_meeting) if action.first_meeting and action.meeting else None,
        "due_date": str(action.day) if action.day else None,
        "given": {"meeting": str(action.given)} if action.given and action.kind is Kind.BOARD_ACTION else None,
        "status": str(action.status),
        "status_words": update,
        "status_date": str(action.updated) if action.updated and update else None,
        "evidence": action.evidence,
        "source": {
            name: text for name, text in (("document", action.source or label), ("as_printed", action.printed)) if text
        },
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _change(there: dict[str, Any], said: Mapping[str, Any], label: str, since: Collection[str]) -> list[str]:
    """Bring an action of the plan to what a log says of it, and return what was left as it is.

    What the log leaves out stays, and so does what people changed `since` it was read.
    """
    kept = [name for name in since if said.get(name) and said[name] != there.get(name)]
    said = {name: value for name, value in said.items() if name not in since}
    for name in ("words", "lead", "priorities", "supporting"):
        if said.get(name) and not (name == "priorities" and there.get("theme")):
            there[name] = said[name]
    if any(said.get(name) and said[name] != there.get(name) for name in ("due", "due_date")):
        for name in ("due", "due_date"):
            there.pop(name, None)
        there |= {name: said[name] for name in ("due", "due_date") if name in said}
        there["kind"] = said["kind"]
        there["moved_because"] = f"{label} says so"
    if printed := said.get("source", {}).get("as_printed"):
        there["source"] = {**there.get("source", {}), "as_printed": printed}
    return [f"{there['ref']}, {name.replace('_', ' ')}" for name in sorted(kept)]
