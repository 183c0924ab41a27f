"""The parts of a partner's return in plain words, as a table: reads as, and must not read.

Source: docs/explanation/what-people-write.md, Contributions.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.contribution_words import begins_as_heading, headed_parts, next_steps, read_return, words_counted
from models.enums import ReturnPart

DID, EVIDENCE, CHANGED, WANTING, NEXT = ReturnPart


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # No heading: all of it is what was done, paragraphs and all.
        ("We trained three teams.", {DID: "We trained three teams."}),
        ("We trained three teams.\n\nA fourth follows.", {DID: "We trained three teams.\n\nA fourth follows."}),
        # What stands before the first heading is what was done.
        ("We trained.\nEvidence: 75%, Q2", {DID: "We trained.", EVIDENCE: "75%, Q2"}),
        # Headings in the forms that people write.
        ("What we did\nTrained teams\n\nEvidence\n75%", {DID: "Trained teams", EVIDENCE: "75%"}),
        ("## What we've done\nTrained\n## Impact\nCalmer", {DID: "Trained", CHANGED: "Calmer"}),
        ("**Our work so far:** trained\n**Next steps:** more", {DID: "trained", NEXT: "more"}),
        ("*What changed for children?*\nCalmer\n*Gaps*\nThe north", {CHANGED: "Calmer", WANTING: "The north"}),
        ("1. What we did: trained\n2) Evidence: 75%", {DID: "trained", EVIDENCE: "75%"}),
        ("- Actions taken – trained\n- Challenges – staff", {DID: "trained", WANTING: "staff"}),
        ("Our contribution to date: trained\nMoving forward: more", {DID: "trained", NEXT: "more"}),
        ("WHAT WE WILL DO NEXT:\n- train\n- check", {NEXT: "- train\n- check"}),
        ("Youth voice: 31 met\nNext - a summer event", {EVIDENCE: "31 met", NEXT: "a summer event"}),
        ("The voice of the child: “buses”\nWhat young people told us: less noise", {EVIDENCE: "“buses”\nless noise"}),
        # In one paragraph, behind a sentence, with a colon.
        ("We trained. Evidence: 75%. Next steps: a fourth", {DID: "We trained.", EVIDENCE: "75%.", NEXT: "a fourth"}),
        ("Evidence\n- 75%\n- an audit", {EVIDENCE: "- 75%\n- an audit"}),
        # A heading that comes twice: both stand.
        ("Evidence: 75%\nGaps: staff\nEvidence: an audit", {EVIDENCE: "75%\nan audit", WANTING: "staff"}),
        # Five numbered lines are the five parts.
        ("1. trained\n2. 75%\n3. calmer\n4. staff\n5. more",
         {DID: "trained", EVIDENCE: "75%", CHANGED: "calmer", WANTING: "staff", NEXT: "more"}),
        ("1) trained\nand checked\n2) 75%\n3) calmer\n4) staff\n5) more",
         {DID: "trained\nand checked", EVIDENCE: "75%", CHANGED: "calmer", WANTING: "staff", NEXT: "more"}),
        # Four or six of them, or words before, are a list of what was done.
        ("1. a\n2. b\n3. c\n4. d", {DID: "1. a\n2. b\n3. c\n4. d"}),
        ("Done:\n1. a\n2. b\n3. c\n4. d\n5. e", {DID: "Done:\n1. a\n2. b\n3. c\n4. d\n5. e"}),
        # Words that are no heading.
        ("The evidence is thin.", {DID: "The evidence is thin."}),
        ("Progress was slow: staff left", {DID: "Progress was slow: staff left"}),
        ("We had an impact on attendance", {DID: "We had an impact on attendance"}),
        ("We found gaps. Our plans changed.", {DID: "We found gaps. Our plans changed."}),
        # A heading with nothing under it says nothing.
        ("What we did: trained\nEvidence:\n", {DID: "trained"}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_return_is_read_part_by_part(text: str, parts: dict[ReturnPart, str]) -> None:
    assert read_return(text) == parts
    assert list(read_return(text)) == [part for part in ReturnPart if part in parts]


_LINES = st.sampled_from(
    ("We trained 3 teams.", "Evidence: 75%", "Impact", "Next steps:", "- a b", "Gaps – none", "", "# Evidence", "1. x")
)


@given(st.lists(_LINES, max_size=9))
def test_no_word_but_a_heading_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = " ".join(read_return(text).values()).split()
    headings = {"evidence:", "impact", "next", "steps:", "gaps", "–", "#", "evidence"}
    lost = [word for word in text.split() if word not in kept and word.lower() not in headings]
    assert lost == []


@pytest.mark.parametrize(
    ("words", "heading"),
    [("evidence", True), ("Next steps", True), ("what we did", True), ("police", False), ("we did well", False)],
)
def test_which_words_before_a_colon_are_a_heading(words: str, heading: bool) -> None:
    assert begins_as_heading(words) is heading


@pytest.mark.parametrize(
    ("text", "many"),
    [("Evidence: 75%", 1), ("We trained. Evidence: 75%. Gaps: staff", 2), ("Evidence: a\nThe data: b", 1), ("None", 0)],
)
def test_how_many_parts_have_a_heading(text: str, many: int) -> None:
    assert headed_parts(text) == many


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("- train a team\n- check it", ("train a team", "check it")),
        ("• train a team\n\n2) check it", ("train a team", "check it")),
        ("Train a team. Check it in May.", ("Train a team.", "Check it in May.")),
        ("train a team; check it", ("train a team", "check it")),
        ("Train a team, e.g. in Bootle", ("Train a team, e.g. in Bootle",)),
        ("Use the 0.5 post for it", ("Use the 0.5 post for it",)),
        ("  ", ()),
    ],
)
def test_each_line_or_else_each_sentence_is_a_step(words: str, steps: tuple[str, ...]) -> None:
    assert next_steps(words) == steps


def test_words_are_counted_over_all_parts() -> None:
    assert words_counted({DID: "We trained three teams", EVIDENCE: "75%, Q2"}) == 6
