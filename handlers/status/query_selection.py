"""Which actions a question is about: its subjects and filters, over the actions as they are counted everywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, span_said
from handlers.reading.dates import DayWords, MonthWords
from handlers.reading.days import read_found
from handlers.reading.meeting_names import MeetingAsk, MeetingFound, read_meeting
from handlers.reading.normalise import quoted
from handlers.reading.queries.query import Filter, Query, QuestionSubject, SubjectKind, TimeWords
from handlers.status.owing import may_see_owed
from models.enums import OPEN, Capacity, Kind
from models.plan.action_reads import actions_given_at, actions_supported
from models.plan.listed_actions import ListedAction
from models.plan.serving import appointments, in_force
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_answered, is_awaiting, is_for_meeting, is_overdue, is_owed, meetings_missed

RANGES = ("by", "before", "until", "till", "after", "since", "between", "from")
"""Words before a day that say more than that it is due then."""
Condition = Callable[[ListedAction], bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject as it is found in the plan: how it is called, and which actions are of it.

    `leads`: the posts and boards it stands for, where it is some; `words`: what asks for it.
    """

    label: str
    holds: Condition
    words: str = ""
    note: str = ""
    kind: SubjectKind | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """What some days or meetings leave of the actions that are due, and how it is said; `unread`: what they are not."""

    holds: Condition | None = None
    said: str = ""
    unread: tuple[str, ...] = ()


def everything(one: ListedAction) -> bool:
    """Hold for every action."""
    return True


