"""What everybody received beside what the ledger says: each message matched to one reason, and each reason to one.

Source: docs/reference/figures.md, Delivery under kills and faults.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.workspace import SeenMessage
from models.enums import MessageState, NotificationState
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.restored import mark_of_reason
from tests.local_slack.faults import ApiCall


@dataclass
class Verdict:
    """What was lost, came twice or came from nowhere, by marks; and what it was tried with."""

    received: int = 0
    reasons: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    """Pages that show something else than the ledger says they do."""
    changed: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    faults: dict[str, dict[str, int]] = field(default_factory=dict)
    kills: int = 0

    @property
    def holds(self) -> bool:
        """Whether everything was said once."""
        return bool(self.received) and not (self.lost or self.twice or self.strange or self.unlike)

    def line(self) -> str:
        """It as a line of JSON."""
        return json.dumps(asdict(self))


def check_history(
    session: Session, received: Iterable[SeenMessage], calls: Iterable[ApiCall] = (), kills: int = 0
) -> Verdict:
    """Match what was received with the ledger, both ways.

    1. Each message that anybody received has its page in the ledger, under the `ts` that is on record there.
    2. Each page that the ledger calls sent was received.
    3. Each reason that the ledger calls said is in the marks of one received message, and in no other.
    4. No reason that has its message is left that was not said.
    5. Each message that was received shows what its page in the ledger says, changes in place among it.
    """
    verdict = Verdict(kills=kills)
    pages = {
        f"{uuid}:{number}": (state, ts, payload)
        for uuid, state, number, ts, payload in session.execute(
            select(Message.uuid, Message.state, MessagePart.number, MessagePart.ts, MessagePart.payload).join(
                MessagePart, MessagePart.message_id == Message.id
            )
        )
    }
    seen = Counter[str]()
    said = Counter[str]()
    for message in received:
        marks = (message.metadata or {}).get("event_payload")
        if marks is None:
            continue
        verdict.received += 1
        seen[marks["id"]] += 1
        reasons = marks.get("for") or ()
        said.update(reasons.split() if isinstance(reasons, str) else reasons)
        verdict.changed += message.edited
        _, ts, payload = pages.get(marks["id"], ("", "", ""))
        if ts != message.ts and seen[marks["id"]] == 1:
            verdict.strange.append(marks["id"])
        if payload.startswith("{") and json.loads(payload)["text"] != message.text:
            verdict.unlike.append(marks["id"])
    verdict.twice += [mark for mark, many in (seen + said).items() if many > 1]
    verdict.lost += [mark for mark, (state, *_) in pages.items() if state is MessageState.SENT and not seen[mark]]
    for notification in session.scalars(select(Notification)):
        mark = mark_of_reason(notification)
        if notification.state is NotificationState.SENT:
            verdict.reasons += 1
        if said[mark] != (notification.state is NotificationState.SENT):
            (verdict.strange if said[mark] else verdict.lost).append(mark)
        waits_for_a_day = notification.message_id is None
        if notification.state in (NotificationState.OPEN, NotificationState.FAILED) and not waits_for_a_day:
            verdict.lost.append(mark)
    for call in calls:
        verdict.calls[call.method] = verdict.calls.get(call.method, 0) + 1
        if call.fault:
            kind = f"{call.fault} {call.status}" if call.fault in ("page", "status") else call.fault
            of_it = verdict.faults.setdefault(call.method, {})
            of_it[kind] = of_it.get(kind, 0) + 1
    verdict.lost = sorted(set(verdict.lost))
    return verdict
