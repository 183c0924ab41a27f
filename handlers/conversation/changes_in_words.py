"""Changes said in any words: what each would do is said first, from the command itself, and one press does it.

Source: docs/explanation/what-people-write.md, What is changed.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.actions.card_buttons import card_buttons
from handlers.actions.taking_back import undo_each
from handlers.buttons import RecordNothing
from handlers.commands.questions import Unclear
from handlers.context import RequestContext
from handlers.conversation.awaited_words import NEXT_WORDS, await_reason, can_wait
from handlers.conversation.change_questions import (
    about_actions,
    ask_about_change,
    keeps,
    may_change,
    meeting_answered,
    names_no_meeting,
    who_may,
    with_forms,
)
from handlers.dispatch import answer_text
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.formatting import day_said, listed
from handlers.outcomes.open_outcomes import OpenOutcomes
from handlers.people.lookup import find_post
from handlers.permissions import About, NotHere, may
from handlers.press_codec import OnDraft, ask_button, press_button
from handlers.reading.changes.change_commands import ChangeRead, read_change
from handlers.reading.changes.change_frames import Changed
from handlers.reading.changes.change_tokens import LONGEST_CHANGE, change_tokens
from handlers.reading.changes.change_words import DOUBTS, W
from handlers.reading.deeds.decided import read_decided
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.deeds.wishes import read_wish
from handlers.reading.questions import sounds_like_a_question
from handlers.reading.whose import Sureness
from handlers.responses import Content, Response, say
from handlers.status.plan_questions import actions_called
from models.enums import OPEN, OutcomeKind, Verb
from models.plan.action_reads import open_actions_led_by
from models.storage.sessions import keep_if

_DRAFT = "changes"
_SAYS_NOTHING = frozenset((W.SMALL, W.POLITE))
_MOVES = re.compile(r"move (?P<ref>\S+) to (?:(?! because ).)+")
_IT = re.compile(
    r"(?:it|that|this|(?:the|our) (?:meeting|board)|the board meeting)"
    r"(?= (?:did ?n[o'’]?t|did not|never) (?:happen|go ahead|take place|meet)(?![^\W_]))",
    re.IGNORECASE,
)
_GONE = NotHere("That was done already, or a day has passed: nothing was changed. Please say it again.")


class DoChanges(OnDraft):
    """*Do it*, *Send*."""

    verb = "dochanges"


def changed_in_words(
    ctx: RequestContext,
    words: str,
    topic: tuple[str, ...],
    thread: str = "",
    titles: Mapping[str, str] | None = None,
) -> Response | None:
    """Show which actions some words move; None where they move none.

    `topic`: what the thread is about; `thread`: where the words stand, "" in the conversation itself; `titles`: the
    folded words of the actions that may be meant by some of them.
    """
    wish = read_wish(words, ctx.vocabulary, ctx.today, topic, titles)
    if wish is not None and not wish.meeting:
        return _ask_for_meeting(ctx, wish.ref, words)
    if wish is not None and not _decides(ctx, wish.ref) and ctx.action(wish.ref) is not None:
        because = f" because {wish.reason}" if wish.reason else ""
        return offer_changes(ctx, [f"move {wish.ref} to {wish.meeting}{because}"], "Send", thread)
    reading = read_decided(words, ctx.vocabulary, ctx.today, {}, topic)
    if not reading.parts or not all(_moves(ctx, one) for one in reading.parts):
        return None
    commands = [
        f"move {ref} to {one.to_meeting} because {one.reason}".removesuffix(" because ")
        for one in reading.parts
        for ref in one.refs
    ]
    leads = any(not _decides(ctx, ref) for one in reading.parts for ref in one.refs)
    return offer_changes(ctx, commands, "Send" if leads else "Do it", thread)


def _ask_for_meeting(ctx: RequestContext, ref: str, words: str) -> Response | None:
    """Ask which meeting an action should move to, and why; None where the asker has no say in it."""
    action = ctx.action(ref)
    replans = card_buttons(ctx, action)[:1] if action is not None and action.status in OPEN else ()
    if not replans:
        return None
    return say(f"Which meeting should {ref} move to, and why? Nothing was changed yet.", typed=words, buttons=replans)


def why_it_moves(ctx: RequestContext, words: str, topic: tuple[str, ...], thread: str) -> Response | None:
    """Ask why an action moves that a command moves without saying it: the next words are it; else None."""
    command = ctx.parsed(words).command
    lacks = isinstance(command, Unclear) and command.nearest == "move"
    return changed_in_words(ctx, words, topic, thread) if lacks else None


def change_in_words(ctx: RequestContext, words: str, *, in_doubt: bool) -> Response | None:
    """Show what words change; where a doubt keeps it from being shown, how that stands, if `in_doubt`; else None."""
    words = _with_ref(ctx, _with_meeting(ctx, words))
    return _plainly(ctx, words) or (_in_doubt(ctx, words) if in_doubt else None)


def _with_meeting(ctx: RequestContext, words: str) -> str:
    """Return words that a meeting did not happen with the one whose outcomes are awaited where they say "it"."""
    if not _IT.match(words):
        return words
    outcomes = OpenOutcomes(ctx)
    held = [one for one in outcomes.held.values() if outcomes.left_at(one[1])]
    days = sorted(calendar.day(meeting) for calendar, meeting in held)
    return _IT.sub(f"The meeting of {day_said(days[-1])}", words, count=1) if days else words


def _with_ref(ctx: RequestContext, words: str) -> str:
    """Return words that open an action again by its title with its ref instead, where one closed action alone fits."""
    if len(words) > LONGEST_CHANGE:
        return words
    tokens = [one for one in change_tokens(words, ctx.vocabulary, ctx.today) if not one.kinds <= _SAYS_NOTHING]
    place = next((n for n, one in enumerate(tokens) if not one.has(*DOUBTS)), len(tokens))
    if place == len(tokens) or not tokens[place].has(W.REOPEN) or any(one.has(W.REF) for one in tokens):
        return words
    ends = (n for n, one in enumerate(tokens) if n > place and one.has(W.BECAUSE, W.MARK, W.LINE, W.SO, W.QUESTION))
    title = tokens[place + 1 : next(ends, len(tokens))]
    named = [one.text for one in title if not one.has(W.ACTION, W.FOCUS) and one.text != "again"]
    fitting = [(ref, ctx.action(ref)) for ref in actions_called(ctx, named)[0]]
    closed = [ref for ref, action in fitting if action is not None and action.status not in OPEN]
    return f"{words[: tokens[place].end]} {closed[0]}{words[title[-1].end :]}" if len(closed) == 1 else words


def _plainly(ctx: RequestContext, words: str) -> Response | None:
    """Show what words change that say it plainly, or who may; None where they say no change, or leave a doubt."""
    read = read_change(words, ctx.vocabulary, ctx.today)
    if read.change is None or not read.plain or names_no_meeting(read):
        return None
    if not may_change(ctx, read):
        return who_may(ctx, read, words)
    commands = _for_each(ctx, read)
    return (
        with_forms(ctx, offer_changes(ctx, commands, "Do it"), read) if commands else ask_about_change(ctx, read, words)
    )


def _in_doubt(ctx: RequestContext, words: str) -> Response | None:
    """Say how it stands what words would change that are in doubt: denied, wished, proposed; None where they are else.

    Whether a meeting was changed is answered by the meeting. What may be an answer on an action is left to be one.
    """
    read = read_change(words, ctx.vocabulary, ctx.today)
    if read.change is None or read.plain or read.beside or names_no_meeting(read):
        return None
    if read.refs and not (read.orders and about_actions(read)):
        return None
    if read.whether:
        return meeting_answered(ctx, read)
    if (read.asks or sounds_like_a_question(words)) and not read.proposes:
        return None
    if not (keeps(ctx) or read.change is Changed.DEPUTY or read.change is Changed.CONTACT) or not may_change(ctx, read):
        return who_may(ctx, read, words) if read.orders and read.whole else None
    return ask_about_change(ctx, read, words)


def _for_each(ctx: RequestContext, read: ChangeRead) -> tuple[str, ...]:
    """Return the commands, with the actions of a post in the place of "…"."""
    if not read.whose:
        return read.commands
    post = find_post(ctx, read.whose, lambda key: f"people {key}").post
    refs = ", ".join(action.ref for action in open_actions_led_by(ctx.session, post.id))
    return tuple(one.replace("…", refs) for one in read.commands) if refs else ()


def _moves(ctx: RequestContext, part: DecidedPart) -> bool:
    """Return whether a part moves actions that are open to another meeting, plainly enough to be shown."""
    actions = [ctx.action(ref) for ref in part.refs]
    return (
        part.kind is OutcomeKind.CARRIED_FORWARD
        and bool(part.to_meeting)
        and part.sure > Sureness.DOUBTED
        and bool(actions)
        and all(one is not None and one.status in OPEN for one in actions)
    )


def _decides(ctx: RequestContext, ref: str) -> bool:
    action = ctx.action(ref)
    return action is not None and may(ctx.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id))


def offer_changes(ctx: RequestContext, commands: Sequence[str], label: str, thread: str = "") -> Response:
    """Show what some commands would do, each tried and taken back; what one lacks, or who may not, is said instead.

    Where it is why an action moves, the next words in the thread are it.
    """
    lines: list[str] = []
    for given in keep_if(ctx.session, lambda: _answers(ctx, commands), lambda _: False):
        if not given.done or not isinstance(given.content, Content):
            return _why_it_moves(ctx, commands, label, thread) or given
        lines += [given.content.headline, *given.content.intro]
    name = keep_draft(ctx, _DRAFT, json.dumps(list(commands), ensure_ascii=False))
    buttons = (press_button(label, DoChanges(draft=name), "primary"), press_button("Leave it", RecordNothing()))
    headline = "Shall I send that to the board’s secretary?" if label == "Send" else "Shall I do that?"
    return say(f"{headline} Nothing was changed yet. It would say:", *lines, buttons=buttons)


def _why_it_moves(ctx: RequestContext, commands: Sequence[str], label: str, thread: str) -> Response | None:
    """Ask why actions move, and keep what waits for it; say what else is in the way; None where they move none."""
    moves = [_MOVES.fullmatch(one) for one in commands]
    actions = [ctx.action(found["ref"]) for found in moves if found is not None]
    if not moves or None in moves or None in actions:
        return None
    tried = keep_if(ctx.session, lambda: answer_text(_afresh(ctx), f"{commands[0]} because of this"), lambda _: False)
    if not isinstance(tried.content, Content):
        return None
    if not tried.done:
        # Whatever the reason, it would not move.
        shown = tuple(ask_button(one.ref, f"status {one.ref}") for one in actions[:1] if one is not None)
        forms = card_buttons(ctx, actions[0])[:1] if actions[0] is not None else ()
        return replace(tried, content=replace(tried.content, buttons=tried.content.buttons or (*forms, *shown)))
    waits = can_wait(ctx)
    if waits:
        await_reason(ctx, commands, label, thread)
    refs = listed([found["ref"] for found in moves if found is not None])
    buttons = card_buttons(ctx, actions[0]) if actions[0] is not None else ()
    return say(
        f"Why {'does' if len(commands) == 1 else 'do'} {refs} move? Nothing was changed yet.",
        *([NEXT_WORDS] if waits else []),
        f"It would say: {tried.content.headline}",
        buttons=buttons[:1],
    )


def _afresh(ctx: RequestContext) -> RequestContext:
    """Return a context that has read nothing yet: what is tried must not be remembered."""
    return replace(ctx, confirmed=True, _parsed={}, _actions={}, _questions={})


def _answers(ctx: RequestContext, commands: Sequence[str]) -> list[Response]:
    """Return the answer to each command, one after the other, as far as they are done."""
    answers: list[Response] = []
    for one in commands:
        answers.append(answer_text(_afresh(ctx), one))
        if not answers[-1].done:
            break
    return answers


def do_changes(ctx: RequestContext, value: DoChanges) -> Response:
    """Answer *Do it*: each command as if it were typed now; all or none."""
    row = named_draft(ctx, _DRAFT, value.draft)
    if row is None:
        return say(_GONE)
    commands = [str(one) for one in json.loads(row.words)]
    use_draft(ctx, row)
    answers = keep_if(ctx.session, lambda: _answers(ctx, commands), lambda given: given[-1].done)
    if not answers[-1].done:
        return answers[-1]
    contents = [one.content for one in answers if isinstance(one.content, Content)]
    lines = [line for one in contents[1:] for line in (one.headline, *one.intro)]
    undoes = [(typed.split()[1], content) for typed, content in zip(commands, contents, strict=True)]
    buttons = (undo_each(undoes) if len(contents) > 1 else ()) or contents[-1].buttons
    first = replace(contents[0], intro=(*contents[0].intro, *lines), buttons=buttons)
    return Response(first, [notice for one in answers for notice in one.notices], done=True)
