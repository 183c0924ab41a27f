"""`handover POST to @person [from DATE]`: who holds a post. The old holder's last day is the day before."""

from datetime import timedelta

from handlers.commands.people import HandOver
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, number_said
from handlers.people.appointments_undo import undo_appointments_button
from handlers.people.lead_changes import handed_over_notices
from handlers.people.lookup import find_account, find_post, name_of, read_as
from handlers.permissions import may, why_not
from handlers.responses import NoticeOut, Response, receipt, say
from models.enums import Capacity, Verb
from models.plan.action_reads import open_actions_led_by
from models.plan.people_reads import person_by_id
from models.plan.people_rows import add_person
from models.plan.serving import acting_rows, appointments, hand_over, in_force, to_come

LONGEST_AHEAD = 366
LONGEST_AGO = 92
"""Days: a handover of longer ago is history that others have written meanwhile."""


def hand_post_over(ctx: RequestContext, command: HandOver) -> Response:
    """Make somebody the holder of a post from a day on; the post keeps its actions."""
    if not may(ctx.roles, Verb.PEOPLE):
        return say(why_not(Verb.PEOPLE))
    start = command.start or ctx.today
    if not -LONGEST_AGO <= (start - ctx.today).days <= LONGEST_AHEAD:
        return say(f"{day_said(start)} is too far from today, so nothing was changed: name a day nearer to it.")
    since = f" from {start.isoformat()}" if command.start else ""
    found = find_post(ctx, command.post, lambda key: f"handover {key} to {command.who}{since}")
    someone = find_account(ctx, command.who, lambda who: f"handover {found.post.key} to {who}{since}")
    post_id, label = found.post.id, found.post.label
    holding = [
        row for row in appointments(ctx.session, post_id) if row.capacity is Capacity.HOLDER and to_come(row, start)
    ]
    if [row.person_id for row in holding] == [someone.id] and in_force(holding[0], start):
        return say(f"{name_of(someone)} holds {label} already: nothing was changed.")
    began = max((row.first_day for row in holding if row.first_day and in_force(row, start)), default=None)
    if began is not None and start <= began and command.start is not None and start < ctx.today:
        holder = name_of(person_by_id(ctx.session, holding[0].person_id))
        return say(
            f"{label} has been held by {holder} since {day_said(began)}, so nothing was changed: name a later day."
        )
    before_it = acting_rows(ctx.session, [post_id])
    new = f"{name_of(someone)} is new here: nobody had that address." if someone.id is None else ""
    add_person(ctx.session, someone)
    done = hand_over(ctx.session, post_id, someone.id, start)
    former = [person for one in done.former if (person := person_by_id(ctx.session, one)) is not None]
    actions = open_actions_led_by(ctx.session, post_id)
    notices: list[NoticeOut] = handed_over_notices(actions, post_id, done.appointment_id, someone.id, done.former)
    until = day_said(start - timedelta(days=1))
    before = f"Before: {listed([name_of(one) for one in former])}, until {until}." if former else "It was vacant."
    goes = (
        f"{number_said(len(actions), 'open action')} {'goes' if len(actions) == 1 else 'go'} with it: "
        f"{listed([action.ref for action in actions])}."
        if actions
        else "It leads no open action."
    )
    told = "They are told in working hours." if actions and someone.slack_user and not someone.unreachable else ""
    return read_as(
        receipt(
            f"{name_of(someone)} holds {label} from {day_said(start)}.",
            new if not someone.slack_user else "",
            before,
            goes,
            told,
            buttons=(undo_appointments_button(ctx, [post_id], before_it),),
            notices=notices,
        ),
        found,
    )
