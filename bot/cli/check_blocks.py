"""Ask Slack for `check` whether it takes the messages, forms and Home tab that the bot makes, before a board sees them.

Slack says so of any payload without posting it (https://docs.slack.dev/reference/methods/blocks.validate).
"""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.cli.check_rows import CheckRow, GuideStep, Mark
from bot.slack.meanings import call_slack
from bot.slack.neutral_words import neutral
from bot.slack.plainer_forms import refused_kinds
from bot.slack.refused_blocks import RefusedBlocks
from bot.slack.render import render
from bot.slack.render_form import render_form
from bot.slack.render_home import render_home
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.presses import pressed
from handlers.responses import Button, Content, Form, Group
from handlers.status.home import show_home

WHAT = "Messages and forms"


def block_rows(client: WebClient, made: Mapping[str, dict[str, Any]], remembered: RefusedBlocks) -> Iterator[CheckRow]:
    """Yield a row that says that Slack takes everything, or one for each thing that it does not.

    Args:
        client: for reads: it waits where Slack says so.
        made: what `payloads` gave, by what it is.
        remembered: what Slack does not take is remembered there, so that its plainer form is used from now on.
    """
    refused: set[str] = set()
    taken = 0
    for kind, payload in made.items():
        validate = partial(
            client.api_call, "blocks.validate", params={name: json.dumps(part) for name, part in payload.items()}
        )
        trouble = call_slack(validate, lambda _: None)
        if trouble is None:
            taken += 1
            continue
        if not trouble.is_of_blocks:
            how = f"Slack does not say whether it takes them ({trouble.why})"
            yield CheckRow(Mark.NOTE, GuideStep.APP, WHAT, how)
            return
        kinds = refused_kinds(next(iter(payload.values())), trouble.at)
        refused |= kinds
        pointer, why = trouble.at[0] if trouble.at else ("/", "no reason given")
        instead = "; a plainer form is sent" if kinds else ""
        yield CheckRow(Mark.WRONG, GuideStep.APP, kind, f"Slack does not take it: {why} at {pointer}{instead}")
    remembered.forget()
    if refused:
        remembered.note(refused)
    if taken == len(made):
        yield CheckRow(Mark.DONE, GuideStep.APP, WHAT, f"Slack takes all {taken} kinds")


def payloads(ctx: RequestContext) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every kind of message, form and Home that the plan in use makes, each shape once, without people's words.

    The messages answer the examples of the help that only read, which are worded as scheduled ones are. The forms are
    those that a button under them opens. Nothing is written in `ctx`, which is an administrator's: they see every kind.
    """
    seen: set[str] = set()
    contents: list[tuple[str, Content]] = []
    for example in (one for entry in REGISTRY.grammar.spellings for one in entry.examples):
        if REGISTRY.reads(ctx.parsed(example).command):
            content = answer_text(ctx, example).content
            if isinstance(content, Content):
                contents.append((example, content))
    home = show_home(ctx)
    contents += [("Home", part) for part in home]
    for name, content in contents:
        for message in render(content):
            if _is_new(seen, message.blocks):
                yield f"Message of “{name}”", {"message": neutral({"text": message.text, "blocks": message.blocks})}
        for button in _opening(content):
            form = pressed(ctx, button.verb, button.value).content if f"form:{button.verb}" not in seen else None
            seen.add(f"form:{button.verb}")
            if isinstance(form, Form):
                yield f"Form “{form.title}”", {"view": neutral(render_form(form))}
    yield "Home", {"view": neutral(render_home(home))}


def _opening(content: Content) -> Iterator[Button]:
    """Yield the buttons that open a form: their words end in an ellipsis."""
    groups: tuple[Group, ...] = content.groups
    under = (one for group in groups for line in group.lines for one in line.buttons)
    beside = (one for group in groups for one in group.buttons)
    return (one for some in (content.buttons, beside, under) for one in some if one.label.endswith("…"))


def _is_new(seen: set[str], blocks: list[dict[str, Any]]) -> bool:
    """Note the shape of a message, which elements stand in which blocks; return whether it was not there before."""
    shape = json.dumps(sorted({str(_types(block)) for block in blocks}))
    new = shape not in seen
    seen.add(shape)
    return new


def _types(part: Any) -> list[Any]:
    if isinstance(part, Mapping):
        inner = [_types(value) for value in part.values() if isinstance(value, Mapping | list)]
        return [part.get("type"), *sorted({str(one) for one in inner})]
    return sorted({str(_types(one)) for one in part}) if isinstance(part, list) else []
