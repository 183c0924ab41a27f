"""`deputy` and `contact officer`: who stands in for a post for a range of days, and who gets its requests beside it.

A lead names them for the own posts, a secretary or administrator for any (design, sections 1 and 5).
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from handlers.context import Round
from handlers.meant import find_account, find_post, known, name_of, own_post, post_words, read_as, token_of
from handlers.people_commands import NameContact, NameDeputy
from handlers.permissions import About, may, why_not
from handlers.replies import Answer, Button, Choice, Field, Form, FormErrors, Reply, say
from handlers.said.posts import PostFound
from handlers.wording import IN_PAPERS, day_said, listed
from models.enums import Capacity, Verb
from models.serving import appoint, appointments, end, in_force, posts_held, reachable, to_come
from models.tables import Appointment, Person

LONGEST = 366
"""Days: somebody who stands in for longer holds the post, or is its contact officer."""
EXAMPLE = "“/cypp deputy @person until 12/9”"


def name_deputy(asked: Round, command: NameDeputy) -> Answer:
    """Names somebody who stands in, or takes them off."""
    if not command.who:
        return who_stands_in(asked, command.first, command.last)
    if command.remove and not command.post:
        return _taken_off_everywhere(asked, command.who, Capacity.DEPUTY)
    posts = _posts(asked, command.post, lambda key: _again(command, key), all_own=True)
    if isinstance(posts, Answer):
        return posts
    someone = find_account(asked, command.who)
    if isinstance(someone, Answer):
        return someone
    if command.remove:
        return _taken_off(asked, someone, posts, Capacity.DEPUTY)
    wrong = days_wrong(asked, command.first, command.last)
    if wrong:
        return say(wrong, buttons=(name_button(command.first, None, someone.slack_user),))
    assert command.last is not None  # noqa: S101 - days_wrong asks for it
    return stand_in(asked, someone, posts, command.first or asked.today, command.last)


def name_contact(asked: Round, command: NameContact) -> Answer:
    """Names a contact officer, or takes one off."""

    def again(key: str) -> str:
        return f"contact officer {'remove ' if command.remove else ''}{command.who} for {key}"

    if command.remove and not command.post:
        return _taken_off_everywhere(asked, command.who, Capacity.CONTACT)
    posts = _posts(asked, command.post, again, all_own=False)
    if isinstance(posts, Answer):
        return posts
    someone = find_account(asked, command.who)
    if isinstance(someone, Answer):
        return someone
    if command.remove:
        return _taken_off(asked, someone, posts, Capacity.CONTACT)
    found = posts[0]
    serving = _of(asked, someone, found.post.id)
    if any(row.capacity in (Capacity.HOLDER, Capacity.CONTACT) and in_force(row, asked.today) for row in serving):
        held = any(row.capacity is Capacity.HOLDER and in_force(row, asked.today) for row in serving)
        what = "holds" if held else "is contact officer for"
        return say(f"{name_of(someone)} {what} {found.post.label} already: nothing was changed.")
    known(asked, someone)
    appoint(asked.session, asked.workspace_id, found.post.id, someone.id, Capacity.CONTACT, asked.today, None)
    undo = f"contact officer remove {token_of(someone)} for {found.post.key}"
    return read_as(
        Answer(
            Reply(
                f"{name_of(someone)} is contact officer for {found.post.label} now.",
                intro=("They get its requests beside its holder, and may answer.", *_no_account(asked, someone)),
                buttons=(Button("Undo", "ask", undo),),
            ),
            done=True,
        ),
        found,
    )


def stand_in(asked: Round, someone: Person, posts: list[PostFound], first: date, last: date) -> Answer:
    """Stores a deputy for some posts; one who stood in already gets the new days."""
    for found in posts:
        if any(r.capacity is Capacity.HOLDER and in_force(r, first) for r in _of(asked, someone, found.post.id)):
            return say(
                f"{name_of(someone)} holds {found.post.label}, so they cannot stand in for it: nothing was changed."
            )
    others: list[str] = []
    known(asked, someone)
    for found in posts:
        for row in appointments(asked.session, asked.workspace_id, found.post.id):
            if row.capacity is not Capacity.DEPUTY or not to_come(row, asked.today):
                continue
            overlaps = (row.first_day or first) <= last and first <= (row.last_day or last)
            if row.person_id == someone.id and overlaps:
                asked.session.delete(row)
            elif overlaps:
                others.append(name_of(asked.session.get(Person, row.person_id)))
        appoint(asked.session, asked.workspace_id, found.post.id, someone.id, Capacity.DEPUTY, first, last)
    labels = listed([found.post.label for found in posts])
    also = (f"Beside {listed(list(dict.fromkeys(others)))}, who stands in too.",) if others else ()
    undo = f"deputy remove {token_of(someone)}" + (f" for {posts[0].post.key}" if len(posts) == 1 else "")
    given = Answer(
        Reply(
            f"{name_of(someone)} stands in for {labels} from {day_said(first)} until {day_said(last)}.",
            intro=(
                "They alone get the requests on those days, and may answer.",
                *also,
                *_no_account(asked, someone),
            ),
            buttons=(Button("Undo", "ask", undo),),
        ),
        done=True,
    )
    return read_as(given, posts[0]) if len(posts) == 1 else given


def days_wrong(asked: Round, first: date | None, last: date | None) -> str:
    """Why nobody can stand in on these days; "" where somebody can."""
    if last is None:
        return f"Until when? Nothing was recorded yet: {EXAMPLE}."
    if last < asked.today:
        return f"{day_said(last)} is past, so nothing was recorded: name a coming day, with its year."
    start = first or asked.today
    if last < start:
        return f"{day_said(last)} comes before {day_said(start)}, so nothing was recorded: say the first day first."
    if (last - max(start, asked.today)).days > LONGEST:
        return (
            "That is longer than a year, so nothing was recorded: a contact officer or a new holder lasts longer, "
            "for instance “/cypp contact officer @person for Head of Education”."
        )
    return ""


def _again(command: NameDeputy, key: str) -> str:
    """The words that ask the same for one post."""
    words = f"deputy {'remove ' if command.remove else ''}{command.who} for {key}"
    words += f" from {command.first.isoformat()}" if command.first else ""
    return words + (f" until {command.last.isoformat()}" if command.last else "")


def _posts(asked: Round, typed: str, again: Callable[[str], str], *, all_own: bool) -> list[PostFound] | Answer:
    """The posts that are meant, checked: the one named; else the own one, or all of one's own."""
    if typed:
        found = find_post(asked, typed, again)
        if isinstance(found, Answer):
            return found
        if not may(asked.roles, Verb.DEPUTISE, About(found.post.id)):
            return say(why_not(Verb.DEPUTISE))
        return [found]
    own = own_posts(asked)
    if not own and may(asked.roles, Verb.DEPUTISE):
        return say(
            "For which post? Nothing was changed yet.",
            "For instance “/cypp deputy @person for Head of Education until 12/9”.",
        )
    if not own:
        return say(why_not(Verb.DEPUTISE))
    words = {post.id: post for post in post_words(asked)}
    if all_own:
        return [PostFound(words[one]) for one in own]
    one = own_post(asked, own, again)
    return one if isinstance(one, Answer) else [PostFound(words[one])]


