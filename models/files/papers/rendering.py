"""Make a Word file of a template and its fields, in a process of its own, which may take only so much."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from models.errors import Refusal

_PATIENCE = 40
"""Seconds of real time; `worker.SECONDS` are of a processor's."""
_ROOT = Path(__file__).parents[3]


class TemplateAtFault(Refusal):
    """A template that cannot be filled in."""


def render_document(fields: dict[str, Any], template: bytes = b"", sort: str = "paper") -> bytes:
    """Return a template with its fields filled in, as a Word file; where none is given, our own of a sort of paper.

    Raises:
        TemplateAtFault: with what is wrong with it.
    """
    task = json.dumps({"template": base64.b64encode(template).decode(), "fields": fields, "sort": sort}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "models.files.papers.worker"],
            input=task,
            capture_output=True,
            timeout=_PATIENCE,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TemplateAtFault("The template takes too long to fill in: it may go round in a loop.") from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    raise TemplateAtFault(_why(done.stderr))


def _why(said: bytes) -> str:
    try:
        found = json.loads(said)
    except ValueError:
        return "The template takes too much time or memory to fill in: it may go round in a loop."
    return f"The template cannot be filled in: {found['says'] or found['error']}."
