"""The returns for one meeting: who gives one, what was given, and whose is meant by what somebody typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, number_said
from handlers.permissions import About, may, why_not
from handlers.preconditions import meetings_named
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import quoted
from handlers.reading.plan_names import NameKind
from handlers.responses import Button, NotDone, say
from models.enums import ReturnPart, Verb
from models.plan.contributors import contributors_of
from models.plan.headings import ThemeFacts
from models.plan.people_reads import organisations_of
from models.records.return_entries import contributions_to
from models.rules.contributions import Contributor, has_ended, latest_returns, takes_contributions
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import Contribution


@dataclass(frozen=True, slots=True)
class Returns:
    """What partners are asked for a meeting, and what they gave.

    `given`: the entry that counts of each slot; `history`: all of them, the first entry first.
    """

    calendar: BoardCalendar
    meeting: MeetingFacts
    theme: ThemeFacts
    contributors: tuple[Contributor, ...]
    history: tuple[Contribution, ...]

    @property
    def given(self) -> dict[tuple[int, int], Contribution]:
        """The entry that counts of each who gives a return."""
        return latest_returns(self.contributors, self.history)

    @property
    def owed(self) -> tuple[Contributor, ...]:
        """Who has given none, those left out whom nobody can be asked for."""
        given = self.given
        return tuple(one for one in self.contributors if one.post_id and one.slot not in given)

    @property
    def counted(self) -> str:
        """How many are in: "3 of 10 contributions"."""
        many = len(self.given)
        return f"{many} of {number_said(many + len(self.owed), 'contribution')}"

    @property
    def named(self) -> str:
        """The meeting with its theme: "Partnership Board of Fri 23 Oct 2020, on Heard"."""
        return f"{self.calendar.board.name} of {meeting_said(self.meeting, self.calendar)}, on {self.theme.name}"

    def whose(self, entry: Contribution) -> Contributor | None:
        """Return who gave an entry; None where that one gives no return any more."""
        rows = [one for one in self.contributors if one.organisation_id == entry.organisation_id]
        return next((one for one in rows if not one.service or one.post_id == entry.post_id), None)


def parts_given(entry: Contribution | None) -> dict[ReturnPart, str]:
    """Return the parts of an entry that have words, in their order."""
    said: Mapping[str, str] = entry.parts if entry is not None else {}
    return {part: said[part.value] for part in ReturnPart if said.get(part.value)}


def returns_for(ctx: RequestContext, meetings: Sequence[tuple[BoardCalendar, MeetingFacts]]) -> list[Returns]:
    """Return what is asked and was given for those meetings that have a day and a focus theme, in their order."""
    themes = {theme.id: theme for theme in ctx.themes}
    asking = [row for row in meetings if takes_contributions(row[1]) and row[1].focus_theme_id in themes]
    if not asking:
        return []
    contributors = contributors_of(ctx.session, ctx.today)
    history = contributions_to(ctx.session, [meeting.id for _, meeting in asking])
    return [
        Returns(
            calendar,
            meeting,
            themes[meeting.focus_theme_id or 0],
            contributors,
            tuple(e for e in history if (e.meeting_id, e.theme_id) == (meeting.id, meeting.focus_theme_id)),
        )
        for calendar, meeting in asking
    ]


def coming_returns(ctx: RequestContext) -> list[Returns]:
    """Return what partners are asked for the meetings ahead, the next first."""
    ahead = [(one, meeting) for one in ctx.calendars.values() for meeting in one.dated if meeting.start > ctx.now]
    return returns_for(ctx, sorted(ahead, key=lambda row: row[1].start))


def returns_of(ctx: RequestContext, meeting_id: int) -> Returns | None:
    """Return what is asked and was given for one meeting; None where it takes no theme."""
    calendar = ctx.where(meeting_id)
    found = returns_for(ctx, [(calendar, calendar.by_id[meeting_id])]) if calendar else []
    return found[0] if found else None


def returns_meant(ctx: RequestContext, typed: str) -> Returns:
    """Return those of the meeting that is meant: the named one, else the next that takes a theme."""
    if not typed:
        coming = coming_returns(ctx)
        if not coming:
            raise NotDone(
                say("No coming meeting takes a focus theme, so no contributions are asked for: “/cypp focus”.")
            )
        return coming[0]
    rows = meetings_named(ctx, typed, "contributions for {meeting}", "Nothing was recorded.")
    chosen = returns_for(ctx, rows)
    if not chosen:
        calendar, meeting = rows[0]
        named = f"{calendar.board.name} of {meeting_said(meeting, calendar)}"
        raise NotDone(say(f"The {named} takes no focus theme, so no contributions are asked for it.", typed=typed))
    ahead = [one for one in chosen if not one.meeting.begun(ctx.now)]
    return (ahead or chosen)[0]


def whose_meant(
    ctx: RequestContext,
    returns: Returns,
    typed: str,
    buttons: Callable[[Sequence[Contributor]], tuple[Button, ...]],
    words: str = "",
) -> Contributor:
    """Return whose return is meant: that of the named organisation or post, else the asker's own.

    The request ends with a question where several fit, and with why where none does. `buttons`: what to press for one
    of several; `words`: what is given back with the question.
    """
    rows = [one for one in returns.contributors if one.post_id]
    if typed:
        organisations, posts = _named(ctx, typed, lambda: buttons(rows))
    else:
        posts = frozenset(ctx.roles.posts)
        organisations = {post.organisation.id for post in ctx.plan_names.posts if post.id in posts}
        if ctx.roles.secretary_of or ctx.roles.is_administrator:
            # Whoever keeps a board records for any of them: their own organisation is no answer to whose it is.
            organisations = set()
    fitting = [one for one in rows if one.post_id in posts] or [
        one for one in rows if one.organisation_id in organisations
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting or not (typed or organisations):
        if not fitting and not (ctx.roles.secretary_of or ctx.roles.is_administrator):
            raise NotDone(say(why_not(Verb.CONTRIBUTE), typed=words))
        raise NotDone(say("Whose contribution is it?", typed=words, buttons=buttons(fitting or rows)))
    raise NotDone(say(_why_none(ctx, organisations), typed=words or typed))


def _named(
    ctx: RequestContext, typed: str, buttons: Callable[[], tuple[Button, ...]]
) -> tuple[set[int], frozenset[int]]:
    found = find_name(typed, ctx.vocabulary, NameKind.ORGANISATION)
    if found.one is None or found.likeness < Likeness.SHORT:
        found = find_name(typed, ctx.vocabulary, NameKind.ORGANISATION, NameKind.POST)
    if found.one is None or found.likeness < Likeness.SHORT:
        near = listed([one.label for one in (found.names or found.nearest)[:3]])
        perhaps = f" Do you mean {near}?" if near else " “/cypp orgs” lists them."
        raise NotDone(
            say(f"I know no organisation or post called {quoted(typed)}.{perhaps}", typed=typed, buttons=buttons())
        )
    if found.one.kind is NameKind.ORGANISATION:
        return {found.one.id}, frozenset()
    post = next(one for one in ctx.plan_names.posts if one.id == found.one.id)
    return {post.organisation.id}, frozenset((post.id,))


def _why_none(ctx: RequestContext, organisations: set[int]) -> str:
    """Return why an organisation gives no return: it has ended, or has no post."""
    for row in organisations_of(ctx.session):
        if row.id in organisations and row.last_day is not None and has_ended(row.last_day, ctx.today):
            return f"{row.name} ended on {day_said(row.last_day)} and contributes no more, so nothing was recorded."
        if row.id in organisations:
            return f"{row.name} has no post in the plan that could contribute, so nothing was recorded."
    return "That organisation is not in this plan any more, so nothing was recorded."


def contributing_post(ctx: RequestContext, whose: Contributor) -> int:
    """Return the post for which the asker gives a return: one of their own in that organisation, else the asked one.

    Of an organisation that gives several, each is given by whoever acts for its own post.
    """
    if whose.service:
        return whose.post_id
    own = [post.id for post in ctx.plan_names.posts if post.organisation.id == whose.organisation_id]
    mine = [number for number in own if number in ctx.roles.posts]
    return whose.post_id if whose.post_id in mine or not mine else mine[0]


def check_may_contribute(ctx: RequestContext, returns: Returns, whose: Contributor, typed: str = "") -> None:
    """End the request of somebody who acts for no post of the organisation and does not keep the board."""
    board_id = returns.calendar.board.id
    if not may(ctx.roles, Verb.CONTRIBUTE, About(contributing_post(ctx, whose), board_id)):
        raise NotDone(say(why_not(Verb.CONTRIBUTE, lead=whose.named, secretary=ctx.secretary(board_id)), typed=typed))