def own_posts(asked: Round) -> tuple[int, ...]:
    """The posts somebody holds; where they hold none, those they otherwise act for."""
    if asked.roles.person_id is None:
        return ()
    held = posts_held(asked.session, asked.workspace_id, asked.roles.person_id, asked.today)
    return tuple(dict.fromkeys(held or asked.roles.posts))


def _of(asked: Round, someone: Person, post_id: int) -> list[Appointment]:
    rows = appointments(asked.session, asked.workspace_id, post_id)
    return [row for row in rows if row.person_id == someone.id]


def _taken_off_everywhere(asked: Round, who: str, capacity: Capacity) -> Answer:
    """The same where no post was named: for every post for which whoever asks may say so."""
    if not own_posts(asked) and not may(asked.roles, Verb.DEPUTISE):
        return say(why_not(Verb.DEPUTISE))
    someone = find_account(asked, who)
    if isinstance(someone, Answer):
        return someone
    words = {post.id: post for post in post_words(asked)}
    served = {
        row.post_id
        for row in appointments(asked.session, asked.workspace_id)
        if row.person_id == someone.id and row.capacity is capacity and to_come(row, asked.today)
    }
    posts = [PostFound(words[post]) for post in served if may(asked.roles, Verb.DEPUTISE, About(post))]
    if not posts:
        whose = "any post" if may(asked.roles, Verb.DEPUTISE) else "a post of yours"
        return say(f"{name_of(someone)} is no {capacity.value} for {whose}: nothing was changed.")
    return _taken_off(asked, someone, posts, capacity)


