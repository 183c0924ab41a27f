"""The corpus in other dress: what must not change a reading does not, and what must is never recorded.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.commands.answers import AnswerCommand, NoChange, ToFollow
from tests.conftest import examples
from tests.understanding.variants import (
    BEFORE_IT_ALL,
    BEFORE_THE_STATUS,
    BEHIND_THE_STATUS,
    HANDED_ON,
    JOINING,
    KEEPING,
    PLEASE_BEFORE,
    Saying,
    answers,
    asked_in,
    bare,
    offered_in,
    plain_statuses,
    questions,
    recorded_in,
    said,
    single_answers,
    slips,
    with_emoji_names,
    without_apostrophes,
)

_REF = re.compile(r"(?:heard|happy|healthy|sep|oct)[- ]?[0-9]+")
Single = tuple[Saying, AnswerCommand]
Status = tuple[Saying, int, int]
some_answer = st.deferred(lambda: st.sampled_from(answers()))
some_single = st.deferred(lambda: st.sampled_from(single_answers()))
some_status = st.deferred(lambda: st.sampled_from(plain_statuses()))
some_question = st.deferred(lambda: st.sampled_from(questions()))
some_slip = st.deferred(
    lambda: st.sampled_from(
        [
            (one, command, slipped)
            for one, command in single_answers()
            # Of a message that names another action as well, that one may be shown: not held.
            if len(set(_REF.findall(one.words.casefold()))) == 1
            for slipped in slips(one.words)
        ]
    )
)
kept = st.sampled_from(list(KEEPING))


def meaning(command: AnswerCommand) -> tuple[Any, ...]:
    return type(command), command.ref, getattr(command, "status", None)


@settings(max_examples=examples(200))
@given(some_answer, kept)
def test_an_answer_in_another_dress_is_the_same_answer(one: Saying, how: str) -> None:
    assert said(one.read(KEEPING[how](one.words))) == said(one.read())


@given(some_answer)
def test_emoji_by_name_and_words_without_apostrophes_are_the_same_answer(one: Saying) -> None:
    assert said(one.read(with_emoji_names(one.words))) == said(one.read())
    assume("'s " not in one.words)  # "happy-4s" is no ref
    assert said(one.read(without_apostrophes(one.words))) == said(one.read())


@given(some_single)
def test_please_before_a_ref_says_nothing(single: Single) -> None:
    one, command = single
    assert said(one.read(PLEASE_BEFORE(one.words))) == {("recorded", bare(command))}


@settings(max_examples=examples(200))
@given(some_single, some_single, st.sampled_from(list(JOINING)))
def test_parts_are_read_alike_beside_each_other_in_either_order(first: Single, second: Single, how: str) -> None:
    assume(first[1].ref != second[1].ref)
    assume(not any(isinstance(command, ToFollow) for _, command in (first, second)))  # days are counted from today
    words = [one.words.strip().rstrip(".") for one, _ in (first, second)]
    want = {("recorded", bare(command)) for _, command in (first, second)}
    assert said(first[0].read(JOINING[how].format(*words))) == want
    assert said(first[0].read(JOINING[how].format(*reversed(words)))) == want


@given(some_single, some_single)
def test_answers_between_quoted_lines_are_shown_for_the_actions_that_are_quoted(first: Single, second: Single) -> None:
    assume(first[1].ref != second[1].ref)
    assume(not any(isinstance(command, ToFollow) for _, command in (first, second)))
    both = "\n".join(
        f"> {command.ref} as it was asked\n{one.words[len(command.ref) :].strip(' :,-–—')}"
        for one, command in (first, second)
    )
    assert recorded_in(first[0].read(both)) == ()
    assert {meaning(found) for found in offered_in(first[0].read(both))} == {meaning(first[1]), meaning(second[1])}


@given(some_single, st.sampled_from([HANDED_ON, "> {}\nsee above", "```\n{}\n```"]))
def test_what_others_wrote_is_never_recorded(single: Single, how: str) -> None:
    one, _ = single
    assert recorded_in(one.read(how.format(one.words))) == ()


@given(some_slip)
def test_a_slip_in_a_ref_is_shown_or_asked_and_never_another_answer(slip: tuple[Saying, AnswerCommand, str]) -> None:
    one, command, slipped = slip
    assert {meaning(found) for found in offered_in(one.read(slipped))} <= {meaning(command)}


@settings(max_examples=examples(200))
@given(some_status, st.sampled_from(BEFORE_THE_STATUS))
def test_a_status_denied_doubted_past_conditional_or_somebodys_is_not_recorded(status: Status, before: str) -> None:
    one, start, _ = status
    not_recorded(one, f"{one.words[:start]}{before} {one.words[start:]}")


@settings(max_examples=examples(200))
@given(some_status, st.sampled_from(BEHIND_THE_STATUS))
def test_a_status_with_an_exception_a_condition_or_a_question_mark_is_not_recorded(status: Status, behind: str) -> None:
    one, _, end = status
    not_recorded(one, f"{one.words[:end]}{behind}{one.words[end:]}")


@settings(max_examples=examples(200))
@given(some_single, st.sampled_from(BEFORE_IT_ALL))
def test_what_somebody_says_wishes_or_doubts_is_not_recorded(single: Single, before: str) -> None:
    one, command = single
    assume(not isinstance(command, NoChange))
    not_recorded(one, f"{before} {one.words}")


def not_recorded(one: Saying, words: str) -> None:
    before = {meaning(command) for command in recorded_in(one.read())}
    assert [command for command in recorded_in(one.read(words)) if meaning(command) in before] == [], words


@settings(max_examples=examples(200))
@given(some_question, kept)
def test_a_question_in_another_dress_asks_the_same(one: Saying, how: str) -> None:
    # Initials that are English words as well are known by their capitals: SEND.
    assume(how != "no capitals" or not re.search(r"\b[A-Z]{3,}\b", one.words))
    # "Has it been dealt with thanks" thanks for it, and may ask whether it was dealt with thanks.
    assume(how != "thanks" or not one.words.rstrip(" ?.").endswith((" with", " for", " of", " to")))
    assert asked_in(one.ask(KEEPING[how](one.words))) == asked_in(one.ask())


@given(some_question)
def test_a_question_mark_behind_a_question_adds_nothing(one: Saying) -> None:
    # One that is dropped may take the question with it: "kooth?", "all outcomes recorded?" ask by it alone.
    assume(not one.words.rstrip().endswith("?"))
    assert asked_in(one.ask(f"{one.words.rstrip(' .')}?")) == asked_in(one.ask())


@given(some_question, st.sampled_from(["um ", "er, ", "so "]))
def test_hesitation_before_a_question_asks_nothing_else(one: Saying, before: str) -> None:
    # Where what is asked about stands first ("of heard and healthy which …"), its first word has to be that.
    assume(not one.words.casefold().startswith(("of ", "by ")))
    assert asked_in(one.ask(before + one.words)) == asked_in(one.ask())


def test_there_is_enough_to_vary() -> None:
    assert min(len(answers()), len(questions())) > 120
    assert min(len(single_answers()), len(plain_statuses())) > 50
