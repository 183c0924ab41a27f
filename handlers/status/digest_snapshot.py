"""A digest as the secretary saw it, kept so that what is published says the same.

Kept are the actions, their statuses and facts, and the sentences; not people's words. Last words are looked up when the
digest is published, and shown only where they are still those of then: so what was held back or redacted meanwhile is.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from handlers.context import RequestContext
from handlers.formatting import WORDS, clipped, day_said, last_said
from handlers.responses import ActionLine, Bar, Content, Group, Picture
from models.enums import Status
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView

SHOWN = "shown"
"""Where in a digest's fingerprint it stands what the digest showed."""

Frozen = dict[str, Any]


def snapshot_of(content: Content, views: Iterable[ActionView], today: date) -> Frozen:
    """Return what a digest showed on a day, without people's words."""
    last = {view.ref: _last(view) for view in views}
    return {
        "on": today.isoformat(),
        "headline": content.headline,
        "intro": list(content.intro),
        "footer": list(content.footer),
        "groups": [
            {
                "heading": group.heading,
                "texts": list(group.texts),
                "empty": group.empty,
                "lines": [[line.ref, line.status.value, list(line.facts), last[line.ref]] for line in group.lines],
            }
            for group in content.groups
        ],
        "picture": asdict(content.picture) if content.picture else None,
    }


def _last(view: ActionView) -> str:
    """Return which words were the last: by whom and when, not what they say."""
    return f"{view.last_on or ''} {view.last_by}".strip()


def restored_digest(ctx: RequestContext, shown: Frozen) -> Content:
    """Return what a digest showed, to be published, with the day it is of."""
    refs = {line[0] for group in shown["groups"] for line in group["lines"]}
    views = {view.ref: view for view in ctx.views(ActionFilter(refs=refs))} if refs else {}
    return Content(
        shown["headline"],
        intro=(f"As of {day_said(shown_on(shown))}.", *shown["intro"]),
        groups=tuple(
            Group(
                group["heading"],
                texts=tuple(group["texts"]),
                lines=tuple(_line(views[line[0]], *line[1:]) for line in group["lines"] if line[0] in views),
                empty=group["empty"],
            )
            for group in shown["groups"]
        ),
        footer=tuple(shown["footer"]),
        key=True,
        picture=picture_in(shown.get("picture")),
    )


def picture_in(kept: dict[str, Any] | None) -> Picture | None:
    """Return a picture from the form in which it was stored."""
    if not kept:
        return None
    bars = tuple(
        Bar(bar["label"], bar["said"], tuple((Status(status), count) for status, count in bar["counts"]))
        for bar in kept["bars"]
    )
    return Picture(kept["title"], kept["lead"], bars, kept["note"])


def _line(view: ActionView, status: str, facts: list[str], last: str) -> ActionLine:
    words = last_said(view) if _last(view) == last else ""
    return ActionLine(view.ref, clipped(view.words, WORDS), Status(status), tuple(facts), words)


def shown_on(shown: Frozen) -> date:
    """Return the day a digest is of."""
    return date.fromisoformat(shown["on"])


def shown_in(fingerprint: str) -> Frozen | None:
    """Return what the digest of a fingerprint showed; None where that was not kept."""
    found = json.loads(fingerprint).get(SHOWN) if fingerprint else None
    return found if isinstance(found, dict) else None


def mark_of(fingerprint: str) -> str:
    """Return a short mark of all that a digest showed, for its button."""
    return sha256(json.dumps(shown_in(fingerprint), sort_keys=True).encode()).hexdigest()[:16]


def same(one: str, other: str) -> bool:
    """Return whether two digests say the same of the same actions, whatever day they are of."""
    return _told(one) == _told(other)


def _told(fingerprint: str) -> dict[str, Any]:
    told = json.loads(fingerprint) if fingerprint else {}
    return {name: value for name, value in told.items() if name != SHOWN}
