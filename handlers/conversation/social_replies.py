"""The one fitting reply to a social act, or silence: thanks, promises, questions back, absence, passing on.

Nothing is stored by any of them. Where an answer may be meant, the actions that it may be about are the buttons. What
the board's secretary has to act on is passed on to them.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from handlers.context import RequestContext
from handlers.conversation.near_misses import NotAnUpdate
from handlers.conversation.passing_on import pass_act_on
from handlers.formatting import clipped, day_said, listed
from handlers.measures.measure_lists import figures_wanted
from handlers.notices import contacts_of
from handlers.people.deputies import name_button
from handlers.people.lookup import name_of
from handlers.people.quiet_days import owed_of
from handlers.permissions import About, may
from handlers.press_codec import ask_button, press_button
from handlers.reading.day_ranges import Bound
from handlers.reading.days import days_in
from handlers.reading.social_frames import SILENT, Act
from handlers.responses import Button, Content, Response, say
from handlers.risks.risk_lists import risks_wanted
from models.enums import Verb
from models.plan.action_filter import ActionFilter
from models.plan.people_reads import person_by_id
from models.plan.queries import ActionView
from models.plan.serving import recipients
from models.rules.facts import BoardCalendar, MeetingFacts

_MOST = 5
"""Actions that a question offers."""
_LONGEST = 160
_A_BOT = "I am a bot: I keep the record of each action of the plan and ask those who lead it how it stands."
_Due = tuple[ActionView, MeetingFacts, BoardCalendar]


def social_reply(
    ctx: RequestContext, act: Act, refs: tuple[str, ...], typed: str, about: tuple[str, ...] = ()
) -> Response | None:
    """Return the reply to a social act; None where it has none from this person.

    Args:
        ctx: who says it, and when.
        act: what they do.
        refs: the actions that they name, or else those the thread is about and those they owe.
        typed: what they said, given back where it may be an answer.
        about: of these, what the words or their thread are about.
    """
    if act in SILENT:
        return Response(None)
    if act in _ANSWERS:
        return _ANSWERS[act](ctx, refs)
    if not ctx.roles.posts:
        return None
    given = _ASKS[act](ctx, refs, typed) if act in _ASKS else None
    return given and pass_act_on(ctx, act, given, refs, typed, about)


def _posts(ctx: RequestContext) -> str:
    return listed(sorted(ctx.posts[one] for one in ctx.roles.posts if one in ctx.posts))


def _keeper(ctx: RequestContext, refs: tuple[str, ...]) -> str:
    """Return who is written to for the board of the first of some actions."""
    actions = [action for ref in refs if (action := ctx.action(ref)) is not None]
    boards = [action.board_id for action in actions] or [*ctx.calendars]
    calendar = ctx.calendar(boards[0]) if boards else None
    people = contacts_of(ctx, calendar) if calendar else ()
    return listed([name_of(person_by_id(ctx.session, one)) for one in people]) or "the board’s secretary"


def _due(ctx: RequestContext, refs: tuple[str, ...]) -> list[_Due]:
    """Return some actions with the meeting that an update on each is wanted for, those owed first."""
    owed = list(owed_of(ctx)) if ctx.roles.posts else []
    if found := [one for one in owed if not refs or one[0].ref in refs]:
        return found
    wanted = ActionFilter(lead_posts=ctx.roles.posts, open_only=True)
    views = ctx.views_to_answer(wanted) if ctx.roles.posts else []
    return [
        (view, meeting, calendar)
        for view in views
        if (not refs or view.ref in refs)
        and (calendar := ctx.calendar(view.facts.board_id)) is not None
        and (meeting := calendar.next(ctx.now)) is not None
    ]


def _by_meeting(due: list[_Due]) -> Mapping[tuple[date, date, str], list[str]]:
    """Return the refs by the days and the board of their meeting: when updates are due, when papers go out."""
    found: dict[tuple[date, date, str], list[str]] = {}
    for view, meeting, calendar in due:
        dates = calendar.dates(meeting)
        found.setdefault((dates.updates_due, dates.papers, calendar.board.name), []).append(view.ref)
    return found


def _robot(ctx: RequestContext, refs: tuple[str, ...]) -> Response:
    return say(
        _A_BOT,
        f"What you answer goes on record; a person reads it too: {_keeper(ctx, refs)}.",
    )


def _when(ctx: RequestContext, refs: tuple[str, ...]) -> Response | None:
    wanted = _due(ctx, refs)
    due = _by_meeting(wanted)
    met = {calendar.board.name: day_said(calendar.day(meeting)) for _, meeting, calendar in wanted}
    lines = [
        f"{listed(some)}: by {day_said(day)}, for the {board} of {met[board]}."
        for (day, _, board), some in sorted(due.items())
    ]
    if not lines:
        return None
    last = min(day for day, _, _ in due)
    return say(f"Updates are due by {day_said(last)}.", *lines[:_MOST])


def _what_to_say(ctx: RequestContext, refs: tuple[str, ...]) -> Response | None:
    refs = refs or tuple(view.ref for view, _, _ in _due(ctx, ()))
    if not refs:
        return None
    return Response(
        Content(
            f"One line on each of {listed(refs[:_MOST])} is enough: how it stands, and why if it is not on track."
            if len(refs) > 1
            else f"One line on {refs[0]} is enough: how it stands, and why if it is not on track.",
            (
                f"For instance “{refs[0]} on track, two schools have joined” or "
                f"“{refs[0]} amber because the post is vacant”.",
            ),
            (*figures_wanted(ctx), *risks_wanted(ctx)),
            buttons=tuple(ask_button(ref, f"status {ref}") for ref in refs[:_MOST]),
        )
    )


def _which(ctx: RequestContext, refs: tuple[str, ...]) -> Response | None:
    actions = [action for ref in refs[:_MOST] if (action := ctx.action(ref)) is not None]
    if not actions:
        return None
    return say(
        f"It is about {listed([action.ref for action in actions])}.",
        *(f"{action.ref}: {clipped(action.words, _LONGEST)}" for action in actions),
        buttons=tuple(ask_button(action.ref, f"status {action.ref}") for action in actions),
    )


def _if_not(ctx: RequestContext, refs: tuple[str, ...]) -> Response | None:
    due = _by_meeting(_due(ctx, refs))
    if not due:
        return None
    (day, papers, board), some = min(due.items())
    return say(
        f"Without an answer by {day_said(day)}, {listed(some)} goes to the {board} as “No update received”."
        if len(some) == 1
        else f"Without an answer by {day_said(day)}, {listed(some)} go to the {board} as “No update received”.",
        f"The papers go out on {day_said(papers)}; “no change” or “to follow by” a day is an answer too.",
    )


def _who_sees(ctx: RequestContext, refs: tuple[str, ...]) -> Response:
    return say(
        "Your words stand in the action’s history and may go into the board’s papers, which are public.",
        "What must not go there: say “not for publication” and why; lead, contact officer, secretary and chair see it, "
        "elsewhere it says “update held”.",
        f"Questions about it: {_keeper(ctx, refs)}.",
    )


def _back(ctx: RequestContext, refs: tuple[str, ...]) -> Response | None:
    due = _by_meeting(list(owed_of(ctx))) if ctx.roles.posts else {}
    lines = [f"{listed(some)}: by {day_said(day)}, for the {board}." for (day, _, board), some in sorted(due.items())]
    owed = [ref for some in due.values() for ref in some]
    if not owed:
        return say("Nothing is owed of you just now.", buttons=(ask_button("My actions", "mine"),))
    return say(
        f"You owe an update on {listed(owed)}.",
        *lines,
        buttons=tuple(ask_button(ref, f"status {ref}") for ref in owed[:_MOST]),
    )


def _stop(ctx: RequestContext, refs: tuple[str, ...]) -> Response:
    posts = _posts(ctx)
    if not posts:
        return say("You lead no action, so nobody asks you for updates.")
    return say(
        f"You are asked because you answer for {posts}, and once a week at most.",
        "If an action is not yours, choose “Other…”, “Not ours” under it, or say “/cypp not ours REF why”.",
        "If you are away: “/cypp quiet until 14/9”. If somebody stands in: “/cypp deputy @person until 14/9”.",
        "If the post has another holder, tell the board’s secretary, who hands it over.",
        buttons=(ask_button("My actions", "mine"),),
    )


def may_answer(ctx: RequestContext, refs: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some actions that the asker may answer for."""
    found = ((ref, ctx.action(ref)) for ref in refs)
    mine = [ref for ref, row in found if row and may(ctx.roles, Verb.ANSWER, About(row.lead_post_id, row.board_id))]
    return tuple(mine[:_MOST])


