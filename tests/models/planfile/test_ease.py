"""What a plan file need not say, or may say as people say it: kinds, numbers, keys, names, statuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml

from models.enums import Kind, Status
from models.files.planfile import PlanFile, read_plan, report_on
from models.files.planfile.part_names import PartNames
from models.files.planfile.writer import plan_values, write_plan
from tests.models.planfile.plans import PLAN, changed, refused

NOW = datetime(2020, 9, 17, 9, tzinfo=UTC)

SAID = """\
plan: {name: Our plan, area: Sefton, from: 2020-04-01, to: 2025-03-31}
themes: [{name: Heard, aliases: [voice]}, {name: "Happy, safe and well"}]
priorities:
  - {title: "Listen, and act on it", theme: Heard, aliases: [voice of the child]}
  - {title: Include, theme: "happy, safe and well"}
  - {number: 7, title: Early help, aliases: [EH]}
  - {title: Play and rest, theme: voice}
organisations: [{name: The Council, aliases: [LA]}, {name: "Home, School and Play"}]
posts:
  - {title: Head of Education, organisation: LA, aliases: [DoE]}
  - {title: Manager, organisation: The Council}
  - {title: Manager, organisation: "Home, School and Play"}
boards:
  - name: Partnership Board
    aliases: [the board]
    secretary: head of education
    chair: "Manager, Home, School and Play"
    meetings: [{date: 2020-06-10, focus: VOICE}, {date: 2020-09-16}]
  - {name: Scrutiny, meetings: [{date: 2020-10-01}]}
actions:
  - {ref: a-1, words: One, theme: "Happy, safe and well", lead: DoE, board: the board, due: 2020-09-16, status: green}
  - {ref: a-2, words: Two, priorities: ["Listen, and act on it", 7, include], lead: "Manager, The Council",
     board: partnership-board, supporting: ["Home, School and Play", la], status: G}
  - {ref: a-3, words: Three, priorities: EH; Priority 8, board: Scrutiny, due_date: 2020-09-30, status: amber,
     status_words: Late}
  - {ref: a-4, words: Four, priorities: "1, 2", board: Scrutiny, given: {meeting: 2020-06-10, board: the board}}
