"""`find words`: what fits, what comes first, and what is never found. Pure examples, and ten thousand actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from bot.demo.sandbox import EXAMPLE_PLAN, TEAM, store_demo_plan
from handlers.actions.search import SearchHits, find, look
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.mentions import answer_mention
from handlers.responses import Content
from models.enums import AnswerKind, Kind, Status, Way
from models.files.planfile import read_plan
from models.plan.accounts import Actor, Membership, Roles
from models.plan.search_reads import Findable
from models.storage.engine import Database
from models.storage.history_tables import Update
from models.storage.tables import Action
from tests.bot.slack.e2e import when
from tests.growth import assert_linear

NOBODY = Roles(Actor("", ""), Membership.MEMBER)


def asked_by(session: Session, now: datetime) -> RequestContext:
    """Somebody asks."""
    return RequestContext(session, TEAM, NOBODY, now, registry=REGISTRY)


ACTIONS = [
    Findable(1, 1, Status.ON_TRACK, "heard-1", "Recommission the advocacy service",
             "Head of Commissioning Sefton Council", "Hear what children say Heard voice", "Bids close in August"),
    Findable(2, 2, Status.OFF_TRACK, "healthy-5", "Act on the emotional health survey",
             "Head of Education Sefton Council", "Good mental health Healthy Sefton schools", "Results went out"),
    Findable(3, 3, Status.SOME_ISSUES, "healthy-15", "Clean air near schools", "Environmental Health Manager",
             "Fairer chances Healthy health Merseyside Police police", "The advocacy group was asked"),
    Findable(4, 4, Status.COMPLETE, "7.3", "Children’s toolkit", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("advocacy", (1, 3)),  # in the words before in the last words
        ("Advocacy service", (1,)),
        ("healthy-5", (2,)),
        ("healthy 5", (2,)),
        ("7.3", (4,)),
        ("health", (2, 3)),
        ("head of education", (2,)),
        ("police", (3,)),
        ("schools", (3, 2)),  # in the words before around them
        ("school", (3, 2)),
        ("commission", (1,)),
        ("children's toolkit", (4,)),
        ("toolkits", (4,)),
        ("off track", (2,)),
        ("healthy off track", (2,)),
        ("amber", (3,)),
        ("closed", (4,)),
        ("the survey", (2,)),
        ("emotional advocacy", ()),
        ("", ()),
        ("the", ()),
        ("red book", ()),
    ],
)
def test_every_word_must_fit_and_the_best_comes_first(words: str, ids: tuple[int, ...]) -> None:
    assert find(words, ACTIONS).ids == ids


@pytest.mark.parametrize(
    ("words", "ids", "read"),
    [
        ("advocasy", (1, 3), (("advocasy", "advocacy"),)),
        ("emotoinal survey", (2,), (("emotoinal", "emotional"),)),
        ("aur", (), ()),  # three letters are too few to guess from
    ],
)
def test_a_word_the_plan_has_not_is_taken_for_what_it_is_nearest_to(
    words: str, ids: tuple[int, ...], read: tuple[tuple[str, str], ...]
) -> None:
    found = find(words, ACTIONS)
    assert (found.ids, found.read) == (ids, read)


def test_where_nothing_fits_the_words_that_do_are_offered() -> None:
    assert find("emotional advocacy zebra", ACTIONS) == SearchHits((), ("emotional", "advocacy"))
    assert find("zebra", ACTIONS) == SearchHits(())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(str(tmp_path_factory.mktemp("find") / "plan.db"))
    store_demo_plan(database, read_plan(EXAMPLE_PLAN.read_bytes(), EXAMPLE_PLAN.name), when(8, 17))
    return database


def test_words_that_are_not_for_publication_find_nothing(database: Database) -> None:
    with database.write(workspace=TEAM) as session:
        row = session.scalars(select(Action).where(Action.ref == "healthy-1")).one()
        for words, withheld in (("giraffes", ""), ("elephants", "names a school")):
            entry = Update(
                workspace_id=row.workspace_id,
                action_id=row.id,
                kind=AnswerKind.UPDATE,
                status=Status.ON_TRACK,
                words=words,
                way=Way.COMMAND,
                at=when(8, 17),
                withheld=withheld,
            )
            session.add(entry)
            session.flush()
            ctx = asked_by(session, when(8, 17))
            assert bool(look(ctx, words).ids) is (not withheld)
            keeper = replace(NOBODY, secretary_of=frozenset((row.board_id or 0,)))
            assert look(RequestContext(session, TEAM, keeper, when(8, 17), registry=REGISTRY), words).ids == (
                row.id,
            ), "who may see them finds them"
            to_all = RequestContext(session, TEAM, keeper, when(8, 17), shared=True, registry=REGISTRY)
            assert bool(look(to_all, words).ids) is (not withheld)
            given, for_everybody = answer_mention(
                RequestContext(session, TEAM, keeper, when(8, 17), registry=REGISTRY), f"find {words}"
            )
            assert isinstance(given.content, Content)
            assert given.content.headline == f"1 action has “{words}”.", "in a channel it is found for its writer alone"
            assert for_everybody is (not withheld)
        assert look(asked_by(session, when(8, 17)), "giraffes").ids == (), "older words are not the last ones"
        session.rollback()


def with_many_more(path: Path, many: int) -> Database:
    """The example in a database of its own, with so many actions more, each with an update."""
    database = Database(str(path))
    store_demo_plan(database, read_plan(EXAMPLE_PLAN.read_bytes(), EXAMPLE_PLAN.name), when(8, 17))
    with database.write(workspace=TEAM) as session:
        like = session.scalars(select(Action).where(Action.ref == "healthy-1")).one()
        session.execute(
            insert(Action),
            [
                {
                    "workspace_id": like.workspace_id,
                    "ref": f"many-{n}",
                    "ref_key": f"many-{n}",
                    "kind": Kind.DELIVERABLE,
                    "words": f"Make thing {n} ready for schools, families and young people in ward {n % 21}",
                    "lead_post_id": like.lead_post_id,
                    "theme_id": like.theme_id,
                    "board_id": like.board_id,
                    "created_at": when(8, 17),
                    "first_words": "Work has begun and the first figures are in",
                }
                for n in range(many)
            ],
        )
        session.execute(
            insert(Update),
            [
                {
                    "workspace_id": like.workspace_id,
                    "action_id": row,
                    "kind": AnswerKind.UPDATE,
                    "status": Status.ON_TRACK,
                    "words": f"Meeting {row} went well",
                    "way": Way.COMMAND,
                    "at": when(8, 17),
                }
                for row in session.scalars(select(Action.id)).all()
            ],
        )
    return database


def test_ten_thousand_actions_are_searched_with_a_few_queries_and_no_slower_than_their_number(tmp_path: Path) -> None:
    few, many = (with_many_more(tmp_path / f"{count}.db", count) for count in (2_500, 10_000))
    queries: list[str] = []
    with few.read(TEAM) as some, many.read(TEAM) as all_of_them:
        listen = lambda *given: queries.append(given[2])  # noqa: E731
        event.listen(all_of_them.get_bind(), "before_cursor_execute", listen)
        assert len(look(asked_by(all_of_them, when(8, 17)), "ward 7 schools").ids) > 400
        assert len(look(asked_by(all_of_them, when(8, 17)), "familis").ids) >= 10_000
        event.remove(all_of_them.get_bind(), "before_cursor_execute", listen)
        assert_linear(lambda session: look(asked_by(session, when(8, 17)), "ward 7 schools"), some, all_of_them)
        assert_linear(lambda session: look(asked_by(session, when(8, 17)), "familis"), some, all_of_them)
    assert len(queries) <= 36
