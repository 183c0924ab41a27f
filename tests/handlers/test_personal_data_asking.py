"""What is asked about before it is recorded, and the many things in board papers that are not.

Source: docs/explanation/data-protection.md, Asked about.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.sandbox import EXAMPLE_PLAN
from handlers.safeguarding.detection import FOUND_MAX, Doubt, DoubtKind, asking, doubts, refused
from tests.growth import assert_linear, repeated

BIRTH, INITIALS, FEW, NAME = DoubtKind.BIRTH, DoubtKind.INITIALS, DoubtKind.FEW, DoubtKind.NAME

ASKED: list[tuple[str, DoubtKind, str]] = [
    # A birth
    ("DOB 12/09/2011", BIRTH, "DOB 12/09/2011"),
    ("the child's d.o.b. is 12.9.11, now in Bootle", BIRTH, "d.o.b. is 12.9.11"),
    ("D.O.B: 3 May 2012", BIRTH, "D.O.B: 3 May 2012"),
    ("date of birth: 2012-05-03", BIRTH, "date of birth: 2012-05-03"),
    ("Date of Birth – 3rd May 2012 – and address held", BIRTH, "Date of Birth - 3rd May 2012"),
    ("date of birth was recorded as 12/9/11", BIRTH, "date of birth was recorded as 12/9/11"),
    ("12/09/2011 (DOB)", BIRTH, "12/09/2011 (DOB"),
    ("DOB 2011", BIRTH, "DOB 2011"),
    ("born 3 May 2012, moved here in June", BIRTH, "born 3 May 2012"),
    ("Jordan was born on the 3rd of May", BIRTH, "born on the 3rd of May"),
    ("a girl born in 2012 moved to Southport", BIRTH, "born in 2012"),
    ("she was born in Ormskirk on 12/5/2012", BIRTH, "born in Ormskirk on 12/5/2012"),
    ("her brother (born May 2016) starts school", BIRTH, "born May 2016"),
    # An age
    ("a boy aged 9 was moved out of the borough", BIRTH, "aged 9"),
    ("Jordan, aged nine, chaired the meeting", NAME, "Jordan, aged nine"),
    ("We met families and Jordan, aged 14, told their story", NAME, "Jordan, aged 14"),
    ("one young carer aged 12 spoke at the board", BIRTH, "aged 12"),
    ("the baby, aged 18 months, is well", BIRTH, "aged 18"),
    ("placement found for a pupil (age 15)", BIRTH, "pupil (age 15)"),
    ("a 9-year-old boy is waiting for a place", BIRTH, "9-year-old boy"),
    ("the nine year old girl from Bootle", BIRTH, "nine year old girl"),
    ("a 14yo excluded in March", BIRTH, "14yo"),
    ("a fifteen-year-old Bootle pupil", BIRTH, "fifteen-year-old Bootle pupil"),
    # Initials
    ("J.S., aged 9", INITIALS, "J.S., aged 9"),
    ("J.S. aged 9 has a plan", INITIALS, "J.S. aged 9"),
    ("j.s. (year 4) has a place", INITIALS, "j.s. (year 4)"),
    ("JS (Year 4) now attends", INITIALS, "JS (Year 4)"),
    ("JS, Y4, is back", INITIALS, "JS, Y4"),
    ("JS is now in Year Nine", INITIALS, "JS is now in Year Nine"),
    ("J S (Yr 10)", INITIALS, "J S (Yr 10)"),
    ("J. S., Reception", INITIALS, "J. S., Reception"),
    ("pupil AB at Meadow Primary", INITIALS, "pupil AB at Meadow Primary"),
    ("pupil ABC, St Mary's Catholic Primary", INITIALS, "pupil ABC, St Mary's Catholic Primary"),
    ("KL from Our Lady of Lourdes School", INITIALS, "KL from Our Lady of Lourdes School"),
    ("KL attends the Range High School", INITIALS, "KL attends the Range High School"),
    ("Child C, aged 9", INITIALS, "Child C, aged 9"),
    ("Pupil B (Year 11) was excluded", INITIALS, "Pupil B (Year 11)"),
    ("a Year 9 pupil, JS, spoke", INITIALS, "Year 9 pupil, JS"),
    ("Meadow Primary pupil K.L. won", INITIALS, "Meadow Primary pupil K.L."),
    ("Year 6 (J.S.) moved", INITIALS, "Year 6 (J.S."),
    ("J.S. (9) and family rehoused", INITIALS, "J.S. (9)"),
    ("J.S., 14, of Bootle", INITIALS, "J.S., 14"),
    ("JS is 9 years old", INITIALS, "JS is 9 years old"),
    # A few
    ("3 children", FEW, "3 children"),
    ("two families were rehoused", FEW, "two families"),
    ("one child was excluded in March", FEW, "one child"),
    ("only 1 pupil is still waiting", FEW, "1 pupil"),
    ("three young people spoke at the board", FEW, "three young people"),
    ("One young person left care", FEW, "One young person"),
    ("healthy-5 on track, 4 pupils excluded", FEW, "4 pupils"),
    ("two looked-after children moved out of area", FEW, "two looked-after children"),
    ("2 looked after children moved", FEW, "2 looked after children"),
    ("3 more vulnerable Bootle families", FEW, "3 more vulnerable Bootle families"),
    ("2 Year 4 pupils excluded", FEW, "2 Year 4 pupils"),
    ("1 unaccompanied asylum seeking child arrived", FEW, "1 unaccompanied asylum seeking child"),
    ("three (3) children", FEW, "three (3) children"),
    ("3 x pupils and 2x families", FEW, "3 x pupils"),
    ("3\u00a0children", FEW, "3 children"),
    ("3\ufe0f\u20e3 children", FEW, "3 children"),
    ("３ children¹", FEW, "3 children"),
    ("3 of 12 pupils excluded", FEW, "3 of 12 pupils"),
    ("3 out of 12 pupils excluded", FEW, "3 out of 12 pupils"),
    ("two of the children were moved", FEW, "two of the children"),
    ("one of our families said", FEW, "one of our families"),
    ("1 or 2 families still wait", FEW, "1 or 2 families"),
    ("3-4 children need a place", FEW, "3-4 children"),
    ("In Year 4, 3 pupils were excluded", FEW, "3 pupils"),
    ("this year 3 children were placed", FEW, "3 children"),
    ("this quarter 2 families", FEW, "2 families"),
    ("permanently excluded pupils: 2", FEW, "pupils: 2"),
    ("one child's journey was shared", FEW, "one child"),
    ("two children's files were audited", FEW, "two children"),
    ("3 <https://sefton.gov.uk|children>", FEW, "3 children"),
    ("*2* children", FEW, "2 children"),
    ("_two_ families", FEW, "two families"),
    ("3 children, one of whom is in care", FEW, "3 children"),
    ("1 pupil and one teacher were hurt", FEW, "1 pupil"),
    ("healthy-5: 3 children excluded", FEW, "3 children"),
    ("Update 12/9: 2 families", FEW, "2 families"),
    ("it is in the appendix. 2 families were moved", FEW, "2 families"),
    ("over the past two years 3 pupils left", FEW, "3 pupils"),
    ("3 children in 2 schools", FEW, "3 children"),
    ("two families in 2019", FEW, "two families"),
    ("2 boys and 11 girls", FEW, "2 boys"),
    ("We met parents and a toddler aged 2", BIRTH, "aged 2"),
    ("good for young people. Jordan, born 3 May 2012", BIRTH, "born 3 May 2012"),
    ("a Year 4 pupil (J.S.) has moved", INITIALS, "Year 4 pupil (J.S.)"),
    ("Born: 12/9/2012", BIRTH, "Born: 12/9/2012"),
    ("only two children's plans are late", FEW, "two children"),
    ("TWO CHILDREN WERE EXCLUDED", FEW, "TWO CHILDREN"),
    ("just one pupil remains", FEW, "one pupil"),
    ("on 3 September 2 pupils joined", FEW, "2 pupils"),
]

NOT_ASKED = [
    # Dates
    "The board met on 16 September 2020 and meets again on 23/10/2020",
    "Dates: 9.9.20, 2020-09-09, 12/9, next Tuesday, 1st April 2020",
    "Cabinet approved it in December 2019, minute 41",
    "A report goes to Cabinet on 3rd September 20 about placements and foster care",
    "(outcome letter; 18th December 2019 p.12)",
    "It was updated to cover the period 2020//2025, five years",
    "On 4 September families were invited, and on 3 March pupils",
    "1 July children's day; 2 Sept Young People's Takeover",
    "By 4/9 families had replied, by 2020-09-04 pupils had too",
    # Births that are nobody's
    "DOB is now a required field on the form",
    "DOB completeness rose to 98%",
    "Date of birth: 98% of records complete",
    "date of birth recorded in 98% of cases by 12/9",
    "Children born between 1 September 2015 and 31 August 2016 may apply",
    "all babies born in 2019 had a visit",
    "pupils born on or after 1 September 2016",
    "The forum was born in 2015",
    "the Youth Forum, born in 2015, has 30 members",
    "newborn visits: 98% in 2020",
    "she was born in Southport",
    # Ages of groups
    "The forum has 30+ young people aged from 6-19 from across the area",
    "The forum has 30+ young people aged from\n6-19, from across the area",
    "a questionnaire aimed at 5 – 10 year olds and 11 years + to rate their assessment",
    "working on recruiting more 14 to 16yr olds",
    "the 0-19 service and the 0 -19 child health services",
    "volunteer support workers once they become 18",
    "children aged 4 and 5",
    "young people in our care aged 16",
    "young people aged 16 or 17; aged 16+; aged 16 and over",
    "pupils in Bootle aged 11 transfer",
    "any child aged 5 or under",
    "every child aged 2 is offered a check",
    "support for those aged 18-25 (aged up to 25 with SEND)",
    "take-up of the two-year-old offer and the 3 and 4 year old entitlement",
    "2 year old child places",
    "9-year-old girls and 10-year-old boys",
    "everyone aged 12 was offered the vaccine",
    "by age 5, children reach a good level of development",
    "children aged two",
    "Challenge 25 and responsible drinking campaigns",
    # Initials that are not a child's
    "The M.A.D Group feedback, and MAD (Year 2 of 3)",
    "PE at Meadow Primary, QA (Year 2), HT at Range High School",
    "SEND, Year 1; EHCP (Year 6); CP (4); LA, Year 6",
    "e.g. Year 4, i.e. aged 9-11, at 10 a.m. at Meadow Primary",
    "AB to write to all schools by 12/9",
    "JS (Year 4 teacher) and KL, Year 6 lead",
    "J.S. Brown, headteacher at Meadow Primary",
    "Cllr J.S. (Year 4 link governor)",
    "Mr K.L., Year 6",
    "The PSW, QA Manager and Service Managers",
    "Year 6 SATs and Year 9 PE; Year 6 pupil PE kit",
    "Vitamin D. A Year 4 project began",
    "JS (Year 4 pupils)",
    "Forest E Witcraft; Cllr John Joseph Kelly",
    "KL and JS met CAMHS",
    "Year 1 of the plan, Year 2 of 5",
    # Numbers that count no children
    "Year 3 pupils and Years 3 and 4 pupils; Years 2, 3 and 4 pupils",
    "the Year 3/4 pupils, Key Stage 2 pupils and KS2 pupils",
    "Tier 2 families, tiers 2 and 3 families, Level 4 families, Priority 3 families",
    "phase two families will be asked next",
    "Years 1-3 pupils were vaccinated; ages 3 and 4 children",
    "Section 20 children, child in need plans, 4 in 10 families",
    "On the board: 3 sessions for children and families, two workers for 40 families",
    "1 in 3 children is overweight",
    "one in four children",
    "3 out of 4 families say so; three out of four young people",
    "1 child in 4 and one pupil in five",
    "2 of 5 schools and the first 2 of 5 planned Safer Schools Officers",
    "2 young advisors formed part of the interview panel",
    "two family hubs opened; 3 family support workers; one family hub",
    "3 children's centres, two children's homes, 4 young people's groups",
    "3 childrens centres",
    "4 children and families teams",
    "2 child protection conferences and one child practice review",
    "4 pupil referral units; one pupil premium review",
    "one-to-one pupil support; 1:1 pupil support; one to one family support",
    "a ratio of 2:1 pupils",
    "at least 2 families in each ward; up to 4 pupils; groups of 3 pupils; groups of 2-4 pupils",
    "two pupils per class, 2 pupils from each school",
    "no one child, every 3 children, any one family",
    "one child, one plan",
    "1.4 children, 2.3 pupils, 1,204 pupils, 12 families, 30+ young people",
    "healthy-3 children and families engaged",
    "1. Children and young people's plan",
    "3. Place children and young people at the core",
    "(3) Consider the views, wishes and feelings of children",
    "4.1 Young people presented the forum",
    "Three priorities, four themes, two boards, one plan",
    "five children, 12 pupils, 40 families",
    "the one families use most",
    "In phase 2. Families were asked",
    "plan in appendix two. Children are heard",
    "0 children; no pupils; zero families",
    "fewer than five children; <5 pupils; &lt;5 pupils",
    "the same Year 3 children were asked again",
    "every child (age 5) is measured",
    "KL and Range High School to meet; HB, nursery provider",
    "½ of children and 1½ families' worth",
    "£3 children's meals and 3% children",
    "0-4 children's offer",
    "Actions for children: 1. Review the offer",
    "plan for young people: 3 sessions held",
    "one child-centred plan, two family-friendly cafés",
    # Links
    "https://sefton.gov.uk/aged-9/3-children/JS-Year-4",
    "<https://sefton.gov.uk/DOB/12/09/2011|the form>",
    "<https://sefton.gov.uk/x?u=JS,aged 9>",
    "",
]

# Every way in which a plan, a board's report and its minutes write dates, years and ages, in words of our own.
DATED = [
    "a questionnaire in February 2020 for children of 5 – 10 years",
    "Watch the 0-19 programme. 4. Deliver the clean air work",
    "at its meeting in November 2019 the plan went on to the board",
    "the mental health of young people (2019) was looked at",
    "a panel of 30+ young people aged from  6-19, from all parts of the borough",
    "in December 2019, Public Health commissioned a review",
    "the board held on the 23rd October, when partners were asked",
    "the strategy for the borough. A 2021 – 2026 emotional health plan",
    "children and young people from 2020 – 2025. What drives the change",
    "as set out in the December 2019 paper on the 2020 – 2025 plan",
    "to be approved by the Cabinet on the 9th January 2020",
    "- 1.2 The children's plan, 2020 – 2025. The committee",
    "will consider a report on 3rd September 20 on new contracts",
    "worked with schools for the new 2020/21 academic year",
    "overweight at reception and Year 6 (%) Achieving: Key Stage 2",
    "a second focus group in 2020 with young people aged 11 to 18",
    "for approval on the 16th September. It will be published after",
    "the plan runs to 2020. It has been rewritten since",
    "a letter of inspectors; 18th December 2019 p.12) 4.3 Early help",
    "since it began on the 1st April 2020; the Cabinet will be told",
    "for the borough with effect from the 1st March 2020",
    "Date of meeting:\tWednesday 9 September 2020 Subject:\tChildren and young people",
    "the young people's plan 2020/25 and the vision for 2030",
    "brought up to date for the period 2020//2025 after children were asked",
    "in use from 1st April 2020 by children's services",
    "places to do better for 2020 -  2025.  1.2 Sefton's children",
    "all Year 6 pupils are to be seen by July 2020",
    "everybody aged 0-25 with a plan by 2020",
    "a school year that began on 2 September 2020, with the pupils of Year 7",
]


@pytest.mark.parametrize("text", [*DATED, "\n".join(DATED), " ".join(DATED)], ids=lambda text: text[:40])
def test_dates_as_plans_reports_and_minutes_write_them_are_no_birth_and_no_number(text: str) -> None:
    assert refused(text) == ""
    assert doubts(text) == ()


ALL = [words for words, _, _ in ASKED] + NOT_ASKED


@pytest.mark.parametrize(("words", "kind", "found"), ASKED)
def test_what_may_identify_a_child_is_asked_about(words: str, kind: DoubtKind, found: str) -> None:
    first = doubts(words)[:1]
    assert [(doubt.kind, doubt.found.removesuffix(")")) for doubt in first] == [(kind, found.removesuffix(")"))]


@pytest.mark.parametrize("words", NOT_ASKED)
def test_what_board_papers_are_full_of_is_not(words: str) -> None:
    assert doubts(words) == ()


def test_nothing_in_the_example_plan_is_refused_or_asked_about() -> None:
    """Drawn from a published plan and its board's minutes: dates, references, ages of whole groups, names of posts."""
    texts = [line.strip() for line in EXAMPLE_PLAN.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(texts) > 300
    assert [(text, refused(text), doubts(text)) for text in texts if refused(text) or doubts(text)] == []


def test_every_piece_is_found_once_in_its_order() -> None:
    found = doubts("2 pupils; J.S., aged 9; DOB 12/9/2011; 2 pupils again")
    assert [doubt.found for doubt in found] == ["2 pupils", "J.S., aged 9", "DOB 12/9/2011"]
    assert [doubt.why for doubt in found] == ["a number under 5", "initials beside an age", "a date of birth"]


def test_a_bracket_that_was_opened_is_closed() -> None:
    assert [doubt.found for doubt in doubts("Year 6 (J.S.) and 12/09/2011 (DOB)")] == [
        "Year 6 (J.S.)",
        "12/09/2011 (DOB)",
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("JS (Year 4)", "initials beside a year group"),
        ("JS at Meadow Primary", "initials beside a school"),
        ("J.S. (9)", "initials beside an age"),
        ("aged 9", "an age"),
        ("born 3 May 2012", "a birth"),
        ("DOB 2012", "a date of birth"),
        ("two families", "a number under 5"),
    ],
)
def test_why_is_a_phrase_for_a_sentence(words: str, why: str) -> None:
    assert [doubt.why for doubt in doubts(words)] == [why]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("all posts filled", ""),
        (
            "3 children excluded",
            "Nothing is recorded yet: could “3 children” (a number under 5) "
            "tell a reader which child or family is meant?",
        ),
        (
            "2 pupils and J.S., aged 9",
            "Nothing is recorded yet: could “2 pupils” (a number under 5) or “J.S., aged 9” (initials beside an age) "
            "tell a reader which child or family is meant?",
        ),
    ],
)
def test_the_question_names_what_was_found(words: str, said: str) -> None:
    assert asking(doubts(words)) == said


