"""What has changed since a paper's figures were frozen: for answers about its meeting, and for the sheet to table."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import RequestContext
from handlers.formatting import day_said, number_said, statuses_said, time_said
from handlers.papers.gathering import stands_now
from handlers.papers.paper import Paper, PaperAction, paper_in
from models.records.frozen_papers import FrozenFigures, frozen_paper, meetings_with_papers
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts

_STILL_MEANT = timedelta(days=7)
"""After the day of a meeting: its paper is what answers are compared with until its outcomes are recorded."""
MOST_NAMED = 5
"""Changes named in an answer; the sheet has them all."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """One action that stands otherwise than in the paper; None where it is not in it, or not on the board any more."""

    was: PaperAction | None
    now: PaperAction | None

    @property
    def stands(self) -> PaperAction:
        """The action as it stands now, or stood."""
        found = self.now or self.was
        assert found is not None  # noqa: S101 - one of them is given
        return found

    @property
    def ref(self) -> str:
        """The ref as printed."""
        return self.stands.ref

    @property
    def what(self) -> str:
        """What has changed, in a few words: "now off track"."""
        if self.now is None:
            return "no longer on this board"
        if self.was is None:
            return "added"
        if self.was.status is not self.now.status:
            return f"now {self.now.status.value}"
        if self.was.due_mark != self.now.due_mark:
            return f"now due {self.now.due}"
        if self.was.lead != self.now.lead:
            return "with another lead"
        return "updated"


def changes_of_paper(ctx: RequestContext, was: Paper) -> list[ChangedSince]:
    """Return what stands otherwise now than in a paper, in the order of the plan, what is new last."""
    before, after = was.by_number, stands_now(ctx, was)
    found = []
    for number in dict.fromkeys((*before, *after)):
        one, other = before.get(number), after.get(number)
        if _told(one) != _told(other):
            found.append(ChangedSince(one, other))
    return found


def _told(one: PaperAction | None) -> tuple[object, ...]:
    return (one.status, one.due_mark, one.lead, one.last) if one is not None else ()


def since_said(changes: Sequence[ChangedSince]) -> str:
    """Return what changed as a sentence: "Since papers: 2 changed (healthy-5 now off track, healthy-3 updated)."."""
    if not changes:
        return "Since papers: nothing has changed."
    named = [f"{one.ref} {one.what}" for one in changes[:MOST_NAMED]]
    more = f" and {len(changes) - MOST_NAMED} more" if len(changes) > MOST_NAMED else ""
    return f"Since papers: {len(changes)} changed ({', '.join(named)}{more})."


def standing_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> FrozenFigures | None:
    """Return the paper whose figures stand for a meeting."""
    return frozen_paper(ctx.session, meeting.id, calendar.day(meeting)) if meeting.dated else None


def standing_papers(ctx: RequestContext, since: date) -> Iterable[tuple[BoardCalendar, MeetingFacts, FrozenFigures]]:
    """Yield each paper whose figures stand for a meeting on a day or later, until its outcomes are recorded."""
    for meeting_id in meetings_with_papers(ctx.session, since):
        calendar = ctx.where(meeting_id)
        meeting = calendar.by_id[meeting_id] if calendar else None
        if calendar is not None and meeting is not None and meeting.outcomes_recorded_at is None:
            frozen = standing_paper(ctx, calendar, meeting)
            if frozen is not None:
                yield calendar, meeting, frozen


def frozen_said(ctx: RequestContext, calendar: BoardCalendar, frozen: FrozenFigures) -> str:
    """Return since when a paper's figures stand, and by whom."""
    at = f"{day_said(local_day(frozen.at, ctx.zone))}, {time_said(frozen.at, calendar)}"
    edition = f" (revised {frozen.edition})" if frozen.edition > 1 else ""
    by = f", by {frozen.by}" if frozen.by else ""
    return f"The figures of the paper{edition} stand as at {at}{by}."


def said_of_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> tuple[str, ...]:
    """Return what an answer about a meeting says once its paper is frozen: its figures, and what changed since."""
    frozen = standing_paper(ctx, calendar, meeting)
    if frozen is None or meeting.outcomes_recorded_at is not None:
        return ()
    paper = paper_in(frozen.figures)
    late = f", {paper.overdue} overdue" if paper.overdue else ""
    figures = f"{_in_papers(ctx, calendar, frozen)}: {number_said(paper.counted, 'action')}{late}: {paper.counts}."
    return (figures, since_said(changes_of_paper(ctx, paper)))


def _in_papers(ctx: RequestContext, calendar: BoardCalendar, frozen: FrozenFigures) -> str:
    return f"In the papers of {day_said(local_day(frozen.at, ctx.zone))}, {time_said(frozen.at, calendar)}"


def said_beside_papers(ctx: RequestContext, shown: Collection[int]) -> tuple[str, ...]:
    """Return how actions of an answer stood in papers that are out, and what changed since; none where nothing did."""
    said: list[str] = []
    for calendar, _, frozen in standing_papers(ctx, ctx.today - _STILL_MEANT):
        paper = paper_in(frozen.figures)
        changes = [one for one in changes_of_paper(ctx, paper) if one.stands.number in shown]
        if not changes:
            continue
        printed = [one for one in paper.actions if one.number in shown]
        counted = number_said(len(printed), "action")
        figures = f"{counted}: {statuses_said(one.status for one in printed)}" if len(shown) > 1 else ""
        if printed and len(shown) == 1:
            figures = f"{printed[0].status.value}, {printed[0].due}"
        of = f" for the {calendar.board.name}" if len(shown) > 1 and len(ctx.calendars) > 1 else ""
        said += [f"{_in_papers(ctx, calendar, frozen)}{of}: {figures or 'not there'}.", since_said(changes)]
    return tuple(said)


def changed_since_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> tuple[str, ...]:
    """Return what changed since a meeting's paper was frozen, as a sentence; none where nothing did, or it is not."""
    return tuple(one for one in said_of_paper(ctx, calendar, meeting)[1:] if one != since_said(()))
