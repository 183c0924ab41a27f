"""Questions that name no command: an answer where one thing fits, buttons where several do, never a guess."""

import re
from collections.abc import Mapping

from handlers.actions.search import look
from handlers.commands.questions import AskPlan, WhatFits
from handlers.context import RequestContext
from handlers.formatting import number_said, span_said
from handlers.press_codec import ask_button
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.lexicon import TokenKind
from handlers.reading.normalise import clean, fold, quoted
from handlers.reading.questions import content_of
from handlers.reading.targets import ActionTarget, PriorityTarget, Target, ThemeTarget, read_target
from handlers.reading.tokens import tokens_of
from handlers.responses import LONGEST_LABEL, Button, Response, say
from handlers.status.plan_questions import answer_questions

_MOST_OFFERED = 5
_MOST_LIKELY = 3
_FOR_KEEPERS = frozenset(("papers", "brief", "owing", "export", "people"))
"""What only those may ask who keep a board or sit in its chair."""
AKIN = 4
"""Letters that two words must begin with alike to be offered, never taken, for each other: readiness, ready."""
_LIKELY: Mapping[str, tuple[str, str]] = {
    "papers": ("Make the paper", "agenda paper report print pdf word document pack item"),
    "brief": ("The chair’s brief", "briefing note chair"),
    "due": ("What is due next", "agenda due next coming forthcoming deadline soon"),
    "overdue": ("What is overdue", "late overdue behind missed slipping risk worry concern"),
    "owing": ("Who owes an answer", "chase replied answered missing outstanding silent nonresponder"),
    "meetings": (
        "Meetings and when papers go out",
        "meeting date venue room time calendar invite link teams zoom dial apology minute paper deadline agenda attend",
    ),
    "status": (
        "The plan",
        "dashboard stat statistic summary overview rag red amber green rating score chart graph pie traffic light "
        "progress page plan board picture report figure number total risk priority theme",
    ),
    "changes since last meeting": (
        "What has changed since the last meeting",
        "change new news latest recent different since happening",
    ),
    "mine": ("My actions", "action task todo list form reminder mine work job update request"),
    "export": ("Export", "excel spreadsheet csv file download export copy"),
    "help withhold": (
        "Help withhold",
        "privacy private confidential gdpr data protection public publish secret sensitive",
    ),
    "help not ours": (
        "Help not ours",
        "wrong ours colleague",
    ),
    "help contribute": ("Help contribute", "contribution contribute"),
    "people": ("People", "who lead owner contact officer secretary person name team"),
    "help": ("Help", "help how work understand confused human person guide manual instruction example write"),
}
"""What may be wanted, as it is asked: a button’s label, and words that people use for it."""
_LETTERS_ALIKE = 5
"""Letters from which words count as the same where the longer only ends otherwise: printed, prints."""
GENERAL = tuple(ask_button(_LIKELY[asks][0], asks) for asks in ("mine", "overdue", "due", "status", "help"))


def target_name(target: Target) -> str:
    """Return a part of the plan as a button says it."""
    match target:
        case ActionTarget(ref, _):
            return ref
        case PriorityTarget(numbers, _):
            label = span_said(numbers)
            return label[0].upper() + label[1:]
        case ThemeTarget(key, _):
            return f"Theme {key.capitalize()}"
    return "The plan"


def words_for(target: Target) -> str:
    """Return the words that ask for a part of the plan."""
    match target:
        case ActionTarget(ref, _):
            return f"status {ref}"
        case PriorityTarget(numbers, _):
            return f"status priorities {', '.join(map(str, numbers))}"
        case ThemeTarget(key, _):
            return f"status theme {key}"
    return "status"


def ask_plan(ctx: RequestContext, command: AskPlan) -> Response:
    """Answer a question in plain words; where nothing of it names anything in the plan, say what may fit."""
    given = answer_questions(ctx, command)
    if given is not None:
        return given
    reading = ctx.questions(command.typed)
    named = (
        [one.typed for query in reading.queries for one in query.phrases if query.yes_no] if reading is not None else []
    )
    buttons = fitting_buttons(ctx, command.typed)
    if len(named) != 1 or not buttons or look(ctx, named[0]).ids:
        return what_fits(ctx, WhatFits(command.typed))
    return say(
        f"Nothing in the plan is called {quoted(named[0])}, and no action has these words.",
        "Perhaps one of these:",
        typed=command.typed,
        buttons=buttons,
    )


