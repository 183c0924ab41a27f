"""`make understanding`: how much of the corpus the bot gets right, by role, file and kind, and which rows it does not.

`FILES="answers several"` plays only these, `ONLY=wrong` lists only rows of this verdict (the beginning of its name is
enough; `ONLY=all` lists every row), `ROWS="answers:47"` plays single rows, `VERBOSE=1` shows all that was said and what
each button stores. `RECORD=1` writes what it came to into `shares.yaml`; `RECORD=worse` also where something fell.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.understanding.player import Played, Player
from tests.understanding.recorded import record, recorded, shares_of, worse
from tests.understanding.rows import FILES, Row, read_rows
from tests.understanding.verdict import Judged, Verdict, judge

Result = tuple[Row, Played, Verdict]
IN_MEMORY = Path("/dev/shm")
LONGEST = 110
"""Characters of the words, and of what came of them, in a row's one line."""


@contextmanager
def opened() -> Iterator[Player]:
    """Open a player, whose database lies in memory where it may."""
    where = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder, closing(Player(Path(folder))) as player:
        yield player


def play_all(player: Player, rows: Sequence[Row]) -> Iterator[Result]:
    """Play rows in order, and judge each."""
    for row in rows:
        played = player.play(row)
        yield row, played, judge(row.keys, played)


def shares(results: Iterable[Result]) -> Iterator[str]:
    """Return the table: a line for each role, and for each file and its kinds, with the share of each verdict."""
    results = list(results)
    groups: dict[str, Counter[Judged]] = {}
    for row, _, verdict in results:
        for group in (f"0{row.role}", f"1{row.file}", f"1{row.file} · {row.kind}", "2all"):
            groups.setdefault(group, Counter())[verdict.judged] += 1
    yield f"{'':28}{'rows':>6}" + "".join(f"{one.value:>21}" for one in Judged)
    before = "0"
    for group in sorted(groups):
        counts = groups[group]
        if group[0] != before:
            yield ""
        before = group[0]
        many = counts.total()
        cells = (f"{counts[one]} ({counts[one] / many:.0%})" if counts[one] else "·" for one in Judged)
        yield (
            f"{'  ' if ' · ' in group else ''}{group[1:].rpartition(' · ')[2]}".ljust(28)
            + f"{many:6}"
            + "".join(f"{cell:>21}" for cell in cells)
        )
    right = sum(verdict.judged in (Judged.AT_ONCE, Judged.SHOWN) for _, _, verdict in results)
    yield f"{'right at once or shown':28}{right:6} ({right / len(results):.1%}); the aim is 95%, and nothing wrong"


def one_line(result: Result) -> str:
    """Return a row in a line: where, verdict, who, its words, what happened, what was right."""
    row, played, verdict = result
    right = row.several("stored") + [f"shown {line}" for line in row.several("shows")]
    return " | ".join(
        (
            f"{row.file}.yaml:{row.line}",
            verdict.judged.value,
            row.who,
            _short(" / ".join(row.says)),
            _short("; ".join(filter(None, (verdict.why, played.said.partition("\n")[0] or "silence")))),
            f"right: {row.kind}" + (f": {_short('; '.join(right))}" if right else ""),
        )
    )


def in_full(result: Result) -> Iterator[str]:
    """Return all there is to know of a row, its one line first."""
    row, played, _ = result
    yield one_line(result)
    for key in ("says", "stored", "shows", "answer", "never", "must_not", "why"):
        if key in row.keys:
            yield f"    {key}: {row.keys[key]}"
    yield f"    at: {row.moment}, {row.keys.get('way', 'the usual way')}"
    yield from (f"    stored now: {line}" for line in played.stored)
    yield from (f"    > {line}" for line in played.said.splitlines())
    yield from (f"    [{one.label}] {one.leads}: {'; '.join(one.stores) or one.says}" for one in played.offers)
    yield ""


def _short(text: str, most: int = LONGEST) -> str:
    flat = " ⏎ ".join(line for line in text.splitlines() if line.strip("─ "))
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def main(given: Sequence[str]) -> int:
    """Play, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make understanding", description=__doc__)
    parser.add_argument("files", nargs="*", help="names of files, without .yaml")
    parser.add_argument("--only", default="", help="list only rows of this verdict; “all” for every row")
    parser.add_argument("--rows", default="", help="play only these rows: “answers:47 several:12”")
    parser.add_argument("--verbose", action="store_true", help="all that was said, and what each button stores")
    parser.add_argument("--record", default="", choices=("", "1", "worse"), help="write shares.yaml")
    asked = parser.parse_args(given)
    if asked.record and asked.rows:
        parser.error("what is recorded are whole files")
    wanted = {place.partition(":")[0] for place in asked.rows.split()} | set(asked.files)
    rows = read_rows([path for path in FILES if path.stem in wanted or not wanted])
    if asked.rows:
        rows = [row for row in rows if row.place in asked.rows.split()]
    if not rows:
        parser.error(f"no such file or row; the files are {', '.join(path.stem for path in FILES)}")
    began = time.process_time()
    with opened() as player:
        results = sorted(play_all(player, rows), key=lambda result: (result[0].file, result[0].line))
    only = asked.only or ("all" if asked.rows else "")
    listed = [one for one in Judged if one.value.startswith(only)] if only else [Judged.WRONG, Judged.LOST]
    for judged in Judged if only == "all" else listed:
        for result in results:
            if result[2].judged is judged:
                print("\n".join(in_full(result)) if asked.verbose else one_line(result))
    print()
    print("\n".join(shares(results)))
    print(f"{time.process_time() - began:.0f} s of processor time")
    return _record(results, even_worse=asked.record == "worse") if asked.record else 0


def _record(results: Sequence[Result], *, even_worse: bool) -> int:
    """Write down what these files came to, and return the exit code: 1 where one fell and nothing is written."""
    before, now = recorded(), shares_of((row, verdict) for row, _, verdict in results)
    fell = [f"{file}: {line}" for file in now if file in before for line in worse(before[file], now[file])]
    if fell and not even_worse:
        print("\n".join(("Not recorded; RECORD=worse records this as well:", *fell)))
        return 1
    standing = {path.stem for path in FILES}
    record({file: some for file, some in (before | now).items() if file in standing})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
