"""Every link of the documents leads somewhere, and every page can be reached from the README."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot" / "install").glob("*.md")})
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")


def named(document: Path) -> str:
    """Return a document's path in the repository."""
    return document.relative_to(ROOT).as_posix()


@cache
def prose(document: Path) -> str:
    """Return a document without what stands in it as code."""
    text = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^ {4}.*$", "", text, flags=re.MULTILINE)


@cache
def anchors(document: Path) -> frozenset[str]:
    """Return what a document's headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return frozenset(heading.replace(" ", "-") for heading in plain)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(document: Path) -> None:
    for link in LINK.findall(prose(document)):
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, heading = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.is_file(), link
        assert target.is_relative_to(ROOT), link
        if heading:
            assert heading in anchors(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_picture_is_there_small_and_has_words_that_stand_for_it(document: Path) -> None:
    for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", prose(document)):
        assert len(words.split()) > 10
        picture = document.parent / path
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size <= 150_000


def test_every_picture_that_is_made_is_shown() -> None:
    shown = {Path(path).name for each in DOCUMENTS for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", prose(each))}
    assert shown == {picture.name for picture in (ROOT / "bot" / "demo" / "pictures").iterdir()}


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here in reached or here.suffix != ".md":
            continue
        reached.add(here)
        links = (link.partition("#")[0] for link in LINK.findall(prose(here)) if "://" not in link)
        waiting += [(here.parent / link).resolve() for link in links if link]
    assert [named(one) for one in DOCUMENTS if one not in reached] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    for path in re.findall(r"`((?:bot|docs|handlers|models|schedules|tests)/[\w./*-]+)`", prose(document)):
        assert list(ROOT.glob(path.rstrip("/"))), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_page_sends_the_reader_to_a_page_they_do_not_have(document: Path) -> None:
    assert not re.search(r"DESIGN\.md|HOUSE\.md|READING\.md|the design, section", document.read_text(encoding="utf-8"))
