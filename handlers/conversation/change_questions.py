"""What is said where a change is in doubt, lacks something or is not the writer's: how it stands, and the form.

Source: docs/explanation/what-people-write.md, What is changed.
"""

from collections.abc import Iterator
from dataclasses import replace

from handlers.actions.additions import OpenAddForm
from handlers.actions.card_buttons import card_buttons
from handlers.boards.board_card import ChangeSettings, settings_said
from handlers.boards.meeting_forms import meeting_buttons
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, listed, meeting_said, number_said, time_said
from handlers.people.deputies import name_button
from handlers.permissions import About, may, why_not
from handlers.press_codec import ask_button, press_button
from handlers.reading.changes.change_commands import ChangeRead, read_change
from handlers.reading.changes.change_frames import Changed
from handlers.reading.changes.change_words import W
from handlers.reading.names_in_text import NameSeen
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import MeetingWords
from handlers.responses import LONGEST_LABEL, Button, Content, Response, say
from handlers.status.owing import listed_owed
from models.enums import Verb

_MOST_NAMED = 3
_OF_MEETINGS = (Changed.CANCEL, Changed.MOVE, Changed.ADD_MEETING)
_OF_BOARDS = (
    *(Changed.PAPERS, Changed.REMINDERS_ON, Changed.REMINDERS_OFF, Changed.CLOSED, Changed.CHAIR, Changed.SECRETARY),
    Changed.CHANNEL,
)
_OF_ACTIONS = (
    *(Changed.ASSIGN, Changed.REOPEN, Changed.WITHHOLD, Changed.REDACT, Changed.WORDING, Changed.DELETE, Changed.CHASE),
)
_VERBS = {
    **dict.fromkeys(_OF_MEETINGS, Verb.MEETINGS),
    **dict.fromkeys(_OF_BOARDS, Verb.BOARD),
    Changed.RENAMED: Verb.ORGANISATION,
    Changed.NAMED: Verb.ORGANISATION,
    Changed.ASSIGN: Verb.ASSIGN,
    Changed.ASSIGN_ALL: Verb.ASSIGN,
    Changed.CONTACT: Verb.DEPUTISE,
    Changed.DEPUTY: Verb.DEPUTISE,
    Changed.HANDOVER: Verb.PEOPLE,
    Changed.NEW_POST: Verb.PEOPLE,
    Changed.REOPEN: Verb.OUTCOME,
    Changed.WITHHOLD: Verb.ANSWER,
    Changed.REDACT: Verb.REDACT,
    Changed.WORDING: Verb.ASSIGN,
    Changed.DELETE: Verb.ASSIGN,
    Changed.CHASE: Verb.CHASE,
}
"""What somebody has to be allowed for a change."""
_SETTINGS = {
    Changed.PAPERS: ("Papers", "Updates due"),
    Changed.REMINDERS_ON: ("Reminders",),
    Changed.REMINDERS_OFF: ("Reminders",),
    Changed.CLOSED: ("Closed days",),
    Changed.CHAIR: ("Chair",),
    Changed.SECRETARY: ("Secretary",),
    Changed.CHANNEL: ("Channel",),
}


def keeps(ctx: RequestContext) -> bool:
    """Return whether somebody keeps or chairs a board, or administers the plan: they change things in words."""
    return bool(ctx.roles.secretary_of or ctx.roles.chair_of or ctx.roles.is_administrator)


def about_actions(read: ChangeRead) -> bool:
    """Return whether what is changed is an action."""
    return read.change in _OF_ACTIONS


def names_no_meeting(read: ChangeRead) -> bool:
    """Return whether words that would change a meeting name none: "back on the 14th" is somebody."""
    slots = read.slots
    named = slots.board or slots.meetings or slots.several or any(one.has(W.GATHERING) for one in read.named)
    return read.change in _OF_MEETINGS and not named


