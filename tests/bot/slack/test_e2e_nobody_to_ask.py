"""Where nobody can be asked, the menu *Assign…* stands in what the secretary is told, and gives another lead."""

from __future__ import annotations

from tests.bot.slack.e2e import (
    EDUCATION,
    SECRETARY,
    OpenAt,
    message_with,
    read,
    when,
)
from tests.local_slack import Fault, Sandbox

NEW_LEAD = "Communications Manager, Sefton Council"


def assigns(sandbox: Sandbox, words: str, ref: str = "") -> None:
    """Chooses an action from *Assign…* in a message to the secretary, and gives it to another post."""
    message = message_with(sandbox, SECRETARY, words)
    menu = next(one for one in message.elements() if one.get("placeholder", {}).get("text") == "Assign…")
    option = next(text for one in menu["options"] if (text := one["text"]["text"]).startswith(ref))
    ref = option.partition(":")[0]
    sandbox.workspace.choose(SECRETARY, message, option, action_id=menu["action_id"])
    form = sandbox.workspace.view(SECRETARY)
    assert form is not None
    assert form.title == f"Assign {ref}"
    sandbox.submit(SECRETARY, {"post": NEW_LEAD})
    assert NEW_LEAD in read(sandbox.command(SECRETARY, ref))


def test_no_update_received_gives_another_lead_to_what_somebody_led_who_left(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 24, 9))
    sandbox.workspace.deactivate(EDUCATION)
    sandbox.advance(when(9, 2, 9, 30))
    assigns(sandbox, "Wed 16 Sep 2020: no update received on", "healthy-5:")


def test_a_message_that_did_not_arrive_comes_with_another_lead_for_what_it_was_about(open_at: OpenAt) -> None:
    sandbox = open_at(when(8, 17, 9))
    sandbox.workspace.faults.add("chat.postMessage", Fault.error("restricted_action"))
    sandbox.advance(when(8, 17, 9, 30))
    sandbox.advance(when(8, 17, 9, 31))
    assigns(sandbox, " did not arrive.")
