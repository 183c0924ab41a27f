"""Questions about a plan that has ended are answered as it stood then; whatever would change it is refused.

The words are read and answered by the same code as for the plan that runs, in a session that sees the other.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from handlers.commands.questions import Help, Pleasantry, ShowPlans, ShowStatus, Unclear, WhatFits
from handlers.commands.records import Redact
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said
from handlers.permissions import NotHere
from handlers.press_codec import Ask, ShowPage, ask_button
from handlers.reading.ended_plans import (
    THE_ONE_BEFORE,
    EndedMention,
    EndedPlanWords,
    ended_mention,
    may_name_an_ended_plan,
    ref_of_ended,
)
from handlers.reading.normalise import fold, normalise
from handlers.reading.questions import sounds_like_a_question
from handlers.reading.ref_finder import like_ref_at
from handlers.reading.tokens import named_in
from handlers.reading.vocabulary import PlainRefBook
from handlers.responses import LONGEST_LABEL, Button, Content, Response, response_of, say
from models.enums import AtPlanEnd
from models.plan.action_reads import action_by_id, action_by_ref, printed_refs
from models.plan.plan_ends import EndFate, carried_from, end_fate_of, ended_plans, no_plan_ended, others_by_ref
from models.storage.history_tables import EndedPlan
from models.storage.scope import EVERY_PLAN, RUNNING_PLAN, in_plan, plan_seen
from models.storage.tables import Action

_SAYS_NOTHING = (Unclear, WhatFits, Help, Pleasantry, ShowPlans)
"""What words come to that ask nothing of a plan."""
_ENDING = re.compile(
    r"(?<![^\W_])(?:end|carried|carry)(?![^\W_])"
    r"|what (?:happened|became)(?: (?:to|of|with))?(?: (?:the|all|its|of))*(?: (?:actions|commitments|things|it))?\W*$"
)
"""What is asked of how a plan ended, not of its actions: "what was carried over from the old plan?"."""
_OF_THEN = (
    (re.compile(r" (?:at|by|in) the end(?![^\W_])"), ""),
    (re.compile(r"^did (?:we|you|they) finish(?: the plan)?\W*$"), "status"),
    (re.compile(r"did (?:we|you|they) finish"), "are complete"),
    (re.compile(r"did (?:we|you|they) close"), "are closed"),
)
"""What is said only where all is over, and how it is asked while a plan runs."""
_MOST_NAMED = 3
LONGEST_ABOUT = 400
"""Characters of a message that is looked through for a plan that has ended; a longer one is an update, or mail."""
AsksPlainly = Callable[[RequestContext, str], Response | None]
"""Answers words where they ask something; None where they do not."""


def about_old_plan(ctx: RequestContext, text: str, asks: AsksPlainly | None = None, page: int = 0) -> Response | None:
    """Answer words about a plan that has ended; None where they are about none.

    `asks`: what answers plain words that ask; without it every command that reads counts as asking.
    """
    if len(text) > LONGEST_ABOUT or plan_seen(ctx.session) != RUNNING_PLAN:
        return None
    words = normalise(text).text
    named = may_name_an_ended_plan(words)
    if not named and (no_plan_ended(ctx.session) or not _an_unknown_ref(ctx, words)):
        return None
    ended = {one.id: one for one in ended_plans(ctx.session)}
    if not ended:
        before = ended_mention(words, (THE_ONE_BEFORE,), ctx.vocabulary) if named else None
        asked = before is not None and (not before.bare.strip(" .?!") or _asks_of_what_runs(ctx, text))
        return _none_before(ctx) if asked else None
    plans = [_words_of(ctx, one) for one in ended.values()]
    found = ended_mention(words, plans, ctx.vocabulary) if named else None
    found = found or ref_of_ended(words, plans, ctx.vocabulary)
    return _answer(ctx, ended[found.plan.id], found, text, asks, page) if found is not None else None


def _none_before(ctx: RequestContext) -> Response:
    """Answer what is asked of the plan before, where none has ended."""
    runs = ctx.plan.name if ctx.plan else "any"
    how = (ask_button("How the plan stands", "status"),) if ctx.plan else ()
    return say(f"No plan has ended here, so there is none before {runs}.", buttons=how)


def _an_unknown_ref(ctx: RequestContext, words: str) -> bool:
    """Return whether something like a ref stands in words that the plan that runs has not."""
    folded = fold(words)
    likes = (like_ref_at(folded, start) for start in _word_starts(folded))
    return any(like and ctx.vocabulary.exact_ref(like) is None for like in likes)


def _word_starts(folded: str) -> Iterator[int]:
    return (at for at, char in enumerate(folded) if char.isalnum() and (at == 0 or folded[at - 1].isspace()))


def _words_of(ctx: RequestContext, ended: EndedPlan) -> EndedPlanWords:
    with in_plan(ctx.session, ended.id):
        refs = PlainRefBook(printed_refs(ctx.session))
    return EndedPlanWords(
        ended.id,
        ended.name,
        ended.starts.year if ended.starts else 0,
        ended.ends.year if ended.ends else 0,
        refs,
    )


def _answer(
    ctx: RequestContext, ended: EndedPlan, found: EndedMention, text: str, asks: AsksPlainly | None, page: int
) -> Response | None:
    if found.mixed and _asks_of_what_runs(ctx, text):
        return None
    old = replace(ctx, now=ended.at, seen=None, answered=[], _parsed={}, _actions={}, _questions={})
    found = replace(found, bare=_as_of_one_that_runs(found.bare), rest=_as_of_one_that_runs(found.rest))
    if not found.firm and _ENDING.search(found.bare.casefold()) and _asks_of_what_runs(ctx, text):
        return response_of(ctx.registry.command(ShowPlans()).handler, ctx, ShowPlans())
    with in_plan(ctx.session, ended.id):
        # "Find advocacy in the old plan" asks the same without the plan; "how did the old plan do?" does not.
        first = old.parsed(found.bare).command if found.bare else None
        reads = first is not None and ctx.registry.reads(first) and not isinstance(first, _SAYS_NOTHING)
        command = first if first is not None and reads else old.parsed(found.rest).command
        entry = ctx.registry.command(command)
        if isinstance(command, Redact):
            return response_of(entry.handler, replace(old, now=ctx.now, _parsed={}), command)
        given: Response | None = None
        if asks is not None:
            given = (asks(old, found.bare) if found.bare else None) or asks(old, found.rest)
        elif entry.reads and not isinstance(command, _SAYS_NOTHING):
            if page and entry.paged:
                command = replace(command, page=page)  # type: ignore[call-arg]
            given = response_of(entry.handler, old, command)
        asked = isinstance(command, ShowStatus) or sounds_like_a_question(text)
        if given is None and found.firm and found.ref and entry.reads and asked:
            status = ShowStatus(found.ref)
            given = response_of(ctx.registry.command(status).handler, old, status)
        if given is not None:
            return _as_of_then(ctx, ended, found, given)
    if not found.firm:
        return None
    said = fate_said(ctx, found.ref, ended) if found.ref else f"{_ended_said(ended)} and no longer changes."
    more = ("Please send the rest without it.",) if found.mixed else ()
    return say(f"Nothing was recorded: {said}", *more, typed=text)


def _as_of_one_that_runs(words: str) -> str:
    for pattern, instead in _OF_THEN:
        words = pattern.sub(instead, " ".join(words.split()))
    return words


def beside_old_plan(ctx: RequestContext, text: str, given: Response) -> Response:
    """Return an answer that says of which plan it is, where a ref in the words stands in one that has ended as well."""
    content = given.content
    if not isinstance(content, Content) or plan_seen(ctx.session) != RUNNING_PLAN or no_plan_ended(ctx.session):
        return given
    named = named_in(fold(normalise(text).text), ctx.vocabulary)[:_MOST_NAMED]
    others = others_by_ref(ctx.session, named) if named else []
    runs = ctx.plan.name if ctx.plan else ""
    said = tuple(f"Here {ref} is of {runs}: {ended.name} has another." for ref, ended in others)
    if not said or said[0] in content.intro:
        return given
    asks = (
        ask_button(clipped(f"{ref} of {ended.name}", LONGEST_LABEL), f"{ended.name}: status {ref}")
        for ref, ended in others
    )
    return replace(given, content=replace(content, intro=(*content.intro, *said), buttons=(*content.buttons, *asks)))


def _asks_of_what_runs(ctx: RequestContext, text: str) -> bool:
    """Return whether words that name an action of either plan ask, so that nothing can be stored under the other."""
    command = ctx.parsed(text).command
    reads = ctx.registry.reads(command) and not isinstance(command, _SAYS_NOTHING)
    return reads or sounds_like_a_question(text)


def _ended_said(ended: EndedPlan) -> str:
    return f"{ended.name} ended on {day_said(ended.ended_on)}"


def _as_of_then(ctx: RequestContext, ended: EndedPlan, found: EndedMention, given: Response) -> Response:
    """Return an answer that says of which plan it is, without the buttons that would change something."""
    content = given.content
    if not isinstance(content, Content):
        return given
    first = fate_said(ctx, found.ref, ended) if found.ref else f"{_ended_said(ended)}; this is how it stood then."

    def kept(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
        return tuple(again for one in buttons if (again := _of_then(one, ended)) is not None)

    groups = tuple(
        replace(
            group,
            buttons=kept(group.buttons),
            lines=tuple(replace(line, buttons=kept(line.buttons)) for line in group.lines),
        )
        for group in content.groups
    )
    made = replace(
        content, intro=(first, *content.intro), groups=groups, buttons=kept(content.buttons), shareable="", typed=""
    )
    return replace(given, content=made)


def _of_then(button: Button, ended: EndedPlan) -> Button | None:
    """Return a button that asks, about the plan that has ended; None for any other."""
    for sort in (Ask, ShowPage):
        if button.verb == sort.verb and button.value:
            value = sort.decode(button.value)
            return replace(button, value=replace(value, words=f"{ended.name}: {value.words}").encode())
    return None


def fate_said(ctx: RequestContext, ref: str, ended: EndedPlan) -> str:
    """Return of which plan an action is that has ended, and where it went, in a sentence."""
    with in_plan(ctx.session, ended.id):
        action = action_by_ref(ctx.session, ref)
        fate = end_fate_of(ctx.session, action) if action is not None else None
    whose = f"{ref} is of {ended.name}, which ended on {day_said(ended.ended_on)}"
    if action is None or fate is None:
        return f"{whose}{f'; it was {action.status.value} by then' if action is not None else ''}."
    return f"{whose}; {became_said(fate)}."


def became_said(fate: EndFate) -> str:
    """Return what became of an action when its plan ended, in words behind its ref."""
    if fate.ref:
        moved = f"was {fate.decision.words} and " if fate.decision.how is AtPlanEnd.MOVED else ""
        return f"it {moved}goes on as {fate.ref} of {fate.plan}"
    if fate.decision.how is AtPlanEnd.CARRIED:
        return "the next plan is to carry it on"
    if fate.decision.how is AtPlanEnd.MOVED:
        return f"it was {fate.decision.words}"
    return f"it was closed then, because “{fate.decision.words}”"


def gone_or_ended(ctx: RequestContext, action_id: int, instead: NotHere, typed: str = "") -> Response:
    """Answer a button or form about an action that is not in the plan: where it went, where its plan has ended."""
    with in_plan(ctx.session, EVERY_PLAN):
        action = action_by_id(ctx.session, action_id)
    ended = {one.id: one for one in ended_plans(ctx.session)}
    if action is None or action.ended_plan_id not in ended:
        return say(instead, typed=typed)
    return say(f"Nothing was recorded: {fate_said(ctx, action.ref, ended[action.ended_plan_id])}", typed=typed)


def carried_said(ctx: RequestContext, action: Action) -> str:
    """Return what an action carries on, in a sentence; "" where that is nothing."""
    before = carried_from(ctx.session, action)
    if before is None:
        return ""
    old, ended = before
    return f"Carries on {old.ref} of {ended.name}: “/cypp {ended.name}: history {old.ref}” shows what was said there."
