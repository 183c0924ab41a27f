"""What a careful secretary would call what the bot made of a row.

Five verdicts, best first; `right at once` is the ease that the row deserves, whatever that is:

- *right at once*: what the row stores is stored and nothing else, what it says is said; for a row of kind `ask` the one
  question with buttons, for `tick` silence, for `refused` the refusal.
- *right reading shown*: all of it is behind one press that names it, and no other status is offered for the action: the
  row wants it shown, or had deserved it at once.
- *one question*: nothing wrong is stored and likely answers are buttons, but the row deserved more.
- *not understood*: nothing wrong, and nothing that helps: “I am not sure what you are asking”, a noise for silence.
- *wrong*: see below. Nothing that is wrong elsewhere is made good by what is right.

Wrong, for a row of any kind, is:

1. anything stored that the row does not store: another action, another status, anything at once where the row wants it
   shown or asked, other words (only a “because”, “bc”, “as”, dash or comma that leads them, or the full stop that ends
   them, may differ);
2. a phrase of `never` said;
3. a button that stores a status or an outcome which the row does not mean and which neither it nor the message names
   (quotations do not count; what the row means and nothing names is a question at best);
4. a press that stores what the row does not mean: for a row with `shows`, another status for one of its actions where
   the right one is not among the buttons, or an action beside them; where the row has `must_not`, the one thing on
   offer for an action, if it is that; anything at all on a row of kind `refused`;
5. an answer (a list, a card, a count: no question, nothing given back) that lacks a phrase that is certain, or to words
   that are no question.

By kind:

- `record`, `propose`: at once is right; behind one press that stores just these lines it is shown; with statuses to
  choose from, or with other words behind the press, a question.
- `shown`: one press stores every line of `shows` (its beginning); without `shows`, one press does something. Several
  presses for several lines are a question.
- `request`: as `shown`; what is stored is the wish.
- `several`: the part of `stored` at once, the part of `shows` behind a press, the rest named in what is said.
- `ask`: a question whose buttons are about these words; one that has none, or names no phrase of `answer`, or shows one
  reading alone, or asks which action where one is named, is less. Where `answer` holds nothing but the writer's own
  words, and no ref, nothing in the plan is meant: they come back, with any buttons but searches alone.
- `answer`, `answered in part`: an answer with every phrase of `answer` in it; what was typed, given back, is no answer.
- `tick`: nothing, or a reaction. `silence`: nothing at all.
- `refused`: every phrase of `answer`, nothing stored, no way round it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.test_utterances import listed
from tests.understanding.player import Offer, Played


class Judged(StrEnum):
    """The verdicts, best first."""

    AT_ONCE = "right at once"
    SHOWN = "right reading shown"
    QUESTION = "one question"
    LOST = "not understood"
    WRONG = "wrong"


@dataclass(frozen=True)
class Verdict:
    """What a row comes to, and why it is not more, in a few words."""

    judged: Judged
    why: str = ""


_TYPED = re.compile(r"^You typed: .*", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"“[^”]*”")
_NOTHING_DONE = re.compile(r"\bnothing (?:was|has been|is yet) ", re.IGNORECASE)
_LEADING = re.compile(r"“(?:because|bc|as|[-–—,:])\s*(?=\S)", re.IGNORECASE)
_REF = re.compile(r"\b(?:heard|happy|healthy|achieving|\d{1,2}[a-z]{3})-\d+\b")
_HELPS_NOBODY = frozenset({"", "mine", "overdue", "due", "due next", "plan", "status", "help", "the plan"})
_DECLINES = frozenset({"Not an update", "Neither", "Help", "Discard"})
_FOUND = re.compile(r"^\d+ ")
"""A button that searches says how many it finds."""
_QUESTIONS = ("answer", "answered in part")

_NAMES: Mapping[str, tuple[str, ...]] = {
    "on track": ("on track",),
    "some issues": ("some issues",),
    "off track": ("off track",),
    "not started": ("not started",),
    "no change": ("no change", "still"),
    "proposed for closure": ("closure", "done"),
    "complete": ("complete", "close"),
    "not ours": ("not ours", "not yours", "not theirs"),
    "to follow": ("follow",),
    "verbal update": ("verbal",),
}
"""What a line of this beginning is called on a button, or beside it."""
_DECISIONS: Mapping[str, tuple[str, ...]] = {
    "closed, not done": ("not done",),
    "closed": ("close", "agree"),
    "carried forward": ("carr",),
    "not agreed": ("not agreed",),
    "no decision": ("no decision",),
}
_ENTRY = f": (?:{'|'.join(_NAMES)})"
_LOOKS_LIKE: tuple[tuple[str, str], ...] = (
    (r"on track", r": on track"),
    (r"off track", r": off track"),
    (r"some issues", r": some issues"),
    (r"not started", r": not started"),
    (r"no change", r": no change"),
    (r"not ours", r": not ours"),
    (r"to follow", r": to follow"),
    (r"verbal", r": verbal"),
    (r"closure|closed|complete", r": (?:proposed for closure|complete|the board of [^:]*: closed)"),
    (r"outcome|carr|not agreed|no decision", r": the board of "),
    (r"re-plan|request", r": (?:asked to re-plan|moved from)"),
    (r"status|update|record\b", _ENTRY),
    (r"contact officer|deputy|holder", r": (?:contact officer|deputy|holder) "),
    (r"question|answer|\b(?:list|count|card|search|wording)\b|worst first", r"(?!)"),
)
"""What a `must_not` calls a thing, and how a line of it begins; what is only said is no line.

