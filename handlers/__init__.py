"""What is answered: every command and the handler that answers it, on one page.

A handler takes the round (who asks, when, by which way, inside one transaction) and a command, and gives an `Answer`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from handlers.adding import add_lines, show_add
from handlers.asking import ask_about, what_fits
from handlers.assigning import assign
from handlers.board_meetings import change_meeting, take_actions
from handlers.board_settings import change_board
from handlers.boards import show_board
from handlers.closing_several import record_outcomes, record_typed
from handlers.closure import outcomes_recorded, reopen
from handlers.commands import (
    AskAbout,
    ChangeMeeting,
    Command,
    Find,
    Help,
    Move,
    NoChange,
    NotOurs,
    OutcomesRecorded,
    Pleasantry,
    ProposeClosure,
    Publish,
    RecordOutcome,
    ShowDigest,
    ShowDue,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowStatus,
    Snooze,
    TakeActions,
    ToFollow,
    Unclear,
    Undo,
    Update,
    Verbal,
    WhatFits,
)
from handlers.context import Round
from handlers.correcting import correct, withhold
from handlers.deputies import name_contact, name_deputy
from handlers.digest import publish, show_digest
from handlers.exporting import export_plan_file
from handlers.finding import show_found
from handlers.grammar import parse
from handlers.help import courtesy, explain, show_help
from handlers.holders import hand_post_over
from handlers.identifying import BY_COMMAND, asked_first
from handlers.lists import show_due, show_mine, show_overdue
from handlers.meetings import show_meetings
from handlers.organisations import close_organisation, rename_organisation, show_organisations
from handlers.owing import show_owing
from handlers.people import show_people
from handlers.people_commands import Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.permissions import may, why_not
from handlers.quiet import be_quiet
from handlers.record import show_history
from handlers.record_commands import (
    Correct,
    RecordCommand,
    RecordOutcomes,
    Redact,
    Reopen,
    ShowHistory,
    Withhold,
)
from handlers.redacting import redact
from handlers.reminders import change_reminders
from handlers.replan import move
from handlers.replies import Answer, Reply, say
from handlers.secretary_commands import (
    AddForm,
    AddLines,
    ChangeBoard,
    CloseOrganisation,
    ExportPlan,
    Reminders,
    RenameOrganisation,
    ShowBoard,
    ShowOrganisations,
)
from handlers.status import show_status
from handlers.updates import record_answer, snooze, undo
from models.enums import Verb

HANDLERS: dict[type[Any], Callable[[Round, Any], Answer]] = {
    ShowStatus: show_status,
    ShowMine: show_mine,
    ShowOverdue: show_overdue,
    ShowDue: show_due,
    ShowOwing: show_owing,
    Find: show_found,
    AskAbout: ask_about,
    WhatFits: what_fits,
    ShowMeetings: show_meetings,
    ShowDigest: show_digest,
    Help: show_help,
    Unclear: explain,
    Pleasantry: courtesy,
    Update: record_answer,
    NoChange: record_answer,
    Verbal: record_answer,
    ToFollow: record_answer,
    ProposeClosure: record_answer,
    NotOurs: record_answer,
    Snooze: snooze,
    Undo: undo,
    RecordOutcome: record_typed,
    OutcomesRecorded: outcomes_recorded,
    RecordOutcomes: record_outcomes,
    Reopen: reopen,
    ShowHistory: show_history,
    Correct: correct,
    Withhold: withhold,
    Redact: redact,
    Move: move,
    ChangeMeeting: change_meeting,
    TakeActions: take_actions,
    Publish: publish,
    AddForm: show_add,
    AddLines: add_lines,
    Assign: assign,
    HandOver: hand_post_over,
    NameContact: name_contact,
    NameDeputy: name_deputy,
    KeepQuiet: be_quiet,
    ShowPeople: show_people,
    ShowBoard: show_board,
    ChangeBoard: change_board,
    Reminders: change_reminders,
    ShowOrganisations: show_organisations,
    RenameOrganisation: rename_organisation,
    CloseOrganisation: close_organisation,
    ExportPlan: export_plan_file,
}

READS = (
    ShowHistory,
    AddForm,
    AskAbout,
    ExportPlan,
    Find,
    Help,
    Pleasantry,
    ShowBoard,
    ShowDigest,
    ShowDue,
    ShowMeetings,
    ShowMine,
    ShowOrganisations,
    ShowOverdue,
    ShowOwing,
    ShowPeople,
    ShowStatus,
    Unclear,
    WhatFits,
)
"""Commands that change nothing."""

PAGED = (Find, ShowHistory, ShowDue, ShowMine, ShowOverdue, ShowOwing, ShowPeople, ShowStatus)
"""Commands whose answer may be longer than a page."""


def answer_words(asked: Round, text: str, page: int = 0) -> Answer:
    """Answers words as they follow `/cypp`: the near misses that were understood are shown, and where nothing was done
    the whole of what was typed is given back."""
    parsed = parse(text, asked.vocabulary, asked.today)
    command = parsed.command
    if page and isinstance(command, PAGED):
        command = replace(command, page=page)
    given = answer(asked, command)
    reply = given.reply
    if not isinstance(reply, Reply):
        return given
    read_as = tuple(f"Read “{typed}” as {ref}." for typed, ref in parsed.corrections)
    if read_as and read_as[0] not in reply.intro:
        reply = replace(reply, intro=(*read_as, *reply.intro))
    if not isinstance(command, READS) and not given.done:
        reply = replace(reply, typed=text)
    return asked_first(replace(given, reply=reply), BY_COMMAND, text)


def answer(asked: Round, command: Command | RecordCommand) -> Answer:
    """Answers one command. Whoever may not even read is told so, whatever they asked."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    return HANDLERS[type(command)](asked, command)
