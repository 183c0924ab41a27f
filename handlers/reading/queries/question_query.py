"""What one question asks as a whole: its measure, and the words it makes no use of.

A piece that the question as read does not use is unread, however well it is known: "who said what" asks for no lead.
"""

import re
from dataclasses import replace

from handlers.reading.queries.query import ChangeSort, Filter, Grouping, Measure, Query, QuestionSubject, SubjectKind
from handlers.reading.queries.question_clause import Clause
from handlers.reading.queries.question_words import Role
from models.enums import Status

_CLOSED = frozenset((Status.COMPLETE, Status.CLOSED_NOT_DONE))
_CLOSING = frozenset(("close", "agree", "sign", "approve", "pass"))
"""What a board does with what is proposed for closure."""
_A_TERM = re.compile(r"\bwhat(?:'s|s| is) an? ")
_MEETS = frozenset(("meeting", "meetings", "board", "boards", "one", "mtg"))
_ON_A_CARD = frozenset((Measure.SAID, Measure.WHY, Measure.WHO, Measure.WHEN, Measure.DECIDED, Measure.SENTENCE))
"""What the card of one action answers."""
_TOLD = (Measure.LIST, Measure.SAID)
"""What is answered by how things stand: no yes or no to whether something was said or kept to."""
_OF_THE_PLAN = (
    Measure.HELP,
    Measure.FILE,
    Measure.PEOPLE,
    Measure.OFFICE,
    Measure.SHARE,
    Measure.CHANGE,
    Measure.WORST,
    Measure.SENTENCE,
    Measure.MEANING,
)
"""What is asked of the whole plan where nothing is named."""


def query_of(clause: Clause, *, leaning: bool = False) -> tuple[Query, tuple[str, ...]] | None:
    """Return what it asks and the words it does not use; None where nothing of it is about the plan.

    Args:
        clause: one question.
        leaning: a question stands before it, whose subject "it" may be.
    """
    if not clause.says_something:
        return None
    _look_ahead(clause)
    _look_at_what_is_wanted(clause)
    measure = _main(clause)
    query = Query(
        measure=measure,
        subjects=_subjects(clause),
        statuses=frozenset(clause.statuses),
        filters=tuple(dict.fromkeys(clause.filters)),
        either=clause.either and len(clause.filters) > 1,
        denied=clause.denied,
        kinds=frozenset(clause.kinds),
        by=clause.by or (None if clause.group is Grouping.LEAD and Filter.NO_LEAD in clause.filters else clause.group),
        each=clause.by is not None,
        most=clause.ranks,
        changes=tuple(dict.fromkeys(clause.changes)) if measure is Measure.CHANGE else (),
        times=tuple(clause.times),
        limit=clause.limit,
        yes_no=clause.yes_no and not (Measure.SAID in clause.measures and measure in _TOLD),
        every=clause.every and clause.yes_no,
        phrases=tuple(clause.phrases),
        about=clause.about if measure in (Measure.MEETINGS, Measure.OFFICE) else "",
        supporting=clause.supporting,
        counts=clause.asked_word == "how many",
        whole=_is_whole(clause),
        bound=clause.bound,
        excepted=tuple(clause.excepted),
        rated=_asks_of_rating(clause),
        until=clause.asked_word == "how long" and measure is Measure.MEETINGS,
    )
    if (
        measure is Measure.WHEN
        and query.times
        and not (query.subjects or query.narrows or query.phrases or query.whole)
    ):
        # "When are the school holidays": nothing of the plan is asked about.
        return None
    opening = clause.opening
    reminded = measure is Measure.LIST and opening is not None and opening.text.casefold() in ("remind me", "remind us")
    if reminded and query.times and not (query.subjects or query.narrows or query.phrases or query.about):
        # "Remind me next Tuesday": no meeting is asked about.
        return None
    if measure is Measure.MEANING:
        query = replace(query, phrases=())
    unused = _unused(clause, measure)
    named = query.subjects or query.phrases or query.narrows or query.times or query.by or query.whole
    if not (named or query.about or measure in _OF_THE_PLAN or (leaning and clause.pronoun)):
        return None
    if query.whole and clause.asked_word == "where" and not query.narrows:
        # "Where can I read the plan": whoever asks is not what is asked about.
        query = replace(query, subjects=tuple(one for one in query.subjects if one.kind is not SubjectKind.OWN))
    spoken = all(one.kind is SubjectKind.OWN and one.typed.casefold() in ("i", "im", "me") for one in query.subjects)
    if query.subjects and spoken and not query.narrows and (query.phrases or unused):
        # "How do I book a room": whoever asks is not what is asked about.
        return None
    if unused and query.whole and not (query.subjects or query.narrows or query.by):
        return None
    return query, unused


