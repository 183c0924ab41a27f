"""A message of several parts: what is plain is recorded, what is not is asked about, each on its own, in one message.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from handlers.commands.answers import AnswerCommand, GiveUpdate, InParts, Recorded
from handlers.context import RequestContext
from handlers.conversation.awaited_words import await_words, lacks_words
from handlers.conversation.confirmations import show_back
from handlers.conversation.near_misses import answer_said, show_reading
from handlers.formatting import listed
from handlers.press_codec import press_button
from handlers.responses import MOST_IN_PARTS, Button, Content, NoticeOut, Response, response_of
from handlers.safeguarding.confirmation import BY_COMMAND, RecordSurely, asked_first
from handlers.safeguarding.detection import refused
from handlers.updates.answers import UndoOne, record_answer


def answer_in_parts(
    ctx: RequestContext, reading: InParts | Recorded, typed: str, thread: str, ask: Callable[[str], Response]
) -> Response:
    """Record each part that can be, and say of each other one what is missing, with its buttons.

    `thread`: where the message stands, "" in the conversation itself. `ask`: answers a question beside them.
    """
    commands = reading.commands if isinstance(reading, Recorded) else reading.recorded
    given = [(command, response_of(record_answer, ctx, command)) for command in commands]
    done = [(command, one) for command, one in given if one.done]
    left = [asked_first(naming(one, [command]), said_surely(command)) for command, one in given if not one.done]
    if isinstance(reading, InParts):
        if reading.read_as is not None:
            left.append(show_reading(ctx, reading.read_as, typed))
        left += [show_back(ctx, one, one.words) for one in reading.shown]
        left += [answered for one in reading.asides if (answered := ask(one)).content is not None]
    missing = [command for command, one in given if not one.done and lacks_words(ctx, command)]
    if len(missing) == 1:
        await_words(ctx, missing[0], thread)
    if not done and len(left) == 1:
        return left[0]
    return _together(done, left, typed)


def said_surely(command: AnswerCommand) -> RecordSurely:
    """Return what records one part once its writer has said that it identifies nobody."""
    said = answer_said(replace(command, words="")).partition(": ")[2]
    words = f"update {command.ref} {said}, {command.words}"
    if not isinstance(command, GiveUpdate):
        words = f"{said.partition(',')[0]} {command.ref} {command.words}"
    return RecordSurely(how=BY_COMMAND, words=words)


def naming(given: Response, commands: Sequence[AnswerCommand]) -> Response:
    """Return a question about words with what its press would record, so that the press names it."""
    if not given.doubtful or not isinstance(given.content, Content):
        return given
    said = listed([answer_said(replace(one, words="")) for one in commands])
    return replace(given, content=replace(given.content, intro=(*given.content.intro, f"It would record {said}.")))


def _together(done: Sequence[tuple[AnswerCommand, Response]], left: Sequence[Response], typed: str) -> Response:
    """Return one message for all parts: what was recorded first, then what is asked, then the buttons in that order."""
    replies = [one.content for _, one in done if isinstance(one.content, Content)]
    asked = [one.content for one in left if isinstance(one.content, Content)]
    notices: list[NoticeOut] = [notice for one in (*(one for _, one in done), *left) for notice in one.notices]
    buttons: list[Button] = []
    for (command, _), content in zip(done, replies, strict=True):
        label = f"Undo {command.ref}" if len(done) > 1 else "Undo"
        if content.buttons:
            value = content.buttons[0].value
            buttons.append(press_button(label, UndoOne.decode(value)))
    lines = list(_lines(replies))
    if len(replies) == 1:
        headline, intro = replies[0].headline, [*replies[0].intro]
    elif replies:
        headline, intro = f"Recorded {len(replies)} updates.", lines
    else:
        headline, intro = asked[0].headline, [*asked[0].intro]
    for content in asked if replies else asked[1:]:
        intro += [content.headline, *content.intro]
        if done and content.typed and not refused(content.typed):
            intro.append(f"You typed: {content.typed}")
    for content in asked:
        buttons += content.buttons
    groups = tuple(group for content in asked for group in content.groups)
    return Response(
        Content(headline, tuple(intro), groups, buttons=tuple(buttons[:MOST_IN_PARTS]), typed="" if done else typed),
        notices,
        done=bool(done),
    )


def _lines(replies: Sequence[Content]) -> Iterator[str]:
    for content in replies:
        yield content.headline
        yield from content.intro[:-1]
    if replies:
        yield from replies[0].intro[-1:]
