"""One round of question and answer: one short transaction, then the answer. The listeners of this folder share it.

People never see a traceback: what goes wrong unforeseen has a reference, which they can quote and the log has, without
anything that people typed.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.slack.directory import Directory
from handlers import READS, answer_words
from handlers.context import Round
from handlers.menus import suggest
from handlers.notices import plan_notices
from handlers.permissions import NotAllowed, NotHere
from handlers.replies import Answer, Choice, Form, FormErrors, Reply, say
from models.accounts import Actor, roles_of
from models.calendar import local_day
from models.copies import check_not_moved
from models.db import PEOPLE_WAIT, Database
from models.deliveries import insert_or_ignore
from models.enums import Way
from models.errors import DatabaseBusy, DatabaseProblem, Refusal
from models.history_tables import Received
from models.queries import boards_of, zone_of
from models.traces import frames, reference

log = logging.getLogger(__name__)

Result = TypeVar("Result", Answer, Answer | None)
Given = TypeVar("Given")


@dataclass
class Deps:
    """What listeners work with. `nudge` has the ledger looked at soon; `later` does what need not be waited for (see
    `afterwards`). `bot_user`: the bot's own account.
    """

    database: Database
    workspace_id: str
    client: WebClient
    directory: Directory
    now: Callable[[], datetime]
    nudge: Callable[[], None]
    bot_user: str = ""
    later: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="cypp-reply"))

    def afterwards(self, work: Callable[..., object], *given: object) -> None:
        """Has something done that nobody waits for; what goes wrong unforeseen is in the log."""
        self.later.submit(_noted, work, *given)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction for what somebody does. Raises DatabaseProblem where the plan was moved to another database."""
        with self.database.write(PEOPLE_WAIT, workspace=self.workspace_id) as session:
            check_not_moved(session, self.database.name)
            yield session


def _noted(work: Callable[..., object], *given: object) -> None:
    try:
        work(*given)
    except Exception as error:  # noqa: BLE001 - nobody looks at what becomes of it
        log.error("reference %s: %s", reference(), frames(error))


def round_of(deps: Deps, session: Session, actor: Actor, way: Way, now: datetime) -> Round:
    """The round of an actor inside a transaction."""
    today = local_day(now, zone_of(session, deps.workspace_id))
    boards = boards_of(session, deps.workspace_id)
    roles = roles_of(session, deps.workspace_id, actor, today, boards)
    return Round(session, deps.workspace_id, roles, now, way, board_rows=boards)


def ask_in_words(
    deps: Deps, actor: Actor, text: str, way: Way = Way.COMMAND, page: int = 0, *, shared: bool = False
) -> Answer:
    """Answers words as they follow `/cypp`. Reads take no lock; what writes is read again inside its transaction.

    `shared`: the answer is for a whole channel.
    """

    now = deps.now()

    def read(session: Session) -> Answer | None:
        asked = round_of(deps, session, actor, way, now)
        asked.shared = shared
        return answer_words(asked, text, page) if isinstance(asked.parsed(text).command, READS) else None

    def work() -> Answer:
        given = reading(deps, actor, read, text)
        if given is not None:
            note_refusal(actor, way, given)
            return given
        with deps.writing() as session:
            asked = round_of(deps, session, actor, way, now)
            given = answer_words(asked, text)
            plan_notices(asked, given.notices)
        note_refusal(actor, way, given)
        deps.nudge()
        return given

    return in_words(work, text)


def reading(deps: Deps, actor: Actor, read: Callable[[Session], Given], mentions: str = "") -> Given:
    """What is read in a transaction, whoever asks or is mentioned having been looked up before it."""
    with deps.database.read(deps.workspace_id) as session:
        if deps.directory.has_met(session, actor, mentions):
            return read(session)
    deps.directory.meet(actor)
    deps.directory.meet_mentioned(mentions)
    with deps.database.read(deps.workspace_id) as session:
        return read(session)


