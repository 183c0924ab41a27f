"""One round of question and answer: who asks, when, by which way, inside one transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.permissions import About, may_see_held
from handlers.reading.command_arguments import Parsed
from handlers.reading.name_books import PlainPeopleBook
from handlers.reading.queries.query import QuestionReading
from handlers.reading.queries.question_reader import read_questions
from handlers.reading.vocabulary import (
    BoardWords,
    MeetingWords,
    OrganisationWords,
    PersonWords,
    PlainRefBook,
    PlanNames,
    PostWords,
    PriorityWords,
    RefBook,
    ThemeWords,
    Vocabulary,
)
from models.enums import MeetingState, Way
from models.plan.accounts import AccountSeen, Roles
from models.plan.action_filter import EVERY_ACTION, ActionFilter, ActionUnit
from models.plan.action_reads import (
    action_by_id,
    action_by_ref,
    first_ref,
    open_actions_by_lead,
    printed_refs,
    refs_by_key,
)
from models.plan.headings import Headings, PriorityFacts, ThemeFacts, headings_of
from models.plan.listed_actions import ListedAction, listed_actions
from models.plan.people_reads import PartnerName, accounts_in_use, directory_account, partner_names
from models.plan.queries import (
    ActionView,
    action_views,
    board_calendars,
    boards_of,
    plan_of,
    post_labels,
    views_listed,
    zone_of,
)
from models.plan.search_reads import Findable, findables
from models.records.history import Signed, command_line_signature
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts, PlanFacts
from models.storage.history_tables import SignedRow
from models.storage.sessions import Session
from models.storage.tables import Account, Action, Board

if TYPE_CHECKING:
    from handlers.commands import Command
    from handlers.registry import Registry


class StoredRefBook:
    """The refs of one workspace: looked up one at a time, and all of them read only for a near miss."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._all: PlainRefBook | None = None
        self._exact: dict[str, str | None] = {}

    def exact(self, key: str) -> str | None:
        """Return the printed ref of a key, or None."""
        self.expect((key,))
        return self._exact[key]

    def expect(self, keys: Iterable[str]) -> None:
        """Look up some keys at once, which would cost a statement each when they are asked for."""
        if wanted := [key for key in dict.fromkeys(keys) if key not in self._exact]:
            found = refs_by_key(self._session, wanted)
            self._exact |= {key: found.get(key) for key in wanted}

    def near(self, text: str) -> tuple[str, ...]:
        """Return printed refs that look like what was typed, best first."""
        if self._all is None:
            self._all = PlainRefBook(printed_refs(self._session))
        return self._all.near(text)


@lru_cache(maxsize=8)
def _plan_names(rows: tuple[PartnerName, ...]) -> PlanNames:
    """Return rows as names; the same object for the same rows, so that what is made of it is made once."""
    organisations = {
        row.organisation_id: OrganisationWords(
            row.organisation_id, row.organisation_key, row.organisation, row.organisation_aliases
        )
        for row in sorted(rows, key=lambda row: row.organisation_id)
    }
    posts = tuple(
        PostWords(row.post_id, row.key, row.title, organisations[row.organisation_id], row.aliases, row.holder)
        for row in rows
        if row.post_id is not None
    )
    return PlanNames(posts, tuple(organisations.values()))


@dataclass(frozen=True, slots=True)
class PlanRead:
    """What was read of the plan already, within the same transaction: calendars, and some actions by id."""

    calendars: dict[int, BoardCalendar]
    views: dict[int, ActionView]


