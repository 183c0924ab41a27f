"""Leave announced in plain words: shown to confirm, never stored by itself. A machine that answers is left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.commands.people import KeepQuiet
from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.people.deputies import check_may_deputise, days_wrong, name_button, own_posts, stand_in
from handlers.people.lookup import PostFound, account_called, find_account, name_of, post_words, token_of
from handlers.people.quiet_days import be_quiet, quiet_wrong
from handlers.permissions import why_not
from handlers.press_codec import Day, PressValue, Words, press_button
from handlers.reading.changes.change_commands import deputy_for
from handlers.reading.leave import Leave, read_leave
from handlers.reading.normalise import quoted
from handlers.reading.social_acts import SocialReading
from handlers.reading.social_frames import Act
from handlers.responses import Response, say
from models.enums import Verb
from models.plan.serving import recipients
from models.storage.tables import Person

NOT_NOW = "Nothing was recorded."


def about_absence(
    ctx: RequestContext, text: str, social: SocialReading, owed: Callable[[], tuple[str, ...]]
) -> Response | None:
    """Return the answer to an absence; None where the words are about something else.

    `social`: which of the words are social acts; `owed`: the refs on which the asker owes an answer.
    """
    leave = read_leave(text, ctx.today, announced=social.asks is Act.AWAY)
    if leave is None:
        return None
    if leave.automatic:
        return Response(None)
    if not ctx.roles.posts:
        return Response(None) if social.whole else None
    own = {post.key for post in ctx.plan_names.posts if post.id in ctx.roles.posts}
    if deputy_for(text, ctx.vocabulary, ctx.today) - own:
        # For somebody else's post: a change, as it is said (docs/explanation/what-people-write.md, What is changed).
        return None
    if leave.say:
        quiet = tuple(
            press_button(_quiet_until(day), QuietUntil(first=leave.first or ctx.today, last=day))
            for day in leave.may_be
        )
        again = "Nothing was recorded yet: say it again with the date, for instance until 12/9."
        since = (f"Away from {day_said(leave.first)}.",) if leave.first else ()
        return say(leave.say, *since, again, buttons=(*quiet, name_button(leave.first, None)))
    first, last = leave.first or ctx.today, leave.last
    if last is not None and (wrong := days_wrong(ctx, first, last)):
        return say(wrong)
    by_name = account_called(ctx, leave.name) if leave.name else None
    if leave.who or by_name is not None:
        return _with_somebody(ctx, by_name or find_account(ctx, leave.who), first, last, leave.name)
    return _alone(ctx, leave, first, last, owed())


def _with_somebody(ctx: RequestContext, someone: Person, first: date, last: date | None, called: str) -> Response:
    """Ask about the person who stands in; `called` is a name others may share, so the form is offered too."""
    if last is None:
        return say(
            f"Until when does {name_of(someone)} stand in? Nothing was recorded yet.",
            f"Say for instance “/cypp deputy {name_or_at(someone.name)} until 12/9”.",
            buttons=(name_button(first, None, someone.slack_user), press_button("Not now", NotNow())),
        )
    return say(
        f"Away from {day_said(first)} until {day_said(last)}, and {name_of(someone)} stands in: is that right? "
        "Nothing was recorded yet.",
        buttons=(
            press_button("Record the deputy", RecordDeputy(first=first, last=last, who=token_of(someone)), "primary"),
            *((replace(name_button(first, last), label="Somebody else…"),) if called else ()),
            press_button("Not now", NotNow()),
        ),
    )


def name_or_at(name: str) -> str:
    """Return somebody as they would be typed."""
    return f"@{name}" if name else "@person"


def _alone(ctx: RequestContext, leave: Leave, first: date, last: date | None, owed: tuple[str, ...]) -> Response:
    """Ask who, from when and until when, where nobody is named who can be asked."""
    buttons = [name_button(first, last)]
    serving = recipients(ctx.session, first)
    posts = listed(sorted(ctx.posts[one] for one in ctx.roles.posts if one in ctx.posts))
    owes = (f"Before then an update is owed on {listed(owed)}.",) if owed else ()
    if last is None:
        if all(ctx.roles.person_id not in {one.person_id for one in serving.get(post, ())} for post in ctx.roles.posts):
            # Somebody stands in already.
            return Response(None)
        when = f" from {day_said(first)}" if leave.first else ""
        return say(
            f"Away{when}: until when, and does somebody stand in? Nothing was recorded yet.",
            f"You answer for {posts}. Say for instance “I’m on leave until 12/9, @person stands in”.",
            *owes,
            buttons=(*buttons, press_button("Neither", NotNow())),
        )
    said = "until" if first <= ctx.today else f"from {day_said(first)} until"
    said = "on" if first == last else said
    if not quiet_wrong(ctx, first, last):
        press = press_button(_quiet_until(last), QuietUntil(first=first, last=last))
        buttons.insert(0 if not leave.somebody else 1, press)
    who = f"I find no single account called {quoted(leave.name)}. " if leave.name else ""
    asks = f"{who}Who stands in? Name them with @, or choose:" if leave.somebody else "Does somebody stand in?"
    return say(
        f"Away {said} {day_said(last)}. {asks} Nothing was recorded yet.",
        buttons=(*buttons, press_button("Neither", NotNow())),
    )


def _quiet_until(last: date) -> str:
    return f"Quiet until {last:%a} {last.day} {last:%b}"


class RecordDeputy(PressValue):
    """*Record the deputy*: the days, and who stands in as a mention or an address."""

    verb = "recorddeputy"
    old_form = ("first", "last", "who")

    first: Day = None
    last: Day = None
    who: Words = ""


class QuietUntil(PressValue):
    """*Quiet until DATE*."""

    verb = "quietuntil"
    old_form = ("first", "last")

    first: Day = None
    last: Day = None


class NotNow(PressValue):
    """*Not now*, *Neither*."""

    verb = "notnow"


def record_deputy(ctx: RequestContext, value: RecordDeputy) -> Response:
    """Answer *Record the deputy*: for all the presser's own posts, checked again."""
    first, last = value.first, value.last
    own = own_posts(ctx)
    if first is None or last is None or not own:
        return say(why_not(Verb.DEPUTISE))
    check_may_deputise(ctx, *own)
    wrong = days_wrong(ctx, first, last)
    if wrong:
        return say(wrong)
    someone = find_account(ctx, value.who)
    words = {post.id: post for post in post_words(ctx)}
    return stand_in(ctx, someone, [PostFound(words[post]) for post in own], first, last)


def quiet_until(ctx: RequestContext, value: QuietUntil) -> Response:
    """Answer the button *Quiet until DATE*."""
    if value.first is None or value.last is None:
        return say(NOT_NOW)
    return be_quiet(ctx, KeepQuiet(value.first, value.last))
