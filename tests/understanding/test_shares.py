"""The corpus, played: nothing is wrong that was not when it was recorded, and no share has fallen since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understanding.__main__ import opened, play_all
from tests.understanding.player import Player
from tests.understanding.recorded import FileShares, better, record, recorded, shares_of, worse
from tests.understanding.round_trip import unlike
from tests.understanding.rows import FILES, Row, read_rows
from tests.understanding.verdict import Judged, Verdict

AGAIN = "make understanding RECORD=1 records it"


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    """One for all files that a process plays: to come to the moments takes longer than to play some of them."""
    with opened() as player:
        yield player


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_row_is_wrong_no_share_falls_and_what_is_offered_may_be_typed(path: Path, player: Player) -> None:
    results = list(play_all(player, read_rows([path])))
    now = shares_of((row, verdict) for row, _, verdict in results)[path.stem]
    before = recorded().get(path.stem)
    assert before is not None, f"{path.name} is not recorded: {AGAIN}"
    assert list(worse(before, now)) == []
    assert list(better(before, now)) == [], f"the list only shrinks: {AGAIN}"
    assert list(unlike(player, ((row, played) for row, played, _ in results))) == []


def test_every_row_that_is_listed_as_wrong_stands_in_the_corpus() -> None:
    standing = {row.name for row in read_rows()}
    listed = {f"{file} | {words}" for file, shares in recorded().items() for words in shares.wrong}
    assert listed <= standing
    assert set(recorded()) == {path.stem for path in FILES}


def counted(right: int, shown: int, *wrong: str, asked: int = 0) -> FileShares:
    counts = {"right at once": right, "right reading shown": shown, "one question": asked, "wrong": len(wrong)}
    return FileShares({"record": counts}, wrong)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        pytest.param(counted(8, 1, "a: x"), counted(8, 1, "a: x"), [], id="as it was"),
        pytest.param(counted(8, 1, "a: x"), counted(9, 1), [], id="better"),
        pytest.param(counted(8, 1, "a: x"), counted(8, 1, "a: y"), ["wrong, and was not: a: y"], id="another wrong"),
        pytest.param(
            counted(8, 2), counted(7, 3), ["right at once: 7 of 10, 70.0%; recorded are 8, 80.0%"], id="less at once"
        ),
        pytest.param(
            counted(8, 2),
            counted(8, 1, asked=1),
            ["right at once or shown: 9 of 10, 90.0%; recorded are 10, 100.0%"],
            id="less shown",
        ),
        pytest.param(counted(8, 2), counted(10, 2), [], id="more rows, all right"),
    ],
)
def test_what_became_worse_is_said(before: FileShares, now: FileShares, said: list[str]) -> None:
    assert list(worse(before, now)) == said


def test_a_listed_row_that_is_right_again_is_said() -> None:
    assert list(better(counted(8, 1, "a: x", "a: y"), counted(9, 1, "a: y"))) == ["no longer wrong: a: x"]


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    rows = [
        Row("answers", 1, "before", {"who": "Head of Education", "says": "healthy-5:\n“green”", "kind": "record"}),
        Row("answers", 9, "before", {"who": "a member", "says": ["one", "two"], "way": "edited", "kind": "ask"}),
    ]
    results = zip(rows, (Verdict(Judged.AT_ONCE), Verdict(Judged.WRONG)), strict=True)
    shares = shares_of(results)
    record(shares, tmp_path / "shares.yaml")
    assert recorded(tmp_path / "shares.yaml") == shares
    assert shares["answers"].wrong == ("a member (edited): one / two",)
