"""Clearances of a report: what is recorded, by whom, what is refused, and what is no clearance."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.plain_text import as_text
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.typed_answers import answer_typed
from handlers.papers.clearance_records import same_reference, scheme_of
from handlers.presses import pressed, submitted
from handlers.responses import Content, Form, FormErrors
from models.enums import Way
from tests.handlers.papers.test_front_sheet import said
from tests.handlers.papers.test_paper_file import HEALTH, SECRETARY, typed
from tests.handlers.rounds import Rounds, Work, example

NOW = datetime(2020, 9, 1, 10, tzinfo=UTC)
EDUCATION = "U0HEADEDU"
FOR = "Recorded for the Children and Young People's Partnership Board of Wed 16 Sep 2020: "


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    there = Rounds(example(tmp_path_factory.mktemp("clearing"), NOW, SECRETARY, HEALTH, EDUCATION), NOW)
    for words in (
        "clearance 16 Sep finance sent 26 Aug to Head of Education",
        "clearance 16 Sep legal sent 26 Aug to “Chief Legal Officer”",
        "clearance 23 Oct procurement cleared PR12/20 on 26 Aug",
    ):
        assert there.keep(typed(words), SECRETARY).done
    return there


def in_words(words: str) -> Work:
    return lambda ctx: said_in_words(ctx, words)


def slash(words: str) -> Work:
    return lambda ctx: answer_typed(ctx, words)


IN_WORDS = {
    (SECRETARY, "finance cleared FD6114/20"): "finance, cleared on Tue 1 Sep 2020, FD6114/20.",
    (SECRETARY, "Legal have signed it off, LD.4366/20, thanks"): "legal, cleared on Tue 1 Sep 2020, LD.4366/20.",
    (SECRETARY, "Finance: cleared yesterday FD 6114/20"): "finance, cleared on Mon 31 Aug 2020, FD 6114/20.",
    (SECRETARY, "the monitoring officer has cleared it on 28 Aug"): "legal, cleared on Fri 28 Aug 2020.",
    (SECRETARY, "finance cleared the report for 16 Sep (FD6114/20)."): "finance, cleared on Tue 1 Sep 2020, FD6114/20.",
    (SECRETARY, "finance and legal cleared"): "finance and legal, cleared on Tue 1 Sep 2020.",
    (SECRETARY, "Clearance from legal not needed"): "legal, not applicable.",
    (SECRETARY, "HR & ICT n/a for 16 Sep"): "HR and ICT, not applicable.",
    (EDUCATION, "finance cleared FD6114/20"): "finance, cleared on Tue 1 Sep 2020, FD6114/20.",
    (EDUCATION, "FD6114/20 cleared"): "finance, cleared on Tue 1 Sep 2020, FD6114/20.",
    (SECRETARY, "finance and legal cleared, FD6114/20 and LD 4306/20"): (
        "finance, cleared on Tue 1 Sep 2020, FD6114/20; legal, cleared on Tue 1 Sep 2020, LD 4306/20."
    ),
    (SECRETARY, "finance cleared FD6114/20; legal n/a, thanks"): (
        "finance, cleared on Tue 1 Sep 2020, FD6114/20; legal, not applicable."
    ),
    (SECRETARY, "finance cleared FD6114/20, legal cleared LD1/20 on 20 Aug"): (
        "finance, cleared on Tue 1 Sep 2020, FD6114/20. Legal was sent on Wed 26 Aug 2020, so it was not cleared on "
        "Thu 20 Aug 2020. Nothing was recorded."
    ),
    (EDUCATION, "finance cleared FD6114/20, legal n/a"): (
        "finance, cleared on Tue 1 Sep 2020, FD6114/20. Nothing was recorded: the board’s secretary or"
    ),
    (EDUCATION, "finance n/a"): "finance, not applicable.",
}


@pytest.mark.parametrize("how", [in_words, slash])
@pytest.mark.parametrize(("user", "words"), IN_WORDS)
def test_a_clearance_in_plain_words_is_recorded(rounds: Rounds, user: str, words: str, how: Any) -> None:
    (given,) = rounds.again([how(words)], user)
    assert given.done, given
    assert said(given).startswith(FOR + IN_WORDS[user, words])


@pytest.mark.parametrize(
    ("user", "words"),
    [
        *((SECRETARY, words) for words in (
            "finance cleared the backlog", "legal has not cleared it", "finance will clear it by Friday",
            "finance cleared?", "has legal cleared it", "finance cleared healthy-5", "healthy-5 cleared by finance",
            "nothing from legal yet", "legal to confirm n/a", "finance cleared apart from the appendix",
            "governance review signed off", "if finance cleared it we can go", "property n/a because we moved",
            "Green, our deputy head of legal, has signed it off", "HR and ICT part of healthy-5 n/a",
            "finance cleared FD6114/20 but legal has not",
            "legal and finance cleared FD6114/20 and LD4306/20", "finance cleared FD6114/20, legal will clear it soon",
            "can you tell finance it was cleared FD6114/20",
        )),
        *((EDUCATION, words) for words in (
            "legal cleared LD1/20", "cleared", "n/a", "procurement signed off, contract starts in May",
            "on track, legal cleared the lease",
        )),
        (HEALTH, "finance cleared FD6114/20"), (HEALTH, "legal n/a"),
    ],
)  # fmt: skip
def test_what_is_said_of_anything_else_is_no_clearance(rounds: Rounds, user: str, words: str) -> None:
    (given,) = rounds.again([in_words(words)], user)
    assert not given.done, given
    if user == SECRETARY:
        before, _, after = rounds.again([typed("clearance 16 Sep"), in_words(words), typed("clearance 16 Sep")], user)
        assert before.content == after.content


REFUSED = {
    "clearance 16 Sep finance cleared on 20 Aug": "Finance was sent on Wed 26 Aug 2020, so it was not cleared on T",
    "clearance 16 Sep finance cleared on 4 Sep": "Fri 4 Sep 2020 is still to come",
    "clearance 16 Sep finance sent 31/9": "September has 30 days.",
    "clearance 16 Sep finance cleared PR13/20": "“PR13/20” is a reference such as procurement uses, and not finance",
    "clearance 16 Sep finance and legal cleared FD1/20": "Each clearance has a reference of its own",
    "clearance 16 Sep finance cleared healthy-5": "I do not read “healthy-5” in what is said of a clearance",
    "clearance 16 Sep bananas cleared": "Say which clearance, and what came back",
    "clearance 16 Sep finance cleared always": "Only who clears it, or that it does not apply",
    "clearance December hwb finance cleared": "There is no paper for the Health and Wellbeing Board of December 2020",
    "clearance 3 Oct finance cleared": "There is no meeting for “3 Oct”",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_is_said_and_changes_nothing(rounds: Rounds, words: str) -> None:
    before, given, after = rounds.again([typed("clearance 16 Sep"), typed(words), typed("clearance 16 Sep")], SECRETARY)
    assert said(given).startswith(REFUSED[words])
    assert not given.done
    assert before.content.groups == after.content.groups


@pytest.mark.parametrize("reference", ["FD6114/20", "FD.6114/20", "fd 6114/20", "FD6114/20."])
def test_a_reference_is_read_alike_however_it_is_written_and_kept_as_printed(rounds: Rounds, reference: str) -> None:
    assert (scheme_of(reference), same_reference(reference)) == ("fd", "fd6114/20")
    words = f"clearance 16 Sep finance cleared {reference}"
    given, again = rounds.again([typed(words), typed("clearance 23 Oct finance cleared FD.6114/20")], SECRETARY)
    assert said(given).startswith(f"{FOR}finance, cleared on Tue 1 Sep 2020, {reference.rstrip('.')}.")
    assert f"{reference.rstrip('.')} was recorded for the meeting of Wed 16 Sep 2020 as well." in said(again)


def test_how_each_stands_is_shown_with_its_history_and_silence_is_no_consent(rounds: Rounds) -> None:
    whole, one, _, after = rounds.again(
        [
            typed("clearance 16 Sep"),
            typed("clearance 16 Sep finance"),
            in_words("legal n/a"),
            typed("clearance 16 Sep"),
        ],
        SECRETARY,
    )
    assert said(whole).startswith(
        "Not received for the Children and Young People's Partnership Board of Wed 16 Sep 2020: f"
    )
    assert whole.content.groups[0].texts == (
        "Finance: Head of Education, Sefton Council, sent Wed 26 Aug 2020. Not received.",
        "Legal: Chief Legal Officer, sent Wed 26 Aug 2020. Not received.",
    )
    (entry,) = one.content.groups[0].texts
    assert entry.startswith("Tue 1 Sep 2020, Democratic Services Officer, Sefton Council: Finance: Head of Education")
    assert after.content.groups[0].texts[1] == "Legal: Chief Legal Officer, sent Wed 26 Aug 2020. Not applicable."


@pytest.mark.parametrize("words", ["procurement 23 Oct", "23 Oct procurement", "procurement for 23 Oct"])
def test_a_meeting_is_named_before_a_clearance_or_behind_it(rounds: Rounds, words: str) -> None:
    named, before, recorded = rounds.again(
        [typed(f"clearance {words}"), typed("clearance procurement 16 Sep"), typed("clearance 23 Oct")], SECRETARY
    )
    assert said(named).endswith("of Fri 23 Oct 2020: Procurement: Cleared Wed 26 Aug 2020, PR12/20.")
    assert said(before).endswith("of Wed 16 Sep 2020: Procurement: Not sent.")
    shown = as_text(named.content), as_text(recorded.content)
    assert ["othing was recorded" in one for one in shown] == [False, False]
    assert "None was recorded" not in shown[1]


def test_whoever_is_asked_for_a_clearance_may_see_how_those_of_that_report_stand(rounds: Rounds) -> None:
    asked = ("clearance", "clearance 16 Sep", "clearance legal 16 Sep", "clearance 23 Oct", "clearance hwb 9 Sep")
    mine, named, legal, other, elsewhere = rounds.again([typed(one) for one in asked], EDUCATION)
    for one in (mine, named):
        assert said(one).startswith("Not received for the Children and Young People's Partnership Board of Wed 16 Sep")
        assert [button.label for button in one.content.buttons] == ["Record…"]
        assert '"which":"finance"' in one.content.buttons[0].value
    assert "Legal: Chief Legal Officer, sent Wed 26 Aug 2020. Not received." in said(legal)
    assert legal.content.buttons == ()
    for one in (other, elsewhere):
        assert said(one).startswith("The paper is made by")
    (stranger,) = rounds.again([typed("clearance 16 Sep")], HEALTH)
    assert said(stranger).startswith("The paper is made by")


def test_it_is_taken_back_by_its_writer_and_by_whoever_keeps_the_board(rounds: Rounds) -> None:
    def undone(ctx: RequestContext) -> Any:
        given = said_in_words(ctx, "finance cleared FD6114/20")
        assert isinstance(given.content, Content)
        button = given.content.buttons[0]
        back = pressed(ctx, button.verb, button.value)
        return back, pressed(ctx, button.verb, button.value)

    for user in (EDUCATION, SECRETARY):
        back, twice = rounds.again([undone], user)[0]
        assert said(back) == "Undone: finance as before."
        assert "was set again by" in said(twice)


def test_the_word_undo_offers_what_takes_it_back(rounds: Rounds) -> None:
    _, shown = rounds.again([in_words("finance cleared FD6114/20"), in_words("undo that")], SECRETARY)
    assert "finance" in said(shown)
    assert shown.content.buttons[0].label.startswith("Undo")


def test_the_post_that_is_asked_answers_in_a_form(rounds: Rounds) -> None:
    def work(ctx: RequestContext) -> tuple[Any, ...]:
        meeting = next(one.by_id for one in ctx.calendars.values() if one.board.key == "partnership")
        number = next(one for one, facts in meeting.items() if facts.dated and facts.start > ctx.now)
        form = pressed(ctx, "clearance", f'{{"meeting":{number},"which":"finance"}}').content
        assert isinstance(form, Form)
        typed_in = {"answer": "cleared", "day": "2020-08-20", "reference": "FD.6174/20."}
        wrong = submitted(ctx, form.verb, form.value, typed_in).content
        return form, wrong, submitted(ctx, form.verb, form.value, typed_in | {"day": "2020-08-28"})

    ((form, wrong, done),) = rounds.again([work], EDUCATION, Way.FORM)
    assert [one.name for one in form.fields] == ["answer", "day", "reference"]
    assert [one.value for one in form.fields[0].choices] == ["cleared", "na"]
    assert isinstance(wrong, FormErrors)
    assert wrong.errors["day"].startswith("Finance was sent on Wed 26 Aug 2020")
    assert said(done).startswith(f"{FOR}finance, cleared on Fri 28 Aug 2020, FD.6174/20.")


def test_a_post_that_is_not_in_the_plan_is_printed_as_written(rounds: Rounds) -> None:
    asked, given = rounds.again(
        [typed("clearance partnership governance by Chief Democratic Officer"),
         typed("clearance partnership governance by “Chief Democratic Officer”")], SECRETARY,
    )  # fmt: skip
    assert said(asked).startswith("Who is asked? There is no post “Chief Democratic Officer” in the plan.")
    assert asked.content.buttons[-1].label == "Not in the plan: print it as written"
    assert "governance, cleared by Chief Democratic Officer." in said(given)


def test_where_several_meetings_may_be_meant_nothing_typed_is_lost(rounds: Rounds) -> None:
    (given,) = rounds.again([typed("clearance governance cleared GV1/20")], SECRETARY)
    assert said(given) == "Which board’s meeting? Say its name or its day."
    assert [one.value for one in given.content.buttons] == [
        "{}clearance partnership 2020-09-16 governance cleared GV1/20",
        "{}clearance hwb 2020-09-09 governance cleared GV1/20",
    ]
