"""What an answer still lacks, why it is amber or what shows that it is done: the next words in its place.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import json
import re
from dataclasses import replace
from datetime import timedelta

from handlers.actions.partners import answering
from handlers.commands.answers import AnswerCommand, GiveUpdate, ProposeClosure
from handlers.context import RequestContext
from handlers.drafts import keep_draft, latest_draft, use_draft
from handlers.permissions import About, may
from handlers.reading.lexicon import ways
from handlers.responses import Content, Response
from models.enums import NEEDS_REASON, OPEN, Kind, Status, Verb
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
_KIND = "awaited:"
REASON_KIND = "awaited reason:"
"""Of drafts: an answer that waits for words, and a change that waits for its reason; the thread stands behind it."""
PATIENCE = timedelta(hours=1)
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


def await_words(ctx: RequestContext, command: AnswerCommand, thread: str) -> None:
    """Keep an answer until its writer says in the same place what it lacks."""
    status = command.status.value if isinstance(command, GiveUpdate) and command.status else ""
    keep_draft(ctx, _KIND + thread, json.dumps([command.ref, status]))


def asks_for_words(given: Response) -> Response:
    """Return the question for what is missing, with the sentence that the next words are it."""
    content = given.content
    if not isinstance(content, Content):
        return given
    return replace(given, content=replace(content, intro=(NEXT_WORDS, *content.intro)))


def awaited_answer(ctx: RequestContext, words: str, thread: str) -> AnswerCommand | None:
    """Return the answer that waits in this place for its words, with these; None where none does any more."""
    row = latest_draft(ctx, _KIND + thread)
    if row is None or ctx.now - row.at > PATIENCE:
        return None
    ref, status = json.loads(row.words)
    return GiveUpdate(ref, Status(status), words) if status else ProposeClosure(ref, words)


def takes_back(folded: str) -> bool:
    """Return whether folded words begin as second thoughts or a courtesy do: "no sorry, wrong one"."""
    first = re.match(r"\W*([^\W\d_]+)(?: ([^\W\d_]+))?", folded)
    if first is None or first[1] != "no" or first[2] is None:
        return first is None or first[1] in _TAKING_BACK
    # "No staff" is why; "no, wrong one" and "no its green" are not.
    return first[2] in _TAKING_BACK or first[2] in _AFTER_NO


def no_longer_awaited(ctx: RequestContext, thread: str) -> None:
    """Forget what waited for words in this place: it was recorded, or another answer was."""
    for kind in (_KIND, REASON_KIND):
        row = latest_draft(ctx, kind + thread)
        if row is not None:
            use_draft(ctx, row)
