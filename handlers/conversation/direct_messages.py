"""Plain words in the direct conversation or in a bundle's thread (docs/explanation/what-people-write.md, Rules).

`READERS`, in order: each takes what was said and gives an answer, or None to leave it to the next. The last one always
answers. Nothing is stored by more than one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from handlers.commands.answers import AnswerCommand, AutomaticReply, InParts, ReadAs, Recorded, ShowBack
from handlers.commands.questions import Pleasantry
from handlers.context import RequestContext
from handlers.conversation.absence import about_absence
from handlers.conversation.attachments import ask_about_file, evidence_used, links_alone, without_words
from handlers.conversation.awaited_replies import ask_words_again, let_be, read_awaited
from handlers.conversation.awaited_words import asks_for_words, await_words, awaited_answer, can_wait, lacks_words
from handlers.conversation.change_questions import things_named
from handlers.conversation.changes_in_words import change_in_words, changed_in_words, why_it_moves
from handlers.conversation.confirmations import ask_what_is_meant, record_button, show_back
from handlers.conversation.contributions_in_words import contribution_in_thread
from handlers.conversation.for_secretaries import read_added_lines, read_pasted_log, read_said_for_papers
from handlers.conversation.in_english import read_other_language
from handlers.conversation.in_parts import answer_in_parts, naming
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.last_reply import follow_up
from handlers.conversation.near_misses import show_reading
from handlers.conversation.passing_on import send_apologies
from handlers.conversation.plain_requests import (
    asks_by_name,
    asks_of_another_rating,
    is_typed_command,
    typed_command,
    typed_question,
    unknown_question,
    unshared,
)
from handlers.conversation.second_thoughts import just_answered, on_second_thoughts
from handlers.conversation.social_replies import social_reply
from handlers.dispatch import answer_text
from handlers.drafts import use_draft
from handlers.old_plans import about_old_plan, beside_old_plan
from handlers.outcomes.all_recorded import all_recorded_said
from handlers.outcomes.asked_outcomes import ask_outcome
from handlers.outcomes.in_words import decided_in_words
from handlers.outcomes.put_right import outcome_put_right
from handlers.outcomes.told_outcomes import told_by_a_lead
from handlers.permissions import may, why_not
from handlers.reading.normalise import fold, plain, quoted
from handlers.reading.report_signs import may_be_a_report
from handlers.reading.social_frames import Act
from handlers.reading.tokens import named_in
from handlers.responses import Content, NotDone, Response, answer_beside, response_of, say
from handlers.safeguarding.confirmation import asked_first, objection
from handlers.safeguarding.detection import refusal, refused
from handlers.updates.batch import record_all
from handlers.ways_on import with_ways_on
from models.enums import Verb
from models.storage.sessions import keep_if

_MAY_BE_A_REASON = frozenset((Act.EXCUSE, Act.NO_UPDATE, Act.TOLD, Act.PASSED))
"""What is the answer to the question why, or what shows it, where that was asked."""
_YES_OR_NO = re.compile(
    r"(?:yes|yep|yeah|y|no|nope|n)(?:,? (?:please|thanks|thank you|it identifies nobody.{0,20}))?|let me reword"
)


def _beside_an_answer(said: IncomingWords, words: str) -> Response:
    """Answer a question that stands beside an answer in the same message; nothing is stored by it."""
    beside = IncomingWords(said.ctx, words, said.thread_ts)
    given = keep_if(said.ctx.session, lambda: response_of(_first_answer, beside), lambda one: not one.done)
    if not given.done:
        return given
    return say(f"{quoted(words)} was not done: please send it as a message of its own.")


def _social(said: IncomingWords) -> Response | None:
    """Answer what is no answer on an action: thanks, a promise, a question back, somebody who passed it on."""
    if isinstance(said.reading, Recorded | InParts) or said.links or said.said.forwarded:
        return None
    if isinstance(said.reading, ReadAs) and said.said.subject:
        return None
    if isinstance(said.reading, ShowBack) and said.reading.no_day:
        return None
    social = said.social
    awaited = awaited_answer(said.awaited, said.whole.strip())
    if _MAY_BE_A_REASON & set(social.acts) and awaited is not None:
        return None
    likely = isinstance(said.reading, ReadAs) and len(said.text.split()) == 1
    if awaited is not None and (likely or (social.silent and social.acts == (Act.COURTESY,))):
        return ask_words_again(said, awaited)
    if social.silent:
        return Response(None)
    act = social.asks
    if act is None or act is Act.AWAY or (act is Act.LEFT and said.names_anothers_post):
        return None
    about = named_in(fold(said.text), said.ctx.vocabulary) or said.whose.topic
    if act is Act.APOLOGIES:
        return send_apologies(said.ctx, social.clause_of(act, said.text), said.text)
    return social_reply(said.ctx, act, about or said.whose.owed, said.text, about)


def _command(said: IncomingWords) -> Response | None:
    """Answer `/cypp …`, and a command that is no answer: `move healthy-5 to …`, `close heard-9 …`."""
    if isinstance(said.reading, InParts) or (isinstance(said.reading, Recorded) and len(said.reading.commands) > 1):
        return None
    return typed_command(said.ctx, said.text, answers=False)


def _bare_command(said: IncomingWords) -> Response | None:
    """Answer a command's name alone as `/cypp` does; from whoever leads an action "done" may be an answer."""
    name = plain(said.text)
    commands = [one for one in said.ctx.registry.commands.values() if name in {known.name for known in one.spellings}]
    if not commands or said.links:
        return None
    if said.whose.titles() and any(issubclass(one.command, AnswerCommand) for one in commands):
        return None
    return unshared(answer_text(said.ctx, said.text))


