"""*Edit…* on an action's card: words, kind, what it serves, lead; who changed what from what stays on record."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from handlers.actions.add_form import KINDS, SERVES, read_serves, serves_typed
from handlers.actions.assignments import give, told_said
from handlers.actions.new_actions import served
from handlers.actions.replans import ReplanIt
from handlers.buttons import UNDO_MINUTES
from handlers.context import RequestContext
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.form_texts import form_response, one_line_in
from handlers.formatting import status_said
from handlers.people.menus import posts
from handlers.permissions import About, NotHere, may
from handlers.preconditions import wrong_field
from handlers.press_codec import OnAction, OnDraft, Words, has_changed, number_in, press_button, stands_as
from handlers.responses import Field, FormErrors, NotDone, NoticeOut, Response, receipt, say
from models.enums import OPEN, AnswerKind, Kind, Status, Verb
from models.plan.action_rows import priority_ids_of, set_priorities
from models.records.entry_reads import latest_update
from models.records.history import mark_stale, record_replan, record_update
from models.records.named_mentions import name_mentions
from models.records.partner_parts import parts_of_action
from models.rules.lengths import MAX_WORDS
from models.storage.tables import Action

DRAFT = "edit"
NO_DUE = "a standing commitment has no due meeting"
UNDONE = "the edit that made it a standing commitment was undone"
CHANGES = (AnswerKind.REWORDED, AnswerKind.EDITED, AnswerKind.ASSIGNED)


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an action can be edited."""

    words: str
    kind: Kind
    theme_id: int | None
    priority_ids: tuple[int, ...]
    lead_post_id: int | None
    due_meeting_id: int | None

    @property
    def edited(self) -> tuple[object, ...]:
        """What of it the form shows."""
        return self.words, self.kind, self.theme_id, self.priority_ids, self.lead_post_id


def shape_of(ctx: RequestContext, action: Action) -> Shape:
    """Return an action as it stands."""
    return Shape(
        action.words,
        action.kind,
        action.theme_id,
        priority_ids_of(ctx.session, action),
        action.lead_post_id,
        action.due_meeting_id,
    )


def may_edit(ctx: RequestContext, action: Action) -> bool:
    """Return whether the asker may edit an action: if they may add one to its board's list."""
    return may(ctx.roles, Verb.ADD, About(action.lead_post_id, action.board_id))


def _check_editable(ctx: RequestContext, action: Action) -> None:
    """End the request where an action cannot be edited, or not by the asker."""
    if not may_edit(ctx, action):
        secretary = ctx.secretary(action.board_id)
        whose = f"the board’s secretary{f' ({secretary})' if secretary else ''}"
        raise NotDone(say(f"{action.ref} was not changed: {whose} does that."))
    if action.status not in OPEN:
        raise NotDone(say(f"{action.ref} is {status_said(action.status)}, so it was not changed."))


class EditIt(OnAction):
    """*Edit…*."""

    verb = "edit"


class EditForm(OnAction):
    """Its form; `stood`: how the action stood when it was opened."""

    verb = "edit"

    stood: Words = ""


class UndoEdit(OnDraft):
    """*Undo* after an edit, by the name of the draft that keeps how it was."""

    verb = "editback"


def edit_form(ctx: RequestContext, action: Action, _value: EditIt) -> Response:
    """Answer the button *Edit…*: the form with how it stands. Of one partner's part only the lead is its own."""
    _check_editable(ctx, action)
    now = shape_of(ctx, action)
    fields = []
    if action.parent_id is None:
        fields += [
            Field("words", "What is to be done?", initial=now.words, max_length=MAX_WORDS),
            Field("kind", "Kind", "choice", initial=now.kind.value, choices=KINDS),
            replace(SERVES, initial=serves_typed(ctx, now.theme_id, now.priority_ids)),
        ]
    if not parts_of_action(ctx.session, action):
        fields.append(
            Field(
                "lead",
                "Lead",
                kind="choice",
                initial=str(now.lead_post_id or ""),
                choices=posts(ctx),
                source="posts",
                optional=now.lead_post_id is None,
            )
        )
    return form_response(
        f"Edit {action.ref}",
        EditForm(action=action.id, stood=stands_as(*now.edited)),
        "Change",
        *fields,
        note="What it was stays in its history.",
    )


def edit_sent(ctx: RequestContext, action: Action, value: EditForm, fields: Mapping[str, str]) -> Response:
    """Take in the form *Edit…*: only what differs is changed, and nothing where others changed it meanwhile."""
    _check_editable(ctx, action)
    before = shape_of(ctx, action)
    if has_changed(value.stood, before.edited):
        return say(
            f"{action.ref} was changed while the form was open, so nothing of yours was stored: please look again.",
            typed=fields.get("words", ""),
            buttons=(press_button("Edit…", EditIt(action=action.id)),),
        )
    after = _read(ctx, action, before, fields)
    if after == before:
        raise wrong_field(next(iter(fields), "lead"), "Nothing is different yet: change it, or cancel.")
    changed, notices = _change(ctx, action, before, after)
    kept = {**asdict(before), "action": action.id, "last": _last_change(ctx, action)}
    name = keep_draft(ctx, DRAFT, json.dumps(kept, ensure_ascii=False))
    buttons = [press_button("Undo", UndoEdit(draft=name))]
    intro = list(changed)
    if after.lead_post_id != before.lead_post_id and after.lead_post_id is not None:
        intro.append(told_said(ctx, [action], after.lead_post_id))
    if action.kind is not Kind.STANDING and action.due_meeting_id is None and action.due_date is None:
        intro.append("It has no due meeting yet.")
        buttons.append(press_button("Re-plan…", ReplanIt(action=action.id)))
    return receipt(f"Changed {action.ref}.", *intro, buttons=tuple(buttons), notices=notices)


