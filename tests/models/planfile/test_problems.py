"""Every problem a plan file can have: what is changed in a plan that is in order, and the one sentence that follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.planfile.plans import PLAN, changed, refused

LEAD = "lead: head-of-education"
ACCENT = "e\u0301"
TABLE = Path(__file__).with_name("problems.txt")


def _table() -> Iterator[tuple[str, str, str]]:
    for block in TABLE.read_text(encoding="utf-8").split("\n\n"):
        if not block.startswith("- "):
            continue
        lines = {mark: [line[2:] for line in block.splitlines() if line[0] == mark] for mark in "-+="}
        yield "\n".join(lines["-"]), "\n".join(lines["+"]), "\n".join(lines["="])


@pytest.mark.parametrize(("old", "new", "sentence"), list(_table()))
def test_each_problem_is_one_sentence_that_says_where_what_and_what_would_be_right(
    old: str, new: str, sentence: str
) -> None:
    assert [str(problem) for problem in refused(changed(old, new))] == [sentence]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "name: Our plan",
            "name: " + "a" * 301,
            f'line 1, plan.name says "{"a" * 59}…": this is 301 characters long; write at most 300 characters',
        ),
        (
            "words: Write it",
            "words: " + "ab " * 700,
            f'line 22, actions[0].words says "{"ab " * 19}ab…": this is 2,099 characters long; '
            "write at most 2,000 characters",
        ),
        (
            "words: Write it",
            "words: " + ACCENT * 200_000,
            f'line 22, actions[0].words says "{ACCENT * 29}e…": this is 400,000 characters long; '
            "write at most 2,000 characters",
        ),
    ],
    ids=["a title", "words", "far too many words"],
)
def test_what_is_too_long_is_shown_in_part(old: str, new: str, sentence: str) -> None:
    assert [str(problem) for problem in refused(changed(old, new))] == [sentence]


def test_the_plan_these_are_changes_to_is_in_order() -> None:
    assert refused(PLAN) == ()


@pytest.mark.parametrize("section", ["plan", "boards"])
def test_a_section_that_every_plan_needs_is_asked_for(section: str) -> None:
    at = PLAN.index(f"\n{section}:") + 1 if section != "plan" else 0
    end = PLAN.index("\n", at) + 1 if section == "plan" else PLAN.index("actions:")
    problems = refused(PLAN[:at] + PLAN[end:])
    assert (section, "this is missing") in [(problem.path, problem.wrong) for problem in problems]


def test_a_plan_without_any_board_in_its_list_is_refused() -> None:
    text = PLAN[: PLAN.index("boards:")] + "boards: []\n"
    assert [str(problem) for problem in refused(text)] == [
        "line 12, boards: the list is empty; a plan has at least one board"
    ]


def test_a_plan_of_several_boards_needs_a_board_for_each_action() -> None:
    text = PLAN.replace("boards:\n", "boards:\n  - {key: hwb, name: Health Board}\n")
    text = text.replace("ref: heard-1", "ref: heard-1, board: partnership")
    assert [str(problem) for problem in refused(text)] == [
        f'line {line}, actions[{at}] says "heard-{at + 1}": the action has no board, and the plan has several; '
        "write `board:` and one of hwb, partnership"
        for at, line in ((1, 24), (2, 25))
    ]


def test_problems_of_every_sort_are_reported_together_in_the_order_of_the_file() -> None:
    text = PLAN
    for old, new in (
        ("from: 2020-04-01", "from: 31/04/2020"),
        ("title: Include", "title: Include, aliases: [voice]"),
        ("organisation: council", "organisation: counsil"),
        ("title: Head of Education", "titel: Head of Education"),
        ('time: "14:00"', "time: 14pm"),
        ("words: Write it, ", ""),
        (LEAD, "lead: head"),
        ("ref: heard-2", "ref: heard-1"),
        ("due_date: 2020-10-01", "due: 2020-10-24"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    assert [(problem.line, problem.path) for problem in refused(text)] == [
        (1, "plan.from"),
        (3, "priorities[1].aliases[0]"),
        (7, "posts[0].titel"),
        (8, "posts[0].organisation"),
        (17, "boards[0].meetings[0].time"),
        (22, "actions[0].lead"),
        (22, "actions[0].words"),
        (23, "actions[1].ref"),
        (24, "actions[2].due"),
    ]


def test_a_part_with_a_mistake_in_it_does_not_make_what_refers_to_it_wrong() -> None:
    for old, new in (
        ("email: head@example.org", "email: head"),
        ("{key: heard, name: Heard", "{key: heard, nam: Heard"),
        ('time: "14:00"', "time: 14pm"),
        ("{date: 2020-09-16, focus: heard}", "{date: 09/16/2020, focus: heard}"),
        ("{number: 2, title", "{number: 02, titel: x, title"),
    ):
        lines = {problem.line for problem in refused(changed(old, new))}
        assert len(lines) == 1, (new, lines)


def test_a_section_that_is_no_list_is_one_problem_and_not_one_for_each_reference() -> None:
    text = PLAN[: PLAN.index("posts:")] + "posts: none\n" + PLAN[PLAN.index("administrators:") :]
    assert [str(problem) for problem in refused(text)] == [
        'line 5, posts says "none": this should be a list; '
        "write the posts that lead, chair or keep its actions, as a list"
    ]
