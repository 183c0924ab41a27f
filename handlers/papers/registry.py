"""The board's paper, its front sheet and clearances. Every command, press and form of this package."""

from handlers.commands.papers import (
    FreezePapers,
    MakePapers,
    PutInBrief,
    RecordClearances,
    SetFront,
    ShowBrief,
    ShowClearances,
    ShowExempt,
    ShowFront,
    ShowTemplate,
    TakeOutOfBrief,
    ThawPapers,
    UseOurTemplate,
)
from handlers.papers import (
    brief,
    brief_lines,
    clearance_forms,
    clearance_records,
    clearances,
    commands,
    exempt,
    front_commands,
    held_words,
    own_templates,
    report_undo,
)
from handlers.reading.paper_commands import (
    read_clearance,
    read_front,
    read_papers,
    reads_brief_line,
    reads_meeting,
    reads_our_template,
    reads_template,
)
from handlers.registry import ActionPressEntry, CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(
        MakePapers, commands.make_papers, (Verb.PAPERS,), reads=True, also_read_as=(ShowFront, SetFront)
    ).typed(
        "papers",
        read_papers,
        usage="papers [MEETING] [since|front]",
        line="The board's paper for a meeting as a Word file, to you alone; what has changed since; its front sheet.",
        examples=("papers", "papers 16 Sep", "papers 16 Sep since", "papers 16 Sep front"),
        synonyms=("paper", "make the paper", "make the papers"),
    ),
    CommandEntry(FreezePapers, commands.freeze_papers, (Verb.PAPERS,), shown_by="meetings").typed(
        "freeze papers",
        reads_meeting(FreezePapers),
        usage="freeze papers [MEETING]",
        line="The figures of the paper stand from now on; by themselves at 16:00 on the day papers go out.",
        examples=("freeze papers 16 Sep",),
        synonyms=("freeze the papers", "freeze paper", "freeze the paper"),
    ),
    CommandEntry(ThawPapers, commands.thaw_papers, (Verb.PAPERS,), shown_by="meetings").typed(
        "thaw papers",
        reads_meeting(ThawPapers),
        usage="thaw papers [MEETING]",
        line="The figures may change again; the paper is then frozen as “Revised 2”.",
        examples=("thaw papers 16 Sep",),
        synonyms=("thaw the papers", "thaw paper", "thaw the paper", "unfreeze papers"),
    ),
    CommandEntry(ShowBrief, brief.show_brief, (Verb.BRIEF,), reads=True).typed(
        "brief",
        reads_meeting(ShowBrief),
        usage="brief [MEETING]",
        line="The chair's brief: decisions to come, the worst three with a question each, who was not heard from.",
        examples=("brief", "brief 16 Sep"),
        synonyms=("chair's brief", "chairs brief", "briefing", "my brief"),
    ),
    CommandEntry(PutInBrief, brief_lines.put_in_brief, (Verb.PAPERS,)).typed(
        "brief add",
        reads_brief_line("brief add"),
        usage="brief add REF [ENTRY] [for MEETING]",
        line="Put an action in the chair's brief, with its lead's post and the words of an update.",
        examples=("brief add healthy-5", "brief add healthy-5 1"),
        synonyms=("brief put",),
    ),
    CommandEntry(TakeOutOfBrief, brief_lines.take_out_of_brief, (Verb.PAPERS,)).typed(
        "brief remove",
        reads_brief_line("brief remove"),
        usage="brief remove REF [for MEETING]",
        line="Take an action out of the chair's brief again.",
        examples=("brief remove healthy-5",),
        synonyms=("brief take out",),
    ),
    CommandEntry(ShowExempt, exempt.show_exempt, (Verb.EXEMPT,), reads=True).typed(
        "exempt",
        reads_meeting(ShowExempt),
        usage="exempt [MEETING]",
        line="What the paper holds back as not for publication, with its paragraph of Schedule 12A, as a Word file.",
        examples=("exempt", "exempt 16 Sep"),
        synonyms=("exempt items", "exempt file", "exempt papers", "exempt paper"),
    ),
    CommandEntry(ShowTemplate, own_templates.show_template, (Verb.PAPERS,), reads=True)
    .typed(
        "template papers",
        reads_template("paper"),
        usage="template papers",
        line="The paper's template as a Word file; sent back with “board BOARD papers template”, it is used.",
        examples=("template papers",),
        synonyms=("papers template", "paper template", "template for papers", "template paper"),
    )
    .typed(
        "template front sheet",
        reads_template("front"),
        usage="template front sheet",
        line="The front sheet's template as a Word file; with “board BOARD front sheet template” it is used.",
        examples=("template front sheet",),
        synonyms=("front sheet template", "front page template", "template front page", "template for front sheets"),
    ),
    CommandEntry(UseOurTemplate, own_templates.use_our_template, (Verb.PAPERS,), shown_by="board")
    .typed(
        "template papers ours",
        reads_our_template("paper"),
        usage="template papers ours [BOARD]",
        line="A board's papers are made from our template again, not from its own.",
        examples=("template papers ours", "template papers ours partnership"),
        synonyms=("papers template ours", "our papers template"),
    )
    .typed(
        "template front sheet ours",
        reads_our_template("front"),
        usage="template front sheet ours [BOARD]",
        line="A board's front sheets are made from our template again, not from its own.",
        examples=("template front sheet ours partnership",),
        synonyms=("front sheet template ours", "our front sheet template"),
    ),
    CommandEntry(ShowFront, front_commands.show_front, (Verb.PAPERS,), reads=True, also_read_as=(SetFront,)).typed(
        "front sheet",
        read_front,
        usage="front sheet [MEETING]",
        line="The front sheet of a meeting's report as a Word file, and forms that fill it in.",
        examples=(
            "front sheet 16 Sep",
            "front sheet 16 Sep wards: All wards",
            "front sheet always portfolio: Children",
        ),
        synonyms=("front page", "the front sheet"),
    ),
    CommandEntry(SetFront, front_commands.set_front, (Verb.PAPERS,)),
    CommandEntry(
        ShowClearances,
        clearances.show_clearances,
        (Verb.PAPERS, Verb.CLEARANCE),
        reads=True,
        also_read_as=(RecordClearances,),
    ).typed(
        "clearance",
        read_clearance,
        usage="clearance [MEETING] [WHICH] [sent|cleared|n/a] [REFERENCE] [on DAY]",
        line="Who has cleared a meeting's report; what was sent, and what came back.",
        examples=(
            "clearance 16 Sep",
            "clearance finance by Head of Finance",
            "clearance finance sent",
            "clearance finance cleared FD6114/20",
            "clearance legal n/a",
        ),
        synonyms=("clearances",),
    ),
    CommandEntry(RecordClearances, clearance_records.record_clearances, (Verb.CLEARANCE,)),
)

PRESSES = (
    PressEntry(held_words.SendPaper, commands.paper_pressed, (Verb.PAPERS,), repeatable=True),
    ActionPressEntry(brief_lines.PutIn, brief_lines.put_in_pressed, (Verb.PAPERS,), replaces=Replaces.WHEN_DONE),
    PressEntry(exempt.SendExempt, exempt.exempt_pressed, (Verb.EXEMPT,), repeatable=True),
    PressEntry(front_commands.FillFront, front_commands.front_form, (Verb.PAPERS,)),
    PressEntry(clearances.AnswerClearance, clearance_forms.clearance_form, (Verb.CLEARANCE,)),
    PressEntry(clearances.NotApplicable, clearance_forms.not_applicable_pressed, (Verb.CLEARANCE,)),
    PressEntry(report_undo.UndoReport, report_undo.undo_report, (Verb.CLEARANCE,), replaces=Replaces.WHEN_DONE),
)

FORMS = (
    FormEntry(front_commands.FillFront, front_commands.front_sent, (Verb.PAPERS,)),
    FormEntry(clearances.AnswerClearance, clearance_forms.clearance_sent, (Verb.CLEARANCE,)),
)
