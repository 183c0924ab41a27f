"""Record what is said of clearances: one or several, each on its own, by whoever keeps the board or was asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from handlers.commands.papers import ClearanceAnswer, ClearanceWords, RecordClearances
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said
from handlers.papers.clearances import CLEARANCE_EXAMPLE, clearance_line, may_be_sent, waiting_ahead
from handlers.papers.front_sheet import NOT_RECEIVED, capitalised
from handlers.papers.meetings import meeting_of_paper, paper_named
from handlers.papers.printing import printable
from handlers.papers.report_undo import undo_report_button
from handlers.papers.report_values import ReportValues, post_said, report_values, wanted_by
from handlers.people.lookup import find_post, match_post
from handlers.permissions import About, may, why_not
from handlers.preconditions import meetings_named
from handlers.press_codec import ask_button
from handlers.reading.normalise import fold, quoted
from handlers.responses import Content, Group, NotDone, NoticeOut, Response, answer_beside, receipt, say
from models.enums import Clearance, NotificationKind, Verb
from models.plan.serving import reachable, recipients
from models.records.named_mentions import name_mentions
from models.records.report_entries import (
    ClearanceFacts,
    clearance_in,
    references_used,
    set_report_value,
)
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.steps import AboutEntry, ClearanceAsked
from models.storage.history_tables import ReportEntry

_QUOTES = frozenset("\"“”'‘’")


@dataclass(frozen=True, slots=True)
class ClearanceChange:
    """What is said of some clearances of a meeting's report (of every report of the board where `meeting` is None)."""

    calendar: BoardCalendar
    meeting: MeetingFacts | None
    which: tuple[Clearance, ...]
    answer: ClearanceAnswer
    day: date
    reference: str = ""
    post_id: int | None = None
    title: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether it is what came back, which the post that was asked may say."""
        return self.answer in (ClearanceAnswer.CLEARED, ClearanceAnswer.NOT_APPLICABLE)


def record_clearances(ctx: RequestContext, command: RecordClearances) -> Response:
    """Answer `clearance [MEETING] WHICH sent|cleared|n/a …`: what is plain is recorded, the rest asked about."""
    of_report: dict[tuple[int, int | None], list[ClearanceChange]] = {}
    answers: list[Response] = []
    for words in command.each:
        try:
            change = _change_said(ctx, words)
            _check(ctx, change)
        except NotDone as ended:
            answers.append(ended.response)
            continue
        meeting = change.meeting.id if change.meeting else None
        of_report.setdefault((change.calendar.board.id, meeting), []).append(change)
    recorded = [_record(ctx, changes) for changes in of_report.values()]
    return reduce(answer_beside, sorted((*recorded, *answers), key=lambda one: not one.done))


def _change_said(ctx: RequestContext, words: ClearanceWords) -> ClearanceChange:
    """Return what some words say of clearances; the request ends where that is not clear."""
    if words.no_day:
        raise NotDone(say(f"{words.no_day} Nothing was recorded."))
    if words.answer is None or (not words.which and words.answer is not ClearanceAnswer.SENT):
        raise NotDone(say(f"Say which clearance, and what came back: {CLEARANCE_EXAMPLE}."))
    if len(words.references) > 1 or (words.references and len(words.which) > 1):
        raise NotDone(say("Each clearance has a reference of its own, so please record them one by one."))
    if words.usual or words.answer is ClearanceAnswer.BY_POST:
        return _usual_change(ctx, words)
    calendar, meeting = _meeting_of_clearance(ctx, words)
    which = words.which
    if not which:
        kept = report_values(ctx, calendar, meeting)
        which = tuple(one for one, facts in kept.clearances.items() if may_be_sent(facts))
        if not which:
            raise NotDone(
                say(f"No clearance of the {paper_named(calendar, meeting)} is left to be sent: name it to send it.")
            )
    again = f"clearance {calendar.board.key} {calendar.day(meeting).isoformat()} {which[0].value} sent to"
    post, title = _post(ctx, words.post, again) if words.post else (None, "")
    reference = words.references[0] if words.references else ""
    return ClearanceChange(calendar, meeting, which, words.answer, words.day or ctx.today, reference, post, title)


def _post(ctx: RequestContext, typed: str, again: str) -> tuple[int | None, str]:
    """Return the post that is meant, or the title of one that is not in the plan, as it is printed.

    `again`: the words that say the same before a post. A title in quotation marks is printed as it stands.
    """
    typed = name_mentions(ctx.session, typed, ctx.today)
    if typed[0] in _QUOTES and typed[-1] in _QUOTES and typed[1:-1].strip():
        return None, printable(typed[1:-1])
    found = match_post(ctx, typed)
    if found.one is None and not found.names and not found.nearest:
        return None, printable(typed)
    try:
        return find_post(ctx, typed, lambda key: f"{again} {key}", "Who is asked? ").post.id, ""
    except NotDone as asks:
        content = asks.response.content
        as_printed = ask_button("Not in the plan: print it as written", f"{again} “{printable(typed)}”")
        if isinstance(content, Content) and not found.names:
            content = replace(content, buttons=(*content.buttons, as_printed))
        raise NotDone(replace(asks.response, content=content)) from None


def _usual_change(ctx: RequestContext, words: ClearanceWords) -> ClearanceChange:
    """Return what is usual for every report of a board, from whoever keeps it."""
    if words.answer not in (ClearanceAnswer.BY_POST, ClearanceAnswer.NOT_APPLICABLE, ClearanceAnswer.TAKEN_BACK):
        raise NotDone(say("Only who clears it, or that it does not apply, is kept for every report."))
    calendar, _ = meeting_of_paper(ctx, words.meeting, "clearance", Verb.CLEARANCE, words.typed)
    if len(words.which) != 1:
        raise NotDone(say("Say which clearance: “/cypp clearance finance by Head of Finance”."))
    again = f"clearance {calendar.board.key} {words.which[0].value} by"
    post, title = _post(ctx, words.post, again) if words.post else (None, "")
    return ClearanceChange(calendar, None, words.which, words.answer, ctx.today, post_id=post, title=title)


def clearances_of_asker(ctx: RequestContext) -> list[tuple[BoardCalendar, MeetingFacts, Clearance]]:
    """Return what waits for an answer from a post of the asker's, at the coming meetings."""
    return [
        (calendar, meeting, one)
        for calendar, meeting, one, facts in waiting_ahead(ctx)
        if facts.post_id is not None and facts.post_id in ctx.roles.posts
    ]


