"""Ask once more before words reach a channel: whoever wrote them, what may identify a child is left out until cleared.

Source: docs/explanation/data-protection.md, Before it is published.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from handlers.context import RequestContext
from handlers.responses import ActionLine, Content
from handlers.safeguarding.confirmation import doubts_here
from handlers.safeguarding.detection import SHOWN_MAX, refused
from models.plan.queries import HELD

PUBLISH_LABEL = "No, it identifies nobody: publish it"
LEAVE_LABEL = "Leave it out"


@dataclass(frozen=True, slots=True)
class Withheld:
    """An action whose words are left out of what is published, and why; never the words themselves."""

    ref: str
    why: str


def leave_out_doubtful(
    ctx: RequestContext, content: Content, cleared: Collection[str] = ()
) -> tuple[Content, tuple[Withheld, ...]]:
    """Return what is published, with "update held" for words that may identify a child, and what was left out.

    `cleared`: refs whose words the secretary has said identify nobody. A number that stands for one person is left out
    all the same.
    """
    left_out: list[Withheld] = []

    def checked(line: ActionLine) -> ActionLine:
        cleared_here = line.ref in cleared
        words, last = _why(ctx, line.words, cleared=cleared_here), _why(ctx, line.last, cleared=cleared_here)
        if words or last:
            left_out.append(Withheld(line.ref, last or words))
        return replace(line, words=HELD if words else line.words, last=HELD if last else line.last)

    groups = tuple(replace(group, lines=tuple(checked(line) for line in group.lines)) for group in content.groups)
    # An action may stand under two headings.
    return replace(content, groups=groups), tuple(dict.fromkeys(left_out))


def _why(ctx: RequestContext, words: str, *, cleared: bool) -> str:
    if what := refused(words):
        return what
    found = () if cleared else doubts_here(ctx, words)
    return found[0].why if found else ""


def asking_to_publish(left_out: Collection[Withheld]) -> str:
    """Return the question to the secretary: which actions, and why; not their words."""
    named = [f"{one.ref} ({one.why})" for one in left_out][:SHOWN_MAX]
    if len(left_out) > SHOWN_MAX:
        named.append(f"{len(left_out) - SHOWN_MAX} more")
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if named[1:] else named[0]
    return f"could the words of {listed} tell a reader which child or family is meant?"
