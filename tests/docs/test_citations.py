"""Whatever page and heading the code names for a rule are there."""

import re
from pathlib import Path

import pytest

from tests.docs.test_links import ROOT, prose

FOLDERS = ("bot", "handlers", "models", "schedules", "tests")
CITATION = re.compile(r"(docs/[\w/-]+\.md)(?:,\s+[“\x22]?([A-Z][\w ’'-]*\w))?")
CODE = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if path.parent != Path(__file__).parent]
CITING = sorted(path.relative_to(ROOT).as_posix() for path in CODE if CITATION.search(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CITING)
def test_a_page_that_the_code_names_has_the_heading(path: str) -> None:
    for page, heading in CITATION.findall((ROOT / path).read_text(encoding="utf-8")):
        assert (ROOT / page).is_file(), page
        if heading:
            headings = re.findall(r"^#+ (.+)$", prose(ROOT / page), re.MULTILINE)
            assert " ".join(heading.split()) in headings, f"{page}: {heading}"


def test_no_code_sends_the_reader_to_a_page_they_do_not_have() -> None:
    elsewhere = re.compile(r"(?:DESIGN|HOUSE|READING|PAPERS|SCORECARD)\.md|\bdesign, sections?\b|\(section \d")
    naming = [path for path in CODE if elsewhere.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in naming] == []
