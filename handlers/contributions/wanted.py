"""Which returns are wanted just now, and of whom: for whoever gives one, and for whoever keeps the board."""

from collections.abc import Collection

from handlers.context import RequestContext
from handlers.contributions.returns import Returns, returns_for
from handlers.contributions.shown import asked_of_partner, give_button
from handlers.formatting import day_said
from handlers.press_codec import ask_button
from handlers.responses import Group
from models.plan.people_reads import organisations_of
from models.plan.serving import Unserved, unserved
from models.records.partner_parts import short_name
from models.rules.facts import BoardCalendar, MeetingFacts


def returns_asked(ctx: RequestContext, meetings: Collection[tuple[BoardCalendar, MeetingFacts]]) -> list[Returns]:
    """Return what partners are asked for those of some meetings that are ahead and whose request is out."""
    return returns_for(
        ctx,
        [
            (calendar, meeting)
            for calendar, meeting in meetings
            if meeting.start > ctx.now and any(day <= ctx.today for _, day in calendar.dates(meeting).steps[:1])
        ],
    )


def wanted_of_me(ctx: RequestContext) -> tuple[Group, ...]:
    """Return each return that the asker's posts still owe for a board's next meeting, with its form."""
    coming = [(one, meeting) for one in ctx.calendars.values() if (meeting := one.next(ctx.now))]
    return tuple(
        Group(
            f"Contribution to {returns.theme.name} by {day_said(returns.calendar.dates(returns.meeting).updates_due)}",
            texts=(f"{whose.named}: for the {returns.named}.",),
            buttons=(give_button(returns, whose),),
        )
        for returns in (returns_asked(ctx, coming) if ctx.roles.posts else ())
        for whose in returns.owed
        if whose.post_id in ctx.roles.posts
    )


def silent_partners(ctx: RequestContext, returns: Returns) -> tuple[Group, ...]:
    """Return from which partners no return was received, by their short names; () where all are in."""
    lacking = _lacking(ctx, returns)
    names = {row.id: short_name(row.name, row.aliases, 0) for row in organisations_of(ctx.session)}
    said = []
    for one in (*returns.owed, *(one for one in returns.contributors if not one.post_id)):
        why = lacking.get(one.post_id, "") if one.post_id else "no post"
        named = one._replace(organisation=names[one.organisation_id]).named
        said.append(f"{named} (not asked: {why})" if why else named)
    if not said:
        return ()
    show = ask_button("Contributions", f"contributions for {returns.calendar.day(returns.meeting).isoformat()}")
    heading = f"No contribution received on {returns.theme.name} ({len(said)})"
    return (Group(heading, texts=("; ".join(said),), buttons=(show,)),)


def _lacking(ctx: RequestContext, returns: Returns) -> dict[int, Unserved]:
    """Return why the holder of a post that owes a return cannot be asked here, by post."""
    return unserved(ctx.session, ctx.today, {one.post_id for one in returns.owed})


def emails_for_returns(ctx: RequestContext, returns: Returns) -> tuple[str, ...]:
    """Return an e-mail text, ready to copy, for each who owes a return and cannot be written to here."""
    lacking = _lacking(ctx, returns).items()
    return tuple(email_for_return(ctx, returns, post) for post, why in lacking if why is Unserved.NO_ACCOUNT)


def email_for_return(ctx: RequestContext, returns: Returns, post_id: int) -> str:
    """Return an e-mail text, ready to copy, for the holder of a post who cannot be written to here."""
    held = next((one.holder for one in ctx.plan_names.posts if one.id == post_id), "")
    papers = day_said(returns.calendar.dates(returns.meeting).papers)
    return (
        f"To: {held or ctx.posts.get(post_id, '')}\n"
        f"Subject: Contribution wanted for the {returns.named}\n"
        f"The papers go out on {papers}. {asked_of_partner(returns)}"
    )
