"""Files that are no plan at all: each is refused in one sentence, soon, whatever is in it."""

from __future__ import annotations

import json

import pytest

from models.files.planfile import PlanFileRefused, read_plan
from tests.growth import assert_linear
from tests.models.planfile.plans import PLAN, changed, refused

HEAD = "line 1, (file): "
DEEP = "the file is nested deeper than a plan goes; look at the brackets and indents"
ALIAS = (
    "anchors and aliases are not used in a plan file; "
    "write the value out; a text that starts with & or * goes in quotes"
)
TAG = "tags are not used in a plan file; take the tag out; a text that starts with ! goes in quotes"
UTF8 = "the file is not UTF-8 text; save the file as UTF-8 text and import it again"
HINT = "look at the indentation, colons and quotes on this line and the one above"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "(file): the file is empty; a plan file starts with `plan:`"),
        (b"\xef\xbb\xbf", "(file): the file is empty; a plan file starts with `plan:`"),
        ("# only a remark\n", "(file): the file is empty; a plan file starts with `plan:`"),
        ("~", "(file): the file is empty; a plan file starts with `plan:`"),
        ("- a\n- b\n", HEAD + "the file is a list; a plan file is made of keys, starting with `plan:`"),
        ("a plan", HEAD + "the file is a single value; a plan file is made of keys, starting with `plan:`"),
        (b"plan:\n  name: caf\xe9\n", "line 2, (file): " + UTF8),
        ("plan: x".encode("utf-16"), HEAD + UTF8),
        ("plan: \ud800", "(file): " + UTF8),
        (
            b"plan:\n\x00",
            "line 2, (file): the file holds a control character (U+0000); "
            "a plan file is plain text: take the character out",
        ),
        ("plan: a: b", HEAD + f"this is not YAML (mapping values are not allowed in this context); {HINT}"),
        ("plan:\n\t- a", f"line 2, (file): this is not YAML (found character that cannot start any token); {HINT}"),
        ("{", None),
        ("plan: 'a", None),
        ("%YAML 9.9\n---\na", None),
        ("plan: &a {name: x}\nthemes: *a", HEAD + ALIAS),
        ("themes: [*nowhere]", HEAD + ALIAS),
        ("plan: !!python/object/apply:os.system [ls]", HEAD + TAG),
        ("plan: ! x", HEAD + TAG),
        ("plan: {name: !!str 3}", HEAD + TAG),
        ("? [a]\n: b", HEAD + "a key is a list or a mapping; a key is one word"),
        ("a: 1\n---\nb: 2", "line 2, (file): the file holds more than one document; take out the line `---`"),
        ("[" * 50_000, HEAD + DEEP),
        ("{a: " * 50_000, HEAD + DEEP),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_plan_file_is_refused_in_one_sentence(source: str | bytes, sentence: str | None) -> None:
    problems = refused(source)
    assert len(problems) == 1
    if sentence is not None:
        assert str(problems[0]) == sentence


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert str(refused("\n".join(lines))[0]) == HEAD + ALIAS


def _many(count: int, action: str) -> str:
    return PLAN + "".join(action.format(at=at) for at in range(count))


SHORT = "  - {{ref: a-{at}, words: x}}\n"
LONG = (
    "  - ref: a-{at}\n    words: some words on what there is to do\n    priorities: [1]\n    lead: head-of-education\n"
)


@pytest.mark.parametrize("action", [SHORT, LONG], ids=["within the size", "over the size"])
def test_too_many_actions_are_refused_soon_with_both_numbers(action: str) -> None:
    problems = assert_linear(refused, _many(24_997, action), _many(99_997, action))
    assert len(problems) == 1
    assert problems[0].path == "actions"
    assert problems[0].wrong == "the file holds 100,000 actions"
    assert problems[0].right == "a plan may have at most 20,000: split the file by plan"


def test_too_many_actions_are_counted_in_a_file_written_as_json_too() -> None:
    for words in ("x", "a good many words about what there is to do"):
        source = json.dumps({"actions": [{"ref": f"a-{at}", "words": words} for at in range(100_000)]})
        assert [problem.wrong for problem in refused(source)] == ["the file holds 100,000 actions"]


def test_twenty_thousand_actions_are_read() -> None:
    source = _many(19_997, "  - {{ref: a-{at}, words: x, priorities: [1]}}\n")
    assert len(read_plan(source, "plan.yaml").actions) == 20_000


def test_a_file_over_ten_megabytes_is_refused_unread() -> None:
    problems = refused(b"plan: " + b"\xff" * (11 * 1024 * 1024))
    assert [str(problem) for problem in problems] == ["(file): the file is 11.0 MB; a plan file may have at most 10 MB"]


def test_a_file_of_very_many_values_is_refused_soon() -> None:
    sources = ["plan: [" + "a," * many + "]" for many in (1_050_000, 4_200_000)]
    problems = assert_linear(refused, *sources)
    assert [problem.wrong for problem in problems] == ["the file holds more than 1,000,000 values"]


def test_a_file_with_a_mistake_in_every_one_of_very_many_actions_is_refused_soon_with_all_of_them() -> None:
    action = "  - {{ref: a-1, words: x, priorities: [9], lead: head-of-eduction-{at}, leed: x}}\n"
    problems = assert_linear(refused, _many(2_497, action), _many(9_997, action))
    assert len(problems) == 9_997 * 3


def test_the_refusal_names_the_file_and_counts() -> None:
    with pytest.raises(PlanFileRefused) as refusal:
        read_plan(changed("number: 2", "number: two").replace("title: Listen, ", ""), "our.yaml")
    assert str(refusal.value) == "our.yaml was not imported, nothing was stored: 3 problems to put right."