def test_the_question_stays_short() -> None:
    many = tuple(Doubt(FEW, f"{number} children", "a number under 5") for number in range(9))
    assert asking(many).count("“") == 3
    assert "or 6 more like it tell a reader" in asking(many)
    (long,) = doubts("JS at " + " ".join(["A" + "a" * 29] * 4) + " Primary")
    assert len(long.found) == FOUND_MAX


@given(st.text())
def test_no_words_make_it_fail(words: str) -> None:
    assert isinstance(asking(doubts(words)), str)


PIECES = st.sampled_from(
    re.findall(
        r"\S+|\n",
        "3 2 one two 4 children pupils family of in to and the aged born DOB 9 12/9/2011 J.S. JS Year Years 4, (Year "
        "was Meadow Primary 2012 a boy . , : - ( ) 's at least <https://x.uk|children> Priority pupil 1 < \n",
    )
)
LINKS = st.sampled_from(
    ["https://sefton.gov.uk/aged-9", "<https://sefton.gov.uk/3/children>", "www.x.uk/J.S./Year-4", "a.b@x.uk"]
)


@given(st.lists(PIECES, max_size=12), LINKS, st.data())
def test_a_link_added_changes_nothing(pieces: list[str], link: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pieces)))
    assert doubts(" ".join([*pieces[:at], link, *pieces[at:]])) == doubts(" ".join(pieces))


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_what_stands_on_another_line_changes_nothing(above: str, below: str) -> None:
    assert {doubt.found for doubt in doubts(f"{above}\n{below}")} == {
        doubt.found for words in (above, below) for doubt in doubts(words)
    }


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "3 ",
            "one of ",
            "J.S. ",
            "JS (",
            "JS at A",
            "Aa ",
            "pupil AB ",
            "born ",
            "born a ",
            "aged 9 ",
            "DOB ",
            "12/9/20 ",
        ),
        *(
            "Years 2, ",
            "children ",
            "two looked after ",
            "3 children ",
            "young ",
            "9-year-old ",
            "Primary ",
            "a.",
            "_",
            "(",
        ),
        *(
            "x" * 100,
            "A" * 99 + " ",
            "young people aged 9 and Jordan aged 9, ",
            "pupil AB was is at the A of A of A & A ",
        ),
    ],
)
def test_long_texts_take_no_more_than_their_length(piece: str) -> None:
    assert_linear(doubts, *repeated(piece, 40_000))
