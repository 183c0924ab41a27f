"""Social acts: which clauses are thanks, promises, excuses, questions back or absence, and which only look like one."""

from time import process_time

import pytest

from handlers.reading.social_acts import LONGEST, read_social
from handlers.reading.social_frames import Act
from tests.handlers.reading.plan import SEFTON, TODAY

READS = [
    ("Thanks Priya", Act.COURTESY),
    ("great stuff, see you all on the 16th", Act.COURTESY),
    ("thank you so much for the reminder", Act.COURTESY),
    ("phew glad thats done", Act.COURTESY),
    ("tell the chair thanks", Act.COURTESY),
    ("pass on my thanks to the team", Act.COURTESY),
    ("latest I can send healthy-5?", Act.WHEN),
    ("what's the latest you can take my update", Act.WHEN),
    ("what goes into the papers if I send you nothing?", Act.IF_NOT),
    ("my analyst will be at the meeting instead of me", Act.APOLOGIES),
    ("the deputy head is coming to the september board in my place", Act.APOLOGIES),
    ("sending my deputy to the october board instead", Act.APOLOGIES),
    ("hols 26-30 oct", Act.AWAY),
    ("half term off, so 26 to 30 oct please don't chase me", Act.AWAY),
    ("Diolch yn fawr", Act.COURTESY),
    ("🙏🙏", Act.COURTESY),
    ("will look at it when I'm back at my desk", Act.PROMISE),
    ("let me check with Dilwyn and come back to you", Act.PROMISE),
    ("bear with me, I'll sort it", Act.PROMISE),
    ("replying now", Act.PROMISE),
    ("so sorry, it is bedlam here", Act.EXCUSE),
    ("apologies, absolutely manic week", Act.EXCUSE),
    ("been off sick all week", Act.EXCUSE),
    ("I have only just seen this", Act.EXCUSE),
    ("wifi was down", Act.EXCUSE),
    ("for heavens sake", Act.TEMPER),
    ("laptop died so no update this month", Act.NO_UPDATE),
    ("am I talking to a machine", Act.ROBOT),
    ("why have you got my email", Act.WHO),
    ("when do you need it back by?", Act.WHEN),
    ("what's the closing date", Act.WHEN),
    ("what should I write exactly", Act.WHAT_TO_SAY),
    ("which one is this", Act.WHICH),
    ("what happens if I don't reply", Act.IF_NOT),
    ("do I have to answer this", Act.IF_NOT),
    ("who will see this", Act.WHO_SEES),
    ("is this confidential?", Act.WHO_SEES),
    ("could someone give me a quick call about this", Act.RING),
    ("please just email me in future", Act.BY_MAIL),
    ("I've already sent you this", Act.TOLD),
    ("see my email of 14 August", Act.TOLD),
    ("this is the third time you have asked me", Act.TOLD),
    ("one for Siobhan", Act.PASSED),
    ("have passed this to the data team to answer", Act.PASSED),
    ("passing it on to our analyst", Act.PASSED_INSIDE),
    ("nobody told me this was mine", Act.NOT_TOLD),
    ("why am I getting these", Act.NOT_TOLD),
    ("please stop chasing me", Act.STOP),
    ("too many emails", Act.STOP),
    ("Can you take me off this list?", Act.STOP),
    ("someone else does this now", Act.STOP),
    ("I've left the council", Act.LEFT),
    ("I'm no longer in this role", Act.LEFT),
    ("in Tenby until the 24th", Act.AWAY),
    ("off sick", Act.AWAY),
    ("I don't work Fridays", Act.HABIT),
    ("will look at it on Friday", Act.PROMISE),
    ("will answer it on Friday", Act.BY_DAY),
    ("can it wait until Friday?", Act.WAIT),
    ("just back, what did I miss", Act.BACK),
    ("I am out of the office until 14 September. For urgent matters contact Jo on 0151 000 000.", Act.AWAY),
    ("I'm currently on annual leave, returning on 12 Sep", Act.AWAY),
    ("on leave till Friday. If it's urgent please try the duty desk", Act.AWAY),
    ("away from tomorrow until 4 Sept. In my absence Tom covers", Act.AWAY),
    ("off until the 14th. Anything urgent, ring the office", Act.AWAY),
    ("apols, been snowed under ever since the Ofsted letter landed last week, haven't had a second", Act.EXCUSE),
    ("couldn't find a moment", Act.EXCUSE),
    ("no time to breathe here", Act.EXCUSE),
    ("out of this post on the 28th, Jonah Pell has it from Tuesday", Act.LEFT),
    ("I'm done with this role tomorrow. Marged will pick it up from 1 Sept", Act.LEFT),
    ("signed off ill from today, back early October all being well", Act.AWAY),
    ("off sick as of yesterday, back mid Oct hopefully", Act.AWAY),
]
OTHERS = [
    "thanks to the new post we are on track",
    "thanks advisors started",
    "received 40 responses to the consultation",
    "great news - the film won an award",
    "sorry to say the camps were cancelled",
    "will do the training in May",
    "we will send the leaflets to schools when they are printed",
    "mad week, half the crew off sick so filming slips to October",
    "the camera operator is off sick",
    "stop press!! proofs have landed",
    "filming had to stop for the rain",
    "we emailed schools already",
    "leaflets passed to the printers on Monday",
    "clubs asked us to call them back in September",
    "the new editor has taken over from the volunteers",
    "training finished",
    "nobody told the schools",
    "when is healthy-5 due",
    "what do schools say about healthy-5",
    "hope you can extend happy-2",
    "our analyst is on leave until 12/9",
    "done",
    "on track",
    "for urgent repairs parents ring the office",
    "in my absence the group met twice",
    "yes the post is filled",
    "thanks heard-10",
    "✅",
    "🟢",
    "manic since the launch, 40 referrals in a week",
    "we haven't had a minute of the training yet",
    "heads had no time to comment",
    "families are out of this post code on Friday",
    "our printers have it from Monday",
    "out of the three posts one is filled, Sefton CVS has it from Monday",
    "signed off by the chair as of tomorrow, back with designers mid september",
    "two trainers are signed off sick, back mid september",
    "bids back early October with luck",
    "send the report to the board",
    "healthy-5 is going to the board for me",
    "tell the chair healthy-5 is late",
]


