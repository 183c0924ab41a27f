"""What the answers to questions are made of: who is asked about, in which words, and the list of actions under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.context import RequestContext
from handlers.formatting import counts_said, listed, number_said, overdue_among, worst_first
from handlers.list_rows import action_row
from handlers.pagination import ListPage
from handlers.reading.normalise import join_words
from handlers.reading.queries.query import Filter, Query
from handlers.responses import ActionLine, Button, Content, Group
from handlers.status.query_selection import Days, Scope, Selection
from models.enums import OPEN, WORST_FIRST, Status
from models.plan.listed_actions import ListedAction
from models.plan.queries import ActionView
from models.rules.owed import is_overdue, meetings_missed

NOT_ANSWERED = "no update received"
_FILTER_SAID = {
    Filter.OVERDUE: "overdue",
    Filter.MISSED: "past a meeting at which due",
    Filter.OWED: "waiting for an answer",
    Filter.ANSWERED: "answered",
    Filter.NO_LEAD: "without a lead in post",
    Filter.NO_DUE: "without a due meeting",
    Filter.REPLANNED: "re-planned",
    Filter.WITHHELD: "held back from publication",
    Filter.SILENT: "without any update",
    Filter.UNDECIDED: "waiting for the board’s outcome",
    Filter.TO_DECIDE: "for the board to decide",
}


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to one question: what to read out, and the lists under it.

    `private`: it is for the asker alone. `unread`: words that it did not use.
    """

    headline: str
    intro: tuple[str, ...] = ()
    pages: tuple[ListPage, ...] = ()
    groups: tuple[Group, ...] = ()
    footer: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    key: bool = True
    private: bool = False
    unread: tuple[str, ...] = ()


def as_answer(content: Content) -> QueryAnswer:
    """Return the answer of a command as one to a question."""
    return QueryAnswer(
        content.headline,
        content.intro,
        groups=content.groups,
        footer=content.footer,
        buttons=content.buttons,
        key=content.key,
        private=not content.shareable,
    )


@dataclass
class Asked:
    """One question with what it selects."""

    ctx: RequestContext
    selection: Selection
    query: Query
    days: Days

    @cached_property
    def scopes(self) -> list[Scope]:
        """The subjects as they are found in the plan."""
        return [self.selection.scope(one, supporting=self.query.supporting) for one in self.query.subjects]

    @cached_property
    def found(self) -> list[ListedAction]:
        """The actions that are meant."""
        return self.selection.select(self.scopes, self.selection.holds(self.query, self.days))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known about the subjects to read the numbers rightly."""
        return tuple(dict.fromkeys(scope.note for scope in self.scopes if scope.note))

    def told(self, words: str) -> str:
        """Return words with their subject before them, as the beginning of a sentence."""
        kinds = dict.fromkeys(scope.kind for scope in self.scopes)
        labels = [listed([one.label for one in self.scopes if one.kind is kind and one.label]) for kind in kinds]
        without = listed([self.selection.scope(one).label for one in self.query.excepted])
        label = ", ".join(filter(None, (*labels, f"without {without}" if without else "")))
        said = f"{label}: {words}" if label else words
        return f"{said[0].upper()}{said[1:]}"

    def line(self, view: ActionView) -> ActionLine:
        """Return one action in a list."""
        return action_row(view, self.ctx.calendars, self.ctx.now)

    def page(self, some: Sequence[ListedAction], heading: str = "") -> ListPage:
        """Return a list of actions, worst first."""
        return ListPage(heading, worst_first(some, self.ctx.calendars, self.ctx.now), self.line)

    def counts(self, some: Sequence[ListedAction]) -> str:
        """Return how many are overdue and how many stand where."""
        late = overdue_among(some, self.ctx.calendars, self.ctx.now)
        return ", ".join(filter(None, (f"{len(late)} overdue" if late else "", counts_said(some))))

    def reasons(self, one: ListedAction) -> list[str]:
        """Return why an open action should be looked at; nothing where there is no reason."""
        calendar = self.ctx.calendar(one.facts.board_id)
        reasons = []
        if calendar is not None and is_overdue(one.facts, calendar, self.ctx.now):
            missed = self.missed(one)
            reasons.append(f"overdue, {number_said(missed, 'meeting')} missed" if missed else "overdue")
        if one.facts.status in (Status.OFF_TRACK, Status.SOME_ISSUES):
            reasons.append(one.facts.status.value)
        meeting = calendar.next(self.ctx.now) if calendar else None
        asked = calendar is not None and meeting is not None and calendar.dates(meeting).updates_due < self.ctx.today
        if asked and self.selection.filtered(Filter.OWED)(one):
            reasons.append(NOT_ANSWERED)
        return reasons

    def missed(self, one: ListedAction) -> int:
        """Return how many meetings an action has missed."""
        calendar = self.ctx.calendar(one.facts.board_id)
        return meetings_missed(one.facts, calendar, self.ctx.now) if calendar else 0

    def weight(self, some: Sequence[ListedAction]) -> tuple[float, float, float]:
        """Return how far behind some actions are: overdue, off track and some issues, as shares of the open ones."""
        still = [one for one in some if one.facts.status in OPEN]
        many = len(still) or 1
        late = len(overdue_among(still, self.ctx.calendars, self.ctx.now))
        red = sum(one.facts.status is Status.OFF_TRACK for one in still)
        amber = sum(one.facts.status is Status.SOME_ISSUES for one in still)
        return late / many, red / many, amber / many


def filter_said(query: Query, days: Days, many: int) -> str:
    """Return what holds for so many actions, with its verb: "are off track or have some issues"; "" for all."""
    be, have = ("are", "have") if many > 1 else ("is", "has")
    named = [one.value for one in WORST_FIRST if one in query.statuses and one is not Status.SOME_ISSUES]
    state = "open" if query.statuses == OPEN else join_words(named, "or")
    issues = Status.SOME_ISSUES in query.statuses and state != "open"
    which = [_FILTER_SAID[one] for one in query.filters if one in _FILTER_SAID]
    filters = join_words(which, "or" if query.either else "and")
    if query.denied and issues and state:
        return f"{be} neither {join_words([*named, 'at some issues'], 'nor')}"
    not_ = "not " if query.denied else ""
    parts = [f"{not_}{state}" if state else "", f"{not_}{filters}" if filters else "", days.said]
    is_ = " and ".join(filter(None, parts))
    has = f"{have} {'no' if query.denied else 'some'} issues" if issues else ""
    said = [f"{be} {is_}" if is_ else "", has]
    if issues and not state:
        said.reverse()
    return (" or " if issues and state else " and ").join(filter(None, said))


def kinds_said(query: Query, many: int) -> str:
    """Return how many actions, by their kind where one is asked for."""
    kind = next(iter(query.kinds)).value if len(query.kinds) == 1 else "action"
    return number_said(many, kind) if many else "nothing" if kind == "action" else f"no {kind}"
