"""Which post somebody means, by its title, its organisation or its key; a near miss is asked about, never taken."""

from rapidfuzz import fuzz
from sqlalchemy import select

from handlers.context import Round
from handlers.replies import Answer, Button, say
from handlers.said.text import plain
from models.tables import Post

NEAR = 75
"""How alike, of 100, a mistyped title must be to be offered."""
MOST_SHOWN = 5
NOBODY = frozenset(("none", "nobody", "no one", "vacant", "-"))


def post_meant(asked: Round, words: str, again: str) -> int | Answer | None:
    """A post as typed in; its number out, None for "nobody"; a question where it is not plain.

    `again`: the words that say it again with one post (`{post}`), for the buttons.
    """
    wanted = plain(words).removeprefix("the ")
    if wanted in NOBODY:
        return None
    rows = asked.session.scalars(select(Post).where(Post.workspace_id == asked.workspace_id).order_by(Post.id)).all()
    names = {row.id: (plain(row.title), plain(asked.posts[row.id]), plain(row.key)) for row in rows}
    fitting = [post_id for post_id, called in names.items() if wanted in called]
    if len(fitting) == 1:
        return fitting[0]
    near = fitting or [
        post_id
        for post_id, (title, label, _) in names.items()
        if len(wanted) > 2 and (wanted in label or max(fuzz.ratio(wanted, title), fuzz.ratio(wanted, label)) >= NEAR)
    ]
    if not near:
        return say(
            "I know no such post, so nothing was changed: give its title as the plan has it, with its organisation "
            "where several share it.",
            typed=words,
        )
    buttons = tuple(
        Button(asked.posts[one], "ask", again.replace("{post}", asked.posts[one])) for one in near[:MOST_SHOWN]
    )
    return say("Which post is meant? Nothing was changed yet.", typed=words, buttons=buttons)
