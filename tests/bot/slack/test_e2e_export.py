"""`export`: the plan and its action log as a file in the direct conversation, through the real Bolt app."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.demo.workspace import SeenMessage
from models.files.planfile import read_plan
from models.storage.history_tables import Update
from models.storage.scope import ALL
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    ADMIN,
    CHAIR,
    EDUCATION,
    GUEST,
    HEALTH,
    MEMBER,
    OTHER_CHAIR,
    SECRETARY,
    OpenAt,
    Pristine,
    read,
    stored,
    when,
)
from tests.local_slack import Fault, Sandbox

ON_ITS_WAY = "The plan and its action log are on their way to our direct conversation, as an Excel workbook."


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    sandbox = open_for_all(when(8, 27))
    add_others(sandbox)
    return Pristine(sandbox)


def files_of(sandbox: Sandbox, user: str, mark: int) -> list[SeenMessage]:
    """The messages with a file that somebody has been sent since a mark."""
    return [one for one in sandbox.workspace.since(user, mark) if one.files]


def exported(sandbox: Sandbox, user: str, typed: str = "export") -> tuple[str, bytes]:
    """The name and content of the file that somebody gets for some words."""
    mark = sandbox.workspace.mark()
    assert "on their way" in read(sandbox.command(user, typed))
    (message,) = sandbox.workspace.wait_for(lambda: files_of(sandbox, user, mark), what="the file")
    assert message.channel == f"D{user[1:]}"
    name = message.files[0]["name"]
    return name, sandbox.workspace.file(name)


@pytest.mark.parametrize("user", [SECRETARY, CHAIR, OTHER_CHAIR, ADMIN])
def test_secretaries_chairs_and_administrators_get_the_workbook_in_their_direct_conversation(
    sandbox: Sandbox, user: str
) -> None:
    before = stored(sandbox)
    name, content = exported(sandbox, user)
    assert name == "My Sefton 2020-2025 2020-08-27.xlsx"
    rows = list(load_workbook(io.BytesIO(content))["Actions"].iter_rows(values_only=True))
    assert any("healthy-5" in row for row in rows)
    assert stored(sandbox) == before


def test_the_answer_says_that_it_is_on_its_way_to_the_asker_alone(sandbox: Sandbox) -> None:
    answer = sandbox.command(SECRETARY, "export")
    assert read(answer).startswith(ON_ITS_WAY)
    assert answer.message.ephemeral_to == SECRETARY
    sandbox.workspace.settle()


@pytest.mark.parametrize("user", [EDUCATION, HEALTH, MEMBER, GUEST])
def test_nobody_else_gets_a_file(sandbox: Sandbox, user: str) -> None:
    mark = sandbox.workspace.mark()
    shown = read(sandbox.command(user, "export"))
    assert "The export is for the board’s secretary" in shown or "The plan is open to members" in shown
    sandbox.workspace.settle()
    assert files_of(sandbox, user, mark) == []


def test_csv_and_yaml_are_to_be_had_as_well(sandbox: Sandbox) -> None:
    name, content = exported(sandbox, SECRETARY, "export csv")
    assert name.endswith(".csv")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert "healthy-5" in [row["Ref"] for row in table]
    name, content = exported(sandbox, SECRETARY, "export as yaml")
    assert read_plan(content, name).plan.name == "My Sefton 2020–2025"


def test_a_format_that_there_is_not_is_said(sandbox: Sandbox) -> None:
    assert "I cannot export as “pdf”: say “/cypp export”" in read(sandbox.command(SECRETARY, "export pdf"))


@pytest.mark.parametrize("method", ["conversations.open", "files.getUploadURLExternal", "files.completeUploadExternal"])
def test_where_the_upload_fails_the_asker_is_told_what_to_do(sandbox: Sandbox, method: str) -> None:
    sandbox.workspace.faults.add(method, Fault.error("fatal_error"), times=1)
    mark = sandbox.workspace.mark()
    sandbox.command(SECRETARY, "export")

    def told() -> list[SeenMessage]:
        return [one for one in sandbox.workspace.since(SECRETARY, mark) if "could not be sent" in read(one)]

    (message,) = sandbox.workspace.wait_for(told, what="the sentence")
    assert "“cypp export FILE.xlsx”, which writes the same file." in read(message)
    assert files_of(sandbox, SECRETARY, mark) == []


def test_what_is_not_for_publication_and_what_was_redacted_is_held_back(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, "update healthy-4 amber the data cannot be shared")
    sandbox.command(EDUCATION, "update healthy-5 amber two posts are vacant")
    with sandbox.database.write(workspace=ALL) as session:
        held = Update.words == "the data cannot be shared"
        session.execute(update(Update).where(held).values(withheld="it is about a contract"))
        gone = Update.words == "two posts are vacant"
        session.execute(update(Update).where(gone).values(words="", redaction="named a child"))
    _, content = exported(sandbox, SECRETARY, "export csv")
    rows = {row["Ref"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert rows["healthy-4"]["Last update"] == "update held"
    assert rows["healthy-5"]["Last update"] == "no reason was recorded"
    assert rows["healthy-5"]["Updated on"] == rows["healthy-4"]["Updated on"] == "2020-08-27"
    assert rows["healthy-5"]["By"] == "Head of Education, Sefton Council"
    for words in (b"cannot be shared", b"vacant"):
        assert words not in content
