"""Answers by their place in the list that somebody was sent: "1 on track, 2 amber because the post is vacant".

Messages show refs and no numbers, so this is how people count them, not a ref (the design, section 4): the reading is
shown, and stored only on a press.
"""

import re

from handlers.commands import AnswerCommand, ReadAs
from handlers.context import Round
from handlers.said.answering import command_for
from handlers.said.answers import tidy
from handlers.said.courtesies import without_courtesies
from handlers.said.naming import hide_links, read_names
from handlers.said.phrases import Said, phrase_at
from handlers.said.text import clean, fold
from handlers.wording import listed
from models.ledger_reads import bundle_shown
from models.tables import Action

LONGEST = 3000
MOST_AT_ONCE = 20
_ALL = (
    r"(?:all (?:my|our|the|two|three|four|five|six|seven|eight)(?: actions)?|"
    r"all(?: of (?:them|mine|ours|these|those))?|everything|both(?: of them)?|any(?: of them)?)"
)
_ALL_BEFORE = re.compile(
    rf"(?:they(?:'re| are) |we(?:'re| are) )?(?P<all>{_ALL})(?:'s| is| are|'re)?(?: (?:still|now|fine,?|good,?))* "
)
_ALL_AFTER = re.compile(rf" (?:for|on|to|with|across|in) (?P<all>{_ALL})(?![^\W_])")
_EDGE = " ,;:.=-–—\n"
_NUMBERS = re.compile(
    r"(?:^|[\n.,;]\s*|\s(?:and|then|also)\s+)(?:and )?(?:(?:no\.?|number|action|item) ?|#)?"
    r"(?P<numbers>[1-9][0-9]?(?:(?: ?[,&] ?| and )[1-9][0-9]?){0,8})[ ]?[.):=-]?[ ]?(?:(?:is|are) )?(?![0-9/])"
)


def read_numbered(asked: Round, text: str, thread_ts: str) -> ReadAs | None:
    """Words that name no action in; the answers by number of the list in the thread, or of the latest one sent, out.

    None where they are none: every number must be one of the list, and an answer must stand right behind it.
    """
    words = clean(text)
    folded = hide_links(fold(words))
    if len(words) > LONGEST or not words[:1].isascii() or asked.roles.person_id is None:
        return None
    heads = [(one, said) for one in _NUMBERS.finditer(folded) if (said := phrase_at(folded, one.end())) is not None]
    if not heads or heads[0][0].start() > 0 or any(said.said is Said.TO_FOLLOW for _, said in heads):
        return None
    named = read_names(folded, asked.vocabulary)
    if named.leading or named.guesses:
        return None
    refs = _listed_refs(asked, thread_ts)
    commands: list[AnswerCommand] = []
    read_as = []
    ends = [*(one.start() for one, _ in heads[1:]), len(words)]
    for (head, phrase), end in zip(heads, ends, strict=True):
        rest = tidy(without_courtesies(words[phrase.end : end].strip(_EDGE)))
        for number in re.findall(r"[0-9]+", head["numbers"]):
            if int(number) > len(refs):
                return None
            ref = refs[int(number) - 1]
            commands.append(command_for(ref, phrase.said, phrase.status, rest, None))
            read_as.append((number, ref))
    unique = {command.ref for command in commands}
    return ReadAs(tuple(commands), tuple(read_as)) if len(unique) == len(commands) else None


def read_of_all(asked: Round, text: str, owed: tuple[str, ...]) -> ReadAs | None:
    """ "All on track", "no change on any of them": the same answer on everything that is owed, two actions or more.

    Never *done* or *not ours*, each of which needs words of its own.
    """
    words = clean(text)
    folded = hide_links(fold(words))
    if len(words) > LONGEST or not 2 <= len(owed) <= MOST_AT_ONCE or "?" in words:
        return None
    before = _ALL_BEFORE.match(folded)
    phrase = phrase_at(folded, before.end() if before else 0)
    if phrase is None or phrase.said not in (Said.RATING, Said.NO_CHANGE, Said.VERBAL):
        return None
    after = _ALL_AFTER.match(folded, phrase.end)
    named = read_names(folded, asked.vocabulary)
    if (before is None and after is None) or named.leading or named.guesses or named.mentioned:
        return None
    rest = words[after.end() if after else phrase.end :]
    if rest.strip(_EDGE + "!") and rest[0] not in ",;:.-–—\n ":
        return None
    if not after and rest[:1] == " " and rest.strip(_EDGE + "!"):
        # "All on track schools were open": nothing bounds the status.
        return None
    kept = tidy(without_courtesies(rest.strip(_EDGE)))
    commands = tuple(command_for(ref, phrase.said, phrase.status, kept, None) for ref in owed)
    whom = (before or after)["all"]  # type: ignore[index]
    return ReadAs(commands, ((whom, listed(owed)),))


def _listed_refs(asked: Round, thread_ts: str) -> list[str]:
    """The refs of the list in a thread, or of the latest list somebody was sent, in the order they are shown."""
    shown = bundle_shown(asked.session, asked.workspace_id, f"person:{asked.roles.person_id}", thread_ts)
    if shown is None:
        return []
    pages, subjects = shown
    actions = [row for one in subjects if (row := asked.action_by_id(one)) is not None]
    placed = [(place, row) for row in actions if (place := _place(pages, row)) is not None]
    return [row.ref for _, row in sorted(placed, key=lambda one: one[0])]


def _place(pages: str, action: Action) -> int | None:
    found = re.search(rf"(?<![\w-]){re.escape(action.ref)}(?![\w-])", pages)
    return found.start() if found else None
