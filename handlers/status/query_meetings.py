"""Answers about meetings that were, and about who keeps or chairs a board or stands in for a post."""

from handlers.commands.people import ShowPeople
from handlers.formatting import listed, meeting_said, number_said
from handlers.people.people_list import own_posts_said, show_people
from handlers.reading.queries.query import Filter, SubjectKind
from handlers.responses import Content
from handlers.status.query_parts import Asked, QueryAnswer, as_answer
from handlers.status.query_selection import Condition
from models.enums import OPEN, OutcomeKind
from models.plan.action_reads import actions_closed_at, actions_given_at
from models.plan.listed_actions import ListedAction
from models.records.entry_reads import outcomes_at_meeting
from models.rules.facts import BoardCalendar

_KEEPS = {"chair": ("Chair", "chair_post_id"), "secretary": ("Secretary", "secretary_post_id")}


def office_answer(asked: Asked) -> QueryAnswer:
    """Return who keeps or chairs a board, or who stands in for a post."""
    ctx, query = asked.ctx, asked.query
    posts = [one for one in ctx.plan_names.posts for subject in query.subjects if one.key == subject.key]
    own = any(one.kind is SubjectKind.OWN for one in query.subjects)
    if query.about not in _KEEPS and own and not posts and ctx.roles.posts:
        return QueryAnswer(f"{'; '.join(own_posts_said(ctx))}.", key=False, private=True)
    if query.about not in _KEEPS or (posts and not _boards(asked)):
        given = show_people(ctx, ShowPeople(posts[0].label if posts else "")).content
        assert isinstance(given, Content)  # noqa: S101 - what only reads answers by content
        return as_answer(given)
    label, field = _KEEPS[query.about]
    said = [
        f"{label} of the {calendar.board.name}: {ctx.posts.get(getattr(calendar.board, field) or 0, 'nobody yet')}"
        for calendar in _boards(asked) or ctx.calendars.values()
    ]
    return QueryAnswer(f"{'; '.join(said)}.", key=False)


def _boards(asked: Asked) -> list[BoardCalendar]:
    own = asked.ctx.roles.chair_of | asked.ctx.roles.secretary_of
    wanted = {one.key for one in asked.query.subjects if one.kind is SubjectKind.BOARD}
    ours = any(one.kind is SubjectKind.OWN for one in asked.query.subjects)
    return [one for number, one in asked.ctx.calendars.items() if one.board.key in wanted or (ours and number in own)]


def at_a_meeting(asked: Asked) -> QueryAnswer | None:
    """Return what meetings decided that are over, or the actions they gave out; None where none of them is meant."""
    ctx, query = asked.ctx, asked.query
    chosen = asked.selection.meetings_held(query)
    if not chosen:
        return None
    ids = frozenset(meeting.id for _, meeting in chosen)
    met = listed([f"the {calendar.board.name} of {meeting_said(meeting, calendar)}" for calendar, meeting in chosen])
    given_ids, closed_ids = actions_given_at(ctx.session, ids), actions_closed_at(ctx.session, ids)
    given = _of(asked, lambda one: one.facts.id in given_ids)
    closed = _of(asked, lambda one: one.facts.id in closed_ids and one.facts.status not in OPEN)
    if Filter.GIVEN in query.filters:
        said = asked.told(f"{number_said(len(given), 'action') if given else 'no action'} given out at {met}")
        return _told(asked, said, [("", given)])
    decided = {row.action_id: row.kind for _, one in chosen for row in outcomes_at_meeting(ctx.session, one.id)}
    carried, refused, none = (
        _of(asked, lambda one, kind=kind: one.facts.status in OPEN and decided.get(one.facts.id) is kind)  # type: ignore[misc]
        for kind in (OutcomeKind.CARRIED_FORWARD, OutcomeKind.NOT_AGREED, OutcomeKind.NO_DECISION)
    )
    if query.statuses:
        said = asked.told(f"{number_said(len(closed), 'action') if closed else 'nothing'} closed at {met}")
        return _told(asked, said, [("", closed)])
    rows = [("Closed", closed), ("Carried forward", carried), ("Not agreed", refused), ("No decision", none)]
    counts = [f"{len(some)} {heading.lower()}" for heading, some in rows if some] or ["no outcome on record"]
    if given:
        rows.append(("Given out", given))
        counts.append(f"{number_said(len(given), 'action')} given out")
    return _told(asked, asked.told(f"{met}: {', '.join(counts)}"), rows)


def _told(asked: Asked, said: str, rows: list[tuple[str, list[ListedAction]]]) -> QueryAnswer:
    found = any(some for _, some in rows)
    yes = f"{'Yes' if found else 'No'}. " if asked.query.yes_no else ""
    pages = tuple(asked.page(some, heading) for heading, some in rows if some)
    return QueryAnswer(f"{yes}{said}.", pages=pages, key=found)


def _of(asked: Asked, holds: Condition) -> list[ListedAction]:
    scopes = [one for one in asked.scopes if one.kind is not SubjectKind.BOARD]
    return asked.selection.select(scopes, holds)
