"""What is held against Slack's own types: everything that `cypp check` shows Slack, and samples of every size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.cli.check_blocks import payloads, scheduled_payloads
from bot.slack.render import render, render_one
from bot.slack.render_form import render_form
from bot.slack.render_home import render_home
from handlers.context import RequestContext
from handlers.press_codec import ask_which
from handlers.responses import Content
from tests.bot.slack import samples
from tests.handlers.rounds import Rounds, example
from tests.models.test_accounts import NOW

ADMIN = "U0ICTADMIN"
REASONS = {"event_type": "cypp_message", "event_payload": {"id": "0b7c:0", "for": "0f3a 77bc"}}

Payloads = list[tuple[str, dict[str, Any]]]


@cache
def everything() -> tuple[Payloads, Payloads]:
    """Return messages and views, each with what it is."""
    messages: Payloads = []
    views: Payloads = []
    for name, payload in of_the_plan():
        (messages if "message" in payload else views).append((name, payload.get("message") or payload["view"]))
    for size in samples.SIZES:
        messages += [(f"{size} actions", message.as_page()) for message in render(samples.listing(size, presses=6))]
        views.append((f"Home of {size}", render_home([samples.listing(size, presses=3)])))
        which = ask_which("Choose a board…", [(f"Board {n}", f"digest board-{n}") for n in range(size)])
        messages.append((f"which of {size}", render_one(Content("Which board?", buttons=which)).as_page()))
        views.append((f"{size} choices", render_form(samples.choosing(max(size, 1)))))
    for name, text in samples.HOSTILE.items():
        messages.append((name, render_one(samples.hostile(text)).as_page()))
        views.append((name, render_form(samples.hostile_form(text))))
    return [(name, message | {"metadata": REASONS}) for name, message in messages], views


def of_the_plan() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what `cypp check` asks Slack about, of the example plan."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Rounds(example(Path(folder), NOW, ADMIN), NOW)

        def made(ctx: RequestContext) -> list[tuple[str, dict[str, Any]]]:
            return [*payloads(ctx), *scheduled_payloads(ctx)]

        yield from plan.again([made], ADMIN)[0]
        plan.database.dispose()
