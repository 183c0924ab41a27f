"""Every role by every command, button, form and plain reply: what is said and what is stored.

The table is `tests/handlers/who_may.py`, with `who_may_plan.py`. A command, button or form that is not in it fails
here.

Source: docs/explanation/boards-and-dates.md, Who may do what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from bot.demo.sandbox import EXAMPLE_PLAN, TEAM, store_demo_plan
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.edited_messages import EditedWords, message_edited, read_once
from handlers.conversation.incoming_words import IncomingWords
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.papers.own_templates import keep_own_template
from handlers.permissions import NotAllowed
from handlers.presses import pressed, submitted
from handlers.responses import Content, Response
from models.enums import AnswerKind, Verb, Way
from models.files.papers.printed_fields import CheckedTemplate
from models.files.planfile import read_plan
from models.plan.accounts import AccountSeen
from models.storage.engine import Database
from models.storage.history_tables import Contribution, Update
from models.storage.tables import Action, Board, Meeting, Person, PlanMeasure, PlanRisk, Post, Theme
from tests.handlers import deed_roles as table
from tests.handlers.deed_roles import OUTSIDE, Deed
from tests.handlers.rounds import Rounds, headline
from tests.handlers.who_may import DEEDS
from tests.yaml_files import read_yaml

NOW = datetime(2020, 8, 18, 10, tzinfo=UTC)
"""The day after the request for the board of 16 September."""
POLICE = "T0POLICE"
ACCOUNTS: dict[str, AccountSeen] = {
    table.ITS_LEAD: AccountSeen(TEAM, "U0PUBHEAL"),
    table.CONTACT: AccountSeen(TEAM, "U0PHANALY"),
    table.DEPUTY: AccountSeen(TEAM, "U0PHDEPUT"),
    table.OTHER_LEAD: AccountSeen(TEAM, "U0HEADEDU"),
    table.NAMED: AccountSeen(POLICE, "U0NAMEDPC"),
    table.KEEPER: AccountSeen(TEAM, "U0DEMSERV"),
    table.OTHER_KEEPER: AccountSeen(TEAM, "U0HWBSEC"),
    table.CHAIR: AccountSeen(TEAM, "U0CHAIRPB"),
    table.OTHER_CHAIR: AccountSeen(TEAM, "U0CHAIRHW"),
    table.ADMIN: AccountSeen(TEAM, "U0ICTADMIN"),
    table.MEMBER: AccountSeen(TEAM, "U0MEMBER"),
    table.GUEST: AccountSeen(TEAM, "U0GUEST", is_guest=True),
    table.STRANGER: AccountSeen(POLICE, "U0STRANGE"),
    table.GONE: AccountSeen(TEAM, "U0GONEOFF", is_deleted=True),
}
OTHERS = (AccountSeen(TEAM, "U0EARLYHP"), AccountSeen(TEAM, "U0ACTIVES"), AccountSeen(TEAM, "U0COMMISS"))
NOTHING_SHOWN = "The plan is open to members of this workspace"
SHOWN_BACK = (
    "Is that an update on",
    "Which action is that about?",
    "I could not tell which action",
    "I am not sure what you mean",
    "Nothing was recorded: ",
    "I am not sure what you are asking",
)


def plan_with_everybody() -> bytes:
    """The example; with a secretary for the other board, a deputy and a leaver for the lead, a partner's own post."""
    plan: dict[str, Any] = read_yaml(EXAMPLE_PLAN)
    lead = next(post for post in plan["posts"] if post["key"] == "public-health-lead")
    lead["deputies"] = [
        {"name": "Deputy Lead", "email": "ph.deputy@example.org", "slack": "U0PHDEPUT",
         "from": NOW.date(), "to": NOW.date().replace(day=28)},
    ]  # fmt: skip
    lead["contact_officers"].append({"name": "Former Officer", "email": "former@example.org", "slack": "U0GONEOFF"})
    for key, title, organisation, slack in (
        ("hwb-secretary", "Committee Officer", "sefton-council", "U0HWBSEC"),
        ("inspector", "Inspector", "merseyside-police", "U0NAMEDPC"),
    ):
        holder = {"name": title, "email": f"{key}@example.org", "slack": slack}
        plan["posts"].append({"key": key, "title": title, "organisation": organisation, "holder": holder})
    next(board for board in plan["boards"] if board["key"] == "hwb")["secretary"] = "hwb-secretary"
    next(one for one in plan["measures"] if one["ref"] == "m7.1")["provider"] = "public-health-lead"
    for risk in plan["risks"]:
        risk["owner"] = "public-health-lead"
    return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False).encode()


