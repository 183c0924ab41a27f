"""Find which answer a piece of text gives, and where.

A phrase counts only where something bounds it: before it the beginning, punctuation or a ref, with nothing between but
small words such as "is now"; after it the end, punctuation or a ref. "on track, two advisors recruited" counts;
"the red book was sent" does not.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from handlers.reading.dates import NoDay
from handlers.reading.day_ranges import DaysFound
from handlers.reading.days import as_one_day, day_at
from handlers.reading.status_phrases import LETTERS, PROMISES, Phrase, PhraseKind, phrases_in
from models.enums import Status

REF_MARK = "\x01"
LINK_MARK = "\x02"
"""Stand in folded text for each character of a ref that the text is about, and of a link: both bound a phrase."""

EMOJI_RANGES = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff"
EDGE = " ,;:-–—\n\x01•*_|=>"

_BOUND = rf"[\n.,;:!?()\[\]*_•>=|…→{REF_MARK}{LINK_MARK}{EMOJI_RANGES}]"
_SMALL = (
    r"(?:is|are|am|it|it's|its|this|that|that's|one|we|we're|i'm|still|now|currently|all|both|everything|remains?|"
    r"(?:rag )?(?:status|rating)[:=]?|rag[:=]?|rated|"
    r"overall|back|firmly|also|again|action|update:?|yes,?|so far|moved to|now at|as|and|but|so|"
    r"ok|okay|hi|hello|thanks|please|has been|have been|been|mark)"
)
_BEFORE_KIND = {
    PhraseKind.VERBAL: r"(?:i|we|i'll|we'll|will|to|can|give|do|provide|a|an|update|updating|report|happy|please)",
    PhraseKind.TO_FOLLOW: (
        r"(?:i|we|an?|the|more|full|update|updates|answer|reply|details?|evidence|figures?|report|words?)"
    ),
    PhraseKind.NOT_OURS: r"(?:sorry|hi|no|i think|actually|really)",
}
_AFTER = (
    r"(?:now|still|overall|again|thanks|thank you|at the moment|at present|for now|currently|please|today|too|rating|"
    r"status|and)"
)
_AFTER_KIND = {
    PhraseKind.NO_CHANGE: (
        r"(?: (?:since|from|to report|at this stage|on this|this time|this month|here)[^.,;:!?\n\x01]{0,60})?"
    ),
    PhraseKind.VERBAL: r"(?: (?:update|report))?(?: (?:at|on|in|to) [^.,;:!?\n\x01]{0,40})?",
}
_GOES_TO = re.compile(
    r" (?=(?:please )?(?:ask|try|speak|it's|it is|this is|that is|belongs|sits)(?![^\W_]))(?P<small>)"
)
"""What may follow *not ours* without punctuation."""
_END = (
    rf"(?:$|[\n,;:!()\[\]*_•|…→{REF_MARK}{LINK_MARK}{EMOJI_RANGES}]|\.(?=[\s.]|$)|-(?=\s)|(?<=\s)[-/]|/(?=\s)|"
    rf"(?:for|on|re|with) ?{REF_MARK})"
)
_SENTENCE_END = re.compile(r"[!?\n;]|\.(?=\s|$)")
_DOUBT = re.compile(
    r"(?<![^\W_])(?:not|no|never|hardly|nearly|almost|if|when|once|until|till|unless|should|would|could|might|may|hope|"
    r"hoping|was|were|no longer|than|before|from|think|expect|quite|yet)(?![^\W_])|n't"
)
BY = re.compile(r":?(?: (?:you|it|this|an update|again))?(?: (?:by|on|before))?(?: the)? ?")
_PROMISED = re.compile(
    r"(?: (?:to|with|on|about|you|it|this|that|them|these|an|the|my|our|update|updates|answer|answers|reply|words|"
    r"something|more|over|through|across|in|all))*?(?: (?:by|on|before))(?: the)? "
    r"|(?: (?:you|it|this))* (?=tomorrow|today)"
)
_NO_MORE = re.compile(rf"(?: (?:at the latest|latest|please|thanks|thank you|then|if that's ok|hopefully))* ?{_END}")
_VAGUE = re.compile(
    r"(?P<small>(?: (?:you|it|this|that|an update|by|on|at|in|the|a))*)(?: (?:next|this|end of|soon|shortly|later|asap|"
    r"as soon as|few|couple|due course|when|once|after|tbc)(?![^\W_])|$|\.$)"
)
_LOOK = 80
_MINUS = re.compile(r"(?:^|[\s,;:(])-$")
_MARKED = re.compile(rf"(?<![ ,;:-])[ ,;:-]*{REF_MARK}+[\s,:;–—-]*")


@cache
def _before(said: PhraseKind) -> re.Pattern[str]:
    small = "|".join(part for part in (_SMALL, _BEFORE_KIND.get(said)) if part)
    return re.compile(rf"(?:^|{_BOUND}|[-/](?=\s)|(?<=\s)[-/])\s*(?P<small>(?:(?:{small})\s+)*)$")


@cache
def _after(said: PhraseKind) -> re.Pattern[str]:
    return re.compile(rf"{_AFTER_KIND.get(said, '')}(?P<small>(?: {_AFTER})*) ?{_END}")


_SINCE = re.compile(rf"(?P<small> [^.,;:!?\n\x01]{{1,60}}) ?{_END}")


@dataclass(frozen=True, slots=True)
class AnswerFound:
    """One answer and the place of its words, small words included. `by`: the day something is to follow."""

    said: PhraseKind
    status: Status | None
    start: int
    end: int
    by: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a piece of text answers: one plain answer, or None with the status it may mean, for showing back."""

    answer: AnswerFound | None = None
    hint: Status | None = None


