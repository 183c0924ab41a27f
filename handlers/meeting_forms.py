"""*Add a meeting…* and *Change a meeting…* under `meetings`: the same as the words, as forms."""

from collections.abc import Mapping
from datetime import date, datetime, time

from handlers.board_meetings import add_meeting, cancel_meeting, refuse, set_start, taken, usual
from handlers.context import Round
from handlers.menus import changeable, is_coming
from handlers.permissions import About, NotHere, may
from handlers.pressed_on import number_in
from handlers.replies import Answer, Button, Choice, Field, Form, FormErrors, Reply, say
from handlers.wording import IN_PAPERS, day_said, meeting_said
from models.calendar import at_local
from models.enums import MeetingState, Verb
from models.facts import BoardCalendar, MeetingFacts
from models.tables import Meeting

GONE = NotHere("That board is not in this plan any more, so nothing was changed.")
NO_FOCUS, AS_IT_IS = "none", "keep"
SET, CANCEL = "set", "cancel"
REASON_MAX = 1000


def meeting_buttons(asked: Round, calendar: BoardCalendar) -> tuple[Button, ...]:
    """What is offered under a board's meetings to whoever may change them."""
    if asked.shared or not may(asked.roles, Verb.MEETINGS, About(board_id=calendar.board.id)):
        return ()
    value = str(calendar.board.id)
    add = Button("Add a meeting…", "meetingadd", value)
    change = Button("Change a meeting…", "meetingchange", value)
    return (add, change) if changeable(asked, value) else (add,)


def _board(asked: Round, value: str) -> BoardCalendar | Answer:
    calendar = asked.calendars.get(number_in(value))
    if calendar is None:
        return say(GONE)
    return refuse(asked, calendar) or calendar


def _when(calendar: BoardCalendar, *, optional: bool) -> tuple[Field, Field]:
    clock = f"{usual(calendar):%H:%M}"
    return (
        Field("day", "Day", kind="date", optional=optional),
        Field("time", "Time", kind="line", initial="" if optional else clock, hint=f"For instance {clock}.",
              optional=optional, max_length=10),
    )  # fmt: skip


def _focus(asked: Round, *first: Choice) -> Field:
    themes = tuple(Choice(str(theme.id), theme.name) for theme in asked.themes)
    return Field(
        "focus", "Focus theme", kind="choice", initial=first[0].value, choices=(*first, *themes),
        hint="Its standing commitments are reviewed at that meeting.",
    )  # fmt: skip


def meeting_add_form(asked: Round, value: str) -> Answer:
    """*Add a meeting…* was pressed."""
    calendar = _board(asked, value)
    if isinstance(calendar, Answer):
        return calendar
    focus = (_focus(asked, Choice(NO_FOCUS, "none")),) if asked.themes else ()
    return Answer(
        Form(
            title="Add a meeting",
            verb="meetingadd",
            value=value,
            submit="Add",
            intro=(calendar.board.name,),
            fields=(*_when(calendar, optional=False), *focus),
            note=IN_PAPERS,
        )
    )


def meeting_change_form(asked: Round, value: str) -> Answer:
    """*Change a meeting…* was pressed."""
    calendar = _board(asked, value)
    if isinstance(calendar, Answer):
        return calendar
    choices = changeable(asked, value)
    if not choices:
        return say(f"The {calendar.board.name} has no meeting that could be changed.")
    first = calendar.next(asked.now)
    focus = (_focus(asked, Choice(AS_IT_IS, "as it is"), Choice(NO_FOCUS, "none")),) if asked.themes else ()
    return Answer(
        Form(
            title="Change a meeting",
            verb="meetingchange",
            value=value,
            submit="Change",
            intro=(calendar.board.name,),
            fields=(
                Field(
                    "meeting",
                    "Which meeting?",
                    kind="choice",
                    initial=str(first.id) if first else "",
                    choices=choices,
                    source=f"changeable/{value}",
                ),
                Field(
                    "what",
                    "What changes?",
                    kind="choice",
                    initial=SET,
                    choices=(
                        Choice(SET, "its day, its time or its focus theme"),
                        Choice(CANCEL, "it is cancelled, or did not happen"),
                    ),
                ),
                *_when(calendar, optional=True),
                *focus,
                Field("reason", "Why is it cancelled?", kind="line", optional=True, max_length=REASON_MAX),
            ),
            note=f"What is due at it moves with it; cancelling carries it to the next meeting. {IN_PAPERS}",
        )
    )


