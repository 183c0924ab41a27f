"""`papers MEETING front`: the front sheet as a Word file, what is still to be filled in, and forms that fill it in."""

from collections.abc import Collection, Mapping, Sequence

from handlers.commands.papers import SetFront, ShowFront
from handlers.context import RequestContext
from handlers.form_texts import form_response
from handlers.formatting import listed
from handlers.papers.files import word_file
from handlers.papers.front_fields import BY_NAME, FIELDS, LONGEST_FIELD, PARTS, FieldError, FrontField, field_in
from handlers.papers.front_sheet import PrintedFront, front_values, print_front, too_early
from handlers.papers.held_words import clearing, held_in_paper
from handlers.papers.meetings import command_line, meeting_of_paper, paper_named
from handlers.papers.printing import printable
from handlers.papers.report_undo import undo_report_button
from handlers.papers.report_values import report_values
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, PressValue, Words, has_changed, press_button, stands_as
from handlers.reading.normalise import quoted
from handlers.responses import (
    Button,
    Choice,
    Content,
    Field,
    FileToCome,
    FormErrors,
    Group,
    NotDone,
    Response,
    receipt,
    say,
)
from handlers.safeguarding.confirmation import objection
from models.enums import Verb, Way
from models.records.frozen_papers import template_of
from models.records.report_entries import set_report_value
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.history_tables import ReportEntry

_GONE = NotHere("That meeting is not in this plan any more, so it has no front sheet.")


class FillFront(PressValue):
    """*Heading…*, *Summary…*: opens the form for a part of a front sheet; `stood`: how it stood then."""

    verb = "front"
    meeting: Number = 0
    part: Number = 0
    stood: Words = ""


def show_front(ctx: RequestContext, command: ShowFront) -> Response:
    """Answer `papers [MEETING] front`: what is lacking, and the file after it."""
    calendar, meeting = meeting_of_paper(ctx, command.meeting, "front sheet", Verb.PAPERS)
    if ctx.way is Way.COMMAND_LINE:
        again = command_line(calendar, meeting, " --front")
        return say(f"The front sheet for the {paper_named(calendar, meeting)} is written with {again}.")
    return front_on_its_way(ctx, calendar, meeting)


def front_on_its_way(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, cleared: Collection[str] = ()
) -> Response:
    """Answer with what is lacking in a front sheet, what is held in it, and the file that follows."""
    file, printed = front_file(ctx, calendar, meeting, cleared)
    state = f"Not filled in yet: {listed(printed.lacking)}." if printed.lacking else "Every field is filled in."
    return Response(
        Content(
            f"The front sheet for the {paper_named(calendar, meeting)} is on its way to our direct conversation, as a "
            "Word file.",
            intro=tuple(filter(None, (state, printed.doubt))),
            groups=(*held_in_paper(printed.held_said), Group("Fill in", buttons=fill_buttons(meeting))),
            buttons=clearing(meeting, printed.held, cleared, front=1),
            footer=("What a board’s reports have in common is filled in once: choose “every report” in the form.",),
        ),
        file=file,
    )


def fill_buttons(meeting: MeetingFacts) -> tuple[Button, ...]:
    """Return a button for each part of a front sheet."""
    return tuple(
        press_button(f"{part}…", FillFront(meeting=meeting.id, part=n)) for n, part in enumerate(PARTS, start=1)
    )


def front_file(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, cleared: Collection[str] = ()
) -> tuple[FileToCome, PrintedFront]:
    """Return the front sheet as a file that follows an answer, and what is in it."""
    printed = print_front(ctx, calendar, meeting, cleared)
    _, template = template_of(ctx.session, calendar.board.id, "front")
    return word_file(calendar, meeting, printed.fields, "front", "the front sheet", template=template), printed


def set_front(ctx: RequestContext, command: SetFront) -> Response:
    """Answer `papers [MEETING] front FIELD: words`."""
    found = field_in(command.words)
    if found is None:
        labels = listed([one.called_short for one in FIELDS])
        raise NotDone(say(f"No field of the front sheet is called {quoted(command.words[:40])}. It has: {labels}."))
    before, one, words = found
    rest = f"{'always ' if command.usual else ''}{one.called_short}: {words}"
    calendar, meeting = meeting_of_paper(ctx, command.meeting or before, "front sheet", Verb.PAPERS, rest)
    if not words.strip():
        raise NotDone(
            say(
                f"There are no words for “{one.label}”, so nothing was changed.",
                buttons=(press_button(f"{one.part}…", FillFront(meeting=meeting.id, part=PARTS.index(one.part) + 1)),),
            )
        )
    if (objected := objection(ctx, words)) is not None:
        return objected
    try:
        value = _value(one, words)
    except FieldError as error:
        raise NotDone(say(f"{error} Nothing was changed.")) from None
    entry = _set(ctx, calendar, meeting, one.name, value, usual=command.usual)
    return _receipt(calendar, meeting, {one: value}, entry, usual=command.usual)


