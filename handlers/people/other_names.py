"""`other names`: what else a post or an organisation is called, by which everybody may name it from then on."""

from handlers.commands.people import ChangeOtherNames, ShowOtherNames
from handlers.context import RequestContext
from handlers.formatting import number_said
from handlers.permissions import may, why_not
from handlers.press_codec import ask_button, ask_which, shareable
from handlers.reading.days import read_found
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import plain, quoted
from handlers.reading.plan_names import NameKind, PlanName, name_of_organisation, name_of_post
from handlers.reading.targets import ActionTarget, read_target
from handlers.responses import Content, Group, NotDone, Response, receipt, say
from handlers.safeguarding.confirmation import objection
from models.enums import Verb
from models.plan.people_reads import organisation_by_id, post_by_id
from models.records.settings_log import record_setting_changes
from models.rules.lengths import MAX_TITLE
from models.rules.status_words import RATING_WORDS
from models.storage.tables import Organisation, Post

_NAMED = (NameKind.POST, NameKind.ORGANISATION)
_TAKEN = (*_NAMED, NameKind.BOARD, NameKind.THEME, NameKind.PRIORITY)
"""What else may be called so already."""
_SAFE = 2
"""Letters that a name has at least."""


def show_other_names(ctx: RequestContext, command: ShowOtherNames) -> Response:
    """Answer `other names [post or organisation]`."""
    rows = _all_named(ctx)
    if command.about:
        meant = _meant(ctx, command.about, "other names {name}")
        return say(f"{meant.label} is also called: {', '.join(_row(ctx, meant).aliases) or 'nothing else'}.")
    texts = tuple(f"{one.label}: {', '.join(one.others)}" for one in rows if one.others)
    many = number_said(sum(len(one.others) for one in rows), "other name")
    return Response(
        Content(
            f"{many} of posts and organisations." if texts else "Nothing has another name yet.",
            groups=(Group(texts=texts),) if texts else (),
            footer=("To add one: “/cypp other names DPH means Director of Public Health”.",),
            shareable=shareable("other names"),
        )
    )


def change_other_names(ctx: RequestContext, command: ChangeOtherNames) -> Response:
    """Give a post or an organisation another name, or take one away."""
    if not may(ctx.roles, Verb.ORGANISATION):
        return say(why_not(Verb.ORGANISATION), typed=command.name)
    name = " ".join(command.name.split())
    return _take_away(ctx, name) if command.remove else _give(ctx, name, command.means)


def _give(ctx: RequestContext, name: str, means: str) -> Response:
    meant = _meant(ctx, means, f"other names {name} means {{name}}")
    problem = _unfit(name) or objection(ctx, name) or _taken(ctx, name, meant)
    if problem is not None:
        return problem
    row = _row(ctx, meant)
    _store(ctx, row, [*row.aliases, name])
    return receipt(
        f"{quoted(name)} means {meant.label} now.",
        "Anyone may use that name for it.",
        buttons=(ask_button("Undo", f"other names remove {name}"),),
    )


def _take_away(ctx: RequestContext, name: str) -> Response:
    for one in _all_named(ctx):
        called = next((other for other in one.others if plain(other) == plain(name)), None)
        if called is not None:
            row = _row(ctx, one)
            _store(ctx, row, [other for other in row.aliases if other != called])
            undo = ask_button("Undo", f"other names {called} means {one.key}")
            return receipt(f"{quoted(called)} does not mean {one.label} any more.", buttons=(undo,))
    listed = "“/cypp other names” lists them; a title or a name as printed cannot be taken away."
    return say(f"{quoted(name)} is no other name of a post or an organisation: nothing was changed.", listed)


def _all_named(ctx: RequestContext) -> list[PlanName]:
    posts, organisations = ctx.plan_names.posts, ctx.plan_names.organisations
    return [*map(name_of_post, posts), *map(name_of_organisation, organisations)]


def _store(ctx: RequestContext, row: Post | Organisation, aliases: list[str]) -> None:
    record_setting_changes(ctx.session, row, {"aliases": aliases}, ctx.signed())
    for cached in ("posts", "plan_names", "vocabulary"):
        ctx.__dict__.pop(cached, None)


def _row(ctx: RequestContext, meant: PlanName) -> Post | Organisation:
    found = (post_by_id if meant.kind is NameKind.POST else organisation_by_id)(ctx.session, meant.id)
    assert found is not None  # noqa: S101 - a name of the plan has its row
    return found


def _meant(ctx: RequestContext, words: str, again: str) -> PlanName:
    """Return the post or organisation that is meant; what is less than every word of a name begun is asked about."""
    found = find_name(words, ctx.vocabulary, *_NAMED)
    # "The police" are the organisation, before its one post.
    whole = [one for one in found.names if one.kind is NameKind.ORGANISATION]
    one = whole[0] if len(whole) == 1 else found.one
    if one is not None and found.likeness >= Likeness.BEGUN:
        return one
    near = [*(found.names or found.nearest)]
    if not near:
        raise NotDone(
            say("I know no such post or organisation: “/cypp people” and “/cypp orgs” list them.", typed=words)
        )
    named = [(one.label, again.replace("{name}", one.key)) for one in near]
    raise NotDone(
        say(f"Which one is meant by {quoted(words)}? Nothing was changed yet.", buttons=ask_which("Choose one…", named))
    )


def _unfit(name: str) -> Response | None:
    """Return why something cannot be a name at all."""
    if len(name) > MAX_TITLE:
        return say(f"A name has at most {MAX_TITLE} characters, so nothing was changed.", typed=name)
    if sum(one.isalpha() for one in name) < _SAFE:
        return say(f"A name has at least {_SAFE} letters, so nothing was changed.", typed=name)
    if plain(name).replace("-", " ") in RATING_WORDS:
        return say(f"{quoted(name)} is read as a status, so nothing was changed: choose another name.")
    return None


def _taken(ctx: RequestContext, name: str, meant: PlanName) -> Response | None:
    """Return what a name means already; None where it means nothing."""
    means = ""
    for kind in _TAKEN:
        found = find_name(name, ctx.vocabulary, kind)
        for other in found.names if found.likeness >= Likeness.SHORT else ():
            if (other.kind, other.id) == (meant.kind, meant.id):
                return say(f"{quoted(name)} means {meant.label} already: nothing was changed.")
            means = other.label
    target = read_target(name, ctx.vocabulary)
    day = read_found(name, ctx.today)
    means = means or (target.ref if isinstance(target, ActionTarget) else "") or ("a day" if day is not None else "")
    if not means:
        return None
    return say(f"{quoted(name)} means {means} already, so nothing was changed: choose another name.")
