"""Whether words have the form of a question, only name something, or tell news: by what stands where in them."""

from itertools import pairwise

from handlers.reading.queries.query import Measure, SubjectKind
from handlers.reading.queries.question_clause import SPEAKERS, TAGS, Clause, piece_words
from handlers.reading.queries.question_tokens import QuestionPiece
from handlers.reading.queries.question_words import Role

_ASKING_FIRST = frozenset(("what", "whats", "which", "who", "when", "where", "why", "how"))
_ONE_OF = frozenset(("item", "action", "point", "task", "minute"))
"""What a number behind it is the number of: "item 9" is no nine of them."""
_RATES = frozenset(("say", "put", "call", "mark", "rate", "go"))
"""Verbs of giving a status."""
_FRONTED = frozenset(("of", "in", "under", "for", "from", "by", "among", "within", "at", "out"))
"""Small words with which what is asked about may be put first: "of the ones in heard, which are red"."""
_ASKED_OF = (Role.PLAN, Role.OWN, Role.ANY, Role.EVERY, Role.GROUP, Role.HEAD, Role.MEETING, Role.KIND)
"""What stands behind the verb of a question."""


def has_form_of_question(clause: Clause) -> bool:
    """Whether it has the form of a question."""
    opening = clause.opening
    if opening is None:
        return False
    if opening.has(Role.ASK) or opening.has(Role.ANY) or piece_words(opening)[0].replace("'", "") in _ASKING_FIRST:
        return True
    if _is_fronted(clause) or ends_in_a_tag(clause):
        return True
    if not opening.has(Role.AUXILIARY):
        return False
    after = clause.pieces[clause.pieces.index(opening) + 1 :]
    follows = next((one for one in after if not one.small), None)
    if follows is None or _forbids(opening, after[0]):
        return False
    if Measure.MEANING in clause.measures or any(word in SPEAKERS | {"you", "there"} for word in piece_words(opening)):
        return True
    if follows.unread and after[0] is not follows and after[0].text.casefold() not in ("the", "our", "their"):
        return False
    return (
        bool(follows.subjects or follows.bound)
        or any(map(follows.has, _ASKED_OF))
        or (follows.unread and _says_how(clause))
    )


def _forbids(opening: QuestionPiece, then: QuestionPiece) -> bool:
    """Whether words begin as an order not to do something: "don't put healthy-5 down as red"; "don't we …" asks."""
    asks = then.subjects or then.text.casefold() in SPEAKERS | {"the", "our"} or any(map(then.has, _ASKED_OF))
    return piece_words(opening)[0].replace("'", "") == "dont" and not asks


def _is_fronted(clause: Clause) -> bool:
    """Whether what is asked about stands before the word that asks: "of the ambers, which are new"."""
    first = next((one for one in clause.pieces if not one.has(Role.JOINT)), clause.pieces[0])
    if piece_words(first)[0] not in _FRONTED:
        return False
    asks = next((place for place, one in enumerate(clause.pieces) if place and one.has(Role.ASK)), 0)
    named = clause.pieces[:asks]
    return bool(named) and not any(one.unread or (one.has(Role.AUXILIARY) and not one.small) for one in named)


def ends_in_a_tag(clause: Clause) -> bool:
    """Whether it ends as news do that are asked to be confirmed: "nobody is late, are they"."""
    last = clause.pieces[-1]
    words = [word for one in clause.pieces[-2:] for word in piece_words(one)][-2:]
    return (
        len(clause.pieces) > 2
        and not clause.phrases  # "amber ale is not covered, is it" asks of what is no part of the plan
        and len(words) == 2
        and words[0] in TAGS
        and words[1] in SPEAKERS | {"there"}
        and (last.has(Role.PLAN) or last.has(Role.AUXILIARY) or last.has(Role.OWN) or last.small)
    )


def denies_unread(clause: Clause) -> bool:
    """Whether it denies something that was not read: to answer it would turn it round ("no board in October???")."""
    opening = clause.opening
    first = opening is not None and opening.has(Role.NOT)
    return first and ("not" in clause.places or bool(clause.measures) or bool(clause.phrases))


