"""Read what follows `risks` and `risk`."""

import re

from handlers.commands.questions import Unclear
from handlers.commands.risks import AssessRisk, RedactRisk, ShowRisks
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.question_commands import subject_of
from handlers.reading.risk_words import read_score

_REF = re.compile(r"(?:(?:the|for|risk|ref) )*(?P<ref>[^\s,:;=]{1,64}?)[,:;=]?(?=\s|$)", re.IGNORECASE)
_BECAUSE = re.compile(r"^[ ,;:.–-]*(?:because|since|as)(?![^\W_])", re.IGNORECASE)


def read_risks(given: CommandText) -> Parsed:
    """Read `[priority, theme or risk]`, which stays as typed."""
    return Parsed(ShowRisks(subject_of(given)))


def read_redact_risk(given: CommandText) -> Parsed:
    """Read `REF because …`; the handler asks for a missing reason."""
    found = _REF.match(given.rest.strip())
    if found is None:
        say = "Say which risk: “/cypp risk redact ORG0009 because it describes a child”."
        return Parsed(Unclear(given.typed, "risk redact", say))
    reason = _BECAUSE.sub("", given.rest.strip()[found.end() :], count=1)
    return Parsed(RedactRisk(found["ref"], reason.strip(" ,:;=\n")))


def read_risk(given: CommandText) -> Parsed:
    """Read `REF 4 x 5 because …`; a ref alone, or with a question, shows the risk."""
    found = _REF.match(given.rest.strip())
    if found is None:
        say = "Say which risk and how it is scored: “/cypp risk ORG0009 4 x 5 because …”; “/cypp risks” lists them."
        return Parsed(Unclear(given.typed, "risk", say))
    words = given.rest.strip()[found.end() :].strip(" ,:;=\n")
    read = read_score(words)
    if read.likelihood is not None and read.impact is not None:
        command = AssessRisk(found["ref"], read.likelihood, read.impact, read.printed, read.reason, given.rest.strip())
        return Parsed(command)
    if read.is_number:
        say = f"A score is computed: say likelihood × impact, as in “/cypp risk {found['ref']} 4 x 5 because …”."
        return Parsed(Unclear(given.typed, "risk", say))
    return Parsed(ShowRisks(subject_of(given)))
