"""Find what a message answers, and how sure each is by what stands around it.

A status is *plain* where nothing but small words stand between it and what it is about or where its clause begins, and
no denial, doubt, exception, condition, wish, question, past or quotation has it in its scope. Where other words stand
there, or it is only likely ("going well"), it is *likely*: shown, never stored. Anything else is *doubted*.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.reading.answer_tokens import GUESSED, REQUESTED, requests
from handlers.reading.clauses import (
    ANSWER_PHRASES,
    BETWEEN,
    ENDS,
    HARD,
    INVERTED,
    PRONOUNS,
    SOFT,
    gives,
    segment_end,
    sentence_start,
)
from handlers.reading.dates import NoDay
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.part_subjects import PartSubject
from handlers.reading.promises import AWAITED, NAMES_NO_DAY, VAGUE_DAY, promised_day, promises_no_more
from handlers.reading.ref_groups import refs_of
from handlers.reading.somebody import is_name, of_somebody
from handlers.reading.tokens import TextToken
from handlers.reading.whose import Sureness
from models.enums import AnswerKind, Status
from models.rules.status_words import COLOURS, LETTERS, RATING_WORDS

_DOUBTS = frozenset((K.NEGATION, K.HEDGE, K.WISH))


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer at a place among the tokens: `first` to `last` with the small words around it."""

    token: TextToken
    place: int
    first: int
    last: int
    sure: Sureness
    by: date | None = None
    past: bool = False
    no_day: NoDay | None = None

    @property
    def meaning(self) -> tuple[AnswerKind, object]:
        """What it says, to be compared: the kind of answer, and the status or the day."""
        return ANSWER_PHRASES[self.token.kind], self.token.value if self.token.kind is not K.TO_FOLLOW else self.by


def answer_at(
    words: str, folded: str, tokens: Sequence[TextToken], place: int, subject: PartSubject, end: int, today: date
) -> FoundAnswer | None:
    """Return the answer at a place, with how sure it is; None where there is none."""
    token = tokens[place]
    if token.kind not in ANSWER_PHRASES:
        return None
    by, last = None, place
    if token.kind is K.TO_FOLLOW:
        promised = promised_day(folded, token, today)
        if promised is None:
            return None if token.text in _BARE_PROMISES else _without_day(tokens, place, end)
        day, stop = promised
        if isinstance(day, NoDay):
            return FoundAnswer(token, place, place, place, Sureness.DOUBTED, no_day=day)
        by = day
        if not promises_no_more(tokens, stop, end):
            return FoundAnswer(token, place, place, place, Sureness.DOUBTED)
        last = max(place, *(n for n in range(place, end) if tokens[n].start < stop), place)
    first, left = _left(tokens, place, subject)
    after, right = _right(tokens, last, token, subject, end)
    denied = place > 1 and tokens[place - 1].kind is K.NEGATION and tokens[place - 2].kind in (K.RATING, K.LETTER)
    past = denied or _is_past(tokens, place, end)
    sure = min(left, right)
    softly = any(one.kind is K.OPINION or one.text == REQUESTED for one in tokens[first:place])
    if token.kind in (K.LIKELY, K.NEAR_RATING) or softly:
        sure = min(sure, Sureness.LIKELY)
    if token.kind is K.LIKELY and (token.value is Status.OFF_TRACK or left is Sureness.LIKELY):
        # "Stuck" may be either of two; "printers are delayed" says it of printers.
        sure = Sureness.DOUBTED
    if token.kind in (K.DONE, K.VERBAL) and left is Sureness.LIKELY:
        # "Stage one finished": a part of it is done.
        sure = Sureness.DOUBTED
    sure = min(sure, _beside_others(tokens, place, subject), of_somebody(tokens, place, subject))
    if (
        past
        or ('"' in folded and _is_quoted(tokens, place))
        or _asks_first(tokens, place, subject)
        or is_name(words, tokens, place, end)
    ):
        sure = Sureness.DOUBTED
    since = last + 1 < end and tokens[last + 1].text in ("since", "from")
    if token.kind is K.NO_CHANGE and (since or token.value == GUESSED or token.text.endswith("to add")):
        sure = min(sure, Sureness.LIKELY)
    return FoundAnswer(token, place, first, max(after, last), sure, by, past)


_BARE_PROMISES = frozenset(
    one.split()[0] + " " + verb
    for one in ("will", "can")
    for verb in ("send", "provide", "get", "have", "do", "confirm")
) | frozenset(("will do it", "can do it", "follows"))


