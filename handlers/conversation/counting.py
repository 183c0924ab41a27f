"""What a message is counted as in `cypp figures`, told from the reply to it alone: its kind, and how far it came.

A reply that says less than it could is counted as asking: the figures never say more than was done.
"""

from handlers.commands import Command
from handlers.commands.questions import Pleasantry
from handlers.context import RequestContext
from handlers.conversation.near_misses import RECORD_THESE, ChangeReading, RecordReading
from handlers.press_codec import Typed
from handlers.registry import Replaces
from handlers.responses import Button, Content, Response
from models.enums import MessageKind, MessageStage, Verb

_UNDO = "Undo"
"""How the label of every button begins that takes something back."""
_KINDS = {Verb.ANSWER: MessageKind.ANSWER, Verb.OUTCOME: MessageKind.OUTCOME}


def asks_for_the_rest(given: Response) -> bool:
    """Return whether something was done and something else is to be pressed."""
    content = given.content
    return given.done and isinstance(content, Content) and any(not _is_undo(one) for one in content.buttons)


def _is_undo(button: Button) -> bool:
    return button.label.startswith(_UNDO)


def kind_and_stage(ctx: RequestContext, given: Response) -> tuple[MessageKind, MessageStage]:
    """Return what a message is counted as by the reply to it.

    Done, without anything to press but *Undo*, is right at once; so is an answer, a tick or silence. One press that
    records what is shown is *shown*. Everything else that has buttons, or gives the words back, is *asked about*.
    """
    content = given.content
    if not isinstance(content, Content):
        return MessageKind.SOCIAL, MessageStage.AT_ONCE
    command = ctx.answered[-1] if ctx.answered else None
    gives_back = bool(content.typed) or content.headline.endswith("?")
    if command is not None and ctx.registry.reads(command) and not (given.done or gives_back):
        kind = MessageKind.SOCIAL if isinstance(command, Pleasantry) else MessageKind.QUESTION
        return kind, MessageStage.AT_ONCE
    undoes = [one for one in content.buttons if given.done and _is_undo(one)]
    offers = [one for one in content.buttons if one not in undoes and _is_offer(ctx, one)]
    kind = _kind_of(ctx, given, undoes, offers)
    if len(offers) == 1 and _stores(ctx, offers[0]) and not (given.done or _opens_form(ctx, offers[0])):
        return kind, MessageStage.SHOWN
    asks = (gives_back and not given.done) or any(_stores(ctx, one) for one in offers)
    return kind, MessageStage.ASKED if asks else MessageStage.AT_ONCE


def _kind_of(ctx: RequestContext, given: Response, undoes: list[Button], offers: list[Button]) -> MessageKind:
    """Return the kind by the first button: what others offer is of the same, and to read each takes time."""
    first = next((kind for one in (*undoes, *offers)[:1] if (kind := _stores(ctx, one))), None)
    if first is MessageKind.ANSWER:
        several = len(undoes) > 1 or (undoes and offers) or any(_is_several(ctx, one) for one in offers)
        return MessageKind.SEVERAL if several else MessageKind.ANSWER
    if first is not None:
        return first
    if ctx.answered:
        return _kind_of_command(ctx, ctx.answered[-1]) or MessageKind.QUESTION
    if given.done:
        return MessageKind.ANSWER
    given_back = isinstance(given.content, Content) and given.content.typed
    return MessageKind.OTHER if given_back else MessageKind.SOCIAL


def _is_offer(ctx: RequestContext, button: Button) -> bool:
    """Return whether a button records or asks something, and does not turn down what is shown."""
    entry = ctx.registry.presses.get(button.verb)
    if entry is None or entry.value is ChangeReading:
        return False
    declines = entry.who_may == (Verb.READ,) and entry.replaces is not Replaces.WHEN_DONE
    return issubclass(entry.value, Typed) or not declines


def _stores(ctx: RequestContext, button: Button) -> MessageKind | None:
    """Return of which kind it is what an offer records; None where it only asks."""
    entry = ctx.registry.presses[button.verb]
    if issubclass(entry.value, Typed):
        return _kind_of_command(ctx, ctx.parsed(entry.value.decode(button.value).words).command)
    return _kind_of_verbs(entry.who_may)


def _opens_form(ctx: RequestContext, button: Button) -> bool:
    return bool(getattr(ctx.registry.presses[button.verb], "asks", False))


def _is_several(ctx: RequestContext, button: Button) -> bool:
    entry = ctx.registry.presses[button.verb]
    return entry.value is RecordReading and button.label.startswith(RECORD_THESE)


def _kind_of_command(ctx: RequestContext, command: Command) -> MessageKind | None:
    entry = ctx.registry.command(command)
    return None if entry.reads else _kind_of_verbs(entry.who_may)


def _kind_of_verbs(verbs: tuple[Verb, ...]) -> MessageKind:
    return next((_KINDS[one] for one in verbs if one in _KINDS), MessageKind.CHANGE)
