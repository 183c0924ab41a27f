"""The front sheet of a report: filled in from the plan, from a board's defaults and by hand; two published ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.dispatch import answer_text
from handlers.papers.front_commands import FillFront
from handlers.papers.front_sheet import FRONT_TEMPLATE_FIELDS, print_front
from handlers.papers.own_templates import check_own_template, keep_own_template
from handlers.presses import pressed, submitted
from handlers.reading.recommendations import recommendations_in, without_verb
from handlers.responses import Content, Form, FormErrors
from tests.handlers.papers.test_paper_file import SECRETARY, typed
from tests.handlers.papers.word_files import WordFile
from tests.handlers.rounds import Rounds, Work, example
from tests.models.test_paper_templates import word_file
from tests.yaml_files import read_yaml

NOW = datetime(2020, 8, 26, 10, tzinfo=UTC)
REPORTS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("front_sheets.yaml"))
LABELS = (
    "Report to", "Date of meeting", "Subject", "Report of", "Wards affected", "Portfolio", "Is this a key decision",
    "Included in Forward Plan", "Exempt / confidential report",
)  # fmt: skip
HEADINGS = (
    "Summary", "Recommendation(s)", "Reasons for the Recommendation(s)",
    "Alternative Options Considered and Rejected (including any Risk Implications)",
    "What will it cost and how will it be financed?", "(A) Revenue Costs", "(B) Capital Costs",
    "Implications of the Proposals", "Resource Implications (Financial, IT, Staffing and Assets)",
    "Legal Implications", "Equality Implications", "Contribution to the Council’s Core Purpose",
    "What consultations have taken place on the proposals and when?", "(A) Internal Consultations",
    "(B) External Consultations", "Implementation Date for the Decision", "Contact officer", "Appendices",
    "Background Papers",
)  # fmt: skip
"""Every heading that the two reports print, and the contact officer, whose line was left out of them."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(example(tmp_path_factory.mktemp("front"), NOW, SECRETARY), NOW)


def said(given: Any) -> str:
    assert isinstance(given.content, Content), given
    return " ".join((given.content.headline, *given.content.intro))


def printed(meeting: str, words: str = "") -> Work:
    def work(ctx: Any) -> WordFile:
        given = answer_text(ctx, words or f"papers {meeting} front")
        assert given.file is not None, given
        return WordFile(given.file.make(ctx.session))

    return work


def filled(report: dict[str, Any]) -> list[Work]:
    """What is typed to fill a report in: words that may identify somebody are asked about, and identify nobody."""
    meeting = f"{report['board']} {report['meeting']}"
    steps = [typed(f"papers {meeting} front {name}: {words}") for name, words in report["fields"].items()]
    for which, (post, reference) in report["clearances"].items():
        steps.append(typed(f"clearance {report['board']} {which} by “{post}”"))
        steps.append(typed(f"clearance {meeting} {which} sent 19 Aug"))
        steps.append(typed(f"clearance {meeting} {which} cleared {reference} on 25 Aug"))
    return steps


@pytest.mark.parametrize("report", REPORTS, ids=lambda one: one["name"])
def test_a_published_report_can_be_filled_in_whole(rounds: Rounds, report: dict[str, Any]) -> None:
    *done, paper = rounds.again([*filled(report), printed(f"{report['board']} {report['meeting']}")], SECRETARY)
    assert [said(one) for one in done if not one.done] == []
    rows = dict(paper.tables[0].rows)
    assert tuple(rows) == LABELS
    assert [text for level, text in paper.headings if level] == [*HEADINGS, "Clearances"]
    for name, words in report["fields"].items():
        if name in ("key decision", "forward plan", "exempt"):
            continue
        for line in words.splitlines():
            heading, _, rest = line.partition(":")
            for piece in (heading, rest) if name == "core purpose" else (re.sub(r"^\(?\d[.)] ", "", line),):
                assert piece.strip() in paper.text, (name, piece)
    assert [rows[label] for label in LABELS[6:]] == ["No", "No", "No"]
    for words in report["prints"]:
        assert words in paper.text
    clearances = [row[1:] for row in paper.tables[1].rows[1:]]
    assert clearances == [
        [post, "Wed 19 Aug 2020", "Cleared Tue 25 Aug 2020", reference.rstrip(".")]
        for post, reference in report["clearances"].values()
    ]


