"""What the corpus came to when that was last recorded, in `shares.yaml`, and what has become worse since.

`make understanding RECORD=1` writes it. It refuses where a row that was right is wrong now, or a share fell: these are
mended, or recorded with `RECORD=worse`. Rows that are new to the corpus are no fall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.understanding.rows import FOLDER, Row
from tests.understanding.verdict import Judged, Verdict
from tests.yaml_files import read_yaml

PATH = FOLDER / "shares.yaml"
AIM = {"wrong": "0", "right at once or shown": "95%"}
RIGHT = (Judged.AT_ONCE, Judged.SHOWN)
HEAD = """\
# What the corpus comes to: of each file and kind how many rows got which verdict, and the rows that are wrong today.
# `make test` fails where a share of “right at once”, or of “right at once or shown”, falls below these; where a row is
# wrong that is not in the list; and where a listed one is wrong no longer: the list only shrinks.
# Written by `make understanding RECORD=1`, by nobody's hand.

"""


@dataclass(frozen=True)
class FileShares:
    """What one file came to: verdicts by kind, and the rows that are wrong, by writer and words."""

    kinds: Mapping[str, Mapping[str, int]]
    wrong: tuple[str, ...] = ()

    def count(self, *verdicts: Judged) -> int:
        """Return how many rows have one of these verdicts, of all where none is named."""
        names = [one.value for one in verdicts or Judged]
        return sum(counts.get(name, 0) for counts in self.kinds.values() for name in names)

    def share(self, *verdicts: Judged) -> float:
        """Return the share of the rows with one of these verdicts."""
        return self.count(*verdicts) / max(1, self.count())


def shares_of(results: Iterable[tuple[Row, Verdict]]) -> dict[str, FileShares]:
    """Return what each file came to."""
    kinds: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    wrong: dict[str, list[str]] = defaultdict(list)
    for row, verdict in sorted(results, key=lambda one: (one[0].file, one[0].line)):
        kinds[row.file][row.kind][verdict.judged.value] += 1
        if verdict.judged is Judged.WRONG:
            wrong[row.file].append(words_of(row))
    return {file: FileShares(found, tuple(wrong[file])) for file, found in kinds.items()}


def words_of(row: Row) -> str:
    """Return what tells a row from the others of its file, wherever it stands."""
    return row.name.removeprefix(f"{row.file} | ")


def worse(before: FileShares, now: FileShares) -> Iterator[str]:
    """Return what became worse in a file, a line each: rows that are wrong, shares that fell."""
    for words in now.wrong:
        if words not in before.wrong:
            yield f"wrong, and was not: {words}"
    for name, verdicts in (("right at once", RIGHT[:1]), ("right at once or shown", RIGHT)):
        was, is_now = before.share(*verdicts), now.share(*verdicts)
        if is_now < was:
            many, all_rows = now.count(*verdicts), now.count()
            yield f"{name}: {many} of {all_rows}, {is_now:.1%}; recorded are {before.count(*verdicts)}, {was:.1%}"


def better(before: FileShares, now: FileShares) -> Iterator[str]:
    """Return the rows that are listed and no longer wrong, a line each."""
    for words in before.wrong:
        if words not in now.wrong:
            yield f"no longer wrong: {words}"


def recorded(path: Path = PATH) -> dict[str, FileShares]:
    """Return what is recorded of each file."""
    if not path.exists():
        return {}
    found: dict[str, Any] = read_yaml(path)
    return {
        file: FileShares(kinds, tuple(found["wrong today"].get(file, ()))) for file, kinds in found["verdicts"].items()
    }


def record(shares: Mapping[str, FileShares], path: Path = PATH) -> None:
    """Write down what the files came to, with the aim and the sums beside it."""
    every = list(shares.values())
    rows = sum(one.count() for one in every)
    sums = {one.value: sum(some.count(one) for some in every) for one in Judged}
    right = sum(some.count(*RIGHT) for some in every)
    content = {
        "aim": AIM,
        "all": {"rows": rows, **sums, "right at once or shown": f"{right / max(1, rows):.1%}"},
        "verdicts": {
            file: {
                kind: {one.value: counts[one.value] for one in Judged if counts.get(one.value)}
                for kind, counts in sorted(some.kinds.items())
            }
            for file, some in sorted(shares.items())
        },
        "wrong today": {file: list(some.wrong) for file, some in sorted(shares.items()) if some.wrong},
    }
    written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(HEAD + written, encoding="utf-8")
