"""Who somebody is: accounts of the chat service, the people of the plan, and the roles they hold on a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from models.enums import Capacity
from models.errors import Refusal
from models.rules.facts import BoardFacts, PlanFacts
from models.storage.base import core_table
from models.storage.bulk import plain_rows
from models.storage.rare_rows import keep_rare, rare_columns
from models.storage.tables import Account, Appointment, Board, Organisation, Person, Plan, Post, Workspace

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
    """One account as the chat service describes it.

    `team`: the workspace where they are a member of it, else their own. `also`: what else payloads may name as theirs.
    """

    team: str
    user: str
    name: str = ""
    email: str = ""
    is_guest: bool = False
    is_deleted: bool = False
    is_bot: bool = False
    also: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """What is kept of it, by the names of its columns."""
        teams = " ".join(dict.fromkeys((self.team, *self.also)))
        kept = {name: getattr(self, name) for name in ("team", "name", "email", "is_guest", "is_deleted", "is_bot")}
        return kept | {"teams": f" {teams} "}


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
        """Return how an entry is signed: by a post, never by a name, since entries are published.

        For a post they act for, that post ("Deputy for …" where they stand in); else their own first post.
        """
        titles = dict(self.titles)
        if post_id is not None and post_id in titles:
            return titles[post_id]
        return next(iter(titles.values()), "Administrator")


_workspace, _plan, _account, _person, _appointment, _post, _organisation = (
    core_table(entity).c for entity in (Workspace, Plan, Account, Person, Appointment, Post, Organisation)
)
_IS_ACTOR = and_(
    _account.workspace_id == bindparam("workspace"),
    _account.user == bindparam("user"),
    # A slash command names the app's workspace whoever types it; a press and an event name the person's own team.
    or_(
        bindparam("team").in_([_account.team, bindparam("workspace")]),
        # Not LIKE, which knows wildcards and no letter's case.
        func.replace(_account.teams, bindparam("named"), "") != _account.teams,
    ),
)


def known_actors(session: Session, workspace_id: str, actors: Collection[Actor]) -> set[Actor]:
    """Return those of some actors whom the cached directory has."""
    wanted = select(Account.user, Account.team, Account.teams)
    rows = session.execute(wanted.where(Account.user.in_({actor.user for actor in actors})))
    known = {Actor(named, user) for user, team, teams in rows for named in (workspace_id, team, *teams.split())}
    return known.intersection(actors)


def knows_name(session: Session, user: str) -> bool:
    """Return whether the cached directory has the name of an account, whichever organisation it is of."""
    wanted = select(Account.id).where(Account.user == user, Account.name != "")
    return session.scalars(wanted.limit(1)).first() is not None


_ASKER = (
    select(
        _account.team,
        _account.is_guest,
        _account.is_deleted,
        _person.id,
        _person.name,
        _person.is_administrator,
        _person.administrator_until,
        _appointment.post_id,
        _appointment.capacity,
        _appointment.first_day,
        _appointment.last_day,
        _post.title,
        _organisation.name,
        *(_plan[name] for name in PlanFacts._fields),
        *rare_columns(),
    )
    .select_from(core_table(Workspace))
    .outerjoin(core_table(Plan), _plan.workspace_id == _workspace.id)
    .outerjoin(core_table(Account), _IS_ACTOR)
    .outerjoin(
        core_table(Person),
        and_(
            _person.workspace_id == _workspace.id,
            _person.slack_user == bindparam("user"),
            _person.slack_team.in_(["", func.coalesce(_account.team, bindparam("team"))]),
        ),
    )
    .outerjoin(core_table(Appointment), _appointment.person_id == _person.id)
    .outerjoin(core_table(Post), _post.id == _appointment.post_id)
    .outerjoin(core_table(Organisation), _organisation.id == _post.organisation_id)
    .where(_workspace.id == bindparam("workspace"))
    .order_by(_person.id, _appointment.id)
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on any day: what their account is, and the person of the plan that they are.

    `known`: the cached directory has their account.
    """

    actor: Actor
    membership: Membership
    person: "PersonServing | None"
    known: bool

    def roles(self, today: date, boards: Iterable[Board | BoardFacts]) -> Roles:
        """Return the roles that they have on a day."""
        if self.person is None:
            return Roles(self.actor, self.membership)
        return self.person.roles(self.actor, self.membership, today, boards)


