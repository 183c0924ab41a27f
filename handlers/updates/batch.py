"""Recording several answers of one message: all of them or none, with one receipt."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.actions.partners import answering
from handlers.commands.answers import AnswerCommand
from handlers.context import RequestContext
from handlers.press_codec import press_button
from handlers.responses import Content, NotDone, Response, receipt, response_of, say
from handlers.updates.answers import UndoOne, record_answer, words_to_record
from models.storage.tables import Action


def refuse_any(ctx: RequestContext, commands: Sequence[AnswerCommand], typed: str) -> Response | None:
    """Return why one of some answers cannot be recorded, with everything typed given back; None where all can."""
    for command in commands:
        problem = _refused(ctx, command)
        if problem is not None:
            content = problem.content
            assert isinstance(content, Content)  # noqa: S101 - a refusal is a reply
            extra = ("None of the others was recorded either.",) if len(commands) > 1 else ()
            return replace(problem, content=replace(content, intro=(*content.intro, *extra), typed=typed))
    return None


def _refused(ctx: RequestContext, command: AnswerCommand) -> Response | None:
    action = answering(ctx, command.ref)
    if not isinstance(action, Action):
        return action or say(f"There is no action {command.ref}.")
    try:
        words_to_record(ctx, action, command)
    except NotDone as ended:
        return ended.response
    return None


def record_all(ctx: RequestContext, commands: Sequence[AnswerCommand], typed: str) -> Response:
    """Record all answers or none: where one cannot be recorded the sentence says which."""
    problem = refuse_any(ctx, commands, typed)
    if problem is not None:
        return problem
    answers = [response_of(record_answer, ctx, command) for command in commands]
    if len(answers) == 1:
        return answers[0]
    replies = [answer.content for answer in answers if isinstance(answer.content, Content)]
    return receipt(
        f"Recorded {len(replies)} updates.",
        *(line for content in replies for line in (content.headline, *content.intro[:-1])),
        *replies[0].intro[-1:],
        buttons=tuple(
            press_button(f"Undo {command.ref}", UndoOne.decode(content.buttons[0].value))
            for command, content in zip(commands, replies, strict=True)
            if content.buttons
        ),
        notices=[notice for answer in answers for notice in answer.notices],
    )