def read_answer(text: str, today: date) -> AnswerRead:
    """Return the one answer in folded text with refs marked by `REF_MARK`. Two that differ are none."""
    letter = _only_letter(text)
    if letter is not None:
        return AnswerRead(letter)
    phrases = phrases_in(text)
    bounded = [answer for phrase in phrases if (answer := _bounded(text, phrase, today)) is not None]
    kept = _agreed(text, bounded, phrases)
    if kept is not None:
        return AnswerRead(kept, kept.status)
    return AnswerRead(None, None if bounded else _hint(text, phrases))


def no_day_in(text: str, today: date) -> NoDay | None:
    """Return why the day that something is to follow by is no day of the calendar, and which it may be; or None."""
    for phrase in phrases_in(text):
        if phrase.said is PhraseKind.TO_FOLLOW and _start(text, phrase) is not None:
            day = _promised_day(text, phrase, today)
            if day is not None and day.no_day is not None:
                return day.no_day
            if day is None and (vague := _VAGUE.match(text, phrase.end)):
                found = day_at(text, vague.end("small"), today)
                return NoDay("That names no day.", as_one_day(found, today).candidates if found else ())
    return None


def words_without(text: str, start: int, end: int) -> str:
    """Return what else was said beside the answer that stands between two places."""
    before = trim_words(text[:start].rstrip(" \n-–—=>*_•" + REF_MARK))
    after = trim_words(text[end:])
    if not before or not after:
        return after or before.rstrip(",;:")
    return f"{before}{'' if before[-1] in '.,;:!?…' else ','} {after}"


def trim_words(words: str) -> str:
    """Return words without loose punctuation at either end, and without the marks of refs; a minus stays."""
    marked = _MARKED.sub(" ", words)
    whole = marked.lstrip(EDGE + ".!)")
    if whole[:1].isdigit() and _MINUS.search(marked[: -len(whole)]):
        whole = marked[-len(whole) - 1 :]
    whole = whole.rstrip(" -–—\n*_•=(;:")
    return whole if any(char.isalnum() for char in whole) else ""


def _only_letter(text: str) -> AnswerFound | None:
    """Return the answer where a single letter is the whole of what was said."""
    bare = text.strip(EDGE + ".!()")
    if bare not in LETTERS:
        return None
    start = text.index(bare)
    return AnswerFound(PhraseKind.RATING, LETTERS[bare], start, start + 1)


