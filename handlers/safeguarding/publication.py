"""Ask once more before words reach a channel: whoever wrote them, what may identify a child is left out until cleared.

A published digest, an answer that is shared and an answer to a mention all pass `leave_out_doubtful`.

Source: docs/explanation/data-protection.md, Before it is published.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from handlers.context import RequestContext
from handlers.press_codec import PublishDigest, Share, press_button
from handlers.responses import ActionLine, Button, Content, Response, say
from handlers.safeguarding.confirmation import doubts_here
from handlers.safeguarding.detection import SHOWN_MAX, refused
from models.plan.action_filter import ActionFilter
from models.plan.queries import HELD

PUBLISH_LABEL = "No, it identifies nobody: publish it"
SHARE_LABEL = "No, it identifies nobody: share it"
LEAVE_LABEL = "Leave it out"
CLEARED, LEFT_OUT = "cleared", "left out"
"""What somebody answered: it identifies nobody; leave it out. A digest notes cleared refs by that name."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """An action whose words are left out of what is published ("": a sentence), and why; never the words themselves."""

    ref: str
    why: str


def leave_out_doubtful(
    ctx: RequestContext, content: Content, cleared: Collection[str] = ()
) -> tuple[Content, tuple[Withheld, ...]]:
    """Return what is published, with "update held" for words that may identify a child, and what was left out.

    `cleared`: refs whose words the secretary has said identify nobody. A number that stands for one person is left out
    all the same.
    """
    left_out: dict[Withheld, None] = {}
    refs = {line.ref for group in content.groups for line in group.lines if line.cells}
    # A row shows the beginning of words; what they say of a child may stand behind it.
    whole = {view.ref: view for view in ctx.views(ActionFilter(refs=refs))} if refs else {}

    def checked(words: str, ref: str = "", all_words: str = "") -> str:
        sure = ref in cleared
        why = why_left_out(ctx, words, cleared=sure) or (why_left_out(ctx, all_words, cleared=sure) if words else "")
        if why:
            # An action may stand under two headings.
            left_out[Withheld(ref, why)] = None
        return HELD if why else words

    def line_checked(line: ActionLine) -> ActionLine:
        view = whole.get(line.ref)
        words, last = (view.words, view.last_words) if view else ("", "")
        return replace(line, words=checked(line.words, line.ref, words), last=checked(line.last, line.ref, last))

    groups = tuple(
        replace(
            group,
            texts=tuple(map(checked, group.texts)),
            lines=tuple(map(line_checked, group.lines)),
            measures=tuple(replace(row, words=checked(row.words)) for row in group.measures),
        )
        for group in content.groups
    )
    return replace(content, intro=tuple(map(checked, content.intro)), groups=groups), tuple(left_out)


def shared_first(ctx: RequestContext, given: Response, value: Share) -> Response:
    """Return an answer as it is shared; where words may identify a child, the question to whoever shares it."""
    content = given.content
    if not isinstance(content, Content) or not content.shareable:
        return given
    sure = value.doubtful == CLEARED
    if why := why_left_out(ctx, value.words, cleared=sure):
        question = f"Nothing is shared: what was asked holds {why}, which may tell which child or family is meant."
        return say(question, buttons=doubtful_buttons(SHARE_LABEL, value)[:1])
    every = {line.ref for group in content.groups for line in group.lines}
    kept, left_out = leave_out_doubtful(ctx, content, {"", *every} if sure else ())
    if left_out and not value.doubtful:
        question = f"Nothing is shared yet: {asking_to_publish(left_out)}"
        return say(question, buttons=doubtful_buttons(SHARE_LABEL, value))
    return replace(given, content=kept)


def doubtful_buttons(label: str, value: Share | PublishDigest) -> tuple[Button, ...]:
    """Return what to press under a question whether words identify a child, before they reach a channel."""
    return (
        press_button(label, replace(value, doubtful=CLEARED)),
        press_button(LEAVE_LABEL, replace(value, doubtful=LEFT_OUT)),
    )


def why_left_out(ctx: RequestContext, words: str, *, cleared: bool) -> str:
    """Return why words are left out of what is published; `cleared`: somebody said that they identify nobody."""
    if what := refused(words):
        return what
    found = () if cleared else doubts_here(ctx, words)
    return found[0].why if found else ""


def asking_to_publish(left_out: Collection[Withheld]) -> str:
    """Return the question to the secretary: which actions, and why; not their words."""
    named = [f"{one.ref or 'this answer'} ({one.why})" for one in left_out][:SHOWN_MAX]
    if len(left_out) > SHOWN_MAX:
        named.append(f"{len(left_out) - SHOWN_MAX} more")
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]
    return f"could the words of {listed} tell a reader which child or family is meant?"
