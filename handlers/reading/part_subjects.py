"""What each part of a message is about: refs, "all three", "the rest", "the first one", "same for healthy-8".

A ref *leads* where its clause begins, or where an answer stands right before it ("green for heard-10"). A ref amid a
clause ("waiting for healthy-9") is only mentioned.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.reading.clauses import (
    ANSWER_PHRASES,
    BETWEEN,
    ENDS,
    HARD,
    answer_ahead,
    answers_before,
    gives,
    left_out,
    rates_no_action,
    sentence_start,
)
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.normalise import join_words
from handlers.reading.ref_groups import NAMED, numbered_ref, ref_group, refs_of
from handlers.reading.tokens import TextToken
from handlers.reading.vocabulary import Vocabulary, digits_of, letters_of, typed_parts
from handlers.reading.whose import Sureness, Whose


@dataclass(frozen=True, slots=True)
class PartSubject:
    """What a part is about, and where: places of tokens, `first` to the next subject's `first`.

    `own`: the places of the words that name it. `floor`: how far back what doubts it may stand. `words_first`: where
    its words begin. `same`: it is said to stand as the part before it. `placed`: it is a place in the list that was
    sent; `counted`: it is a quantifier.
    """

    refs: tuple[str, ...]
    sure: Sureness
    first: int
    own: range
    floor: int
    words_first: int
    read_as: tuple[tuple[str, str], ...] = ()
    same: bool = False
    placed: bool = False
    counted: bool = False


_BEFORE = frozenset((K.SMALL, K.LINK, K.DETERMINER, K.MARK, K.PICTURE, K.QUOTE, K.AND, K.OPINION))
_STRONG_LINK = frozenset(("for", "on", "re", "with", "=", "regarding", "about", "to", "concerning", "as for"))
_CONTRASTS = frozenset(ways("|but|quite|very much", "unlike|not like|as opposed to|in contrast to|in contrast with"))
_HOLDING = frozenset((K.NEGATION, K.EXCEPTION, K.CONDITION, K.REASON, K.REPORTED, K.OR, K.WISH))
"""What makes an action behind it one that is only mentioned."""
_FEWEST_IN_ORDER = 2
_GIVEN = frozenset((K.VERBAL, K.TO_FOLLOW))
"""Answers that somebody is going to give: "I'll update verbally on happy-2" says one of them in two ways."""
_DOUBTFUL = BETWEEN | {K.NEGATION, K.HEDGE, K.WISH, K.PAST, K.COLON, K.DASH}


def subjects_in(tokens: Sequence[TextToken], vocabulary: Vocabulary, whose: Whose) -> tuple[PartSubject, ...]:
    """Return what a message is about, in order; one without any name is about what can only be meant."""
    found: list[PartSubject] = []
    place = 0
    while place < len(tokens):
        subject = _subject_at(tokens, place, found, vocabulary, whose)
        if subject is None:
            place += 1
            continue
        found.append(subject)
        place = max(subject.own.stop, place + 1)
    if not found:
        return _lines_in_order(tokens, whose) or _in_order(tokens, whose) or _unnamed(tokens, whose)
    if any(one.sure is Sureness.DOUBTED and one.placed for one in found):
        found = [replace(one, sure=Sureness.DOUBTED) for one in found]
    first = found[0]
    begins = min(first.first, first.own.start)
    if answers_before(tokens, begins) and (
        len(whose.listed) == 1 or (whose.listed and rates_no_action(tokens, begins, first.own.stop))
    ):
        named = {ref for one in found for ref in one.refs}
        meant = tuple(ref for ref in whose.listed if ref not in named) or whose.listed
        sure = Sureness.LIKELY if len(whose.listed) == 1 else Sureness.DOUBTED
        if len(found) > 1 and tokens[begins - 1].kind is K.LINE and left_out(tokens, begins):
            found = [replace(one, sure=min(one.sure, Sureness.LIKELY)) for one in found]
        return (PartSubject(meant, sure, 0, range(0), 0, 0), *found)
    if len(found) > 1 and left_out(tokens, begins):
        found = [replace(one, sure=min(one.sure, Sureness.LIKELY)) for one in found]
        first = found[0]
    if len(found) == 1 or not _says_nothing(tokens, begins):
        words_first = 0 if len(found) == 1 and not answers_before(tokens, begins) else first.words_first
        floor = min(first.floor, sentence_start(tokens, begins))
        # "My assistant keeps my diary. heard-1: no change": the first may be of something else.
        labelled = first.own.stop < len(tokens) and tokens[first.own.stop].kind is K.COLON and floor > 0
        sure = Sureness.LIKELY if labelled and left_out(tokens, floor) else Sureness.PLAIN
        found[0] = replace(first, words_first=words_first, floor=floor, sure=min(first.sure, sure))
    return tuple(found)


def _says_nothing(tokens: Sequence[TextToken], stop: int) -> bool:
    return all(tokens[n].kind in BETWEEN | ENDS for n in range(stop))


def _unnamed(tokens: Sequence[TextToken], whose: Whose) -> tuple[PartSubject, ...]:
    """Return the one subject of a message that leads with none: what can only be meant, else what may be."""
    mentioned = tuple(dict.fromkeys(ref for one in tokens if one.kind is K.REF for ref in refs_of(one)))
    expected, sure = whose.topic or whose.owed, Sureness.PLAIN
    if not expected and len(whose.titles()) == 1:
        expected, sure = tuple(whose.titles()), Sureness.LIKELY
    others = tuple(ref for ref in mentioned if ref not in expected)
    if len(expected) == 1:
        refs, sure = (*expected, *others), sure if not others else Sureness.DOUBTED
    else:
        refs = mentioned or expected
        sure = Sureness.LIKELY if len(refs) == 1 else Sureness.DOUBTED
    return (PartSubject(refs, sure, 0, range(0), 0, 0),) if refs else ()


def _in_order(tokens: Sequence[TextToken], whose: Whose) -> tuple[PartSubject, ...]:
    """Return an action for each of several ratings in a row, as many as were sent: "green, amber, green"."""
    ratings: list[int] = []
    place = 0
    while place < len(tokens) and (
        tokens[place].kind in BETWEEN | {K.COMMA, K.DASH, K.LINE, K.STOP} | set(ANSWER_PHRASES)
    ):
        if tokens[place].kind in ANSWER_PHRASES:
            ratings.append(place)
        place += 1
    if len(ratings) < _FEWEST_IN_ORDER or len(whose.listed) < _FEWEST_IN_ORDER:
        return ()
    unsure = any(one.kind in (K.HEDGE, K.ASKING, K.QUESTION, K.OR) for one in tokens)
    if len(ratings) != len(whose.listed) or unsure:
        return (PartSubject(whose.listed, Sureness.DOUBTED, 0, range(0), 0, 0),)
    return tuple(
        PartSubject((ref,), Sureness.LIKELY, at, range(at, at), at, at, ((tokens[at].text, ref),))
        for ref, at in zip(whose.listed, ratings, strict=True)
    )


def _lines_in_order(tokens: Sequence[TextToken], whose: Whose) -> tuple[PartSubject, ...]:
    """Return an action for each of several lines, as many as were sent, of which each begins with an answer."""
    starts = [0, *(n + 1 for n, one in enumerate(tokens) if one.kind is K.LINE)]
    begins = [
        next((n for n in range(start, len(tokens)) if tokens[n].kind not in BETWEEN | {K.DASH}), len(tokens))
        for start in starts
    ]
    answers = [n for n in begins if n < len(tokens) and tokens[n].kind in ANSWER_PHRASES.keys() | {K.SAME}]
    if len(answers) < max(_FEWEST_IN_ORDER, len(begins)) or len(answers) != len(whose.listed):
        return ()
    same = [tokens[n].kind is K.SAME for n in answers]
    return tuple(
        PartSubject((ref,), Sureness.LIKELY, at, range(at, at + alike), at, at, ((tokens[at].text, ref),), same=alike)
        for ref, at, alike in zip(whose.listed, answers, same, strict=True)
    )


def _subject_at(
    tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject], vocabulary: Vocabulary, whose: Whose
) -> PartSubject | None:
    token = tokens[place]
    if token.kind in NAMED:
        return _named(tokens, place, found, vocabulary)
    if found and found[-1].own.stop == place and token.kind is K.ALL:
        # "Healthy-5 and healthy-8 both green".
        return None
    several = len(whose.listed) > 1
    if token.kind in (K.ALL, K.REST) and (several or token.value) and _leads(tokens, place, found) is not None:
        return _counted(tokens, place, found, whose)
    if token.kind is K.PLACE and several and _leads(tokens, place, found) is not None:
        return _placed(tokens, place, found, whose, int(token.value or 0))  # type: ignore[arg-type]
    if token.kind is K.NUMBER and found and (alike := numbered_ref(tokens, place, found[-1].refs[-1], vocabulary)):
        # "Healthy-5 green, 8 likewise".
        behind = next((one.kind for one in tokens[place + 1 :] if one.kind not in (K.SMALL, K.LINK, K.SAME)), K.STOP)
        if tokens[place - 1].kind in ENDS | {K.AND} and _same_after(tokens, place + 1) and behind in ENDS:
            own = range(place, place + 1)
            return PartSubject(
                (alike,), Sureness.LIKELY, place, own, place, place + 1, ((token.text, alike),), same=True
            )
    if token.kind is K.NUMBER and several and token.text.isdecimal():
        placed = _placed(tokens, place, found, whose, int(token.text[:4]) or 99)
        return placed if placed is not None and _begins_item(tokens, place, found) else None
    if token.kind is K.WORD:
        return _titled(tokens, place, found, whose)
    return None


def _floor(found: Sequence[PartSubject]) -> int:
    return found[-1].own.stop if found else 0


def _leads(tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject]) -> tuple[int, bool] | None:
    """Return where the words that lead to a subject begin, and whether one says "the same"; None for a mention."""
    n, same = place - 1, False
    floor = _floor(found)
    while n >= floor:
        kind = tokens[n].kind
        if kind is K.SAME:
            same = True
        elif kind not in _BEFORE:
            break
        n -= 1
    if n < floor:
        return n + 1, same
    kind = tokens[n].kind
    if kind is K.COMMA and n > floor and tokens[n - 1].kind in NAMED and not same:
        # "Not sure 9sep-3, 23oct-9 and healthy-6 all green": what the first is not, the others are not.
        return None
    if kind in ENDS or kind in ANSWER_PHRASES or same or tokens[n].text == "/":
        return _list_mark(tokens, n), same
    joined = next((m for m in range(n + 1, place) if tokens[m].kind is K.AND), None)
    answered = answer_ahead(tokens, place + 1, BETWEEN | {K.COLON}) is not None
    if found and answered and kind not in _HOLDING and (joined is not None or n + 1 == place):
        # "… waits on A&E and healthy-9 no change".
        return (place if joined is None else joined), same
    return None


def _list_mark(tokens: Sequence[TextToken], mark: int) -> int:
    """Return where the number of a list begins whose mark stands here ("2. healthy-9"), else the place behind it."""
    number = mark - 1
    numbered = tokens[mark].kind in (K.STOP, K.CLOSE) and number >= 0 and tokens[number].kind is K.NUMBER
    return number if numbered and (not number or tokens[number - 1].kind is K.LINE) else mark + 1


def _named(
    tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject], vocabulary: Vocabulary
) -> PartSubject | None:
    stop, refs, read_as, sure = ref_group(tokens, place, vocabulary)
    bound = _answer_behind(tokens, place, stop, found)
    if bound is not None:
        start = bound
        return PartSubject(refs, sure, start, range(place, stop), start, start, read_as)
    leads = _leads(tokens, place, found)
    if leads is None:
        against = _contrasted(tokens, place, stop, found)
        if against is None:
            return None
        return PartSubject(refs, Sureness.DOUBTED, against, range(against, against), against, against, read_as)
    start, same = leads
    return PartSubject(refs, sure, start, range(start, stop), start, stop, read_as, same or _same_after(tokens, stop))


def _contrasted(tokens: Sequence[TextToken], place: int, stop: int, found: Sequence[PartSubject]) -> int | None:
    """Return where a clause begins that sets some actions against those before: "…, unlike healthy-4"; else None."""
    if not found or (stop < len(tokens) and tokens[stop].kind not in ENDS):
        return None
    start = next((n + 1 for n in range(place - 1, _floor(found) - 1, -1) if tokens[n].kind in ENDS), None)
    said = "" if start is None else " ".join(one.text for one in tokens[start:place])
    return start if said in _CONTRASTS else None


def _same_after(tokens: Sequence[TextToken], stop: int) -> bool:
    n = stop
    while n < len(tokens) and tokens[n].kind in (K.SMALL, K.LINK) and tokens[n].text != "too":
        n += 1
    return n < len(tokens) and (tokens[n].kind is K.SAME or tokens[n].text == "too")


def _answer_behind(tokens: Sequence[TextToken], place: int, stop: int, found: Sequence[PartSubject]) -> int | None:
    """Return where an answer that stands right before some refs begins, or None: "green for heard-10"."""
    floor = _floor(found)
    n = place - 1
    linked = opened = False
    while n >= floor and tokens[n].kind in (K.LINK, K.SMALL, K.DETERMINER, K.OPEN, K.COLON):
        linked = linked or tokens[n].text in _STRONG_LINK or tokens[n].text in ("is", "are")
        opened = opened or tokens[n].kind is K.OPEN
        n -= 1
    if n < floor or tokens[n].kind not in ANSWER_PHRASES:
        return None
    if answer_ahead(tokens, stop, BETWEEN | {K.CLOSE, K.COLON, K.DASH}) is not None and not linked:
        return None
    answer = n
    n -= 1
    giving = tokens[answer].kind in _GIVEN
    while n >= floor and (
        tokens[n].kind in _BEFORE | {K.ALL} or (giving and (gives(tokens[n]) or tokens[n].kind in _GIVEN))
    ):
        n -= 1
    if found and n < floor and not linked:
        # "Healthy-5 green healthy-8 …": the answer is the one before's.
        return None
    if found and n < floor and found[-1].own.stop == floor and not _has_answer(tokens, found[-1], answer):
        return None
    if n >= floor and tokens[n].kind not in ENDS and not opened:
        return None
    return n + 1


def _has_answer(tokens: Sequence[TextToken], subject: PartSubject, stop: int) -> bool:
    return any(tokens[n].kind in ANSWER_PHRASES for n in range(subject.first, stop))


def _counted(tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject], whose: Whose) -> PartSubject | None:
    """Return what "all three", "both" or "the rest" is about, where an answer stands beside it."""
    token = tokens[place]
    start, same = _leads(tokens, place, found) or (place, False)
    stop = place + 1
    behind = _answer_behind(tokens, place, stop, found)
    if (
        behind is None
        and answer_ahead(tokens, stop, BETWEEN | {K.NEGATION, K.HEDGE, K.WISH, K.PAST, K.COLON, K.DASH}) is None
    ):
        return None
    named = {ref for one in found for ref in one.refs}
    refs = whose.listed
    if token.kind is K.REST or named:
        refs = tuple(ref for ref in refs if ref not in named)
    count = int(token.value or 0)  # type: ignore[arg-type]
    right = len(refs) > 0 and (not count or count == len(refs))
    sure = Sureness.LIKELY if right and token.text not in ("none", "neither") else Sureness.DOUBTED
    if token.text.startswith(("none", "neither")):
        sure = Sureness.DOUBTED
    begins = start if behind is None else behind
    words_first = stop if behind is None else begins
    read_as = ((token.text, join_words(refs, "and")),) if right else ()
    named_by = range(place, stop)
    return PartSubject(refs or whose.listed, sure, begins, named_by, begins, words_first, read_as, same, counted=True)


def _placed(
    tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject], whose: Whose, number: int
) -> PartSubject | None:
    """Return what "the first one" or "2." is about: a place in the list that was sent."""
    stop = place + 1
    ahead = answer_ahead(tokens, stop, BETWEEN | {K.STOP, K.CLOSE, K.COLON, K.DASH, K.OPEN, K.COMMA, K.NEGATION})
    behind = None if tokens[place].kind is K.NUMBER else _answer_behind(tokens, place, stop, found)
    same = ahead is None and bool(found) and _same_after(tokens, min(stop + 1, len(tokens)))
    if ahead is None and behind is None and not same:
        return None
    refs = whose.listed
    middle = number == 0
    right = (middle and len(refs) % 2 == 1) or (number != 0 and number <= len(refs))
    index = len(refs) // 2 if middle else number - 1 if number > 0 else -1
    ref = refs[index] if right else ""
    begins = place if behind is None else behind
    if not ref:
        return PartSubject(refs, Sureness.DOUBTED, begins, range(place, stop), begins, stop, placed=True)
    typed = tokens[place].text
    words_first = stop if behind is None else begins
    own = range(place, stop)
    return PartSubject((ref,), Sureness.LIKELY, begins, own, begins, words_first, ((typed, ref),), same=same)


def _begins_item(tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject]) -> bool:
    """Return whether a number begins an item of a list: at the start, or behind a mark or an answer."""
    before = tokens[place - 1] if place else None
    begins = before is None or before.kind in ENDS | {K.AND} or (before.kind in ANSWER_PHRASES and bool(found))
    return begins and not any(one.kind in NAMED for one in tokens)


def _titled(tokens: Sequence[TextToken], place: int, found: Sequence[PartSubject], whose: Whose) -> PartSubject | None:
    """Return the one action whose title has the words that an answer follows: "advocacy is on track"."""
    before = place - 1
    while before >= 0 and tokens[before].kind in {K.AND, K.DETERMINER, K.SMALL, K.LINK}:
        before -= 1
    if before >= 0 and tokens[before].kind not in ENDS | set(ANSWER_PHRASES):
        return None
    n = place
    words: list[str] = []
    while n < len(tokens) and tokens[n].kind is K.WORD and len(words) < 5:
        words.append(tokens[n].text)
        n += 1
    ahead = answer_ahead(tokens, n, BETWEEN | {K.COLON, K.DASH})
    denied = n < len(tokens) and tokens[n].kind is K.NEGATION and (n + 1 == len(tokens) or tokens[n + 1].kind in ENDS)
    if ahead is None and not denied:
        return None
    telling = [word for word in words if len(word) > 3]
    short = typed_parts(words[0]) if len(words) == 1 and not telling else None
    begins = (not place or tokens[place - 1].kind in HARD) and tokens[n].text == "="
    if any(one.kind in NAMED for one in tokens) and not begins:
        return None
    fitting = [
        ref
        for ref, title in whose.titles().items()
        if (telling and all(re.search(rf"(?<![^\W_]){re.escape(word)}", title) for word in telling))
        or (short and _shortens(short, typed_parts(ref)))
    ]
    if len(fitting) != 1 or any(fitting[0] in one.refs for one in found):
        return None
    typed = " ".join(words)
    sure = Sureness.DOUBTED if denied else Sureness.LIKELY
    return PartSubject((fitting[0],), sure, place, range(place, n), place, n, ((typed, fitting[0]),))


def _shortens(typed: tuple[str | int, ...], parts: tuple[str | int, ...] | None) -> bool:
    """Return whether a letter and a number are how a ref begins and ends: "h4" for healthy-4."""
    letters = letters_of(typed)
    return (
        parts is not None
        and bool(letters)
        and letters_of(parts).startswith(letters)
        and digits_of(typed) == digits_of(parts) != ""
    )
