"""Verdicts on replies that are made up here: the table of examples of `tests.understanding.verdict`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.understanding.player import Offer, Played
from tests.understanding.verdict import Judged, begins, judge, matches

GREEN = "healthy-5: on track, “two more in”"
RED = "healthy-5: off track, “two more in”"
ASKS = "Is that an update on healthy-5? Nothing was recorded yet."
LOST = "I am not sure what you are asking.\nNothing was recorded.\n\nYou typed: healthy-5 bees"


def records(label: str, *stores: str) -> Offer:
    return Offer(label, "record", stores, "stored")


NAMED = records("Record healthy-5: on track", GREEN)
UNNAMED = records("Record for healthy-5", GREEN)
STATUSES = (records("On track", GREEN), records("Off track", RED))
NEITHER = Offer("Not an update", "notupdate", leads="words")
START = Offer("What is overdue", "ask", leads="answer", says="overdue")
FIND = Offer("Find “bees”", "ask", leads="answer", says="find bees")
CARD = Played(said="healthy-5: on track. Due Wed 16 Sep 2020.")

RECORD = {"kind": "record", "says": "healthy-5 green two more in", "stored": GREEN, "answer": ["healthy-5", "on track"]}
SHOWN = {"kind": "shown", "says": "hlthy 5 green", "shows": "healthy-5: on track", "answer": "healthy-5"}
ASK = {"kind": "ask", "says": "healthy-5 nearly green", "answer": "healthy-5", "must_not": "on track"}
QUESTION = {"kind": "answer", "says": "how is healthy-5", "answer": ["on track", "16 Sep 2020"]}
TICK = {"kind": "tick", "says": "ta", "answer": "silence"}
REFUSED = {"kind": "refused", "says": "healthy-5 green", "answer": "Head of Education"}
SEVERAL = {
    "kind": "several",
    "says": "healthy-5 green two more in. healthy-8 red",
    "stored": GREEN,
    "answer": ["healthy-5", "healthy-8"],
}

TABLE: list[tuple[str, dict[str, Any], Played, Judged]] = [
    ("recorded at once", RECORD, Played((GREEN,), "Recorded for healthy-5: on track."), Judged.AT_ONCE),
    (
        "recorded with other words",
        RECORD,
        Played(("healthy-5: on track, “green two more in”",), "on track"),
        Judged.WRONG,
    ),
    (
        "recorded with the reason word",
        RECORD,
        Played(("healthy-5: on track, “as two more in”",), "healthy-5: on track"),
        Judged.AT_ONCE,
    ),
    ("another status recorded", RECORD, Played((RED,), "Recorded for healthy-5: off track."), Judged.WRONG),
    ("a second entry recorded", RECORD, Played((GREEN, "healthy-8: on track"), "Recorded."), Judged.WRONG),
    ("to be recorded, and shown", RECORD, Played((), f"{ASKS}\nhealthy-5: on track", (NAMED, NEITHER)), Judged.SHOWN),
    (
        "to be recorded, behind a button that does not say so",
        RECORD,
        Played((), ASKS, (UNNAMED, NEITHER)),
        Judged.QUESTION,
    ),
    ("to be recorded, and the statuses to choose from", RECORD, Played((), ASKS, STATUSES), Judged.QUESTION),
    (
        "to be recorded, and only another status to press",
        RECORD,
        Played((), ASKS, (records("Off track", RED),)),
        Judged.WRONG,
    ),
    ("to be recorded, and lost", RECORD, Played((), LOST, (START, FIND)), Judged.LOST),
    ("to be recorded, and a card shown", RECORD, CARD, Judged.WRONG),
    ("shown as it should be", SHOWN, Played((), f"{ASKS} healthy-5: on track", (NAMED, NEITHER)), Judged.SHOWN),
    ("to be shown, and recorded", SHOWN, Played((GREEN,), "Recorded for healthy-5: on track."), Judged.WRONG),
    ("to be shown, and asked", SHOWN, Played((), ASKS, STATUSES), Judged.QUESTION),
    (
        "to be shown, and another action beside it",
        SHOWN,
        Played((), ASKS, (records("Record both: on track", GREEN, "healthy-8: on track"),)),
        Judged.WRONG,
    ),
    (
        "to be shown, and another status shown",
        SHOWN,
        Played((), ASKS, (records("Record healthy-5: off track", RED),)),
        Judged.WRONG,
    ),
    (
        "a message that says so names it for its button",
        SHOWN,
        Played((), f"{ASKS}\nhealthy-5: on track", (UNNAMED, NEITHER)),
        Judged.SHOWN,
    ),
    ("asked as it should be", ASK, Played((), ASKS, (*STATUSES, NEITHER)), Judged.AT_ONCE),
    (
        "to be asked, and the one thing on offer is what it must not be",
        ASK,
        Played((), ASKS, (NAMED, NEITHER)),
        Judged.WRONG,
    ),
    (
        "to be asked, and the one thing on offer is something else",
        ASK,
        Played((), ASKS, (records("Record healthy-5: off track", RED), NEITHER)),
        Judged.QUESTION,
    ),
    (
        "to be asked, and a button stores what it does not name",
        ASK,
        Played((), ASKS, (UNNAMED, *STATUSES)),
        Judged.WRONG,
    ),
    ("to be asked, and recorded", ASK, Played((GREEN,), "Recorded for healthy-5: on track."), Judged.WRONG),
    ("to be asked, and lost", ASK, Played((), LOST, (START, FIND)), Judged.LOST),
    ("to be asked, and answered", ASK, CARD, Judged.WRONG),
    ("to be asked, about another action", {**ASK, "answer": "healthy-8"}, Played((), ASKS, STATUSES), Judged.QUESTION),
    (
        "nothing in the plan is meant",
        {"kind": "ask", "says": "bees?", "answer": "bees"},
        Played((), "Nothing was recorded.\n\nYou typed: bees?", (START,)),
        Judged.AT_ONCE,
    ),
    ("a question answered", QUESTION, CARD, Judged.AT_ONCE),
    ("a question answered with something else", QUESTION, Played((), "2 actions have “how”."), Judged.WRONG),
    (
        "a question given back",
        QUESTION,
        Played((), "Nothing was recorded.\n\nYou typed: on track 16 Sep 2020", (START,)),
        Judged.LOST,
    ),
    (
        "a question, and its likely answers",
        QUESTION,
        Played((), LOST, (Offer("3 actions with “bees”", "ask", leads="answer", says="find bees"),)),
        Judged.QUESTION,
    ),
    (
        "a question, shown back as an update",
        {**QUESTION, "must_not": "on track"},
        Played((), ASKS, (NAMED,)),
        Judged.WRONG,
    ),
    ("silence", TICK, Played(), Judged.AT_ONCE),
    ("a reaction", TICK, Played(ticks=1), Judged.AT_ONCE),
    ("a reaction where nothing at all is right", {**TICK, "kind": "silence"}, Played(ticks=1), Judged.LOST),
    ("a noise", TICK, Played((), LOST, (START,)), Judged.LOST),
    ("refused", REFUSED, Played((), "Nothing was recorded: healthy-5 is led by Head of Education."), Judged.AT_ONCE),
    (
        "refused, but for a button",
        REFUSED,
        Played((), "Nothing was recorded: Head of Education", (NAMED,)),
        Judged.WRONG,
    ),
    (
        "a part stored, the rest named",
        SEVERAL,
        Played((GREEN,), "Recorded for healthy-5: on track. Why is healthy-8 off track?"),
        Judged.AT_ONCE,
    ),
    ("a part stored, the rest lost", SEVERAL, Played((GREEN,), "Recorded for healthy-5: on track."), Judged.LOST),
    ("nothing stored, all asked", SEVERAL, Played((), f"{ASKS} healthy-8?", STATUSES), Judged.QUESTION),
    (
        "what must never be said",
        {**REFUSED, "never": "green"},
        Played((), "Head of Education.\n\nYou typed: GREEN"),
        Judged.WRONG,
    ),
    (
        "a button that is not there",
        {**ASK, "press": "Done…"},
        Played((), ASKS, STATUSES, trouble="no button"),
        Judged.LOST,
    ),
]


@pytest.mark.parametrize(("row", "played", "right"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_reply_gets_the_verdict_of_the_table(row: dict[str, Any], played: Played, right: Judged) -> None:
    verdict = judge(row, played)
    assert verdict.judged is right, verdict.why


def test_only_a_reason_word_and_a_full_stop_may_differ() -> None:
    assert matches("9sep-1: off track, “because they shut”", "9sep-1: off track, “they shut.”")
    assert not matches("9sep-1: off track, “they shut”", "9sep-1: off track, “they shut down”")
    assert not matches("9sep-1: off track, “as is”", "9sep-1: some issues, “is”")
    assert begins("9sep-1: off track, “bc they shut down”", "9sep-1: off track, “they shut”")
    assert not begins("9sep-1: on track", "9sep-1: off track")
