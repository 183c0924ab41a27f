"""Cut a message into what a change is said with: names, days, times, amounts, marks and the words of each kind.

Source: docs/explanation/what-people-write.md, What is changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.changes.change_words import LONGEST_PHRASE, W, change_phrases
from handlers.reading.dates import DayWords, MonthWords, Vague
from handlers.reading.day_ranges import DaysFound
from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.days import days_in
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.names_in_text import NameSeen, names_in
from handlers.reading.normalise import NUMBER_WORDS, fold
from handlers.reading.people_commands import WHO
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import Vocabulary

LONGEST_CHANGE = 600
_KINDS = {
    NameKind.ACTION: W.REF,
    NameKind.BOARD: W.BOARD,
    NameKind.POST: W.POST,
    NameKind.ORGANISATION: W.ORGANISATION,
    NameKind.PERSON: W.POST,
    NameKind.THEME: W.THEME,
}
_ALONE = "|".join(sorted((one for one in NUMBER_WORDS if one.isalpha()), key=len, reverse=True))
_COUNT = rf"(?:[0-9]{{1,3}}|{_ALONE}|an?|a few)"
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]{4,14}(?:\|[^>]*)?>")
_TIME = re.compile(
    rf"(?<![^\W_])(?:at )?(?:(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))?"
    rf" ?(?P<half>am|pm|oclock|o'clock)?"
    rf"|(?P<word>{_ALONE}) ?(?P<wordhalf>am|pm|oclock|o'clock)|(?P<named>noon|midday))(?![^\W_]|[./:-][0-9])"
)
_AMOUNT = re.compile(
    rf"(?<![^\W_/.-])(?P<count>{_COUNT})(?: (?P<more>more|extra|fewer|less))?(?: (?:clear|full|whole))?"
    r"(?: (?P<sort>working|calendar|business))?(?: (?:clear|full))?"
    r" (?P<unit>days?|weeks?|fortnights?|months?)(?![^\W_])"
)
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
_NTH = re.compile(r"(?<![^\W_/.-])(?P<day>[12]?[0-9]|3[01])(?:st|nd|rd|th)(?![^\W_])")
_OF_A_MONTH = re.compile(rf"(?<![^\W_])(?P<month>{'|'.join(one for one in MONTH_WORDS if len(one) > 3)})'?s(?![^\W_])")
_CHAIR_OF = re.compile(r"(?:vice )?chair of (?:the )?")
_QUOTES = '"“”„«»'
_MARKS = {"\n": W.LINE, "?": W.QUESTION}
_LISTED = re.compile(r"[,.;:!()\[\]|/…→>–—-]+")


@dataclass(frozen=True, slots=True)
class HowLong:
    """An amount of time: its number ("" for "a few"), its sort ("working" or ""), and days; `more`: beside what is."""

    number: int
    sort: str = ""
    days: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class ChangeToken:
    """What stands between two places of a message, of one kind or of several; `value`: what it stands for."""

    kinds: frozenset[W]
    start: int
    end: int
    text: str
    value: NameSeen | DaysFound | HowLong | str | None = None

    def has(self, *kinds: W) -> bool:
        """Return whether it is of one of some kinds."""
        return not self.kinds.isdisjoint(kinds)

    @property
    def post_typed(self) -> str:
        """What names a post in a command: its key where one is sure, else as it was typed."""
        if isinstance(self.value, NameSeen) and len(self.value.names) == 1 and self.value.kind is NameKind.POST:
            return self.value.names[0].key
        return self.text.removesuffix("'s").removesuffix("’s")


def change_tokens(words: str, vocabulary: Vocabulary, today: date) -> tuple[ChangeToken, ...]:
    """Return the tokens of a message in order."""
    folded = fold(words)
    taken: list[ChangeToken] = []

    def free(start: int, end: int) -> bool:
        return not any(one.start < end and start < one.end for one in taken)

    def take(found: Iterable[ChangeToken]) -> None:
        taken.extend(one for one in found if one.end > one.start and free(one.start, one.end))

    names = names_in(words, vocabulary)
    take(_named(one) for one in names if one.kind is NameKind.ACTION)
    for form, kind in ((WHO, W.WHO), (_CHANNEL, W.CHANNEL)):
        take(_token(kind, words, one.start(), one.end(), one.group()) for one in form.finditer(words))
    take(_a_day(one, folded) for one in days_in(words, today))
    take(_a_date(found) for found in _NTH.finditer(folded))
    take(_a_month(found) for found in _OF_A_MONTH.finditer(folded))
    take(_an_amount(found) for found in _AMOUNT.finditer(folded))
    take(_named(one) for one in names if one.kind in _KINDS)
    take(_a_time(found, folded) for found in _TIME.finditer(folded) if _is_time(found))
    rest = [_called(one, words) for one in _the_rest(folded, taken)]
    found = sorted((*taken, *rest), key=lambda one: one.start)
    found = _with_chairs(_with_posts(found, words, vocabulary), vocabulary)
    return tuple(_rather(one, found[n + 1 : n + 3]) for n, one in enumerate(found))


def _a_date(found: re.Match[str]) -> ChangeToken:
    day = DaysFound(found.start(), found.end(), written=DayWords(int(found["day"])))
    return ChangeToken(frozenset((W.DAY,)), found.start(), found.end(), found.group(), day)


def _a_month(found: re.Match[str]) -> ChangeToken:
    month = DaysFound(found.start(), found.end(), written=MonthWords(MONTH_WORDS[found["month"]]))
    return ChangeToken(frozenset((W.MONTH,)), found.start(), found.end(), found.group(), month)


def _with_posts(tokens: Sequence[ChangeToken], words: str, vocabulary: Vocabulary) -> list[ChangeToken]:
    """Return tokens with words that stand together and name one post as one: "headteachers rep"."""
    found: list[ChangeToken] = []
    run: list[ChangeToken] = []
    for one in (*tokens, None):
        if one is not None and one.kinds == {W.OTHER} and one.text.isalpha():
            run.append(one)
            continue
        typed = words[run[0].start : run[-1].end] if run else ""
        post = find_name(typed, vocabulary, NameKind.POST).one if len(run) in (2, 3, 4) else None
        if post is not None:
            seen = NameSeen((post,), typed, run[0].start, run[-1].end, Likeness.BEGUN)
            found.append(ChangeToken(frozenset((W.POST,)), seen.start, seen.end, typed, seen))
        else:
            found += run
        found += [one] if one is not None else []
        run = []
    return found


def _with_chairs(tokens: Sequence[ChangeToken], vocabulary: Vocabulary) -> list[ChangeToken]:
    """Return tokens with "chair of the board" as the chair and the board, where another post is named beside it."""
    found: list[ChangeToken] = []
    several = len({one.text for one in tokens if one.has(W.POST)}) > 1
    for one in tokens:
        chair = _CHAIR_OF.match(one.text.lower()) if several and one.has(W.POST) else None
        boards = (
            [seen for seen in names_in(one.text[chair.end() :], vocabulary) if seen.kind is NameKind.BOARD]
            if chair
            else []
        )
        if chair is None or len(boards) != 1:
            found.append(one)
            continue
        begin = one.start + chair.end()
        found.append(ChangeToken(frozenset((W.CHAIR,)), one.start, begin, "chair"))
        found.append(ChangeToken(frozenset((W.BOARD,)), begin, one.end, boards[0].typed, boards[0]))
    return found


def _called(token: ChangeToken, words: str) -> ChangeToken:
    """Return a word that nothing knows as what may be somebody's name, by its capital letter."""
    capital = token.has(W.OTHER) and words[token.start : token.start + 1].isupper()
    return replace(token, kinds=frozenset((W.OTHER, W.NAME))) if capital else token