def what_fits(ctx: RequestContext, command: WhatFits) -> Response:
    """Answer an unknown question with what it names in the plan as buttons, and what can be asked."""
    buttons = fitting_buttons(ctx, command.typed)
    return say(
        "I am not sure what you are asking." if not buttons else "I am not sure what you are asking. One of these?",
        "Nothing was recorded.",
        typed=command.typed,
        buttons=tuple(dict.fromkeys((*buttons, *GENERAL)))[: max(_MOST_OFFERED, len(buttons) + 1)],
    )


def likely_buttons(ctx: RequestContext, text: str) -> tuple[Button, ...]:
    """Return up to three things that words may want, those with most of their words first, of what the asker may do."""
    said = set(re.findall(r"[a-z]+", fold(clean(text))))
    keeps = ctx.roles.secretary_of or ctx.roles.chair_of
    found = {
        asks: sum(any(_is_one_word(word, known) for word in said) for known in words.split())
        for asks, (_, words) in _LIKELY.items()
        if keeps or asks not in _FOR_KEEPERS
    }
    best = sorted(filter(found.get, found), key=found.__getitem__, reverse=True)
    return tuple(ask_button(_LIKELY[asks][0], asks) for asks in best[:_MOST_LIKELY])


def _is_one_word(said: str, known: str) -> bool:
    return said in (known, f"{known}s") or (min(len(said), len(known)) >= _LETTERS_ALIKE and said.startswith(known))


def fitting_buttons(ctx: RequestContext, text: str) -> tuple[Button, ...]:
    """Return what a question names: actions by ref; else priorities, theme, board, and actions with its words."""
    tokens = tokens_of(fold(clean(text)), ctx.vocabulary)
    known = [one.value for one in tokens if one.kind in (TokenKind.REF, TokenKind.NEAR_REF)]
    refs = [ref for value in known if isinstance(value, tuple) and "" not in value for ref in value]
    buttons = [ask_button(ref, f"status {ref}") for ref in dict.fromkeys(refs)]
    words = content_of(text)
    if words and not refs:
        buttons += [*_parts(ctx, words), *_boards(ctx, words), *_findable(ctx, words, text)]
    return tuple(buttons[:_MOST_OFFERED])


def fitting_parts(ctx: RequestContext, text: str) -> tuple[Button, ...]:
    """Return the priorities or the theme that a text names."""
    return tuple(_parts(ctx, words)[:_MOST_OFFERED]) if (words := content_of(text)) else ()


def _parts(ctx: RequestContext, words: str) -> list[Button]:
    target = read_target(words, ctx.vocabulary)
    if isinstance(target, ActionTarget | PriorityTarget | ThemeTarget):
        return [ask_button(target_name(target), words_for(target))]
    return [
        ask_button(f"{one.number}. {one.title}"[:LONGEST_LABEL], f"status priority {one.number}")
        for one in ctx.vocabulary.priorities
        if _akin(words, " ".join((one.title, *one.aliases)))
    ]


def _boards(ctx: RequestContext, words: str) -> list[Button]:
    board = read_board(words, ctx.vocabulary)
    if not isinstance(board, BoardFound) or board.corrected_from:
        return []
    name = next(one.name for one in ctx.boards.values() if one.key == board.key)
    return [ask_button(f"Meetings: {name}"[:LONGEST_LABEL], f"meetings {board.key}")]


def _findable(ctx: RequestContext, words: str, text: str) -> list[Button]:
    found = look(ctx, words)
    if found.ids:
        label = f"{number_said(len(found.ids), 'action')} with {quoted(words)}"
        return [ask_button(label[:LONGEST_LABEL], f"find {words}")]
    nearest = [one for one in found.nearest if content_of(one)]
    return [*likely_buttons(ctx, text)] or [
        ask_button(f"Find “{one}”"[:LONGEST_LABEL], f"find {one}") for one in nearest
    ]


def _akin(words: str, name: str) -> bool:
    """Return whether every word asked about begins like a word of a name: "school readiness" and "Ready for school"."""
    known, wanted = (
        [word[:AKIN] for word in re.findall(r"[^\W_]+", fold(text)) if len(word) >= AKIN] for text in (name, words)
    )
    return bool(wanted) and all(word in known for word in wanted)
