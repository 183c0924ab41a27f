"""One pass over the ledger: plan, claim, recheck, word, send, record (docs/explanation/delivery.md, One pass).

Two clocks: `now` is the plan's time and decides what is said; `instant` is real time and governs leases and waits.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from threading import Event, Lock

from handlers.notifications.wording import write_message
from models.enums import MessageClass, MessageState
from models.errors import DatabaseProblem
from models.notifications import leases, lookups, messages
from models.plan.queries import zone_of
from models.plan.serving import day_changes
from models.rules.calendar import local_day
from models.storage import restored
from models.storage.engine import Database
from models.storage.notification_tables import Message
from models.storage.sessions import Session
from models.storage.tables import Person, Workspace
from models.storage.tracebacks import format_traceback
from models.storage.wake_times import is_asleep, keep_wake_at
from schedules.attaching import attach_files
from schedules.boundaries import find_wake_at
from schedules.gather import allowed_now, read_for_message, read_snapshot
from schedules.lapsing import lapse_settled, set_lapsed
from schedules.log_lines import Line, make_line
from schedules.partitions import gc_paused, run_partitioned
from schedules.planning import plan_notifications
from schedules.ports import FoundMessage, Later, Messenger, NoHistory, Refused, Sent, SlackAccount, Unknown
from schedules.refreshing import Stale, find_stale, record_sent, refresh_answers, refresh_message
from schedules.registry import WRITERS
from schedules.retrying import is_recent, next_try, note_gone, take_up_failed
from schedules.sending import MOST_ADORNED, Out, ToSend, send_page
from schedules.snapshot import Snapshot

log = logging.getLogger(__name__)
Pages = list[tuple[int, str]]

MOST_OPENINGS = 2
MAX_IN_FLIGHT = 4
"""Messages on their way at once: each waits for the service's answer most of its time."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Real-time spans of the ledger; a second each in tests."""

    lease: timedelta = timedelta(seconds=65)
    """The sender's timeout (5 s) and a minute."""
    lease_left: timedelta = timedelta(seconds=10)
    """A sender whose lease has less left does not send."""
    look_after: timedelta = timedelta(minutes=2)
    look_again: timedelta = timedelta(minutes=1)
    look_back: timedelta = timedelta(minutes=5)
    try_again: timedelta = timedelta(minutes=5)
    """Until a channel that was gone, or a history that was closed, is tried again; longer each time, up to an hour."""
    try_for: timedelta = timedelta(days=1)
    """A message in doubt is not looked for again after so long: a workspace may have deleted it by then."""


