"""What comes of itself with the papers: figures that stand, the paper for the secretary, the brief for the chair."""

from handlers.context import RequestContext
from handlers.papers.brief import brief_content
from handlers.papers.commands import freeze
from handlers.papers.exempt import exempt_offered
from handlers.papers.files import current_paper, paper_file
from handlers.papers.held_words import SendPaper, clearing, held_in_paper
from handlers.papers.meetings import paper_named
from handlers.papers.since import frozen_said, standing_paper
from handlers.press_codec import press_button
from handlers.responses import Content, FileToCome, Group
from models.enums import Way
from models.records.history import Signed
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.notification_tables import Notification


def freeze_at_deadline(ctx: RequestContext, meeting_id: int) -> None:
    """Freeze the figures of a meeting's paper, where nobody has."""
    calendar = ctx.where(meeting_id)
    meeting = calendar.by_id[meeting_id] if calendar else None
    if calendar is not None and meeting is not None and standing_paper(ctx, calendar, meeting) is None:
        freeze(ctx, calendar, meeting, Signed(None, None, "", Way.COMMAND, ctx.now))


def write_paper_ready(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that the paper is ready, with what it asks the board."""
    found = _meeting(ctx, notification)
    if found is None:
        return None
    calendar, meeting = found
    paper, edition = current_paper(ctx, calendar, meeting)
    printed = paper_file(ctx, calendar, meeting, paper, edition)
    exempt, sends_exempt = exempt_offered(printed.exempt, meeting)
    frozen = standing_paper(ctx, calendar, meeting)
    return Content(
        f"The paper for the {paper_named(calendar, meeting)} is ready, as a Word file.",
        intro=((frozen_said(ctx, calendar, frozen),) if frozen else ()),
        groups=(Group("The board is asked to", texts=printed.asked), *held_in_paper(printed.held), *exempt),
        buttons=(
            press_button("Send me the paper", SendPaper(meeting=meeting.id)),
            *clearing(meeting, printed.held),
            *sends_exempt,
        ),
        footer=("Updates that are not for publication are held back in it.",),
    )


def file_of_paper(ctx: RequestContext, notification: Notification) -> FileToCome | None:
    """Return the paper that follows the message that it is ready."""
    found = _meeting(ctx, notification)
    return paper_file(ctx, *found, *current_paper(ctx, *found)).file if found is not None else None


def write_brief(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write the chair's brief."""
    found = _meeting(ctx, notification)
    return brief_content(ctx, *found) if found is not None else None


def _meeting(ctx: RequestContext, notification: Notification) -> tuple[BoardCalendar, MeetingFacts] | None:
    calendar = ctx.where(notification.meeting_id)
    return (calendar, calendar.by_id[notification.meeting_id]) if calendar is not None else None
