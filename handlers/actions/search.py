"""`find words`: actions by their ref, words, lead, organisations, priorities, status and last words; best first.

1. A status in the words ("off track", "amber") narrows the actions to those that stand so.
2. Every other word must fit: it begins a word of the action. A word that begins none in the whole plan and has four
   letters or more is taken for the words it is nearest to (rapidfuzz).
3. What fits in the ref or the words counts more than in the lead, the lead more than in what stands around it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.commands.questions import Find
from handlers.context import RequestContext
from handlers.formatting import number_said
from handlers.list_rows import action_row, rows_group
from handlers.pagination import PAGE_LENGTH, existing_page, page_buttons, page_footer
from handlers.press_codec import ask_button, shareable
from handlers.reading.likeness import keystrokes_off
from handlers.reading.normalise import clean, fold, join_words, quoted
from handlers.responses import Content, Response, say
from models.enums import Status
from models.plan.action_filter import ActionFilter
from models.plan.search_reads import Findable
from models.rules.refs import ref_parts
from models.rules.status_words import RATING_WORDS

SHORTEST_NEAR = 4
MOST_NEAR = 4
MOST_WORDS = 12
_MOST_OFFERED = 5
_LONGEST = 200
WORTH = (8.0, 5.0, 3.0, 2.0, 1.0)
"""What a word counts by where it is found: ref, words, lead, around, last words."""
NEAR_WORTH = 0.5

_SMALL = frozenset(
    ("the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "is", "are", "with", "our", "about", "any", "all",
     "by", "from", "or", "that", "which", "action", "actions", "us", "we")
)  # fmt: skip
_STATUSES: dict[str, Status] = (
    RATING_WORDS
    | dict.fromkeys(("done", "finished", "complete", "completed"), Status.PROPOSED)
    | dict.fromkeys(("proposed", "proposed for closure", "awaiting the board", "awaiting"), Status.PROPOSED)
    | dict.fromkeys(("closed", "complete", "completed", "agreed"), Status.COMPLETE)
    | {"withdrawn": Status.CLOSED_NOT_DONE, "closed, not done": Status.CLOSED_NOT_DONE}
)
_SEVERAL = tuple(word for word in _STATUSES if " " in word or "-" in word)
_EITHER = "|".join(word.replace(" ", "[ -]") for word in sorted(_SEVERAL, key=len, reverse=True))
_PHRASE = re.compile(rf"(?<![^\W_])(?:{_EITHER})(?![^\W_])")
_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What some words find: actions, best first. `nearest`: words to try instead. `read`: near misses as read."""

    ids: tuple[int, ...]
    nearest: tuple[str, ...] = ()
    read: tuple[tuple[str, str], ...] = ()


def find(words: str, actions: Sequence[Findable]) -> SearchHits:
    """Return what typed words find among every action. Pure."""
    folded = fold(clean(words[:_LONGEST]))
    status, folded = _status_in(folded)
    if status is not None:
        actions = [action for action in actions if action.status is status]
    wanted = [word for word in dict.fromkeys(_TOKEN.findall(folded)) if word not in _SMALL][:MOST_WORDS]
    if not wanted:
        return SearchHits(_by_whole(actions) if status is not None else ())
    ref = _normal("-".join(map(str, ref_parts(folded)))) if len(folded) < 60 else ""
    texts = [tuple(map(_normal, _texts(action))) for action in actions]
    known: set[str] | None = None
    alternatives: list[list[tuple[str, float]]] = []
    read: list[tuple[str, str]] = []
    for word in wanted:
        stems = _stems(word)
        if any(any(stem in text for stem in stems) for row in texts for text in row):
            alternatives.append([(stem, 1.0) for stem in stems])
            continue
        if known is None:
            known = {token for row in texts for text in row for token in text.split()}
        near = _near(word, known)
        alternatives.append([(f" {token} ", NEAR_WORTH) for token in near])
        read += [(word, near[0])] if near else []
    scored = []
    for action, row in zip(actions, texts, strict=True):
        score = _score(row, alternatives)
        if score and ref and row[0] == ref:
            score += 100
        if score:
            scored.append((-score, action.position, action.id, action))
    if scored:
        return SearchHits(_by_whole(row[3] for row in sorted(scored, key=lambda row: row[:3])), read=tuple(read))
    return SearchHits((), _nearest(wanted, alternatives, texts))


def _by_whole(actions: Iterable[Findable]) -> tuple[int, ...]:
    """Return the ids of actions, each once: a part stands for the action for all partners that it belongs to."""
    return tuple(dict.fromkeys(action.whole or action.id for action in actions))


