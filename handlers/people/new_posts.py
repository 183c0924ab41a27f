"""`new post TITLE at ORGANISATION`: a post that the plan has not yet; somebody is made its holder by `handover`."""

from datetime import timedelta

from handlers.buttons import UNDO_HOURS
from handlers.commands.people import AddPost
from handlers.context import RequestContext
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.permissions import NotHere, may, why_not
from handlers.press_codec import OnDraft, ask_which, press_button
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import plain, quoted
from handlers.reading.plan_names import NameKind
from handlers.responses import Response, receipt, say
from handlers.safeguarding.detection import refusal, refused
from models.enums import Verb
from models.plan.people_reads import organisation_by_id, post_by_id
from models.plan.people_rows import add_post, remove_post
from models.records.settings_log import record_command
from models.rules.lengths import MAX_TITLE

_KIND = "new post"
_GONE = NotHere("That was undone already, or a day has passed: nothing was changed.")


class UndoPost(OnDraft):
    """*Undo* under the receipt of a new post."""

    verb = "undopost"


def new_post(ctx: RequestContext, command: AddPost) -> Response:
    """Add a post to the plan, vacant."""
    from models.files.planfile.part_names import key_from

    if not may(ctx.roles, Verb.PEOPLE):
        return say(why_not(Verb.PEOPLE))
    title = " ".join(command.title.split())
    if len(title) > MAX_TITLE:
        return say(f"A title holds {MAX_TITLE:,} characters, so nothing was added: please shorten it.")
    if what := refused(title):
        return say(refusal(what))
    found = find_name(command.organisation, ctx.vocabulary, NameKind.ORGANISATION)
    if found.one is None or found.likeness < Likeness.SHORT:
        near = found.names or found.nearest
        return say(
            f"Of which organisation is {quoted(title)}? Nothing was added yet.",
            *(() if near else ("“/cypp orgs” lists them.",)),
            buttons=ask_which(
                "Choose an organisation…", [(one.label[:70], f"new post {title} at {one.key}") for one in near]
            ),
        )
    same = [one for one in ctx.plan_names.posts if one.organisation.id == found.one.id]
    if any(plain(one.title) == plain(title) for one in same):
        return say(f"{title}, {found.one.label} is in the plan already: nothing was added.")
    organisation = organisation_by_id(ctx.session, found.one.id)
    assert organisation is not None  # noqa: S101 - it is named in the plan
    row = add_post(ctx.session, organisation, title, key_from(title, [one.key for one in ctx.plan_names.posts]))
    label = f"{title}, {organisation.name}"
    record_command(ctx.session, "post added", {"post": row.key, "is": label}, ctx.signed())
    _forget_names(ctx)
    name = keep_draft(ctx, _KIND, str(row.id))
    return receipt(
        f"{label} is a post of the plan now.",
        f"Nobody holds it yet: “/cypp handover {row.key} to @person”.",
        buttons=(press_button("Undo", UndoPost(draft=name)),),
    )


def undo_post(ctx: RequestContext, value: UndoPost) -> Response:
    """Answer *Undo*: the post is gone, unless something has come to it since."""
    draft = named_draft(ctx, _KIND, value.draft)
    post = post_by_id(ctx.session, int(draft.words)) if draft is not None else None
    if draft is None or post is None or ctx.now - draft.at > timedelta(hours=UNDO_HOURS):
        return say(_GONE)
    if not may(ctx.roles, Verb.PEOPLE):
        return say(why_not(Verb.PEOPLE))
    key, title = post.key, post.title
    if not remove_post(ctx.session, post):
        return say(f"{title} has a holder or leads an action by now, so nothing was undone.")
    record_command(ctx.session, "post taken back", {"post": key, "is": title}, ctx.signed())
    use_draft(ctx, draft)
    _forget_names(ctx)
    return receipt(f"Undone: {title} is no post of the plan.")


def _forget_names(ctx: RequestContext) -> None:
    for name in ("posts", "plan_names", "vocabulary"):
        ctx.__dict__.pop(name, None)
