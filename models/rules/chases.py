"""Decide who is asked when a secretary chases a lead: one message a person and working day at most. Pure.

Source: docs/explanation/boards-and-dates.md, Chasing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.enums import Word
from models.rules.facts import Recipient


class ChaseFate(Word):
    """What a press comes to for one lead."""

    ASKED = "asked"
    CHASED_TODAY = "chased today already"
    ASKED_TODAY = "asked today already"
    """At a step of the schedule: they are chased only if the secretary says so."""
    AWAY = "away"
    PUT_OFF = "put off"
    NO_ACCOUNT = "no account"
    VACANT = "nobody holds the post"


class Chase(NamedTuple):
    """What a press comes to for one lead, and who is asked about which actions: action and person."""

    fate: ChaseFate
    asked: tuple[tuple[int, int], ...] = ()


def decide_chase(
    owed: Sequence[int],
    who: Sequence[Recipient],
    today: date,
    reachable: Collection[int],
    asked_today: Mapping[int, bool],
    put_off: Collection[tuple[int, int]],
    *,
    anyway: bool = False,
) -> Chase:
    """Return what a press comes to for one lead.

    Args:
        owed: the actions that the lead owes an answer on.
        who: the people who are asked for the post.
        today: the local day.
        reachable: the people who have an account that a message can be sent to.
        asked_today: the people who were asked since the last working day began, and whether by a chase.
        put_off: actions that somebody put off until later: action and person.
        anyway: whether those are chased whom the schedule asked today.
    """
    steps: tuple[tuple[ChaseFate, Callable[[Recipient], bool]], ...] = (
        (ChaseFate.VACANT, lambda one: True),
        (ChaseFate.NO_ACCOUNT, lambda one: one.person_id in reachable),
        (ChaseFate.AWAY, lambda one: not one.is_away(today)),
        (ChaseFate.CHASED_TODAY, lambda one: not asked_today.get(one.person_id, False)),
        (ChaseFate.ASKED_TODAY, lambda one: anyway or one.person_id not in asked_today),
    )
    left = list(who)
    for fate, may in steps:
        left = [one for one in left if may(one)]
        if not left:
            return Chase(fate)
    pairs = [(action, one.person_id) for action in owed for one in left]
    asked = tuple(pair for pair in pairs if pair not in put_off)
    return Chase(ChaseFate.ASKED, asked) if asked else Chase(ChaseFate.PUT_OFF)
