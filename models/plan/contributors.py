"""Reads who is asked for a return on a focus theme, and who still owes one."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import OPEN
from models.records.return_entries import contributions_to
from models.rules.contributions import (
    Contributor,
    Partner,
    PartnerPost,
    list_contributors,
    still_owed,
    takes_contributions,
)
from models.rules.facts import MeetingFacts
from models.storage.tables import Action, Organisation, Post


def contributors_of(session: Session, day: date) -> tuple[Contributor, ...]:
    """Return who gives a return on a day, by organisation in alphabetical order."""
    leads = select(func.count()).where(Action.lead_post_id == Post.id, Action.status.in_(OPEN)).scalar_subquery()
    wanted = select(
        Organisation.id, Organisation.name, Organisation.contributors, Organisation.last_day,
        Post.id, Post.key, Post.title, leads,
    ).outerjoin(Post, Post.organisation_id == Organisation.id)  # fmt: skip
    partners: dict[int, Partner] = {}
    posts: list[PartnerPost] = []
    for number, name, keys, last_day, post_id, key, title, leading in session.execute(wanted):
        partners[number] = Partner(number, name, tuple(keys), last_day)
        if post_id is not None:
            posts.append(PartnerPost(post_id, key, title, number, leading))
    return list_contributors(partners.values(), posts, day)


def owed_contributions(
    session: Session, meetings: Collection[MeetingFacts], day: date
) -> dict[int, tuple[Contributor, ...]]:
    """Return who still owes a return for each of some meetings, those left out that ask for none."""
    asking = {one.id: one.focus_theme_id for one in meetings if takes_contributions(one)}
    if not asking:
        return {}
    contributors = contributors_of(session, day)
    given = contributions_to(session, asking)
    return {
        number: still_owed(contributors, [one for one in given if (one.meeting_id, one.theme_id) == (number, theme)])
        for number, theme in asking.items()
    }
