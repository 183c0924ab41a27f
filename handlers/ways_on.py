"""What somebody can press where a reply did nothing: each question that its words name, and the action it is about."""

import re
from dataclasses import replace

from handlers.commands.questions import Unclear, WhatFits
from handlers.context import RequestContext
from handlers.formatting import clipped
from handlers.permissions import About, may
from handlers.press_codec import ask_button, press_button
from handlers.reading.normalise import fold
from handlers.responses import LONGEST_LABEL, Button, Content, Response
from models.enums import OPEN
from models.records.named_mentions import name_mentions

_COMMAND = re.compile(r"(?<!instance )“/cypp ([^”…]+)”")
_QUOTED = re.compile(r"“[^”]*”")
_BLANK = re.compile(r"(?<![^\W_])[A-Z]{3,}(?![^\W_])|@")
"""What stands in a command for something still to be named: REF, POST, @person."""
_MOST = 3
"""Questions."""
_LABELS = {"mine": "My actions", "status": "The plan", "orgs": "Organisations", "overdue": "What is overdue"}


def with_ways_on(ctx: RequestContext, given: Response) -> Response:
    """Return a reply that did nothing and has no button with those that lead on."""
    if isinstance(given.content, Content):
        given = replace(given, content=_with_names(ctx, given.content))
    content = given.content
    if given.done or not isinstance(content, Content) or content.buttons:
        return given
    if any(one.buttons or one.lines or one.measures for one in content.groups):
        return given
    asked = bool(ctx.answered) and ctx.registry.reads(ctx.answered[-1])
    about = content.headline if content.typed or not asked else ""
    buttons = ways_on(ctx, " ".join((content.headline, *content.intro)), about) or _shown(ctx)
    return replace(given, content=replace(content, buttons=buttons)) if buttons else given


def _with_names(ctx: RequestContext, content: Content) -> Content:
    """Return a reply with whoever is mentioned in what it gives back named there: no account's id is shown."""
    said = (content.headline, content.typed, *content.intro)
    if not any("<@" in one for one in said):
        return content
    headline, typed, *intro = (
        _QUOTED.sub(lambda found: name_mentions(ctx.session, found.group(), ctx.today), one)
        if one != content.typed
        else name_mentions(ctx.session, one, ctx.today)
        for one in said
    )
    return replace(content, headline=headline, typed=typed, intro=tuple(intro))


def ways_on(ctx: RequestContext, said: str, about: str = "") -> tuple[Button, ...]:
    """Return a button for each whole question that some words quote, and those of the first action they are `about`."""
    named = [words for words in _COMMAND.findall(said) if not _BLANK.search(words)]
    asks = [one for one in dict.fromkeys(named) if _only_asks(ctx, one)]
    words = (word.strip(".,:;?!()") for word in fold(_QUOTED.sub("", about)).split())
    ref = next((ref for word in words if word[-1:].isdigit() and (ref := ctx.vocabulary.exact_ref(word))), "")
    shows = [*_doing_it(ctx, ref, about), ask_button(f"Show {ref}", f"status {ref}")] if ref else []
    return (*(ask_button(label_of(one), one) for one in asks[:_MOST]), *shows)


def _shown(ctx: RequestContext) -> tuple[Button, ...]:
    """Return the question whose answer shows what the command wanted to change; nothing where there is none."""
    question = ctx.registry.command(ctx.answered[-1]).shown_by if ctx.answered else ""
    return (ask_button(label_of(question), question),) if question and _only_asks(ctx, question) else ()


def _doing_it(ctx: RequestContext, ref: str, about: str) -> list[Button]:
    """Return the buttons that do to an open action what a command wanted to that lacks something, for who may."""
    command, action = ctx.answered[-1] if ctx.answered else None, ctx.action(ref)
    if command is None or action is None or action.status not in OPEN:
        return []
    if isinstance(command, Unclear):
        entry = ctx.registry.named(command.nearest)
    else:
        entry = ctx.registry.command(command) if "?" in about else None
    whose = About(action.lead_post_id, action.board_id)
    if entry is None or not any(may(ctx.roles, verb, whose) for verb in entry.who_may):
        return []
    seen = ctx.view(action.id).entries
    return [press_button(label, value(action=action.id, seen=seen)) for label, value in entry.pressed]


def label_of(words: str) -> str:
    """Return what stands on a button that types some words."""
    return clipped(_LABELS.get(words, words[0].upper() + words[1:]), LONGEST_LABEL)


def _only_asks(ctx: RequestContext, words: str) -> bool:
    """Return whether some words are a question that the asker may ask, of one of the boards at least."""
    command = ctx.parsed(words).command
    entry = ctx.registry.command(command)
    if not entry.reads or isinstance(command, Unclear | WhatFits):
        return False
    return any(
        may(ctx.roles, verb, About(board_id=board)) for verb in entry.who_may for board in (None, *ctx.calendars)
    )
