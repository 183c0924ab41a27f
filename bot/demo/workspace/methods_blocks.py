"""Answer blocks.validate (https://docs.slack.dev/reference/methods/blocks.validate): nothing is posted."""

from __future__ import annotations

from typing import Any

from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import SlackError
from bot.demo.workspace.refusals import SlackRefusal, check_message, check_view
from bot.demo.workspace.state import Json


def blocks_validate(call: Call) -> Json:
    """Answer blocks.validate: just one of some blocks, a message and a view."""
    named = [name for name in ("blocks", "message", "view") if call.args.get(name)]
    if len(named) != 1:
        raise SlackError("invalid_arguments", ("[ERROR] provide exactly one of blocks, view, or message",))
    given = call.structure(named[0], "invalid_arguments")
    refusal = _refusal(named[0], given) or call.core.refuses_types(given if named[0] == "blocks" else given["blocks"])
    if refusal is not None:
        raise SlackError(f"invalid_{named[0]}", errors=[_error(each) for each in refusal.messages or (refusal.error,)])
    return {}


def _refusal(name: str, given: Any) -> SlackRefusal | None:
    if name == "view":
        return check_view(given, kinds=("modal", "home"))
    if name == "message":
        given = given.get("blocks") if isinstance(given, dict) else given
    return check_message("", given)


def _error(message: str) -> Json:
    words, _, pointer = message.removeprefix("[ERROR] ").partition(" [json-pointer:")
    return {"pointer": pointer.rstrip("]"), "code": "failed_constraint", "message": words}


METHODS: dict[str, Method] = {"blocks.validate": Method(blocks_validate)}
