"""Questions in plain words: each is read, its words that name no thing of the plan are looked for, and it is answered.

What was not read is named, with what it may be as buttons. Nothing is searched for and given as the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.actions.search import look
from handlers.commands.questions import AskPlan
from handlers.context import RequestContext
from handlers.formatting import listed, number_said
from handlers.pagination import existing_page, one_page, page_buttons, page_footer
from handlers.press_codec import ask_button, shareable
from handlers.reading.likeness import name_words
from handlers.reading.normalise import quoted
from handlers.reading.queries.query import Filter, Measure, Query, QuestionReading, QuestionSubject, SubjectKind
from handlers.reading.questions import content_of
from handlers.reading.targets import ThemeTarget, read_target
from handlers.responses import LONGEST_LABEL, Button, Content, Group, Response, say
from handlers.status.query_answers import answer_query
from handlers.status.query_parts import QueryAnswer

_MOST_OFFERED = 4


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A question whose words were looked for: what is left of it, or the actions that fit equally, or nothing."""

    query: Query | None
    unread: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()
    typed: str = ""


def can_answer(ctx: RequestContext, reading: QuestionReading) -> bool:
    """Return whether there is an answer, or a question back, to any question of a message."""
    return any(one.query is not None or one.fitting for one in (_resolved(ctx, query) for query in reading.queries))


def answer_questions(ctx: RequestContext, command: AskPlan) -> Response | None:
    """Answer the questions of a message."""
    reading = ctx.questions(command.typed)
    if reading is None or ctx.plan is None:
        return None
    answers: list[QueryAnswer] = []
    unread: list[str] = list(reading.unread)
    offered: list[Button] = []
    asks: list[_Resolved] = []
    for query in reading.queries:
        found = _resolved(ctx, query)
        unread += found.unread
        if found.fitting:
            asks.append(found)
        elif found.query is not None:
            # “Yes” or “No” would be said of the words that were not read as well.
            one = answer_query(ctx, replace(found.query, yes_no=False) if found.unread else found.query)
            answers.append(one)
            unread += one.unread
    if not answers and not asks:
        return None
    if not answers:
        return _which(asks[0])
    for ask in asks:
        unread.append(ask.typed)
        offered += [ask_button(ref, f"status {ref}") for ref in ask.fitting[:_MOST_OFFERED]]
    read_as = (f"I read {listed(reading.read_as)}.",) if reading.read_as else ()
    return Response(
        _together(ctx, command, answers, (*read_as, *reading.notes), tuple(dict.fromkeys(unread)), tuple(offered))
    )


def _which(ask: _Resolved) -> Response:
    many = len(ask.fitting)
    buttons = [ask_button(ref, f"status {ref}") for ref in ask.fitting[:_MOST_OFFERED]]
    buttons.append(
        ask_button(f"{number_said(many, 'action')} with {quoted(ask.typed)}"[:LONGEST_LABEL], f"find {ask.typed}")
    )
    return say(
        f"{number_said(many, 'action')} fit {quoted(ask.typed)}. Which do you mean?",
        typed=ask.typed,
        buttons=tuple(buttons),
    )


def _resolved(ctx: RequestContext, query: Query) -> _Resolved:
    """Look for what the words of a question name, where nothing else says what it is about."""
    if not query.phrases:
        return _Resolved(query)
    bare = replace(query, phrases=())
    shown = tuple(one.shown or one.typed for one in query.phrases)
    head = next((one for one in query.phrases if one.head), None)
    bodies = bool(query.subjects) and not {SubjectKind.ACTION, SubjectKind.OWN} & {one.kind for one in query.subjects}
    if bodies and query.yes_no and query.measure is Measure.LIST and not (query.narrows or query.times):
        # "Has Alder Hey signed the lease": yes or no would be said of that.
        return _Resolved(None, shown)
    # "Who in my team has not replied": people of one's own are no action.
    of_ours = head is not None and head.typed.startswith("my ") and {Filter.OWED, Filter.ANSWERED} & {*query.filters}
    if query.subjects or of_ours or (head is None and (query.narrows or query.times or query.changes or query.by)):
        return _Resolved(bare, shown)
    if query.measure in (Measure.MEETINGS, Measure.RANK) or query.counts or query.by:
        # How many children there are, and which school is best, is not in the plan.
        return _Resolved(None, shown)
    wanted = (head,) if head is not None else query.phrases
    refs, unknown = actions_called(ctx, [one.typed for one in wanted])
    if unknown and any(one.verb for one in wanted):
        # "What did the youth version cost": its cost is asked.
        return _Resolved(None, shown)
    heading = read_target(" ".join(word for word in name_words(wanted[0].typed) if word not in unknown), ctx.vocabulary)
    if unknown and isinstance(heading, ThemeTarget):
        # "Healthy lives": of the theme, not of the one action that has a word of it.
        return _Resolved(replace(bare, subjects=(QuestionSubject(SubjectKind.THEME, heading.key),)), unknown)
    left = (*unknown, *(one.shown or one.typed for one in query.phrases if one not in wanted))
    own = tuple(ref for ref in refs if (one := ctx.action(ref)) is not None and one.lead_post_id in ctx.roles.posts)
    refs = own if len(own) == 1 else refs
    if len(refs) == 1:
        return _Resolved(replace(bare, subjects=(QuestionSubject(SubjectKind.ACTION, refs[0]),)), left)
    if query.measure is Measure.DECIDED:
        closed = [ref for ref in refs if (action := ctx.action(ref)) is not None and action.closed_at is not None]
        refs = tuple(closed) if len(closed) == 1 else refs
        if closed and closed == list(refs):
            return _Resolved(replace(bare, subjects=(QuestionSubject(SubjectKind.ACTION, refs[0]),)), left)
    if 1 < len(refs) <= _MOST_OFFERED:
        return _Resolved(None, left, refs, " ".join(one.typed for one in wanted))
    return _Resolved(None, shown)


