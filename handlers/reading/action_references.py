"""Find which actions a piece of plain words is about.

A ref *leads* when a clause begins with it: "healthy-5 on track", "also healthy-9: amber", "on track for healthy-5". A
ref amid a clause ("waiting for healthy-9") is only mentioned.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from dataclasses import dataclass, replace

from handlers.reading.answer_phrases import EMOJI_RANGES, LINK_MARK, REF_MARK
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.ref_finder import RefGuess, RefSeen, guess_at, ref_at
from handlers.reading.status_phrases import PHRASE
from handlers.reading.vocabulary import RememberingRefBook, Vocabulary, letters_of, typed_parts

MOST_MENTIONS = 40
MOST_GUESSES = 10
MOST_LOOKUPS = 300
"""A longer search would keep somebody waiting; the words are shown back instead."""
_LOOK = 80

_START = re.compile(r"(?<![^\W_])(?<![.@£$€#][^\W_])(?<![.@£$€])(?<![^\W_]-)[^\W_]")
_LEAD_WORDS = (
    r"(?:for|on|re|regarding|about|concerning|update|updates|action|actions|ref|number|our|my|the|your|also|and|then|plus|"
    r"as|hi|hello|so|ok|okay|next|here is|here's|status of|status|mark|please|put|set|record)"
)
_LEADING = lazy_regex(
    rf"(?:^|[\n.,;:!?•*_>=|…→{LINK_MARK}{EMOJI_RANGES}]|(?:^|[\s])[-(\[\"']+|[-/](?=\s)|(?<=\s)/|"
    rf"(?P<phrase>{PHRASE})[ ]?:?)"
    rf"\s*[\"'(\[#]?(?P<lead>(?:{_LEAD_WORDS}[ :]+)*)[\"'(\[#]?$"
)
_ASIDE = re.compile(r"[(\[][^)\]\n]*$")
_ITSELF = lazy_regex(rf"$|[ ]?[:;,)\n&+]| -|-(?=\s)| and [0-9]|[ ](?:is |now |still )*{PHRASE}")
_JOINT = re.compile(r"[ ]?(?:,|/|&|\+|and(?![^\W_]))[ ]?(?:and )?(?:action )?")
_NUMBERS_ON = re.compile(r"(?:[ ]?,[ ]?[0-9]{1,3})*(?:,)?[ ]?(?:and|&|\+)[ ]?[0-9]{1,3}(?![-./_%]?[0-9]|[^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"<[^<>\n]{1,2000}>|(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,80}\.[\w.-]{1,80}")


@dataclass(frozen=True, slots=True)
class Named:
    """One or several actions named together at the head of a clause. `start` counts the small words before them.

    `joined`: the last of them that stand there as a number alone, as typed, and the ref it was read as.
    """

    refs: tuple[str, ...]
    start: int
    first: int
    end: int
    joined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """What a text names: groups that lead, in order; refs only mentioned; leading words that are nearly refs.

    `unsure`: there was more to look up than is looked up, so there may be others.
    """

    leading: tuple[Named, ...]
    mentioned: tuple[RefSeen, ...]
    guesses: tuple[RefGuess, ...]
    unsure: bool = False


def hide_links(folded: str) -> str:
    """Replace links and addresses in folded text by as many `LINK_MARK`s."""
    return _LINK.sub(lambda found: LINK_MARK * len(found.group()), folded)


def read_names(folded: str, vocabulary: Vocabulary) -> Naming:
    """Return the actions that folded text without links names. Only refs with a number in them are looked for."""
    book = RememberingRefBook(vocabulary.refs)
    vocabulary = replace(vocabulary, refs=book)
    leading: list[Named] = []
    mentioned: list[RefSeen] = []
    guesses: list[RefGuess] = []
    place = lookups = 0
    while (word := _START.search(folded, place)) is not None:
        if len(leading) + len(mentioned) >= MOST_MENTIONS or book.looked_up >= MOST_LOOKUPS:
            return Naming(tuple(leading), tuple(mentioned), tuple(guesses), unsure=True)
        lead = _lead(folded, word.start())
        seen = _seen(folded, word.start(), vocabulary, lead is not None)
        if seen is None:
            guess = None
            if lead is not None and lookups < MOST_GUESSES:
                lookups += 1
                guess = _guess(folded, word.start(), vocabulary)
            if guess is not None:
                guesses.append(guess)
            place = guess.end if guess is not None else _word_end(folded, word.start())
        elif lead is None:
            mentioned.append(seen)
            place = seen.end
        else:
            named = _group(folded, seen, lead, vocabulary)
            leading.append(named)
            place = named.end
    return Naming(tuple(leading), tuple(mentioned), tuple(guesses))


def mask_refs(text: str, named: tuple[Named, ...]) -> str:
    """Replace each group of refs, with its small words, by as many `REF_MARK`s."""
    for group in named:
        text = text[: group.start] + REF_MARK * (group.end - group.start) + text[group.end :]
    return text


def _lead(folded: str, place: int) -> int | None:
    """Return where a clause begins that has only small words before this place, or None."""
    first = max(0, place - _LOOK)
    head = ("" if first == 0 else "x") + folded[first:place]
    found = _LEADING().search(head)
    if found is None or _ASIDE.search(head.rstrip("([")) is not None:
        return None
    return place - (len(head) - found.start("lead"))


def _seen(folded: str, place: int, vocabulary: Vocabulary, leads: bool) -> RefSeen | None:
    seen = ref_at(folded, place, vocabulary, numbered=True)
    if seen is None or letters_of(typed_parts(seen.typed)):
        return seen
    return seen if leads and _ITSELF().match(folded, seen.end) else None


def _guess(folded: str, place: int, vocabulary: Vocabulary) -> RefGuess | None:
    guess = guess_at(folded, place, vocabulary)
    if guess is None or letters_of(typed_parts(guess.typed)):
        return guess
    return guess if "." in guess.typed and _ITSELF().match(folded, guess.end) else None


def _group(folded: str, seen: RefSeen, lead: int, vocabulary: Vocabulary) -> Named:
    """Return a leading ref and those joined to it: `healthy-5 and healthy-9`."""
    refs, end = [seen.ref], seen.end
    while (joint := _JOINT.match(folded, end)) is not None:
        another = ref_at(folded, joint.end(), vocabulary, numbered=True)
        if another is None or not (letters_of(typed_parts(another.typed)) or _ITSELF().match(folded, another.end)):
            break
        refs.append(another.ref)
        end = another.end
    joined, end = _same_letters(folded, refs[-1], end, vocabulary)
    return Named(tuple(dict.fromkeys((*refs, *(ref for _, ref in joined)))), lead, seen.start, end, joined)


def _same_letters(folded: str, ref: str, end: int, vocabulary: Vocabulary) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return numbers that share the letters before them ("healthy-5, 8 and 9"), each with its ref, and their end."""
    found = _NUMBERS_ON.match(folded, end)
    stem = re.match(r".*[^0-9](?=[0-9]+$)", ref)
    if found is None or stem is None or not _ITSELF().match(folded, found.end()):
        return (), end
    numbers = re.findall("[0-9]+", found.group())
    refs = [known for number in numbers if (known := vocabulary.exact_ref(stem.group() + number))]
    return (tuple(zip(numbers, refs, strict=True)), found.end()) if len(refs) == len(numbers) else ((), end)


def _word_end(folded: str, place: int) -> int:
    found = _WORD.match(folded, place)
    return found.end() if found is not None else place + 1
