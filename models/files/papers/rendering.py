"""Make a Word file of a template and its fields, in a process of its own, which may take only so much."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from models.errors import Refusal
from models.files.papers.printed_fields import CheckedTemplate, inspect_template

MOST_BYTES = 5 * 1024 * 1024
"""The largest template of a board's own."""
_SECONDS = 20
"""Of a processor's time; of real time twice as many."""
_ROOT = Path(__file__).parents[3]
_TOO_MUCH = "it takes too much time or memory to fill in, and may go round in a loop"
_ROW = (
    "ref", "action", "lead", "due", "first_due", "status", "direction", "late", "latest", "proposed", "colour",
)  # fmt: skip
_MEASURE = ("ref", "name", "period", "figure", "before", "target", "floor", "stands", "moved", "colour")
_RISK = ("ref", "title", "score", "moved", "target", "treatment", "owner", "assessed")
TEMPLATE_FIELDS: dict[str, Any] = {
    **{name: f"({name})" for name in ("plan", "board", "meeting", "as_at", "edition", "draft", "progress")},
    "not_listed": "(not listed)",
    "asked": ["note progress."],
    "tables": {"closures": 1, "new_meetings": 2},
    "closures": [{name: name for name in _ROW}],
    "new_meetings": [{name: name for name in (*_ROW, "to", "why")}],
    **{
        name: [{"heading": name, "level": 2, "rows": [{one: one for one in _ROW}]}]
        for name in ("matters", "log", "silent")
    },
    "verbal": [{name: name for name in _ROW}],
    "closed": [{name: name for name in (*_ROW, "how", "decision")}],
    "focus": "(focus)",
    "contributions": [{"heading": "(organisation)", "rows": [{"part": "Evidence", "words": "(words)"}]}],
    "no_contribution": "(no contribution)",
    "measures": [{"heading": "measures", "level": 2, "rows": [{name: name for name in _MEASURE}], "charts": []}],
    "risks": [{name: name for name in _RISK}],
    "key": [{name: name for name in ("status", "meaning", "colour")}],
}
"""Every field that a template of the paper may print, with something in it."""


class TemplateAtFault(Refusal):
    """A template that cannot be filled in."""


def render_document(
    fields: dict[str, Any], template: bytes = b"", sort: str = "paper", seconds: int = _SECONDS
) -> bytes:
    """Return a template with its fields filled in, as a Word file; where none is given, our own of a sort of paper.

    Raises:
        TemplateAtFault: with what is wrong with it.
    """
    if len(template) > MOST_BYTES:
        raise TemplateAtFault(f"The template is larger than {MOST_BYTES // 1024 // 1024} MB: take pictures out.")
    task = {"template": base64.b64encode(template).decode(), "fields": fields, "sort": sort, "seconds": seconds}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "models.files.papers.worker"],
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=2 * seconds,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TemplateAtFault(f"The template cannot be used: {_TOO_MUCH}.") from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    try:
        why = json.loads(done.stderr)["says"]
    except ValueError:
        why = _TOO_MUCH
    raise TemplateAtFault(f"The template cannot be used: {why}.")


def check_template(template: bytes, fields: dict[str, Any] = TEMPLATE_FIELDS) -> CheckedTemplate:
    """Return what a board's own template prints; it is filled in once, with every field that its document has.

    Raises:
        TemplateAtFault: with what is wrong with it.
    """
    render_document(fields, template, seconds=_SECONDS // 2)
    return inspect_template(template, tuple(fields))