def may_change(ctx: RequestContext, read: ChangeRead) -> bool:
    """Return whether the asker may make a change, as far as it says of what."""
    assert read.change is not None  # noqa: S101 - asked of a change
    verb = _VERBS[read.change]
    actions = [action for ref in read.refs if (action := ctx.action(ref)) is not None]
    if actions:
        return all(may(ctx.roles, verb, About(one.lead_post_id, one.board_id)) for one in actions)
    boards = [calendar.board.id for calendar in ctx.calendars.values() if calendar.board.key in _boards_of(read)]
    if verb in (Verb.DEPUTISE, Verb.PEOPLE, Verb.ORGANISATION) or (read.change is Changed.CLOSED and not boards):
        own = next(iter(sorted(ctx.roles.posts)), None)
        return may(ctx.roles, verb if boards else Verb.DEPUTISE, About(own))
    return any(may(ctx.roles, verb, About(board_id=one)) for one in boards or ctx.calendars)


def _boards_of(read: ChangeRead) -> tuple[str, ...]:
    keys = [one.board for one in (*read.slots.meetings, *read.slots.several)]
    return tuple(dict.fromkeys((read.slots.board, *keys) if read.slots.board else keys))


def who_may(ctx: RequestContext, read: ChangeRead, words: str) -> Response | None:
    """Say who may make a change; None where it may be an answer on an action instead."""
    assert read.change is not None  # noqa: S101 - asked of a change
    if read.refs and not read.orders:
        return None
    if read.change is Changed.WITHHOLD or (read.change is Changed.CHASE and not _names_somebody(read)):
        return None
    action = next((found for ref in read.refs if (found := ctx.action(ref)) is not None), None)
    keys = _boards_of(read)
    ids = [action.board_id] if action is not None else [
        calendar.board.id for calendar in ctx.calendars.values() if not keys or calendar.board.key in keys
    ]  # fmt: skip
    secretaries = listed(sorted({said for one in ids if (said := ctx.secretary(one))}))
    lead = ctx.posts.get(action.lead_post_id or 0, "") if action is not None else ""
    about = list(_posts_said(read))
    return say(
        why_not(_VERBS[read.change], action.ref if action is not None else "", lead, secretaries), *about, typed=words
    )


def _names_somebody(read: ChangeRead) -> bool:
    return any(one.has(W.POST, W.ORGANISATION, W.WHO) for one in read.named)


def ask_about_change(ctx: RequestContext, read: ChangeRead, words: str) -> Response | None:
    """Say how what is named stands, with what would change it; None where nothing of the plan is named."""
    if read.change is Changed.CHASE:
        return _who_owes(ctx, read, words)
    lines = list(
        dict.fromkeys((*_wrong(read), *_meetings_said(ctx, read), *_boards_said(ctx, read), *_days_said(read)))
    )
    lines += [*_actions_said(ctx, read), *_posts_said(read)]
    if not lines:
        return None
    buttons = list(dict.fromkeys((*_which_meeting(ctx, read, words), *_buttons(ctx, read))))
    headline = _HEADLINES.get(read.change, "What should change? Nothing was changed.")
    return say(headline, *lines, typed=words, buttons=tuple(buttons[:5]))


_HEADLINES: dict[Changed | None, str] = {
    None: "I am not sure what should change, so nothing was changed.",
    Changed.WORDING: "An action’s words and its kind are changed in its form, “Edit…”. Nothing was changed yet.",
    Changed.DELETE: "No action is deleted: its board can close it as not done. Nothing was changed.",
    Changed.CANCEL: "Is a meeting off? Nothing was changed.",
    Changed.MOVE: "Does a meeting move? Nothing was changed.",
    Changed.ADD_MEETING: "Is there another meeting? Nothing was changed.",
    Changed.ASSIGN: "Does the lead change? Nothing was changed.",
}


def _wrong(read: ChangeRead) -> Iterator[str]:
    if read.slots.wrong:
        yield read.slots.wrong


