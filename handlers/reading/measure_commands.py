"""Read what follows `measures` and `measure`."""

import re

from handlers.commands.measures import GiveFigure, RedactNote, ShowMeasures, ShowScorecard
from handlers.commands.questions import Unclear
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.measure_words import read_figure
from handlers.reading.question_commands import subject_of

_REF = re.compile(r"(?:(?:the|for|measure|ref) )*(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?=\s|$)", re.IGNORECASE)
_BECAUSE = re.compile(r"[\s,:;.–-]*(?<![^\W_])(?:because|since)(?![^\W_])[\s:,]*", re.IGNORECASE)


def read_measures(given: CommandText) -> Parsed:
    """Read `[priority, theme or measure]`, which stays as typed."""
    return Parsed(ShowMeasures(subject_of(given)))


def read_measure(given: CommandText) -> Parsed:
    """Read `REF PERIOD FIGURE`; a ref alone, or with a question, shows the measure."""
    found = _REF.match(given.rest.strip())
    if found is None:
        say = "Say which measure, the period and the figure: “/cypp measure m1.1 Q2 72%”; “/cypp measures” lists them."
        return Parsed(Unclear(given.typed, "measure", say))
    words = given.rest.strip()[found.end() :].strip(" ,:;=\n")
    read = read_figure(words)
    if not words or not (read.period or read.figure or read.share or read.is_absent):
        return Parsed(ShowMeasures(subject_of(given)))
    return Parsed(GiveFigure(found["ref"], words))


def read_scorecard(given: CommandText) -> Parsed:
    """Read `[QUARTER]`, which stays as typed."""
    return Parsed(ShowScorecard(subject_of(given)))


def read_redact_note(given: CommandText) -> Parsed:
    """Read `REF [PERIOD] because …`; the handler asks for a missing reason."""
    split = _BECAUSE.search(given.rest)
    head = (given.rest[: split.start()] if split else given.rest).strip(" ,:.?!\n")
    found = _REF.match(head)
    if found is None:
        say = "Say whose note: “/cypp measure redact m1.1 Q2 because it describes a child”."
        return Parsed(Unclear(given.typed, "measure redact", say))
    reason = given.rest[split.end() :].strip() if split else ""
    return Parsed(RedactNote(found["ref"], head[found.end() :].strip(" ,:;=\n"), reason))
