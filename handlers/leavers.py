"""Somebody left: the board's secretary is told once which actions their posts lead, with *Assign…* under each."""

from collections.abc import Sequence

from sqlalchemy import select

from handlers.context import Round
from handlers.meant import name_of
from handlers.replies import Button, Group, Reply
from handlers.wording import action_line, listed, number_said
from models.accounts import CLOSED
from models.enums import AskState
from models.ledger_tables import Ask
from models.serving import leavers, reachable, recipients
from models.tables import Action, Person, Post

STILL_THERE = "Every open action of theirs has somebody to answer for it now."


def somebody_left(round_: Round, ask: Ask) -> Reply | None:
    """What a secretary is told; None where nobody needs to be told any more."""
    board_id = int(ask.step.rpartition(" ")[2])
    calendar, someone = round_.calendar(board_id), round_.session.get(Person, ask.subject)
    if calendar is None or someone is None or someone.workspace_id != round_.workspace_id:
        return None
    posts = leavers(round_.session, round_.workspace_id, round_.today).get(someone.id, ())
    views = (
        round_.views_to_answer(Action.board_id == board_id, Action.lead_post_id.in_(posts), open_only=True)
        if posts
        else []
    )
    name = name_of(someone)
    if not views:
        return None if ask.state is AskState.OPEN else Reply(f"{name} left.", intro=(STILL_THERE,))
    held = sorted({view.lead for view in views})
    lines = tuple(
        action_line(
            view,
            round_.calendars,
            round_.now,
            (Button("Assign…", "assign", str(view.facts.id)),),
        )
        for view in views
    )
    keys = round_.session.scalars(select(Post.key).where(Post.id.in_(posts)).order_by(Post.id)).all()
    return Reply(
        f"{name} left: {number_said(len(views), 'open action')} of the {calendar.board.name} led by {listed(held)}.",
        intro=(_who_is_asked(round_, posts), f"To pass a post on whole: “/cypp handover {keys[0]} to @person”."),
        groups=(Group(lines=lines),),
    )


def _who_is_asked(round_: Round, posts: Sequence[int]) -> str:
    """Who gets the requests meanwhile."""
    can = reachable(round_.session, round_.workspace_id)
    serving = recipients(round_.session, round_.workspace_id, round_.today)
    others = [one.person_id for post in posts for one in serving.get(post, ()) if one.person_id in can]
    if not others:
        return "Nobody is asked about them until somebody else leads them."
    names = [name_of(round_.session.get(Person, one)) for one in dict.fromkeys(others)]
    return f"Meanwhile {listed(names)} {'gets' if len(names) == 1 else 'get'} the requests."


def has_left(someone: Person) -> bool:
    """Whether somebody's account was closed."""
    return someone.unreachable == CLOSED
