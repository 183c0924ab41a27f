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
    undoes = [one for one in content.buttons if given.done and _is_undo(one)]
    left = [one for one in content.buttons if one not in undoes]
    storing = {one: kind for one in left if (kind := _stores(ctx, one))}
    reads = any(_asks(ctx, one) for one in left)
    command = ctx.answered[-1] if ctx.answered else None
    gives_back = bool(content.typed) or content.headline.endswith("?")
    if command is not None and ctx.registry.reads(command) and not (given.done or gives_back):
        kind = MessageKind.SOCIAL if isinstance(command, Pleasantry) else MessageKind.QUESTION
        return kind, MessageStage.AT_ONCE
    kind = _kind_of(ctx, given, undoes, storing)
    if len(storing) == 1 and not (reads or given.done or any(_opens_form(ctx, one) for one in storing)):
        return kind, MessageStage.SHOWN
    asks = storing or (gives_back and not given.done)
    return kind, MessageStage.ASKED if asks else MessageStage.AT_ONCE


def _kind_of(
    ctx: RequestContext, given: Response, undoes: list[Button], storing: dict[Button, MessageKind]
) -> MessageKind:
    command = ctx.answered[-1] if ctx.answered else None
    taken_back = [kind for one in undoes if (kind := _stores(ctx, one))]
    told = [*taken_back, *storing.values()]
    several = len(undoes) > 1 or (undoes and storing) or any(_is_several(ctx, one) for one in storing)
    if told and told[0] is MessageKind.ANSWER:
        return MessageKind.SEVERAL if several else MessageKind.ANSWER
    if told:
        return told[0]
    if command is not None:
        return _kind_of_command(ctx, command) or MessageKind.QUESTION
    if given.done:
        return MessageKind.ANSWER
    given_back = isinstance(given.content, Content) and given.content.typed
    return MessageKind.OTHER if given_back else MessageKind.SOCIAL


def _stores(ctx: RequestContext, button: Button) -> MessageKind | None:
    """Return of which kind it is what a button records; None where it records nothing."""
    entry = ctx.registry.presses.get(button.verb)
    if entry is None or entry.value is ChangeReading:
        return None
    if issubclass(entry.value, Typed):
        return _kind_of_command(ctx, ctx.parsed(entry.value.decode(button.value).words).command)
    if entry.who_may == (Verb.READ,) and entry.replaces is not Replaces.WHEN_DONE:
        return None
    return _kind_of_verbs(entry.who_may)


def _asks(ctx: RequestContext, button: Button) -> bool:
    """Return whether a button asks something of the plan."""
    entry = ctx.registry.presses.get(button.verb)
    return entry is not None and issubclass(entry.value, Typed) and _stores(ctx, button) is None


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
