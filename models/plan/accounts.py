"""Who somebody is: accounts of the chat service, the people of the plan, and the roles they hold on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.errors import Refusal
from models.storage.tables import Account, Appointment, Board, Person, Post

CLOSED = "account closed"
"""Why nobody can write to somebody whose account was deactivated."""
UNLINKED = "unlinked by hand"
"""Why nobody can write to somebody whose account was taken away on the command line; no address links them again."""


class Membership(StrEnum):
    """What an account is in its workspace."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"
    """Of another organisation in a shared channel, or nobody the directory knows."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who pressed or typed: the team and user of an account."""

    team: str
    user: str


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """One account as the chat service describes it."""

    team: str
    user: str
    name: str = ""
    email: str = ""
    is_guest: bool = False
    is_deleted: bool = False
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Everything somebody is on a day; roles add up (docs/explanation/boards-and-dates.md, Who may do what).

    `posts`: the posts acted for, as holder, contact officer or deputy. `signature`: how their entries are signed.
    """

    actor: Actor
    membership: Membership
    person_id: int | None = None
    name: str = ""
    posts: tuple[int, ...] = ()
    secretary_of: frozenset[int] = frozenset()
    chair_of: frozenset[int] = frozenset()
    is_administrator: bool = False
    titles: tuple[tuple[int, str], ...] = ()

    @property
    def named(self) -> bool:
        """Whether the plan names them in any role."""
        return bool(self.posts or self.secretary_of or self.chair_of or self.is_administrator)

    def signature(self, post_id: int | None = None) -> str:
        """How an entry is signed: by a post, never by a name, since entries are published.

        For a post they act for, that post ("Deputy for …" where they stand in); else their own first post.
        """
        titles = dict(self.titles)
        if post_id is not None and post_id in titles:
            return titles[post_id]
        return next(iter(titles.values()), "Administrator")


def remember(session: Session, workspace_id: str, seen: Iterable[AccountSeen], now: datetime) -> None:
    """Writes accounts into the cached directory and links people of the plan to them by e-mail address."""
    known = {
        (row.team, row.user): row
        for row in session.scalars(select(Account).where(Account.workspace_id == workspace_id))
    }
    people = list(session.scalars(select(Person).where(Person.workspace_id == workspace_id).order_by(Person.id)))
    by_email = {row.email.casefold(): row for row in people if row.email}
    by_user = {row.slack_user: row for row in people if row.slack_user}
    for one in seen:
        row = known.get((one.team, one.user))
        if row is None:
            row = Account(workspace_id=workspace_id, team=one.team, user=one.user, seen_at=now)
            session.add(row)
            known[(one.team, one.user)] = row
        row.name, row.email, row.seen_at = one.name, one.email, now
        row.is_guest, row.is_deleted, row.is_bot = one.is_guest, one.is_deleted, one.is_bot
        someone = by_user.get(one.user)
        if someone is None and one.email and not (one.is_deleted or one.is_bot):
            # An address that moved on to a new account takes the person with it; a closed account takes nobody.
            someone = by_email.get(one.email.casefold())
            if someone is not None and someone.unreachable == UNLINKED:
                continue
            if someone is not None and someone.slack_user and someone.unreachable == CLOSED:
                someone.slack_user, someone.channel = "", ""
        if someone is None:
            continue
        if someone.slack_user in ("", one.user):
            someone.slack_user, someone.slack_team = one.user, one.team
            by_user[one.user] = someone
            someone.name = someone.name or one.name
            if one.is_deleted:
                someone.unreachable = CLOSED
            else:
                # Whatever stood in the way before is tried again.
                someone.unreachable = ""
    session.flush()


def knows(session: Session, workspace_id: str, actor: Actor) -> bool:
    """Whether the cached directory has this account."""
    return _account(session, workspace_id, actor) is not None


def knows_user(session: Session, workspace_id: str, user: str) -> bool:
    """Whether the cached directory has an account of this id, of whichever organisation."""
    wanted = select(Account.id).where(Account.workspace_id == workspace_id, Account.user == user)
    return session.scalars(wanted.limit(1)).first() is not None


_ACCOUNT = select(Account).where(
    Account.workspace_id == bindparam("workspace"),
    Account.team == bindparam("team"),
    Account.user == bindparam("user"),
)
_PERSON = (
    select(Person)
    .where(
        Person.workspace_id == bindparam("workspace"),
        Person.slack_user == bindparam("user"),
        Person.slack_team.in_(("", bindparam("team"))),
    )
    .order_by(Person.id)
)


def _account(session: Session, workspace_id: str, actor: Actor) -> Account | None:
    given = {"workspace": workspace_id, "team": actor.team, "user": actor.user}
    return session.scalars(_ACCOUNT, given).first()


def roles_of(
    session: Session, workspace_id: str, actor: Actor, today: date, boards: Sequence[Board] | None = None
) -> Roles:
    """The roles of an actor on a day. An account the directory does not know is a stranger with no roles.

    `boards`: those of the workspace, where they were read already.
    """
    account = _account(session, workspace_id, actor)
    membership = Membership.STRANGER
    if account is not None and account.team == workspace_id and not account.is_deleted:
        membership = Membership.GUEST if account.is_guest else Membership.MEMBER
    given = {"workspace": workspace_id, "team": actor.team, "user": actor.user}
    someone = session.scalars(_PERSON, given).first()
    if someone is None or (account is not None and account.is_deleted):
        return Roles(actor, membership)
    return roles_of_person(session, workspace_id, someone, actor, membership, today, boards)


_SERVING = (
    select(Appointment.post_id, Post, Appointment.capacity)
    .join(Post, Post.id == Appointment.post_id)
    .where(
        Appointment.workspace_id == bindparam("workspace"),
        Appointment.person_id == bindparam("person"),
        (Appointment.first_day.is_(None)) | (Appointment.first_day <= bindparam("today")),
        (Appointment.last_day.is_(None)) | (Appointment.last_day >= bindparam("today")),
    )
    .order_by(Appointment.id)
)


def roles_of_person(
    session: Session,
    workspace_id: str,
    someone: Person,
    actor: Actor,
    membership: Membership,
    today: date,
    boards: Sequence[Board] | None = None,
) -> Roles:
    """The roles of a person of the plan on a day; `boards` as for `roles_of`."""
    given = {"workspace": workspace_id, "person": someone.id, "today": today}
    serving = session.execute(_SERVING, given).all()
    posts = tuple(row[0] for row in serving)
    if boards is None:
        boards = session.scalars(select(Board).where(Board.workspace_id == workspace_id)).all()
    return Roles(
        actor=actor,
        membership=membership,
        person_id=someone.id,
        name=someone.name,
        posts=posts,
        secretary_of=frozenset(board.id for board in boards if board.secretary_post_id in posts),
        chair_of=frozenset(
            board.id
            for board in boards
            if board.chair_post_id in posts and (board.chair_until is None or board.chair_until >= today)
        ),
        is_administrator=someone.is_administrator
        and (someone.administrator_until is None or someone.administrator_until >= today),
        titles=tuple((post_id, _title(post, capacity)) for post_id, post, capacity in serving),
    )


def _title(post: Post, capacity: Capacity) -> str:
    label = f"{post.title}, {post.organisation.name}"
    if capacity is Capacity.HOLDER:
        return label
    return f"{capacity.value.capitalize()} for {label}"


def find_person(session: Session, workspace_id: str, who: str, today: date | None = None) -> Person | None:
    """Somebody by Slack id, e-mail address, post key or post title; for the command line.

    A post means whoever holds it today, else whoever acts for it first. Raises Refusal where a post is vacant, or
    several have the title (then “title, organisation” tells them apart).
    """
    wanted = who.strip().casefold()
    if not wanted:
        return None
    people = session.scalars(select(Person).where(Person.workspace_id == workspace_id).order_by(Person.id)).all()
    for someone in people:
        if wanted in (someone.slack_user.casefold(), someone.email.casefold()):
            return someone
    posts = session.scalars(select(Post).where(Post.workspace_id == workspace_id).order_by(Post.id)).all()
    labels = {post.id: f"{post.title}, {post.organisation.name}" for post in posts}
    meant = [post for post in posts if wanted == post.key.casefold()] or [
        post for post in posts if wanted in (post.title.casefold(), labels[post.id].casefold())
    ]
    if len(meant) > 1:
        which = " or ".join(f"“{labels[post.id]}”" for post in meant)
        raise Refusal(f"Several posts are called “{who.strip()}”: say {which}.")
    if meant:
        serving = session.scalars(
            select(Appointment).where(Appointment.post_id == meant[0].id).order_by(Appointment.id)
        ).all()
        if today is not None:
            still = [row for row in serving if row.last_day is None or row.last_day >= today]
            serving = [row for row in still if row.first_day is None or row.first_day <= today] or still
        holders = [row for row in serving if row.capacity is Capacity.HOLDER] or serving
        holder = session.get(Person, holders[0].person_id) if holders else None
        if holder is None:
            raise Refusal(f"{labels[meant[0].id]} is vacant: say who of the plan is meant instead.")
        return holder
    return next((someone for someone in people if someone.name.casefold() == wanted), None)
