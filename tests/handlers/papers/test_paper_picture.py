"""The picture of the paper in the documents shows the paper as it is."""

from __future__ import annotations

from pathlib import Path

from bot.demo.sandbox import DEMO, example_plan, open_sandbox
from bot.demo.workspace import LocalWorkspace
from tests.browser.paper_picture import FROM, paper_of_the_example
from tests.browser.pictures import AGAIN, said_in


def test_the_picture_shows_what_the_paper_says(tmp_path: Path) -> None:
    sandbox = open_sandbox(str(tmp_path / "paper.db"), FROM, LocalWorkspace(DEMO), example_plan())
    try:
        assert said_in("paper") == paper_of_the_example(sandbox).text, f"it has changed: {AGAIN}"
    finally:
        sandbox.close()
