"""What is not for publication: held in the paper, printed in a file of its own with its paragraph of Schedule 12A."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handlers.presses import pressed
from models.rules.exempt_paragraphs import exempt_paragraphs, paragraphs_said
from tests.handlers.papers.test_paper_file import HEALTH, PUBLISHED, SECRETARY, printed, typed
from tests.handlers.papers.word_files import WordFile
from tests.handlers.rounds import Rounds, Work, example

CHAIR = "U0CHAIRPB"
TENDER = "update healthy-4 amber the low bid fell through, not for publication because para 3: the tender is open"


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("exempt"), PUBLISHED, SECRETARY, HEALTH, CHAIR), PUBLISHED)


@pytest.mark.parametrize(
    ("why", "numbers"),
    [
        ("paragraph 3", (3,)),
        ("the tender is open (para. 3)", (3,)),
        ("exempt under paragraphs 1 and 2 of Schedule 12A", (1, 2)),
        ("Sch 12A para 5, legal advice", (5,)),
        ("paras 1, 2 & 7: a named officer", (1, 2, 7)),
        ("paragraph 6", (6,)),
        ("12A(4) pay talks", (4,)),
        ("Part 1 Paragraph 3 Schedule 12A LGA 1972", (3,)),
        # what is no paragraph of the Schedule
        ("paragraph 3 of the report names an officer", ()),
        ("paragraph 9", ()),
        ("3 bidders are left", ()),
        ("para 12", ()),
        ("schedule 12A applies", ()),
        ("until 3 May", ()),
        ("a paragraph about 2 families", ()),
        ("paras 4 and 5 of the draft", ()),
    ],
)
def test_a_paragraph_of_the_schedule_is_read_in_the_reason(why: str, numbers: tuple[int, ...]) -> None:
    assert exempt_paragraphs(why) == numbers


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), ""), ((3,), "paragraph 3"), ((1, 3), "paragraphs 1 and 3"), ((1, 2, 7), "paragraphs 1, 2 and 7")],
)
def test_paragraphs_are_said_as_people_name_them(numbers: tuple[int, ...], said: str) -> None:
    assert paragraphs_said(numbers) == said


def file_of(given: Any) -> WordFile:
    assert given.file is not None, given.content
    return WordFile(given.file.make(None))


def press(rounds: Rounds, given: Any, label: str) -> Work:
    (button,) = [one for one in given.content.buttons if one.label.startswith(label)]
    return lambda ctx: pressed(ctx, button.verb, button.value)


def test_what_is_not_for_publication_is_held_in_the_paper_and_printed_with_its_paragraph(rounds: Rounds) -> None:
    *_, paper, asked = rounds.again([typed(TENDER), printed, typed("papers 16 Sep")], SECRETARY)
    assert "low bid" not in paper.text
    assert "Update held: not for publication" in paper.under("Action log")
    assert "low bid" not in str(asked.content)
    *_, given = rounds.again([typed(TENDER), press(rounds, asked, "Send me the exempt items")], SECRETARY)
    assert "are on their way" in given.content.headline
    exempt = file_of(given)
    assert exempt.text.startswith("My Sefton 2020–2025: exempt items")
    assert "not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A" in exempt.text
    (table, key) = exempt.tables
    assert table.rows[0] == ["Ref", "Action and lead", "Status", "Words (post, date)", "Why", "Paragraph"]
    (row,) = table.rows[1:]
    assert (row[0], row[2], row[5]) == ("healthy-4", "some issues", "3")
    assert row[3].startswith("the low bid fell through (")
    assert key.rows[1][0] == "3"
    assert "financial or business affairs" in key.rows[1][1]
    assert given.file.name.endswith("2020-09-16 exempt items draft.docx")


def test_a_paragraph_that_is_not_named_is_asked_for_and_the_secretary_adds_it(rounds: Rounds) -> None:
    hold = typed("withhold healthy-4 last because the tender is open")
    words = typed("update healthy-4 amber the low bid fell through")
    _, _, before, added, after = rounds.again(
        [words, hold, typed("exempt 16 Sep"), typed("withhold healthy-4 last because paragraph 3"),
         typed("exempt 16 Sep")], SECRETARY
    )  # fmt: skip
    assert "healthy-4: no paragraph" in str(before.content.groups)
    assert file_of(before).tables[0].rows[1][5] == "to be added"
    assert added.content.headline.endswith("is not for publication, by paragraph 3.")
    assert not [one for one in after.content.groups if "no paragraph" in str(one)]
    row = file_of(after).tables[0].rows[1]
    assert (row[4].startswith("the tender is open"), row[5]) == (True, "3")
    *_, again = rounds.again([words, hold, hold], SECRETARY)
    assert "is not for publication already: the tender is open" in again.content.headline


def test_the_chair_and_the_secretary_get_it_and_a_lead_does_not(tmp_path: Path) -> None:
    rounds = Rounds(example(tmp_path, PUBLISHED, SECRETARY, HEALTH, CHAIR), PUBLISHED)
    rounds.keep(typed(TENDER), HEALTH)
    for who, gets in ((SECRETARY, True), (CHAIR, True), (HEALTH, False)):
        (given,) = rounds.again([typed("exempt 16 Sep")], who)
        assert (given.file is not None) == gets
    assert given.content.headline.startswith("The exempt items are for the board’s secretary (")


def test_a_redaction_or_a_doubt_empties_it_there_too_and_without_items_it_says_so(rounds: Rounds) -> None:
    redact = typed("redact healthy-4 last because it names an officer")
    *_, given = rounds.again([typed(TENDER), redact, typed("exempt 16 Sep")], SECRETARY)
    assert given.file is None
    assert given.content.headline.startswith("Nothing in the paper for the Children and Young People's Partnership")
