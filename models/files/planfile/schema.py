"""The plan file: every key it may hold. Problems and the documentation quote the descriptions.

These models check single values only. What must hold between values (a lead that exists, a due meeting that the
board has, a reason beside amber) is in `checks.py` and `actions.py`, so that all of it can be reported at once; a
`PlanFile` that `read_plan` returned has passed both.
"""

from __future__ import annotations

from datetime import time

from pydantic import BaseModel, ConfigDict, Field

from models.enums import Kind, MeetingState, Nation, Status
from models.files.planfile import fields as f
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind, ValueState


class PlanPart(BaseModel):
    """A part of a plan file: it does not change, and a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PlanHead(PlanPart):
    """`plan:`: the plan itself."""

    name: f.PlanTitle = Field(description="the plan's name, such as My Sefton 2020–2025")
    area: f.PlanTitle = Field(description="the area it is for, such as Sefton")
    zone: f.PlanZone = Field(default="Europe/London", description="the time zone its meetings are in")
    starts: f.PlanDate = Field(alias="from", description="its first day")
    ends: f.PlanDate = Field(alias="to", description="its last day")


class FileTheme(PlanPart):
    """One of `themes:`: a heading over priorities. A plan may have none."""

    key: f.PlanKey = Field(
        default="", description="the word the file uses for it (left out: made from the name), such as heard"
    )
    name: f.PlanTitle = Field(description="its name, such as Heard")
    aliases: tuple[f.PlanTitle, ...] = Field(default=(), description="other words people use for it")


class FilePriority(PlanPart):
    """One of `priorities:`."""

    number: f.PlanNumber = Field(default=0, description="its number through the whole plan; left out, by its order")
    title: f.PlanTitle = Field(description="its title")
    theme: f.PlanReference | None = Field(default=None, description="the theme it is under, if any")
    aliases: tuple[f.PlanTitle, ...] = Field(default=(), description="other words people use for it")


class ClosedDates(PlanPart):
    """One of `closed:`: days on which an organisation or a board is not at work, both ends included."""

    starts: f.PlanDate = Field(alias="from", description="the first closed day")
    ends: f.PlanDate = Field(alias="to", description="the last closed day")
    why: f.PlanTitle | None = Field(default=None, description="what they are, such as summer holidays")


class NameToCome(PlanPart):
    """One of `renames:` of an organisation: what it is to be called from a day on."""

    starts: f.PlanDate = Field(alias="from", description="the first day of the new name")
    name: f.PlanTitle = Field(description="the new name")


class FileOrganisation(PlanPart):
    """One of `organisations:`."""

    key: f.PlanKey = Field(
        default="", description="the word the file uses for it (left out: made from the name), such as sefton-council"
    )
    name: f.PlanTitle = Field(description="its name, such as Sefton Council")
    aliases: tuple[f.PlanTitle, ...] = Field(default=(), description="other words people use for it")
    closed: tuple[ClosedDates, ...] = Field(default=(), description="its closed dates, such as school holidays")
    renames: tuple[NameToCome, ...] = Field(default=(), description="names it is to have, each from a day on")
    contributors: tuple[f.PlanReference, ...] = Field(
        default=(),
        description="its posts that contribute to a meeting's focus theme; left out, the one that leads most",
    )
    until: f.PlanDate | None = Field(default=None, description="its last day, where it has ended")


class FilePerson(PlanPart):
    """Somebody: at least one of the three. Without e-mail and Slack it is a person without an account."""

    name: f.PlanTitle | None = Field(default=None, description="what the person is called")
    email: f.PlanEmail | None = Field(default=None, description="the e-mail address the person has in Slack")
    slack: f.PlanSlackUser | None = Field(default=None, description="the person's Slack member ID")

    @property
    def has_account(self) -> bool:
        """Whether there is anything by which Slack can find this person."""
        return self.email is not None or self.slack is not None


class Deputy(FilePerson):
    """One of `deputies:`: a stand-in who gets the requests alone between two dates, both included."""

    starts: f.PlanDate = Field(alias="from", description="the first day of standing in")
    ends: f.PlanDate = Field(alias="to", description="the last day of standing in")


class Administrator(FilePerson):
    """One of `administrators:`."""

    until: f.PlanDate | None = Field(default=None, description="the last day of looking after the bot, when known")


class QuietDays(FilePerson):
    """One of `quiet:`: days on which somebody is asked for nothing, both included."""

    starts: f.PlanDate = Field(alias="from", description="the first quiet day")
    ends: f.PlanDate = Field(alias="to", description="the last quiet day")


class PostSource(PlanPart):
    """`provenance:` of a post."""

    lead: f.ProvenanceWord = Field(description="whether a document names this post as a lead")
    note: f.PlanTitle | None = Field(default=None, description="where, or why it was made up")


class FilePost(PlanPart):
    """One of `posts:`: a post keeps its actions when its holder leaves."""

    key: f.PlanKey = Field(
        default="",
        description="the word the file uses for it (left out: made from the name), such as head-of-education",
    )
    title: f.PlanTitle = Field(description="its title, such as Head of Education")
    aliases: tuple[f.PlanTitle, ...] = Field(
        default=(), description="other words people use for it, such as Head of Ed"
    )
    organisation: f.PlanReference = Field(description="its organisation")
    holder: FilePerson | None = Field(default=None, description="today's holder; leave it out while the post is vacant")
    contact_officers: tuple[FilePerson, ...] = Field(default=(), description="colleagues who get the requests as well")
    deputies: tuple[Deputy, ...] = Field(default=(), description="stand-ins, each for a range of dates")
    provenance: PostSource | None = Field(default=None, description="whether a document names this post")


class Papers(PlanPart):
    """`papers:` of a board: how many clear days before the meeting they are published."""

    days: f.PlanDays = Field(default=5, description="how many clear days")
    count: f.CountWord = Field(default=f.DayCount.WORKING, description="working or calendar days")


class UpdatesDue(PlanPart):
    """`updates_due:` of a board: when leads' answers are wanted."""

    days: f.PlanDays = Field(default=5, description="how many working days before the papers")


