"""Plain words in a conversation, to what may be stored of them.

What is plain is recorded; what is likely is shown whole, to be confirmed; anything else is shown back, part by part.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.commands.answers import AnswerCommand, AutomaticReply, InParts, ReadAs, Reading, Recorded, ShowBack
from handlers.commands.questions import Pleasantry
from handlers.reading.answer_commands import command_for
from handlers.reading.answer_parts import AnswerPart, read_parts
from handlers.reading.clauses import ENDS
from handlers.reading.leave import is_automatic
from handlers.reading.lexicon import TokenKind
from handlers.reading.likeness import VAGUE_WORDS, stem
from handlers.reading.mail_notices import without_greeting
from handlers.reading.normalise import Text, fold, normalise, quoted
from handlers.reading.pasted_answers import answers_between, mail_source, rated_now, unframed
from handlers.reading.social_acts import is_courtesy
from handlers.reading.tokens import SIGNS, named_in, tokens_of
from handlers.reading.trimming import without_thanks
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Sureness, Whose

LONGEST_RECORDED = 6000
"""Longer words are shown back, whatever they say."""
_MOST_SHOWN = 5
_FEWEST_SHARED = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_YES = frozenset(("yes", "yep", "yeah", "yes it is", "correct", "that's right", "thats right", "it is"))

_MENTION = re.compile(r"^(?:(?:<@[^>\s]{1,40}>|@[^\W\d][\w-]{1,40}|/cypp(?=\s))[\s,:]*)+")


def read_reply(text: str | Text, vocabulary: Vocabulary, whose: Whose, today: date) -> Reading:
    """Return what may be stored of what somebody wrote, or what to show back.

    Args:
        text: what was written, read for the first time or not yet.
        vocabulary: the plan's words.
        whose: the actions its writer owes and those the thread is about.
        today: the plan's day.
    """
    read = normalise(text) if isinstance(text, str) else text
    pasted, plain_order = _in_order(read, vocabulary)
    words = _MENTION.sub("", (pasted or read.forwarded or unframed(read)).replace("\t", " | ")).strip()
    over = "" if whose.topic else _subject_ref(read, vocabulary)
    if over and fold(words).strip(" .!,") in _YES:
        # "RE: heard-10 on track?" over "yes".
        words = read.subject.rstrip(" ?")
    if is_automatic(words):
        return AutomaticReply()
    if is_courtesy(words) and not _may_rate(words, vocabulary, whose):
        return Pleasantry()
    words = without_thanks(without_greeting(words))
    whose = replace(whose, topic=(over,)) if over else whose
    found = read_parts(words[:LONGEST_RECORDED], vocabulary, whose, today)
    parts = found.parts
    signs_alone = not any(map(str.isalpha, words)) and not named_in(fold(words), vocabulary)
    if not plain_order:
        parts = _at_most(parts, Sureness.DOUBTED)
    if read.guessed or over or signs_alone or pasted:
        parts = _at_most(parts, Sureness.LIKELY)
    if read.forwarded:
        # All of it is somebody else's: a secretary is shown it, and nothing is recorded.
        forwarded = whose.for_others and named_in(fold(words), vocabulary)
        parts = _at_most(parts, Sureness.LIKELY if forwarded else Sureness.DOUBTED)
        source = mail_source(read, vocabulary, today) if forwarded else ""
        if source:
            parts = tuple(replace(one, words=", ".join(filter(None, (one.words, source)))) for one in parts)
    if len(words) > LONGEST_RECORDED:
        return ShowBack(_offered(parts, whose, words), words)
    least = min((one.sure for one in parts), default=Sureness.NONE)
    plain = tuple(command for one in parts if one.sure is Sureness.PLAIN for command in _commands(one))
    likely = tuple(command for one in parts if one.sure >= Sureness.LIKELY for command in _commands(one))
    if least is Sureness.PLAIN:
        return InParts(plain, None, (), found.asides) if found.asides else Recorded(plain)
    if least is Sureness.LIKELY:
        read_as = ReadAs(likely, _read_as(parts))
        return InParts((), read_as, (), found.asides) if found.asides else read_as
    if signs_alone and not likely:
        return ShowBack(_offered(parts, whose, words), words, doubted=True)
    if (len(parts) < 2 and not found.asides) or not likely:
        return _shown_back(words, parts, whose)
    kindly = tuple(command for one in parts if one.sure is Sureness.LIKELY for command in _commands(one))
    shown = tuple(_asked(one) for one in parts if one.sure < Sureness.LIKELY)
    return InParts(plain, ReadAs(kindly, _read_as(parts)) if kindly else None, shown, found.asides)


def _in_order(read: Text, vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return what was pasted in the order it is said in, "" where nothing was; and whether that order is plain."""
    if any(line.is_row for line in read.lines):
        return rated_now(read, vocabulary) or ("", True)
    return (answers_between(read, vocabulary) if read.text and read.quotations else ""), True


