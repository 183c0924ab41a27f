"""What follows `/cypp`, as text, to frozen commands (the design, section 4); and the help, a table of the commands.

`parse` never raises. Words that are no command come back as `Unclear`, with what was typed, the nearest command and one
sentence that says what to do. A ref that is a near miss of one action is taken as that action; `Parsed.corrections`
names it, so that the answer can show it. What a question is about stays as typed: its handler reads it with
`handlers.reading.targets`, `boards` or `meetings` and shows what those corrected.
"""

import re
from collections.abc import Callable
from datetime import date

from rapidfuzz.distance import OSA

from handlers.commands import (
    AskAbout,
    Find,
    Help,
    Pleasantry,
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowLeaderless,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowStatus,
    Unclear,
    WhatFits,
)
from handlers.commands.people import ShowPeople
from handlers.commands.secretary import AddForm, AddLines
from handlers.help_table import HELP, VERBS, HelpEntry
from handlers.reading.answer_phrases import read_answer
from handlers.reading.board_commands import read_board_command, read_reminders
from handlers.reading.command_arguments import (
    Given,
    Parsed,
    read_close,
    read_decision,
    read_done,
    read_no_change,
    read_not_agreed,
    read_not_ours,
    read_replan,
    read_snooze,
    read_update,
    read_verbal,
    read_withdraw,
)
from handlers.reading.courtesies import is_pleasantry
from handlers.reading.export_commands import read_export
from handlers.reading.meeting_commands import read_meeting_command
from handlers.reading.move_requests import as_command
from handlers.reading.normalise import clean, fold, plain, quoted
from handlers.reading.organisation_commands import read_organisation_command
from handlers.reading.people_commands import read_assign, read_contact, read_deputy, read_handover, read_quiet
from handlers.reading.questions import Question, read_question, sounds_like_a_question
from handlers.reading.record_commands import (
    read_correct,
    read_history,
    read_redact,
    read_reopen,
    read_replace,
    read_withhold,
)
from handlers.reading.ref_finder import ref_at
from handlers.reading.status_phrases import phrase_at
from handlers.reading.targets import Nothing, WholePlan, read_target
from handlers.reading.vocabulary import Vocabulary

__all__ = ["HELP", "HelpEntry", "Parsed", "help_for", "parse"]

SURE_COMMAND = 0.75
NEAR_COMMAND = 0.6
"""How alike, of 1, a mistyped command must be to be suggested, and to go before everything else it may mean."""
LONGEST_QUESTION = 200


_BY_NAME = {entry.name: entry for entry in HELP}
_VERB = re.compile(
    rf"(?:{'|'.join(re.escape(verb) for verb in sorted(VERBS, key=len, reverse=True))})(?![^\W_]|[-/.][0-9])"
)
_SLASH = re.compile(r"/?cypp(?![^\W_]) ?")
_POLITE = re.compile(r"(?:(?:please|can you|could you|can i see|i want|list|give me|tell me)(?![^\W_]),? ?)+")
_JOIN = re.compile(r"(?:(?:for|at|on|of|in|by|about|the)(?![^\W_]) )+")
_TAIL = re.compile(
    r"(?: (?:going|doing|looking|getting on|coming along|coming on|now|today|at the moment|please|thanks))+$",
    re.IGNORECASE,
)
"""What people add to a question: "how is priority 7 going?"."""
_THANKS = re.compile(r"(?<=\S)[ ,]+(?:please|pls|thanks|thank you)[ .!]*$", re.IGNORECASE)
_SEPARATORS = " ,;:-–—\n"


def parse(text: str, vocabulary: Vocabulary, today: date) -> Parsed:
    """What was typed after `/cypp` in; the command out, with the near misses that were taken for refs."""
    words = clean(text)
    words = as_command(words[_after(_SLASH, fold(words)) :], vocabulary)
    words = words[_after(_POLITE, fold(words)) :]
    words = _THANKS.sub("", words)
    folded = fold(words)
    if not folded.strip(_SEPARATORS + ".!"):
        return Parsed(Help())
    found = _VERB.match(folded)
    given = Given(text, vocabulary, today, words)
    question = read_question(words, vocabulary)
    if question is not None:
        return _asked(question, Given(text, vocabulary, today, question.about))
    if found is None:
        asks = sounds_like_a_question(words if words.endswith("?") else f"{words}?")
        return Parsed(WhatFits(text)) if asks else _without_verb(given)
    rest = words[found.end() :].strip(_SEPARATORS)
    return _READERS[VERBS[found.group()]](Given(text, vocabulary, today, rest))


