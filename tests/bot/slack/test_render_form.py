"""Forms as modals, and what people put into them read back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.limits import OverLimitError
from bot.slack.render_form import form_errors, form_verb, menu_options, read_form, render_form
from handlers.responses import Choice, Field, Form, FormErrors
from tests.bot.slack.samples import HOSTILE, SIZES, choosing, hostile_form
from tests.bot.slack.slack_rules import all_texts, objects, view_refusals
from tests.conftest import examples


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def sole(field: Field) -> dict[str, Any]:
    view = render_form(Form("Update", "update", "healthy-5", "Record", fields=(field,)))
    assert view_refusals(view) == []
    (block,) = inputs(view)
    return block


def test_a_form_carries_its_verb_and_value() -> None:
    view = render_form(
        Form("Some issues", "update", "healthy-5|3", "Record", ("Why?",), (Field("why", "Why"),), "Note.")
    )
    assert view_refusals(view) == []
    assert form_verb(view["callback_id"]) == "update"
    assert view["private_metadata"] == "healthy-5|3"
    assert [view[part]["text"] for part in ("title", "submit", "close")] == ["Some issues", "Record", "Cancel"]
    assert [block["type"] for block in view["blocks"]] == ["rich_text", "input", "context"]


def test_fields_are_named_by_their_name_in_both_places() -> None:
    block = sole(
        Field("words", "What has been done?", "text", "Two sentences will do.", "As last time", max_length=500)
    )
    assert block == {
        "type": "input",
        "block_id": "words",
        "label": {"type": "plain_text", "text": "What has been done?", "emoji": False},
        "hint": {"type": "plain_text", "text": "Two sentences will do.", "emoji": False},
        "optional": False,
        "element": {
            "type": "plain_text_input",
            "multiline": True,
            "max_length": 500,
            "initial_value": "As last time",
            "action_id": "words",
        },
    }


def test_a_line_is_one_line() -> None:
    assert sole(Field("minute", "Minute", "line", initial="7.3\nagreed"))["element"]["initial_value"] == "7.3 agreed"
    assert sole(Field("minute", "Minute", "line"))["element"]["multiline"] is False


def test_a_few_choices_are_all_shown_and_more_are_a_menu() -> None:
    few, many = ([Choice(str(n), f"Choice {n}") for n in range(count)] for count in (5, 6))
    assert sole(Field("c", "C", "choice", choices=tuple(few)))["element"]["type"] == "radio_buttons"
    assert sole(Field("c", "C", "choice", choices=tuple(few), optional=True))["element"]["type"] == "static_select"
    assert sole(Field("c", "C", "choice", choices=tuple(many)))["element"]["type"] == "static_select"


def test_a_choice_begins_on_its_initial_value() -> None:
    element = sole(Field("c", "C", "choice", initial="b", choices=(Choice("a", "A"), Choice("b", "B"))))["element"]
    assert element["initial_option"] == element["options"][1]
    element = sole(Field("c", "C", "choice", initial="z", choices=(Choice("a", "A"),)))["element"]
    assert "initial_option" not in element


@pytest.mark.parametrize(
    ("initial", "kept"),
    [("2020-09-16", True), ("", False), ("16 Sep", False), ("2020-02-30", False), ("20200916", False)],
)
def test_a_date_begins_on_a_day_or_empty(initial: str, kept: bool) -> None:
    element = sole(Field("by", "By", "date", initial=initial))["element"]
    assert element["type"] == "datepicker"
    assert ("initial_date" in element) is kept


@pytest.mark.parametrize("size", [*SIZES, 5, 6, 100, 101])
def test_every_number_of_choices_can_be_chosen_from(size: int) -> None:
    view = render_form(choosing(size))
    assert view_refusals(view) == []
    values = [part["value"] for part in objects(view) if "value" in part]
    assert values == [f"ref-{number}" for number in range(size)]
    if not size:
        assert "Action: there is nothing to choose from." in list(all_texts(view))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_everywhere_is_accepted(name: str) -> None:
    view = render_form(hostile_form(HOSTILE[name]))
    assert view_refusals(view) == []
    assert len(inputs(view)) == 5


@pytest.mark.parametrize(("initial", "kept"), [("U0HEADEDU", True), ("", False), ("somebody", False)])
def test_a_person_is_chosen_from_the_members(initial: str, kept: bool) -> None:
    element = sole(Field("who", "Who stands in?", "person", initial=initial))["element"]
    assert element["type"] == "users_select"
    assert ("initial_user" in element) is kept
    values = {"who": {"who": {"type": "users_select", "selected_user": "U0HEADEDU"}}}
    assert read_form({"state": {"values": values}}) == {"who": "U0HEADEDU"}


def test_a_long_title_is_clipped_between_words() -> None:
    view = render_form(Form("Propose healthy-5 for closure now", "done", "", "Propose it for the next board meeting"))
    assert view["title"]["text"] == "Propose healthy-5 for…"
    assert view["submit"]["text"] == "Propose it for the next…"


@pytest.mark.parametrize(
    "form",
    [
        Form("T", "v", "x" * 3001, "S"),
        Form("T", "v" * 256, "", "S"),
        Form("T", "v", "", "S", fields=(Field("a", "A"), Field("a", "A again"))),
        Form("T", "v", "", "S", fields=(Field("", "A"),)),
        Form("T", "v", "", "S", fields=(Field("a" * 256, "A"),)),
        Form("T", "v", "", "S", fields=tuple(Field(str(n), "A") for n in range(101))),
        Form("T", "v", "", "S", fields=(Field("a", "A", "choice", choices=(Choice("x" * 151, "X"),)),)),
        Form("T", "v", "", "S", fields=(Field("a", "A", "choice", choices=(Choice("", "X"),)),)),
    ],
    ids=["value", "verb", "twice", "unnamed", "name", "fields", "choice", "no value"],
)
def test_what_could_not_come_back_whole_is_refused(form: Form) -> None:
    with pytest.raises(OverLimitError):
        render_form(form)


def test_a_form_without_fields_is_still_a_view() -> None:
    assert view_refusals(render_form(Form("T", "v", "", "S"))) == []


def test_a_form_that_is_not_ours_has_no_verb() -> None:
    assert form_verb("cypp:update") == "update"
    assert form_verb("other:update") == ""


VIEW = {
    "id": "V1",
    "state": {
        "values": {
            "words": {"words": {"type": "plain_text_input", "value": "  Two <advisors> & more \n"}},
            "empty": {"empty": {"type": "plain_text_input", "value": None}},
            "status": {"status": {"type": "radio_buttons", "selected_option": {"value": "some issues"}}},
            "none": {"none": {"type": "static_select", "selected_option": None}},
            "by": {"by": {"type": "datepicker", "selected_date": "2020-09-16"}},
        }
    },
}


@pytest.mark.parametrize("payload", [VIEW, {"type": "view_submission", "view": VIEW}])
def test_answers_are_read_back_by_name(payload: dict[str, Any]) -> None:
    assert read_form(payload) == {
        "words": "Two <advisors> & more",
        "empty": "",
        "status": "some issues",
        "none": "",
        "by": "2020-09-16",
    }


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {"values": None}}, {"state": {"values": {"a": {}}}}])
def test_a_view_without_answers_has_none(view: dict[str, Any]) -> None:
    assert read_form(view) == {}


def test_refused_answers_are_told_at_their_fields() -> None:
    answer = form_errors(FormErrors({"by": "That day is past.", "words": HOSTILE["control"]}))
    assert answer["response_action"] == "errors"
    assert answer["errors"]["by"] == "That day is past."
    assert "\x1b" not in answer["errors"]["words"]
    with pytest.raises(OverLimitError):
        form_errors(FormErrors({}))


TEXT = st.text(st.characters(codec=None), max_size=80) | st.sampled_from(sorted(HOSTILE)).map(HOSTILE.__getitem__)


@settings(max_examples=examples(60))
@given(
    TEXT,
    st.lists(st.tuples(TEXT, TEXT, TEXT, st.sampled_from(["line", "text", "choice", "date", "person"]), st.booleans())),
)
def test_whatever_is_asked_is_accepted(text: str, asked: list[tuple[str, str, str, Any, bool]]) -> None:
    fields = tuple(
        Field(f"f{n}", label, kind, hint, initial, (Choice("a", label), Choice("b", hint)), optional)
        for n, (label, hint, initial, kind, optional) in enumerate(asked[:90])
    )
    assert view_refusals(render_form(Form(text, "update", "7.3", text, (text,), fields, text))) == []


@pytest.mark.parametrize(("many", "kind"), [(6, "static_select"), (100, "static_select"), (101, "external_select")])
def test_a_menu_with_a_source_searches_as_one_types_where_slack_allows_no_more_options(many: int, kind: str) -> None:
    choices = tuple(Choice(str(number), f"Post <{number}> & more") for number in range(many))
    field = Field("lead", "Lead", kind="choice", choices=choices, source="posts", initial="5")
    view = render_form(Form("Edit", "edit", "7", "Change", fields=(field,)))
    assert view_refusals(view) == []
    element = view["blocks"][0]["element"]
    assert element["type"] == kind
    assert element["initial_option"]["value"] == "5"
    assert element["action_id"] == ("cypp:search:posts" if kind == "external_select" else "lead")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_choices_are_offered_as_slack_takes_them(name: str) -> None:
    offered = menu_options(tuple(Choice(str(number), HOSTILE[name]) for number in range(500)))["options"]
    assert len(offered) == 100
    assert all(1 <= len(one["text"]["text"]) <= 75 and one["text"]["type"] == "plain_text" for one in offered)
