"""Reading: a message of the corpus at the median, and 3,000 characters made to hurt each expression of the readers."""

from __future__ import annotations

import importlib
import pkgutil
import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from rapidfuzz import process

import handlers.reading
import handlers.safeguarding
from handlers.catalogue import REGISTRY
from handlers.reading.changes.change_commands import read_change
from handlers.reading.days import read_found
from handlers.reading.deeds.decided import read_decided
from handlers.reading.names_in_text import names_in
from handlers.reading.normalise import normalise
from handlers.reading.plain_replies import read_reply
from handlers.reading.queries.question_reader import read_questions
from handlers.reading.social_acts import read_social
from handlers.reading.whose import Whose
from handlers.safeguarding.detection import doubts, refused
from tests.benchmarks.measure import Figure
from tests.benchmarks.run import Run
from tests.understanding.variants import EXAMPLE, sayings

TODAY = date(2020, 8, 17)
WHOSE = Whose(("healthy-5", "healthy-8"))
LONG, SHORT = 3_000, 300
READERS: dict[str, Callable[[str], object]] = {
    "answers": lambda text: read_reply(text, EXAMPLE, WHOSE, TODAY),
    "questions": lambda text: read_questions(normalise(text).text, EXAMPLE, TODAY),
    "social": lambda text: read_social(text, EXAMPLE, TODAY),
    "outcomes": lambda text: read_decided(text, EXAMPLE, TODAY, {}, ()),
    "commands": lambda text: REGISTRY.grammar.parse(text, EXAMPLE, TODAY),
    "names": lambda text: names_in(text, EXAMPLE),
    "changes": lambda text: read_change(text, EXAMPLE, TODAY),
    "numbers of people": refused,
    "personal data": doubts,
    "days": lambda text: read_found(text, TODAY),
}
REPEATED = (
    *(
        "x",
        "1",
        "healthy-",
        "healthy-5 ",
        "on track ",
        "not ",
        "and ",
        ", ",
        "12/9 ",
        "a week on ",
        "<@U",
        "&lt;",
        "> ",
    ),
    *("From: a\n", "(", "“", "min 5 ", "the rest ", "priority 7 ", "how many ", "of those ", "over 50% ", " » ", "🟢"),
    *("before ", "-5 ", "1 1 1 ", ",", "…", "Healthy 4 - G ", "from 1 to 2 ", "hwb ", "CCG ", "A-1-", "a1 "),
    *("1. healthy-5 green\n", "Mary West ", "a\tb\tc\n", "• a\n", "age 7 ", "Year 6 ", ":x", "[a](b)", "&lt;a&gt;"),
    *("~a", "`", "\t|", "Head of ", "early help ", "because ", "apart from ", "question mark ", "year 6 ", "\n\n", "é"),
)
"""What no one expression stands for."""


def reading(run: Run) -> Iterator[Figure]:
    """What one message takes, read by every reader; and the slowest of the texts that are made to hurt.

    Each message is read once, a share of them in each round, spread over the files; rapidfuzz looks for each fourth.
    Texts are read by every reader at a third of the length; the five slowest at full length, by those that took long.
    """
    whole = run.sizes.rounds > 1
    words = [one.words for one in sayings()][:: 1 if whole else 200]
    mine, beside = [], []
    for number in range(run.sizes.rounds):
        share = words[number :: run.sizes.rounds]
        mine.append(statistics.median(_by_all(one) for one in share))
        beside.append(statistics.median(_ms(process.extract, one, words) for one in share[::4]))
    what = f"reading one of {len(words):,} messages of the corpus, by all readers"
    than = "rapidfuzz finding those most like it among them"
    yield Figure("reading", what, than, "ms", mine, beside, 5, also={"ms": max(mine)}, within={"ms": 5})
    texts = hostile_texts()[:: 1 if whole else 60]
    slow = {text: {name: _anew(read, _of(text, LONG // 3)) for name, read in READERS.items()} for text in texts}
    worst = sorted(texts, key=lambda text: -max(slow[text].values()))[:5]
    hard = [(name, text) for text in worst for name, ms in slow[text].items() if ms * 4 > max(slow[text].values())]
    long, short = [], []
    for _ in range(run.sizes.rounds):
        long.append(max(_least(name, text, LONG) for name, text in hard))
        short.append(max(_least(name, text, SHORT) for name, text in hard))
    what = f"the slowest reader at {LONG:,} characters, of {len(texts)} texts made to hurt"
    also = {"ms": max(long), "text": worst[0][:40]}
    yield Figure("reading-hostile", what, f"the same at {SHORT}", "ms", long, short, 15, also=also, within={"ms": 50})


def _least(name: str, text: str, length: int) -> float:
    """Return the milliseconds of a reader at its best of three: what else runs slows one of them."""
    of = _of(text, length)
    return min(_anew(READERS[name], of) for _ in range(3))


def _by_all(text: str) -> float:
    """Return the milliseconds of all readers of one message, which know nothing of it yet."""
    EXAMPLE.kept.clear()
    return sum(_ms(read, text) for read in READERS.values())


def _anew(read: Callable[[str], object], text: str) -> float:
    EXAMPLE.kept.clear()
    return _ms(read, text)


def _ms(work: Callable[..., object], *given: object) -> float:
    began = time.thread_time()
    work(*given)
    return (time.thread_time() - began) * 1000


def _of(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[: length - 1] + "!"


@cache
def hostile_texts() -> tuple[str, ...]:
    """Return what is repeated to hurt: for each expression a text that it begins to match, and others."""
    found: dict[str, None] = dict.fromkeys(REPEATED)
    for package in (handlers.reading, handlers.safeguarding):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                pattern = value() if getattr(value, "__qualname__", "").startswith("lazy_regex.") else value
                if isinstance(pattern, re.Pattern):
                    text = sample(parser.parse(pattern.pattern, pattern.flags & re.VERBOSE))
                    found |= {text: None} if text else {}
    return tuple(found)


def sample(parsed: Any) -> str:
    """Return a text that a parsed expression matches, or nearly: each choice at its longest, each repetition twice."""
    parts = []
    for op, arg in parsed:
        if op in (code.LITERAL, code.NOT_LITERAL):
            parts.append(chr(arg) if op is code.LITERAL else "a")
        elif op is code.IN:
            parts.append(_one_of(arg))
        elif op is code.ANY:
            parts.append("a")
        elif op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            least, most, inner = arg
            parts.append(sample(inner) * min(max(int(least), 2), int(most)))
        elif op is code.SUBPATTERN:
            parts.append(sample(arg[-1]))
        elif op is code.ATOMIC_GROUP:
            parts.append(sample(arg))
        elif op is code.BRANCH:
            parts.append(max((sample(one) for one in arg[1]), key=len))
    return "".join(parts)


def _one_of(choices: Any) -> str:
    for op, arg in choices:
        if op is code.LITERAL:
            return chr(arg)
        if op is code.RANGE:
            return chr(arg[0])
        if op is code.CATEGORY:
            return {code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " "}.get(arg, "a")
    return "a"
