"""Actions in text without a table: what is marked, what is listed, and what is neither."""

from datetime import date

import pytest

from handlers.logs.draft import LogAnswers, LogField, LogPlan
from handlers.logs.log_reader import read_log
from models.errors import Refusal
from models.files.tables import PlainTable, pasted_tables
from tests.logs.golden import words_of_plan

APRIL, JULY = date(2024, 4, 16), date(2024, 7, 16)
PLAN = LogPlan(words_of_plan(), "trust", (APRIL, JULY), date(2024, 4, 20))

MARKED = [
    ("5. Attendance\nThe board noted the fall.\nACTION: Head of Education to write to all schools by 16 July 2024.\n"
     "6. Early help\nAction: Head of Early Help to open the drop-in at Northfield.",
     [("trust-1", "Write to all schools by 16 July 2024.", "head-of-education", JULY),
      ("trust-2", "Open the drop-in at Northfield.", "head-of-early-help", None)]),
    ("5.1 The CCG will share the audit with partners. Action: Designated Nurse\n6 Nothing further was reported.",
     [("5.1", "The CCG will share the audit with partners.", "designated-nurse", None)]),
    ("The data was discussed [Action 4: PSW to bring the themes to the July board]. Members were content. [Action 5: "
     "HoEH and DN to agree who attends]",
     [("trust-4", "Bring the themes to the July board", "principal-social-worker", JULY),
      ("trust-5", "Agree who attends", "head-of-early-help", None)]),
    ("Action 12 (Head of Commissioning): re-tender the advice line\nAction 13 (CVS): find three young people",
     [("trust-12", "re-tender the advice line", "head-of-commissioning", None),
      ("trust-13", "find three young people", "chief-officer", None)]),
    ("AP1 – DN – re-audit the eight cases\nAP2 – CI – explain the fall in referrals by 1 July",
     [("trust-1", "Re-audit the eight cases", "designated-nurse", None),
      ("trust-2", "Explain the fall in referrals by 1 July", "chief-inspector", date(2024, 7, 1))]),
    ("3.2 Attendance had fallen.\nHead of Education agreed to write to schools.\nAction by: Head of Education    "
     "Deadline: 16 July 2024",
     [("trust-1", "Head of Education agreed to write to schools.", "head-of-education", JULY)]),
]  # fmt: skip
LISTED = [
    ("Actions agreed at the meeting on 16 April 2024:\n- HoE to write to schools by 16 July\n- DN: circulate the new "
     "protocol\n- TR to draft a seven-minute briefing",
     [("trust-1", "Write to schools", "head-of-education", JULY),
      ("trust-2", "Circulate the new protocol", "designated-nurse", None),
      ("trust-3", "Draft a seven-minute briefing", "", None)]),
    ("Hi all,\nThanks for coming. Action points:\n1. Head of Education - send the figures to Finance - 16 July\n"
     "2. Police - bring the exclusions data - next meeting\nRegards\nBusiness Manager",
     [("trust-1", "Send the figures to Finance", "head-of-education", JULY),
      ("trust-2", "Bring the exclusions data", "chief-inspector", JULY)]),
    ("Open the drop-in at Northfield - Head of Education - 16 July 2024\nShare the audit with partners - Designated "
     "Nurse - July board",
     [("trust-1", "Open the drop-in at Northfield", "head-of-education", JULY),
      ("trust-2", "Share the audit with partners", "designated-nurse", JULY)]),
]  # fmt: skip
BY_NAMES = [
    ("Hi,\n\nHead of Education\n- Write to every school (by 16 July 2024)\n- Bring the paper back (July meeting)\n\n"
     "School Transport Manager\n- Price a later bus\n\nDirector of Finance\n- Nothing this time\n\nRegards",
     [("trust-1", "Write to every school", "head-of-education", JULY),
      ("trust-2", "Bring the paper back", "head-of-education", JULY),
      ("trust-3", "Price a later bus", "", None)]),
]  # fmt: skip
TICKED = """\
Done
☑ CVS – Book the hall for the day
Still to do
☐ Head of Education – Collect the policies – by 16 July 2024
Not going ahead
☒ Chief Inspector – Hold a bike marking day"""
UNDERTAKEN = [
    ("Dear all,\nI promised to write down what we agreed. The Head of Education will write to every school by 16 July "
     "2024. The police are to bring the figures to the July board. I shall write to the trust. Parking was discussed.",
     [("trust-1", "Write to every school", "head-of-education", JULY),
      ("trust-2", "Bring the figures to the July board", "chief-inspector", JULY),
      ("trust-3", "Write to the trust", "", None)]),
    ("From: Independent Chair\nDear all,\nI promised to write down what we agreed, and I will be away. The Head of "
     "Education will write to every school. I shall tell the trust by 16 July 2024.\nRegards",
     [("trust-1", "Write to every school", "head-of-education", None),
      ("trust-2", "Tell the trust", "independent-chair", JULY)]),
    ("From: Business Manager\nFor the log.\n\nFrom: Designated Nurse\nI am to share the audit. I’ll bring the "
     "themes to the July board.\nRegards",
     [("trust-1", "Share the audit", "designated-nurse", None),
      ("trust-2", "Bring the themes to the July board", "designated-nurse", JULY)]),
    ("Dear all,\nI have agreed to find a venue. The CVS will invite the young people.\n\nHead of Early Help",
     [("trust-1", "Find a venue", "head-of-early-help", None),
      ("trust-2", "Invite the young people", "chief-officer", None)]),
]  # fmt: skip
NONE = [
    "The Head of Education will be away in August. The police will have a new number.",
    "The Head of Education wrote to every school. The police brought the figures.",
    "From: Independent Chair\nI promised to write to the trust. I shall be away in August. I will see you in July.",
    "AGENDA\n1. Welcome and apologies - Independent Chair\n2. Attendance - Head of Education\n3. Action log",
    "Present: Head of Education, Chief Inspector, Designated Nurse\nApologies: Head of Commissioning",
    "Head of Education - 0151 000 0001\nHead of Early Help - 0151 000 0002\nChief Inspector - 101",
    "Week 1 - Head of Early Help - 3 June\nWeek 2 - Head of Education - 10 June\nWeek 3 - Chief Inspector - 17 June",
    "Dear all, the July meeting is at 10am in Committee Room 2. Papers by 8 July please.\nRegards",
    "The board discussed actions: there were many views. No action was agreed.\nThe action log is up to date.",
    "Matters arising: none. Actions: None.",
    "Action: none\nAction: n/a",
]


