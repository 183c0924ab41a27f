"""Who is asked when a secretary chases a lead: a table."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.calendar import Span
from models.rules.chases import Chase, ChaseFate, decide_chase
from models.rules.facts import Recipient

TODAY = date(2020, 8, 18)
HOLDER, CONTACT = Recipient(1), Recipient(2)
AWAY = Recipient(1, away=(Span(TODAY, TODAY),))
ONE, BOTH = ((10, 1),), ((10, 1), (10, 2))


@pytest.mark.parametrize(
    ("who", "reachable", "asked_today", "put_off", "anyway", "expected"),
    [
        ((HOLDER,), {1}, {}, (), False, Chase(ChaseFate.ASKED, ONE)),
        ((HOLDER, CONTACT), {1, 2}, {}, (), False, Chase(ChaseFate.ASKED, BOTH)),
        ((HOLDER, CONTACT), {1}, {}, (), False, Chase(ChaseFate.ASKED, ONE)),
        ((HOLDER, CONTACT), {1, 2}, {2: True}, (), True, Chase(ChaseFate.ASKED, ONE)),
        ((), {1}, {}, (), True, Chase(ChaseFate.VACANT)),
        ((HOLDER,), set(), {}, (), True, Chase(ChaseFate.NO_ACCOUNT)),
        ((AWAY,), {1}, {}, (), True, Chase(ChaseFate.AWAY)),
        ((HOLDER,), {1}, {1: True}, (), True, Chase(ChaseFate.CHASED_TODAY)),
        ((HOLDER,), {1}, {1: False}, (), False, Chase(ChaseFate.ASKED_TODAY)),
        ((HOLDER,), {1}, {1: False}, (), True, Chase(ChaseFate.ASKED, ONE)),
        ((HOLDER,), {1}, {}, ((10, 1),), True, Chase(ChaseFate.PUT_OFF)),
        ((HOLDER,), {1}, {}, ((11, 1),), False, Chase(ChaseFate.ASKED, ONE)),
    ],
)  # fmt: skip
def test_who_is_asked(
    who: tuple[Recipient, ...],
    reachable: set[int],
    asked_today: dict[int, bool],
    put_off: tuple[tuple[int, int], ...],
    anyway: bool,
    expected: Chase,
) -> None:
    assert decide_chase([10], who, TODAY, reachable, asked_today, put_off, anyway=anyway) == expected
