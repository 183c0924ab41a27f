"""What is kept of a meeting's report: its own fields and clearances, and the board's where it has none of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import RequestContext
from models.enums import Clearance
from models.records.report_entries import ClearanceFacts, clearance_in, report_entries
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import ReportEntry

WANTED_BEFORE = 5
"""Working days before the papers deadline by which clearances are wanted."""


@dataclass(frozen=True, slots=True)
class ReportValues:
    """The latest entry of each name: `own` of the meeting's report, `usual` of all the board's; and all of them."""

    own: Mapping[str, ReportEntry]
    usual: Mapping[str, ReportEntry]
    history: tuple[ReportEntry, ...] = ()

    def text(self, name: str) -> str:
        """Return what was set for a field; "" where nothing was."""
        for some in (self.own, self.usual):
            if (entry := some.get(name)) is not None and entry.value:
                return str(entry.value)
        return ""

    def clearance(self, which: Clearance) -> ClearanceFacts:
        """Return how a clearance stands; by whom it usually is, where the report's own entry names nobody."""
        own, usual = (clearance_in(some[which].value if which in some else None) for some in (self.own, self.usual))
        if which not in self.own or self.own[which].value is None:
            return usual
        if own.post_id is None and not own.title:
            return replace(own, post_id=usual.post_id, title=usual.title)
        return own

    @property
    def clearances(self) -> dict[Clearance, ClearanceFacts]:
        """Return the clearances of which something is known, in their order."""
        return {one: facts for one in Clearance if (facts := self.clearance(one)) != ClearanceFacts()}


def report_values(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts | None) -> ReportValues:
    """Return what is kept of a meeting's report; of all the board's, where none is given.

    What a board has usually does not change the report of a meeting that began before it was set.
    """
    own: dict[str, ReportEntry] = {}
    usual: dict[str, ReportEntry] = {}
    every = report_entries(ctx.session, calendar.board.id, meeting.id if meeting else None)
    for entry in every:
        if entry.meeting_id is not None:
            own[entry.name] = entry
        elif meeting is None or not meeting.dated or entry.at <= meeting.start or meeting.start > ctx.now:
            usual[entry.name] = entry
    return ReportValues(own, usual, tuple(every))


def wanted_by(calendar: BoardCalendar, meeting: MeetingFacts) -> date:
    """Return the day by which clearances are wanted: five working days before the papers deadline."""
    return calendar.board.rules.working.shift(calendar.dates(meeting).papers, -WANTED_BEFORE)


def post_said(ctx: RequestContext, facts: ClearanceFacts) -> str:
    """Return who clears it, as printed; "" where nobody was named."""
    return facts.title or ctx.posts.get(facts.post_id or 0, "")