"""


def test_what_is_named_in_peoples_words_is_found() -> None:
    plan = read_plan(SAID, "plan.yaml")
    assert [one.key for one in plan.themes] == ["heard", "happy-safe-and-well"]
    assert [(one.number, one.theme) for one in plan.priorities] == [
        (1, "heard"), (2, "happy-safe-and-well"), (7, None), (8, "heard"),
    ]  # fmt: skip
    assert [one.key for one in plan.posts] == [
        "head-of-education",
        "manager-the-council",
        "manager-home-school-and-play",
    ]
    assert {one.organisation for one in plan.posts} == {"the-council", "home-school-and-play"}
    board = plan.boards[0]
    assert (board.secretary, board.chair, board.meetings[0].focus) == (
        "head-of-education",
        "manager-home-school-and-play",
        "heard",
    )
    one, two, three, four = plan.actions
    assert (one.theme, one.lead, one.board) == ("happy-safe-and-well", "head-of-education", "partnership-board")
    assert (two.priorities, two.lead) == ((1, 7, 2), "manager-the-council")
    assert two.supporting == ("home-school-and-play", "the-council")
    assert (three.priorities, four.priorities) == ((7, 8), (1, 2))
    assert four.given is not None
    assert four.given.board == "partnership-board"
    assert read_plan(write_plan(plan), "again.yaml") == plan


def test_the_kind_follows_from_when_it_is_due_and_the_report_counts() -> None:
    plan = read_plan(SAID, "plan.yaml")
    assert [one.kind for one in plan.actions] == [Kind.DELIVERABLE, Kind.STANDING, Kind.BOARD_ACTION, Kind.BOARD_ACTION]
    assert str(plan.actions[0].due) == "2020-09-16"
    told = report_on(plan, NOW).sentences()
    assert (
        "No kind is given, and there is a due meeting: taken as deliverables, which can be finished (1): a-1." in told
    )
    assert (
        "No kind is given, and there is a date or the meeting that gave it: "
        "taken as board actions, which a meeting gives out (2): a-3 and a-4." in told
    )
    assert (
        "No kind is given, nor when it is due: taken as standing commitments, never late and never complete (1): a-2."
        in told
    )


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("GREEN", Status.ON_TRACK), ("on-track", Status.ON_TRACK), ("🟢", Status.ON_TRACK), ("G", Status.ON_TRACK),
        ("Amber", Status.SOME_ISSUES), ("a", Status.SOME_ISSUES), ("At risk", Status.SOME_ISSUES),
        ("yellow", Status.SOME_ISSUES), ("R", Status.OFF_TRACK), ("Not on track", Status.OFF_TRACK),
        ("Not yet started", Status.NOT_STARTED), ("grey", Status.NOT_STARTED), ("done", Status.PROPOSED),
        ("Completed", Status.PROPOSED), ("withdrawn", Status.CLOSED_NOT_DONE), ("Off track.", Status.OFF_TRACK),
    ],
)  # fmt: skip
def test_statuses_are_read_as_in_slack(typed: str, status: Status) -> None:
    text = changed(
        "due: 2020-09-16}", f'due: 2020-09-16, status: "{typed}", status_words: As it is, evidence: A letter}}'
    )
    assert read_plan(text, "plan.yaml").actions[0].status is status


@pytest.mark.parametrize(
    "typed", ["greenish", "rag", "b", "75%", "not green", "green?", "in progress", "open", "1", "so so", "n/a"]
)
def test_what_is_no_status_is_asked_about(typed: str) -> None:
    (problem,) = refused(changed("due: 2020-09-16}", f'due: 2020-09-16, status: "{typed}"}}'))
    assert (problem.said, problem.wrong) == (typed, "a plan file does not use this word")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lead: head-of-education", "lead: Head of Eduction", "did you mean Head of Education?"),
        ("lead: head-of-education", "lead: Nurse", "posts are listed under `posts:`"),
        ("priorities: [1, 2]", "priorities: [1, Includ]", "did you mean Include?"),
        ("priorities: [1, 2]", "priorities: [1, 9]", "priorities are listed under `priorities:`"),
        ("theme: heard, lead", "theme: Herd, lead", "did you mean Heard?"),
        ("secretary: head-of-education", "secretary: The clerk", "posts are listed under `posts:`"),
    ],
)
def test_an_unknown_name_is_one_problem_with_the_likely_one(old: str, new: str, said: str) -> None:
    (problem,) = refused(changed(old, new))
    assert "has this name" in problem.wrong
    assert said in problem.right


def test_a_name_that_two_have_means_neither_and_both_are_named() -> None:
    (problem,) = refused(SAID.replace('lead: "Manager, The Council"', "lead: Manager"))
    assert problem.wrong == "2 posts have this name"
    assert problem.right == "write Manager, Home, School and Play or Manager, The Council, or the key"


def test_two_leads_are_asked_about_once() -> None:
    (problem,) = refused(SAID.replace("lead: DoE", 'lead: "DoE / Manager, The Council"'))
    assert problem.wrong == "this names two leads"


def test_a_name_that_makes_no_key_gets_one_by_its_place() -> None:
    text = (
        changed("{key: heard, name: Heard,", "{name: 市议会, ").replace("heard,", "市议会,").replace("heard}", "voice}")
    )
    assert read_plan(text, "plan.yaml").themes[0].key == "theme-1"


def test_an_export_survives_other_programs() -> None:
    """PyYAML reads `on:` as true, `14:00` as 840 and `7.10` as 7.1, unless they are quoted."""
    text = changed("ref: heard-1", 'ref: "7.10"').replace("name: Head,", 'name: "No",')
    plan = read_plan(text, "plan.yaml")
    values = plan_values(plan) | {
        "exported": {"on": "2020-09-17", "revision": "12", "parts": [{"of": "yes", "was": "1e3"}]}
    }
    whole = PlanFile.model_validate(values)
    again = yaml.safe_dump(yaml.safe_load(write_plan(whole)), allow_unicode=True)
    assert read_plan(again, "again.yaml") == whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from: 2020-04-01", "from: 1 April 2020"),
        ("to: 2025-03-31", "to: 2025/03/31"),
        ("{date: 2020-06-10", "{date: 2020-06-10 00:00:00"),
        ('time: "14:00"', "time: 2pm"),
        ("{expected: 2020-12}", "{expected: December 2020}"),
        ("from: 2020-08-10", "from: 10.8.20"),
        ("due: 2020-09-16", "due: Wed 16th September 2020"),
        ("due: 2020-09-16", "evidence: '', due: 16/09/2020"),
        ("{number: 2, title: Include}", "{number: Priority 2, title: Include}"),
    ],
)
def test_days_and_numbers_are_read_as_people_and_other_programs_write_them(old: str, new: str) -> None:
    assert read_plan(changed(old, new), "plan.yaml") == read_plan(PLAN, "plan.yaml")


def test_names_that_hold_what_stands_between_names_are_told_apart() -> None:
    names = PartNames.of(
        {
            "priorities": [
                {"number": "1", "title": "Hear children, young people and families"},
                {"number": "2", "title": "Safe homes, safe streets"},
                {"number": "3", "title": "Play"},
            ]
        }
    )

    def read(text: str) -> list[str]:
        return [names.key("priorities", one) for one in names.split("priorities", text)]

    assert read("Hear children, young people and families, Safe homes, safe streets and play") == ["1", "2", "3"]
    assert read("Play, safe homes, safe streets") == ["3", "2"]
    assert read("1, 2, and Play") == ["1", "2", "3"]
    assert read("Play, safe homes") == ["Play, safe homes"]
    assert len(read(", ".join(["1 and play"] * 2000 + ["x"]))) == 1


def test_a_key_that_is_called_otherwise_in_every_part_is_one_problem_and_not_one_a_part() -> None:
    text = PLAN.replace(", words: ", ", action: ")
    assert [(problem.path, problem.wrong, problem.right.rpartition("; ")[2]) for problem in refused(text)] == [
        ("actions[0].action", "no such key is used here", "so it is in each of the 3"),
    ]
    assert len(refused(text.replace("action: Show it", "words: Show it"))) == 1


OTHER_FORMS: list[tuple[tuple[str, str], ...]] = [
    (("organisations:", "organizations:"), ("organisation:", "organization:")),
    (("themes:", "Themes:"), ("actions:", "ACTIONS:"), ("words:", "Words:"), ("lead:", "Lead:")),
    (("posts:", "post:"), ("boards:", "board:"), ("priorities:\n", "priority:\n")),
    (("priorities: [", "priority: ["), ("meetings:", "meeting:"), ("aliases:", "alias:")),
    (("due_date:", "due-date:"), ("status_words:", "status-words:")),
    (("due_date:", "Due date:"), ("status_words:", "status words:")),
    (("supporting:", "Supporting:"), ("secretary:", "SECRETARY:"), ("area:", "Area:")),
]


@pytest.mark.parametrize("forms", OTHER_FORMS)
def test_a_key_in_another_form_is_the_same_key(forms: tuple[tuple[str, str], ...]) -> None:
    text = SAID
    for was, now in forms:
        assert was in text
        text = text.replace(was, now)
    assert read_plan(text, "plan.yaml") == read_plan(SAID, "plan.yaml")


OTHER_WORDS = [
    ("actions:", "action_list:", "actions"), ("actions:", "commitments:", "actions"),
    ("actions:", "action log:", "actions"), ("boards:", "committees:", "boards"), ("posts:", "roles:", "posts"),
    ("organisations:", "partners:", "organisations"), ("priorities:\n", "objectives:\n", "priorities"),
    ("lead:", "owner:", "lead"), (" words:", " description:", "words"), ("secretary:", "clerk:", "secretary"),
    ("due_date:", "date_due:", "due_date"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "meant"), OTHER_WORDS)
def test_another_word_for_a_key_is_one_problem_that_says_what_it_may_be(was: str, now: str, meant: str) -> None:
    assert was in SAID
    (problem,) = refused(SAID.replace(was, now))
    assert problem.path.endswith(now.strip(": \n"))
    assert (problem.wrong, problem.right.partition("?")[0]) == ("no such key is used here", f"did you mean {meant}")


def test_a_key_that_stands_there_in_two_forms_is_a_problem() -> None:
    (problem,) = refused(SAID.replace("lead: DoE,", "lead: DoE, Lead: Manager,"))
    assert problem.path == "actions[0].Lead"


def test_every_section_that_is_called_otherwise_is_named() -> None:
    text = SAID.replace("actions:", "commitments:").replace("boards:", "committees:").replace("posts:", "roles:")
    assert [problem.path for problem in refused(text)] == ["roles", "committees", "commitments"]


def test_a_key_that_some_parts_call_otherwise_is_one_problem() -> None:
    (problem,) = refused(SAID.replace("lead:", "owner:"))
    assert (problem.path, problem.right.rpartition("; ")[2]) == ("actions[0].owner", "so it is in 2 of the 4")
