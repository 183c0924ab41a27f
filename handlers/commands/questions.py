"""What can be asked of the plan, and words that name no command, as frozen command objects.

What a question is about stays as typed.
"""

from datetime import date
from enum import StrEnum

from handlers.commands import Command


class ShowStatus(Command):
    """`status`, `status priority 7`, `status theme healthy`, `status healthy-5`. `target` as typed, "" is the plan."""

    target: str = ""
    page: int = 0


class ShowPlans(Command):
    """`plan`: which plan runs, and which have ended."""


class PlanForm(StrEnum):
    """In what the plan on a page comes."""

    WORDS = ""
    PICTURE = "picture"
    WORD = "word"
    WEB = "web"


class ShowPlanPage(Command):
    """`plan on a page [picture, word, web]`: the whole plan on one sheet."""

    form: PlanForm = PlanForm.WORDS


class ShowForwardPlan(Command):
    """`forward plan [board]`: what goes to which meeting within the next twelve months."""

    board: str = ""


class ShowMine(Command):
    """`mine`: the actions the asker answers for."""

    page: int = 0


class ShowOverdue(Command):
    """`overdue [board]`."""

    board: str = ""
    page: int = 0


class ShowDue(Command):
    """`due [meeting]`; `meeting` as typed, "" is the next of each board."""

    meeting: str = ""
    page: int = 0


class ShowOwing(Command):
    """`owing [meeting or board]`: who still owes an answer; as typed, "" is the next meeting of each board."""

    about: str = ""
    page: int = 0


class ChaseLeads(Command):
    """`chase [lead or organisation] [for a meeting or board] [anyway]`: ask those who owe an answer, at once.

    As typed; "" is everyone, and the next meeting of each board. `anyway`: also those whom the schedule asked today.
    """

    whom: str = ""
    about: str = ""
    anyway: bool = False


class ShowChanges(Command):
    """A question what has changed since a meeting; `since` as typed, "" is the latest meeting held."""

    since: str = ""
    page: int = 0


class ShowLeaderless(Command):
    """A question which actions have no lead."""

    page: int = 0


class AskPlan(Command):
    """A question in plain words, as typed (`handlers.reading.queries`)."""

    typed: str
    page: int = 0


class Find(Command):
    """`find words`."""

    words: str
    page: int = 0


class WhatFits(Command):
    """A question that is none of those known: what it names in the plan is offered, nothing is guessed."""

    typed: str


class ShowMeetings(Command):
    """`meetings [board]`."""

    board: str = ""


class ShowDigest(Command):
    """`digest [board]`."""

    board: str = ""


class ShowFigures(Command):
    """`figures [since DAY]`: how messages were read, and who answered before papers; `since` as typed."""

    since: str = ""


class Help(Command):
    """`help [command]`."""

    topic: str = ""


DAY_MEANT = "{day}"
"""Stands in words that are typed again for the day that is chosen."""


class Unclear(Command):
    """Words that are no command: what was typed, the nearest command, and one sentence that says what to do.

    `meant`: what they may be a mistyping of, to be recorded on a press; `offers`: commands they may be instead, each
    to be said by a press. `whom`: they lack a person, whom a
    typed `@name` may name. `days`: those that a time in them may mean; `again` and `label`: the words, and those
    of the button, with `DAY_MEANT` for it.
    """

    typed: str
    nearest: str = ""
    say: str = ""
    meant: str = ""
    offers: tuple[str, ...] = ()
    whom: bool = False
    days: tuple[date, ...] = ()
    again: str = ""
    label: str = DAY_MEANT


class Pleasantry(Command):
    """Thanks, ok, will do, an emoji: a tick at most, never an update, never an error."""