class FileMeeting(PlanPart):
    """One of a board's `meetings:`: either `date:`, or `expected:` while only the month is known."""

    date: f.PlanDate | None = Field(default=None, description="its day")
    expected: f.PlanMonth | None = Field(default=None, description="its month, while the date is to be confirmed")
    time: f.PlanTime = Field(default=time(10), description="when it starts, local time")
    focus: f.PlanReference | None = Field(default=None, description="the theme it focuses on")
    state: f.StateWord = Field(default=MeetingState.PLANNED, description="planned or cancelled")
    source: f.ProvenanceWord | None = Field(default=None, description="whether a document gives this meeting")
    note: f.PlanTitle | None = Field(default=None, description="anything worth knowing about it")


class FileBoard(PlanPart):
    """One of `boards:`."""

    key: f.PlanKey = Field(
        default="", description="the word the file uses for it (left out: made from the name), such as partnership"
    )
    name: f.PlanTitle = Field(description="its name")
    aliases: tuple[f.PlanTitle, ...] = Field(default=(), description="other words people use for it")
    secretary: f.PlanReference | None = Field(default=None, description="its secretary's post")
    chair: f.PlanReference | None = Field(default=None, description="its chair's post")
    chair_until: f.PlanDate | None = Field(default=None, description="the chair's last day, when known")
    channel: f.PlanChannel | None = Field(default=None, description="the ID of its Slack channel")
    papers: Papers = Field(default=Papers(), description="when its papers are published")
    updates_due: UpdatesDue = Field(default=UpdatesDue(), description="when answers are wanted")
    ask_for: f.AskForWord = Field(
        default=f.AskFor.DUE, description="whether leads are asked for what is due or all open"
    )
    publish: f.PublishWord = Field(default=f.PublishWhen.ON_PRESS, description="when the digest goes to the channel")
    closed: tuple[ClosedDates, ...] = Field(default=(), description="days the board does not count as working days")
    nation: f.NationWord = Field(default=Nation.ENGLAND, description="whose bank holidays it keeps")
    opened: tuple[ClosedDates, ...] = Field(default=(), description="bank holidays on which it works")
    risk_bands: tuple[f.PlanBand, ...] = Field(
        default=(), description="what it calls the scores of risks, such as high 15–25"
    )
    meetings: tuple[FileMeeting, ...] = Field(default=(), description="its meetings, past ones too")


class GivenAt(PlanPart):
    """`given:` of a board action: where it was given out."""

    board: f.PlanReference | None = Field(default=None, description="the board; left out, the home board")
    meeting: f.PlanDate = Field(description="the date of the meeting that gave it")
    minute: f.PlanTitle | None = Field(default=None, description="the minute item, such as 4.2")


class AgreedAt(PlanPart):
    """`agreed:` of a complete action: who agreed that it is."""

    board: f.PlanReference | None = Field(default=None, description="the board; left out, the home board")
    meeting: f.PlanDate = Field(description="the date of the meeting that agreed")
    minute: f.PlanTitle | None = Field(default=None, description='the minute item; left out, "to be added"')


class PartOf(PlanPart):
    """`part:` of an action: that it is one organisation's part of an action for all partners."""

    of: f.PlanRef = Field(description="the ref of the whole action, such as 16sep-3")
    partner: f.PlanReference = Field(description="the organisation whose part it is")


