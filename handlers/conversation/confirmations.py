"""Words that are not plain enough to be recorded at once, shown back: *Record for healthy-5* / *Not an update*."""

from dataclasses import replace

from handlers.actions.partners import answering
from handlers.actions.stale_buttons import with_today
from handlers.buttons import day_buttons
from handlers.commands.answers import (
    AnswerCommand,
    GiveUpdate,
    NoChange,
    ProposeClosure,
    ReadAs,
    Recorded,
    ShowBack,
    ToFollow,
    Verbal,
)
from handlers.commands.questions import DAY_MEANT, WhatFits
from handlers.context import RequestContext
from handlers.conversation.near_misses import NotAnUpdate, answer_said, record_all_button, record_kept_button
from handlers.conversation.open_questions import GENERAL, fitting_parts, likely_buttons, what_fits
from handlers.conversation.whose_actions import owed_refs
from handlers.formatting import day_said
from handlers.permissions import About, NotHere, may
from handlers.press_codec import MaybeStatus, Number, PressValue, Words, ask_button, press_button
from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.normalise import fold
from handlers.reading.plain_replies import read_reply
from handlers.reading.tokens import tokens_of
from handlers.reading.unclear_ratings import ratings_to_offer
from handlers.reading.whose import Whose
from handlers.responses import Button, Content, Response, response_of, say
from handlers.safeguarding.confirmation import (
    BY_RECORD,
    RECORD_MAX,
    RECORD_ROOM,
    RecordSurely,
    asked_first,
    objection,
    size_in_slack,
)
from handlers.updates.answers import record_answer
from handlers.updates.batch import refuse_any
from models.enums import Status, Verb
from models.plan.action_filter import ActionFilter
from models.storage.tables import Action

_MOST_SHOWN = 5
"""Actions offered when words may be about any of several."""


_LONGEST_LABEL = 75
_RATINGS = (Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK)
_LABELS = {Status.PROPOSED: "Done: propose for closure"}


class RecordWords(PressValue):
    """*Record for REF*: some words, and the status they name if any."""

    verb = "record"
    words_in = "words"
    old_form = ("action", "status", "words")

    action: Number = 0
    status: MaybeStatus = None
    words: Words = ""


class IsAnUpdate(PressValue):
    """*It is an update*: words that were taken for something else."""

    verb = "isupdate"
    words_in = "words"

    words: Words = ""


def show_back(ctx: RequestContext, reading: ShowBack, text: str) -> Response:
    """Show words back to be confirmed; nothing is stored until a press."""
    abouts = [answering(ctx, ref) for ref in reading.refs]
    if len(abouts) == 1 and isinstance(abouts[0], Response) and isinstance(abouts[0].content, Content):
        return replace(abouts[0], content=replace(abouts[0].content, typed=text))
    mine = [
        action
        for action in dict.fromkeys(about for about in abouts if isinstance(about, Action))
        if may(ctx.roles, Verb.ANSWER, About(action.lead_post_id, action.board_id))
    ]
    theirs = [
        f"{action.ref} is led by {ctx.posts.get(action.lead_post_id or 0, 'nobody yet')}"
        for ref in reading.refs
        if (action := ctx.action(ref)) is not None and action not in mine
    ]
    if not mine:
        if theirs and reading.reading and len(reading.refs) > 1:
            if not ctx.roles.posts:
                return _about_none(ctx, text)
            typed, _, near = reading.reading.partition(" as ")
            return say(
                f"There is no action {typed}, so nothing was recorded. Did you mean {near}?",
                typed=text,
                buttons=tuple(ask_button(ref, f"status {ref}") for ref in reading.refs[:_MOST_SHOWN]),
            )
        if theirs:
            return say(f"Nothing was recorded: {theirs[0]}.", f"“/cypp status {reading.refs[0]}” shows it.", typed=text)
        return _about_none(ctx, text)
    if reading.no_day:
        again = f"update {mine[0].ref} to follow by {DAY_MEANT}"
        days = reading.days if len(mine) == 1 and not theirs else ()
        asks = f"{reading.no_day} Nothing was recorded: when will the update follow?"
        return say(asks, typed=text, buttons=day_buttons(days, again, f"{mine[0].ref} to follow by {DAY_MEANT}"))
    words = reading.words.strip() or text.strip()
    if len(words) > RECORD_MAX or size_in_slack(words) > RECORD_ROOM:
        return _too_long(ctx, mine, words, text)
    read_as = (f"Read {reading.reading}.",) if reading.reading else ()
    if len(mine) == 1 and not theirs:
        named = reading.doubted or bool(ratings_to_offer(words, mine[0].rating, ctx.vocabulary))
        return _which_rating(ctx, mine[0], words, read_as, keeps=not named)
    buttons = [
        ask_button(action.ref, f"status {action.ref}") if reading.doubted else record_button(ctx, action, words)
        for action in mine[:_MOST_SHOWN]
    ]
    follow, every = _for_all(ctx, mine, words) if not reading.doubted else ((), ())
    buttons += every
    buttons.append(press_button("Not an update", NotAnUpdate()))
    return Response(
        Content(
            f"Is that an update on {mine[0].ref}? Nothing was recorded yet."
            if len(mine) == 1
            else "Which action is that about? Nothing was recorded yet.",
            intro=(f"“{words}”", *read_as, *follow, *(f"{said}, so it is not offered." for said in theirs)),
            buttons=tuple(buttons),
        )
    )