def _meeting_of_clearance(ctx: RequestContext, words: ClearanceWords) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting whose report is meant: the one that waits for this, where only one does.

    The request ends where it is not clear, or where the asker neither keeps the board nor was asked.
    """
    keeps = bool(ctx.roles.secretary_of) or ctx.roles.is_administrator
    rows = [row for row in waiting_ahead(ctx) if row[2] in words.which]
    own = [row for row in rows if _may_answer(ctx, row[0], row[3])]
    if words.meeting:
        named = [meeting.id for _, meeting in meetings_named(ctx, words.meeting, "", "Nothing was recorded.")]
        own = [row for row in own if row[1].id in named]
    meetings = {row[1].id: (row[0], row[1]) for row in own}
    if len(meetings) == 1 and words.answer is not ClearanceAnswer.SENT:
        return next(iter(meetings.values()))
    if keeps:
        return meeting_of_paper(ctx, words.meeting, "clearance", Verb.CLEARANCE, words.typed)
    if meetings:
        choices = [f"{calendar.board.name} of {meeting_said(one, calendar)}" for calendar, one in meetings.values()]
        raise NotDone(say(f"For which meeting: {listed(choices)}? Write “for” and its day behind it."))
    raise NotDone(say(why_not(Verb.CLEARANCE)))


def _may_answer(ctx: RequestContext, calendar: BoardCalendar, facts: ClearanceFacts) -> bool:
    return may(ctx.roles, Verb.CLEARANCE, About(facts.post_id, calendar.board.id))


def record_clearance(ctx: RequestContext, change: ClearanceChange) -> Response:
    """Record what is said of some clearances, where nothing speaks against it."""
    _check(ctx, change)
    return _record(ctx, (change,))


def _check(ctx: RequestContext, change: ClearanceChange) -> None:
    """End the request where the asker may not say this, or something speaks against it."""
    kept = report_values(ctx, change.calendar, change.meeting)
    keeps = _keeps(ctx, change)
    for one in change.which:
        before = kept.clearance(one)
        if not keeps and not (change.meeting and change.is_answer and _may_answer(ctx, change.calendar, before)):
            keeper = ctx.secretary(change.calendar.board.id)
            raise NotDone(say(why_not(Verb.CLEARANCE, lead=post_said(ctx, before), secretary=keeper)))
        if wrong := why_not_so(ctx, change, one, before):
            raise NotDone(say(f"{wrong} Nothing was recorded."))


def _keeps(ctx: RequestContext, change: ClearanceChange) -> bool:
    return may(ctx.roles, Verb.PAPERS, About(board_id=change.calendar.board.id))


def _record(ctx: RequestContext, changes: Sequence[ClearanceChange]) -> Response:
    """Record what is said of the clearances of one report."""
    entries: list[ReportEntry] = []
    notices: list[NoticeOut] = []
    made: list[ClearanceChange] = []
    for change in changes:
        kept = report_values(ctx, change.calendar, change.meeting)
        changed = {one: _changed(change, kept.clearance(one)) for one in change.which}
        changed = {one: after for one, after in changed.items() if after != kept.clearance(one)}
        for one, after in changed.items():
            meeting_id, board_id = change.meeting.id if change.meeting else None, change.calendar.board.id
            value = after.stored() if after is not None else None
            signed = ctx.signed(kept.clearance(one).post_id if change.is_answer else None)
            entries.append(set_report_value(ctx.session, board_id, meeting_id, one.value, value, signed))
            if after is not None and change.answer is ClearanceAnswer.SENT and after.sent == ctx.today:
                notices.append(_asking(change, one, after))
            elif not _keeps(ctx, change):
                step = AboutEntry(entries[-1].id)
                notices.append(NoticeOut(NotificationKind.CLEARANCE, board_id, meeting_id, step, board_id=board_id))
        if changed:
            made.append(replace(change, which=tuple(changed)))
    if not made:
        return say("That is on record already: nothing was recorded.")
    return _recorded(ctx, made, entries, notices)


def _changed(change: ClearanceChange, before: ClearanceFacts) -> ClearanceFacts | None:
    """Return a clearance as it stands afterwards; None where all that was recorded is taken back."""
    match change.answer:
        case ClearanceAnswer.TAKEN_BACK:
            return None
        case ClearanceAnswer.NOT_APPLICABLE:
            return replace(before, is_needed=False, cleared=None)
        case ClearanceAnswer.CLEARED:
            reference = change.reference or before.reference
            return replace(before, is_needed=True, cleared=change.day, reference=reference)
        case ClearanceAnswer.SENT:
            sent = replace(before, is_needed=True, cleared=None, sent=change.day)
            sent = replace(sent, reference=change.reference or before.reference)
            named = change.post_id or change.title
            return replace(sent, post_id=change.post_id, title=change.title) if named else sent
    return replace(before, is_needed=True, post_id=change.post_id, title=change.title)


def why_not_so(ctx: RequestContext, change: ClearanceChange, one: Clearance, before: ClearanceFacts) -> str:
    """Return what speaks against recording something, in a sentence; "" where nothing does."""
    named = capitalised(one.value)
    if change.answer in (ClearanceAnswer.SENT, ClearanceAnswer.CLEARED) and change.day > ctx.today:
        return f"{day_said(change.day)} is still to come: say what has happened by now."
    if change.answer is ClearanceAnswer.CLEARED and before.sent and change.day < before.sent:
        return f"{named} was sent on {day_said(before.sent)}, so it was not cleared on {day_said(change.day)}."
    if change.reference and (other := _whose_scheme(ctx, change, one)):
        return f"{quoted(change.reference)} is a reference such as {other}, and not {one.value}: please look again."
    return ""


def scheme_of(reference: str) -> str:
    """Return the letters that references of one office begin with: "FD" of `FD6114/20` and of `FD.6174/20` alike."""
    found = re.match(r"[^\W\d_]+", fold(reference))
    return found.group() if found else ""


def same_reference(reference: str) -> str:
    """Return what two ways to write one reference have in common."""
    return re.sub(r"[^a-z0-9/]", "", fold(reference))


def _whose_scheme(ctx: RequestContext, change: ClearanceChange, one: Clearance) -> str:
    """Return the other clearance whose references begin as this one does; "" where it may be this one's own."""
    scheme, whose = scheme_of(change.reference), set()
    for entry in references_used(ctx.session, change.calendar.board.id):
        if scheme_of(clearance_in(entry.value).reference) == scheme:
            whose.add(entry.name)
    return f"{sorted(whose)[0]} uses" if scheme and whose and one.value not in whose else ""


