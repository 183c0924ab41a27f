"""Who does something, the roles that may, and how the others are refused: what the rows of `who_may` are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.enums import Verb, Way

ITS_LEAD, CONTACT, DEPUTY = "its lead", "its contact officer", "its deputy"
OTHER_LEAD, NAMED = "another lead", "a stranger who is named"
KEEPER, OTHER_KEEPER = "the secretary", "the secretary of another board"
CHAIR, OTHER_CHAIR, ADMIN = "the chair", "the chair of another board", "an administrator"
MEMBER, GUEST, STRANGER, GONE = "a member", "a guest", "a stranger", "a closed account"

OWN = frozenset((ITS_LEAD, CONTACT, DEPUTY))
KEEP = frozenset((KEEPER, ADMIN))
KEEP_ANY = KEEP | {OTHER_KEEPER}
DECIDE = KEEP | {CHAIR}
ANSWER = OWN | KEEP
OTHER_SIDE = frozenset((OTHER_KEEPER, OTHER_CHAIR, ADMIN))
SERVE = OWN | {OTHER_LEAD, NAMED, KEEPER, OTHER_KEEPER, CHAIR, OTHER_CHAIR}
"""Whoever acts for some post."""
READ = SERVE | {ADMIN, MEMBER}
OUTSIDE = frozenset((GUEST, STRANGER, GONE))
LEAD_ALONE, KEEPER_ALONE = frozenset((ITS_LEAD,)), frozenset((KEEPER,))
"""Whoever wrote it."""
NOBODY: frozenset[str] = frozenset()

Said = Mapping[str, str]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done in one way.

    `covers`: the types of command, verbs of buttons or verbs of forms that it proves. `do`: what is typed, or the verb
    and value of a button, or those and the fields of a form. `gets`: the role and how the answer begins for those who
    may. `refused`: how it begins for the others, one of several. `stores`: who stores something by it; None for all who
    may.
    """

    verb: Verb
    covers: Any
    do: str | tuple[str, str] | tuple[str, str, Mapping[str, str]]
    gets: Said
    refused: tuple[str, ...] = ()
    stores: frozenset[str] | None = None
    in_words: str = ""
    """How the answer begins in the direct conversation, where no form can be opened."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The form's fields; none where it is no form."""
        return {} if isinstance(self.do, str) or len(self.do) == 2 else self.do[2]

    @property
    def way(self) -> Way:
        """How it is done."""
        return Way.COMMAND if isinstance(self.do, str) else Way.BUTTON if len(self.do) == 2 else Way.FORM

    @property
    def name(self) -> str:
        """What the test is called by."""
        return self.do if isinstance(self.do, str) else f"{self.do[0]} {self.do[1]}"


def all_of(roles: frozenset[str], begins: str) -> Said:
    """The same for each of some roles."""
    return dict.fromkeys(roles, begins)


LED = ("healthy-4 is led by Public Health Lead for Children, Sefton Council, so nothing was",)
LED_9 = ("healthy-9 is led by Public Health Lead for Children, Sefton Council, so nothing was",)
NOT_MOVED = ("healthy-4 was not moved: the board’s secretary (Democratic Services Officer",)
TICKED = '{"meeting":{10 Jun},"ticked":["{healthy-4}~99"]'
"""A box that is ticked, however many entries its action has by now."""
NOT_SETTLED = ("Nothing was recorded for that meeting",)
NOT_DECIDED = ("Nothing was recorded for healthy-4: outcomes are recorded by",)
NO_DIGEST = ("The digest is for",)
NO_BRIEF = ("The brief is for the chair",)
NO_EXEMPT = ("The exempt items are for",)
NO_PAPER = ("The paper is made by",)
NO_CLEARANCE = ("Nothing was recorded: ",)
NO_FIGURE = ("Nothing was recorded for m7.1: ",)
NO_RISK = ("Nothing was recorded for ORG0012: ",)
NO_CONTRIBUTION = ("Nothing was recorded: ",)
NO_MEETING = ("The meetings were not changed",)
NO_BOARD = ("The board was not changed",)
NOT_ADDED = ("Nothing was added",)
NOT_ASSIGNED = ("The lead of healthy-4 was not changed",)
NO_DEPUTY = ("Nothing was changed: whoever acts for the post",)
NO_OTHER_LEAD = ("The lead of 23oct-9 was not changed",)
NO_ORG = ("Nothing was changed: the board’s secretary or an administrator changes organisations",)
LABEL = "Public Health Lead for Children, Sefton Council"


def reads(covers: Any, typed: str, begins: str = "") -> Deed:
    """What everyone who may read may ask."""
    return Deed(Verb.READ, covers, typed, all_of(READ, begins), stores=NOBODY)