def test_what_nobody_set_comes_from_the_plan_or_is_not_stated(rounds: Rounds) -> None:
    (paper,) = rounds.again([printed("16 Sep")], SECRETARY)
    rows = dict(paper.tables[0].rows)
    assert rows["Report to"] == "Children and Young People's Partnership Board"
    assert rows["Subject"] == "My Sefton 2020–2025: action log and progress"
    assert rows["Portfolio"] == "Not stated"
    assert "(1) note progress. The board has 50 actions: 1 off track" in paper.under("Recommendation(s)")
    assert paper.under("Contact officer").strip() == "Democratic Services Officer, Sefton Council"
    assert "Clearances" not in [text for _, text in paper.headings]


OWN = """Report to {{ report_to }} of {{ meeting }}, wards: {{ wards }}, portfolio: {{ portfolio }}
{{ recommendations }}
{{ core_purpose }}
{{ internal }}
{%p for row in clearances %}
{{ row.name }} / {{ row.post }} / {{ row.reference }}
{%p endfor %}"""


def test_a_councils_own_template_of_the_front_sheet_prints_each_field_where_it_stands(rounds: Rounds) -> None:
    own = word_file(*OWN.splitlines())

    def keep(ctx: Any) -> Any:
        return keep_own_template(ctx, "partnership", "front", "sefton.docx", own, check_own_template("front", own))

    steps = [
        keep,
        typed("papers 16 Sep front wards: All wards"),
        typed("papers 16 Sep front recommendations: note the report\nagree the plan"),
        typed("papers 16 Sep front core purpose: Protect the most vulnerable: it does"),
        typed("clearance 16 Sep finance by Head of Education"),
        typed("clearance 16 Sep finance cleared FD6114/20"),
        printed("16 Sep"),
        printed("", "papers 16 Sep"),
        typed("template front sheet ours partnership"),
        printed("16 Sep"),
        typed("template front sheet ours partnership"),
    ]
    kept, *_, front, paper, back, again, already = rounds.again(steps, SECRETARY)
    named = "the front sheets of the Children and Young People's Partnership Board"
    assert said(kept).startswith(f"sefton.docx is the template of {named} from now on. It prints meeting, report_to, ")
    assert "“/cypp template front sheet ours partnership” goes back to ours." in said(kept)
    assert front.text.splitlines() == [
        "Report to Children and Young People's Partnership Board of Wed 16 Sep 2020, wards: All wards, portfolio: Not "
        "stated",
        "(1) note the report", "(2) agree the plan",
        "Protect the most vulnerable: it does",
        "The Head of Education, Sefton Council (FD6114/20) has been consulted.",
        "Finance / Head of Education, Sefton Council / FD6114/20",
    ]  # fmt: skip
    assert paper.headings[0][1] == "My Sefton 2020–2025: action log and progress"
    assert said(back).startswith(f"T{named[1:]} are made from our template again, not from sefton.docx.")
    assert dict(again.tables[0].rows)["Wards affected"] == "All wards"
    assert said(already).startswith(f"T{named[1:]} are made from our template already.")


def test_each_field_that_a_template_is_checked_with_is_printed_and_no_other(rounds: Rounds) -> None:
    def work(ctx: Any) -> dict[str, Any]:
        calendar = next(one for one in ctx.calendars.values() if one.board.key == "partnership")
        return print_front(ctx, calendar, calendar.next(ctx.now)).fields

    _, fields = rounds.again([typed("clearance 16 Sep finance sent to Head of Education"), work], SECRETARY)
    assert set(fields) == set(FRONT_TEMPLATE_FIELDS)
    for name in ("rows", "sections", "clearances"):
        assert set(fields[name][0]) == set(FRONT_TEMPLATE_FIELDS[name][0])


