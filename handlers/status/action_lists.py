"""`mine`, `overdue` and `due`: lists of actions across boards."""

from dataclasses import replace

from handlers.buttons import answer_buttons
from handlers.commands.questions import ShowDue, ShowMine, ShowOverdue, ShowStatus
from handlers.context import RequestContext
from handlers.formatting import (
    OVERDUE_MEANS,
    action_line,
    day_said,
    meeting_said,
    number_said,
    overdue_among,
    worst_first,
)
from handlers.pagination import ListPage, paged_reply
from handlers.preconditions import calendar_of_key
from handlers.press_codec import shareable
from handlers.reading.board_names import BoardAsk, read_board
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import quoted
from handlers.reading.targets import ActionTarget, PriorityTarget, ThemeTarget, read_target
from handlers.responses import Content, Group, Response, say
from handlers.status.plan_status import show_status
from models.enums import Kind
from models.plan.action_filter import ActionFilter
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
    views = ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True))
    if not views:
        return say("Your posts have no open actions.")
    owed: list[tuple[ActionView, MeetingFacts, BoardCalendar]] = []
    rest: list[ActionView] = []
    for view in worst_first(views, ctx.calendars, ctx.now):
        calendar = ctx.calendar(view.facts.board_id)
        meeting = calendar.next(ctx.now) if calendar else None
        if calendar and meeting and is_owed(view.facts, meeting, calendar, ctx.now):
            owed.append((view, meeting, calendar))
        else:
            rest.append(view)
    overdue = sum(
        is_overdue(view.facts, ctx.calendars[view.facts.board_id], ctx.now)
        for view in views
        if view.facts.board_id in ctx.calendars
    )
    said = f", {overdue} overdue" if overdue else ""
    groups = []
    if owed:
        days = sorted({calendar.dates(meeting).updates_due for _, meeting, calendar in owed})
        groups.append(
            Group(
                f"Update owed: {len(owed)} (due {' and '.join(day_said(day) for day in days)})",
                lines=tuple(
                    action_line(view, ctx.calendars, ctx.now, answer_buttons(view, meeting.id))
                    for view, meeting, _ in owed
                ),
            )
        )
    if rest:
        groups.append(
            Group(
                "No update owed just now" if owed else "",
                lines=tuple(action_line(view, ctx.calendars, ctx.now) for view in rest),
            )
        )
    waiting = (
        f"{len(owed)} {'waits' if len(owed) == 1 else 'wait'} for an update" if owed else "no update is owed just now"
    )
    headline = f"You answer for {number_said(len(views), 'open action')}{said}; {waiting}."
    # People share what they answer for in their own words: this reply has no button for it.
    return Response(replace(paged_reply(headline, (), groups, "mine", command.page), shareable=""))


def show_overdue(ctx: RequestContext, command: ShowOverdue) -> Response:
    """Answer `overdue [board]`: most meetings missed first."""
    board_id = None
    where = ""
    if command.board:
        found = read_board(command.board, ctx.vocabulary)
        if isinstance(found, BoardAsk):
            if isinstance(read_target(command.board, ctx.vocabulary), PriorityTarget | ThemeTarget | ActionTarget):
                # Its answer says how many are overdue, and has them first.
                return show_status(ctx, ShowStatus(command.board, command.page))
            return say(found.say, typed=command.board)
        board = calendar_of_key(ctx, found.key).board
        board_id, where = board.id, f" for the {board.name}"
    views = ctx.views(ActionFilter(board_id=board_id, open_only=True))
    late = overdue_among(views, ctx.calendars, ctx.now)
    again = f"overdue {command.board}".strip()
    if not late:
        return Response(Content(f"Nothing is overdue{where}.", footer=(OVERDUE_MEANS,), shareable=shareable(again)))
    headline = f"{number_said(len(late), 'action')} overdue{where}, most meetings missed first."
    groups = [ListPage("", late, lambda view: action_line(view, ctx.calendars, ctx.now))]
    return Response(paged_reply(headline, (), groups, again, command.page, footer=(OVERDUE_MEANS,)))


def show_due(ctx: RequestContext, command: ShowDue) -> Response:
    """Answer `due [meeting]`: what is due at a meeting; without one, at the next meeting of each board."""
    if command.meeting:
        found = read_meeting(command.meeting, ctx.vocabulary, ctx.today)
        if isinstance(found, MeetingAsk) and not found.several:
            return say(found.say, typed=command.meeting)
        # "September" may be a meeting of each board: what is due at any of them was asked.
        chosen = ctx.meetings(found.candidates if isinstance(found, MeetingAsk) else (found.meeting_id,))
    else:
        chosen = [(calendar, meeting) for calendar in ctx.calendars.values() if (meeting := calendar.next(ctx.now))]
    if not chosen:
        return say("No board has a meeting planned.", "“/cypp meetings” lists them.")
    sorted_ = [_sorted_for(ctx, calendar, meeting) for calendar, meeting in chosen]
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
    return Response(paged_reply(f"{', '.join(said)}.", (), groups, f"due {command.meeting}".strip(), command.page))


Sorted = tuple[list[ActionView], list[ActionView], list[ActionView]]
"""What is due at a meeting, what is overdue, and the standing commitments to review at it."""


def _sorted_for(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Sorted:
    views = ctx.views(ActionFilter(board_id=calendar.board.id, open_only=True))
    coming = meeting.dated and meeting.start > ctx.now
    due = [view for view in views if view.facts.due_meeting_id == meeting.id]
    if not coming:
        return due, [], []
    wanted = [view for view in views if concerns(view.facts, meeting, calendar, ctx.now) and view not in due]
    late = [view for view in wanted if is_overdue(view.facts, calendar, ctx.now)]
    review = [view for view in wanted if view.facts.kind is Kind.STANDING]
    dated = [view for view in wanted if view not in late and view not in review and view.facts.due_date is not None]
    return due + dated, late, review


def _due_groups(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, some: Sorted) -> list[ListPage]:
    texts: tuple[str, ...] = ()
    if meeting.dated and meeting.start > ctx.now:
        dates = calendar.dates(meeting)
        texts = (f"Updates due {day_said(dates.updates_due)}; papers {day_said(dates.papers)}.",)
    groups = [_listed(ctx, f"{calendar.board.name}, {meeting_said(meeting, calendar)}", some[0], texts, "Nothing due.")]
    for heading, views in (("Overdue", some[1]), ("Standing commitments to review", some[2])):
        if views:
            groups.append(_listed(ctx, heading, views))
    return groups


def _listed(
    ctx: RequestContext, heading: str, views: list[ActionView], texts: tuple[str, ...] = (), empty: str = ""
) -> ListPage:
    ordered = worst_first(views, ctx.calendars, ctx.now)
    return ListPage(heading, ordered, lambda view: action_line(view, ctx.calendars, ctx.now), texts, empty)