def _look_ahead(clause: Clause) -> None:
    """Read what a board has still to decide, or whether its outcomes are all recorded, as which actions are meant."""
    if set(clause.measures) != {Measure.DECIDED} or any(one.kind is SubjectKind.ACTION for one in clause.subjects):
        return
    decided = clause.places.pop(Measure.DECIDED, None)
    if clause.decided_later:
        proposed = clause.decided_later in _CLOSING
        clause.statuses = {Status.PROPOSED} if proposed else set()
        clause.filters, clause.measures = ([] if proposed else [Filter.TO_DECIDE]), []
    elif not clause.phrases and (_all_decided(clause) or _not_decided(clause)):
        clause.yes_no, clause.denied = clause.yes_no or clause.every, clause.every
        clause.statuses, clause.filters, clause.measures = set(), [Filter.UNDECIDED], []
        clause.places.pop("not", None)
    elif decided is not None:
        clause.places[Measure.DECIDED] = decided


def _look_at_what_is_wanted(clause: Clause) -> None:
    """Read what is to be finished by some day as when it is due: "do I have to put the links up by 2 Oct"."""
    named = clause.phrases or any(one.kind is SubjectKind.ACTION for one in clause.subjects)
    if not (named and clause.yes_no and clause.statuses and clause.statuses <= _CLOSED and clause.times):
        return
    if all(one.relation in ("by", "before", "until", "till") for one in clause.times):
        clause.subjects = [one for one in clause.subjects if one.kind is not SubjectKind.OWN]
        clause.statuses, clause.times, clause.yes_no, clause.measures = set(), [], False, [Measure.WHEN]


def _all_decided(clause: Clause) -> bool:
    """Whether it asks if everything has its outcome: "all outcomes recorded", "have we decided everything"."""
    decided = [one for one in clause.pieces if one.has(Role.MEASURE) and one.value(Role.MEASURE) is Measure.DECIDED]
    return clause.every and not clause.asked_word and (clause.yes_no or len(decided) > 1)


def _not_decided(clause: Clause) -> bool:
    """Whether it asks what has no outcome: "outcomes that I have not done", "what is not minuted"."""
    late = "not" in clause.places or Filter.OWED in clause.filters
    return late or (clause.denied and clause.statuses <= _CLOSED)


def _asks_of_rating(clause: Clause) -> bool:
    """Whether who or when is asked of how something is rated or ever was, and not what it is or who leads it."""
    if clause.yes_no and clause.statuses and any(one.text.casefold() == "ever" for one in clause.pieces):
        return True
    told = clause.statuses or clause.changes or Filter.ANSWERED in clause.filters or Measure.SAID in clause.measures
    return clause.asked_word in ("who", "when", "how long") and bool(told)


def _subjects(clause: Clause) -> tuple[QuestionSubject, ...]:
    """Return the subjects; "our position on early help" is about early help."""
    named = tuple(dict.fromkeys(clause.subjects))
    if any(one.key == "us" for one in named):
        # "Tell us", "the two of us": only what comes before a board is said to come to "us".
        comes = {Filter.DUE, Filter.UNDECIDED, Filter.TO_DECIDE} & {
            *clause.filters
        } or Status.PROPOSED in clause.statuses
        named = tuple(
            one for one in named if one.key != "us" or comes or (clause.times and one.typed.casefold() != "us")
        )
    others = tuple(one for one in named if one.typed.casefold() != "our")
    return others or named


