"""The actions themselves: found, added, assigned, moved, on record. Every command, press and form of this package."""

from handlers.actions import (
    add_form,
    additions,
    assignments,
    board_transfers,
    edits,
    export_file,
    history_view,
    redact,
    replans,
    search,
    taking_back,
)
from handlers.buttons import AssignIt
from handlers.commands.actions import AddForm, AddLines, ExportPlan, Move
from handlers.commands.people import Assign
from handlers.commands.questions import Find
from handlers.commands.records import Redact, ShowHistory
from handlers.reading.command_arguments import as_parsed, read_add, read_replan
from handlers.reading.export_commands import read_export
from handlers.reading.people_commands import read_assign
from handlers.reading.question_commands import read_find
from handlers.reading.record_commands import read_history, read_redact
from handlers.registry import ActionFormEntry, ActionPressEntry, CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(Find, search.show_found, (Verb.READ,), reads=True).typed(
        "find",
        read_find,
        usage="find words",
        line="Actions by any of their words: ref, text, lead, organisation, priority, status, last update.",
        examples=("find advocacy", "find head of education", "find healthy off track"),
        synonyms=("search", "search for", "look for", "look up", "find me"),
    ),
    CommandEntry(ShowHistory, history_view.show_history, (Verb.READ,), reads=True).typed(
        "history",
        read_history,
        usage="history REF",
        line="Every entry of an action with its number: who, when, what.",
        examples=("history healthy-5",),
        synonyms=("entries", "log", "audit"),
    ),
    CommandEntry(Redact, redact.redact, (Verb.REDACT,)).typed(
        "redact",
        read_redact,
        usage="redact REF ENTRY because …",
        line="Empty an entry's words everywhere the bot wrote them. Status, date and signature stay.",
        examples=("redact healthy-5 3 because it describes a child",),
        synonyms=("redaction", "erase"),
    ),
    CommandEntry(
        Move, replans.move_action, (Verb.REPLAN, Verb.ASK_REPLAN), pressed=(("Re-plan…", replans.ReplanIt),)
    ).typed(
        "move",
        read_replan,
        usage="move REF to MEETING because …",
        line="Re-plan an action to another meeting. The first due meeting is kept.",
        examples=("move healthy-5 to 23 Oct because the post is vacant",),
        synonyms=("re-plan", "replan", "re plan", "postpone", "defer", "reschedule", "moved"),
    ),
    CommandEntry(AddLines, additions.add_lines, (Verb.ADD,), also_read_as=(AddForm,), shown_by="status").typed(
        "add",
        read_add,
        usage="add POST: words by DATE or MEETING",
        line="Add an action to your board's list, or several, one a line; alone it opens a form. "
        "Shown before it is added.",
        examples=(
            "add Head of Education: publish the guide by 8 Dec",
            "add to partnership: publish the guide, lead Head of Education, due next",
            "add all partners except police: send in the figures by 2 Oct",
        ),
        synonyms=("new action", "add action", "add actions"),
    ),
    CommandEntry(AddForm, additions.show_add, (Verb.ADD,), reads=True),
    CommandEntry(Assign, assignments.assign, (Verb.ASSIGN,), pressed=(("Assign…", AssignIt),)).typed(
        "assign",
        read_assign,
        usage="assign REF[, REF] to POST [because …]",
        line="Give actions to another lead. Both sides are told.",
        examples=(
            "assign healthy-5 to Head of Education",
            "assign healthy-5, healthy-8 to police because the duty moved",
        ),
        synonyms=("reassign", "re-assign"),
    ),
    CommandEntry(ExportPlan, export_file.export_plan_file, (Verb.EXPORT,), reads=True).typed(
        "export",
        as_parsed(read_export),
        usage="export [xlsx|csv|yaml]",
        line="The plan and its action log as a file, sent to you alone.",
        examples=("export", "export csv", "export yaml"),
        synonyms=("download", "spreadsheet", "workbook", "excel"),
    ),
)

PRESSES = (
    ActionPressEntry(AssignIt, assignments.assign_form, (Verb.ASSIGN,)),
    ActionPressEntry(assignments.LeaveIt, assignments.leave_pressed, (Verb.READ,)),
    PressEntry(assignments.UndoLeads, assignments.undo_leads, (Verb.ASSIGN,), replaces=Replaces.WHEN_DONE),
    ActionPressEntry(replans.ReplanIt, replans.replan_form, (Verb.REPLAN,)),
    ActionPressEntry(replans.GrantReplan, replans.replan_pressed, (Verb.REPLAN,)),
    ActionPressEntry(board_transfers.AgreeTransfer, board_transfers.agree_pressed, (Verb.REPLAN,)),
    ActionPressEntry(board_transfers.LeaveTransfer, board_transfers.leave_other_pressed, (Verb.REPLAN,)),
    ActionPressEntry(edits.EditIt, edits.edit_form, (Verb.ADD,)),
    PressEntry(taking_back.UndoOutcomes, taking_back.undo_outcomes, (Verb.OUTCOME,), replaces=Replaces.WHEN_DONE),
    PressEntry(taking_back.UndoOneOutcome, taking_back.undo_outcomes, (Verb.OUTCOME,)),
    PressEntry(taking_back.UndoReplans, taking_back.undo_replans, (Verb.REPLAN,), replaces=Replaces.WHEN_DONE),
    PressEntry(taking_back.UndoOneReplan, taking_back.undo_replans, (Verb.REPLAN,)),
    PressEntry(edits.UndoEdit, edits.edit_back, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
    PressEntry(additions.OpenAddForm, additions.open_form, (Verb.ADD,)),
    PressEntry(additions.AddAll, additions.add_pressed, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
    PressEntry(additions.ChangeLines, additions.change_pressed, (Verb.ADD,)),
    PressEntry(additions.DiscardLines, additions.discard_pressed, (Verb.ADD,), replaces=Replaces.ALWAYS),
    PressEntry(additions.TakeBack, additions.take_back, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
)

FORMS = (
    ActionFormEntry(AssignIt, assignments.assign_sent, (Verb.ASSIGN,)),
    ActionFormEntry(replans.ReplanIt, replans.replan_sent, (Verb.REPLAN,)),
    ActionFormEntry(edits.EditForm, edits.edit_sent, (Verb.ADD,)),
    FormEntry(add_form.AddOneForm, additions.form_sent, (Verb.ADD,)),
    FormEntry(additions.LinesForm, additions.lines_sent, (Verb.ADD,)),
)
