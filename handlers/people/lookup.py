"""Who and which post is meant: somebody by account or address, a post by its title, asked about where it is doubtful.

Somebody the plan does not know yet is added to it when the directory knows the account.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handlers.context import RequestContext
from handlers.formatting import clipped
from handlers.permissions import may
from handlers.press_codec import ask_button, ask_which
from handlers.reading.matching import NameMatch, find_name
from handlers.reading.normalise import fold, plain, quoted
from handlers.reading.plan_names import NameKind, PlanName
from handlers.reading.vocabulary import PostWords
from handlers.responses import LONGEST_LABEL, Content, NotDone, Response, say
from models.enums import Verb
from models.plan.accounts import CLOSED, AccountSeen
from models.plan.people_reads import person_of
from models.plan.people_rows import person_for_account
from models.storage.tables import Account, Person

_AT = re.compile(r"(?<![^\s(])@")
_HANDLE = re.compile(r"[^\W\d_][\w.'-]*")
_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>|(?P<bare>[UW]0[A-Z0-9]+)")
NEW_PERSON = "new person "
"""What stands before the address of somebody whom the plan does not know yet, once that was asked."""
_NOBODY = frozenset(("none", "nobody", "no one", "vacant", "-"))
"""What is said where a board is to have no secretary or chair."""


@dataclass(frozen=True, slots=True)
class PostFound:
    """One post. `corrected_from`: what was typed, where the answer says how it was read."""

    post: PostWords
    corrected_from: str = ""


def post_words(ctx: RequestContext) -> tuple[PostWords, ...]:
    """Return every post of the plan as people may write it, in the order of the plan."""
    return ctx.plan_names.posts


def hand_over_words(ctx: RequestContext, post_id: int) -> str:
    """Return what is typed to say who holds a post."""
    key = next((post.key for post in post_words(ctx) if post.id == post_id), "POST")
    return f"“/cypp handover {key} to @person”"


def match_post(ctx: RequestContext, typed: str) -> NameMatch:
    """Return which post is meant by a title, an organisation, a holder, initials, or what is nearly one of them."""
    return find_name(typed, ctx.vocabulary, NameKind.POST)


def post_question(found: NameMatch) -> str:
    """Return the sentence that asks which post is meant, where it is not one."""
    if not plain(found.typed):
        return "Which post?"
    if found.names:
        return f"{quoted(found.typed)} fits {len(found.names)} posts. Which is meant?"
    return f"There is no post {quoted(found.typed)} in the plan."


def find_post(ctx: RequestContext, typed: str, again: Callable[[str], str], about: str = "") -> PostFound:
    """Return the post that is meant; else ask, with a button for each that fits.

    `again`: the words that ask the same with a post's key in place of what was typed; `about`: for what it is asked.
    """
    found = match_post(ctx, typed)
    if found.one is None:
        raise _which(f"{about}{post_question(found)}", found.names or found.nearest, again)
    number = found.one.id
    return PostFound(next(post for post in post_words(ctx) if post.id == number), found.corrected_from)


def post_or_nobody(ctx: RequestContext, typed: str, again: Callable[[str], str]) -> int | None:
    """Return the id of the post that is meant, None for "nobody"; near misses are asked about."""
    return None if plain(typed) in _NOBODY else post_surely(ctx, typed, again)


def post_surely(ctx: RequestContext, typed: str, again: Callable[[str], str]) -> int:
    """Return the id of the post that is meant; near misses are asked about."""
    found = find_post(ctx, typed, again)
    if found.corrected_from:
        raise _which("Which post is meant?", (found.post,), again)
    return found.post.id


def _which(question: str, posts: Sequence[PostWords | PlanName], again: Callable[[str], str]) -> NotDone:
    return NotDone(
        say(
            f"{question} Nothing was changed yet.",
            *(() if posts else ("“/cypp people” lists the posts.",)),
            buttons=ask_which("Choose a post…", [(clipped(post.label, 70), again(post.key)) for post in posts]),
        )
    )


def own_post(ctx: RequestContext, posts: tuple[int, ...], again: Callable[[str], str]) -> int:
    """Return the one post that somebody acts for; ask which of several."""
    if len(posts) == 1:
        return posts[0]
    words = tuple(post for post in post_words(ctx) if post.id in posts) if posts else ()
    raise _which("For which post?", words, again)


def find_account(ctx: RequestContext, who: str, again: Callable[[str], str] | None = None) -> Person:
    """Return somebody by account or address; else the request ends with what to do.

    `again`: the words that ask the same of somebody else, by which an address nobody has can be said to be new.
    """
    new = who.startswith(NEW_PERSON)
    who = who.removeprefix(NEW_PERSON)
    mention = _MENTION.fullmatch(who.strip())
    user = (mention["user"] or mention["bare"]) if mention else ""
    email = "" if user else who.strip().casefold()
    found = person_of(ctx.session, user, email)
    account = ctx.known_account(user or (found.slack_user if found else ""), email)
    if (account is not None and account.is_deleted) or (found is not None and found.unreachable == CLOSED):
        raise NotDone(say(f"{name_of(found) if found else who}: that account is closed, so nothing was changed."))
    if account is not None and account.is_bot:
        raise NotDone(say("That is an app, which cannot answer, so nothing was changed."))
    if found is not None:
        return found
    if account is None and new and may(ctx.roles, Verb.PEOPLE):
        return Person(name="", email=email, slack_user="", slack_team="", unreachable="")
    if account is None:
        if again is not None and email and may(ctx.roles, Verb.PEOPLE):
            raise NotDone(_is_new(email, again))
        shown = "that person" if user else quoted(who)
        how = (
            "Ask the administrator to say “cypp people”, or give the e-mail address of an account here."
            if user
            else "No account here has that address: name them with @, or ask the administrator to say “cypp people”."
        )
        raise NotDone(say(f"I do not know {shown}, so nothing was changed.", how))
    return person_for_account(ctx.session, account)


def _is_new(email: str, again: Callable[[str], str]) -> Response:
    """Ask whether an address that nobody has is somebody new."""
    return say(
        f"Is {email} somebody new? Nobody in the plan and no account here has that address: nothing was changed yet.",
        "They would have no account here: the secretary gets an e-mail text for each request.",
        buttons=(ask_button(clipped(f"Yes, add {email}", LONGEST_LABEL), again(f"{NEW_PERSON}{email}")),),
    )


def ask_who(ctx: RequestContext, typed: str) -> Response | None:
    """Ask who is meant by a name typed after @, which is no mention, with a button for each; None where nobody is.

    `typed`: the words that do it, in which each button puts the mention in the place of the name.
    """
    at = _AT.search(typed)
    if at is None:
        return None
    name, rows = _typed_name(typed[at.end() :], ctx.accounts_in_use())
    if not rows:
        return None
    start, end = typed[: at.end() - 1], typed[at.end() + len(name) :]
    return say(
        f"Who is meant by {quoted('@' + name)}? Nothing was changed yet.",
        buttons=ask_which(
            "Choose an account…",
            [(clipped(row.name, 70), f"{start}<@{row.user}>{end}") for row in sorted(rows, key=lambda row: row.name)],
        ),
    )


def _typed_name(words: str, rows: Sequence[Account | AccountSeen]) -> tuple[str, list[Account | AccountSeen]]:
    """Return the name that some words begin with, and who has it: the whole name, a first name, or an address."""
    folded = fold(words)
    named = [row for row in rows if row.name and folded.startswith(fold(row.name))]
    whole = [row for row in named if not folded[len(row.name) :][:1].isalnum()]
    if whole:
        longest = max(len(row.name) for row in whole)
        return words[:longest], [row for row in whole if len(row.name) == longest]
    word = _HANDLE.match(folded)
    name = word[0].rstrip(".-'") if word else ""
    spoken = " ".join(re.split("[._-]", name))
    some = [
        row
        for row in rows
        if name and (spoken in (plain(row.name), plain(row.name).partition(" ")[0]) or name == _local_part(row))
    ]
    return words[: len(name)], some


def _local_part(account: Account | AccountSeen) -> str:
    return account.email.casefold().partition("@")[0]


def account_called(ctx: RequestContext, name: str) -> Person | None:
    """Return the one person with an account who has this name or first name; None for nobody or several."""
    found = find_name(name, ctx.vocabulary, NameKind.PERSON)
    # A name that is an English word as well ("Mark") is one where it has a capital letter.
    named = found.names or (found.nearest if name[:1].isupper() else ())
    try:
        return find_account(ctx, f"<@{named[0].key}>") if len(named) == 1 else None
    except NotDone:
        return None


def name_of(person: Person | None) -> str:
    """Return somebody's name for those who may know it, else their address."""
    return (person.name or person.email or person.slack_user or "somebody") if person else "somebody"


def token_of(person: Person) -> str:
    """Return how a button names somebody: in words that are read back."""
    return f"<@{person.slack_user}>" if person.slack_user else person.email


def read_as(given: Response, found: PostFound) -> Response:
    """Say which near miss was read as which post."""
    if not found.corrected_from or not isinstance(given.content, Content):
        return given
    line = f"Read “{found.corrected_from}” as {found.post.label}."
    return replace(given, content=replace(given.content, intro=(line, *given.content.intro)))
