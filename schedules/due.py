"""What there is reason to say unasked at an instant. Pure: a snapshot and `now` go in.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from handlers.papers.meetings import freezes_at
from models.enums import AnswerKind, Kind, NotificationKind, Step
from models.notifications.asked_before import AskedBefore
from models.rules.calendar import StepDates, at_local, local_day, shift_for_closure
from models.rules.facts import ActionFacts, BoardCalendar, MeetingFacts, Recipient
from models.rules.owed import concerns, is_awaiting, is_open, is_owed
from models.rules.steps import (
    FirstDigest,
    LedgerStep,
    Occasion,
    Promised,
    PutOff,
    SomebodyLeft,
    WeeklyDigest,
)
from schedules.snapshot import Reason, Snapshot, channel, person

LEFT_COUNTS_DAYS = 28
"""That somebody left has lost its point after so many days in which nobody could be told."""
NOT_AGAIN_DAYS = 5
"""Working days within which nobody is asked the same again because a meeting was moved."""


def end_of(day: date, calendar: BoardCalendar) -> datetime:
    """Return the instant at which a local day is over."""
    return at_local(day + timedelta(days=1), calendar.zone, time(0))


def armed_from(calendar: BoardCalendar, meeting: MeetingFacts) -> datetime | None:
    """Return from when a meeting's steps count: since the board was started, and since the meeting was last moved."""
    started = calendar.board.started_at
    if started is None:
        return None
    return max(started, meeting.moved_at) if meeting.moved_at else started


def is_about_to_be_asked(calendar: BoardCalendar, meeting: MeetingFacts, now: datetime) -> bool:
    """Return whether a coming meeting's actions are looked at: from its first step until it begins."""
    dates = calendar.dates(meeting)
    first = min((dates.no_update, *(day for _, day in dates.steps)))
    return meeting.start > now and local_day(now, calendar.zone) >= first


def current_step(
    calendar: BoardCalendar, meeting: MeetingFacts, dates: StepDates, who: Recipient, now: datetime
) -> tuple[LedgerStep, datetime] | None:
    """Return a person's latest step that has come, and when; earlier missed ones are not made up for."""
    armed = armed_from(calendar, meeting)
    if armed is None or local_day(now, calendar.zone) > dates.updates_due:
        return None
    come = [
        (step, at_local(day, calendar.zone))
        for step, day in shift_for_closure(dates, who.closed, calendar.board.rules)
        if armed <= at_local(day, calendar.zone) <= now
    ]
    return come[-1] if come else None


def asked_people(snapshot: Snapshot, action: ActionFacts) -> tuple[Recipient, ...]:
    """Return who is asked about an action: nobody while its lead is in question."""
    if action.lead_post_id is None or action.lead_in_question:
        return ()
    return snapshot.recipients.get(action.lead_post_id, ())


def is_snoozed(snapshot: Snapshot, action_id: int, person_id: int, now: datetime) -> bool:
    """Return whether a person put an action off beyond `now`."""
    return any(snooze.until > now for snooze in snapshot.snoozed_by(action_id, person_id))


