"""A digest as the secretary saw it, kept so that what is published says the same.

Kept are the actions, their statuses and facts, and the sentences; not people's words. Last words are looked up when the
digest is published, and shown only where they are still those of then: so what was held back or redacted meanwhile is.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from handlers.context import RequestContext
from handlers.formatting import clipped, day_said
from handlers.list_rows import ROW_WORDS, row_last
from handlers.responses import ActionLine, Bar, Content, Group, Picture, RowCells
from handlers.status.digest_rows import SINCE_LAST, DigestSection, channel_sections, digest_groups
from models.charts.chart import Chart, chart_in
from models.enums import Status
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView

SHOWN = "shown"
"""Where in a digest's fingerprint it stands what the digest showed."""

Frozen = dict[str, Any]


def snapshot_of(
    content: Content,
    sections: Iterable[DigestSection],
    changed: Iterable[str],
    views: Mapping[str, ActionView],
    today: date,
) -> Frozen:
    """Return what a digest showed on a day, without people's words."""
    return {
        "on": today.isoformat(),
        "headline": content.headline,
        "intro": list(content.intro),
        "footer": list(content.footer),
        "sections": [
            {"heading": one.heading, "refs": list(one.refs), "rows": [_kept(row, views[row.ref]) for row in one.rows]}
            for one in sections
        ],
        "changed": list(changed),
        "picture": asdict(content.picture) if content.picture else None,
    }


def _kept(row: ActionLine, view: ActionView) -> dict[str, Any]:
    """Return a row without people's words."""
    assert row.cells is not None  # noqa: S101 - it is a row
    return {
        "ref": row.ref,
        "status": row.status.value,
        "facts": list(row.facts),
        "cells": asdict(row.cells),
        "last": _last(view),
    }


def _last(view: ActionView) -> str:
    """Return which words were the last: by whom and when, not what they say."""
    return f"{view.last_on or ''} {view.last_by}".strip()


def restored_digest(ctx: RequestContext, shown: Frozen, board: str) -> Content:
    """Return what a digest showed, to be published, with the day it is of; `board`: its key."""
    kept = shown["sections"]
    refs = {row["ref"] for one in kept for row in one["rows"]}
    views = {view.ref: view for view in ctx.views(ActionFilter(refs=refs))} if refs else {}
    rows = [[_row(views[row["ref"]], row) for row in one["rows"] if row["ref"] in views] for one in kept]
    groups = digest_groups(channel_sections(kept, rows), board, public=True)
    changed = (Group(SINCE_LAST, texts=tuple(shown["changed"])),) if shown["changed"] else ()
    return Content(
        shown["headline"],
        intro=(f"As of {day_said(shown_on(shown))}.", *shown["intro"]),
        groups=(*groups, *changed),
        footer=tuple(shown["footer"]),
        picture=picture_in(shown.get("picture")),
    )


def picture_in(kept: dict[str, Any] | None) -> Picture | Chart | None:
    """Return a picture from the form in which it was stored."""
    if not kept:
        return None
    if "points" in kept:
        return chart_in(kept)
    bars = tuple(
        Bar(
            bar["label"],
            bar["said"],
            tuple((Status(status), count) for status, count in bar["counts"]),
            bar.get("overdue", 0),
            bar.get("under", ""),
        )
        for bar in kept["bars"]
    )
    return Picture(kept["title"], kept["lead"], bars, kept["note"])


def _row(view: ActionView, kept: Frozen) -> ActionLine:
    return ActionLine(
        view.ref,
        clipped(view.words, ROW_WORDS),
        Status(kept["status"]),
        tuple(kept["facts"]),
        row_last(view) if _last(view) == kept["last"] else "",
        cells=RowCells(**kept["cells"]),
    )


def shown_on(shown: Frozen) -> date:
    """Return the day a digest is of."""
    return date.fromisoformat(shown["on"])


def shown_in(fingerprint: str) -> Frozen | None:
    """Return what the digest of a fingerprint showed; None where that was not kept."""
    found = json.loads(fingerprint).get(SHOWN) if fingerprint else None
    return found if isinstance(found, dict) and "sections" in found else None


def mark_of(fingerprint: str) -> str:
    """Return a short mark of all that a digest showed, for its button."""
    return sha256(json.dumps(shown_in(fingerprint), sort_keys=True).encode()).hexdigest()[:16]


def same(one: str, other: str) -> bool:
    """Return whether two digests say the same of the same actions, whatever day they are of."""
    return _told(one) == _told(other)


def _told(fingerprint: str) -> dict[str, Any]:
    told = json.loads(fingerprint) if fingerprint else {}
    return {name: value for name, value in told.items() if name != SHOWN}
