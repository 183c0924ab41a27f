"""`owing`: who still owes an answer for a meeting, by lead, worst first.

Nothing is sent *unasked* to a chair about a person. Here somebody asks: the secretary, the chair and
administrators see every lead of their board, as posts, never names; everyone else sees what their own posts owe.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from handlers.commands.questions import ShowOwing
from handlers.context import RequestContext
from handlers.contributions.wanted import returns_asked, silent_partners, wanted_of_me
from handlers.formatting import day_said, listed, meeting_said, number_said, to_begin_said, worst_first
from handlers.list_rows import action_row
from handlers.measures.measure_lists import figures_wanted
from handlers.pagination import ListPage, paged_reply
from handlers.papers.since import changed_since_paper
from handlers.permissions import About, may
from handlers.preconditions import unclear_meeting
from handlers.press_codec import ask_button, shareable
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.meeting_names import MeetingAsk, MeetingFound, read_meeting
from handlers.responses import Content, NotDone, Response, say
from handlers.status.unanswered import asks_nobody, assign_menu, chase_buttons
from models.enums import Step, Verb
from models.notifications.lookups import steps_sent
from models.plan.action_filter import ActionUnit
from models.plan.listed_actions import ListedAction
from models.plan.serving import unserved
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_overdue, is_owed, meetings_missed

NO_LEAD = "No lead"
OWN_BOARDS = "These are for your own board; what you owe another board is in “/cypp mine”."
WHOLE_LIST = "These are yours; the whole list is for the board’s secretary and the chair."

Chosen = list[tuple[BoardCalendar, MeetingFacts]]


@dataclass(frozen=True, slots=True)
class _Owed:
    """What one lead owes for the meetings asked about."""

    post_id: int
    label: str
    views: list[ListedAction]
    overdue: int
    missed: int
    asks_nobody: bool
    """Whether nobody leads them, or nobody holds the post."""

    @property
    def worst(self) -> tuple[int, int, int, str]:
        """Most meetings missed first, then most overdue, then most owed."""
        return (-self.missed, -self.overdue, -len(self.views), self.label)


def meetings_asked_about(ctx: RequestContext, about: str) -> Chosen | MeetingAsk:
    """Return the meetings some words mean: "" each board's next, a board's name its next, else the one named."""
    nexts = [(calendar, meeting) for calendar in ctx.calendars.values() if (meeting := calendar.next(ctx.now))]
    if not about:
        return nexts
    board = read_board(about, ctx.vocabulary)
    if isinstance(board, BoardFound) and not board.corrected_from:
        return [row for row in nexts if row[0].board.key == board.key]
    found = read_meeting(about, ctx.vocabulary, ctx.today)
    if isinstance(found, MeetingFound):
        return ctx.meetings((found.meeting_id,))
    if isinstance(board, BoardFound):
        return [row for row in nexts if row[0].board.key == board.key]
    # "October" may be a meeting of each board: who owes what for any of them was asked.
    return ctx.meetings(found.candidates) if found.several else found


def meetings_with_a_day(ctx: RequestContext, about: str, again: str) -> Chosen:
    """Return the meetings some words mean, each with its day; the request ends where there is none.

    `again`: as in `unclear_meeting`.
    """
    chosen = meetings_asked_about(ctx, about)
    if isinstance(chosen, MeetingAsk):
        raise unclear_meeting(ctx, chosen, again, about, dated=True)
    if not chosen:
        raise NotDone(say("No board has a coming meeting, so nothing is owed.", "“/cypp meetings” lists them."))
    for calendar, meeting in chosen:
        if meeting.starts_at is None:
            when = f"The {calendar.board.name} meets in {meeting_said(meeting, calendar)}"
            raise NotDone(say(f"{when}: nothing is owed for it yet.", "“/cypp meetings” lists the meetings."))
    return chosen


def listed_owed(ctx: RequestContext, posts: Collection[int] | None = None) -> list[tuple[str, list[str]]]:
    """Return who owes an answer for the next meetings of the boards one keeps or chairs, with the refs.

    `posts`: only of these.
    """
    owed: dict[str, list[str]] = defaultdict(list)
    chosen = {c.board.id: (c, m) for c in ctx.calendars.values() if _sees_all(ctx, c) and (m := c.next(ctx.now))}
    for board_id, listed_ones in ctx.listed_by_board(chosen.keys(), posts, unit=ActionUnit.ANSWERED).items():
        calendar, meeting = chosen[board_id]
        for one in listed_ones:
            lead = ctx.posts.get(one.facts.lead_post_id or 0)
            if lead and is_owed(one.facts, meeting, calendar, ctx.now):
                owed[lead].append(one.facts.ref)
    return sorted(owed.items())


def show_owing(ctx: RequestContext, command: ShowOwing) -> Response:
    """Answer `owing [meeting or board]`."""
    chosen = meetings_with_a_day(ctx, command.about, "owing {meeting}")
    seen = [row for row in chosen if _sees_all(ctx, row[0])]
    # Of several boards' meetings, those one keeps or chairs: the others hold at most one's own.
    elsewhere = seen and len(seen) < len(chosen)
    chosen = seen or chosen
    whole = bool(seen)
    if not whole and not ctx.roles.posts:
        return say(
            "You lead no action, so you owe nothing.",
            "Who else owes an answer is for the board’s secretary and the chair; “/cypp overdue” is for everyone.",
        )
    views: dict[int, tuple[ListedAction, BoardCalendar]] = {}
    wanted = 0
    own = None if whole else ctx.roles.posts
    by_board = ctx.listed_by_board({calendar.board.id for calendar, _ in chosen}, own, unit=ActionUnit.ANSWERED)
    for calendar, meeting in chosen:
        for view in by_board[calendar.board.id]:
            wanted += concerns(view.facts, meeting, calendar, ctx.now)
            if is_owed(view.facts, meeting, calendar, ctx.now):
                views.setdefault(view.facts.id, (view, calendar))
    said_for = listed([meeting_named(calendar, meeting) for calendar, meeting in chosen])
    days = tuple(_days(ctx, calendar, meeting) for calendar, meeting in chosen)
    if whole:
        days += tuple(text for calendar, meeting in chosen for text in changed_since_paper(ctx, calendar, meeting))
    footer = (OWN_BOARDS,) if elsewhere else () if whole else (WHOLE_LIST,)
    words = f"owing {command.about}".strip()
    returns = returns_asked(ctx, chosen) if whole else []
    partners = tuple(group for one in returns for group in silent_partners(ctx, one)) if whole else wanted_of_me(ctx)
    partners += figures_wanted(ctx)
    if not views:
        whom = "Nobody owes" if whole else "You owe nobody"
        answered = f": {_all_answered(wanted)}" if wanted else ": nothing was asked for"
        return Response(
            Content(
                f"{whom} an answer for {said_for}{answered}.",
                days,
                partners,
                footer,
                shareable=shareable(words) if whole else "",
            )
        )
    owed = _by_lead(ctx, list(views.values()))
    leads = [one for one in owed if one.label != NO_LEAD]
    headline = (
        f"{number_said(len(leads), 'lead')} still {'owes an answer' if len(leads) == 1 else 'owe answers'} on "
        f"{number_said(len(views), 'action')} for {said_for}."
        if whole
        else f"You still owe an answer on {number_said(len(views), 'action')} for {said_for}."
    )
    if whole and not leads:
        headline = f"{number_said(len(views), 'action')} for {said_for} wait{'s' * (len(views) == 1)} for an answer."
    if whole:
        answers = number_said(wanted, "answer")
        days = (f"{wanted - len(views)} of {answers} in. Owed: {'; '.join(map(_counted, owed))}.", *days)
    ordered = [view for one in owed for view in worst_first(one.views, ctx.calendars, ctx.now)]
    heading = f"{'Owed, by lead' if whole else 'Owed by you'} ({len(views)})"
    groups = [ListPage(heading, ordered, lambda view: action_row(view, ctx.calendars, ctx.now))]
    content = paged_reply(headline, days, groups, words, command.page, ctx.read_listed, footer)
    content = replace(content, groups=(*content.groups, *partners))
    if any(may(ctx.roles, Verb.CHASE, About(board_id=calendar.board.id)) for calendar, _ in chosen):
        again = any(steps_sent(ctx.session, meeting.id, calendar.day(meeting)) for calendar, meeting in chosen)
        labels = {one.post_id: one.label for one in leads}
        chases = chase_buttons(ctx, labels, command.about, again=again)
        idle = [(f"{view.ref}: {one.label}", view.facts.id) for one in owed if one.asks_nobody for view in one.views]
        content = replace(content, buttons=(*content.buttons, *chases, *assign_menu(idle)))
    if not whole:
        # People share what they owe in their own words: this reply has no button for it.
        content = replace(content, buttons=(*content.buttons, ask_button("My actions", "mine")), shareable="")
    return Response(content)


def _sees_all(ctx: RequestContext, calendar: BoardCalendar) -> bool:
    return may(ctx.roles, Verb.DIGEST, About(board_id=calendar.board.id))


def may_see_owed(ctx: RequestContext, board_id: int | None, post_id: int | None) -> bool:
    """Return whether the asker may see that this post owes an answer to this board."""
    return post_id in ctx.roles.posts or may(ctx.roles, Verb.DIGEST, About(board_id=board_id))


def _all_answered(wanted: int) -> str:
    return "the one answer wanted is in" if wanted == 1 else f"all {wanted} answers wanted are in"


def meeting_named(calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return a meeting with its board: "the Partnership Board of Wed 16 Sep 2020"."""
    return f"the {calendar.board.name} of {meeting_said(meeting, calendar)}"


