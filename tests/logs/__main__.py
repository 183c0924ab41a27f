"""`make logs`: how many rows of the golden logs are right, asked about and wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.logs.golden import ASKED, FILES, RIGHT, WRONG, judge, load, right_as_proposed, shares

paths = [Path(one) for one in sys.argv[1:]] or FILES
for path in paths:
    judged = judge(load(path))
    said = " · ".join(f"{sum(one.verdict == verdict for one in judged)} {verdict}" for verdict in (RIGHT, ASKED, WRONG))
    print(f"{path.stem:32} {said}")
counts, wrong = shares(paths)
total = sum(counts.values()) or 1
print(
    " · ".join(f"{verdict} {counts[verdict]} ({counts[verdict] * 100 // total}%)" for verdict in (RIGHT, ASKED, WRONG))
)
right, rows = map(sum, zip(*(right_as_proposed(load(path)) for path in paths), strict=True))
print(f"once every proposal is taken: {right} of {rows} rows right")
for line in wrong:
    print("wrong:", line)
