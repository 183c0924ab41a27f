"""The registry of scheduled notifications: every fact of every kind, as docs/explanation/boards-and-dates.md has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from handlers.notifications.wording import Each, Together
from models.enums import ABOUT_ACTIONS, ABOUT_PEOPLE, MessageClass, NotificationKind, Step
from models.rules.steps import AboutEntry, MoveDoneForLead, Occasion
from schedules.registry import NOTIFICATIONS, WRITERS, Need, ScheduledNotification, Subject

OF_MEETING, UNTIL_STOPPED, IN_PLACE = "of_meeting", "until_stopped", "changes_in_place"
SECRETARY = MessageClass.SECRETARY
Facts = tuple[type[Any], str, MessageClass, dict[Any, MessageClass], str, str, str, set[str]]
FACTS: dict[NotificationKind, Facts] = {
    NotificationKind.UPDATE: (
        Together,
        "write_bundle",
        MessageClass.PRESSED,
        {
            Step.REQUEST: MessageClass.BUNDLE,
            Step.REMINDER: MessageClass.BUNDLE,
            Step.LAST_CALL: MessageClass.LAST_CALL,
        },
        "ask_for_updates",
        "wake_to_ask",
        "why_not_asked",
        {OF_MEETING, UNTIL_STOPPED, IN_PLACE},
    ),
    NotificationKind.CONTRIBUTION: (
        Together,
        "write_contribution_requests",
        MessageClass.PRESSED,
        {
            Step.REQUEST: MessageClass.BUNDLE,
            Step.REMINDER: MessageClass.BUNDLE,
            Step.LAST_CALL: MessageClass.LAST_CALL,
        },
        "ask_for_contributions",
        "wake_to_ask",
        "why_contributed",
        {OF_MEETING, UNTIL_STOPPED, IN_PLACE},
    ),
    NotificationKind.FIGURE: (
        Together,
        "write_figure_requests",
        MessageClass.PRESSED,
        {
            Step.REQUEST: MessageClass.BUNDLE,
            Step.REMINDER: MessageClass.BUNDLE,
            Step.LAST_CALL: MessageClass.LAST_CALL,
        },
        "ask_for_figures",
        "",
        "why_figure_given",
        {IN_PLACE},
    ),
    NotificationKind.RISK: (
        Together,
        "write_risk_requests",
        MessageClass.PRESSED,
        {
            Step.REQUEST: MessageClass.BUNDLE,
            Step.REMINDER: MessageClass.BUNDLE,
            Step.LAST_CALL: MessageClass.LAST_CALL,
        },
        "ask_for_scores",
        "",
        "why_figure_given",
        {IN_PLACE},
    ),
    NotificationKind.OUTCOME: (
        Together,
        "write_outcomes",
        MessageClass.TOLD,
        {},
        "tell_outcomes",
        "wake_to_tell_outcomes",
        "why_decided_otherwise",
        {OF_MEETING, UNTIL_STOPPED, IN_PLACE},
    ),
    NotificationKind.NEW_LEAD: (
        Together,
        "write_new_for_you",
        MessageClass.TOLD,
        {},
        "",
        "",
        "why_lead_changed_again",
        set(),
    ),
    NotificationKind.MEETING: (
        Together,
        "write_meeting_changes",
        MessageClass.TOLD,
        {},
        "",
        "",
        "",
        {UNTIL_STOPPED},
    ),
    NotificationKind.PLAN_ENDED: (Together, "write_plan_end", MessageClass.TOLD, {}, "", "", "", set()),
    NotificationKind.NO_UPDATE: (
        Each,
        "write_no_update",
        SECRETARY,
        {},
        "report_no_update",
        "wake_for_no_update",
        "",
        {OF_MEETING, UNTIL_STOPPED, IN_PLACE},
    ),
    NotificationKind.AFTER_MEETING: (
        Each,
        "write_after_meeting",
        SECRETARY,
        {},
        "ask_for_outcomes",
        "wake_for_outcomes",
        "why_outcomes_recorded",
        {OF_MEETING, UNTIL_STOPPED, IN_PLACE},
    ),
    NotificationKind.DIGEST: (
        Each,
        "write_digest",
        SECRETARY,
        {Occasion.OUTCOMES_RECORDED: MessageClass.PRESSED},
        "send_digest",
        "wake_for_digest",
        "",
        {OF_MEETING, UNTIL_STOPPED},
    ),
    NotificationKind.PUBLISH: (
        Each,
        "write_digest",
        MessageClass.CHANNEL,
        {},
        "publish_digest",
        "wake_for_digest",
        "",
        {OF_MEETING},
    ),
    NotificationKind.PAPERS: (
        Each,
        "write_paper_ready",
        MessageClass.SECRETARY,
        {},
        "send_papers",
        "wake_for_papers",
        "",
        {OF_MEETING, UNTIL_STOPPED},
    ),
    NotificationKind.CLEARANCE: (
        Each,
        "write_clearance",
        MessageClass.TOLD,
        {AboutEntry: SECRETARY},
        "remind_of_clearances",
        "wake_for_clearances",
        "why_cleared",
        {OF_MEETING, UNTIL_STOPPED},
    ),
    NotificationKind.BRIEF: (
        Each,
        "write_brief",
        MessageClass.TOLD,
        {},
        "brief_the_chair",
        "wake_for_papers",
        "",
        {OF_MEETING, UNTIL_STOPPED},
    ),
    NotificationKind.IN_QUESTION: (Each, "write_in_question", SECRETARY, {}, "", "", "why_lead_answers", set()),
    NotificationKind.REPLAN: (Each, "write_replan_request", SECRETARY, {}, "", "", "why_replanned", set()),
    NotificationKind.REPORTED: (Each, "write_decided_by_chair", SECRETARY, {}, "", "", "why_open_again", set()),
    NotificationKind.OTHER_BOARD: (
        Each,
        "write_other_board",
        SECRETARY,
        {MoveDoneForLead: MessageClass.TOLD},
        "",
        "",
        "why_transfer_settled",
        set(),
    ),
    NotificationKind.KEEPER: (
        Each,
        "write_secretary_change",
        SECRETARY,
        {},
        "",
        "",
        "why_secretary_changed_again",
        set(),
    ),
    NotificationKind.LEFT: (Each, "write_somebody_left", SECRETARY, {}, "tell_of_leavers", "", "why_back", set()),
    NotificationKind.PASSED_ON: (Each, "write_passed_on", SECRETARY, {}, "", "", "", set()),
    NotificationKind.FAILED: (Each, "write_undelivered", SECRETARY, {}, "", "", "", {IN_PLACE}),
}


def named(function: Callable[..., Any] | None) -> str:
    return function.__name__ if function else ""


def facts_of(entry: ScheduledNotification) -> Facts:
    return (
        type(entry.write),
        named(entry.write.write),
        entry.counted_as,
        dict(entry.counted_at),
        named(entry.comes),
        named(entry.wakes),
        named(entry.lapses),
        {flag for flag in (OF_MEETING, UNTIL_STOPPED, IN_PLACE) if getattr(entry, flag)},
    )


@pytest.mark.parametrize("kind", NotificationKind)
def test_each_fact_of_a_kind_is_what_the_rules_say(kind: NotificationKind) -> None:
    assert facts_of(NOTIFICATIONS[kind]) == FACTS[kind]


def test_every_kind_stands_once_and_no_fact_is_left_out_here() -> None:
    assert list(NOTIFICATIONS) == list(WRITERS) == list(FACTS)
    assert set(NOTIFICATIONS) == set(NotificationKind)
    assert len(fields(ScheduledNotification)) == 15


READS = {
    NotificationKind.UPDATE: "what_is_asked",
    NotificationKind.OUTCOME: "what_was_decided",
    NotificationKind.NO_UPDATE: "what_concerns",
    NotificationKind.AFTER_MEETING: "what_awaits_outcomes",
    NotificationKind.LEFT: "what_leavers_led",
}
NEEDS: dict[NotificationKind, frozenset[Need]] = {
    NotificationKind.UPDATE: frozenset({Need.RECIPIENTS, Need.SNOOZES}),
    NotificationKind.NEW_LEAD: frozenset({Need.RECIPIENTS}),
    NotificationKind.LEFT: frozenset({Need.LEAVERS}),
    NotificationKind.CLEARANCE: frozenset({Need.CLEARANCES}),
    NotificationKind.CONTRIBUTION: frozenset({Need.CONTRIBUTIONS}),
    NotificationKind.FIGURE: frozenset({Need.FIGURES}),
    NotificationKind.RISK: frozenset({Need.FIGURES}),
}


@pytest.mark.parametrize("kind", NotificationKind)
def test_what_is_read_for_a_kind_is_what_it_depends_on(kind: NotificationKind) -> None:
    entry = NOTIFICATIONS[kind]
    assert (named(entry.reads), entry.needs) == (READS.get(kind, ""), NEEDS.get(kind, frozenset()))


def test_figures_and_scores_alone_are_asked_for_without_a_meeting() -> None:
    by_day = {kind: named(entry.wakes_by_day) for kind, entry in NOTIFICATIONS.items() if entry.wakes_by_day}
    assert by_day == dict.fromkeys((NotificationKind.FIGURE, NotificationKind.RISK), "wake_for_figures")


def test_papers_alone_are_frozen_and_followed_by_a_file() -> None:
    papers = NOTIFICATIONS[NotificationKind.PAPERS]
    assert (named(papers.begins), named(papers.file)) == ("freeze_at_deadline", "file_of_paper")
    others = [entry for kind, entry in NOTIFICATIONS.items() if kind is not NotificationKind.PAPERS]
    assert not any(entry.begins or entry.file for entry in others)


def test_what_each_kind_is_about_agrees_with_the_ledger() -> None:
    about = {subject: {kind for kind, entry in NOTIFICATIONS.items() if entry.about is subject} for subject in Subject}
    assert about[Subject.ACTION] == ABOUT_ACTIONS
    assert about[Subject.PERSON] == ABOUT_PEOPLE
    assert about[Subject.MESSAGE] == {NotificationKind.FAILED}
