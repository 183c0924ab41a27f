"""Numbers that identify a child: what is refused in words, and what is not.

Source: docs/explanation/data-protection.md, Refused.
"""

import pytest

from handlers.safeguarding.detection import refusal, refused

NHS, UPN, NI = "an NHS number", "a UPN (unique pupil number)", "a National Insurance number"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("see 943 476 5919", NHS),
        ("see 9434765919.", NHS),
        ("(943-476-5919)", NHS),
        ("see 943\u00a0476\u00a05919 in the file", NHS),
        ("NHS no: 943–476–5919", NHS),
        ("two: 943 476 5918 and 943 476 5919", NHS),
        ("pupil H801200001001 moved", UPN),
        ("pupil h801200001001 moved", UPN),
        ("H 8012 0000 1001", UPN),
        ("AB 12 34 56 C", NI),
        ("nino ab123456c, call back", NI),
        ("AB-12-34-56-C", NI),
        ("AB\u00a012\u00a034\u00a056\u00a0C", NI),
    ],
)
def test_a_number_that_identifies_somebody_is_named(words: str, what: str) -> None:
    assert refused(words) == what


@pytest.mark.parametrize(
    "words",
    [
        "",
        "two advisors recruited",
        "on 16/09/2020 we met 12 schools; 1,234 pupils took part",
        "from 2020-09-16 to 2020-12-08",
        "call 0151 934 4000 or 07700 900123 or +44 151 934 4000",
        "call 07700900123",
        "see https://example.org/report/9434765919",
        "see https://example.org/?upn=H801200001001&ni=AB123456C",
        "see <https://example.org/9434765919|the report>",
        "943 476 5918 is no NHS number",
        "the long number 19434765919 and 94347659190",
        "pupil A801200001001",
        "order ABC123456C",
        "GB 12 34 56 A and BG123456A",
        "minutes 41, 42 and 43; refs healthy-5, 7.3",
        "£9,434,765,919",
    ],
)
def test_dates_phones_links_and_other_numbers_are_not(words: str) -> None:
    assert refused(words) == ""


def test_the_sentence_says_what_it_is_and_to_delete_ones_own_message_too() -> None:
    assert refusal(NHS).startswith("That seems to hold an NHS number, so nothing was recorded")
    assert "please delete your own message too" in refusal(NHS)
