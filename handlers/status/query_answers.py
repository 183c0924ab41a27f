"""The answer to one question: its headline says how it was read, the actions follow, the worst first."""

from dataclasses import replace

from handlers.actions.history_view import last_rated
from handlers.commands.people import ShowPeople
from handlers.commands.questions import ShowChanges, ShowDue, ShowLeaderless, ShowMine, ShowOwing, ShowStatus
from handlers.context import RequestContext
from handlers.formatting import counts_said, listed, meeting_said, number_said, overdue_among
from handlers.list_rows import about_status
from handlers.pagination import ListPage
from handlers.people.people_list import show_people
from handlers.press_codec import ask_button
from handlers.reading.queries.query import ChangeSort, Filter, Measure, Query, SubjectKind
from handlers.responses import ActionLine, Content, Response
from handlers.status.action_lists import show_due, show_mine
from handlers.status.changes import show_changes, show_leaderless, since_when
from handlers.status.defined_terms import meaning_answer
from handlers.status.meeting_questions import meetings_answer
from handlers.status.owing import WHOLE_LIST, may_see_owed, show_owing
from handlers.status.plan_status import show_status
from handlers.status.query_changes import changed
from handlers.status.query_groups import compared, grouped, how_many
from handlers.status.query_meetings import at_a_meeting, office_answer
from handlers.status.query_parts import NOT_ANSWERED, Asked, QueryAnswer, as_answer, filter_said, kinds_said
from handlers.status.query_selection import RANGES, Days, Selection, everything, is_of
from handlers.status.query_shares import share_answer, yes_or_no
from models.enums import OPEN, WORST_FIRST, Status
from models.plan.action_filter import EVERY_OPEN_ACTION
from models.plan.queries import ActionView

_SHOWN_BY_STATUS = {SubjectKind.THEME, SubjectKind.PRIORITIES}
_ENDED = frozenset((Status.COMPLETE, Status.CLOSED_NOT_DONE))
_LISTS = (Measure.LIST, Measure.COUNT, Measure.WHO)


def answer_query(ctx: RequestContext, query: Query) -> QueryAnswer:
    """Answer one question whose subjects are all things of the plan."""
    if any(one.kind is SubjectKind.ACTION for one in query.subjects):
        # "What did Head of Education say about healthy-5" is about the action.
        query = replace(query, subjects=tuple(one for one in query.subjects if one.kind is SubjectKind.ACTION))
    selection = Selection(ctx)
    dated = query.measure not in (Measure.CHANGE, Measure.MEETINGS)
    days = selection.days(query) if dated else Days()
    answered = _answer(Asked(ctx, selection, query, days))
    # "Mine" asked again by somebody else would be theirs.
    private = answered.private or any(one.kind is SubjectKind.OWN for one in query.subjects)
    return replace(answered, unread=(*answered.unread, *days.unread), private=private)


def _answer(asked: Asked) -> QueryAnswer:
    query = asked.query
    kinds = {one.kind for one in query.subjects}
    if query.measure is Measure.MEETINGS:
        told = meetings_answer(asked.ctx, query)
        return QueryAnswer(told.headline, groups=told.groups, key=False, unread=told.unread)
    if query.measure is Measure.PEOPLE:
        return as_answer_of(show_people(asked.ctx, ShowPeople()))
    if query.measure is Measure.OFFICE:
        return office_answer(asked)
    if query.measure is Measure.MEANING and (meant := meaning_answer(query)) is not None:
        return meant
    if SubjectKind.ACTION in kinds:
        return _actions(asked)
    if query.measure is Measure.DECIDED or Filter.GIVEN in query.filters:
        met = at_a_meeting(asked)
        if met is not None:
            return met
    if query.measure is Measure.CHANGE:
        return _changes(asked)
    if query.measure is Measure.COMPARE and len(query.subjects) > 1:
        return _compared(asked)
    if query.measure is Measure.SHARE and Filter.ANSWERED not in query.filters:
        return share_answer(asked)
    if query.measure is Measure.SENTENCE:
        return _sentence(asked)
    if query.measure is Measure.WORST and query.by is None:
        return _worst(asked)
    if query.by is not None:
        bare = query.counts and not (query.each or query.narrows or query.subjects or query.times)
        return (how_many(asked, query.by) if bare else None) or grouped(asked, query.by)
    if Filter.OWED in query.filters and kinds != {SubjectKind.OWN} and _not_all_seen(asked):
        # What others owe is for those who keep or chair the board; the command says so, and shows one's own.
        return _said(asked, show_owing(asked.ctx, ShowOwing()))
    if query.filters == (Filter.ANSWERED,) and not query.denied and not query.statuses:
        return _answers(asked)
    return _by_command(asked) or _listed(asked)


