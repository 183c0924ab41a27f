"""`org`: the organisations of the plan, what they are called from when on, and their closed dates."""

from collections.abc import Sequence
from datetime import date

from handlers.boards.board_card import NONE_AHEAD, closed_days_said, closed_said
from handlers.boards.board_settings import closed_dates
from handlers.boards.stored_settings import undo_changes
from handlers.buttons import day_buttons
from handlers.commands.boards import CloseOrganisation, RenameOrganisation, ShowOrganisations
from handlers.commands.questions import DAY_MEANT
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, number_said
from handlers.permissions import may, why_not
from handlers.press_codec import ask_which, shareable
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.plan_names import NameKind
from handlers.responses import Content, Group, NotDone, Response, receipt, say
from handlers.safeguarding.detection import refusal, refused
from models.enums import Verb
from models.plan.people_reads import organisations_of, posts_of_organisation
from models.plan.renames import names_of, renamed
from models.records.settings_log import record_setting_changes
from models.rules.lengths import MAX_TITLE
from models.storage.tables import Organisation, Post


def show_organisations(ctx: RequestContext, command: ShowOrganisations) -> Response:
    """Answer `orgs` and `org NAME`."""
    rows = organisations_of(ctx.session)
    if not rows:
        return say("The plan names no organisations yet.")
    if command.name:
        row = organisation_meant(ctx, rows, command.name, "org {name}")
        return Response(Content(f"{row.name}.", groups=(Group(texts=_facts(ctx, row)),)))
    texts = []
    for row in rows:
        closed = closed_said(row.closed, ctx)
        notes = [*_to_come(row), *_last_day(row), *([f"closed {closed}"] if closed != NONE_AHEAD else [])]
        called = f"{row.name} ({_aliases(row)})" if row.aliases else row.name
        texts.append(": ".join(filter(None, (called, "; ".join(notes)))))
    return Response(
        Content(
            f"{number_said(len(rows), 'organisation')} in the plan.",
            groups=(Group(texts=tuple(texts)),),
            shareable=shareable("orgs"),
        )
    )


def _facts(ctx: RequestContext, row: Organisation) -> tuple[str, ...]:
    posts = posts_of_organisation(ctx.session, row)
    return (
        f"Also called: {_aliases(row) or 'nothing else'}",
        f"Posts: {', '.join(post.title for post in posts) or 'none'}",
        f"Contributes to a focus theme by: {contributors_said(row, posts)}",
        *(f"L{one[1:]}" for one in _last_day(row)),
        f"Closed days: {closed_said(row.closed, ctx)}",
        *(f"To come: {said}" for said in _to_come(row)),
    )


def contributors_said(row: Organisation, posts: Sequence[Post]) -> str:
    """Return who gives an organisation's contributions to a focus theme."""
    named = [post.title for post in posts if post.key in row.contributors]
    if not named:
        return "the post that leads most of its open actions" if posts else "nobody, as it has no post"
    return listed(named)


def _last_day(row: Organisation) -> list[str]:
    return [f"last day {day_said(row.last_day)}"] if row.last_day is not None else []


def _aliases(row: Organisation) -> str:
    return ", ".join(row.aliases)


def _to_come(row: Organisation) -> list[str]:
    return [f"{name} from {day_said(date.fromisoformat(day))}" for day, name in sorted(row.renames)]


def is_organisation(ctx: RequestContext, words: str) -> bool:
    """Return whether these words are a name of one organisation of the plan."""
    found = find_name(words, ctx.vocabulary, NameKind.ORGANISATION)
    return found.one is not None and found.likeness >= Likeness.SHORT


def organisation_meant(ctx: RequestContext, rows: list[Organisation], words: str, again: str) -> Organisation:
    """Return the organisation somebody means; what is less than a name of it is asked about, never taken."""
    found = find_name(words, ctx.vocabulary, NameKind.ORGANISATION)
    by_id = {row.id: row for row in rows}
    if found.one is not None and found.likeness >= Likeness.SHORT:
        return by_id[found.one.id]
    near = [by_id[name.id] for name in found.names or found.nearest]
    if not near:
        raise NotDone(say("I know no such organisation: “/cypp orgs” lists them.", typed=words))
    named = [(row.name, again.replace("{name}", row.key)) for row in near if len(again) < 1000]
    buttons = ask_which("Choose an organisation…", named)
    raise NotDone(say("Which organisation is meant?", typed=words, buttons=buttons))


