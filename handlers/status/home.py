"""The Home tab: what waits for whoever opens it: a lead’s actions, a secretary’s boards, a chair’s plan, or all."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.buttons import answer_buttons
from handlers.commands.questions import ShowStatus
from handlers.context import RequestContext
from handlers.contributions.wanted import wanted_of_me
from handlers.formatting import (
    day_said,
    listed,
    meeting_said,
    number_said,
    short_day,
    worst_first,
)
from handlers.list_rows import action_row, rows_group
from handlers.measures.measure_lists import figures_wanted
from handlers.permissions import NotHere, may, why_not
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, ask_button, search_menu
from handlers.responses import ActionLine, Button, Content, Group, Response, say
from handlers.status.board_homes import SendDigest, boards_chaired, boards_kept
from handlers.status.digest import make_digest
from handlers.status.plan_status import show_action, show_status
from handlers.status.plans import plans_said
from models.enums import Capacity, NotificationKind, Verb
from models.notifications.lookups import last_fingerprint
from models.plan.action_filter import ActionFilter
from models.plan.listed_actions import ListedAction
from models.plan.queries import ActionView
from models.plan.serving import appointments, in_force
from models.rules.facts import MeetingFacts
from models.rules.owed import concerns, is_overdue, is_owed

MOST_WITH_BUTTONS = 12
MOST_OTHERS = 10
"""Actions shown on the Home tab; “/cypp mine” shows them all."""
MOST_SILENT = 12
"""Refs named of those not answered yet."""


def show_home(ctx: RequestContext) -> tuple[Content, ...]:
    """Return the parts of the Home tab, the most pressing first; one part at least."""
    if not may(ctx.roles, Verb.READ):
        return (Content(why_not(Verb.READ)),)
    if ctx.plan is None:
        first, *rest = plans_said(ctx)
        return (Content(first, tuple(rest)),)
    parts = [part for part in (_leads(ctx), boards_kept(ctx), boards_chaired(ctx)) if part is not None]
    if ctx.roles.chair_of or not parts:
        parts.append(_plan(ctx))
    find = search_menu("Find an action…", ShowCard)
    return (*parts[:-1], _with_buttons(parts[-1], find))


def _with_buttons(content: Content, *buttons: Button) -> Content:
    return replace(content, buttons=(*content.buttons, *buttons))


class _Own:
    """What somebody answers for, sorted as the Home tab shows it."""

    def __init__(self, ctx: RequestContext, views: Sequence[ListedAction]) -> None:
        self.ctx = ctx
        self.with_buttons = 0
        self.others = 0
        self.left = 0
        self.meetings: dict[int, MeetingFacts] = {}
        self.owed: list[ListedAction] = []
        self.late: list[ListedAction] = []
        self.coming: dict[int, list[ListedAction]] = {}
        self.rest: list[ListedAction] = []
        for view in views:
            calendar = ctx.calendar(view.facts.board_id)
            meeting = calendar.next(ctx.now) if calendar else None
            if calendar and meeting and is_owed(view.facts, meeting, calendar, ctx.now):
                self.owed.append(view)
                self.meetings[view.facts.id] = meeting
            if calendar and is_overdue(view.facts, calendar, ctx.now):
                self.late.append(view)
            elif calendar and meeting and concerns(view.facts, meeting, calendar, ctx.now):
                self.coming.setdefault(calendar.board.id, []).append(view)
            else:
                self.rest.append(view)

    def lines(self, views: Sequence[ListedAction]) -> tuple[ActionLine, ...]:
        """Return as many actions as there is room for, with the buttons to answer where an answer is owed."""
        shown = []
        for one in views:
            owed = one.facts.id in self.meetings
            if self.with_buttons >= MOST_WITH_BUTTONS if owed else self.others >= MOST_OTHERS:
                self.left += 1
                continue
            self.with_buttons += owed
            self.others += not owed
            shown.append(one)
        return tuple(self._line(view) for view in self.ctx.read_listed(shown))

    def _line(self, view: ActionView) -> ActionLine:
        meeting = self.meetings.get(view.facts.id)
        buttons = answer_buttons(view, meeting.id) if meeting else ()
        return action_row(view, self.ctx.calendars, self.ctx.now, buttons)


def _leads(ctx: RequestContext) -> Content | None:
    """Return what somebody answers for that is overdue or due at the next meeting, with the buttons to answer."""
    if not ctx.roles.posts:
        return None
    views = worst_first(
        ctx.listed_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True)), ctx.calendars, ctx.now
    )
    figures, returns = figures_wanted(ctx), wanted_of_me(ctx)
    wanted = (*figures, *returns)
    if not views:
        what = listed([*([number_said(len(figures), "figure")] * bool(figures)), *(["a contribution"] * bool(returns))])
        return Content(f"Wanted of you: {what}.", groups=wanted) if wanted else None
    deputy = Capacity.DEPUTY.value.capitalize()
    stands_in = {post: title for post, title in ctx.roles.titles if title.startswith(deputy)}
    own = _Own(ctx, views)
    groups = _groups(ctx, own, [view for view in views if view.facts.lead_post_id not in stands_in])
    for post_id, title in stands_in.items():
        groups += _groups(ctx, own, [view for view in views if view.facts.lead_post_id == post_id], f"{title}: ")
    days = {ctx.calendars[view.facts.board_id or 0].dates(own.meetings[view.facts.id]).updates_due for view in own.owed}
    if own.owed:
        headline = f"{number_said(len(own.owed), 'action')} of yours {'waits' if len(own.owed) == 1 else 'wait'}"
        headline += f" for an update by {day_said(min(days))}."
    else:
        headline = f"You answer for {number_said(len(views), 'open action')}; no update is owed just now."
    intro = [f"{len(own.late)} overdue."] if own.late else []
    intro += _deputised(ctx)
    footer = (f"And {number_said(own.left, 'more action')}.",) if own.left else ()
    buttons = (ask_button("Show all of mine", "mine"),)
    return Content(headline, tuple(intro), (*wanted, *groups), footer, buttons)


def _groups(ctx: RequestContext, own: _Own, views: Sequence[ListedAction], named: str = "") -> list[Group]:
    """Return the groups of some of the actions; `named`: for whom somebody stands in."""
    ids = {view.facts.id for view in views}

    def group(heading: str, some: Sequence[ListedAction]) -> Group:
        said = f"{named}{heading}"
        return rows_group(said[:1].upper() + said[1:], own.lines([view for view in some if view.facts.id in ids]))

    found = [group("overdue", own.late)]
    for board_id, some in own.coming.items():
        calendar = ctx.calendars[board_id]
        meeting = calendar.next(ctx.now)
        assert meeting is not None  # noqa: S101 - they are due at it
        updates_due = short_day(calendar.dates(meeting).updates_due)
        heading = f"{calendar.board.name}, {meeting_said(meeting, calendar)}: updates due {updates_due}"
        found.append(group(heading, some))
    found.append(group("later", own.rest))
    return [one for one in found if one.lines]


def _deputised(ctx: RequestContext) -> list[str]:
    """Return for which of somebody’s own posts another stands in just now: the requests go there."""
    deputy = Capacity.DEPUTY.value.capitalize()
    own = {post for post, title in ctx.roles.titles if not title.startswith(deputy)}
    return [
        f"{ctx.posts[row.post_id]}: a deputy gets the requests until {day_said(row.last_day)}."
        for row in appointments(ctx.session)
        if row.post_id in own
        and row.capacity is Capacity.DEPUTY
        and row.person_id != ctx.roles.person_id
        and row.last_day is not None
        and in_force(row, ctx.today)
    ]


def _plan(ctx: RequestContext) -> Content:
    """Return the plan by priority."""
    shown = show_status(ctx, ShowStatus()).content
    assert isinstance(shown, Content)  # noqa: S101 - the plan is a reply
    themes = {theme.name: theme.key for theme in ctx.themes}
    groups = tuple(
        replace(group, buttons=(ask_button(f"Actions of {group.heading}", f"status theme {themes[group.heading]}"),))
        if group.heading in themes
        else group
        for group in shown.groups
    )
    return Content(shown.headline, shown.intro, groups, shown.footer)


def digest_now(ctx: RequestContext, value: SendDigest) -> Response:
    """Answer *Send digest now*: the digest as of this moment, to the presser’s direct conversation.

    Nothing is noted of it, so the scheduled one comes all the same, with all that has changed since the one before.
    """
    board_id = value.board
    calendar = ctx.calendars.get(board_id)
    if calendar is None:
        return say(NotHere("That board is not in this plan, so there is no digest."))
    check_may_of_board(ctx, Verb.DIGEST, board_id)
    before = last_fingerprint(ctx.session, NotificationKind.DIGEST, board_id)
    made = make_digest(ctx, calendar, since=before)
    return Response(
        Content(
            f"The digest of the {calendar.board.name} is on its way to you.",
            ("It comes as a message of this app to you alone; the scheduled one comes all the same.",),
        ),
        done=True,
        message=made.content,
    )


class ShowCard(PressValue):
    """An action that was chosen in the menu *Find an action…*."""

    verb = "card"
    old_form = ("action",)
    searches = "actions"

    action: Number = 0


def card_chosen(ctx: RequestContext, value: ShowCard) -> Response:
    """Show the card of an action chosen in the menu that searches them."""
    action = ctx.action_by_id(value.action)
    return (
        show_action(ctx, action.ref)
        if action is not None
        else say(NotHere("That action is not in this plan any more."))
    )
