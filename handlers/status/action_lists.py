"""`mine`, `overdue` and `due`: lists of actions across boards."""

from dataclasses import replace

from handlers.buttons import answer_buttons
from handlers.commands.questions import ShowDue, ShowMine, ShowOverdue, ShowStatus
from handlers.context import RequestContext
from handlers.contributions.wanted import wanted_of_me
from handlers.formatting import (
    OVERDUE_MEANS,
    day_said,
    meeting_said,
    number_said,
    overdue_among,
    worst_first,
)
from handlers.list_rows import action_row
from handlers.measures.measure_lists import figures_wanted
from handlers.pagination import LONG_LINES, ListPage, paged_reply
from handlers.papers.since import said_of_paper
from handlers.preconditions import board_named, meetings_named
from handlers.press_codec import shareable
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.normalise import quoted
from handlers.reading.targets import ActionTarget, PriorityTarget, ThemeTarget, read_target
from handlers.responses import ActionLine, Content, Response, say
from handlers.risks.risk_lists import risks_wanted
from handlers.status.plan_status import show_status
from models.enums import Kind
from models.plan.action_filter import ActionFilter
from models.plan.listed_actions import ListedAction
from models.plan.queries import ActionView
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_overdue, is_owed


def show_mine(ctx: RequestContext, command: ShowMine) -> Response:
    """Answer `mine`: what the asker is to answer for, what is owed first, with the buttons to answer."""
    if not ctx.roles.posts:
        return say(
            "You lead no action in this plan.",
            "If that is wrong, ask the board’s secretary to name you for your post. “/cypp status” shows the plan.",
        )
    listed = ctx.listed_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True))
    wanted = (*wanted_of_me(ctx), *figures_wanted(ctx), *risks_wanted(ctx)) if command.page <= 1 else ()
    if not listed:
        return Response(
            Content("Your posts have no open actions.", ("“/cypp status” shows the plan.",) * (not wanted), wanted)
        )
    owed: dict[int, tuple[MeetingFacts, BoardCalendar]] = {}
    first: list[ListedAction] = []
    rest: list[ListedAction] = []
    for one in worst_first(listed, ctx.calendars, ctx.now):
        calendar = ctx.calendar(one.facts.board_id)
        meeting = calendar.next(ctx.now) if calendar else None
        if calendar and meeting and is_owed(one.facts, meeting, calendar, ctx.now):
            first.append(one)
            owed[one.facts.id] = meeting, calendar
        else:
            rest.append(one)
    overdue = sum(
        is_overdue(one.facts, ctx.calendars[one.facts.board_id], ctx.now)
        for one in listed
        if one.facts.board_id in ctx.calendars
    )

    def line(view: ActionView) -> ActionLine:
        meeting = owed.get(view.facts.id)
        return action_row(view, ctx.calendars, ctx.now, answer_buttons(view, meeting[0].id) if meeting else ())

    said = f", {overdue} overdue" if overdue else ""
    groups = []
    if owed:
        days = sorted({calendar.dates(meeting).updates_due for meeting, calendar in owed.values()})
        heading = f"Update owed: {len(owed)} (due {' and '.join(day_said(day) for day in days)})"
        groups.append(ListPage(heading, first, line))
    if rest:
        groups.append(ListPage("No update owed just now" if owed else "", rest, line))
    waiting = (
        f"{len(owed)} {'waits' if len(owed) == 1 else 'wait'} for an update" if owed else "no update is owed just now"
    )
    headline = f"You answer for {number_said(len(listed), 'open action')}{said}; {waiting}."
    # People share what they answer for in their own words: this reply has no button for it.
    shown = paged_reply(headline, (), groups, "mine", command.page, ctx.read_listed, length=LONG_LINES)
    return Response(replace(shown, groups=(*wanted, *shown.groups), shareable=""))


def show_overdue(ctx: RequestContext, command: ShowOverdue) -> Response:
    """Answer `overdue [board]`: most meetings missed first."""
    board_id = None
    where = ""
    if command.board:
        target = read_target(command.board, ctx.vocabulary)
        named = isinstance(read_board(command.board, ctx.vocabulary), BoardFound)
        if not named and isinstance(target, PriorityTarget | ThemeTarget | ActionTarget):
            # Its answer says how many are overdue, and has them first.
            return show_status(ctx, ShowStatus(command.board, command.page))
        board = board_named(ctx, command.board, "overdue {key}").board
        board_id, where = board.id, f" for the {board.name}"
    late = overdue_among(ctx.listed(ActionFilter(board_id=board_id, open_only=True)), ctx.calendars, ctx.now)
    again = f"overdue {command.board}".strip()
    if not late:
        return Response(Content(f"Nothing is overdue{where}.", footer=(OVERDUE_MEANS,), shareable=shareable(again)))
    headline = f"{number_said(len(late), 'action')} overdue{where}, most meetings missed first."
    groups = [ListPage("", late, lambda view: action_row(view, ctx.calendars, ctx.now))]
    return Response(paged_reply(headline, (), groups, again, command.page, ctx.read_listed, (OVERDUE_MEANS,)))


