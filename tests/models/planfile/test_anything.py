"""Whatever the file, the answer is a plan or a refusal with problems in it."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from models.files.planfile import PlanFile
from models.files.planfile.schema import (
    Exported,
    FileAction,
    FileAssessment,
    FileBoard,
    FileMeasure,
    FileMeeting,
    FileOrganisation,
    FilePost,
    FilePriority,
    FileRisk,
    FileTheme,
    FileValue,
    PlanHead,
    PlanPart,
)
from tests.models.planfile.plans import PLAN, refused

WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([
        "heard", "partnership", "head-of-education", "council", "1", "2", "heard-1", "2020-09-16", "2020-12",
        "16/09/2020", "deliverable", "board action", "standing commitment", "complete", "some issues",
        "14:00", "", "~", "\x00", "²", "１",
    ]),
)  # fmt: skip
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), WORDS)
ANY = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def _keys(model: type[PlanPart]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _part(*models: type[PlanPart]) -> st.SearchStrategy[Any]:
    return st.one_of(
        *(st.dictionaries(st.sampled_from(_keys(model)), ANY, max_size=8) for model in models),
        st.dictionaries(WORDS, ANY, max_size=3),
    )


MEETINGS = st.lists(_part(FileMeeting), max_size=3)
BOARDS = st.tuples(_part(FileBoard), MEETINGS).map(lambda pair: {**pair[0], "meetings": pair[1]})
SECTIONS: dict[str, st.SearchStrategy[Any]] = {
    "plan": _part(PlanHead),
    "themes": st.lists(_part(FileTheme), max_size=3),
    "priorities": st.lists(_part(FilePriority), max_size=3),
    "organisations": st.lists(_part(FileOrganisation), max_size=3),
    "posts": st.lists(_part(FilePost), max_size=3),
    "administrators": ANY,
    "quiet": ANY,
    "measures": st.lists(_part(FileMeasure), max_size=3),
    "values": st.lists(_part(FileValue), max_size=3),
    "risks": st.lists(_part(FileRisk), max_size=3),
    "assessments": st.lists(_part(FileAssessment), max_size=3),
    "boards": st.lists(BOARDS, max_size=3),
    "actions": st.lists(_part(FileAction), max_size=4),
    "exported": _part(Exported),
}


def _answered(source: str | bytes) -> None:
    for problem in refused(source):  # anything but a refusal comes out as itself
        assert problem.path
        assert "\n" not in str(problem)
        assert str(problem).isprintable()


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(source: bytes) -> None:
    _answered(source)


@given(st.text(max_size=300))
def test_any_text_is_answered(source: str) -> None:
    _answered(source)


@given(ANY)
def test_any_values_are_answered(values: Any) -> None:
    _answered(yaml.dump(values, Dumper=_NoAliases, allow_unicode=True))


@given(st.fixed_dictionaries({}, optional=SECTIONS))
def test_any_values_under_the_keys_of_a_plan_are_answered(values: dict[str, Any]) -> None:
    _answered(yaml.dump(values, Dumper=_NoAliases, allow_unicode=True))


@given(st.integers(0, len(PLAN)), st.integers(0, 40), WORDS)
def test_a_plan_with_any_piece_of_it_replaced_is_answered(at: int, length: int, piece: str) -> None:
    _answered(PLAN[:at] + piece + PLAN[at + length :])


@given(st.data())
def test_a_plan_with_any_value_of_it_replaced_is_answered(data: st.DataObject) -> None:
    plan = yaml.load(PLAN, Loader=yaml.BaseLoader)
    at: Any = plan
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(ANY)
    _answered(yaml.dump(plan, Dumper=_NoAliases, allow_unicode=True))


class _NoAliases(yaml.SafeDumper):
    """Writes every value out, so that the file gets past the refusal of aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def test_the_keys_drawn_above_are_all_sections_of_a_plan() -> None:
    assert set(SECTIONS) == set(PlanFile.model_fields)