class Outbox:
    """Send what is due in one workspace.

    `at_once`: how many messages are on their way at the same time; the messenger has to bear that.
    """

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        messenger: Messenger,
        instant: Callable[[], datetime],
        timing: Timing | None = None,
        at_once: int = 1,
    ) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.messenger = messenger
        self.instant = instant
        self.timing = timing or Timing()
        self.at_once = at_once
        self.stopping = Event()
        self._warned: set[tuple[int, date]] = set()
        self._has_looked = False
        self._left: set[int] = set()
        # SQLite has one writer at a time: who waits here is next, who waits there asks again after some time.
        self._turn: AbstractContextManager[object] = Lock() if database.is_sqlite else nullcontext()

    @contextmanager
    def _step(self) -> Iterator[Session]:
        """Yield a transaction on one message; it runs beside other copies' steps, never beside an answer or a plan."""
        with self._turn, self.database.write(workspace=self.workspace_id, alone=False, wakes=False) as session:
            restored.check_not_moved(session, self.database.name)
            yield session

    def _look_again(self, session: Session) -> None:
        """Have the next pass look at the whole plan: a slot is free, or somebody must be told of a failure."""
        keep_wake_at(session, self.workspace_id)

    def tick(self, now: datetime) -> list[Line]:
        """Make one pass; return a line for each message."""
        self._plan(now)
        with self.database.read(self.workspace_id) as session:
            waiting, doubtful = messages.list_claimable(session, self.instant())
            changed = find_stale(session)
            may = allowed_now(session, self.workspace_id, waiting, now)
        self._left = {one.id for one in may}
        lines: list[Line] = []
        # A channel's message repeats the secretary's, which is made first.
        for public in (False, True):
            some = [one for one in may if (one.message_class is MessageClass.CHANNEL) is public]
            lane, say = attrgetter("recipient"), lambda one: self._say(one, now) if one.id in self._left else None
            sent = run_partitioned(some, lane, say, self.stopping, self.at_once)
            lines += [line for line in sent if line is not None]
        for one in doubtful:
            if self.stopping.is_set():
                return lines
            try:
                self._look_up(one.id, now)
            except Exception as error:  # noqa: BLE001 - one message must not hold up the others
                log.error("message %s could not be looked up: %s", one.id, format_traceback(error))
        if waiting or doubtful:
            with self.database.read(self.workspace_id) as session:
                changed = find_stale(session)
        self._refresh(changed, now)
        return lines

    def _say(self, waiting: messages.Waiting, now: datetime) -> Line | None:
        """Send one message that waits; None where it was not to be sent, or could not be made."""
        try:
            if waiting.state is MessageState.FAILED:
                with self._step() as session:
                    messages.take_up_again(session, waiting.id)
                waiting = waiting._replace(address="")
            where = waiting.address or self._address(waiting.recipient, waiting.id, now)
            return self._send_message(waiting.id, where, now) if where else None
        except DatabaseProblem:
            # The database is at fault and not this message, which would wait for minutes: the pass is put off.
            raise
        except Exception as error:  # noqa: BLE001 - one message must not hold up the others
            log.error("message %s could not be made: %s", waiting.id, format_traceback(error))
            with self._step() as session:
                leases.back_off(session, waiting.id, self.instant())
            return None

    def _plan(self, now: datetime) -> None:
        """Plan alone in the workspace: of two copies that plan at once the second finds everything planned."""
        with gc_paused(), self.database.write(workspace=self.workspace_id, wakes=False) as session:
            workspace = session.get(Workspace, self.workspace_id)
            if workspace is None or workspace.moved_to:
                restored.check_not_moved(session, self.database.name)
            expired = messages.expire_leases(session, self.instant(), self.timing.look_after)
            if workspace is not None:
                workspace.last_tick_at = now
                if self._has_looked and not expired and is_asleep(workspace, now):
                    return
            first, span = not self._has_looked, self.timing.try_for
            take_up_failed(session, self.messenger, now, self.instant(), span, first=first)
            snapshot = read_snapshot(session, self.workspace_id, now)
            plan_notifications(session, self.workspace_id, snapshot, now)
            self._warn_of_silence(snapshot, now)
            waits = lookups.has_open(session)
            changes = day_changes(session, local_day(now, zone_of(session, self.workspace_id)))
            keep_wake_at(session, self.workspace_id, (now, find_wake_at(snapshot, now, changes, waits=waits)))
        self._has_looked = True

    def _warn_of_silence(self, snapshot: Snapshot, now: datetime) -> None:
        """Log, once a day at most, that a board has neither secretary nor administrator to be told."""
        for calendar in snapshot.calendars.values():
            if calendar.board.started_at is None or snapshot.secretaries(calendar):
                continue
            today = (calendar.board.id, local_day(now, calendar.zone))
            if today not in self._warned:
                self._warned.add(today)
                name = calendar.board.name
                log.warning("nobody can be told about the %s: no secretary has an account (cypp people)", name)

    def _address(self, recipient: str, message_id: int, now: datetime) -> str:
        """Return the conversation to send to, opened before the claim and kept with the person."""
        kind, _, value = recipient.partition(":")
        if kind == "channel":
            return value
        with self.database.read(self.workspace_id) as session:
            someone = session.get(Person, int(value))
            if someone is None:
                return ""
            if someone.channel:
                return someone.channel
            account = SlackAccount(someone.slack_team, someone.slack_user)
        opened = self.messenger.open(account)
        with self._step() as session:
            someone = session.get_one(Person, int(value))
            if isinstance(opened, Sent):
                someone.channel = opened.ts
                return opened.ts
            message = leases.lock_unclaimed(session, message_id)
            if message is None:
                return ""
            if isinstance(opened, Later):
                message.not_before, message.reason = self.instant() + timedelta(seconds=opened.after), opened.why
                if opened.for_all:
                    self._left = set()
                return ""
            someone.unreachable = opened.why
            self._look_again(session)
            messages.record_result(session, message, MessageState.FAILED, now, reason=opened.why)
        return ""

    def _send_message(self, message_id: int, address: str, now: datetime) -> Line | None:
        """Claim, word, freeze and send one message."""
        with self._step() as session:
            message = messages.claim_message(session, message_id, instant := self.instant(), self.timing.lease)
            if message is None or message.lease_until is None:
                # Another copy is at the same work: what it has taken by now is not asked for one by one.
                self._left = {one.id for one in messages.list_claimable(session, instant)[0]}
                return None
            lease_until = message.lease_until
            parts = messages.parts_of(session, message_id)
            notifications = messages.notifications_of(session, message_id)
            if any(part.ts for part in parts):
                messages.start_attempt(message, instant)
            else:
                snapshot, seen = read_for_message(session, self.workspace_id, notifications, now)
                kept = lapse_settled(notifications, snapshot, now)
                if len(kept) < len(notifications):
                    self._look_again(session)
                notifications = kept
                worded = write_message(session, self.workspace_id, kept, now, WRITERS, seen) if kept else None
                if worded is None:
                    for notification in notifications:
                        set_lapsed(notification, lookups.UNSAID)
                    messages.cancel_message(message, "nothing left to say")
                    self._look_again(session)
                    return None
                pages = self.messenger.pages(worded.content)
                parts = messages.freeze_pages(session, message, pages, instant, instead_of=parts)
                for notification in notifications:
                    notification.fingerprint = worded.fingerprints.get(notification.id, "")
                    if notification.id in worded.unsaid:
                        set_lapsed(notification, lookups.UNSAID)
                notifications = [notification for notification in notifications if notification.id not in worded.unsaid]
            message.address = address
            pending = [(part.number, part.payload) for part in parts if not part.ts]
            reasons = [restored.mark_of_reason(notification) for notification in notifications]
            uuid = message.uuid
            line = make_line(message, notifications)
            plain = message.attempts > MOST_ADORNED
        out = self._send(message_id, address, uuid, pending, reasons, lease_until, plain)
        state = self._record(message_id, lease_until, out, now)
        if state is MessageState.SENT:
            attach_files(self.database, self.workspace_id, self.messenger, address, message_id, now)
        return replace(line, state=state.value)

    def _send(
        self,
        message_id: int,
        address: str,
        uuid: str,
        pending: Pages,
        reasons: list[str],
        lease_until: datetime,
        plain: bool,
    ) -> Out:
        """Send the pages that are not out yet, in order; stop at the first that is not taken."""
        latest = lease_until - min(self.timing.lease_left, self.timing.lease / 2)
        out = Out(Unknown("nothing to send"))
        for number, payload in pending:
            if out.page is not None:
                with self._step() as session:
                    if leases.lock_held(session, message_id, lease_until) is None:
                        return Out(Unknown("its lease was over"))
                    messages.record_part(session, message_id, *out.page)
            page = ToSend(address, payload, f"{uuid}:{number}", reasons if number == 0 else ())
            result, said = send_page(self.messenger, page, lambda: self.instant() <= latest, plain=plain)
            if not isinstance(result, Sent):
                return Out(result)
            out = Out(result, (number, result.ts, payload, said))
        return out

    def _record(self, message_id: int, lease_until: datetime, out: Out, now: datetime) -> MessageState:
        instant = self.instant()
        with self._step() as session:
            message = leases.lock_held(session, message_id, lease_until)
            if message is None:
                return self._lost(session, message_id)
            if out.page is not None:
                messages.record_part(session, message_id, *out.page)
            match out.result:
                case Sent():
                    record_sent(session, self.messenger, message, now)
                    return message.state
                case Later(after, why, for_all):
                    until = instant + timedelta(seconds=after)
                    messages.record_result(session, message, MessageState.LATER, now, not_before=until, reason=why)
                    if for_all:
                        self._left = set()
                case Refused(why, stale=True) if self._forget_address(session, message):
                    messages.record_result(session, message, MessageState.LATER, now, not_before=instant, reason=why)
                case Refused(why, gone):
                    messages.record_result(session, message, MessageState.FAILED, now, reason=why)
                    if gone:
                        note_gone(session, message, instant, self.timing.try_again)
                case Unknown(why):
                    until = instant + self.timing.look_after
                    messages.record_result(session, message, MessageState.UNKNOWN, now, not_before=until, reason=why)
            self._look_again(session)
            return message.state

    def _lost(self, session: Session, message_id: int) -> MessageState:
        """Record nothing after a pause longer than the lease: another sender has, or had, the message."""
        message = session.get_one(Message, message_id)
        log.warning("message %s was not recorded: its lease was over, and it is %s", message.uuid, message.state)
        return message.state

    def _forget_address(self, session: Session, message: Message) -> bool:
        """Forget a conversation that is gone, so that it is opened afresh; False after a few times."""
        kind, _, value = message.recipient.partition(":")
        if kind != "person" or message.attempts > MOST_OPENINGS:
            return False
        session.get_one(Person, int(value)).channel = ""
        message.address = ""
        return True

    def _look_up(self, message_id: int, now: datetime) -> None:
        """Look a doubtful message up by its marks; absent twice, it is sent again.

        One that was never made (the database that made it is gone) is looked up by its reasons.
        """
        with self.database.read(self.workspace_id) as session:
            waiting = session.get_one(Message, message_id)
            address, recipient, state = waiting.address, waiting.recipient, waiting.state
        address = address or self._address(recipient, message_id, now)
        if not address:
            return
        with self._step() as session:
            if state is MessageState.UNCERTAIN:
                messages.take_up_again(session, message_id, doubtful=True)
            unsure = (MessageState.UNKNOWN,)
            message = messages.claim_message(session, message_id, self.instant(), self.timing.lease, unsure)
            if message is None or message.lease_until is None:
                return
            lease_until = message.lease_until
            parts = messages.parts_of(session, message_id)
            marks = {part.number: f"{message.uuid}:{part.number}" for part in parts if not part.ts} or {
                notification.id: restored.mark_of_reason(notification)
                for notification in messages.notifications_of(session, message_id)
            }
            since = (message.first_attempt_at or self.instant()) - self.timing.look_back
            message.address = address
        looked = {number: self.messenger.find(address, mark, since) for number, mark in marks.items()}
        instant = self.instant()
        with self._step() as session:
            message = leases.lock_held(session, message_id, lease_until)
            if message is None:
                self._lost(session, message_id)
                return
            self._look_again(session)
            found = {number: result.ts for number, result in looked.items() if isinstance(result, FoundMessage)}
            for number, ts in found.items() if parts else ():
                messages.record_part(session, message_id, number, ts)
            results = looked.values()
            if not parts:
                restored.record_found(session, found, now)
            if all(isinstance(result, FoundMessage) for result in results):
                record_sent(session, self.messenger, message, now)
            elif blind := next((result for result in results if isinstance(result, NoHistory)), None):
                another = blind.passes and is_recent(message, instant, self.timing.try_for)
                again = next_try(message, instant, self.timing.try_again) if another else None
                messages.record_result(
                    session, message, MessageState.UNCERTAIN, now, not_before=again, reason=blind.why
                )
            elif wait := next((result for result in results if isinstance(result, Later)), None):
                again = instant + timedelta(seconds=wait.after)
                messages.record_result(session, message, MessageState.UNKNOWN, now, not_before=again, reason="later")
            else:
                message.absent += 1
                once = message.absent < 2
                state = MessageState.UNKNOWN if once else MessageState.PLANNED
                again = instant + self.timing.look_again if once else instant
                messages.record_result(
                    session, message, state, now, not_before=again, reason="not found in the history"
                )

    def _refresh(self, changed: Stale, now: datetime) -> None:
        """Change delivered messages and answers in place; what cannot be changed now stays stale for the next tick."""
        for message_id in changed.messages:
            if self.stopping.is_set():
                return
            try:
                refresh_message(self.database, self.workspace_id, self.messenger, message_id, now)
            except Exception as error:  # noqa: BLE001 - one message must not hold up the others
                log.error("message %s could not be changed in place: %s", message_id, format_traceback(error))
        if not self.stopping.is_set():
            refresh_answers(self.database, self.workspace_id, self.messenger, changed.answers)