def asks_to_rate(clause: Clause) -> bool:
    """Whether it asks if a status may be given, and not which have it: "can we say green", "shall we put amber"."""
    named = clause.subjects or clause.head or clause.group or clause.filters or clause.phrases or clause.asked_word
    words = [word for one in clause.pieces for word in piece_words(one)]
    return bool(clause.statuses) and not named and not _RATES.isdisjoint(words) and not SPEAKERS.isdisjoint(words)


def announces_absence(clause: Clause) -> bool:
    """Whether somebody says that they are away, and asks nothing: "I'm away all of this week"."""
    own = any(one.kind is SubjectKind.OWN for one in clause.subjects)
    return own and clause.measures == [Measure.PEOPLE] and not has_form_of_question(clause)


def _says_how(clause: Clause) -> bool:
    """Whether it says how something stands, or what is asked of it."""
    return bool(clause.statuses or clause.filters or clause.measures or clause.subjects)


def states_something(clause: Clause) -> bool:
    """Whether it begins like a question and is none: "what we need is …", "which means …", "when it met …"."""
    opening = clause.opening
    if opening is None or not opening.has(Role.ASK):
        return False
    after = clause.pieces[clause.pieces.index(opening) + 1 :]
    if not after:
        return False
    word, follows = opening.value(Role.ASK), after[0]
    for place, one in enumerate(after[:-1]):
        if place and one.has(Role.AUXILIARY) and after[place + 1].text.casefold() in ("that", "because"):
            # "What has changed is that we hired two."
            return True
    if word in ("what", "when", "where", "why") and " " not in opening.text:
        return follows.text.casefold() in SPEAKERS and (follows.has(Role.PLAN) or follows.has(Role.OWN))
    meant = follows.has(Role.MEASURE) and follows.value(Role.MEASURE) is Measure.MEANING
    return word == "which" and (follows.has(Role.ASK) or meant)


def only_names(clause: Clause) -> bool:
    """Whether it names what is meant and nothing else: no verb of its own, nobody who speaks."""
    verbs = any(
        (one.has(Role.AUXILIARY) and not (place and _relative(clause.pieces[place - 1])))
        or one.text.casefold() in SPEAKERS
        for place, one in enumerate(clause.pieces)
    )
    opening = clause.opening
    in_short = len(clause.pieces) == 2 and clause.measures == [Measure.SENTENCE]
    begins = (
        in_short or not clause.phrases or (opening is not None and not (opening.unread or opening.has(Role.OFFICE)))
    )
    related = any(one.has(Role.RELATIVE) or one.has(Role.LEADS) or one.has(Role.HEAD) for one in clause.pieces)
    moves = any(one.time and piece_words(before)[-1] == "to" for before, one in pairwise(clause.pieces))
    numbered = any(one.number and before.text.casefold() in _ONE_OF for before, one in pairwise(clause.pieces))
    named = begins and not moves and not numbered and (related or not clause.every)
    return not verbs and clause.specific and named and not _says_of(clause)


def _says_of(clause: Clause) -> bool:
    """Whether something is said of what was named before it: "the board closed the item", "police on track"."""
    named = False
    for piece in clause.pieces:
        if piece.has(Role.HEAD):
            named = False
        elif (named and _begins_verb(clause, piece)) or (
            named and (piece.has(Role.STATUS) or piece.has(Role.FILTER) or piece.has(Role.CHANGE))
        ):
            return True
        named = named or bool(piece.subjects) or piece.has(Role.PLAN) or piece.has(Role.OWN)
    return False


def _begins_verb(clause: Clause, piece: QuestionPiece) -> bool:
    """Whether somebody is to do something: "police to confirm the date", where a verb that asks for nothing follows."""
    place = clause.pieces.index(piece)
    after = clause.pieces[place + 1] if place + 1 < len(clause.pieces) else None
    return piece_words(piece)[-1] == "to" and after is not None and (after.unread or after.has(Role.ASK))


def tells_news(clause: Clause) -> bool:
    """Whether it may be news of something of the plan: what is to be recorded is not answered as a question."""
    return bool(clause.subjects and clause.phrases and not has_form_of_question(clause) and not only_names(clause))


def _relative(piece: QuestionPiece) -> bool:
    return piece.has(Role.RELATIVE) or piece.text.casefold() in ("which", "who")