def _start(
    asked: Round, calendar: BoardCalendar, fields: Mapping[str, str], day: date, clock: time, but: int = 0
) -> datetime | FormErrors:
    """The instant that the fields name, `day` and `clock` where they are left empty; or what is wrong, at its field."""
    try:
        day = date.fromisoformat(fields["day"]) if fields.get("day") else day
    except ValueError:
        return FormErrors({"day": "Choose a day."})
    try:
        typed = fields.get("time", "").strip().replace(".", ":")
        clock = time.fromisoformat(typed.zfill(5)) if typed else clock
    except ValueError:
        return FormErrors({"time": "Write the time like 14:00."})
    start = at_local(day, asked.zone, clock.replace(tzinfo=None))
    if start <= asked.now:
        return FormErrors({"day": f"{day_said(day)} is past: choose a coming day."})
    if taken(calendar, start, but) is not None:
        return FormErrors({"day": f"The {calendar.board.name} meets on {day_said(day)} already."})
    return start


def _theme(asked: Round, fields: Mapping[str, str], now: int | None) -> int | FormErrors | None:
    chosen = fields.get("focus", AS_IT_IS)
    if chosen in ("", AS_IT_IS):
        return now
    if chosen == NO_FOCUS:
        return None
    theme = next((theme.id for theme in asked.themes if str(theme.id) == chosen), None)
    return FormErrors({"focus": "Choose a theme of this plan."}) if theme is None else theme


def meeting_add_sent(asked: Round, value: str, fields: Mapping[str, str]) -> Answer:
    """*Add a meeting…* was sent in."""
    calendar = _board(asked, value)
    if isinstance(calendar, Answer):
        return calendar
    if not fields.get("day"):
        return Answer(FormErrors({"day": "Choose a day."}))
    start = _start(asked, calendar, fields, asked.today, usual(calendar))
    focus = _theme(asked, fields, None)
    for wrong in (start, focus):
        if isinstance(wrong, FormErrors):
            return Answer(wrong)
    assert isinstance(start, datetime)  # noqa: S101 - the errors were given back
    assert not isinstance(focus, FormErrors)  # noqa: S101 - the same
    return add_meeting(asked, calendar, start, focus)


def meeting_change_sent(asked: Round, value: str, fields: Mapping[str, str]) -> Answer:
    """*Change a meeting…* was sent in."""
    calendar = _board(asked, value)
    if isinstance(calendar, Answer):
        return calendar
    meeting = calendar.by_id.get(number_in(fields.get("meeting", "")))
    if meeting is None:
        return Answer(FormErrors({"meeting": "Choose a meeting of this board."}))
    if meeting.state is MeetingState.CANCELLED:
        return Answer(
            FormErrors({"meeting": f"The meeting of {meeting_said(meeting, calendar)} is cancelled already."})
        )
    if fields.get("what") == CANCEL:
        reason = fields.get("reason", "").strip()
        if not reason:
            return Answer(FormErrors({"reason": "Say why: the reason stays with what was due at it."}))
        return cancel_meeting(asked, calendar, meeting, reason)
    return _set(asked, calendar, meeting, fields)


def _set(asked: Round, calendar: BoardCalendar, meeting: MeetingFacts, fields: Mapping[str, str]) -> Answer:
    """Day, time and focus theme: what is left empty stays."""
    if not is_coming(asked, meeting):
        return Answer(FormErrors({"what": "It has begun, so it can only be cancelled: it did not happen."}))
    focus = _theme(asked, fields, meeting.focus_theme_id)
    if isinstance(focus, FormErrors):
        return Answer(focus)
    moves = bool(fields.get("day") or fields.get("time", "").strip())
    if not moves and focus == meeting.focus_theme_id:
        return Answer(FormErrors({"day": "Nothing is different yet: choose a day, a time or a focus theme."}))
    if meeting.starts_at is None and moves and not fields.get("day"):
        return Answer(FormErrors({"day": "Choose the day that is confirmed."}))
    start = meeting.starts_at
    if moves:
        day = calendar.day(meeting) if start is not None else asked.today
        clock = start.astimezone(calendar.zone).time() if start is not None else usual(calendar)
        found = _start(asked, calendar, fields, day, clock, meeting.id)
        if isinstance(found, FormErrors):
            return Answer(found)
        start = found
    asked.session.get_one(Meeting, meeting.id).focus_theme_id = focus
    if start is not None and start != meeting.starts_at:
        return set_start(asked, calendar, meeting, start, "Moved" if meeting.starts_at is not None else "Confirmed")
    asked.session.flush()
    name = next((theme.name for theme in asked.themes if theme.id == focus), "")
    what = f"has the focus {name} now" if name else "has no focus theme now"
    return Answer(Reply(f"The {calendar.board.name} of {meeting_said(meeting, calendar)} {what}."), done=True)
