"""Write what `compare` found into the database, in the caller's transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, Capacity, MeetingState, Way
from models.files.import_plan import PartRow, PlanLoader, refuse_second_plan, stored_source
from models.files.merging.appointments import merge_serving
from models.files.merging.compare import Change, FindCell, Merge, compare, value_text
from models.files.merging.people_settings import ADMINISTRATORS, QUIET, PeopleSettingsWriter
from models.files.plan_measures import add_values
from models.files.plan_risks import add_assessments
from models.files.planfile import PlanFile, PlanFileRefused, schema
from models.files.stored_plan import stored_plan
from models.plan.queries import forget_plan, post_labels, zone_of
from models.records.history import Signed, record_replan, record_update
from models.records.settings_log import record_meeting_in_use, record_setting_changes
from models.rules.calendar import local_day
from models.rules.refs import ref_key
from models.storage.tables import (
    Action,
    ActionPriority,
    ActionSupport,
    Board,
    Meeting,
    Organisation,
    Plan,
    PlanMeasure,
    PlanRisk,
    Post,
    Priority,
    Theme,
)

EDITED_FIELDS = ("kind", "theme", "priorities", "supporting", "due_date")
"""Fields of an action beside its words; a change of one is an entry in its history."""
_SERVING = {"holder": Capacity.HOLDER, "contact_officers": Capacity.CONTACT, "deputies": Capacity.DEPUTY}
"""The fields of a post that say who acts for it."""
FIRST_DUE_SET = "due meeting given by an import"


def merge_plan(
    session: Session,
    workspace_id: str,
    file: PlanFile,
    name: str,
    now: datetime,
    *,
    place: FindCell = lambda path: "",
    signature: str = "",
    dry_run: bool = False,
) -> Merge:
    """Import a plan file over the stored plan, and return what that did, or would do.

    `signature`: of what is written; "import of NAME" without one.

    Raises:
        PlanFileRefused: with every conflict.
        Refusal: the file holds another plan altogether. Then, and with `dry_run`, nothing is written.
    """
    day = local_day(now, zone_of(session, workspace_id))
    stored, _ = stored_plan(session, workspace_id, day)
    if file.exported is None and file.plan.name != stored.plan.name:
        refuse_second_plan(session)
    merge = compare(file, stored, day, place)
    if merge.problems:
        raise PlanFileRefused(name, merge.problems)
    if not dry_run and not merge.nothing_to_do:
        signed = Signed(None, None, signature or f"import of {name}", Way.IMPORT, now)
        _Writer(session, workspace_id, merge, signed, day).write()
    return merge


class _Writer:
    """Write one merge: what is new first, then what changed, so that changes can name what is new."""

    def __init__(self, session: Session, workspace_id: str, merge: Merge, signed: Signed, day: date) -> None:
        self.session, self.workspace_id, self.merge, self.signed, self.day = session, workspace_id, merge, signed, day
        self.plan = merge.merged
        self.loader = PlanLoader(session, workspace_id, merge.merged, signed.at, signature=signed.signature)
        self._know()

    def write(self) -> None:
        """Write everything the merge holds."""
        known = {row.id: row.starts_at for row in self.session.scalars(select(Meeting))}
        self._plan([change for change in self.merge.changes if change.part == "plan"])
        last = self.session.scalar(select(func.max(Action.position)))
        self.loader.add_parts(set(self.merge.added).__contains__, 0 if last is None else last + 1)
        changed = {change.part for change in self.merge.changes}
        for part in self.loader.parts():
            if part.name in changed:
                self._set(part)
        posts = {f"posts {post.key}": post for post in self.plan.posts}
        beside = PeopleSettingsWriter(self.session, self.loader, self.plan, self.signed, self.day)
        for change in self.merge.changes:
            section, _, name = change.part.partition(" ")
            if section == "posts" and change.field in _SERVING:
                wanted = getattr(posts[change.part], change.field) or ()
                people = wanted if isinstance(wanted, tuple) else (wanted,)
                merge_serving(self.loader, self.day, posts[change.part], _SERVING[change.field], people)
            elif section == ADMINISTRATORS:
                beside.administrator(name, change.now)
            elif section == QUIET:
                beside.quiet(name, change.field, change.now)
        self._actions()
        add_values(self.session, self.plan, changed.__contains__, self.signed, self.day)
        add_assessments(self.session, self.plan, changed.__contains__, self.signed, self.day)
        self.session.flush()
        self._meetings(known)

    def _meetings(self, before: Mapping[int, datetime | None]) -> None:
        """Record which meetings are new, or begin at another time since the plan is of another zone."""
        for meeting in self.session.scalars(select(Meeting).order_by(Meeting.id)).all():
            if meeting.id not in before or before[meeting.id] != meeting.starts_at:
                record_meeting_in_use(self.session, meeting, self.signed, before.get(meeting.id))

    def _know(self) -> None:
        """Fill in the ids of what the keys of the file stand for."""
        loader, zone = self.loader, zone_of(self.session, self.workspace_id)
        for table, known in (
            (Theme, loader.themes),
            (Organisation, loader.organisations),
            (Post, loader.posts),
            (Board, loader.boards),
        ):
            rows = self.session.execute(select(table.key, table.id))
            known.update({row[0]: row[1] for row in rows})
        numbers = select(Priority.number, Priority.id)
        loader.priorities.update({row[0]: row[1] for row in self.session.execute(numbers)})
        for keyed, ids in ((PlanMeasure, loader.measures), (PlanRisk, loader.risks)):
            ids.update({row[0]: row[1] for row in self.session.execute(select(keyed.ref_key, keyed.id))})
        meetings = select(Board.key, Meeting).join(Board, Board.id == Meeting.board_id)
        for key, meeting in self.session.execute(meetings):
            when = local_day(meeting.starts_at, zone) if meeting.starts_at else meeting.expected
            loader.meetings[(key, when)] = meeting.id

    def _plan(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        row = self.session.scalars(select(Plan)).one()
        head = self.plan.plan
        before, after = ZoneInfo(row.zone), ZoneInfo(head.zone)
        row.name, row.area, row.zone, row.starts, row.ends = head.name, head.area, head.zone, head.starts, head.ends
        forget_plan(self.session, self.workspace_id)
        if before != after:
            # A meeting at two o'clock stays at two o'clock.
            for meeting in self.session.scalars(select(Meeting)):
                if meeting.starts_at is not None:
                    meeting.starts_at = meeting.starts_at.astimezone(before).replace(tzinfo=after)

    def _set(self, part: PartRow) -> None:
        """Write the columns of a part that is stored already."""
        row = self.session.get_one(part.table, part.ids[part.key])
        if isinstance(row, Board | Organisation):
            record_setting_changes(self.session, row, part.values, self.signed)
            return
        for name, value in part.values.items():
            setattr(row, name, value)
        if isinstance(row, Post):
            self.session.flush()
            self.session.refresh(row)

    def _actions(self) -> None:
        changes: dict[str, list[Change]] = {}
        for change in self.merge.changes:
            if change.part.startswith("actions "):
                changes.setdefault(change.part.removeprefix("actions "), []).append(change)
        if not changes:
            return
        rows = {row.ref_key: row for row in self.session.scalars(select(Action)) if row.ref_key in changes}
        files = {ref_key(action.ref): action for action in self.plan.actions if ref_key(action.ref) in changes}
        labels = post_labels(self.session)
        for key, some in changes.items():
            self._action(rows[key], files[key], some, labels)

    def _action(
        self, row: Action, action: schema.FileAction, changes: Sequence[Change], labels: dict[int, str]
    ) -> None:
        fields = {change.field for change in changes}
        home = self.plan.home_board(action).key
        worded = row.words
        row.ref, row.ref_key, row.number = action.ref, ref_key(action.ref), action.number
        row.kind, row.words, row.due_date = action.kind, action.words, action.due_date
        row.theme_id = self.loader.themes.get(action.theme or "")
        row.board_id = self.loader.boards[home]
        if "part" in fields:
            self.loader.set_part(row, action)
        if "given" in fields:
            row.given_meeting_id = self.loader.given_meeting_id(action, home)
            row.minute = (action.given.minute or "") if action.given else ""
        if "source" in fields:
            kept = {name: text for name, text in row.source.items() if name not in schema.ActionSource.model_fields}
            row.source = {**stored_source(action.model_copy(update={"evidence": None, "agreed": None})), **kept}
        if "priorities" in fields:
            self.session.execute(delete(ActionPriority).where(ActionPriority.action_id == row.id))
            self.loader.add_priorities(row.id, action)
        if "supporting" in fields:
            self.session.execute(delete(ActionSupport).where(ActionSupport.action_id == row.id))
            self.loader.add_supporting(row.id, action)
        self.session.flush()
        if "words" in fields:
            record_update(self.session, row, AnswerKind.REWORDED, self.signed, words=worded)
        edited = [
            f"{one.field.replace('_', ' ')}: {value_text(one.was)} → {value_text(one.now)}"
            for one in changes
            if one.field in EDITED_FIELDS
        ]
        if edited:
            record_update(self.session, row, AnswerKind.EDITED, self.signed, words="; ".join(edited))
        if "lead" in fields:
            before = labels.get(row.lead_post_id or 0, "no lead")
            row.lead_post_id = self.loader.posts.get(action.lead or "")
            after = labels.get(row.lead_post_id or 0, "no lead")
            record_update(self.session, row, AnswerKind.ASSIGNED, self.signed, words=f"{before} → {after}")
        to = self.loader.meeting_id(home, action.due)
        if to != row.due_meeting_id and fields & {"due", "board", "kind"}:
            reason = next((change.reason for change in changes if change.reason), "") or FIRST_DUE_SET
            record_replan(self.session, row, to, reason, self.signed, counted=not self._was_cancelled(row))

    def _was_cancelled(self, row: Action) -> bool:
        """Return whether the due meeting was cancelled: such a re-plan is shown and not counted."""
        meeting = self.session.get(Meeting, row.due_meeting_id) if row.due_meeting_id else None
        return meeting is not None and meeting.state is MeetingState.CANCELLED