def _file_alone(said: IncomingWords) -> Response | None:
    links = said.links if without_words(said.text) else links_alone(said.text)
    if not links:
        return None
    what, refs = "file" if said.links else "link", (said.topic,) if said.topic else said.whose.owed
    return ask_about_file(said.ctx, refs, links, said.thread_ts or said.ts, what)


def _nothing_to_say(said: IncomingWords) -> Response | None:
    return Response(None) if isinstance(said.reading, AutomaticReply | Pleasantry) else None


def _nothing_said(said: IncomingWords) -> Response | None:
    reading = said.reading
    if (
        said.text
        or isinstance(reading, Recorded | InParts | ReadAs)
        or (isinstance(reading, ShowBack) and reading.words)
    ):
        return None
    return say("Which action is it about, and in one line, how does it stand? Nothing was recorded.")


def _yes_or_no(said: IncomingWords) -> Response | None:
    """Answer a bare yes or no: it says nothing without its question, and every question has buttons."""
    answered = isinstance(said.reading, ReadAs)
    if answered or _YES_OR_NO.fullmatch(fold(said.text).strip(" .!,")) is None or not said.ctx.roles.posts:
        return None
    return say("Please press a button under the message that asks: nothing was recorded.", typed=said.text)


def _personal_data(said: IncomingWords) -> Response | None:
    if isinstance(said.reading, InParts) or (isinstance(said.reading, Recorded) and len(said.reading.commands) > 1):
        return None
    identifies = refused(said.typed)
    return say(refusal(identifies), typed=said.text) if identifies else None


def outcomes_in_words(said: IncomingWords) -> Response | None:
    """Record what the board decided, in whatever words, from whoever records it."""
    if is_typed_command(said.ctx, said.text):
        return why_it_moves(said.ctx, said.text, said.whose.topic, said.thread_ts)
    # Of several outcomes only the one that names somebody by a number is refused.
    decided = partial(decided_in_words, said.ctx, said.text, said.whose.topic, partial(record_button, said.ctx))
    given = (
        decided()
        if refused(said.typed)
        else (
            outcome_put_right(said.ctx, said.text)
            or all_recorded_said(said.ctx, said.text)
            or decided()
            or changed_in_words(said.ctx, said.text, said.whose.topic, said.thread_ts, said.whose.titles())
        )
    )
    return asked_first(given, said.again) if given is not None else None