def _taken_off(asked: Round, someone: Person, posts: list[PostFound], capacity: Capacity) -> Answer:
    """Ends an appointment from today on."""
    off: list[str] = []
    for found in posts:
        for row in _of(asked, someone, found.post.id):
            if row.capacity is capacity and to_come(row, asked.today):
                end(asked.session, row, asked.today - timedelta(days=1))
                off.append(found.post.label)
    if not off:
        labels = listed([found.post.label for found in posts])
        return say(f"{name_of(someone)} is no {capacity.value} for {labels}: nothing was changed.")
    labels = listed(list(dict.fromkeys(off)))
    if capacity is Capacity.CONTACT:
        return Answer(Reply(f"{name_of(someone)} is no longer contact officer for {labels}."), done=True)
    intro = ("Requests go to the post’s holder and contact officers again.",)
    return Answer(Reply(f"{name_of(someone)} no longer stands in for {labels}.", intro=intro), done=True)


def _no_account(asked: Round, someone: Person) -> tuple[str, ...]:
    if someone.id in reachable(asked.session, asked.workspace_id):
        return ()
    return (
        f"{name_of(someone)} has no account here, so no request can reach them: the secretary gets an e-mail text.",
    )


# -- the form


def name_button(first: date | None, last: date | None, user: str = "") -> Button:
    """*Name a deputy…*, with the days and the person that are known already."""
    value = f"{first.isoformat() if first else ''}|{last.isoformat() if last else ''}|{user}"
    return Button("Name a deputy…", "namedeputy", value)


def who_stands_in(asked: Round, first: date | None, last: date | None) -> Answer:
    """`deputy` without anybody named: the way in words, and the form."""
    if not own_posts(asked) and not may(asked.roles, Verb.DEPUTISE):
        return say(why_not(Verb.DEPUTISE))
    return say(
        f"Who stands in, and until when? Nothing was recorded yet: {EXAMPLE}.", buttons=(name_button(first, last),)
    )


def deputised(asked: Round) -> tuple[Choice, ...]:
    """The posts that somebody may name a deputy for, their own first."""
    own = own_posts(asked)
    anyone = may(asked.roles, Verb.DEPUTISE)
    several = (Choice("own", "All of mine"),) if len(own) > 1 else ()
    first = several or tuple(Choice(str(post), asked.posts[post]) for post in own)
    rows = sorted(asked.posts.items(), key=lambda row: row[1])
    others = tuple(Choice(str(post), label) for post, label in rows if anyone or post in own)
    return (*first, *(one for one in others if one not in first))


def deputy_form(asked: Round, value: str) -> Answer:
    """*Name a deputy…* was pressed."""
    own = own_posts(asked)
    if not own and not may(asked.roles, Verb.DEPUTISE):
        return say(why_not(Verb.DEPUTISE))
    first, last, user = (*value.split("|"), "", "", "")[:3]
    choices = deputised(asked)
    return Answer(
        Form(
            title="Name a deputy",
            verb="namedeputy",
            value="-",
            submit="Record",
            intro=("They alone get the requests on those days, and may answer.",),
            fields=(
                Field("who", "Who stands in?", kind="person", initial=user),
                Field(
                    "post",
                    "For which post?",
                    kind="choice",
                    choices=choices,
                    source="deputised",
                    initial=choices[0].value if own else "",
                ),
                Field("first", "From", kind="date", initial=first or asked.today.isoformat()),
                Field("last", "Until, that day included", kind="date", initial=last),
            ),
            note=IN_PAPERS,
        )
    )


def deputy_sent(asked: Round, _value: str, fields: Mapping[str, str]) -> Answer:
    """*Name a deputy…* was sent in."""
    days: dict[str, date] = {}
    for name in ("first", "last"):
        try:
            days[name] = date.fromisoformat(fields.get(name, ""))
        except ValueError:
            return Answer(FormErrors({name: "Choose a day."}))
    wrong = days_wrong(asked, days["first"], days["last"])
    if wrong:
        return Answer(FormErrors({"last": wrong}))
    words = {str(post.id): PostFound(post) for post in post_words(asked)}
    chosen = fields.get("post", "")
    posts = (
        [words[str(one)] for one in own_posts(asked)] if chosen == "own" else [words[chosen]] if chosen in words else []
    )
    if not posts:
        return Answer(FormErrors({"post": "Choose a post of this plan."}))
    if not all(may(asked.roles, Verb.DEPUTISE, About(found.post.id)) for found in posts):
        return say(why_not(Verb.DEPUTISE))
    someone = find_account(asked, f"<@{fields.get('who', '')}>")
    if isinstance(someone, Answer):
        reply = someone.reply
        return Answer(FormErrors({"who": reply.headline if isinstance(reply, Reply) else "Choose somebody else."}))
    return stand_in(asked, someone, posts, days["first"], days["last"])