def test_a_boards_default_is_printed_until_a_report_has_its_own(rounds: Rounds) -> None:
    steps = [
        typed("papers 16 Sep front always wards: All wards"), printed("23 Oct"),
        typed("papers 23 Oct front wards: Two wards"), printed("23 Oct"), printed("16 Sep"),
        typed("papers 23 Oct front every report wards: Every ward"), printed("23 Oct"), printed("9 Sep"),
    ]  # fmt: skip
    _, first, _, own, other, _, after, elsewhere = rounds.again(steps, SECRETARY)
    found = [dict(one.tables[0].rows)["Wards affected"] for one in (first, own, other, after, elsewhere)]
    assert found == ["All wards", "Two wards", "All wards", "Every ward", "Not stated"]


def test_what_is_cleared_is_printed_with_its_reference_and_silence_is_no_consent(rounds: Rounds) -> None:
    steps = [
        typed("clearance 16 Sep finance sent to Head of Education"), printed("16 Sep"),
        typed("clearance 16 Sep finance cleared FD.6114/20"), printed("16 Sep"),
    ]  # fmt: skip
    _, silent, _, cleared = rounds.again(steps, SECRETARY)
    assert silent.tables[1].rows[1][3:] == ["Not received", ""]
    assert "have been consulted" not in silent.text
    assert "has been consulted" not in silent.text
    assert cleared.tables[1].rows[1][3:] == ["Cleared Wed 26 Aug 2020", "FD.6114/20"]
    assert "The Head of Education, Sefton Council (FD.6114/20) has been consulted." in cleared.text


REFUSED = {
    "papers 16 Sep front exempt: 8": "Schedule 12A has the paragraphs 1 to 7: there is no paragraph 8",
    "papers 16 Sep front exempt: yes": "Schedule 12A has the paragraphs 1 to 7: say which paragraph",
    "papers 16 Sep front key decision: perhaps": "I do not read “perhaps” as yes or no.",
    "papers 16 Sep front recommendations: (1) note it\n(2) Progress on the plan": "Recommendation 2 begins with “progr",
    "papers 16 Sep front summary:": "There are no words for “Summary”, so nothing was changed.",
    "papers 16 Sep front summary: \x00\x07": "There are no words for “Summary”, so nothing was changed.",
    "papers 16 Sep front bananas: yellow": "No field of the front sheet is called “bananas: yellow”.",
    "papers 16 Sep front summary: " + "a" * 3001: "“Summary” has 3,001 characters: 3,000 fit.",
    "papers December hwb front": "There is no paper for the Health and Wellbeing Board of December 2020",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_stand_on_a_front_sheet_is_said_and_changes_nothing(rounds: Rounds, words: str) -> None:
    before, given, after = rounds.again([printed("16 Sep"), typed(words), printed("16 Sep")], SECRETARY)
    assert said(given).startswith(REFUSED[words])
    assert not given.done
    assert before.text == after.text


def test_control_characters_are_not_printed(rounds: Rounds) -> None:
    _, paper = rounds.again(
        [typed("papers 16 Sep front reasons: as\x07 asked\x0b by the board"), printed("16 Sep")], SECRETARY
    )
    assert "as asked by the board" in " ".join(paper.under("Reasons").split())


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("No", "No"), ("not exempt", "No"), ("paragraph 3", "Yes, paragraph 3 of Part 1 of Schedule 12A to the Local"),
        ("3 and 5 of Part 1 of Schedule 12A to the Local Government Act 1972", "Yes, paragraphs 3 and 5 of Part 1"),
    ],
)  # fmt: skip
def test_an_exempt_paragraph_is_one_of_schedule_12a(rounds: Rounds, words: str, kept: str) -> None:
    _, paper = rounds.again([typed(f"papers 16 Sep front exempt: {words}"), printed("16 Sep")], SECRETARY)
    assert dict(paper.tables[0].rows)["Exempt / confidential report"].startswith(kept)


@pytest.mark.parametrize(
    "words",
    [
        "note the contents", "The Board receive and note the contents of the report", "a) Agree the two actions",
        "The Committee offer feedback and steer as they see fit", "1.1 Consider whether to refer it",
        "That the Health and Wellbeing Board is asked to approve it", "Members are recommended to endorse it",
        "It is recommended that the Board notes it", "formally adopt the strategy",
        "Cabinet delegates authority to the Director",
    ],
)  # fmt: skip
def test_a_recommendation_begins_with_a_verb(words: str) -> None:
    assert without_verb(recommendations_in(words)[0]) is None