def _rather(token: ChangeToken, after: Sequence[ChangeToken]) -> ChangeToken:
    """Return "not" as what something replaces where a day, a time or a number follows: "the 23rd, not the 16th"."""
    beside = next((one for one in after if one.text not in ("the", "on", "at", "in")), None)
    rather = token.text == "not" and beside is not None and beside.has(W.DAY, W.MONTH, W.TIME, W.AMOUNT, W.NUMBER)
    return replace(token, kinds=frozenset((W.INSTEAD,))) if rather else token


def _token(kind: W, words: str, start: int, end: int, value: "NameSeen | str | None" = None) -> ChangeToken:
    return ChangeToken(frozenset((kind,)), start, end, words[start:end], value)


def _named(one: NameSeen) -> ChangeToken:
    return ChangeToken(frozenset((_KINDS[one.kind],)), one.start, one.end, one.typed, one)


def _a_day(found: DaysFound, folded: str) -> ChangeToken:
    text = folded[found.start : found.end]
    month = isinstance(found.written, MonthWords)
    vague = isinstance(found.written, Vague) and not (found.no_day and found.no_day.candidates)
    kind = W.MONTH if month else W.OTHER if vague else W.DAY
    return ChangeToken(frozenset((kind,)), found.start, found.end, text, found)


