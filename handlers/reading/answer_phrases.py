"""Which answer a piece of text gives, and where (the design, section 4).

A phrase counts only where something bounds it: before it the beginning, punctuation or a ref, with nothing between but
small words such as "is now"; after it the end, punctuation or a ref. "on track, two advisors recruited" counts;
"the red book was sent" does not.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.dates import DayWords, NoDay, day_at, settle
from handlers.reading.status_phrases import LETTERS, PROMISES, Phrase, Said, phrases_in
from models.enums import Status

REF_MARK = "\x01"
LINK_MARK = "\x02"
"""Stand in the folded text for each character of a ref that the text is about, and of a link: both bound a phrase."""

EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff"
EDGE = " ,;:-–—\n\x01•*_|=>"

_BOUND = rf"[\n.,;:!?()\[\]*_•>=|…→{REF_MARK}{LINK_MARK}{EMOJI}]"
_SMALL = (
    r"(?:is|are|am|it|it's|its|this|that|that's|one|we|we're|i'm|still|now|currently|all|both|everything|remains?|"
    r"(?:rag )?(?:status|rating)[:=]?|rag[:=]?|rated|"
    r"overall|back|firmly|also|again|action|update:?|yes,?|so far|moved to|now at|as|and|but|so|"
    r"ok|okay|hi|hello|thanks|please|has been|have been|been|mark)"
)
_BEFORE_KIND = {
    Said.VERBAL: r"(?:i|we|i'll|we'll|will|to|can|give|do|provide|a|an|update|updating|report|happy|please)",
    Said.TO_FOLLOW: r"(?:i|we|an?|the|more|full|update|updates|answer|reply|details?|evidence|figures?|report|words?)",
    Said.NOT_OURS: r"(?:sorry|hi|no|i think|actually|really)",
}
_AFTER = (
    r"(?:now|still|overall|again|thanks|thank you|at the moment|at present|for now|currently|please|today|too|rating|"
    r"status|and)"
)
_AFTER_KIND = {
    Said.NO_CHANGE: (
        r"(?: (?:since|from|to report|at this stage|on this|this time|this month|here)[^.,;:!?\n\x01]{0,60})?"
    ),
    Said.VERBAL: r"(?: (?:update|report))?(?: (?:at|on|in|to) [^.,;:!?\n\x01]{0,40})?",
}
_GOES_TO = re.compile(
    r" (?=(?:please )?(?:ask|try|speak|it's|it is|this is|that is|belongs|sits)(?![^\W_]))(?P<small>)"
)
"""What may follow *not ours* without punctuation."""
_END = (
    rf"(?:$|[\n,;:!()\[\]*_•|…→{REF_MARK}{LINK_MARK}{EMOJI}]|\.(?=[\s.]|$)|-(?=\s)|(?<=\s)[-/]|/(?=\s)|"
    rf"(?:for|on|re|with) ?{REF_MARK})"
)
_SENTENCE_END = re.compile(r"[!?\n;]|\.(?=\s|$)")
_DOUBT = re.compile(
    r"(?<![^\W_])(?:not|no|never|hardly|nearly|almost|if|when|once|until|till|unless|should|would|could|might|may|hope|"
    r"hoping|was|were|no longer|than|before|from|think|expect|quite|yet)(?![^\W_])|n't"
)
BY = re.compile(r"(?: (?:you|it|this|an update|again))?(?: (?:by|on|before))?(?: the)? ?")
_PROMISED = re.compile(
    r"(?: (?:to|with|on|about|you|it|this|that|them|these|an|the|my|our|update|updates|answer|answers|reply|words|"
    r"something|more|over|through|across|in|all))*?(?: (?:by|on|before))(?: the)? "
    r"|(?: (?:you|it|this))* (?=tomorrow|today)"
)
_NO_MORE = re.compile(rf"(?: (?:at the latest|latest|please|thanks|thank you|then|if that's ok|hopefully))* ?{_END}")
_VAGUE = re.compile(
    r"(?: (?:you|it|this|that|an update|by|on|at|in|the|a))*(?: (?:next|this|end of|soon|shortly|later|asap|"
    r"as soon as|few|couple|due course|when|once|after|tbc)(?![^\W_])|$|\.$)"
)
_LOOK = 80
_MARKED = re.compile(rf"(?<![ ,;:-])[ ,;:-]*{REF_MARK}+[\s,:;–—-]*")


def _before(said: Said) -> re.Pattern[str]:
    small = "|".join(part for part in (_SMALL, _BEFORE_KIND.get(said)) if part)
    return re.compile(rf"(?:^|{_BOUND}|[-/](?=\s)|(?<=\s)[-/])\s*(?P<small>(?:(?:{small})\s+)*)$")


def _after(said: Said) -> re.Pattern[str]:
    return re.compile(rf"{_AFTER_KIND.get(said, '')}(?P<small>(?: {_AFTER})*) ?{_END}")


_SINCE = re.compile(rf"(?P<small> [^.,;:!?\n\x01]{{1,60}}) ?{_END}")
_BEFORE_RE = {said: _before(said) for said in Said}
_AFTER_RE = {said: _after(said) for said in Said}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer and the place of its words, small words included. `by`: the day something is to follow."""

    said: Said
    status: Status | None
    start: int
    end: int
    by: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a piece of text answers: one plain answer, or None with the status it may mean, for showing back."""

    answer: Answered | None = None
    hint: Status | None = None


def read_answer(text: str, today: date) -> AnswerRead:
    """Folded text in, refs marked by `REF_MARK`; its one answer out. Two that differ are none."""
    letter = _only_letter(text)
    if letter is not None:
        return AnswerRead(letter)
    phrases = phrases_in(text)
    bounded = [answer for phrase in phrases if (answer := _bounded(text, phrase, today)) is not None]
    kept = _agreed(text, bounded, phrases)
    if kept is not None:
        return AnswerRead(kept, kept.status)
    return AnswerRead(None, None if bounded else _hint(text, phrases))


def no_day_in(text: str, today: date) -> str:
    """Folded text in; why the day that something is to follow by is no day of the calendar out, or ""."""
    for phrase in phrases_in(text):
        if phrase.said is Said.TO_FOLLOW and _start(text, phrase) is not None:
            day = _promised_day(text, phrase, today)
            settled = settle(day, today) if day is not None else None
            if isinstance(settled, NoDay):
                return settled.say
            if day is None and _VAGUE.match(text, phrase.end):
                return "That names no day."
    return ""


def words_without(text: str, start: int, end: int) -> str:
    """Words as typed and the place of the answer in them in; what else was said out."""
    before = tidy(text[:start].rstrip(" \n-–—=>*_•" + REF_MARK))
    after = tidy(text[end:])
    if not before or not after:
        return after or before.rstrip(",;:")
    return f"{before}{'' if before[-1] in '.,;:!?…' else ','} {after}"


def tidy(words: str) -> str:
    """Words in; the same without loose punctuation at the beginning and the end, and without the marks of refs."""
    whole = _MARKED.sub(" ", words).lstrip(EDGE + ".!)").rstrip(" -–—\n*_•=(;:")
    return whole if any(char.isalnum() for char in whole) else ""


def _only_letter(text: str) -> Answered | None:
    """A single letter as the whole of what was said."""
    bare = text.strip(EDGE + ".!()")
    if bare not in LETTERS:
        return None
    start = text.index(bare)
    return Answered(Said.RATING, LETTERS[bare], start, start + 1)


def _bounded(text: str, phrase: Phrase, today: date) -> Answered | None:
    start = _start(text, phrase)
    if start is None:
        return None
    if phrase.said is Said.TO_FOLLOW:
        return _to_follow(text, phrase, start, today)
    after = (_SINCE if phrase.typed.endswith("since") else _AFTER_RE[phrase.said]).match(text, phrase.end)
    if after is None and phrase.said is Said.NOT_OURS:
        after = _GOES_TO.match(text, phrase.end)
    if after is None or _asks(text, phrase.end):
        return None
    return Answered(phrase.said, phrase.status, start, after.end("small"))


def _start(text: str, phrase: Phrase) -> int | None:
    """Where the phrase begins with its small words, or None when nothing bounds it on that side."""
    first = max(0, phrase.start - _LOOK)
    head = ("" if first == 0 else "x") + text[first : phrase.start]
    found = _BEFORE_RE[phrase.said].search(head)
    return None if found is None else phrase.start - len(found["small"])


def _to_follow(text: str, phrase: Phrase, start: int, today: date) -> Answered | None:
    day = _promised_day(text, phrase, today)
    settled = settle(day, today) if day is not None else None
    if day is None or settled is None or isinstance(settled, NoDay) or _asks(text, day.end):
        return None
    return Answered(Said.TO_FOLLOW, None, start, day.end, settled)


def _promised_day(text: str, phrase: Phrase, today: date) -> DayWords | None:
    """The day by which something is to follow: of a promise only where it is of the update and of nothing else."""
    if phrase.typed not in PROMISES:
        by = BY.match(text, phrase.end)
        return day_at(text, by.end() if by else phrase.end, today)
    promised = _PROMISED.match(text, phrase.end)
    day = day_at(text, promised.end(), today) if promised else None
    return day if day is not None and _NO_MORE.match(text, day.end) else None


def _asks(text: str, place: int) -> bool:
    """Whether the sentence that goes on here ends in a question mark."""
    found = _SENTENCE_END.search(text, place)
    return found is not None and found.group() == "?"


def _agreed(text: str, bounded: list[Answered], phrases: list[Phrase]) -> Answered | None:
    """The one answer that all bounded ones come to. A rating says more than *no change*; a date more than either."""
    ratings = {answer.status for answer in bounded if answer.said is Said.RATING}
    half = {phrase.status for phrase in phrases if phrase.said is Said.RATING and _half_bounded(text, phrase)}
    said = {answer.said for answer in bounded}
    if len(ratings | half) > 1 and ratings:
        return None
    for first in (Said.RATING, Said.DONE, Said.NOT_OURS):
        if first in said:
            clash = said & {Said.RATING, Said.DONE, Said.NOT_OURS, Said.NO_CHANGE} - {first}
            if first is Said.RATING:
                clash -= {Said.NO_CHANGE}
            return None if clash else _first(bounded, first)
    for first in (Said.TO_FOLLOW, Said.VERBAL, Said.NO_CHANGE):
        if first in said:
            return None if half else _first(bounded, first)
    return None


def _first(bounded: list[Answered], said: Said) -> Answered:
    return next(answer for answer in bounded if answer.said is said)


def _half_bounded(text: str, phrase: Phrase) -> bool:
    return _AFTER_RE[phrase.said].match(text, phrase.end) is not None


def _hint(text: str, phrases: list[Phrase]) -> Status | None:
    """The only status mentioned where one side is bounded and nothing puts it in doubt."""
    found = set()
    for phrase in phrases:
        if phrase.said is not Said.RATING:
            continue
        if not (_half_bounded(text, phrase) or _start(text, phrase) is not None):
            continue
        if _DOUBT.search(text[max(0, phrase.start - 30) : phrase.start]) or _asks(text, phrase.end):
            return None
        found.add(phrase.status)
    return found.pop() if len(found) == 1 else None