def help_for(topic: str) -> tuple[HelpEntry, ...]:
    """What follows `help` in; the whole table for "", one entry for a command or a near miss of one, none otherwise."""
    words = plain(topic[:60])
    words = words[_after(_SLASH, words) :]
    if not words:
        return HELP
    name = VERBS.get(words) or VERBS.get(words.partition(" ")[0]) or _near_verb(words)[0]
    return (_BY_NAME[name],) if name else ()


def _read_status(given: Given) -> Parsed:
    """The target stays as typed. `show overdue` is `overdue`; `status healthy-5 on track` stores nothing."""
    target = _question(given)
    folded = fold(target)
    verb = _VERB.match(folded)
    if verb is not None and VERBS[verb.group()] in _QUESTIONS:
        rest = target[verb.end() :].strip(_SEPARATORS)
        return _READERS[VERBS[verb.group()]](Given(given.typed, given.vocabulary, given.today, rest))
    seen = ref_at(folded, 0, given.vocabulary)
    tail = folded[seen.end :].strip(_SEPARATORS) if seen is not None else ""
    if seen is not None and phrase_at(tail, 0) is not None:
        meant = f"/cypp update {seen.ref} {target[seen.end :].strip(_SEPARATORS)}"
        return Parsed(Unclear(given.typed, "update", f"Nothing was recorded. Did you mean {quoted(meant)}?"))
    return Parsed(ShowStatus(target))


def _asked(question: Question, given: Given) -> Parsed:
    """How something stands that is no part of the plan by name: the actions that have its words."""
    if question.command == "status":
        target = read_target(question.about, given.vocabulary)
        if isinstance(target, Nothing) and not target.nearest:
            return _read_about(given)
    return _READERS[question.command](given)


def _read_owing(given: Given) -> Parsed:
    """`no update healthy-5` is no question: somebody means *no change*."""
    about = _question(given)
    seen = ref_at(fold(about), 0, given.vocabulary)
    if seen is not None and seen.end == len(about):
        say = f"To say that {seen.ref} stands as it did: “/cypp no change {seen.ref}”."
        return Parsed(Unclear(given.typed, "no change", say))
    return Parsed(ShowOwing(about))


def _read_find(given: Given) -> Parsed:
    words = given.rest[:LONGEST_QUESTION].strip(_SEPARATORS + "?")
    words = words[_after(_JOIN, fold(words)) :]
    if not words:
        return Parsed(Unclear(given.typed, "find", "Say what to look for, for instance “/cypp find advocacy”."))
    return Parsed(Find(words))


def _read_about(given: Given) -> Parsed:
    """ "Anything new?" is about the whole plan."""
    about = _question(given)
    return Parsed(AskAbout(about) if about else ShowStatus())


def _without_verb(given: Given) -> Parsed:
    """No command: an answer that begins with its ref, a bare target (`p7`, `healthy`), or a mistyped command."""
    folded = fold(given.rest)
    seen = ref_at(folded, 0, given.vocabulary)
    tail = folded[seen.end :].strip(_SEPARATORS) if seen is not None else ""
    if tail.strip(".?!") and read_answer(tail, given.today).answer is not None:
        return read_update(given, letters=False)
    rated = phrase_at(folded, 0)
    if rated is not None and rated.status is not None and not folded[rated.end :].strip(_SEPARATORS + ".?!"):
        return Parsed(Find(rated.status.value))
    target = read_target(given.rest, given.vocabulary)
    name, score = _near_verb(plain(given.rest[:LONGEST_QUESTION]))
    sure = not isinstance(target, Nothing | WholePlan) and not getattr(target, "corrected_from", "")
    if sure or (not isinstance(target, Nothing) and score < SURE_COMMAND):
        return Parsed(ShowStatus(_question(given)))
    if seen is not None:
        said = given.rest[seen.end :].strip(_SEPARATORS) if phrase_at(tail, 0) else "on track, and a few words"
        meant = f"/cypp update {seen.ref} {said}"
        return Parsed(Unclear(given.typed, "update", f"To say how {seen.ref} stands: {quoted(meant)}."))
    if isinstance(target, Nothing) and is_pleasantry(given.rest):
        return Parsed(Pleasantry())
    if name and score >= SURE_COMMAND:
        return Parsed(_suggest(given, name))
    if isinstance(target, Nothing) and target.nearest:
        return Parsed(Unclear(given.typed, "status", target.say))
    if name:
        return Parsed(_suggest(given, name))
    say = f"I do not know {quoted(given.rest)}. “/cypp help” lists what I can do."
    return Parsed(Unclear(given.typed, "help", say))


