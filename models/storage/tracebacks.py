"""What the log gets of an error that was not foreseen: its kind, what it says, where it happened, and its causes.

What people typed is in no log, nor is a token. An error's own words are left out where they may quote what somebody
typed, and nowhere else:

- `ValueError` and `LookupError` with all their kin say which text they could not read or find; YAML and click quote
  the file and the command line that they read; `StopIteration` holds whatever was returned; the project's own
  exceptions are sentences for people, and many say back what was typed. Of these only fixed phrases are kept ("not
  enough values to unpack (expected 2, got 1)"), the place in a JSON or UTF-8 text, and of pydantic's the field and the
  sort of problem. An own class of which no message says back anything has `quotes_nobody = True`.
- Notes (`add_note`) are left out.

All else is shown: it speaks of the program, the database, the network. A database's error has its first line, the
constraint and the statement with placeholders, neither parameters nor PostgreSQL's DETAIL, LINE and CONTEXT, which hold
values. Slack's has its code. Tokens, passwords and whatever follows the host of an address are taken out.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import StatementError

from models.errors import hide_secrets

_MAY_QUOTE = (ValueError, LookupError, StopIteration)
_QUOTING_PACKAGES = frozenset({"bot", "schedules", "handlers", "models", "yaml", "click"})
LONGEST_CHAIN = 8
"""Errors of a chain that are shown; the rest is a loop in the code, or says nothing new."""
LONGEST_MESSAGE, LONGEST_STATEMENT = 1000, 300

_FIXED_PHRASES = re.compile(
    r"(?:not enough|too many) values to unpack \(expected \d+(?:, got \d+)?\)"
    r"|(?:list|tuple|string|range object|deque|bytearray) (?:assignment )?index out of range"
    r"|pop from (?:an )?empty (?:list|set|deque)"
    r"|(?:min|max)\(\) (?:arg is an empty sequence|iterable argument is empty)"
    r"|invalid literal for int\(\) with base \d+"
    r"|could not convert string to float"
    r"|is not among the defined enum values\. Enum name: \w+"
    r"|is not a valid (?=[A-Z])"
    r"|(?:day is out of range for month|month must be in 1\.\.12|year -?\d+ is out of range)"
    r"|Invalid isoformat string"
    r"|zip\(\) argument \d+ is (?:shorter|longer) than arguments? [\d-]+"
    r"|I/O operation on closed file"
    r"|\d+ (?:characters|blocks|choices|elements), at most \d+"
    r"|embedded null (?:byte|character)"
)
_PATH = re.compile(r"(\b(?:https?|wss?)://[^\s/'\">)]+)/[^\s'\">)]+")
"""What follows the host of an address: a response_url is one that anybody may write to."""
_QUOTED = re.compile(r"[\"'“].*[\"'”]", re.DOTALL)


def format_traceback(error: BaseException) -> str:
    """Return an error as the log has it: kind, message, frames, and the same of each error that led to it."""
    return "".join(_parts(error))


def error_message(error: BaseException) -> str:
    """Return what an error says, without anything that people typed (see above); "" where nothing is left."""
    said = _PATH.sub(r"\1/…", hide_secrets(_said(error)))
    return said if len(said) <= LONGEST_MESSAGE else f"{said[:LONGEST_MESSAGE]}…"


def error_reference() -> str:
    """Return a short reference that people can quote and the log has."""
    return uuid4().hex[:8]


def log_error(log: logging.Logger, error: BaseException) -> str:
    """Log an error that was not foreseen, under a new reference; return the reference."""
    reference = error_reference()
    fields = {"reference": reference, "error": type(error).__name__}
    log.error("reference %s: %s", reference, format_traceback(error), extra=fields)
    return reference


def _parts(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    link, led_by = "", error
    while id(led_by) not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(id(led_by))
        said = error_message(led_by)
        yield f"{link}{type(led_by).__name__}{': ' if said else ''}{said}\n"
        yield "".join(traceback.format_tb(led_by.__traceback__))
        if led_by.__cause__ is not None:
            link, led_by = "caused by ", led_by.__cause__
        elif led_by.__context__ is not None and not led_by.__suppress_context__:
            link, led_by = "while this was dealt with: ", led_by.__context__
        else:
            return


def _said(error: BaseException) -> str:
    package = type(error).__module__.partition(".")[0]
    if isinstance(error, StatementError):
        return _of_the_database(error)
    if package == "pydantic_core":
        return _of_pydantic(error)
    if package == "slack_sdk" and (response := getattr(error, "response", None)) is not None:
        return str(response.get("error") or "")
    if getattr(error, "quotes_nobody", False):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return str(error)
    if isinstance(error, UnicodeDecodeError | UnicodeEncodeError):
        return f"{error.encoding}: {error.reason}"
    if isinstance(error, _MAY_QUOTE) or package in _QUOTING_PACKAGES:
        fixed = _FIXED_PHRASES.search(str(error))
        return "" if fixed is None else f"{fixed[0].rstrip()} …"
    return _of_a_driver(error) if package in ("sqlite3", "psycopg") else str(error)


def _of_the_database(error: StatementError) -> str:
    """Return what the driver says of a statement's error, and the statement with its placeholders."""
    statement = " ".join((error.statement or "").split())[:LONGEST_STATEMENT]
    cause = error.orig
    said = "" if cause is None else f"({type(cause).__name__}) {_said(cause)}".rstrip()
    return f"{said} [SQL: {statement}]" if statement else said


def _of_a_driver(error: BaseException) -> str:
    diag: Any = getattr(error, "diag", None)
    # SQLite says which text it could not decode, PostgreSQL which it could not read (class 22 of its appendix A).
    said = str(getattr(diag, "message_primary", None) or str(error).partition("\n")[0]).partition(" with text ")[0]
    if str(getattr(error, "sqlstate", None) or "").startswith("22"):
        said = _QUOTED.sub("…", said)
    constraint = getattr(diag, "constraint_name", None)
    return f"{said} (constraint {constraint})" if constraint and constraint not in said else said


def _of_pydantic(error: Any) -> str:
    """Return the model, and each problem's type and field; what is below the field may be somebody's word."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    problems = [
        one["type"] if one["type"] == "extra_forbidden" or not one["loc"] else f"{one['loc'][0]}: {one['type']}"
        for one in found
    ]
    return f"{error.title}: {', '.join(dict.fromkeys(problems))}"