def _by_command(asked: Asked) -> QueryAnswer | None:
    """Return the answer of a command that asks the very same."""
    ctx, query = asked.ctx, asked.query
    kinds = {one.kind for one in query.subjects}
    if (
        query.statuses
        or query.kinds
        or query.denied
        or query.excepted
        or (query.every and query.filters != (Filter.OWED,))
    ):
        return None
    if not query.filters and not query.times and len(query.subjects) < 2 and kinds <= _SHOWN_BY_STATUS:
        return _of(asked, asked.scopes[0].words if asked.scopes else "status")
    if query.measure not in _LISTS:
        return None
    simple = len(query.times) < 2 and all(one.relation not in RANGES for one in query.times)
    if query.filters == (Filter.OWED,) and simple and kinds <= {SubjectKind.BOARD}:
        about = " ".join([*(one.key for one in query.subjects), *(one.typed for one in query.times)])
        return _said(asked, show_owing(ctx, ShowOwing(about)))
    if set(query.filters) <= {Filter.DUE} and asked.days.holds is not None and not kinds and simple:
        return _said(asked, show_due(ctx, ShowDue(query.times[0].typed if query.times else "")))
    if query.filters == (Filter.NO_LEAD,) and not kinds and not query.times:
        return _said(asked, show_leaderless(ctx, ShowLeaderless()))
    if query.filters == (Filter.OWED,) and kinds == {SubjectKind.OWN} and ctx.roles.posts and not query.yes_no:
        return _said(asked, show_mine(ctx, ShowMine()))
    return None


def _said(asked: Asked, given: Response) -> QueryAnswer:
    """Return a command's answer, with yes or no where that was asked."""
    content = given.content
    assert isinstance(content, Content)  # noqa: S101 - what only reads answers by content
    said = as_answer(content)
    if asked.query.yes_no:
        yes = any(group.lines for group in content.groups)
        if asked.query.every:
            yes = not yes
        said = replace(said, headline=f"{'Yes' if yes else 'No'}. {said.headline}")
    return said


def _of(asked: Asked, words: str) -> QueryAnswer:
    """Return what `status` says of a part of the plan."""
    return as_answer_of(show_status(asked.ctx, ShowStatus(words.removeprefix("status").strip())))


def as_answer_of(given: Response) -> QueryAnswer:
    """Return the answer of a command that only reads."""
    assert isinstance(given.content, Content)  # noqa: S101 - what only reads answers by content
    return as_answer(given.content)


def _listed(asked: Asked) -> QueryAnswer:
    query, found = asked.query, asked.found
    if query.every:
        return _every(asked)
    said = " ".join(filter(None, (kinds_said(query, len(found)), filter_said(query, asked.days, len(found)))))
    counts = f": {counts_said(found)}" if found and (len(query.statuses) != 1 or query.denied) else ""
    told = f"{asked.told(said)}{counts}."
    if query.bound is not None:
        told = f"{yes_or_no(query.bound, found, found)} {told}"
    elif query.yes_no:
        told = f"{'Yes' if found else 'No'}. {told}"
    pages: tuple[ListPage, ...] = (asked.page(found),) if found else ()
    if query.yes_no and not found and asked.scopes and query.statuses and not query.times:
        # "Is priority 12 on track?" No, and this is how it stands.
        there = [one for one in asked.selection.select(asked.scopes, everything) if one.facts.status in OPEN]
        if query.statuses <= _ENDED:
            there = [one for one in there if one.facts.status is Status.PROPOSED]
        if there:
            told = f"{told} {number_said(len(there), 'action')}: {counts_said(there)}."
            pages = (asked.page(there),)
    if len(asked.scopes) > 1 and not query.narrows and not query.times:
        # "Priority 6 and priority 10": each stands by itself.
        parts = [_of(asked, scope.words) if scope.words else None for scope in asked.scopes]
        if all(parts):
            told = " ".join(part.headline for part in parts if part)
            each = [(scope.label, asked.selection.select([scope], everything)) for scope in asked.scopes]
            pages = tuple(asked.page(some, label) for label, some in each if some)
    owed = Filter.OWED in query.filters
    return QueryAnswer(
        told,
        asked.notes if found else (),
        pages,
        footer=_not_all_seen(asked) if owed else (),
        key=bool(pages),
        private=owed,
    )


