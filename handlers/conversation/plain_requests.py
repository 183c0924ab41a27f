"""Commands and questions typed as plain words, without `/cypp` in front.

An update must never be taken for a command. So a command counts here only when it is written as help shows it, with
the action right behind its name; a question only when it has the form of one and what it asks about is in the plan.
"""

import re
from dataclasses import replace
from functools import cache

from handlers.actions.search import look
from handlers.boards.organisations import is_organisation
from handlers.commands import Command
from handlers.commands.actions import ExportPlan
from handlers.commands.answers import AnswerCommand, GiveUpdate, ShowBack, SnoozeAction
from handlers.commands.boards import ChangeBoard, ShowBoard, ShowOrganisations
from handlers.commands.papers import (
    MakePapers,
    PaperCommand,
    ShowBrief,
    ShowClearances,
    ShowExempt,
    ShowFront,
    ShowTemplate,
    UseOurTemplate,
)
from handlers.commands.people import AddPost, ShowOtherNames, ShowPeople
from handlers.commands.questions import (
    AskPlan,
    Find,
    Help,
    ShowChanges,
    ShowDigest,
    ShowDue,
    ShowFigures,
    ShowLeaderless,
    ShowMeetings,
    ShowMine,
    ShowOverdue,
    ShowOwing,
    ShowPlans,
    ShowStatus,
    Unclear,
    WhatFits,
)
from handlers.commands.records import ShowHistory
from handlers.context import RequestContext
from handlers.dispatch import answer, answer_text
from handlers.people.lookup import match_post
from handlers.reading.board_names import BoardAsk, BoardFound, read_board
from handlers.reading.meeting_names import MeetingAsk, names_a_day, read_meeting
from handlers.reading.normalise import clean, fold, plain
from handlers.reading.paper_requests import paper_request
from handlers.reading.queries.query import QuestionReading
from handlers.reading.questions import _LONGEST_QUESTION, sounds_like_a_question
from handlers.reading.ref_finder import guess_at, ref_at
from handlers.reading.targets import NoTarget, PriorityTarget, ThemeTarget, WholePlan, read_target
from handlers.responses import Content, Response
from handlers.status.changes import since_when
from handlers.status.owing import meetings_asked_about
from handlers.status.plan_questions import can_answer
from models.plan.action_filter import ActionFilter

WHOLE_PLAN = frozenset(("status", "plan", "overview", "the plan"))
_PLEASE = re.compile(r"(?:please,? )?")
_SLASH = re.compile(r"/?cypp(?=$|\s)")
_WHOLE = (
    re.compile(r"meeting (?:add|move|cancel|confirm) "),
    re.compile(r"(?:remind me|ask me (?:again|later)) about "),
    re.compile(r"quiet (?:from|until|till) |quiet off$"),
    re.compile(r"(?:start|stop) (?:the )?reminders(?![^\W_])"),
    re.compile(r"org [^.;\n]{1,120} (?:becomes|closed|open|contributors?|ends) "),
    re.compile(r"other names (?:remove |[^.;\n]{1,120} means )"),
    re.compile(
        r"(?:handover|hand over|deputy|contact officer) (?:[^.;:\n]{0,120} )?(?:<@[uw]|[^\s@<>]+@[^\s@<>]+\.[a-z])"
    ),
)
"""Commands without a ref right behind their name that nobody writes as an update. One line for each."""
_OF_PAPERS = re.compile(
    r"(?:(?:(?:freeze|thaw) (?:the )?)?papers|brief|exempt(?: items| file)?|template (?:papers|front sheet)"
    r"|(?:our )?(?:papers|front sheet) template|front sheet|clearances?)(?![^\W_])"
)
_PRECISE = re.compile(r"[0-9@]")
"""A day or an address: whoever gives one means the command, also where it cannot be read."""
_PLAIN_READS = re.compile(
    r"(?:(?:please |show |show me |give me |list |an? |the )*"
    r"(?:status|mine|my actions|my list|overdue|due|owing|meetings?|digest|help|plan|summary|overview))(?![^\W_])"
    r"|(?:please )?(?:show|give|tell) me |find |search for |(?:p|priority|priorities|theme) ?[0-9a-z]|\?$"
    r'|[0-9]+ actions? with [“"]'
    r"|(?:people|board|org|other names)(?: [^.,;:\n]{2,80})?$|orgs$|history [^\s,;:]|"
    r"export(?: (?:to |as |in )?(?:an? )?(?:xlsx|csv|yaml|excel)(?: file)?)?$"
)
_ATTACHED = re.compile(r"(?:please )?find (?:attached|enclosed|below|here|the attached|our|my|that)")


