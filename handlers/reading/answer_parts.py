"""What a message answers: its parts, each about some actions, with how sure the reading is.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.answer_tokens import as_answered
from handlers.reading.aside_questions import aside_questions
from handlers.reading.clauses import ANSWER_PHRASES, BETWEEN, ENDS, HARD, denied_behind
from handlers.reading.dates import NoDay
from handlers.reading.found_answers import SAID_AFTER, TURNS, FoundAnswer, answer_at, requested
from handlers.reading.heard import Heard
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.normalise import fold
from handlers.reading.part_subjects import PartSubject, subjects_in
from handlers.reading.set_apart import SOURCE, set_apart
from handlers.reading.tokens import TextToken, tokens_between, tokens_of
from handlers.reading.trimming import trim_words, without_and, without_courtesies, without_thanks
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Sureness, Whose
from models.enums import AnswerKind, Status

_UNLIKE = frozenset((K.CONDITION, K.NEGATION, K.EXCEPTION, K.HEDGE, K.WISH, K.QUESTION, K.PAST))
"""What makes "the same for healthy-8" no sure thing."""
_MOST_ANSWERS = 12
"""A part that names more statuses says none of them."""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """What is said about some actions. `words`: the other words; `by`: the day an update is to follow by.

    `read_as`: what was typed, and what it was read as, where that is not plain. `statuses`: every status named;
    `no_day`: why a day that was said is none, and which may be meant; `whole`: all the words, those that answer too;
    `counted`: it is said of a number of actions.
    """

    refs: tuple[str, ...]
    sure: Sureness
    said: AnswerKind | None = None
    status: Status | None = None
    words: str = ""
    by: date | None = None
    read_as: tuple[tuple[str, str], ...] = ()
    statuses: tuple[Status, ...] = ()
    no_day: NoDay | None = None
    whole: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class PartsRead:
    """The parts of a message that may answer, in order, and the questions beside them, as typed."""

    parts: tuple[AnswerPart, ...]
    asides: tuple[str, ...] = ()


def read_parts(words: str, vocabulary: Vocabulary, whose: Whose, today: date) -> PartsRead:
    """Return the parts of a message that may answer; those without an answer are `Sureness.NONE`.

    Args:
        words: the message without the furniture of mail.
        vocabulary: the plan's words.
        whose: the actions the writer owes and those the thread is about.
        today: the plan's day.
    """
    folded = fold(words)
    every = as_answered(tokens_of(folded, vocabulary))
    told_by = False
    apart = set_apart(words, folded, every, vocabulary, whose, today)
    if apart is not None:
        words, folded = apart.words, apart.folded
        every = as_answered(apart.told(tokens_of(folded, vocabulary)))
        whose, told_by = _of_source(every, apart.heard, whose)
    asides = aside_questions(every)
    gone = (*asides, *denied_behind(every))
    tokens = tuple(one for one in every if not any(start <= one.start < stop for start, stop in gone))
    subjects = subjects_in(tokens, vocabulary, whose)
    unsure = bool(tokens) and tokens[-1].kind is K.UNSURE
    parts: list[AnswerPart] = []
    for number, subject in enumerate(subjects):
        end = subjects[number + 1].first if number + 1 < len(subjects) else len(tokens)
        part = _part(words, folded, tokens, gone, subject, end, parts, whose, today)
        if apart is not None:
            start = tokens[subject.first].start if number else 0
            stop = tokens[end].start if end < len(tokens) else len(words) + 1
            said, whole = (apart.marked(one, start, stop) for one in (part.words, part.whole))
            part = replace(part, words=said, whole=whole)
        parts.append(part)
    if told_by:
        parts = [replace(one, sure=min(one.sure, Sureness.LIKELY)) for one in parts]
    sure = _once(parts, unsure or holds_code(folded))
    return PartsRead(sure, tuple(words[start:stop] for start, stop in asides))


def _of_source(tokens: Sequence[TextToken], heard: Heard | None, whose: Whose) -> tuple[Whose, bool]:
    """Return as what may be meant what a source's post or organisation owes, where no action is named; and whether."""
    if heard is None or heard.who is None or whose.topic or any(one.kind in (K.REF, K.NEAR_REF) for one in tokens):
        return whose, False
    refs = whose.led_by(heard.who.names)
    return (replace(whose, owed=refs), True) if refs else (whose, False)


def _once(parts: Sequence[AnswerPart], unsure: bool) -> tuple[AnswerPart, ...]:
    """Return parts in which no action has two answers: of two that differ, neither is sure."""
    said: dict[str, set[tuple[AnswerKind | None, Status | None]]] = {}
    for one in parts:
        for ref in one.refs:
            said.setdefault(ref, set()).add((one.said, one.status))
    twice = {ref for ref, answers in said.items() if len(answers) > 1}
    return tuple(
        replace(one, sure=min(one.sure, Sureness.DOUBTED), said=None, status=None)
        if unsure or twice & set(one.refs)
        else one
        for one in parts
    )


