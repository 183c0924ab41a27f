"""On the day papers go out: the figures are frozen at 16:00, the secretary gets the paper, the chair the brief."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.records.frozen_papers import frozen_paper
from models.storage.history_tables import FrozenPaper
from models.storage.scope import ALL
from models.storage.tables import Person
from tests.handlers.papers.word_files import WordFile
from tests.schedules.outboxes import world
from tests.schedules.plans import WORKSPACE, a_plan, action, board, post
from tests.schedules.world import World, to

pytestmark = pytest.mark.usefixtures("on_both")

PLAN = a_plan(
    boards=[board("partnership", "2020-09-16", "2020-12-08", chair="chair")],
    posts=[post("chair")],
    actions=[
        action("healthy-5", due="2020-09-16"),
        action("healthy-6", due="2020-09-16", status="off track", status_words="the funding ended"),
    ],
)
OUT = "2020-09-08 16:00"
READY = "The paper for the Partnership Board of Wed 16 Sep 2020 is ready, as a Word file."


def editions(sandbox: World) -> list[tuple[int, str]]:
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(FrozenPaper).order_by(FrozenPaper.id)).all()
        return [(row.edition, f"{row.at:%d %b %H:%M}") for row in rows]


def said_to(sandbox: World, who: str) -> list[str]:
    """The first words of what somebody is sent when papers go out."""
    return [one.page["headline"] for one in sandbox.tick(OUT) if one.address == to(who)]


def test_at_four_the_figures_stand_and_the_secretary_has_the_paper_as_a_file(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    sandbox.tick("2020-09-08 15:59")
    assert editions(sandbox) == []
    assert said_to(sandbox, "clerk") == [READY]
    assert editions(sandbox) == [(1, "08 Sep 15:00")]
    ((_, name, content),) = sandbox.messenger.files
    assert name == "Partnership Board 2020-09-16.docx"
    paper = WordFile(content)
    assert "the funding ended" in paper.under("Action log")
    assert "As at Tue 8 Sep 2020, 16:00." in paper.text


def test_words_that_may_identify_a_child_are_held_in_it_and_it_comes_all_the_same(tmp_path: Path) -> None:
    written = "the placement of Kyle, aged 9, broke down"
    assert "the funding ended" in PLAN
    sandbox = world(tmp_path, PLAN.replace("the funding ended", written))
    (ready,) = [one.page for one in sandbox.tick(OUT) if one.page["headline"] == READY]
    assert any(text.startswith("healthy-6: ") for text in ready["texts"])
    ((_, _, content),) = sandbox.messenger.files
    assert "Update held: not for publication" in WordFile(content).under("Action log")
    assert "Kyle" not in WordFile(content).text + str(ready)


def test_the_chair_is_briefed_once(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    assert said_to(sandbox, "chair") == ["Brief for the Partnership Board of Wed 16 Sep 2020."]
    sandbox.tick("2020-09-08 16:01")
    sandbox.tick("2020-09-09 09:30")
    briefs = [one for one in sandbox.messenger.posts if one.page["headline"].startswith("Brief for the")]
    (brief,) = briefs
    (asked,) = [text for text in brief.page["texts"] if text.startswith("healthy-6 “")]
    assert asked.endswith("off track. Ask: “What would bring healthy-6 back on track by Wed 16 Sep 2020?”")


def test_it_is_frozen_once_and_after_downtime_as_things_stand_then(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    sandbox.tick("2020-09-10 11:00")
    sandbox.tick("2020-09-11 11:00")
    assert editions(sandbox) == [(1, "10 Sep 10:00")]
    assert len(sandbox.messenger.files) == 1


def test_a_board_that_was_not_started_freezes_nothing(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN, started=None)
    sandbox.tick(OUT)
    assert editions(sandbox) == []


def test_a_meeting_that_moves_has_a_revised_paper_at_its_new_deadline(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    sandbox.tick(OUT)
    sandbox.move("partnership", "2020-09-16", "2020-09-30", "2020-09-09 10:00")
    sandbox.tick("2020-09-22 16:00")
    assert [edition for edition, _ in editions(sandbox)] == [1, 2]
    with sandbox.database.read(WORKSPACE) as session:
        row = session.scalars(select(FrozenPaper)).first()
        assert row is not None
        assert frozen_paper(session, row.meeting_id, row.meeting_day) is None


def test_a_board_with_nobody_who_can_be_reached_is_frozen_all_the_same(tmp_path: Path) -> None:
    sandbox = world(tmp_path, PLAN)
    with sandbox.database.write(workspace=WORKSPACE) as session:
        for someone in session.scalars(select(Person)):
            someone.unreachable = "account closed"
    assert said_to(sandbox, "clerk") == []
    assert editions(sandbox) == [(1, "08 Sep 15:00")]
    sandbox.tick("2020-09-08 16:01")
    assert editions(sandbox) == [(1, "08 Sep 15:00")]


def test_a_secretary_has_one_scheduled_message_on_the_day_of_the_paper(tmp_path: Path) -> None:
    # The other board's *No update received* is due on the morning of the first one's papers.
    both = a_plan(
        boards=[board("partnership", "2020-09-16"), board("hwb", "2020-09-22")],
        actions=[action("healthy-5", due="2020-09-16"), action("heard-1", board="hwb", due="2020-09-22")],
    )
    sandbox = world(tmp_path, both)
    sandbox.tick("2020-09-08 09:30")
    posts = [one for one in sandbox.messenger.posts if one.address == to("clerk")]
    sandbox.tick(OUT)
    later = [one for one in sandbox.messenger.posts if one.address == to("clerk")][len(posts) :]
    assert [one.page["headline"] for one in posts] == []
    assert [one.page["headline"] for one in later] == [READY]
    assert "no update received on 1 of 1 action" in str(later[0].page)