def ask_what_is_meant(ctx: RequestContext, reading: ShowBack, text: str) -> Response:
    """Ask what words are for that tell nothing of how an action stands; they may be an update all the same."""
    words = reading.words.strip() or text.strip()
    return say(
        "I am not sure what you mean. Nothing was recorded.",
        typed=text,
        buttons=(
            *(fitting_parts(ctx, text) or likely_buttons(ctx, text) or GENERAL),
            press_button("It is an update", IsAnUpdate(words=words)),
        ),
    )


def is_an_update(ctx: RequestContext, value: IsAnUpdate) -> Response:
    """Answer *It is an update*: ask on which of the actions that the asker owes an answer on."""
    return show_back(ctx, ShowBack(owed_refs(ctx)[:_MOST_SHOWN], value.words), value.words)


def _too_long(ctx: RequestContext, mine: list[Action], words: str, text: str) -> Response:
    """Ask about words that no button can carry: the status of the one action that they are about, or which it is."""
    if (objected := objection(ctx, words, text)) is not None:
        return asked_first(objected, RecordSurely(how=BY_RECORD, action=mine[0].id, words=words))
    only = mine[0] if len(mine) == 1 else None
    rated = (ratings_to_offer(words, only.rating, ctx.vocabulary) or _RATINGS) if only else ()
    commands = [GiveUpdate(only.ref, one, words) for one in rated] if only else []
    return say(
        f"That is {len(words):,} characters, more than a reply can hold, so nothing was recorded. "
        + (f"How does {only.ref} stand?" if only else "Which action is it about?"),
        f"A line or two will do; or use “/cypp update {mine[0].ref} on track” and paste it after that, or a link.",
        typed=text,
        buttons=(
            *(record_kept_button(ctx, one, words) for one in commands),
            *(ask_button(one.ref, f"status {one.ref}") for one in mine[:_MOST_SHOWN]),
            press_button("Not an update", NotAnUpdate()),
        ),
    )


def record_button(ctx: RequestContext, action: Action, words: str) -> Button:
    """Return the button that records words on an action, which names what it stores."""
    again = _plain_on(ctx, action, words)
    if again is None and ratings_to_offer(words, action.rating, ctx.vocabulary):
        # How it stands is asked next: these words do not leave it as it was.
        return press_button(action.ref, RecordWords(action=action.id, words=words), "primary")
    said = answer_said(replace(again, words="")) if again is not None else f"{action.ref}: {as_it_stands(action)}"
    return press_button(f"Record for {said}"[:_LONGEST_LABEL], RecordWords(action=action.id, words=words), "primary")


def as_it_stands(action: Action) -> str:
    """Return what words without a status are recorded as, for a button: "still on track"."""
    return "more evidence that it is done" if action.status is Status.PROPOSED else f"still {action.rating.value}"


def _plain_on(ctx: RequestContext, action: Action, words: str) -> AnswerCommand | None:
    """Return the one answer that words give, plainly, or likely and nothing else, where they are about an action."""
    again = read_reply(words, ctx.vocabulary, Whose((action.ref,), (action.ref,)), ctx.today)
    if isinstance(again, Recorded | ReadAs) and [command.ref for command in again.commands] == [action.ref]:
        return again.commands[0] if isinstance(again, Recorded) or not again.commands[0].words else None
    return None


