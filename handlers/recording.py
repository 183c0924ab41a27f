"""Recording several answers of one message: all of them or none, with one receipt."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.commands import AnswerCommand
from handlers.context import Round
from handlers.parts import answering
from handlers.provenance import words_of
from handlers.replies import Answer, Button, Reply, say
from handlers.updates import record_answer, refuse_answer
from models.tables import Action


def refuse_any(asked: Round, commands: Sequence[AnswerCommand], typed: str) -> Answer | None:
    """Why one of some answers cannot be recorded, with everything typed given back; None where all can."""
    for command in commands:
        about = answering(asked, command.ref)
        action = about if isinstance(about, Action) else None
        problem = refuse_answer(asked, action, command, words_of(command)) if action is not None else about
        if action is not None and problem is None:
            continue
        answer = problem if isinstance(problem, Answer) else say(f"There is no action {command.ref}.")
        assert isinstance(answer.reply, Reply)  # noqa: S101 - a refusal is a reply
        reply = answer.reply
        extra = ("None of the others was recorded either.",) if len(commands) > 1 else ()
        return replace(answer, reply=replace(reply, intro=(*reply.intro, *extra), typed=typed))
    return None


def record_all(asked: Round, commands: Sequence[AnswerCommand], typed: str) -> Answer:
    """All or nothing: where one of several answers cannot be recorded, none is, and the sentence says which."""
    problem = refuse_any(asked, commands, typed)
    if problem is not None:
        return problem
    answers = [record_answer(asked, command) for command in commands]
    if len(answers) == 1:
        return answers[0]
    replies = [answer.reply for answer in answers if isinstance(answer.reply, Reply)]
    return Answer(
        Reply(
            f"Recorded {len(replies)} updates.",
            intro=tuple(line for reply in replies for line in (reply.headline, *reply.intro[:-1]))
            + replies[0].intro[-1:],
            buttons=tuple(
                Button(f"Undo {command.ref}", "undoone", reply.buttons[0].value)
                for command, reply in zip(commands, replies, strict=True)
                if reply.buttons
            ),
        ),
        notices=[notice for answer in answers for notice in answer.notices],
        done=True,
    )
