"""Small pieces from which the shape of a block is written down: each checks one value and names the place.

A rule takes a value, its JSON pointer and a `RuleReport`, and adds a sentence to the report for each thing Slack would
refuse. The sentences follow those Slack gives in `response_metadata.messages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RuleReport:
    """What is wrong with one message or view, and the characters all its text objects have together."""

    problems: list[str] = field(default_factory=list)
    characters: int = 0

    def add(self, pointer: str, problem: str) -> None:
        """Record one problem at one place."""
        self.problems.append(f"[ERROR] {problem} [json-pointer:{pointer}]")


Rule = Callable[[Any, str, RuleReport], None]


def string(maximum: int, minimum: int = 0, pattern: str | None = None) -> Rule:
    """Return a rule for a string of `minimum` to `maximum` characters."""

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, str):
            report.add(pointer, "must be a string")
        elif len(value) < minimum:
            report.add(pointer, f"must be more than {minimum - 1} characters")
        elif len(value) > maximum:
            report.add(pointer, f"must be less than {maximum + 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            report.add(pointer, "must match the expected pattern")

    return rule


def url(maximum: int = 3000) -> Rule:
    """Return a rule for an absolute address."""
    return string(maximum, 1, r"(?is)[a-z][a-z0-9+.\-]*:\S+")


def boolean(value: Any, pointer: str, report: RuleReport) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        report.add(pointer, "must be a boolean")


def integer(minimum: int, maximum: int) -> Rule:
    """Return a rule for a whole number in a range."""

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            report.add(pointer, f"must be an integer from {minimum} to {maximum}")

    return rule


def number(value: Any, pointer: str, report: RuleReport) -> None:
    """Check for a number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        report.add(pointer, "must be a number")


def one_of(*allowed: str) -> Rule:
    """Return a rule for one of a few words."""

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if value not in allowed:
            report.add(pointer, "must be a valid enum value")

    return rule


def anything(value: Any, pointer: str, report: RuleReport) -> None:
    """Accept any value."""


def array(item: Rule, minimum: int, maximum: int) -> Rule:
    """Return a rule for a list of `minimum` to `maximum` items."""

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, list):
            report.add(pointer, "must be an array")
            return
        if len(value) < minimum:
            report.add(pointer, f"no less than {minimum} items allowed")
        if len(value) > maximum:
            report.add(pointer, f"no more than {maximum} items allowed")
        for index, each in enumerate(value):
            item(each, f"{pointer}/{index}", report)

    return rule


def object_of(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """Return a rule for an object with these fields and no others; the choice of this rule has checked `type`."""
    known = {**required, **(optional or {})}

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, dict):
            report.add(pointer, "must be an object")
            return
        for name in required:
            if value.get(name) is None:
                report.add(pointer, f"missing required field: {name}")
        for name, part in value.items():
            if name == "type":
                continue
            if name not in known:
                report.add(f"{pointer}/{name}", f"invalid additional property: {name}")
            elif part is not None:
                known[name](part, f"{pointer}/{name}", report)

    return rule


def typed(kinds: Mapping[str, Rule], *allowed: str) -> Rule:
    """Return a rule for an object whose `type` chooses its rule; with `allowed`, only these types may stand here.

    `kinds` is looked up when the rule runs, so tables may refer to each other.
    """

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, dict):
            report.add(pointer, "must be an object")
            return
        kind = value.get("type")
        if kind is None:
            report.add(pointer, "missing required field: type")
        elif not isinstance(kind, str) or kind not in kinds or (allowed and kind not in allowed):
            report.add(f"{pointer}/type", f"unsupported type: {kind}")
        else:
            kinds[kind](value, pointer, report)

    return rule


def text_rule(maximum: int, *kinds: str) -> Rule:
    """Return a rule for a text object of at least one character.

    Source: https://docs.slack.dev/reference/block-kit/composition-objects/.
    """
    allowed = kinds or ("plain_text", "mrkdwn")

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        if not isinstance(value, dict):
            report.add(pointer, "must be an object")
            return
        kind = value.get("type")
        if kind not in allowed:
            report.add(f"{pointer}/type", "must be a valid enum value")
        fields = {"emoji": boolean} if kind == "plain_text" else {"verbatim": boolean}
        object_of({"text": string(maximum, 1)}, fields)(value, pointer, report)
        if isinstance(value.get("text"), str):
            report.characters += len(value["text"])

    return rule


def plain_rule(maximum: int) -> Rule:
    """Return a rule for a text object that must be plain_text."""
    return text_rule(maximum, "plain_text")


def all_of(*rules: Rule) -> Rule:
    """Return a rule that applies several, up to the first that finds something."""

    def rule(value: Any, pointer: str, report: RuleReport) -> None:
        before = len(report.problems)
        for each in rules:
            each(value, pointer, report)
            if len(report.problems) > before:
                return

    return rule
