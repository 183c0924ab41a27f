"""The board's paper in Slack: on request, at its deadline, from a template of the board's own."""

from __future__ import annotations

import io

import pytest
from docx import Document

from bot.demo.workspace import SeenMessage
from models.files.papers.own_template import paper_template
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, OpenAt, Pristine, labels, read, when
from tests.bot.slack.test_e2e_export import files_of
from tests.handlers.papers.word_files import WordFile
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(9, 7, 10))
    add_others(sandbox)
    return Pristine(sandbox)


def received(sandbox: Sandbox, user: str, mark: int, name: str) -> WordFile:
    def sent() -> list[SeenMessage]:
        return [one for one in files_of(sandbox, user, mark) if one.files[0]["name"] == name]

    sandbox.workspace.settle()
    *_, message = sandbox.workspace.wait_for(sent, what="the file")
    assert message.channel == f"D{user[1:]}"
    return WordFile(sandbox.workspace.file(name))


DRAFT = "Children and Young Peoples Partnership Board 2020-09-16 draft.docx"
FROZEN = "Children and Young Peoples Partnership Board 2020-09-16.docx"


def test_a_secretary_gets_the_paper_in_the_direct_conversation(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    answer = sandbox.command(SECRETARY, "papers 16 Sep")
    assert "is on its way to our direct conversation, as a Word file." in read(answer)
    assert "A draft: its figures are those of now. They stand from Tue 8 Sep 2020, 16:00" in read(answer)
    assert answer.message.ephemeral_to == SECRETARY
    paper = received(sandbox, SECRETARY, mark, DRAFT)
    assert "healthy-9" in paper.under("Action log")


def test_a_lead_who_writes_after_it_is_frozen_is_told_once(sandbox: Sandbox) -> None:
    verbal = "is out, so this will be a verbal update"
    assert verbal not in read(sandbox.command(EDUCATION, "update healthy-5 on track two advisors began"))
    assert read(sandbox.command(SECRETARY, "freeze papers 16 Sep")).startswith("Frozen:")
    assert verbal in read(sandbox.command(EDUCATION, "update healthy-5 amber one advisor left"))
    assert verbal not in read(sandbox.command(EDUCATION, "update healthy-8 amber the portal is late"))


def test_what_the_secretary_puts_in_the_brief_reaches_the_chair_and_nothing_else_about_a_person(
    sandbox: Sandbox,
) -> None:
    sandbox.command(EDUCATION, "update healthy-5 red two advisors left")
    put = sandbox.workspace.say(SECRETARY, "put healthy-5 in the brief", replies=1)
    assert "The chair is sent the brief on Tue 8 Sep 2020, 16:00." in read(put)
    mark = sandbox.workspace.mark()
    sandbox.clock.move(when(9, 8, 16))
    sandbox.tick()
    (brief,) = [one for one in sandbox.workspace.since(CHAIR, mark) if read(one).startswith("Brief for the Children")]
    assert read(brief).count("Head of Education") == 2
    assert "healthy-5, Head of Education, Sefton Council: off track. “two advisors left”" in read(brief)
    mark = sandbox.workspace.mark()
    sandbox.command(CHAIR, "brief 16 Sep")
    page = received(sandbox, CHAIR, mark, FROZEN.replace(".docx", " brief.docx"))
    assert "“two advisors left” (Head of Education, Sefton Council, Mon 7 Sep)" in page.text


def test_at_the_deadline_the_secretary_has_the_file_and_a_button_and_the_chair_the_brief(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    sandbox.clock.move(when(9, 8, 16))
    sandbox.tick()
    (ready,) = [one for one in sandbox.workspace.since(SECRETARY, mark) if "is ready, as a Word file." in read(one)]
    assert labels(ready) == ["Send me the paper"]
    paper = received(sandbox, SECRETARY, mark, FROZEN)
    assert "As at Tue 8 Sep 2020, 16:00." in paper.text
    assert [one for one in sandbox.workspace.since(CHAIR, mark) if read(one).startswith("Brief for the Children")]
    mark = sandbox.workspace.mark()
    sandbox.workspace.press(SECRETARY, ready, text="Send me the paper")
    assert received(sandbox, SECRETARY, mark, FROZEN).text == paper.text


def test_a_redaction_empties_what_was_asked_of_the_board_in_the_message_that_the_chair_was_sent(
    open_at: OpenAt,
) -> None:
    sandbox = open_at(when(9, 7, 10))
    sandbox.command(EDUCATION, "update healthy-5 red two left; ask of the board: agree a third advisor")
    mark = sandbox.workspace.mark()
    sandbox.clock.move(when(9, 8, 16))
    sandbox.tick()
    sandbox.workspace.settle()
    assert "agree a third advisor" in read(sandbox.workspace.since(CHAIR, mark))
    sandbox.command(SECRETARY, "redact healthy-5 last because it names an officer")
    sandbox.tick()
    sandbox.workspace.settle()
    for who in (CHAIR, SECRETARY):
        briefed = read(sandbox.workspace.dm(who))
        assert "onsider, for healthy-5" in briefed
        assert "third advisor" not in briefed


def test_a_template_of_the_boards_own_is_checked_and_used(sandbox: Sandbox) -> None:
    own = Document()
    own.add_paragraph("Borough of {{ board }}, {{ meeting }}")
    whole = io.BytesIO()
    own.save(whole)
    words = "board partnership papers template"
    given = sandbox.workspace.say(SECRETARY, words, files=[("ours.docx", whole.getvalue())], replies=1)
    assert "ours.docx is the template of the papers of the Children and Young People's Partnership Board" in read(given)
    assert "It prints board, meeting." in read(given)
    sandbox.workspace.settle()
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "freeze papers 16 Sep")
    sandbox.command(SECRETARY, "papers 16 Sep")
    paper = received(sandbox, SECRETARY, mark, FROZEN)
    assert paper.text.startswith("Borough of Children and Young People's")
    back = sandbox.command(SECRETARY, "template papers ours partnership")
    assert "are made from our template again, not from ours.docx." in read(back)
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 16 Sep")
    assert received(sandbox, SECRETARY, mark, FROZEN).text.startswith("My Sefton")


def test_a_template_that_cannot_be_filled_in_changes_nothing(sandbox: Sandbox) -> None:
    own = Document()
    own.add_paragraph("{{ bored }}")
    whole = io.BytesIO()
    own.save(whole)
    words = "board partnership papers template"
    given = sandbox.workspace.say(SECRETARY, words, files=[("ours.docx", whole.getvalue())], replies=1)
    assert "there is no field “bored”, in “{{ bored }}”" in read(given)


def test_the_front_sheet_too_has_a_template_of_the_boards_own(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    answer = sandbox.command(SECRETARY, "template front sheet")
    assert "Each field may stand by itself, as {{ wards }}: plan, board, meeting, " in read(answer)
    assert "{{ subject }}" in received(sandbox, SECRETARY, mark, "Front sheet template.docx").text
    own = Document()
    own.add_paragraph("Borough of {{ board }}, wards: {{ wards }}")
    whole = io.BytesIO()
    own.save(whole)
    words = "board partnership front sheet template"
    given = sandbox.workspace.say(SECRETARY, words, files=[("front.docx", whole.getvalue())], replies=1)
    assert "front.docx is the template of the front sheets of the Children and Young People's" in read(given)
    sandbox.workspace.settle()
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "papers 16 Sep front")
    sheet = received(sandbox, SECRETARY, mark, FROZEN.replace(".docx", " front.docx"))
    assert sheet.text == "Borough of Children and Young People's Partnership Board, wards: Not stated"


def test_our_own_template_is_to_be_had(sandbox: Sandbox) -> None:
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "template papers")
    name = "Papers template.docx"
    assert "{{ board }}" in received(sandbox, SECRETARY, mark, name).text
    assert len(sandbox.workspace.file(name)) == pytest.approx(len(paper_template()), rel=0.01)
