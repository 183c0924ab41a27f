"""Figures of measures in plain words: “m7.1 Q2 72%”, one a line; and the commands about them."""

import re

from handlers.commands.measures import RedactNote, ShowMeasures, ShowScorecard
from handlers.context import RequestContext
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.measures.measure_lists import owed_by_asker
from handlers.reading.measure_words import read_figure
from handlers.reading.normalise import clean, fold
from handlers.reading.targets import NoTarget, read_target
from handlers.responses import Response, answer_beside
from models.plan.measures import measure_refs
from models.rules.periods import names_a_period, read_period
from models.rules.refs import ref_key

_REF = re.compile(r"(?:(?:measure|measures|indicator) )?(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?:\s|$)", re.IGNORECASE)
_LIST = re.compile(r"(?:show (?:me )?)?(?:the )?(?:measures|indicators|scorecard)(?![^\W_])")
_MEASURES = r"(?:of )?(?:the |our )?(?:measures?|indicators?|figures)"
_WENT = r"(?:improved?|moved?|changed?|worsened|g(?:o|e)t(?:ting)? (?:better|worse)|go(?:ne)? (?:up|down))"
_ASKS = re.compile(
    rf"(?:(?:has|have|did|is|are) (?:any(?:thing| {_MEASURES})|{_MEASURES}) (?:been )?{_WENT}|"
    rf"(?:which|what) {_MEASURES} (?:have |has |are |did )?{_WENT}|"
    r"(?:did|has|have|does|is) (?:it|this|that|the plan|we|any of (?:it|this|that))(?: all)? (?:moved?|changed?|moving|"
    r"changing) anything)(?: for (?:the )?children)?"
)
"""Whether anything has moved: which the scorecard answers."""
_REDACT = re.compile(r"(?:measure redact|redact (?:the )?measure) ")
_MOST_LINES = 10


def figures_in_words(said: IncomingWords) -> Response | None:
    """Record a figure a line, where each line begins with a measure's ref, or list measures; None for other words.

    A period and a figure alone are of the one figure that the writer owes for it.
    """
    if _ASKS.fullmatch(fold(clean(said.text)).strip(" ?.!")) and measure_refs(said.ctx.session) is not None:
        return answer_text(said.ctx, "scorecard")
    if _REDACT.match(fold(clean(said.text))) and isinstance(said.ctx.parsed(clean(said.text)).command, RedactNote):
        return answer_text(said.ctx, clean(said.text))
    if _LIST.match(fold(clean(said.text))) and _is_list(said):
        return answer_text(said.ctx, clean(said.text))
    lines = [line.strip() for line in said.text.splitlines() if line.strip()]
    if not 0 < len(lines) <= _MOST_LINES or (refs := measure_refs(said.ctx.session)) is None:
        return None
    asked = [_command(clean(line), refs) for line in lines]
    if len(lines) == 1 and not asked[0]:
        asked = [_of_the_one_owed(said.ctx, clean(lines[0]))]
    if not all(asked):
        return None
    given = [answer_text(said.ctx, words) for words in asked]
    whole = given[-1]
    for one in reversed(given[:-1]):
        whole = answer_beside(one, whole)
    return whole


def _of_the_one_owed(ctx: RequestContext, line: str) -> str:
    """Return "Q2 72%" as a command for the only figure that the writer owes, where it is for that period."""
    read = read_figure(line)
    if not read.period or not (read.figure or read.share or read.is_absent) or read.note:
        return ""
    owed = [
        measure.ref
        for measure, period in owed_by_asker(ctx)
        if read_period(read.period, measure.period, ctx.today) == period
    ]
    return f"measure {owed[0]} {line}" if len(owed) == 1 else ""


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