def typed_command(ctx: RequestContext, text: str, answers: bool) -> Response | None:
    """Return a typed command: anything after `/cypp`; else one that is written as help shows it."""
    words = clean(text)
    words = words[_PLEASE.match(fold(words)).end() :]  # type: ignore[union-attr]
    folded = fold(words)
    if _SLASH.match(folded):
        return None if answers else unshared(answer_text(ctx, text))
    named = _named(tuple(one.name for one in ctx.registry.grammar.spellings)).match(folded)
    command = ctx.parsed(text).command
    whole = any(form.match(folded) for form in _WHOLE) or _sets_a_board(ctx, command) or _is_of_papers(ctx, words)
    whole = whole or _adds_a_post(ctx, command)
    if not whole and (named is None or not _ref_follows(ctx, folded, named.end())):
        return None
    if isinstance(command, Unclear) and ((whole and _PRECISE.search(folded)) or _changes(ctx, command.nearest)):
        return None if answers else answer_text(ctx, text)
    if ctx.registry.reads(command) or (isinstance(command, GiveUpdate) and command.status is None):
        return None
    if isinstance(command, AnswerCommand) is not answers:
        return None
    return answer_text(ctx, text)


def is_typed_command(ctx: RequestContext, text: str) -> bool:
    """Return whether words begin as a command does that help shows: its action right behind its name, or whole."""
    words = clean(text)
    folded = fold(words[_PLEASE.match(fold(words)).end() :])  # type: ignore[union-attr]
    if _SLASH.match(folded) or any(form.match(folded) for form in _WHOLE) or _is_of_papers(ctx, words):
        return True
    named = _named(tuple(one.name for one in ctx.registry.grammar.spellings)).match(folded)
    if named is not None and named.group().startswith("board") and _sets_a_board(ctx, ctx.parsed(text).command):
        return True
    if named is not None and "post" in named.group() and _adds_a_post(ctx, ctx.parsed(text).command):
        return True
    return named is not None and ref_at(folded, named.end(), ctx.vocabulary) is not None


def _changes(ctx: RequestContext, name: str) -> bool:
    """Return whether a command is about an action and no answer.

    With an action right behind its name it is no update, even where something is missing in it.
    """
    return any(
        spelling.name == name and spelling.usage.startswith(f"{name} REF")
        for entry in ctx.registry.commands.values()
        for spelling in entry.spellings
        if not entry.reads and not issubclass(entry.command, AnswerCommand | SnoozeAction)
    )


@cache
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a command's own name at the beginning of words."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])[ ,:]*")


def _sets_a_board(ctx: RequestContext, command: Command) -> bool:
    """Return whether `board partnership papers 7 working days` names a board: "board papers are late" does not."""
    if not isinstance(command, ChangeBoard) or not command.board:
        return False
    return isinstance(read_board(command.board, ctx.vocabulary), BoardFound)


def _adds_a_post(ctx: RequestContext, command: Command) -> bool:
    """Return whether `new post Head of SEND at the council` names a title: "new post filled at the pool" has none."""
    if not isinstance(command, AddPost) or not command.title[:1].isupper():
        return False
    return is_organisation(ctx, command.organisation)


def _is_of_papers(ctx: RequestContext, words: str) -> bool:
    """Return whether words are a command about a paper, and nothing more: "papers were late" is none."""
    asked = _OF_PAPERS.match(fold(words)) or paper_request(words, ctx.vocabulary, ctx.today)
    command = ctx.parsed(words).command if asked else None
    if not isinstance(command, PaperCommand):
        return isinstance(command, ShowTemplate | UseOurTemplate)
    return _names_meetings(ctx, command.meeting)


def _names_meetings(ctx: RequestContext, words: str) -> bool:
    """Return whether words name a meeting or several, or are none."""
    found = read_meeting(words, ctx.vocabulary, ctx.today) if words else None
    return not isinstance(found, MeetingAsk) or found.several


def _ref_follows(ctx: RequestContext, folded: str, place: int) -> bool:
    if ref_at(folded, place, ctx.vocabulary) is not None:
        return True
    guess = guess_at(folded, place, ctx.vocabulary)
    return guess is not None and guess.certain


def asks_by_name(ctx: RequestContext, text: str) -> bool:
    """Return whether words are a command that asks, with its name, about what is in the plan: "due on 16 September"."""
    words = clean(text)
    command = ctx.parsed(words).command if _PLAIN_READS.match(fold(words)) else None
    return command is not None and ctx.registry.reads(command) and _in_the_plan(ctx, command, False, words)


def typed_question(ctx: RequestContext, text: str) -> Response | None:
    """Return the answer to a question or a command that only reads.

    None where it is neither, or what it asks about is not in the plan.
    """
    words = _history_of(ctx, clean(text))
    folded = fold(words)
    if len(words) > _LONGEST_QUESTION or "\n" in words or _ATTACHED.match(folded):
        return None
    reading = ctx.questions(words)
    command = ctx.parsed(words).command
    asks = reading is not None and reading.asked
    if reading is not None and isinstance(command, AskPlan):
        asks = asks or _names_what_is_meant(ctx, reading)
        return unshared(answer(ctx, command)) if asks and can_answer(ctx, reading) else None
    of_papers = _is_of_papers(ctx, words)
    plainly = of_papers or isinstance(command, ShowFigures | ShowPlans) or _PLAIN_READS.match(folded) is not None
    if not asks and not plainly and not _is_ref(ctx, folded):
        return None
    if not ctx.registry.reads(command) or not _in_the_plan(ctx, command, asks, words):
        return None
    return unshared(answer(ctx, command))


