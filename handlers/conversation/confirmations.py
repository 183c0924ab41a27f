"""Words that are not plain enough to be recorded at once, shown back: *Record for healthy-5* / *Not an update*."""

from dataclasses import replace

from handlers.actions.partners import answering
from handlers.actions.stale_buttons import with_today
from handlers.buttons import day_buttons
from handlers.commands.answers import GiveUpdate, NoChange, ProposeClosure, Recorded, ShowBack, ToFollow, Verbal
from handlers.commands.questions import DAY_MEANT, WhatFits
from handlers.context import RequestContext
from handlers.conversation.near_misses import record_all_button
from handlers.conversation.open_questions import what_fits
from handlers.formatting import day_said
from handlers.permissions import About, NotHere, may
from handlers.press_codec import MaybeStatus, Number, PressValue, Words, press_button
from handlers.reading.normalise import fold
from handlers.reading.plain_replies import read_reply
from handlers.reading.status_phrases import phrases_in
from handlers.reading.unclear_ratings import circle_in, ratings_to_offer
from handlers.responses import Button, Content, Response, response_of, say
from handlers.safeguarding.confirmation import (
    BY_RECORD,
    RECORD_MAX,
    RECORD_ROOM,
    RecordSurely,
    asked_first,
    size_in_slack,
)
from handlers.updates.answers import record_answer
from handlers.updates.batch import refuse_any
from models.enums import Status, Verb
from models.plan.action_filter import ActionFilter
from models.storage.tables import Action

_MOST_SHOWN = 5
"""Actions offered when words may be about any of several."""


class RecordWords(PressValue):
    """*Record for REF*: some words, and the status they name if any."""

    verb = "record"
    words_in = "words"
    old_form = ("action", "status", "words")

    action: Number = 0
    status: MaybeStatus = None
    words: Words = ""


class NotAnUpdate(PressValue):
    """*Not an update*, *Neither*."""

    verb = "notupdate"


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
        if theirs:
            return say(f"Nothing was recorded: {theirs[0]}.", f"“/cypp status {reading.refs[0]}” shows it.", typed=text)
        return _about_none(ctx, text)
    if reading.no_day:
        again = f"update {mine[0].ref} to follow by {DAY_MEANT}"
        days = reading.days if len(mine) == 1 and not theirs else ()
        asks = f"{reading.no_day} Nothing was recorded: when will the update follow?"
        return say(asks, typed=text, buttons=day_buttons(days, again, f"{mine[0].ref} to follow by {DAY_MEANT}"))
    # A bare status word is no reason for itself.
    words = reading.words.strip() or ("" if reading.status is not None else text.strip())
    if len(words) > RECORD_MAX or size_in_slack(words) > RECORD_ROOM:
        return say(
            f"That is {len(words):,} characters, more than a reply can hold, so nothing was recorded.",
            f"Use “/cypp update {mine[0].ref} on track” and paste it after that, or give a link.",
            typed=text,
        )
    # A coloured circle is a status to whoever types it, and is shown as one.
    status = reading.status or circle_in(words)
    if len(mine) == 1 and not theirs and status is None and (offered := ratings_to_offer(words, mine[0].rating)):
        return _which_rating(mine[0], words, offered)
    buttons = []
    for action in mine[:_MOST_SHOWN]:
        label = f"Record for {action.ref}"
        if len(mine) == 1 and status is not None:
            label += f": {status.value}"
        buttons.append(press_button(label, RecordWords(action=action.id, status=status, words=words), "primary"))
    follow, every = _for_all(ctx, mine, words)
    buttons += every
    buttons.append(press_button("Not an update", NotAnUpdate()))
    read_as = (*((f"Read {reading.reading}.",) if reading.reading else ()), *follow)
    return Response(
        Content(
            f"Is that an update on {mine[0].ref}? Nothing was recorded yet."
            if len(mine) == 1
            else "Which action is that about? Nothing was recorded yet.",
            intro=(f"“{words or text.strip()}”", *read_as, *(f"{said}, so it is not offered." for said in theirs)),
            buttons=tuple(buttons),
        )
    )


def _which_rating(action: Action, words: str, offered: tuple[Status, ...]) -> Response:
    """Ask about words on a status that do not say it plainly: keeping the last one may be the contrary."""
    labels = {Status.PROPOSED: "Done: propose for closure"}
    return say(
        f"Is that an update on {action.ref}, and how does it stand? Nothing was recorded yet.",
        f"“{words}”",
        buttons=(
            *(
                press_button(
                    labels.get(one, one.value.capitalize()), RecordWords(action=action.id, status=one, words=words)
                )
                for one in offered
            ),
            press_button("Not an update", NotAnUpdate()),
        ),
    )


def _for_all(ctx: RequestContext, mine: list[Action], words: str) -> tuple[tuple[str, ...], tuple[Button, ...]]:
    """Show words that answer plainly and may be about any of several actions, with one press for all."""
    commands = []
    for action in mine:
        again = read_reply(words, ctx.vocabulary, (action.ref,), ctx.today, action.ref)
        if not isinstance(again, Recorded) or [command.ref for command in again.commands] != [action.ref]:
            return (), ()
        commands.append(again.commands[0])
    first = commands[0]
    said = (f"To follow by {day_said(first.by)}.",) if isinstance(first, ToFollow) else ()
    alike = isinstance(first, GiveUpdate | NoChange | Verbal | ToFollow)
    if not 1 < len(mine) < _MOST_SHOWN or not alike or refuse_any(ctx, commands, words) is not None:
        return said, ()
    return said, (record_all_button(ctx, tuple(commands), words),)


def _about_none(ctx: RequestContext, text: str) -> Response:
    """Answer words that name no action, from somebody who owes no answer just now."""
    own = ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True)) if ctx.roles.posts else []
    if own and phrases_in(fold(text)):
        return say(
            "Nothing is owed of you just now, so nothing was recorded.",
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
    again = read_reply(words, ctx.vocabulary, (action.ref,), ctx.today, action.ref)
    if isinstance(again, Recorded) and [command.ref for command in again.commands] == [action.ref]:
        return record_answer(ctx, again.commands[0])
    if status is None and (offered := ratings_to_offer(words, action.rating)):
        return _which_rating(action, words, offered)
    if status is Status.PROPOSED or (status is None and action.status is Status.PROPOSED):
        # More words on what awaits the board are more evidence; they do not withdraw the proposal.
        return record_answer(ctx, ProposeClosure(action.ref, words))
    return record_answer(ctx, GiveUpdate(action.ref, status or action.rating, words))