@pytest.mark.parametrize(("text", "act"), READS)
def test_a_social_act_is_read(text: str, act: Act) -> None:
    found = read_social(text, SEFTON, TODAY)
    assert found.whole
    assert act in found.acts


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not read_social(text, SEFTON, TODAY).whole


def test_an_absence_or_a_question_is_no_part_of_an_answer() -> None:
    found = read_social("healthy-5 on track. I'm away until 4 Sept. When do you need happy-2 by?", SEFTON, TODAY)
    assert (found.rest, found.acts) == ("healthy-5 on track.", (Act.AWAY, Act.WHEN))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I can't make the september board but healthy-5 is green", "healthy-5 is green"),
        ("apologies for the 16th, healthy-5 is green", "healthy-5 is green"),
        ("I'm on leave next week but healthy-5 is green", "healthy-5 is green"),
        ("off sick today, healthy-5 red", "off sick today, healthy-5 red"),
    ],
)
def test_an_absence_before_an_answer_is_no_part_of_it_unless_it_may_say_why(text: str, rest: str) -> None:
    assert read_social(text, SEFTON, TODAY).rest == rest


def test_a_promise_stays_with_the_answer_that_it_is_about() -> None:
    text = "healthy-5 amber, printers shut. Will sort it when they are back."
    assert read_social(text, SEFTON, TODAY).rest == text


@pytest.mark.parametrize("text", ["and " * 150, "a, b, " * 100, "in at " * 100, "will do it and " * 39, "eh, so " * 80])
def test_hostile_text_costs_little(text: str) -> None:
    began = process_time()
    read_social(text[:LONGEST], SEFTON, TODAY)
    assert process_time() - began < 0.05


def test_long_texts_are_no_courtesies() -> None:
    assert read_social("thanks " * LONGEST, SEFTON, TODAY).acts == ()