def _value(one: FrontField, words: str) -> str:
    """Return words as a field keeps them.

    Raises:
        FieldError: they cannot be this field's.
    """
    words = printable(words)
    if len(words) > LONGEST_FIELD:
        raise FieldError(f"“{one.label}” has {len(words):,} characters: {LONGEST_FIELD:,} fit.")
    return one.read(words) if words else ""


def _set(
    ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, name: str, value: str, *, usual: bool
) -> list[ReportEntry]:
    """Set a field of a report, or of all the board's: then the report's own gives way."""
    board_id, signed = calendar.board.id, ctx.signed()
    if not usual:
        return [set_report_value(ctx.session, board_id, meeting.id, name, value or None, signed)]
    own = report_values(ctx, calendar, meeting).own.get(name)
    entries = [set_report_value(ctx.session, board_id, None, name, value or None, signed)]
    if own is not None and own.value is not None:
        entries.append(set_report_value(ctx.session, board_id, meeting.id, name, None, signed))
    return entries


def _receipt(
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    fields: Mapping[FrontField, str],
    entries: Sequence[ReportEntry],
    *,
    usual: bool,
) -> Response:
    what = listed([f"“{one.label}”" for one in fields])
    named = f"every report of the {calendar.board.name}" if usual else f"the {paper_named(calendar, meeting)}"
    day = calendar.day(meeting)
    return receipt(
        f"Recorded for {named}: {what}.",
        too_early(fields.get(BY_NAME["implementation"], ""), calendar, meeting),
        f"“/cypp papers {day.day} {day:%b} front” prints the front sheet.",
        buttons=(undo_report_button(entries),),
    )


def _of_part(number: int) -> tuple[FrontField, ...]:
    part = PARTS[number - 1] if 0 < number <= len(PARTS) else PARTS[0]
    return tuple(one for one in FIELDS if one.part == part)


def _meeting(ctx: RequestContext, number: int) -> tuple[BoardCalendar, MeetingFacts]:
    calendar = ctx.where(number)
    meeting = calendar.by_id[number] if calendar else None
    if calendar is None or meeting is None or not meeting.dated:
        raise NotDone(say(_GONE))
    check_may_of_board(ctx, Verb.PAPERS, calendar.board.id)
    return calendar, meeting


def front_form(ctx: RequestContext, value: FillFront) -> Response:
    """Answer *Heading…* and its like: a form with what the front sheet says now."""
    calendar, meeting = _meeting(ctx, value.meeting)
    values = front_values(ctx, calendar, meeting, report_values(ctx, calendar, meeting))
    fields = _of_part(value.part)
    shown = tuple(values[one.name] for one in fields)
    scope = Field(
        "scope", "For", "choice", initial="this",
        choices=(Choice("this", "this report"), Choice("every", "every report of the board")),
    )  # fmt: skip
    return form_response(
        "Front sheet",
        FillFront(meeting=meeting.id, part=value.part, stood=stands_as(*shown)),
        "Record",
        *(
            Field(
                one.name, one.label, "text" if one.is_long else "line", one.hint,
                initial=values[one.name][:LONGEST_FIELD], optional=True, max_length=LONGEST_FIELD,
            )
            for one in fields
        ),
        scope,
        intro=(paper_named(calendar, meeting),),
    )  # fmt: skip


def front_sent(ctx: RequestContext, value: FillFront, fields: Mapping[str, str]) -> Response:
    """Take in the form: only what differs is set, and nothing where others set it meanwhile."""
    calendar, meeting = _meeting(ctx, value.meeting)
    kept = report_values(ctx, calendar, meeting)
    values = front_values(ctx, calendar, meeting, kept)
    part = _of_part(value.part)
    if has_changed(value.stood, tuple(values[one.name] for one in part)):
        again = press_button("Fill it in…", FillFront(meeting=meeting.id, part=value.part))
        return say(
            "The front sheet was changed while the form was open, so nothing of yours was stored: please look again.",
            buttons=(again,),
        )
    usual = fields.get("scope") == "every"
    changed: dict[FrontField, str] = {}
    errors = {}
    for one in part:
        try:
            said = _value(one, fields.get(one.name, ""))
        except FieldError as error:
            errors[one.name] = str(error)
            continue
        if said != values[one.name] and (said or kept.text(one.name)):
            changed[one] = said
    if errors:
        return Response(FormErrors(errors))
    if not changed:
        return say("The front sheet says that already: nothing was changed.")
    entries = [
        entry for one, said in changed.items() for entry in _set(ctx, calendar, meeting, one.name, said, usual=usual)
    ]
    return _receipt(calendar, meeting, changed, entries, usual=usual)
