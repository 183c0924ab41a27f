"""Ask Slack for `check` whether it takes the messages, forms and Home tab that the bot makes, before a board sees them.

Slack says so of any payload without posting it (https://docs.slack.dev/reference/methods/blocks.validate).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.cli.check_messages import sample_messages
from bot.cli.check_rows import CheckRow, GuideStep, Mark
from bot.slack.meanings import call_slack
from bot.slack.neutral_words import neutral
from bot.slack.plainer_forms import refused_kinds
from bot.slack.refused_blocks import RefusedBlocks
from bot.slack.render import render, render_one
from bot.slack.render_form import render_form
from bot.slack.render_home import render_home
from handlers.actions.additions import add_lines
from handlers.buttons import Another, NotOursHere, OtherAnswer, OtherOutcome
from handlers.catalogue import REGISTRY
from handlers.commands.actions import AddLines
from handlers.commands.answers import NoChange, ReadAs
from handlers.context import RequestContext
from handlers.contributions.records import GiveContribution
from handlers.contributions.returns import coming_returns
from handlers.conversation.near_misses import show_reading
from handlers.dispatch import answer_text
from handlers.logs.shown_log import BoardOfLog, show_log
from handlers.measures.forms import GiveFigureForm
from handlers.outcomes.ticked import DescribeTicked
from handlers.people.deputies import DeputyForm
from handlers.press_codec import OnAction, press_button, tick_of
from handlers.presses import pressed
from handlers.responses import Button, Content, Form, Group, Response
from handlers.risks.assess import AssessRiskForm
from handlers.status.home import show_home
from models.files.tables import pasted_tables
from models.plan.accounts import Roles
from models.plan.action_filter import ActionFilter
from models.plan.measures import measures_of
from models.plan.risks import risks_of

WHAT = "Messages and forms"
_LOG = "Ref\tAction\tLead\tDue\nA1\tPublish the list\tXY\tTBC\n"


def block_rows(client: WebClient, made: Mapping[str, dict[str, Any]], remembered: RefusedBlocks) -> Iterator[CheckRow]:
    """Yield a row that says that Slack takes everything, or one for each thing that it does not.

    Args:
        client: for reads: it waits where Slack says so.
        made: what `payloads` gave, by what it is; people's words are taken out of it.
        remembered: what Slack does not take is remembered there, so that its plainer form is used from now on.
    """
    refused: set[str] = set()
    taken = 0
    for kind, payload in made.items():
        validate = partial(
            client.api_call,
            "blocks.validate",
            params={name: json.dumps(neutral(part)) for name, part in payload.items()},
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
    """Yield every kind of message, form and Home that the plan in use makes, each shape once.

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
                yield f"Message of “{name}”", {"message": {"text": message.text, "blocks": message.blocks}}
        for button in _opening(content):
            form = pressed(ctx, button.verb, button.value).content if f"form:{button.verb}" not in seen else None
            seen.add(f"form:{button.verb}")
            if isinstance(form, Form):
                yield f"Form “{form.title}”", {"view": render_form(form)}
    yield "Home", {"view": render_home(home)}
    for whose, roles in _homes(ctx):
        yield f"Home of {whose}", {"view": render_home(show_home(replace(ctx, roles=roles)))}


def _homes(ctx: RequestContext) -> Iterator[tuple[str, Roles]]:
    """Yield whose Home shows what an administrator's does not, with everything that may stand there."""
    led = {post for view in ctx.views(ActionFilter(open_only=True)) if (post := view.facts.lead_post_id) is not None}
    boards = frozenset(ctx.calendars)
    yield "a lead", replace(ctx.roles, posts=tuple(led))
    yield "a secretary", replace(ctx.roles, secretary_of=boards)
    yield "a chair", replace(ctx.roles, chair_of=boards)


def scheduled_payloads(ctx: RequestContext) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a message of each kind that is sent unasked, and the forms that its buttons open; see `sample_messages`."""
    for kind, content in sample_messages(ctx):
        for number, message in enumerate(render(content), start=1):
            page = f", page {number}" if number > 1 else ""
            yield (
                f"Message “{kind.value}”{page}",
                {"message": {"text": message.text, "blocks": message.blocks}},
            )
        yield from _forms(ctx, kind.value, _opening(content))
    for what, content in _questions(ctx):
        yield f"Message of {what}", {"message": render_one(content).as_form()}
        yield from _forms(ctx, what, _opening(content))
    named = press_button("x", DeputyForm(first=ctx.today, last=ctx.today))
    ours = [press_button("x", value(view.facts.id)) for view in ctx.views()[:1] for value in _ANSWERS]
    wanted = [
        press_button("x", GiveContribution(meeting=returns.meeting.id, post=one.post_id))
        for returns in coming_returns(ctx)[:1]
        for one in returns.contributors[:1]
    ]
    figures = [press_button("x", GiveFigureForm(measure=one.id)) for one in measures_of(ctx.session)[:1]]
    risks = [press_button("x", AssessRiskForm(risk=one.id)) for one in risks_of(ctx.session)[:1]]
    yield from _forms(ctx, "a press", (named, *ours, *wanted, *figures, *risks))
    yield from _forms(ctx, "an outcome", _about_outcomes(ctx))


_ANSWERS: tuple[Callable[[int], OnAction], ...] = (
    lambda action: NotOursHere(action=action),
    lambda action: OtherAnswer(action=action, which=list(Another).index(Another.FOLLOWS)),
)
"""Answers that a menu opens the form of."""


def _about_outcomes(ctx: RequestContext) -> Iterator[Button]:
    """Yield what opens the form of an outcome, of one action and of those that are ticked."""
    for view in ctx.views(ActionFilter(open_only=True))[:1]:
        yield press_button("x", OtherOutcome(action=view.facts.id))
        calendar = ctx.calendar(view.facts.board_id)
        held = calendar.latest_held(ctx.now) if calendar else None
        if held is not None:
            yield press_button("x", DescribeTicked(meeting=held.id, ticked=(tick_of(view.facts.id, 0),)))


def _questions(ctx: RequestContext) -> Iterator[tuple[str, Content]]:
    """Yield what is asked about words before anything is stored."""
    ref = ctx.vocabulary.example_ref
    for what, given in (
        ("a reading", show_reading(ctx, ReadAs((NoChange(ref), NoChange(ref))), ref)),
        ("lines to add", add_lines(ctx, AddLines("publish the list\npublish the guide"))),
        ("a log", _log_shown(ctx)),
    ):
        if isinstance(given.content, Content):
            yield what, given.content


def _log_shown(ctx: RequestContext) -> Response:
    shown = show_log(ctx, pasted_tables(_LOG), "A log")
    first = next(iter(shown.content.buttons), None) if isinstance(shown.content, Content) else None
    return pressed(ctx, first.verb, first.value) if first and first.verb == BoardOfLog.verb else shown


def _forms(ctx: RequestContext, what: str, buttons: Iterable[Button]) -> Iterator[tuple[str, dict[str, Any]]]:
    for button in buttons:
        form = pressed(ctx, button.verb, button.value).content
        if isinstance(form, Form):
            yield f"Form “{form.title}” of “{what}”", {"view": render_form(form)}


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
