"""What stands in a sentence: signs of a child or family, ages, school years, schools, and what is known."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from handlers.safeguarding.seen_tokens import SeenToken, phrase_length, sentences
from handlers.safeguarding.sign_lexicon import Phrases, SignLexicon, by_first_word, sign_lexicon

_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thir four fif six seven eigh nine"
_NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTED.split(), 1)}
_NUMBER_WORDS |= {f"{word}teen": number for number, word in enumerate(_TEENS.split(), 13)}
_LONGEST = 12
"""Tokens of a sign."""
_UNITS = {"year", "years", "yr", "yrs", "month", "months", "mth", "mths", "week", "weeks", "wk", "wks", "day", "days"}
_OLD = {"yo", "yr", "yrs", "y"}
_OPEN_ENDED = {"over", "under", "above", "below", "up", "older", "younger"}
_YEARS = frozenset({"year", "yr", "y", "blwyddyn", "mlwyddyn", "flwyddyn", "yrs"})
_BEGIN_YEARS = _YEARS | {"ks", "key", "reception", "nursery", "sixth"}
_SAINTS = frozenset({"st", "saint", "ysgol"})
_NO_GROUP_BEFORE = {"this", "last", "next", "each", "financial", "per", "half", "all", "contract", "previous", "for"}


@dataclass(frozen=True, slots=True)
class SeenSign:
    """A sign in a sentence: its tokens, its kind (age, year, school, child, kin, care, named), and why it is asked."""

    at: int
    to: int
    kind: str
    why: str


@dataclass
class SeenSentence:
    """A sentence's tokens with what is known of them. `known`: phrases that are no child's name here."""

    tokens: list[SeenToken]
    known: Phrases = field(default_factory=dict)

    @cached_property
    def words(self) -> SignLexicon:
        """The words known."""
        return sign_lexicon()

    @cached_property
    def shouted(self) -> bool:
        """Whether it is written in capitals, which then say nothing."""
        letters = [one for one in self.tokens if one.is_word and len(one.text) > 1]
        return len(letters) > 2 and sum(one.text.isupper() for one in letters) > 0.6 * len(letters)

    def is_a(self, at: int, *kinds: str) -> bool:
        """Return whether the token at a place, if there is one, is a single word of one of these kinds."""
        return 0 <= at < len(self.tokens) and any(self.tokens[at].low in self.words.words[kind] for kind in kinds)

    def low(self, at: int) -> str:
        """Return the small letters of the token at a place, "" where there is none."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def number(self, at: int) -> int | None:
        """Return the number at a place as an age might be written; None where it is none."""
        low = self.low(at)
        if low.isdigit():
            return int(low) if len(low) <= 2 else None
        return _NUMBER_WORDS.get(low)

    @cached_property
    def settled(self) -> set[int]:
        """The places of people, posts, organisations and places of the plan."""
        places: set[int] = set()
        of_places = self.words.phrases["place"]
        for at, token in enumerate(self.tokens):
            if token.low not in self.known and token.low not in of_places:
                continue
            known = phrase_length(self.tokens, at, self.known)
            length = known or phrase_length(self.tokens, at, of_places)
            if length > 1 or known:
                places.update(range(at, at + length))
        return places

    @cached_property
    def signs(self) -> list[SeenSign]:
        """The signs of a child or family, in order."""
        found = [*self.ages, *self.years, *self.schools]
        taken = {at for one in found if one.kind == "school" for at in range(one.at, one.to)}
        at = 0
        while at < len(self.tokens):
            length = 0 if at in taken or at in self.settled else self._sign_at(at, found)
            at += length or 1
        return sorted(found, key=lambda one: one.at)

    @cached_property
    def sign_places(self) -> set[int]:
        """The places of signs."""
        return {at for one in self.signs for at in range(one.at, one.to)}

    @cached_property
    def after_named(self) -> frozenset[int]:
        """The places right after "called" and the like."""
        return frozenset(one.to for one in self.signs if one.kind == "named")

    @cached_property
    def begin_years(self) -> frozenset[int]:
        """The places where a school year begins."""
        return frozenset(one.at for one in self.years)

    @cached_property
    def _sign_ats(self) -> list[int]:
        return [one.at for one in self.signs]

    def signs_near(self, at: int, to: int, most: int) -> list[SeenSign]:
        """Return the signs with at most so many tokens between them and those from `at` to `to`, but not in them."""
        reach = slice(bisect_left(self._sign_ats, at - most - _LONGEST), bisect_right(self._sign_ats, to + most))
        return [one for one in self.signs[reach] if (one.to <= at and at - one.to <= most) or one.at >= to]

    def _sign_at(self, at: int, found: list[SeenSign]) -> int:
        if self.tokens[at].low not in self.words.begin_signs:
            return 0
        best, sign = max(
            ((phrase_length(self.tokens, at, one.reads), one) for one in self.words.signs), key=lambda pair: pair[0]
        )
        if not best:
            return 0
        after = at + best
        while self.low(after) in {"-", "/"}:
            after += 1
        if after < len(self.tokens) and (
            phrase_length(self.tokens, after, sign.not_before) or self._is_in_a_title(at, after)
        ):
            return best
        found.append(SeenSign(at, at + best, sign.kind, sign.why))
        return best

    def _is_in_a_title(self, at: int, after: int) -> bool:
        """Return whether a sign is part of an organisation's name: "Children's NHS Foundation Trust"."""
        follows = self.tokens[after]
        capital = self.tokens[at].is_capital and follows.is_capital and not self.shouted
        return capital and self.is_a(after, "organisation", "abbreviation")

    @cached_property
    def ages(self) -> list[SeenSign]:
        """Ages of one person, whatever stands beside them."""
        found = []
        for at, token in enumerate(self.tokens):
            counts = token.low.isdigit() or token.low in _NUMBER_WORDS
            if counts and self.number(at) is not None and (to := self._age_to(at)):
                start = at - 1 if self.low(at - 1) in {"age", "aged", "ages"} else at
                found.append(SeenSign(start, to, "age", "an age"))
        return found

    def _age_to(self, at: int) -> int:
        """Return where an age that begins with the number at a place ends, 0 where it is none."""
        if self.low(at - 1) in {"-", "to", "/", "+", "under", "over", "any", "every", "each", "per", "and", "or"} and (
            self.low(at - 1) in {"under", "over", "any", "every", "each", "per", "+"} or self.number(at - 2) is not None
        ):
            return 0
        after = at + 1
        if self.low(at - 1) in {"age", "aged"}:
            follows = self.low(after)
            more = self.low(after + 1)
            if follows in {"+", "plus", "upwards", "to", "%"} or (
                follows in {"-", "or", "and"} and self._goes_on(more)
            ):
                return 0
            return after
        while self.low(after) == "-":
            after += 1
        unit = self.low(after)
        if unit in _UNITS:
            nxt = after + 1
            while self.low(nxt) == "-":
                nxt += 1
            if self.low(nxt) == "old":
                return nxt + 1
            if self.low(nxt) == "of" and self.low(nxt + 1) == "age":
                return nxt + 2
        if unit in _OLD:
            if unit == "y" and self.low(after + 1) == "/" and self.low(after + 2) == "o":
                return after + 3
            if unit == "yo":
                return after + 1
        return 0

    def _goes_on(self, low: str) -> bool:
        return (
            low.isdigit()
            or low in _NUMBER_WORDS
            or low in {"over", "under", "above", "below", "up", "older", "younger"}
        )

    @cached_property
    def years(self) -> list[SeenSign]:
        """School years of one person: "Year 6", "Yr10", "Y4", "reception"."""
        found = []
        for at, token in enumerate(self.tokens):
            if token.low.isdigit() and self.low(at - 1) in {"in", "class", "form", "from"} and self._is_a_class(at):
                found.append(SeenSign(at, at + 2, "year", "a class"))
            if token.low not in _BEGIN_YEARS:
                continue
            to = 0
            if token.low in _YEARS and self.low(at - 1) not in _NO_GROUP_BEFORE:
                number = at + 1
                if self.low(number) in {".", "group"}:
                    number += 1
                said = self.number(number)
                to = number + 1 if said is not None and 1 <= said <= 13 else 0
                if to and self.low(to) in {"-", "/"} and self.number(to + 1) is not None:
                    to = 0
            elif token.low == "ks" and self.number(at + 1) is not None:
                to = at + 2
            elif token.low == "key" and self.low(at + 1) == "stage" and self.number(at + 2) is not None:
                to = at + 3
            elif token.low in {"reception", "nursery"} and self.low(at - 1) in {
                "in",
                "from",
                "starts",
                "started",
                ",",
                "(",
            }:
                to = at + 1
                if self.low(to) == "class":
                    to += 1
            elif token.low == "sixth" and self.low(at + 1) == "form":
                to = at + 2
            if not to:
                continue
            goes_on = self.low(to) in {"and", "to"} and (self.number(to + 1) or self.low(to + 1) in {"year", "y"})
            if not self.is_a(to, "group_after_year") and not goes_on:
                found.append(SeenSign(at, to, "year", "a year group"))
        return found

    def _is_a_class(self, at: int) -> bool:
        """Return whether a number and a letter are a class: "in 4B"."""
        letter = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return letter is not None and letter.glued and letter.is_capital and len(letter.text) == 1

    @cached_property
    def schools(self) -> list[SeenSign]:
        """Schools by name: "Larkfield Primary", "St Werstan's"."""
        found = []
        last = self.words.words["school.last"]
        at = 0
        while at < len(self.tokens):
            low = self.tokens[at].low
            if low not in _SAINTS and low not in last:
                at += 1
                continue
            to = 0
            start = at
            name = at + 2 if low == "st" and self.low(at + 1) == "." else at + 1
            if low in _SAINTS and name < len(self.tokens) and self.tokens[name].is_word:
                to = name + 1
                while to < len(self.tokens) and (self.tokens[to].low in last or self._in_school(to)) and to < name + 5:
                    to += 1
                named = self.tokens[name].owns or self.low(name).endswith("s") or self.low(to - 1) in last
                if self.is_a(to, "street") or (low != "ysgol" and not named):
                    to = 0
            elif low in last and at and self._names_a_school(at - 1, low):
                start = at - 1
                while start and at - start < 6:
                    if self._in_school(start - 1):
                        start -= 1
                    elif start > 1 and self.low(start - 1) in {"of", "the", "and"} and self._in_school(start - 2):
                        start -= 2
                    else:
                        break
                to = at + 1
                while self.is_a(to, "school.last"):
                    to += 1
                if self.is_a(to, "street") and self.tokens[to].is_capital:
                    to = 0
            if to:
                found.append(SeenSign(start, to, "school", "a school"))
                at = to
            else:
                at += 1
        return found

    def _in_school(self, at: int) -> bool:
        token = self.tokens[at]
        return token.is_word and token.is_capital and not token.first and not self.shouted

    def _names_a_school(self, at: int, last: str) -> bool:
        token = self.tokens[at]
        if not token.is_word or self.is_a(at, "before_no_school") or self.is_a(at, "role"):
            return False
        if token.owns and token.low in self.words.names and last in {"school", "college", "nursery"}:
            return False
        if token.is_capital and not self.shouted:
            return not token.first or not (
                token.low in self.words.ordinary and last in {"school", "college", "nursery"}
            )
        return (
            token.low not in self.words.ordinary
            and token.low not in self.words.words["school.last"]
            and not (self.is_a(at, "abbreviation", "place", "organisation"))
        )


def known_phrases(names: Iterable[str]) -> Phrases:
    """Return people, posts, organisations and places of a plan as phrases."""
    return by_first_word([" ".join(_lows(name)) for name in names if name.strip()])


def _lows(name: str) -> list[str]:
    return [token.low for some in sentences(name) for token in some if token.is_word]
