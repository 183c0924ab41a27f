"""What typed or pasted lines would add: each with its home board, its lead or partners, and its due meeting or day.

Nothing is stored here and nothing is guessed in silence: what was not said is shown as it is taken, and what cannot be
read is a question.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said
from handlers.permissions import About, may
from handlers.preconditions import calendar_of_key
from handlers.reading.action_lines import LineRead, LinesRead, read_lines
from handlers.reading.board_names import BoardAsk, read_board
from handlers.reading.dates import NoDay
from handlers.reading.day_words import MONTH_NAMES
from handlers.reading.days import read_day
from handlers.reading.lead_names import LeadAsk, OnePost, Partners
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import quoted
from handlers.reading.targets import PriorityTarget, ThemeTarget
from handlers.safeguarding.detection import refused
from models.enums import Kind, MeetingState, Verb
from models.plan.action_rows import NewAction, NewPart, next_number
from models.plan.people_reads import organisations_of, posts_of
from models.records.named_mentions import name_mentions
from models.records.partner_parts import short_name
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.lengths import MAX_WORDS

GIVEN_DAYS = 60
"""How long after a meeting what is pasted is taken to have been given out there, where no meeting is named."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One line as it would be added. `new` None: it cannot be, and `problems` says why, a sentence each."""

    typed: str
    words: str
    ref: str = ""
    new: NewAction | None = None
    facts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    """Each partner and the post that is asked for it: "Merseyside Police: Superintendent, Sefton"."""


@dataclass(frozen=True, slots=True)
class Due:
    """When an action is due: at a meeting of its board, or on a date. `said` is how it is shown."""

    said: str
    meeting_id: int | None = None
    day: date | None = None


@dataclass
class Reader:
    """One reading of some lines by somebody who keeps boards."""

    ctx: RequestContext
    numbers: dict[str, int] = field(default_factory=dict)

    def lines(self, text: str) -> list[Drafted]:
        """Return each typed line as it would be added."""
        read = read_lines(text, self.ctx.vocabulary, self.ctx.today)
        given, problem = self._given(read)
        return [self._line(line, read, given, problem) for line in read.lines]

    def _given(self, read: LinesRead) -> tuple[MeetingFacts | None, str]:
        """Return the meeting that stands over the lines, or why it cannot be told."""
        if not read.given:
            return None, ""
        ctx = self.ctx
        found = read_meeting(read.given, ctx.vocabulary, ctx.today, looking_back=True)
        if isinstance(found, MeetingAsk):
            return None, found.say
        meeting = next(c.by_id[found.meeting_id] for c in ctx.calendars.values() if found.meeting_id in c.by_id)
        calendar = ctx.calendars[meeting.board_id]
        if not meeting.begun(ctx.now):
            when = meeting_said(meeting, calendar)
            return None, f"The meeting of {when} has not been held yet, so it has given out no actions."
        return meeting, ""

    def _line(self, line: LineRead, read: LinesRead, given: MeetingFacts | None, problem: str) -> Drafted:
        ctx = self.ctx
        problems = [problem] if problem else []
        calendar = self._home(line, read, given)
        if isinstance(calendar, str):
            return Drafted(line.typed, line.words, problems=(*problems, calendar))
        if not line.words:
            problems.append("What is to be done?")
        elif len(line.words) > MAX_WORDS:
            problems.append(f"That is {len(line.words):,} characters, and an action has at most {MAX_WORDS:,}.")
        if line.lead is None:
            problems.append("Who leads it? Begin the line with a post and a colon, or say “all partners”.")
        elif isinstance(line.lead, LeadAsk):
            problems.append(line.lead.say)
        due = due_of(ctx, calendar, line.due)
        if isinstance(due, str):
            problems.append(due)
        if problems or isinstance(due, str) or line.lead is None or isinstance(line.lead, LeadAsk):
            return Drafted(line.typed, line.words, problems=tuple(problems))
        given = given if given is not None and given.board_id == calendar.board.id else latest_given(ctx, calendar)
        theme_id, priority_ids = served(ctx, line.serves)
        new = NewAction(
            words=line.words,
            kind=Kind.BOARD_ACTION,
            board_id=calendar.board.id,
            prefix=prefix_of(ctx, Kind.BOARD_ACTION, calendar, given, theme_id, priority_ids),
            theme_id=theme_id,
            priority_ids=priority_ids,
            lead_post_id=line.lead.post_id if isinstance(line.lead, OnePost) else None,
            parts=parts_from(ctx, line.lead) if isinstance(line.lead, Partners) else (),
            due_meeting_id=due.meeting_id,
            due_date=due.day,
            given_meeting_id=given.id if given else None,
            minute=line.minute,
        )
        return drafted(ctx, line.typed, new, self.ref(new.prefix), due)

    def ref(self, prefix: str) -> str:
        """Return the next ref that begins so; each is given once in a reading."""
        if prefix not in self.numbers:
            self.numbers[prefix] = next_number(self.ctx.session, prefix)
        else:
            self.numbers[prefix] += 1
        return f"{prefix}{self.numbers[prefix]}"

    def _home(self, line: LineRead, read: LinesRead, given: MeetingFacts | None) -> BoardCalendar | str:
        """Return the home board: the one named, else that of the meeting over the lines, else the only fit."""
        ctx = self.ctx
        kept = kept_boards(ctx)
        named = line.board or read.board
        if named:
            found = read_board(named, ctx.vocabulary)
            if isinstance(found, BoardAsk):
                return found.say
            calendar = calendar_of_key(ctx, found.key)
        elif given is not None:
            calendar = ctx.calendars[given.board_id]
        elif len(kept) == 1:
            return kept[0]
        else:
            fitting = self._due_at(line, kept) or kept
            if len(fitting) != 1:
                fitting = _lately_held(ctx, fitting)
            if not fitting:
                names = ", ".join(calendar.board.key for calendar in kept)
                return f"Which board keeps it ({names})? Begin with “to {kept[0].board.key}:”."
            return fitting[0]
        if calendar not in kept:
            secretary = ctx.secretary(calendar.board.id) or "its secretary"
            return f"The {calendar.board.name} is kept by {secretary}, who adds actions to its list."
        return calendar

    def _due_at(self, line: LineRead, kept: Sequence[BoardCalendar]) -> list[BoardCalendar]:
        """Return the boards of which the line names a meeting."""
        found = [(calendar, due_of(self.ctx, calendar, line.due)) for calendar in kept] if line.due else []
        return [calendar for calendar, due in found if isinstance(due, Due) and due.meeting_id is not None]


