"""Leave announced in plain words, and out-of-office replies: shown to confirm, never stored by themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.commands import Reading, Recorded
from handlers.context import Round
from handlers.deputies import days_wrong, name_button, own_posts, stand_in
from handlers.meant import account_called, find_account, name_of, post_words, token_of
from handlers.people_commands import KeepQuiet
from handlers.permissions import About, may, why_not
from handlers.quiet import be_quiet, quiet_wrong
from handlers.replies import Answer, Button, say
from handlers.said.leave import Leave, read_leave
from handlers.said.posts import PostFound
from handlers.said.text import quoted
from handlers.wording import day_said
from models.deliveries import insert_or_ignore
from models.enums import Verb
from models.history_tables import Received
from models.tables import Person

NOT_NOW = "Nothing was recorded."


def about_absence(asked: Round, text: str, reading: Reading, owed: Callable[[], tuple[str, ...]]) -> Answer | None:
    """The answer to an absence; None where the words are about something else.

    `reading`: what the words are otherwise; an answer on an action in them goes first. `owed`: the refs on which the
    asker owes an answer.
    """
    if isinstance(reading, Recorded):
        return None
    leave = read_leave(text, asked.today)
    if leave is None:
        return None
    if not asked.roles.posts:
        return Answer(None) if leave.automatic else None
    if leave.automatic:
        return _automatic(asked, leave, owed)
    if leave.say:
        return say(leave.say, "Nothing was recorded yet: say it again with the date, for instance until 12/9.")
    first, last = leave.first or asked.today, leave.last
    if last is not None and (wrong := days_wrong(asked, first, last)):
        return say(wrong)
    by_name = account_called(asked, leave.name) if leave.name else None
    if leave.who or by_name is not None:
        someone = by_name or find_account(asked, leave.who)
        return someone if isinstance(someone, Answer) else _with_somebody(asked, someone, first, last, leave.name)
    return _alone(asked, leave, first, last)


def _automatic(asked: Round, leave: Leave, owed: Callable[[], tuple[str, ...]]) -> Answer:
    """One short offer a day where it helps: a machine that answers it must not be answered for ever."""
    coming = leave.last is not None and leave.last >= asked.today
    refs = owed()
    if not coming and not refs:
        return Answer(None)
    key = f"absent:{asked.roles.person_id}:{asked.today.isoformat()}"
    row = {"workspace_id": asked.workspace_id, "key": key, "at": asked.now, "about": 0}
    first_today = asked.session.execute(insert_or_ignore(asked.session, Received).values(row))
    if first_today.rowcount != 1:  # type: ignore[attr-defined]
        return Answer(None)
    until = f" until {day_said(leave.last)}" if coming and leave.last else ""
    return say(
        f"That reads as an automatic reply, so nothing was recorded. Does somebody stand in{until}?",
        buttons=(name_button(leave.first, leave.last if coming else None),),
    )


def _with_somebody(asked: Round, someone: Person, first: date, last: date | None, called: str) -> Answer:
    """`called`: the name by which somebody was found, who may be another of that name: so the form is offered too."""
    if last is None:
        return say(
            f"Until when does {name_of(someone)} stand in? Nothing was recorded yet.",
            f"Say for instance “/cypp deputy {name_or_at(someone.name)} until 12/9”.",
            buttons=(name_button(first, None, someone.slack_user), Button("Not now", "notnow", "-")),
        )
    value = f"{first.isoformat()}|{last.isoformat()}|{token_of(someone)}"
    return say(
        f"Away from {day_said(first)} until {day_said(last)}, and {name_of(someone)} stands in: is that right? "
        "Nothing was recorded yet.",
        buttons=(
            Button("Record the deputy", "recorddeputy", value, style="primary"),
            *((replace(name_button(first, last), label="Somebody else…"),) if called else ()),
            Button("Not now", "notnow", "-"),
        ),
    )


def name_or_at(name: str) -> str:
    """Somebody as they would be typed."""
    return f"@{name}" if name else "@person"


def _alone(asked: Round, leave: Leave, first: date, last: date | None) -> Answer:
    """Nobody is named who can be asked: who, from when, until when?"""
    buttons = [name_button(first, last)]
    if last is None:
        when = f" from {day_said(first)}" if leave.first else ""
        return say(
            f"Away{when}: until when, and does somebody stand in? Nothing was recorded yet.",
            "Say for instance “I’m on leave until 12/9, @person stands in”.",
            buttons=(*buttons, Button("Neither", "notnow", "-")),
        )
    said = "until" if first <= asked.today else f"from {day_said(first)} until"
    if not quiet_wrong(asked, first, last):
        label = f"Quiet until {last:%a} {last.day} {last:%b}"
        buttons.insert(
            0 if not leave.somebody else 1, Button(label, "quietuntil", f"{first.isoformat()}|{last.isoformat()}")
        )
    who = f"I find no single account called {quoted(leave.name)}. " if leave.name else ""
    asks = f"{who}Who stands in? Name them with @, or choose:" if leave.somebody else "Does somebody stand in?"
    return say(
        f"Away {said} {day_said(last)}. {asks} Nothing was recorded yet.",
        buttons=(*buttons, Button("Neither", "notnow", "-")),
    )


def _days_in(value: str) -> tuple[date, date, str] | None:
    first, _, rest = value.partition("|")
    last, _, who = rest.partition("|")
    try:
        return date.fromisoformat(first), date.fromisoformat(last), who
    except ValueError:
        return None


def record_deputy(asked: Round, value: str) -> Answer:
    """*Record the deputy*: for all the presser's own posts, checked again."""
    days = _days_in(value)
    own = own_posts(asked)
    if days is None or not own or not all(may(asked.roles, Verb.DEPUTISE, About(post)) for post in own):
        return say(why_not(Verb.DEPUTISE))
    first, last, who = days
    wrong = days_wrong(asked, first, last)
    if wrong:
        return say(wrong)
    someone = find_account(asked, who)
    if isinstance(someone, Answer):
        return someone
    words = {post.id: post for post in post_words(asked)}
    return stand_in(asked, someone, [PostFound(words[post]) for post in own], first, last)


def quiet_until(asked: Round, value: str) -> Answer:
    """*Quiet until DATE*."""
    days = _days_in(value)
    if days is None:
        return say(NOT_NOW)
    return be_quiet(asked, KeepQuiet(days[0], days[1]))
