"""A secretary's log in the direct conversation: as a file, pasted, after `/cypp add`; shown, asked about, added."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bot.slack.scopes import BOT_SCOPES
from models.storage.scope import ALL
from models.storage.tables import Action, Post
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import EDUCATION, SECRETARY, OpenAt, Pristine, labels, read, when
from tests.local_slack import Sandbox
from tests.logs.golden import word_file

LOG = """Partnership Board: action log,,,,
Ref,Action,Lead,Due,Progress
EB1,Send round the dates for next year,Head of Education,23 October 2020,Amber
EB2,"Ask the schools, all of them, for a contact",MW,Q4,
"""
PASTED = LOG.replace('"Ask the schools, all of them, for a contact"', "Ask the schools for a contact").replace(
    ",", "\t"
)


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(9, 17, 9), burst=10_000)
    add_others(sandbox)
    return Pristine(sandbox)


def added(sandbox: Sandbox) -> list[tuple[str, str, str]]:
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(Action).where(Action.ref.like("EB%")).order_by(Action.id)).all()
        posts = {row.id: row.title for row in session.scalars(select(Post))}
        return [(row.ref, str(row.status), posts.get(row.lead_post_id or 0, "")) for row in rows]


def test_a_file_is_shown_asked_about_and_added(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(SECRETARY, "", files=[("log.csv", LOG.encode("utf-16"))], replies=1)
    shown = answer.messages[0]
    assert "2 actions to add to the list of the Children and Young People's Partnership Board?" in read(answer)
    assert "Who is “MW”? (row 4) Taken without an answer: nobody, and kept as printed." in read(answer)
    assert labels(shown) == ["Add all 2", "Answer 2 questions…", "Workbook to put right", "Discard"]
    assert added(sandbox) == []
    sandbox.workspace.press(SECRETARY, shown, text="Answer 2 questions…")
    assert sandbox.submit(SECRETARY, {"answer0": "Head of Nothing"}).errors
    sent = sandbox.submit(SECRETARY, {"answer0": "Head of Education"})
    again = sent.messages[0]
    assert labels(again) == ["Add all 2", "Change a column…", "Discard"]
    done = sandbox.workspace.press(SECRETARY, again, text="Add all 2", replies=1)
    assert "Added 2 actions: EB1 and EB2." in read(done)
    assert added(sandbox) == [("EB1", "some issues", "Head of Education"), ("EB2", "not started", "Head of Education")]


def test_a_workbook_is_read_like_a_table_of_text_and_a_pasted_table_too(sandbox: Sandbox) -> None:
    book = Workbook()
    for line in PASTED.splitlines():
        book.worksheets[0].append(line.split("\t"))
    stream = io.BytesIO()
    book.save(stream)
    by_file = sandbox.workspace.say(SECRETARY, "our log", files=[("log.xlsx", stream.getvalue())], replies=1)
    by_words = sandbox.workspace.say(SECRETARY, PASTED, replies=1)
    by_command = sandbox.command(SECRETARY, f"add {PASTED}")
    for one in (by_file, by_words, by_command):
        assert "2 actions to add to the list of" in read(one)
    dropped = sandbox.workspace.press(SECRETARY, by_words.messages[0], text="Discard", replies=1)
    assert "Discarded: nothing was added." in read(dropped)
    assert added(sandbox) == []


def test_a_table_in_a_mail_is_read_without_the_mails_head_and_its_signature(sandbox: Sandbox) -> None:
    mail = f"From: Business Manager\nSent: 17 September 2020 09:14\nTo: Board\n\nDear all, for Friday.\n\n{PASTED}"
    answer = sandbox.workspace.say(SECRETARY, f"{mail}\nKind regards\nBusiness Manager", replies=1)
    assert "2 actions to add to the list of the" in read(answer)


@pytest.mark.parametrize(
    ("title", "board"),
    [
        ("Health and Wellbeing Board, action log", "Health and Wellbeing Board"),
        ("Partnership Board actions, 16 September", "Children and Young People's Partnership Board"),
    ],
)
def test_the_line_over_the_table_of_a_word_file_says_which_board(sandbox: Sandbox, title: str, board: str) -> None:
    rows = [["Ref", "Action", "Lead"], ["EB1", "Send round the dates", "Head of Education"]]
    shown = sandbox.workspace.say(SECRETARY, "", files=[("log.docx", word_file([rows], [title]))], replies=1)
    assert f"1 action to add to the list of the {board}?" in read(shown)


def test_actions_marked_in_pasted_minutes_are_shown_and_added(sandbox: Sandbox) -> None:
    minutes = (
        ", 16 September 2020\n4. Attendance\nThe board noted the fall.\nACTION: Head of Education to "
        "write to all schools by 23 October 2020\n5. Health\nACTION: MW to bring the figures to the October meeting\n"
    )
    named = sandbox.workspace.say(SECRETARY, f"Minutes of the Partnership Board{minutes}", replies=1)
    assert "2 actions to add to the list of the Children and Young People's Partnership Board?" in read(named)
    which = sandbox.workspace.say(SECRETARY, f"Minutes{minutes}", replies=1)
    assert "Which board keeps the actions of the pasted text?" in read(which)
    board = "Children and Young People's Partnership Board"
    shown = sandbox.workspace.press(SECRETARY, which.messages[0], text=board, replies=1)
    assert "2 actions to add to the list of the Children and Young People's Partnership Board?" in read(shown)
    assert "Who is “MW”?" in read(shown)
    sandbox.workspace.press(SECRETARY, shown.messages[0], text="Add all 2", replies=1)
    with sandbox.database.read(ALL) as session:
        words = session.scalars(select(Action.words).order_by(Action.id.desc()).limit(2)).all()
    assert {*words} == {"Write to all schools by 23 October 2020", "Bring the figures to the October meeting"}


PARTED = """\
- Publish the guide to play - Head of Education - 23 October 2020
- Draw up a list of courses - Head of Education - 8 December 2020
- Meet the schools - Head of Education - tbc"""
LABELLED = """\
Action: Publish the guide
Lead: Head of Education
Due: 23 October 2020