def drafted(ctx: RequestContext, typed: str, new: NewAction, ref: str, due: Due | None = None) -> Drafted:
    """Return a new action as it is shown before it is added: its lead or partners, when it is due, what it serves."""
    if refused(f"{new.words} {new.minute}"):
        return Drafted("", "", problems=("It holds a number that stands for one person: please leave it out.",))
    partners = _partners_said(ctx, new)
    lead = f"{len(partners)} partners" if partners else ctx.posts.get(new.lead_post_id or 0, "no lead yet")
    facts = [lead, due.said if due else due_of_new(ctx, new)]
    if new.priority_ids:
        numbers = [str(one.number) for one in ctx.priorities if one.id in new.priority_ids]
        facts.append(f"{'priority' if len(numbers) == 1 else 'priorities'} {', '.join(numbers)}")
    facts += [f"theme {theme.name}" for theme in ctx.themes if theme.id == new.theme_id]
    given = ctx.calendars[new.board_id].by_id.get(new.given_meeting_id or 0)
    if given is not None:
        minute = f", minute {new.minute}" if new.minute else ""
        facts.append(f"given out {meeting_said(given, ctx.calendars[new.board_id])}{minute}")
    words = name_mentions(ctx.session, new.words, ctx.today)
    return Drafted(typed, words, ref, new, tuple(facts), partners=partners)


def _partners_said(ctx: RequestContext, new: NewAction) -> tuple[str, ...]:
    if not new.parts:
        return ()
    names = {row.id: short_name(row.name, row.aliases) for row in organisations_of(ctx.session)}
    posts = {row.id: row for row in posts_of(ctx.session)}
    of = Counter(post.organisation_id for post in posts.values())
    said = []
    for part in new.parts:
        post = posts.get(part.lead_post_id or 0)
        others = f" (of {of[part.organisation_id]} posts)" if of[part.organisation_id] > 1 else ""
        said.append(f"{names[part.organisation_id]}: {post.title if post else 'no post yet'}{others if post else ''}")
    return tuple(said)


def due_of_new(ctx: RequestContext, new: NewAction) -> str:
    """Return when a new action is due, as it is said."""
    calendar = ctx.calendars[new.board_id]
    meeting = calendar.by_id.get(new.due_meeting_id or 0)
    if meeting is not None:
        return f"due at the meeting of {meeting_said(meeting, calendar)}"
    if new.due_date is not None:
        return f"due {day_said(new.due_date)}"
    return "standing commitment" if new.kind is Kind.STANDING else "no due meeting"


