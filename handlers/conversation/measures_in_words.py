"""Figures of measures in plain words: “m7.1 Q2 72%”, one a line; and the commands about them."""

import re

from handlers.commands.measures import ShowMeasures, ShowScorecard
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.reading.measure_words import read_figure
from handlers.reading.normalise import clean, fold
from handlers.reading.targets import NoTarget, read_target
from handlers.responses import Response, answer_beside
from models.plan.measures import measure_refs
from models.rules.periods import names_a_period
from models.rules.refs import ref_key

_REF = re.compile(r"(?:(?:measure|measures|indicator) )?(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?:\s|$)", re.IGNORECASE)
_LIST = re.compile(r"(?:show (?:me )?)?(?:the )?(?:measures|indicators|scorecard)(?![^\W_])")
_MOST_LINES = 10


def figures_in_words(said: IncomingWords) -> Response | None:
    """Record a figure a line, where each line begins with a measure's ref, or list measures; None for other words."""
    if _LIST.match(fold(clean(said.text))) and _is_list(said):
        return answer_text(said.ctx, clean(said.text))
    lines = [line.strip() for line in said.text.splitlines() if line.strip()]
    if not 0 < len(lines) <= _MOST_LINES or (refs := measure_refs(said.ctx.session)) is None:
        return None
    asked = [_command(clean(line), refs) for line in lines]
    if not all(asked):
        return None
    given = [answer_text(said.ctx, words) for words in asked]
    whole = given[-1]
    for one in reversed(given[:-1]):
        whole = answer_beside(one, whole)
    return whole


def _is_list(said: IncomingWords) -> bool:
    """Return whether words ask for measures: "measures to reduce the wait are in place" does not."""
    asked = said.ctx.parsed(clean(said.text)).command
    if isinstance(asked, ShowScorecard):
        return not asked.period or names_a_period(asked.period)
    return isinstance(asked, ShowMeasures) and not isinstance(read_target(asked.target, said.ctx.vocabulary), NoTarget)


def _command(line: str, refs: frozenset[str]) -> str:
    """Return what a line says as a command; "" where it names no measure, or says something else of it."""
    found = _REF.match(line)
    if found is None or ref_key(found["ref"]) not in refs:
        return ""
    rest = line[found.end() :].strip()
    read = read_figure(rest)
    about = not rest.strip("? ") or read.period or read.figure or read.share or read.is_absent
    return f"measure {found['ref']} {rest}".strip() if about else ""
