"""What stands in each section of the paper: who, in which order, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.context import RequestContext
from handlers.papers.files import current_paper
from models.enums import Kind
from models.plan.action_filter import ActionFilter
from tests.handlers.papers.test_paper_file import HEALTH, SECRETARY, partnership, printed, typed
from tests.handlers.papers.word_files import WordFile
from tests.handlers.rounds import Rounds, Work, example

NOW = datetime(2020, 9, 7, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("sections"), NOW, SECRETARY, HEALTH), NOW)


def test_table_two_says_how_often_it_moved_and_when_it_was_first_due(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, NOW, SECRETARY, HEALTH), NOW)
    for to in ("23 Oct", "8 Dec"):
        rounds.keep(typed(f"move healthy-4 to {to} because the data are late"), SECRETARY)
    rounds.now += timedelta(minutes=1)
    rounds.keep(typed("move healthy-4 to 23 Oct because the data came early"), HEALTH)
    (paper,) = rounds.again([printed], SECRETARY)
    (table,) = [one for one in paper.tables if one.rows[0][2:4] == ["From", "To"]]
    (row,) = table.rows[1:]
    assert row[2] == "Tue 8 Dec 2020\n(first due Wed 16 Sep 2020, re-planned twice)"
    assert row[3] == "Fri 23 Oct 2020"


def test_matters_arising_are_in_minute_order_under_the_meeting_that_gave_them(rounds: Rounds) -> None:
    minutes = {"16sep-1": "62/17(b)", "16sep-2": "62/9", "16sep-4": "62/17(a)"}

    def minuted(ctx: RequestContext) -> None:
        for ref, minute in minutes.items():
            action = ctx.action(ref)
            assert action is not None
            action.minute = minute
        ctx.session.flush()

    _, paper = rounds.again([minuted, printed], SECRETARY)
    matters = paper.under("Matters arising")
    assert matters.splitlines()[0] == "Given on Wed 10 Jun 2020"
    assert sorted(minutes, key=matters.index) == ["16sep-2", "16sep-4", "16sep-1"]


def closed_in(paper: WordFile) -> str:
    return paper.under("Closed at the last meeting")


def test_what_a_meeting_closed_stands_in_the_next_paper_and_in_no_other(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, NOW, SECRETARY), NOW)
    rounds.keep(typed("close heard-10 agreed 10 Jun minute 5"), SECRETARY)
    (now,) = rounds.again([printed], SECRETARY)
    assert "heard-10" in closed_in(now)
    assert "closed, minute 5" in closed_in(now)
    assert "heard-10" not in now.under("Action log")
    rounds.now = datetime(2020, 9, 17, 9, tzinfo=UTC)
    rounds.keep(typed("close healthy-9 agreed 16 Sep minute 41"), SECRETARY)
    (october,) = rounds.again([printed], SECRETARY)
    assert "heard-10" not in october.text
    assert "healthy-9" in closed_in(october)
    rounds.now = datetime(2020, 10, 26, 9, tzinfo=UTC)
    (december,) = rounds.again([printed], SECRETARY)
    assert "Fri 23 Oct 2020" not in december.text.partition("1. What")[0]
    assert "healthy-9" not in december.text


def test_what_is_opened_again_is_not_closed_at_the_last_meeting(rounds: Rounds) -> None:
    closing = typed("close heard-10 agreed 10 Jun minute 5")
    *_, paper = rounds.again([closing, typed("reopen heard-10 because the funding is back"), printed], SECRETARY)
    assert "heard-10" not in closed_in(paper)


def by_organisation(ctx: RequestContext) -> dict[str, set[str]]:
    paper, _ = current_paper(ctx, *partnership(ctx))
    return {one.heading: {paper.by_number[number].lead for number in one.actions} for one in paper.silent}


def test_no_update_received_is_by_organisation_in_their_order(rounds: Rounds) -> None:
    found, paper = rounds.again([by_organisation, printed], SECRETARY)
    assert len(found) > 1
    assert list(found) == sorted(found)
    for organisation, leads in found.items():
        assert all(lead.endswith(f", {organisation}") for lead in leads)
    levels = [text for level, text in paper.headings if level == 2]
    assert [one for one in levels if one in found] == list(found)


def heard(rounds: Rounds, *said: str) -> Sequence[Any]:
    steps: list[Work] = [*map(typed, said), printed]
    return rounds.again(steps, SECRETARY)


def test_verbal_updates_stand_with_who_gives_them_and_are_asked_for_by_lead(rounds: Rounds) -> None:
    paper = heard(rounds, "verbal healthy-9", "verbal healthy-8", "verbal healthy-4")[-1]
    (table,) = [one for one in paper.tables if {"healthy-9", "healthy-4"} <= {row[0] for row in one.rows}][-1:]
    leads = {row[0]: row[1].splitlines()[-1] for row in table.rows[1:]}
    assert leads["healthy-9"] == leads["healthy-4"] == "Public Health Lead for Children, Sefton Council"
    asked = next(line for line in paper.under("What the board is asked").splitlines() if line.startswith("hear"))
    assert asked.startswith("hear 3 verbal updates, from ")
    assert asked.count("Public Health Lead for Children") == 1
    assert leads["healthy-8"] in asked


def test_table_one_says_what_shows_that_it_is_done(rounds: Rounds) -> None:
    paper = heard(rounds, "done healthy-8 the portal is open")[-1]
    (table,) = [one for one in paper.tables if one.rows[0][3:] == ["What shows that it is done"]]
    said = {row[0]: row[3] for row in table.rows[1:]}
    assert said["healthy-8"].startswith("the portal is open (")
    assert "table 1: proposed for closure" in paper.under("For the board to agree").casefold()


def log_rows(paper: WordFile) -> dict[str, list[str]]:
    wanted = [one for one in paper.tables if one.rows[0][-1] == "Proposed"]
    return {row[0]: row for table in wanted for row in table.rows[1:]}


def test_a_row_of_the_log_has_lead_first_due_direction_and_what_is_proposed(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, NOW, SECRETARY, HEALTH), NOW)
    for said in ("update healthy-5 amber one left", "update healthy-5 red both left", "done healthy-8 it is out",
                 "move healthy-5 to 23 Oct because both left"):  # fmt: skip
        rounds.keep(typed(said), SECRETARY)
    rounds.now += timedelta(minutes=1)
    rounds.keep(typed("move healthy-4 to 23 Oct because of data"), HEALTH)
    (paper,) = rounds.again([printed], SECRETARY)
    rows = log_rows(paper)
    assert rows["healthy-5"][1].endswith("\nHead of Education, Sefton Council")
    assert rows["healthy-5"][2] == "Fri 23 Oct 2020\n(first due Wed 16 Sep 2020, re-planned once)"
    assert rows["healthy-5"][3] == "off track, worse"
    proposed = {ref: rows[ref][5] for ref in ("healthy-5", "healthy-8", "healthy-4")}
    assert proposed == {"healthy-5": "Keep open", "healthy-8": "Close", "healthy-4": "Move to Fri 23 Oct 2020"}


def test_the_log_is_by_theme_and_priority_each_action_once_and_every_status_is_in_the_key(rounds: Rounds) -> None:
    def plan(ctx: RequestContext) -> list[str]:
        return [theme.name for theme in ctx.themes]

    themes, paper = rounds.again([plan, printed], SECRETARY)
    headings = [text.partition(" (")[0] for level, text in paper.headings if level == 2]
    assert [one for one in headings if one in themes] == [one for one in themes if one in headings]
    refs = [row[0] for one in paper.tables if one.rows[0][-1] == "Proposed" for row in one.rows[1:]]
    assert len(refs) == len(set(refs)) > 20
    key = {row[0] for row in paper.tables[-1].rows[1:]}
    assert {row[3].partition(",")[0] for row in log_rows(paper).values()} <= key


def test_standing_commitments_that_are_not_reviewed_are_counted_and_not_listed(rounds: Rounds) -> None:
    def standing(ctx: RequestContext) -> int:
        calendar, _ = partnership(ctx)
        views = ctx.views(ActionFilter(board_id=calendar.board.id, open_only=True))
        return len([one for one in views if one.facts.kind is Kind.STANDING])

    every, paper = rounds.again([standing, printed], SECRETARY)
    listed = [row for row in log_rows(paper).values() if row[2].startswith("standing commitment")]
    count = every - len(listed)
    assert count > 1
    assert f"{count} standing commitments are reviewed at other meetings and not listed here." in paper.text
