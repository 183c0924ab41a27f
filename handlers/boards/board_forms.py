"""*Change…* under a board's settings: a form with today's values; what is left as it stands is not touched."""

from collections.abc import Mapping
from datetime import date

from handlers.boards.board_card import ChangeSettings
from handlers.boards.secretary_change import board_to_change, change
from handlers.boards.stored_settings import Values
from handlers.context import RequestContext
from handlers.form_texts import form_response
from handlers.formatting import day_said
from handlers.people.menus import NO_POST, holders
from handlers.press_codec import Words, has_changed, number_in, press_button, stands_as
from handlers.reading.board_commands import MOST_DAYS, read_number_of_days
from handlers.responses import Choice, Field, FormErrors, Response, say
from models.enums import Nation
from models.storage.tables import Board


class SettingsForm(ChangeSettings):
    """Its form; `stood`: how the settings stood when it was opened."""

    stood: Words = ""


def board_form(ctx: RequestContext, value: ChangeSettings) -> Response:
    """Answer the button *Change…*."""
    row = board_to_change(ctx, value.board)
    fields = [
        Field("papers", "Papers, clear days before it meets", "line", initial=str(row.papers_days), max_length=20),
        Field(
            "sort",
            "Those are",
            kind="choice",
            initial="working" if row.papers_working else "calendar",
            choices=(Choice("working", "working days"), Choice("calendar", "calendar days")),
        ),
        Field(
            "updates",
            "Updates due, working days before the papers",
            kind="line",
            initial=str(row.updates_days),
            max_length=20,
        ),
        Field(
            "nation",
            "Bank holidays of",
            kind="choice",
            initial=row.nation.value,
            choices=tuple(Choice(one.value, one.value) for one in Nation),
        ),
        Field(
            "ask",
            "Leads are asked for",
            kind="choice",
            initial="all" if row.ask_all else "due",
            choices=(Choice("due", "what is due or overdue"), Choice("all", "all its open deliverables")),
        ),
        Field(
            "until",
            "The chair’s last day, if it is known",
            kind="date",
            initial=row.chair_until.isoformat() if row.chair_until else "",
            optional=True,
        ),
    ]
    fields[5:5] = [
        Field(name, label, "choice", initial=str(post or NO_POST), choices=holders(ctx), source="holders")
        for name, label, post in (
            ("secretary", "Secretary", row.secretary_post_id),
            ("chair", "Chair", row.chair_post_id),
        )
    ]
    if row.channel:
        publish = Field(
            "publish",
            "The digest is published",
            kind="choice",
            initial="once" if row.publish_at_once else "press",
            choices=(Choice("press", "when Publish is pressed"), Choice("once", "at once")),
        )
        fields.insert(5, publish)
    return form_response(
        "Change the board",
        SettingsForm(board=row.id, stood=stands_as(*_shown(row))),
        "Change",
        *fields,
        intro=(
            row.name,
            f"Closed days and the channel are changed in words: “/cypp board {row.key} closed 28/12 to 1/1”.",
        ),
    )


def _shown(row: Board) -> tuple[object, ...]:
    """Return what of a board's settings the form shows."""
    return (
        row.papers_days,
        row.papers_working,
        row.updates_days,
        row.ask_all,
        row.nation,
        row.secretary_post_id,
        row.chair_post_id,
        row.chair_until,
        bool(row.channel) and row.publish_at_once,
    )


def board_sent(ctx: RequestContext, value: SettingsForm, fields: Mapping[str, str]) -> Response:
    """Take in the form *Change…*: only what differs is changed, and nothing where others changed it meanwhile."""
    row = board_to_change(ctx, value.board)
    if has_changed(value.stood, _shown(row)):
        return say(
            f"The {row.name} was changed while the form was open, so nothing of yours was stored: please look again.",
            buttons=(press_button("Change…", ChangeSettings(board=row.id)),),
        )
    values, errors = _read(ctx, row, fields)
    return Response(FormErrors(errors)) if errors else change(ctx, row, values)


def _read(ctx: RequestContext, row: Board, fields: Mapping[str, str]) -> tuple[Values, dict[str, str]]:
    """Return what was put in: the new values, and one sentence for each field that must be put right."""
    values: Values = {}
    errors: dict[str, str] = {}
    for name, column in (("papers", "papers_days"), ("updates", "updates_days")):
        said = read_number_of_days(fields.get(name, ""))
        if isinstance(said, str):
            errors[name] = f"Write a number from 0 to {MOST_DAYS}."
        else:
            values[column] = said.number
    values["papers_working"] = fields.get("sort") != "calendar"
    values["ask_all"] = fields.get("ask") == "all"
    values["nation"] = next((one for one in Nation if one.value == fields.get("nation")), row.nation)
    if row.channel:
        values["publish_at_once"] = fields.get("publish") == "once"
    values |= {"chair_post_id": row.chair_post_id}
    for name in {"secretary", "chair"} & fields.keys():
        post = number_in(fields[name])
        if post and post not in ctx.posts:
            errors[name] = "Choose a post of this plan."
        values[f"{name}_post_id"] = post or None
    values["chair_until"] = None
    if fields.get("until"):
        try:
            until = date.fromisoformat(fields["until"])
        except ValueError:
            return values, {**errors, "until": "Choose a day."}
        if until < ctx.today and until != row.chair_until:
            errors["until"] = f"{day_said(until)} is past: choose a coming day."
        elif values["chair_post_id"] is None:
            errors["until"] = "There is no chair: take the day out, or choose one."
        values["chair_until"] = until
    return values, errors
