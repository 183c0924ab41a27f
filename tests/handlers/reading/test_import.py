"""Reading stands alone: it is imported without the database."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_reading_is_imported_without_the_database() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "handlers" / "reading").rglob("*.py")
        if path.name != "__init__.py"
    )
    assert modules
    tell = "; ".join(f"import {name}" for name in modules)
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; {tell}; print('sqlalchemy' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "False"
