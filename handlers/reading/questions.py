"""Questions in plain words, to the command that answers them: a table, no guessing.

A question is one line that is, as a whole, of one of the forms of `question_forms`. What it is about stays as typed:
the command's own reader looks for it in the plan. "How is priority 7 going?" is `status priority 7`; "who still owes us
something for October" is `owing October`.

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

import re
from dataclasses import dataclass

from handlers.reading.normalise import clean, fold
from handlers.reading.question_forms import patterns
from handlers.reading.ref_finder import ref_at
from handlers.reading.vocabulary import Vocabulary

_LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Question:
    """The name of the command that answers, and what follows it, as typed."""

    command: str
    about: str = ""


_POLITE = re.compile(
    r"(?:(?:hi|hello|hey|morning|good morning|good afternoon|please|sorry|ok|so|and|quick question|a question|"
    r"(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:tell|show) me(?: please)?|"
    r"(?:please )?(?:tell|show) me|i(?: would|'d) like to (?:know|see|ask)|i want to (?:know|see)|"
    r"do (?:you|we) know|does anyone know|any idea|i wonder|i was wondering|just wondering)"
    r"(?![^\W_]|')[\s,:!.-]*)+"
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:please|thanks|thank you|now|today|at the moment|at present|currently|then|again|so far|yet|exactly|"
    r"these days|cheers|if you know|do you know|sam)(?:[\s,]+thanks)?)+$"
)
_STARTS = re.compile(
    r"(?:how(?:'s|s)?|what(?:'s|s|'re)?|who(?:'s|se|s|'ve)?|which|when(?:'s|s)?|where(?:'s|s)?|why(?:'s)?|any|anything|"
    r"anyone|anybody|is|are|has|have|did|does|do|was|were|am)(?![^\W_])"
)
"""Words that a question begins with: what asks for something to be done ("can you …") is not among them."""

OTHER_STARTS = ("about ", "by when ", "something ", "got ", "next m", "the next m", "everything ", "all actions ")

_AUXILIARY = re.compile(r"(?:is|are|has|have|did|does|do|was|were|will|why is|why are|why has) (?:the |action )*")
_WHAT_IS = re.compile(r"what(?:'s| is|s) (?:the |action )*")
_WHOLE = re.compile(
    r"(?:it|things?|everything|we|they|all|all this|it all|the plan|the whole plan|work|progress)(?: all)?"
)
_SECOND_SENTENCE = re.compile(r"[?!;]|\.\s")
_OVERALL = re.compile(
    r"how|where|what(?:'s| is|s) (?:the |our )?(?:current |latest )?(?:status|state|progress|position)"
)
"""Questions that may be about the whole plan: who leads "it" is none."""
_EMPTY_ABOUT = frozenset(
    (
        "us",
        "me",
        "them",
        "you",
        "it",
        "that",
        "this",
        "the next one",
        "next meeting",
        "the board",
        "the meeting",
        "meeting",
    )
)


def read_question(text: str, vocabulary: Vocabulary) -> Question | None:
    """Return the command that answers a question, or None where it is no question known here."""
    words = _bare(text)
    if words is None:
        return None
    folded = fold(words)
    if not _STARTS.match(folded) and not folded.startswith(OTHER_STARTS):
        return None
    auxiliary = _AUXILIARY.match(folded)
    if auxiliary is not None:
        seen = ref_at(folded, auxiliary.end(), vocabulary)
        if seen is not None:
            return Question("status", seen.ref)
    what = _WHAT_IS.match(folded)
    named = ref_at(folded, what.end(), vocabulary) if what is not None else None
    if named is not None and not folded[named.end :].strip(" about"):
        return Question("status", named.ref)
    for command, pattern in patterns():
        found = pattern.fullmatch(f" {folded}")
        if found is None:
            continue
        about = _about(words, found)
        if command == "status" and not about and "(?P<x>" in pattern.pattern and not _OVERALL.match(folded):
            return None
        return Question(command, about)
    return None


def sounds_like_a_question(text: str) -> bool:
    """Return whether a text is one sentence that begins as questions do and ends in a question mark."""
    line = clean(text)
    if len(line) > _LONGEST_QUESTION or not line.endswith("?") or "\n" in line:
        return False
    folded = fold(line)
    start = found.end() if (found := _POLITE.match(folded)) else 0
    return _STARTS.match(folded, start) is not None and not re.search(r"[.!?]\s+\S", line)


def _bare(text: str) -> str | None:
    """Return one line without greetings before and thanks after it; None for what is longer than a question."""
    words = clean(text)
    if not words or len(words) > _LONGEST_QUESTION or "\n" in words:
        return None
    words = words.rstrip(" ?!.,;:")
    folded = fold(words)
    start = found.end() if (found := _POLITE.match(folded)) else 0
    end = found.start() if (found := _TAIL.search(folded, start)) else len(words)
    bare = words[start:end].rstrip(" ?!.,;:")
    return None if _SECOND_SENTENCE.search(bare) else bare


def _about(words: str, found: re.Match[str]) -> str:
    """Return what the question is about, as typed; "" where it names nothing in particular."""
    if not found.groupdict().get("x"):
        return ""
    # The pattern was matched with a space in front.
    about = words[found.start("x") - 1 : found.end("x") - 1].strip(" ,;:?\"'“”‘’")
    lead = re.match(r"(?:the|our|your|action|actions)(?= )\s+", fold(about))
    about = about[lead.end() :] if lead else about
    folded = fold(about)
    return "" if folded in _EMPTY_ABOUT or _WHOLE.fullmatch(folded) else about


_ASKING_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        how what whats what's who whos who's whose which when where why any anything anyone is are has have did does do
        was were am will be been there the a an of and for in on to at with our us we i you they it this that these
        those my your about from by or if so can could should would may might please tell show me know many much still
        going doing get got done action actions plan board meeting thing things now just not next last need needs
        """,
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def content_of(text: str) -> str:
    """Return the words of a question that are about something, as typed, at most six."""
    line = clean(text)[:_LONGEST_QUESTION]
    words = [found.group() for found in _WORD.finditer(line)]
    return " ".join([word for word in words if fold(word) not in _ASKING_WORDS][:6])
