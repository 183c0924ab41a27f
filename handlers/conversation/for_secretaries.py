"""What only those write who keep a board, or are asked for its papers: logs, lines to add, clearances, returns."""

from dataclasses import replace

from handlers.actions.additions import add_lines, means_to_add
from handlers.commands.actions import AddLines
from handlers.conversation.contributions_in_words import contribution_in_words
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.lists_in_words import list_in_words
from handlers.conversation.measures_in_words import figures_in_words
from handlers.conversation.risks_in_words import risk_in_words
from handlers.logs.shown_log import pasted_log
from handlers.papers.said_clearances import clearance_in_words
from handlers.reading.changes.added_lines import lines_to_add
from handlers.responses import Content, Response
from handlers.safeguarding.confirmation import asked_first


def read_pasted_log(said: IncomingWords) -> Response | None:
    """Show a pasted table of actions to whoever keeps a board."""
    given = pasted_log(said.ctx, said.typed)
    return asked_first(given, said.again) if given is not None else None


def read_said_for_papers(said: IncomingWords) -> Response | None:
    """Record a clearance, a figure, a risk's score or a return, from whoever is asked for it; not under an action."""
    if said.thread_ts and said.whose.topic:
        return None
    return (
        clearance_in_words(said.ctx, said.text)
        or figures_in_words(said)
        or risk_in_words(said)
        or list_in_words(said)
        or contribution_in_words(said)
    )


def read_added_lines(said: IncomingWords) -> Response | None:
    """Show actions to be added, pasted or in one line, by somebody who may."""
    said_so = lines_to_add(said.text, said.ctx.vocabulary, said.ctx.today)
    if said_so is None and not means_to_add(said.ctx, said.text):
        return None
    given = asked_first(add_lines(said.ctx, AddLines(said_so or said.text)), said.again)
    if given.done or given.doubtful or not isinstance(given.content, Content):
        return given
    return replace(given, content=replace(given.content, typed=said.text))
