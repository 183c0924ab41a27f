"""The board's paper as a Word file: what it says of the example plan, and how it is built."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.papers.commands import paper_pressed
from handlers.papers.files import current_paper, paper_file
from handlers.papers.held_words import SendPaper
from handlers.responses import Content
from models.enums import AnswerKind, Status
from models.records.history import record_update
from models.rules.facts import BoardCalendar, MeetingFacts
from tests.handlers.papers.word_files import W, WordFile, part, text_of
from tests.handlers.rounds import Rounds, Work, example

PUBLISHED = datetime(2020, 9, 8, 15, tzinfo=UTC)
SECRETARY, HEALTH = "U0DEMSERV", "U0PUBHEAL"


def partnership(ctx: RequestContext) -> tuple[BoardCalendar, MeetingFacts]:
    calendar = next(one for one in ctx.calendars.values() if one.board.key == "partnership")
    meeting = calendar.next(ctx.now)
    assert meeting is not None
    return calendar, meeting


def printed(ctx: RequestContext) -> WordFile:
    calendar, meeting = partnership(ctx)
    return WordFile(paper_file(ctx, calendar, meeting, *current_paper(ctx, calendar, meeting))[0].make(ctx.session))


def typed(words: str) -> Work:
    return lambda ctx: answer_text(ctx, words)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("papers"), PUBLISHED, SECRETARY, HEALTH), PUBLISHED)


@pytest.fixture(scope="module")
def paper(rounds: Rounds) -> WordFile:
    found = rounds.again([printed], SECRETARY)[0]
    assert isinstance(found, WordFile)
    return found


def test_it_has_the_risks_that_its_board_monitors_the_highest_score_first(paper: WordFile) -> None:
    risks = paper.text[paper.text.index("8. Risks") :]
    assert risks.index("ORG0017") < risks.index("3 × 3 = 9, medium") < risks.index("ORG0012")
    assert "tolerate until the budget is known" in risks
    assert "ORG0009" not in paper.text  # another board monitors it


def test_it_has_the_sections_of_a_board_paper_in_order(paper: WordFile) -> None:
    assert [text for level, text in paper.headings if level <= 1] == [
        "My Sefton 2020–2025: action log and progress",
        "1. What the board is asked",
        "2. For the board to agree",
        "3. Matters arising",
        "4. Action log",
        "5. No update received",
        "6. Verbal updates to be given",
        "7. Measures",
        "8. Risks",
        "9. Closed at the last meeting",
        "10. Key",
    ]
    levels = [level for level, _ in paper.headings]
    assert levels[0] == 0
    assert all(later <= before + 1 for before, later in pairwise(levels)), "a level is left out"


def test_the_board_is_asked_in_numbers_and_with_a_verb(paper: WordFile) -> None:
    asked = paper.under("What the board is asked").splitlines()
    assert asked[1:] == [
        "note progress. The board has 50 actions: 1 off track, 4 some issues, 26 not started, 17 on track, "
        "1 proposed for closure, 1 complete.",
        "agree to close the action in table 1.",
        "note that no update was received on 11 actions.",
    ]


def test_every_table_repeats_its_first_row_and_breaks_no_row_and_says_what_it_is(paper: WordFile) -> None:
    assert len(paper.tables) > 10
    for table in paper.tables:
        first, *others = table.element.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))
        assert others, "a table has a row"
        assert len({len(row) for row in table.rows}) == 1
        described = table.element.find(f"{W}tblPr/{W}tblDescription")
        assert described is not None
        assert described.get(f"{W}val")
        for merged in ("gridSpan", "vMerge", "hMerge"):
            assert table.element.find(f".//{W}{merged}") is None


def test_every_status_is_a_word_beside_its_colour(paper: WordFile) -> None:
    coloured = [
        cell
        for table in paper.tables
        for cell in table.element.iter(f"{W}tc")
        if cell.find(f"{W}tcPr/{W}shd") is not None
    ]
    assert len(coloured) > 30
    assert all(text_of(cell).strip() for cell in coloured)


def test_it_is_in_british_english_on_landscape_pages_in_arial(paper: WordFile) -> None:
    styles = part(paper.content, "word/styles.xml")
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == "en-GB"
    (normal,) = [one for one in styles.findall(f"{W}style") if one.get(f"{W}styleId") == "Normal"]
    fonts, size = normal.find(f"{W}rPr/{W}rFonts"), normal.find(f"{W}rPr/{W}sz")
    assert fonts is not None
    assert size is not None
    assert (fonts.get(f"{W}ascii"), size.get(f"{W}val")) == ("Arial", "24")
    assert paper.body is not None
    page = paper.body.find(f"{W}sectPr/{W}pgSz")
    assert page is not None
    assert (page.get(f"{W}orient"), int(page.get(f"{W}w", "0")) > int(page.get(f"{W}h", "0"))) == ("landscape", True)
    core = part(paper.content, "docProps/core.xml")
    said = {one.tag.rpartition("}")[2]: one.text for one in core}
    assert said["title"] == "My Sefton 2020–2025: action log and progress"
    assert said["language"] == "en-GB"


def test_the_foot_says_as_at_when_and_which_page_of_how_many(paper: WordFile) -> None:
    foot = part(paper.content, "word/footer1.xml")
    assert "As at Tue 8 Sep 2020, 16:00" in text_of(foot)
    codes = [(one.text or "").strip() for one in foot.iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_nothing_of_the_template_is_left(paper: WordFile) -> None:
    assert not re.search(r"[{}]|%[^ ,)\n]|(?<! )%", paper.text)


def test_words_that_are_held_or_redacted_are_not_in_it_whoever_asks(rounds: Rounds) -> None:
    answers = rounds.again(
        [
            typed("update healthy-4 amber the data cannot be shared"),
            typed("update healthy-9 amber the tender is open"),
            typed("withhold healthy-4 last because the data are private"),
            typed("redact healthy-9 last because it describes a child"),
            printed,
        ],
        SECRETARY,
    )
    for given in answers[:4]:
        assert isinstance(given.content, Content)
    paper = answers[-1]
    log = paper.under("Action log")
    assert "Update held: not for publication" in log
    assert "Words redacted" in log
    assert "cannot be shared" not in paper.text
    assert "the tender is open" not in paper.text


@pytest.mark.parametrize(
    "words", ["<b>&amp;</b> “50 %” {{ 7*7 }} {% raw %}", "bell \x07 and \x0b", "two\nlines", "party 🎉 ١٢ הלו"]
)
def test_whatever_somebody_writes_is_printed_as_it_is(rounds: Rounds, words: str) -> None:
    paper = rounds.again([typed(f"update healthy-4 amber {words}"), printed], SECRETARY)[-1]
    said = " ".join(paper.under("Action log").split())
    assert " ".join(re.sub(r"[\x07\x0b]", " ", words).split()) in said


def test_a_new_meeting_that_a_lead_asks_for_is_put_to_the_board(rounds: Rounds) -> None:
    rounds.keep(typed("move healthy-4 to 23 Oct because the profiles wait for data"), HEALTH)
    paper = rounds.again([printed], SECRETARY)[0]
    assert "agree the new meeting asked for in table 2." in paper.under("What the board is asked")
    table = paper.tables[1]
    assert table.rows[0] == ["Ref", "Action and lead", "From", "To", "Why"]
    assert table.rows[1][0] == "healthy-4"
    assert table.rows[1][2:4] == ["Wed 16 Sep 2020", "Fri 23 Oct 2020"]
    assert table.rows[1][4].startswith(
        "the profiles wait for data (Public Health Lead for Children, Sefton Council, Tue 8 Sep"
    )
    agreed = rounds.again([typed("move healthy-4 to 23 Oct because the board will agree"), printed], SECRETARY)[-1]
    assert "new meeting" not in agreed.under("What the board is asked")


def test_a_verbal_update_is_announced_with_who_speaks(rounds: Rounds) -> None:
    paper = rounds.again([typed("verbal healthy-9"), printed], SECRETARY)[-1]
    assert "hear 1 verbal update, from Public Health Lead for Children, Sefton Council." in paper.text
    assert "healthy-9" in paper.under("Verbal updates")
    assert "healthy-9" not in paper.under("No update received")


def test_the_latest_update_says_when_and_whose_it_is_an_imported_one_its_date(rounds: Rounds) -> None:
    paper = rounds.again([typed("update healthy-4 amber the data are late"), printed], SECRETARY)[-1]
    latest = [row for table in paper.tables for row in table.rows[1:] if "Latest update (post, date)" in table.rows[0]]
    said = {row[0]: row[4] for row in latest}
    assert said["healthy-4"] == ("the data are late (Public Health Lead for Children, Sefton Council, Tue 8 Sep)")
    words = [one for one in said.values() if one != "No update yet"]
    assert len(words) > 10
    assert all(re.search(r"\((?:.*, )?\w{3} \d{1,2} \w{3}(?: \d{4})?\)$", one) for one in words), words


DOUBTFUL = "the placement of Kyle, aged 9, broke down"


def test_words_that_may_identify_a_child_are_held_until_the_secretary_says_that_they_do_not(rounds: Rounds) -> None:
    def written(ctx: RequestContext) -> None:
        action = ctx.action("healthy-4")
        assert action is not None
        record_update(ctx.session, action, AnswerKind.UPDATE, ctx.signed(), status=Status.SOME_ISSUES, words=DOUBTFUL)

    def pressed_again(ctx: RequestContext) -> Any:
        _, meeting = partnership(ctx)
        return paper_pressed(ctx, SendPaper(meeting=meeting.id, cleared="healthy-4"))

    _, held, asked, cleared = rounds.again([written, printed, typed("papers 16 Sep"), pressed_again], SECRETARY)
    assert "Kyle" not in held.text
    assert "Update held: not for publication" in held.under("Action log")
    (group,) = [one for one in asked.content.groups if one.heading.startswith("Held in it")]
    assert [one.split(":")[0] for one in group.texts] == ["healthy-4"]
    assert "Kyle" not in " ".join(group.texts)
    (button,) = [one for one in asked.content.buttons if one.label.startswith("They identify nobody")]
    assert SendPaper.decode(button.value).cleared == "healthy-4"
    assert DOUBTFUL in WordFile(cleared.file.make(None)).text
    assert not [one for one in cleared.content.groups if one.heading.startswith("Held in it")]