def _answers(asked: Asked) -> QueryAnswer:
    """Return how many answers that are wanted for the next meetings are in, and which are not.

    Those owed are shown to those who keep or chair the board, and to others their own.
    """
    ctx, query = asked.ctx, asked.query
    seen = {number for number in ctx.calendars if may_see_owed(ctx, number, None)}
    only = seen if seen and not any(one.kind is SubjectKind.BOARD for one in query.subjects) else set(ctx.calendars)
    days = Days() if not query.times else asked.days
    within = asked.selection.holds(replace(query, filters=()), days)
    said = {
        which: [
            one
            for one in ctx.listed_to_answer(EVERY_OPEN_ACTION)
            if one.facts.board_id in only
            and is_of(asked.scopes, one)
            and within(one)
            and asked.selection.filtered(which)(one)
        ]
        for which in (Filter.ANSWERED, Filter.OWED)
    }
    given, owed = said[Filter.ANSWERED], said[Filter.OWED]
    wanted = len(given) + len(owed)
    boards = {one.facts.board_id for some in said.values() for one in some}
    met = [
        f"the {calendar.board.name} of {meeting_said(meeting, calendar)}"
        for number, calendar in ctx.calendars.items()
        if number in boards and (meeting := calendar.next(ctx.now))
    ]
    if not only & seen and _not_all_seen(asked) and {one.kind for one in query.subjects} != {SubjectKind.OWN}:
        so_far = asked.told(f"{number_said(len(given), 'answer')} {'is' if len(given) == 1 else 'are'} in")
        hidden = "who still owes one is for the board’s secretary and the chair"
        return QueryAnswer(f"{so_far}; {hidden}.", pages=(asked.page(given),) if given else (), key=bool(given))
    if not wanted:
        ahead = asked.selection.select(asked.scopes, lambda one: one.facts.status in OPEN) if asked.scopes else []
        headline = f"{asked.told('no answer is wanted just now')}."
        return QueryAnswer(headline, pages=(asked.page(ahead),) if ahead else (), key=bool(ahead))
    headline = asked.told(f"{len(given)} of {number_said(wanted, 'answer')} wanted are in for {listed(met)}")
    if query.yes_no:
        yes = "Yes" if not owed else "Not all" if given else "No"
        headline = f"{yes}. {headline}"
    rows = (("Answered", given), ("No answer yet", owed))
    pages = tuple(asked.page(some, heading) for heading, some in rows if some)
    return QueryAnswer(f"{headline}.", pages=pages, footer=_not_all_seen(asked), private=True)


def _not_all_seen(asked: Asked) -> tuple[str, ...]:
    """Return, where answers owed are asked about, that only some of them are shown to the asker."""
    boards = asked.ctx.calendars
    return () if all(may_see_owed(asked.ctx, number, None) for number in boards) else (WHOLE_LIST,)


def _every(asked: Asked) -> QueryAnswer:
    """Answer whether something holds for all: "is everything on schedule"."""
    query = asked.query
    bare = replace(query, statuses=frozenset(), filters=(), denied=False)
    all_ = asked.selection.select(asked.scopes, asked.selection.holds(bare, asked.days))
    still = [one for one in all_ if one.facts.status in OPEN]
    holds = asked.selection.holds(query, asked.days)
    # What waits for the board is neither on track nor behind.
    waits = Status.PROPOSED if Status.PROPOSED not in query.statuses and query.statuses else None
    other = [one for one in still if not holds(one) and one.facts.status is not waits]
    if not still:
        return QueryAnswer(f"{asked.told('no open actions')}.", asked.notes, key=False)
    many = number_said(len(still), "open action")
    if not other:
        return QueryAnswer(f"Yes. {asked.told(f'all {many} {filter_said(query, Days(), len(still))}')}.", key=False)
    said = filter_said(replace(query, denied=not query.denied), Days(), len(other))
    where = f", {asked.days.said}" if asked.days.said else ""
    headline = asked.told(f"{len(other)} of {many} {said}{where}")
    return QueryAnswer(f"No. {headline}: {counts_said(other)}.", asked.notes, (asked.page(other),))


