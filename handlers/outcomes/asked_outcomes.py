"""Ask what a board decided, or to which meeting something goes, with the answers as buttons.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.buttons import outcome_buttons
from handlers.context import RequestContext
from handlers.formatting import listed, meeting_said
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.people.menus import is_coming
from handlers.press_codec import ask_button
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.normalise import quoted
from handlers.reading.whose import Sureness
from handlers.responses import Button, Response, say
from models.enums import OPEN, Status
from models.storage.tables import Action

_MOST_MEETINGS = 3
_EACH = 2
"""Actions each of which gets its own buttons."""

AsUpdate = Callable[[Action, str], Button]
"""Returns the button that records words as an update on an action instead."""


def ask_what_was_decided(
    ctx: RequestContext,
    outcomes: OpenOutcomes,
    actions: Sequence[Action],
    part: DecidedPart,
    as_update: AsUpdate | None = None,
) -> Response:
    """Ask what the board decided, with the outcomes as buttons: for each action, or for all where they are many."""
    buttons: list[Button] = []
    when = ""
    for action in actions[:_EACH]:
        found = outcomes.at(action)
        if found is None:
            buttons.append(ask_button(f"Show {action.ref}", f"status {action.ref}"))
            continue
        calendar, meeting = found
        when = when or meeting_said(meeting, calendar)
        following = calendar.next(ctx.now)
        label = (following.id, meeting_said(following, calendar)) if following else None
        some = outcome_buttons(ctx.view(action.id), meeting.id, label)
        buttons += [replace(one, label=f"{one.label} ({action.ref})") for one in some] if len(actions) > 1 else some
        if as_update is not None and action.status in OPEN and action.status is not Status.PROPOSED and not actions[1:]:
            buttons.append(as_update(action, part.rest or part.said))
    if when and actions[_EACH:]:
        buttons = _for_all(ctx, actions)
    if not part.near and not when:
        return say("Which action is that about? Nothing was recorded.", typed=part.said, buttons=tuple(buttons))
    typed = tuple(typed for typed, _ in part.near)
    if typed and len(part.refs) > 1:
        refs = tuple(ask_button(one, f"status {one}") for one in part.refs[:5])
        return say(f"There is no action {typed[0]}: which is meant? Nothing was recorded.", buttons=refs)
    return say(
        f"What did the board of {when} decide on {listed([one.ref for one in actions])}? Nothing was recorded.",
        quoted(part.said),
        buttons=tuple(buttons),
    )


def _for_all(ctx: RequestContext, actions: Sequence[Action]) -> list[Button]:
    """Return the outcomes that many actions may share, none of which closes anything."""
    calendar, refs = ctx.calendar(actions[0].board_id), ", ".join(one.ref for one in actions)
    following = calendar.next(ctx.now) if calendar is not None else None
    buttons = [ask_button("No decision", f"outcome {refs} no decision")]
    if following is not None and calendar is not None:
        day = meeting_said(following, calendar)
        buttons.insert(0, ask_button(f"Carry forward to {day}", f"outcome {refs} carried forward to {day}"))
    return buttons + ([ask_button("What was due", f"due {calendar.board.key}")] if calendar is not None else [])


def to_which_meeting(ctx: RequestContext, actions: Sequence[Action], why: str) -> Response:
    """Ask to which of the coming meetings something is carried forward."""
    calendar = ctx.calendar(actions[0].board_id)
    coming = [one for one in calendar.meetings if is_coming(ctx, one)] if calendar else []
    refs = [one.ref for one in actions]
    reason = f" because {why}" if why else ""
    buttons = tuple(
        ask_button(
            f"Carry forward to {meeting_said(one, calendar)}",
            f"outcome {', '.join(refs)} carried forward to {meeting_said(one, calendar)}{reason}",
        )
        for one in coming[:_MOST_MEETINGS]
        if calendar is not None
    )
    return say(
        f"To which meeting {'is' if len(refs) == 1 else 'are'} {listed(refs)} carried forward? "
        f"Nothing was recorded for {'it' if len(refs) == 1 else 'them'} yet.",
        buttons=buttons,
    )


def ask_outcome(
    ctx: RequestContext, refs: Sequence[str], words: str, as_update: AsUpdate | None = None
) -> Response | None:
    """Ask what the board decided where its secretary says something of what was due at it, and no more is known.

    None unless the asker records the outcome of each action now, and leads none of them: what a lead says of its own
    action is an update.
    """
    outcomes = OpenOutcomes(ctx)
    actions = [action for ref in refs if (action := ctx.action(ref)) is not None]
    own = ctx.roles.posts
    if not actions or any(one.lead_post_id in own or outcomes.at(one) is None for one in actions):
        return None
    part = DecidedPart(tuple(refs), None, Sureness.DOUBTED, said=words)
    return ask_what_was_decided(ctx, outcomes, actions, part, as_update)
