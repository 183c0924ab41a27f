"""Small plans with what happens in some months of them, drawn by Hypothesis."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from models.rules.calendar import at_local
from tests.schedules.plans import LONDON, a_plan, action, board, person, post

LEADS = ("ann", "bob", "cat", "dan")


@dataclass(frozen=True)
class Happening:
    """Something somebody does at an instant; `pick` chooses to what."""

    at: datetime
    what: str
    pick: int
    more: int


@dataclass(frozen=True)
class Story:
    """A drawn plan, and what happens in it."""

    plan: str
    begin: datetime
    end: datetime
    leads: dict[str, str]
    """Each action's lead."""
    people: dict[str, tuple[str, ...]]
    """Who is asked for each lead's post."""
    happenings: tuple[Happening, ...]
    ticks: tuple[datetime, ...]
    down: tuple[datetime, datetime] | None


QUIET = ("answer", "answer", "answer", "no change", "to follow", "snooze", "snooze", "undo", "outcome", "recorded")
EVERYTHING = (*QUIET, "propose", "not ours", "assign", "replan", "move", "move", "cancel")


@st.composite
def stories(draw: st.DrawFn, kinds: tuple[str, ...], crowded: bool = False) -> Story:
    """`crowded`: several boards that meet within days of each other, and few people who lead it all."""
    first = draw(st.sampled_from([date(2020, 8, 3), date(2020, 10, 1), date(2020, 11, 23), date(2021, 3, 1)]))
    first += timedelta(days=draw(st.integers(0, 13)))
    begin = at_local(first, LONDON)

    def on(days: int) -> str:
        return (first + timedelta(days=days)).isoformat()

    boards, days_of = [], {}
    for key in ("partnership", "hwb", "scrutiny")[: draw(st.sampled_from([2, 3] if crowded else [1, 1, 2, 2, 2, 3]))]:
        days = [draw(st.sampled_from(range(34, 44) if crowded else range(12, 45)))]
        if not crowded and draw(st.booleans()):
            days.insert(0, days[0] - draw(st.sampled_from(range(14, 50))))
        for _ in range(draw(st.sampled_from([0, 1, 1]))):
            days.append(days[-1] + draw(st.sampled_from(range(14, 71))))
        days = [n if (first + timedelta(days=n)).weekday() < 5 else n + 2 for n in days]
        days_of[key] = [on(n) for n in dict.fromkeys(days)]
        closed = draw(st.sampled_from([None, None, *range(50)]))
        boards.append(
            board(
                key,
                *({"date": at, **({"focus": "heard"} if draw(st.booleans()) else {})} for at in days_of[key]),
                papers={"days": draw(st.sampled_from([3, 5])), "count": draw(st.sampled_from(["working", "calendar"]))},
                updates_due={"days": draw(st.sampled_from([3, 5]))},
                ask_for=draw(st.sampled_from(["due", "due", "all open"])),
                closed=[] if closed is None else [{"from": on(closed), "to": on(closed + 2)}],
                secretary=draw(st.sampled_from(["clerk", "clerk", "other-clerk"])),
            )
        )
    leads = LEADS[: draw(st.sampled_from([1, 2] if crowded else [1, 1, 2, 2, 3, 4]))]
    posts = [post("other-clerk")]
    people: dict[str, tuple[str, ...]] = {}
    for lead in leads:
        shape = draw(st.sampled_from(["plain"] * 5 + ["shared", "deputy", "no account", "vacant"]))
        more: dict[str, Any] = {"organisation": draw(st.sampled_from(["council", "schools"]))}
        people[lead] = (lead,)
        if shape == "shared":
            more["contact_officers"] = [person(LEADS[0]), person("officer")]
            people[lead] = tuple(dict.fromkeys((lead, LEADS[0], "officer")))
        elif shape == "deputy":
            since = draw(st.sampled_from(range(40)))
            until = since + draw(st.sampled_from(range(20)))
            more["deputies"] = [{**person("deputy"), "from": on(since), "to": on(until)}]
            people[lead] = (lead, "deputy")
        elif shape == "no account":
            more["holder"] = "no account"
        elif shape == "vacant":
            more["holder"] = False
            people[lead] = ()
        posts.append(post(lead, **more))
    actions, led = [], {}
    for number in range(draw(st.sampled_from([6, 7, 8] if crowded else range(1, 9)))):
        key = draw(st.sampled_from(sorted(days_of)))
        given_: dict[str, Any] = {"board": key, "lead": draw(st.sampled_from([*leads, *leads, *leads, None]))}
        kind = draw(st.sampled_from(["due"] * 6 + ["standing", "standing", "dated", "no due"]))
        if kind == "due":
            given_["due"] = draw(st.sampled_from(days_of[key]))
        elif kind == "standing":
            given_ |= {"kind": "standing commitment", "theme": draw(st.sampled_from(["heard", "healthy"]))}
        elif kind == "dated":
            given_ |= {"kind": "board action", "due_date": on(draw(st.sampled_from(range(-10, 60))))}
        actions.append(action(f"x-{number}", **given_))
        led[f"x-{number}"] = given_["lead"] or ""
    summer = draw(st.sampled_from(range(50)))
    closed_schools = [(on(summer), on(summer + draw(st.sampled_from(range(25)))))] if draw(st.booleans()) else []
    span = draw(st.sampled_from(range(35, 66)))
    instants = st.builds(
        lambda day_, minute: begin + timedelta(days=day_, minutes=minute),
        st.sampled_from(range(span)),
        st.sampled_from([-600, -1, 0, 1, *range(-120, 700, 7)]),
    )
    happening = st.builds(
        Happening, instants, st.sampled_from(kinds), st.sampled_from(range(8)), st.sampled_from(range(30))
    )
    happenings = draw(st.lists(happening, min_size=2, max_size=6 if crowded else 16))
    down = None
    if draw(st.sampled_from([True, False, False, False])):
        stopped = draw(instants)
        down = (stopped, stopped + timedelta(days=draw(st.sampled_from(range(1, 9)))))
    return Story(
        plan=a_plan(boards=boards, posts=posts, actions=actions, closed=closed_schools),
        begin=begin,
        end=begin + timedelta(days=span),
        leads=led,
        people=people,
        happenings=tuple(sorted(happenings, key=lambda one: one.at)),
        ticks=tuple(draw(st.lists(instants, max_size=6))),
        down=down,
    )