def _days(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return when answers are wanted, and whether anybody has been asked yet."""
    dates = calendar.dates(meeting)
    board = calendar.board.name
    if meeting.begun(ctx.now):
        return f"{board}: that meeting has been held."
    request = dates.day_of(Step.REQUEST)
    due = f"updates {'were' if dates.updates_due < ctx.today else 'are'} due {day_said(dates.updates_due)}"
    if calendar.board.started_at is None:
        return f"{board}: {due}; its reminders have not been started, so nobody is asked."
    if begins := to_begin_said(calendar, ctx.now):
        return f"{board}: {due}; its reminders begin on {begins}, so nobody is asked before then."
    if request is not None and request > ctx.today:
        return f"{board}: nobody has been asked yet, the request goes out {day_said(request)}; {due}."
    return f"{board}: {due}."


def _by_lead(ctx: RequestContext, rows: list[tuple[ListedAction, BoardCalendar]]) -> list[_Owed]:
    by_post: dict[int, list[tuple[ListedAction, BoardCalendar]]] = defaultdict(list)
    for view, calendar in rows:
        by_post[view.facts.lead_post_id or 0].append((view, calendar))
    lacking = unserved(ctx.session, ctx.today, filter(None, by_post))
    found = []
    for post_id, own in by_post.items():
        label = ctx.posts.get(post_id, NO_LEAD)
        why = lacking.get(post_id)
        label += f" ({why.value})" if why else ""
        found.append(
            _Owed(
                post_id,
                label,
                [view for view, _ in own],
                sum(is_overdue(view.facts, calendar, ctx.now) for view, calendar in own),
                max(meetings_missed(view.facts, calendar, ctx.now) for view, calendar in own),
                asks_nobody(post_id, lacking),
            )
        )
    return sorted(found, key=lambda one: one.worst)


def _counted(one: _Owed) -> str:
    """Return how many answers a lead owes: "Head of Education, Sefton Council 3, 2 overdue"."""
    return f"{one.label} {len(one.views)}{f', {one.overdue} overdue' if one.overdue else ''}"
