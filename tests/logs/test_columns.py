"""Columns of logs, one kind by one: series in their order, minutes, initials, dated entries, tables of other shapes."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.logs.beside import tables_apart
from handlers.logs.column_choice import columns_under
from handlers.logs.column_headings import LogColumn, heading_match
from handlers.logs.column_series import series_of
from handlers.logs.dated_entries import dated_entries, latest_entry
from handlers.logs.initials import initials_in, listed_initials
from handlers.logs.minutes import action_said, has_action
from models.files.tables import PlainTable, TableRow, pasted_tables

LAST = date(2024, 4, 16)


@pytest.mark.parametrize(
    ("headings", "latest"),
    [
        (("RAG Jan", "RAG Feb", "RAG Mar"), "RAG Mar"),
        (("RAG Nov", "RAG Dec", "RAG Jan"), "RAG Jan"),
        (("RAG Mar", "RAG Feb", "RAG Jan"), "RAG Mar"),
        (("Update 16/04/24", "Update 06/02/24"), "Update 16/04/24"),
        (("Update Dec 2023", "Update Feb 2024"), "Update Feb 2024"),
        (("Update Feb 2024", "Update Dec 2023"), "Update Feb 2024"),
        (("Q1 RAG", "Q2 RAG", "Q3 RAG"), "Q3 RAG"),
        (("Progress - Autumn term", "Progress - Spring term", "Progress - Summer term"), "Progress - Summer term"),
        (("Comments 1", "Comments 2"), "Comments 2"),
        (("Status (1st visit)", "Status (2nd visit)"), "Status (2nd visit)"),
    ],
)
def test_of_columns_for_one_time_after_another_the_latest_is_last(headings: tuple[str, ...], latest: str) -> None:
    fits = {at: heading_match(one) for at, one in enumerate(headings)}
    found = series_of(headings, fits, lambda places: None)
    (places,) = found.values()
    assert headings[places[-1]] == latest
    assert len(places) == len(headings)


@pytest.mark.parametrize(
    "headings",
    [("RAG", "Update"), ("Lead 1", "Lead 2"), ("RAG Q1",), ("Due 2023", "Due 2024"), ("RAG Q1", "Update Q1")],
)
def test_other_columns_are_no_series(headings: tuple[str, ...]) -> None:
    fits = {at: heading_match(one) for at, one in enumerate(headings)}
    assert series_of(headings, fits, lambda places: None) == {}


def test_columns_of_unknown_headings_are_a_series_of_what_stands_in_them() -> None:
    found = series_of(("Judgement Jan", "Judgement Feb"), {0: (), 1: ()}, lambda places: LogColumn.RATING)
    assert found == {LogColumn.RATING: (0, 1)}


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("12/03/24 - met.\n18/04/23 - begun.", date(2024, 3, 12), "met."),
        ("Jan 2024: begun. Mar 2024: draft due in May", date(2024, 3, 1), "draft due in May"),
        ("10 April: 14 people came", date(2024, 4, 10), "14 people came"),
        ("[1 May] ring them", date(2023, 5, 1), "ring them"),
        ("3.2.24 – one\n3.2.24 – two", date(2024, 2, 3), "two"),
    ],
)
def test_the_latest_of_dated_entries_is_the_update(text: str, day: date, words: str) -> None:
    found = latest_entry(dated_entries(text, LAST))
    assert (found.day, found.words) == (day, words)


@pytest.mark.parametrize(
    "text",
    [
        "Met on 12/03/24 - draft due",
        "12 of 30 have one",
        "May be late",
        "16 July 2024 meeting booked",
        "Draft: 3 May",
        "",
    ],
)
def test_words_with_a_day_inside_are_no_dated_entries(text: str) -> None:
    assert dated_entries(text, LAST) == ()


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("Police data. ACTION: Explain the fall.", (), "Explain the fall."),
        ("Any other business.\nAction – send contacts", (), "send contacts"),
        ("Audits were done. The PSW will bring the themes.", ("PSW",), "The PSW will bring the themes."),
        ("Audits were done. Themes follow.", ("PSW",), "Audits were done. Themes follow."),
    ],
)
def test_the_action_in_minutes_is_what_is_marked_or_names_its_lead(
    text: str, names: tuple[str, ...], words: str
) -> None:
    assert action_said(text, names) == words


def test_an_action_is_marked_by_the_word_and_a_stop() -> None:
    assert has_action("Noted. ACTION: ring")
    assert not has_action("No action was needed: noted")


def test_initials_stand_for_posts_that_a_line_gives_them() -> None:
    posts = {"Chief Inspector": "chief", "Designated Nurse": "nurse"}
    lines = ["CI – Chief Inspector; KL – Head of Nothing", "Present: Designated Nurse (DN), Somebody (SB)"]
    assert initials_in(lines, lambda name: posts.get(name, "")) == {"ci": "chief", "dn": "nurse"}


def test_initials_stand_beside_names_in_a_list_of_those_present() -> None:
    present = rows(
        "Present;Of;Initials", "Chief Inspector (chair);Police;CI", "Designated Nurse;NHS Trust;DN", "A;B;C;D;E;FG"
    )
    lines = list(listed_initials(present))
    assert lines == ["Chief Inspector (CI)", "Police (CI)", "Designated Nurse (DN)", "NHS Trust (DN)"]


def rows(*lines: str) -> tuple[TableRow, ...]:
    return tuple(TableRow(number, tuple(line.split(";"))) for number, line in enumerate(lines, 1) if line.strip("; "))


def test_lists_beside_each_other_are_read_apart_with_their_places() -> None:
    table = PlainTable("Log", rows("Ref;Action;Lead;;No;Task;Owner", "1;a;b;;2;c;d", ";;;;3;e;f"))
    left, right = tables_apart([table])
    assert [row.cells for row in left.rows] == [("Ref", "Action", "Lead"), ("1", "a", "b")]
    assert right.place(right.rows[1], 1) == "Log, columns E to G, row 2, column F"


@pytest.mark.parametrize("heading", ["Ref;Action;;Lead;Due", "Ref;Action;Lead;;Key"])
def test_an_empty_column_alone_divides_nothing(heading: str) -> None:
    table = PlainTable("", rows(heading, "1;a;;b;c"))
    assert tables_apart([table]) == [table]


def test_a_card_for_each_action_is_a_row() -> None:
    table = PlainTable("", rows("Action;Ring", "Lead;PSW", "Due;May", ";", "Action;Write", "Lead;HoE", "Due;June"))
    assert [part.rows[1].cells for part in tables_apart([table])] == [("Ring", "PSW", "May"), ("Write", "HoE", "June")]


def test_marks_of_markdown_are_no_words_and_what_they_strike_out_is_struck() -> None:
    (table,) = pasted_tables("| **Ref** | *Action* |\n|--|--|\n| T1 | ~~Book_the_bus~~ 2 * 3 |")
    assert table.rows[0].cells == ("Ref", "Action")
    assert table.rows[1].cells == ("T1", "Book_the_bus 2 * 3")
    assert table.rows[1].struck == ((1, "Book_the_bus"),)


EVERYDAY = (
    "1;15/07/2020;Share the food plan with schools;Head of Education;9 Sept;Draft with schools;A",
    "2;15/07/2020;Send the figures round;DCS;Sept;Done - sent 20/7;G",
    "3;15/07/2020;Agree who chairs the group;Chair / DCS;16/9/2020;;R",
)


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("No;Meeting;What was agreed;Who;When;Where are we;R/A/G", "ref;source;action;lead;due;update;rating"),
        ("Nr;Date raised;Pledge;Resp. officer;Dead line;Story so far;R.A.G", "ref;-;action;lead;due;update;rating"),
        ("#;Mtg date;To do;Whose job;Complete by;Postion;R A G status", "ref;-;action;lead;due;update;rating"),
        ("ID;On;Agreed action;Job holder;Finish by;Progress to date;State", "ref;-;action;lead;due;update;rating"),
        ("Row;Considered on;Steps;Owner(s);Target;Comments/notes;Traffic light", "ref;-;action;lead;due;update;rating"),
    ],
)
def test_columns_are_told_by_heading_cells_and_neighbours_without_a_question(headings: str, columns: str) -> None:
    layout = columns_under(rows(headings, *EVERYDAY), 0, is_somebody=lambda cell: "Head" in cell)
    wanted = ["kept as printed" if one == "-" else one for one in columns.split(";")]
    assert [str(one) for one in layout.columns.values()] == wanted
    assert layout.asked == ()


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Deadline", ("Draft is out", "Letter was sent", "Nothing yet")),
        ("Owner", ("3 May 2024", "4 June 2024", "7 July 2024")),
        ("Zeit", ("3 May 2024", "4 June 2024", "7 July 2024")),
    ],
)
def test_a_column_whose_heading_and_cells_disagree_or_say_too_little_is_asked_about(
    heading: str, cells: tuple[str, ...]
) -> None:
    deeds = ("Open the hub", "Ask all schools", "Count the keys")
    layout = columns_under(rows(f"Action;{heading}", *map(";".join, zip(deeds, cells, strict=True))), 0)
    assert [one.heading for one in layout.asked] == [heading]


def test_what_was_answered_for_a_heading_holds_however_it_is_written() -> None:
    layout = columns_under(rows("Action;When", "Open the hub;3 May 2024"), 0, {"when": LogColumn.CLOSED_ON})
    assert layout.columns[1] is LogColumn.CLOSED_ON
    assert layout.read_as() == "Read as: Action → action · When → closed on."


def test_a_sheet_that_lies_on_its_side_is_turned_upright() -> None:
    lying = rows(";Action 1;Action 2", "What;Find a host;Tell all schools", "Who;CVS;Police", "By when;3 May 2024;tbc")
    (upright,) = tables_apart([PlainTable("Log", tuple(lying))])
    assert [row.cells for row in upright.rows] == [
        ("What", "Who", "By when"), ("Find a host", "CVS", "3 May 2024"), ("Tell all schools", "Police", "tbc"),
    ]  # fmt: skip


def test_a_table_with_headings_above_stays_as_it_is() -> None:
    log = PlainTable("Log", tuple(rows("Action;Lead;Due", "Lead the hub;CVS;3 May 2024", "Due notice;Police;tbc")))
    assert tables_apart([log]) == [log]