def _which_rating(
    ctx: RequestContext, action: Action, words: str, read_as: tuple[str, ...] = (), *, keeps: bool = False
) -> Response:
    """Ask how an action stands of which words do not say it plainly.

    `keeps`: nothing in them is about its status, so that it may stand as it did.
    """
    proposed = action.status is Status.PROPOSED
    named = ratings_to_offer(words, action.rating, ctx.vocabulary) or _RATINGS
    offered = () if proposed and keeps else tuple(one for one in named if not (keeps and one is action.rating))
    as_it_is = RecordWords(action=action.id, words=words)
    still = press_button(f"Record for {action.ref}: {as_it_stands(action)}", as_it_is, "primary")
    rated = [
        press_button(_LABELS.get(one, one.value.capitalize()), RecordWords(action=action.id, status=one, words=words))
        for one in offered
    ]
    return say(
        f"Is that an update on {action.ref}? Nothing was recorded yet."
        if keeps
        else f"Is that an update on {action.ref}, and how does it stand? Nothing was recorded yet.",
        f"“{words}”",
        *read_as,
        buttons=(*((still,) if keeps else ()), *rated, press_button("Not an update", NotAnUpdate())),
    )


def _for_all(ctx: RequestContext, mine: list[Action], words: str) -> tuple[tuple[str, ...], tuple[Button, ...]]:
    """Show words that answer plainly and may be about any of several actions, with one press for all."""
    commands = [again for action in mine if (again := _plain_on(ctx, action, words)) is not None]
    if len(commands) < len(mine):
        return (), ()
    first = commands[0]
    said = (f"To follow by {day_said(first.by)}.",) if isinstance(first, ToFollow) else ()
    alike = isinstance(first, GiveUpdate | NoChange | Verbal | ToFollow)
    if not 1 < len(mine) < _MOST_SHOWN or not alike or refuse_any(ctx, commands, words) is not None:
        return said, ()
    return said, (record_all_button(ctx, tuple(commands), words),)


def _about_none(ctx: RequestContext, text: str) -> Response:
    """Answer words that name no action, from somebody who owes no answer just now."""
    own = ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True)) if ctx.roles.posts else []
    if own and any(one.kind in ANSWER_PHRASES for one in tokens_of(fold(text), ctx.vocabulary)):
        return say(
            "No update is wanted from you just now, so nothing was recorded.",
            f"To update all the same, name the action: “{own[0].ref} no change”. “/cypp mine” lists yours.",
            typed=text,
        )
    if not own:
        return what_fits(ctx, WhatFits(text))
    return say(
        "I could not tell which action that is about, so nothing was recorded.",
        "“/cypp mine” lists yours; “/cypp help” shows what can be asked.",
        typed=text,
    )


def record_pressed(ctx: RequestContext, value: RecordWords) -> Response:
    """Answer *Record for REF*; a refusal shows the action as it stands today."""
    given, action = record_shown(ctx, value), ctx.action_by_id(value.action)
    return with_today(ctx, action, given) if action is not None else given


def record_shown(ctx: RequestContext, value: RecordWords) -> Response:
    """Record the words that were shown back, with the status they had or the one the action has."""
    again = RecordSurely(how=BY_RECORD, action=value.action, status=value.status, words=value.words)
    return asked_first(response_of(_record_shown, ctx, value), again)


def _record_shown(ctx: RequestContext, value: RecordWords) -> Response:
    status, words = value.status, value.words
    action = ctx.action_by_id(value.action)
    if action is None:
        return say(NotHere("That action is not in this plan any more, so nothing was recorded."), typed=words)
    again = _plain_on(ctx, action, words)
    if again is not None and status is None:
        return record_answer(ctx, again)
    if status is None and ratings_to_offer(words, action.rating, ctx.vocabulary):
        return _which_rating(ctx, action, words)
    if status is Status.PROPOSED or (status is None and action.status is Status.PROPOSED):
        # More words on what awaits the board are more evidence; they do not withdraw the proposal.
        return record_answer(ctx, ProposeClosure(action.ref, words))
    return record_answer(ctx, GiveUpdate(action.ref, status or action.rating, words))