def _part(
    words: str,
    folded: str,
    tokens: Sequence[TextToken],
    asides: Sequence[tuple[int, int]],
    subject: PartSubject,
    end: int,
    before: Sequence[AnswerPart],
    whose: Whose,
    today: date,
) -> AnswerPart:
    refs, read_as = subject.refs, subject.read_as
    if subject.same and before:
        first = _next_answer(tokens, subject.own.stop, end)
        if first is None:
            last, behind = before[-1], range(subject.own.stop, end)
            sure = min(last.sure, subject.sure)
            if any(tokens[n].kind in _UNLIKE for n in behind):
                stop = tokens[end].start if end < len(tokens) else len(words)
                said = trim_words(words[tokens[subject.own.stop - 1].end : stop])
                return AnswerPart(refs, Sureness.DOUBTED, words=said, whole=said, statuses=last.statuses)
            return replace(last, refs=refs, words="", read_as=read_as, sure=sure)
    places = [place for place in range(subject.first, end) if tokens[place].kind in ANSWER_PHRASES]
    many = sum(tokens[place].kind is not K.LIKELY for place in places) > _MOST_ANSWERS
    found = [
        one for place in places[:_MOST_ANSWERS] if (one := answer_at(words, folded, tokens, place, subject, end, today))
    ]
    kept, sure = (None, Sureness.DOUBTED) if many else _agreed(found)
    if kept is not None and _of_another(tokens, subject, kept, whose):
        kept, sure = None, Sureness.DOUBTED
        refs = (*refs, *whose.listed)
    if kept is not None and whose.for_others and any(tokens[n].kind is K.REPORTED for n in range(subject.floor, end)):
        sure = min(sure, Sureness.LIKELY)
    statuses = tuple(dict.fromkeys(one.token.value for one in found if isinstance(one.token.value, Status))) + (
        (Status.PROPOSED,) if any(one.token.kind is K.DONE for one in found) else ()
    )
    own = [(tokens[subject.own.start].start, tokens[subject.own.stop - 1].end)] if len(subject.own) else []
    gone = [*own]
    if kept is not None:
        gone.append((tokens[_label_first(tokens, kept.first, subject)].start, _end_of(tokens, kept)))
        between = range(kept.last + 1, subject.own.start) or range(subject.own.stop, kept.first)
        if len(subject.own) and all(tokens[n].kind in BETWEEN | {K.OPEN, K.COLON, K.DASH} for n in between):
            gone = [(min(one[0] for one in gone), max(one[1] for one in gone))]
    if kept is not None and kept.token.kind is K.NEAR_RATING and isinstance(kept.token.value, Status):
        read_as += ((kept.token.text, kept.token.value.value),)
    rest = _words_left(words, tokens, subject, end, [*gone, *asides])
    if kept is not None and requested(tokens, kept.place):
        rest = rest.rstrip("?")
    whole = _words_left(words, tokens, subject, end, [*own, *asides])
    if not found and before and not len(subject.own):
        # "Unlike healthy-4": what it is not has been said.
        statuses = before[-1].statuses
    if kept is None:
        no_day = next((one.no_day for one in found if one.no_day), None)
        return AnswerPart(
            refs,
            sure,
            words=rest,
            read_as=read_as,
            statuses=statuses,
            no_day=no_day,
            whole=whole,
            counted=subject.counted,
        )
    sure = min(sure, subject.sure)
    status = kept.token.value if isinstance(kept.token.value, Status) else None
    return AnswerPart(
        refs,
        sure,
        ANSWER_PHRASES[kept.token.kind],
        status,
        rest,
        kept.by,
        read_as,
        statuses,
        None,
        whole,
        subject.counted,
    )


def _of_another(tokens: Sequence[TextToken], subject: PartSubject, kept: FoundAnswer, whose: Whose) -> bool:
    """Return whether an answer sentences after the action named may be on the one expected here."""
    expected = whose.topic or whose.owed
    between = range(subject.own.stop, kept.place) if len(subject.own) else range(0)
    if len(expected) != 1 or expected[0] in subject.refs:
        return False
    parted = any(tokens[n].kind in HARD for n in between)
    return parted and any(tokens[n].kind is K.WORD for n in between)


def _label_first(tokens: Sequence[TextToken], first: int, subject: PartSubject) -> int:
    """Return where the label of a rating begins behind other words, "… signed off. RAG: G"; else where it begins."""
    turned = first + (tokens[first].text == "to") - 1
    if turned > subject.own.stop and tokens[turned].text in TURNS and tokens[turned - 1].kind in _EXPLICIT:
        # "G → A", "moved from green to amber": the first is what it was.
        turned -= 1
        while turned > subject.own.stop and tokens[turned - 1].text in ("from", "moved", "gone", "went", "has gone"):
            turned -= 1
        return turned
    labelled = first - 2 >= subject.own.stop and tokens[first - 1].kind is K.COLON
    return first - 2 if labelled and tokens[first - 2].text in _RATES else first


def _end_of(tokens: Sequence[TextToken], kept: FoundAnswer) -> int:
    return max(tokens[kept.last].end, tokens[kept.place].end)


def _next_answer(tokens: Sequence[TextToken], start: int, end: int) -> int | None:
    for place in range(start, end):
        if tokens[place].kind in ANSWER_PHRASES:
            return place
        if tokens[place].kind in ENDS:
            return None
    return None


