"""`cypp papers`: the paper, the brief, the exempt items; freezing, thawing, and templates."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.bot.cli.support import Ran, call, query
from tests.handlers.papers.word_files import WordFile

SEP = "16 Sep"
NAMED = "the Children and Young People's Partnership Board of Wed 16 Sep 2020"


def papers(database: Path, *words: str) -> Ran:
    return call("papers", SEP, *words, "--db", database)


def test_paper_and_brief_are_written_frozen_and_thawed(demo: Path, tmp_path: Path) -> None:
    assert call("tick", "--now", "2020-09-07 10:00", "--db", demo).code == 0
    paper, brief = tmp_path / "paper.docx", tmp_path / "brief.docx"
    assert papers(demo, "--thaw").code != 0
    assert papers(demo, "--freeze").out == f"Frozen: the figures of the paper for {NAMED}.\n"
    assert f"The paper for {NAMED} is frozen already." in papers(demo, "--freeze").err
    assert papers(demo, str(paper)).out == f"{paper}: the paper for {NAMED}.\n"
    assert "Draft:" not in WordFile(paper.read_bytes()).text
    assert papers(demo, str(brief), "--brief").out == f"{brief}: the chair’s brief for {NAMED}.\n"
    assert WordFile(brief.read_bytes()).text.startswith("The chair’s brief")
    assert papers(demo, "--thaw").out == f"Thawed: the figures of the paper for {NAMED}.\n"
    assert papers(demo, str(paper), "--force").code == 0
    assert "Draft:" in WordFile(paper.read_bytes()).text
    assert call("audit", "--db", demo).code == 0


def test_it_is_frozen_as_at_another_time_in_a_demonstration_alone(demo: Path, plan: Path) -> None:
    then = ("--now", "2020-09-07 10:00")
    assert papers(demo, "--freeze", *then).out == f"Frozen: the figures of the paper for {NAMED}.\n"
    assert "on\nMon 7 Sep 2020." in papers(demo, "--clearance", "legal cleared", *then).said
    for words in (("--freeze",), ("--thaw",), ("--clearance", "legal cleared")):
        assert "is only for a demonstration" in papers(plan, *words, *then).err


def test_an_answer_names_a_command_that_a_shell_reads(demo: Path, tmp_path: Path) -> None:
    for words, ends in (
        ("papers 16 sep", ""),
        ("papers 16 sep since", " --since"),
        ("papers 16 sep front", " --front"),
    ):
        asked = call("ask", "--as", "U0DEMSERV", "--now", "2020-09-07 10:00", "--db", demo, *words.split())
        assert f"“cypp papers 2020-09-16{ends}”" in asked.out.replace("\n", " ")
    assert call("papers", "2020-09-16", "--db", demo, cwd=tmp_path).out.endswith(f"the paper for {NAMED}.\n")


def test_clearances_are_recorded_and_shown_and_the_front_sheet_prints_them(demo: Path, tmp_path: Path) -> None:
    assert call("tick", "--now", "2020-09-07 10:00", "--db", demo).code == 0
    both = papers(demo, "--clearance", "finance and legal cleared on 1 Sep, FD6114/20 and LD 4306/20")
    assert (
        "finance, cleared on Tue 1 Sep 2020, FD6114/20; legal, cleared on Tue 1 Sep 2020, LD 4306/20."
        in both.said.replace("\n", " ")
    )
    shown = papers(demo, "--clearance")
    assert "Finance: Cleared Tue 1 Sep 2020, FD6114/20." in shown.said
    refused = papers(demo, "--clearance", "finance cleared on 1 Oct")
    assert (refused.code, "is still to come" in refused.said) == (1, True)
    front = tmp_path / "front.docx"
    assert papers(demo, "--front", str(front)).code == 0
    assert "LD 4306/20" in WordFile(front.read_bytes()).text
    (signature,) = query(demo, "SELECT DISTINCT signature FROM report_entry")[0]
    assert signature.startswith("command line, by the account ")


def test_exempt_items_are_a_file_where_there_are_any(demo: Path, tmp_path: Path) -> None:
    exempt = tmp_path / "exempt.docx"
    nothing = papers(demo, str(exempt), "--exempt")
    assert f"Nothing in the paper for {NAMED} is not for publication" in nothing.err
    words = "update healthy-5 amber one left, not for publication because the tender is open, paragraph 3"
    assert call("ask", "--as", "U0HEADEDU", "--db", demo, *words.split()).code == 0
    assert papers(demo, str(exempt), "--exempt").out == f"{exempt}: the exempt items of the paper for {NAMED}.\n"
    assert "one left" in WordFile(exempt.read_bytes()).text


def test_a_template_of_ones_own_is_kept_and_ours_comes_back(demo: Path, tmp_path: Path) -> None:
    own, paper = tmp_path / "ours.docx", tmp_path / "paper.docx"
    document = Document()
    document.add_paragraph("Borough of {{ board }}")
    document.save(str(own))
    assert "It prints board." in papers(demo, "--template", str(own)).out
    assert papers(demo, str(paper)).code == 0
    assert WordFile(paper.read_bytes()).text.startswith("Borough of Children")
    finished = papers(demo, "--template", str(paper))
    assert (finished.code, "no field stands in it" in finished.err) == (1, True)
    assert "are made from our template from now on." in papers(demo, "--our-template").out
    assert papers(demo, str(paper), "--force").code == 0
    assert WordFile(paper.read_bytes()).text.startswith("My Sefton")


def test_the_front_sheet_has_a_template_of_its_own(demo: Path, tmp_path: Path) -> None:
    ours, own, front = tmp_path / "ours.docx", tmp_path / "own.docx", tmp_path / "front.docx"
    written = call("template", ours, "--front")
    assert written.out == (
        f"{ours} is the template of the front sheet. Changed: cypp papers MEETING --template ours.docx --front\n"
    )
    document = Document(str(ours))
    document.add_paragraph("Wards of {{ board }}: {{ wards }}")
    document.save(str(own))
    kept = papers(demo, "--template", str(own), "--front").out
    assert kept.startswith("own.docx is the template of the front sheets of the Children and Young People's")
    assert "It prints board, meeting, as_at, edition, draft, subject, wards, rows, sections, clearances." in kept
    assert papers(demo, "--front", str(front)).code == 0
    assert "Wards of Children and Young People's Partnership Board: Not stated" in WordFile(front.read_bytes()).text
    assert papers(demo, str(tmp_path / "paper.docx")).code == 0
    assert "Wards of" not in WordFile((tmp_path / "paper.docx").read_bytes()).text
    assert "The front sheets of the Children" in papers(demo, "--our-template", "--front").out
    assert papers(demo, "--front", str(front), "--force").code == 0
    assert "Wards of" not in WordFile(front.read_bytes()).text