What is not here means anything that is stored.
"""
_ONLY_UNSHOWN = re.compile(
    r"at once|in silence|before the press|without (?:a press|being shown|a question)|with twelve"
)
"""A `must_not` of this says when, not what: a press is no breach of it."""


def judge(row: Mapping[str, Any], played: Played) -> Verdict:
    """Return what a row comes to.

    Args:
        row: its keys as they are written.
        played: what came of it.
    """
    fault = _fault(row, played)
    if fault is None and played.trouble:
        fault = Verdict(Judged.LOST, played.trouble)
    return fault or _BY_KIND[row["kind"]](row, played)


# -- what is read out of a row and what came of it


def matches(stored: str, wanted: str) -> bool:
    """Return whether a stored line is the wanted one, but for a reason word before its words and a full stop after."""
    return _bare(stored) == _bare(wanted)


def begins(stored: str, wanted: str) -> bool:
    """Return whether a stored line begins as wanted."""
    whole = _bare(stored)
    return whole.startswith(_bare(wanted).removesuffix("”"))


def _bare(line: str) -> str:
    return " ".join(_LEADING.sub("“", line).split()).replace(".”", "”")


def _own_words(played: Played) -> str:
    """Return what the bot says of its own, buttons and all: without what was typed and is given back."""
    return "\n".join((_TYPED.sub("", played.said), *(f"[{one.label}]" for one in played.offers)))


def _is_answer(played: Played) -> bool:
    """Return whether something was said that is neither a question nor the news that nothing was done."""
    return bool(played.said) and not (
        played.stored or "You typed:" in played.said or _NOTHING_DONE.search(_own_words(played))
    )


def _missing(row: Mapping[str, Any], said: str) -> list[str]:
    folded = said.casefold()
    return [one for one in listed(row.get("answer")) if one != "silence" and one.casefold() not in folded]


def _storing(played: Played) -> list[Offer]:
    return [one for one in played.offers if one.stores]


def _helps(row: Mapping[str, Any], played: Played) -> bool:
    """Return whether a button is about what was written: no way back to the start, and no search but for a question."""

    def useful(offer: Offer) -> bool:
        if offer.label in _DECLINES or offer.leads == "nothing":
            return False
        asks = offer.says.casefold().strip() if offer.leads == "answer" else "something"
        if asks.startswith("find "):
            return row["kind"] in _QUESTIONS and bool(_FOUND.search(offer.label))
        return asks not in _HELPS_NOBODY

    return any(useful(one) for one in played.offers)


def _subject(line: str) -> str:
    return line.partition(":")[0]


# -- what is wrong whatever the kind


def _fault(row: Mapping[str, Any], played: Played) -> Verdict | None:
    wanted = listed(row.get("stored"))
    for line in played.stored:
        if not any(matches(line, one) for one in wanted):
            return Verdict(Judged.WRONG, f"stores {line}")
    for phrase in listed(row.get("never")):
        if phrase.casefold() in played.said.casefold():
            return Verdict(Judged.WRONG, f"says “{phrase}”")
    meant = [*wanted, *listed(row.get("shows"))]
    for offer in _storing(played):
        for line in _unnamed(offer, played):
            if not any(_same_thing(line, one) for one in meant):
                return Verdict(Judged.WRONG, f"[{offer.label}] stores {line}, unnamed")
    return _wrong_press(row, played)


def _unnamed(offer: Offer, played: Played) -> list[str]:
    """Return the lines that a press stores and of which neither the button nor the message names what they are."""
    beside = _QUOTED.sub("", _TYPED.sub("", played.said))
    return [line for line in offer.stores if not _is_named(line, offer.label, beside)]


def _is_named(line: str, label: str, beside: str) -> bool:
    """Return whether a button, or the message beside it, names the status or the outcome of a line."""
    what = line.partition(": ")[2]
    names, what = (_DECISIONS, what.partition(": ")[2]) if what.startswith("the board of") else (_NAMES, what)
    for beginning, said in names.items():
        if what.startswith(beginning):
            ref = _subject(line).casefold()
            near = "\n".join(part for part in _message_lines(beside) if ref in part)
            return any(one in label.casefold() or one in near for one in said)
    return True


def _message_lines(beside: str) -> list[str]:
    """Return the lines of a message without its buttons."""
    return [line.casefold() for line in beside.splitlines() if not line.startswith("[")]


def _wrong_press(row: Mapping[str, Any], played: Played) -> Verdict | None:
    offers = [] if _is_answer(played) and row["kind"] in ("answer", "answered in part") else _storing(played)
    if row["kind"] == "refused" and offers:
        return Verdict(Judged.WRONG, f"[{offers[0].label}] stores {offers[0].stores[0]}")
    shows = [*listed(row.get("shows")), *listed(row.get("stored"))]
    by_subject: dict[str, set[str]] = defaultdict(set)
    for offer in offers:
        for line in offer.stores:
            by_subject[_subject(line)].add(line)
    if row.get("shows") or (row.get("stored") and row["kind"] in ("record", "propose")):
        named = {_subject(line) for line in shows}
        for subject, lines in by_subject.items():
            rated = {line for line in lines if re.search(_ENTRY, line) or ": the board of" in line}
            if subject in named:
                right = [one for one in shows if _subject(one) == subject]
                if rated and len(rated) == 1 and not any(_same_thing(line, one) for line in rated for one in right):
                    return Verdict(Judged.WRONG, f"one press stores {next(iter(rated))}")
            elif rated and any(len(one.stores) > 1 and rated & set(one.stores) for one in offers):
                return Verdict(Judged.WRONG, f"one press stores {next(iter(rated))} as well")
    must_not = str(row.get("must_not", ""))
    if must_not and row["kind"] in ("ask", "tick", "answer", "answered in part", "several"):
        return _looks_like(must_not, by_subject, shows, len(offers))
    return None


def _same_thing(line: str, wanted: str) -> bool:
    """Return whether two lines store the same about the same action, in whatever words."""
    return begins(_QUOTED.sub("", line).rstrip(" ,"), _QUOTED.sub("", wanted).rstrip(" ,"))


def _looks_like(must_not: str, by_subject: Mapping[str, set[str]], shows: list[str], many: int) -> Verdict | None:
    """Return the breach of a `must_not` by the only thing that can be pressed for an action."""
    if _ONLY_UNSHOWN.search(must_not) or ("guess" in must_not and many > 1):
        return None
    refs = set(_REF.findall(must_not))
    kinds = [line for name, line in _LOOKS_LIKE if re.search(name, must_not)] or [""]
    for subject, lines in by_subject.items():
        alone = len({_QUOTED.sub("", line) for line in lines}) == 1
        for line in sorted(lines) if alone and (not refs or subject in refs) else ():
            if any(begins(line, one) for one in shows):
                continue
            if any(re.search(kind, line) for kind in kinds):
                return Verdict(Judged.WRONG, f"one press stores {line}; must not: {must_not}")
    return None


# -- by kind


def _at_once(row: Mapping[str, Any], played: Played) -> Verdict:
    """`record`, `propose`, `several`, and the rest of `shown` and `request`."""
    wanted, shows = listed(row.get("stored")), listed(row.get("shows"))
    left = [one for one in wanted if not any(matches(line, one) for line in played.stored)]
    missing = _missing(row, _own_words(played))
    if not left and not missing and _pressed_apart(played, shows):
        return Verdict(Judged.SHOWN if row["kind"] in ("shown", "request") else Judged.AT_ONCE)
    if not missing and _covers(played, left, shows):
        return Verdict(Judged.SHOWN, "behind a press")
    if _is_answer(played) and not _helps(row, played):
        return Verdict(Judged.WRONG, "an answer to what is no question")
    gone = [one for one in left if _subject(one) not in played.said] if played.stored else []
    if _helps(row, played) and not gone:
        would = [line for one in _storing(played) for line in one.stores]
        return Verdict(
            Judged.QUESTION,
            f"without {', '.join(missing)}" if missing else f"a press stores {would[0]}" if would else "asked",
        )
    return Verdict(Judged.LOST, f"lost: {'; '.join(gone or left or missing)}")


def _shown(row: Mapping[str, Any], played: Played) -> Verdict:
    """`shown`, `request`."""
    shows = listed(row.get("shows"))
    does = any(one.leads == "stored" and one.label not in _DECLINES for one in played.offers)
    if not shows and not does and not (row.get("press") and row.get("stored")):
        given = _at_once({**row, "shows": ["something"]}, played)
        return given if given.judged in (Judged.WRONG, Judged.LOST) else Verdict(Judged.QUESTION, "no press does it")
    return _at_once(row, played)


def _covers(played: Played, wanted: Iterable[str], shows: Iterable[str]) -> bool:
    """Return whether one press that names it stores all that is not stored yet, and nothing else is to choose from."""
    wanted, shows = list(wanted), list(shows)
    if not wanted and not shows:
        return False
    return any(
        not _has_others(offer, played)
        and all(any(matches(line, one) for line in offer.stores) for one in wanted)
        and all(any(begins(line, one) for line in offer.stores) for one in shows)
        for offer in _storing(played)
        if not _unnamed(offer, played)
    )


def _has_others(offer: Offer, played: Played) -> bool:
    """Return whether another button stores another status for an action of this one."""
    rated = {_QUOTED.sub("", line) for line in offer.stores if re.search(_ENTRY, line)}
    others = {_QUOTED.sub("", line) for one in _storing(played) for line in one.stores if re.search(_ENTRY, line)}
    return any(_subject(line) in map(_subject, rated) for line in others - rated)


def _pressed_apart(played: Played, shows: list[str]) -> bool:
    """Return whether one press stores all of these, or where there is nothing to press, nothing has to be."""
    return not shows or _covers(played, (), shows)


def _ask(row: Mapping[str, Any], played: Played) -> Verdict:
    own = _own_words(played)
    if not played.said:
        return Verdict(Judged.LOST, "nothing is said")
    if _is_answer(played) and not any(one.stores or one.leads in ("form", "words") for one in played.offers):
        return Verdict(Judged.WRONG, "an answer to what is no question")
    missing = [one for one in _missing(row, own) if _REF.fullmatch(one) or one.casefold() not in played.said.casefold()]
    if "buttons" in row and [one.label for one in played.offers] != listed(row["buttons"]):
        missing.append("its buttons")
    searches = all(one.leads == "answer" and one.says.startswith("find ") for one in played.offers)
    if _wants_words_back(row) and not missing and not searches and not _storing(played):
        return Verdict(Judged.AT_ONCE)
    if not _helps(row, played):
        start = any(one.leads == "answer" for one in played.offers)
        if "?" in _QUOTED.sub("", own) and not start and not missing:
            return Verdict(Judged.QUESTION, "without buttons")
        return Verdict(Judged.LOST, "no likely answer to press")
    if missing:
        return Verdict(Judged.QUESTION, f"without {', '.join(missing)}")
    named = {*_REF.findall(" ".join(listed(row["says"])).casefold())}
    beside = {ref for one in played.offers for ref in _REF.findall(one.label)} - {*listed(row.get("answer")), *named}
    if named and beside:
        return Verdict(Judged.QUESTION, f"asks about {', '.join(sorted(beside))} as well")
    if sum(one.label not in _DECLINES and one.leads != "nothing" for one in played.offers) == 1 and _storing(played):
        return Verdict(Judged.QUESTION, "one reading shown where it has to be asked")
    return Verdict(Judged.AT_ONCE)


def _wants_words_back(row: Mapping[str, Any]) -> bool:
    """Return whether nothing of the plan is meant: all that is certain to be said is what was typed, and no ref."""
    typed = "\n".join(listed(row["says"])).casefold()
    return all(one.casefold() in typed and not _REF.fullmatch(one) for one in listed(row.get("answer")))


def _answer(row: Mapping[str, Any], played: Played) -> Verdict:
    missing = _missing(row, _own_words(played))
    if _is_answer(played):
        if not missing:
            return Verdict(Judged.AT_ONCE)
        return Verdict(Judged.WRONG, f"answers without {', '.join(missing)}")
    if _helps(row, played):
        return Verdict(Judged.QUESTION, "asked")
    return Verdict(Judged.LOST, "no answer" if played.said else "nothing is said")


def _tick(row: Mapping[str, Any], played: Played) -> Verdict:
    if not played.said and not (row["kind"] == "silence" and played.ticks):
        return Verdict(Judged.AT_ONCE)
    if _is_answer(played) and played.offers:
        return Verdict(Judged.WRONG, "an answer to what is no question")
    return Verdict(Judged.LOST, "silence was due")


def _refused(row: Mapping[str, Any], played: Played) -> Verdict:
    missing = _missing(row, _own_words(played))
    if not missing:
        return Verdict(Judged.AT_ONCE)
    if _is_answer(played):
        return Verdict(Judged.WRONG, f"answers without {', '.join(missing)}")
    return Verdict(Judged.QUESTION if _helps(row, played) else Judged.LOST, f"without {', '.join(missing)}")


_BY_KIND = {
    "record": _at_once,
    "propose": _at_once,
    "several": _at_once,
    "shown": _shown,
    "request": _shown,
    "ask": _ask,
    "answer": _answer,
    "answered in part": _answer,
    "tick": _tick,
    "silence": _tick,
    "refused": _refused,
}
