"""What somebody writes in a form is read as a message is: what is stored are the writer's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.storage.engine import Database
from tests.handlers.adding import NOW, SECRETARY, content, row, send
from tests.handlers.rounds import example

TYPED = [
    ("The printer is shut\n\nKind regards\nSam\nSent from my iPhone", "The printer is shut"),
    ("Hi Mary,\nboth drafts went back to the schools", "both drafts went back to the schools"),
    ("the hall is booked\n\nFrom: Sam\nSent: Monday\nTo: Mary\nSubject: RE: hall\nAny news?", "the hall is booked"),
    ("proofs landed comma covers did not full stop", "proofs landed, covers did not."),
    ("parents &amp; carers were asked", "parents & carers were asked"),
    ("~two~ three halls said no", "three halls said no"),
    # what stays
    ("-5 on last year (by head count)", "-5 on last year (by head count)"),
    ("Kind regards went out to all 40 clubs", "Kind regards went out to all 40 clubs"),
    ("> the hall is booked", "the hall is booked"),
    ("Dear schools: please reply, it said", "Dear schools: please reply, it said"),
]  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY)


@pytest.mark.parametrize("verb", ["issues", "done", "notours", "outcome", "replanform", "meetingchange", "held"])
@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_the_words_of_a_form_are_its_writers_own(plan: Database, verb: str, typed: str, stored: str) -> None:
    ours, october = row(plan, "23oct-4"), str(row(plan, "23oct-1").due_meeting_id)
    fields = {"status": "some issues", "kind": "not agreed", "to": october, "meeting": october, "what": "cancel"}
    value = str(ours.board_id) if verb == "meetingchange" else f"{ours.id}|0"
    said = {"words": "the hall", "held": typed} if verb == "held" else {"words": typed, "reason": typed}
    shown = content(send(plan, "issues" if verb == "held" else verb, value, {**fields, **said}))
    told = "\n".join((shown.headline, *shown.intro))
    assert stored.rstrip(".") in told
    for gone in ("regards\nSam", "iPhone", "Hi Mary", "Subject:", "comma", "&amp;", "~two~", "> the"):
        assert gone not in told


def test_the_field_of_an_ask_is_kept_with_the_words_and_before_why_they_are_held(plan: Database) -> None:
    ours = row(plan, "23oct-4")
    fields = {"status": "off track", "words": "the hall is shut", "ask": "agree another hall. And its cost"}
    shown = content(send(plan, "issues", f"{ours.id}|0", {**fields, "held": "the lease is in dispute"}))
    assert shown.intro[:2] == ("“the hall is shut.”", "Ask of the board: agree another hall. And its cost.")
    assert shown.intro[2].startswith("Not for publication, because the lease is in dispute.")


@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_an_actions_own_words_are_its_writers_own(plan: Database, typed: str, stored: str) -> None:
    fields = {"words": typed, "kind": "standing commitment", "serves": "theme healthy", "lead": "none"}
    send(plan, "edit", str(row(plan, "healthy-6").id), {**fields, "lead": ""})
    assert row(plan, "healthy-6").words == " ".join(stored.split())
    send(plan, "add", "", {**fields, "board": str(row(plan, "healthy-6").board_id), "sure": "yes"})
    assert row(plan, "healthy-10").words == " ".join(stored.split())