@pytest.mark.parametrize(
    "words",
    [
        "Progress on the plan", "The report is noted", "Support for families is extended", "A review of the strategy",
        "The Board’s contents", "More money for schools", "12 actions closed", "The Board", "Support is given",
        "healthy-5",
    ],
)  # fmt: skip
def test_what_begins_with_no_verb_is_no_recommendation(words: str) -> None:
    assert without_verb(recommendations_in(words)[0]) is not None


def _meeting(ctx: Any) -> int:
    calendar = next(one for one in ctx.calendars.values() if one.board.key == "partnership")
    return int(calendar.next(ctx.now).id)


def test_a_form_shows_what_is_printed_and_stores_what_differs(rounds: Rounds) -> None:
    def work(ctx: Any) -> tuple[Any, ...]:
        form = pressed(ctx, "front", FillFront(meeting=_meeting(ctx), part=1).encode()).content
        assert isinstance(form, Form)
        shown = {one.name: one.initial for one in form.fields}
        shown |= {"portfolio": "Children", "exempt": "8"}
        wrong = submitted(ctx, form.verb, form.value, shown).content
        again = submitted(ctx, form.verb, form.value, shown | {"exempt": "No", "scope": "every"})
        stale = submitted(ctx, form.verb, form.value, shown | {"exempt": "No"})
        assert isinstance(again.content, Content)
        undo = again.content.buttons[0]
        return form, wrong, again, stale, pressed(ctx, undo.verb, undo.value)

    form, wrong, done, stale, undone = rounds.again([work], SECRETARY)[0]
    assert (
        next(one for one in form.fields if one.name == "subject").initial
        == "My Sefton 2020–2025: action log and progress"
    )
    assert isinstance(wrong, FormErrors)
    assert set(wrong.errors) == {"exempt"}
    assert said(done).startswith(
        "Recorded for every report of the Children and Young People's Partnership Board: “Portfolio”"
    )
    assert said(stale).startswith("The front sheet was changed while the form was open")
    assert said(undone) == "Undone: “Portfolio” and “Exempt / confidential report” as before."


def test_words_that_may_identify_a_child_are_held_in_print_until_the_secretary_has_looked(rounds: Rounds) -> None:
    def front(ctx: Any, given: Any) -> tuple[Any, str]:
        return given, WordFile(given.file.make(ctx.session)).text

    def work(ctx: Any) -> tuple[Any, ...]:
        asked: Any = answer_text(ctx, "papers 16 Sep front legal implications: The Green family may appeal by 1 Oct.")
        assert pressed(ctx, asked.content.buttons[0].verb, asked.content.buttons[0].value).done
        first = front(ctx, answer_text(ctx, "papers 16 Sep front"))
        (button,) = first[0].content.buttons
        return first, front(ctx, pressed(ctx, button.verb, button.value))

    (((given, before), (again, after)),) = rounds.again([work], SECRETARY)
    assert "Green family" not in before
    assert "Held: it may identify a child" in before
    assert given.content.groups[0].heading.startswith("Held in it")
    assert given.content.groups[0].texts[0].startswith("legal implications: ")
    assert given.content.buttons[0].label == "They identify nobody: send it with them"
    assert "The Green family may appeal by 1 Oct." in after
    assert again.content.buttons == ()


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("1 September 2020", "Please look: the implementation date (Tue 1 Sep 2020) is before the meeting."),
        ("by 11/9", "Please look: the implementation date (Fri 11 Sep 2020) is before the meeting."),
        ("At once, and the posts from Monday 7 September", "(Mon 7 Sep 2020) is before the meeting."),
        ("16 September 2020", ""),
        ("Following the expiry of the call-in period", ""),
        ("1 October", ""),
        ("From the new financial year, 1 April 2021", ""),
        ("Once the minutes are agreed", ""),
    ],
)
def test_an_implementation_date_before_the_meeting_is_pointed_out(rounds: Rounds, words: str, doubt: str) -> None:
    given, shown = rounds.again(
        [typed(f"papers 16 Sep front implementation date: {words}"), typed("papers 16 Sep front")], SECRETARY
    )
    assert given.done
    for one in (given, shown):
        assert doubt in said(one)
        assert bool(doubt) is ("Please look" in said(one))