def _decided_elsewhere(said: IncomingWords) -> Response | None:
    return told_by_a_lead(said.ctx, said.text, said.whose.topic) if isinstance(said.reading, ShowBack) else None


def _changes(said: IncomingWords) -> Response | None:
    """Show what is changed, in whatever words; where a doubt keeps it from being shown, how that stands."""
    recorded = isinstance(said.reading, Recorded | InParts) or said.requests_a_rating
    if recorded or is_typed_command(said.ctx, said.text):
        return None
    in_doubt = not isinstance(said.reading, ReadAs) and not asks_by_name(said.ctx, said.text)
    given = change_in_words(said.ctx, said.text, in_doubt=in_doubt)
    return asked_first(given, said.again) if given is not None else None


def _named_things(said: IncomingWords) -> Response | None:
    """Show what is named, to somebody who keeps a board, in words that say nothing that is known."""
    reading = said.reading
    if not isinstance(reading, ShowBack) or reading.refs or reading.doubted:
        return None
    return things_named(said.ctx, said.text)


def plain_answers(said: IncomingWords) -> Response | None:
    """Record answers that are plain enough to be recorded at once."""
    if isinstance(said.reading, InParts) or (isinstance(said.reading, Recorded) and len(said.reading.commands) > 1):
        given = answer_in_parts(said.ctx, said.reading, said.whole, said.thread_ts, partial(_beside_an_answer, said))
    elif isinstance(said.reading, Recorded):
        given = objection(said.ctx, said.text) or record_all(said.ctx, said.reading.commands, said.text)
        given = asked_first(naming(given, said.reading.commands), said.again)
        if not given.done and can_wait(said.ctx) and lacks_words(said.ctx, said.reading.commands[0]):
            await_words(said.ctx, said.reading.commands[0], said.thread_ts)
            return asks_for_words(given)
    else:
        return None
    if given.done:
        evidence_used(said.ctx, said.thread_ts)
    return given


def _answer_command(said: IncomingWords) -> Response | None:
    """Read `done healthy-5 both advisors started`: an answer without the punctuation of a plain reply."""
    if isinstance(said.reading, ReadAs) and said.reading.corrected:
        return None
    given = typed_command(said.ctx, said.whole, answers=True)
    if given is not None and given.done:
        evidence_used(said.ctx, said.thread_ts)
    return given


def _second_thoughts(said: IncomingWords) -> Response | None:
    """Answer second thoughts, unless an action is named: its ref says more than what came before."""
    given = None if isinstance(said.reading, ReadAs) else on_second_thoughts(said.ctx, said.text)
    return asked_first(given, said.again) if given else None


def _question(said: IncomingWords) -> Response | None:
    if isinstance(said.reading, ShowBack) and asks_of_another_rating(said.ctx, said.text, said.reading):
        return None
    if said.requests_a_rating:
        return None
    return follow_up(said.ctx, said.text, said.thread_ts, said.whose.topic) or typed_question(said.ctx, said.text)


def near_misses(said: IncomingWords) -> Response | None:
    """Show answers that are likely, to be recorded with one press."""
    if not isinstance(said.reading, ReadAs):
        return None
    return asked_first(show_reading(said.ctx, said.reading, said.whole), said.again)


def _unknown_question(said: IncomingWords) -> Response | None:
    """Answer a question, unless a status was seen: an update with a question mark stays an update."""
    if isinstance(said.reading, ShowBack) and said.reading.doubted:
        return None
    return unknown_question(said.ctx, said.text)


def shown_back(said: IncomingWords) -> Response | None:
    """Show words back that nothing else read."""
    if not isinstance(said.reading, ShowBack):
        return None
    named = named_in(fold(said.text), said.ctx.vocabulary) and not said.reading.doubted
    refs = said.reading.refs if named else ()
    if asked := ask_outcome(said.ctx, refs, said.text, partial(record_button, said.ctx)):
        return asked
    before = just_answered(said.ctx)
    if not before and _may_be_no_report(said, said.reading):
        return ask_what_is_meant(said.ctx, said.reading, said.whole)
    return show_back(said.ctx, replace(said.reading, refs=said.reading.refs or before), said.whole)


