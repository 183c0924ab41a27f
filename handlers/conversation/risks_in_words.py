"""Scores of risks in plain words, “ORG0009 4 x 5 because two carers left”, and the list of them."""

import re

from handlers.commands.risks import ShowRisks
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.reading.normalise import clean, fold
from handlers.reading.risk_words import read_score
from handlers.reading.targets import NoTarget, read_target
from handlers.responses import Response
from handlers.safeguarding.confirmation import asked_first
from models.plan.risks import risk_refs
from models.rules.refs import ref_key

_REF = re.compile(r"(?:(?:assess|score) )?(?:risk )?(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?:\s|$)", re.IGNORECASE)
_LIST = re.compile(r"(?:show (?:me )?)?(?:the )?(?:risks|risk register)(?![^\W_])")


def risk_in_words(said: IncomingWords) -> Response | None:
    """Score a risk whose ref the words begin with, or list the risks; None for other words."""
    words = clean(said.text)
    if _LIST.match(fold(words)):
        # "Risks to the timetable are in hand" asks for no list.
        asked = said.ctx.parsed(words).command
        if not isinstance(asked, ShowRisks) or isinstance(read_target(asked.target, said.ctx.vocabulary), NoTarget):
            return None
        return answer_text(said.ctx, words)
    found = _REF.match(words)
    if found is None or ref_key(found["ref"]) not in (risk_refs(said.ctx.session) or ()):
        return None
    rest = words[found.end() :].strip()
    read = read_score(rest)
    if rest.strip("? ") and read.likelihood is None and not read.is_number:
        return None
    return asked_first(answer_text(said.ctx, f"risk {found['ref']} {rest}".strip()), said.again)
