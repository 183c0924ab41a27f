"""The plan file: every key it may hold. The descriptions are what a problem and the README say about a key.

These models are shapes only. What must hold between values (a lead that exists, a due meeting that the board
has, a reason beside amber) is in `checks.py` and `actions.py`, so that all of it can be reported at once; a
`PlanFile` that `read_plan` returned has passed both.
"""

from __future__ import annotations

from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field

from models.enums import Kind, MeetingState, Status
from models.files.planfile import fields as f


class Shape(BaseModel):
    """What all parts share: they do not change, and a key they do not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PlanHead(Shape):
    """`plan:`: the plan itself."""

    name: f.Title = Field(description="the plan's name, such as My Sefton 2020–2025")
    area: f.Title = Field(description="the area it is for, such as Sefton")
    zone: f.Zone = Field(default="Europe/London", description="the time zone its meetings are in")
    starts: f.PlanDate = Field(alias="from", description="its first day")
    ends: f.PlanDate = Field(alias="to", description="its last day")


class Theme(Shape):
    """One of `themes:`: a heading over priorities. A plan may have none."""

    key: f.Key = Field(description="the word the file uses for it, such as heard")
    name: f.Title = Field(description="its name, such as Heard")
    aliases: tuple[f.Title, ...] = Field(default=(), description="other words people use for it")


class Priority(Shape):
    """One of `priorities:`."""

    number: f.Number = Field(description="its number, counted through the whole plan")
    title: f.Title = Field(description="its title")
    theme: f.Key | None = Field(default=None, description="the key of the theme it is under, if any")
    aliases: tuple[f.Title, ...] = Field(default=(), description="other words people use for it")


class ClosedDates(Shape):
    """One of `closed:`: days on which an organisation or a board is not at work, both ends included."""

    starts: f.PlanDate = Field(alias="from", description="the first closed day")
    ends: f.PlanDate = Field(alias="to", description="the last closed day")
    why: f.Title | None = Field(default=None, description="what they are, such as summer holidays")


class NameToCome(Shape):
    """One of `renames:` of an organisation: what it is to be called from a day on."""

    starts: f.PlanDate = Field(alias="from", description="the first day of the new name")
    name: f.Title = Field(description="the new name")


class Organisation(Shape):
    """One of `organisations:`."""

    key: f.Key = Field(description="the word the file uses for it, such as sefton-council")
    name: f.Title = Field(description="its name, such as Sefton Council")
    aliases: tuple[f.Title, ...] = Field(default=(), description="other words people use for it")
    closed: tuple[ClosedDates, ...] = Field(default=(), description="its closed dates, such as school holidays")
    renames: tuple[NameToCome, ...] = Field(default=(), description="names it is to have, each from a day on")


class Person(Shape):
    """Somebody: at least one of the three. Without e-mail and Slack it is a person without an account."""

    name: f.Title | None = Field(default=None, description="what the person is called")
    email: f.Email | None = Field(default=None, description="the e-mail address the person has in Slack")
    slack: f.SlackUser | None = Field(default=None, description="the person's Slack member ID")

    @property
    def has_account(self) -> bool:
        """Whether there is anything by which Slack can find this person."""
        return self.email is not None or self.slack is not None


class Deputy(Person):
    """One of `deputies:`: a stand-in who gets the requests alone between two dates, both included."""

    starts: f.PlanDate = Field(alias="from", description="the first day of standing in")
    ends: f.PlanDate = Field(alias="to", description="the last day of standing in")


class Administrator(Person):
    """One of `administrators:`."""

    until: f.PlanDate | None = Field(default=None, description="the last day of looking after the bot, when known")


class QuietDays(Person):
    """One of `quiet:`: days on which somebody is asked for nothing, both included."""

    starts: f.PlanDate = Field(alias="from", description="the first quiet day")
    ends: f.PlanDate = Field(alias="to", description="the last quiet day")


class PostSource(Shape):
    """`provenance:` of a post."""

    lead: f.ProvenanceWord = Field(description="whether a document names this post as a lead")
    note: f.Title | None = Field(default=None, description="where, or why it was made up")


class Post(Shape):
    """One of `posts:`: a post keeps its actions when its holder leaves."""

    key: f.Key = Field(description="the word the file uses for it, such as head-of-education")
    title: f.Title = Field(description="its title, such as Head of Education")
    organisation: f.Key = Field(description="the key of its organisation")
    holder: Person | None = Field(default=None, description="today's holder; leave it out while the post is vacant")
    contact_officers: tuple[Person, ...] = Field(default=(), description="colleagues who get the requests as well")
    deputies: tuple[Deputy, ...] = Field(default=(), description="stand-ins, each for a range of dates")
    provenance: PostSource | None = Field(default=None, description="whether a document names this post")


class Papers(Shape):
    """`papers:` of a board: how many clear days before the meeting they are published."""

    days: f.Days = Field(default=5, description="how many clear days")
    count: f.CountWord = Field(default=f.DayCount.WORKING, description="working or calendar days")


class UpdatesDue(Shape):
    """`updates_due:` of a board: when leads' answers are wanted."""

    days: f.Days = Field(default=5, description="how many working days before the papers")