def actions_called(ctx: RequestContext, phrases: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actions whose own words have all the words of some phrases, and the words that are in none.

    Where no action has all of them, the one that alone has at least half, while none has the others.
    """
    wanted = [word for one in phrases for word in name_words(one) if len(word) > 2 or word.isdecimal()]
    known = [(action.ref, name_words(action.words)) for action in ctx.findables if not action.whole]

    def called(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(ref for ref, own in known if all(any(_same(word, one) for one in own) for word in words))

    if not wanted or (refs := called(wanted)):
        return (refs, ()) if wanted else ((), ())
    strange = tuple(word for word in wanted if not called([word]))
    telling = [word for word in wanted if word not in strange]
    refs = called(telling) if telling and len(telling) >= len(strange) else ()
    return (refs, strange) if len(refs) == 1 else ((), ())


def _same(typed: str, known: str) -> bool:
    return typed == known or (len(typed) > 3 and typed.rstrip("s") == known.rstrip("s"))


def _together(
    ctx: RequestContext,
    command: AskPlan,
    answers: list[QueryAnswer],
    notes: tuple[str, ...],
    unread: tuple[str, ...],
    offered: tuple[Button, ...],
) -> Content:
    """Put the answers to the questions of one message under one another."""
    pages = [page for one in answers for page in one.pages]
    total = sum(len(page.listed) for page in pages)
    number = existing_page(command.page, total)
    groups: list[Group] = []
    for place, one in enumerate(answers):
        own = (*one_page(one.pages, number, ctx.read_listed),) if len(answers) == 1 else _short(ctx, one)
        heading = one.headline if place else ""
        groups += [Group(heading), *own, *one.groups] if heading and (own or one.groups) else [*own, *one.groups]
    intro = [*notes, *(note for one in answers for note in one.intro)]
    buttons = [button for one in answers for button in one.buttons]
    if unread:
        said = f"I did not read {listed([quoted(one) for one in unread])}: the answer leaves it out."
        intro.insert(0, said)
        for words in filter(None, map(content_of, unread)):
            many = len(look(ctx, words).ids)
            if many and len(offered) < _MOST_OFFERED:
                offered = (
                    *offered,
                    ask_button(f"{number_said(many, 'action')} with {quoted(words)}"[:LONGEST_LABEL], f"find {words}"),
                )
    paging = page_buttons(command.typed, number, total) if len(answers) == 1 else ()
    return Content(
        " ".join(one.headline for one in answers),
        tuple(dict.fromkeys(intro)) if not number else (),
        tuple(group for group in groups if group.heading or group.lines or group.texts or group.empty),
        (*(page_footer(number, total) if len(answers) == 1 else ()), *(line for one in answers for line in one.footer)),
        (*paging, *buttons, *offered),
        key=any(one.key and (one.pages or one.groups) for one in answers),
        shareable="" if any(one.private for one in answers) else shareable(command.typed, number),
    )


def _short(ctx: RequestContext, one: QueryAnswer) -> tuple[Group, ...]:
    """Return the beginning of an answer's list, where it is one of several."""
    cut = [replace(page, listed=page.listed[:5]) for page in one.pages]
    return one_page(cut, 0, ctx.read_listed)
