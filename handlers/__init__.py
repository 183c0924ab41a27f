"""What is answered: every command and the handler that answers it, on one page.

A handler takes the round (who asks, when, by which way, inside one transaction) and a command, and gives an `Answer`.
"""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

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
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowLeaderless,
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
from handlers.people_commands import Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.permissions import may, why_not
from handlers.record_commands import (
    Correct,
    RecordCommand,
    RecordOutcomes,
    Redact,
    Reopen,
    ShowHistory,
    Withhold,
)
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
from models.enums import Verb

HANDLERS: dict[type[Any], str] = {
    ShowStatus: "status.show_status",
    ShowMine: "lists.show_mine",
    ShowOverdue: "lists.show_overdue",
    ShowDue: "lists.show_due",
    ShowOwing: "owing.show_owing",
    ShowChanges: "changes.show_changes",
    ShowLeaderless: "changes.show_leaderless",
    Find: "finding.show_found",
    AskAbout: "asking.ask_about",
    WhatFits: "asking.what_fits",
    ShowMeetings: "meetings.show_meetings",
    ShowDigest: "digest.show_digest",
    Help: "help.show_help",
    Unclear: "help.explain",
    Pleasantry: "help.courtesy",
    Update: "updates.record_answer",
    NoChange: "updates.record_answer",
    Verbal: "updates.record_answer",
    ToFollow: "updates.record_answer",
    ProposeClosure: "updates.record_answer",
    NotOurs: "updates.record_answer",
    Snooze: "updates.snooze",
    Undo: "updates.undo",
    RecordOutcome: "closing_several.record_typed",
    OutcomesRecorded: "closure.outcomes_recorded",
    RecordOutcomes: "closing_several.record_outcomes",
    Reopen: "closure.reopen",
    ShowHistory: "record.show_history",
    Correct: "correcting.correct",
    Withhold: "correcting.withhold",
    Redact: "redacting.redact",
    Move: "replan.move",
    ChangeMeeting: "board_meetings.change_meeting",
    TakeActions: "board_meetings.take_actions",
    Publish: "digest.publish",
    AddForm: "adding.show_add",
    AddLines: "adding.add_lines",
    Assign: "assigning.assign",
    HandOver: "holders.hand_post_over",
    NameContact: "deputies.name_contact",
    NameDeputy: "deputies.name_deputy",
    KeepQuiet: "quiet.be_quiet",
    ShowPeople: "people.show_people",
    ShowBoard: "boards.show_board",
    ChangeBoard: "board_settings.change_board",
    Reminders: "reminders.change_reminders",
    ShowOrganisations: "organisations.show_organisations",
    RenameOrganisation: "organisations.rename_organisation",
    CloseOrganisation: "organisations.close_organisation",
    ExportPlan: "exporting.export_plan_file",
}
"""By command, the handler: its file in this folder, and its name there."""

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
    ShowChanges,
    ShowLeaderless,
    ShowOwing,
    ShowPeople,
    ShowStatus,
    Unclear,
    WhatFits,
)
"""Commands that change nothing."""

PAGED = (
    Find,
    ShowChanges,
    ShowHistory,
    ShowDue,
    ShowLeaderless,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowPeople,
    ShowStatus,
)
"""Commands whose answer may be longer than a page."""


def handler_of(command: type[Any]) -> Callable[[Round, Any], Answer]:
    """What answers a command. Its file is imported when it is first asked: a question from cold needs one of forty."""
    file, _, name = HANDLERS[command].partition(".")
    handler: Callable[[Round, Any], Answer] = getattr(import_module(f"handlers.{file}"), name)
    return handler


def load() -> None:
    """Imports every handler, for a program that goes on: nobody is to wait for it at their first question."""
    for command in HANDLERS:
        handler_of(command)


def answer_words(asked: Round, text: str, page: int = 0) -> Answer:
    """Answers words as they follow `/cypp`: the near misses that were understood are shown, and where nothing was done
    the whole of what was typed is given back."""
    parsed = asked.parsed(text)
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
    if reply.typed or (not isinstance(command, READS) and not given.done):
        reply = replace(reply, typed=text)
    given = replace(given, reply=reply)
    if not given.doubtful:
        return given
    from handlers.identifying import BY_COMMAND, asked_first

    return asked_first(given, BY_COMMAND, text)


def answer(asked: Round, command: Command | RecordCommand) -> Answer:
    """Answers one command. Whoever may not even read is told so, whatever they asked."""
    if not may(asked.roles, Verb.READ):
        return say(why_not(Verb.READ))
    return handler_of(type(command))(asked, command)
