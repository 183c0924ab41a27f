"""Run one request: one short transaction, then the answer. The listeners of this folder share it.

People never see a traceback: an unforeseen error has a reference, which they can quote and which the log has, without
anything that people typed.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from queue import SimpleQueue
from threading import Lock
from typing import TypeVar

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.slack.directory import Directory
from bot.slack.payloads import Payload
from bot.slack.refused_blocks import RefusedBlocks
from handlers.catalogue import REGISTRY
from handlers.context import PlanRead, RequestContext
from handlers.conversation.typed_answers import only_reads
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.people.menus import suggest
from handlers.permissions import NotAllowed, NotHere
from handlers.press_codec import Share
from handlers.responses import Choice, Content, Form, FormErrors, Response, say
from handlers.safeguarding.publication import shared_first
from models.enums import Way
from models.errors import DatabaseBusy, DatabaseProblem, Refusal
from models.notifications.received import first_time
from models.plan.accounts import Actor, Asker, Membership, Roles, asker_of
from models.plan.queries import board_calendars, zone_of
from models.records.message_counts import count_press
from models.rules.calendar import local_day
from models.storage.deadlines import ACKNOWLEDGED_HELD, PEOPLE_WAIT, held_until
from models.storage.engine import Database
from models.storage.restored import check_not_moved
from models.storage.tracebacks import error_reference, log_error

log = logging.getLogger(__name__)

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")


@dataclass
class Deps:
    """What listeners work with.

    `wake` makes the ledger be looked at soon; `reading` answers commands that only read; `later` runs what nobody waits
    for (see `run_in_background`). `bot_user`: the bot's own account. `shown`: pages that were posted and are not
    remembered yet; whoever has `remembering` does that.
    """

    database: Database
    workspace_id: str
    client: WebClient
    directory: Directory
    now: Callable[[], datetime]
    wake: Callable[[], None]
    bot_user: str = ""
    blocks: RefusedBlocks = field(default_factory=RefusedBlocks)
    shown: SimpleQueue[tuple[str, str, str]] = field(default_factory=SimpleQueue)
    remembering: Lock = field(default_factory=Lock)
    reading: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(6, thread_name_prefix="cypp-read"))
    later: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="cypp-reply"))

    def run_in_background(self, work: Callable[..., object], *given: object) -> None:
        """Run something that nobody waits for; an unforeseen error goes to the log."""
        self.later.submit(_noted, work, *given)

    @contextmanager
    def writing(self, wait: float = PEOPLE_WAIT) -> Iterator[Session]:
        """Yield a transaction for what somebody does; it waits so many seconds for its turn.

        Raises:
            DatabaseProblem: the plan was moved to another database.
        """
        with self.database.write(wait, workspace=self.workspace_id) as session:
            check_not_moved(session, self.database.name)
            yield session


def _noted(work: Callable[..., object], *given: object) -> None:
    try:
        work(*given)
    except Exception as error:  # noqa: BLE001 - nobody looks at what becomes of it
        log_error(log, error)


def request_context(
    deps: Deps, session: Session, asker: Asker, way: Way, now: datetime, *, reads: bool = False
) -> RequestContext:
    """Return the context of somebody's request inside a transaction; `reads`: nothing is written in it."""
    calendars = board_calendars(session, deps.workspace_id)
    today = local_day(now, zone_of(session, deps.workspace_id))
    # Whatever id it gives itself: an account that Slack's directory does not know has no roles.
    boards = [calendar.board for calendar in calendars.values()]
    roles = asker.roles(today, boards) if asker.known else Roles(asker.actor, Membership.STRANGER)
    seen = PlanRead(calendars, {}) if reads else None
    members = deps.directory.members.values
    ctx = RequestContext(session, deps.workspace_id, roles, now, way, seen=seen, members=members, registry=REGISTRY)
    if way in (Way.COMMAND, Way.REPLY):
        # Words are read by the calendars before anything is written; a press or a form may change them first.
        ctx.calendars = calendars
    return ctx


def read_command(
    deps: Deps, actor: Actor, text: str, way: Way = Way.COMMAND, page: int = 0, *, share: Share | None = None
) -> Response | None:
    """Answer words that follow `/cypp`, where that only reads and so takes no lock; None where they may write.

    `share`: the answer is for a whole channel, and words that may identify a child are asked about first.
    """
    now = deps.now()

    def read(session: Session, asker: Asker) -> Response | None:
        ctx = request_context(deps, session, asker, way, now, reads=True)
        ctx.shared = share is not None
        if not only_reads(ctx, text):
            return None
        # A question is acknowledged before it is answered, where that takes long.
        with held_until(ACKNOWLEDGED_HELD) if way is Way.COMMAND else nullcontext():
            given = answer_text(ctx, text, page)
            return shared_first(ctx, given, share) if share else given

    def work() -> Response | None:
        given = read_for(deps, actor, read, text)
        if given is not None:
            log_refusal(actor, way, given)
        return given

    return failures_in_words(work, text)


def read_for(deps: Deps, actor: Actor, read: Callable[[Session, Asker], _Given], mentions: str = "") -> _Given:
    """Return what `read` reads in a transaction, after looking up the actor and everybody mentioned."""
    with deps.database.read(deps.workspace_id, PEOPLE_WAIT) as session:
        asker = asker_of(session, deps.workspace_id, actor)
        if asker.known and deps.directory.has_met_mentioned(session, mentions):
            return read(session, asker)
    deps.directory.meet(actor)
    deps.directory.meet_mentioned(mentions)
    with deps.database.read(deps.workspace_id, PEOPLE_WAIT) as session:
        return read(session, asker_of(session, deps.workspace_id, actor))