def likely_answers(refs: tuple[str, ...], *more: str) -> tuple[Button, ...]:
    """Return the likely answers on one action, or the cards of several, each of which has them."""
    if len(refs) != 1:
        return tuple(ask_button(ref, f"status {ref}") for ref in refs)
    ref = refs[0]
    usual = (
        ask_button(f"{ref}: on track", f"update {ref} on track"),
        ask_button(f"{ref}: no change", f"no change {ref}"),
    )
    return (*usual, *(ask_button(f"{ref}: {one}", f"{one} {ref}") for one in more), ask_button(ref, f"status {ref}"))


def _told(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    refs = may_answer(ctx, refs)
    if not refs:
        return None
    return say(
        f"What was said elsewhere is not on record here, so {listed(refs)} still {_waits(refs)} for a line. "
        "Nothing was recorded yet.",
        f"For instance “{refs[0]} on track, see my e-mail”; or choose:",
        typed=typed,
        buttons=likely_answers(refs),
    )


def _waits(refs: tuple[str, ...]) -> str:
    return "waits" if len(refs) == 1 else "wait"


def _no_update(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    refs = may_answer(ctx, refs)
    if not refs:
        return None
    return say(
        f"{listed(refs)} still {_waits(refs)} for an answer. Nothing was recorded yet.",
        "“No change” or “to follow by” a day will do, if that is how it stands.",
        typed=typed,
        buttons=likely_answers(refs, "verbal"),
    )


def _passed(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    refs = may_answer(ctx, refs)
    if not refs:
        return None
    return say(
        f"You still answer for {listed(refs)}. Nothing was recorded yet.",
        "A colleague can answer as your deputy or contact officer; their words to you can be yours here.",
        typed=typed,
        buttons=(name_button(None, None), *likely_answers(refs, "not ours")),
    )


def _passed_inside(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    """Say nothing where a colleague gets the requests beside the holder."""
    serving = recipients(ctx.session, ctx.today)
    beside = any(len(serving.get(post, ())) > 1 for post in ctx.roles.posts)
    return Response(None) if beside else _passed(ctx, refs, typed)


def _not_told(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    refs = may_answer(ctx, refs)
    if not refs:
        return None
    return say(
        f"You are asked about {listed(refs)} because you answer for {_posts(ctx)}. Nothing was recorded.",
        "If one is not yours, say “not ours” and whose it may be: its board’s secretary is told.",
        typed=typed,
        buttons=likely_answers(refs, "not ours"),
    )


def _habit(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response:
    return say(
        f"Requests for {_posts(ctx)} come on working days, whichever they are. Nothing was recorded.",
        "Somebody can stand in on some days, or nobody is asked on them: “/cypp quiet from 1/8 until 31/8”.",
        typed=typed,
        buttons=(name_button(None, None),),
    )


def _ring(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response:
    return say(
        f"I cannot ring anybody: {_keeper(ctx, refs)} can. Nothing was recorded.",
        "An update by word of mouth can be given at the meeting; a line here is enough as well.",
        buttons=likely_answers(may_answer(ctx, refs), "verbal"),
    )


def _by_mail(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response:
    return say(
        f"I write only in Slack; {_keeper(ctx, refs)} may take your answers by e-mail. Nothing was changed.",
        "A deputy gets the requests in your place.",
        typed=typed,
        buttons=(name_button(None, None), *likely_answers(may_answer(ctx, refs))),
    )


def _left(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response:
    return say(
        f"Then {_posts(ctx)} needs another holder: {_keeper(ctx, refs)} hands it over. Nothing was changed.",
        "Until then somebody can stand in.",
        typed=typed,
        buttons=(name_button(None, None),),
    )


def _by_day(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    """Show by which day an update would follow."""
    return _follows(ctx, refs, typed, "")


def _wait(ctx: RequestContext, refs: tuple[str, ...], typed: str) -> Response | None:
    """Ask whether an update is to follow, where somebody asks whether it may."""
    return _follows(ctx, refs, typed, "no change")


def _follows(ctx: RequestContext, refs: tuple[str, ...], typed: str, beside: str) -> Response | None:
    found = next((one for one in days_in(typed, ctx.today, absence=True) if one.last or one.first), None)
    day = (found.last or found.first) if found is not None else None
    if found is not None and day is not None and found.bound is Bound.BACK:
        day += timedelta(days=1)
    refs = may_answer(ctx, refs)
    if day is None or day < ctx.today or not refs:
        return _no_update(ctx, refs, typed)
    others = [ask_button(f"{ref}: {beside}", f"{beside} {ref}") for ref in refs] if beside else []
    return say(
        f"Shall the update on {listed(refs)} follow by {day_said(day)}? Nothing was recorded yet.",
        typed=typed,
        buttons=(
            *(ask_button(f"{ref}: to follow by {day_said(day)}", f"update {ref} to follow by {day}") for ref in refs),
            *others,
            press_button("Not an update", NotAnUpdate()),
        ),
    )


def _who(ctx: RequestContext, refs: tuple[str, ...]) -> Response:
    posts = _posts(ctx)
    due = [view.ref for view, _, _ in _due(ctx, ())]
    why = (f"You are asked because you answer for {posts}, which leads {listed(due[:_MOST])}.",) if due else ()
    return say(_A_BOT, *why, f"A person reads your answers too: {_keeper(ctx, refs)}.")


_ANSWERS: Mapping[Act, Callable[[RequestContext, tuple[str, ...]], Response | None]] = {
    Act.ROBOT: _robot,
    Act.WHO: _who,
    Act.WHEN: _when,
    Act.WHAT_TO_SAY: _what_to_say,
    Act.WHICH: _which,
    Act.IF_NOT: _if_not,
    Act.WHO_SEES: _who_sees,
    Act.BACK: _back,
    Act.STOP: _stop,
}
"""What is a question, or is answered like one."""
_ASKS: Mapping[Act, Callable[[RequestContext, tuple[str, ...], str], Response | None]] = {
    Act.TOLD: _told,
    Act.NO_UPDATE: _no_update,
    Act.PASSED: _passed,
    Act.PASSED_INSIDE: _passed_inside,
    Act.NOT_TOLD: _not_told,
    Act.HABIT: _habit,
    Act.RING: _ring,
    Act.BY_MAIL: _by_mail,
    Act.LEFT: _left,
    Act.WAIT: _wait,
    Act.BY_DAY: _by_day,
}
"""What may be meant as an answer, so that what would be one is asked."""
