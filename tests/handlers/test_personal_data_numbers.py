"""Numbers that are refused, as people type and paste them, and the numbers of board papers that are not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from handlers.safeguarding.detection import refused
from tests.growth import assert_linear

NHS, UPN, NI = "an NHS number", "a UPN (unique pupil number)", "a National Insurance number"

REFUSED = [
    ("NHS9434765919", NHS),
    ("NHS-9434765919", NHS),
    ("NHS no. 943 476 5919, awaiting CAMHS", NHS),
    ("his number is 943.476.5919", NHS),
    ("943 - 476 - 5919", NHS),
    ("943\u2009476\u20095919", NHS),
    ("943  476  5919", NHS),
    ("943\u2011476\u20115919", NHS),
    ("943\u200b4765919", NHS),
    ("９４３ ４７６ ５９１９", NHS),
    ("٩٤٣ ٤٧٦ ٥٩١٩", NHS),
    ("*943 476 5919*", NHS),
    ("`9434765919`", NHS),
    ("_943 476 5919_", NHS),
    ("~L343200120001~", UPN),
    ("the plan (9434765919/9434765870) was shared", NHS),
    ("- 943 476 5919", NHS),
    ("-943 476 5919", NHS),
    ("the number is 485 777 3457.", NHS),
    ("aged 9 943 476 5919", NHS),
    ("healthy-5 on track, see 943 476 5919", NHS),
    ("see <https://sefton.gov.uk/report|943 476 5919>", NHS),
    ("see 943 476 5919 (https://sefton.gov.uk/report)", NHS),
    ("[943 476 5919](https://sefton.gov.uk/report)", NHS),
    ("<tel:9434765919|9434765919>", NHS),
    ("<tel:9434765919>", NHS),
    ("https://sefton.gov.uk/report 943 476 5919", NHS),
    ("https://sefton.gov.uk/report\n943 476 5919", NHS),
    ("B801200005001", UPN),
    ("UPN:L343200120001.", UPN),
    ("upn l343200120001 is on roll", UPN),
    ("L 343 2001 20 001", UPN),
    ("L343-2001-20-001", UPN),
    ("temporary UPN W34320012101A", UPN),
    ("w34320012101a until the file comes", UPN),
    ("C34340022200B and two more", UPN),
    ("<https://sefton.gov.uk|L343200120001>", UPN),
    ("ab 12 34 56 c", NI),
    ("NI number: AB 123456 C", NI),
    ("AB  12  34  56  C", NI),
    ("ＡＢ１２３４５６Ｃ", NI),
    ("carer's NINO is jk123456d", NI),
    ("AB123456C/mother", NI),
]

LEFT_ALONE = [
    # Telephones
    "ring 0151 934 4007 or (0151) 934 4007",
    "ring 151 934 4007",
    "ring 1519344007",
    "Crimestoppers 0800 555 112 (0800555112)",
    "Childline 0800 1111, +44 (0)151 934 4007, 0044 151 934 4007",
    "Tel: 943 476 5919",
    "mobile 07700 900123, fax 0151 934 4007",
    "<tel:+441519344007|0151 934 4007>",
    "T 0151 934 4007 E: board@sefton.gov.uk M 07700 900 123",
    # Dates and times
    "on 12/09/2020, 12-09-20, 12.9.2020, 2020-09-12 and 12 Sept 2020",
    "on 12-10-20 a report was agreed",
    "On 12 10 20 a report; by 12 10 20 c. 30 people; at 12 10 20 b",
    "as 01 02 03 a to c",
    "2020-09-09T10:30:00Z",
    "message 1599642018.000200 at 1599642018",
    "20200909103000 and 2020090910",
    "a 2020 2021 2022 comparison",
    "A 2020 2021 2022 comparison",
    # Money and accounts
    "£943 476 5919 and £9434765919",
    "sort code 20-45-67, account 12345678",
    "sort code 20-45-67 A/C 12345678",
    "PO 4500123458, invoice no. 4500123458",
    "policy number 9434765919 covers the hall",
    "charity no 9434765919, company SC123456 a charity too",
    # References
    "(FD.6174/20) and (LD.4366/20)",
    "minute 41 of 23/10, item 4.10, paragraphs 943 to 476",
    "REF-9434765919 and CYP-943-476-5919",
    "9434765919.5 and 1.9434765919",
    "ISBN 9434765919",
    "the postcodes L20 7AB, PR8 1DB and L21 1JE",
    "class 5B, room 12 A, bus 47 and 53",
    "0000000000, 1111111111 and 999 999 9999",
    "12 345 678 pupils, 3,456 schools, 98.6% in 2019/20",
    "BG123456A, TN 12 34 56 A, NK123456B and ZZ123456C",
    "DA123456A, AO123456A and QQ123456C",
    "AB123456E and AB1234567",
    "A343200120001 and I343200120001",
    # Links
    "www.sefton.gov.uk/9434765919",
    "sefton.gov.uk/reports/9434765919?ni=AB123456C",
    "<http://sefton.gov.uk/9434765919|sefton.gov.uk/9434765919>",
    "<mailto:9434765919@nhs.net|9434765919@nhs.net>",
    "mailto:L343200120001@sefton.gov.uk",
    "HTTPS://SEFTON.GOV.UK/AB123456C",
    "<@U9434765919> and <#C943476591|sefton-board>",
]


@pytest.mark.parametrize(("words", "what"), REFUSED)
def test_a_number_that_stands_for_one_person_is_refused_however_it_is_written(words: str, what: str) -> None:
    assert refused(words) == what


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_the_numbers_of_board_papers_are_left_alone(words: str) -> None:
    assert refused(words) == ""


@given(st.integers(300_000_000, 999_999_999), st.sampled_from(["", " ", "-", ".", "\u00a0", " - "]))
def test_an_nhs_number_counts_exactly_where_its_check_digit_is_right(first: int, gap: str) -> None:
    for last in string.digits:
        digits = f"{first}{last}"
        said = refused(f"seen {digits[:3]}{gap}{digits[3:6]}{gap}{digits[6:]} today")
        assert said == (NHS if nhs.is_valid(digits) and len(set(digits)) > 1 else "")


@given(st.integers(20_000_000_000, 99_999_999_999), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"), st.booleans())
def test_a_upn_counts_exactly_where_its_check_letter_is_right(digits: int, last: str, small: bool) -> None:
    right = upn.calc_check_digit(f"{digits}{last}")
    for letter in "ABCDEFGHJKLMNPQRTUVWXYZ":
        number = f"{letter}{digits}{last}"
        assert refused(f"pupil {number.lower() if small else number}") == (UPN if letter == right else "")


@given(st.text())
def test_no_words_make_it_fail(words: str) -> None:
    refused(words)


@given(
    st.text(),
    st.sampled_from(["https://sefton.gov.uk/9434765919", "<https://sefton.gov.uk/L343200120001>", "www.x.uk"]),
)
def test_a_link_added_is_never_what_is_refused(words: str, link: str) -> None:
    assert refused(f"{words} {link}") == refused(words)
    assert refused(f"{link} {words}") == refused(words)


@pytest.mark.parametrize(
    "words",
    [
        "1" * 40_000,
        "943 476 591 " * 3_400,
        "A1 " * 13_000,
        "a" * 40_000,
        "a." * 20_000,
        "a@" * 20_000,
        "<https://" * 4_500,
        "<http://x|" * 4_000,
        "é\u0301\u0323" * 13_000,
        " " * 40_000,
        "AB 12 34 56 " * 3_400,
        "\ufdfa" * 40_000,
        "http://" * 5_700,
        "£943 476 5919 " * 2_900,
    ],
)
def test_long_texts_take_no_more_than_their_length(words: str) -> None:
    assert assert_linear(refused, words[: len(words) // 4], words) == ""
