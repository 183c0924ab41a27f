"""What follows `/cypp`, as text, to frozen commands.

`Grammar.parse` never raises. Words that are no command come back as `Unclear`, with what was typed, the nearest command
and one sentence that says what to do. A ref that is a near miss of one action is taken as that action;
`Parsed.corrections` names it, so that the answer can show it. What a question is about stays as typed.

Which commands there are is handed in, as `Spelling`s: the registry has them (`handlers.catalogue`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from handlers.commands import Command
from handlers.commands.actions import ExportPlan
from handlers.commands.questions import AskPlan, Find, Help, Pleasantry, ShowMine, ShowStatus, Unclear, WhatFits
from handlers.reading.answer_readers import read_answer
from handlers.reading.clauses import begins_with_an_answer
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.export_commands import suffix_in
from handlers.reading.likeness import mistyped_of, mistyped_words
from handlers.reading.normalise import clean, fold, normalise, plain, quoted
from handlers.reading.paper_requests import paper_request
from handlers.reading.queries.query import Measure, QuestionReading, SubjectKind
from handlers.reading.queries.question_reader import BEFORE, read_questions
from handlers.reading.question_commands import LONGEST_QUESTION, subject_of
from handlers.reading.questions import sounds_like_a_question
from handlers.reading.ref_finder import ref_at
from handlers.reading.social_acts import is_courtesy
from handlers.reading.targets import NoTarget, WholePlan, read_target
from handlers.reading.vocabulary import Vocabulary
from models.rules.status_words import RATING_WORDS

_SLASH = re.compile(r"/?cypp(?![^\W_]) ?")
_POLITE = re.compile(
    r"(?:(?:please|can you|could you|can i see|i want|list|give me|tell me|remind me(?= wh| how))(?![^\W_]),? ?)+"
)
_THANKS = re.compile(r"(?<=[^\s,])[ ,]+(?:please|pls|thanks|thank you)[ .!]*$", re.IGNORECASE)
_SEPARATORS = " ,;:-–—\n"
_ASKING = frozenset(("status", "mine", "overdue", "due", "owing", "digest", "meetings"))
"""Commands that ask, which a question may begin with as well: "overdue by organisation"."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a command is written: its name, its usage, what it does in a line, examples and other words for it.

    `read` takes what follows the name. `gives_way_to`: the names of commands that may follow this one in place of what
    it is about ("show overdue"). Without a usage nobody can type it: it answers a question of that name
    (`handlers.reading.questions`).
    """

    name: str
    read: Callable[[CommandText], Parsed]
    usage: str = ""
    line: str = ""
    examples: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    gives_way_to: tuple[str, ...] = ()


class Grammar:
    """The commands that are known by their words.

    `spellings`: what can be typed, in the order of the help. `names`: every word or words a command may begin with, and
    the command's own name.
    """

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._by_name: dict[str, Spelling] = {}
        for one in spellings:
            if self._by_name.setdefault(one.name, one) is not one:
                raise ValueError(f"two commands are called {one.name}")
        self.spellings = tuple(one for one in self._by_name.values() if one.usage)
        self.names: dict[str, str] = {}
        for one in self.spellings:
            for word in (one.name, *one.synonyms):
                if self.names.setdefault(word, one.name) != one.name:
                    raise ValueError(f"two commands begin with {word}")
        longest_first = sorted(self.names, key=len, reverse=True)
        self._by_first: dict[str, list[list[str]]] = {}
        for words in map(str.split, self.names):
            self._by_first.setdefault(words[0], []).append(words)
        self._begins = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_]|[-/.][0-9])")

    def begins(self, text: str) -> bool:
        """Return whether a text begins with the name of a command, or another word for one."""
        folded = fold(normalise(text).text.replace("\t", " "))
        folded = folded[_after(_SLASH, folded) :]
        return self._begins.match(folded[_after(_POLITE, folded) :]) is not None

    def parse(self, text: str, vocabulary: Vocabulary, today: date) -> Parsed:
        """Read what was typed after `/cypp`: the command, with the near misses that were taken for refs."""
        searched = _SEARCHED.fullmatch(clean(text))
        if searched is not None:
            return Parsed(Find(searched[1]))
        if BEFORE in text and read_questions(text, vocabulary, today) is not None:
            return Parsed(AskPlan(text))
        words = normalise(text).text.replace("\t", " ")
        whole = words[_after(_SLASH, fold(words)) :]
        words = whole[_after(_POLITE, fold(whole)) :]
        words = _THANKS.sub("", words)
        folded = fold(words)
        if not folded.strip(_SEPARATORS + ".!"):
            return Parsed(Help())
        if paper := paper_request(words, vocabulary, today):
            name = self._begins.match(paper)
            if name is not None:
                rest = paper[name.end() :].strip(_SEPARATORS)
                return self._read(self.names[name.group()], CommandText(text, vocabulary, today, rest, self.names))
        asked = self._asks_the_plan(whole, words, vocabulary, today)
        if asked is not None:
            return Parsed(asked)
        found = self._begins.match(folded)
        if found is None:
            asks = sounds_like_a_question(words if words.endswith("?") else f"{words}?")
            given = CommandText(text, vocabulary, today, words, self.names)
            return Parsed(WhatFits(text)) if asks else self._without_name(given)
        rest = words[found.end() :].strip(_SEPARATORS)
        return self._read(self.names[found.group()], CommandText(text, vocabulary, today, rest, self.names))

    def _asks_the_plan(self, whole: str, words: str, vocabulary: Vocabulary, today: date) -> Command | None:
        """Return the command that answers a question of the plan; None where the words are none, or a command.

        Args:
            whole: what was typed.
            words: the same without what is said out of courtesy.
            vocabulary: the words of the plan.
            today: the local day.
        """
        found = self._begins.match(fold(words))
        name = self.names[found.group()] if found is not None else ""
        named = found is not None and found.group() == name
        rest = fold(words)[found.end() :].strip(_SEPARATORS + "?.!") if found is not None else ""
        courtesy = found is not None and is_courtesy(found.group())
        may_ask = not name or (rest and (courtesy or name in _ASKING))
        reading = read_questions(whole, vocabulary, today) if may_ask else None
        if courtesy and reading is not None and reading.asked:
            name = ""  # "Hi, when are updates due?"
        if name == "help" and not named and rest:
            topic = self._topic(words)
            return Help(topic) if topic else WhatFits(whole)
        if name and (not rest or name not in _ASKING):
            return None
        if reading is None or (named and not (reading.is_whole and (reading.is_rich or reading.notes))):
            return None
        if named or not reading.asked:
            enough = (reading.is_rich or reading.notes) if name else reading.says_what
            return AskPlan(whole) if enough and not reading.names_actions else None
        if reading.queries[0].measure is Measure.HELP:
            return Help(self._topic(words))
        if reading.queries[0].measure is Measure.FILE:
            return ExportPlan(suffix_in(words))
        return _plain_command(reading) or AskPlan(whole)

    def _topic(self, words: str) -> str:
        """Return the command that a question how to do something is about; "" where it names none."""
        said = f" {plain(words)} "
        named = [word for word in self.names if f" {word} " in said and self.names[word] not in ("help", *_ASKING)]
        return self.names[max(named, key=len)] if named else ""

    def help_for(self, topic: str) -> tuple[Spelling, ...]:
        """Return what `help TOPIC` shows: all for "", one for a command or a near miss of one, none otherwise."""
        words = plain(topic[:60])
        words = words[_after(_SLASH, words) :]
        if not words:
            return self.spellings
        name = self.names.get(words) or self.names.get(words.partition(" ")[0]) or self._near_name(words)
        return (self._by_name[name],) if name else ()

    def _read(self, name: str, given: CommandText) -> Parsed:
        spelling = self._by_name[name]
        if spelling.gives_way_to:
            target = subject_of(given)
            inner = self._begins.match(fold(target))
            if inner is not None and self.names[inner.group()] in spelling.gives_way_to:
                rest = target[inner.end() :].strip(_SEPARATORS)
                again = CommandText(given.typed, given.vocabulary, given.today, rest, self.names)
                return self._by_name[self.names[inner.group()]].read(again)
        return spelling.read(given)

    def _without_name(self, given: CommandText) -> Parsed:
        """Read an answer that begins with its ref, a bare target (`p7`, `healthy`), or a mistyped command."""
        folded = fold(given.rest)
        seen = ref_at(folded, 0, given.vocabulary)
        tail = folded[seen.end :].strip(_SEPARATORS) if seen is not None else ""
        if seen is not None and tail.strip(".?!") and (answer := read_answer(given, seen.ref)) is not None:
            return Parsed(answer)
        rated = RATING_WORDS.get(folded.strip(_SEPARATORS + ".?!").replace("-", " "))
        if rated is not None:
            return Parsed(Find(rated.value))
        target = read_target(given.rest, given.vocabulary)
        name = self._near_name(plain(given.rest[:LONGEST_QUESTION]))
        sure = not isinstance(target, NoTarget | WholePlan) and not getattr(target, "corrected_from", "")
        if sure or (not isinstance(target, NoTarget) and not name):
            return Parsed(ShowStatus(subject_of(given)))
        if seen is not None:
            answers = begins_with_an_answer(tail, given.vocabulary)
            said = given.rest[seen.end :].strip(_SEPARATORS) if answers else "on track, and a few words"
            meant = f"/cypp update {seen.ref} {said}"
            offers = (f"update {seen.ref} {said}" if answers else f"status {seen.ref}",)
            say = f"To say how {seen.ref} stands: {quoted(meant)}."
            return Parsed(Unclear(given.typed, "update", say, offers=offers))
        if isinstance(target, NoTarget) and is_courtesy(given.rest):
            return Parsed(Pleasantry())
        if name:
            return Parsed(self._suggest(given, name))
        if isinstance(target, NoTarget) and target.nearest:
            near = tuple(f"status {one}" for one in target.nearest)
            return Parsed(Unclear(given.typed, "status", target.say, offers=near))
        say = f"I do not know {quoted(given.rest)}. “/cypp help” lists what I can do."
        return Parsed(Unclear(given.typed, "help", say))

    def _suggest(self, given: CommandText, name: str) -> Unclear:
        first, _, rest = given.rest.partition(" ")
        meant = f"/cypp {name} {rest}" if rest else f"/cypp {self._by_name[name].examples[0]}"
        say = f"I do not know {quoted(first)}. Did you mean {quoted(meant)}?"
        return Unclear(given.typed, name, say, offers=(f"{name} {rest}".strip(),))

    def _near_name(self, words: str) -> str:
        """Return the command whose name the first two words or one mistype; "" where they mistype none."""
        typed = words.split()[:2]
        firsts = (typed[0], *mistyped_of(typed[0], tuple(self._by_first))) if typed else ()
        near = [one for first in firsts for one in self._by_first.get(first, ())]
        near = [one for one in near if mistyped_words(typed[: len(one)], one)]
        best = max(near, key=len, default=[])
        return self.names.get(" ".join(best), "")


_SEARCHED = re.compile(r"[0-9]+ actions? with [“\"](.+)[”\"]")
"""What a button says that searches."""


def _after(pattern: re.Pattern[str], folded: str) -> int:
    found = pattern.match(folded)
    return found.end() if found is not None else 0


def _plain_command(reading: QuestionReading) -> ShowStatus | ShowMine | None:
    """Return the command for a question where one part of the plan, or one's own, stands."""
    if not reading.is_plain:
        return None
    subject = next(iter(reading.queries[0].subjects), None)
    return (
        ShowMine()
        if subject is not None and subject.kind is SubjectKind.OWN
        else ShowStatus(subject.typed if subject is not None else "")
    )
