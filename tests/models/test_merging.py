"""Importing again: what is new is added, what was changed in the file alone is applied, the rest is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, Status, Way
from models.errors import Refusal
from models.files.export import export_plan
from models.files.merging.apply import merge_plan
from models.files.merging.compare import Merge
from models.files.planfile import PlanFile, PlanFileRefused, read_plan
from models.files.stored_plan import stored_plan
from models.files.workbook import read_workbook
from models.records.history import record_replan, record_update
from models.storage.base import Base
from models.storage.history_tables import Quiet, Replan, SettingChange, Update
from models.storage.tables import Action, Appointment, Meeting, Person, Post
from models.storage.workspaces import LOCAL
from tests.conftest import examples
from tests.models.plan_in_database import NOW, TODAY, action, database, signed
from tests.models.planfile.plans import PLAN
from tests.models.workbook.books import put, saved
from tests.models.workbook.drawn import PLANS

LATER = NOW + timedelta(days=3)


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        yield session


def exported(session: Session) -> str:
    return export_plan(session, LOCAL, ".yaml", TODAY).content.decode()


def merged(session: Session, text: str, *, dry_run: bool = False) -> Merge:
    return merge_plan(session, LOCAL, read_plan(text, "plan.yaml"), "plan.yaml", LATER, dry_run=dry_run)


def conflicts(session: Session, text: str) -> list[str]:
    before = everything(session)
    with pytest.raises(PlanFileRefused) as refused:
        merged(session, text)
    assert everything(session) == before
    return [str(problem) for problem in refused.value.problems]


def everything(session: Session) -> list[object]:
    """Whatever an import writes, as rows."""
    return [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))]


def swap(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return change


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PLANS)
def test_importing_an_export_of_any_plan_is_nothing_to_do(plan: PlanFile) -> None:
    with database(plan) as session:
        before = everything(session)
        merge = merged(session, exported(session))
        assert (merge.nothing_to_do, merge.absent, merge.ignored) == (True, [], [])
        assert everything(session) == before


def test_the_file_that_was_imported_first_is_nothing_to_do_too(session: Session) -> None:
    assert next(merged(session, PLAN).sentences()).startswith("Nothing to do")


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (("words: Write it", "words: Write it well"), "heard-1, words: Write it → Write it well"),
        (("name: Our plan", "name: Our own plan"), "plan, name: Our plan → Our own plan"),
        (("name: Heard", "name: Listening"), "theme heard, name: Heard → Listening"),
        (("title: Include", "title: Include all"), "priority 2, title: Include → Include all"),
        (("to: 2020-08-09", "to: 2020-08-12"),
         "organisation council, closed: 2020-08-01, 2020-08-09 → 2020-08-01, 2020-08-12"),
        (("title: Head of Education", "title: Director"),
         "post head-of-education, title: Head of Education → Director"),
        (("name: Head\n", "name: New head\n"), "post head-of-education, holder: Head, head@example.org, U0HEADEDU → "
         "New head, head@example.org, U0HEADEDU"),
        (("to: 2020-08-28", "to: 2020-09-28"), "post head-of-education, deputies: Deputy, deputy@example.org, "
         "2020-08-10, 2020-08-28 → Deputy, deputy@example.org, 2020-08-10, 2020-09-28"),
        (("name: Partnership Board", "name: The Board"), "board partnership, name: Partnership Board → The Board"),
        (("\n  secretary: head-of-education", ""), "board partnership, secretary: head-of-education → nothing"),
        (("time: '14:00'", "time: '15:30'"), "meeting partnership 2020-06-10, time: 14:00 → 15:30"),
        (("state: cancelled", "note: held after all"),
         "meeting partnership 2020-10-23, note: nothing → held after all"),
        (("due_date: 2020-10-01", "due_date: 2020-10-02"), "heard-3, due_date: 2020-10-01 → 2020-10-02"),
        (("- 1\n  - 2\n", "- 2\n"), "heard-2, priorities: 1; 2 → 2"),
        (("\n  lead: head-of-education", ""), "heard-1, lead: head-of-education → nothing (a handover)"),
    ],
)  # fmt: skip
def test_a_value_changed_in_the_file_alone_is_applied(session: Session, pair: tuple[str, str], told: str) -> None:
    text = exported(session)
    changed = swap(pair)(text)
    dry = merged(session, changed, dry_run=True)
    assert any(told in sentence for sentence in dry.sentences())
    before = everything(session)
    assert list(merged(session, changed).sentences()) == list(dry.sentences())
    assert everything(session) != before
    session.expire_all()
    stored, _ = stored_plan(session, LOCAL, TODAY)
    assert stored == dry.merged
    assert merged(session, changed).nothing_to_do


def test_a_dry_run_writes_nothing(session: Session) -> None:
    before = everything(session)
    assert not merged(session, swap(("Write it", "Write"))(exported(session)), dry_run=True).nothing_to_do
    assert everything(session) == before


def test_what_is_new_is_added_with_its_status(session: Session) -> None:
    text = exported(session)
    new = (
        "- {ref: heard-9, words: New, theme: play, lead: clerk, kind: deliverable, due: 2021-01-20, status: on track}\n"
    )
    text = text.replace("exported:", f"{new}exported:")
    text = text.replace("themes:\n", "themes:\n- {key: play, name: Play}\n")
    text = text.replace("posts:\n", "posts:\n- {key: clerk, title: Clerk, organisation: cvs, holder: {name: Kim}}\n")
    text = text.replace("organisations:\n", "organisations:\n- {key: cvs, name: CVS}\n")
    text = text.replace("  meetings:\n", "  meetings:\n  - {date: 2021-01-20}\n")
    merge = merged(session, text)
    assert list(merge.sentences()) == [
        "Added (5): theme Play, organisation CVS, post Clerk, meeting of Partnership Board on 2021-01-20 and heard-9 "
        "(New)."
    ]
    row = action(session, "heard-9")
    assert (row.status, row.position) == (Status.ON_TRACK, 3)
    assert row.lead_post_id == session.scalars(select(Post.id).where(Post.key == "clerk")).one()
    assert merged(session, text).nothing_to_do


def test_a_moved_due_meeting_is_a_replan_and_needs_its_reason(session: Session) -> None:
    text = swap(("  due: 2020-09-16\n", "  due: 2020-12\n"))(exported(session))
    assert conflicts(session, text) == [
        'heard-1, due says "2020-12": its due meeting is moved from 2020-09-16 without a reason; '
        "write why under `moved_because:`"
    ]
    merge = merged(session, text.replace("  due: 2020-12\n", "  due: 2020-12\n  moved_because: posts vacant\n", 1))
    assert list(merge.sentences()) == ["Re-planned (1): heard-1, due: 2020-09-16 → 2020-12, because posts vacant."]
    entry = session.scalars(select(Replan)).one()
    assert (entry.reason, entry.way, entry.counted, entry.signature) == (
        "posts vacant", Way.IMPORT, True, "import of plan.yaml",
    )  # fmt: skip
    row = action(session, "heard-1")
    assert (row.replans, row.first_due_meeting_id != row.due_meeting_id) == (1, True)


def test_a_replan_from_a_meeting_that_the_file_cancels_is_not_counted(session: Session) -> None:
    text = swap(
        ("  due: 2020-09-16\n", "  due: 2020-12\n  moved_because: the meeting is off\n"),
        ("- date: 2020-09-16\n", "- date: 2020-09-16\n    state: cancelled\n"),
    )(exported(session))
    merged(session, text)
    assert (session.scalars(select(Replan)).one().counted, action(session, "heard-1").replans) == (False, 0)


def test_a_first_due_meeting_is_no_replan(session: Session) -> None:
    text = swap(("due_date: 2020-10-01\n", "due: 2020-12\n"))(exported(session))
    assert merged(session, text).changes[0].reason == ""
    assert action(session, "heard-3").replans == 0


def test_a_changed_lead_is_a_handover_in_the_history(session: Session) -> None:
    merged(session, swap(("  lead: head-of-education\n", ""))(exported(session)))
    entry = session.scalars(select(Update)).one()
    assert (entry.kind, entry.words) == (AnswerKind.ASSIGNED, "Head of Education, The Council → no lead")


def test_what_an_action_was_before_it_was_changed_is_in_the_history(session: Session) -> None:
    changed = swap(("words: Write it", "words: Write it well"), ("due_date: 2020-10-01", "due_date: 2020-10-02"))
    merged(session, swap(("- 1\n  - 2\n", "- 2\n"))(changed(exported(session))))
    assert [
        (entry.kind, entry.words, entry.signature) for entry in session.scalars(select(Update).order_by(Update.id))
    ] == [
        (AnswerKind.REWORDED, "Write it", "import of plan.yaml"),
        (AnswerKind.EDITED, "priorities: 1; 2 → 2", "import of plan.yaml"),
        (AnswerKind.EDITED, "due date: 2020-10-01 → 2020-10-02", "import of plan.yaml"),
    ]


def test_a_value_changed_in_both_is_a_conflict_and_all_of_them_are_told(session: Session) -> None:
    text = exported(session)
    row = action(session, "heard-1")
    row.words = "Write it down"
    later = session.scalars(select(Meeting.id).where(Meeting.expected != "")).one()
    record_replan(session, row, later, "no room", signed())
    text = swap(("words: Write it", "words: Write it up"), ("  due: 2020-09-16\n", "  due: 2020-06-10\n"))(text)
    assert conflicts(session, text) == [
        'heard-1, words says "Write it up": since the export of 10 Aug 2020 the plan says "Write it down"; '
        "write that here, or export again and change that file",
        'heard-1, due says "2020-06-10": since the export of 10 Aug 2020 the plan says "2020-12"; '
        "write that here, or export again and change that file",
    ]


def test_a_value_changed_in_the_plan_alone_stays(session: Session) -> None:
    text = exported(session)
    action(session, "heard-1").words = "Write it down"
    assert merged(session, text).nothing_to_do
    assert action(session, "heard-1").words == "Write it down"


def test_the_same_change_in_both_is_no_conflict(session: Session) -> None:
    text = swap(("words: Write it", "words: Write it down"))(exported(session))
    action(session, "heard-1").words = "Write it down"
    assert merged(session, text).nothing_to_do


def test_status_and_updates_of_an_action_that_is_there_are_left(session: Session) -> None:
    text = swap(("words: Write it\n", "words: Write it\n  status: off track\n  status_words: No room\n"))(
        exported(session)
    )
    record_update(session, action(session, "heard-1"), AnswerKind.UPDATE, signed(), status=Status.ON_TRACK, words="Ok")
    merge = merged(session, text)
    assert list(merge.sentences())[1] == (
        "Status and updates are read for new actions only, and stay as the plan has them (1): heard-1."
    )
    assert action(session, "heard-1").status is Status.ON_TRACK


def test_rows_that_are_absent_are_listed_and_left_alone(session: Session) -> None:
    text = exported(session)
    start, end = text.index("- ref: heard-3"), text.index("exported:")
    merge = merged(session, text[:start] + text[end:])
    assert merge.absent == ["heard-3"]
    assert session.scalar(select(func.count(Action.id))) == 3


def test_what_was_added_to_the_plan_since_the_export_is_not_called_absent(session: Session) -> None:
    text = exported(session)
    new = "- {ref: heard-9, words: New, theme: heard}\nexported:"
    merged(session, text.replace("exported:", new))
    assert merged(session, text).absent == []


def test_what_has_gone_from_the_plan_since_is_not_added_again(session: Session) -> None:
    text = exported(session)
    session.delete(session.scalars(select(Meeting).where(Meeting.expected != "")).one())
    assert merged(session, text).gone == ["meeting partnership 2020-12"]
    changed = swap(("- expected: 2020-12", "- expected: 2020-12\n    note: x"))(text)
    assert conflicts(session, changed)[0].startswith("meeting partnership 2020-12: this has gone from the plan")


def test_a_file_without_a_revision_adds_and_changes_nothing(session: Session) -> None:
    more = PLAN + "  - {ref: heard-9, words: New, theme: heard}\n"
    assert conflicts(session, more.replace("words: Write it", "words: Write")) == [
        'heard-1, words says "Write": the plan says "Write it", and the file carries no revision to tell which is '
        "newer; write what the plan says, or export the plan and change that file"
    ]
    assert merged(session, more).added == ["actions heard-9"]


def quiet_and_last_days(session: Session) -> tuple[str, Person]:
    """An export in which an administrator gets a last day, and a holder quiet days."""
    text = exported(session).replace("administrators:\n- ", "administrators:\n- until: 2031-01-31\n  ")
    assert "until: 2031-01-31" in text
    holder = session.scalars(select(Person).where(Person.email != "")).first()
    assert holder is not None
    return text + f"quiet:\n- {{email: {holder.email}, from: 2030-08-01, to: 2030-08-31}}\n", holder


def quiet_days(session: Session) -> list[tuple[date, date]]:
    return [(row.first_day, row.last_day) for row in session.scalars(select(Quiet))]


def test_quiet_days_and_an_administrators_last_day_are_applied_with_who_and_when(session: Session) -> None:
    text, holder = quiet_and_last_days(session)
    told = " ".join(merged(session, text, dry_run=True).sentences())
    assert "until: no end → 2031-01-31" in told
    assert "2030-08-01 to 2030-08-31 as well" in told
    assert quiet_days(session) == []
    merged(session, text)
    assert quiet_days(session) == [(date(2030, 8, 1), date(2030, 8, 31))]
    administrator = session.scalars(select(Person).where(Person.is_administrator)).one()
    assert administrator.administrator_until == date(2031, 1, 31)
    entries = session.scalars(select(SettingChange).order_by(SettingChange.setting)).all()
    assert [(one.setting, one.after["of"], one.signature, one.way, one.at) for one in entries] == [
        ("administrator until", administrator.id, "import of plan.yaml", Way.IMPORT, LATER),
        ("quiet days", holder.id, "import of plan.yaml", Way.IMPORT, LATER),
    ]
    assert merged(session, exported(session)).nothing_to_do


def test_quiet_days_that_the_file_has_no_more_end_and_somebody_absent_keeps_theirs(session: Session) -> None:
    merged(session, quiet_and_last_days(session)[0])
    text = exported(session)
    found = merged(session, swap(("  to: 2030-08-31", "  to: 2030-08-20"))(text), dry_run=True)
    assert "2030-08-01 to 2030-08-20 as well" in (told := " ".join(found.sentences()))
    assert "2030-08-01 to 2030-08-31 no more" in told
    merged(session, swap(("  to: 2030-08-31", "  to: 2030-08-20"))(text))
    assert quiet_days(session) == [(date(2030, 8, 1), date(2030, 8, 20))]
    text = exported(session)
    found = merged(session, text[: text.index("quiet:")] + text[text.index("boards:") :])
    assert [one for one in found.absent if "quiet" in one]
    assert quiet_days(session) == [(date(2030, 8, 1), date(2030, 8, 20))]


def test_a_last_day_changed_in_both_is_a_conflict_and_ended_quiet_days_do_not_come_back(session: Session) -> None:
    merged(session, quiet_and_last_days(session)[0])
    text = exported(session)
    session.scalars(select(Person).where(Person.is_administrator)).one().administrator_until = date(2032, 1, 31)
    session.execute(delete(Quiet))
    session.flush()
    assert not merged(session, text, dry_run=True).changes
    (problem,) = conflicts(session, text.replace("2031-01-31", "2033-01-31"))
    assert 'the plan says "2032-01-31"' in problem


def test_a_boards_settings_changed_by_an_import_are_on_record(session: Session) -> None:
    merged(session, swap(("  name: Partnership Board\n", "  name: Children’s Board\n"))(exported(session)))
    entry = session.scalars(select(SettingChange)).one()
    assert (entry.setting, entry.before, entry.after) == ("name", "Partnership Board", "Children’s Board")
    assert entry.signature == "import of plan.yaml"


def test_another_plan_altogether_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="holds a plan already, “Our plan”, so nothing was stored"):
        merged(session, PLAN.replace("Our plan", "Their plan"))


def test_what_the_plan_has_become_meanwhile_is_checked_against(session: Session) -> None:
    new = "- {ref: heard-9, words: New, theme: heard, kind: deliverable, due: 2020-12}\nexported:"
    text = exported(session).replace("exported:", new)
    session.scalars(select(Meeting).where(Meeting.expected != "")).one().expected = "2021-02"
    session.flush()
    assert "heard-9, due" in conflicts(session, text)[0]


def test_a_new_holder_begins_today_and_the_old_one_ended_yesterday(session: Session) -> None:
    holder = "  holder:\n    name: Head\n    email: head@example.org\n    slack: U0HEADEDU\n"
    merged(session, swap((holder, "  holder:\n    name: Sam\n    email: sam@example.org\n"))(exported(session)))
    rows = session.execute(
        select(Person.name, Appointment.first_day, Appointment.last_day)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.capacity == "holder")
        .order_by(Appointment.id)
    ).all()
    today = LATER.date()
    assert [tuple(row) for row in rows] == [("Head", None, today - timedelta(days=1)), ("Sam", today, None)]


def test_an_action_that_is_closed_is_not_moved(session: Session) -> None:
    text = exported(session)
    row = action(session, "heard-1")
    row.first_status = row.status = Status.CLOSED_NOT_DONE
    row.first_words, row.first_words_on = "withdrawn", TODAY
    moved = swap(("  due: 2020-09-16\n", "  due: 2020-12\n  moved_because: x\n"))(text)
    assert "the action is closed, so it is due at nothing" in conflicts(session, moved)[0]


def test_a_conflict_in_a_workbook_has_its_cell(session: Session) -> None:
    book = load_workbook(io.BytesIO(export_plan(session, LOCAL, ".xlsx", TODAY).content))
    put("Actions!H2", "2020-12")(book)
    read = read_workbook(saved(book), "plan.xlsx")
    with pytest.raises(PlanFileRefused) as refused:
        merge_plan(session, LOCAL, read.plan, "plan.xlsx", LATER, place=read.cell)
    assert [str(problem) for problem in refused.value.problems] == [
        'Actions!H2 says "2020-12": its due meeting is moved from 2020-09-16 without a reason; '
        "write why under Moved because"
    ]