Action: Draw up a list
Lead: Head of Education
Due: tbc"""
ANSWERS = """\
healthy-5 - green - two recruited by 3 May
healthy-8 - amber - no post until June
9sep-2 - green - done by July"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [(PARTED, "the pasted text"), (LABELLED, "the pasted t"), (ANSWERS, "Recorded 3 updates")],
)
def test_a_log_without_a_table_is_told_from_answers_in_lines(sandbox: Sandbox, text: str, shown: str) -> None:
    assert shown in read(sandbox.workspace.say(SECRETARY, text, replies=1))


def test_the_workbook_to_put_right_is_sent_and_read_again(sandbox: Sandbox) -> None:
    shown = sandbox.workspace.say(SECRETARY, PASTED, replies=1).messages[0]
    sandbox.workspace.press(SECRETARY, shown, text="Workbook to put right", replies=2)
    sent = [one for one in sandbox.workspace.messages(f"D{SECRETARY[1:]}") if one.files][-1]
    _, content = sandbox.workspace.uploaded(str(sent.files[0]["id"]))
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0]["C4"], book.worksheets[0]["E4"] = "Head of Education", "23 October 2020"
    stream = io.BytesIO()
    book.save(stream)
    again = sandbox.workspace.say(SECRETARY, "", files=[("partnership log.xlsx", stream.getvalue())], replies=1)
    assert "2 rows read plainly." in read(again)


def test_a_leads_table_is_evidence_as_before_and_a_risk_register_is_told_apart(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(EDUCATION, "", files=[("figures.csv", LOG.encode())], replies=1)
    assert "Which action is that file for" in read(answer)
    risks = b"Risk,Likelihood,Impact,Score,Owner\nA,1,2,2,B\n"
    answer = sandbox.workspace.say(SECRETARY, "", files=[("risks.csv", risks)], replies=1)
    assert "is a register of risks, not an action log" in read(answer)


def test_a_file_that_slack_does_not_give_out_says_how_else_to_send_it(sandbox: Sandbox) -> None:
    gone = {
        "id": "F0GONE",
        "name": "log.xlsx",
        "url_private_download": f"{sandbox.workspace.base_url}/files-pri/T0-F0/x",
    }
    spaced = gone | {"url_private_download": f"{sandbox.workspace.base_url}/files-pri/T0-F0/a b\n.xlsx"}
    for file in (
        gone,
        spaced,
        {"id": "F0", "name": "log.xlsx"},
        gone | {"url_private_download": "https://example.org/x"},
    ):
        answer = sandbox.workspace.say(SECRETARY, "", files=[file], replies=1)
        assert "Paste its table here, or have it read with “cypp import FILE --log BOARD”." in read(answer)


def test_words_that_may_identify_a_child_are_named_on_the_button_and_a_number_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.workspace.say(SECRETARY, PASTED.replace("Amber", "Jack aged 9 has moved school"), replies=1)
    assert labels(answer.messages[0])[0] == "They identify nobody: add all 2"
    answer = sandbox.workspace.say(
        SECRETARY, "", files=[("log.csv", LOG.replace("Amber", "943 476 5919").encode())], replies=1
    )
    assert "holds numbers that stand for one person, so nothing was added" in read(answer)
    assert labels(answer.messages[0]) == []


def test_an_installation_without_the_scope_says_how_else_to_send_it(open_for_all: OpenAt) -> None:
    sandbox = open_for_all(when(9, 17, 9), scopes=tuple(one for one in BOT_SCOPES if one != "files:read"))
    answer = sandbox.workspace.say(SECRETARY, "", files=[("log.csv", LOG.encode())], replies=1)
    assert "Paste its table here, or have it read with “cypp import FILE --log BOARD”." in read(answer)


def test_a_log_that_comes_again_does_not_change_back_what_people_changed_and_says_so(sandbox: Sandbox) -> None:
    plain = LOG.replace("MW", "Head of Education").replace("Q4", "23 October 2020")

    def added_again(text: str) -> str:
        shown = sandbox.workspace.say(SECRETARY, "", files=[("log.csv", text.encode())], replies=1).messages[0]
        return read(sandbox.workspace.press(SECRETARY, shown, text="Add all 2", replies=1))

    assert "Added 2 actions" in added_again(plain)
    asked = sandbox.command(SECRETARY, "replan EB2 to 8 December 2020 because the hall is taken")
    assert "Moved EB2" in read(sandbox.workspace.press(SECRETARY, asked.messages[0], text="Do it", replies=1))
    again = added_again(plain.replace("Send round the dates", "Send round the days"))
    assert "EB2, due" in again
    assert "left as it is there" in again
    with sandbox.database.read(ALL) as session:
        stored = {row.ref: row for row in session.scalars(select(Action).where(Action.ref.like("EB%")))}
        assert stored["EB1"].words == "Send round the days for next year"
        assert stored["EB2"].replans == 1
