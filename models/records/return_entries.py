"""The returns that partners gave on focus themes, as they were given: the latest entry of each counts."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.enums import NotificationKind, ReturnPart
from models.records.history import Signed
from models.records.redaction import RedactionCounts, redact_everywhere
from models.rules.contributions import Contributor
from models.storage.bulk import QUIETLY
from models.storage.history_tables import Contribution
from models.storage.notification_tables import MessagePart, Notification
from models.storage.rare_rows import none_yet, one_more


def add_contribution(
    session: Session,
    meeting_id: int,
    theme_id: int,
    whose: Contributor,
    parts: Mapping[ReturnPart, str],
    signed: Signed,
    undoes_id: int | None = None,
) -> Contribution:
    """Store a return as it stands from now on; no parts take back what stood."""
    one_more(session, Contribution)
    entry = Contribution(
        meeting_id=meeting_id,
        theme_id=theme_id,
        organisation_id=whose.organisation_id,
        post_id=whose.post_id,
        parts={part.value: words for part, words in parts.items()},
        undoes_id=undoes_id,
        **signed.columns(),
    )
    session.add(entry)
    session.flush()
    return entry


def contributions_to(session: Session, meeting_ids: Collection[int]) -> list[Contribution]:
    """Return what was given for some meetings, the first entry first."""
    if not meeting_ids or none_yet(session, Contribution):
        return []
    wanted = select(Contribution).where(Contribution.meeting_id.in_(meeting_ids))
    return list(session.scalars(wanted.order_by(Contribution.id)))


def contribution_by_id(session: Session, number: int) -> Contribution | None:
    """Return an entry by its number."""
    return session.get(Contribution, number)


def contributions_by_id(session: Session, numbers: Collection[int]) -> dict[int, Contribution]:
    """Return some entries by their numbers."""
    if not numbers:
        return {}
    return {row.id: row for row in session.scalars(select(Contribution).where(Contribution.id.in_(numbers)))}


def contributions_since(session: Session, since: datetime) -> list[Contribution]:
    """Return what was given since an instant, the latest first."""
    return list(session.scalars(select(Contribution).where(Contribution.at >= since).order_by(Contribution.id.desc())))


def redact_contribution(session: Session, entry: Contribution, why: str, now: datetime) -> RedactionCounts:
    """Empty the words of a return wherever the bot wrote them; who gave it, and when, stays."""
    emptied, parts = RedactionCounts(), dict(entry.parts)
    entry.parts, entry.redaction = {}, why
    # Each line may stand by itself: where it was offered as an action.
    for words in dict.fromkeys(line for part in parts.values() for line in (part, *part.splitlines()) if line.strip()):
        emptied = emptied.plus(redact_everywhere(session, 0, words, why, now))
    session.flush()
    return emptied


def mark_contributions_stale(session: Session, board_id: int, meeting_id: int) -> None:
    """Have the delivered messages changed in place that ask for a meeting's returns, or say who gave none."""
    of_meeting = select(Notification.message_id).where(
        Notification.message_id.is_not(None), Notification.meeting_id == meeting_id
    )
    asks = of_meeting.where(Notification.kind == NotificationKind.CONTRIBUTION)
    tells = of_meeting.where(Notification.kind == NotificationKind.NO_UPDATE, Notification.subject == board_id)
    shown = update(MessagePart).where(MessagePart.message_id.in_(asks.union(tells)))
    session.execute(shown.values(stale=MessagePart.stale + 1), execution_options=QUIETLY)