def _bounded(text: str, phrase: Phrase, today: date) -> AnswerFound | None:
    start = _start(text, phrase)
    if start is None:
        return None
    if phrase.said is PhraseKind.TO_FOLLOW:
        return _to_follow(text, phrase, start, today)
    after = (_SINCE if phrase.typed.endswith("since") else _after(phrase.said)).match(text, phrase.end)
    if after is None and phrase.said is PhraseKind.NOT_OURS:
        after = _GOES_TO.match(text, phrase.end)
    if after is None or _asks(text, phrase.end):
        return None
    return AnswerFound(phrase.said, phrase.status, start, after.end("small"))


def _start(text: str, phrase: Phrase) -> int | None:
    """Return where the phrase begins with its small words, or None when nothing bounds it on that side."""
    first = max(0, phrase.start - _LOOK)
    head = ("" if first == 0 else "x") + text[first : phrase.start]
    found = _before(phrase.said).search(head)
    return None if found is None else phrase.start - len(found["small"])


def _to_follow(text: str, phrase: Phrase, start: int, today: date) -> AnswerFound | None:
    day = _promised_day(text, phrase, today)
    if day is None or day.day is None or _asks(text, day.end):
        return None
    return AnswerFound(PhraseKind.TO_FOLLOW, None, start, day.end, day.day)


def _promised_day(text: str, phrase: Phrase, today: date) -> DaysFound | None:
    """Return the day by which something is to follow; a promise counts only where it is of the update alone."""
    if phrase.typed not in PROMISES:
        by = BY.match(text, phrase.end)
        return day_at(text, by.end() if by else phrase.end, today)
    promised = _PROMISED.match(text, phrase.end)
    day = day_at(text, promised.end(), today) if promised else None
    return day if day is not None and _NO_MORE.match(text, day.end) else None


def _asks(text: str, place: int) -> bool:
    """Return whether the sentence that continues here ends in a question mark."""
    found = _SENTENCE_END.search(text, place)
    return found is not None and found.group() == "?"


def _agreed(text: str, bounded: list[AnswerFound], phrases: list[Phrase]) -> AnswerFound | None:
    """Return the one answer that all bounded ones amount to. A rating outweighs *no change*; a date outweighs both."""
    ratings = {answer.status for answer in bounded if answer.said is PhraseKind.RATING}
    half = {phrase.status for phrase in phrases if phrase.said is PhraseKind.RATING and _half_bounded(text, phrase)}
    said = {answer.said for answer in bounded}
    if len(ratings | half) > 1 and ratings:
        return None
    for first in (PhraseKind.RATING, PhraseKind.DONE, PhraseKind.NOT_OURS):
        if first in said:
            clash = said & {PhraseKind.RATING, PhraseKind.DONE, PhraseKind.NOT_OURS, PhraseKind.NO_CHANGE} - {first}
            if first is PhraseKind.RATING:
                clash -= {PhraseKind.NO_CHANGE}
            return None if clash else _first(bounded, first)
    for first in (PhraseKind.TO_FOLLOW, PhraseKind.VERBAL, PhraseKind.NO_CHANGE):
        if first in said:
            return None if half else _first(bounded, first)
    return None


def _first(bounded: list[AnswerFound], said: PhraseKind) -> AnswerFound:
    return next(answer for answer in bounded if answer.said is said)


def _half_bounded(text: str, phrase: Phrase) -> bool:
    return _after(phrase.said).match(text, phrase.end) is not None


def _hint(text: str, phrases: list[Phrase]) -> Status | None:
    """Return the only status mentioned where one side is bounded and nothing puts it in doubt."""
    found = set()
    for phrase in phrases:
        if phrase.said is not PhraseKind.RATING:
            continue
        if not (_half_bounded(text, phrase) or _start(text, phrase) is not None):
            continue
        if _DOUBT.search(text[max(0, phrase.start - 30) : phrase.start]) or _asks(text, phrase.end):
            return None
        found.add(phrase.status)
    return found.pop() if len(found) == 1 else None
