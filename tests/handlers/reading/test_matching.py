"""Which name of the plan is meant (docs/explanation/what-people-write.md, Which name is meant)."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handlers.reading.matching import find_name
from handlers.reading.names_in_text import NameSeen, names_in
from handlers.reading.plan_names import NameKind
from tests.handlers.reading.names_plan import SEFTON_NAMES, TOWN_NAMES
from tests.yaml_files import read_yaml

PLANS = {"sefton": SEFTON_NAMES, "town": TOWN_NAMES}
ROWS = read_yaml(Path(__file__).with_name("names.yaml"))


@pytest.mark.parametrize(("plan", "kind", "typed", "means"), ROWS["asked"], ids=lambda value: str(value)[:40])
def test_a_name_is_found_where_one_is_asked_for(plan: str, kind: str, typed: str, means: Any) -> None:
    found = find_name(typed, PLANS[plan], NameKind(kind))
    assert sorted(name.key for name in found.names) == sorted(means if isinstance(means, list) else [means]), found


@pytest.mark.parametrize("row", ROWS["said"], ids=lambda row: row["says"][:60])
def test_the_names_in_a_message_are_seen(row: Any) -> None:
    seen = names_in(row["says"], PLANS[row["plan"]])
    assert [_key(one) for one in seen if not one.possible] == row["names"], seen
    perhaps = [_key(one) for one in seen if one.possible]
    assert set(row.get("perhaps", ())) <= set(perhaps), seen
    assert all(one.end <= other.start for one, other in pairwise(seen))
    assert all(row["says"][one.start : one.end] == one.typed for one in seen)


def _key(seen: NameSeen) -> str:
    return f"{seen.kind} {'|'.join(name.key for name in seen.names)}"


def test_half_of_all_rows_are_no_names() -> None:
    asked = [not row[3] for row in ROWS["asked"]]
    said = [not row["names"] for row in ROWS["said"]]
    assert len(asked) + len(said) >= 300
    assert sum(asked) + sum(said) >= (len(asked) + len(said)) * 0.49