@dataclass
class RequestContext:
    """What a handler works with. Everything read is read once a round.

    `account`: on the command line, the operating system's account that asks. `registry`: what can be asked and pressed.
    `confirmed`: what happens was shown before, or is tried and taken back. `sure`: the writer has said that the words
    identify nobody. `shared`: the answer is for a whole channel. `message`: what the words were written in, "" for
    none. `members`: the member list that this process read. `answered`: the commands that were answered in it.
    """

    session: Session
    workspace_id: str
    roles: Roles
    now: datetime
    way: Way = Way.COMMAND
    sure: bool = False
    shared: bool = False
    seen: PlanRead | None = None
    account: str = ""
    confirmed: bool = False
    message: str = ""
    members: Callable[[], Iterable[AccountSeen]] = tuple
    registry: "Registry" = field(kw_only=True)
    answered: list["Command"] = field(default_factory=list)
    _parsed: dict[str, Parsed] = field(default_factory=dict)
    _actions: dict[str, Action] = field(default_factory=dict)
    _questions: dict[str, QuestionReading | None] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The plan's zone."""
        return zone_of(self.session, self.workspace_id)

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, self.zone)

    @cached_property
    def plan(self) -> PlanFacts | None:
        """The workspace's plan, if it has one."""
        return plan_of(self.session, self.workspace_id)

    @cached_property
    def calendars(self) -> dict[int, BoardCalendar]:
        """Every board with its meetings, by board id."""
        return self.seen.calendars if self.seen else board_calendars(self.session, self.workspace_id)

    @cached_property
    def boards(self) -> dict[int, Board]:
        """Every board by id, as a row that can be changed."""
        return {row.id: row for row in boards_of(self.session)}

    @cached_property
    def headings(self) -> Headings:
        """The plan's themes and priorities."""
        return headings_of(self.session, self.workspace_id)

    @property
    def themes(self) -> list[ThemeFacts]:
        """The plan's themes, in order."""
        return self.headings.themes

    @property
    def priorities(self) -> list[PriorityFacts]:
        """The plan's priorities, by number."""
        return self.headings.priorities

    @cached_property
    def posts(self) -> dict[int, str]:
        """How each post is called: title and organisation."""
        return post_labels(self.session)

    @cached_property
    def findables(self) -> list[Findable]:
        """Every action with what the asker can find it by."""
        return [
            replace(one, last=one.held) if one.held and self.sees_held(one.lead_post_id, one.board_id) else one
            for one in findables(self.session)
        ]

    @cached_property
    def refs(self) -> RefBook:
        """The plan's refs."""
        return StoredRefBook(self.session)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of this plan."""
        keys = {theme.id: theme.key for theme in self.themes}
        numbers: dict[int, list[int]] = {theme.id: [] for theme in self.themes}
        for priority in (one for one in self.priorities if one.theme_id is not None):
            numbers[priority.theme_id or 0].append(priority.number)
        return Vocabulary(
            themes=tuple(ThemeWords(t.key, t.name, tuple(t.aliases), tuple(numbers[t.id])) for t in self.themes),
            priorities=tuple(
                PriorityWords(p.number, p.title, tuple(p.aliases), keys.get(p.theme_id or 0, ""))
                for p in self.priorities
            ),
            boards=tuple(BoardWords(c.board.key, c.board.name, c.board.aliases) for c in self.calendars.values()),
            meetings=tuple(
                MeetingWords(
                    id=meeting.id,
                    board=calendar.board.key,
                    date=local_day(meeting.starts_at, self.zone) if meeting.starts_at else None,
                    expected=meeting.expected,
                    cancelled=meeting.state is MeetingState.CANCELLED,
                )
                for calendar in self.calendars.values()
                for meeting in calendar.meetings
            ),
            refs=self.refs,
            example=self._example,
            names=lambda: self.plan_names,
            people=lambda: self._people,
            asked_posts=self._asked_posts,
        )

    @cached_property
    def plan_names(self) -> PlanNames:
        """The plan's posts and organisations, as people may write them."""
        return _plan_names(partner_names(self.session, self.today))

    @cached_property
    def _people(self) -> PlainPeopleBook:
        return PlainPeopleBook(PersonWords(one.user, one.name, one.email) for one in self.accounts_in_use())

    def _asked_posts(self) -> dict[int, int]:
        """Return the post of each organisation that is asked for it: the one that leads most."""
        leads = open_actions_by_lead(self.session)
        most: dict[int, int] = {}
        for post in sorted(self.plan_names.posts, key=lambda one: (-leads.get(one.id, 0), one.id)):
            most.setdefault(post.organisation.id, post.id)
        return most

    def _example(self) -> str:
        """Return a ref to show as an example: the plan's first."""
        return first_ref(self.session) or "healthy-5"

    def parsed(self, text: str) -> Parsed:
        """Return what words mean in this request; read once, however often it is asked."""
        if text not in self._parsed:
            self._parsed[text] = self.registry.grammar.parse(text, self.vocabulary, self.today)
        return self._parsed[text]

    def questions(self, text: str) -> QuestionReading | None:
        """Return what words ask, read once."""
        if text not in self._questions:
            self._questions[text] = read_questions(text, self.vocabulary, self.today)
        return self._questions[text]

    def views(self, which: ActionFilter = EVERY_ACTION) -> list[ActionView]:
        """Return actions as they are counted, with all that is said about them: for all partners, the whole."""
        return self._seen(action_views(self.session, self.workspace_id, which, ActionUnit.COUNTED))

    def views_to_answer(self, which: ActionFilter = EVERY_ACTION) -> list[ActionView]:
        """Return actions as they are answered: of one for all partners each part, not the whole."""
        return self._seen(action_views(self.session, self.workspace_id, which, ActionUnit.ANSWERED))

    def listed(self, which: ActionFilter = EVERY_ACTION) -> list[ListedAction]:
        """Return actions as they are counted, as lists sort and count them."""
        return self._listed(which, ActionUnit.COUNTED)

    def listed_to_answer(self, which: ActionFilter = EVERY_ACTION) -> list[ListedAction]:
        """Return actions as they are answered, as lists sort and count them."""
        return self._listed(which, ActionUnit.ANSWERED)

    def listed_by_board(
        self,
        board_ids: Collection[int],
        lead_posts: Collection[int] | None = None,
        *,
        unit: ActionUnit = ActionUnit.COUNTED,
    ) -> dict[int, list[ListedAction]]:
        """Return the open actions of some boards, by board: in one read, however many boards there are.

        `lead_posts`: those that one of these posts leads; `unit`: as they are counted, as they are answered, or both.
        """
        only = next(iter(board_ids)) if len(board_ids) == 1 else None
        which = ActionFilter(board_id=only, lead_posts=lead_posts, open_only=True)
        found: dict[int, list[ListedAction]] = {board_id: [] for board_id in board_ids}
        for one in self._listed(which, unit):
            if one.facts.board_id in found:
                found[one.facts.board_id].append(one)
        return found

    def _listed(self, which: ActionFilter, unit: ActionUnit) -> list[ListedAction]:
        return listed_actions(self.session, self.workspace_id, which, unit)

    def read_listed(self, listed: Sequence[ListedAction]) -> list[ActionView]:
        """Return what is said about actions of a list, in its order."""
        return self._seen(views_listed(self.session, self.workspace_id, listed))

    def asked_about(self, action_ids: Collection[int]) -> list[ActionView]:
        """Return those of some actions that are asked about, without reading again what was read."""
        if self.seen is None or not self.seen.views.keys() >= set(action_ids):
            return self.views_to_answer(ActionFilter(ids=action_ids))
        return self._seen([self.seen.views[number] for number in action_ids if not self.seen.views[number].parts])

    def _seen(self, views: Sequence[ActionView]) -> list[ActionView]:
        """Return views as far as the asker may see them: held words are whole for those they are for."""
        return [
            view._replace(last_words=view.held_words)
            if view.held_words and self.sees_held(view.facts.lead_post_id, view.facts.board_id)
            else view
            for view in views
        ]

    def sees_held(self, lead_post_id: int | None, board_id: int | None) -> bool:
        """Return whether held words of an action are shown whole here; never to a whole channel."""
        return not self.shared and may_see_held(self.roles, About(lead_post_id, board_id))

    def action(self, ref: str) -> Action | None:
        """Return an action by its ref, in any spelling."""
        found = self._actions.get(ref) or action_by_ref(self.session, ref)
        if found is not None:
            self._actions[ref] = found
        return found

    def action_by_id(self, action_id: int) -> Action | None:
        """Return an action of this workspace by its number."""
        return action_by_id(self.session, action_id)

    def view(self, action_id: int) -> ActionView:
        """Return one action with all that is said about it."""
        return self._seen(action_views(self.session, self.workspace_id, ActionFilter(ids=(action_id,))))[0]

    def calendar(self, board_id: int | None) -> BoardCalendar | None:
        """Return the home board of an action with its meetings."""
        return self.calendars.get(board_id or 0)

    def meetings(self, meeting_ids: Collection[int]) -> list[tuple[BoardCalendar, MeetingFacts]]:
        """Return some meetings, each with its board's calendar, the earliest first."""
        found = [
            (calendar, calendar.by_id[meeting_id])
            for calendar in self.calendars.values()
            for meeting_id in meeting_ids
            if meeting_id in calendar.by_id
        ]
        return sorted(found, key=lambda row: row[1].order)

    def where(self, meeting_id: int | None) -> BoardCalendar | None:
        """Return the board whose meeting this is, with its meetings."""
        return next((calendar for calendar in self.calendars.values() if meeting_id in calendar.by_id), None)

    def secretary(self, board_id: int | None) -> str:
        """Return how the secretary of a board is called."""
        calendar = self.calendar(board_id)
        return self.posts.get(calendar.board.secretary_post_id or 0, "") if calendar else ""

    def accounts_in_use(self) -> list[Account | AccountSeen]:
        """Return the accounts of people who can sign in: those of the member list, else as far as they are stored."""
        listed = [one for one in self.members() if not (one.is_deleted or one.is_bot)]
        return [*listed] or [*accounts_in_use(self.session)]

    def known_account(self, user: str, email: str) -> Account | AccountSeen | None:
        """Return an account by its id, or, where none is given, by address (lower case), with its name where known."""
        stored = directory_account(self.session, user, email)
        if stored is not None and stored.name:
            return stored
        user = stored.user if stored is not None else user
        same = (one for one in self.members() if (one.user == user if user else one.email.casefold() == email != ""))
        return min(same, key=lambda one: one.is_deleted, default=stored)

    @property
    def author_id(self) -> int | None:
        """The person who writes; nobody of the plan where an account of the operating system does in their place."""
        return None if self.account else self.roles.person_id

    def wrote(self, row: SignedRow) -> bool:
        """Return whether an entry is the asker's own; on the command line, written there as the same post."""
        if not self.account:
            return row.person_id is not None and row.person_id == self.roles.person_id
        titles = [self.roles.signature(), *(title for _, title in self.roles.titles)]
        own = [command_line_signature(self.account, title) for title in titles]
        return any(f"{row.signature},".startswith(f"{one},") for one in own)

    def signed(self, post_id: int | None = None) -> Signed:
        """Return the signature of what this request writes, for a post."""
        signature = self.roles.signature(post_id)
        if post_id is not None and post_id not in self.roles.posts and post_id in self.posts:
            signature = f"{signature}, for {self.posts[post_id]}"
        if self.account:
            signature = command_line_signature(self.account, signature)
        return Signed(self.author_id, post_id, signature, self.way, self.now, self.message)