def show_due(ctx: RequestContext, command: ShowDue) -> Response:
    """Answer `due [meeting]`: what is due at a meeting; without one, at the next meeting of each board."""
    if command.meeting:
        # "September" may be a meeting of each board: what is due at any of them was asked.
        chosen = meetings_named(ctx, command.meeting, "due {meeting}")
    else:
        chosen = [(calendar, meeting) for calendar in ctx.calendars.values() if (meeting := calendar.next(ctx.now))]
    if not chosen:
        return say("No board has a meeting planned.", "“/cypp meetings” lists them.")
    by_board = ctx.listed_by_board({calendar.board.id for calendar, _ in chosen})
    sorted_ = [_sorted_for(ctx, by_board[calendar.board.id], calendar, meeting) for calendar, meeting in chosen]
    groups = [
        group
        for (calendar, meeting), some in zip(chosen, sorted_, strict=True)
        for group in _due_groups(ctx, calendar, meeting, some)
    ]
    if len(chosen) == 1:
        calendar, meeting = chosen[0]
        what = f"at the {calendar.board.name} of {meeting_said(meeting, calendar)}"
    else:
        named = command.meeting and command.meeting.casefold() not in ("next", "next meeting")
        what = f"at the meetings of {quoted(command.meeting)}" if named else "at the next meetings"
    due, late, review = (sum(len(some[number]) for some in sorted_) for number in range(3))
    said = [f"{number_said(due, 'action')} due {what}" if due else f"Nothing is due {what}"]
    said += [f"{late} overdue"] if late else []
    said += [f"{number_said(review, 'standing commitment')} to review"] if review else []
    again = f"due {command.meeting}".strip()
    return Response(paged_reply(f"{', '.join(said)}.", (), groups, again, command.page, ctx.read_listed))


Sorted = tuple[list[ListedAction], list[ListedAction], list[ListedAction]]
"""What is due at a meeting, what is overdue, and the standing commitments to review at it."""


def _sorted_for(
    ctx: RequestContext, listed: list[ListedAction], calendar: BoardCalendar, meeting: MeetingFacts
) -> Sorted:
    """Return a board's open actions, sorted for a meeting."""
    coming = meeting.dated and meeting.start > ctx.now
    due = [one for one in listed if one.facts.due_meeting_id == meeting.id]
    if not coming:
        return due, [], []
    wanted = [
        one
        for one in listed
        if one.facts.due_meeting_id != meeting.id and concerns(one.facts, meeting, calendar, ctx.now)
    ]
    late = [one for one in wanted if is_overdue(one.facts, calendar, ctx.now)]
    review = [one for one in wanted if one.facts.kind is Kind.STANDING]
    late_ids = {one.facts.id for one in late}
    rest = (one for one in wanted if one.facts.id not in late_ids and one.facts.kind is not Kind.STANDING)
    return due + [one for one in rest if one.facts.due_date is not None], late, review


def _due_groups(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, some: Sorted) -> list[ListPage]:
    texts = said_of_paper(ctx, calendar, meeting)
    if meeting.dated and meeting.start > ctx.now:
        dates = calendar.dates(meeting)
        texts = (f"Updates due {day_said(dates.updates_due)}; papers {day_said(dates.papers)}.", *texts)
    groups = [_listed(ctx, f"{calendar.board.name}, {meeting_said(meeting, calendar)}", some[0], texts, "Nothing due.")]
    for heading, views in (("Overdue", some[1]), ("Standing commitments to review", some[2])):
        if views:
            groups.append(_listed(ctx, heading, views))
    return groups


def _listed(
    ctx: RequestContext, heading: str, views: list[ListedAction], texts: tuple[str, ...] = (), empty: str = ""
) -> ListPage:
    ordered = worst_first(views, ctx.calendars, ctx.now)
    return ListPage(heading, ordered, lambda view: action_row(view, ctx.calendars, ctx.now), texts, empty)
