"""Plans drawn at random, all of them in order, with the texts in them that files of one sort or another trip over."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from models.enums import Kind, Status
from models.files.planfile import PlanFile
from models.files.planfile.problems import Problems
from models.files.planfile.reader import checked_plan

NASTY = (
    "=1+1", "+44 20", "-", "@here", "_x0041_", "_x005F_", "x005F_", "a; b", "x\\;y", "\\", "(example) z", "16/09/2020",
    "1", "1.10", "TRUE", "Name <a@b.org>", '"quoted"', "U0ABCDEFG", "A (U0ABCDEFG)", "2020-08-24 to 2020-09-04",
    "null", "~", "- item", "key: value", "# note", "{a}", "'",
    "№ 5, and 6", "שלום", "👩‍👩‍👧", "#REF!x", "a@b.org", "<>", "& <b>", "é",
    "0", "no", "12:30", "&P", ",", "a and b", "x, y",
)  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029"), max_size=14
    ),
).map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()) or "words")  # fmt: skip
MAYBE = st.none() | TEXT
DAYS = ("2020-06-10", "2020-09-16", "2020-10-23", "2021-01-20")
"""Planned meetings, in order."""
OTHER_DAY, MONTH = "2020-11-11", "2020-12"
SPAN = st.sampled_from([("2020-08-24", "2020-09-04"), ("2020-08-24", "2020-08-24")])
PROVENANCE = st.sampled_from([None, "documented", "illustrative"])


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Values in, those that say something out."""
    return {name: value for name, value in values.items() if value not in (None, "", [], (), {})}


@st.composite
def _people(draw: st.DrawFn, numbers: list[int], most: int = 2) -> list[dict[str, Any]]:
    found = []
    for _ in range(draw(st.integers(0, most))):
        numbers[0] += 1
        account = {"email": f"p{numbers[0]}@example.org", "slack": f"U0P{numbers[0]:06}"}
        chosen = draw(st.sampled_from([("email",), ("slack",), ("email", "slack"), ()]))
        name = draw(TEXT) if not chosen else draw(MAYBE)
        found.append(filled({"name": name, **{key: account[key] for key in chosen}}))
    return found


@st.composite
def _closed(draw: st.DrawFn) -> list[dict[str, Any]]:
    spans = draw(st.lists(SPAN, max_size=2))
    return [filled({"from": first, "to": last, "why": draw(MAYBE)}) for first, last in spans]


