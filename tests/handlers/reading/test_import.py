"""What is imported: reading without the database, and a question without what reads and writes files."""

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


NOT_ASKED_WITH = (
    *("openpyxl", "yaml", "PIL", "lxml", "docx", "pydantic.main", "slack_sdk"),
    "sqlalchemy.dialects.postgresql",
)


def test_a_question_is_answered_without_what_reads_files_and_without_the_other_database() -> None:
    imported = f"import sys, handlers.catalogue, bot.cli.ask; print(*sorted({set(NOT_ASKED_WITH)} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", imported], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
