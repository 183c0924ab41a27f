"""The single values of a plan file: each takes the text that was written and gives the value, or says what is right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache, partial
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from models.enums import Kind, MeetingState, Nation, Status
from models.files.planfile.problems import did_you_mean, listing
from models.files.planfile.written_dates import normalise_date, normalise_time, normalise_when
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind, ValueState
from models.rules.lengths import FIRST_YEAR, LAST_YEAR, MAX_PRINTED, MAX_TITLE, MAX_WORDS
from models.rules.refs import MAX_REF, ref_parts
from models.rules.risk_scores import HIGHEST, LOWEST, MAX_SCORE, is_score, read_band
from models.rules.status_words import STATUS_WORDS

FIELD_ERROR = "plan_file"
"""The error type of everything refused here; its context holds `wrong` and `right`."""

MAX_KEY, MAX_NUMBER = 60, 9_999

KEY_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but for tab and line ends, and lone surrogates: Unicode's categories Cc and Cs."""
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
WHOLE_NUMBER = re.compile(r"(?:p|priority|priorities|no\.?|nr\.?)?\s*0*(\d{1,6})(?:\.0*)?", re.ASCII | re.IGNORECASE)
"""A whole number, as people write that of a priority too: “P7”."""
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", re.ASCII)
_SLACK = re.compile(r"[UW][A-Z0-9]{7,14}", re.ASCII)
_CHANNEL = re.compile(r"[CG][A-Z0-9]{4,14}", re.ASCII)
_FIGURE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*", re.ASCII)


class Provenance(StrEnum):
    """Whether a fact comes from a published document or was made up to show how the plan works."""

    DOCUMENTED = "documented"
    ILLUSTRATIVE = "illustrative"


class DayCount(StrEnum):
    """Which days count towards the papers deadline."""

    WORKING = "working"
    CALENDAR = "calendar"


class AskFor(StrEnum):
    """What a board asks leads about before a meeting."""

    DUE = "due"
    ALL_OPEN = "all open"


class PublishWhen(StrEnum):
    """When a board's digest goes to its channel."""

    ON_PRESS = "on press"
    AT_ONCE = "at once"


class ComparedWith(StrEnum):
    """With which earlier period a measure's figure is compared."""

    LAST = "the last"
    YEAR_BEFORE = "the year before"


