"""`chase`: a secretary asks those who owe an answer, at once.

One message a lead, once a working day at most, signed by the secretary's post. It goes through the ledger like any
other, so that it is on record and nothing is sent twice.

Source: docs/explanation/boards-and-dates.md, Chasing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

from handlers.commands.questions import ChaseLeads
from handlers.context import RequestContext
from handlers.contributions.returns import Returns
from handlers.contributions.wanted import email_for_return, returns_asked
from handlers.formatting import day_said, listed, number_said, to_begin_said
from handlers.notices import plan_notices
from handlers.people.lookup import post_surely
from handlers.permissions import About, may
from handlers.preconditions import check_may_of_board
from handlers.press_codec import ask_button
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.plan_names import NameKind
from handlers.responses import Button, Content, Group, NoticeOut, Response
from handlers.status.owing import NO_LEAD, Chosen, meeting_named, meetings_with_a_day
from handlers.status.unanswered import asks_nobody, assign_menu, chase_words, emails_ready
from models.enums import NotificationKind, Verb
from models.notifications.asked_before import people_asked_since, snoozes_of
from models.notifications.lookups import steps_sent
from models.plan.action_filter import ActionUnit
from models.plan.listed_actions import ListedAction
from models.plan.serving import reachable, recipients, unserved
from models.rules.calendar import BoardRules, at_local, local_day
from models.rules.chases import Chase, ChaseFate, decide_chase
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_owed
from models.rules.steps import Chased

_RETURN = 0
"""In the place of an action: the post's returns on a focus theme."""
_MOST_LEADS = 12
"""Leads that the answer names."""


class _Owed(NamedTuple):
    """An action that an answer is owed on, and for which meeting."""

    listed: ListedAction
    calendar: BoardCalendar
    meeting: MeetingFacts


def chase(ctx: RequestContext, command: ChaseLeads) -> Response:
    """Ask those who owe an answer for the coming meetings of one's boards: all, or a lead, or an organisation."""
    asked_about = meetings_with_a_day(ctx, command.about, chase_words(command.whom, "{meeting}"))
    chosen = [row for row in asked_about if may(ctx.roles, Verb.CHASE, About(board_id=row[0].board.id))]
    if not chosen:
        check_may_of_board(ctx, Verb.CHASE, asked_about[0][0].board.id)
    posts = _posts_meant(ctx, command)
    quiet = {calendar.board.id: why for calendar, meeting in chosen if (why := _quiet_because(ctx, calendar, meeting))}
    ready = [row for row in chosen if row[0].board.id not in quiet]
    owed, since = _owed(ctx, ready, posts)
    returns = _returns_owed(ctx, ready, posts)
    if not owed and not returns:
        return _nobody(ctx, posts, ready, quiet, since)
    decided = _decide(ctx, owed, returns, ready[0][0].board.rules, anyway=command.anyway)
    notices = [
        NoticeOut(NotificationKind.UPDATE, action, row.meeting.id, _signed(ctx, row.calendar), person_id=person)
        for post_id, fate in decided.items()
        for action, person in fate.asked
        for row in owed.get(post_id, ())
        if row.listed.facts.id == action
    ]
    notices += [
        NoticeOut(
            NotificationKind.CONTRIBUTION, post_id, one.meeting.id, _signed(ctx, one.calendar), one.calendar.board.id,
            person_id=person,
        )
        for post_id, rows in returns.items()
        for one in rows
        for action, person in decided[post_id].asked
        if action == _RETURN
    ]  # fmt: skip
    meetings = {row.meeting.id for row in _all(owed)} | {one.meeting.id for rows in returns.values() for one in rows}
    meant = [row for row in ready if row[1].id in meetings]
    since = {post: day for post, day in since.items() if post not in returns}
    content = _said(ctx, command, owed, returns, decided, meant, since)
    # Here and not with the answer: what the same request asks next must find it in the ledger.
    plan_notices(ctx, notices)
    return Response(content, done=bool(notices))


def _posts_meant(ctx: RequestContext, command: ChaseLeads) -> Collection[int] | None:
    """Return the posts that are meant, None for everyone; the request ends with a question where that is in doubt."""
    if not command.whom:
        return None
    if (action := ctx.action(command.whom)) is not None:
        return (action.lead_post_id or 0,)
    organisation = find_name(command.whom, ctx.vocabulary, NameKind.ORGANISATION)
    if organisation.one is not None and organisation.likeness >= Likeness.SHORT:
        return [one.id for one in ctx.plan_names.posts if one.organisation.id == organisation.one.id]
    return (post_surely(ctx, command.whom, lambda key: chase_words(key, command.about)),)


