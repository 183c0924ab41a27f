"""Look through a plan file for words that may identify a child, before any of it is stored.

The same rules as for a message (`detection`): some numbers are refused, the rest is asked about. Known are the posts,
organisations, boards and full names that the file itself holds.

Source: docs/explanation/data-protection.md, Asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.safeguarding.detection import doubts, refused
from handlers.safeguarding.people_known import known_names
from handlers.safeguarding.sign_lexicon import Phrases
from models.files.planfile import PlanFile

_FREE_TEXT = ("words", "status_words", "moved_because", "evidence")
"""What is written in words about an action."""


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """A piece of a file that may identify a child: where it stands, in whose words, and why it is found.

    `refused`: it is a number that stands for one person, which `why` names and nobody may confirm.
    """

    path: tuple[str | int, ...]
    ref: str
    field: str
    words: str
    why: str
    refused: bool = False


def personal_data_in(plan: PlanFile) -> Iterator[FoundInFile]:
    """Yield what in the words of a plan's actions is refused or asked about, in the order of the file."""
    known = _known(plan)
    for place, action in enumerate(plan.actions):
        for name in _FREE_TEXT:
            words = getattr(action, name)
            if not words:
                continue
            path = ("actions", place, name)
            if what := refused(words):
                yield FoundInFile(path, action.ref, name, words, what, refused=True)
            for doubt in doubts(words, known):
                yield FoundInFile(path, action.ref, name, words, f"“{doubt.found}” ({doubt.why})")


def _known(plan: PlanFile) -> Phrases:
    people = [
        someone.name or ""
        for post in plan.posts
        for someone in (post.holder, *post.contact_officers, *post.deputies)
        if someone is not None
    ]
    others = [post.title for post in plan.posts] + [board.name for board in plan.boards]
    others += [name for one in plan.organisations for name in (one.name, *one.aliases)]
    return known_names(others, people)
