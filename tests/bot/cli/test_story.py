"""`cypp demo --story`: a board's cycle as each person sees it. It is run once; these tests read what it printed."""

from __future__ import annotations

import fcntl
import json
import os
import re
import time
from dataclasses import asdict, dataclass

import pytest

from tests.bot.cli.support import Ran, run

MOST = 30
"""Seconds within which the story ends by itself."""


@dataclass(frozen=True)
class Told:
    """What the story printed, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float
    left: list[str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Told:
    """One run, shared by all tests, also by those of another worker."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    kept = shared / "story.json"
    with (shared / "story.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder = tmp_path_factory.mktemp("story")
            began = time.monotonic()
            done: Ran = run("demo", "--story", cwd=folder, env={"TMPDIR": str(folder)}, timeout=400)
            seconds = time.monotonic() - began
            left = [path.name for path in folder.iterdir()]
            kept.write_text(json.dumps(asdict(Told(done.code, done.out, done.err, seconds, left))))
    return Told(**json.loads(kept.read_text()))


def flat(text: str) -> str:
    """Without the rule beside what people see, and on one line."""
    return " ".join(re.sub(r"^ +│ ?", "", text, flags=re.MULTILINE).split())


def in_order(text: str, *moments: str) -> None:
    at = 0
    for moment in moments:
        found = text.find(moment, at)
        assert found >= 0, f"“{moment}” does not come after “{text[max(0, at - 80) : at]}”"
        at = found + len(moment)


def test_it_ends_by_itself_in_time_says_nothing_on_stderr_and_leaves_nothing(told: Told) -> None:
    assert (told.code, told.err) == (0, "")
    # Where more runs than the machine has cores for, all takes as much longer.
    assert told.seconds < MOST * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert told.left == []
    assert "Traceback" not in told.out


def test_the_key_moments_come_in_order(told: Told) -> None:
    in_order(
        flat(told.out),
        "sends health-and-wellbeing-board-log.csv",
        "5 actions to add to the list of the Health and Wellbeing Board? Nothing was added yet.",
        "presses [Answer 2 questions…]",
        "fills it in (PHL = Public Health Lead for Children; YFL = Youth Forum Lead; ASM = Active Sefton Manager)",
        "5 rows read plainly",
        "presses [Add all 5]",
        "Added 5 actions: HW1, HW2, HW3, HW4 and HW5.",
        "A chair asks",
        "types /cypp status priority 7",
        "Priority 7 shares the 9 actions of theme Healthy (priorities 7–9)",
        "The request goes out",
        "Mon 17 Aug 2020, 09:30 Head of Education is sent:",
        "presses [On track] under healthy-5",
        "Recorded for healthy-5: on track",
        "presses [Some issues…] under healthy-4",
        "fills it in",
        "Recorded for healthy-4: some issues",
        "writes: 16sep-1 on track, the young voices were recorded last week",
        "Recorded for 16sep-1: on track",
        "writes: the youth version went to the printers on Friday",
        "presses [Record for 9sep-1: still on track]",
        "The reminder",
        "Wed 26 Aug 2020, 09:30",
        "presses [Done…] under 9sep-2",
        "The last call",
        "Tue 1 Sep 2020, 09:30",
        "writes: healthy-8 amber",
        "No update received, for the papers",
        "Wed 2 Sep 2020, 09:30 Democratic Services Officer is sent:",
        "The paper, as papers go out, and the day of the board",
        "Tue 8 Sep 2020, 16:00 Democratic Services Officer is sent:",
        "The paper for the Children and Young People's Partnership Board of Wed 16 Sep 2020 is ready, as a Word file.",
        "2020-09-16.docx]",
        "Tue 8 Sep 2020, 16:00 Chair of the partnership board is sent:",
        "Brief for the Children and Young People's Partnership Board of Wed 16 Sep 2020.",
        "types /cypp due 16 sep",
        "After the meeting",
        "Thu 17 Sep 2020, 09:30 Democratic Services Officer is sent:",
        "presses [Closed] under 9sep-2",
        "presses [Carry forward] under healthy-4",
        "presses [Not agreed…] under heard-10",
        "types /cypp close healthy-5 agreed minute 41",
        "presses [Outcomes recorded]",
        "overdue",
        "presses [Publish]",
        "in the board's channel:",
        "The next round, for the board of 23 October",
        "What partners contribute to Heard",
        "Youth Forum Lead writes: Our Youth Forum brings together",
        "on Heard: the contribution of Alder Hey Children's NHS Foundation Trust.",
        "types /cypp contribute police: three in four",
        "by e-mail of Tue 6 Oct 2020",
        "types /cypp contributions for 23 oct",
        "8 of 10 contributions received.",
        "The quarter's figures",
        "1 figure for Q2 2020/21 of yours is wanted.",
        "of yours is to be assessed for the new quarter.",
        "Principal Social Worker writes: m1.1 Q2 72%",
        "Recorded: m1.1, Q2 2020/21: 72 %, below the target of 75 %, improved.",
        "types /cypp scorecard",
        "m1.1 Children whose case was rated Good",
        "presses [Still 3 × 3 = 9]",
        "types /cypp risks",
        "ORG0009 Help with emotional health comes too late: 3 × 5 = 15, high, up from 12",
        "Thu 15 Oct 2020, 16:00 Democratic Services Officer is sent:",
        "2020-10-23.docx]",
        "Brief for the Children and Young People's Partnership Board of Fri 23 Oct 2020.",
        "Fri 23 Oct 2020",
        "types /cypp overdue",
        "The clocks have changed on Sunday 25 October",
        "Mon 26 Oct 2020, 09:30 Democratic Services Officer is sent:",
        "presses [Outcomes recorded]",
        "types /cypp status priority 7",
        "Three actions are made of what partners will do next",
        "chooses [Use the toolkit in every assessment, plan and visit of Early Help]",
        "Added 23oct-11: Early Help Manager, Sefton Council, due at the meeting of Tue 8 Dec 2020, theme Heard",
        "Added 23oct-12: 0–19 Service Manager",
        "Added 23oct-13: Principal Social Worker",
        "The years pass",
        "My Sefton 2020–2025 ends on Mon 31 Mar 2025.",
        "Carried (58):",
        "Tue 1 Apr 2025, 09:45 Head of Education is sent:",
        "My Sefton 2020–2025 ended on Mon 31 Mar 2025: what becomes of",
        "types /cypp plan",
        "My Sefton 2025–2030 runs from Tue 1 Apr 2025",
        "types /cypp old healthy-3",
        "it goes on as healthy-1",
    )


def test_the_chair_hears_one_sentence_that_can_be_read_out(told: Told) -> None:
    first = told.out.split("types /cypp status priority 7")[1].split("healthy-")[0]
    assert re.search(
        r"Priority 7 shares the 9 actions of theme Healthy \(priorities 7–9\)[:,] .*\d on track", flat(first)
    )


def test_the_request_is_a_bundle_with_buttons(told: Told) -> None:
    request = told.out.split("The request goes out")[1].split("presses [On track]")[0]
    for label in ("[On track]", "[Some issues…]", "[Off track…]", "[No change]", "[Done…]", "[Other…"):
        assert label in request


def test_outcomes_are_closed_carried_forward_and_not_agreed_and_leads_are_told(told: Told) -> None:
    after = flat(told.out.split("After the meeting: the secretary records")[1].split("The next round")[0])
    assert "9sep-2" in after
    assert "carried forward" in after
    assert "not agreed" in after.lower()
    assert "The board wants to see the contract's measures first" in after


def test_the_published_digest_names_posts_and_nobodys_account(told: Told) -> None:
    channel = told.out.split("in the board's channel:")[1].split("The next round")[0]
    assert "overdue" in channel
    assert not re.search(r"\bU0[A-Z]{6,}", told.out)


def test_the_hour_is_the_same_after_the_clocks_change(told: Told) -> None:
    hours = set(re.findall(r"(\d\d:\d\d)  [^\n]* is sent:", told.out.split("The clocks have changed")[1]))
    assert "09:30" in hours
    assert "08:30" not in hours
    assert "10:30" not in hours


def test_nothing_in_it_reads_as_broken(told: Told) -> None:
    for word in ("went wrong", "None", "{", "Exception", "not be opened", "TODO"):
        assert word not in told.out, word