@pytest.mark.parametrize(("text", "right"), [*MARKED, *LISTED, *UNDERTAKEN, *BY_NAMES])
def test_what_a_text_marks_or_lists_as_an_action_is_read_and_asked_about(
    text: str, right: list[tuple[str, str, str, date | None]]
) -> None:
    """Its words are asked about each time: where they begin and end is not plain."""
    for tables in (pasted_tables(text), (PlainTable("text", (), tuple(text.split("\n"))),)):
        rows = read_log(tables, PLAN, LogAnswers(), "the text").rows
        got = [
            (row.action.ref, row.action.words, row.action.lead, row.action.meeting or row.action.day) for row in rows
        ]
        assert got == right
        assert all(LogField.WORDS in {doubt.field for doubt in row.doubts} for row in rows)


@pytest.mark.parametrize("text", NONE)
def test_what_marks_and_lists_nothing_is_no_log(text: str) -> None:
    with pytest.raises(Refusal, match="nothing was read"):
        read_log(pasted_tables(text), PLAN, LogAnswers(), "the text")


BLOCKS = """\
Action no: 14
Action: Map the offer
Responsible: Designated Nurse
Deadline: 16 July 2024
Progress: On track - two of three mapped, the third
is begun

Decision: the new logo is used from June.

Action no: 15
Action: Write to pharmacies
Responsible: CVS
Deadline: tbc"""
PARTED = """\
1 - Refresh the threshold document - Principal Social Worker - 16 July 2024 - on track, draft with partners
DECISION - The Alliance will meet in the Town Hall
4 - Bid to the lottery - CVS - tbc - not started
5 - Put the van back on the road - Head of Commissioning - July meeting - red - no part - no garage"""
NOT_PARTED = """\
Mon - Fri - 9 to 5
We met in the Town Hall - as ever - and talked.
Nothing was agreed."""


def _read(text: str) -> list[tuple[str, str, str, date | None, str, str]]:
    rows = read_log(pasted_tables(text), PLAN, LogAnswers(), "the text").rows
    found = [row.action for row in rows]
    return [(one.ref, one.words, one.lead, one.meeting or one.day, str(one.status), one.update) for one in found]


def test_blocks_of_labelled_lines_are_a_row_each() -> None:
    assert _read(BLOCKS) == [
        ("trust-14", "Map the offer", "designated-nurse", JULY, "on track", "two of three mapped, the third is begun"),
        ("trust-15", "Write to pharmacies", "chief-officer", None, "not started", ""),
    ]


def test_lines_parted_by_dashes_are_a_table() -> None:
    """What a line has more of belongs to its last part; a line with fewer is no action."""
    assert _read(PARTED) == [
        ("trust-1", "Refresh the threshold document", "principal-social-worker", JULY, "on track",
         "draft with partners"),
        ("trust-4", "Bid to the lottery", "chief-officer", None, "not started", ""),
        ("trust-5", "Put the van back on the road", "head-of-commissioning", JULY, "off track", "no part - no garage"),
    ]  # fmt: skip


def test_sentences_with_dashes_are_no_table() -> None:
    with pytest.raises(Refusal, match="nothing was read"):
        _read(NOT_PARTED)


def test_a_ticked_box_says_that_it_is_done_and_a_crossed_one_is_asked_about() -> None:
    draft = read_log(pasted_tables(TICKED), PLAN, LogAnswers(), "the text")
    assert [str(row.action.status) for row in draft.rows] == ["proposed for closure", "not started", "not started"]
    asked = [LogField.STATUS in {doubt.field for doubt in row.doubts} for row in draft.rows]
    assert asked == [False, False, True]
