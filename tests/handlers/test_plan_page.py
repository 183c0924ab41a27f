"""The plan on a page: its bars in a table, and that each of the plans that are printed so fits on one sheet."""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import repeat
from pathlib import Path

import pytest
from docx import Document

from models.enums import Status
from models.files.plan_page.page import MOST_SQUARES, PageColumn, PagePart, PlanPage, blocks_of
from models.files.plan_page.web import web_page
from models.files.plan_page.word import word_page

ONE_AND_MANY = (1, 1, 1, 1, 1, 1, 94)
ON, OFF, ISSUES = Status.ON_TRACK, Status.OFF_TRACK, Status.SOME_ISSUES
PART = PagePart(
    "7. Good mental health: prevention first, help in time", ((OFF, 1), (ISSUES, 2), (ON, 9)), 2,
    measures=("Measure: 26.5 % overweight in reception, academic year 2018/19, target not met, improved.",),
)  # fmt: skip


def page(*columns: PageColumn) -> PlanPage:
    return PlanPage("Our plan <2020>", "2020–2025", "53 actions: 53 on track", "Mon 17 Aug 2020", columns)


FOUR_THEMES = page(*(PageColumn(name, (PART,) * 4) for name in ("Heard", "Happy", "Healthy", "Achieving")))
NO_THEMES = page(PageColumn("", tuple(repeat(PART, 11))))
NO_NUMBERS = page(PageColumn("", tuple(PagePart(f"A good start {one}", PART.counts) for one in range(8))))


@pytest.mark.parametrize(
    ("counts", "blocks"),
    [
        ((), ()),
        (((ON, 12),), ((ON, 12),)),
        (((OFF, 1), (ON, 2)), ((OFF, 1), (ON, 2))),
        (((ON, 40),), ((ON, 12),)),
        (((OFF, 1), (ON, 99)), ((OFF, 1), (ON, 11))),
        (((OFF, 12), (ON, 12)), ((OFF, 6), (ON, 6))),
        (
            tuple(zip(Status, (1, 1, 1, 1, 1, 1, 94), strict=True)),
            tuple(zip(Status, (1, 1, 1, 1, 1, 1, 6), strict=True)),
        ),
    ],
)
def test_a_bar_is_in_proportion_and_no_status_is_left_out(
    counts: tuple[tuple[Status, int], ...], blocks: tuple[tuple[Status, int], ...]
) -> None:
    assert blocks_of(counts) == blocks
    assert sum(many for _, many in blocks) <= MOST_SQUARES


def test_counts_are_said_in_words_beside_the_bar() -> None:
    assert PART.said == "12 actions, 2 overdue: 1 off track, 2 some issues, 9 on track"
    assert PagePart("8. Healthy development", nothing="shares the actions of the theme").said.startswith("shares")


@pytest.mark.parametrize("plan", [FOUR_THEMES, NO_THEMES, NO_NUMBERS], ids=["themes", "rows", "eight"])
def test_both_files_say_the_same_words(plan: PlanPage) -> None:
    web = web_page(plan).decode()
    assert "<h1>Our plan &lt;2020&gt; on a page</h1>" in web
    document = Document(io.BytesIO(word_page(plan)))
    word = "\n".join(one.text for table in document.tables for row in table.rows for cell in row.cells
                     for one in cell.paragraphs)  # fmt: skip
    for column in plan.columns:
        for part in column.parts:
            for words in (part.title, part.said, *part.measures):
                assert words in web
                assert words in word
    assert web.count("aria-label") == sum(bool(part.blocks) for column in plan.columns for part in column.parts)
    sheet = document.sections[0]
    assert (sheet.page_width or 0) > (sheet.page_height or 0)


@pytest.mark.skipif(
    not all(map(shutil.which, ("soffice", "pdfinfo"))), reason="LibreOffice and pdfinfo count the pages"
)
@pytest.mark.parametrize("plan", [FOUR_THEMES, NO_THEMES, NO_NUMBERS], ids=["themes", "rows", "eight"])
def test_each_fits_on_one_sheet(plan: PlanPage, tmp_path: Path) -> None:
    file = tmp_path / "page.docx"
    file.write_bytes(word_page(plan))
    convert = ("soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf")
    subprocess.run((*convert, "--outdir", str(tmp_path), str(file)), check=True, capture_output=True, timeout=120)
    said = subprocess.run(("pdfinfo", str(file.with_suffix(".pdf"))), check=True, capture_output=True, text=True)
    assert "Pages:           1" in said.stdout