def _beside_others(tokens: Sequence[TextToken], place: int, subject: PartSubject) -> Sureness:
    """Return how sure an answer is where another action is mentioned before it: "waits for healthy-9, amber"."""
    others = [
        n
        for n in range(subject.own.stop, place)
        if tokens[n].kind in (K.REF, K.NEAR_REF) and not set(refs_of(tokens[n])) <= set(subject.refs)
    ]
    if not others:
        return Sureness.PLAIN
    parted = any(tokens[n].kind in HARD for n in range(others[-1], place))
    return Sureness.LIKELY if parted else Sureness.DOUBTED


def _is_quoted(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether an answer stands between quotation marks that hold more than itself."""
    before = [n for n in range(place) if tokens[n].kind is K.QUOTE]
    after = next((n for n in range(place + 1, len(tokens)) if tokens[n].kind is K.QUOTE), None)
    return len(before) % 2 == 1 and after is not None and (before[-1], after) != (place - 1, place + 1)


def _asks_first(tokens: Sequence[TextToken], place: int, subject: PartSubject) -> bool:
    """Return whether the sentence begins as a question does: "is healthy-5 on track, would you say"."""
    start = sentence_start(tokens, place, subject.floor)
    if tokens[start].text not in INVERTED or start + 1 >= place:
        return False
    following = tokens[start + 1]
    return following.kind in (K.REF, K.NEAR_REF, K.ALL, K.DETERMINER) or following.text in PRONOUNS


def _without_day(tokens: Sequence[TextToken], place: int, end: int) -> FoundAnswer:
    """Return a promise that names no day: when it will follow is asked where nothing else is promised."""
    token = tokens[place]
    last = place + 1 >= end or tokens[place + 1].kind in ENDS or tokens[place + 1].text in VAGUE_DAY
    no_day = NoDay(NAMES_NO_DAY) if last else None
    return FoundAnswer(token, place, place, place, Sureness.DOUBTED, no_day=no_day)


def _left(tokens: Sequence[TextToken], place: int, subject: PartSubject) -> tuple[int, Sureness]:
    """Return where the small words before an answer begin, and how sure what stands before it leaves it."""
    sure = Sureness.PLAIN
    first = place
    n = place - 1
    still = True
    answer = tokens[place]
    own = subject.own
    floor = subject.floor
    while n >= floor:
        token = tokens[n]
        if n in own:
            still = False
            n -= 1
            continue
        if token.kind in HARD:
            break
        if token.kind in SOFT:
            break
        if token.kind in ANSWER_PHRASES:
            if not (still and n + 1 == place):
                break
            # "Amber green": two ratings side by side are no answer.
            sure = min(sure, Sureness.DOUBTED) if token.kind in (K.RATING, K.LETTER) else sure
            break
        if (
            token.kind is K.AND
            and n > floor
            and tokens[n - 1].kind in ANSWER_PHRASES
            and tokens[n - 1].value != answer.value
        ):
            return first, Sureness.DOUBTED
        if token.kind in BETWEEN or (token.kind is K.REASON and token.text in ("as", "at")) or token.kind is K.REST:
            if (still and token.kind is not K.OPINION) or still:
                first = n
        elif answer.kind in (K.VERBAL, K.TO_FOLLOW) and gives(token):
            first = n if still else first
        elif token.kind in _DOUBTS or token.kind is K.OR:
            return first, Sureness.DOUBTED
        elif token.kind is K.PAST:
            if (
                token.text != "were"
                or not still
                or (n > floor and tokens[n - 1].text in ("they", "we", "these", "both"))
            ):
                return first, Sureness.DOUBTED
            # "Were red" may be "we're red" on a telephone.
            first, sure = n, min(sure, Sureness.LIKELY)
        elif token.kind in (K.CONDITION, K.REPORTED, K.EXCEPTION, K.ASKING) or (
            token.kind is K.DETERMINER and n + 1 == place
        ):
            return first, Sureness.DOUBTED
        elif token.kind is K.ALL:
            if still:
                first = n
        elif token.kind in (K.REF, K.NEAR_REF):
            return first, Sureness.DOUBTED
        else:
            still = False
            sure = min(sure, Sureness.LIKELY)
        n -= 1
    while n >= floor and tokens[n].kind not in HARD:
        # A condition, or who says so, holds for the whole sentence.
        if tokens[n].kind in (K.CONDITION, K.REPORTED) and n not in own:
            return first, Sureness.DOUBTED
        if tokens[n].kind in ANSWER_PHRASES:
            break
        n -= 1
    return first, sure


def _right(
    tokens: Sequence[TextToken], place: int, token: TextToken, subject: PartSubject, end: int
) -> tuple[int, Sureness]:
    """Return where the small words behind an answer end, and how sure what stands behind it leaves it."""
    if place + 1 >= min(end, len(tokens)):
        return place, Sureness.PLAIN
    following = tokens[place + 1]
    if following.glued and following.text not in ("ish",):
        return place, Sureness.PLAIN if token.text not in COLOURS else Sureness.DOUBTED
    if following.kind is K.OR:
        parted = following.text == "/" and place + 2 < len(tokens) and tokens[place + 2].kind in (K.REF, K.NEAR_REF)
        return place, Sureness.PLAIN if parted else Sureness.DOUBTED
    last = place
    n = place + 1
    sure = Sureness.PLAIN
    if _asked(tokens, place, end):
        if token.kind is K.DONE or not requested(tokens, place):
            return place, Sureness.DOUBTED
        sure = Sureness.LIKELY
    while n < end and tokens[n].text in SAID_AFTER:
        n += 1
    if n >= end or tokens[n].kind in ENDS:
        return n - 1, min(sure, _next_segment(tokens, n, token, end))
    n = place + 1
    if not _only_doubts(tokens, n, end, frozenset()):
        return place, Sureness.DOUBTED
    if following.text in _VERBS and not (subject.own.start > place):
        # "Green is the colour …": it is what the sentence is about.
        return place, Sureness.DOUBTED
    here = tokens[n]
    if token.kind is K.DONE and here.text in ("since", "from"):
        # "Done since July" says when, and shows nothing.
        sure = Sureness.LIKELY
    if token.kind is K.DONE and here.text in _BY:
        # "Done by Friday", "finished before the board": it will be.
        return place, Sureness.DOUBTED
    if token.kind is K.TO_FOLLOW and here.text in AWAITED:
        return place, Sureness.PLAIN
    segment = segment_end(tokens, n, end)
    # "Green too, except the older ones": what says "as well" hides no exception.
    beyond = next(
        (tokens[m] for m in range(n, segment) if tokens[m].kind is not K.SMALL and tokens[m].text != "as"), here
    )
    if here.kind in (K.EXCEPTION, K.CONDITION, K.HEDGE) or beyond.kind is K.EXCEPTION:
        return place, Sureness.DOUBTED
    reason = next((m for m in range(n, segment) if tokens[m].kind is K.REASON), segment)
    if any(tokens[m].kind is K.CONDITION for m in range(n, reason)):
        return place, Sureness.DOUBTED
    if token.kind in (K.DONE, K.NO_CHANGE) and _left_over(tokens, n, end):
        return place, Sureness.DOUBTED
    if here.kind in ANSWER_PHRASES and here.kind is token.kind:
        sure = Sureness.LIKELY if here.value == token.value else Sureness.DOUBTED
    if token.kind is K.DONE:
        if here.kind is K.LINK and not (n + 1 < end and tokens[n + 1].kind in (K.NUMBER, K.SMALL)):
            return place, Sureness.DOUBTED
        if here.kind in (K.DETERMINER, K.LINK) or (here.kind is K.WORD and token.text not in ("done", "all done")):
            return place, Sureness.DOUBTED
        if here.kind is K.WORD:
            sure = Sureness.LIKELY
    goes_on = n + 1 < end and here.kind in _GOING_ON
    words_on = not (goes_on or (here.kind is K.SMALL and here.text in SAID_AFTER) or here.kind in _SETTING_OFF)
    if token.text[0].isascii() and words_on and token.kind is not K.DONE:
        # "On track two advisors": nothing divides the two, and "red tape" begins so as well.
        sure = Sureness.DOUBTED if subject.counted else Sureness.LIKELY
    if here.kind is K.NEGATION and n + 1 < end and tokens[n + 1].text in _RATINGS:
        # "A not G", "amber rather than green".
        sure = min(sure, Sureness.LIKELY)
    elif token.kind is K.LETTER and here.kind not in (K.REASON, K.REF, K.AND, K.LINK, K.SMALL):
        sure = Sureness.DOUBTED
    if token.kind is K.NOT_OURS and here.text in _ALONE:
        return place, Sureness.DOUBTED
    if token.kind is K.VERBAL and here.text in ("from", "of", "with", "by"):
        return place, Sureness.DOUBTED
    if token.kind in (K.NO_CHANGE, K.NOT_OURS) and here.text in ("of", "to", "in", "who", "that"):
        return place, Sureness.DOUBTED
    if (
        here.kind is K.AND
        and n + 1 < end
        and tokens[n + 1].kind in ANSWER_PHRASES
        and tokens[n + 1].value != token.value
    ):
        return place, Sureness.DOUBTED
    return last, min(sure, _next_segment(tokens, segment, token, end))


_BY = frozenset(("by", "before", "in time"))
TURNS = frozenset(("to", "→"))
"""What stands between what it was and what it is."""
_RATINGS = RATING_WORDS.keys() | LETTERS.keys()
_ALONE = frozenset(ways("alone|only|entirely|solely|wholly|completely|exclusively|fully|just|yet"))
_SETTING_OFF = frozenset((K.REASON, K.AND, K.PICTURE, K.ADDRESS, K.MARK, K.QUOTE, K.REF, K.NEAR_REF, K.NUMBER))
"""What may follow a status and leaves it alone."""
_GOING_ON = frozenset((K.LINK, K.DETERMINER, K.NEGATION))
"""The same with words behind it: "amber no staff"."""
_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "isn't", "aren't"))
SAID_AFTER = frozenset(
    ways(
        "now|still|overall|again|thanks|please|currently|today|too|rating|status|yes|then|at the moment|at present|"
        "for now|thank you|by the way|btw|right now|so far|i'm afraid|im afraid|pls|plz|either|cheers|ta|as well|too"
    )
)


def _only_doubts(tokens: Sequence[TextToken], start: int, end: int, telling_words: frozenset[str]) -> bool:
    """Return False where the words up to the next mark say nothing but that it is not so: "not", "I think"."""
    stop = segment_end(tokens, start, end)
    kinds = [tokens[n].kind for n in range(start, stop)]
    quiet = BETWEEN | {K.NEGATION, K.HEDGE, K.WISH, K.NUMBER}
    telling = any(
        tokens[n].kind in (K.NEGATION, K.HEDGE) and tokens[n].text not in telling_words for n in range(start, stop)
    )
    return not (telling and all(one in quiet for one in kinds))


_NOBODY = frozenset(("nobody", "nothing", "none", "without", "nor"))


def _next_segment(tokens: Sequence[TextToken], mark: int, token: TextToken, end: int) -> Sureness:
    """Return how sure an answer is after what follows the mark behind it: "done - not!", "done, apart from one"."""
    start = stop = mark
    while stop < end and all(one.kind in (K.SMALL, K.AND) for one in tokens[start:stop]):
        # "Done. Well, not quite": a mark behind "well" ends nothing.
        start = stop
        while start < end and tokens[start].kind in ENDS:
            start += 1
        stop = segment_end(tokens, start, end)
    if start >= end:
        return Sureness.PLAIN
    if not _only_doubts(tokens, start, end, _NOBODY):
        return Sureness.DOUBTED
    n = start
    while n < end and tokens[n].kind in (K.SMALL, K.AND):
        n += 1
    if n < end and tokens[n].kind is K.EXCEPTION:
        return Sureness.DOUBTED
    soft = all(tokens[m].kind in SOFT for m in range(mark, start))
    if n < end and soft and tokens[n].kind is K.CONDITION and tokens[n].text not in ("when",):
        return Sureness.DOUBTED
    if token.kind is K.DONE and _left_over(tokens, start, end):
        return Sureness.DOUBTED
    return Sureness.PLAIN


def _left_over(tokens: Sequence[TextToken], start: int, end: int) -> bool:
    return any(tokens[n].kind in (K.EXCEPTION, K.REMAINDER) for n in range(start, end))


def _asked(tokens: Sequence[TextToken], place: int, end: int) -> bool:
    """Return whether the sentence of an answer ends in a question mark; questions beside it were cut out before."""
    mark = next((n for n in range(place + 1, end) if tokens[n].kind in HARD), end)
    while mark < end and tokens[mark].kind in HARD:
        if tokens[mark].kind is K.QUESTION:
            return True
        mark += 1
    return False


def requested(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether the sentence asks for the answer to be written down: "can you put healthy-5 down as red?"."""
    return requests(tokens[sentence_start(tokens, place) : place])


def _is_past(tokens: Sequence[TextToken], place: int, end: int) -> bool:
    n = place + 1
    while n < end and tokens[n].kind in (K.SMALL, K.LINK):
        n += 1
    if n < end and tokens[n].kind is K.PAST and tokens[n].value == 1:
        return True
    # "From amber to green", "amber to green": the first is what it was.
    return place + 2 < end and tokens[place + 1].text in TURNS and tokens[place + 2].kind in (K.RATING, K.LETTER)
