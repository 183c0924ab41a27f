"""The corpus's messages as the pure readers read them, and how else each might have been written.

A *keeping* variant says the same in another dress; a *breaking* one no longer says that it is so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from bot.demo.sandbox import EXAMPLE_PLAN
from handlers.commands.answers import AnswerCommand, InParts, ReadAs, Reading, Recorded, ShowBack
from handlers.reading.changes.change_commands import read_change
from handlers.reading.deeds.decided import read_decided
from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import fold, normalise
from handlers.reading.plain_replies import read_reply
from handlers.reading.queries.query import Query, QuestionReading
from handlers.reading.queries.question_reader import read_questions
from handlers.reading.social_acts import read_social
from handlers.reading.tokens import tokens_of
from handlers.reading.vocabulary import MeetingWords, Vocabulary
from handlers.reading.whose import Sureness, Whose
from tests.handlers.reading.names_plan import SEFTON_NAMES
from tests.test_utterances import MOMENTS
from tests.understanding.rows import read_rows
from tests.yaml_files import read_yaml

Variant = Callable[[str], str]
PLAN: dict[str, Any] = read_yaml(EXAMPLE_PLAN)


def _meetings() -> tuple[MeetingWords, ...]:
    held = [(board["key"], one) for board in PLAN["boards"] for one in board["meetings"]]
    return tuple(
        MeetingWords(number, board, one.get("date"), one.get("expected", ""))
        for number, (board, one) in enumerate(held, start=1)
    )


EXAMPLE: Vocabulary = replace(SEFTON_NAMES, meetings=_meetings())
_NAMES_OF_POSTS = {one["title"]: one["key"] for one in PLAN["posts"]}


@dataclass(frozen=True)
class Saying:
    """One message of the corpus, with what its reader is told beside it."""

    words: str
    today: date
    whose: Whose

    def read(self, words: str | None = None) -> Reading:
        """Return the reading of the words, or of others in their place."""
        return read_reply(self.words if words is None else words, EXAMPLE, self.whose, self.today)

    def ask(self, words: str | None = None) -> QuestionReading | None:
        """Return what is asked, or what others in their place ask, as the bot reads a question."""
        return read_questions(normalise(self.words if words is None else words).text, EXAMPLE, self.today)


@cache
def sayings() -> tuple[Saying, ...]:
    """Return the messages of the corpus that are no commands, each once."""
    found: dict[Saying, None] = {}
    for row in read_rows():
        post = _NAMES_OF_POSTS.get(row.who)
        whose = _owed_by(post) if post and row.role == "lead" else Whose(for_others=row.role == "secretary")
        day = MOMENTS[row.moment].date()
        found |= {Saying(words, day, whose): None for words in row.says if not words.startswith("/")}
    return tuple(found)


@cache
def _owed_by(post: str) -> Whose:
    return Whose(tuple(one["ref"] for one in PLAN["actions"] if one.get("lead") == post))


# -- what is compared


def said(reading: Reading) -> frozenset[tuple[str, object]]:
    """Return what a reading comes to, part by part: recorded, shown or asked, and about what."""
    if isinstance(reading, Recorded):
        return frozenset(("recorded", bare(one)) for one in reading.commands)
    if isinstance(reading, ReadAs):
        return frozenset(("shown", bare(one)) for one in reading.commands)
    if isinstance(reading, InParts):
        recorded = frozenset(("recorded", bare(one)) for one in reading.recorded)
        shown = said(reading.read_as) if reading.read_as is not None else frozenset()
        return recorded.union(shown, *map(said, reading.shown))
    if isinstance(reading, ShowBack):
        return frozenset({("asked", reading.refs)})
    return frozenset({(type(reading).__name__, "")})


def recorded_in(reading: Reading) -> tuple[AnswerCommand, ...]:
    """Return what is stored at once."""
    if isinstance(reading, Recorded):
        return reading.commands
    return reading.recorded if isinstance(reading, InParts) else ()


def offered_in(reading: Reading) -> tuple[AnswerCommand, ...]:
    """Return what is stored at once or by the one press that is shown."""
    shown = reading.read_as if isinstance(reading, InParts) else reading
    return recorded_in(reading) + (shown.commands if isinstance(shown, ReadAs) else ())


def bare(command: AnswerCommand) -> AnswerCommand:
    """Return a command with its words as they compare: no capitals, no apostrophes, no marks at their ends."""
    words = re.sub("['’]", "", fold(command.words))
    return replace(command, words=" ".join(words.split()).strip(" .,;!"))


def asked_in(reading: QuestionReading | None) -> tuple[Query, ...]:
    """Return the queries of a reading, with what was typed folded: marks, spaces and apostrophes say nothing."""

    def bare_words(words: str) -> str:
        return " ".join(re.sub("[^\\w/ -]", "", fold(words)).split())

    return tuple(
        replace(
            query,
            subjects=tuple(replace(one, typed="") for one in query.subjects),
            times=tuple(replace(one, typed=bare_words(one.typed)) for one in query.times),
            phrases=tuple(replace(one, typed=bare_words(one.typed), shown="") for one in query.phrases),
        )
        for query in (reading.queries if reading is not None else ())
    )


# -- which messages can be varied


@cache
def answers() -> tuple[Saying, ...]:
    """Return the messages of which something is recorded or shown, in their writer's own words throughout."""
    return tuple(one for one in sayings() if _is_bare(one) and offered_in(one.read()))


