"""Reading what follows a command that only asks: what it is about stays as typed, and its handler looks it up.

The handlers read it with `handlers.reading.targets`, `board_names` or `meeting_names`, and show what those corrected.
"""

import re
from collections.abc import Callable

from handlers.commands.people import ShowPeople
from handlers.commands.questions import (
    Find,
    Help,
    PlanForm,
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowFigures,
    ShowForwardPlan,
    ShowLeaderless,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowPlanPage,
    ShowPlans,
    ShowStatus,
    Unclear,
)
from handlers.reading.clauses import begins_with_an_answer
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.meeting_names import MeetingFound, names_a_board, read_meeting
from handlers.reading.normalise import fold, plain, quoted
from handlers.reading.ref_finder import ref_at
from handlers.reading.targets import NoTarget, read_target

LONGEST_QUESTION = 200
_SEPARATORS = " ,;:-–—\n"
_JOIN = re.compile(r"(?:(?:for|at|on|of|in|by|about|the)(?![^\W_]) )+")
_PRIORITY = re.compile(r"priority [0-9]{1,3}")
_TAIL = re.compile(
    r"(?: (?:going|doing|looking|getting on|coming along|coming on|now|today|at the moment|please|thanks))+$",
    re.IGNORECASE,
)
"""What people add to a question: "how is priority 7 going?"."""


def subject_of(given: CommandText) -> str:
    """Return what a question is about, without small words before and marks after it."""
    words = _TAIL.sub("", given.rest[:LONGEST_QUESTION].strip(_SEPARATORS).rstrip(".?! "))
    return _without_joins(words)


def _without_joins(words: str) -> str:
    found = _JOIN.match(fold(words))
    return words[found.end() :] if found is not None else words


def about(
    command: Callable[[str], ShowOverdue | ShowDue | ShowMeetings | ShowDigest | ShowPeople],
) -> Callable[[CommandText], Parsed]:
    """Return the reader of a command that takes what it is about as typed: a board, a meeting, a post."""
    return lambda given: Parsed(command(subject_of(given)))


_OF_PLANS = frozenset(
    ("runs", "running", "is", "are", "there", "do", "we", "have", "ended", "now", "current", "end", "here", "please")
)
"""What else is said where one asks which plan runs, or to end it. Must not read: "plan healthy"."""


def read_plans(given: CommandText) -> Parsed:
    """Read `plan`; with words after it, a question where the plan stands."""
    rest = subject_of(given)
    return Parsed(ShowPlans() if set(plain(rest).split()) <= _OF_PLANS else ShowStatus(rest))


_FORMS = {
    PlanForm.PICTURE: frozenset(("picture", "image", "png", "drawing")),
    PlanForm.WORD: frozenset(("word", "docx", "document")),
    PlanForm.WEB: frozenset(("web", "html", "browser")),
}
"""Words by which the form of the plan on a page is named."""


def read_plan_page(given: CommandText) -> Parsed:
    """Read `[picture, word or web]`, with small words around it."""
    said = set(plain(given.rest).split())
    return Parsed(ShowPlanPage(next((form for form, words in _FORMS.items() if said & words), PlanForm.WORDS)))


def read_forward_plan(given: CommandText) -> Parsed:
    """Read `[board]`, which stays as typed."""
    return Parsed(ShowForwardPlan(subject_of(given)))


def read_status(given: CommandText) -> Parsed:
    """Read a target, which stays as typed; `status healthy-5 on track` stores nothing."""
    target = subject_of(given)
    folded = fold(target)
    # A priority by its number is no answer to anything, so no ref has to be looked up for it.
    seen = None if _PRIORITY.fullmatch(folded) else ref_at(folded, 0, given.vocabulary)
    tail = folded[seen.end :].strip(_SEPARATORS) if seen is not None else ""
    if seen is not None and begins_with_an_answer(tail, given.vocabulary):
        meant = f"update {seen.ref} {target[seen.end :].strip(_SEPARATORS)}"
        say = f"Nothing was recorded. Did you mean {quoted(f'/cypp {meant}')}?"
        return Parsed(Unclear(given.typed, "update", say, offers=(meant,)))
    return Parsed(ShowDue(target) if _is_a_meeting(target, given) else ShowStatus(target))


def _is_a_meeting(words: str, given: CommandText) -> bool:
    """Return whether words that name nothing of the plan are a meeting's: its day, or a day that has none."""
    if plain(words).isdecimal() or not isinstance(read_target(words, given.vocabulary), NoTarget):
        return False
    if names_a_board(words, given.today):
        return isinstance(read_meeting(words, given.vocabulary, given.today), MeetingFound)
    return True


def read_mine(given: CommandText) -> Parsed:
    """Read `mine`; what follows it and no question explained says something else."""
    if not subject_of(given):
        return Parsed(ShowMine())
    return Parsed(
        Unclear(
            given.typed,
            "mine",
            f"I did not read {quoted(subject_of(given))}. “/cypp mine” lists yours.",
            offers=("mine",),
        )
    )


def read_owing(given: CommandText) -> Parsed:
    """Read a meeting or a board. `no update healthy-5` is no question: somebody means *no change*."""
    subject = subject_of(given)
    seen = ref_at(fold(subject), 0, given.vocabulary)
    if seen is not None and seen.end == len(subject):
        say = f"To say that {seen.ref} stands as it did: “/cypp no change {seen.ref}”."
        return Parsed(Unclear(given.typed, "no change", say, offers=(f"no change {seen.ref}",)))
    return Parsed(ShowOwing(subject))


def read_changes(given: CommandText) -> Parsed:
    """Read since when, as typed."""
    return Parsed(ShowChanges(given.rest))


def read_leaderless(_given: CommandText) -> Parsed:
    """Read "which actions have no lead?", which is about the whole plan."""
    return Parsed(ShowLeaderless())


def read_figures_asked(given: CommandText) -> Parsed:
    """Read since when, as typed."""
    words = subject_of(given)
    return Parsed(ShowFigures(words[words.lower().startswith("since ") and len("since ") :].strip()))


def read_find(given: CommandText) -> Parsed:
    """Read the words to look for."""
    words = _without_joins(given.rest[:LONGEST_QUESTION].strip(_SEPARATORS + "?"))
    if not words:
        return Parsed(Unclear(given.typed, "find", "Say what to look for, for instance “/cypp find advocacy”."))
    return Parsed(Find(words))


def read_help(given: CommandText) -> Parsed:
    """Read the name of a command, or another word for it."""
    words = subject_of(given)
    return Parsed(Help(given.names.get(plain(words), words)))
