"""A log in the direct conversation: every press and form of this package."""

from handlers.logs import shown_log
from handlers.registry import FormEntry, PressEntry, Replaces
from models.enums import Verb

PRESSES = (
    PressEntry(shown_log.AddLog, shown_log.log_added, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
    PressEntry(shown_log.BoardOfLog, shown_log.board_chosen, (Verb.ADD,), replaces=Replaces.ALWAYS),
    PressEntry(shown_log.AnswerLog, shown_log.questions_form, (Verb.ADD,)),
    PressEntry(shown_log.LogWorkbook, shown_log.workbook_wanted, (Verb.ADD,), repeatable=True),
    PressEntry(shown_log.DiscardLog, shown_log.log_discarded, (Verb.ADD,), replaces=Replaces.ALWAYS),
)

FORMS = (FormEntry(shown_log.AnswerLog, shown_log.answers_sent, (Verb.ADD,)),)
