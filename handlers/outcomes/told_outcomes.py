"""What a meeting decided, told by somebody who records no outcomes.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from dataclasses import replace

from handlers.context import RequestContext
from handlers.preconditions import check_may
from handlers.press_codec import ask_button
from handlers.reading.deeds.decided import read_decided
from handlers.responses import Content, NotDone, Response
from models.enums import OutcomeKind, Status, Verb


def told_by_a_lead(ctx: RequestContext, words: str, topic: tuple[str, ...]) -> Response | None:
    """Say who records it, where somebody who records no outcomes tells what a meeting decided; else None."""
    for part in read_decided(words, ctx.vocabulary, ctx.today, {}, topic).parts:
        for action in filter(None, map(ctx.action, part.refs)):
            # "Closed" alone is no evidence beside what was proposed before.
            alone = part.kind is OutcomeKind.CLOSED and " " not in part.rest and action.status is Status.PROPOSED
            if not alone and not (part.outright and part.told):
                continue
            calendar = ctx.where(action.due_meeting_id)
            meeting = calendar.by_id[action.due_meeting_id or 0] if calendar is not None else None
            if meeting is not None and meeting.begun(ctx.now):
                try:
                    check_may(ctx, Verb.OUTCOME, action, words)
                except NotDone as ended:
                    said = ended.response.content
                    assert isinstance(said, Content)  # noqa: S101 - it says who may
                    shows = ask_button(f"Show {action.ref}", f"status {action.ref}")
                    return replace(ended.response, content=replace(said, buttons=(*said.buttons, shows)))
    return None
