"""Find what a question is about: the whole plan, priorities, a theme or one action.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.reading.likeness import Likeness, stem, word_likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import NUMBER_WORDS, join_words, plain, quoted
from handlers.reading.plan_names import NameKind
from handlers.reading.ref_finder import RefGuess, guess_at, no_such_ref, ref_at
from handlers.reading.vocabulary import ThemeWords, Vocabulary, digits_of, typed_parts

_LONGEST = 120

_WHOLE = frozenset(("", "plan", "all", "everything", "whole plan", "overall", "cypp", "all priorities", "all themes"))
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:-[^\W\d_]+)?|[^\s]")
_PRIORITY = frozenset(("priority", "priorities", "prio", "prios", "p", "pr", "ps"))
_RANGE = frozenset(("-", "to", "through", "until"))
_AND = frozenset((",", "and", "&", "+", ";"))
_LEAD = re.compile(r"(?:(?:the|for|of|on|about|action|actions|ref|me|us|please|how is|how are) )+")


@dataclass(frozen=True, slots=True)
class WholePlan:
    """The whole plan."""


@dataclass(frozen=True, slots=True)
class PriorityTarget:
    """One priority or several, by number, in order. `corrected_from`: what was typed, when it was a near miss."""

    numbers: tuple[int, ...]
    corrected_from: str = ""


@dataclass(frozen=True, slots=True)
class ThemeTarget:
    """A theme. `corrected_from`: what was typed, when it was a near miss."""

    key: str
    corrected_from: str = ""


@dataclass(frozen=True, slots=True)
class ActionTarget:
    """An action, by its ref as printed. `corrected_from`: what was typed, when it was a near miss."""

    ref: str
    corrected_from: str = ""


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Nothing in the plan: what was typed, what is near, and one sentence that says so."""

    typed: str
    nearest: tuple[str, ...] = ()
    say: str = ""


Target = WholePlan | PriorityTarget | ThemeTarget | ActionTarget | NoTarget


_SIGNED = re.compile(r"p(?:riority)? -+ ?([0-9]{1,3})")


def read_target(text: str, vocabulary: Vocabulary) -> Target:
    """Return what the text after `status` is about. Exact words go before near ones."""
    words = plain(text[:_LONGEST])
    words = words[lead.end() :] if (lead := _LEAD.match(words)) else words
    if words in _WHOLE or len(text) > _LONGEST:
        return WholePlan() if len(text) <= _LONGEST else _unknown(text, vocabulary)
    exact = _exact(words, text, vocabulary)
    return exact if exact is not None else _near(words, text, vocabulary)


def _exact(words: str, text: str, vocabulary: Vocabulary) -> Target | None:
    signed = _SIGNED.fullmatch(words)
    if signed is not None:
        return NoTarget(text, (f"priority {signed[1]}",), f"{quoted(text)}: is priority {signed[1]} meant?")
    numbers = _numbers(words)
    if (
        numbers is not None
        and words[:1] == "p"
        and not isinstance(of_number := _priorities(numbers, text, vocabulary), NoTarget)
    ):
        return of_number
    seen = ref_at(words, 0, vocabulary)
    whole_ref = ActionTarget(seen.ref) if seen is not None and seen.end == len(words) else None
    if whole_ref is not None and (numbers is None or not (words.isdecimal() or words[:1] == "p")):
        return whole_ref
    if numbers is not None:
        read = _priorities(numbers, text, vocabulary)
        return whole_ref if whole_ref is not None and isinstance(read, NoTarget) else read
    within = _within_theme(words, text, vocabulary)
    if within is not None:
        return within
    theme = _theme(words, vocabulary)
    if theme is not None:
        return ThemeTarget(theme.key)
    titled = find_name(words, vocabulary, NameKind.PRIORITY)
    if titled.one is not None and titled.likeness >= Likeness.OTHER:
        return PriorityTarget((int(titled.one.key),))
    return None


def priorities_at(words: str, vocabulary: Vocabulary) -> PriorityTarget | ThemeTarget | NoTarget | None:
    """Return the priorities that folded words name by number, as a whole: "p7", "priorities 7 to 9", "7 8 and 9".

    One bare number is none; several that are no priorities are none either.
    """
    numbers = _numbers(words) or _spaced_numbers(words)
    if numbers is None:
        found = _within_theme(words, words, vocabulary)
        return found if isinstance(found, PriorityTarget | ThemeTarget) else None
    named = words[:1] == "p"
    if not named and (len(numbers) < 2 or "/" in words or "." in words):
        return None
    found = _priorities(numbers, words, vocabulary)
    return found if named or isinstance(found, PriorityTarget) else None  # type: ignore[return-value]


def _spaced_numbers(words: str) -> tuple[int, ...] | None:
    """Return the numbers of "7 8 and 9"."""
    parts = [part for part in re.findall(r"[a-z0-9]+", words) if part not in ("and", *_PRIORITY)]
    if len(parts) < 2 or not all(part.isdecimal() and len(part) < 3 for part in parts):
        return None
    return tuple(sorted({int(part) for part in parts}))


def _numbers(words: str) -> tuple[int, ...] | None:
    """Return the numbers in `priority 7`, `p7`, `7 to 9`, `7, 8 and nine`; None when the words are something else."""
    tokens = _tokens(words)
    if tokens and tokens[0] in _PRIORITY:
        tokens = tokens[1:]
    numbers: list[int] = []
    joint = ""
    for place, token in enumerate(tokens):
        number = NUMBER_WORDS.get(token, int(token) if token.isdecimal() and len(token) < 4 else None)
        if number is not None and (place == 0 or joint):
            if joint == "range":
                low, high = sorted((numbers[-1], number))
                numbers.extend(range(low, high + 1))
            else:
                numbers.append(number)
            joint = ""
        elif token in _RANGE and numbers and not joint:
            joint = "range"
        elif token in _AND and numbers and joint != "range":
            joint = "and"
        elif not (token in _PRIORITY and joint):
            return None
    return tuple(sorted(set(numbers))) if numbers and not joint else None