def due_of(ctx: RequestContext, calendar: BoardCalendar, text: str) -> Due | str:
    """Return the board's meeting on a typed day, else the day, or a question."""
    if not text:
        coming = calendar.next(ctx.now)
        if coming is None:
            return f"When is it due? The {calendar.board.name} has no next meeting yet."
        return Due(f"due at the next meeting, {meeting_said(coming, calendar)} (no date given)", coming.id)
    day = read_day(text, ctx.today)
    if not isinstance(day, NoDay):
        if day < ctx.today:
            return f"{day_said(day)} is past: when is it due?"
        meeting = next((one for one in calendar.dated if calendar.day(one) == day and one.start > ctx.now), None)
        if meeting is not None:
            return Due(f"due at the meeting of {meeting_said(meeting, calendar)}", meeting.id)
        return Due(f"due {day_said(day)}, between meetings", day=day)
    found = read_meeting(text, ctx.vocabulary, ctx.today, calendar.board.key)
    if isinstance(found, MeetingAsk):
        no_day = day.say.startswith("I do not read")
        said = found.say.removeprefix(f"I do not know the meeting {quoted(text)}.").strip() if no_day else day.say
        return f"When is {quoted(text)}? Name a day or a meeting. {said}"
    meeting = calendar.by_id.get(found.meeting_id)
    if meeting is None:
        return f"{quoted(text)} is a meeting of another board than the {calendar.board.name}, which keeps it."
    if meeting.state is MeetingState.CANCELLED or (meeting.starts_at is not None and meeting.start <= ctx.now):
        return f"The meeting of {meeting_said(meeting, calendar)} is past or cancelled: when is it due?"
    return Due(f"due at the meeting of {meeting_said(meeting, calendar)}", meeting.id)


def kept_boards(ctx: RequestContext) -> list[BoardCalendar]:
    """Return the boards to whose lists the asker may add."""
    return [
        calendar for board_id, calendar in ctx.calendars.items() if may(ctx.roles, Verb.ADD, About(board_id=board_id))
    ]


def latest_given(ctx: RequestContext, calendar: BoardCalendar) -> MeetingFacts | None:
    """Return the meeting that gave out what is added now: the latest held, while that is not long ago."""
    held = calendar.latest_held(ctx.now)
    return held if held is not None and (ctx.today - calendar.day(held)).days <= GIVEN_DAYS else None


def _lately_held(ctx: RequestContext, kept: Sequence[BoardCalendar]) -> list[BoardCalendar]:
    """Return the board that met last, of those that met lately."""
    held = [(meeting.start, calendar) for calendar in kept if (meeting := latest_given(ctx, calendar))]
    return [max(held, key=lambda row: row[0])[1]] if held else []


def served(ctx: RequestContext, serves: PriorityTarget | ThemeTarget | None) -> tuple[int | None, tuple[int, ...]]:
    """Return the theme an action serves as a whole, or the priorities."""
    if isinstance(serves, ThemeTarget):
        return next(theme.id for theme in ctx.themes if theme.key == serves.key), ()
    numbers = serves.numbers if serves is not None else ()
    return None, tuple(one.id for one in ctx.priorities if one.number in numbers)


def prefix_of(
    ctx: RequestContext,
    kind: Kind,
    calendar: BoardCalendar,
    given: MeetingFacts | None,
    theme_id: int | None,
    priority_ids: Sequence[int],
) -> str:
    """Return how the ref of a new action begins.

    A board action's begins with the day of the meeting that gave it (`16sep-`), others with their theme (`healthy-`),
    or
    with their priority where the plan has no themes (`7.`).
    """
    if kind is not Kind.BOARD_ACTION:
        first = next((one for one in ctx.priorities if one.id in priority_ids), None)
        wanted = theme_id or (first.theme_id if first else None)
        theme = next((theme for theme in ctx.themes if theme.id == wanted), None)
        if theme is not None:
            return f"{theme.key}-"
        if first is not None:
            return f"{first.number}."
    day = calendar.day(given) if given is not None and given.starts_at else ctx.today
    return f"{day.day}{MONTH_NAMES[day.month - 1][:3]}-"


def parts_from(ctx: RequestContext, partners: Partners) -> tuple[NewPart, ...]:
    """Return the partners that were read, as the parts of a new action."""
    keys = {row.id: row.key for row in organisations_of(ctx.session)}
    return tuple(NewPart(one, keys[one], post_id) for one, post_id in partners.asked)
