"""Read several answers in one message with near misses in them; the reading is shown to be confirmed.

"helthy 5 on track, herd-9 no change, happy1 amber post vacant" is three answers to anybody who reads it, but a ref is
mistyped and nothing bounds "amber": so it is read as an `update` would be, shown, and stored only on a press.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from datetime import date

from handlers.commands.answers import AnswerCommand, ReadAs
from handlers.reading.action_references import Named, Naming
from handlers.reading.answer_commands import command_for
from handlers.reading.answer_phrases import REF_MARK, read_answer, trim_words, words_without
from handlers.reading.courtesies import without_courtesies
from handlers.reading.normalise import fold
from handlers.reading.status_phrases import DONE_WORDS, RATING_WORDS, PhraseKind, near_status, phrase_at

_EDGE = " ,;:.=-–—\n"
_LIST_MARK = re.compile(r"(?:\n\s*(?:[0-9]{1,2}[.)]|[-*•])|[,;]|\s/|\s(?:and|also|then|plus))+\s*$")
_SMALL = re.compile(r"(?:(?:is|are|as|now|still|status|it's|=)(?![^\W_'])[ :]*)+")
_NEAR_WORDS = 3


def read_several(words: str, folded: str, naming: Naming, today: date, *, alone: bool = False) -> ReadAs | None:
    """Return an answer for each action named, or None where one has none or it is unsure.

    `alone`: one action with a mistyped status and words behind it counts too.
    """
    if naming.unsure or any(len(guess.near) != 1 for guess in naming.guesses):
        return None
    guessed = [Named(guess.near, guess.start, guess.start, guess.end) for guess in naming.guesses]
    groups = sorted((*naming.leading, *guessed), key=lambda group: group.start)
    single = len(groups) == 1 and not groups[0].joined
    if not groups or (single and not alone):
        return None
    corrected = {guess.start: (words[guess.start : guess.end], guess.near[0]) for guess in naming.guesses}
    commands: list[AnswerCommand] = []
    read_as: list[tuple[str, str]] = []
    ends = [*(group.start for group in groups[1:]), len(words)]
    for group, end in zip(groups, ends, strict=True):
        read = _answer(group, words, folded, end, naming, today)
        if read is None:
            return None
        own, near = read
        if single and not (near[0] and own[0].words):
            return None
        commands += own
        read_as += [corrected[group.start]] if group.start in corrected else []
        read_as += group.joined
        read_as += [near] if near[0] else []
    refs = [command.ref for command in commands]
    return ReadAs(tuple(commands), tuple(read_as)) if len(set(refs)) == len(refs) else None


def _answer(
    group: Named, words: str, folded: str, end: int, naming: Naming, today: date
) -> tuple[list[AnswerCommand], tuple[str, str]] | None:
    """Return what is said of one group of refs: its answers, and a mistyped status as typed and as read."""
    said = words[group.end : end]
    said = said[: -len(found.group())] if (found := _LIST_MARK.search(said)) else said
    marked = REF_MARK + folded[group.end : group.end + len(said)]
    answer = read_answer(marked, today).answer
    if answer is not None:
        place = group.end - 1 + answer.start
        if any(group.end <= seen.start < place for seen in naming.mentioned):
            return None
        rest = without_courtesies(words_without(REF_MARK + said, answer.start, answer.end))
        return [command_for(ref, answer.said, answer.status, rest, answer.by) for ref in group.refs], ("", "")
    start = len(said) - len(said.lstrip(_EDGE))
    tail = fold(said)
    start = small.end() if (small := _SMALL.match(tail, start)) else start
    phrase = phrase_at(tail, start)
    if phrase is not None and phrase.said is not PhraseKind.TO_FOLLOW:
        rest = trim_words(without_courtesies(said[phrase.end :].strip(_EDGE)))
        return [command_for(ref, phrase.said, phrase.status, rest, None) for ref in group.refs], ("", "")
    return _near(group, said, tail, start)


def _near(group: Named, said: str, tail: str, start: int) -> tuple[list[AnswerCommand], tuple[str, str]] | None:
    """Read the first words as a mistyped status: "on trakc"."""
    first = tail[start : start + 60].split(" ")[:_NEAR_WORDS]
    for count in range(len(first), 0, -1):
        typed = " ".join(first[:count]).rstrip(_EDGE)
        known = near_status(typed)
        if not known:
            continue
        kind = (
            PhraseKind.RATING
            if known in RATING_WORDS
            else PhraseKind.DONE
            if known in DONE_WORDS
            else PhraseKind.NO_CHANGE
        )
        rest = trim_words(without_courtesies(said[start + len(typed) :].strip(_EDGE)))
        commands = [command_for(ref, kind, RATING_WORDS.get(known), rest, None) for ref in group.refs]
        return commands, (said[start : start + len(typed)], known)
    return None
