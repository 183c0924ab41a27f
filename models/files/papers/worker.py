"""Fill in a template, in a process of its own: a task in, a Word file out.

A template is a program that somebody sent. It is run in Jinja's sandbox, without the environment, and with limits on
the memory and time that it may take.
"""

import base64
import io
import json
import resource
import sys
from typing import Any

MEMORY = 700 * 1024 * 1024
SECONDS = 20
EXIT_REFUSED = 3


def main() -> None:
    """Read a task and write what comes of it; a template that is at fault is said on the error output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    task = json.load(sys.stdin.buffer)
    template = base64.b64decode(task["template"])
    try:
        made = fill_in(template, task["fields"], task["sort"])
    except Exception as error:  # noqa: BLE001 - whatever a template does is its own fault
        sys.stderr.write(json.dumps({"error": type(error).__name__, "says": str(error)[:500]}))
        sys.exit(EXIT_REFUSED)
    sys.stdout.buffer.write(made)


def fill_in(template: bytes, fields: dict[str, Any], sort: str) -> bytes:
    """Return a template with its fields filled in; where none is given, our own of a sort."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if not template:
        from models.files.papers.own_template import TEMPLATES

        template = TEMPLATES[sort]()
    document = DocxTemplate(io.BytesIO(template))
    document.render(fields, ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


if __name__ == "__main__":
    main()
