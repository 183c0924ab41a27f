"""An action for all partners in words: how far its partners are, and which part somebody means who types its ref."""

from collections.abc import Callable, Sequence

from handlers.context import RequestContext
from handlers.formatting import Listed
from handlers.permissions import About, may, why_not
from handlers.reading.normalise import join_words
from handlers.responses import Response, say
from models.enums import OPEN, Verb
from models.plan.action_filter import ActionFilter
from models.records.partner_parts import PartFacts, parts_of_action
from models.storage.tables import Action


def by_whole(
    read: Callable[[ActionFilter], list[Listed]], views: Sequence[Listed]
) -> list[tuple[Listed, tuple[PartFacts, ...]]]:
    """Return actions as they are counted: those for all partners once, read by `read`, with the parts given."""
    missing = {view.facts.parent_id for view in views if view.facts.parent_id is not None}
    wholes = {view.facts.id: view for view in read(ActionFilter(ids=missing))} if missing else {}
    ids = {view.facts.id for view in views}
    found: dict[int, tuple[Listed, tuple[PartFacts, ...]]] = {}
    for view in views:
        whole = wholes.get(view.facts.parent_id or 0)
        if whole is None:
            found[view.facts.id] = (view, ())
        else:
            found.setdefault(whole.facts.id, (whole, tuple(part for part in whole.parts if part.id in ids)))
    return sorted(found.values(), key=lambda row: row[0].position)


def partners_named(parts: Sequence[PartFacts]) -> str:
    """Return the organisations of some parts: "police, CCG"."""
    return ", ".join(part.organisation for part in parts)


def answering(ctx: RequestContext, ref: str) -> Action | Response | None:
    """Return the action that an answer on this ref is about: of one for all partners the asker's own part.

    A question where that may be any of several; None where the plan has no such ref.
    """
    action = ctx.action(ref)
    parts = parts_of_action(ctx.session, action) if action is not None else []
    if action is None or not parts:
        return action
    open_parts = [part for part in parts if part.status in OPEN]
    own = [part for part in open_parts if part.lead_post_id in ctx.roles.posts]
    if len(own) == 1:
        return own[0]
    if own:
        refs = join_words([part.ref for part in own])
        return say(f"Which part of {action.ref}: {refs}? Nothing was recorded yet.", "Say it again with that ref.")
    if open_parts and may(ctx.roles, Verb.ANSWER, About(board_id=action.board_id)):
        refs = join_words([part.ref for part in open_parts])
        return say(
            f"{action.ref} is answered by each partner: for which, {refs}? Nothing was recorded yet.",
            "Say it again with that ref.",
        )
    if open_parts:
        return say(why_not(Verb.ANSWER, action.ref, f"{len(parts)} partners", ctx.secretary(action.board_id)))
    return action
