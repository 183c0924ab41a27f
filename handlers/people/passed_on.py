"""What somebody writes that the bot cannot do and a board's secretary can: it is passed on, in the writer's words.

Source: docs/explanation/what-people-write.md, What is passed on.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from handlers.context import RequestContext
from handlers.formatting import clipped, listed, meeting_said
from handlers.notices import contacts_of
from handlers.people.lookup import hand_over_words, name_of
from handlers.press_codec import ask_button
from handlers.responses import Content, NoticeOut
from handlers.safeguarding.confirmation import doubts_here
from handlers.safeguarding.detection import refused
from models.enums import NotificationKind
from models.plan.action_filter import ActionFilter
from models.plan.people_reads import person_by_id
from models.plan.serving import administrators, posts_held, reachable
from models.rules.steps import Wish, Wished, narrow_step
from models.storage.notification_tables import Notification

_LONGEST = 1000
_MOST = 8


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What is planned for others, and the sentence that the writer reads: "" where there is nobody to tell."""

    said: str = ""
    notices: tuple[NoticeOut, ...] = ()


def pass_on(
    ctx: RequestContext, wish: Wish, refs: Sequence[str], words: str, boards: Iterable[int], meeting: int | None = None
) -> PassedOn:
    """Plan that those who keep some boards are told of somebody's words.

    Args:
        ctx: who wrote them, and when.
        wish: what they ask for.
        refs: the actions that they are about.
        words: as they were written; where they may identify somebody they stay with their writer.
        boards: the boards whose secretaries can do it.
        meeting: the meeting that they are about.
    """
    writer = ctx.roles.person_id
    people = _people(ctx, boards)
    if writer is None or not people:
        return PassedOn()
    withheld = bool(refused(words) or doubts_here(ctx, words))
    kept = kept_words(refs, "" if withheld else words)
    mark = sha256(kept.encode()).hexdigest()[:8]
    notices = tuple(
        NoticeOut(
            NotificationKind.PASSED_ON,
            writer,
            meeting,
            Wished(wish, board, mark),
            board_id=board,
            person_id=person,
            fingerprint=kept,
        )
        for person, board in people.items()
    )
    names = [name_of(person_by_id(ctx.session, one)) for one in people]
    without = ", without your words: they may identify somebody" if withheld else ""
    return PassedOn(f"{listed(names)} {'has' if len(names) == 1 else 'have'} been told{without}.", notices)


def kept_words(refs: Sequence[str], words: str) -> str:
    """Return what a notice keeps of a message: the actions that it is about, and its words."""
    return json.dumps(
        {"refs": [*refs[:_MOST]], "words": clipped(" ".join(words.split()), _LONGEST)}, ensure_ascii=False
    )


def _people(ctx: RequestContext, boards: Iterable[int]) -> dict[int, int]:
    """Return who is told on behalf of some boards, each with the first of them; nobody is told of their own words."""
    found: dict[int, int] = {}
    can = reachable(ctx.session)
    for board in dict.fromkeys(boards):
        calendar = ctx.calendar(board)
        some = [one for one in contacts_of(ctx, calendar) if one != ctx.roles.person_id] if calendar else []
        instead = [one for one in administrators(ctx.session, ctx.today) if one in can and one != ctx.roles.person_id]
        for person in some or instead:
            found.setdefault(person, board)
    return found


def write_passed_on(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write what a secretary is told; None where there is nothing left to do."""
    wished = narrow_step(notification.step, Wished)
    calendar, someone = ctx.calendar(wished.board_id), person_by_id(ctx.session, notification.subject)
    if calendar is None or someone is None:
        return None
    kept = json.loads(notification.fingerprint)
    refs: list[str] = kept["refs"]
    name, about = name_of(someone), f" about {listed(refs)}" if refs else ""
    held = posts_held(ctx.session, someone.id, ctx.today)
    posts = listed(sorted(ctx.posts[one] for one in held if one in ctx.posts))
    words = (f"“{kept['words']}”",) if kept["words"] else ("Their words may identify somebody: please ask them.",)
    buttons = tuple(ask_button(ref, f"status {ref}") for ref in refs)
    ref = refs[0] if len(refs) == 1 else "REF"
    record = f"To record an answer for them: “/cypp update {ref} STATUS words, by e-mail of 4 Sep”."
    match wished.wish:
        case Wish.HANDOVER:
            if not held:
                return None
            views = ctx.views(ActionFilter(lead_posts=tuple(held), board_id=wished.board_id, open_only=True))
            leads = (f"It leads {listed([view.ref for view in views])}.",) if views else ()
            how = f"To hand it over: {hand_over_words(ctx, held[0])}; until then {name} is asked."
            return Content(f"{name} says that they do not hold {posts} any more.", (*words, *leads, how))
        case Wish.CALL:
            return Content(f"{name} asks for a call{about}.", (*words, f"{posts}."), buttons=buttons)
        case Wish.ELSEWHERE:
            on = f" on {listed(refs)}" if refs else ""
            said = f"{name} says that an update{on} was given elsewhere."
            return Content(said, (*words, f"{posts}. {record}"), buttons=buttons)
        case Wish.CHANNEL:
            return Content(f"{name} asks to be written to elsewhere{about}.", (*words, f"{posts}. {record}"))
    at = ctx.where(notification.meeting_id)
    day = f" for {meeting_said(at.by_id[notification.meeting_id], at)}" if at else ""
    return Content(f"{name} sends apologies{day}.", (*words, f"{posts}. {calendar.board.name}."))
