"""`deputy` and `contact officer`: who stands in for a post for a range of days, and who gets its requests beside it.

A lead names them for the own posts, a secretary or administrator for any (docs/explanation/boards-and-dates.md, Words).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from handlers.commands.people import NameContact, NameDeputy
from handlers.context import RequestContext
from handlers.form_texts import form_response
from handlers.formatting import day_said, listed
from handlers.people.appointments_undo import undo_appointments_button
from handlers.people.lookup import (
    PostFound,
    find_account,
    find_post,
    name_of,
    own_post,
    post_words,
    read_as,
)
from handlers.permissions import About, may, why_not
from handlers.preconditions import wrong_field
from handlers.press_codec import Day, PressValue, Words, press_button
from handlers.responses import Button, Choice, Content, Field, NotDone, Response, receipt, say
from models.enums import Capacity, Verb
from models.plan.people_reads import person_by_id
from models.plan.people_rows import add_person
from models.plan.serving import (
    acting_rows,
    appoint,
    appoint_deputy,
    appointments,
    end,
    in_force,
    posts_held,
    reachable,
    to_come,
)
from models.storage.tables import Appointment, Person

LONGEST_DEPUTY = 366
"""Days: somebody who stands in for longer holds the post, or is its contact officer."""
EXAMPLE = "“/cypp deputy @person until 12/9”"


def name_deputy(ctx: RequestContext, command: NameDeputy) -> Response:
    """Name somebody who stands in, or take them off."""
    if not command.who:
        return who_stands_in(ctx, command.first, command.last)
    if command.remove and not command.post:
        return _taken_off_everywhere(ctx, command.who, Capacity.DEPUTY)
    posts = _posts(ctx, command.post, lambda key: _again(command, key), all_own=True)
    someone = find_account(
        ctx, command.who, lambda who: _again(replace(command, who=who), command.post and posts[0].post.key)
    )
    if command.remove:
        return _taken_off(ctx, someone, posts, Capacity.DEPUTY)
    wrong = days_wrong(ctx, command.first, command.last)
    if wrong:
        return say(wrong, buttons=(name_button(command.first, None, someone.slack_user),))
    assert command.last is not None  # noqa: S101 - days_wrong asks for it
    return stand_in(ctx, someone, posts, command.first or ctx.today, command.last)


def name_contact(ctx: RequestContext, command: NameContact) -> Response:
    """Name a contact officer, or take one off."""

    def again(key: str) -> str:
        return f"contact officer {'remove ' if command.remove else ''}{command.who} for {key}"

    if command.remove and not command.post:
        return _taken_off_everywhere(ctx, command.who, Capacity.CONTACT)
    posts = _posts(ctx, command.post, again, all_own=False)
    someone = find_account(ctx, command.who, lambda who: f"contact officer {who} for {posts[0].post.key}")
    if command.remove:
        return _taken_off(ctx, someone, posts, Capacity.CONTACT)
    found = posts[0]
    serving = _of(ctx, someone, found.post.id)
    if any(row.capacity in (Capacity.HOLDER, Capacity.CONTACT) and in_force(row, ctx.today) for row in serving):
        held = any(row.capacity is Capacity.HOLDER and in_force(row, ctx.today) for row in serving)
        what = "holds" if held else "is contact officer for"
        return say(f"{name_of(someone)} {what} {found.post.label} already: nothing was changed.")
    before = acting_rows(ctx.session, [found.post.id])
    add_person(ctx.session, someone)
    appoint(ctx.session, found.post.id, someone.id, Capacity.CONTACT, ctx.today, None)
    return read_as(
        receipt(
            f"{name_of(someone)} is contact officer for {found.post.label} now.",
            "They get its requests beside its holder, and may answer.",
            _no_account(ctx, someone),
            buttons=(undo_appointments_button(ctx, [found.post.id], before),),
        ),
        found,
    )


def stand_in(ctx: RequestContext, someone: Person, posts: list[PostFound], first: date, last: date) -> Response:
    """Store a deputy for some posts; one who stood in already gets the new days."""
    for found in posts:
        if any(r.capacity is Capacity.HOLDER and in_force(r, first) for r in _of(ctx, someone, found.post.id)):
            return say(
                f"{name_of(someone)} holds {found.post.label}, so they cannot stand in for it: nothing was changed."
            )
    others: list[str] = []
    ids = [found.post.id for found in posts]
    before = acting_rows(ctx.session, ids)
    add_person(ctx.session, someone)
    for found in posts:
        beside = appoint_deputy(ctx.session, found.post.id, someone.id, first, last, ctx.today)
        others += [name_of(person_by_id(ctx.session, one)) for one in beside]
    labels = listed([found.post.label for found in posts])
    also = f"Beside {listed(list(dict.fromkeys(others)))}, who stands in too." if others else ""
    given = receipt(
        f"{name_of(someone)} stands in for {labels} from {day_said(first)} until {day_said(last)}.",
        "They alone get the requests on those days, and may answer.",
        also,
        _no_account(ctx, someone),
        buttons=(undo_appointments_button(ctx, ids, before),),
    )
    return read_as(given, posts[0]) if len(posts) == 1 else given


def days_wrong(ctx: RequestContext, first: date | None, last: date | None) -> str:
    """Return why nobody can stand in on these days; "" where somebody can."""
    if last is None:
        return f"Until when? Nothing was recorded yet: {EXAMPLE}."
    if last < ctx.today:
        return f"{day_said(last)} is past, so nothing was recorded: name a coming day, with its year."
    start = first or ctx.today
    if last < start:
        return f"{day_said(last)} comes before {day_said(start)}, so nothing was recorded: say the first day first."
    if (last - max(start, ctx.today)).days > LONGEST_DEPUTY:
        return (
            "That is longer than a year, so nothing was recorded: a contact officer or a new holder lasts longer, "
            "for instance “/cypp contact officer @person for Head of Education”."
        )
    return ""


def _again(command: NameDeputy, key: str) -> str:
    """Return the words that ask the same for one post."""
    words = f"deputy {'remove ' if command.remove else ''}{command.who}" + (f" for {key}" if key else "")
    words += f" from {command.first.isoformat()}" if command.first else ""
    return words + (f" until {command.last.isoformat()}" if command.last else "")


def _posts(ctx: RequestContext, typed: str, again: Callable[[str], str], *, all_own: bool) -> list[PostFound]:
    """Return the posts that are meant, checked: the one named; else the own one, or all of one's own."""
    if typed:
        found = find_post(ctx, typed, again)
        check_may_deputise(ctx, found.post.id)
        return [found]
    own = own_posts(ctx)
    if not own:
        check_may_deputise(ctx)
        example = "For instance “/cypp deputy @person for Head of Education until 12/9”."
        raise NotDone(say("For which post? Nothing was changed yet.", example))
    words = {post.id: post for post in post_words(ctx)}
    if all_own:
        return [PostFound(words[one]) for one in own]
    return [PostFound(words[own_post(ctx, own, again)])]