def asker_of(session: Session, workspace_id: str, actor: Actor) -> Asker:
    """Return who an actor is. An account that the directory does not know is a stranger with no roles.

    The plan is read with it, since everything asks for it (`models.plan.queries.plan_of`): in one statement.
    """
    named = {
        "workspace": workspace_id,
        "team": actor.team,
        "user": actor.user,
        "named": f" {actor.team} " if len(actor.team.split()) == 1 else "?",
    }
    rows = plain_rows(session, _ASKER, named)
    if not rows:
        return Asker(actor, Membership.STRANGER, None, known=False)
    team, is_guest, is_deleted, person_id, name, is_administrator, until = rows[0][:7]
    of_plan = 13 + len(PlanFacts._fields)
    plan = PlanFacts(*rows[0][13:of_plan])
    keep_rare(session, rows[0][of_plan:])
    if plan.zone:
        session.info[(PlanFacts, workspace_id)] = plan
    membership = Membership.STRANGER
    if team == workspace_id and not is_deleted:
        membership = Membership.GUEST if is_guest else Membership.MEMBER
    # Whoever has no account yet is nobody's: an actor without an id is none of them.
    if person_id is None or is_deleted or not actor.user or (team is None and actor.team != workspace_id):
        return Asker(actor, membership, None, known=team is not None)
    serving = tuple(Serving(*row[7:13]) for row in rows if row[3] == person_id and row[7] is not None)
    person = PersonServing(person_id, name, is_administrator, until, serving)
    return Asker(actor, membership, person, known=team is not None)


def roles_of(session: Session, workspace_id: str, actor: Actor, today: date) -> Roles:
    """Return the roles of an actor on a day."""
    return asker_of(session, workspace_id, actor).roles(today, _boards(session))


def _boards(session: Session) -> Iterable[Board]:
    return session.scalars(select(Board)).all()


class Serving(NamedTuple):
    """One appointment of a person, with the post that it is to."""

    post_id: int
    capacity: Capacity
    first_day: date | None
    last_day: date | None
    title: str
    organisation: str

    def in_force(self, day: date) -> bool:
        """Return whether it counts on a day."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)

    @property
    def signed(self) -> str:
        """How what is written for the post is signed."""
        label = f"{self.title}, {self.organisation}"
        return label if self.capacity is Capacity.HOLDER else f"{self.capacity.value.capitalize()} for {label}"


class PersonServing(NamedTuple):
    """A person of the plan with all their appointments, in the order they were made."""

    person_id: int
    name: str
    is_administrator: bool
    administrator_until: date | None
    serving: tuple[Serving, ...]

    def roles(self, actor: Actor, membership: Membership, today: date, boards: Iterable[Board | BoardFacts]) -> Roles:
        """Return the roles that they have on a day."""
        serving = [one for one in self.serving if one.in_force(today)]
        posts = tuple(one.post_id for one in serving)
        until, boards = self.administrator_until, list(boards)
        return Roles(
            actor=actor,
            membership=membership,
            person_id=self.person_id,
            name=self.name,
            posts=posts,
            secretary_of=frozenset(board.id for board in boards if board.secretary_post_id in posts),
            chair_of=frozenset(
                board.id
                for board in boards
                if board.chair_post_id in posts and (board.chair_until is None or board.chair_until >= today)
            ),
            is_administrator=self.is_administrator and (until is None or until >= today),
            titles=tuple((one.post_id, one.signed) for one in serving),
        )


_SERVING = (
    select(
        Appointment.post_id,
        Appointment.capacity,
        Appointment.first_day,
        Appointment.last_day,
        Post.title,
        Organisation.name,
    )
    .join(Post, Post.id == Appointment.post_id)
    .join(Organisation, Organisation.id == Post.organisation_id)
    .where(Appointment.person_id == bindparam("person"))
    .order_by(Appointment.id)
)


def roles_of_person(
    session: Session,
    someone: Person,
    actor: Actor,
    membership: Membership,
    today: date,
    boards: Sequence[BoardFacts] | None = None,
) -> Roles:
    """Return the roles of a person of the plan on a day; `boards`: the workspace's, where they were read already."""
    rows: Sequence[Any] = session.execute(_SERVING, {"person": someone.id}).all()
    is_administrator, until = someone.is_administrator, someone.administrator_until
    person = PersonServing(someone.id, someone.name, is_administrator, until, tuple(Serving(*row) for row in rows))
    return person.roles(actor, membership, today, _boards(session) if boards is None else boards)


def find_person(session: Session, who: str, today: date | None = None) -> Person | None:
    """Return somebody by Slack id, e-mail address, post key or post title; for the command line."""
    wanted = who.strip().casefold()
    if not wanted:
        return None
    people = session.scalars(select(Person).order_by(Person.id)).all()
    for someone in people:
        if wanted in (someone.slack_user.casefold(), someone.email.casefold()):
            return someone
    posts = session.scalars(select(Post).order_by(Post.id)).all()
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