def _meetings_said(ctx: RequestContext, read: ChangeRead) -> Iterator[str]:
    meant = read.slots.meetings or read.slots.several
    ids = [one.id for one in meant]
    if not ids and read.change in _OF_MEETINGS:
        keys = _boards_of(read)
        ids = [
            coming.id
            for calendar in ctx.calendars.values()
            if (not keys or calendar.board.key in keys) and (coming := calendar.next(ctx.now)) is not None
        ]
    for calendar, meeting in ctx.meetings(ids)[:_MOST_NAMED]:
        clock = f", {time_said(meeting.start, calendar)}" if meeting.starts_at is not None else ""
        yield f"{calendar.board.name}: {meeting_said(meeting, calendar)}{clock}."


def meeting_answered(ctx: RequestContext, read: ChangeRead) -> Response | None:
    """Answer whether a meeting was moved or is off: with its day as it stands."""
    if read.change not in _OF_MEETINGS or not (read.slots.meetings or read.slots.several):
        return None
    said = list(_meetings_said(ctx, read))
    return say(said[0], *said[1:], buttons=tuple(_buttons(ctx, read)))


def _boards_said(ctx: RequestContext, read: ChangeRead) -> Iterator[str]:
    keys = _boards_of(read)
    wanted = _SETTINGS.get(read.change, ()) if read.change else ()
    for row in ctx.boards.values():
        named = row.key in keys or (not keys and wanted and may(ctx.roles, Verb.BOARD, About(board_id=row.id)))
        if named and wanted:
            said = settings_said(ctx, row)
            yield f"{row.name}: " + "; ".join(f"{one[0].lower()}{one[1:]} {said[one]}" for one in wanted) + "."
        elif named and not read.slots.meetings:
            yield f"{row.name}."


def _days_said(read: ChangeRead) -> Iterator[str]:
    if read.slots.days:
        yield f"{listed([day_said(one) for one in read.slots.days[:_MOST_NAMED]])}."


def _actions_said(ctx: RequestContext, read: ChangeRead) -> Iterator[str]:
    for ref in read.refs[:_MOST_NAMED]:
        if (action := ctx.action(ref)) is not None:
            yield f"{ref}: led by {ctx.posts.get(action.lead_post_id or 0, 'nobody yet')}, {action.status.value}."


def _posts_said(read: ChangeRead) -> Iterator[str]:
    for one in read.named:
        seen = one.value
        if one.has(W.POST, W.ORGANISATION) and isinstance(seen, NameSeen):
            yield f"{listed([name.label for name in seen.names[:_MOST_NAMED]])}."


def _which_meeting(ctx: RequestContext, read: ChangeRead, words: str) -> Iterator[Button]:
    """Yield a button for each meeting that fits, where one is all that is lacking."""
    if not read.plain or read.commands or not may_change(ctx, read):
        return
    for one in read.slots.several[:_MOST_NAMED]:
        again = read_change(f"{one.board} {words}", ctx.vocabulary, ctx.today)
        calendar = ctx.where(one.id)
        if again.plain and len(again.commands) == 1 and calendar is not None:
            does = "Cancel" if read.change is Changed.CANCEL else "Move"
            yield ask_button(f"{does} {_label(ctx, one)}"[:LONGEST_LABEL], again.commands[0])


def _label(ctx: RequestContext, meeting: MeetingWords) -> str:
    calendar = ctx.where(meeting.id)
    return f"{calendar.board.name}, {meeting_said(calendar.by_id[meeting.id], calendar)}" if calendar else ""