@dataclass(frozen=True, order=True)
class Month:
    """A month in which a meeting is expected: `2020-12`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    def holds(self, day: date) -> bool:
        """Return whether `day` is in this month."""
        return (day.year, day.month) == (self.year, self.month)


def refusal_of_value(wrong: str, right: str) -> PydanticCustomError:
    """Return the error for pydantic that says what is wrong and what would be right."""
    # The words travel whole in the context: as a template, braces in somebody's text would be read as fields.
    return PydanticCustomError(FIELD_ERROR, "{wrong}; {right}", {"wrong": wrong, "right": right})


def one_value(value: object, right: str) -> str:
    """Return what YAML held as trimmed text in NFC; refuse lists, mappings and control characters."""
    if value is None:
        raise refusal_of_value("this is empty", right)
    if not isinstance(value, str):
        raise refusal_of_value(
            f"this is {'a list' if isinstance(value, list) else 'a mapping'}, not a single value", right
        )
    if len(value) > MAX_PRINTED:  # before normalising, which is slow on a hostile text
        raise refusal_of_value(f"this is {len(value):,} characters long", right)
    control = _CONTROL.search(value)
    if control is not None:
        raise refusal_of_value(
            f"this holds a control character (U+{ord(control.group()):04X})", "take the character out"
        )
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if not text:
        raise refusal_of_value("this is empty", right)
    return text


def _at_most(value: object, limit: int, right: str, too_long: str) -> str:
    text = one_value(value, right)
    if len(text) > limit:
        raise refusal_of_value(f"this is {len(text):,} characters long", too_long)
    return text


def _words(value: object, limit: int) -> str:
    right = f"write at most {limit:,} characters"
    return _at_most(value, limit, right, right)


def _key(value: object) -> str:
    right = "write small letters, digits and hyphens, such as head-of-education"
    text = _at_most(value, MAX_KEY, right, f"a key has at most {MAX_KEY}")
    if not KEY_PATTERN.fullmatch(text):
        raise refusal_of_value("this is not a key", right)
    return text


def _reference(value: object) -> str:
    return _key(value)  # what was named in words is a key by now


def _priority(value: object) -> int:
    return _whole(value, 1, MAX_NUMBER)


def _ref(value: object) -> str:
    right = "write letters and numbers, such as heard-1"
    text = _at_most(value, MAX_REF, right, f"a ref has at most {MAX_REF}")
    if not any(isinstance(part, int) for part in ref_parts(text)):
        raise refusal_of_value(
            "this is not a ref", "write letters and at least one number, such as heard-1, 7.3 or 16sep-3"
        )
    return text


def _whole(value: object, low: int, high: int) -> int:
    right = f"write a whole number from {low} to {high:,}"
    text = one_value(value, right)
    found = WHOLE_NUMBER.fullmatch(text)
    if not found or not low <= int(found[1]) <= high:
        raise refusal_of_value("this is not such a number", right)
    return int(found[1])


def _real_date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _date(value: object) -> date:
    right = "write year-month-day, such as 2020-09-16"
    iso = _DATE.fullmatch(normalise_date(one_value(value, right)))
    if iso:
        found = _real_date(*iso.groups())
        if found is None:
            raise refusal_of_value("there is no such date", f"write a real date from {FIRST_YEAR} to {LAST_YEAR}")
        return found
    raise refusal_of_value("this is not a date a plan file can hold", right)


def _month(value: object) -> Month:
    right = "write year-month, such as 2020-12"
    found = _MONTH.fullmatch(normalise_when(one_value(value, right)))
    if not found or _real_date(found[1], found[2], "01") is None:
        raise refusal_of_value("this is not a month", right)
    return Month(int(found[1]), int(found[2]))


def read_due(value: object) -> date | Month:
    """Return what an action is due at: a date or a month.

    Raises:
        PydanticCustomError: the value is neither.
    """
    text = one_value(value, "write the date of a meeting, or the month of an expected one")
    return _month(text) if is_month(text) else _date(text)


def is_month(text: str) -> bool:
    """Return whether a text is a month as people write it: `2020-12`, `Dec 2020`."""
    return bool(_MONTH.fullmatch(normalise_when(text)))


def _time(value: object) -> time:
    right = "write hours and minutes from 00:00 to 23:59, such as 14:00"
    found = _TIME.fullmatch(normalise_time(one_value(value, right)))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise refusal_of_value("this is not a time", right)
    return time(int(found[1]), int(found[2]))


def _zone(value: object) -> str:
    right = "write a zone's name, such as Europe/London"
    text = one_value(value, right)
    try:
        # ZoneInfo opens files, and says so in its own ways when the name is a folder or far too long.
        known = len(text) <= MAX_KEY and bool(_ZONE.fullmatch(text)) and bool(ZoneInfo(text))
    except (LookupError, ValueError, OSError):
        known = False
    if not known:
        raise refusal_of_value("there is no such time zone", right)
    return text


def _pattern(value: object, shape: re.Pattern[str], wrong: str, right: str) -> str:
    text = one_value(value, right)
    if len(text) > 254 or not shape.fullmatch(text):
        raise refusal_of_value(wrong, right)
    return text


def _figure(value: object) -> str:
    right = "write a number such as 72 or 72.5"
    text = one_value(value, right).removesuffix("%").strip().replace(",", "")
    if not _FIGURE.fullmatch(text):
        raise refusal_of_value("this is not a figure", right)
    return text


def _score(value: object) -> int:
    score = _whole(value, low=LOWEST, high=MAX_SCORE)
    if not is_score(score):
        right = f"write a product of two numbers from {LOWEST} to {HIGHEST}, such as 12"
        raise refusal_of_value("no likelihood times an impact comes to this", right)
    return score


def _band(value: object) -> str:
    right = f"write its name and its scores from {LOWEST} to {MAX_SCORE}, such as high 15–25"
    found = read_band(one_value(value, right))
    if found is None:
        raise refusal_of_value("this is no band of scores", right)
    return found.said


def _email(value: object) -> str:
    return _pattern(value, _EMAIL, "this is not an e-mail address", "write one such as clerk@example.org").lower()


def _slack_user(value: object) -> str:
    right = "copy it from the person's profile in Slack (Copy member ID); it looks like U012AB3CD"
    return _pattern(value, _SLACK, "this is not a Slack member ID", right)


def _channel(value: object) -> str:
    right = "copy it from the end of the channel's details in Slack; it looks like C012AB3CD"
    return _pattern(value, _CHANNEL, "this is not a Slack channel ID", right)


_Word = TypeVar("_Word", bound=StrEnum)


@cache
def _known(words: type[StrEnum]) -> tuple[list[str], str]:
    """Return the words of a list, and a hint that lists them; cached, because a plan may have very many values."""
    known = [str(word) for word in words]
    return known, f"write {listing(known)}".replace(" and ", " or ") if len(known) > 1 else f"write {known[0]}"


def _one_of(value: object, words: type[_Word]) -> _Word:
    known, right = _known(words)
    text = one_value(value, right)
    found = next((one for one in words if one.value.casefold() == text.casefold()), None)
    if found is not None:
        return found
    raise refusal_of_value("a plan file does not use this word", did_you_mean(text, known, right))


def _status(value: object) -> Status:
    text = one_value(value, _known(Status)[1])
    return STATUS_WORDS.get(text.casefold().strip(" .").replace("-", " ")) or _one_of(value, Status)


def _word(words: type[_Word]) -> Callable[[object], _Word]:
    return partial(_one_of, words=words)


PlanWords = Annotated[str, PlainValidator(partial(_words, limit=MAX_WORDS))]
PlanPrinted = Annotated[str, PlainValidator(partial(_words, limit=MAX_PRINTED))]
PlanTitle = Annotated[str, PlainValidator(partial(_words, limit=MAX_TITLE))]
PlanKey = Annotated[str, PlainValidator(_key)]
PlanReference = Annotated[str, PlainValidator(_reference)]
PlanPriority = Annotated[int, PlainValidator(_priority)]
PlanRef = Annotated[str, PlainValidator(_ref)]
PlanNumber = Annotated[int, PlainValidator(partial(_whole, low=1, high=MAX_NUMBER))]
PlanDays = Annotated[int, PlainValidator(partial(_whole, low=0, high=60))]
PlanDate = Annotated[date, PlainValidator(_date)]
PlanMonth = Annotated[Month, PlainValidator(_month)]
PlanDue = Annotated[date | Month, PlainValidator(read_due)]
PlanTime = Annotated[time, PlainValidator(_time)]
PlanZone = Annotated[str, PlainValidator(_zone)]
PlanEmail = Annotated[str, PlainValidator(_email)]
PlanSlackUser = Annotated[str, PlainValidator(_slack_user)]
PlanChannel = Annotated[str, PlainValidator(_channel)]
KindWord = Annotated[Kind, PlainValidator(_word(Kind))]
StatusWord = Annotated[Status, PlainValidator(_status)]
ProvenanceWord = Annotated[Provenance, PlainValidator(_word(Provenance))]
StateWord = Annotated[MeetingState, PlainValidator(_word(MeetingState))]
CountWord = Annotated[DayCount, PlainValidator(_word(DayCount))]
AskForWord = Annotated[AskFor, PlainValidator(_word(AskFor))]
PublishWord = Annotated[PublishWhen, PlainValidator(_word(PublishWhen))]
PlanFigure = Annotated[str, PlainValidator(_figure)]
PlanCount = Annotated[int, PlainValidator(partial(_whole, low=0, high=999_999))]
PlanHalfScore = Annotated[int, PlainValidator(partial(_whole, low=LOWEST, high=HIGHEST))]
PlanScore = Annotated[int, PlainValidator(_score)]
PlanBand = Annotated[str, PlainValidator(_band)]
GoodIsWord = Annotated[GoodIs, PlainValidator(_word(GoodIs))]
UnitWord = Annotated[MeasureUnit, PlainValidator(_word(MeasureUnit))]
PeriodWord = Annotated[PeriodKind, PlainValidator(_word(PeriodKind))]
ComparedWord = Annotated[ComparedWith, PlainValidator(_word(ComparedWith))]
ValueStateWord = Annotated[ValueState, PlainValidator(_word(ValueState))]
NationWord = Annotated[Nation, PlainValidator(_word(Nation))]