def _may_rate(words: str, vocabulary: Vocabulary, whose: Whose) -> bool:
    """Return whether a courtesy may be a status, where one is expected: "Fine.", a green circle."""
    if not SIGNS.isdisjoint(words):
        return True
    tokens = [one for one in tokens_of(fold(words), vocabulary) if one.kind not in ENDS]
    return bool(whose.topic or whose.owed) and [one.kind for one in tokens] == [TokenKind.LIKELY]


def _at_most(parts: tuple[AnswerPart, ...], sure: Sureness) -> tuple[AnswerPart, ...]:
    if sure is Sureness.DOUBTED:
        return tuple(replace(one, sure=min(one.sure, sure), said=None, status=None) for one in parts)
    return tuple(replace(one, sure=min(one.sure, sure)) for one in parts)


def _subject_ref(read: Text, vocabulary: Vocabulary) -> str:
    """Return the one action that a subject line over the words names, else ""."""
    refs = named_in(fold(read.subject), vocabulary) if read.subject else ()
    return refs[0] if len(refs) == 1 else ""


def _commands(part: AnswerPart) -> tuple[AnswerCommand, ...]:
    assert part.said is not None  # noqa: S101 - what is likely says something
    return tuple(command_for(ref, part.said, part.status, part.words, part.by) for ref in part.refs)


def _read_as(parts: tuple[AnswerPart, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pair for one in parts for pair in one.read_as))


def _asked(part: AnswerPart) -> ShowBack:
    doubted = _is_doubted(part)
    say, days = (part.no_day.say, part.no_day.candidates) if part.no_day is not None else ("", ())
    return ShowBack(part.refs[:_MOST_SHOWN], part.whole, _reading(part), say, days, doubted)


def _is_doubted(part: AnswerPart) -> bool:
    """Return whether a part names a status that is in doubt; where only the action is, the status is none."""
    sure = part.said is not None and not part.counted
    return part.sure is Sureness.DOUBTED and bool(part.statuses) and not sure


def _shown_back(words: str, parts: tuple[AnswerPart, ...], whose: Whose) -> ShowBack:
    if len(parts) == 1 and len(parts[0].refs) == 1:
        return _asked(parts[0])
    said = parts[0] if len(parts) == 1 else None
    doubted = any(_is_doubted(one) for one in parts)
    reading = _reading(said) if said is not None else ""
    kept = said.whole if said is not None and said.whole else words
    return ShowBack(_offered(parts, whose, words), kept, reading, doubted=doubted)


def _reading(part: AnswerPart) -> str:
    return " and ".join(f"{quoted(typed)} as {meant}" for typed, meant in part.read_as)


def _offered(parts: tuple[AnswerPart, ...], whose: Whose, words: str) -> tuple[str, ...]:
    """Return the actions to offer, most likely first: named, the thread's, with words of their own in it, owed."""
    named = [ref for one in parts for ref in one.refs]
    sure = named if len(parts) == 1 and len(named) == 1 else []
    if len(named) > 1 and len(parts) == 1 and parts[0].read_as:
        # "16sep-9": one of those that it may be, and none of those that are owed.
        return tuple(dict.fromkeys(named))[:_MOST_SHOWN]
    return tuple(dict.fromkeys((*sure, *whose.topic, *_titled(words, whose), *named, *whose.owed)))[:_MOST_SHOWN]


def _titled(words: str, whose: Whose) -> tuple[str, ...]:
    """Return the one action of the writer's of whose words most stand in a message, two at least."""
    said = {stem(one) for one in _WORD.findall(fold(words[:LONGEST_RECORDED]))} - VAGUE_WORDS
    shared = {ref: len(said & {stem(one) for one in _WORD.findall(title)}) for ref, title in whose.titles().items()}
    most = max(shared.values(), default=0)
    best = [ref for ref, count in shared.items() if count == most]
    return tuple(best) if most >= _FEWEST_SHARED and len(best) == 1 else ()