def _may_be_no_report(said: IncomingWords, reading: ShowBack) -> bool:
    """Return whether words that name no action may as well want something as tell how one stands."""
    about = said.whose.topic or said.links or reading.doubted or reading.no_day or reading.reading
    if about or not reading.refs or not set(reading.refs) <= set(said.whose.owed):
        return False
    return not may_be_a_report(said.text, said.ctx.vocabulary, said.whose.titles().values())


def _absence(said: IncomingWords) -> Response | None:
    """Answer leave that is announced, and what a machine answers for somebody who is away."""
    recorded = isinstance(said.reading, Recorded)
    return None if recorded else about_absence(said.ctx, said.text, said.social, lambda: said.whose.owed)


WordReader = Callable[[IncomingWords], Response | None]


def _of_an_old_plan(said: IncomingWords) -> Response | None:
    """Answer what is asked of a plan that has ended, and refuse what would change it."""
    return None if said.said.forwarded else about_old_plan(said.ctx, said.text, typed_question)


READERS: tuple[WordReader, ...] = (
    _of_an_old_plan,
    read_pasted_log,
    read_said_for_papers,
    read_added_lines,
    _file_alone,
    _nothing_said,
    _bare_command,
    _absence,
    _yes_or_no,
    let_be,
    _social,
    _nothing_to_say,
    outcomes_in_words,
    _personal_data,
    _decided_elsewhere,
    _changes,
    _command,
    plain_answers,
    _answer_command,
    _second_thoughts,
    read_other_language,
    _question,
    contribution_in_thread,
    near_misses,
    _unknown_question,
    read_awaited,
    _named_things,
    shown_back,
)

KNOWING: tuple[WordReader, ...] = (
    _of_an_old_plan,
    read_said_for_papers,
    _absence,
    _social,
    _personal_data,
    outcomes_in_words,
    _changes,
    plain_answers,
    near_misses,
    read_other_language,
    _question,
)
"""The readers that answer only what they know."""


def typed_in_words(ctx: RequestContext, text: str, readers: Iterable[WordReader]) -> Response | None:
    """Answer words after `/cypp` as they are answered in a conversation; None where none of the readers knows them."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    said = IncomingWords(ctx, text)
    for reader in readers:
        try:
            given = reader(said)
        except NotDone as ended:
            return with_ways_on(ctx, ended.response)
        if given is not None:
            return with_ways_on(ctx, beside_old_plan(ctx, text, given))
    return None


def said_in_words(
    ctx: RequestContext, text: str, thread_ts: str = "", links: tuple[str, ...] = (), ts: str = ""
) -> Response:
    """Answer plain words: record them where plain enough, answer a question, else show them back."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    said = IncomingWords(ctx, text, thread_ts, links, ts)
    waited = said.awaited
    given = response_of(_first_answer, said)
    if waited is not None and given.content is not None:
        # What waited did so for the next words alone; what is asked again waits anew.
        use_draft(ctx, waited)
    return with_ways_on(ctx, beside_old_plan(ctx, text, given))


def _first_answer(said: IncomingWords) -> Response:
    if (given := _with_what_stands_beside(said)) is None:
        given = next((given for reader in READERS if (given := reader(said)) is not None), Response(None))
    if isinstance(given.content, Content) and given.content.typed:
        return replace(given, content=replace(given.content, typed=said.typed))
    return given


def _with_what_stands_beside(said: IncomingWords) -> Response | None:
    """Answer an answer and a question, an absence or the like in one message, each by itself; else None."""
    social = said.social
    if not social.beside or not social.rest or said.said.forwarded or said.said.subject:
        return None
    answer = replace(said, typed=social.rest)
    plain = isinstance(answer.reading, Recorded | InParts)
    return answer_beside(_first_answer(answer), _beside(replace(said, typed=social.beside))) if plain else None


def _beside(said: IncomingWords) -> Response | None:
    return _absence(said) or _social(said)