@cache
def single_answers() -> tuple[tuple[Saying, AnswerCommand], ...]:
    """Return the messages of one line that begin with a ref and are recorded as one answer: no link, all published."""
    found = []
    for one in (replace(answer, whose=Whose()) for answer in answers()):
        recorded = one.read()
        if not isinstance(recorded, Recorded) or len(recorded.commands) > 1 or set("\n\t;") & set(one.words):
            continue
        # Beside another part a mark of publication is read otherwise: not held.
        marked = "publi" in fold(one.words) or "the papers" in fold(one.words) or "http" in one.words
        if fold(one.words).strip().startswith(recorded.commands[0].ref) and not marked:
            found.append((one, recorded.commands[0]))
    return tuple(found)


@cache
def plain_statuses() -> tuple[tuple[Saying, int, int], ...]:
    """Return the messages that are recorded by the one status in them, and where that begins and ends."""
    found = []
    for one in answers():
        recorded = recorded_in(one.read())
        kinds = (TokenKind.RATING, TokenKind.DONE)
        tokens = tokens_of(fold(one.words), EXAMPLE)
        statuses = [token for token in tokens if token.kind in kinds]
        said = {getattr(command, "status", None) for command in recorded}
        if len(statuses) == 1 and len(recorded) == 1 and said <= {statuses[0].value, None}:
            found.append((one, statuses[0].start, statuses[0].end))
    return tuple(found)


@cache
def questions() -> tuple[Saying, ...]:
    """Return the messages that ask something by their form, on one line."""
    found = []
    for one in sayings():
        # "Dont move …" is an order, though it is read in part.
        asks = _is_bare(one) and "\n" not in one.words and not one.words.casefold().startswith(("dont ", "don't "))
        reading = one.ask() if asks else None
        # What is social is answered before it is read as a question.
        if reading is not None and reading.asked and read_social(one.words, EXAMPLE, one.today).asks is None:
            found.append(one)
    return tuple(found)


def _is_bare(one: Saying) -> bool:
    """Return whether nothing stands in a message but what its writer says: no mail, entity, mention or code."""
    return normalise(one.words).text == one.words and not re.search("[<&{}`~|@]|\\w\\(", one.words)


# -- what keeps a reading

QUOTED_MAIL = "\n\nOn Mon, 7 Sep 2020 at 10:02, Democratic Services <ds@example.org> wrote:\n> Please send an update."
HANDED_ON = "From: A Colleague\nSent: 14 August 2020 16:02\nTo: Democratic Services\nSubject: RE: update\n\n{}"
KEEPING: Mapping[str, Variant] = {
    "capitals": str.upper,
    "no capitals": str.lower,
    "a greeting": "Hi Sam, {}".format,
    "a greeting to all": "Morning all, {}".format,
    "a greeting and a dash": "Hello all - {}".format,
    "a greeting on its own line": "Hello,\n\n{}".format,
    "dear somebody": "Dear Sam,\n{}".format,
    "thanks on the next line": "{}\nThanks".format,
    "thanks": "{} thanks".format,
    "thanks behind a comma": "{}, thank you".format,
    "many thanks and a name": "{}\n\nMany thanks,\nJo".format,
    "a signature": "{}\n\n--\nJo Bloggs\nHead of Service\n01234 567890".format,
    "sent from a telephone": "{}\n\nSent from my iPhone".format,
    "quoted mail": f"{{}}{QUOTED_MAIL}".format,
    "a typesetter's apostrophes": lambda words: words.replace("'", "’"),
    "please behind": "{} pls".format,
    "spaces around": "  {}  \n".format,
}
PLEASE_BEFORE = "pls {}".format
EMOJI_NAMES = {
    "🟢": ":large_green_circle:",
    "🟠": ":large_orange_circle:",
    "🟡": ":large_yellow_circle:",
    "🔴": ":red_circle:",
    "✅": ":white_check_mark:",
    "👍": ":+1:",
}


