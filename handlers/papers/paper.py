"""The figures of a board's paper for one meeting, without a word that anybody wrote.

Words are named by the entry they stand in, and looked up when the paper is printed (`handlers.papers.printing`), so
that a paper whose figures are frozen says nothing that was redacted or held back since.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal

from models.charts.chart import Chart
from models.enums import Status
from models.measure_enums import Attainment

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class WordsAt:
    """Where words stand: an update, an outcome, or, for "first", the action as it was loaded."""

    sort: Literal["update", "outcome", "first"]
    number: int


@dataclass(frozen=True, slots=True)
class PaperAction:
    """One action as the paper shows it.

    Attributes:
        number: of its row.
        ref: as printed.
        lead: the post and organisation, or "no lead".
        due: its due meeting or day in words.
        first_due: "first due …, re-planned twice"; "" where it was never moved.
        due_mark: changes where its due meeting does.
        status: its status.
        late: "overdue, 2 meetings missed"; "" where it is not overdue.
        missed: how many meetings it has missed.
        has_day: it is due at a meeting or on a day.
        direction: how its rating compares with the one before: better, same, worse, or "".
        last: where its latest words stand; None where nobody has said anything.
        organisation: that of its lead, or "no lead"; "" in figures from before it was noted.
    """

    number: int
    ref: str
    lead: str
    due: str
    first_due: str
    due_mark: str
    status: Status
    late: str = ""
    missed: int = 0
    has_day: bool = True
    direction: str = ""
    last: WordsAt | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A due meeting that a lead asks for: the update that asks, and the meeting in words."""

    action: int
    entry: int
    to: str


@dataclass(frozen=True, slots=True)
class Section:
    """Some actions under a heading; `level` 2 for a theme or an organisation, 3 for a priority."""

    heading: str
    actions: tuple[int, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class ClosedAction:
    """An action that was closed: the outcome that closed it, and how ("closed, minute 41")."""

    action: int
    outcome: int
    how: str


@dataclass(frozen=True, slots=True)
class PaperReturn:
    """A partner's return on the focus theme: whose, and the entry that it stands in."""

    named: str
    entry: int


@dataclass(frozen=True, slots=True)
class PaperMeasure:
    """A measure as it is printed: its figure for a period, what was wanted, how it stands and which way it went.

    `before`: its figures of the periods before, the latest first; `chart`: None where there are too few.
    """

    ref: str
    name: str
    period: str
    figure: str
    target: str
    floor: str
    stands: str
    moved: str
    before: str = ""
    attained: Attainment = Attainment.NO_TARGET
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class PaperTheme:
    """The measures of a theme, under a heading that states the finding."""

    heading: str
    rows: tuple[PaperMeasure, ...]


@dataclass(frozen=True, slots=True)
class PaperRisk:
    """A risk as it is printed: its score and band, which way it went, what is wanted and done, whose it is."""

    ref: str
    title: str
    score: str
    moved: str
    target: str
    treatment: str
    owner: str
    assessed: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The figures of a paper, as they stand at an instant.

    `counted`: how many actions the board has, `counts`: how they stand, in the words of `status`; `overdue`: how many
    are. `actions`: all of the board, and what else is shown. `latest`: the number of the latest update by then.
    """

    board: int
    meeting: int
    meeting_day: date
    as_at: datetime
    latest: int
    counted: int
    counts: str
    overdue: int
    actions: tuple[PaperAction, ...]
    closures: tuple[int, ...] = ()
    new_meetings: tuple[NewMeeting, ...] = ()
    matters: tuple[Section, ...] = ()
    log: tuple[Section, ...] = ()
    silent: tuple[Section, ...] = ()
    verbal: tuple[int, ...] = ()
    closed: tuple[ClosedAction, ...] = ()
    standing: int = 0
    """Standing commitments that the log leaves out: they are not reviewed at this meeting."""
    focus: str = ""
    """The meeting's focus theme; "" for none."""
    returns: tuple[PaperReturn, ...] = ()
    not_contributed: tuple[str, ...] = ()
    measures: tuple[PaperTheme, ...] = ()
    risks: tuple[PaperRisk, ...] = ()

    @property
    def by_number(self) -> dict[int, PaperAction]:
        """The actions by the number of their row."""
        return {one.number: one for one in self.actions}


@cache
def _stored() -> "TypeAdapter[Paper]":
    """Return what checks figures and writes them as text; imported when there are any, as it takes a tenth of `ask`."""
    from pydantic import TypeAdapter

    return TypeAdapter(Paper)


def stored_paper(paper: Paper) -> str:
    """Return the figures as text."""
    return _stored().dump_json(paper).decode()


def paper_in(text: str) -> Paper:
    """Return the figures that some text holds."""
    return _stored().validate_json(text)