class Place:
    """The plan, what has happened in it, and the numbers that buttons carry."""

    def __init__(self, database: Database) -> None:
        store_demo_plan(database, read_plan(plan_with_everybody(), "plan.yaml"), NOW)
        self.rounds = Rounds(database, NOW, (*ACCOUNTS.values(), *OTHERS))
        self.numbers: dict[str, str] = {}
        named = ACCOUNTS[table.NAMED]
        with database.write(workspace=TEAM) as session:
            session.scalars(select(Person).where(Person.slack_user == named.user)).one().slack_team = named.team
        with database.read(TEAM) as session:
            self.numbers |= {row.ref: str(row.id) for row in session.scalars(select(Action))}
            self.numbers |= {row.key: str(row.id) for row in session.scalars(select(Board))}
            self.numbers |= {row.key: str(row.id) for row in session.scalars(select(Post))}
            self.numbers |= {row.ref: str(row.id) for row in session.scalars(select(PlanMeasure))}
            self.numbers |= {row.ref: str(row.id) for row in session.scalars(select(PlanRisk))}
            for meeting in session.scalars(select(Meeting).where(Meeting.starts_at.is_not(None))):
                assert meeting.starts_at
                self.numbers[f"{meeting.starts_at:%-d %b}"] = str(meeting.id)
        self._what_happened()

    def _what_happened(self) -> None:
        """What buttons are about: answers, a wish to re-plan, one of another board, a reading, lines to add."""
        lead, keeper = ACCOUNTS[table.ITS_LEAD].user, ACCOUNTS[table.KEEPER].user
        self._said(lead, "update healthy-9 on track, two are done")
        self._said(lead, "move healthy-9 to 23 Oct because the data is late")
        self._said(keeper, "move heard-10 to December hwb because the health board wants it")
        self._said(ACCOUNTS[table.ITS_LEAD].user, "update healthy-1 on track, the campaign began")
        shown = self._said(lead, "helthy 4 on track, helthy 9 amber one left", said_in_words)
        self.numbers["reading"] = next(button.value for button in shown.buttons if button.verb == "recordall")
        self._said(lead, "healthy-2 on track, the leaflets are out", written)
        shown = self._said(lead, "healthy-2 on track, the posters are out", changed)
        self.numbers["edited"] = shown.buttons[0].value
        self.numbers["outcome"] = self._said(keeper, "outcome happy-11 no decision").buttons[0].value
        self._said(keeper, "freeze papers 23 Oct")
        self._said(keeper, "brief add healthy-9")
        self.rounds.keep(
            lambda ctx: keep_own_template(ctx, "partnership", "paper", "ours.docx", b"docx", CheckedTemplate(())),
            keeper,
        )
        self._said(keeper, "clearance 16 Sep legal sent to Public Health Lead for Children")
        shown = self._said(keeper, "clearance 16 Sep finance cleared FD6114/20")
        self.numbers["clearance"] = shown.buttons[0].value
        self._what_was_contributed(lead)
        self.numbers["assessment"] = self._said(lead, "risk ORG0017 2 x 3 because the council pays").buttons[0].value
        self.numbers["figure"] = self._said(lead, "measure m7.1 2017/18 27, counted twice").buttons[0].value
        shown = self._said(lead, "measure m7.1 2018/19 0.5")
        self.numbers["asked figure"] = json.loads(shown.buttons[0].value)["draft"]
        asked = self._said(keeper, "meeting move 8 Dec to 15 Dec").buttons[0]
        moved = self.rounds.keep(lambda ctx: pressed(ctx, asked.verb, asked.value), keeper).content
        self.numbers["meeting move"] = moved.buttons[0].value
        self.numbers["lead"] = self._said(keeper, "assign 23oct-9 to Early Help Manager").buttons[0].value
        self.numbers["setting"] = self._said(keeper, "board partnership updates due 4 days").buttons[0].value
        closed = "org schools closed 9/11 to 10/11 because of the election"
        self.numbers["closed"] = self._said(keeper, closed).buttons[0].value
        self.numbers["re-plan"] = self._said(keeper, "move 23oct-8 to 23 Oct because it is ready").buttons[0].value
        shown = self._said(keeper, "add to partnership: Head of Education: publish the list by 8 Dec")
        add = next(button.value for button in shown.buttons if button.verb == "addall")
        shown = self.rounds.keep(lambda ctx: pressed(ctx, "addall", add), keeper, Way.BUTTON).content
        self.numbers["added"] = shown.buttons[0].value
        shown = self._said(keeper, "add to partnership: Head of Education: publish the guide by 8 Dec")
        self.numbers["lines"] = next(button.value for button in shown.buttons if button.verb == "addall")
        log = "Partnership board\t\t\nAction\tLead\tDue\nAsk the schools\tMW\t23 October 2020"
        shown = self._said(keeper, log, said_in_words)
        self.numbers["log"] = next(button.value for button in shown.buttons if button.verb == "logadd")
        form = {"words": "Run a campaign", "kind": "standing commitment", "serves": "theme healthy"}
        edited = self.rounds.keep(
            lambda ctx: submitted(ctx, "edit", self.numbers["healthy-6"], form), keeper, Way.FORM
        ).content
        self.numbers["edit"] = edited.buttons[0].value
        shown = self._said(keeper, "meeting cancel 23 Oct because the chamber is closed")
        self.numbers["cancelling"] = shown.buttons[0].value
        with self.rounds.database.read(TEAM) as session:
            for row in session.scalars(select(Update).order_by(Update.id)):
                if row.action_id == int(self.numbers["healthy-1"]):
                    self.numbers["fresh entry"] = str(row.id)
                elif row.kind is AnswerKind.UPDATE:
                    self.numbers["entry"] = str(row.id)
                elif row.kind is AnswerKind.REPLAN_ASKED:
                    name = "wish" if row.action_id == int(self.numbers["healthy-9"]) else "other wish"
                    self.numbers[name] = f"{row.action_id}|{row.to_meeting_id}|{row.id}"

    def _what_was_contributed(self, lead: str) -> None:
        """Returns: one that was held and may be undone, one with a line that may be an action, one asked about."""
        with self.rounds.database.write(workspace=TEAM) as session:
            held = session.get_one(Meeting, int(self.numbers["10 Jun"]))
            held.focus_theme_id = session.scalars(select(Theme.id).order_by(Theme.id)).first()
        shown = self._said(lead, "contribute for 23 Oct: young people chose the provider")
        self.numbers["contribution"] = shown.buttons[1].value
        self._said(lead, "contribute for 10 Jun: next steps: launch the survey")
        with self.rounds.database.read(TEAM) as session:
            self.numbers["return"] = str(max(session.scalars(select(Contribution.id))))
        shown = self._said(lead, "contribute for 10 Jun: evidence: J.S., aged 9, waits")
        self.numbers["asked contribution"] = shown.buttons[0].value
        self.numbers["dropped contribution"] = shown.buttons[1].value

    def _said(self, user: str, typed: str, how: Callable[[RequestContext, str], Response] = answer_text) -> Content:
        def work(ctx: RequestContext) -> Response:
            given = how(ctx, typed)
            plan_notices(ctx, given.notices)
            return given

        shown = self.rounds.keep(work, user).content
        assert isinstance(shown, Content)
        return shown

    def work_of(self, deed: Deed, way: Way) -> Callable[[RequestContext], Response]:
        """A row of the table as what a round does."""
        if isinstance(deed.do, str):
            typed = deed.do
            how = said_in_words if way is Way.REPLY else answer_text
            return lambda ctx: how(ctx, typed)
        verb, value = deed.do[0], self.filled(deed.do[1])
        if len(deed.do) == 2:
            return lambda ctx: pressed(ctx, verb, value)
        fields = {name: self.filled(text) for name, text in deed.do[2].items()}
        return lambda ctx: submitted(ctx, verb, value, fields)

    def filled(self, text: str) -> str:
        """Names in braces as the numbers they stand for."""
        return re.sub(r"\{([^{}]+)\}", lambda found: self.numbers[found[1]], text)


