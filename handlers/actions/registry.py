"""The actions themselves: found, added, assigned, moved, on record. Every command, press and form of this package."""

from handlers.actions.add_form import AddOneForm
from handlers.actions.additions import (
    AddAll,
    ChangeLines,
    DiscardLines,
    LinesForm,
    OpenAddForm,
    TakeBack,
    add_lines,
    add_pressed,
    change_pressed,
    discard_pressed,
    form_sent,
    lines_sent,
    open_form,
    show_add,
    take_back,
)
from handlers.actions.assignments import LeaveIt, assign, assign_form, assign_sent, leave_pressed
from handlers.actions.board_transfers import AgreeTransfer, LeaveTransfer, agree_pressed, leave_other_pressed
from handlers.actions.edits import EditForm, EditIt, UndoEdit, edit_back, edit_form, edit_sent
from handlers.actions.export_file import export_plan_file
from handlers.actions.history_view import show_history
from handlers.actions.redact import redact
from handlers.actions.replans import GrantReplan, ReplanIt, move_action, replan_form, replan_pressed, replan_sent
from handlers.actions.search import show_found
from handlers.buttons import AssignIt
from handlers.commands.actions import AddForm, AddLines, ExportPlan, Move
from handlers.commands.people import Assign
from handlers.commands.questions import Find
from handlers.commands.records import Redact, ShowHistory
from handlers.reading.command_arguments import as_parsed, read_add, read_replan
from handlers.reading.export_commands import read_export
from handlers.reading.grammar import Spelling
from handlers.reading.people_commands import read_assign
from handlers.reading.question_commands import read_find
from handlers.reading.record_commands import read_history, read_redact
from handlers.registry import ActionFormEntry, ActionPressEntry, CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        Find,
        show_found,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "find",
                read_find,
                usage="find words",
                line="Actions by any of their words: ref, text, lead, organisation, priority, status, last update.",
                examples=("find advocacy", "find head of education", "find healthy off track"),
                synonyms=("search", "search for", "look for", "look up", "find me"),
            ),
        ),
    ),
    CommandEntry(
        ShowHistory,
        show_history,
        (Verb.READ,),
        reads=True,
        spellings=(
            Spelling(
                "history",
                read_history,
                usage="history REF",
                line="Every entry of an action with its number: who, when, what.",
                examples=("history healthy-5",),
                synonyms=("entries", "log", "audit"),
            ),
        ),
    ),
    CommandEntry(
        Redact,
        redact,
        (Verb.REDACT,),
        spellings=(
            Spelling(
                "redact",
                read_redact,
                usage="redact REF ENTRY because …",
                line="Empty an entry's words everywhere the bot wrote them. Status, date and signature stay.",
                examples=("redact healthy-5 3 because it describes a child",),
                synonyms=("redaction", "erase"),
            ),
        ),
    ),
    CommandEntry(
        Move,
        move_action,
        (Verb.REPLAN, Verb.ASK_REPLAN),
        spellings=(
            Spelling(
                "move",
                read_replan,
                usage="move REF to MEETING because …",
                line="Re-plan an action to another meeting. The first due meeting is kept.",
                examples=("move healthy-5 to 23 Oct because the post is vacant",),
                synonyms=("re-plan", "replan", "re plan", "postpone", "defer", "reschedule", "moved"),
            ),
        ),
    ),
    CommandEntry(
        AddLines,
        add_lines,
        (Verb.ADD,),
        spellings=(
            Spelling(
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
        ),
        also_read_as=(AddForm,),
    ),
    CommandEntry(AddForm, show_add, (Verb.ADD,), reads=True),
    CommandEntry(
        Assign,
        assign,
        (Verb.ASSIGN,),
        spellings=(
            Spelling(
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
        ),
    ),
    CommandEntry(
        ExportPlan,
        export_plan_file,
        (Verb.EXPORT,),
        reads=True,
        spellings=(
            Spelling(
                "export",
                as_parsed(read_export),
                usage="export [xlsx|csv|yaml]",
                line="The plan and its action log as a file, sent to you alone.",
                examples=("export", "export csv", "export yaml"),
                synonyms=("download", "spreadsheet", "workbook", "excel"),
            ),
        ),
    ),
)

PRESSES = (
    ActionPressEntry(AssignIt, assign_form, (Verb.ASSIGN,)),
    ActionPressEntry(LeaveIt, leave_pressed, (Verb.READ,)),
    ActionPressEntry(ReplanIt, replan_form, (Verb.REPLAN,)),
    ActionPressEntry(GrantReplan, replan_pressed, (Verb.REPLAN,)),
    ActionPressEntry(AgreeTransfer, agree_pressed, (Verb.REPLAN,)),
    ActionPressEntry(LeaveTransfer, leave_other_pressed, (Verb.REPLAN,)),
    ActionPressEntry(EditIt, edit_form, (Verb.ADD,)),
    PressEntry(UndoEdit, edit_back, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
    PressEntry(OpenAddForm, open_form, (Verb.ADD,)),
    PressEntry(AddAll, add_pressed, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
    PressEntry(ChangeLines, change_pressed, (Verb.ADD,)),
    PressEntry(DiscardLines, discard_pressed, (Verb.ADD,), replaces=Replaces.ALWAYS),
    PressEntry(TakeBack, take_back, (Verb.ADD,), replaces=Replaces.WHEN_DONE),
)

FORMS = (
    ActionFormEntry(AssignIt, assign_sent, (Verb.ASSIGN,)),
    ActionFormEntry(ReplanIt, replan_sent, (Verb.REPLAN,)),
    ActionFormEntry(EditForm, edit_sent, (Verb.ADD,)),
    FormEntry(AddOneForm, form_sent, (Verb.ADD,)),
    FormEntry(LinesForm, lines_sent, (Verb.ADD,)),
)
