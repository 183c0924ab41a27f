"""What is said unasked, in words: bundles to leads, notices to the secretary, the digest.

`write_message` is called when a message is claimed, and again when a delivered one is to be changed in place.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.context import PlanRead, RequestContext
from handlers.registry import Registry
from handlers.responses import Content, Group, Written
from models.enums import NotificationKind
from models.plan.accounts import Actor, Membership, Roles, roles_of_person
from models.plan.people_reads import person_by_id
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.notification_tables import Notification
from models.storage.sessions import Session

_NOBODY = Roles(Actor("", ""), Membership.MEMBER)


@dataclass(frozen=True, slots=True)
class Each:
    """Each notification of a kind is worded by itself."""

    write: Callable[[RequestContext, Notification], Content | Written | None]


@dataclass(frozen=True, slots=True)
class Together:
    """All notifications of a kind in a message are worded as one, before those that are worded by themselves."""

    write: Callable[[RequestContext, Sequence[Notification]], Content | Written]


Writer = Each | Together


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words; what each digest in it said, by notification; the notifications with nothing new to say."""

    content: Content
    fingerprints: Mapping[int, str] = field(default_factory=dict)
    unsaid: frozenset[int] = frozenset()


def write_message(
    session: Session,
    workspace_id: str,
    notifications: Sequence[Notification],
    now: datetime,
    writers: Mapping[NotificationKind, Writer],
    seen: PlanRead | None = None,
) -> Worded | None:
    """Write the notifications assigned to one message; None where nothing is left to say."""
    reader = _reader(session, workspace_id, notifications, now, seen)
    ctx = RequestContext(session, workspace_id, reader, now, seen=seen, registry=Registry())
    written: list[Written] = []
    fingerprints: dict[int, str] = {}
    unsaid: set[int] = set()
    for kind, writer in writers.items():
        of_kind = [notification for notification in notifications if notification.kind is kind]
        if of_kind and isinstance(writer, Together):
            written.append(_written(writer.write(ctx, of_kind)))
            unsaid |= written[-1].unsaid
    # The paper comes first: the others of its day have waited for it.
    for notification in sorted(notifications, key=lambda one: one.kind is not NotificationKind.PAPERS):
        writer = writers[notification.kind]
        if isinstance(writer, Each):
            one = _written(writer.write(ctx, notification))
            written.append(one)
            if one.content is None:
                unsaid.add(notification.id)
            elif one.fingerprint:
                fingerprints[notification.id] = one.fingerprint
    contents = [one.content for one in written if one.content is not None]
    return Worded(join_contents(contents), fingerprints, frozenset(unsaid)) if contents else None


def reader_context(session: Session, workspace_id: str, now: datetime) -> RequestContext:
    """Return what is read with for nobody in particular: held words are not shown."""
    return RequestContext(session, workspace_id, _NOBODY, now, registry=Registry())


def _written(made: Content | Written | None) -> Written:
    return made if isinstance(made, Written) else Written(made)


def _reader(
    session: Session,
    workspace_id: str,
    notifications: Sequence[Notification],
    now: datetime,
    seen: PlanRead | None,
) -> Roles:
    """Return the roles of the recipient: held words are whole for those who may see them."""
    kind, _, value = notifications[0].recipient.partition(":") if notifications else ("", "", "")
    someone = person_by_id(session, int(value)) if kind == "person" else None
    if someone is None:
        return _NOBODY
    today = local_day(now, zone_of(session, workspace_id))
    boards = [calendar.board for calendar in seen.calendars.values()] if seen else None
    return roles_of_person(session, someone, _NOBODY.actor, Membership.MEMBER, today, boards)


def join_contents(replies: Sequence[Content]) -> Content:
    """Return several replies as one message: the first one's headline leads, the others follow as groups."""
    if len(replies) == 1:
        return replies[0]
    first = replies[0]
    groups: list[Group] = [*first.groups]
    if first.buttons:
        groups.append(Group(buttons=first.buttons))
    for content in replies[1:]:
        groups.append(Group(content.headline, texts=content.intro))
        groups += content.groups
        if content.buttons:
            groups.append(Group(buttons=content.buttons))
    return Content(
        first.headline,
        intro=(*first.intro, *(f"Also below: {content.headline}" for content in replies[1:])),
        groups=tuple(groups),
        footer=tuple(dict.fromkeys(line for content in replies for line in content.footer)),
        key=any(content.key for content in replies),
        picture=next((content.picture for content in replies if content.picture), None),
    )