@st.composite
def _renames(draw: st.DrawFn, key: str) -> list[dict[str, Any]]:
    days = draw(st.lists(st.sampled_from(["2021-06-01", "2022-07-01"]), max_size=2, unique=True))
    return [{"from": day, "name": f"{draw(TEXT)} org {key} from {day}"} for day in days]


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """The raw values of a plan file."""
    numbers = [0]

    def several(prefix: str, least: int, most: int) -> list[str]:
        return [f"{prefix}-{at}" for at in range(draw(st.integers(least, most)))]

    def named(key: str, kind: str) -> dict[str, Any]:
        aliases = [f"{draw(TEXT)} {kind} {key} {at}" for at in range(draw(st.integers(0, 2)))]
        return filled({"key": key, "name": f"{draw(TEXT)} {kind} {key}", "aliases": aliases})

    themes = [named(key, "theme") for key in several("t", 0, 2)]
    theme_keys = [theme["key"] for theme in themes]
    organisations = [
        {**named(key, "org"), **filled({"closed": draw(_closed()), "renames": draw(_renames(key))})}
        for key in several("org", 1, 2)
    ]
    posts = []
    for key in several("post", 0, 3):
        people = draw(_people(numbers, 1))
        deputies = [{**one, **dict(zip(("from", "to"), draw(SPAN), strict=True))} for one in draw(_people(numbers))]
        posts.append(filled({
            "key": key, "title": draw(TEXT), "aliases": named(key, "post").get("aliases", []),
            "organisation": draw(st.sampled_from(organisations))["key"],
            "holder": people[0] if people else None, "contact_officers": draw(_people(numbers)), "deputies": deputies,
            "provenance": draw(st.sampled_from([None, {"lead": "documented"}, {"lead": "illustrative", "note": "n"}])),
        }))  # fmt: skip
    post_keys = [None, *(post["key"] for post in posts)]
    priorities = [
        filled({"number": str(at + 1), "title": draw(TEXT), "theme": draw(st.sampled_from([None, *theme_keys])),
                "aliases": [f"{draw(TEXT)} p {at}"] if draw(st.booleans()) else []})
        for at in range(draw(st.integers(0 if themes else 1, 3)))
    ]  # fmt: skip
    boards = []
    for key in several("b", 1, 2):
        chair = draw(st.sampled_from(post_keys))
        meetings = [
            filled({"date": day, "time": draw(st.sampled_from([None, "14:00", "09:05"])), "note": draw(MAYBE),
                    "focus": draw(st.sampled_from([None, *theme_keys])), "source": draw(PROVENANCE)})
            for day in DAYS
        ]  # fmt: skip
        meetings += [{"date": OTHER_DAY, "state": "cancelled"}, {"expected": MONTH}]
        boards.append(filled({
            **named(key, "board"), "secretary": draw(st.sampled_from(post_keys)), "chair": chair,
            "chair_until": draw(st.sampled_from([None, "2021-03-31"])) if chair else None,
            "channel": draw(st.sampled_from([None, "C0PARTNER"])), "closed": draw(_closed()),
            "papers": draw(st.sampled_from([None, {"days": "7"}, {"days": "3", "count": "calendar"}])),
            "updates_due": draw(st.sampled_from([None, {"days": "4"}])),
            "ask_for": draw(st.sampled_from([None, "all open"])),
            "publish": draw(st.sampled_from([None, "at once"])),
            "meetings": draw(st.permutations(meetings)),
        }))  # fmt: skip
    actions = [draw(_action(at, themes, priorities, organisations, post_keys, boards)) for at in
               range(draw(st.integers(0, 4)))]  # fmt: skip
    for whole in list(actions):
        for one in draw(st.lists(st.sampled_from(organisations), max_size=2, unique_by=id)):
            part = draw(_action(len(actions), themes, priorities, organisations, post_keys, boards))
            actions.append(part | {"part": {"of": whole["ref"], "partner": one["key"]}})
    if draw(st.booleans()):
        actions.reverse()
    return filled({
        "plan": filled({"name": draw(TEXT), "area": draw(TEXT), "from": "2020-04-01", "to": "2025-03-31",
                        "zone": draw(st.sampled_from([None, "Europe/Paris"]))}),
        "themes": themes, "priorities": priorities, "organisations": organisations, "posts": posts,
        "administrators": [
            filled({**one, "until": draw(st.sampled_from([None, "2021-03-31"]))})
            for one in draw(_people(numbers)) if "email" in one or "slack" in one
        ],
        **draw(_measures(themes, priorities, post_keys)),
        **draw(_risks(priorities, post_keys)),
        "quiet": [
            {**one, **dict(zip(("from", "to"), draw(SPAN), strict=True))}
            for one in draw(_people(numbers)) if "email" in one or "slack" in one
        ],
        "boards": boards, "actions": actions,
    })  # fmt: skip


@st.composite
def _action(
    draw: st.DrawFn,
    at: int,
    themes: list[dict[str, Any]],
    priorities: list[dict[str, Any]],
    organisations: list[dict[str, Any]],
    posts: list[str | None],
    boards: list[dict[str, Any]],
) -> dict[str, Any]:
    kind = draw(st.sampled_from([None, *Kind]))
    standing = kind in (None, Kind.STANDING)
    by_theme = bool(themes) and (not priorities or draw(st.booleans()))
    home = draw(st.sampled_from(boards))["key"]
    due = None if standing else draw(st.sampled_from([None, *DAYS[1:], MONTH]))
    first = draw(st.sampled_from([None, *(day for day in (*DAYS, OTHER_DAY) if day != due)])) if due else None
    given = kind is Kind.BOARD_ACTION and draw(st.booleans())
    elsewhere = draw(st.sampled_from([None, *(board["key"] for board in boards)]))
    status = draw(st.sampled_from(list(Status)))
    if standing and status in (Status.PROPOSED, Status.COMPLETE):
        status = Status.ON_TRACK
    needs_words = status in (Status.SOME_ISSUES, Status.OFF_TRACK, Status.CLOSED_NOT_DONE)
    agreed = {"board": elsewhere, "meeting": DAYS[1], "minute": draw(MAYBE)}
    return filled({
        "ref": f"{draw(st.sampled_from(['heard-', '7.', 'Äb ', '16sep-']))}{at + 1}",
        "number": draw(st.sampled_from([None, "7"])),
        "kind": kind and str(kind),
        "words": draw(TEXT),
        "theme": draw(st.sampled_from(themes))["key"] if by_theme else None,
        "priorities": [] if by_theme else [
            one["number"] for one in draw(st.lists(st.sampled_from(priorities), min_size=1, unique_by=id))
        ],
        "lead": draw(st.sampled_from(posts)),
        "supporting": [one["key"] for one in draw(st.lists(st.sampled_from(organisations), unique_by=id))],
        "board": home if len(boards) > 1 else draw(st.sampled_from([None, home])),
        "due": due,
        "first_due": first,
        "first_due_board": draw(st.sampled_from([None, *(board["key"] for board in boards)])) if first else None,
        "due_date": "2020-10-02" if kind is Kind.BOARD_ACTION and not due and draw(st.booleans()) else None,
        "given": filled({"board": elsewhere, "meeting": DAYS[0], "minute": draw(MAYBE)}) if given else None,
        "status": None if status is Status.NOT_STARTED else str(status),
        "status_words": draw(TEXT) if needs_words else draw(MAYBE),
        "status_date": draw(st.sampled_from([None, "2020-07-20"])),
        "evidence": draw(TEXT) if status is Status.PROPOSED else draw(MAYBE),
        "agreed": filled(agreed) if status is Status.COMPLETE else None,
        "source": filled({"document": draw(MAYBE), "lead": draw(PROVENANCE), "due": draw(PROVENANCE),
                          "note": draw(MAYBE)}),
    })  # fmt: skip