def _asking(change: ClearanceChange, one: Clearance, facts: ClearanceFacts) -> NoticeOut:
    step = ClearanceAsked(one.mark, change.day, 0)
    return NoticeOut(
        NotificationKind.CLEARANCE, change.calendar.board.id, change.meeting.id if change.meeting else None, step,
        board_id=change.calendar.board.id, post_id=facts.post_id or 0,
    )  # fmt: skip


_SAID = {
    ClearanceAnswer.SENT: "sent on {day}",
    ClearanceAnswer.CLEARED: "cleared on {day}",
    ClearanceAnswer.NOT_APPLICABLE: "not applicable",
    ClearanceAnswer.TAKEN_BACK: "taken back",
    ClearanceAnswer.BY_POST: "cleared by {who}",
}


def _recorded(
    ctx: RequestContext,
    changes: Sequence[ClearanceChange],
    entries: Sequence[ReportEntry],
    notices: Sequence[NoticeOut],
) -> Response:
    said = "; ".join(
        f"{listed([one.value for one in change.which])}, "
        + _SAID[change.answer].format(
            day=day_said(change.day), who=change.title or ctx.posts.get(change.post_id or 0, "")
        )
        + (f", {change.reference}" if change.reference else "")
        for change in changes
    )
    undo = (undo_report_button(entries),)
    calendar, meeting = changes[0].calendar, changes[0].meeting
    if meeting is None:
        return receipt(f"Recorded for every report of the {calendar.board.name}: {said}.", buttons=undo)
    kept = report_values(ctx, calendar, meeting)
    waiting = [clearance_line(ctx, one, facts) for one, facts in kept.clearances.items() if facts.is_waiting]
    sent = [change for change in changes if change.answer is ClearanceAnswer.SENT]
    return receipt(
        f"Recorded for the {paper_named(calendar, meeting)}: {said}.",
        *(sentence for change in sent for sentence in _told(ctx, change, kept)),
        f"Wanted by {day_said(wanted_by(calendar, meeting))}." if sent else "",
        *(_used_before(ctx, change) for change in changes),
        groups=(Group(f"{NOT_RECEIVED} yet", texts=tuple(waiting)),) if waiting else (),
        buttons=undo,
        notices=notices,
    )


