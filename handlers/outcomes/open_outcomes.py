"""Which outcomes somebody may record now; and outcomes that wait for a press or for a reason, kept as text.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from handlers.commands.outcomes import RecordOutcome
from handlers.context import RequestContext
from handlers.permissions import About, may
from handlers.reading.normalise import fold
from models.enums import OutcomeKind, Verb
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.tables import Action


@dataclass
class OpenOutcomes:
    """The meetings whose outcomes the asker may record now, and what was due at them and has none yet."""

    ctx: RequestContext

    @cached_property
    def held(self) -> dict[int, tuple[BoardCalendar, MeetingFacts]]:
        """The latest meeting held of each board that the asker decides for, while its outcomes are open."""
        found = {}
        for board_id, calendar in self.ctx.calendars.items():
            meeting = calendar.latest_held(self.ctx.now)
            if meeting is None or meeting.outcomes_recorded_at is not None:
                continue
            if may(self.ctx.roles, Verb.OUTCOME, About(board_id=board_id)):
                found[board_id] = (calendar, meeting)
        return found

    @cached_property
    def left(self) -> dict[str, ActionView]:
        """What was due at them and has no outcome, in order."""
        return {view.ref: view for _, meeting in self.held.values() for view in self.left_at(meeting)}

    def left_at(self, meeting: MeetingFacts) -> list[ActionView]:
        """Return what was due at a meeting and has no outcome of it, in order."""
        due = self.ctx.views(ActionFilter(due_meeting_id=meeting.id, open_only=True))
        return [view for view in due if meeting.id not in view.facts.outcome_meetings]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The words of what is left."""
        return {ref: fold(view.words) for ref, view in self.left.items()}

    def at(self, action: Action) -> tuple[BoardCalendar, MeetingFacts] | None:
        """Return the open meeting at which something was decided on an action; None where it was due at none."""
        found = self.held.get(action.board_id or 0)
        return found if found is not None and self.was_due(action, found[1]) else None

    def was_due(self, action: Action, meeting: MeetingFacts) -> bool:
        """Return whether an action was on a meeting's list: due at it or before, or decided on at it."""
        if action.closed_meeting_id == meeting.id or meeting.id in self.ctx.view(action.id).facts.outcome_meetings:
            return True
        calendar = self.ctx.where(action.due_meeting_id)
        due = calendar.by_id[action.due_meeting_id or 0] if calendar is not None else None
        return due is not None and due.order <= meeting.order


SHOWN_OUTCOMES = "decided"
"""The kind of the drafts that keep outcomes which were shown and wait for a press."""
_FIELDS = ("meeting", "to_meeting", "minute", "reason")


def packed_outcomes(commands: Iterable[RecordOutcome]) -> str:
    """Return outcomes as text, to be kept."""
    rows = [
        [one.ref, one.kind.value if one.kind else "", *(getattr(one, name) for name in _FIELDS)] for one in commands
    ]
    return json.dumps(rows, ensure_ascii=False)


def unpacked_outcomes(words: str) -> Iterator[RecordOutcome]:
    """Return the outcomes that were kept."""
    for ref, kind, *rest in json.loads(words):
        yield RecordOutcome(ref, OutcomeKind(kind), **dict(zip(_FIELDS, rest, strict=True)))
