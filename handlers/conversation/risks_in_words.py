"""Scores of risks in plain words: “ORG0009 4 x 5 because two carers left”."""

import re

from handlers.commands.risks import RedactRisk
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.reading.normalise import clean
from handlers.reading.risk_words import read_score
from handlers.responses import Response
from handlers.safeguarding.confirmation import asked_first
from models.plan.risks import risk_refs
from models.rules.refs import ref_key

_REF = re.compile(r"(?:(?:assess|score) )?(?:risk )?(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?:\s|$)", re.IGNORECASE)
_REDACT = re.compile(r"(?:risk redact|redact (?:the )?risk)(?![^\W_])", re.IGNORECASE)


def risk_in_words(said: IncomingWords) -> Response | None:
    """Score a risk whose ref the words begin with, or redact its reason; None for other words."""
    words = clean(said.text)
    if _REDACT.match(words) and isinstance(said.ctx.parsed(words).command, RedactRisk):
        return answer_text(said.ctx, words)
    found = _REF.match(words)
    if found is None or ref_key(found["ref"]) not in (risk_refs(said.ctx.session) or ()):
        return None
    rest = words[found.end() :].strip()
    read = read_score(rest)
    if rest.strip("? ") and read.likelihood is None and not read.is_number:
        return None
    return asked_first(answer_text(said.ctx, f"risk {found['ref']} {rest}".strip()), said.again)
