"""Risks. Every command, press and form of this package."""

from handlers.commands.risks import AssessRisk, RedactRisk, ShowRisks
from handlers.reading.risk_commands import read_redact_risk, read_risk, read_risks
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from handlers.risks import assess, redacted_reason, risk_lists
from models.enums import Verb

COMMANDS = (
    CommandEntry(ShowRisks, risk_lists.show_risks, (Verb.READ,), reads=True).typed(
        "risks",
        read_risks,
        usage="risks [priority, theme or risk]",
        line="What may keep the plan from what it is to do: how each risk is scored, and which way it went.",
        examples=("risks", "risks priority 7"),
        synonyms=("the risks", "show risks", "risk register", "the risk register"),
    ),
    CommandEntry(AssessRisk, assess.assess_risk, (Verb.RISK,), also_read_as=(ShowRisks,)).typed(
        "risk",
        read_risk,
        usage="risk REF LIKELIHOOD x IMPACT because …",
        line="A risk's score, each number 1 to 5, by whoever it belongs to or a secretary; without a score, the risk.",
        examples=("risk ORG0009 4 x 5 because two carers left", "risk ORG0009"),
        synonyms=("assess risk", "score risk"),
    ),
    CommandEntry(RedactRisk, redacted_reason.redact_risk, (Verb.REDACT,)).typed(
        "risk redact",
        read_redact_risk,
        usage="risk redact REF because …",
        line="The reason of a risk's last assessment is emptied everywhere; the score stays.",
        examples=("risk redact ORG0009 because it describes a child",),
        synonyms=("redact risk", "redact the risk"),
    ),
)

PRESSES = (
    PressEntry(assess.AssessRiskForm, assess.assess_form, (Verb.RISK,)),
    PressEntry(assess.StillRisk, assess.still_so, (Verb.RISK,)),
    PressEntry(assess.UndoRisk, assess.undo_risk, (Verb.RISK,), replaces=Replaces.WHEN_DONE),
)

FORMS = (FormEntry(assess.AssessRiskForm, assess.assessment_sent, (Verb.RISK,)),)
