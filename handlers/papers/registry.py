"""The board's paper. Every command, press and form of this package."""

from handlers.commands.papers import (
    FreezePapers,
    MakePapers,
    ShowBrief,
    ShowExempt,
    ShowTemplate,
    ThawPapers,
    UseOurTemplate,
)
from handlers.papers import brief, commands, exempt, own_templates
from handlers.reading.paper_commands import read_our_template, read_papers, read_template, reads_meeting
from handlers.registry import CommandEntry, PressEntry
from models.enums import Verb

COMMANDS = (
    CommandEntry(MakePapers, commands.make_papers, (Verb.PAPERS,), reads=True).typed(
        "papers",
        read_papers,
        usage="papers [MEETING] [since]",
        line="The board's paper for a meeting as a Word file, to you alone; or what has changed since it was frozen.",
        examples=("papers", "papers 16 Sep", "papers 16 Sep since"),
        synonyms=("paper", "make the paper", "make the papers"),
    ),
    CommandEntry(FreezePapers, commands.freeze_papers, (Verb.PAPERS,)).typed(
        "freeze papers",
        reads_meeting(FreezePapers),
        usage="freeze papers [MEETING]",
        line="The figures of the paper stand from now on; by themselves at 16:00 on the day papers go out.",
        examples=("freeze papers 16 Sep",),
        synonyms=("freeze the papers", "freeze paper", "freeze the paper"),
    ),
    CommandEntry(ThawPapers, commands.thaw_papers, (Verb.PAPERS,)).typed(
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
    CommandEntry(ShowExempt, exempt.show_exempt, (Verb.EXEMPT,), reads=True).typed(
        "exempt",
        reads_meeting(ShowExempt),
        usage="exempt [MEETING]",
        line="What the paper holds back as not for publication, with its paragraph of Schedule 12A, as a Word file.",
        examples=("exempt", "exempt 16 Sep"),
        synonyms=("exempt items", "exempt file", "exempt papers", "exempt paper"),
    ),
    CommandEntry(ShowTemplate, own_templates.show_template, (Verb.PAPERS,), reads=True).typed(
        "template papers",
        read_template,
        usage="template papers",
        line="The paper's template as a Word file; sent back with “board BOARD papers template”, it is used.",
        examples=("template papers",),
        synonyms=("papers template", "paper template", "template for papers", "template paper"),
    ),
    CommandEntry(UseOurTemplate, own_templates.use_our_template, (Verb.PAPERS,)).typed(
        "template papers ours",
        read_our_template,
        usage="template papers ours [BOARD]",
        line="A board's papers are made from our template again, not from its own.",
        examples=("template papers ours", "template papers ours partnership"),
        synonyms=("papers template ours", "our papers template"),
    ),
)

PRESSES = (
    PressEntry(commands.SendPaper, commands.paper_pressed, (Verb.PAPERS,), repeatable=True),
    PressEntry(exempt.SendExempt, exempt.exempt_pressed, (Verb.EXEMPT,), repeatable=True),
)
