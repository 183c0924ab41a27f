"""What a question is about (docs/explanation/what-people-write.md, Which action is meant)."""

import pytest

from handlers.reading.targets import ActionTarget, NoTarget, PriorityTarget, Target, ThemeTarget, WholePlan, read_target
from tests.handlers.reading.plan import EMPTY, NUMBERED, SEFTON


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("", WholePlan()),
        ("plan", WholePlan()),
        ("the whole plan", WholePlan()),
        ("priority 7", PriorityTarget((7,))),
        ("p7", PriorityTarget((7,))),
        ("P 7", PriorityTarget((7,))),
        ("7", PriorityTarget((7,))),
        ("Priority Seven", PriorityTarget((7,))),
        ("priority seven?", PriorityTarget((7,))),
        ("priorities 7-9", PriorityTarget((7, 8, 9))),
        ("priorities 7–9", PriorityTarget((7, 8, 9))),
        ("7 to 9", PriorityTarget((7, 8, 9))),
        ("9 to 7", PriorityTarget((7, 8, 9))),
        ("7, 8 and 9", PriorityTarget((7, 8, 9))),
        ("p7 & p8", PriorityTarget((7, 8))),
        ("healthy priority 1", PriorityTarget((7,))),
        ("health priorities 1 and 2", PriorityTarget((7, 8))),
        ("priority 1 of healthy", PriorityTarget((7,))),
        ("healthy priority 7", PriorityTarget((7,))),
        ("theme healthy", ThemeTarget("healthy")),
        ("Healthy theme", ThemeTarget("healthy")),
        ("healthy", ThemeTarget("healthy")),
        ("health", ThemeTarget("healthy")),
        ("healthy priorities", ThemeTarget("healthy")),
        ("priority healthy", ThemeTarget("healthy")),
        ("helthy", ThemeTarget("healthy", "helthy")),
        ("healthy-5", ActionTarget("healthy-5")),
        ("HEALTHY 5", ActionTarget("healthy-5")),
        ("healthy5", ActionTarget("healthy-5")),
        ("action healthy no. 5", ActionTarget("healthy-5")),
        ("health 5", ActionTarget("healthy-5")),
        ("helthy 5", ActionTarget("healthy-5", "helthy 5")),
        ("16sep-3", ActionTarget("16sep-3")),
        ("16 Sep 3", ActionTarget("16sep-3")),
        ("school readiness", PriorityTarget((10,))),
        ("Emotional health and wellbeing", PriorityTarget((7,))),
        ("emotionl wellbeing", PriorityTarget((7,), "emotionl wellbeing")),
        ("priorty 7", PriorityTarget((7,), "priorty 7")),
    ],
)
def test_reads_what_is_meant(text: str, target: Target) -> None:
    assert read_target(text, SEFTON) == target


@pytest.mark.parametrize(
    ("text", "nearest", "sentence"),
    [
        ("priority 13", ("priority 12",), "There is no priority 13; the plan has 1 to 12."),
        ("p0", ("priority 1",), "There is no priority 0; the plan has 1 to 12."),
        ("priorities 7-15", ("priority 12",), "There is no priority 13"),
        ("priority", (), "Which priority? The plan has 1 to 12."),
        ("healthy priority 4", ("theme healthy",), "Healthy has 3 priorities (7 to 9)."),
        ("healthy 55", ("healthy-5",), "There is no action healthy-55. Did you mean healthy-5?"),
        ("hea 5", ("heard-5", "healthy-5"), "Did you mean heard-5 or healthy-5?"),
        ("7.3", (), "There is no action 7.3."),
        ("school", ("priority 10", "priority 11"), "fits more than one"),
        ("xyz", (), "I do not find “xyz” in the plan."),
        ("1-99999", (), "There is no action 1-99999."),
        ("x" * 5000, (), "I do not find"),
    ],
)
def test_says_what_is_near_when_nothing_is_meant(text: str, nearest: tuple[str, ...], sentence: str) -> None:
    target = read_target(text, SEFTON)
    assert isinstance(target, NoTarget)
    assert (target.typed, target.nearest) == (text, nearest)
    assert sentence in target.say


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("7", PriorityTarget((7,))),
        ("7.3", ActionTarget("7.3")),
        ("7-3", ActionTarget("7.3")),
        ("7 10", ActionTarget("7.10")),
        ("priorities 1 and 2", PriorityTarget((1, 2))),
        ("jobs", PriorityTarget((7,))),
    ],
)
def test_a_plan_without_themes_is_read_alike(text: str, target: Target) -> None:
    assert read_target(text, NUMBERED) == target


@pytest.mark.parametrize("text", ["7", "healthy", "healthy-5", "7.3"])
def test_an_empty_plan_holds_nothing(text: str) -> None:
    assert isinstance(read_target(text, EMPTY), NoTarget)


def test_spells_out_numbers_that_leave_gaps() -> None:
    target = read_target("priority 3", NUMBERED)
    assert isinstance(target, NoTarget)
    assert target.say == "There is no priority 3; the plan has 1, 2 and 7."
