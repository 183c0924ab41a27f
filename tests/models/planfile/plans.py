"""A small plan file that is in order, and what a changed copy of it is refused for."""

from __future__ import annotations

from models.files.planfile import PlanFileRefused, Problem, read_plan

PLAN = """\
plan: {name: Our plan, area: Sefton, from: 2020-04-01, to: 2025-03-31}
themes: [{key: heard, name: Heard, aliases: [voice]}]
priorities: [{number: 1, title: Listen, theme: heard}, {number: 2, title: Include}]
organisations: [{key: council, name: The Council, closed: [{from: 2020-08-01, to: 2020-08-09}]}]
posts:
  - key: head-of-education
    title: Head of Education
    organisation: council
    holder: {name: Head, email: head@example.org, slack: U0HEADEDU}
    deputies: [{name: Deputy, email: deputy@example.org, from: 2020-08-10, to: 2020-08-28}]
administrators: [{email: ict@example.org}]
boards:
  - key: partnership
    name: Partnership Board
    secretary: head-of-education
    meetings:
      - {date: 2020-06-10, time: "14:00"}
      - {date: 2020-09-16, focus: heard}
      - {date: 2020-10-23, state: cancelled}
      - {expected: 2020-12}
actions:
  - {ref: heard-1, kind: deliverable, words: Write it, theme: heard, lead: head-of-education, due: 2020-09-16}
  - {ref: heard-2, kind: standing commitment, words: Have a family approach, priorities: [1, 2]}
  - {ref: heard-3, kind: board action, words: Show it, theme: heard, given: {meeting: 2020-06-10}, due_date: 2020-10-01}
"""


def changed(old: str, new: str) -> str:
    """The plan with one place in it changed; the place must be there."""
    assert PLAN.count(old) >= 1, old
    return PLAN.replace(old, new, 1)


def refused(source: str | bytes) -> tuple[Problem, ...]:
    """The problems a file is refused for, none when it is not."""
    try:
        read_plan(source, "plan.yaml")
    except PlanFileRefused as refusal:
        return refusal.problems
    return ()