def _read(ctx: RequestContext, action: Action, before: Shape, fields: Mapping[str, str]) -> Shape:
    """Return what the action is to be from the form's fields."""
    given = {name: text.strip() for name, text in fields.items()}
    after, errors = before, dict[str, str]()
    if "words" in given and action.parent_id is None:
        words = before.words if given["words"] == before.words else one_line_in(fields, "words")
        if not words:
            errors["words"] = "Say what is to be done."
        try:
            kind = Kind(given.get("kind", ""))
        except ValueError:
            raise wrong_field("kind", "Choose one of the three.") from None
        if wrong := _kind_wrong(action, kind):
            errors["kind"] = wrong
        theme_id, priority_ids = served(ctx, read_serves(ctx, given.get("serves", ""), kind, errors))
        due = None if kind is Kind.STANDING else before.due_meeting_id
        after = Shape(words, kind, theme_id, tuple(sorted(priority_ids)), before.lead_post_id, due)
    if given.get("lead"):
        lead = number_in(given["lead"])
        if lead not in ctx.posts:
            errors["lead"] = "Choose a post of this plan."
        after = replace(after, lead_post_id=lead)
    if errors:
        raise NotDone(Response(FormErrors(errors)))
    return after


def _kind_wrong(action: Action, kind: Kind) -> str:
    if kind is action.kind:
        return ""
    if kind is Kind.STANDING and action.status is Status.PROPOSED:
        return "It is proposed for closure, and a standing commitment is never complete: the board decides first."
    if action.due_date is not None and action.due_meeting_id is None:
        return "It is due on a day, and only a board action is: re-plan it to a meeting first."
    return ""


def _change(ctx: RequestContext, action: Action, before: Shape, after: Shape) -> tuple[list[str], list[NoticeOut]]:
    """Write what differs into the action, its parts and history; return the changes in sentences, and notices."""
    said: list[str] = []
    notices: list[NoticeOut] = []
    whole = [action, *parts_of_action(ctx.session, action)]
    changes = []
    for row in whole:
        words = name_mentions(ctx.session, after.words, ctx.today)
        row.words, row.kind, row.theme_id = words, after.kind, after.theme_id
    if after.kind is not before.kind:
        changes.append(f"kind: {before.kind.value} → {after.kind.value}")
    if (after.theme_id, after.priority_ids) != (before.theme_id, before.priority_ids):
        for row in whole:
            set_priorities(ctx.session, row, after.priority_ids)
        was, now = (serves_typed(ctx, one.theme_id, one.priority_ids) or "nothing" for one in (before, after))
        changes.append(f"serves: {was} → {now}")
    if after.words != before.words:
        record_update(ctx.session, action, AnswerKind.REWORDED, ctx.signed(), words=before.words)
        said += [f"Words: “{after.words}”", f"Before: “{before.words}”"]
    if changes:
        record_update(ctx.session, action, AnswerKind.EDITED, ctx.signed(), words="; ".join(changes))
        said += [f"{change[:1].upper()}{change[1:]}." for change in changes]
    if after.due_meeting_id != before.due_meeting_id:
        reason = NO_DUE if after.due_meeting_id is None else UNDONE
        record_replan(ctx.session, action, after.due_meeting_id, reason, ctx.signed(), counted=False)
        if after.due_meeting_id is None:
            said.append("It has no due meeting any more.")
    if after.lead_post_id != before.lead_post_id:
        notices = give(ctx, action, after.lead_post_id, "", {})
        was, now = (ctx.posts.get(one.lead_post_id or 0, "no lead") for one in (before, after))
        said.append(f"Lead: {was} → {now}.")
    for part in whole[1:]:
        mark_stale(ctx.session, part)
    return said, notices


def _last_change(ctx: RequestContext, action: Action) -> int:
    """Return the latest entry that changed what the action is."""
    last = latest_update(ctx.session, action.id, CHANGES)
    return last.id if last is not None else 0


def edit_back(ctx: RequestContext, value: UndoEdit) -> Response:
    """Answer *Undo* after an edit: all of it is as it was, by new entries; by its writer, within ten minutes."""
    row = named_draft(ctx, DRAFT, value.draft)
    if row is None:
        return say(NotHere("That was undone already, or is too long ago: nothing was changed."))
    kept = json.loads(row.words)
    action = ctx.action_by_id(kept.pop("action"))
    last = kept.pop("last")
    if action is None:
        return say(NotHere("That action is not in this plan any more, so nothing was changed."))
    _check_editable(ctx, action)
    if ctx.now > row.at + timedelta(minutes=UNDO_MINUTES):
        return say(f"That is more than {UNDO_MINUTES} minutes ago, so {action.ref} stays as it is: edit it again.")
    if _last_change(ctx, action) != last:
        return say(f"{action.ref} was changed again meanwhile, so nothing was undone: “/cypp history {action.ref}”.")
    use_draft(ctx, row)
    before = Shape(**{**kept, "kind": Kind(kept["kind"]), "priority_ids": tuple(kept["priority_ids"])})
    now = shape_of(ctx, action)
    if Kind.STANDING not in (before.kind, now.kind):
        # The edit did not touch its due meeting: a re-plan since stays.
        before = replace(before, due_meeting_id=now.due_meeting_id)
    changed, notices = _change(ctx, action, now, before)
    return receipt(f"Undone: {action.ref} is as it was.", *changed, "Both stay in its history.", notices=notices)
