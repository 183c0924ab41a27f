"""What the sheets of a plan's workbook are made of: columns, and how a value stands in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class CellForm(Enum):
    """How a value stands in its cell."""

    TEXT = auto()
    CODE = auto()
    """Text that a spreadsheet likes to take for a number or a date: refs, keys, minute items."""
    WORD = auto()
    """One of a list of words, in upper or lower case."""
    NUMBER = auto()
    DATE = auto()
    WHEN = auto()
    """The date of a meeting, or the month of an expected one."""
    TIME = auto()
    NAME = auto()
    """Something that another sheet lists, by its name or its key."""
    NAMES = auto()
    NUMBERS = auto()
    TEXTS = auto()
    PEOPLE = auto()
    ADMINISTRATORS = auto()
    DEPUTIES = auto()
    CLOSED = auto()
    RENAMES = auto()
    SHOWN = auto()
    """Written for people to read, and not read back."""


LIST_FORMS = frozenset(
    {
        CellForm.NAMES,
        CellForm.NUMBERS,
        CellForm.TEXTS,
        CellForm.PEOPLE,
        CellForm.ADMINISTRATORS,
        CellForm.DEPUTIES,
        CellForm.CLOSED,
        CellForm.RENAMES,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the keys its value has in a plan file, how it stands in the cell.

    `of`: the section that a NAME is listed in. `words`: what a WORD may be. `also`: other headings it is known by.
    `note`: what the sheet of notes says about it. `example`: what the worked row of the template has.
    """

    heading: str
    path: tuple[str, ...]
    form: CellForm
    width: int
    note: str
    example: str = ""
    of: str = ""
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, the section of the plan file it holds, its columns."""

    title: str
    section: str
    columns: tuple[Column, ...]
    note: str
    needed: bool = False


def column(
    heading: str,
    width: int,
    note: str,
    example: str = "",
    *,
    form: CellForm | None = None,
    path: tuple[str, ...] = (),
    of: str = "",
    words: type[StrEnum] | None = None,
    also: tuple[str, ...] = (),
    needed: bool = False,
) -> Column:
    """Return a column: a NAME where `of` is given, a WORD where `words` are; without `path` its key is its heading."""
    form = form or (CellForm.NAME if of else CellForm.WORD if words else CellForm.TEXT)
    if not path and form is not CellForm.SHOWN:
        path = (heading.lower().replace(" ", "_"),)
    return Column(heading, path, form, width, note, example, of, tuple(map(str, words or ())), also, needed)
