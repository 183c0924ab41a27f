"""What the reply before was: its question may be asked on ("of those, how many are red?"), its buttons may be typed.

Source: docs/explanation/what-people-write.md, Questions in plain words; Rules.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from handlers.commands.questions import AskPlan
from handlers.context import RequestContext
from handlers.conversation.plain_requests import unshared
from handlers.dispatch import answer
from handlers.drafts import keep_draft, latest_draft, use_draft
from handlers.reading.normalise import plain
from handlers.reading.queries.question_reader import BEFORE, LONGEST_TALK
from handlers.responses import LONGEST_LABEL, Button, Content, Response
from handlers.safeguarding.detection import doubts, refused
from handlers.status.plan_questions import can_answer

_KIND = "reply:"
_HEAD = re.compile(r"^\{[^{}]*\}")
"""What a button names by numbers and names of its own; behind it stand words."""
_PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What was asked and answered before, and the buttons under that: label, verb and value."""

    asked: str = ""
    buttons: tuple[tuple[str, str, str], ...] = ()


def follow_up(ctx: RequestContext, text: str, thread: str, topic: tuple[str, ...]) -> Response | None:
    """Answer a question about what was asked before it, or about the actions of its thread; None where it is none."""
    words = _asked_on(ctx, text, (_last(ctx, thread).asked, ", ".join(topic)))
    return unshared(answer(ctx, AskPlan(words))) if words else None


def typed_label(ctx: RequestContext, text: str, thread: str) -> tuple[str, str] | None:
    """Return the verb and the value of the button of the reply before whose label is typed; None where it has none."""
    typed = plain(text) if len(text) <= LONGEST_LABEL else ""
    return next(((verb, value) for label, verb, value in _last(ctx, thread).buttons if plain(label) == typed), None)


def remember_reply(ctx: RequestContext, text: str, thread: str, given: Response, topic: tuple[str, ...]) -> None:
    """Keep what was asked and offered until the next reply in the same place, for a person of the plan."""
    if ctx.roles.person_id is None or not isinstance(given.content, Content):
        return
    # Words that nobody has cleared are stored nowhere, not even under a button.
    if _identifies(text):
        text = ""
    row = latest_draft(ctx, _KIND + thread)
    before = _last(ctx, thread).asked
    if row is not None:
        use_draft(ctx, row)
    content = given.content
    reading = ctx.questions(text.strip())
    asked = _asked_on(ctx, text, (before, ", ".join(topic))) or (text.strip() if reading is not None else "")
    kept = [] if content.typed or given.done else asked.split(BEFORE)
    while len(BEFORE.join(kept)) > LONGEST_TALK and len(kept) > 1:
        kept = kept[1:]
    buttons = list(_buttons(content))
    if buttons or any(kept):
        keep_draft(ctx, _KIND + thread, json.dumps([BEFORE.join(kept), buttons]))


def _last(ctx: RequestContext, thread: str) -> _Reply:
    row = latest_draft(ctx, _KIND + thread)
    if row is None or ctx.now - row.at > _PATIENCE:
        return _Reply()
    asked, buttons = json.loads(row.words)
    return _Reply(asked, tuple((label, verb, value) for label, verb, value in buttons))


def _asked_on(ctx: RequestContext, text: str, before: tuple[str, ...]) -> str:
    """Return the words with those they are about before them; "" where they are about nothing before them."""
    for earlier in filter(None, before):
        words = f"{earlier}{BEFORE}{text.strip()}"
        reading = ctx.questions(words)
        if reading is not None and reading.leaned and can_answer(ctx, reading):
            return words
    return ""


def _buttons(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield what a label names: no form, no dialog, no label of several actions; of a menu its choices."""
    lines = [button for group in content.groups for line in group.lines for button in line.buttons]
    pressed = [one for one in (*content.buttons, *lines) if not _needs_more(one)]
    named = [(one.label, one.verb, one.value) for one in pressed if not one.choices]
    named += [(choice.label, one.verb, choice.value) for one in pressed for choice in one.choices]
    labels = Counter(plain(label) for label, _, _ in named)
    yield from (one for one in named if labels[plain(one[0])] == 1 and not _identifies(_HEAD.sub("", one[2])))


def _identifies(words: str) -> bool:
    return bool(refused(words) or doubts(words))


def _needs_more(button: Button) -> bool:
    elsewhere = button.searches or button.url or button.confirm or (button.label.endswith("…") and not button.choices)
    # "Undo" of an answer is read elsewhere, and offers its button again.
    return bool(elsewhere) or (button.verb in ("undo", "undoone") and plain(button.label) == "undo")