def check_may_deputise(ctx: RequestContext, *posts: int) -> None:
    """End the request of somebody who may not say who stands in for each of some posts, or for any post."""
    if not all(may(ctx.roles, Verb.DEPUTISE, About(post)) for post in posts or (None,)):
        raise NotDone(say(why_not(Verb.DEPUTISE)))


def own_posts(ctx: RequestContext) -> tuple[int, ...]:
    """Return the posts somebody holds; where they hold none, those they otherwise act for."""
    if ctx.roles.person_id is None:
        return ()
    held = posts_held(ctx.session, ctx.roles.person_id, ctx.today)
    return tuple(dict.fromkeys(held or ctx.roles.posts))


def _of(ctx: RequestContext, someone: Person, post_id: int) -> list[Appointment]:
    rows = appointments(ctx.session, post_id)
    return [row for row in rows if row.person_id == someone.id]


def _taken_off_everywhere(ctx: RequestContext, who: str, capacity: Capacity) -> Response:
    """Take somebody off every post for which the asker may say so, where no post was named."""
    if not own_posts(ctx):
        check_may_deputise(ctx)
    someone = find_account(ctx, who)
    words = {post.id: post for post in post_words(ctx)}
    served = {
        row.post_id
        for row in appointments(ctx.session)
        if row.person_id == someone.id and row.capacity is capacity and to_come(row, ctx.today)
    }
    posts = [PostFound(words[post]) for post in served if may(ctx.roles, Verb.DEPUTISE, About(post))]
    if not posts:
        whose = "any post" if may(ctx.roles, Verb.DEPUTISE) else "a post of yours"
        return say(f"{name_of(someone)} is no {capacity.value} for {whose}: nothing was changed.")
    return _taken_off(ctx, someone, posts, capacity)