MESSAGE = "D0PUBHEAL/1600000000.000100"


def written(ctx: RequestContext, words: str) -> Response:
    """What is answered to a message."""
    return read_once(ctx, MESSAGE, lambda ctx: said_in_words(ctx, words))


def changed(ctx: RequestContext, words: str) -> Response:
    """What is answered to a change of it."""
    said = IncomingWords(ctx, words)
    return message_edited(ctx, MESSAGE, EditedWords(said, lambda ctx: said_in_words(ctx, words), timedelta(0)))[0]


def changed_rows(ctx: RequestContext) -> int:
    """How many rows were inserted, changed or deleted since the connection was opened."""
    ctx.session.flush()
    return int(ctx.session.connection().connection.driver_connection.total_changes)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(Database(str(tmp_path_factory.mktemp("who-may") / "plan.db")))


def refused_by(deed: Deed, given: Response) -> bool:
    """Whether a refusal names what somebody must be allowed to do by what the registry says of the deed."""
    content = given.content
    if not isinstance(content, Content) or not isinstance(content.headline, NotAllowed):
        return True
    what = deed.covers[0] if isinstance(deed.covers, tuple) and isinstance(deed.covers[0], str) else deed.covers
    found: dict[Way, Mapping[Any, Any]] = {
        Way.COMMAND: REGISTRY.commands,
        Way.BUTTON: REGISTRY.presses,
        Way.FORM: REGISTRY.forms,
    }
    entry = found[deed.way][what]
    return content.headline.verb in entry.who_may