def _is_whole(clause: Clause) -> bool:
    """Whether the whole plan is named, or its actions are counted or listed."""
    if clause.pronoun and clause.asked_word in ("how", "where"):
        return True
    return clause.plan or (clause.head and clause.asked_word in ("how many", "show", "file", "what", "which", "how"))


def _main(clause: Clause) -> Measure:
    given = set(clause.measures)
    for first in (Measure.HELP, Measure.OFFICE, Measure.PEOPLE):
        if first in given:
            return first
    alone = not (clause.narrowed or clause.subjects or clause.phrases or clause.changes or clause.times)
    if alone and (Measure.FILE in given or (clause.asked_word == "file" and not given and _is_whole(clause))):
        return Measure.FILE
    terms = clause.statuses or ((clause.filters or clause.kinds) and not clause.subjects and not clause.times)
    if terms and (Measure.MEANING in given or (clause.kinds and _A_TERM.search(clause.text.casefold()))):
        return Measure.MEANING
    opening = clause.opening
    if clause.about == "meeting" and opening is not None and opening.text.casefold() in ("anything", "something"):
        clause.about = ""
    if clause.asked_word == "how long" and not (clause.statuses or clause.phrases or _of_an_action(clause)):
        answers = Filter.ANSWERED in clause.filters or Filter.OWED in clause.filters
        clause.about = clause.about or ("updates" if answers or not clause.times else "meeting")
        clause.filters.clear()
        return Measure.MEETINGS
    if clause.about and clause.about != "meeting" and not (Measure.SAID in given and _of_an_action(clause)):
        return Measure.MEETINGS
    boards_only = all(one.kind in (SubjectKind.BOARD, SubjectKind.THEME, SubjectKind.OWN) for one in clause.subjects)
    if Measure.DECIDED in given and (clause.times or clause.about == "meeting") and not clause.phrases:
        return Measure.DECIDED
    open_ = not (clause.narrowed or given - {Measure.WHEN} or clause.phrases or clause.changes)
    # "How do we stand for the meeting on the 16th": the plan is asked about, not the meeting.
    stands = clause.plan and clause.asked_word == "how" and clause.times
    if clause.about and open_ and boards_only and not stands:
        return Measure.MEETINGS
    if (
        clause.asked_word == "when" and clause.times and not (clause.subjects or clause.head or clause.about)
        and not any(word in _MEETS for one in clause.times for word in one.typed.casefold().split())
    ):  # fmt: skip
        # "When are the school holidays": no meeting is asked about.
        return Measure.WHEN
    if clause.asked_word == "when" and open_ and boards_only and (clause.subjects or clause.times):
        clause.about = "meeting"
        return Measure.MEETINGS
    if clause.statuses and clause.statuses <= _CLOSED and clause.times and not given:
        if all(one.relation != "since" and not one.typed.startswith("last ") for one in clause.times):
            return Measure.DECIDED
        clause.statuses.clear()
        clause.changes.append(ChangeSort.CLOSED)
    if clause.changes == [ChangeSort.CLOSED] and not clause.times:
        clause.changes.clear()
        clause.statuses |= _CLOSED
    if clause.changes and (clause.times or not given) and not clause.statuses:
        return Measure.CHANGE
    if open_ and clause.times and all(one.relation == "since" for one in clause.times) and not clause.subjects:
        return Measure.CHANGE
    if Measure.SHARE in given or (clause.bound is not None and clause.bound.percent):
        return Measure.SHARE
    if Measure.COMPARE in given and (len(clause.subjects) > 1 or clause.phrases):
        return Measure.COMPARE
    if Measure.COMPARE in given and clause.times and not (clause.subjects or clause.narrowed):
        # "How are we doing compared to the last meeting": what has changed since it.
        this = [one for one in clause.times if one.typed.casefold().startswith("this ")]
        clause.times = [one for one in clause.times if one not in this]
        for time in this:
            clause.places.pop(time, None)
        clause.changes = clause.changes or [ChangeSort.ANY]
        return Measure.CHANGE
    if clause.ranks or (Measure.WORST in given and clause.group is not None):
        clause.group = clause.group or (None if clause.asked_word != "who" else Grouping.LEAD)
        if clause.group is not None:
            return Measure.RANK
    if Measure.WORST in given and clause.limit:
        return Measure.WORST
    for one in (Measure.SENTENCE, Measure.WORST, Measure.DECIDED, Measure.SAID, Measure.WHY, Measure.WHO):
        if one in given:
            return one
    words = {"how many": Measure.COUNT, "why": Measure.WHY, "when": Measure.WHEN, "who": Measure.WHO}
    return words.get(clause.asked_word, Measure.LIST)


