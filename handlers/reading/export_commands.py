"""Read what follows `export`: the format of the file."""

import re

from handlers.commands import Command
from handlers.commands.actions import ExportPlan
from handlers.commands.questions import Unclear
from handlers.reading.command_arguments import CommandText
from handlers.reading.normalise import plain, quoted

_SMALL = re.compile(r"(?:(?:the|my|our|whole|plan|action|actions|log|and|its|as|an?|to|in|file|workbook)(?![^\W_]) ?)+")
SUFFIXES = {
    "": ".xlsx",
    "xlsx": ".xlsx",
    "xls": ".xlsx",
    "excel": ".xlsx",
    "spreadsheet": ".xlsx",
    "workbook": ".xlsx",
    "csv": ".csv",
    "yaml": ".yaml",
    "yml": ".yaml",
}


def suffix_in(text: str) -> str:
    """Return the suffix of the format that some words name; a workbook's where they name none."""
    return next((SUFFIXES[word] for word in plain(text).split() if word in SUFFIXES), SUFFIXES[""])


def read_export(given: CommandText) -> Command:
    """Read `[xlsx|csv|yaml]`; without it a workbook is meant."""
    words = plain(given.rest)
    small = _SMALL.match(words)
    words = words[small.end() if small else 0 :].lstrip(".").removesuffix(" file").strip()
    if words in SUFFIXES:
        return ExportPlan(SUFFIXES[words])
    say = f"I cannot export as {quoted(given.rest)}: say “/cypp export”, “/cypp export csv” or “/cypp export yaml”."
    return Unclear(given.typed, "export", say)
