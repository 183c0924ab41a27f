"""Who may do what. Pure; checked on the server for every command, button, form and reply.

Source: docs/explanation/boards-and-dates.md, Who may do what.
"""

from dataclasses import dataclass
from typing import Self

from models.enums import Verb
from models.plan.accounts import Membership, Roles


@dataclass(frozen=True, slots=True)
class About:
    """What somebody wants to do it to: the lead's post and the home board of an action, or a board alone."""

    lead_post_id: int | None = None
    board_id: int | None = None


def may(roles: Roles, verb: Verb, about: About | None = None) -> bool:
    """Return whether somebody with these roles may do this.

    Anyone in the workspace reads, guests and strangers only when the plan names them. A lead, contact officer or
    deputy answers for the own actions; the home board's secretary for all of the board; an administrator for all.
    What belongs to no one board (who holds a post, what an organisation is called) any secretary may change.
    """
    about = about or About()
    member = roles.membership is Membership.MEMBER or roles.named
    leads = about.lead_post_id is not None and about.lead_post_id in roles.posts
    keeps = about.board_id is not None and about.board_id in roles.secretary_of
    chairs = about.board_id is not None and about.board_id in roles.chair_of
    match verb:
        case Verb.READ:
            return member
        case Verb.ANSWER | Verb.CLEARANCE | Verb.CONTRIBUTE:
            return leads or keeps or roles.is_administrator
        case Verb.SNOOZE:
            return leads
        case Verb.ASK_REPLAN:
            return leads
        case Verb.REPLAN | Verb.OUTCOME:
            return keeps or chairs or roles.is_administrator
        case Verb.DIGEST | Verb.PUBLISH | Verb.BRIEF | Verb.EXEMPT:
            return keeps or chairs or roles.is_administrator
        case Verb.ASSIGN | Verb.ADD | Verb.REDACT | Verb.MEETINGS | Verb.BOARD | Verb.PAPERS | Verb.CHASE:
            return keeps or roles.is_administrator
        case Verb.DEPUTISE | Verb.MEASURE | Verb.RISK:
            return leads or bool(roles.secretary_of) or roles.is_administrator
        case Verb.PEOPLE | Verb.ORGANISATION | Verb.FIGURES:
            return bool(roles.secretary_of) or roles.is_administrator
        case Verb.EXPORT:
            return bool(roles.secretary_of or roles.chair_of) or roles.is_administrator
    raise AssertionError(verb)


def may_see_held(roles: Roles, about: About) -> bool:
    """Return whether somebody sees words that are not for publication.

    The lead's side does, the home board's secretary and chair, and administrators
    (docs/explanation/data-protection.md, Not for publication).
    """
    return may(roles, Verb.ANSWER, about) or may(roles, Verb.OUTCOME, about)


class NotAllowed(str):
    """The sentence for somebody who may not; `verb` is what: the log has it in place of the words."""

    __slots__ = ("verb",)
    verb: Verb

    def __new__(cls, sentence: str, verb: Verb) -> Self:
        """Keep the sentence and its verb."""
        made = super().__new__(cls, sentence)
        made.verb = verb
        return made


class NotHere(str):
    """The sentence for a button or form that names what this plan has not, not any more, or never had."""

    __slots__ = ()


def why_not(verb: Verb, ref: str = "", lead: str = "", secretary: str = "") -> NotAllowed:
    """Return the sentence for somebody who may not: whose it is, and whom to turn to."""
    return NotAllowed(_whose(verb, ref, lead, secretary), verb)


def _whose(verb: Verb, ref: str, lead: str, secretary: str) -> str:
    keeper = f"the board’s secretary ({secretary})" if secretary else "the board’s secretary"
    match verb:
        case Verb.READ:
            return "The plan is open to members of this workspace and to people it names: ask the board’s secretary."
        case Verb.SNOOZE:
            whose = f"{ref} is led by {lead}" if lead else f"{ref} has no lead yet"
            return (
                f"{whose}, so nothing was put off: only whoever acts for its lead is asked; {keeper} changes the lead."
            )
        case Verb.ANSWER:
            whose = f"{ref} is led by {lead}" if lead else f"{ref} has no lead yet"
            return (
                f"{whose}, so nothing was recorded: only its lead, a contact officer, a deputy or {keeper} can answer."
            )
        case Verb.REPLAN | Verb.ASK_REPLAN:
            return f"{ref} was not moved: {keeper} or the chair moves actions; its lead can ask for it."
        case Verb.OUTCOME:
            return f"Nothing was recorded for {ref}: outcomes are recorded by {keeper} or the chair."
        case Verb.DIGEST | Verb.PUBLISH:
            return f"The digest is for {keeper} and the chair: “/cypp overdue” shows what is overdue to everyone."
        case Verb.CHASE:
            return f"Nobody was asked: {keeper} can ask them. “/cypp overdue” shows what is overdue to everyone."
        case Verb.BRIEF:
            return f"The brief is for the chair and {keeper}: “/cypp status” shows how things stand."
        case Verb.EXEMPT:
            return f"The exempt items are for {keeper} and the chair: “/cypp status” shows what is for everyone."
        case Verb.FIGURES:
            return f"The figures are for {keeper} and administrators: “/cypp status” shows how things stand."
        case Verb.PAPERS:
            return f"The paper is made by {keeper} or an administrator: “/cypp status” shows how things stand."
        case Verb.CLEARANCE:
            whose = f"whoever acts for {lead}, " if lead else ""
            return f"Nothing was recorded: {whose}{keeper} or an administrator answers for clearances."
        case Verb.CONTRIBUTE:
            whose = f"{lead} contributes" if lead else "A partner contributes"
            return (
                f"Nothing was recorded: {whose} by whoever acts for one of its posts, {keeper} or an administrator. "
                "“/cypp contributions” shows who has."
            )
        case Verb.MEASURE:
            whose = f"whoever acts for {lead}, " if lead else ""
            return f"Nothing was recorded for {ref}: {whose}{keeper} or an administrator gives its figures."
        case Verb.RISK:
            whose = f"whoever acts for {lead}, " if lead else ""
            return f"Nothing was recorded for {ref}: {whose}{keeper} or an administrator assesses it."
        case Verb.MEETINGS:
            return f"The meetings were not changed: {keeper} does that. “/cypp meetings” shows them."
        case Verb.ASSIGN:
            return f"The lead of {ref} was not changed: {keeper} does that."
        case Verb.ADD:
            return f"Nothing was added: {keeper} adds actions to the board’s list. “/cypp status” shows the plan."
        case Verb.REDACT:
            return f"Nothing was redacted{f' in {ref}' if ref else ''}: {keeper} or an administrator does that."
        case Verb.DEPUTISE:
            return (
                f"Nothing was changed: whoever acts for the post, {keeper} or an administrator does that. "
                "“/cypp status” shows the plan."
            )
        case Verb.PEOPLE:
            return (
                f"Nothing was changed: {keeper} or an administrator says who holds a post. "
                "“/cypp status” shows the plan."
            )
        case Verb.BOARD:
            return f"The board was not changed: {keeper} does that. “/cypp board” shows how it is set."
        case Verb.ORGANISATION:
            return f"Nothing was changed: {keeper} or an administrator changes organisations. “/cypp orgs” shows them."
        case Verb.EXPORT:
            return f"The export is for {keeper}, the chair and administrators: “/cypp status” shows the plan."
    raise AssertionError(verb)
