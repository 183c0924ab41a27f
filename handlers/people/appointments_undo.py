"""*Undo* of who holds a post, is its contact officer or stands in: as it was before, while nothing newer is known.

Appointments keep no history, so what they were is kept for a day, for whoever changed them.

Source: docs/explanation/what-people-write.md, What is taken back.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers.context import RequestContext
from handlers.drafts import draft_name, keep_draft, latest_draft, named_draft, use_draft
from handlers.formatting import listed
from handlers.people.lead_changes import handed_over_notices
from handlers.people.lookup import name_of
from handlers.permissions import About, NotHere, may, why_not
from handlers.press_codec import OnDraft, press_button
from handlers.responses import Button, NoticeOut, Response, receipt, say
from models.enums import Capacity, Verb
from models.plan.action_reads import open_actions_led_by
from models.plan.people_reads import person_by_id
from models.plan.serving import ActingRow, acting_rows, set_acting
from models.storage.tables import Appointment

_KIND = "appointments"
_GONE = NotHere("That was undone already, or a day has passed: nothing was changed. Say who acts for the post instead.")
_AS = {
    Capacity.HOLDER: "{who} holds {post}, as before.",
    Capacity.CONTACT: "{who} is contact officer for {post}, as before.",
    Capacity.DEPUTY: "{who} stands in for {post}, as before.",
}


class UndoAppointments(OnDraft):
    """*Undo* under the receipt of who acts for a post, by what was kept of it."""

    verb = "undoappointments"


def undo_appointments_button(ctx: RequestContext, posts: Sequence[int], before: Iterable[ActingRow]) -> Button:
    """Return *Undo* for a change of who acts for some posts, which is stored already; `before`: who acted until now."""
    return _button(keep_draft(ctx, _KIND, json.dumps([[*before], acting_rows(ctx.session, posts)])))


def _button(name: str) -> Button:
    return press_button("Undo", UndoAppointments(draft=name))


def undo_appointments(ctx: RequestContext, value: UndoAppointments) -> Response:
    """Answer *Undo*: whoever acted for the posts does so again."""
    row = named_draft(ctx, _KIND, value.draft)
    if row is None:
        return say(_GONE)
    before, after = ([(*one,) for one in some] for some in json.loads(row.words))
    posts = sorted({one[0] for one in (*before, *after)})
    held, holds = (_holders(some) for some in (after, before))
    verb = Verb.DEPUTISE if held == holds else Verb.PEOPLE
    if not all(may(ctx.roles, verb, About(post)) for post in posts):
        return say(why_not(verb))
    said = listed([ctx.posts.get(post, "that post") for post in posts])
    if acting_rows(ctx.session, posts) != after:
        return say(f"Who acts for {said} has changed since, so nothing was undone.")
    use_draft(ctx, row)
    rows = set_acting(ctx.session, posts, before)
    again = [one for one in rows if one.last_day is None or one.last_day >= ctx.today]
    lines = [
        _AS[one.capacity].format(who=name_of(person_by_id(ctx.session, one.person_id)), post=ctx.posts[one.post_id])
        for one in again
        if one.capacity is not Capacity.CONTACT or held == holds
    ]
    notices = [] if held == holds else [one for post in posts for one in _told(ctx, post, held, again)]
    told = "They are told in working hours." if notices else ""
    first = lines[0] if lines else f"nobody acts for {said}, as before."
    return receipt(f"Undone: {first}", *lines[1:], told, notices=notices)


def _holders(rows: Iterable[Sequence[object]]) -> set[tuple[object, ...]]:
    return {(*one,) for one in rows if one[2] == Capacity.HOLDER.value}


def _told(
    ctx: RequestContext, post: int, held: Iterable[tuple[object, ...]], again: Iterable[Appointment]
) -> list[NoticeOut]:
    """Return what the holder and whoever held the post in between are told."""
    holder = next((one for one in again if (one.post_id, one.capacity) == (post, Capacity.HOLDER)), None)
    if holder is None:
        return []
    between = [int(str(one[1])) for one in held if one[0] == post and one[1] != holder.person_id]
    actions = open_actions_led_by(ctx.session, post)
    return handed_over_notices(actions, post, holder.id, holder.person_id, between)


def latest_appointment_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last changed who acts for a post within a day, which, and its *Undo*; None for none."""
    row = latest_draft(ctx, _KIND)
    if row is None:
        return None
    posts = sorted({one[0] for some in json.loads(row.words) for one in some})
    return row.at, f"who acts for {listed([ctx.posts.get(post, 'a post') for post in posts])}", _button(draft_name(row))