@dataclass(frozen=True)
class Request:
    """One thing somebody did that may write: all it takes to do it now, or later from what was noted of it.

    `kind` and `payload`: what is noted, and what reads it again. `key`: the same each time it is delivered. `work`:
    what it comes to. `answer`: gives the response where the acknowledgement does not. `once`: identifies it when
    somebody does it again; it counts again where nothing came of it. `delivery`: identifies it when Slack delivers it
    again; then it is not even answered again. `opens`: it may come to a form or to errors in one, which cannot wait.
    """

    kind: str
    payload: Payload
    key: str
    actor: Actor
    way: Way
    work: Callable[[RequestContext], Response]
    answer: Callable[[Response], object]
    once: str = ""
    delivery: str = ""
    about: int = 0
    text: str = ""
    mentions: str = ""
    opens: bool = False


def meet_all(deps: Deps, request: Request) -> None:
    """Look up the actor and everybody mentioned, before any transaction."""
    deps.directory.meet(request.actor)
    deps.directory.meet_mentioned(request.mentions or request.text)


def write_request(deps: Deps, session: Session, request: Request, now: datetime) -> Response | None:
    """Do what was asked, inside a transaction that writes; None where it was dealt with before.

    Whatever it raises, nothing of it is written: the transaction can go on with the next.
    """
    with session.begin_nested() as whole_work:
        if request.delivery and not first_time(session, request.delivery, now):
            return None
        once = request.once
        if once and not first_time(session, once, now, request.about):
            return None
        asker = asker_of(session, deps.workspace_id, request.actor)
        ctx = request_context(deps, session, asker, request.way, now)
        given = request.work(ctx)
        log_refusal(request.actor, request.way, given)
        if not isinstance(given.content, FormErrors | Form) and (given.done or not once.startswith("press:")):
            plan_notices(ctx, given.notices)
            return given
        # Nothing is dealt with yet: the same press or form must count when somebody does it again.
        whole_work.rollback()
    if request.delivery:
        first_time(session, request.delivery, now)
    return given


def read_request(deps: Deps, actor: Actor, way: Way, work: Callable[[RequestContext], Response]) -> Response:
    """Do one piece of work that only reads."""

    def whole() -> Response:
        now = deps.now()
        given = read_for(deps, actor, lambda session, asker: work(request_context(deps, session, asker, way, now)))
        log_refusal(actor, way, given)
        return given

    return failures_in_words(whole)


def choices_for(deps: Deps, actor: Actor, source: str, typed: str) -> tuple[Choice, ...]:
    """Return what a menu offers for what was typed into it; nothing where that cannot be read just now."""
    found: tuple[Choice, ...] = ()

    def work(ctx: RequestContext) -> Response:
        nonlocal found
        found = suggest(ctx, source, typed)
        return Response(None)

    read_request(deps, actor, Way.FORM, work)
    return found


def log_refusal(actor: Actor, way: Way, given: Response) -> None:
    """Log what was refused, and to whom: never what they typed."""
    headline = given.content.headline if isinstance(given.content, Content) else ""
    if isinstance(headline, NotAllowed):
        log.info("refused: %s of %s may not %s (%s)", actor.user, actor.team, headline.verb, way)
    elif isinstance(headline, NotHere):
        log.info("refused: %s of %s named what this plan has not (%s)", actor.user, actor.team, way)


def note_dealt_with(deps: Deps, key: str, answer: str = "") -> bool:
    """Note that a payload is dealt with; return whether it was before. False where the database cannot say.

    `answer`: in which answer something was pressed, by its name; "" where that is none.
    """
    try:
        with deps.writing() as session:
            now = deps.now()
            if not first_time(session, key, now):
                return True
            if answer:
                zone = zone_of(session, deps.workspace_id)
                count_press(session, answer, local_day(now, zone), zone, only_asked=True)
            return False
    except (DatabaseBusy, DatabaseProblem):
        return False


def failures_in_words(work: Callable[[], _Result], text: str = "") -> _Result | Response:
    """Run `work`; turn whatever goes wrong into one sentence, with what was typed given back."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the last line before people
        return failure_in_words(error, text)


def failure_in_words(error: Exception, text: str) -> Response:
    """Return what people are told of an error, with what was typed given back."""
    if isinstance(error, DatabaseBusy):
        return _failed(error.sentence, text)
    if isinstance(error, DatabaseProblem):
        # Its sentence names files and commands: that is for whoever runs this.
        number = error_reference()
        log.error("reference %s: %s", number, error.sentence, extra={"reference": number})
        return _failed(
            f"The plan cannot be used just now and nothing was stored: please tell the administrator reference "
            f"{number}.",
            text,
        )
    if isinstance(error, Refusal):
        return say(error.sentence, typed=text)
    number = log_error(log, error)
    return _failed(
        f"Something went wrong here and nothing was recorded: please tell the administrator reference {number}.",
        text,
    )


def _failed(sentence: str, text: str) -> Response:
    return replace(say(sentence, typed=text), failed=True)
