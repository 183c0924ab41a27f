"""The plan on a page in Slack: words, the picture in the direct conversation, and both files."""

from __future__ import annotations

import pytest

from tests.bot.slack.e2e import CHAIR, Kept, OpenAt, read, when
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Kept:
    return Kept(open_for_all(when(8, 17, 10)))


@pytest.fixture
def sandbox(place: Kept) -> Sandbox:
    return place.back()


def test_every_theme_and_priority_is_said_with_its_counts_and_measures(sandbox: Sandbox) -> None:
    said = read(sandbox.command(CHAIR, "plan on a page"))
    assert "My Sefton 2020–2025 on a page: 53 actions" in said
    assert "As at Mon 17 Aug 2020." in said
    assert "12. Special needs and disabilities: every potential reached: no actions yet." in said
    assert "7. Good mental health: prevention first, help in time: shares the actions of the theme." in said
    assert "Measure: 70 % met Good, Q1, below the target of 75 %, improved." in said
    assert "Several priorities: 8 actions" in said


def sent(sandbox: Sandbox, suffix: str) -> bytes:
    def there() -> list[str]:
        files = [file for one in sandbox.workspace.dm(CHAIR) for file in one.files]
        return [file["id"] for file in files if file["name"].endswith(suffix)]

    (file_id,) = sandbox.workspace.wait_for(there, what=f"the page as {suffix}")
    return sandbox.workspace.uploaded(file_id)[1]


def test_the_files_come_to_the_direct_conversation(sandbox: Sandbox) -> None:
    asked = sandbox.command(CHAIR, "plan on a page")
    assert "as a Word file." in read(sandbox.press_in(CHAIR, asked.message, "Word file"))
    assert sent(sandbox, ".docx").startswith(b"PK")
    assert "as a web page." in read(sandbox.command(CHAIR, "plan on a page html"))
    page = sent(sandbox, ".html").decode()
    assert "<h2>Healthy</h2>" in page
    assert 'aria-label="9 actions: 1 off track, 2 some issues, 1 not started, 5 on track"' in page
