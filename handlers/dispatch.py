"""Answering commands: the words or the command in, what its handler gives back out."""

from dataclasses import replace

from handlers.commands import Command
from handlers.context import RequestContext
from handlers.old_plans import about_old_plan, beside_old_plan
from handlers.permissions import may, why_not
from handlers.responses import Content, Response, response_of, say
from handlers.safeguarding.confirmation import BY_COMMAND, RecordSurely, asked_first
from handlers.safeguarding.detection import refusal, refused
from handlers.ways_on import with_ways_on
from models.enums import Verb
from models.records.named_mentions import name_mentions


def answer_text(ctx: RequestContext, text: str, page: int = 0) -> Response:
    """Answer words as they follow `/cypp`.

    Near misses that were understood are shown; where nothing was done, the whole of what was typed is given back.
    """
    if (about := about_old_plan(ctx, text, page=page)) is not None:
        return about
    parsed = ctx.parsed(text)
    command = parsed.command
    entry = ctx.registry.command(command)
    if page and entry.paged:
        command = replace(command, page=page)  # type: ignore[call-arg]
    given = answer(ctx, command)
    content = given.content
    if not isinstance(content, Content):
        return given
    if not entry.reads and not given.done and (what := refused(text)):
        # Whatever else is wrong with it comes second.
        return say(refusal(what), typed=text)
    read_as = tuple(f"Read “{typed}” as {ref}." for typed, ref in parsed.corrections)
    if read_as and read_as[0] not in content.intro:
        content = replace(content, intro=(*read_as, *content.intro))
    if content.typed or (not entry.reads and not given.done):
        content = replace(content, typed=text)
    given = with_ways_on(ctx, replace(given, content=content))
    return beside_old_plan(ctx, text, asked_first(given, RecordSurely(how=BY_COMMAND, words=text)))


def answer(ctx: RequestContext, command: Command) -> Response:
    """Answer one command. Whoever may not even read is told so, whatever they asked."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    if reason := getattr(command, "reason", ""):
        # Whoever is mentioned in why something is done is named in the record of it, and in what is said of it.
        command = replace(command, reason=name_mentions(ctx.session, reason, ctx.today))  # type: ignore[call-arg]
    ctx.answered.append(command)
    return response_of(ctx.registry.command(command).handler, ctx, command)
