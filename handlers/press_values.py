"""What a press or a form is about: the action named in its value. The value comes from outside and is checked here."""

from hashlib import sha256

from handlers.buttons import MARK
from handlers.context import RequestContext
from handlers.permissions import NotHere
from models.storage.tables import Action

ACTION_GONE = NotHere(
    "That button is of an older message and its action is not in this plan any more: “/cypp mine” shows today’s."
)


def number_in(value: str) -> int:
    """A row's number as a button carries it; 0 for anything else, such as one that no column could hold."""
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def action_in(ctx: RequestContext, value: str) -> tuple[Action | None, int]:
    """The action and the meeting that a value "12|3" names; None where the plan has no such action."""
    action_id, _, meeting_id = value.partition("|")
    return ctx.action_by_id(number_in(action_id)), number_in(meeting_id)


def opened_on(value: str, *standing: object) -> str:
    """The value of a form that notices when what it shows has changed since it was opened (`changed_since`)."""
    return f"{value}{MARK}{_mark(standing)}"


def changed_since(value: str, *standing: object) -> bool:
    """Whether what a form showed when it was opened stands otherwise now; a value without a mark cannot tell."""
    mark = value.partition(MARK)[2]
    return bool(mark) and mark != _mark(standing)


def _mark(standing: tuple[object, ...]) -> str:
    return sha256(repr(standing).encode()).hexdigest()[:12]


def meeting_words(ctx: RequestContext, action: Action, meeting_id: int) -> str:
    """A meeting's day in a form the grammar reads back."""
    calendar = ctx.calendar(action.board_id)
    meeting = calendar.by_id.get(meeting_id) if calendar else None
    return calendar.day(meeting).isoformat() if calendar and meeting and meeting.starts_at else ""


def form_intro(ctx: RequestContext, action: Action) -> tuple[str, ...]:
    """What stands above the questions of a form: the ref and the words of the action."""
    view = ctx.view(action.id)
    return (f"{view.ref}: {view.words}",)