def _quiet_because(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return why nobody is asked for a meeting now; "" where they are."""
    named = meeting_named(calendar, meeting)
    first = min((day for _, day in calendar.dates(meeting).steps), default=ctx.today)
    if meeting.begun(ctx.now):
        return f"{named} has been held"
    if calendar.board.started_at is None:
        return f"the reminders for the {calendar.board.name} have not been started"
    if begins := to_begin_said(calendar, ctx.now):
        return f"the reminders for the {calendar.board.name} begin on {begins}"
    return f"the request for {named} goes out {day_said(first)}" if first > ctx.today else ""


def _owed(
    ctx: RequestContext, chosen: Chosen, posts: Collection[int] | None
) -> tuple[dict[int, list[_Owed]], dict[int, datetime]]:
    """Return what is owed, by the post that leads it (0: none); and who answered since leads were asked, and when."""
    found: dict[int, _Owed] = {}
    since: dict[int, datetime] = {}
    boards = {calendar.board.id for calendar, _ in chosen}
    by_board = ctx.listed_by_board(boards, posts, unit=ActionUnit.ANSWERED) if boards else {}
    for calendar, meeting in chosen:
        asked_at = max(steps_sent(ctx.session, meeting.id, calendar.day(meeting)).values(), default=None)
        for one in by_board[calendar.board.id]:
            answered = one.facts.last_answer_at
            if is_owed(one.facts, meeting, calendar, ctx.now) and not one.facts.lead_in_question:
                found.setdefault(one.facts.id, _Owed(one, calendar, meeting))
                continue
            meanwhile = asked_at and answered and answered > asked_at
            if asked_at and meanwhile and concerns(one.facts, meeting, calendar, ctx.now):
                since[one.facts.lead_post_id or 0] = asked_at
    by_post: dict[int, list[_Owed]] = defaultdict(list)
    for row in found.values():
        by_post[row.listed.facts.lead_post_id or 0].append(row)
    return by_post, {post: day for post, day in since.items() if post and post not in by_post}


def _returns_owed(ctx: RequestContext, chosen: Chosen, posts: Collection[int] | None) -> dict[int, list[Returns]]:
    """Return for which meetings a return on their focus theme is owed, by the post that gives it."""
    by_post: dict[int, list[Returns]] = defaultdict(list)
    for one in returns_asked(ctx, chosen):
        for whose in one.owed:
            if posts is None or whose.post_id in posts:
                by_post[whose.post_id].append(one)
    return by_post


def _all(owed: Mapping[int, Sequence[_Owed]]) -> Iterator[_Owed]:
    return (row for rows in owed.values() for row in rows)


def _decide(
    ctx: RequestContext,
    owed: Mapping[int, Sequence[_Owed]],
    returns: Mapping[int, Sequence[Returns]],
    rules: BoardRules,
    *,
    anyway: bool,
) -> dict[int, Chase]:
    """Return what the press comes to for each lead."""
    since = at_local(rules.working.on_or_before(ctx.today), ctx.zone, time(0))
    serving, reached = recipients(ctx.session, ctx.today), reachable(ctx.session)
    asked_today = people_asked_since(ctx.session, since)
    ids = {row.listed.facts.id for row in _all(owed)}
    put_off = {(one.action_id, one.person_id) for one in snoozes_of(ctx.session, ids) if one.until > ctx.now}
    decided = {}
    for post_id in dict.fromkeys((*owed, *returns)):
        actions = [row.listed.facts.id for row in owed.get(post_id, ())] + [_RETURN] * (post_id in returns)
        decided[post_id] = decide_chase(
            actions,
            serving.get(post_id, ()),
            ctx.today,
            reached,
            asked_today,
            put_off,
            anyway=anyway,
        )
    return decided


def _signed(ctx: RequestContext, calendar: BoardCalendar) -> Chased:
    """Return the step of a press: today, by the board's secretary or an administrator."""
    post_id = calendar.board.secretary_post_id or 0
    return Chased(ctx.today, post_id if post_id in ctx.roles.posts else 0)


def _said(
    ctx: RequestContext,
    command: ChaseLeads,
    owed: Mapping[int, Sequence[_Owed]],
    returns: Mapping[int, Sequence[Returns]],
    decided: Mapping[int, Chase],
    chosen: Chosen,
    since: Mapping[int, datetime],
) -> Content:
    """Return what the press did, with numbers, and an e-mail text for each lead who cannot be written to here."""
    by_fate: dict[ChaseFate, list[int]] = defaultdict(list)
    for post_id, one in decided.items():
        by_fate[one.fate].append(post_id)
    asked = by_fate.pop(ChaseFate.ASKED, [])
    about = {action for one in decided.values() for action, _ in one.asked} - {_RETURN}
    contributions = sum(len(returns.get(post, ())) for post in asked)
    what = [number_said(len(about), "action")] * bool(about or not contributions)
    what += [number_said(contributions, "contribution")] * bool(contributions)
    again = any(steps_sent(ctx.session, meeting.id, calendar.day(meeting)) for calendar, meeting in chosen)
    verb = "Chased" if again else "Asked"
    left = {fate: [one for one in by_fate[fate] if one] for fate in _FATES}
    others = [number_said(len(left[fate]), *said) for fate, said in _FATES.items() if left[fate]]
    if 0 in decided:
        others.append(f"{number_said(len(owed[0]), 'action')} {'has' if len(owed[0]) == 1 else 'have'} no lead")
    if since:
        they = number_said(len(since), "lead was not asked: it has", "leads were not asked: they have")
        others.append(f"{they} answered since {day_said(local_day(max(since.values()), ctx.zone))}")
    leads = f"{verb} {number_said(len(asked), 'lead')} about {listed(what)}"
    headline = "; ".join((leads, *others)) if asked else f"Nobody was {verb.lower()}: {'; '.join(others)}"
    lines = [f"{ctx.posts[post]}: {_refs(owed.get(post, ()), returns.get(post, ()))}." for post in asked]
    lacking = unserved(ctx.session, ctx.today, left[ChaseFate.VACANT] + left[ChaseFate.NO_ACCOUNT])
    lines += [
        f"{ctx.posts[post]} ({lacking.get(post, fate).value}): {_refs(owed.get(post, ()), returns.get(post, ()))}."
        for fate, posts in left.items()
        for post in posts
    ]
    if len(lines) > _MOST_LEADS:
        lines[_MOST_LEADS:] = [f"And {number_said(len(lines) - _MOST_LEADS, 'more lead', 'more leads')}."]
    if asked:
        lines.append(f"Each gets one message, signed {ctx.signed().signature}.")
    emails = _emails(ctx, owed, returns, by_fate[ChaseFate.NO_ACCOUNT], chosen)
    words = chase_words(command.whom, command.about)
    anyway = (ask_button("Chase all the same", f"{words} anyway"),) if by_fate[ChaseFate.ASKED_TODAY] else ()
    idle = [
        (f"{row.listed.ref}: {ctx.posts.get(post, NO_LEAD)}", row.listed.facts.id)
        for post in decided
        if asks_nobody(post, lacking)
        for row in owed.get(post, ())
    ]
    return Content(f"{headline}.", tuple(lines), groups=emails, buttons=(*anyway, *assign_menu(idle)))


_FATES: Mapping[ChaseFate, tuple[str, str]] = {
    ChaseFate.CHASED_TODAY: ("lead was chased today already", "leads were chased today already"),
    ChaseFate.ASKED_TODAY: ("lead was asked today already", "leads were asked today already"),
    ChaseFate.AWAY: ("lead is away", "leads are away"),
    ChaseFate.PUT_OFF: ("lead asked to be reminded later", "leads asked to be reminded later"),
    ChaseFate.NO_ACCOUNT: ("lead has no account: text to copy", "leads have no account: texts to copy"),
    ChaseFate.VACANT: ("post is vacant", "posts are vacant"),
}


def _refs(rows: Sequence[_Owed], returns: Sequence[Returns]) -> str:
    return listed([row.listed.ref for row in rows] + [f"a contribution to {one.theme.name}" for one in returns])


def _emails(
    ctx: RequestContext,
    owed: Mapping[int, Sequence[_Owed]],
    returns: Mapping[int, Sequence[Returns]],
    posts: Sequence[int],
    chosen: Chosen,
) -> tuple[Group, ...]:
    texts: list[str] = []
    for calendar, meeting in chosen:
        rows = [row.listed for post in posts for row in owed.get(post, ()) if row.meeting is meeting]
        texts += emails_ready(ctx, ctx.read_listed(rows), meeting, calendar) if rows else ()
    texts += [email_for_return(ctx, one, post) for post in posts for one in returns.get(post, ())]
    return (Group("E-mails ready to copy", texts=tuple(texts)),) if texts else ()


def _nobody(
    ctx: RequestContext,
    posts: Collection[int] | None,
    ready: Chosen,
    quiet: Mapping[int, str],
    since: Mapping[int, datetime],
) -> Response:
    """Say that nobody is asked, why, and what would change that."""
    whom = listed([ctx.posts[one] for one in posts or () if one in ctx.posts])
    said = []
    if ready:
        what = listed([meeting_named(calendar, meeting) for calendar, meeting in ready])
        meanwhile = f": answered since {day_said(local_day(max(since.values()), ctx.zone))}" if since else ""
        said.append(f"{whom} owes no answer for {what}{meanwhile}" if whom else f"nobody owes an answer for {what}")
    said += quiet.values()
    buttons: list[Button] = [
        ask_button(f"Start reminders: {calendar.board.key}", f"start reminders {calendar.board.key}")
        for board_id in quiet
        for calendar in [ctx.calendars[board_id]]
        if calendar.board.started_at is None
    ]
    buttons.append(ask_button("Who owes an answer", "owing"))
    return Response(Content(f"Nobody was chased: {'; '.join(said)}.", buttons=tuple(buttons)))
