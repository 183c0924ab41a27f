"""What the bot made and the local workspace took, as files for `make contract`, once each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = "CYPP_RECORDED"
"""The environment variable that names the folder; nothing is written without it."""
MESSAGE, VIEW = "message", "view"
_OF_A_MESSAGE = ("text", "blocks", "metadata")


def record(made: Mapping[str, Any]) -> None:
    """Write the message or view in the arguments of a call, or in an acknowledgement, if there is one."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return
    parts = {name: made[name] for name in (*_OF_A_MESSAGE, VIEW) if made.get(name)}
    parts = {name: one if name == "text" else _parsed(one) for name, one in parts.items()}
    if VIEW in parts:
        _write(Path(folder), VIEW, parts[VIEW])
    elif parts:
        _write(Path(folder), MESSAGE, {"text": ""} | parts)


def recorded(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what was written: whether it is a message or a view, the name of its file, and itself."""
    found = sorted(folder.glob("*-*.json"))
    return [(path.name.partition("-")[0], path.name, json.loads(path.read_text())) for path in found]


def _parsed(value: Any) -> Any:
    """Return a structure, which a form carries as text."""
    return json.loads(value) if isinstance(value, str) else value


def _write(folder: Path, kind: str, made: Any) -> None:
    body = json.dumps(made, sort_keys=True, ensure_ascii=False)
    path = folder / f"{kind}-{hashlib.sha256(body.encode()).hexdigest()[:20]}.json"
    if not path.exists():
        path.write_text(body)