class Selection:
    """Selects the actions of a question, from the actions of the plan read once."""

    def __init__(self, ctx: RequestContext) -> None:
        self.ctx = ctx

    @cached_property
    def counted(self) -> list[ListedAction]:
        """Every action as it is counted."""
        return self.ctx.listed()

    @cached_property
    def vacant(self) -> frozenset[int]:
        """The posts that nobody holds today."""
        held = {
            row.post_id
            for row in appointments(self.ctx.session)
            if row.capacity is Capacity.HOLDER and in_force(row, self.ctx.today)
        }
        return frozenset(post.id for post in self.ctx.plan_names.posts if post.id not in held)

    @cached_property
    def organisation_of(self) -> dict[int, str]:
        """The key of each post's organisation."""
        return {post.id: post.organisation.key for post in self.ctx.plan_names.posts}

    @cached_property
    def held(self) -> frozenset[int]:
        """The actions whose last words are not for publication."""
        return frozenset(one.id for one in self.ctx.findables if one.held)

    @cached_property
    def silent(self) -> frozenset[int]:
        """The actions that nobody has said a word about."""
        return frozenset(one.id for one in self.ctx.findables if not (one.last or one.held))

    def scope(self, subject: QuestionSubject, *, supporting: bool = False) -> Scope:
        """Return a subject as it is found in the plan."""
        return replace(self._scope(subject, supporting), kind=subject.kind)

    def _scope(self, subject: QuestionSubject, supporting: bool) -> Scope:
        ctx, key = self.ctx, subject.key
        match subject.kind:
            case SubjectKind.THEME:
                theme = next(one for one in ctx.themes if one.key == key)
                own = frozenset((theme.id,))
                return Scope(
                    f"Theme {theme.name}",
                    lambda one: one.facts.theme_id == theme.id or not own.isdisjoint(one.facts.priority_theme_ids),
                    f"status theme {key}",
                )
            case SubjectKind.PRIORITIES:
                return self._priorities(tuple(int(number) for number in key.split(",")))
            case SubjectKind.ACTION:
                return Scope(key, lambda one: one.ref == key, f"status {key}")
            case SubjectKind.BOARD:
                board = next(one.board for one in ctx.calendars.values() if one.board.key == key)
                return Scope(board.name, lambda one: one.facts.board_id == board.id)
            case SubjectKind.ORGANISATION:
                return self._organisation(key, supporting)
            case SubjectKind.POST:
                post = next(one for one in ctx.plan_names.posts if one.key == key)
                vacant = " (vacant)" if post.id in self.vacant else ""
                return Scope(f"{post.label}{vacant}", lambda one: one.facts.lead_post_id == post.id)
        return self._own(key)

    def _priorities(self, numbers: tuple[int, ...]) -> Scope:
        ctx = self.ctx
        chosen = [one for one in ctx.priorities if one.number in numbers]
        themes = frozenset(one.theme_id for one in chosen if one.theme_id is not None)
        wanted = frozenset(numbers)
        label = span_said(numbers)
        shared = [one.name for one in ctx.themes if one.id in themes]
        return Scope(
            f"{label[0].upper()}{label[1:]}",
            lambda one: not wanted.isdisjoint(one.priority_numbers) or one.facts.theme_id in themes,
            f"status priorities {', '.join(map(str, numbers))}",
            f"With the actions for the whole of {listed([f'theme {name}' for name in shared])}." if shared else "",
        )

    def _organisation(self, key: str, supporting: bool) -> Scope:
        row = next(one for one in self.ctx.plan_names.organisations if one.key == key)
        helped = actions_supported(self.ctx.session, key) if supporting else frozenset[int]()
        return Scope(
            row.name,
            lambda one: self.organisation_of.get(one.facts.lead_post_id or 0) == key or one.facts.id in helped,
            note="With what it supports." if supporting else "",
        )

    def _own(self, which: str) -> Scope:
        roles = self.ctx.roles
        boards = roles.chair_of | roles.secretary_of
        if which == "us" and not boards:
            return Scope("", everything)
        if boards and (which in ("ours", "us") or not self.leads_any):
            names = [one.board.name for number, one in self.ctx.calendars.items() if number in boards]
            return Scope(f"Your {'board' if len(names) == 1 else 'boards'}", lambda one: one.facts.board_id in boards)
        return Scope("You", lambda one: one.facts.lead_post_id in roles.posts)

    @cached_property
    def leads_any(self) -> bool:
        """Whether the asker leads an action."""
        return any(one.facts.lead_post_id in self.ctx.roles.posts for one in self.counted)

    # -- filters

    def days(self, query: Query) -> Days:
        """Return what the days and meetings of a question leave."""
        if not query.times and Filter.DUE not in query.filters:
            return Days()
        boards = [one.key for one in query.subjects if one.kind is SubjectKind.BOARD]
        board = boards[0] if len(boards) == 1 else ""
        if not query.times:
            chosen = [(c, m) for c in self.ctx.calendars.values() if (m := c.next(self.ctx.now))]
            return self._at([row for row in chosen if not board or row[0].board.key == board])
        if len(query.times) > 1 and any(one.relation == "between" for one in query.times):
            first, last = (self.day_of(one.typed, board) for one in query.times[:2])
            if first and last:
                said = f"due after {day_said(first)}, by {day_said(last)}"
                return Days(lambda one: self._due_between(one, first + timedelta(days=1), last), said)
        if query.kinds == {Kind.BOARD_ACTION} and query.times[0].relation == "from":
            return self._given_at(query.times[0].typed, board)
        unread: list[str] = []
        found: list[Days] = []
        for time in query.times:
            days = self._in_time(time, board)
            found += [days] if days else []
            unread += [] if days else [time.typed]
        if not found:
            return Days(unread=tuple(unread))
        said = listed([one.said for one in found])
        return Days(lambda one: any(days.holds is not None and days.holds(one) for days in found), said, tuple(unread))

    def _in_time(self, time: TimeWords, board: str) -> Days | None:
        if time.relation in ("by", "before", "until", "till", "after", "since"):
            day = self.day_of(time.typed, board)
            if day is None:
                return None
            if time.relation in ("after", "since"):
                return Days(
                    lambda one: self._due_between(one, day + timedelta(days=1), date.max), f"due after {day_said(day)}"
                )
            last = day - timedelta(days=1) if time.relation == "before" else day
            until = f"{'before' if time.relation == 'before' else 'by'} {day_said(day)}"
            return Days(lambda one: self._due_between(one, self.ctx.today, last), f"due {until}")
        found = self.meeting_of(time.typed, board)
        if isinstance(found, MeetingAsk) and not found.several:
            span = read_found(time.typed, self.ctx.today)
            if span is None:
                return None
            start, end = span.first, span.last
            if start is not None and end is not None and start != end:
                said = f"due from {day_said(start)} to {day_said(end)}"
                return Days(lambda one: self._due_between(one, start, end), said)
            return Days(lambda one: False, f"due at a meeting of {quoted(time.typed)}: there is none")
        ids = found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,)
        return self._at(self.ctx.meetings(ids))

    def _given_at(self, typed: str, board: str) -> Days:
        """Return what a past meeting gave out: "board actions from June"."""
        found = read_meeting(typed, self.ctx.vocabulary, self.ctx.today, board, looking_back=True)
        ids = found.candidates if isinstance(found, MeetingAsk) and found.several else ()
        ids = ids if isinstance(found, MeetingAsk) else (found.meeting_id,)
        if not ids:
            return Days(unread=(typed,))
        met = [
            f"the {calendar.board.name} of {meeting_said(row, calendar)}" for calendar, row in self.ctx.meetings(ids)
        ]

        given = actions_given_at(self.ctx.session, ids)
        return Days(lambda one: one.facts.id in given, f"from {listed(met)}")

    def meetings_held(self, query: Query) -> list[tuple[BoardCalendar, MeetingFacts]]:
        """Return the meetings of a question that are over: those it names, else the last one of its boards."""
        boards = [one.key for one in query.subjects if one.kind is SubjectKind.BOARD]
        board = boards[0] if len(boards) == 1 else ""
        if not query.times:
            last = [(c, m) for c in self.ctx.calendars.values() if (m := c.latest_held(self.ctx.now))]
            return [row for row in last if not boards or row[0].board.key in boards]
        rows = []
        for time in query.times:
            found = read_meeting(time.typed, self.ctx.vocabulary, self.ctx.today, board, looking_back=True)
            ids = found.candidates if isinstance(found, MeetingAsk) and found.several else ()
            rows += self.ctx.meetings(ids if isinstance(found, MeetingAsk) else (found.meeting_id,))
        return [(calendar, one) for calendar, one in rows if one.dated and one.start <= self.ctx.now]

    def _at(self, chosen: Sequence[tuple[BoardCalendar, MeetingFacts]]) -> Days:
        ids = frozenset(meeting.id for _, meeting in chosen)
        names = [f"the {calendar.board.name} of {meeting_said(meeting, calendar)}" for calendar, meeting in chosen]
        return Days(lambda one: one.facts.due_meeting_id in ids, f"due at {listed(names)}" if names else "due")

    def day_of(self, typed: str, board: str) -> date | None:
        """Return the day that some words mean, a meeting's among them; None where they mean none."""
        found = read_found(typed, self.ctx.today)
        if found is not None and found.day is not None and not isinstance(found.written, MonthWords):
            return found.day
        met = self.meeting_of(typed, board)
        ids = met.candidates if isinstance(met, MeetingAsk) else (met.meeting_id,)
        rows = self.ctx.meetings(ids) if not isinstance(met, MeetingAsk) or met.several else []
        days = [calendar.day(meeting) for calendar, meeting in rows if meeting.dated]
        return min(days, default=found.last if found is not None else None)

    def meeting_of(self, typed: str, board: str = "") -> MeetingFound | MeetingAsk:
        """Return the meeting that is meant; "the 16th" is the next meeting on such a day, in whichever month."""
        found = read_found(typed, self.ctx.today)
        day = found.written if found is not None else None
        if isinstance(day, DayWords) and day.day and not day.month and not day.year:
            rows = sorted(self.ctx.vocabulary.meetings, key=lambda one: one.date or date.max)
            same = [one for one in rows if one.date and one.date.day == day.day and (not board or one.board == board)]
            ahead = [one for one in same if one.date and one.date >= self.ctx.today] or same[-1:]
            if ahead:
                return MeetingFound(ahead[0].id)
        return read_meeting(typed, self.ctx.vocabulary, self.ctx.today, board)

    def due_day(self, one: ListedAction) -> date | None:
        """Return the day an action is due; of an expected meeting the last day of its month."""
        if one.facts.due_date is not None:
            return one.facts.due_date
        calendar = self.ctx.calendar(one.facts.board_id)
        meeting = calendar.by_id.get(one.facts.due_meeting_id or 0) if calendar else None
        if calendar is None or meeting is None:
            return None
        return (
            local_day(meeting.order, calendar.zone) if meeting.starts_at else meeting.order.date() - timedelta(days=1)
        )

    def _due_between(self, one: ListedAction, first: date, last: date) -> bool:
        day = self.due_day(one)
        return day is not None and first <= day <= last and one.facts.status in OPEN

    def filtered(self, which: Filter) -> Condition:
        """Return what holds for the actions of a filter."""
        ctx = self.ctx

        def timed(rule: Callable[[ListedAction, BoardCalendar], bool]) -> Condition:
            def holds(one: ListedAction) -> bool:
                calendar = ctx.calendar(one.facts.board_id)
                return calendar is not None and rule(one, calendar)

            return holds

        def for_next(rule: Callable[[ListedAction, MeetingFacts, BoardCalendar], bool]) -> Condition:
            def holds(one: ListedAction, calendar: BoardCalendar) -> bool:
                meeting = calendar.next(ctx.now)
                return meeting is not None and rule(one, meeting, calendar)

            return timed(holds)

        match which:
            case Filter.OVERDUE:
                return timed(lambda one, calendar: is_overdue(one.facts, calendar, ctx.now))
            case Filter.MISSED:
                return timed(
                    lambda one, calendar: (
                        one.facts.status in OPEN
                        and not is_awaiting(one.facts)
                        and meetings_missed(one.facts, calendar, ctx.now) > 0
                    )
                )
            case Filter.OWED:
                return for_next(
                    lambda one, meeting, calendar: (
                        is_owed(one.facts, meeting, calendar, ctx.now)
                        and may_see_owed(ctx, one.facts.board_id, one.facts.lead_post_id)
                    )
                )
            case Filter.ANSWERED:
                return for_next(
                    lambda one, meeting, calendar: (
                        concerns(one.facts, meeting, calendar, ctx.now) and is_answered(one.facts, meeting, calendar)
                    )
                )
            case Filter.UNDECIDED:
                return timed(self._waits_for_outcome)
            case Filter.TO_DECIDE:
                return timed(lambda one, calendar: is_awaiting(one.facts) or self._waits_for_outcome(one, calendar))
            case Filter.NO_LEAD:
                return lambda one: (
                    one.facts.status in OPEN
                    and (not (one.facts.lead_post_id or one.facts.has_parts) or one.facts.lead_post_id in self.vacant)
                )
            case Filter.NO_DUE:
                return lambda one: (
                    one.facts.status in OPEN
                    and one.facts.kind is not Kind.STANDING
                    and one.facts.due_meeting_id is None
                    and one.facts.due_date is None
                )
            case Filter.REPLANNED:
                return lambda one: one.facts.moves > 0
            case Filter.WITHHELD:
                return lambda one: one.facts.id in self.held
            case Filter.SILENT:
                return lambda one: one.facts.id in self.silent
        return everything

    def _waits_for_outcome(self, one: ListedAction, calendar: BoardCalendar) -> bool:
        meeting = calendar.by_id.get(one.facts.due_meeting_id or 0)
        return (
            meeting is not None
            and one.facts.status in OPEN
            and is_for_meeting(one.facts, meeting, calendar, self.ctx.now)
        )

    def holds(self, query: Query, days: Days) -> Condition:
        """Return what holds for the actions that a question is about, its subjects apart."""
        tests: list[Condition] = []
        for which in query.filters:
            if which is not Filter.DUE:
                tests.append(self.filtered(which))
        named: list[Condition] = []
        if tests:
            named.append(lambda one: (any if query.either else all)(test(one) for test in tests))
        if query.statuses:
            named.append(lambda one: one.facts.status in query.statuses)
        if query.denied:
            inner = tuple(named)
            named = [lambda one: one.facts.status in OPEN and not all(test(one) for test in inner)]
        if days.holds is not None:
            named.append(days.holds)
        if query.kinds:
            named.append(lambda one: one.facts.kind in query.kinds)
        without = [self.scope(one) for one in query.excepted]
        if without:
            named.append(lambda one: not any(scope.holds(one) for scope in without))
        return lambda one: all(test(one) for test in named)

    def select(self, scopes: Sequence[Scope], holds: Condition) -> list[ListedAction]:
        """Return the actions of some subjects, or of the whole plan, for which something holds; each once.

        Subjects of one kind add up ("heard and happy"), those of another narrow them ("the police's under heard").
        """
        return [one for one in self.counted if is_of(scopes, one) and holds(one)]


def is_of(scopes: Sequence[Scope], one: ListedAction) -> bool:
    """Return whether an action is of some subjects: of one of each kind."""
    return all(
        any(scope.holds(one) for scope in scopes if scope.kind is kind) for kind in {scope.kind for scope in scopes}
    )