def _told(ctx: RequestContext, change: ClearanceChange, kept: ReportValues) -> Iterable[str]:
    """Yield who is reminded, of those to whom the report was sent, and who has to be reminded by hand."""
    serving, can = recipients(ctx.session, ctx.today), reachable(ctx.session)
    reached: list[str] = []
    others: list[str] = []
    for one in change.which:
        facts = kept.clearance(one)
        people = [who.person_id for who in serving.get(facts.post_id or 0, ()) if who.person_id in can]
        (reached if people else others).append(post_said(ctx, facts) or one.value)
    if reached:
        yield f"{listed(reached)} will be reminded on the second and the fourth working day."
    if others:
        yield f"No account is known for {listed(others)}: please remind them yourself."


def _used_before(ctx: RequestContext, change: ClearanceChange) -> str:
    """Return that a reference was used for another report, as a sentence."""
    if not change.reference or change.meeting is None:
        return ""
    same = same_reference(change.reference)
    for entry in references_used(ctx.session, change.calendar.board.id):
        other = clearance_in(entry.value).reference
        if entry.meeting_id != change.meeting.id and other and same_reference(other) == same:
            meeting = change.calendar.by_id.get(entry.meeting_id or 0)
            if meeting is not None:
                return f"{other} was recorded for the meeting of {meeting_said(meeting, change.calendar)} as well."
    return ""
