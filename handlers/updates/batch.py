"""Recording several answers of one message: all of them or none, with one receipt."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.actions.partners import answering
from handlers.commands.answers import AnswerCommand
from handlers.context import RequestContext
from handlers.press_codec import press_button
from handlers.responses import Content, Response, receipt, say
from handlers.updates.answers import UndoOne, record_answer, refuse_answer
from models.storage.tables import Action


def refuse_any(ctx: RequestContext, commands: Sequence[AnswerCommand], typed: str) -> Response | None:
    """Return why one of some answers cannot be recorded, with everything typed given back; None where all can."""
    for command in commands:
        about = answering(ctx, command.ref)
        action = about if isinstance(about, Action) else None
        problem = refuse_answer(ctx, action, command, command.words) if action is not None else about
        if action is not None and problem is None:
            continue
        answer = problem if isinstance(problem, Response) else say(f"There is no action {command.ref}.")
        assert isinstance(answer.content, Content)  # noqa: S101 - a refusal is a reply
        content = answer.content
        extra = ("None of the others was recorded either.",) if len(commands) > 1 else ()
        return replace(answer, content=replace(content, intro=(*content.intro, *extra), typed=typed))
    return None


def record_all(ctx: RequestContext, commands: Sequence[AnswerCommand], typed: str) -> Response:
    """Record all answers or none: where one cannot be recorded the sentence says which."""
    problem = refuse_any(ctx, commands, typed)
    if problem is not None:
        return problem
    answers = [record_answer(ctx, command) for command in commands]
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
