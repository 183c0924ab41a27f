"""Read what follows `board`: one board's settings, shown or changed one at a time; and reminders.

Source: docs/reference/settings.md, A board.
"""

import re
from dataclasses import dataclass

from handlers.commands import Command
from handlers.commands.boards import ChangeBoard, Reminders, Setting, ShowBoard
from handlers.commands.questions import Unclear
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.command_arguments import CommandText
from handlers.reading.normalise import NUMBER_WORDS, clean, fold, plain, quoted
from models.enums import Nation

MOST_DAYS = 60
"""The same limit as in a plan file (`models.files.planfile.fields.PlanDays`)."""
_EXAMPLES = {
    Setting.PAPERS: "papers 7 working days",
    Setting.UPDATES: "updates due 5 days",
    Setting.ASK: "ask for all open",
    Setting.PUBLISH: "publish at once",
    Setting.CLOSED: "closed 28/12 to 1/1 because the offices are shut",
    Setting.OPEN: "open 28/12",
    Setting.NATION: "nation Scotland",
    Setting.CHANNEL: "channel #partnership",
    Setting.SECRETARY: "secretary Committee Officer",
    Setting.CHAIR: "chair Executive Director until 12/9",
}

_HEAD = re.compile(r"(?:(?:the )?settings? )?(?:(?:of|for) )?(?:the )?")
_SETTING = re.compile(
    r"(?<![^\W_])(?:"
    r"(?P<papers>papers?(?: (?:are )?(?:published|go out|due|deadline))?)"
    r"|(?P<updates>updates?(?: are)?(?: due)?)"
    r"|(?P<ask>asks?(?: leads)?(?: for)?)"
    r"|(?P<publish>publish(?:es|ed)?(?: the digest| digests?)?)"
    r"|(?P<closed>(?:is |are )?closed?(?: on)?)"
    r"|(?P<open>(?:is |are )?open(?: on| again)?)"
    r"|(?P<nation>nation|country|bank holidays?(?: of)?)|(?P<channel>channel)|(?P<secretary>secretary)|(?P<chair>chair)"
    r")(?![^\W_])[ :=]*(?:(?:is|are|to|becomes|at least)(?![^\W_]) )?"
)
_BECAUSE = re.compile(r"[ ,]*(?:(?<![^\W_])(?:because(?: of)?|as|for)(?![^\W_])|[:;(])[ ]*")
_UNTIL = re.compile(r"[ ,(]*(?<![^\W_])(?:until|till)(?![^\W_])[ ]*")
_FROM = re.compile(r"(?:^| )(?:from|on) (?=[0-9a-z])")


def read_board_command(given: CommandText) -> Command:
    """Read `[BOARD]`, or `[BOARD] SETTING VALUE`: what is to be shown or changed.

    The board's name is what stands before the setting; where that is a board, no earlier word is taken for a setting.
    """
    folded = fold(given.rest)
    head = found.end() if (found := _HEAD.match(folded)) else 0
    settings = list(_SETTING.finditer(folded, head))
    chosen = next((one for one in settings if _is_board(given, folded[head : one.start()])), None)
    if chosen is None:
        chosen = next((one for one in settings if not folded[head : one.start()].strip(" ,:")), None)
    if chosen is None and settings and folded[settings[0].end() :].strip():
        chosen = settings[0]
    if chosen is None:
        return ShowBoard(given.rest[head:].strip(" .?!,:"))
    setting = Setting(next(name for name, text in chosen.groupdict().items() if text))
    board = given.rest[head : chosen.start()].strip(" ,:")
    value = given.rest[chosen.end() :].strip(" ,.")
    if not value:
        example = " ".join(filter(None, ("/cypp board", board, _EXAMPLES[setting])))
        return Unclear(given.typed, "board", f"Say to what, for instance {quoted(example)}.")
    reason = until = ""
    if setting is Setting.CLOSED and (split := _BECAUSE.search(fold(value))):
        value, reason = value[: split.start()], value[split.end() :].strip(" ,)")
    if setting is Setting.CHAIR and (split := _UNTIL.search(fold(value))):
        value, until = value[: split.start()], value[split.end() :].strip(" ,)")
    return ChangeBoard(setting, value.strip(" ,"), board, until, reason)


def _is_board(given: CommandText, words: str) -> bool:
    return bool(words.strip(" ,:")) and isinstance(read_board(words, given.vocabulary), BoardFound)


