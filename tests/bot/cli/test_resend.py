"""`cypp resend`: what failed or is uncertain is listed, and sent again by its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.support import Ran, call, change, query

LEAD = "lead: Integrated Commissioning Manager, Sefton Council"


def resend(database: Path, *words: str, answer: str = "") -> Ran:
    return call("resend", *words, "--db", database, answer=answer)


@pytest.fixture
def troubled(demo: Path) -> Path:
    """A morning's requests: the first was refused, the second may be out."""
    assert call("tick", "--now", "2020-08-17", "--db", demo).code == 0
    for number, state, reason in ((1, "failed", "invalid_blocks"), (2, "uncertain", "not_in_channel")):
        change(demo, f"UPDATE message SET state = '{state}', reason = '{reason}' WHERE id = {number}")
        change(demo, f"UPDATE notification SET state = 'failed', said_at = NULL WHERE message_id = {number}")
        change(demo, f"DELETE FROM message_part WHERE message_id = {number}")
    return demo


def states(database: Path) -> list[str]:
    return [row[0].lower() for row in query(database, "SELECT state FROM message WHERE id <= 2 ORDER BY id")]


def test_what_failed_or_is_uncertain_is_listed_with_its_number(troubled: Path) -> None:
    ran = resend(troubled)
    assert ran.out.splitlines() == [
        f"1 · Mon 17 Aug 2020 · 09:30 · update · 2 actions · {LEAD} · refused (invalid_blocks)",
        "2 · Mon 17 Aug 2020 · 09:30 · update · 1 action · lead: Active Sefton Manager, Sefton Council · uncertain "
        "(not_in_channel)",
    ]
    assert ran.err == "To send some of them again: cypp resend NUMBER …\n"


def test_nothing_to_list_is_said(demo: Path) -> None:
    assert resend(demo) == Ran(0, "", "Nothing failed, and nothing is uncertain.\n")


def test_what_failed_is_sent_again_once(troubled: Path) -> None:
    assert resend(troubled, "1") == Ran(0, "1 message will be sent with the next pass: 1.\n", "")
    assert "heard-10, happy-2" in call("tick", "--now", "2020-08-17 09:40", "--db", troubled).out
    assert states(troubled) == ["sent", "uncertain"]
    assert resend(troubled, "1").err == (
        "Message 1 has not failed and is not uncertain, so nothing was sent: “cypp resend” lists those that are.\n"
    )


@pytest.mark.parametrize(("answer", "ends"), [("y\n", "sent"), ("n\n", "uncertain")])
def test_what_may_have_arrived_is_asked_about(troubled: Path, answer: str, ends: str) -> None:
    ran = resend(troubled, "2", answer=answer)
    assert "Message 2 may have arrived: look in its conversation. Send it again?" in ran.err
    call("tick", "--now", "2020-08-17 09:40", "--db", troubled)
    assert states(troubled)[1] == ends


def test_without_an_answer_nothing_is_sent_again(troubled: Path) -> None:
    ran = resend(troubled, "1", "2")
    assert (ran.code, states(troubled)) == (1, ["failed", "uncertain"])
    assert ran.err.endswith(
        "Message 2 may have arrived, so nothing was sent: look in its conversation, then add --yes.\n"
    )
    assert resend(troubled, "1", "2", "--yes").out == "2 messages will be sent with the next pass: 1, 2.\n"


def test_what_was_answered_meanwhile_is_not_sent(troubled: Path) -> None:
    change(troubled, "UPDATE action SET status = 'complete'")
    assert resend(troubled, "1").code == 0
    call("tick", "--now", "2020-08-17 09:40", "--db", troubled)
    assert states(troubled)[0] == "cancelled"