def _suggest(given: Given, name: str) -> Unclear:
    first, _, rest = given.rest.partition(" ")
    meant = f"/cypp {name} {rest}" if rest else f"/cypp {_BY_NAME[name].examples[0]}"
    return Unclear(given.typed, name, f"I do not know {quoted(first)}. Did you mean {quoted(meant)}?")


def _near_verb(words: str) -> tuple[str, float]:
    """Words in; the command whose name is nearest to their first one or two, and how alike, or ("", 0)."""
    best, name = 0.0, ""
    first, _, more = words.partition(" ")
    for typed in (first[:30], f"{first} {more.partition(' ')[0]}"[:30]):
        for known, meant in VERBS.items():
            score = OSA.normalized_similarity(typed, known) if len(known) > 3 else 0.0
            if score > best:
                best, name = score, meant
    return (name, best) if best >= NEAR_COMMAND else ("", 0.0)


def _question(given: Given) -> str:
    """What a question is about, without small words before and marks after it."""
    words = _TAIL.sub("", given.rest[:LONGEST_QUESTION].strip(_SEPARATORS).rstrip(".?! "))
    return words[_after(_JOIN, fold(words)) :]


def _after(pattern: re.Pattern[str], folded: str) -> int:
    found = pattern.match(folded)
    return found.end() if found is not None else 0


_READERS: dict[str, Callable[[Given], Parsed]] = {
    "status": _read_status,
    "mine": lambda given: Parsed(ShowMine()),
    "overdue": lambda given: Parsed(ShowOverdue(_question(given))),
    "due": lambda given: Parsed(ShowDue(_question(given))),
    "owing": _read_owing,
    "changes": lambda given: Parsed(ShowChanges(given.rest)),
    "no lead": lambda given: Parsed(ShowLeaderless()),
    "find": _read_find,
    "about": _read_about,
    "update": read_update,
    "done": read_done,
    "no change": read_no_change,
    "verbal": read_verbal,
    "not ours": read_not_ours,
    "snooze": read_snooze,
    "outcome": read_decision,
    "close": read_close,
    "not agreed": read_not_agreed,
    "withdraw": read_withdraw,
    "replace": read_replace,
    "reopen": read_reopen,
    "history": read_history,
    "correct": read_correct,
    "withhold": read_withhold,
    "redact": read_redact,
    "move": read_replan,
    "meetings": lambda given: Parsed(ShowMeetings(_question(given))),
    "meeting": lambda given: Parsed(read_meeting_command(given)),
    "digest": lambda given: Parsed(ShowDigest(_question(given))),
    "add": lambda given: Parsed(AddLines(given.rest) if given.rest else AddForm()),
    "assign": read_assign,
    "handover": read_handover,
    "contact officer": read_contact,
    "deputy": read_deputy,
    "quiet": read_quiet,
    "people": lambda given: Parsed(ShowPeople(_question(given))),
    "board": lambda given: Parsed(read_board_command(given)),
    "start reminders": lambda given: Parsed(read_reminders(given, start=True)),
    "stop reminders": lambda given: Parsed(read_reminders(given, start=False)),
    "org": lambda given: Parsed(read_organisation_command(given)),
    "export": lambda given: Parsed(read_export(given)),
    "help": lambda given: Parsed(Help(_topic(given))),
}
_QUESTIONS = frozenset(("mine", "overdue", "due", "owing", "meetings", "digest"))


def _topic(given: Given) -> str:
    words = _question(given)
    return VERBS.get(plain(words), words)
