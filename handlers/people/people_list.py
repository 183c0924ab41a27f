"""`people`: who holds which post, contact officers, deputies with their days, and what is missing (secretaries)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from handlers.commands.people import ShowPeople
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, number_said, short_day
from handlers.pagination import page_buttons
from handlers.people.leavers import has_left
from handlers.people.lookup import match_post, name_of, post_question, post_words
from handlers.permissions import may
from handlers.responses import Content, Group, Response, say
from models.enums import Capacity, Verb
from models.plan.action_reads import open_actions_by_lead
from models.plan.people_reads import people_of
from models.plan.serving import appointments, away_spans, reachable, to_come
from models.storage.tables import Appointment, Person

_PAGE_LENGTH = 12
"""Posts on one page."""


def show_people(ctx: RequestContext, command: ShowPeople) -> Response:
    """Answer `people [POST or organisation]`."""
    if not may(ctx.roles, Verb.PEOPLE):
        return say(
            "Who holds which post is for the board’s secretary and administrators.",
            f"“/cypp status {ctx.vocabulary.example_ref}” names the post that leads an action.",
            typed=f"people {command.about}".strip(),
        )
    book = _Book(ctx)
    posts = list(post_words(ctx))
    if command.about:
        found = match_post(ctx, command.about)
        meant = {name.id for name in found.names or found.nearest}
        if not meant:
            return say(post_question(found), "“/cypp people” lists them all.", typed=command.about)
        posts = [post for post in posts if post.id in meant]
    shown = posts[command.page * _PAGE_LENGTH : (command.page + 1) * _PAGE_LENGTH]
    groups = [
        Group("" if command.about else "Posts", texts=tuple(book.post_said(post.id, post.label) for post in shown))
    ]
    if not command.about and command.page == 0:
        groups = [*_what_is_missing(book, [(post.id, post.label) for post in posts]), *groups]
    vacant = [post for post in posts if not book.holders(post.id)]
    headline = f"{number_said(len(posts), 'post')}, {len(vacant)} vacant." if len(posts) != 1 else f"{posts[0].label}."
    return Response(
        Content(
            headline,
            groups=tuple(groups),
            footer=(
                "To change them: “/cypp handover POST to @person”, “/cypp contact officer @person for POST”, "
                "“/cypp deputy @person for POST until 12/9”.",
            ),
            buttons=page_buttons(f"people {command.about}".strip(), command.page, len(posts), _PAGE_LENGTH),
        )
    )


def own_posts_said(ctx: RequestContext) -> tuple[str, ...]:
    """Return each post that the asker serves in, with who stands in for it: no secret from those who serve."""
    book = _Book(ctx)
    said = []
    for post in sorted(ctx.roles.posts & ctx.posts.keys()):
        alone = all(row.capacity is Capacity.HOLDER for row in book.serving[post])
        said.append(f"{book.post_said(post, ctx.posts[post])}{', and nobody is named to stand in' if alone else ''}")
    return tuple(said)


def _what_is_missing(book: "_Book", posts: list[tuple[int, str]]) -> list[Group]:
    """Return roles, vacant posts that lead, people without an account, leavers, administrators."""
    groups = [Group("Boards", texts=tuple(book.boards_said()))]
    vacant = [f"{label}{book.leads_said(post)}" for post, label in posts if not book.holders(post)]
    if vacant:
        groups.append(Group(f"Vacant ({len(vacant)})", texts=tuple(vacant)))
    for heading, people in (
        ("Without an account: the secretary gets an e-mail text for them", book.without_account()),
        ("Left: their account was closed", book.left()),
    ):
        if people:
            groups.append(Group(f"{heading} ({len(people)})", texts=tuple(people)))
    return groups


class _Book:
    """Everything about people that is shown, read once."""

    def __init__(self, ctx: RequestContext) -> None:
        self.ctx, self.today = ctx, ctx.today
        session = ctx.session
        self.people = people_of(session)
        self.serving: dict[int, list[Appointment]] = defaultdict(list)
        for row in appointments(session):
            if to_come(row, self.today):
                self.serving[row.post_id].append(row)
        self.can, self.away = reachable(session), away_spans(session)
        self.leads = Counter(open_actions_by_lead(session))

    def holders(self, post_id: int) -> list[Appointment]:
        """Return who holds a post now: a post whose holder left counts as vacant."""
        return [
            row
            for row in self.serving[post_id]
            if row.capacity is Capacity.HOLDER
            and (row.first_day is None or row.first_day <= self.today)
            and not has_left(self.people[row.person_id])
        ]

    def leads_said(self, post_id: int) -> str:
        """Return how many open actions a post leads: ", leads 3"."""
        return f", leads {self.leads[post_id]}" if self.leads[post_id] else ""

    def post_said(self, post_id: int, label: str) -> str:
        """Return one post in one line."""
        parts: list[str] = []
        for capacity in (Capacity.HOLDER, Capacity.CONTACT, Capacity.DEPUTY):
            said = [self._served(row) for row in self.serving[post_id] if row.capacity is capacity]
            if said:
                parts.append(f"{'' if capacity is Capacity.HOLDER else capacity.value + ' '}{listed(said)}")
        if not any(row.capacity is Capacity.HOLDER for row in self.serving[post_id]):
            parts.insert(0, "vacant")
        return f"{label}: {'; '.join(parts)}{self.leads_said(post_id)}"

    def _served(self, row: Appointment) -> str:
        someone = self.people[row.person_id]
        said = name_of(someone)
        days = _days_said(row, self.today)
        if has_left(someone):
            days.append("left")
        elif someone.id not in self.can:
            days.append("no account")
        span = next((span for span in self.away.get(someone.id, ()) if self.today in span), None)
        if span is not None:
            days.append(f"away until {short_day(span.last)}")
        return f"{said} ({', '.join(days)})" if days else said

    def boards_said(self) -> Iterable[str]:
        """Return each board with its secretary and chair, and until when; then the administrators."""
        ctx = self.ctx
        for board in ctx.boards.values():
            secretary = ctx.posts.get(board.secretary_post_id or 0, "nobody")
            chair = ctx.posts.get(board.chair_post_id or 0, "nobody")
            until = ""
            if board.chair_until is not None and board.chair_post_id:
                until = f", chair until {day_said(board.chair_until)}"
                until += " (past)" if board.chair_until < self.today else ""
            yield f"{board.name}: secretary {secretary}; chair {chair}{until}"
        named = []
        for someone in self.people.values():
            if someone.is_administrator:
                last = someone.administrator_until
                past = last is not None and last < self.today
                named.append(
                    name_of(someone) + (f" (until {day_said(last)}{', past' if past else ''})" if last else "")
                )
        yield f"Administrators: {listed(named) or 'none'}"

    def without_account(self) -> list[str]:
        """Return people who act for a post and cannot be written to, with their address."""
        return [
            f"{name_of(someone)}, {self._posts_of(someone)}: {someone.email or 'no e-mail address on record'}"
            for someone in self._serving_people()
            if someone.id not in self.can and not has_left(someone)
        ]

    def left(self) -> list[str]:
        """Return people whose account was closed and who still act for a post."""
        return [f"{name_of(one)}, {self._posts_of(one)}" for one in self._serving_people() if has_left(one)]

    def _serving_people(self) -> list[Person]:
        ids = dict.fromkeys(row.person_id for rows in self.serving.values() for row in rows)
        return [self.people[one] for one in ids]

    def _posts_of(self, someone: Person) -> str:
        posts = [
            f"{self.ctx.posts[post]}{self.leads_said(post)}"
            for post, rows in self.serving.items()
            if any(row.person_id == someone.id for row in rows)
        ]
        return listed(posts)


def _days_said(row: Appointment, today: date) -> list[str]:
    """Return the days of an appointment, as far as they say something."""
    coming = row.first_day is not None and row.first_day > today
    if row.capacity is Capacity.DEPUTY and row.first_day and row.last_day:
        return [f"{short_day(row.first_day)} to {short_day(row.last_day)}"]
    said = [f"from {day_said(row.first_day)}"] if coming and row.first_day else []
    return said + ([f"until {day_said(row.last_day)}"] if row.last_day else [])
