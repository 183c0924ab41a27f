"""`cypp figures`: how many leads answered before papers, by the rule that `owing` has, and how long an answer took."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.status.figures import share_said, time_taken
from tests.bot.cli.support import EDUCATION, Ran, call

PAPERS = "2020-09-08 09:30"


def figures(database: Path, *words: str) -> Ran:
    return call("figures", *words, "--db", database)


def ask(database: Path, who: str, now: str, words: str) -> str:
    done = call("ask", "--as", who, "--now", now, "--db", database, *words.split())
    assert done.code == 0, done
    return done.out


@pytest.fixture
def answered(demo: Path) -> Path:
    """Asked on 17 August; the Head of Education has answered all before the papers, and nobody else."""
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    ask(demo, EDUCATION, "2020-08-17 15:30", "update healthy-5 on track two advisors recruited")
    ask(demo, EDUCATION, "2020-08-19 09:30", "no change healthy-8")
    ask(demo, EDUCATION, "2020-08-20 09:30", "no change 9sep-2")
    return demo


def owed_before_papers(database: Path) -> list[str]:
    """The leads that `owing` lists on the morning of the papers."""
    said = " ".join(ask(database, "U0DEMSERV", PAPERS, "owing partnership").split())
    owed = re.search(r"Owed: (.*?[0-9])\.", said)
    return owed[1].split("; ") if owed else []


def test_leads_who_answered_before_papers_are_those_that_owing_does_not_list(answered: Path) -> None:
    owing = owed_before_papers(answered)
    assert len(owing) == 6
    assert call("tick", "--now", "2020-09-16 08:00", "--db", answered).code == 0
    done = figures(answered)
    assert done.code == 0
    assert f"1 of {len(owing) + 1} leads (14 %) answered before papers, over 1 meeting" in done.out
    assert "the median time from request to answer was 2 days" in done.out
    assert "No message was counted from Fri 19 Jun 2020 to Wed 16 Sep 2020." in done.out


def test_an_answer_after_the_papers_counts_for_the_time_and_not_for_the_share(answered: Path) -> None:
    ask(answered, "U0CVSLEAD", "2020-09-09 10:00", "no change 9sep-1")
    assert call("tick", "--now", "2020-09-16 08:00", "--db", answered).code == 0
    said = figures(answered).out
    assert "1 of 7 leads (14 %) answered before papers" in said
    assert "the median time from request to answer was 2 days 12 hours" in said


def test_a_spreadsheet_gets_rows(answered: Path) -> None:
    assert call("tick", "--now", "2020-09-16 08:00", "--db", answered).code == 0
    rows = list(csv.reader(io.StringIO(figures(answered, "--format", "csv", "--board", "partnership").out)))
    board = "Children and Young People's Partnership Board, Wed 16 Sep 2020"
    assert rows == [
        ["about", "of", "figure", "number"],
        ["leads", board, "leads", "7"],
        ["leads", board, "answered before papers", "1"],
        ["leads", board, "median hours from request to answer", "48.0"],
    ]


def test_nothing_to_count_is_said_in_one_sentence(demo: Path) -> None:
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    said = "There are no figures from Wed 20 May 2020 to Mon 17 Aug 2020: no message was counted, and no papers"
    assert figures(demo).out == f"{said} wanted an answer.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--since", "2020-09-20", "--until", "2020-09-01"),
            "“--since 2020-09-20” is after “--until 2020-09-01”: give the earlier day first.",
        ),
        (("--board", "housing"), "I do not know the board “housing”."),
        (("--since", "tomorrow"), "“tomorrow” is no time: write it like 2020-08-17"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(demo: Path, words: tuple[str, ...], sentence: str) -> None:
    done = figures(demo, *words)
    assert done.code == 1
    assert sentence in done.err


def test_a_share_is_never_rounded_to_all_or_none() -> None:
    assert [share_said(*one) for one in ((0, 7), (1, 1000), (1, 2), (999, 1000), (7, 7))] == [
        "0 %",
        "1 %",
        "50 %",
        "99 %",
        "100 %",
    ]


def test_a_time_is_said_in_two_units_at_most() -> None:
    minutes = [(0,), (1,), (59, 61), (1440,), (1440 * 3 + 245,)]
    assert [time_taken([timedelta(minutes=one) for one in some]) for some in minutes] == [
        "less than a minute",
        "1 minute",
        "1 hour",
        "1 day",
        "3 days 4 hours",
    ]
