"""Where one of many things is meant, a menu asks which; old buttons go on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.press_codec import MOST_BUTTONS
from models.storage.tables import Board
from tests.bot.slack.e2e import SECRETARY, OpenAt, forge, read, when
from tests.local_slack import Sandbox


@pytest.fixture
def kept(request: pytest.FixtureRequest, open_at: OpenAt) -> Sandbox:
    """A plan of which the democratic services officer keeps very many boards."""
    sandbox = open_at(when(8, 17, 9))
    with sandbox.bot.deps.writing() as session:
        post = session.scalars(select(Board.secretary_post_id)).first()
        for number in range(request.param):
            session.add(Board(key=f"area-{number}", name=f"Area Board {number}", secretary_post_id=post))
    return sandbox


@pytest.mark.parametrize(("kept", "lists"), [(60, 0), (200, 3)], indirect=["kept"])
def test_a_digest_without_a_board_asks_which_by_one_menu(kept: Sandbox, lists: int) -> None:
    answer = kept.command(SECRETARY, "digest")
    message = answer.messages[-1]
    assert message.text.startswith("Which of ")
    assert len(message.buttons()) <= MOST_BUTTONS
    (menu,) = [one for one in message.elements() if one["type"].endswith("_select")]
    assert len(menu.get("option_groups", ())) == lists
    assert menu["placeholder"]["text"] == "Choose a board…"
    chosen = kept.then_tick(kept.workspace.choose(SECRETARY, message, "Area Board 7", settle=0.05))
    assert read(chosen).startswith("Area Board 7: nothing overdue")


@pytest.mark.parametrize("kept", [60], indirect=True)
def test_a_button_of_before_there_was_a_menu_still_asks_for_its_board(kept: Sandbox) -> None:
    pressed = forge(kept, SECRETARY, "ask", "digest area-7")
    assert read(pressed.messages[-1]).startswith("Area Board 7: nothing overdue")