def _an_amount(found: re.Match[str]) -> ChangeToken:
    count = found["count"]
    number = int(count) if count.isdigit() else NUMBER_WORDS.get(count, 0 if count == "a few" else 1)
    days = number * _UNITS.get(found["unit"].rstrip("s"), 0)
    sort = "working" if found["sort"] in ("working", "business") else found["sort"] or ""
    value = HowLong(number, sort, days, bool(found["more"]))
    return ChangeToken(frozenset((W.AMOUNT,)), found.start(), found.end(), found.group(), value)


def _is_time(found: re.Match[str]) -> bool:
    return not (found["hour"] and found["minute"] is None and not found["half"] and found.group()[:3] != "at ")


def _a_time(found: re.Match[str], folded: str) -> ChangeToken:
    hour = 12 if found["named"] else int(found["hour"] or NUMBER_WORDS[found["word"]])
    half = (found["half"] or found["wordhalf"] or "")[:1]
    # Nobody meets before seven in the morning.
    if (half == "p" and hour < 12) or (half != "a" and 0 < hour < 7):
        hour += 12
    value = f"{hour % 24:02}:{int(found['minute'] or 0):02}"
    return ChangeToken(frozenset((W.TIME,)), found.start(), found.end(), found.group(), value)


def _the_rest(folded: str, taken: list[ChangeToken]) -> Iterator[ChangeToken]:
    place = 0
    for one in (*sorted(taken, key=lambda each: each.start), None):
        stop = one.start if one is not None else len(folded)
        yield from _words(folded, place, stop)
        place = one.end if one is not None else stop


def _words(folded: str, start: int, stop: int) -> Iterator[ChangeToken]:
    """Yield words by the longest phrase that is known, and marks, from one place up to another."""
    book = change_phrases()
    place = start
    while place < stop:
        char = folded[place]
        found = _WORD.match(folded, place, stop)
        if found is None:
            quote = char in _QUOTES or (char == "'" and folded[place + 1 : place + 2] != "s")
            kind = _MARKS.get(char) or (W.QUOTE if quote else W.MARK if _LISTED.match(char) else None)
            if kind is not None:
                yield ChangeToken(frozenset((kind,)), place, place + 1, char)
            place += 1
            continue
        end, kinds = _longest(folded, place, stop, book)
        text = folded[place:end]
        if not kinds:
            kinds = frozenset((W.NUMBER if text.isdigit() else W.OTHER,))
        yield ChangeToken(kinds, place, end, text)
        place = end


def _longest(folded: str, start: int, stop: int, book: dict[str, frozenset[W]]) -> tuple[int, frozenset[W]]:
    said, place, best = "", start, (0, frozenset[W]())
    for count in range(LONGEST_PHRASE):
        found = _WORD.match(folded, place, stop)
        if found is None:
            break
        said = f"{said} {found.group()}".strip()
        kinds = book.get(said.replace("'", "").replace("-", " "))
        if kinds is not None:
            best = (found.end(), kinds)
        if count == 0 and not best[0]:
            best = (found.end(), frozenset[W]())
        place = found.end() + 1
        if folded[found.end() : place] not in (" ", "&"):
            break
    return best
