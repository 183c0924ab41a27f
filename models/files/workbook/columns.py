"""The sheets of a plan's workbook and their columns: the one table behind reading, writing and the template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from models.enums import Kind, MeetingState, Nation, Status
from models.files.planfile.fields import AskFor, ComparedWith, DayCount, Provenance, PublishWhen
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind, ValueState


class CellForm(Enum):
    """How a value stands in its cell."""

    TEXT = auto()
    CODE = auto()
    """Text that a spreadsheet likes to take for a number or a date: refs, keys, minute items."""
    WORD = auto()
    """One of a list of words, in upper or lower case."""
    NUMBER = auto()
    DATE = auto()
    WHEN = auto()
    """The date of a meeting, or the month of an expected one."""
    TIME = auto()
    NAME = auto()
    """Something that another sheet lists, by its name or its key."""
    NAMES = auto()
    NUMBERS = auto()
    TEXTS = auto()
    PEOPLE = auto()
    ADMINISTRATORS = auto()
    DEPUTIES = auto()
    CLOSED = auto()
    RENAMES = auto()
    SHOWN = auto()
    """Written for people to read, and not read back."""


LIST_FORMS = frozenset(
    {
        CellForm.NAMES,
        CellForm.NUMBERS,
        CellForm.TEXTS,
        CellForm.PEOPLE,
        CellForm.ADMINISTRATORS,
        CellForm.DEPUTIES,
        CellForm.CLOSED,
        CellForm.RENAMES,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the keys its value has in a plan file, how it stands in the cell.

    `of`: the section that a NAME is listed in. `words`: what a WORD may be. `also`: other headings it is known by.
    `note`: what the sheet of notes says about it. `example`: what the worked row of the template has.
    """

    heading: str
    path: tuple[str, ...]
    form: CellForm
    width: int
    note: str
    example: str = ""
    of: str = ""
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, the section of the plan file it holds, its columns."""

    title: str
    section: str
    columns: tuple[Column, ...]
    note: str
    needed: bool = False


def _column(
    heading: str,
    width: int,
    note: str,
    example: str = "",
    *,
    form: CellForm | None = None,
    path: tuple[str, ...] = (),
    of: str = "",
    words: type[StrEnum] | None = None,
    also: tuple[str, ...] = (),
    needed: bool = False,
) -> Column:
    """Return a column: a NAME where `of` is given, a WORD where `words` are; without `path` its key is its heading."""
    form = form or (CellForm.NAME if of else CellForm.WORD if words else CellForm.TEXT)
    if not path and form is not CellForm.SHOWN:
        path = (heading.lower().replace(" ", "_"),)
    return Column(heading, path, form, width, note, example, of, tuple(map(str, words or ())), also, needed)


def _key(example: str) -> Column:
    note = "a short word of small letters, digits and hyphens; left empty, it is made from the name"
    return _column("Key", 20, note, example, form=CellForm.CODE)


def _aliases(example: str) -> Column:
    note = "other words people use for it, with ; between them"
    return _column("Also known as", 28, note, example, form=CellForm.TEXTS, path=("aliases",), also=("Aliases",))


def _closed(example: str) -> Column:
    note = "days that do not count, such as 2020-07-23 to 2020-08-31: summer holidays; one range a line"
    return _column("Closed dates", 34, note, example, form=CellForm.CLOSED, path=("closed",), also=("Closed",))


PLAN = Sheet(
    "Plan",
    "plan",
    (
        _column("Name", 40, "the plan's name", "My Sefton 2020–2025", needed=True),
        _column("Area", 40, "the area it is for", "Sefton", needed=True),
        _column("Time zone", 40, "left empty, Europe/London", "Europe/London", path=("zone",), also=("Zone",)),
        _column("From", 40, "its first day", "2020-04-01", form=CellForm.DATE, also=("Starts",), needed=True),
        _column("To", 40, "its last day", "2025-03-31", form=CellForm.DATE, also=("Ends",), needed=True),
        _column("Administrators", 40,
                "who looks after the bot: Name <e-mail> (Slack member ID), one a line; “until 2021-03-31” if need be",
                "ICT Service Desk <ict@example.org> (U0ICTADMIN)", form=CellForm.ADMINISTRATORS,
                also=("Administrator",)),
        _column("Quiet days", 40,
                "who is asked for nothing on which days: Name <e-mail> 2020-08-24 to 2020-09-04, one a line",
                form=CellForm.DEPUTIES, path=("quiet",)),
    ),
    "The plan itself, one thing a row: fill in the second column.",
    needed=True,
)  # fmt: skip
THEMES = Sheet(
    "Themes",
    "themes",
    (
        _key("heard"),
        _column("Name", 30, "the heading as it is printed", "Heard", needed=True),
        _aliases("voice; hear"),
    ),
    "The headings over priorities. Leave the sheet empty where the plan has none.",
)
PRIORITIES = Sheet(
    "Priorities",
    "priorities",
    (
        _column("Number", 10, "counted through the whole plan; left empty, by its order", "1", form=CellForm.NUMBER),
        _column("Title", 60, "as it is printed", "Hear what children say", also=("Priority", "Name"), needed=True),
        _column("Theme", 24, "the theme it is under, if any", "Heard", of="themes"),
        _aliases(""),
    ),
    "The priorities, numbered through the whole plan.",
)
ORGANISATIONS = Sheet(
    "Organisations",
    "organisations",
    (
        _key("sefton-council"),
        _column("Name", 44, "its full name", "Sefton Council", needed=True),
        _aliases("council"),
        _closed("2020-07-23 to 2020-08-31: summer holidays"),
        _column("New names", 34,
                "what it is to be called, each with its first day before it, such as 2021-06-01: Integrated Care Board",
                form=CellForm.RENAMES, path=("renames",), also=("Renames", "New name")),
        _column("Contributors", 34, "its posts that contribute to a focus theme; left empty, the one that leads most",
                "Head of Education", form=CellForm.NAMES, of="posts", also=("Contributor",)),
        _column("Until", 14, "its last day, where it has ended", form=CellForm.DATE, also=("Last day", "Ends")),
    ),
    "Whoever leads or helps. On its closed dates nobody of it is asked.",
)  # fmt: skip
POSTS = Sheet(
    "Posts",
    "posts",
    (
        _key("head-of-education"),
        _column("Title", 40, "the post's title", "Head of Education", also=("Post",), needed=True),
        _column("Organisation", 30, "its organisation", "Sefton Council", of="organisations", needed=True),
        _column("Holder", 30, "today's holder; empty while it is vacant", "A. N. Other", path=("holder", "name")),
        _column("Holder's e-mail", 32, "the address the holder has in Slack", "head.education@example.org",
                path=("holder", "email"), also=("Holder e-mail", "E-mail")),
        _column("Holder's Slack ID", 18, "left empty, Slack is asked by the e-mail address", "U0HEADEDU",
                form=CellForm.CODE, path=("holder", "slack"), also=("Holder Slack ID", "Slack ID")),
        _column("Contact officers", 40, "colleagues who get the requests as well: Name <e-mail>, one a line",
                "Analyst <analyst@example.org>", form=CellForm.PEOPLE, also=("Contact officer",)),
        _column("Deputies", 44,
                "stand-ins, each for a range of dates: Name <e-mail> 2020-08-24 to 2020-09-04, one a line",
                "Deputy <deputy@example.org> 2020-08-24 to 2020-09-04", form=CellForm.DEPUTIES, also=("Deputy",)),
        _column("Is its lead documented", 16, "whether a document names it as a lead", path=("provenance", "lead"),
                words=Provenance),
        _column("Where", 34, "where, or why it was made up", path=("provenance", "note")),
        _aliases("Head of Ed"),
    ),
    "The posts that lead, chair or keep the actions. A post keeps its actions when its holder leaves.",
)  # fmt: skip
BOARDS = Sheet(
    "Boards",
    "boards",
    (
        _key("partnership"),
        _column("Name", 44, "its full name", "Children and Young People's Partnership Board", needed=True),
        _aliases("partnership board"),
        _column("Secretary", 28, "the post that keeps its papers", "Head of Education", of="posts"),
        _column("Chair", 28, "the post that chairs it", "Head of Education", of="posts"),
        _column("Chair until", 16, "the chair's last day, when known", form=CellForm.DATE),
        _column("Slack channel", 16, "the ID of its channel in Slack", "C0PARTNER", form=CellForm.CODE,
                path=("channel",), also=("Channel",)),
        _column("Papers, days", 12, "clear days before the meeting; left empty, 5", "5", form=CellForm.NUMBER,
                path=("papers", "days"), also=("Papers",)),
        _column("Days are", 12, "working or calendar days; left empty, working", "working", path=("papers", "count"),
                words=DayCount),
        _column("Updates due, days", 12, "working days before the papers; left empty, 5", "5", form=CellForm.NUMBER,
                path=("updates_due", "days"), also=("Updates due",)),
        _column("Ask for", 12, "what is due, or all open; left empty, due", "due", words=AskFor),
        _column("Publish", 12, "when its digest goes to the channel; left empty, on press", "on press",
                words=PublishWhen),
        _closed(""),
        _column("Nation", 18, "whose bank holidays it keeps; left empty, England's", "Scotland", words=Nation),
        _column("Opened days", 34, "bank holidays on which it works, such as 2020-11-30; one range a line", "",
                form=CellForm.CLOSED, path=("opened",)),
    ),
    "The boards that keep the actions: at least one.",
    needed=True,
)  # fmt: skip
MEETINGS = Sheet(
    "Meetings",
    "meetings",
    (
        _column("Board", 44, "whose meeting it is", "Children and Young People's Partnership Board", of="boards",
                needed=True),
        _column("Date", 18, "its day, or its month (2020-12) while the day is to be confirmed", "2020-09-16",
                form=CellForm.WHEN, also=("Day", "Meeting"), needed=True),
        _column("Time", 10, "when it starts; left empty, 10:00", "14:00", form=CellForm.TIME),
        _column("Focus", 24, "the theme it looks at, if any", "Heard", of="themes", also=("Focus theme",)),
        _column("State", 12, "planned or cancelled; left empty, planned", "planned", words=MeetingState),
        _column("Is it documented", 16, "whether a document gives this meeting", path=("source",), words=Provenance),
        _column("Note", 40, "anything worth knowing about it"),
    ),
    "The boards' meetings, past ones too: an action is due at one of them.",
)  # fmt: skip
ACTIONS = Sheet(
    "Actions",
    "actions",
    (
        _column("Ref", 9, "unique in the plan, such as heard-1", "heard-1", form=CellForm.CODE, needed=True),
        _column("Theme", 9, "the theme it serves as a whole; else fill in Priorities", "Heard", of="themes"),
        _column("Priorities", 8, "the priorities it serves, by number or name, such as 1, 3", form=CellForm.NUMBERS,
                also=("Priority",)),
        _column("Source", 10, "the document it is from", "the plan", path=("source", "document")),
        _column("Action", 28, "what is to be done", "Publish the youth version of the plan", path=("words",),
                also=("Words",), needed=True),
        _column("Lead", 15, "the post that is answerable: one post", "Head of Education", of="posts",
                also=("Lead post",)),
        _column("First due", 12, "the meeting it was first due at, where it has been moved since", form=CellForm.WHEN,
                also=("First due meeting",)),
        _column("Due", 12, "the meeting of its board it is due at; a standing commitment has none", "2020-09-16",
                form=CellForm.WHEN, also=("Due meeting", "Present due meeting")),
        _column("Status", 10, "left empty, not started; read for new actions only", "on track", words=Status),
        _column("Direction", 8, "better, the same or worse than the rating before", form=CellForm.SHOWN),
        _column("Last update", 26, "the words of the last update; some issues and off track need them",
                "Two advisors recruited", path=("status_words",), also=("Status words",)),
        _column("Updated on", 12, "when that was said; left empty, today", "2020-07-20", form=CellForm.DATE,
                path=("status_date",), also=("Status date",)),
        _column("By", 13, "who said it", form=CellForm.SHOWN),
        _column("Evidence", 14, "words or a link that show it is done"),
        _column("Proposed", 9, "keep open or close", form=CellForm.SHOWN),
        _column("Kind", 13,
                "left empty, a deliverable with a due meeting, a board action with a date, else a standing commitment",
                "deliverable", words=Kind),
        _column("Supporting", 18, "organisations that help, with ; between them", "Sefton Council",
                form=CellForm.NAMES, of="organisations", also=("Supporting organisations", "Supporting organisation")),
        _column("Moved because", 18,
                "why you move the due meeting: needed when you change Due in a workbook that was exported",
                also=("Reason", "Reason for moving")),
        _column("Number", 8, "the number printed beside it, if any", "1", form=CellForm.NUMBER),
        _column("Board", 20, "its home board; may be left empty where there is one",
                "Children and Young People's Partnership Board", of="boards", also=("Home board",)),
        _column("Due date", 13, "board actions only: a date between meetings", form=CellForm.DATE),
        _column("Given at", 13, "board actions only: the meeting that gave it", form=CellForm.DATE,
                path=("given", "meeting")),
        _column("Given by", 16, "the board that gave it, if not its own", path=("given", "board"), of="boards"),
        _column("Given, minute", 10, "the minute item, such as 4.2", form=CellForm.CODE, path=("given", "minute")),
        _column("Part of", 10,
                "where it is one organisation's part of an action for all partners: the ref of the whole action",
                form=CellForm.CODE, path=("part", "of")),
        _column("Partner", 18, "the organisation whose part it is", path=("part", "partner"), of="organisations"),
        _column("Agreed at", 13, "the meeting that agreed it is complete", form=CellForm.DATE,
                path=("agreed", "meeting")),
        _column("Agreed by", 16, "the board that agreed, if not its own", path=("agreed", "board"), of="boards"),
        _column("Agreed, minute", 10, "the minute item", form=CellForm.CODE, path=("agreed", "minute")),
        _column("Is its lead documented", 13, "whether a document gives its lead", path=("source", "lead"),
                words=Provenance),
        _column("Is its due documented", 13, "whether a document gives its due meeting", path=("source", "due"),
                words=Provenance),
        _column("Note", 24, "anything worth knowing about where it is from", path=("source", "note")),
        _column("First due at board", 12, "whose meeting that was, where another board kept the action then",
                path=("first_due_board",), of="boards"),
        _column("As printed", 30, "what the log it is from says of it beside its fields",
                path=("source", "as_printed")),
    ),
    "The actions, one a row.",
    needed=True,
)  # fmt: skip

MEASURES = Sheet(
    "Measures",
    "measures",
    (
        _column("Ref", 9, "unique among the measures, such as m1.1", "m1.1", form=CellForm.CODE, needed=True),
        _column("Name", 44, "its name as it is printed", "Children whose assessment was Good", needed=True),
        _column("Said", 18, "what is said after a figure", "met Good"),
        _column("Priority", 10, "the priority it is of, by number or name", "1", of="priorities"),
        _column("Theme", 16, "the theme it is of as a whole; else fill in Priority", of="themes"),
        _column("Good is", 14, "which way it is wanted to go; left empty, high", "high", words=GoodIs),
        _column("Unit", 16, "what it counts; left empty, %", "%", words=MeasureUnit),
        _column("Period", 18, "how often it is taken, and over what; left empty, quarter", "quarter",
                words=PeriodKind),
        _column("Target", 10, "the figure that is wanted", "75", form=CellForm.CODE),
        _column("Floor", 10, "the floor standard: what it may not fall behind", "65", form=CellForm.CODE,
                also=("Floor standard",)),
        _column("Unchanged", 12, "a difference up to this is no clear change", "1", form=CellForm.CODE),
        _column("Compared with", 18, "the last period, or the year before where it has a season", "the last",
                words=ComparedWith),
        _column("Baseline", 20, "where it stood when the plan began", "70 % in 2019/20"),
        _column("Provider", 28, "the post that gives its figures", "Head of Education", of="posts",
                also=("Data provider",)),
        _column("Source", 24, "where its figures are from", "audits"),
        _column("Benchmarks", 28, "other areas' figures, with ; between them", "England 70 %", form=CellForm.TEXTS),
    ),
    "What shows whether the plan moves anything. Leave the sheet empty where nothing is measured.",
)  # fmt: skip
VALUES = Sheet(
    "Values",
    "values",
    (
        _column("Measure", 9, "the measure's ref", "m1.1", form=CellForm.CODE, needed=True),
        _column("Period", 24, "the period with its year: Q2 2020/21, September 2020, 2019/20", "Q2 2020/21",
                form=CellForm.CODE, needed=True),
        _column("Figure", 10, "the figure; empty where it is not available", "72", form=CellForm.CODE),
        _column("Numerator", 12, "of a share: how many", "18", form=CellForm.NUMBER),
        _column("Denominator", 12, "of a share: of how many", "25", form=CellForm.NUMBER),
        _column("State", 14, "final, provisional or not available; left empty, final", "final", words=ValueState),
        _column("Target then", 12, "what was wanted then, where that has changed since", form=CellForm.CODE,
                path=("target",)),
        _column("Floor then", 12, "the floor standard then, where it has changed since", form=CellForm.CODE,
                path=("floor",)),
        _column("Note", 40, "anything worth knowing about it"),
    ),
    "The measures' figures, a period a row. One that is put right is kept beside what stood before.",
)  # fmt: skip

SHEETS = (THEMES, PRIORITIES, ORGANISATIONS, POSTS, BOARDS, MEETINGS, ACTIONS, MEASURES, VALUES)
"""Every sheet that is a table, in an order in which each names only what the ones before it list."""
NOTES_SHEET = "Notes"
REVISION_SHEET = "Revision"
"""The hidden sheet of an export that holds the fingerprints of the plan."""
WORDS_SHEET = "Words"
"""The hidden sheet of words with a comma in them, which a drop-down cannot list by itself."""
PRINTED_COLUMNS = 15
"""How many columns of Actions are printed: the action log itself; those to the right are for the next import."""
