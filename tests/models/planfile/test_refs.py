import pytest

from models.rules.refs import ref_key, ref_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("heard-1", ("heard", 1)),
        ("heard 1", ("heard", 1)),
        ("HEARD1", ("heard", 1)),
        ("  Heard_1 ", ("heard", 1)),
        ("heard/1", ("heard", 1)),
        ("heard#1", ("heard", 1)),
        ("heard – 1", ("heard", 1)),
        ("heard‑1", ("heard", 1)),
        ("7.3", (7, 3)),
        ("7-3", (7, 3)),
        ("7.03", (7, 3)),
        ("1.12", (1, 12)),
        ("11.2", (11, 2)),
        ("112", (112,)),
        ("16sep-3", (16, "sep", 3)),
        ("16 Sep 3", (16, "sep", 3)),
        ("#4", (4,)),
        ("é1", ("é", 1)),
        ("e\u03011", ("é", 1)),
        ("heard-1!", ()),
        ("heard, 1", ()),
        ("", ()),
        ("-", ()),
        ("a" * 40, ("a" * 40,)),
        ("a" * 41, ()),
        ("9" * 5000, ()),
        ("heard\n1", ()),
    ],
)
def test_a_ref_is_read_as_letter_runs_and_numbers(text: str, parts: tuple[str | int, ...]) -> None:
    assert ref_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "key"),
    [("heard-1", "heard-1"), ("HEARD 1", "heard-1"), ("7.3", "7-3"), ("16sep-3", "16-sep-3"), ("?", "")],
)
def test_a_ref_has_one_form_to_be_stored_in(text: str, key: str) -> None:
    assert ref_key(text) == key


@pytest.mark.parametrize("text", ["heard-1", "7.3", "16sep-3", "112", "a b 3"])
def test_the_stored_form_reads_as_itself(text: str) -> None:
    assert ref_key(ref_key(text)) == ref_key(text)


def test_separators_between_digits_make_a_difference() -> None:
    assert len({ref_key("1.12"), ref_key("11.2"), ref_key("112")}) == 3
