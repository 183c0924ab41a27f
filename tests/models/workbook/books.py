"""A small workbook that is in order, and copies of it with something changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook

from models.files.planfile import PlanFileRefused, read_plan
from models.files.workbook import ExportExtras, plan_workbook, read_workbook
from tests.models.planfile.plans import PLAN

Change = Callable[[Workbook], object]

IN_ORDER = plan_workbook(read_plan(PLAN, "plan.yaml"), ExportExtras())


def changed(*changes: Change) -> bytes:
    """The bytes of the workbook with changes made as a spreadsheet program makes them."""
    book = load_workbook(io.BytesIO(IN_ORDER))
    for change in changes:
        change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def put(cell: str, value: Any, number_format: str = "") -> Change:
    """A change that writes a value into `Sheet!A1`."""

    def change(book: Workbook) -> None:
        sheet, _, at = cell.partition("!")
        book[sheet][at].value = value
        if number_format:
            book[sheet][at].number_format = number_format

    return change


def refused(data: bytes) -> list[str]:
    """What a workbook is refused for, in sentences; none when it is not."""
    try:
        read_workbook(data, "plan.xlsx")
    except PlanFileRefused as refusal:
        return [str(problem) for problem in refusal.problems]
    return []


def repacked(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The bytes of a workbook with parts of its archive replaced, added or (None) taken out."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return whole.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of the archive of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