WAYS = [(deed, deed.way) for deed in DEEDS] + [(deed, Way.REPLY) for deed in DEEDS if deed.way is Way.COMMAND]


@pytest.mark.parametrize(("deed", "way"), WAYS, ids=[f"{way.value}: {deed.name}" for deed, way in WAYS])
def test_who_may_do_it_and_what_the_others_are_told(place: Place, deed: Deed, way: Way) -> None:
    wrong = {}
    for role, account in ACCOUNTS.items():
        steps = [changed_rows, place.work_of(deed, way), changed_rows]
        before, given, after = place.rounds.again(steps, account.user, way, account.team)
        said, stored = headline(given), after > before
        if role in OUTSIDE:
            right = said.startswith(NOTHING_SHOWN) and not stored
        elif role in deed.gets:
            stores = role in deed.stores if deed.stores is not None else True
            begins = said.startswith((way is Way.REPLY and deed.in_words) or deed.gets[role])
            right = begins and stored is stores and not said.startswith(NOTHING_SHOWN)
        else:
            back = way is Way.REPLY and said.startswith(SHOWN_BACK)
            right = (said.startswith(deed.refused) or back) and not stored
            right = right and (back or refused_by(deed, given))
        if not right:
            wrong[role] = f"{'stored' if stored else 'nothing stored'}: {said}"
    assert wrong == {}, wrong


def test_every_row_has_somebody_who_may_and_somebody_in_the_workspace_who_may_not() -> None:
    everybody_may = {deed.name for deed in DEEDS if not table.READ - deed.gets.keys() and deed.verb is not Verb.READ}
    assert everybody_may == {"adddrop {lines}", "logdrop {log}"}, "it drops the presser's own lines"
    assert all(deed.gets for deed in DEEDS)


def test_the_table_leaves_nothing_out() -> None:
    covered: set[Any] = set()
    for deed in DEEDS:
        covers = set(deed.covers) if isinstance(deed.covers, tuple) else {deed.covers}
        covered |= {(deed.way, what) for what in covers}
    commands = {what for _, what in covered if isinstance(what, type)}
    assert set(REGISTRY.commands) - commands == set(), "a command has no row in tests/handlers/who_may.py"
    buttons = {what for way, what in covered if way is Way.BUTTON}
    assert set(REGISTRY.presses) - buttons == set(), "a button has no row in tests/handlers/who_may.py"
    forms = {what for way, what in covered if way is Way.FORM}
    assert set(REGISTRY.forms) - forms == set(), "a form has no row in tests/handlers/who_may.py"
    typed = {what for way, what in covered if way is Way.COMMAND}
    assert commands - typed == set(), "a command is proved by a button alone"
    assert {deed.verb for deed in DEEDS} == set(Verb)
    assert set(ACCOUNTS) == table.READ | OUTSIDE
