"""What is answered: every command and the handler that answers it, on one page.

A handler takes the round (who asks, when, by which way, inside one transaction) and a command, and gives an `Response`.
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
from handlers.commands.people import Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.commands.records import (
    Correct,
    RecordCommand,
    RecordOutcomes,
    Redact,
    Reopen,
    ShowHistory,
    Withhold,
)
from handlers.commands.secretary import (
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
from handlers.context import RequestContext
from handlers.permissions import may, why_not
from handlers.responses import Content, Response, say
from models.enums import Verb

HANDLERS: dict[type[Any], str] = {
    ShowStatus: "status.plan_status.show_status",
    ShowMine: "status.action_lists.show_mine",
    ShowOverdue: "status.action_lists.show_overdue",
    ShowDue: "status.action_lists.show_due",
    ShowOwing: "status.owing.show_owing",
    ShowChanges: "status.changes.show_changes",
    ShowLeaderless: "status.changes.show_leaderless",
    Find: "actions.search.show_found",
    AskAbout: "conversation.open_questions.ask_about",
    WhatFits: "conversation.open_questions.what_fits",
    ShowMeetings: "boards.meeting_list.show_meetings",
    ShowDigest: "status.digest.show_digest",
    Help: "conversation.help.show_help",
    Unclear: "conversation.help.explain",
    Pleasantry: "conversation.help.courtesy",
    Update: "updates.answers.record_answer",
    NoChange: "updates.answers.record_answer",
    Verbal: "updates.answers.record_answer",
    ToFollow: "updates.answers.record_answer",
    ProposeClosure: "updates.answers.record_answer",
    NotOurs: "updates.answers.record_answer",
    Snooze: "updates.answers.snooze",
    Undo: "updates.answers.undo",
    RecordOutcome: "outcomes.batch.record_typed",
    OutcomesRecorded: "outcomes.decisions.outcomes_recorded",
    RecordOutcomes: "outcomes.batch.record_outcomes",
    Reopen: "outcomes.decisions.reopen",
    ShowHistory: "actions.history_view.show_history",
    Correct: "updates.corrections.correct",
    Withhold: "updates.corrections.withhold",
    Redact: "actions.redact.redact",
    Move: "actions.replans.move",
    ChangeMeeting: "boards.meeting_changes.change_meeting",
    TakeActions: "boards.meeting_changes.take_actions",
    Publish: "status.digest.publish",
    AddForm: "actions.additions.show_add",
    AddLines: "actions.additions.add_lines",
    Assign: "actions.assignments.assign",
    HandOver: "people.holders.hand_post_over",
    NameContact: "people.deputies.name_contact",
    NameDeputy: "people.deputies.name_deputy",
    KeepQuiet: "people.quiet_days.be_quiet",
    ShowPeople: "people.people_list.show_people",
    ShowBoard: "boards.board_card.show_board",
    ChangeBoard: "boards.board_settings.change_board",
    Reminders: "boards.reminders.change_reminders",
    ShowOrganisations: "boards.organisations.show_organisations",
    RenameOrganisation: "boards.organisations.rename_organisation",
    CloseOrganisation: "boards.organisations.close_organisation",
    ExportPlan: "actions.export_file.export_plan_file",
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


def handler_of(command: type[Any]) -> Callable[[RequestContext, Any], Response]:
    """What answers a command. Its file is imported when it is first asked: a question from cold needs one of forty."""
    file, _, name = HANDLERS[command].rpartition(".")
    handler: Callable[[RequestContext, Any], Response] = getattr(import_module(f"handlers.{file}"), name)
    return handler


def load() -> None:
    """Imports every handler, for a program that goes on: nobody is to wait for it at their first question."""
    for command in HANDLERS:
        handler_of(command)


def answer_text(ctx: RequestContext, text: str, page: int = 0) -> Response:
    """Answers words as they follow `/cypp`: the near misses that were understood are shown, and where nothing was done
    the whole of what was typed is given back."""
    parsed = ctx.parsed(text)
    command = parsed.command
    if page and isinstance(command, PAGED):
        command = replace(command, page=page)
    given = answer(ctx, command)
    content = given.content
    if not isinstance(content, Content):
        return given
    read_as = tuple(f"Read “{typed}” as {ref}." for typed, ref in parsed.corrections)
    if read_as and read_as[0] not in content.intro:
        content = replace(content, intro=(*read_as, *content.intro))
    if content.typed or (not isinstance(command, READS) and not given.done):
        content = replace(content, typed=text)
    given = replace(given, content=content)
    if not given.doubtful:
        return given
    from handlers.safeguarding.confirmation import BY_COMMAND, asked_first

    return asked_first(given, BY_COMMAND, text)


def answer(ctx: RequestContext, command: Command | RecordCommand) -> Response:
    """Answers one command. Whoever may not even read is told so, whatever they asked."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    return handler_of(type(command))(ctx, command)