def _buttons(ctx: RequestContext, read: ChangeRead) -> Iterator[Button]:
    """Yield what opens the forms that would change it, or shows what is named."""
    for ref in read.refs[:1]:
        action = ctx.action(ref)
        yield from card_buttons(ctx, action) if action is not None else ()
        yield ask_button(ref, f"status {ref}")
    keys = _boards_of(read)
    for calendar in ctx.calendars.values():
        own = may(ctx.roles, Verb.MEETINGS, About(board_id=calendar.board.id))
        if calendar.board.key not in keys and (keys or not own or read.refs):
            continue
        if read.change in _OF_BOARDS and own:
            yield press_button(f"Settings: {calendar.board.key}…", ChangeSettings(board=calendar.board.id))
        elif read.change in _OF_MEETINGS and own:
            yield from meeting_buttons(ctx, calendar)[::-1][:1]
        elif keys:
            yield ask_button(f"Meetings: {calendar.board.key}", f"meetings {calendar.board.key}")
    days = read.slots.days
    if read.change is Changed.DEPUTY:
        yield name_button(days[0] if days else None, None)
    for one in read.named:
        seen = one.value
        if not isinstance(seen, NameSeen) or not one.has(W.POST, W.ORGANISATION):
            continue
        for name in seen.names[:2]:
            if name.kind is NameKind.ORGANISATION:
                yield ask_button(name.label[:LONGEST_LABEL], f"org {name.key}")
            elif name.kind is NameKind.POST and keeps(ctx):
                yield ask_button(name.label[:LONGEST_LABEL], f"people {name.key}")
    if days and not keys and not read.refs:
        yield ask_button(f"What is due by {day_said(days[0])}", f"due {days[0].isoformat()}")
        if may_add(ctx):
            yield press_button("Add an action…", OpenAddForm())


def may_add(ctx: RequestContext) -> bool:
    """Return whether somebody adds actions to the list of some board."""
    return any(may(ctx.roles, Verb.ADD, About(board_id=one)) for one in ctx.calendars)


def with_forms(ctx: RequestContext, given: Response, read: ChangeRead) -> Response:
    """Return what was said of a change that could not be offered with the forms for it."""
    content = given.content
    if given.done or not isinstance(content, Content) or content.buttons:
        return given
    return replace(given, content=replace(content, buttons=tuple(_buttons(ctx, read))[:5]))


def things_named(ctx: RequestContext, words: str) -> Response | None:
    """Show what of the plan is named in words that change nothing, to somebody who keeps a board; else None."""
    read = read_change(words, ctx.vocabulary, ctx.today) if keeps(ctx) else None
    return ask_about_change(ctx, replace(read, change=None), words) if read is not None else None


def _who_owes(ctx: RequestContext, read: ChangeRead, words: str) -> Response:
    """Show who owes an answer, where words name nobody who could be chased, or say that nobody is to be."""
    posts = [
        name.id
        for one in read.named
        if isinstance(one.value, NameSeen)
        for name in one.value.names
        if name.kind is NameKind.POST
    ]
    posts += [
        ctx.vocabulary.asked_posts()[name.id]
        for one in read.named
        if isinstance(one.value, NameSeen)
        for name in one.value.names
        if name.kind is NameKind.ORGANISATION and name.id in ctx.vocabulary.asked_posts()
    ]
    owed = listed_owed(ctx, posts or None)
    leads = number_said(len(owed), "lead owes", "leads owe")
    labels = {post.key: post.label for post in ctx.plan_names.posts}
    proposed = read.commands if read.proposes and owed and may_change(ctx, read) else ()
    chases = [
        ask_button(clipped(f"Chase {labels.get(whom, whom)}", LONGEST_LABEL), one)
        for one in proposed[:_MOST_NAMED]
        for whom in [one.removeprefix("chase ")]
    ]
    lines = [f"{lead}: {listed(refs)}." for lead, refs in owed] if posts else [f"{leads} an answer."] * bool(owed)
    return say(
        "Nobody was asked again: reminders go out by themselves on their days. Nothing was sent.",
        *(lines or ["Nobody owes an answer now."] if not posts else lines or list(_posts_said(read))),
        typed=words,
        buttons=(*chases, ask_button("Who owes an answer", "owing")),
    )
