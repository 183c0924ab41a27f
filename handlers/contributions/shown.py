"""`contributions`: who has given a return for a meeting and who has not, and one return as it was given."""

from collections.abc import Sequence

from handlers.actions.redact import NOT_CHANGED
from handlers.commands.contributions import RedactContribution, ShowContributions, ShowWanted
from handlers.context import RequestContext
from handlers.contributions.next_steps import step_buttons
from handlers.contributions.records import GiveContribution
from handlers.contributions.returns import Returns, contributing_post, parts_given, returns_meant, whose_meant
from handlers.formatting import day_said, listed, number_said
from handlers.permissions import About, may
from handlers.preconditions import check_may_of_board
from handlers.press_codec import ask_button, ask_which, press_button, shareable
from handlers.responses import Button, Content, Group, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import ReturnPart, Verb
from models.plan.queries import REDACTED
from models.records.return_entries import mark_contributions_stale, redact_contribution
from models.rules.calendar import local_day
from models.rules.contributions import GUIDE_WORDS, Contributor
from models.storage.history_tables import Contribution


def asked_of_partner(returns: Returns) -> str:
    """Return what a return holds, in a sentence."""
    fewest, most = GUIDE_WORDS
    return f"Please say {'; '.join(part.value for part in ReturnPart)}: {fewest} to {most} words in all, as a rule."


def give_button(returns: Returns, whose: Contributor, label: str = "Contribute…") -> Button:
    """Return what opens the form of a return."""
    entry = returns.given.get(whose.slot)
    value = GiveContribution(meeting=returns.meeting.id, post=whose.post_id, seen=entry.id if entry else 0)
    return press_button(label, value)


def show_wanted(ctx: RequestContext, command: ShowWanted) -> Response:
    """Answer `contribute [ORGANISATION] [for MEETING]`: what is wanted, with the form."""
    returns = returns_meant(ctx, command.meeting)
    whose = whose_meant(ctx, returns, command.whose, lambda rows: _which(returns, rows, "contribute"))
    if whose.slot in returns.given:
        return _one(ctx, returns, whose)
    due = returns.calendar.dates(returns.meeting).updates_due
    return Response(
        Content(
            f"For the {returns.named}, a contribution of {whose.named} is wanted by {day_said(due)}.",
            intro=(asked_of_partner(returns),),
            buttons=(give_button(returns, whose),),
            footer=("Or in your own words: “/cypp contribute: we trained three teams …”, with or without headings.",),
        )
    )


def _which(returns: Returns, rows: Sequence[Contributor], name: str) -> tuple[Button, ...]:
    day = returns.calendar.day(returns.meeting).isoformat()
    named = [(one.named, f"{name} {one.service or one.organisation} for {day}") for one in rows]
    return ask_which("Choose an organisation…", named)


def show_contributions(ctx: RequestContext, command: ShowContributions) -> Response:
    """Answer `contributions [ORGANISATION] [for MEETING]`."""
    returns = returns_meant(ctx, command.meeting)
    if command.whose:
        return _one(
            ctx, returns, whose_meant(ctx, returns, command.whose, lambda rows: _which(returns, rows, "contributions"))
        )
    given = returns.given
    day = returns.calendar.day(returns.meeting).isoformat()
    lines = tuple(_line(ctx, one, given[one.slot]) for one in returns.contributors if one.slot in given)
    silent = [one.named for one in returns.owed]
    nobody = [one.named for one in returns.contributors if not one.post_id]
    asked = [
        (one.named, f"contributions {one.service or one.organisation} for {day}")
        for one in returns.contributors
        if one.slot in given
    ]
    all_said = number_said(len(lines) + len(silent), "contribution")
    return Response(
        Content(
            f"For the {returns.named}: {len(lines)} of {all_said} received.",
            groups=(
                Group(
                    "Received", texts=lines, empty="" if lines else "None yet.", buttons=ask_which("Read one…", asked)
                ),
                *((Group("No contribution received from", texts=tuple(silent)),) if silent else ()),
                *((Group("Not asked, as no post of theirs is in the plan", texts=tuple(nobody)),) if nobody else ()),
            ),
            shareable=shareable(f"contributions for {day}"),
        )
    )


def _line(ctx: RequestContext, whose: Contributor, entry: Contribution) -> str:
    return f"{whose.named}: {entry.signature}, {day_said(local_day(entry.at, ctx.zone))}"


def _one(ctx: RequestContext, returns: Returns, whose: Contributor) -> Response:
    """Return one return as it stands, with its history and, for whoever keeps the board, its lines as actions."""
    entry = returns.given.get(whose.slot)
    if entry is None:
        return say(f"No contribution of {whose.named} was received for the {returns.named} yet.")
    gives = may(ctx.roles, Verb.CONTRIBUTE, About(contributing_post(ctx, whose), returns.calendar.board.id))
    history = [one for one in returns.history if returns.whose(one) == whose]
    said = tuple(
        f"{day_said(local_day(one.at, ctx.zone))}, {one.signature}: "
        + ("undone" if one.undoes_id else listed([part.value for part in parts_given(one)]) or REDACTED)
        for one in history
    )
    groups = [
        Group(f"{part.value[0].upper()}{part.value[1:]}", texts=(words,)) for part, words in parts_given(entry).items()
    ]
    if entry.redaction:
        groups = [Group(texts=(f"{REDACTED.capitalize()}: {entry.redaction}",))]
    return Response(
        Content(
            f"The contribution of {whose.named} for the {returns.named}.",
            groups=(
                *groups,
                *step_buttons(ctx, returns, entry),
                *((Group("History", texts=said),) if said[1:] else ()),
            ),
            buttons=(give_button(returns, whose, "Change…"),) if gives else (),
            footer=(f"Signed {entry.signature}, {day_said(local_day(entry.at, ctx.zone))}.",),
        )
    )


def redact_return(ctx: RequestContext, command: RedactContribution) -> Response:
    """Empty the words of all entries of one return."""
    returns = returns_meant(ctx, command.meeting)
    check_may_of_board(ctx, Verb.REDACT, returns.calendar.board.id, typed=command.whose)
    whose = whose_meant(
        ctx, returns, command.whose, lambda rows: _which(returns, rows, "contribution redact"), command.whose
    )
    entries = [one for one in returns.history if returns.whose(one) == whose and one.parts]
    if not entries:
        return say(f"No words of {whose.named} stand for the {returns.named}, so there is nothing to redact.")
    if not command.reason:
        return say(
            f"Why is the contribution of {whose.named} redacted? Nothing was changed yet.",
            f"Say for instance “/cypp contribution redact {whose.organisation} because it describes a child”.",
        )
    check_reason(ctx, command.reason)
    why = f"{command.reason} ({ctx.signed().signature}, {day_said(ctx.today)})"
    messages = sum(redact_contribution(ctx.session, entry, why, ctx.now).messages for entry in entries)
    mark_contributions_stale(ctx.session, returns.calendar.board.id, returns.meeting.id)
    changed = (
        f"{number_said(messages, 'message')} of this bot, within a minute" if messages else "no message of this bot"
    )
    return receipt(
        f"Redacted: the contribution of {whose.named} for the {returns.named} is emptied.",
        f"“{command.reason}”",
        f"Changed: {number_said(len(entries), 'entry', 'entries')}; {changed}.",
        NOT_CHANGED,
        buttons=(
            ask_button("Contributions", f"contributions for {returns.calendar.day(returns.meeting).isoformat()}"),
        ),
    )