def _tokens(words: str) -> list[str]:
    found: list[str] = []
    for token in _TOKEN.findall(words):
        if token in NUMBER_WORDS or "-" not in token:
            found.append(token)
        else:
            first, _, second = token.partition("-")
            found.extend((first, "-", second) if first and second else (token,))
    return found


def _priorities(numbers: tuple[int, ...], text: str, vocabulary: Vocabulary) -> Target:
    known = {priority.number for priority in vocabulary.priorities}
    missing = [number for number in numbers if number not in known]
    if not missing:
        return PriorityTarget(numbers)
    if not known:
        return NoTarget(text, (), "The plan has no numbered priorities.")
    nearest = f"priority {min(known, key=lambda number: abs(number - missing[0]))}"
    say = f"There is no priority {missing[0]}; the plan has {number_list(known)}."
    return NoTarget(text, (nearest,), say)


def number_list(numbers: Iterable[int]) -> str:
    """Return numbers as "1 to 12" or "1, 2 and 7"."""
    ordered = sorted(set(numbers))
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]} to {ordered[-1]}"
    return join_words((str(number) for number in ordered), "and")


def _theme(words: str, vocabulary: Vocabulary) -> ThemeWords | None:
    found = find_name(words, vocabulary, NameKind.THEME)
    return vocabulary.theme(found.one.key) if found.one is not None and found.likeness >= Likeness.OTHER else None


def _within_theme(words: str, text: str, vocabulary: Vocabulary) -> Target | None:
    """Read `healthy priority 1`, `priority 1 of healthy`: a number counted within a theme."""
    before, found, after = words.partition(" priorit")
    if found:
        theme = _theme(before.removesuffix("'s"), vocabulary)
        rest = f"priorit{after}"
    else:
        head, word, tail = words.rpartition(" of ") if " of " in words else words.rpartition(" in ")
        theme, rest = (_theme(tail.removeprefix("the "), vocabulary), head) if word else (None, "")
        if theme is None and " p" in words:
            head, _, tail = words.partition(" p")
            theme, rest = _theme(head, vocabulary), f"p{tail}"
    if theme is None:
        return None
    if rest in ("priorities", "priority"):
        return ThemeTarget(theme.key)
    numbers = _numbers(rest)
    if numbers is None:
        return None
    own = theme.priorities
    if all(1 <= number <= len(own) for number in numbers):
        return PriorityTarget(tuple(own[number - 1] for number in numbers))
    if set(numbers) <= set(own):
        return PriorityTarget(numbers)
    count = (
        f"{len(own)} priorities ({number_list(own)})"
        if len(own) > 1
        else f"{len(own)} priority"
        if own
        else "no priorities"
    )
    return NoTarget(text, (f"theme {theme.key}",), f"{theme.name} has {count}.")


def _near(words: str, text: str, vocabulary: Vocabulary) -> Target:
    guess = guess_at(words, 0, vocabulary)
    if guess is not None and guess.end == len(words):
        return _from_guess(guess, text)
    theme = find_name(words, vocabulary, NameKind.THEME)
    if theme.one is not None:
        return ThemeTarget(theme.one.key, corrected_from=text.strip())
    titled = find_name(words, vocabulary, NameKind.PRIORITY)
    if titled.one is not None:
        return PriorityTarget((int(titled.one.key),), corrected_from=text.strip())
    if titled.names or theme.names:
        fitting = (*theme.names, *titled.names[:5])
        nearest = tuple(f"{one.kind} {one.key}" for one in fitting)
        return NoTarget(text, nearest, f"{quoted(text)} fits more than one. Did you mean {join_words(nearest)}?")
    mistyped = _mistyped_priority(words, vocabulary)
    return mistyped or _unknown(text, vocabulary)


def _from_guess(guess: RefGuess, text: str) -> Target:
    if guess.certain:
        return ActionTarget(guess.near[0], corrected_from=text.strip())
    return NoTarget(text, guess.near, no_such_ref(guess.typed, guess.near))


def _mistyped_priority(words: str, vocabulary: Vocabulary) -> Target | None:
    """Read `priorty 7`: the word is wrong, the numbers are right."""
    first, _, rest = words.partition(" ")
    numbers = _numbers(rest) if len(first) > 3 and word_likeness(stem(first), "priority") else None
    if numbers is None:
        return None
    read = _priorities(numbers, words, vocabulary)
    return PriorityTarget(read.numbers, corrected_from=words) if isinstance(read, PriorityTarget) else read


def _unknown(text: str, vocabulary: Vocabulary) -> NoTarget:
    ways = []
    words = plain(text[:_LONGEST])
    if words in _PRIORITY and vocabulary.priorities:
        return NoTarget(
            text, (), f"Which priority? The plan has {number_list(p.number for p in vocabulary.priorities)}."
        )
    if len(typed_parts(words)) > 1 and digits_of(typed_parts(words)):
        return NoTarget(text, (), no_such_ref(words, ()))
    if vocabulary.priorities:
        ways.append(f"a priority ({number_list(priority.number for priority in vocabulary.priorities)})")
    if vocabulary.themes:
        ways.append(f"a theme ({join_words(theme.name for theme in vocabulary.themes[:6])})")
    ways.append(f"an action such as {vocabulary.example_ref}")
    return NoTarget(text, (), f"I do not find {quoted(text)} in the plan. Name {join_words(ways)}.")