def _of_an_action(clause: Clause) -> bool:
    return any(one.kind is SubjectKind.ACTION for one in clause.subjects)


def _unused(clause: Clause, measure: Measure) -> tuple[str, ...]:
    """Return the words that are known and that the question as read makes no use of."""
    used: set[object] = {measure, *clause.times, "meeting"}
    if clause.bound is not None and measure in (Measure.SHARE, Measure.COUNT, Measure.LIST):
        used |= {clause.bound, Measure.SHARE}
    if measure is Measure.MEETINGS:
        used |= {"papers", "updates", "request", "reminder", "last call", "sent", "limit", "how long", Measure.WHEN}
    if measure is Measure.OFFICE:
        used |= {Measure.PEOPLE}
    if measure in (Measure.WORST, Measure.RANK, Measure.COMPARE):
        used |= {"limit", Measure.WORST, Measure.COMPARE, Measure.RANK, Measure.SENTENCE}
    if measure is Measure.CHANGE:
        used |= {*clause.changes, Measure.COMPARE}
    if _of_an_action(clause) or clause.phrases:
        used |= {*_ON_A_CARD, *clause.changes, "how long" if _asks_of_rating(clause) else ""}
    if measure is Measure.LIST and any(
        one.kind in (SubjectKind.ORGANISATION, SubjectKind.POST, SubjectKind.OWN) for one in clause.subjects
    ):
        used |= {Measure.SAID}
    return tuple(piece.text for what, piece in clause.places.items() if what not in used)


def continued(clause: Clause, query: Query, before: Query) -> Query:
    """Return a question that is about the same as the one before it: narrower, or the same of something else."""
    subjects = query.subjects
    if not subjects and query.limit and len(before.subjects) == 1 and before.subjects[0].kind is SubjectKind.PRIORITIES:
        subjects = (QuestionSubject(SubjectKind.PRIORITIES, str(query.limit), str(query.limit)),)
    bare = not (clause.asked_word or clause.yes_no or query.by or query.measure is not Measure.LIST)
    if bare:
        # "And December?", "what about amber?": the same question of something else.
        return replace(
            before,
            subjects=subjects or before.subjects,
            times=query.times or before.times,
            statuses=query.statuses or before.statuses,
            filters=query.filters or before.filters,
            kinds=query.kinds or before.kinds,
            phrases=query.phrases or (() if subjects else before.phrases),
        )
    if all(one.kind is SubjectKind.ACTION for one in before.subjects):
        # "What did we say about it", "whose meeting does it go to": its card says so.
        query = replace(query, measure=Measure.LIST, about="") if query.measure is Measure.MEETINGS else query
        subjects = tuple(one for one in subjects if one.kind is not SubjectKind.OWN)
    kept = {one.kind for one in subjects}
    both = query.statuses & before.statuses
    return replace(
        query,
        subjects=(*subjects, *(one for one in before.subjects if one.kind not in kept)),
        times=query.times or before.times,
        statuses=both or query.statuses or before.statuses,
        filters=tuple(dict.fromkeys((*before.filters, *query.filters))),
        kinds=query.kinds or before.kinds,
        denied=query.denied or (before.denied and not query.narrows),
        phrases=query.phrases or (() if subjects else before.phrases),
    )