def _sentence(asked: Asked) -> QueryAnswer:
    """Return what can be read out, without the actions: of one priority its title, and how it stands."""
    query = asked.query
    given = _by_command(asked) or _listed(asked)
    words = asked.scopes[0].words if asked.scopes else "status"
    numbers = [one.key for one in query.subjects if one.kind is SubjectKind.PRIORITIES]
    titles = [f"{one.number}. {one.title}." for one in asked.ctx.priorities if [str(one.number)] == numbers]
    return QueryAnswer(
        " ".join((*titles, given.headline)),
        buttons=(ask_button("Show the actions", words),) if words else (),
        key=False,
    )


def _actions(asked: Asked) -> QueryAnswer:
    """Answer about actions by ref: one by its card, several by a list; yes or no first where that is asked."""
    query = asked.query
    refs = [one.key for one in query.subjects]
    if len(refs) > 1:
        found = asked.selection.select(asked.scopes, everything)
        return QueryAnswer(f"{listed(refs)}: {counts_said(found)}.", pages=(asked.page(found),))
    given = _of(asked, f"status {refs[0]}")
    if query.rated:
        return replace(given, headline=f"{given.headline} {last_rated(asked.ctx, refs[0], query.statuses)}")
    if query.yes_no and query.narrows:
        return replace(given, headline=f"{'Yes' if asked.found else 'No'}. {given.headline}")
    return given


def _worst(asked: Asked) -> QueryAnswer:
    """Return what to look at first, with the reason beside each."""
    still = [one for one in asked.found if one.facts.status in OPEN]
    reasons = {one.facts.id: why for one in still if (why := asked.reasons(one))}
    many = number_said(len(still), "open action")
    if not reasons:
        fine = f"of {many}, nothing is overdue, off track or has some issues"
        nothing = asked.told(fine if still else "no open actions")
        return QueryAnswer(f"{nothing}.", asked.notes, key=False)
    late = {one.facts.id for one in overdue_among(still, asked.ctx.calendars, asked.ctx.now)}
    order = sorted(
        (one for one in still if one.facts.id in reasons),
        key=lambda one: (
            one.facts.id not in late,
            WORST_FIRST.index(one.facts.status),
            -asked.missed(one),
            one.position,
        ),
    )
    shown = order[: asked.query.limit] if asked.query.limit else order

    def line(view: ActionView) -> ActionLine:
        plain = asked.line(view)
        why = ", ".join(reasons[view.facts.id])
        rest = (fact for fact in plain.facts if not fact.startswith("overdue"))
        silent = next((reason for reason in reasons[view.facts.id] if reason == NOT_ANSWERED), "")
        return about_status(replace(plain, facts=(f"{why[0].upper()}{why[1:]}", *rest)), silent)

    headline = asked.told(f"{len(order)} of {many} to look at, worst first: {asked.counts(order)}")
    return QueryAnswer(f"{headline}.", asked.notes, (ListPage("", shown, line),))


def _compared(asked: Asked) -> QueryAnswer:
    query = asked.query
    found = [frozenset(one.facts.id for one in asked.selection.select([scope], everything)) for scope in asked.scopes]
    if len(set(found)) == 1 and all(one.kind is SubjectKind.PRIORITIES for one in query.subjects):
        # Priorities of a theme whose actions serve the whole of it: there is nothing to compare.
        numbers = sorted({int(number) for one in query.subjects for number in one.key.split(",")})
        return _of(asked, f"status priorities {', '.join(map(str, numbers))}")
    return compared(asked)


def _changes(asked: Asked) -> QueryAnswer:
    since = asked.query.times[0].typed if asked.query.times else ""
    answered = changed(asked) if set(asked.query.changes) != {ChangeSort.ANY} else None
    if answered is not None:
        return answered
    if since_when(asked.ctx, since) is None:
        return replace(_listed(asked), unread=(since,))
    given = show_changes(asked.ctx, ShowChanges(since))
    return _said(asked, given)
