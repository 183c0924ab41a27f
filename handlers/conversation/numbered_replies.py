"""Answers by their place in the list that somebody was sent: "1 on track, 2 amber because the post is vacant".

Messages show refs and no numbers, so this is how people count them, not a ref: the reading is
shown, and stored only on a press.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re

from handlers.commands.answers import AnswerCommand, ReadAs
from handlers.context import RequestContext
from handlers.formatting import listed
from handlers.reading.action_references import hide_links, read_names
from handlers.reading.answer_commands import command_for
from handlers.reading.answer_phrases import trim_words
from handlers.reading.courtesies import without_courtesies
from handlers.reading.normalise import clean, fold
from handlers.reading.status_phrases import Phrase, PhraseKind, phrase_at
from models.notifications.lookups import find_bundle
from models.storage.tables import Action

_LONGEST = 3000
_MOST_AT_ONCE = 20
_ALL = (
    r"(?:all (?:my|our|the|two|three|four|five|six|seven|eight)(?: actions)?|"
    r"all(?: of (?:them|mine|ours|these|those))?|everything|both(?: of them)?|any(?: of them)?)"
)
_COUNTED = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ALL_BEFORE = re.compile(
    rf"(?:they(?:'re| are) |we(?:'re| are) )?(?P<all>{_ALL})(?:'s| is| are|'re)?(?: (?:still|now|fine,?|good,?))* "
)
_ALL_AFTER = re.compile(rf" (?:for|on|to|with|across|in) (?P<all>{_ALL})(?![^\W_])")
_EDGE = " ,;:.=-–—\n"
_NUMBERS = re.compile(
    r"(?:^|(?P<edge>[\n.,;]\s*|\s(?:and|then|also)\s+)|\s+)(?:and )?(?:(?:no\.?|number|action|item) ?|#)?"
    r"(?P<numbers>[1-9][0-9]?(?:(?: ?[,&] ?| and )[1-9][0-9]?){0,8})[ ]?[.):=-]?[ ]?(?:(?:is|are) )?(?![0-9/])"
)


def read_numbered(ctx: RequestContext, text: str, thread_ts: str) -> ReadAs | None:
    """Return the answers in words that name no action, by number of the list in the thread or the latest one."""
    words = clean(text)
    folded = hide_links(fold(words))
    if len(words) > _LONGEST or not words[:1].isascii() or ctx.roles.person_id is None:
        return None
    heads = _in_order(
        [(one, said) for one in _NUMBERS.finditer(folded) if (said := phrase_at(folded, one.end())) is not None]
    )
    if not heads or heads[0][0].start() > 0 or any(said.said is PhraseKind.TO_FOLLOW for _, said in heads):
        return None
    named = read_names(folded, ctx.vocabulary)
    if named.leading or named.guesses:
        return None
    refs = _listed_refs(ctx, thread_ts)
    commands: list[AnswerCommand] = []
    read_as = []
    ends = [*(one.start() for one, _ in heads[1:]), len(words)]
    for (head, phrase), end in zip(heads, ends, strict=True):
        rest = trim_words(without_courtesies(words[phrase.end : end].strip(_EDGE)))
        for number in re.findall(r"[0-9]+", head["numbers"]):
            if int(number) > len(refs):
                return None
            ref = refs[int(number) - 1]
            commands.append(command_for(ref, phrase.said, phrase.status, rest, None))
            read_as.append((number, ref))
    unique = {command.ref for command in commands}
    return ReadAs(tuple(commands), tuple(read_as)) if len(unique) == len(commands) else None


def _in_order(heads: list[tuple[re.Match[str], Phrase]]) -> list[tuple[re.Match[str], Phrase]]:
    """Return those numbers that begin an answer: set off by a mark, or next in the list."""
    kept: list[tuple[re.Match[str], Phrase]] = []
    for one, said in heads:
        if kept and one["edge"] is None:
            number, before = _numbers(one)[0], kept[-1]
            between = one.string[before[1].end : one.start()]
            marked = one.group().rstrip()[-1:] in (".", ")", ":")
            if number != _numbers(before[0])[-1] + 1 or not (marked or set(between).isdisjoint(",.;:")):
                continue
        kept.append((one, said))
    return kept


def _numbers(head: re.Match[str]) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]+", head["numbers"])]


def read_of_all(ctx: RequestContext, text: str, owed: tuple[str, ...]) -> ReadAs | None:
    """Read "all on track", "no change on any of them" as one answer on all that is owed, two actions or more."""
    words = clean(text)
    folded = hide_links(fold(words))
    if len(words) > _LONGEST or not 2 <= len(owed) <= _MOST_AT_ONCE or "?" in words:
        return None
    before = _ALL_BEFORE.match(folded)
    phrase = phrase_at(folded, before.end() if before else 0)
    if phrase is None or phrase.said not in (PhraseKind.RATING, PhraseKind.NO_CHANGE, PhraseKind.VERBAL):
        return None
    after = _ALL_AFTER.match(folded, phrase.end)
    named = read_names(folded, ctx.vocabulary)
    if (before is None and after is None) or named.leading or named.guesses or named.mentioned:
        return None
    rest = words[after.end() if after else phrase.end :]
    if rest.strip(_EDGE + "!") and rest[0] not in ",;:.-–—\n ":
        return None
    if not after and rest[:1] == " " and rest.strip(_EDGE + "!"):
        # "All on track schools were open": nothing bounds the status.
        return None
    kept = trim_words(without_courtesies(rest.strip(_EDGE)))
    commands = tuple(command_for(ref, phrase.said, phrase.status, kept, None) for ref in owed)
    whom = (before or after)["all"]  # type: ignore[index]
    counted = next((number for word, number in _COUNTED.items() if re.search(rf"(?<![^\W_]){word}(?![^\W_])", whom)), 0)
    if counted and counted != len(owed):
        # "Both on track", of somebody who owes three: which two?
        return None
    return ReadAs(commands, ((whom, listed(owed)),))


def _listed_refs(ctx: RequestContext, thread_ts: str) -> list[str]:
    """Return the refs of the list in a thread, or of the latest list sent, in the order they are shown."""
    shown = find_bundle(ctx.session, f"person:{ctx.roles.person_id}", thread_ts)
    if shown is None:
        return []
    pages, subjects = shown
    actions = [row for one in subjects if (row := ctx.action_by_id(one)) is not None]
    placed = [(place, row) for row in actions if (place := _place(pages, row)) is not None]
    return [row.ref for _, row in sorted(placed, key=lambda one: one[0])]


def _place(pages: str, action: Action) -> int | None:
    found = re.search(rf"(?<![\w-]){re.escape(action.ref)}(?![\w-])", pages)
    return found.start() if found else None