def ask_for_updates(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to ask for an update: at each step before a coming meeting, and for what was to follow."""
    for meeting in _coming(calendar, now):
        yield from _ask_for_meeting(snapshot, calendar, meeting, now)
    yield from _to_follow(snapshot, calendar, now)


def _coming(calendar: BoardCalendar, now: datetime) -> Iterator[MeetingFacts]:
    return (meeting for meeting in calendar.dated if meeting.start > now)


def _ask_for_meeting(
    snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts, now: datetime
) -> Iterator[Reason]:
    dates = calendar.dates(meeting)
    today = local_day(now, calendar.zone)
    if not dates.steps or today < dates.steps[0][1] or today > dates.updates_due:
        return
    lapses = end_of(dates.updates_due, calendar)
    usual = current_step(calendar, meeting, dates, Recipient(0), now)
    for action in snapshot.actions_of(calendar.board.id):
        if not is_owed(action, meeting, calendar, now):
            continue
        spoken_of = action.id in snapshot.spoken_of
        for who in asked_people(snapshot, action):
            # A notification due in somebody's quiet days waits for the first open day after them.
            if who.away and who.is_away(today):
                continue
            step = current_step(calendar, meeting, dates, who, now) if who.closed else usual
            if spoken_of:
                step = _unless_said(snapshot, action, who, calendar, meeting, step, now)
            if step is not None:
                name, came = step
                to = person(who.person_id)
                yield Reason(NotificationKind.UPDATE, action.id, meeting.id, dates.meeting, name, to, came, lapses)


def _unless_said(
    snapshot: Snapshot,
    action: ActionFacts,
    who: Recipient,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    step_now: tuple[LedgerStep, datetime] | None,
    now: datetime,
) -> tuple[LedgerStep, datetime] | None:
    """Return the step at which a person is asked now, if any.

    It takes account of snoozing, earlier requests, and actions that were new to the person.
    """
    if is_snoozed(snapshot, action.id, who.person_id, now):
        return None
    snoozed = _snoozed_until(snapshot, action, who, calendar, meeting, now)
    if snoozed is not None and (step_now is None or snoozed >= step_now[1]):
        step = PutOff(local_day(snoozed, calendar.zone))
        return None if _said_before(snapshot, action, who, step) else (step, snoozed)
    said_before = snapshot.said_to(action.id, person(who.person_id))
    if step_now is None or asked_lately(said_before, calendar, meeting, step_now[0], now):
        return None
    told = step_now[0] != Step.LAST_CALL and _told_since(snapshot, action, who, step_now[1])
    return None if told else step_now


def _snoozed_until(
    snapshot: Snapshot,
    action: ActionFacts,
    who: Recipient,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    now: datetime,
) -> datetime | None:
    """Return until when a person last put an action off for a meeting, where that has come and counts."""
    over = [
        snooze.until
        for snooze in snapshot.snoozed_by(action.id, who.person_id)
        if snooze.meeting_id == meeting.id and _has_come(calendar, meeting, snooze.until, now)
    ]
    return max(over, default=None)


def _said_before(snapshot: Snapshot, action: ActionFacts, who: Recipient, step: LedgerStep) -> bool:
    """Return whether a step that names its own day was sent already, for whichever meeting it was then."""
    return any(said.step == step for said in snapshot.said_to(action.id, person(who.person_id)))


def _told_since(snapshot: Snapshot, action: ActionFacts, who: Recipient, came: datetime) -> bool:
    """Return whether *new for you* about an action went out since a step came: it asks with the same buttons."""
    return any(new.at >= came for new in snapshot.new_to(action.id, person(who.person_id)))


def asked_lately(
    said_before: Sequence[AskedBefore], calendar: BoardCalendar, meeting: MeetingFacts, step: LedgerStep, now: datetime
) -> bool:
    """Return whether a person was asked the same for a meeting's former day, within the last working days."""
    if not said_before:
        return False
    since = calendar.board.rules.working.shift(local_day(now, calendar.zone), -NOT_AGAIN_DAYS)
    return any(
        said.meeting_id == meeting.id
        and said.meeting_day != calendar.day(meeting)
        and said.step == step
        and local_day(said.at, calendar.zone) > since
        for said in said_before
    )


def _to_follow(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield requests for what was to follow: once, on its day, for the meeting that is next then."""
    today = local_day(now, calendar.zone)
    for action in snapshot.actions_of(calendar.board.id):
        if action.follow_by is None or action.last_answer_kind is not AnswerKind.TO_FOLLOW or not is_open(action):
            continue
        working = calendar.board.rules.working
        day = working.on_or_after(action.follow_by)
        came = at_local(day, calendar.zone)
        if action.last_answer_at is not None and action.last_answer_at >= came:
            # Said on the day itself, after its morning: nobody is asked in the minute after answering.
            came = at_local(working.shift(day, 1), calendar.zone)
        meeting = calendar.next(came)
        if meeting is None or came > now or meeting.start <= now:
            continue
        armed = armed_from(calendar, meeting)
        step = Promised(action.follow_by)
        for who in asked_people(snapshot, action):
            if armed is None or came < armed or _said_before(snapshot, action, who, step) or who.is_away(today):
                continue
            at, to = calendar.day(meeting), person(who.person_id)
            yield Reason(NotificationKind.UPDATE, action.id, meeting.id, at, step, to, came, meeting.start)


def _for_secretary(
    snapshot: Snapshot,
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    kind: NotificationKind,
    step: LedgerStep,
    came: datetime,
    lapses: datetime,
) -> Iterator[Reason]:
    for who in snapshot.secretaries(calendar):
        yield Reason(kind, calendar.board.id, meeting.id, calendar.day(meeting), step, who, came, lapses)


def report_no_update(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to tell who did not answer for a coming meeting."""
    kind, step = NotificationKind.NO_UPDATE, Occasion.NO_UPDATE
    for meeting in _coming(calendar, now):
        came = at_local(calendar.dates(meeting).no_update, calendar.zone)
        concerned = (concerns(action, meeting, calendar, now) for action in snapshot.actions_of(calendar.board.id))
        if _has_come(calendar, meeting, came, now) and (any(concerned) or snapshot.contributions.get(meeting.id)):
            yield from _for_secretary(snapshot, calendar, meeting, kind, step, came, meeting.start)


def _has_come(calendar: BoardCalendar, meeting: MeetingFacts, came: datetime, now: datetime) -> bool:
    """Return whether an instant has come that counts: it is not before the board was started or the meeting moved."""
    armed = armed_from(calendar, meeting)
    return armed is not None and armed <= came <= now


def superseded_at(calendar: BoardCalendar, meeting: MeetingFacts) -> datetime:
    """Return when what is sent after a meeting has lost its point: when the board's next meeting begins."""
    following = calendar.following(meeting)
    return following.start if following else datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


def ask_for_outcomes(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to ask what the latest meeting decided."""
    held = calendar.latest_held(now)
    if held is None:
        return
    came = at_local(calendar.dates(held).after, calendar.zone)
    if held.outcomes_recorded_at is not None or not _has_come(calendar, held, came, now):
        return
    if any(
        held.id in action.outcome_meetings
        or (is_open(action) and (action.due_meeting_id == held.id or is_awaiting(action)))
        for action in snapshot.actions_of(calendar.board.id)
    ):
        kind, step = NotificationKind.AFTER_MEETING, Occasion.AFTER_MEETING
        yield from _for_secretary(snapshot, calendar, held, kind, step, came, superseded_at(calendar, held))


def digest_days(calendar: BoardCalendar, held: MeetingFacts) -> tuple[date, bool]:
    """Return the day of a meeting's first digest, and whether the secretary's press brought it.

    That is when the outcomes are recorded, else the sixth working day after the meeting.
    """
    sixth = calendar.board.rules.working.shift(calendar.dates(held).last_day, 1)
    if held.outcomes_recorded_at is not None:
        pressed = local_day(held.outcomes_recorded_at, calendar.zone)
        if pressed <= sixth:
            return pressed, True
    return sixth, False


def weekly(calendar: BoardCalendar, first: date, today: date) -> Iterator[date]:
    """Yield the working days, a week apart, on which later digests may go, up to today."""
    week = 1
    while True:
        day = calendar.board.rules.working.on_or_after(first + timedelta(weeks=week))
        if day > today:
            return
        yield day
        week += 1


def send_digest(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to send the digest of overdue actions."""
    held = calendar.latest_held(now)
    if held is not None:
        for step, came in _digests(calendar, held, now):
            lapses = superseded_at(calendar, held)
            yield from _for_secretary(snapshot, calendar, held, NotificationKind.DIGEST, step, came, lapses)


def publish_digest(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield the channel of a board that publishes its digests by itself."""
    held = calendar.latest_held(now)
    if held is None or not (calendar.board.publish_at_once and calendar.board.channel):
        return
    to, day, lapses = channel(calendar.board.channel), calendar.day(held), superseded_at(calendar, held)
    for step, came in _digests(calendar, held, now):
        yield Reason(NotificationKind.PUBLISH, calendar.board.id, held.id, day, step, to, came, lapses)


def _digests(calendar: BoardCalendar, held: MeetingFacts, now: datetime) -> list[tuple[LedgerStep, datetime]]:
    """Return the digests that have come since a meeting: that of a press, and the latest that comes by itself."""
    armed = armed_from(calendar, held)
    first, pressed = digest_days(calendar, held)
    if armed is None or end_of(first, calendar) <= armed:
        return []
    steps: list[tuple[LedgerStep, datetime]] = []
    if held.outcomes_recorded_at is not None:
        steps.append((Occasion.OUTCOMES_RECORDED, held.outcomes_recorded_at))
    days = [*([] if pressed else [first]), *weekly(calendar, first, local_day(now, calendar.zone))]
    come = [day for day in days if armed <= at_local(day, calendar.zone) <= now]
    if come:
        sort = FirstDigest if come[-1] == first and not pressed else WeeklyDigest
        steps.append((sort(come[-1]), at_local(come[-1], calendar.zone)))
    return steps


def send_papers(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to send the paper of a coming meeting, once its figures are frozen."""
    board, kind, step = calendar.board, NotificationKind.PAPERS, Occasion.PAPERS
    for meeting, came in _papers_out(calendar, now):
        yield from _for_secretary(snapshot, calendar, meeting, kind, step, came, meeting.start)
        if not snapshot.secretaries(calendar):
            # Its figures are frozen all the same, and what nobody could be told is on record.
            yield Reason(kind, board.id, meeting.id, calendar.day(meeting), step, person(0), came, meeting.start)


def paper_to_come(snapshot: Snapshot, now: datetime) -> frozenset[str]:
    """Return to whom a paper goes later today."""
    return frozenset(
        who
        for calendar in snapshot.calendars.values()
        for meeting in _coming(calendar, now)
        if now < (at := freezes_at(calendar, meeting)) <= now + timedelta(days=1)
        and local_day(at, calendar.zone) == local_day(now, calendar.zone)
        and armed_from(calendar, meeting) is not None
        for who in snapshot.secretaries(calendar)
    )


def brief_the_chair(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield the chair of a coming meeting, once the figures of its paper are frozen."""
    board = calendar.board
    for meeting, came in _papers_out(calendar, now):
        if board.chair_until is not None and board.chair_until < local_day(now, calendar.zone):
            continue
        for who in snapshot.recipients.get(board.chair_post_id or 0, ()):
            to, day = person(who.person_id), calendar.day(meeting)
            yield Reason(NotificationKind.BRIEF, board.id, meeting.id, day, Occasion.PAPERS, to, came, meeting.start)


def _papers_out(calendar: BoardCalendar, now: datetime) -> Iterator[tuple[MeetingFacts, datetime]]:
    """Yield the coming meetings whose paper is frozen by themselves by now, and when it was."""
    for meeting in _coming(calendar, now):
        came = freezes_at(calendar, meeting)
        if _has_come(calendar, meeting, came, now):
            yield meeting, came


def tell_outcomes(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield which leads to tell what the latest meeting decided."""
    held = calendar.latest_held(now)
    if held is None:
        return
    sixth = calendar.board.rules.working.shift(calendar.dates(held).last_day, 1)
    came = held.outcomes_recorded_at or at_local(sixth, calendar.zone)
    if not _has_come(calendar, held, came, now):
        return
    day, lapses = calendar.day(held), superseded_at(calendar, held)
    for action in snapshot.actions_of(calendar.board.id):
        if held.id not in action.outcome_meetings or action.lead_post_id is None or action.kind is Kind.STANDING:
            continue
        for who in snapshot.recipients.get(action.lead_post_id, ()):
            to = person(who.person_id)
            yield Reason(NotificationKind.OUTCOME, action.id, held.id, day, Occasion.OUTCOME, to, came, lapses)


def tell_of_leavers(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield a board's secretary, once for somebody who left while their posts lead open actions of it."""
    if not snapshot.left:
        return
    leads = {action.lead_post_id for action in snapshot.actions_of(calendar.board.id) if is_open(action)}
    step, lapses = SomebodyLeft(calendar.board.id), now + timedelta(days=LEFT_COUNTS_DAYS)
    for person_id, posts in snapshot.left.items():
        if leads.isdisjoint(posts):
            continue
        day, told = snapshot.told_left.get((person_id, step), (local_day(now, calendar.zone), ""))
        for who in [told] if told else snapshot.secretaries(calendar):
            yield Reason(NotificationKind.LEFT, person_id, 0, day, step, who, now, lapses)
