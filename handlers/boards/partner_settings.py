"""`org X contributor POST`, `org X ends DAY`: who contributes to a focus theme for a partner, and until when.

Source: docs/explanation/boards-and-dates.md, Contributions to a focus theme.
"""

import re

from handlers.boards.organisations import check_may_change, contributors_said, organisation_meant
from handlers.boards.stored_settings import show_requests_anew, undo_changes
from handlers.buttons import day_buttons
from handlers.commands.boards import EndOrganisation, SetContributors
from handlers.commands.questions import DAY_MEANT
from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.press_codec import ask_which
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.normalise import quoted
from handlers.reading.plan_names import NameKind
from handlers.responses import NotDone, Response, receipt, say
from models.plan.people_reads import organisations_of, posts_of_organisation
from models.records.settings_log import record_setting_changes
from models.rules.contributions import has_ended
from models.storage.tables import Organisation, Post

_BETWEEN = re.compile(r"\s*(?:[,;\n]|(?<![^\W_])and(?![^\W_]))\s*")


def set_contributors(ctx: RequestContext, command: SetContributors) -> Response:
    """Name the posts that contribute for an organisation, in the place of those that did; or none."""
    again = f"org {{name}} contributor {command.posts or 'none'}"
    check_may_change(ctx, command.posts or command.name)
    row = organisation_meant(ctx, organisations_of(ctx.session), command.name, again)
    posts = posts_of_organisation(ctx.session, row)
    whole = find_name(command.posts, ctx.vocabulary, NameKind.POST)
    known = whole.one is not None and whole.likeness >= Likeness.SHORT
    typed = [command.posts] if known else [one for one in _BETWEEN.split(command.posts) if one]
    keys = list(dict.fromkeys(_own_post(ctx, row, posts, words).key for words in typed))
    if keys == list(row.contributors):
        return say(f"{row.name} is set to that already: nothing was changed.")
    changes = record_setting_changes(ctx.session, row, {"contributors": keys}, ctx.signed())
    show_requests_anew(ctx)
    return receipt(
        f"{row.name} contributes to a focus theme by {contributors_said(row, posts)} now.",
        "Each gives a contribution of its own." if keys[1:] else "",
        buttons=undo_changes(changes),
    )


def _own_post(ctx: RequestContext, row: Organisation, posts: list[Post], words: str) -> Post:
    """Return the post of an organisation that is meant, or end the request with those that it has."""
    found = find_name(words, ctx.vocabulary, NameKind.POST)
    sure = found.one if found.likeness >= Likeness.SHORT else None
    own = next((post for post in posts if sure is not None and post.id == sure.id), None)
    if own is not None:
        return own
    why = f"{sure.label} is no post of {row.name}" if sure is not None else f"I know no post called {quoted(words)}"
    has = f"it has {listed([post.title for post in posts])}" if posts else "it has no post in the plan"
    each = [(post.title, f"org {row.key} contributor {post.key}") for post in posts]
    buttons = ask_which("Choose a post…", each)
    raise NotDone(say(f"{why}, so nothing was changed: {has}.", typed=words, buttons=buttons))


def end_organisation(ctx: RequestContext, command: EndOrganisation) -> Response:
    """Set the last day of an organisation, or take it away: from the day after it is asked for no contribution."""
    check_may_change(ctx, command.day or command.name)
    row = organisation_meant(
        ctx, organisations_of(ctx.session), command.name, f"org {{name}} ends {command.day or 'never'}"
    )
    day = read_day(command.day, ctx.today) if command.day else None
    if isinstance(day, NoDay):
        buttons = day_buttons(day.candidates, f"org {row.key} ends {DAY_MEANT}")
        return say(f"{day.say} Nothing was changed.", typed=command.day, buttons=buttons)
    if day == row.last_day:
        return say(f"{row.name} is set to that already: nothing was changed.")
    changes = record_setting_changes(ctx.session, row, {"last_day": day}, ctx.signed())
    show_requests_anew(ctx)
    if day is None:
        return receipt(f"{row.name} does not end: it is asked for contributions.", buttons=undo_changes(changes))
    ends = "ended" if has_ended(day, ctx.today) else "ends"
    return receipt(
        f"{row.name} {ends} on {day_said(day)}: after that it is asked for no contribution.",
        "What it gave stays on record, and its posts keep their actions until those are assigned to somebody else.",
        buttons=undo_changes(changes),
    )
