"""The form behind `add`: one action with its kind, what it serves, its lead or partners, and when it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.actions.new_actions import Drafted, kept_boards, latest_given, parts_from, prefix_of, served
from handlers.context import RequestContext
from handlers.form_texts import form_response, one_line_in
from handlers.formatting import kind_said, meeting_said
from handlers.people.menus import ALL_ACTIONS, NO_LEAD_CHOICE, is_coming, leads
from handlers.preconditions import wrong_field
from handlers.press_codec import OnDraft, number_in
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from handlers.reading.lead_names import LeadAsk, Partners, read_lead, read_partners
from handlers.reading.targets import PriorityTarget, ThemeTarget, read_target
from handlers.reading.vocabulary import PlanNames
from handlers.responses import Choice, Field, FormErrors, NotDone, Response
from models.enums import Kind
from models.plan.action_rows import NewAction
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.lengths import MAX_TITLE, MAX_WORDS

MOST_GIVEN = 6
KINDS = tuple(Choice(kind.value, kind_said(kind)) for kind in (Kind.BOARD_ACTION, Kind.DELIVERABLE, Kind.STANDING))
SERVES = Field(
    "serves",
    "Theme or priorities",
    kind="line",
    hint="For instance “theme healthy”, or “7, 8”. A board action may leave it empty.",
    optional=True,
    max_length=120,
)


class AddOneForm(OnDraft):
    """The form for one action; with the draft where it was typed as a line before."""

    verb = "add"


def add_form(ctx: RequestContext, draft: str, typed: Mapping[str, str] | None = None) -> Response:
    """Return the form, filled in with what was typed already."""
    typed = typed or {}
    kept = kept_boards(ctx)
    several = len(kept) > 1
    coming = [(calendar, meeting) for calendar in kept for meeting in calendar.meetings if is_coming(ctx, meeting)]
    held = [(calendar, meeting) for calendar in kept for meeting in calendar.dated if meeting.begun(ctx.now)]
    held = sorted(held, key=lambda row: row[1].start, reverse=True)[:MOST_GIVEN]
    latest = latest_given(ctx, kept[0]) if not several else None
    beginning = f"This is its beginning: an action has up to {MAX_WORDS:,} characters."
    too_long = len(typed.get("words", "")) > MAX_WORDS
    fields = [
        Field("words", "What is to be done?", max_length=MAX_WORDS, hint=beginning if too_long else ""),
        Field("kind", "Kind", "choice", initial=Kind.BOARD_ACTION.value, choices=KINDS),
        Field("lead", "Lead", "choice", choices=leads(ctx), source="leads"),
        Field(
            "partners",
            "Partners, where it is for all of them",
            hint="Left empty: every organisation. One a line; “police: Superintendent” says who is asked for it.",
            optional=True,
        ),
        SERVES,
    ]
    if several:
        boards = tuple(Choice(str(calendar.board.id), calendar.board.name) for calendar in kept)
        fields.append(Field("board", "Home board", "choice", choices=boards))
    if coming:
        choices = tuple(Choice(str(meeting.id), _said(calendar, meeting, several)) for calendar, meeting in coming)
        fields.append(Field("due", "Due meeting", "choice", choices=choices, optional=True))
    fields.append(Field("day", "Or due on a day (board actions)", "date", optional=True))
    if held:
        choices = tuple(Choice(str(meeting.id), _said(calendar, meeting, several)) for calendar, meeting in held)
        initial = str(latest.id) if latest else ""
        fields.append(Field("given", "Agreed at", "choice", initial=initial, choices=choices, optional=True))
    commas = "With commas between them."
    fields += [
        Field("minute", "Minute", "line", optional=True, max_length=60),
        Field("supporting", "Supporting organisations", "line", hint=commas, optional=True, max_length=300),
        Field("source", "Document or message it is from", "line", optional=True, max_length=MAX_TITLE),
    ]
    filled = (replace(field, initial=typed.get(field.name, field.initial)) for field in fields)
    return form_response("Add an action", AddOneForm(draft=draft), "Add", *filled)


def _said(calendar: BoardCalendar, meeting: MeetingFacts, several: bool) -> str:
    said = meeting_said(meeting, calendar)
    return f"{said}, {calendar.board.key}" if several else said


def form_of(ctx: RequestContext, one: Drafted) -> dict[str, str]:
    """Return what one line was read as, as the fields of the form."""
    new = one.new
    if new is None:
        return {"words": one.words or one.typed}
    partners_known = ctx.plan_names if new.parts else PlanNames()
    titles = {post.id: post.title for post in partners_known.posts}
    names = {organisation.id: organisation.name for organisation in partners_known.organisations}
    partners = (f"{names[p.organisation_id]}: {titles.get(p.lead_post_id or 0, 'no post yet')}" for p in new.parts)
    filled = {
        "words": new.words,
        "kind": new.kind.value,
        "lead": ALL_ACTIONS if new.parts else str(new.lead_post_id or NO_LEAD_CHOICE),
        "partners": "\n".join(partners),
        "serves": serves_typed(ctx, new.theme_id, new.priority_ids),
        "board": str(new.board_id),
        "due": str(new.due_meeting_id or ""),
        "day": new.due_date.isoformat() if new.due_date else "",
        "given": str(new.given_meeting_id or ""),
        "minute": new.minute,
    }
    return {name: text for name, text in filled.items() if text}


def serves_typed(ctx: RequestContext, theme_id: int | None, priority_ids: Sequence[int]) -> str:
    """Return what an action serves, as somebody would type it: "theme healthy", "7, 8"."""
    theme = next((f"theme {theme.key}" for theme in ctx.themes if theme.id == theme_id), "")
    return theme or ", ".join(str(priority.number) for priority in ctx.priorities if priority.id in priority_ids)


def new_from(ctx: RequestContext, fields: Mapping[str, str]) -> NewAction:
    """Return the action to add from the form's fields."""
    errors: dict[str, str] = {}
    given = {name: text.strip() for name, text in fields.items()}
    kept = {calendar.board.id: calendar for calendar in kept_boards(ctx)}
    calendar = next(iter(kept.values())) if len(kept) == 1 else kept.get(number_in(given.get("board", "")))
    if calendar is None:
        raise wrong_field("board", "Choose a board whose list you keep.")
    try:
        kind = Kind(given.get("kind", ""))
    except ValueError:
        raise wrong_field("kind", "Choose one of the three.") from None
    words = one_line_in(fields, "words")
    if not words:
        errors["words"] = "Say what is to be done."
    serves = read_serves(ctx, given.get("serves", ""), kind, errors)
    theme_id, priority_ids = served(ctx, serves)
    partners, lead = None, None
    if given.get("lead") == ALL_ACTIONS:
        named = given.get("partners", "")
        whole = not named or named.lower().startswith(("all ", "every "))
        read = read_lead(named or "all partners", ctx.vocabulary) if whole else read_partners(named, ctx.vocabulary)
        if isinstance(read, Partners):
            partners = read
        else:
            errors["partners"] = read.say if isinstance(read, LeadAsk) else "Name organisations of the plan."
    elif given.get("lead") != NO_LEAD_CHOICE:
        lead = next((post.id for post in ctx.plan_names.posts if str(post.id) == given.get("lead")), None)
        if lead is None:
            errors["lead"] = "Choose a post of this plan, or “No lead yet”."
        elif given.get("partners"):
            errors["partners"] = "Only an action for all partners has them: choose “All partners” above, or empty this."
    due = calendar.by_id.get(number_in(given.get("due", "")))
    day = read_day(given["day"], ctx.today) if given.get("day") else None
    held = calendar.by_id.get(number_in(given.get("given", "")))
    if given.get("due") and (due is None or not is_coming(ctx, due)):
        errors["due"] = f"Choose a coming meeting of the {calendar.board.name}."
    elif kind is Kind.STANDING and (given.get("due") or day):
        errors["due" if given.get("due") else "day"] = "A standing commitment has no due meeting: leave this empty."
    elif kind is not Kind.BOARD_ACTION and day:
        errors["day"] = "Only a board action is due on a day: choose its due meeting instead."
    elif due is not None and day:
        errors["day"] = "It has a due meeting already: keep one of the two."
    elif isinstance(day, NoDay) or (day is not None and day < ctx.today):
        errors["day"] = day.say if isinstance(day, NoDay) else "That day is past."
    elif kind is not Kind.STANDING and due is None and day is None:
        errors["due" if calendar.next(ctx.now) else "day"] = "Choose when it is due."
    if given.get("given") and kind is Kind.BOARD_ACTION and (held is None or not held.begun(ctx.now)):
        errors["given"] = f"Choose a held meeting of the {calendar.board.name}."
    supporting: tuple[int, ...] = ()
    if given.get("supporting"):
        helping = read_partners(given["supporting"], ctx.vocabulary)
        if isinstance(helping, LeadAsk):
            errors["supporting"] = helping.say
        else:
            supporting = tuple(one for one, _ in helping.asked)
    if errors:
        raise NotDone(Response(FormErrors(errors)))
    given_at = held if kind is Kind.BOARD_ACTION else None
    return NewAction(
        words=words,
        kind=kind,
        board_id=calendar.board.id,
        prefix=prefix_of(ctx, kind, calendar, given_at, theme_id, priority_ids),
        theme_id=theme_id,
        priority_ids=priority_ids,
        lead_post_id=lead,
        parts=parts_from(ctx, partners) if partners else (),
        supporting=supporting,
        due_meeting_id=due.id if due else None,
        due_date=None if isinstance(day, NoDay) else day,
        given_meeting_id=given_at.id if given_at else None,
        minute=given.get("minute", "") if given_at else "",
        source={"document": given["source"]} if given.get("source") else {},
    )


def read_serves(
    ctx: RequestContext, typed: str, kind: Kind, errors: dict[str, str]
) -> PriorityTarget | ThemeTarget | None:
    """Return what was typed as theme or priorities; what is wrong with it goes among the errors."""
    if not typed:
        if kind is not Kind.BOARD_ACTION:
            errors["serves"] = "Name a theme or priorities: only a board action may leave this empty."
        return None
    numbers = typed if not typed.replace(",", "").replace(" ", "").isdecimal() else f"priorities {typed}"
    target = read_target(numbers, ctx.vocabulary)
    if isinstance(target, PriorityTarget | ThemeTarget) and not target.corrected_from:
        return target
    errors["serves"] = "Write “theme” and its name, or the numbers of priorities of this plan."
    return None
