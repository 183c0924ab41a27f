"""Plain words in a bundle's thread or the direct conversation, to what may be stored.

The steps, each only if the one before found nothing:
1. An automatic reply by its first words; a courtesy.
2. Words too long to be sure of, or without anything to read: shown back.
3. Several actions, each with its own plain answer: all recorded. One of them without: all shown back.
4. One action, named at the head of a clause or the only one it can be, and one plain answer: recorded.
5. An absence with its dates: an automatic reply too.
6. Several actions with near misses, each with an answer if read kindly: the whole reading is shown to be confirmed. So
   is one action with a mistyped status and words behind it.
7. Everything else is shown back, with a mistyped ref or status read as what it is near.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from datetime import date

from handlers.commands.answers import AnswerCommand, AutomaticReply, ReadAs, Reading, Recorded, ShowBack
from handlers.commands.questions import Pleasantry
from handlers.reading.action_references import Named, Naming, hide_links, mask_refs, read_names
from handlers.reading.answer_commands import command_for
from handlers.reading.answer_lists import read_several
from handlers.reading.answer_phrases import (
    REF_MARK,
    AnswerFound,
    AnswerRead,
    no_day_in,
    read_answer,
    trim_words,
    words_without,
)
from handlers.reading.courtesies import is_automatic, is_pleasantry, sounds_automatic, without_courtesies
from handlers.reading.normalise import Text, fold, normalise, quoted
from handlers.reading.status_phrases import DONE_WORDS, RATING_WORDS, near_status, phrases_in
from handlers.reading.vocabulary import Vocabulary

LONGEST_RECORDED = 6000
"""Longer words are shown back, whatever they say."""
_MOST_SHOWN = 5
LONGEST_HEADING = 60

_MENTION = re.compile(r"^(?:(?:<@[^>\s]{1,40}>|/cypp(?=\s))[\s,:]*)+")
_LIST_MARK = re.compile(r"(?:\n\s*(?:[0-9]{1,2}[.)]|[-*•])|[,;]|\s/|\s(?:and|also|then))+\s*$")
_ONE_LINE = re.compile(r"[ ]*(?:[,:;-]|for|on|re|with)?[ ]*")
_NUMBERED = re.compile(r"^[0-9]{1,2}[.)]?$")
_PIECE = re.compile(r"[\n.,;:!?()]+|\s-\s")
_SMALL = re.compile(r"^(?:(?:is|are|it's|we're|now|still|currently|and|but|all|so) )+")


def read_reply(
    text: str | Text, vocabulary: Vocabulary, owed: tuple[str, ...], today: date, topic: str = ""
) -> Reading:
    """Return what may be stored of what somebody wrote, or what to show back.

    `owed`: the refs they owe an answer on. `topic`: the ref that the thread is about, "" when it is about several.
    """
    read = normalise(text) if isinstance(text, str) else text
    words = _MENTION.sub("", (read.forwarded or read.text).replace("\t", " | ")).strip()
    if is_automatic(words):
        return AutomaticReply()
    if is_pleasantry(words):
        return Pleasantry()
    over = _subject_ref(read, vocabulary)
    expected = topic or over or (owed[0] if len(owed) == 1 else "")
    if not words or len(words) > LONGEST_RECORDED:
        found = read_names(hide_links(fold(words[:LONGEST_RECORDED])), vocabulary)
        return ShowBack(_shown(found, expected, owed), words)
    folded = hide_links(fold(words))
    naming = read_names(folded, vocabulary)
    if read.forwarded:
        # All of it is somebody else's: a status in it is shown where it names its action, and nothing is recorded.
        named = tuple(dict.fromkeys(ref for group in naming.leading for ref in group.refs))
        if not named:
            return ShowBack(_shown(naming, expected, owed), words)
        return _show_back(words, folded, naming, named[:_MOST_SHOWN], today)
    recorded: tuple[AnswerCommand, ...] | None
    if naming.guesses or naming.unsure or any(group.joined for group in naming.leading):
        recorded = None
    elif len(naming.leading) > 1:
        recorded = _several(words, folded, naming, today)
    else:
        recorded = _single(words, folded, naming, expected, today)
    if recorded:
        return ReadAs(recorded) if read.guessed or over else Recorded(recorded)
    if sounds_automatic(words) and not naming.leading:
        return AutomaticReply()
    heading = _is_heading(words[: _first(naming, words)])
    several = read_several(words, folded, naming, today) if heading else None
    if several:
        return several
    shown = _show_back(words, folded, naming, _shown(naming, expected, owed), today)
    one = read_several(words, folded, naming, today, alone=True) if heading and shown.status is None else None
    return one or shown


def _subject_ref(read: Text, vocabulary: Vocabulary) -> str:
    """Return the one action that a subject line over the words names, else ""."""
    named = read_names(hide_links(fold(read.subject)), vocabulary)
    refs = {ref for group in named.leading for ref in group.refs} | {seen.ref for seen in named.mentioned}
    return refs.pop() if len(refs) == 1 else ""


def _several(words: str, folded: str, naming: Naming, today: date) -> tuple[AnswerCommand, ...] | None:
    """Return the answers of several groups of refs, each followed by its own; None when one has none or comes twice."""
    groups = naming.leading
    if not _is_heading(words[: groups[0].start]):
        return None
    commands: list[AnswerCommand] = []
    ends = [*(group.start for group in groups[1:]), len(words)]
    for group, end in zip(groups, ends, strict=True):
        said = words[group.end : end]
        said = said[: -len(found.group())] if (found := _LIST_MARK.search(said)) else said
        piece = REF_MARK + folded[group.end : group.end + len(said)]
        answer = read_answer(piece, today).answer
        if answer is None or _passes_another(naming, group, group.end - len(REF_MARK) + answer.start):
            return None
        commands.extend(_commands(group.refs, REF_MARK + said, answer))
    refs = [command.ref for command in commands]
    return tuple(commands) if len(set(refs)) == len(refs) else None


def _first(naming: Naming, words: str) -> int:
    """Return where the first action is named."""
    starts = [group.start for group in naming.leading] + [guess.start for guess in naming.guesses]
    return min(starts, default=len(words))


def _is_heading(before: str) -> bool:
    """Return whether the words before the first ref may be left out: nothing, a greeting, "Updates from housing:"."""
    bare = _NUMBERED.sub("", trim_words(before))
    if not bare or is_pleasantry(bare) or not without_courtesies(bare):
        return True
    return len(bare) <= LONGEST_HEADING and before.rstrip().endswith(":") and not phrases_in(fold(before))


def _single(words: str, folded: str, naming: Naming, expected: str, today: date) -> tuple[AnswerCommand, ...] | None:
    """Return the answer on one group of refs, or on the one action it can only be about; None when it is not plain."""
    marked = mask_refs(folded, naming.leading)
    answer = read_answer(marked, today).answer
    if answer is None:
        return None
    if naming.leading:
        group = naming.leading[0]
        if not _belongs(marked, group, answer, expected) or _passes_another(naming, group, answer.start):
            return None
        return _commands(group.refs, mask_refs(words, naming.leading), answer)
    if not expected or {seen.ref for seen in naming.mentioned} - {expected}:
        return None
    return _commands((expected,), words, answer)


def _belongs(marked: str, group: Named, answer: AnswerFound, expected: str) -> bool:
    """Return whether the answer is about the refs named: it follows them, or stands right before them.

    Where another action is expected here, nothing but punctuation may stand between.
    """
    if answer.start < group.start:
        near = _ONE_LINE.fullmatch(marked, answer.end, group.start) is not None
        return near or group.refs == (expected,)
    if not expected or group.refs == (expected,):
        return True
    return not marked[group.end : answer.start].strip(" ,:;-\n")


def _passes_another(naming: Naming, group: Named, answer: int) -> bool:
    """Return whether another action is mentioned between the ref and the answer, which may be about that one."""
    return any(group.end <= seen.start < answer and seen.ref not in group.refs for seen in naming.mentioned)


def _commands(refs: tuple[str, ...], words: str, answer: AnswerFound) -> tuple[AnswerCommand, ...]:
    rest = without_courtesies(words_without(words, answer.start, answer.end))
    rest = _NUMBERED.sub("", rest)
    return tuple(command_for(ref, answer.said, answer.status, rest, answer.by) for ref in refs)


def _show_back(words: str, folded: str, naming: Naming, refs: tuple[str, ...], today: date) -> ShowBack:
    """Return what is to be shown back, a mistyped ref or status read as what it is near."""
    spans = (*naming.leading, *(Named(guess.near, guess.start, guess.start, guess.end) for guess in naming.guesses))
    marked = mask_refs(folded, spans)
    near, status = "", None
    read = read_answer(marked, today) if len(spans) < 2 else AnswerRead()
    if len(spans) < 2 and read.hint is None and read.answer is None:
        near, known = _near_status(marked)
        status = RATING_WORDS.get(known)
    elif read.answer is None or read.answer.status is not None:
        status = read.hint
    readings = [
        f"{quoted(words[guess.start : guess.end])} as {guess.near[0]}"
        for guess in naming.guesses
        if len(guess.near) == 1
    ]
    if near:
        readings.append(f"{quoted(near)} as {known}")
    kept = trim_words(mask_refs(words, spans)) if len(spans) == 1 else words
    if near and fold(kept).strip(" .!\"'*_~") == near:
        # A mistyped status and no more leaves no words beside it.
        return ShowBack(refs, "", status, " and ".join(readings))
    no_day = None if read.answer is not None or status is not None else no_day_in(marked, today)
    why, days = (no_day.say, no_day.candidates) if no_day is not None else ("", ())
    return ShowBack(refs, kept or words, status, " and ".join(readings), why, days)


def _near_status(marked: str) -> tuple[str, str]:
    """Return a mistyped status that stands alone between punctuation in marked text, as typed and as known."""
    for piece in _PIECE.split(marked.replace(REF_MARK, "\n"))[:40]:
        typed = _SMALL.sub("", piece.strip(" \"'~*_"))
        known = near_status(typed)
        if known in RATING_WORDS or known in DONE_WORDS:
            return typed, known
    return "", ""


def _shown(naming: Naming, expected: str, owed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the actions to offer, most likely first: named, expected here, mentioned, owed."""
    leading = [ref for group in naming.leading for ref in group.refs]
    guessed = [ref for guess in naming.guesses for ref in guess.near]
    offered = [*leading, *guessed, expected, *(seen.ref for seen in naming.mentioned)]
    if not (leading or guessed):
        offered.extend(owed)
    return tuple(dict.fromkeys(ref for ref in offered if ref))[:_MOST_SHOWN]
