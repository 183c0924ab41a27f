"""What the log gets of an error: where it happened, and nothing that its own words, or a cause's, say."""

from __future__ import annotations

from models.storage.tracebacks import format_traceback

TOKEN, TYPED = "xoxb-not-to-be-seen", "what somebody typed"


def fails(token: str, typed: str) -> None:
    """An error whose words hold a token, and its cause's what was typed."""
    try:
        raise KeyError(typed)
    except KeyError as cause:
        raise ConnectionError(f"Authorization: Bearer {token}") from cause


def test_neither_a_token_nor_what_was_typed_is_in_a_trace() -> None:
    try:
        fails(TOKEN, TYPED)
    except ConnectionError as error:
        error.add_note(TYPED)
        shown = format_traceback(error)
    assert shown.startswith("ConnectionError\n")
    assert "in fails" in shown
    assert TOKEN not in shown
    assert TYPED not in shown