def write_round(
    deps: Deps,
    actor: Actor,
    way: Way,
    work: Callable[[Round], Answer],
    *,
    once: str = "",
    delivery: str = "",
    about: int = 0,
    text: str = "",
    mentions: str = "",
) -> Answer | None:
    """Does one piece of work that may write, inside one transaction; None where it was dealt with before.

    `once`: by what it is known when somebody does it again; it counts again where nothing came of it. `delivery`: by
    what it is known when Slack delivers it again; then it is not even answered again.
    """

    def whole() -> Answer | None:
        deps.directory.meet(actor)
        deps.directory.meet_mentioned(mentions or text)
        now = deps.now()
        with deps.writing() as session:
            if delivery and not first_time(session, deps.workspace_id, delivery, now):
                return None
            whole_work = session.begin_nested()
            if once and not first_time(session, deps.workspace_id, once, now, about):
                return None
            asked = round_of(deps, session, actor, way, now)
            given = work(asked)
            note_refusal(actor, way, given)
            if isinstance(given.reply, FormErrors | Form) or (once.startswith("press:") and not given.done):
                # Nothing is dealt with yet: the same press or form must count when it comes again.
                whole_work.rollback()
                return given
            plan_notices(asked, given.notices)
        deps.nudge()
        return given

    return in_words(whole, text)


def read_round(deps: Deps, actor: Actor, way: Way, work: Callable[[Round], Answer]) -> Answer:
    """Does one piece of work that only reads."""

    def whole() -> Answer:
        now = deps.now()
        given = reading(deps, actor, lambda session: work(round_of(deps, session, actor, way, now)))
        note_refusal(actor, way, given)
        return given

    return in_words(whole)


def choices_for(deps: Deps, actor: Actor, source: str, typed: str) -> tuple[Choice, ...]:
    """What a menu offers for what was typed into it; nothing where that cannot be found out just now."""
    found: tuple[Choice, ...] = ()

    def work(asked: Round) -> Answer:
        nonlocal found
        found = suggest(asked, source, typed)
        return Answer(None)

    read_round(deps, actor, Way.FORM, work)
    return found


def first_time(session: Session, workspace_id: str, key: str, now: datetime, about: int = 0) -> bool:
    """Notes that a payload is dealt with; False where it was before."""
    noted = insert_or_ignore(session, Received).values(workspace_id=workspace_id, key=key[:255], at=now, about=about)
    return session.scalar(noted.returning(Received.key)) is not None


def note_refusal(actor: Actor, way: Way, given: Answer) -> None:
    """What was refused goes into the log: to whom and what, never what they typed."""
    headline = given.reply.headline if isinstance(given.reply, Reply) else ""
    if isinstance(headline, NotAllowed):
        log.info("refused: %s of %s may not %s (%s)", actor.user, actor.team, headline.verb, way)
    elif isinstance(headline, NotHere):
        log.info("refused: %s of %s named what this plan has not (%s)", actor.user, actor.team, way)


def came_before(deps: Deps, key: str) -> bool:
    """Notes that a payload is dealt with; whether it was before. False also where nobody can say just now."""
    try:
        with deps.writing() as session:
            return not first_time(session, deps.workspace_id, key, deps.now())
    except (DatabaseBusy, DatabaseProblem):
        return False


def in_words(work: Callable[[], Result], text: str = "") -> Result | Answer:
    """Runs a round; whatever goes wrong becomes one sentence, with what was typed given back."""
    try:
        return work()
    except DatabaseBusy as busy:
        return _failed(busy.sentence, text)
    except DatabaseProblem as problem:
        # Its sentence names files and commands: that is for whoever runs this.
        number = reference()
        log.error("reference %s: %s", number, problem.sentence)
        return _failed(
            f"The plan cannot be used just now and nothing was stored: please tell the administrator reference "
            f"{number}.",
            text,
        )
    except Refusal as refusal:
        return say(refusal.sentence, typed=text)
    except Exception as error:  # noqa: BLE001 - the last line before people
        number = reference()
        log.error("reference %s: %s", number, frames(error))
        return _failed(
            f"Something went wrong here and nothing was recorded: please tell the administrator reference {number}.",
            text,
        )


def _failed(sentence: str, text: str) -> Answer:
    return replace(say(sentence, typed=text), failed=True)
