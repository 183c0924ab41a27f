"""Bring a plan file into the form in which the database gives it back, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.enums import Kind
from models.files.plan_measures import in_full
from models.files.plan_risks import as_computed
from models.files.planfile import PlanFile, schema
from models.files.planfile.schema import Administrator, FileAction, FileBoard, FilePerson, FilePost


def as_stored(plan: PlanFile, day: date) -> PlanFile:
    """Return a plan as `models.files.stored_plan` would give it back after an import on a local day.

    Left out are the provenance of posts and meetings and what a standing commitment says of a due meeting; written out
    are the kind, the home board and the date of a status. One person for one account, by one name.
    """
    people = _people(plan)
    return plan.model_copy(
        update={
            "posts": tuple(_post(post, people) for post in plan.posts),
            "administrators": tuple(
                someone.model_copy(update=_whole(someone, people))
                for someone in _first_of_each(plan.administrators, people)
            ),
            "quiet": tuple(one.model_copy(update=_whole(one, people)) for one in plan.quiet if one.ends >= day),
            "boards": tuple(_board(board) for board in plan.boards),
            "actions": tuple(_action(action, plan, day) for action in plan.actions),
            "values": in_full(plan),
            "assessments": as_computed(plan),
        }
    )


def people_mentioned(plan: PlanFile) -> Iterator[FilePerson]:
    """Yield every mention of a person in a plan."""
    for post in plan.posts:
        yield from ([post.holder] if post.holder else [])
        yield from post.contact_officers
        yield from post.deputies
    yield from plan.administrators
    yield from plan.quiet


def _people(plan: PlanFile) -> dict[int, FilePerson]:
    """Map each mention of a person (by its id) to all that is known under that account."""
    known: dict[str, list[str]] = {}
    mentioned: dict[int, list[str]] = {}
    for someone in people_mentioned(plan):
        facts = known.get(someone.slack or "") or known.get(someone.email or "") or ["", "", ""]
        for at, fact in enumerate((someone.name, someone.email, someone.slack)):
            facts[at] = facts[at] or fact or ""
        for account in (facts[2], facts[1].lower()):
            if account:
                known.setdefault(account, facts)
        mentioned[id(someone)] = facts
    return {
        where: FilePerson.model_construct(name=facts[0] or None, email=facts[1] or None, slack=facts[2] or None)
        for where, facts in mentioned.items()
    }


def _first_of_each(people: tuple[Administrator, ...], known: dict[int, FilePerson]) -> list[Administrator]:
    first: dict[FilePerson, Administrator] = {}
    for someone in people:
        first.setdefault(known[id(someone)], someone)
    return list(first.values())


def _whole(someone: FilePerson, people: dict[int, FilePerson]) -> dict[str, str | None]:
    return people[id(someone)].model_dump()


def _post(post: FilePost, people: dict[int, FilePerson]) -> FilePost:
    return post.model_copy(
        update={
            "holder": people[id(post.holder)] if post.holder else None,
            "contact_officers": tuple(people[id(someone)] for someone in post.contact_officers),
            "deputies": tuple(one.model_copy(update=_whole(one, people)) for one in post.deputies),
            "provenance": None,
        }
    )


def _board(board: FileBoard) -> FileBoard:
    meetings = tuple(meeting.model_copy(update={"source": None}) for meeting in board.meetings)
    return board.model_copy(update={"meetings": meetings})


def _action(action: FileAction, plan: PlanFile, day: date) -> FileAction:
    home = plan.home_board(action).key
    places = [organisation.key for organisation in plan.organisations]
    said = action.status_words or action.evidence
    standing = action.kind is Kind.STANDING
    first_board = action.first_due_board if action.first_due_board != home else None
    same = action.first_due == action.due and first_board is None
    moved = None if standing or same else action.first_due
    return action.model_copy(
        update={
            "kind_written": action.kind,
            "priorities": tuple(sorted(action.priorities)),
            "supporting": tuple(sorted(dict.fromkeys(action.supporting), key=places.index)),
            "board": home,
            "first_due": moved,
            "first_due_board": first_board if moved else None,
            "moved_because": None,
            "given": _at_home(action.given, home),
            "agreed": _at_home(action.agreed, home),
            "status_date": (action.status_date or day) if said else None,
            "source": action.source if action.source and action.source != schema.ActionSource() else None,
        }
    )


def _at_home(where: schema.GivenAt | schema.AgreedAt | None, home: str) -> schema.GivenAt | schema.AgreedAt | None:
    return where.model_copy(update={"board": None}) if where and where.board == home else where