def check_may_change(ctx: RequestContext, typed: str) -> None:
    """End the request of somebody who may not change an organisation."""
    if not may(ctx.roles, Verb.ORGANISATION):
        raise NotDone(say(why_not(Verb.ORGANISATION), typed=typed))


def rename_organisation(ctx: RequestContext, command: RenameOrganisation) -> Response:
    """Give an organisation a new name, today or from a coming day on."""
    check_may_change(ctx, command.becomes)
    rows = organisations_of(ctx.session)
    day = f" from {command.day}" if command.day else ""
    row = organisation_meant(ctx, rows, command.name, f"org {{name}} becomes {command.becomes}{day}")
    starts = read_day(command.day, ctx.today) if command.day else ctx.today
    if isinstance(starts, NoDay):
        buttons = day_buttons(starts.candidates, f"org {row.key} becomes {command.becomes} from {DAY_MEANT}")
        return say(f"{starts.say} Nothing was changed.", typed=command.day, buttons=buttons)
    if starts < ctx.today:
        return say(
            f"{day_said(starts)} is past, so nothing was changed: leave the day out for a name that holds from today.",
            typed=command.day,
        )
    new = " ".join(command.becomes.split())
    problem = _problem(row, rows, new)
    if problem is not None:
        return problem
    before = row.name
    intro = [f"Before: {before}."]
    if starts == ctx.today:
        values = renamed(row, new) | {"renames": [one for one in row.renames if one[0] != starts.isoformat()]}
        headline = f"{before} is called {new} now."
        intro.append("The old name is still understood; what was signed under it stays as it was written.")
    else:
        # One name a day: said again for the same day, the later words count.
        others = [one for one in row.renames if one[0] != starts.isoformat()]
        values = {"renames": sorted([*others, [starts.isoformat(), new]])}
        headline = f"{before} becomes {new} from {day_said(starts)} on."
        intro = ["Until then it keeps its old name. What was signed under the old name stays as it was written."]
    changes = record_setting_changes(ctx.session, row, values, ctx.signed())
    for name in ("posts", "plan_names"):
        ctx.__dict__.pop(name, None)
    return receipt(headline, *intro, buttons=undo_changes(changes))


def _problem(row: Organisation, rows: list[Organisation], new: str) -> Response | None:
    """Return why a new name will not do."""
    if len(new) > MAX_TITLE:
        return say(f"A name has at most {MAX_TITLE} characters, so nothing was changed.", typed=new)
    identifies = refused(new)
    if identifies:
        return say(refusal(identifies), typed=new)
    if new == row.name:
        return say(f"{row.name} already has that name: nothing was changed.")
    for other in rows:
        if other.id != row.id and new.casefold() in {name.casefold() for name in names_of(other)}:
            return say(f"“{new}” means {other.name} already, so nothing was changed: give another name.", typed=new)
    return None


def close_organisation(ctx: RequestContext, command: CloseOrganisation) -> Response:
    """Close an organisation on some days, or open it: requests then wait for its first open day."""
    check_may_change(ctx, command.days)
    because = f" because {command.reason}" if command.reason else ""
    again = f"org {{name}} {'closed' if command.closed else 'open'} {command.days}{because}"
    row = organisation_meant(ctx, organisations_of(ctx.session), command.name, again)
    closed = closed_dates(ctx, row.closed, command.days, command.reason, close=command.closed)
    if closed == row.closed:
        return say(f"{row.name} is closed then already: nothing was changed.")
    new = [one for one in closed if one not in row.closed]
    changes = record_setting_changes(ctx.session, row, {"closed": closed}, ctx.signed())
    what = f"closed {'; '.join(closed_days_said(one) for one in new)}" if command.closed else "open on those days"
    return receipt(
        f"{row.name}: {what}.",
        f"Closed days now: {closed_said(closed, ctx)}.",
        "What its posts would be asked on those days goes out on the first open day, if updates are not yet due.",
        buttons=undo_changes(changes),
    )
