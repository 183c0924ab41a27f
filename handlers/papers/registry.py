"""The board's paper. Every command, press and form of this package."""

from handlers.commands.papers import MakePapers
from handlers.papers import commands
from handlers.reading.paper_commands import read_papers
from handlers.registry import CommandEntry
from models.enums import Verb

COMMANDS = (
    CommandEntry(MakePapers, commands.make_papers, (Verb.PAPERS,), reads=True).typed(
        "papers",
        read_papers,
        usage="papers [MEETING]",
        line="The board's paper for a meeting as a Word file, sent to you alone.",
        examples=("papers", "papers 16 Sep"),
        synonyms=("paper", "board paper", "board papers", "make the paper", "make the papers"),
    ),
)

PRESSES = ()
