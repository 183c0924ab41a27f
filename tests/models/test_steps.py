"""The steps of the ledger: each is stored as one text, which never changes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import MessageState, NotificationKind, OutcomeKind, Step
from models.rules.steps import (
    FORMS,
    STEP_BY_TEXT,
    AboutEntry,
    ChairDecision,
    Chased,
    ClearanceAsked,
    FirstDigest,
    LeadChange,
    LedgerStep,
    MeetingChanged,
    MoveDeclined,
    MoveDone,
    MoveDoneForLead,
    MoveRequested,
    Occasion,
    PlanEnded,
    PlanFollowed,
    PlanResumed,
    Promised,
    Published,
    PutOff,
    Side,
    SomebodyLeft,
    Undelivered,
    WeeklyDigest,
    Wish,
    Wished,
    narrow_step,
    read_step,
    write_step,
)
from models.storage.notification_tables import Notification
from models.storage.restored import mark_of_reason

DAY = date(2020, 8, 20)
TEXTS: list[tuple[str, LedgerStep]] = [
    ("", Occasion.ONLY),
    ("request", Step.REQUEST),
    ("reminder", Step.REMINDER),
    ("last call", Step.LAST_CALL),
    ("snoozed to 2020-08-20", PutOff(DAY)),
    ("to follow by 2020-08-20", Promised(DAY)),
    ("no update received", Occasion.NO_UPDATE),
    ("after the meeting", Occasion.AFTER_MEETING),
    ("outcome", Occasion.OUTCOME),
    ("papers", Occasion.PAPERS),
    ("digest, outcomes recorded", Occasion.OUTCOMES_RECORDED),
    ("first digest of 2020-08-20", FirstDigest(DAY)),
    ("chased 2020-08-20 by 7", Chased(DAY, 7)),
    ("digest of 2020-08-20", WeeklyDigest(DAY)),
    ("pressed 2020-08-20", Published(DAY)),
    ("failed", Undelivered(MessageState.FAILED)),
    ("uncertain", Undelivered(MessageState.UNCERTAIN)),
    ("closed", ChairDecision(OutcomeKind.CLOSED)),
    ("carried forward", ChairDecision(OutcomeKind.CARRIED_FORWARD)),
    ("not agreed", ChairDecision(OutcomeKind.NOT_AGREED)),
    ("closed, not done", ChairDecision(OutcomeKind.CLOSED_NOT_DONE)),
    ("no decision", ChairDecision(OutcomeKind.NO_DECISION)),
    ("update 345", AboutEntry(345)),
    ("meeting change 345", MeetingChanged(345)),
    ("update 345 12/1", MoveRequested(345, "12/1")),
    ("moved 7", MoveDone(7)),
    ("told 7", MoveDoneForLead(7)),
    ("left 345", MoveDeclined(345)),
    ("left board 3", SomebodyLeft(3)),
    ("clearance hr-and-ict sent 2020-08-20 after 2", ClearanceAsked("hr-and-ict", DAY, 2)),
    ("plan 3 ended", PlanEnded(3)),
    ("plan 3 followed", PlanFollowed(3)),
    ("plan 3 resumed", PlanResumed(3)),
    ("call board 3 1f0c", Wished(Wish.CALL, 3, "1f0c")),
    ("new 12 345", LeadChange(Side.NEW, 12, 345)),
    ("former 12 0", LeadChange(Side.FORMER, 12, 0)),
    ("holds 12 7", LeadChange(Side.HOLDS, 12, 7)),
    ("held 12 7", LeadChange(Side.HELD, 12, 7)),
]
"""Every text that a ledger has ever had in it, of whichever revision."""
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(0),
    "date": st.dates(),
    "str": st.builds("{}/{}".format, st.integers(0), st.integers(0)),
    "Side": st.sampled_from(Side),
    "Wish": st.sampled_from(Wish),
}
SORTS = [
    st.builds(sort, **{part.name: PARTS[getattr(part.type, "__name__", "")] for part in fields(sort)}) for sort in FORMS
]


@pytest.mark.parametrize(("text", "step"), TEXTS, ids=[text or "empty" for text, _ in TEXTS])
def test_each_text_of_an_old_ledger_is_read_and_written_as_it_was(text: str, step: LedgerStep) -> None:
    assert read_step(text) == step
    assert write_step(step) == text


def test_every_sort_of_step_is_in_the_table() -> None:
    assert {type(step) for _, step in TEXTS} == set(get_args(LedgerStep))
    assert set(STEP_BY_TEXT.values()) <= {step for _, step in TEXTS}


@given(st.one_of(SORTS))
def test_any_step_is_read_as_it_was_written(step: LedgerStep) -> None:
    text = write_step(step)
    assert read_step(text) == step


@pytest.mark.parametrize("text", ["update", "update x", "snoozed to friday", "left board", "New 1 2", "request "])
def test_what_is_no_step_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(ValueError, match="is no step of the ledger"):
        read_step(text)


def test_a_step_of_another_sort_than_its_kind_has_is_refused() -> None:
    assert narrow_step(AboutEntry(3), AboutEntry) == AboutEntry(3)
    with pytest.raises(ValueError, match="'moved 3' is no AboutEntry"):
        narrow_step(MoveDone(3), AboutEntry)


@pytest.mark.parametrize(
    ("side", "moved_away", "by_action"),
    [
        pytest.param(Side.NEW, False, True, id="the post that an action came to"),
        pytest.param(Side.FORMER, True, True, id="the post that it went from"),
        pytest.param(Side.HOLDS, False, False, id="who holds a post now"),
        pytest.param(Side.HELD, True, False, id="who held it before"),
    ],
)
def test_each_side_of_a_change_of_lead_answers_on_or_no_more(side: Side, moved_away: bool, by_action: bool) -> None:
    change = LeadChange(side, 12, 345)
    assert (change.moved_away, change.by_action) == (moved_away, by_action)


@pytest.mark.parametrize(
    ("step", "mark"),
    [(Step.REQUEST, "4b55ea5386ee1b2d"), (LeadChange(Side.NEW, 12, 345), "4826bb5d834286bb")],
)
def test_the_mark_of_a_reason_is_what_older_copies_sent_with_it(step: LedgerStep, mark: str) -> None:
    """A plan restored from an older backup is asked whether this was sent: the mark must never change."""
    reason = Notification(
        workspace_id="T0ONE",
        kind=NotificationKind.UPDATE,
        subject=5,
        meeting_id=2,
        meeting_day=date(2020, 9, 16),
        step=step,
        recipient="person:7",
    )
    assert mark_of_reason(reason) == mark