_RATES = frozenset(("rag", "brag", "rag status", "rag rating", "status", "rating"))
_EXPLICIT = frozenset((K.RATING, K.LETTER, K.NEAR_RATING))


def _agreed(found: Sequence[FoundAnswer]) -> tuple[FoundAnswer | None, Sureness]:
    """Return the one answer that all plain ones amount to, else the one likely; else none, and whether one was named.

    A rating outweighs *no change*; an explicit one outweighs what is only likely.
    """
    plain = [one for one in found if one.sure is Sureness.PLAIN]
    likely = [one for one in found if one.sure is Sureness.LIKELY]
    doubted = [one for one in found if one.sure is Sureness.DOUBTED]
    pool = plain or likely
    if not pool:
        return None, Sureness.DOUBTED if doubted else Sureness.NONE
    ratings = [one for one in pool if one.token.kind in _EXPLICIT] or [
        one for one in pool if one.token.kind is K.LIKELY
    ]
    others = [one for one in pool if one.token.kind not in _EXPLICIT | {K.LIKELY}]
    if ratings and any(one.token.kind in (K.DONE, K.NOT_OURS) for one in others):
        return None, Sureness.DOUBTED
    if (
        ratings
        and others
        and all(one.token.kind is K.NO_CHANGE for one in others)
        and ratings[0].token.kind is K.LIKELY
    ):
        ratings = []
    chosen = ratings or others
    if len({one.meaning for one in chosen if one.token.kind is not K.NO_CHANGE or not ratings}) > 1:
        kinds = {one.token.kind for one in chosen}
        follow = [one for one in chosen if one.token.kind is K.TO_FOLLOW]
        if not ratings and follow and kinds <= {K.TO_FOLLOW, K.NO_CHANGE, K.VERBAL}:
            chosen = follow
        else:
            return None, Sureness.DOUBTED
    kept = chosen[0]
    if plain:
        # Another status beside it: which of them is meant has to be asked.
        if not kept.token.value:
            return kept, Sureness.PLAIN
        if any(one.token.kind in _EXPLICIT and one.token.value != kept.token.value for one in likely):
            return None, Sureness.DOUBTED
        against = any(
            not one.past and one.token.kind in _EXPLICIT and one.token.value != kept.token.value for one in doubted
        )
        return (None, Sureness.DOUBTED) if against else (kept, Sureness.PLAIN)
    if any(one.meaning != kept.meaning and not one.past for one in doubted if one.token.kind is K.RATING):
        return None, Sureness.DOUBTED
    return kept, Sureness.LIKELY


def _words_left(
    words: str, tokens: Sequence[TextToken], subject: PartSubject, end: int, gone: Sequence[tuple[int, int]]
) -> str:
    """Return the writer's other words about the subject."""
    start = tokens[subject.words_first].start if subject.words_first < len(tokens) else len(words)
    stop = tokens[end].start if end < len(tokens) else len(words)
    pieces: list[tuple[int, int]] = []
    place = start
    for first, last in sorted(gone):
        if last <= start or first >= stop:
            continue
        pieces.append((place, max(place, first)))
        place = max(place, last)
    pieces.append((place, stop))
    kept = [
        trim_words(_LABEL.sub("", words[first:last]))
        for number, (first, last) in enumerate(pieces)
        if not (_says_nothing if number < len(pieces) - 1 else _says_no_more)(tokens, first, last)
    ]
    joined = ""
    for one in filter(None, kept):
        joined = joined.rstrip(",;:")
        joined += ("" if not joined else " " if joined[-1] in ".!?…" else ", ") + one
    return trim_words(without_thanks(without_and(without_courtesies(joined.rstrip(",;:")))))


_LABEL = re.compile(
    r"(?i)^[\s,;:.()*•–-]*(?:(?:comments?|notes?|reasons?|narrative|details?|commentary|progress|update|why"
    r"|next(?: steps?)?)\s*[:,]\s*)+"
)
"""The heading of a line in a list: "Comment: three bids"."""
_CODE = re.compile(r"[{}^\\]|\)[*+]|</|=\(|\b(?:git|sudo|select) [a-z-]+ ")
"""Marks that nobody writes to a colleague with: what they hold is no status."""


def _says_no_more(tokens: Sequence[TextToken], start: int, stop: int) -> bool:
    """Return whether the last words are such as follow a status and say nothing more: ", by the way"."""
    said = tokens_between(tokens, start, stop)
    return all(one.text in SAID_AFTER or (one.kind in ENDS and one.value != SOURCE) for one in said)


def _says_nothing(tokens: Sequence[TextToken], start: int, stop: int) -> bool:
    """Return whether some words are small ones alone: "Status", "Yes", the number of a list."""
    said = tokens_between(tokens, start, stop)
    return all(one.kind in BETWEEN | ENDS | {K.NUMBER} and one.value != SOURCE for one in said)


def holds_code(folded: str) -> bool:
    """Return whether words hold marks of a program, in which no status is read."""
    return _CODE.search(folded) is not None