def _names_what_is_meant(ctx: RequestContext, reading: QuestionReading) -> bool:
    """Return whether words that are no question by their form are one: "not green" is, from whoever leads nothing."""
    if not reading.says_what or reading.names_actions:
        return False
    rated = all(not query.subjects for query in reading.queries)
    return not ((rated or not reading.is_whole) and ctx.roles.posts and owes_any(ctx))


def owes_any(ctx: RequestContext) -> bool:
    """Return whether the asker leads an open action, so that a bare status may be an answer."""
    return bool(ctx.listed(ActionFilter(lead_posts=ctx.roles.posts, open_only=True)))


def asks_of_another_rating(ctx: RequestContext, text: str, reading: ShowBack) -> bool:
    """Return whether "heard-1 off track???" comes from its lead and is on record otherwise: it may be an update."""
    asked = ctx.questions(text)
    mine = [one for ref in reading.refs if (one := ctx.action(ref)) is not None]
    if asked is None or len(asked.queries) != 1 or len(mine) != 1 or not reading.doubted:
        return False
    query = asked.queries[0]
    rated = len(query.statuses) == 1 and not query.yes_no and ref_at(fold(clean(text)), 0, ctx.vocabulary) is not None
    return rated and mine[0].status not in query.statuses and mine[0].lead_post_id in ctx.roles.posts


def unknown_question(ctx: RequestContext, text: str) -> Response | None:
    """Return what fits, as buttons, for what sounds like a question and is not known; None for anything else."""
    reading = ctx.questions(clean(text))
    if reading is not None and reading.asked:
        return unshared(answer(ctx, AskPlan(text)))
    return answer(ctx, WhatFits(text)) if sounds_like_a_question(text) else None


def _history_of(ctx: RequestContext, words: str) -> str:
    """Return `history healthy-5` for "healthy-5 history"; any other text unchanged."""
    seen = ref_at(fold(words), 0, ctx.vocabulary)
    after = fold(words[seen.end :]).strip(" :-?.!") if seen is not None else ""
    return f"history {seen.ref}" if seen is not None and after in ("history", "log", "audit trail") else words


def _is_ref(ctx: RequestContext, folded: str) -> bool:
    seen = ref_at(folded, 0, ctx.vocabulary)
    return seen is not None and not folded[seen.end :].strip(" .?!")


def _in_the_plan(ctx: RequestContext, command: Command, asks: bool, words: str) -> bool:
    """Return whether what is asked about is there: "due to illness we are late" is no question about a meeting."""
    match command:
        case MakePapers() | ShowBrief() | ShowExempt() | ShowTemplate() | ShowFront() | ShowClearances():
            return _is_of_papers(ctx, words)
        case ShowFigures(since):
            return not since or since_when(ctx, since) is not None
        case ShowStatus(about, _):
            target = read_target(about, ctx.vocabulary)
            if isinstance(target, NoTarget):
                return False
            near = isinstance(target, PriorityTarget | ThemeTarget) and bool(target.corrected_from)
            return asks or not (near or (isinstance(target, WholePlan) and plain(words) not in WHOLE_PLAN))
        case ShowMeetings(about) if names_a_day(about, ctx.today):
            return _names_meetings(ctx, about)
        case ShowOverdue(board, _) | ShowMeetings(board) | ShowDigest(board):
            return not board or not isinstance(read_board(board, ctx.vocabulary), BoardAsk)
        case ShowDue(about, _):
            return _names_meetings(ctx, about)
        case ShowOwing(about, _):
            return not about or not isinstance(meetings_asked_about(ctx, about), MeetingAsk)
        case Find(words_, _):
            return len(words_.split()) < 3 or bool(look(ctx, words_).ids)
        case ShowChanges(since, _):
            # "What has changed since then is that we hired two" is an update.
            return since_when(ctx, since) is not None
        case ShowMine() | Help():
            return asks or len(words.split()) <= 3
        case ShowBoard(board):
            return not board or isinstance(read_board(board, ctx.vocabulary), BoardFound)
        case ShowPeople(about, _):
            # "People are waiting for a place" is an update.
            found_posts = match_post(ctx, about)
            few = bool(found_posts.names or found_posts.nearest) and len(about.split()) <= 3
            return not about or found_posts.one is not None or few
        case ShowOtherNames(about):
            return not about or match_post(ctx, about) is not None or is_organisation(ctx, about)
        case ShowOrganisations(name):
            return not name or is_organisation(ctx, name)
        case ShowHistory() | ExportPlan() | ShowLeaderless() | ShowPlans():
            return True
    return False


def unshared(given: Response) -> Response:
    """Return a reply without *Share in channel*: in a conversation of two there is none."""
    content = given.content
    return replace(given, content=replace(content, shareable="")) if isinstance(content, Content) else given