class Meeting(Shape):
    """One of a board's `meetings:`: either `date:`, or `expected:` while only the month is known."""

    date: f.PlanDate | None = Field(default=None, description="its day")
    expected: f.PlanMonth | None = Field(default=None, description="its month, while the date is to be confirmed")
    time: f.PlanTime = Field(default=time(10), description="when it starts, local time")
    focus: f.Key | None = Field(default=None, description="the key of the theme it focuses on")
    state: f.StateWord = Field(default=MeetingState.PLANNED, description="planned or cancelled")
    source: f.ProvenanceWord | None = Field(default=None, description="whether a document gives this meeting")
    note: f.Title | None = Field(default=None, description="anything worth knowing about it")


class Board(Shape):
    """One of `boards:`."""

    key: f.Key = Field(description="the word the file uses for it, such as partnership")
    name: f.Title = Field(description="its name")
    aliases: tuple[f.Title, ...] = Field(default=(), description="other words people use for it")
    secretary: f.Key | None = Field(default=None, description="the key of its secretary's post")
    chair: f.Key | None = Field(default=None, description="the key of its chair's post")
    chair_until: f.PlanDate | None = Field(default=None, description="the chair's last day, when known")
    channel: f.Channel | None = Field(default=None, description="the ID of its Slack channel")
    papers: Papers = Field(default=Papers(), description="when its papers are published")
    updates_due: UpdatesDue = Field(default=UpdatesDue(), description="when answers are wanted")
    ask_for: f.AskForWord = Field(
        default=f.AskFor.DUE, description="whether leads are asked for what is due or all open"
    )
    publish: f.PublishWord = Field(default=f.Publish.ON_PRESS, description="when the digest goes to the channel")
    closed: tuple[ClosedDates, ...] = Field(default=(), description="days the board does not count as working days")
    meetings: tuple[Meeting, ...] = Field(default=(), description="its meetings, past ones too")


class Given(Shape):
    """`given:` of a board action: where it was given out."""

    board: f.Key | None = Field(default=None, description="the key of the board; left out, the home board")
    meeting: f.PlanDate = Field(description="the date of the meeting that gave it")
    minute: f.Title | None = Field(default=None, description="the minute item, such as 4.2")


class Agreed(Shape):
    """`agreed:` of a complete action: who agreed that it is."""

    board: f.Key | None = Field(default=None, description="the key of the board; left out, the home board")
    meeting: f.PlanDate = Field(description="the date of the meeting that agreed")
    minute: f.Title | None = Field(default=None, description='the minute item; left out, "to be added"')


class Part(Shape):
    """`part:` of an action: that it is one organisation's part of an action for all partners."""

    of: f.Ref = Field(description="the ref of the whole action, such as 16sep-3")
    partner: f.Key = Field(description="the key of the organisation whose part it is")


class ActionSource(Shape):
    """`source:` of an action: where it and its lead and due meeting come from."""

    document: f.Title | None = Field(default=None, description="the document it is from")
    lead: f.ProvenanceWord | None = Field(default=None, description="whether a document gives its lead")
    due: f.ProvenanceWord | None = Field(default=None, description="whether a document gives its due meeting")
    note: f.Title | None = Field(default=None, description="anything worth knowing about it")