class ActionSource(PlanPart):
    """`source:` of an action: where it and its lead and due meeting come from."""

    document: f.PlanTitle | None = Field(default=None, description="the document it is from")
    lead: f.ProvenanceWord | None = Field(default=None, description="whether a document gives its lead")
    due: f.ProvenanceWord | None = Field(default=None, description="whether a document gives its due meeting")
    note: f.PlanTitle | None = Field(default=None, description="anything worth knowing about it")
    as_printed: f.PlanPrinted | None = Field(
        default=None, description="what the log it is from says of it beside its fields"
    )


class FileAction(PlanPart):
    """One of `actions:`. It serves a whole theme, or one or more priorities."""

    ref: f.PlanRef = Field(description="its ref, unique in the plan, such as heard-1")
    number: f.PlanNumber | None = Field(default=None, description="the number printed beside it, if any")
    kind_written: f.KindWord | None = Field(
        default=None,
        alias="kind",
        description="what it is; left out, a deliverable with a due meeting, a board action with a date, "
        "else a standing commitment",
    )
    words: f.PlanWords = Field(description="what is to be done")
    theme: f.PlanReference | None = Field(default=None, description="the theme it serves as a whole")
    priorities: tuple[f.PlanPriority, ...] = Field(default=(), description="the priorities it serves")
    lead: f.PlanReference | None = Field(default=None, description="the post that is answerable for it")
    supporting: tuple[f.PlanReference, ...] = Field(default=(), description="organisations that help")
    board: f.PlanReference | None = Field(default=None, description="its home board; may be left out when there is one")
    due: f.PlanDue | None = Field(
        default=None,
        description="the home board's meeting it is due at: its date, or an expected one's month",
    )
    first_due: f.PlanDue | None = Field(
        default=None, description="the meeting it was first due at, where it has been moved since"
    )
    first_due_board: f.PlanReference | None = Field(
        default=None, description="the board of that meeting; left out, the home board"
    )
    moved_because: f.PlanWords | None = Field(
        default=None, description="why its due meeting is moved; read when a plan is imported again"
    )
    due_date: f.PlanDate | None = Field(default=None, description="board actions only: a date between meetings")
    given: GivenAt | None = Field(default=None, description="board actions only: the meeting that gave it")
    part: PartOf | None = Field(default=None, description="of what it is one organisation's part, and whose")
    status: f.StatusWord = Field(default=Status.NOT_STARTED, description="how it stands")
    status_words: f.PlanWords | None = Field(
        default=None, description="the words of the last update; the reason for the status"
    )
    status_date: f.PlanDate | None = Field(
        default=None, description="when that was said; left out, the day of the import"
    )
    evidence: f.PlanWords | None = Field(default=None, description="words or a link that show it is done")
    agreed: AgreedAt | None = Field(default=None, description="the meeting that agreed it is complete")
    source: ActionSource | None = Field(default=None, description="where it and its lead and due meeting come from")

    @property
    def kind(self) -> Kind:
        """What it is taken as: the kind that was written, else what follows from when it is due."""
        if self.kind_written:
            return self.kind_written
        if self.due_date or self.given:
            return Kind.BOARD_ACTION
        return Kind.DELIVERABLE if self.due else Kind.STANDING


class FileMeasure(PlanPart):
    """One of `measures:`: what shows whether the plan moves anything. It is of a priority or of a whole theme."""

    ref: f.PlanRef = Field(description="its ref, unique among the measures, such as m7.1")
    name: f.PlanWords = Field(description="its name as it is printed")
    said: f.PlanTitle | None = Field(default=None, description="what is said after a figure, such as met Good")
    priority: f.PlanPriority | None = Field(default=None, description="the priority it is of")
    theme: f.PlanReference | None = Field(default=None, description="the theme it is of as a whole")
    good_is: f.GoodIsWord = Field(default=GoodIs.HIGH, description="which way it is wanted to go")
    unit: f.UnitWord = Field(default=MeasureUnit.PERCENT, description="what it counts")
    period: f.PeriodWord = Field(default=PeriodKind.QUARTER, description="how often it is taken, and over what")
    target: f.PlanFigure | None = Field(default=None, description="the figure that is wanted")
    floor: f.PlanFigure | None = Field(default=None, description="the floor standard: what it may not fall behind")
    unchanged: f.PlanFigure | None = Field(
        default=None, description="a difference up to this is no clear change; left out, none"
    )
    compared_with: f.ComparedWord = Field(
        default=f.ComparedWith.LAST, description="the earlier period it is compared with, where it has a season"
    )
    baseline: f.PlanTitle | None = Field(default=None, description="where it stood when the plan began")
    provider: f.PlanReference | None = Field(default=None, description="the post that gives its figures")
    source: f.PlanTitle | None = Field(default=None, description="where its figures are from")
    benchmarks: tuple[f.PlanTitle, ...] = Field(default=(), description="other areas' figures, such as England 70 %")