def _taken_off(ctx: RequestContext, someone: Person, posts: list[PostFound], capacity: Capacity) -> Response:
    """End an appointment from today on."""
    off: list[str] = []
    ids = [found.post.id for found in posts]
    before = acting_rows(ctx.session, ids)
    for found in posts:
        for row in _of(ctx, someone, found.post.id):
            if row.capacity is capacity and to_come(row, ctx.today):
                end(ctx.session, row, ctx.today - timedelta(days=1))
                off.append(found.post.label)
    if not off:
        labels = listed([found.post.label for found in posts])
        return say(f"{name_of(someone)} is no {capacity.value} for {labels}: nothing was changed.")
    labels = listed(list(dict.fromkeys(off)))
    undo = (undo_appointments_button(ctx, ids, before),)
    if capacity is Capacity.CONTACT:
        return receipt(f"{name_of(someone)} is no longer contact officer for {labels}.", buttons=undo)
    return receipt(
        f"{name_of(someone)} no longer stands in for {labels}.",
        "Requests go to the post’s holder and contact officers again.",
        buttons=undo,
    )


def _no_account(ctx: RequestContext, someone: Person) -> str:
    if someone.id in reachable(ctx.session):
        return ""
    return f"{name_of(someone)} has no account here, so no request can reach them: the secretary gets an e-mail text."


# -- the form


class DeputyForm(PressValue):
    """*Name a deputy…*, and its form: the days and the person that are known already."""

    verb = "namedeputy"
    old_form = ("first", "last", "user")

    first: Day = None
    last: Day = None
    user: Words = ""


def name_button(first: date | None, last: date | None, user: str = "") -> Button:
    """Return *Name a deputy…*, with the days and the person that are known already."""
    return press_button("Name a deputy…", DeputyForm(first=first, last=last, user=user))


def who_stands_in(ctx: RequestContext, first: date | None, last: date | None) -> Response:
    """Answer `deputy` without a name: how to say it, and the form."""
    if not own_posts(ctx):
        check_may_deputise(ctx)
    return say(
        f"Who stands in, and until when? Nothing was recorded yet: {EXAMPLE}.", buttons=(name_button(first, last),)
    )


def deputised(ctx: RequestContext) -> tuple[Choice, ...]:
    """Return the posts that somebody may name a deputy for, their own first."""
    own = own_posts(ctx)
    anyone = may(ctx.roles, Verb.DEPUTISE)
    several = (Choice("own", "All of mine"),) if len(own) > 1 else ()
    first = several or tuple(Choice(str(post), ctx.posts[post]) for post in own)
    rows = sorted(ctx.posts.items(), key=lambda row: row[1])
    others = tuple(Choice(str(post), label) for post, label in rows if anyone or post in own)
    return (*first, *(one for one in others if one not in first))


def deputy_form(ctx: RequestContext, value: DeputyForm) -> Response:
    """Answer the button *Name a deputy…*."""
    own = own_posts(ctx)
    if not own:
        check_may_deputise(ctx)
    choices = deputised(ctx)
    return form_response(
        "Name a deputy",
        DeputyForm(),
        "Record",
        Field("who", "Who stands in?", "person", initial=value.user),
        Field(
            "post",
            "For which post?",
            kind="choice",
            choices=choices,
            source="deputised",
            initial=choices[0].value if own else "",
        ),
        Field("first", "From", "date", initial=(value.first or ctx.today).isoformat()),
        Field("last", "Until, that day included", "date", initial=value.last.isoformat() if value.last else ""),
        intro=("They alone get the requests on those days, and may answer.",),
    )


def deputy_sent(ctx: RequestContext, _value: DeputyForm, fields: Mapping[str, str]) -> Response:
    """Take in the form *Name a deputy…*."""
    days: dict[str, date] = {}
    for name in ("first", "last"):
        try:
            days[name] = date.fromisoformat(fields.get(name, ""))
        except ValueError:
            raise wrong_field(name, "Choose a day.") from None
    wrong = days_wrong(ctx, days["first"], days["last"])
    if wrong:
        raise wrong_field("last", wrong)
    words = {str(post.id): PostFound(post) for post in post_words(ctx)}
    chosen = fields.get("post", "")
    posts = (
        [words[str(one)] for one in own_posts(ctx)] if chosen == "own" else [words[chosen]] if chosen in words else []
    )
    if not posts:
        raise wrong_field("post", "Choose a post of this plan.")
    check_may_deputise(ctx, *(found.post.id for found in posts))
    try:
        someone = find_account(ctx, f"<@{fields.get('who', '')}>")
    except NotDone as ended:
        content = ended.response.content
        why = content.headline if isinstance(content, Content) else "Choose somebody else."
        raise wrong_field("who", why) from None
    return stand_in(ctx, someone, posts, days["first"], days["last"])