class Action(Shape):
    """One of `actions:`. It serves a whole theme, or one or more priorities."""

    ref: f.Ref = Field(description="its ref, unique in the plan, such as heard-1")
    number: f.Number | None = Field(default=None, description="the number printed beside it, if any")
    kind_written: f.KindWord | None = Field(
        default=None, alias="kind", description="what it is; left out, it is taken as a standing commitment"
    )
    words: f.Words = Field(description="what is to be done")
    theme: f.Key | None = Field(default=None, description="the key of the theme it serves as a whole")
    priorities: tuple[f.Number, ...] = Field(default=(), description="the numbers of the priorities it serves")
    lead: f.Key | None = Field(default=None, description="the key of the post that is answerable for it")
    supporting: tuple[f.Key, ...] = Field(default=(), description="the keys of organisations that help")
    board: f.Key | None = Field(
        default=None, description="the key of its home board; may be left out when there is one"
    )
    due_written: f.Due | None = Field(
        default=None,
        alias="due",
        description="the home board's meeting it is due at: its date, or an expected one's month",
    )
    first_due: f.Due | None = Field(
        default=None, description="the meeting it was first due at, where it has been moved since"
    )
    first_due_board: f.Key | None = Field(
        default=None, description="the key of the board of that meeting; left out, the home board"
    )
    moved_because: f.Words | None = Field(
        default=None, description="why its due meeting is moved; read when a plan is imported again"
    )
    due_date: f.PlanDate | None = Field(default=None, description="board actions only: a date between meetings")
    given: Given | None = Field(default=None, description="board actions only: the meeting that gave it")
    part: Part | None = Field(default=None, description="of what it is one organisation's part, and whose")
    status: f.StatusWord = Field(default=Status.NOT_STARTED, description="how it stands")
    status_words: f.Words | None = Field(
        default=None, description="the words of the last update; the reason for the status"
    )
    status_date: f.PlanDate | None = Field(
        default=None, description="when that was said; left out, the day of the import"
    )
    evidence: f.Words | None = Field(default=None, description="words or a link that show it is done")
    agreed: Agreed | None = Field(default=None, description="the meeting that agreed it is complete")
    source: ActionSource | None = Field(default=None, description="where it and its lead and due meeting come from")

    @property
    def kind(self) -> Kind:
        """What it is taken as: the kind that was written, else a standing commitment."""
        return self.kind_written or Kind.STANDING

    @property
    def due(self) -> date | f.Month | None:
        """The meeting it is due at; None for whatever is taken as a standing commitment."""
        return None if self.kind is Kind.STANDING else self.due_written


class ExportedPart(Shape):
    """One of `parts:` of `exported:`: what one part of the plan was like (`models.files.merging.prints`)."""

    of: f.Title = Field(description="which part, such as actions heard-1")
    was: f.Words = Field(description="a fingerprint of each of its values")


class Exported(Shape):
    """`exported:`: written by `cypp export`, so that importing again can tell what was changed in the file."""

    on: f.PlanDate = Field(description="the day of the export")
    revision: f.Title = Field(description="the plan's revision on that day")
    parts: tuple[ExportedPart, ...] = Field(default=(), description="what each part of the plan was like")


class PlanFile(Shape):
    """A whole plan file."""

    plan: PlanHead = Field(description="the plan's name, area, from and to")
    themes: tuple[Theme, ...] = Field(default=(), description="its themes, if it has any")
    priorities: tuple[Priority, ...] = Field(default=(), description="its priorities")
    organisations: tuple[Organisation, ...] = Field(default=(), description="the organisations in it")
    posts: tuple[Post, ...] = Field(default=(), description="the posts that lead, chair or keep its actions")
    administrators: tuple[Administrator, ...] = Field(default=(), description="who looks after the bot")
    quiet: tuple[QuietDays, ...] = Field(default=(), description="who is asked for nothing on which days")
    boards: tuple[Board, ...] = Field(description="the boards that keep its actions, at least one")
    actions: tuple[Action, ...] = Field(default=(), description="its actions")
    exported: Exported | None = Field(default=None, description="what `cypp export` wrote here; leave it as it is")

    def home_board(self, action: Action) -> Board:
        """An action of this plan in, the board whose secretary keeps it out."""
        return next(board for board in self.boards if action.board in (None, board.key))
