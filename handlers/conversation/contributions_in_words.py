"""Returns on a focus theme in plain words: `contribution: …`, words with its headings, and the commands about them."""

import re

from handlers.commands.contributions import (
    Contribute,
    RedactContribution,
    SetFocus,
    ShowContributions,
    ShowFocus,
    ShowWanted,
)
from handlers.context import RequestContext
from handlers.contributions.records import Given, contribute, give_words
from handlers.contributions.returns import coming_returns, returns_of
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.reading.contribution_words import headed_parts
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import clean, fold
from handlers.reading.plan_names import NameKind
from handlers.reading.tokens import named_in
from handlers.responses import Response
from models.notifications.lookups import actions_of_message, returns_of_message

_NAMED = re.compile(
    r"(?:please )?(?:(?:our|my|the) )?(?P<verb>contributions?|contribute|redact (?:the )?contribution|focus)(?![^\W_])"
    r"(?P<colon> ?:)?"
)
_MISSING = re.compile(
    r"(?:please )?(?:(?:which|what|any|the|our|all|show|list) )*contributions? (?:are |is |have )?(?:still |yet |not )*"
    r"(?:missing|outstanding|owed|late|overdue|due|to come|(?:come )?in)(?P<about> (?:for|to) .+)?"
    r"|(?:who|which (?:partners?|organisations?|teams?)|has (?:anyone|everyone|everybody|anybody))(?:'s|'?ve)?"
    r"(?: (?:still|has|have|hasn'?t|haven'?t|not|yet|is|are|to|owes?|owe|given|sent|made|us|me|in|an?|their|the|any))*"
    r" contribut(?:e|ed|ion|ions)(?: yet| in| so far)?(?P<of> (?:for|to) .+)?"
)
"""Whether contributions are in, in words that do not begin with the command."""
_FEWEST_WORDS = 4
"""Of a return in the thread of its request: fewer are thanks, or a word to somebody else."""
_FEWEST_PARTS = 2
"""Headings of a return in words that name nothing else: one may stand in any update."""


def contribution_in_words(said: IncomingWords) -> Response | None:
    """Record a return, or answer what is asked about them; None for any other words."""
    ctx, text = said.ctx, said.text
    named = _NAMED.match(fold(clean(text)))
    missing = _MISSING.fullmatch(fold(clean(text)).rstrip(" ?!."))
    if missing is not None:
        asked = f"contributions{missing['about'] or missing['of'] or ''}"
        named = _NAMED.match(asked)
        return answer_text(ctx, asked) if named is not None and _is_command(ctx, asked, named) else None
    if named is not None and _is_command(ctx, text, named):
        return answer_text(ctx, clean(text)[named.start("verb") :])
    if headed_parts(text) < _FEWEST_PARTS or not ctx.roles.posts or not _gives_one(ctx):
        return None
    return contribute(ctx, Contribute(text))


def contribution_in_thread(said: IncomingWords) -> Response | None:
    """Record words under a request for a return and nothing else, while it is owed; None for any that may be others."""
    ctx, text = said.ctx, said.text
    asked = returns_of_message(ctx.session, said.thread_ts) if said.thread_ts else []
    if len(asked) != 1 or len(text.split()) < _FEWEST_WORDS or text.rstrip().endswith("?"):
        return None
    if named_in(fold(text), ctx.vocabulary) or actions_of_message(ctx.session, said.thread_ts):
        return None
    (post_id, meeting_id), returns = asked[0], returns_of(ctx, asked[0][1])
    whose = next((one for one in returns.owed if one.post_id == post_id), None) if returns else None
    if returns is None or whose is None or returns.meeting.begun(ctx.now):
        return None
    return give_words(ctx, returns, whose, Given(meeting_id, typed=text))


def _is_command(ctx: RequestContext, text: str, named: re.Match[str]) -> bool:
    """Return whether words that begin so are what help shows: "contributions from partners are late" is not."""
    match ctx.parsed(clean(text)[named.start("verb") :]).command:
        case Contribute(_, whose, meeting):
            return bool(named["colon"] or whose or meeting)
        case ShowContributions(whose, _) | ShowWanted(whose, _):
            found = find_name(whose, ctx.vocabulary, NameKind.ORGANISATION, NameKind.POST)
            return not whose or (bool(found.names) and found.likeness >= Likeness.SHORT)
        case RedactContribution(_, reason, _):
            return bool(reason)
        case ShowFocus() | SetFocus():
            return True
    return False


def _gives_one(ctx: RequestContext) -> bool:
    """Return whether the asker gives a return for a meeting ahead."""
    mine = {post.organisation.id for post in ctx.plan_names.posts if post.id in ctx.roles.posts}
    return any(one.organisation_id in mine for returns in coming_returns(ctx)[:1] for one in returns.contributors)