def with_emoji_names(words: str) -> str:
    """Return words with the emoji as Slack writes them."""
    for emoji, name in EMOJI_NAMES.items():
        words = words.replace(emoji, name)
    return words


def without_apostrophes(words: str) -> str:
    """Return words as they are typed in a hurry."""
    return words.replace("'", "").replace("’", "")


JOINING: Mapping[str, str] = {
    "lines": "{}\n{}",
    "a blank line": "{}\n\n{}",
    "bullets": "- {}\n- {}",
    "dots": "• {}\n• {}",
    "numbers": "1. {}\n2. {}",
    "a semicolon": "{}; {}",
    "a full stop": "{}. {}",
}
_THEME = re.compile("heard|happy|healthy")


def slips(words: str) -> tuple[str, ...]:
    """Return words with one letter of a ref's theme left out, doubled or exchanged with the next."""
    found: dict[str, None] = {}
    for theme in _THEME.finditer(fold(words)):
        for at in range(theme.start() + 1, theme.end() - 1):
            before, here, after, rest = words[:at], words[at], words[at + 1], words[at + 2 :]
            for slipped in (before + after + rest, before + here + here + after + rest, before + after + here + rest):
                found |= {slipped: None} if slipped != words else {}
    return tuple(found)


# -- what breaks it

BEFORE_THE_STATUS = (
    *("not", "isn't", "never", "no longer", "nearly", "almost", "hopefully", "maybe", "will be", "was", "should be"),
    *("Mary says", "Mary says it is", "mary thinks it's", "if", "unless it is", "I wish it were"),
)
BEHIND_THE_STATUS = (
    *(" apart from the north", " except for one post", ", but for one post", " bar two schools", "?", " - not!"),
    *(" if they agree", " unless the grant stops", " once the grant is in"),
)
BEFORE_IT_ALL = ("Mary says", "Cllr Jones said", "if", "I don't think", "I wish", "not sure", "who said")


# -- what a board decided, and what is changed

DECIDES_ON = date(2020, 9, 17)
"""The day after the partnership's meeting."""
_DUE = "2020-09-16"
WHEN_PUT_BEFORE = ("Mary says", "if", "I don't think", "I wish", "not sure if", "who said")
"""What keeps anything that is decided or changed from being stored by the words behind it."""
DEEDS_KEEPING: Mapping[str, Variant] = {
    name: KEEPING[name]
    for name in ("a greeting", "a greeting and a dash", "thanks on the next line", "please behind", "spaces around")
} | {"no capitals": str.lower}


@cache
def titles_due() -> Mapping[str, str]:
    """Return what was due at the meeting that was held, by its words."""
    return {one["ref"]: fold(str(one["words"])) for one in PLAN["actions"] if str(one.get("due")) == _DUE}


def decided_in(words: str) -> frozenset[tuple[object, ...]]:
    """Return the decisions of a message that are recorded or shown: how sure, of which actions, what, to when."""
    reading = read_decided(normalise(words).text, EXAMPLE, DECIDES_ON, titles_due())
    sure = [one for one in reading.parts if one.sure > Sureness.DOUBTED]
    return frozenset((one.sure, one.refs, one.kind, fold(one.to_meeting), one.minute) for one in sure)


def changed_in(words: str, today: date) -> tuple[object, ...] | None:
    """Return the change of a message where it can be offered: which, and what does it, without its reason."""
    read = read_change(normalise(words).text, EXAMPLE, today)
    if read.change is None or not read.plain or not read.commands:
        return None
    return (read.change, tuple(fold(one).partition(" because ")[0] for one in read.commands))


@cache
def decisions() -> tuple[Saying, ...]:
    """Return the messages of the corpus that say what was decided, plainly, in one line."""
    found = [one for one in sayings() if one.whose.for_others and one.today == DECIDES_ON and "\n" not in one.words]
    plain = [one for one in found if _is_bare(one) and decided_in(one.words)]
    return tuple(one for one in plain if all(said[0] is Sureness.PLAIN for said in decided_in(one.words)))


@cache
def changes() -> tuple[Saying, ...]:
    """Return the messages of the corpus that change something, in one line."""
    found = [one for one in sayings() if one.whose.for_others and "\n" not in one.words and _is_bare(one)]
    return tuple(one for one in found if changed_in(one.words, one.today) is not None)
