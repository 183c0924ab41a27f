"""What an answer still lacks, why it is amber or what shows that it is done: the next words in its place.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.actions.partners import answering
from handlers.commands.answers import AnswerCommand, GiveUpdate, ProposeClosure
from handlers.context import RequestContext
from handlers.drafts import keep_draft, latest_draft
from handlers.permissions import About, may
from handlers.reading.lexicon import ways
from handlers.reading.normalise import clean, fold, plain
from handlers.reading.questions import begins_as_a_question
from handlers.responses import Content, Response
from models.enums import NEEDS_REASON, OPEN, Kind, Status, Verb, Way
from models.plan.measures import measure_refs
from models.records.entry_reads import recorded_since
from models.rules.refs import ref_key
from models.storage.history_tables import Draft, Update
from models.storage.tables import Action

NEXT_WORDS = "Your next words here will be it."
_AFTER_NO = frozenset(
    (
        "its",
        "it",
        "i",
        "im",
        "that",
        "thats",
        "this",
        "we",
        "they",
        "wrong",
        "not",
        "hang",
        "dont",
        "please",
        "need",
        "no",
    )
)
"""What stands behind "no" where it denies; anything else is what there is none of."""
_TAKING_BACK = frozenset(
    ways(
        "no|nope|not|sorry|ignore|wait|oops|cancel|forget|scrap|hang|hold|stop|actually|ok|okay|thanks|ta|cheers|later"
    )
)
"""How words begin that are no answer to what was asked."""
_LETS_BE = re.compile(
    r"(?:(?:oh|ah|ok|okay|no|sorry|actually|please|just|well)[ ,.!-]+)*"
    r"(?:nvm|never ?mind|cancel|forget|leave|ignore|scrap|drop|skip|stop)"
    r"(?: (?:it|that|this|them|me|please|thanks|for now|about it|about that))*[ .!]*"
)
"""Words that end the wait and say nothing else."""
_KIND = "awaited:"
"""Of drafts: an answer or a change that waits for its words; the thread stands behind it."""
_PATIENCE = timedelta(hours=1)
"""How long what was asked for is waited for."""


def lacks_words(ctx: RequestContext, command: AnswerCommand) -> bool:
    """Return whether an answer was not recorded for want of a reason or of what shows it alone."""
    action = answering(ctx, command.ref)
    if command.words or not isinstance(action, Action) or action.status not in OPEN:
        return False
    if not may(ctx.roles, Verb.ANSWER, About(action.lead_post_id, action.board_id)):
        return False
    if isinstance(command, ProposeClosure):
        return action.kind is not Kind.STANDING
    return isinstance(command, GiveUpdate) and command.status in NEEDS_REASON


def can_wait(ctx: RequestContext) -> bool:
    """Return whether the next words in this place are read as an answer: not after `/cypp`, nor on the command line."""
    return ctx.way is Way.REPLY


def await_words(ctx: RequestContext, command: AnswerCommand, thread: str) -> None:
    """Keep an answer until its writer says in the same place what it lacks."""
    status = command.status.value if isinstance(command, GiveUpdate) and command.status else ""
    keep_draft(ctx, _KIND + thread, json.dumps([command.ref, status]))


def await_reason(ctx: RequestContext, commands: Sequence[str], label: str, thread: str) -> None:
    """Keep commands until their writer says in the same place why."""
    kept = {"label": label, "commands": list(commands)}
    keep_draft(ctx, _KIND + thread, json.dumps(kept, ensure_ascii=False))


def asks_for_words(given: Response) -> Response:
    """Return the question for what is missing, with the sentence that the next words are it."""
    content = given.content
    if not isinstance(content, Content):
        return given
    return replace(given, content=replace(content, intro=(NEXT_WORDS, *content.intro)))


def awaited_answer(row: Draft | None, words: str) -> AnswerCommand | None:
    """Return the answer that waits for its words, with these; None where none waits."""
    kept = json.loads(row.words) if row is not None else {}
    if isinstance(kept, dict):
        return None
    ref, status = kept
    return GiveUpdate(ref, Status(status), words) if status else ProposeClosure(ref, words)


def awaited_commands(row: Draft | None, reason: str) -> tuple[list[str], str] | None:
    """Return the commands that wait for their reason, with this one, and their button; None where none wait."""
    kept = json.loads(row.words) if row is not None else []
    return ([f"{one} because {reason}" for one in kept["commands"]], kept["label"]) if isinstance(kept, dict) else None


def waiting(ctx: RequestContext, thread: str) -> Draft | None:
    """Return what waits in this place for words; None where nothing does, or its writer recorded an answer since."""
    row = latest_draft(ctx, _KIND + thread)
    if row is None or ctx.now - row.at > _PATIENCE:
        return None
    since = (one for one in recorded_since(ctx.session, Update, row.at) if one.at > row.at and ctx.wrote(one))
    return None if any(since) else row


def lets_be(text: str) -> bool:
    """Return whether words end the wait and say nothing else: "never mind", "nvm", "forget it"."""
    return _LETS_BE.fullmatch(fold(clean(text))) is not None


def may_be_awaited(ctx: RequestContext, text: str) -> bool:
    """Return whether words may be a reason or what shows it: no second thoughts, question, command or figure."""
    folded = fold(clean(text))
    if takes_back(folded) or begins_as_a_question(text) or plain(text) in ctx.registry.grammar.names:
        return False
    first = re.split(r"[\s,:;=]", folded, maxsplit=1)[0]
    return ref_key(first) not in (measure_refs(ctx.session) or ())


def takes_back(folded: str) -> bool:
    """Return whether folded words begin as second thoughts or a courtesy do: "no sorry, wrong one"."""
    first = re.match(r"\W*([^\W\d_]+)(?: ([^\W\d_]+))?", folded)
    if first is None or first[1] != "no" or first[2] is None:
        return first is None or first[1] in _TAKING_BACK
    # "No staff" is why; "no, wrong one" and "no its green" are not.
    return first[2] in _TAKING_BACK or first[2] in _AFTER_NO