def _texts(action: Findable) -> tuple[str, str, str, str, str]:
    return action.ref, action.words, action.lead, action.around, action.last


def _normal(text: str) -> str:
    """Return a text in the form it is searched in: folded, one space between words and around them."""
    return f" {_BETWEEN.sub(' ', fold(text)).strip()} ".replace("' ", " ")


def _stems(word: str) -> tuple[str, ...]:
    """Return the beginnings a word is searched by: itself, and without a plural s."""
    if word.isdecimal() or len(word) < 3:
        return (f" {word} ",)
    if len(word) >= 5 and word.endswith("ies"):
        return (f" {word}", f" {word[:-3]}y")
    return (
        (f" {word}", f" {word[:-1]} ") if len(word) >= 5 and word.endswith("s") and word[-2] != "s" else (f" {word}",)
    )


def _status_in(folded: str) -> tuple[Status | None, str]:
    """Return a status named in the words, and the other words; a single word only where nothing else was typed."""
    bare = folded.strip(" .,?!")
    if bare in _STATUSES:
        return _STATUSES[bare], ""
    found = _PHRASE.search(folded)
    if found is None:
        return None, folded
    known = found.group().replace("-", " ")
    return _STATUSES.get(known), f"{folded[: found.start()]} {folded[found.end() :]}"


def _near(word: str, known: Iterable[str]) -> list[str]:
    if len(word) < SHORTEST_NEAR:
        return []
    least = 1 - (keystrokes_off(word) + 0.01) / len(word)
    found = process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=least, limit=MOST_NEAR)
    return [token for token, _, _ in sorted(found, key=lambda row: (-row[1], row[0])) if len(token) >= SHORTEST_NEAR]


def _score(row: tuple[str, ...], alternatives: list[list[tuple[str, float]]]) -> float:
    """Return how well an action fits; 0 where one of the words does not."""
    total = 0.0
    for ways in alternatives:
        best = 0.0
        for stem, worth in ways:
            place = next((number for number, text in enumerate(row) if stem in text), None)
            if place is not None:
                best = max(best, WORTH[place] * worth)
        if not best:
            return 0.0
        total += best
    return total


def _nearest(
    wanted: list[str], alternatives: list[list[tuple[str, float]]], texts: list[tuple[str, ...]]
) -> tuple[str, ...]:
    """Return words to try instead: each typed word that fits by itself, near misses as the plan spells them."""
    offered = []
    for word, ways in zip(wanted, alternatives, strict=True):
        if ways and any(_score(row, [ways]) for row in texts):
            offered.append(word if ways[0][1] == 1.0 else ways[0][0].strip())
    return tuple(dict.fromkeys(offered))[:_MOST_OFFERED]


def look(ctx: RequestContext, words: str) -> SearchHits:
    """Return what some words find in this plan."""
    return find(words, ctx.findables)


def show_found(ctx: RequestContext, command: Find) -> Response:
    """Answer `find words`."""
    return answer_found(ctx, command, look(ctx, command.words))


def answer_found(ctx: RequestContext, command: Find, found: SearchHits) -> Response:
    """Return a page of what was found; where nothing was, words to try instead, as buttons."""
    words = command.words
    if not found.ids:
        buttons = tuple(ask_button(f"Find “{word}”", f"find {word}") for word in found.nearest)
        return say(
            f"No action has {'all of ' if len(words.split()) > 1 else ''}{quoted(words)}.",
            *(("These words are in the plan:",) if buttons else ("“/cypp status” shows the plan.",)),
            typed=words,
            buttons=buttons,
        )
    total = len(found.ids)
    page = existing_page(command.page, total)
    shown = found.ids[page * PAGE_LENGTH : (page + 1) * PAGE_LENGTH]
    views = {view.facts.id: view for view in ctx.views(ActionFilter(ids=shown))}
    lines = tuple(action_row(views[one], ctx.calendars, ctx.now) for one in shown if one in views)
    again = f"find {words}"
    read = join_words((f"{quoted(typed)} as “{near}”" for typed, near in found.read), "and")
    return Response(
        Content(
            f"{number_said(total, 'action')} {'has' if total == 1 else 'have'} {quoted(words)}.",
            intro=(f"Read {read}.",) if read else (),
            groups=(rows_group("", lines),),
            footer=page_footer(page, total),
            buttons=page_buttons(again, page, total),
            shareable=shareable(again, page),
        )
    )
