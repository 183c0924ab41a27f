"""Questions in plain words, as subject, filter and measure.

The words of a message are split into questions; of each question the pieces say what is asked, in whatever order they
stand. A question is one by its form: a word that asks, a verb before its subject, or a question mark. What names things
and nothing else ("amber ones under Happy") is read too, and is none by its form.

Must not read: "what we need is two officers", "we are late because …", "which means that we are late".

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.reading.mail_notices import without_greeting
from handlers.reading.normalise import clean
from handlers.reading.queries.query import Filter, Measure, Query, QuestionReading, SubjectKind
from handlers.reading.queries.question_clause import Clause, piece_words
from handlers.reading.queries.question_form import (
    announces_absence,
    asks_to_rate,
    denies_unread,
    has_form_of_question,
    only_names,
    states_something,
    tells_news,
)
from handlers.reading.queries.question_query import continued, query_of
from handlers.reading.queries.question_tokens import QuestionPiece, read_pieces
from handlers.reading.queries.question_words import Role
from handlers.reading.social_acts import is_courtesy
from handlers.reading.trimming import without_thanks
from handlers.reading.vocabulary import Vocabulary

LONGEST_ASKED = 200
LONGEST_TALK = 600
"""Characters of the questions before it that one may be about."""
BEFORE = " » "
"""Stands between a question and one that is about the same."""
_ENDS = frozenset("?!;.")
_NAMED_BEFORE = frozenset(("those", "these"))
"""Words for what was named before: where nothing was, they are unread."""
_SAID_ALREADY = (Measure.WHO, Measure.LIST, Measure.WHEN)


def read_questions(text: str, vocabulary: Vocabulary, today: date) -> QuestionReading | None:
    """Return what a message asks; None where it asks nothing that can be read.

    Behind `BEFORE` it may be about what was asked before it: "what is due in October » and December?".
    """
    before, mark, text = text.rpartition(BEFORE)
    earlier = read_questions(before, vocabulary, today) if mark and len(before) <= LONGEST_TALK else None
    words = without_thanks(_without_excuse(without_greeting(clean(text))))
    if not words or len(words) > LONGEST_ASKED or "\n" in words:
        return None
    pieces = read_pieces(words, vocabulary, today)
    clauses = [Clause(some) for some in _clauses(pieces) if not all(piece.small for piece in some)]
    clauses = [one for one in clauses if not announces_absence(one)] or clauses
    marked = words.rstrip(" .!").endswith("?")
    on = earlier.queries[-1] if earlier is not None and earlier.queries else None
    if on is not None and clauses and (marked or has_form_of_question(clauses[0])) and _leans(clauses[0], on):
        return _leaning(clauses, on)
    if not any(one.says_something for one in clauses) or any(map(denies_unread, clauses)):
        return None
    if len(clauses) == 1 and asks_to_rate(clauses[0]):
        return None
    asked = marked or any(map(has_form_of_question, clauses))
    if (not asked and not all(map(only_names, clauses))) or (states_something(clauses[0]) and not marked):
        return None
    if not asked and any(piece.read_as for clause in clauses for piece in clause.pieces):
        return None
    if asked and any(map(tells_news, clauses)) and not (marked and len(clauses) == 1):
        return None
    return _together(clauses, asked, None)


def _without_excuse(words: str) -> str:
    """Return words without the courtesy or excuse of their first sentence: "Sorry I missed it. Who leads it?"."""
    first, stop, rest = words.partition(". ")
    return rest if stop and rest and is_courtesy(first) else words


def _leans(clause: Clause, before: Query) -> bool:
    """Return whether a question says that it is about the one before it, or asks of the action there what one asks."""
    of_actions = bool(before.subjects) and all(one.kind is SubjectKind.ACTION for one in before.subjects)
    return clause.points_back or (of_actions and clause.is_bare)


def _leaning(clauses: list[Clause], before: Query) -> QuestionReading | None:
    """Return what is asked about the subject of the question before it."""
    clauses[0].pronoun = True
    reading = _together(clauses, True, before)
    return replace(reading, leaned=True) if reading is not None else None


def _together(clauses: list[Clause], asked: bool, before: Query | None) -> QuestionReading | None:
    queries: list[Query] = []
    unread: list[str] = []
    for clause in clauses:
        last = queries[-1] if queries else before
        found = query_of(clause, leaning=last is not None)
        if found is None:
            if clause.says_something or any(piece.unread for piece in clause.pieces):
                unread.append(clause.text)
            continue
        query, unused = found
        if last is None and any(piece_words(piece)[-1] in _NAMED_BEFORE for piece in clause.pieces):
            if not (query.subjects or query.phrases or query.times):
                # "Which of those are green": of which was never said.
                unread.append(clause.text)
                continue
            unread += [piece.text for piece in clause.pieces if piece_words(piece)[-1] in _NAMED_BEFORE]
        if last is before and before is not None:
            query = continued(clause, query, before)
        elif last is not None and clause.leans and not query.subjects and not query.phrases:
            if last.measure is Measure.MEETINGS and query.times and not clause.asked_word:
                # "Papers go when for the 16th? and for the october one?"
                query = replace(last, times=query.times)
            elif last.measure is Measure.MEETINGS and query.measure is Measure.LIST and not query.narrows:
                query = replace(query, filters=(Filter.DUE,), times=last.times)
            told = last.measure is not Measure.SENTENCE and query.measure in _SAID_ALREADY
            if told and not query.narrows and not query.by and not query.times:
                # "… and who is leading it": the answer to the question before says that already.
                continue
            query = replace(query, subjects=last.subjects, phrases=last.phrases)
        queries.append(query)
        unread += unused
    notes = tuple(clause.missing for clause in clauses if clause.missing)
    read_as = tuple(said for clause in clauses for piece in clause.pieces for said in piece.read_as)
    return QuestionReading(tuple(queries), tuple(unread), asked, notes, read_as=read_as) if queries else None


def _is_relative(pieces: Sequence[QuestionPiece], place: int) -> bool:
    """Return whether a word that asks follows the comma behind a name."""
    return place > 1 and pieces[place - 1].mark == "," and bool(pieces[place - 2].subjects)


def _clauses(pieces: Sequence[QuestionPiece]) -> list[list[QuestionPiece]]:
    """Split pieces into questions: at the ends of sentences, and where after a comma or "and" another begins."""
    found: list[list[QuestionPiece]] = [[]]
    for place, piece in enumerate(pieces):
        if piece.mark and piece.mark in _ENDS:
            found.append([])
            continue
        before = pieces[place - 1] if place else None
        if piece.text.casefold() in ("which", "who") and _is_relative(pieces, place):
            # "Healthy-5, which is green": more is said of it.
            piece = replace(piece, meanings=((Role.RELATIVE, ""),))
        joined = before is not None and (before.has(Role.JOINT) or before.mark in (",", "-"))
        begins = piece.has(Role.ASK) or (piece.has(Role.AUXILIARY) and before is not None and before.has(Role.JOINT))
        if begins and joined and any(not (one.mark or one.small) for one in found[-1]):
            found.append([])
        found[-1].append(piece)
    return [[piece for piece in some if not piece.mark] for some in found]
