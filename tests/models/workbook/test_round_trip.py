"""What is written reads back as the same plan, field by field, whatever people wrote in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from models.files.merging.fingerprints import export_record
from models.files.planfile import PlanFile, read_plan
from models.files.planfile.writer import write_plan
from models.files.workbook import ExportExtras, plan_workbook, read_workbook
from tests.conftest import examples
from tests.models.workbook.drawn import PLANS

EXAMPLE = Path(__file__).parents[3] / "bot" / "demo" / "my-sefton-2020-2025.yaml"
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def example() -> PlanFile:
    return read_plan(EXAMPLE.read_bytes(), EXAMPLE.name)


def differences(one: PlanFile, other: PlanFile) -> list[str]:
    """Where two plans differ, part by part."""
    found = []
    for section in PlanFile.model_fields:
        ours, theirs = getattr(one, section), getattr(other, section)
        if not isinstance(ours, tuple):
            found += [] if ours == theirs else [f"{section}: {ours} / {theirs}"]
            continue
        found += [] if len(ours) == len(theirs) else [f"{section}: {len(ours)} / {len(theirs)}"]
        found += [f"{section}: {a} / {b}" for a, b in zip(ours, theirs, strict=False) if a != b]
    return found


def test_the_example_plan_comes_back_from_a_workbook(example: PlanFile) -> None:
    read = read_workbook(plan_workbook(example, ExportExtras()), "example.xlsx")
    assert differences(read.plan, example) == []
    assert read.notes == ()


def test_the_example_plan_comes_back_from_yaml(example: PlanFile) -> None:
    assert differences(read_plan(write_plan(example, "a\nheading"), "example.yaml"), example) == []


@settings(SLOW, max_examples=examples(30))
@given(PLANS)
def test_any_plan_comes_back_from_a_workbook(plan: PlanFile) -> None:
    marked = plan.model_copy(update={"exported": export_record(plan, date(2020, 8, 10))})
    assert differences(read_workbook(plan_workbook(marked, ExportExtras()), "drawn.xlsx").plan, marked) == []


@settings(SLOW, max_examples=examples(60))
@given(PLANS)
def test_any_plan_comes_back_from_yaml(plan: PlanFile) -> None:
    marked = plan.model_copy(update={"exported": export_record(plan, date(2020, 8, 10))})
    assert differences(read_plan(write_plan(marked), "drawn.yaml"), marked) == []
