"""Find a child's own words that stand in a text without where they are from, or without their consent noted. Pure.

Source: docs/explanation/data-protection.md, Young people's words.
"""

import re

_QUOTE = re.compile(r"“(?P<curly>[^“”]{8,})”|\"(?P<straight>[^\"\n]{8,})\"")
_FEWEST_WORDS = 3
_CHILD = re.compile(
    r"(?i)(?<![\w])(?:child|children|young (?:person|people|adult|carers?|advisors?)|pupils?|students?|boys?|girls?|"
    r"teenagers?|teens?|youths?|care leavers?|year[- ]olds?|kids?|youngsters?|year \d{1,2}|aged? \d{1,2})(?![\w])"
)
_FIRST_PERSON = re.compile(r"(?<![\w])(?:I|I'm|I’m|I've|I’ve|my|me|we|our|us)(?![\w])")
_CONSENT = re.compile(r"(?i)(?<![\w])(?:consent(?:ed|s)?|permission|agreed to (?:be quoted|its use))(?![\w])")
_SOURCE = re.compile(
    r"(?i)(?<![\w])(?:source|survey|questionnaire|interview|focus group|forum|council|consultation|feedback|review|"
    r"group|report|visit|workshop|session|audit|meeting|conference|letter|evaluation|panel|event|\d{4}|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)(?![\w])"
)
_BESIDE = 90
"""Characters before and behind a quotation in which it says whose words they are."""
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def unsourced_quotes(text: str) -> tuple[str, ...]:
    """Return each quotation of a child, or of nobody named, that lacks its source or *consent noted*.

    Whose words they are stands beside them: in the same sentence before, or behind until the sentence is over. Other
    people's words are left alone: what an inspection wrote of children names the inspection.
    """
    found = []
    quotes = list(_QUOTE.finditer(text))
    for number, quote in enumerate(quotes):
        words = quote["curly"] or quote["straight"]
        if len(words.split()) < _FEWEST_WORDS:
            continue
        floor = quotes[number - 1].end() if number else 0
        ceiling = quotes[number + 1].start() if number + 1 < len(quotes) else len(text)
        before = _SENTENCE_END.split(text[max(floor, quote.start() - _BESIDE) : quote.start()])[-1]
        after = text[quote.end() : min(ceiling, quote.end() + 2 * _BESIDE)]
        ends = _SENTENCE_END.search(after.lstrip(" .")) if not after.lstrip(" .").startswith("(") else None
        after = after[: ends.start() + 2] if ends else after
        beside = f"{before} {after}"
        of_child = _CHILD.search(beside) is not None
        nobody = not beside.strip(" .,;:\n") and _FIRST_PERSON.search(words) is not None
        if (of_child or nobody) and not (_CONSENT.search(beside) and _SOURCE.search(beside)):
            found.append(words)
    return tuple(found)


def without_quotes(text: str, quotes: tuple[str, ...], instead: str) -> str:
    """Return a text with something else in the place of some of its quotations."""
    for words in quotes:
        for opening, closing in (("“", "”"), ('"', '"')):
            text = text.replace(f"{opening}{words}{closing}", instead)
    return text