def read_reminders(given: CommandText, start: bool) -> Command:
    """Read `[BOARD] [from DAY]`."""
    folded = fold(given.rest)
    for_ = re.match(r"(?:(?:of|for|at)(?![^\W_]) )?(?:the )?", folded)
    words = given.rest[for_.end() if for_ else 0 :].strip(" .?!,")
    if start and (split := _FROM.search(fold(words))):
        return Reminders(True, words[: split.start()].strip(" ,"), words[split.end() :].strip(" ,"))
    return Reminders(start, words)


@dataclass(frozen=True, slots=True)
class DaysSaid:
    """A number of days and their sort: "working", "calendar", or "" where that was left out."""

    number: int
    sort: str = ""


_DAYS = re.compile(
    r"(?:at least )?(?P<number>[0-9]{1,4}|[a-z]+(?:-[a-z]+)?)"
    r"(?: clear)?(?: (?P<sort>working|calendar|week|business))?(?: clear)?(?: days?)?"
    r"(?: (?:before|ahead|earlier)(?: .*)?)?"
)


def read_number_of_days(text: str) -> DaysSaid | str:
    """Read `7 working days`, `seven days`, `5`; return a sentence that says what is wrong with other words."""
    words = plain(text)
    found = _DAYS.fullmatch(words)
    number = _number(found["number"]) if found else None
    if found is None or number is None:
        return f"I do not read {quoted(text)} as a number of days: write for instance “7 working days”."
    if number > MOST_DAYS:
        return f"{number} days are too many: write a number from 0 to {MOST_DAYS}."
    sort = found["sort"] or ""
    return DaysSaid(number, "working" if sort in ("business", "week") else sort)


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word.endswith(("th", "st", "nd", "rd")) or word in ("second", "third"):
        return None
    return NUMBER_WORDS.get(word)


_ALL = re.compile(r"(?:all|everything)(?: (?:that is )?open)?(?: (?:actions|ones|deliverables))?|all open.*")
_DUE = re.compile(r"(?:only )?(?:what is |what's |those )?due(?: .*)?|(?:only )?due(?: ones| actions)?")
_AT_ONCE = re.compile(r"(?:it )?(?:at once|immediately|straight away|automatically|by itself|without (?:a )?press.*)")
_ON_PRESS = re.compile(r"(?:it )?(?:on press|by press|when pressed|on (?:a |the )?button|by hand|manually)")


def read_choice(setting: Setting, text: str) -> bool | str:
    """Read what follows *ask for* (all open: True) or *publish* (at once: True), or return what to write."""
    words = plain(text)
    yes, no = (_ALL, _DUE) if setting is Setting.ASK else (_AT_ONCE, _ON_PRESS)
    if yes.fullmatch(words):
        return True
    if no.fullmatch(words):
        return False
    choices = (
        "“ask for all open” or “ask for due”" if setting is Setting.ASK else "“publish at once” or “publish on press”"
    )
    return f"I do not read {quoted(text)}: say {choices}."


_NATIONS = {
    **dict.fromkeys(("england", "english", "england's"), Nation.ENGLAND),
    **dict.fromkeys(("scotland", "scottish", "scotland's"), Nation.SCOTLAND),
    **dict.fromkeys(("wales", "welsh", "wales'", "england and wales"), Nation.WALES),
    **dict.fromkeys(("northern ireland", "northern irish", "ni", "northern ireland's"), Nation.NORTHERN_IRELAND),
}


def read_nation(text: str) -> Nation | str:
    """Read the name of a nation, or return what to write."""
    found = _NATIONS.get(plain(text).removeprefix("the ").removeprefix("of "))
    return found or f"I do not read {quoted(text)}: say England, Scotland, Wales or Northern Ireland."


_CHANNEL = re.compile(r"<#(?P<linked>[CG][A-Z0-9]{4,14})(?:\|[^>]*)?>|(?P<bare>[CG][A-Z0-9]{4,14})")


def read_channel(text: str) -> str | None:
    """Return the id of a channel as Slack sends it (`<#C0PARTNER|x>`); "" for "none", None for no channel."""
    words = clean(text).strip(" .,")
    if plain(words) in ("none", "no channel", "no", "nowhere", "-"):
        return ""
    found = _CHANNEL.fullmatch(words)
    return (found["linked"] or found["bare"]) if found else None
