"""The sheets of a plan's workbook and their columns: the one table behind reading, writing and the template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from models.enums import Kind, MeetingState, Status
from models.files.planfile.fields import AskFor, DayCount, Provenance, PublishWhen


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


def _words(kind: type[Kind | Status | MeetingState | AskFor | DayCount | Provenance | PublishWhen]) -> tuple[str, ...]:
    return tuple(str(word) for word in kind)


def _key(example: str) -> Column:
    note = "a short word of small letters, digits and hyphens; left empty, it is made from the name"
    return Column("Key", ("key",), CellForm.CODE, 20, note, example)


def _aliases(example: str) -> Column:
    note = "other words people use for it, with ; between them"
    return Column("Also known as", ("aliases",), CellForm.TEXTS, 28, note, example, also=("Aliases",))


def _closed(example: str) -> Column:
    note = "days that do not count, such as 2020-07-23 to 2020-08-31: summer holidays; one range a line"
    return Column("Closed dates", ("closed",), CellForm.CLOSED, 34, note, example, also=("Closed",))


PLAN = Sheet(
    "Plan",
    "plan",
    (
        Column("Name", ("name",), CellForm.TEXT, 40, "the plan's name", "My Sefton 2020–2025", needed=True),
        Column("Area", ("area",), CellForm.TEXT, 40, "the area it is for", "Sefton", needed=True),
        Column("Time zone", ("zone",), CellForm.TEXT, 40, "left empty, Europe/London", "Europe/London", also=("Zone",)),
        Column("From", ("from",), CellForm.DATE, 40, "its first day", "2020-04-01", also=("Starts",), needed=True),
        Column("To", ("to",), CellForm.DATE, 40, "its last day", "2025-03-31", also=("Ends",), needed=True),
        Column(
            "Administrators",
            ("administrators",),
            CellForm.ADMINISTRATORS,
            40,
            "who looks after the bot: Name <e-mail> (Slack member ID), one a line; “until 2021-03-31” if need be",
            "ICT Service Desk <ict@example.org> (U0ICTADMIN)",
            also=("Administrator",),
        ),
        Column(
            "Quiet days",
            ("quiet",),
            CellForm.DEPUTIES,
            40,
            "who is asked for nothing on which days: Name <e-mail> 2020-08-24 to 2020-09-04, one a line",
            "",
        ),
    ),
    "The plan itself, one thing a row: fill in the second column.",
    needed=True,
)
THEMES = Sheet(
    "Themes",
    "themes",
    (
        _key("heard"),
        Column("Name", ("name",), CellForm.TEXT, 30, "the heading as it is printed", "Heard", needed=True),
        _aliases("voice; hear"),
    ),
    "The headings over priorities. Leave the sheet empty where the plan has none.",
)
PRIORITIES = Sheet(
    "Priorities",
    "priorities",
    (
        Column("Number", ("number",), CellForm.NUMBER, 10, "counted through the whole plan", "1", needed=True),
        Column("Title", ("title",), CellForm.TEXT, 60, "as it is printed", "Hear what children say", needed=True),
        Column("Theme", ("theme",), CellForm.NAME, 24, "the theme it is under, if any", "Heard", of="themes"),
        _aliases(""),
    ),
    "The priorities, numbered through the whole plan.",
)
ORGANISATIONS = Sheet(
    "Organisations",
    "organisations",
    (
        _key("sefton-council"),
        Column("Name", ("name",), CellForm.TEXT, 44, "its full name", "Sefton Council", needed=True),
        _aliases("council"),
        _closed("2020-07-23 to 2020-08-31: summer holidays"),
        Column(
            "New names",
            ("renames",),
            CellForm.RENAMES,
            34,
            "what it is to be called, each with its first day before it, such as 2021-06-01: Integrated Care Board",
            also=("Renames", "New name"),
        ),
    ),
    "Whoever leads or helps. On its closed dates nobody of it is asked.",
)
POSTS = Sheet(
    "Posts",
    "posts",
    (
        _key("head-of-education"),
        Column("Title", ("title",), CellForm.TEXT, 40, "the post's title", "Head of Education", also=("Post",),
               needed=True),
        Column(
            "Organisation", ("organisation",), CellForm.NAME, 30, "its organisation", "Sefton Council",
            of="organisations", needed=True,
        ),
        Column("Holder", ("holder", "name"), CellForm.TEXT, 30, "today's holder; empty while it is vacant",
               "A. N. Other"),
        Column(
            "Holder's e-mail", ("holder", "email"), CellForm.TEXT, 32, "the address the holder has in Slack",
            "head.education@example.org", also=("Holder e-mail", "E-mail"),
        ),
        Column(
            "Holder's Slack ID", ("holder", "slack"), CellForm.CODE, 18,
            "left empty, Slack is asked by the e-mail address",
            "U0HEADEDU", also=("Holder Slack ID", "Slack ID"),
        ),
        Column(
            "Contact officers", ("contact_officers",), CellForm.PEOPLE, 40,
            "colleagues who get the requests as well: Name <e-mail>, one a line", "Analyst <analyst@example.org>",
            also=("Contact officer",),
        ),
        Column(
            "Deputies", ("deputies",), CellForm.DEPUTIES, 44,
            "stand-ins, each for a range of dates: Name <e-mail> 2020-08-24 to 2020-09-04, one a line",
            "Deputy <deputy@example.org> 2020-08-24 to 2020-09-04", also=("Deputy",),
        ),
        Column(
            "Is its lead documented", ("provenance", "lead"), CellForm.WORD, 16,
            "whether a document names it as a lead",
            words=_words(Provenance),
        ),
        Column("Where", ("provenance", "note"), CellForm.TEXT, 34, "where, or why it was made up"),
    ),
    "The posts that lead, chair or keep the actions. A post keeps its actions when its holder leaves.",
)  # fmt: skip
BOARDS = Sheet(
    "Boards",
    "boards",
    (
        _key("partnership"),
        Column(
            "Name", ("name",), CellForm.TEXT, 44, "its full name", "Children and Young People's Partnership Board",
            needed=True,
        ),
        _aliases("partnership board"),
        Column("Secretary", ("secretary",), CellForm.NAME, 28, "the post that keeps its papers", "Head of Education",
               of="posts"),
        Column("Chair", ("chair",), CellForm.NAME, 28, "the post that chairs it", "Head of Education", of="posts"),
        Column("Chair until", ("chair_until",), CellForm.DATE, 16, "the chair's last day, when known"),
        Column("Slack channel", ("channel",), CellForm.CODE, 16, "the ID of its channel in Slack", "C0PARTNER",
               also=("Channel",)),
        Column("Papers, days", ("papers", "days"), CellForm.NUMBER, 12, "clear days before the meeting; left empty, 5",
               "5", also=("Papers",)),
        Column("Days are", ("papers", "count"), CellForm.WORD, 12, "working or calendar days; left empty, working",
               "working", words=_words(DayCount)),
        Column("Updates due, days", ("updates_due", "days"), CellForm.NUMBER, 12,
               "working days before the papers; left empty, 5", "5", also=("Updates due",)),
        Column("Ask for", ("ask_for",), CellForm.WORD, 12, "what is due, or all open; left empty, due", "due",
               words=_words(AskFor)),
        Column("Publish", ("publish",), CellForm.WORD, 12, "when its digest goes to the channel; left empty, on press",
               "on press", words=_words(PublishWhen)),
        _closed(""),
    ),
    "The boards that keep the actions: at least one.",
    needed=True,
)  # fmt: skip
MEETINGS = Sheet(
    "Meetings",
    "meetings",
    (
        Column("Board", ("board",), CellForm.NAME, 44, "whose meeting it is",
               "Children and Young People's Partnership Board", of="boards", needed=True),
        Column("Date", ("date",), CellForm.WHEN, 18, "its day, or its month (2020-12) while the day is to be confirmed",
               "2020-09-16", also=("Day", "Meeting"), needed=True),
        Column("Time", ("time",), CellForm.TIME, 10, "when it starts; left empty, 10:00", "14:00"),
        Column("Focus", ("focus",), CellForm.NAME, 24, "the theme it looks at, if any", "Heard", of="themes",
               also=("Focus theme",)),
        Column("State", ("state",), CellForm.WORD, 12, "planned or cancelled; left empty, planned", "planned",
               words=_words(MeetingState)),
        Column("Is it documented", ("source",), CellForm.WORD, 16, "whether a document gives this meeting",
               words=_words(Provenance)),
        Column("Note", ("note",), CellForm.TEXT, 40, "anything worth knowing about it"),
    ),
    "The boards' meetings, past ones too: an action is due at one of them.",
)  # fmt: skip
ACTIONS = Sheet(
    "Actions",
    "actions",
    (
        Column("Ref", ("ref",), CellForm.CODE, 9, "unique in the plan, such as heard-1", "heard-1", needed=True),
        Column("Theme", ("theme",), CellForm.NAME, 9, "the theme it serves as a whole; else fill in Priorities",
               "Heard",
               of="themes"),
        Column("Priorities", ("priorities",), CellForm.NUMBERS, 8,
               "the numbers of the priorities it serves, such as 1, 3",
               also=("Priority",)),
        Column("Source", ("source", "document"), CellForm.TEXT, 10, "the document it is from", "the plan"),
        Column("Action", ("words",), CellForm.TEXT, 28, "what is to be done", "Publish the youth version of the plan",
               also=("Words",), needed=True),
        Column("Lead", ("lead",), CellForm.NAME, 15, "the post that is answerable: one post", "Head of Education",
               of="posts", also=("Lead post",)),
        Column("First due", ("first_due",), CellForm.WHEN, 12,
               "the meeting it was first due at, where it has been moved since", also=("First due meeting",)),
        Column("Due", ("due",), CellForm.WHEN, 12,
               "the meeting of its board it is due at; a standing commitment has none",
               "2020-09-16", also=("Due meeting", "Present due meeting")),
        Column("Status", ("status",), CellForm.WORD, 10, "left empty, not started; read for new actions only",
               "on track",
               words=_words(Status)),
        Column("Direction", (), CellForm.SHOWN, 8, "better, the same or worse than the rating before"),
        Column("Last update", ("status_words",), CellForm.TEXT, 26,
               "the words of the last update; some issues and off track need them", "Two advisors recruited",
               also=("Status words",)),
        Column("Updated on", ("status_date",), CellForm.DATE, 12, "when that was said; left empty, today", "2020-07-20",
               also=("Status date",)),
        Column("By", (), CellForm.SHOWN, 13, "who said it"),
        Column("Evidence", ("evidence",), CellForm.TEXT, 14, "words or a link that show it is done"),
        Column("Proposed", (), CellForm.SHOWN, 9, "keep open or close"),
        Column("Kind", ("kind",), CellForm.WORD, 13, "left empty, it is taken as a standing commitment", "deliverable",
               words=_words(Kind)),
        Column("Supporting", ("supporting",), CellForm.NAMES, 18, "organisations that help, with ; between them",
               "Sefton Council", of="organisations", also=("Supporting organisations", "Supporting organisation")),
        Column("Moved because", ("moved_because",), CellForm.TEXT, 18,
               "why you move the due meeting: needed when you change Due in a workbook that was exported",
               also=("Reason", "Reason for moving")),
        Column("Number", ("number",), CellForm.NUMBER, 8, "the number printed beside it, if any", "1"),
        Column("Board", ("board",), CellForm.NAME, 20, "its home board; may be left empty where there is one",
               "Children and Young People's Partnership Board", of="boards", also=("Home board",)),
        Column("Due date", ("due_date",), CellForm.DATE, 13, "board actions only: a date between meetings"),
        Column("Given at", ("given", "meeting"), CellForm.DATE, 13, "board actions only: the meeting that gave it"),
        Column("Given by", ("given", "board"), CellForm.NAME, 16, "the board that gave it, if not its own",
               of="boards"),
        Column("Given, minute", ("given", "minute"), CellForm.CODE, 10, "the minute item, such as 4.2"),
        Column("Part of", ("part", "of"), CellForm.CODE, 10,
               "where it is one organisation's part of an action for all partners: the ref of the whole action"),
        Column("Partner", ("part", "partner"), CellForm.NAME, 18, "the organisation whose part it is",
               of="organisations"),
        Column("Agreed at", ("agreed", "meeting"), CellForm.DATE, 13, "the meeting that agreed it is complete"),
        Column("Agreed by", ("agreed", "board"), CellForm.NAME, 16, "the board that agreed, if not its own",
               of="boards"),
        Column("Agreed, minute", ("agreed", "minute"), CellForm.CODE, 10, "the minute item"),
        Column("Is its lead documented", ("source", "lead"), CellForm.WORD, 13, "whether a document gives its lead",
               words=_words(Provenance)),
        Column("Is its due documented", ("source", "due"), CellForm.WORD, 13,
               "whether a document gives its due meeting",
               words=_words(Provenance)),
        Column("Note", ("source", "note"), CellForm.TEXT, 24, "anything worth knowing about where it is from"),
        Column("First due at board", ("first_due_board",), CellForm.NAME, 12,
               "whose meeting that was, where another board kept the action then", of="boards"),
    ),
    "The actions, one a row.",
    needed=True,
)  # fmt: skip

SHEETS = (THEMES, PRIORITIES, ORGANISATIONS, POSTS, BOARDS, MEETINGS, ACTIONS)
"""Every sheet that is a table, in an order in which each names only what the ones before it list."""
NOTES_SHEET = "Notes"
REVISION_SHEET = "Revision"
"""The hidden sheet of an export that holds the fingerprints of the plan."""
WORDS_SHEET = "Words"
"""The hidden sheet of words with a comma in them, which a drop-down cannot list by itself."""
PRINTED_COLUMNS = 15
"""How many columns of Actions are printed: the action log itself; those to the right are for the next import."""
EXAMPLE_MARK = "(example)"
"""How the first cell of an example row begins; such a row is not imported."""
