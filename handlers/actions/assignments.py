"""Who leads an action: `assign`, `handover REF to POST`, and *Assign…* and *Leave* under one whose lead is in question.

A changed lead is a handover: the entry says from whom to whom, and both are told (`handlers.people.lead_changes`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.buttons import UNDO_HOURS, AssignIt
from handlers.commands.people import Assign
from handlers.context import RequestContext
from handlers.form_texts import form_intro, form_response, said_in
from handlers.formatting import listed, number_said, status_said
from handlers.people.lead_changes import new_lead_notices
from handlers.people.lookup import (
    PostFound,
    ask_who,
    find_account,
    find_post,
    hand_over_words,
    own_post,
    post_words,
    read_as,
)
from handlers.people.menus import posts
from handlers.permissions import About, NotHere, may, why_not
from handlers.preconditions import action_named, wrong_field
from handlers.press_codec import Numbers, OnAction, PressValue, number_in, press_button
from handlers.reading.normalise import join_words as either
from handlers.reading.people_commands import WHO
from handlers.responses import Button, Field, NotDone, NoticeOut, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import OPEN, AnswerKind, Verb
from models.plan.people_reads import post_by_id
from models.plan.serving import posts_held, reachable, recipients
from models.records.entry_reads import latest_update, recorded_since, update_by_id
from models.records.history import record_update
from models.records.partner_parts import parts_of_action
from models.rules.lengths import MAX_REASON
from models.storage.history_tables import Update
from models.storage.tables import Action

_NO_LEAD, _TO_POST, _TAKEN_BACK = "no lead", " → ", "taken back"
"""What stands in the words of an entry about a lead."""
_ASSIGNED = frozenset((AnswerKind.ASSIGNED,))


def assign(ctx: RequestContext, command: Assign) -> Response:
    """Assign actions to another lead: all of them, or none and the sentence that says why."""
    actions: list[Action] = []
    more = ("None of the others was changed either.",) if len(command.refs) > 1 else ()
    for ref in command.refs:
        action = action_named(ctx, ref)
        _check_lead_may_change(ctx, action, *more)
        actions.append(action)
    if len(command.reason) > MAX_REASON:
        return say(f"A reason holds {MAX_REASON:,} characters, so nothing was changed: please shorten it.")
    check_reason(ctx, command.reason)
    found = _to(ctx, command)
    return read_as(_given(ctx, actions, found.post.id, command.reason), found)


def _check_lead_may_change(ctx: RequestContext, action: Action, *more: str) -> None:
    """End the request where the lead of an action cannot be changed, or not by the asker."""
    if not may(ctx.roles, Verb.ASSIGN, About(action.lead_post_id, action.board_id)):
        raise NotDone(say(why_not(Verb.ASSIGN, action.ref, secretary=ctx.secretary(action.board_id)), *more))
    if action.status not in OPEN:
        raise NotDone(say(f"{action.ref} is {status_said(action.status)}, so its lead was not changed.", *more))
    parts = [part.ref for part in parts_of_action(ctx.session, action) if part.status in OPEN]
    if parts:
        led = f"{action.ref} is led by its partners, each for its own part, so its lead was not changed"
        raise NotDone(say(f"{led}: name the part, {either(parts)}.", *more))


def _to(ctx: RequestContext, command: Assign) -> PostFound:
    """Return the post that leads from now on: named, or the one that somebody named holds."""

    def again(key: str) -> str:
        because = f" because {command.reason}" if command.reason else ""
        return f"assign {', '.join(command.refs)} to {key}{because}"

    if command.to.startswith("@") and (asked := ask_who(ctx, again(command.to))) is not None:
        raise NotDone(asked)
    if not WHO.fullmatch(command.to):
        return find_post(ctx, command.to, again, f"Who leads {listed(command.refs)}? ")
    someone = find_account(ctx, command.to)
    held = tuple(posts_held(ctx.session, someone.id, ctx.today))
    if not held:
        example = f"Name the post, for instance “/cypp assign {command.refs[0]} to Head of Education”."
        raise NotDone(say("Actions are led by posts, and that person holds none: nothing was changed.", example))
    post_id = own_post(ctx, held, again)
    return PostFound(next(post for post in post_words(ctx) if post.id == post_id))


def _given(ctx: RequestContext, actions: Sequence[Action], post_id: int, reason: str) -> Response:
    """Store the new lead of each action, and say what was stored."""
    label = ctx.posts[post_id]
    changed = [action for action in actions if action.lead_post_id != post_id or action.lead_in_question]
    same = [action.ref for action in actions if action not in changed]
    if not changed:
        return say(f"{listed(same)} {'is' if len(same) == 1 else 'are'} led by {label} already: nothing was changed.")
    notices: list[NoticeOut] = []
    former: dict[int | None, list[str]] = {}
    for action in changed:
        notices += give(ctx, action, post_id, reason, former)
    refs = [action.ref for action in changed]
    before = [
        f"Before: {ctx.posts.get(post or 0, 'no lead')}" + (f" ({listed(some)})" if len(former) > 1 else "") + "."
        for post, some in former.items()
    ]
    if same:
        before.append(f"{listed(same)} {'was' if len(same) == 1 else 'were'} theirs already.")
    entries = [one for action in changed if (one := latest_update(ctx.session, action.id, _ASSIGNED)) is not None]
    undo = (press_button("Undo", UndoLeads(entries=tuple(one.id for one in entries))),)
    return receipt(
        f"{listed(refs)} {'is' if len(refs) == 1 else 'are'} led by {label} now.",
        f"“{reason}”" if reason else "",
        *before,
        told_said(ctx, changed, post_id),
        buttons=undo,
        notices=notices,
    )


def give(
    ctx: RequestContext, action: Action, post_id: int | None, reason: str, former: dict[int | None, list[str]]
) -> list[NoticeOut]:
    """Write the new lead of one action into it and its history; return what others are to be told."""
    before = action.lead_post_id
    former.setdefault(before, []).append(action.ref)
    was, now = (ctx.posts.get(one or 0, _NO_LEAD) for one in (before, post_id))
    words = f"{was}{_TO_POST}{now}" + (f": {reason}" if reason else "")
    action.lead_post_id = post_id
    entry = record_update(ctx.session, action, AnswerKind.ASSIGNED, ctx.signed(), words=words)
    return new_lead_notices(action, entry.id, before)


class UndoLeads(PressValue):
    """*Undo* under the receipt of changed leads, by their entries."""

    verb = "undoleads"
    old_form = ("entries",)

    entries: Numbers = ()


def undo_leads(ctx: RequestContext, value: UndoLeads) -> Response:
    """Answer *Undo*: each action is led as before, by a new entry; all of them, or none and why not."""
    posts = {label: number for number, label in ctx.posts.items()}
    back: list[tuple[Action, int | None]] = []
    for number in value.entries:
        entry = update_by_id(ctx.session, number)
        action = ctx.action_by_id(entry.action_id) if entry is not None else None
        if entry is None or action is None:
            return say(NotHere("That entry is not in this plan, so nothing was changed."))
        _check_lead_may_change(ctx, action)
        latest = latest_update(ctx.session, action.id, _ASSIGNED)
        before = entry.words.partition(_TO_POST)[0]
        if latest is None or latest.id != number:
            return say(f"The lead of {action.ref} has changed since, so nothing was undone.")
        if ctx.now - entry.at > timedelta(hours=UNDO_HOURS):
            return say(f"That was more than a day ago, so {action.ref} stays: “/cypp assign {action.ref} to …”.")
        if before != _NO_LEAD and before not in posts:
            return say(f"{before} has another name by now, so nothing was undone: “/cypp assign {action.ref} to …”.")
        back.append((action, posts.get(before)))
    notices: list[NoticeOut] = []
    lines = []
    for action, post_id in back:
        notices += give(ctx, action, post_id, _TAKEN_BACK, {})
        lines.append(f"{action.ref} is led by {ctx.posts.get(post_id or 0, 'nobody')}, as before.")
    return receipt(f"Undone: {lines[0]}", *lines[1:], "Both entries stay in the history.", notices=notices)


def latest_lead_undone(ctx: RequestContext, refs: Sequence[str]) -> tuple[datetime, str, Button] | None:
    """Return when the asker last changed leads within a day, what that was, and its *Undo*; None where nothing was."""
    mine = [
        one
        for one in recorded_since(ctx.session, Update, ctx.now - timedelta(hours=UNDO_HOURS))
        if one.kind is AnswerKind.ASSIGNED and ctx.wrote(one)
    ]
    actions = {one.id: action for one in mine if (action := ctx.action_by_id(one.action_id)) is not None}
    named = [one for one in mine if one.id in actions and (not refs or actions[one.id].ref in refs)]
    if not named or named[0].words.endswith(_TAKEN_BACK):
        return None
    together = [one for one in named if (one.at, one.message) == (named[0].at, named[0].message)]
    said = f"{listed([actions[one.id].ref for one in reversed(together)])}, lead changed"
    return named[0].at, said, press_button("Undo", UndoLeads(entries=tuple(one.id for one in together)))


def told_said(ctx: RequestContext, actions: Sequence[Action], post_id: int) -> str:
    """Return whether the new lead will hear of it, and why not."""
    quiet = [
        calendar.board.name
        for calendar in ctx.calendars.values()
        if calendar.board.started_at is None and calendar.board.id in {action.board_id for action in actions}
    ]
    if quiet:
        return f"Nobody is told: the reminders for the {quiet[0]} have not begun."
    serving = recipients(ctx.session, ctx.today).get(post_id, ())
    if not serving:
        says = hand_over_words(ctx, post_id)
        return f"The post is vacant, so nobody is told and nobody is asked: {says} says who holds it."
    if not any(one.person_id in reachable(ctx.session) for one in serving):
        return "Whoever acts for it has no account here, so please tell them yourself."
    return "Both sides are told in working hours."


def assign_form(ctx: RequestContext, action: Action, _value: AssignIt) -> Response:
    """Answer the button *Assign…*."""
    _check_lead_may_change(ctx, action)
    choices = posts(ctx)
    return form_response(
        f"Assign {action.ref}",
        AssignIt(action=action.id),
        "Assign",
        Field("post", "Who leads it?", "choice", choices=choices, source="posts"),
        Field("reason", "Why?", "line", optional=True, max_length=300),
        intro=(
            *form_intro(ctx, action),
            f"{number_said(len(choices), 'post')} of the plan; led by "
            f"{ctx.posts.get(action.lead_post_id or 0, 'nobody')} until now.",
        ),
    )


class LeaveIt(OnAction):
    """*Leave*, *Leave as it is*."""

    verb = "leave"


def leave_pressed(ctx: RequestContext, action: Action, _value: LeaveIt) -> Response:
    """Answer the button *Leave*."""
    lead = ctx.posts.get(action.lead_post_id or 0, "no lead")
    return say(f"Left as it is: {action.ref}, {lead}. Nothing was changed.")


def assign_sent(ctx: RequestContext, action: Action, _value: AssignIt, fields: Mapping[str, str]) -> Response:
    """Take in the form *Assign…*."""
    _check_lead_may_change(ctx, action)
    row = post_by_id(ctx.session, number_in(fields.get("post", "")))
    if row is None:
        raise wrong_field("post", "Choose a post of this plan.")
    if row.id == action.lead_post_id and not action.lead_in_question:
        raise wrong_field("post", "That post leads it already: choose another, or close this form.")
    return _given(ctx, [action], row.id, said_in(fields, "reason"))
