"""The forms in which a lead answers: *Some issues…*, *Off track…*, *Done…*, and those of the menu *Other…*."""

from collections.abc import Mapping
from datetime import date

from handlers.actions.replans import ReplanIt, replan_form
from handlers.buttons import Another, Done, NotOursHere, OffTrack, OtherAnswer, SomeIssues, UpdateFollows
from handlers.commands.answers import GiveUpdate, NotOurs, ProposeClosure, SnoozeAction, ToFollow, Verbal
from handlers.context import RequestContext
from handlers.form_texts import form_intro, form_response, said_in
from handlers.formatting import status_said
from handlers.preconditions import check_may, wrong_field
from handlers.press_codec import OnAction
from handlers.reading.board_asks import with_ask
from handlers.responses import LONGEST_LABEL, Choice, Field, Response, say
from handlers.updates.answers import WORDS_MAX, record_answer, snooze
from models.enums import OPEN, Status, Verb
from models.rules.exempt_paragraphs import EXEMPT_PARAGRAPHS
from models.storage.tables import Action

HELD_FIELD = Field(
    "held",
    "Not for publication, because",
    kind="line",
    optional=True,
    max_length=200,
    hint="The lead, the secretary and the chair see the words; elsewhere it says “update held”.",
)
"""With the words of an answer: why they are to be held back."""
PARAGRAPH_FIELD = Field(
    "paragraph",
    "Exempt by which paragraph of Schedule 12A?",
    kind="choice",
    optional=True,
    choices=tuple(
        Choice(str(number), f"{number}: {covers}"[:LONGEST_LABEL]) for number, covers in EXEMPT_PARAGRAPHS.items()
    ),
    hint="The secretary can add it later.",
)
"""By which paragraph they are exempt: printed in the file of exempt items."""
ASK_FIELD = Field(
    "ask",
    "Ask of the board",
    kind="line",
    optional=True,
    max_length=300,
    hint="What the paper asks the board to consider, for instance “agree a third advisor”.",
)

_RATING_CHOICES = (
    Choice(Status.SOME_ISSUES.value, "🟠 some issues"),
    Choice(Status.OFF_TRACK.value, "🔴 off track"),
    Choice(Status.ON_TRACK.value, "🟢 on track"),
)


def _form(
    ctx: RequestContext, action: Action, value: OnAction, title: str, submit: str, *fields: Field, intro: str = ""
) -> Response:
    """Return a form about an action, for whoever may answer for it; `value`: of its button."""
    check_may(ctx, Verb.ANSWER, action)
    if action.status not in OPEN:
        return say(f"{action.ref} is {status_said(action.status)} now, so nothing was recorded.")
    about = (*form_intro(ctx, action), *filter(None, (intro,)))
    return form_response(f"{title} {action.ref}", value, submit, *fields, HELD_FIELD, PARAGRAPH_FIELD, intro=about)


def issues_form(
    ctx: RequestContext, action: Action, value: SomeIssues, status: Status = Status.SOME_ISSUES
) -> Response:
    """Answer the button *Some issues…*, and the menu *Answer for…* of somebody who keeps the board."""
    lead = ctx.posts.get(action.lead_post_id or 0, "")
    for_lead = f"For {lead}: end with how you know, “by e-mail of 4 Sep”." if lead else ""
    return _form(
        ctx,
        action,
        value,
        "Update",
        "Record",
        Field("status", "Status", "choice", initial=status.value, choices=_RATING_CHOICES),
        Field("words", "What is the issue, and what will you do about it?", max_length=WORDS_MAX),
        ASK_FIELD,
        intro="" if action.lead_post_id in ctx.roles.posts else for_lead,
    )


def off_track_form(ctx: RequestContext, action: Action, value: OffTrack) -> Response:
    """Answer the button *Off track…*."""
    same = SomeIssues(action=value.action, meeting=value.meeting, seen=value.seen)
    return issues_form(ctx, action, same, Status.OFF_TRACK)


def other_form(ctx: RequestContext, action: Action, value: OtherAnswer) -> Response:
    """Answer the menu *Other…*: with a form, or at once where nothing is to be said."""
    match value.chosen:
        case Another.VERBAL:
            return record_answer(ctx, Verbal(action.ref))
        case Another.FOLLOWS:
            by = Field("by", "By which day?", kind="date")
            return _form(ctx, action, UpdateFollows(action=action.id), "To follow:", "Record", by)
        case Another.MEETING:
            return replan_form(ctx, action, ReplanIt(action=action.id))
        case Another.SNOOZE:
            return snooze(ctx, SnoozeAction(action.ref, value.meeting))
    return not_ours_form(ctx, action, NotOursHere(action=value.action, meeting=value.meeting, seen=value.seen))


def follows_sent(ctx: RequestContext, action: Action, _value: UpdateFollows, fields: Mapping[str, str]) -> Response:
    """Take in the form *To follow…*."""
    try:
        by = date.fromisoformat(fields.get("by", ""))
    except ValueError:
        raise wrong_field("by", "Choose a day.") from None
    return record_answer(ctx, ToFollow(action.ref, by))


def done_form(ctx: RequestContext, action: Action, value: Done) -> Response:
    """Answer the button *Done…*."""
    evidence = Field("words", "What shows that it is done? Words or a link", max_length=WORDS_MAX)
    intro = "You propose, the board agrees."
    return _form(ctx, action, value, "Done:", "Propose for closure", evidence, intro=intro)


def not_ours_form(ctx: RequestContext, action: Action, value: NotOursHere) -> Response:
    """Answer the button *Not ours*."""
    whose = Field("words", "Whose is it, as far as you know?", optional=True, max_length=WORDS_MAX)
    return _form(ctx, action, value, "Not ours:", "Tell the secretary", whose)


def issues_sent(ctx: RequestContext, action: Action, _value: SomeIssues, fields: Mapping[str, str]) -> Response:
    """Take in the form *Some issues…*."""
    words = said_in(fields, "words")
    try:
        status = Status(fields.get("status", ""))
    except ValueError:
        raise wrong_field("status", "Choose one of the three.") from None
    if not words and status is not Status.ON_TRACK:
        raise wrong_field("words", f"{status.value.capitalize()} needs a reason.")
    asked = with_ask(words, said_in(fields, ASK_FIELD.name))
    return record_answer(ctx, GiveUpdate(action.ref, status, _held(asked, fields)))


def done_sent(ctx: RequestContext, action: Action, _value: Done, fields: Mapping[str, str]) -> Response:
    """Take in the form *Done…*."""
    words = said_in(fields, "words")
    if not words:
        raise wrong_field("words", "A few words or a link are needed.")
    return record_answer(ctx, ProposeClosure(action.ref, _held(words, fields)))


def not_ours_sent(ctx: RequestContext, action: Action, _value: NotOursHere, fields: Mapping[str, str]) -> Response:
    """Take in the form *Not ours*."""
    return record_answer(ctx, NotOurs(action.ref, _held(said_in(fields, "words"), fields)))


def _held(words: str, fields: Mapping[str, str]) -> str:
    """Return the words with why they are not for publication, as somebody would type it."""
    why, paragraph = said_in(fields, HELD_FIELD.name), fields.get(PARAGRAPH_FIELD.name, "")
    if paragraph:
        why = ", ".join(filter(None, (why, f"paragraph {paragraph}")))
    return f"{words}, not for publication because {why}" if why and words else words
