"""What people can ask, as frozen command objects by subject. The grammar makes them, the registry knows who answers."""

from handlers.commands.actions import AddForm, AddLines, ExportPlan, Move
from handlers.commands.answers import (
    GiveUpdate,
    NoChange,
    NotOurs,
    ProposeClosure,
    SnoozeAction,
    ToFollow,
    Undo,
    Verbal,
)
from handlers.commands.boards import (
    ChangeBoard,
    ChangeMeeting,
    CloseOrganisation,
    Publish,
    Reminders,
    RenameOrganisation,
    ShowBoard,
    ShowOrganisations,
    TakeActions,
)
from handlers.commands.outcomes import OutcomesRecorded, RecordOutcome, RecordOutcomes, Reopen
from handlers.commands.people import Assign, HandOver, KeepQuiet, NameContact, NameDeputy, ShowPeople
from handlers.commands.questions import (
    AskAbout,
    Find,
    Help,
    Pleasantry,
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowLeaderless,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowStatus,
    Unclear,
    WhatFits,
)
from handlers.commands.records import Correct, Redact, ShowHistory, Withhold

Command = (
    ShowStatus
    | ShowMine
    | ShowOverdue
    | ShowDue
    | ShowOwing
    | ShowChanges
    | ShowLeaderless
    | Find
    | AskAbout
    | WhatFits
    | ShowMeetings
    | ShowDigest
    | Help
    | Unclear
    | Pleasantry
    | GiveUpdate
    | NoChange
    | Verbal
    | ToFollow
    | ProposeClosure
    | NotOurs
    | SnoozeAction
    | Undo
    | RecordOutcome
    | RecordOutcomes
    | OutcomesRecorded
    | Reopen
    | ShowHistory
    | Correct
    | Withhold
    | Redact
    | AddForm
    | AddLines
    | Move
    | ExportPlan
    | ChangeMeeting
    | TakeActions
    | ShowBoard
    | ChangeBoard
    | Reminders
    | Publish
    | ShowOrganisations
    | RenameOrganisation
    | CloseOrganisation
    | Assign
    | HandOver
    | NameContact
    | NameDeputy
    | KeepQuiet
    | ShowPeople
)
