"""The digest of overdue actions: for the secretary after a meeting, and published to the board's channel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.actions.partners import by_whole, partners_named
from handlers.commands.questions import ShowDigest
from handlers.context import RequestContext
from handlers.formatting import (
    OVERDUE_MEANS,
    day_said,
    meeting_said,
    number_said,
    overdue_among,
    updates_and_papers_said,
    worst_first,
)
from handlers.list_rows import about_lead, action_row
from handlers.papers.held_words import SendPaper
from handlers.papers.since import changed_since_paper
from handlers.people.menus import is_coming
from handlers.permissions import About, NotHere, may, why_not
from handlers.preconditions import calendar_of_key, check_may_of_board
from handlers.press_codec import PublishDigest, ask_which, number_in, press_button
from handlers.reading.board_names import BoardAsk, read_board
from handlers.responses import (
    ActionLine,
    Button,
    Content,
    Group,
    NotDone,
    NoticeOut,
    Response,
    receipt,
    say,
)
from handlers.safeguarding.publication import (
    CLEARED,
    LEFT_OUT,
    PUBLISH_LABEL,
    asking_to_publish,
    doubtful_buttons,
    leave_out_doubtful,
)
from handlers.status.counts import overdue_ids, tally
from handlers.status.digest_rows import (
    AWAITING,
    CHANNEL_ROWS,
    NO_UPDATE,
    OVERDUE,
    SECRETARY_ROWS,
    SINCE_LAST,
    WITHOUT_DUE,
    WITHOUT_LEAD,
    DigestSection,
    digest_groups,
    rows_of_each,
)
from handlers.status.digest_snapshot import (
    SHOWN,
    Frozen,
    mark_of,
    restored_digest,
    shown_in,
    shown_on,
    snapshot_of,
)
from handlers.status.pictures import picture_of
from models.enums import Kind, NotificationKind, Verb
from models.notifications.lookups import digest_fingerprint, is_published, last_fingerprint
from models.plan.action_filter import ActionFilter
from models.plan.listed_actions import ListedAction
from models.plan.queries import HELD, ActionView
from models.records.chain import head_of
from models.records.partner_parts import PartFacts
from models.rules.facts import BoardCalendar
from models.rules.owed import is_awaiting, is_owed, meetings_missed
from models.rules.steps import Published

Pairs = dict[str, list[tuple[ListedAction, tuple[PartFacts, ...]]]]
"""The actions of each section; beside one for all partners the parts that are meant."""
_SAID_OF_PARTS = {NO_UPDATE: "no update from", WITHOUT_LEAD: "no lead for", WITHOUT_DUE: "", AWAITING: ""}


@dataclass(frozen=True, slots=True)
class Made:
    """A digest, and what it said, so that the next can tell what has changed."""

    content: Content
    fingerprint: str
    overdue: int


def make_digest(
    ctx: RequestContext, calendar: BoardCalendar, *, public: bool = False, since: str = "", sent_as: int | None = None
) -> Made:
    """Return a board's digest as of now, whoever asks: no permissions are checked here.

    `public`: for the board's channel, without buttons. `since`: the fingerprint of the digest before, "" for none.
    `sent_as`: the id of the notification it is sent for, None where it is an answer.
    """
    views = ctx.listed(ActionFilter(board_id=calendar.board.id, open_only=True))
    late = overdue_among(views, ctx.calendars, ctx.now)
    late_ids = overdue_ids(late)
    counted = tally(views, late_ids)
    awaiting = [view for view in views if is_awaiting(view.facts)]
    to_be_due = [view for view in views if view.facts.kind is not Kind.STANDING and not is_awaiting(view.facts)]
    to_answer = ctx.listed_to_answer(ActionFilter(board_id=calendar.board.id, open_only=True))
    no_lead = [view for view in to_answer if view.facts.kind is not Kind.STANDING and not is_awaiting(view.facts)]
    no_lead = [view for view in no_lead if not view.lead_title and not {view.facts.id, view.facts.parent_id} & late_ids]
    no_due = [
        view
        for view in to_be_due
        if view.facts.due_meeting_id is None and view.facts.due_date is None and view.facts.id not in late_ids
    ]
    silent = _no_update(ctx, calendar, to_answer, late_ids)
    coming = calendar.next(ctx.now)
    intro = []
    if coming is not None:
        days = updates_and_papers_said(coming, calendar)
        intro.append(f"Next meeting {meeting_said(coming, calendar)}: {days}.")
    else:
        expected = [one for one in calendar.meetings if is_coming(ctx, one) and one.order > ctx.now]
        intro.append(
            f"Next meeting {meeting_said(expected[0], calendar)}." if expected else "No next meeting is planned yet."
        )
    if views:
        intro.append(f"{number_said(counted.actions, 'open action')} of this board: {counted.stand}.")
    else:
        intro.append("This board has no open actions.")
    intro += changed_since_paper(ctx, calendar, coming) if coming is not None else ()
    known: dict[str, Any] = {
        "overdue": {view.ref: view.facts.status.value for view in late},
        "missed": {view.ref: meetings_missed(view.facts, calendar, ctx.now) for view in late},
        "no update": sorted(view.ref for view in silent),
        "awaiting": sorted(view.ref for view in awaiting),
        "no lead": sorted(view.ref for view in no_lead),
        "no due": sorted(view.ref for view in no_due),
    }
    some: Pairs = {
        OVERDUE: [(one, ()) for one in late],
        NO_UPDATE: by_whole(ctx.listed, silent),
        WITHOUT_LEAD: by_whole(ctx.listed, no_lead),
        WITHOUT_DUE: by_whole(ctx.listed, no_due),
        AWAITING: by_whole(ctx.listed, awaiting),
    }
    sections, views_shown = _sections(ctx, some, CHANNEL_ROWS if public else SECRETARY_ROWS)
    groups = list(digest_groups(sections, calendar.board.key, public=public))
    changed = _changes(since, known)
    if changed:
        groups.append(Group(SINCE_LAST, texts=tuple(changed)))
    headline = (
        f"{calendar.board.name}: {number_said(counted.overdue, 'action')} overdue."
        if counted.overdue
        else f"{calendar.board.name}: nothing overdue."
    )
    content = Content(
        headline,
        intro=tuple(intro),
        groups=tuple(groups),
        footer=(OVERDUE_MEANS,),
        picture=picture_of(ctx, views, "open action", calendar.board.name, empty=False) if views else None,
    )
    shown = snapshot_of(content, sections, changed, views_shown, ctx.today)
    fingerprint = json.dumps({**known, SHOWN: shown}, sort_keys=True, ensure_ascii=False)
    if not public and calendar.board.channel and not calendar.board.publish_at_once:
        which = f"sent {sent_as}" if sent_as is not None else f"made {mark_of(fingerprint)}"
        button = press_button("Publish", PublishDigest(board=calendar.board.id, shown=which), "primary")
        content = replace(content, buttons=(button,), publishes=(calendar.board.channel, calendar.board.key))
    elif not public and calendar.board.channel:
        content = _asked_of_secretary(ctx, calendar, content, fingerprint, sent_as)
    keeps = sent_as is not None or may(ctx.roles, Verb.PAPERS, About(board_id=calendar.board.id))
    if not public and keeps and coming is not None and calendar.dates(coming).updates_due <= ctx.today:
        sends = press_button("Send me the paper", SendPaper(meeting=coming.id))
        content = replace(content, buttons=(*content.buttons, sends))
    return Made(with_head(ctx, content), fingerprint, counted.overdue)


def _asked_of_secretary(
    ctx: RequestContext, calendar: BoardCalendar, content: Content, fingerprint: str, sent_as: int | None
) -> Content:
    """Return a digest that publishes itself with a question about the words that are left out of the channel."""
    _, left_out = leave_out_doubtful(ctx, content)
    if not left_out:
        return content
    which = f"sent {sent_as}" if sent_as is not None else f"made {mark_of(fingerprint)}"
    held = f"The channel says “{HELD}”: {asking_to_publish(left_out)}"
    buttons = doubtful_buttons(PUBLISH_LABEL, PublishDigest(board=calendar.board.id, shown=which))
    return replace(content, intro=(*content.intro, held), buttons=buttons)


def with_head(ctx: RequestContext, content: Content) -> Content:
    """Return a digest with the head of the record under it, which shows what was written by then."""
    head = head_of(ctx.session)
    line = f"Record so far: {head}."
    return replace(content, footer=(*content.footer, line)) if head else content


def _sections(ctx: RequestContext, some: Pairs, room: int) -> tuple[list[DigestSection], dict[str, ActionView]]:
    """Return the sections of a digest, of each the worst that there is room for, and those actions by ref."""
    fits = rows_of_each([(heading, len(pairs)) for heading, pairs in some.items()], room)
    parts = {heading: {one.facts.id: named for one, named in pairs} for heading, pairs in some.items()}
    ordered = {
        heading: worst_first((one for one, _ in pairs), ctx.calendars, ctx.now) for heading, pairs in some.items()
    }
    chosen = {heading: ordered[heading][:fit] for heading, fit in zip(some, fits, strict=True)}
    views = {view.facts.id: view for view in ctx.read_listed([one for shown in chosen.values() for one in shown])}
    rows = {
        heading: [_row(ctx, views[one.facts.id], heading, parts[heading][one.facts.id]) for one in chosen[heading]]
        for heading in some
    }
    sections = [DigestSection(heading, [one.ref for one in ordered[heading]], rows[heading]) for heading in some]
    return sections, {view.ref: view for view in views.values()}


def _row(ctx: RequestContext, view: ActionView, heading: str, parts: tuple[PartFacts, ...]) -> ActionLine:
    """Return the row of an action; of one for all partners with the organisations that are meant."""
    row = action_row(view, ctx.calendars, ctx.now)
    return about_lead(row, f"{_SAID_OF_PARTS[heading]} {partners_named(parts)}".strip()) if parts else row


def _no_update(
    ctx: RequestContext, calendar: BoardCalendar, views: list[ListedAction], late: frozenset[int]
) -> list[ListedAction]:
    """Return those who were asked for the next meeting and have not answered, once updates were due."""
    coming = calendar.next(ctx.now)
    if coming is None or calendar.dates(coming).updates_due >= ctx.today:
        return []
    return [
        view
        for view in views
        if not {view.facts.id, view.facts.parent_id} & late and is_owed(view.facts, coming, calendar, ctx.now)
    ]


def _changes(since: str, known: Mapping[str, Any]) -> list[str]:
    """Return what has changed since the last digest, in sentences."""
    if not since:
        return []
    before = json.loads(since)
    was, now = before.get("overdue", {}), known["overdue"]
    said = []
    new = [ref for ref in now if ref not in was]
    gone = [ref for ref in was if ref not in now]
    moved = [ref for ref in now if ref in was and was[ref] != now[ref]]
    if new:
        said.append(f"Newly overdue: {', '.join(new)}.")
    if gone:
        said.append(f"No longer overdue: {', '.join(gone)}.")
    said += [f"{ref}: {was[ref]}, now {now[ref]}." for ref in moved]
    for key, words in (("awaiting", "Now awaiting the board"), ("no lead", "Now without a lead")):
        fresh = [ref for ref in known[key] if ref not in before.get(key, [])]
        if fresh:
            said.append(f"{words}: {', '.join(fresh)}.")
    return said


def show_digest(ctx: RequestContext, command: ShowDigest) -> Response:
    """Answer `digest [board]`: for secretaries and chairs of the board, and administrators."""
    board_key = command.board
    if not board_key:
        own = ctx.roles.secretary_of | ctx.roles.chair_of
        if len(own) == 1:
            board_key = ctx.boards[next(iter(own))].key
    typed = f"digest {command.board}".strip()
    if not any(may(ctx.roles, Verb.DIGEST, About(board_id=board_id)) for board_id in ctx.calendars):
        secretary = ctx.secretary(next(iter(ctx.calendars))) if len(ctx.calendars) == 1 else ""
        return say(why_not(Verb.DIGEST, secretary=secretary), typed=typed)
    found = read_board(board_key, ctx.vocabulary)
    if isinstance(found, BoardAsk):
        return say(found.say, typed=command.board, buttons=_which(ctx, found))
    calendar = calendar_of_key(ctx, found.key)
    check_may_of_board(ctx, Verb.DIGEST, calendar.board.id, typed=typed)
    before = last_fingerprint(ctx.session, NotificationKind.DIGEST, calendar.board.id)
    return Response(make_digest(ctx, calendar, since=before).content)


def _which(ctx: RequestContext, meant: BoardAsk) -> tuple[Button, ...]:
    """Return the boards of which the asker may read a digest: those that are meant, else all."""
    own = [
        (calendar.board.name, f"digest {calendar.board.key}", calendar.board.key in meant.keys)
        for calendar in ctx.calendars.values()
        if may(ctx.roles, Verb.DIGEST, About(board_id=calendar.board.id))
    ]
    some = any(fits for _, _, fits in own)
    return ask_which("Choose a board…", [(name, words) for name, words, fits in own if fits or not some])


def publish_pressed(ctx: RequestContext, value: PublishDigest) -> Response:
    """Answer *Publish*: to the board's channel, the digest that the button was under; one in a local day."""
    calendar = ctx.calendars.get(value.board)
    if calendar is None:
        return say(NotHere("That board is not in this plan, so nothing was published."))
    check_may_of_board(ctx, Verb.PUBLISH, calendar.board.id)
    if not calendar.board.channel:
        return say(f"The {calendar.board.name} has no channel yet, so nothing was published.")
    held = calendar.latest_held(ctx.now)
    if held is None:
        return say(f"The {calendar.board.name} has held no meeting yet, so there is nothing to publish.")
    fingerprint, shown = _digest_meant(ctx, calendar, value.shown)
    day = shown_on(shown)
    step = Published(day)
    if is_published(ctx.session, calendar.board.id, step):
        return say(f"The digest of {day_said(day)} was published already.")
    _, left_out = leave_out_doubtful(ctx, restored_digest(replace(ctx, shared=True), shown, calendar.board.key))
    if left_out and not value.doubtful:
        question = f"Nothing is published yet: {asking_to_publish(left_out)}"
        return Response(Content(question, buttons=doubtful_buttons(PUBLISH_LABEL, value)))
    if value.doubtful == LEFT_OUT and calendar.board.publish_at_once:
        return say(f"Left out: the channel says “{HELD}”.")
    if value.doubtful == CLEARED:
        told = json.loads(fingerprint)
        told[SHOWN][CLEARED] = [one.ref for one in left_out]
        fingerprint = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return receipt(
        f"Publishing the digest of {day_said(day)} to the channel of the {calendar.board.name}.",
        "It says what you saw, signed by posts and organisations.",
        notices=[NoticeOut(NotificationKind.PUBLISH, calendar.board.id, held.id, step=step, fingerprint=fingerprint)],
    )


def _digest_meant(ctx: RequestContext, calendar: BoardCalendar, which: str) -> tuple[str, Frozen]:
    """Return the digest whose button was pressed, as shown; of an answer, only while it still stands so."""
    how, _, what = which.partition(" ")
    if how != "made":
        number = number_in(what) if how == "sent" else None
        fingerprint = digest_fingerprint(ctx.session, calendar.board.id, number)
        if how == "sent" and not fingerprint:
            known = f"I do not find that digest any more: “/cypp digest {calendar.board.key}” shows today’s."
            raise NotDone(say(NotHere(known)))
        shown = shown_in(fingerprint)
        if shown is not None:
            return fingerprint, shown
    before = last_fingerprint(ctx.session, NotificationKind.DIGEST, calendar.board.id)
    made = make_digest(ctx, calendar, since=before)
    shown = shown_in(made.fingerprint)
    assert shown is not None  # noqa: S101 - it was just made
    if how == "made" and mark_of(made.fingerprint) != what:
        changed = "This has changed since you looked, so nothing was published yet: it is shown as it stands now."
        raise NotDone(Response(replace(made.content, intro=(changed, *made.content.intro))))
    return made.fingerprint, shown
