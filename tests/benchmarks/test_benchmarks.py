"""Every benchmark runs, at sizes at which it takes no time: what it says of speed there says nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.demo.sandbox import TEAM
from models.enums import AnswerKind, OutcomeKind, Way
from models.records.history import Signed, record_outcome, record_replan, record_update
from models.storage.tables import Action, Meeting
from tests.benchmarks.__main__ import BENCHMARKS, figures
from tests.benchmarks.answering import ASKED, MOST_SELECTS, NOW, ask, command, opened, small, sql_of
from tests.benchmarks.databases import Databases
from tests.benchmarks.measure import Figure
from tests.benchmarks.run import SMALLEST, Run
from tests.benchmarks.stand_in import StandIn

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "figures.md"
FIELDS = {"figure", "what", "unit", "median", "beside", "beside_median", "ratio", "reach", "reached", "rounds"}


def test_every_benchmark_gives_figures_as_a_line_of_json_each_and_they_stand_in_the_reference() -> None:
    lines = [json.loads(figure.line()) for figure in figures(list(BENCHMARKS), SMALLEST, lambda what: None)]
    for name in BENCHMARKS:
        assert any(line["figure"] == name or line["figure"].startswith(f"{name}-") for line in lines), name
    rows = dict(re.findall(r"^\| `([\w-]+)` \|.*\|.*\|(.*)\|.*\|$", REFERENCE.read_text("utf-8"), re.MULTILINE))
    assert list(rows) == [line["figure"] for line in lines]
    for line in lines:
        assert line.keys() >= FIELDS, line["figure"]
        assert line["ratio"] > 0, line
        for bound in (str(line[name]) for name in line if name.startswith("reach") and name != "reached"):
            written = bound.replace("<=", "≤").replace(">=", "≥")
            assert f"{written} " in rows[line["figure"]], f"{line['figure']}: {bound}"


def test_a_question_takes_few_selects_also_where_much_happened_to_its_actions(tmp_path: Path) -> None:
    stand_in = StandIn(1)
    run = Run(SMALLEST, Databases(tmp_path, lambda what: None), stand_in)
    try:
        with opened(run, small(run)) as bot:
            once = ask(bot.app, command(ASKED), "Priority 7")
            once()
            assert len(sql_of(bot.deps.database, once)) <= MOST_SELECTS
            with bot.deps.database.write(workspace=TEAM) as session:
                signed = Signed(None, None, "Clerk", Way.COMMAND, NOW)
                meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
                for action in session.scalars(select(Action)).all():
                    record_update(session, action, AnswerKind.NO_CHANGE, signed)
                    record_replan(session, action, meetings[-1].id, "the data is late", signed)
                    record_outcome(session, action, meetings[0].id, OutcomeKind.NO_DECISION, signed)
            assert 1 < len(sql_of(bot.deps.database, once)) <= MOST_SELECTS
    finally:
        stand_in.close()


def test_a_figure_is_reached_only_where_all_that_is_aimed_at_was() -> None:
    def figure(seen: float, **more: Any) -> Figure:
        return Figure("one", "work", "other work", "ms", [seen], [1.0], 2, **more)

    assert figure(2.0).reached
    assert not figure(2.1).reached
    assert figure(2.1, least=True).reached
    assert not figure(1.0, also={"peak_mb": 300}, within={"peak_mb": 250}).reached
    assert figure(1.0, also={"peak_mb": 250}, within={"peak_mb": 250}).reached
    assert not Figure("one", "work", "other work", "ms", None, [1.0], 2).reached


def test_the_ratio_is_the_median_of_the_rounds_so_that_one_slow_round_does_not_count() -> None:
    slow = Figure("one", "work", "other work", "ms", [2.0, 200.0, 3.0], [1.0, 100.0, 1.0], 2)
    assert slow.ratio == 2.0
