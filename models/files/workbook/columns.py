"""The sheets of a plan's workbook and their columns: the one table behind reading, writing and the template."""

from __future__ import annotations

from models.enums import Kind, MeetingState, Nation, Status
from models.files.planfile.fields import AskFor, DayCount, Provenance, PublishWhen
from models.files.workbook.column_kinds import CellForm, Column, Sheet, column
from models.files.workbook.figure_sheets import ASSESSMENTS, MEASURES, RISKS, VALUES


def _key(example: str) -> Column:
    note = "a short word of small letters, digits and hyphens; left empty, it is made from the name"
    return column("Key", 20, note, example, form=CellForm.CODE)


def _aliases(example: str) -> Column:
    note = "other words people use for it, with ; between them"
    return column("Also known as", 28, note, example, form=CellForm.TEXTS, path=("aliases",), also=("Aliases",))


def _closed(example: str) -> Column:
    note = "days that do not count, such as 2020-07-23 to 2020-08-31: summer holidays; one range a line"
    return column("Closed dates", 34, note, example, form=CellForm.CLOSED, path=("closed",), also=("Closed",))


PLAN = Sheet(
    "Plan",
    "plan",
    (
        column("Name", 40, "the plan's name", "My Sefton 2020–2025", needed=True),
        column("Area", 40, "the area it is for", "Sefton", needed=True),
        column("Time zone", 40, "left empty, Europe/London", "Europe/London", path=("zone",), also=("Zone",)),
        column("From", 40, "its first day", "2020-04-01", form=CellForm.DATE, also=("Starts",), needed=True),
        column("To", 40, "its last day", "2025-03-31", form=CellForm.DATE, also=("Ends",), needed=True),
        column("Administrators", 40,
                "who looks after the bot: Name <e-mail> (Slack member ID), one a line; “until 2021-03-31” if need be",
                "ICT Service Desk <ict@example.org> (U0ICTADMIN)", form=CellForm.ADMINISTRATORS,
                also=("Administrator",)),
        column("Quiet days", 40,
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
        column("Name", 30, "the heading as it is printed", "Heard", needed=True),
        _aliases("voice; hear"),
    ),
    "The headings over priorities. Leave the sheet empty where the plan has none.",
)
PRIORITIES = Sheet(
    "Priorities",
    "priorities",
    (
        column("Number", 10, "counted through the whole plan; left empty, by its order", "1", form=CellForm.NUMBER),
        column("Title", 60, "as it is printed", "Hear what children say", also=("Priority", "Name"), needed=True),
        column("Theme", 24, "the theme it is under, if any", "Heard", of="themes"),
        _aliases(""),
    ),
    "The priorities, numbered through the whole plan.",
)
ORGANISATIONS = Sheet(
    "Organisations",
    "organisations",
    (
        _key("sefton-council"),
        column("Name", 44, "its full name", "Sefton Council", needed=True),
        _aliases("council"),
        _closed("2020-07-23 to 2020-08-31: summer holidays"),
        column("New names", 34,
                "what it is to be called, each with its first day before it, such as 2021-06-01: Integrated Care Board",
                form=CellForm.RENAMES, path=("renames",), also=("Renames", "New name")),
        column("Contributors", 34, "its posts that contribute to a focus theme; left empty, the one that leads most",
                "Head of Education", form=CellForm.NAMES, of="posts", also=("Contributor",)),
        column("Until", 14, "its last day, where it has ended", form=CellForm.DATE, also=("Last day", "Ends")),
    ),
    "Whoever leads or helps. On its closed dates nobody of it is asked.",
)  # fmt: skip
POSTS = Sheet(
    "Posts",
    "posts",
    (
        _key("head-of-education"),
        column("Title", 40, "the post's title", "Head of Education", also=("Post",), needed=True),
        column("Organisation", 30, "its organisation", "Sefton Council", of="organisations", needed=True),
        column("Holder", 30, "today's holder; empty while it is vacant", "A. N. Other", path=("holder", "name")),
        column("Holder's e-mail", 32, "the address the holder has in Slack", "head.education@example.org",
                path=("holder", "email"), also=("Holder e-mail", "E-mail")),
        column("Holder's Slack ID", 18, "left empty, Slack is asked by the e-mail address", "U0HEADEDU",
                form=CellForm.CODE, path=("holder", "slack"), also=("Holder Slack ID", "Slack ID")),
        column("Contact officers", 40, "colleagues who get the requests as well: Name <e-mail>, one a line",
                "Analyst <analyst@example.org>", form=CellForm.PEOPLE, also=("Contact officer",)),
        column("Deputies", 44,
                "stand-ins, each for a range of dates: Name <e-mail> 2020-08-24 to 2020-09-04, one a line",
                "Deputy <deputy@example.org> 2020-08-24 to 2020-09-04", form=CellForm.DEPUTIES, also=("Deputy",)),
        column("Is its lead documented", 16, "whether a document names it as a lead", path=("provenance", "lead"),
                words=Provenance),
        column("Where", 34, "where, or why it was made up", path=("provenance", "note")),
        _aliases("Head of Ed"),
    ),
    "The posts that lead, chair or keep the actions. A post keeps its actions when its holder leaves.",
)  # fmt: skip
BOARDS = Sheet(
    "Boards",
    "boards",
    (
        _key("partnership"),
        column("Name", 44, "its full name", "Children and Young People's Partnership Board", needed=True),
        _aliases("partnership board"),
        column("Secretary", 28, "the post that keeps its papers", "Head of Education", of="posts"),
        column("Chair", 28, "the post that chairs it", "Head of Education", of="posts"),
        column("Chair until", 16, "the chair's last day, when known", form=CellForm.DATE),
        column("Slack channel", 16, "the ID of its channel in Slack", "C0PARTNER", form=CellForm.CODE,
                path=("channel",), also=("Channel",)),
        column("Papers, days", 12, "clear days before the meeting; left empty, 5", "5", form=CellForm.NUMBER,
                path=("papers", "days"), also=("Papers",)),
        column("Days are", 12, "working or calendar days; left empty, working", "working", path=("papers", "count"),
                words=DayCount),
        column("Updates due, days", 12, "working days before the papers; left empty, 5", "5", form=CellForm.NUMBER,
                path=("updates_due", "days"), also=("Updates due",)),
        column("Ask for", 12, "what is due, or all open; left empty, due", "due", words=AskFor),
        column("Publish", 12, "when its digest goes to the channel; left empty, on press", "on press",
                words=PublishWhen),
        _closed(""),
        column("Nation", 18, "whose bank holidays it keeps; left empty, England's", "Scotland", words=Nation),
        column("Opened days", 34, "bank holidays on which it works, such as 2020-11-30; one range a line", "",
                form=CellForm.CLOSED, path=("opened",)),
        column("Risk bands", 34, "what it calls the scores of risks, with ; between them",
                "low 1–6; medium 8–12; high 15–25", form=CellForm.TEXTS),
    ),
    "The boards that keep the actions: at least one.",
    needed=True,
)  # fmt: skip
MEETINGS = Sheet(
    "Meetings",
    "meetings",
    (
        column("Board", 44, "whose meeting it is", "Children and Young People's Partnership Board", of="boards",
                needed=True),
        column("Date", 18, "its day, or its month (2020-12) while the day is to be confirmed", "2020-09-16",
                form=CellForm.WHEN, also=("Day", "Meeting"), needed=True),
        column("Time", 10, "when it starts; left empty, 10:00", "14:00", form=CellForm.TIME),
        column("Focus", 24, "the theme it looks at, if any", "Heard", of="themes", also=("Focus theme",)),
        column("State", 12, "planned or cancelled; left empty, planned", "planned", words=MeetingState),
        column("Is it documented", 16, "whether a document gives this meeting", path=("source",), words=Provenance),
        column("Note", 40, "anything worth knowing about it"),
    ),
    "The boards' meetings, past ones too: an action is due at one of them.",
)  # fmt: skip
ACTIONS = Sheet(
    "Actions",
    "actions",
    (
        column("Ref", 9, "unique in the plan, such as heard-1", "heard-1", form=CellForm.CODE, needed=True),
        column("Theme", 9, "the theme it serves as a whole; else fill in Priorities", "Heard", of="themes"),
        column("Priorities", 8, "the priorities it serves, by number or name, such as 1, 3", form=CellForm.NUMBERS,
                also=("Priority",)),
        column("Source", 10, "the document it is from", "the plan", path=("source", "document")),
        column("Action", 28, "what is to be done", "Publish the youth version of the plan", path=("words",),
                also=("Words",), needed=True),
        column("Lead", 15, "the post that is answerable: one post", "Head of Education", of="posts",
                also=("Lead post",)),
        column("First due", 12, "the meeting it was first due at, where it has been moved since", form=CellForm.WHEN,
                also=("First due meeting",)),
        column("Due", 12, "the meeting of its board it is due at; a standing commitment has none", "2020-09-16",
                form=CellForm.WHEN, also=("Due meeting", "Present due meeting")),
        column("Status", 10, "left empty, not started; read for new actions only", "on track", words=Status),
        column("Direction", 8, "better, the same or worse than the rating before", form=CellForm.SHOWN),
        column("Last update", 26, "the words of the last update; some issues and off track need them",
                "Two advisors recruited", path=("status_words",), also=("Status words",)),
        column("Updated on", 12, "when that was said; left empty, today", "2020-07-20", form=CellForm.DATE,
                path=("status_date",), also=("Status date",)),
        column("By", 13, "who said it", form=CellForm.SHOWN),
        column("Evidence", 14, "words or a link that show it is done"),
        column("Proposed", 9, "keep open or close", form=CellForm.SHOWN),
        column("Kind", 13,
                "left empty, a deliverable with a due meeting, a board action with a date, else a standing commitment",
                "deliverable", words=Kind),
        column("Supporting", 18, "organisations that help, with ; between them", "Sefton Council",
                form=CellForm.NAMES, of="organisations", also=("Supporting organisations", "Supporting organisation")),
        column("Moved because", 18,
                "why you move the due meeting: needed when you change Due in a workbook that was exported",
                also=("Reason", "Reason for moving")),
        column("Number", 8, "the number printed beside it, if any", "1", form=CellForm.NUMBER),
        column("Board", 20, "its home board; may be left empty where there is one",
                "Children and Young People's Partnership Board", of="boards", also=("Home board",)),
        column("Due date", 13, "board actions only: a date between meetings", form=CellForm.DATE),
        column("Given at", 13, "board actions only: the meeting that gave it", form=CellForm.DATE,
                path=("given", "meeting")),
        column("Given by", 16, "the board that gave it, if not its own", path=("given", "board"), of="boards"),
        column("Given, minute", 10, "the minute item, such as 4.2", form=CellForm.CODE, path=("given", "minute")),
        column("Part of", 10,
                "where it is one organisation's part of an action for all partners: the ref of the whole action",
                form=CellForm.CODE, path=("part", "of")),
        column("Partner", 18, "the organisation whose part it is", path=("part", "partner"), of="organisations"),
        column("Agreed at", 13, "the meeting that agreed it is complete", form=CellForm.DATE,
                path=("agreed", "meeting")),
        column("Agreed by", 16, "the board that agreed, if not its own", path=("agreed", "board"), of="boards"),
        column("Agreed, minute", 10, "the minute item", form=CellForm.CODE, path=("agreed", "minute")),
        column("Is its lead documented", 13, "whether a document gives its lead", path=("source", "lead"),
                words=Provenance),
        column("Is its due documented", 13, "whether a document gives its due meeting", path=("source", "due"),
                words=Provenance),
        column("Note", 24, "anything worth knowing about where it is from", path=("source", "note")),
        column("First due at board", 12, "whose meeting that was, where another board kept the action then",
                path=("first_due_board",), of="boards"),
        column("As printed", 30, "what the log it is from says of it beside its fields",
                path=("source", "as_printed")),
    ),
    "The actions, one a row.",
    needed=True,
)  # fmt: skip

SHEETS = (
    THEMES, PRIORITIES, ORGANISATIONS, POSTS, BOARDS, MEETINGS, ACTIONS, MEASURES, VALUES, RISKS, ASSESSMENTS,
)  # fmt: skip
"""Every sheet that is a table, in an order in which each names only what the ones before it list."""
NOTES_SHEET = "Notes"
REVISION_SHEET = "Revision"
"""The hidden sheet of an export that holds the fingerprints of the plan."""
WORDS_SHEET = "Words"
"""The hidden sheet of words with a comma in them, which a drop-down cannot list by itself."""
PRINTED_COLUMNS = 15
"""How many columns of Actions are printed: the action log itself; those to the right are for the next import."""