class FileValue(PlanPart):
    """One of `values:`: a measure's figure for a period."""

    measure: f.PlanRef = Field(description="the measure's ref")
    period: f.PlanTitle = Field(description="the period with its year, such as Q2 2020/21")
    figure: f.PlanFigure | None = Field(default=None, description="the figure; left out where it is not available")
    numerator: f.PlanCount | None = Field(default=None, description="of a share: how many")
    denominator: f.PlanCount | None = Field(default=None, description="of a share: of how many")
    state: f.ValueStateWord = Field(default=ValueState.FINAL, description="whether it may still change")
    target: f.PlanFigure | None = Field(default=None, description="what was wanted then, where that has changed since")
    floor: f.PlanFigure | None = Field(default=None, description="the floor standard then, where it has changed since")
    note: f.PlanWords | None = Field(default=None, description="anything worth knowing about it")


class FileRisk(PlanPart):
    """One of `risks:`: what may keep the plan from what it is to do. How it is scored stands in `assessments:`."""

    ref: f.PlanRef = Field(description="its ref, unique among the risks, such as ORG0009")
    title: f.PlanTitle = Field(description="its name in a few words")
    priority: f.PlanPriority | None = Field(default=None, description="the priority it is about; left out, the plan")
    cause: f.PlanWords | None = Field(default=None, description="what brings it about")
    event: f.PlanWords | None = Field(default=None, description="what may happen")
    effect: f.PlanWords | None = Field(default=None, description="what that would do")
    target: f.PlanScore | None = Field(default=None, description="the score that is wanted")
    treatment: f.PlanWords | None = Field(default=None, description="what is done about it")
    mitigated_by: tuple[f.PlanRef, ...] = Field(
        default=(), description="the actions that are to bring it to its target, by ref"
    )
    owner: f.PlanReference | None = Field(default=None, description="the post that assesses it")
    board: f.PlanReference | None = Field(
        default=None, description="the board that monitors it; left out, the plan's first"
    )


class FileAssessment(PlanPart):
    """One of `assessments:`: how a risk was scored on a day."""

    risk: f.PlanRef = Field(description="the risk's ref")
    day: f.PlanDate = Field(description="the day on which it was assessed")
    likelihood: f.PlanHalfScore = Field(description="how likely it is, 1 to 5")
    impact: f.PlanHalfScore = Field(description="how much it would do, 1 to 5")
    score: f.PlanCount | None = Field(
        default=None, description="likelihood × impact: computed, so it may be left out; where it stands it is checked"
    )
    because: f.PlanWords | None = Field(default=None, description="why")


class ExportedPart(PlanPart):
    """One of `parts:` of `exported:`: what one part of the plan was like (`models.files.merging.fingerprints`)."""

    of: f.PlanTitle = Field(description="which part, such as actions heard-1")
    was: f.PlanWords = Field(description="a fingerprint of each of its values")


class Exported(PlanPart):
    """`exported:`: written by `cypp export`, so that importing again can tell what was changed in the file."""

    on: f.PlanDate = Field(description="the day of the export")
    revision: f.PlanTitle = Field(description="the plan's revision on that day")
    parts: tuple[ExportedPart, ...] = Field(default=(), description="what each part of the plan was like")


class PlanFile(PlanPart):
    """A whole plan file."""

    plan: PlanHead = Field(description="the plan's name, area, from and to")
    themes: tuple[FileTheme, ...] = Field(default=(), description="its themes, if it has any")
    priorities: tuple[FilePriority, ...] = Field(default=(), description="its priorities")
    organisations: tuple[FileOrganisation, ...] = Field(default=(), description="the organisations in it")
    posts: tuple[FilePost, ...] = Field(default=(), description="the posts that lead, chair or keep its actions")
    administrators: tuple[Administrator, ...] = Field(default=(), description="who looks after the bot")
    quiet: tuple[QuietDays, ...] = Field(default=(), description="who is asked for nothing on which days")
    boards: tuple[FileBoard, ...] = Field(description="the boards that keep its actions, at least one")
    actions: tuple[FileAction, ...] = Field(default=(), description="its actions")
    measures: tuple[FileMeasure, ...] = Field(default=(), description="what shows whether the plan moves anything")
    values: tuple[FileValue, ...] = Field(default=(), description="the measures' figures by period")
    risks: tuple[FileRisk, ...] = Field(default=(), description="what may keep the plan from what it is to do")
    assessments: tuple[FileAssessment, ...] = Field(default=(), description="how the risks were scored, by day")
    exported: Exported | None = Field(default=None, description="what `cypp export` wrote here; leave it as it is")

    def home_board(self, action: FileAction) -> FileBoard:
        """Return the board whose secretary keeps an action of this plan."""
        return next(board for board in self.boards if action.board in (None, board.key))
