"""The tables and plans of the tests, read by LibYAML where it is there: every process of a run reads them all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a file holds, as plain data."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