PERIODS = {
    "month": ("June 2020", "May 2019"),
    "quarter": ("Q1 2020/21", "Q4 2019/20"),
    "academic year": ("academic year 2018/19",),
    "financial year": ("2019/20", "2018/19"),
    "year to date": ("year to June 2020",),
    "rolling 12 months": ("12 months to June 2020", "12 months to March 2020"),
}
"""Periods that are over, by their kind."""
FIGURE = st.sampled_from([None, "0", "72", "72.50"])


@st.composite
def _measures(
    draw: st.DrawFn, themes: list[dict[str, Any]], priorities: list[dict[str, Any]], posts: list[str | None]
) -> dict[str, list[dict[str, Any]]]:
    measures, values = [], []
    for at in range(draw(st.integers(0, 2))):
        by_theme = bool(themes) and (not priorities or draw(st.booleans()))
        kind = draw(st.sampled_from(list(PERIODS)))
        measures.append(filled({
            "ref": f"m{at + 1}.1", "name": draw(TEXT), "said": draw(MAYBE), "period": kind,
            "theme": draw(st.sampled_from(themes))["key"] if by_theme else None,
            "priority": None if by_theme else draw(st.sampled_from(priorities))["number"],
            "good_is": draw(st.sampled_from([None, "low", "near the target"])),
            "unit": draw(st.sampled_from([None, "days", "rate per 10,000"])),
            "target": draw(FIGURE), "floor": draw(FIGURE), "unchanged": draw(st.sampled_from([None, "1.5"])),
            "compared_with": draw(st.sampled_from([None, "the year before"])), "baseline": draw(MAYBE),
            "provider": draw(st.sampled_from(posts)), "source": draw(MAYBE),
            "benchmarks": [draw(TEXT)] if draw(st.booleans()) else [],
        }))  # fmt: skip
        for period in draw(st.lists(st.sampled_from(PERIODS[kind]), unique=True)):
            figure = draw(FIGURE)
            values.append(filled({
                "measure": f"m{at + 1}.1", "period": period, "figure": figure, "note": draw(MAYBE),
                "state": draw(st.sampled_from([None, "provisional"])) if figure else "not available",
                "numerator": draw(st.sampled_from([None, "18"])), "target": draw(st.sampled_from([None, "99"])),
            }))  # fmt: skip
    return {"measures": measures, "values": values}


@st.composite
def _risks(
    draw: st.DrawFn, priorities: list[dict[str, Any]], posts: list[str | None]
) -> dict[str, list[dict[str, Any]]]:
    risks, assessments = [], []
    for at in range(draw(st.integers(0, 2))):
        risks.append(filled({
            "ref": f"ORG000{at + 1}", "title": draw(TEXT), "cause": draw(MAYBE), "event": draw(MAYBE),
            "priority": draw(st.sampled_from([None, *(one["number"] for one in priorities)])), "effect": draw(MAYBE),
            "target": draw(st.sampled_from([None, "8", "25"])), "treatment": draw(MAYBE),
            "owner": draw(st.sampled_from(posts)),
        }))  # fmt: skip
        for day in draw(st.lists(st.sampled_from(["2020-03-31", "2020-06-30"]), unique=True)):
            likelihood, impact = draw(st.integers(1, 5)), draw(st.integers(1, 5))
            assessments.append(filled({
                "risk": f"org{at + 1}", "day": day, "likelihood": str(likelihood), "impact": str(impact),
                "score": draw(st.sampled_from([None, str(likelihood * impact)])), "because": draw(MAYBE),
            }))  # fmt: skip
    return {"risks": risks, "assessments": assessments}


def _in_order(raw: dict[str, Any]) -> PlanFile:
    return checked_plan(raw, Problems({}), "drawn")


PLANS = values().map(_in_order)
"""Plans that are in order."""
