"""Plain words and what may be stored of them, as tables.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from datetime import date

import pytest

from handlers.commands.answers import (
    AnswerCommand,
    AutomaticReply,
    GiveUpdate,
    InParts,
    NoChange,
    NotOurs,
    ProposeClosure,
    ReadAs,
    Recorded,
    ShowBack,
    ToFollow,
    Verbal,
)
from handlers.commands.questions import Pleasantry
from handlers.reading.plain_replies import read_reply
from handlers.reading.vocabulary import PlainRefBook, Vocabulary
from handlers.reading.whose import Whose
from models.enums import Status
from tests.handlers.reading.plan import NUMBERED, SEFTON, TODAY

NS, ON, SOME, OFF = Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK
ONE = ("healthy-5",)
THREE = ("healthy-5", "healthy-9", "heard-2")
H5, H9, HEARD2 = THREE
SEP4 = date(2020, 9, 4)

RECORDED: list[tuple[str, tuple[AnswerCommand, ...]]] = [
    # as leads write them
    ("healthy-5 on track, two advisors recruited", (GiveUpdate(H5, ON, "two advisors recruited"),)),
    ("all posts filled by June. amber", (GiveUpdate(H5, SOME, "all posts filled by June."),)),
    ("amber because the post is vacant", (GiveUpdate(H5, SOME, "because the post is vacant"),)),
    # asked to be written down
    ("can you put healthy-5 down as red, the building is shut", (GiveUpdate(H5, OFF, "the building is shut"),)),
    ("could you please mark healthy-5 amber please, no post", (GiveUpdate(H5, SOME, "no post"),)),
    ("let's call healthy-5 red, nobody replied", (GiveUpdate(H5, OFF, "nobody replied"),)),
    ("you can put healthy-5 down as on track", (GiveUpdate(H5, ON),)),
    # every status, by every name
    ("not started", (GiveUpdate(H5, NS),)),
    ("grey", (GiveUpdate(H5, NS),)),
    ("on track", (GiveUpdate(H5, ON),)),
    ("green", (GiveUpdate(H5, ON),)),
    ("some issues: the post is vacant", (GiveUpdate(H5, SOME, "the post is vacant"),)),
    ("at risk, no money", (GiveUpdate(H5, SOME, "no money"),)),
    ("off track - nobody left", (GiveUpdate(H5, OFF, "nobody left"),)),
    ("not on track", (GiveUpdate(H5, OFF),)),
    ("red", (GiveUpdate(H5, OFF),)),
    ("g", (GiveUpdate(H5, ON),)),
    ("healthy-5: A.", (GiveUpdate(H5, SOME),)),
    ("healthy-5 r", (GiveUpdate(H5, OFF),)),
    # the other answers
    ("no change", (NoChange(H5),)),
    ("As last time.", (NoChange(H5),)),
    ("no update since the last meeting", (NoChange(H5),)),
    ("no change since June, still waiting for housing", (NoChange(H5, "still waiting for housing"),)),
    ("verbal", (Verbal(H5),)),
    ("verbal update at the meeting", (Verbal(H5),)),
    ("I'll give a verbal update at the board", (Verbal(H5),)),
    ("to follow by 4/9", (ToFollow(H5, SEP4),)),
    ("to follow: 4/9/20", (ToFollow(H5, SEP4),)),
    ("to follow first thing Friday", (ToFollow(H5, SEP4),)),
    ("healthy-5: update to follow by Friday", (ToFollow(H5, SEP4),)),
    ("not ours", (NotOurs(H5),)),
    ("not mine, ask housing", (NotOurs(H5, "ask housing"),)),
    ("this is not ours, please ask housing", (NotOurs(H5, "please ask housing"),)),
    ("done", (ProposeClosure(H5),)),
    ("healthy-5 done, both started on 1 September", (ProposeClosure(H5, "both started on 1 September"),)),
    ("Finished. See https://example.org/red.html", (ProposeClosure(H5, "See https://example.org/red.html"),)),
    ("done https://example.org/report", (ProposeClosure(H5, "https://example.org/report"),)),
    # small words, courtesies, marks, spelling
    ("healthy-5 is now on track", (GiveUpdate(H5, ON),)),
    ("HEALTHY 5 — GREEN!", (GiveUpdate(H5, ON),)),
    ("health 5 on track", (GiveUpdate(H5, ON),)),
    ("Hi Sam, on track, two recruited. Thanks, Jo", (GiveUpdate(H5, ON, "two recruited."),)),
    ("on track, thanks", (GiveUpdate(H5, ON),)),
    ("*on track*", (GiveUpdate(H5, ON),)),
    ("~amber~ on track", (GiveUpdate(H5, ON),)),
    ("healthy-5 on track 🎉", (GiveUpdate(H5, ON),)),
    ("healthy-5 (on track)", (GiveUpdate(H5, ON),)),
    ("<@U123> healthy-5 on track", (GiveUpdate(H5, ON),)),
    ("> last time: amber\non track", (GiveUpdate(H5, ON),)),
    ("amber healthy-5, no post", (GiveUpdate(H5, SOME, "no post"),)),
    ("on track for healthy-5", (GiveUpdate(H5, ON),)),
    ("1. healthy-5 on track", (GiveUpdate(H5, ON),)),
    ("update healthy-5 on track, two", (GiveUpdate(H5, ON, "two"),)),
    ("healthy-5 on track (linked to healthy-9)", (GiveUpdate(H5, ON, "(linked to healthy-9)"),)),
    ("Status: green", (GiveUpdate(H5, ON),)),
    ("RAG: amber. Awaiting checks.", (GiveUpdate(H5, SOME, "Awaiting checks."),)),
    ("Yes, on track", (GiveUpdate(H5, ON),)),
    ("please mark healthy-5 as done", (ProposeClosure(H5),)),
    ("healthy-5 → green", (GiveUpdate(H5, ON),)),
    ("/cypp update healthy-5 on track", (GiveUpdate(H5, ON),)),
    ("not done yet; on track", (GiveUpdate(H5, ON, "not done yet"),)),
    # a rating says more than "no change"; other colours that nothing bounds are only words
    ("no change, still amber", (GiveUpdate(H5, SOME, "no change"),)),
    ("on track, the red book was sent", (GiveUpdate(H5, ON, "the red book was sent"),)),
    ("amber, recruitment done", (GiveUpdate(H5, SOME, "recruitment done"),)),
    # of what it is not, nothing is said
    ("healthy-5 amber, not healthy-9, two left", (GiveUpdate(H5, SOME, "two left"),)),
    ("healthy-5, not healthy-9, is green", (GiveUpdate(H5, ON),)),
    ("last minute - healthy-5 amber, the cook left", (GiveUpdate(H5, SOME, "the cook left"),)),
    # dates inside words move nothing
    ("on track, moves to 23 October", (GiveUpdate(H5, ON, "moves to 23 October"),)),
    ("amber, report by 12/9", (GiveUpdate(H5, SOME, "report by 12/9"),)),
    # several actions in one message
    ("healthy-5 and healthy-9 on track", (GiveUpdate(H5, ON), GiveUpdate(H9, ON))),
    ("healthy-5, healthy-9 and heard 2 on track, all posts filled",
     (GiveUpdate(H5, ON, "all posts filled"), GiveUpdate(H9, ON, "all posts filled"),
      GiveUpdate(HEARD2, ON, "all posts filled"))),
    ("healthy-5 on track; healthy-9 amber, no post", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME, "no post"))),
    ("healthy-5 on track, two recruited\nhealthy-9 no change", (GiveUpdate(H5, ON, "two recruited"), NoChange(H9))),
    ("healthy-5 on track healthy-9 amber", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME))),
    ("- healthy-5: on track\n- healthy-9: amber, no post", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME, "no post"))),
    ("1. healthy-5 on track\n2. healthy-9 done: see report", (GiveUpdate(H5, ON), ProposeClosure(H9, "see report"))),
    ("Updates from housing: healthy-5 on track; healthy-9 verbal", (GiveUpdate(H5, ON), Verbal(H9))),
    ("healthy-5: on track / healthy-9: amber", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME))),
    ("healthy-5 & healthy-9: no change", (NoChange(H5), NoChange(H9))),
    ("green: healthy-5; amber: healthy-9", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME))),
    ("on track: healthy-5, healthy-9", (GiveUpdate(H5, ON), GiveUpdate(H9, ON))),
]  # fmt: skip

SHOWN_BACK = [
    # text, reading
    ("healthy-5 a report was published", ""),
    ("the red book was sent", ""),
    ("no longer on track", ""),
    ("was amber, now green", ""),
    ("amber/red", ""),
    ("not done", ""),
    ("nearly finished", ""),
    ("I don't think healthy-5 is on track", ""),
    ("healthy-5 isn't on track", ""),
    ("if on track, we will say so", ""),
    ("healthy-5 on track?", ""),
    ("can you put healthy-5 on the agenda", ""),
    ("can you update me on healthy-5, is it green?", ""),
    ("can you make healthy-5 green if it is late?", ""),
    ("did you put healthy-5 down as red?", ""),
    ("should I put healthy-5 amber?", ""),
    ("the chair asked could we show healthy-5 as red", ""),
    ("could you not mark healthy-5 as red", ""),
    ("could healthy-5 go red?", ""),
    ("can we get healthy-5 back to green?", ""),
    ("can we make healthy-5 green by Friday?", ""),
    ("healthy-5: on track - two recruited now?", ""),
    ("not sure healthy-5, healthy-9 and heard 2 all green", ""),
    ("I wish healthy-5, healthy-9 and heard 2 were green", ""),
    ("how is healthy-5?", ""),
    ("is healthy-5 on track, would you say?", ""),
    ("to follow", ""),
    ("to follow by 31/9", ""),
    ("not ours to decide", ""),
    ("healthy-5 waits for healthy-9, amber", ""),
    ("healthy-5, 8 advisors recruited", ""),
    ("healthy-5 and 8 advisors recruited", ""),
    ("Can you mark healthy-5 as done?", ""),
    ("I think it's on track", ""),
    ("?", ""),
    ("ok?", ""),
    ("", ""),
    ("healthy-5 closed", ""),
    ("the work is finished in two of three schools", ""),
    ("move this to 23 October please", ""),
    ("amber, waiting for healthy-9", ""),
    ("healthy-9 was discussed. amber", ""),
    ("see https://example.org/on-track", ""),
    ("mail red@example.org", ""),
    ("on track. off track", ""),
    ("healthy-5 on track. healthy-5 amber", ""),
    ("healthy-55 on track", "“healthy-55” as healthy-5"),
]

READ_AS: list[tuple[str, tuple[AnswerCommand, ...], tuple[tuple[str, str], ...]]] = [
    ("helthy 5 on track, herd-9 no change, happy1 amber post vacant",
     (GiveUpdate(H5, ON), NoChange("heard-9"), GiveUpdate("happy-1", SOME, "post vacant")),
     (("helthy 5", H5), ("herd-9", "heard-9"))),
    ("helthy 5 on track; healthy-9 done, see the report",
     (GiveUpdate(H5, ON), ProposeClosure(H9, "see the report")), (("helthy 5", H5),)),
    ("healthy-5 on track two recruited\nhealthy-9 amber no post",
     (GiveUpdate(H5, ON, "two recruited"), GiveUpdate(H9, SOME, "no post")), ()),
    ("healthy-5 on trakc, herd-2 to follow by 4/9",
     (GiveUpdate(H5, ON), ToFollow(HEARD2, SEP4)), (("on trakc", "on track"), ("herd-2", HEARD2))),
    ("Updates from housing: helthy 5 verbal, helthy 9 not ours ask the schools",
     (Verbal(H5), NotOurs(H9, "ask the schools")), (("helthy 5", H5), ("helthy 9", H9))),
    ("helthy 5 on track", (GiveUpdate(H5, ON),), (("helthy 5", H5),)),
    ("helthy 5 on trakc", (GiveUpdate(H5, ON),), (("helthy 5", H5), ("on trakc", "on track"))),
    ("healthy-5 on trakc, two advisors", (GiveUpdate(H5, ON, "two advisors"),), (("on trakc", "on track"),)),
    ("healthy-5 grren", (GiveUpdate(H5, ON),), (("grren", "on track"),)),
    ("would you set healthy-5 to red? the supplier left", (GiveUpdate(H5, OFF, "the supplier left"),), ()),
    ("can you put healthy-5 down as red because the post is vacant?",
     (GiveUpdate(H5, OFF, "because the post is vacant"),), ()),
    ("could we show healthy-5 as red given two left", (GiveUpdate(H5, OFF, "given two left"),), ()),
    ("sorry, would you mind making healthy-5 amber? two left", (GiveUpdate(H5, SOME, "two left"),), ()),
    ("any chance healthy-5 could go down as green?", (GiveUpdate(H5, ON),), ()),
    ("could healthy-5 be marked amber please, two left?", (GiveUpdate(H5, SOME, "two left"),), ()),
    ("healthy-5 on track two advisors", (GiveUpdate(H5, ON, "two advisors"),), ()),
    ("two recruited. healthy-5 on track. healthy-9 amber", (GiveUpdate(H5, ON), GiveUpdate(H9, SOME)), ()),
    ("two were recruited. helthy 5 on track, herd-9 no change",
     (GiveUpdate(H5, ON), NoChange("heard-9")), (("helthy 5", H5), ("herd-9", "heard-9"))),
    ("green: helthy 5; amber: helthy 9",
     (GiveUpdate(H5, ON), GiveUpdate(H9, SOME)), (("helthy 5", H5), ("helthy 9", H9))),
    ("healthy 5 and 9 on track", (GiveUpdate(H5, ON), GiveUpdate(H9, ON)), (("9", H9),)),
]  # fmt: skip

NOT_READ = [
    "helthy 5 on track, helthy 5 amber no post",
    "helthy 5 on track, 5 amber, no post",
]

IN_PARTS: list[tuple[str, tuple[AnswerCommand, ...], tuple[AnswerCommand, ...], tuple[str, ...]]] = [
    # text, recorded, likely, asked about
    ("healthy-5 on track, healthy-9 waiting for housing", (GiveUpdate(H5, ON),), (), (H9,)),
    ("healthy-5 on track; healthy-9 nearly done; heard 2 no change", (GiveUpdate(H5, ON), NoChange(HEARD2)), (), (H9,)),
    ("8 - A\nhealthy-9 - G", (GiveUpdate(H9, ON),), (), (H5, HEARD2)),
    ("two colleges late - amber\nhealthy-9 - G", (GiveUpdate(H9, ON),), (), (H5, HEARD2)),
    ("helthy 5 on track, herd-9 waits for the schools", (), (GiveUpdate(H5, ON),), ("heard-9",)),
]

PLEASANTRIES = [
    "yes",
    "thanks", "Thanks!", "thank you so much", "Thanks Sam", "ok", "OK.", "okay, will do", "will do", "👍", "👍🏽 🙏",
    ":+1:", ":thumbsup::skin-tone-3:", "well done", "Hi", "got it, thanks", "Cheers :)", "❤️", "no problem",
    "great, thanks for the reminder",
]  # fmt: skip

AUTOMATIC = [
    "Automatic reply: your message of 10 August",
    "Auto-reply: on track",
    "Out of office",
    "Thank you for your email. I am away and will reply on my return.",
    "This is an automated message. The mailbox is not monitored.",
]


@pytest.mark.parametrize(("text", "commands"), RECORDED)
def test_records_a_plain_answer_at_once(text: str, commands: tuple[AnswerCommand, ...]) -> None:
    assert read_reply(text, SEFTON, Whose(ONE), TODAY) == Recorded(commands)


@pytest.mark.parametrize(("text", "reading"), SHOWN_BACK)
def test_shows_back_what_is_not_plain(text: str, reading: str) -> None:
    read = read_reply(text, SEFTON, Whose(ONE), TODAY)
    assert isinstance(read, ShowBack)
    assert read.reading == reading
    assert "healthy-5" in read.refs


@pytest.mark.parametrize(("text", "commands", "corrected"), READ_AS)
def test_several_answers_with_near_misses_are_one_reading_to_confirm(
    text: str, commands: tuple[AnswerCommand, ...], corrected: tuple[tuple[str, str], ...]
) -> None:
    assert read_reply(text, SEFTON, Whose(THREE), TODAY) == ReadAs(commands, corrected)


@pytest.mark.parametrize("text", NOT_READ)
def test_several_answers_of_which_one_is_unsure_are_shown_back(text: str) -> None:
    assert isinstance(read_reply(text, SEFTON, Whose(THREE), TODAY), ShowBack)


@pytest.mark.parametrize(("text", "recorded", "likely", "asked"), IN_PARTS)
def test_each_part_stands_alone(
    text: str, recorded: tuple[AnswerCommand, ...], likely: tuple[AnswerCommand, ...], asked: tuple[str, ...]
) -> None:
    read = read_reply(text, SEFTON, Whose(THREE), TODAY)
    assert isinstance(read, InParts)
    assert read.recorded == recorded
    assert (read.read_as.commands if read.read_as else ()) == likely
    assert tuple(ref for one in read.shown for ref in one.refs) == asked


@pytest.mark.parametrize("text", PLEASANTRIES)
def test_a_courtesy_is_never_an_update(text: str) -> None:
    assert read_reply(text, SEFTON, Whose(ONE), TODAY) == Pleasantry()


@pytest.mark.parametrize("text", AUTOMATIC)
def test_an_automatic_reply_stores_nothing(text: str) -> None:
    assert read_reply(text, SEFTON, Whose(ONE), TODAY) == AutomaticReply()


def test_an_answer_with_news_of_leave_is_still_an_answer() -> None:
    read = read_reply("healthy-5 on track. I am on annual leave until 12 September", SEFTON, Whose(ONE), TODAY)
    assert read == Recorded((GiveUpdate(H5, ON, "I am on annual leave until 12 September"),))


@pytest.mark.parametrize(
    ("text", "owed", "topic", "ref"),
    [
        ("on track", THREE, "healthy-9", "healthy-9"),
        ("on track", (), "heard-2", "heard-2"),
        ("healthy-5 on track", THREE, "healthy-9", "healthy-5"),
        ("healthy-5 on track", (), "", "healthy-5"),
        ("on track", ("heard-2",), "", "heard-2"),
        ("all posts filled for heard-2 by June. on track", ("heard-2",), "", "heard-2"),
    ],
)
def test_the_action_is_the_one_named_or_the_only_one_it_can_be(
    text: str, owed: tuple[str, ...], topic: str, ref: str
) -> None:
    read = read_reply(text, SEFTON, Whose(owed, (topic,) if topic else ()), TODAY)
    assert isinstance(read, Recorded)
    assert [command.ref for command in read.commands] == [ref]


@pytest.mark.parametrize(
    ("text", "owed", "topic", "refs"),
    [
        ("on track", THREE, "", THREE),
        ("on track", (), "", ()),
        ("on track", tuple(f"happy-{n}" for n in range(1, 9)), "", tuple(f"happy-{n}" for n in range(1, 6))),
        ("amber, waiting for heard-2", THREE, "healthy-9", ("healthy-9", "heard-2", "healthy-5")),
        ("what about heard-2?", THREE, "", ("heard-2",)),
        ("healthy-777 green", ("happy-6",), "", tuple(f"healthy-{n}" for n in range(1, 6))),
    ],
)
def test_offers_the_likeliest_actions_first_and_five_at_most(
    text: str, owed: tuple[str, ...], topic: str, refs: tuple[str, ...]
) -> None:
    read = read_reply(text, SEFTON, Whose(owed, (topic,) if topic else ()), TODAY)
    assert isinstance(read, ShowBack)
    assert read.refs == refs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("healthy-5 a report was published", "a report was published"),
        ("Healthy 5: we met the “schools” – twice", "we met the “schools” – twice"),
        ("how is healthy-5?", "how is healthy-5?"),
        ("healthy-5: we met  two\n\nadvisors", "we met two\nadvisors"),
    ],
)
def test_what_is_shown_back_is_what_was_typed_without_the_ref(text: str, words: str) -> None:
    read = read_reply(text, SEFTON, Whose(ONE), TODAY)
    assert isinstance(read, ShowBack)
    assert read.words == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.3 on track", (GiveUpdate("7.3", ON),)),
        ("7.3: green, ok", (GiveUpdate("7.3", ON),)),
        ("7.3 and 7.4 green", (GiveUpdate("7.3", ON), GiveUpdate("7.4", ON))),
        ("spent 7.3 million. green", (GiveUpdate("7.10", ON, "spent 7.3 million."),)),
        ("7.3 million spent. green", (GiveUpdate("7.10", ON, "7.3 million spent."),)),
        ("11.2 green", None),
        ("7.33 on track", None),
    ],
)
def test_refs_of_numbers_alone_are_told_from_amounts(text: str, expected: tuple[AnswerCommand, ...] | None) -> None:
    read = read_reply(text, NUMBERED, Whose(("7.10",)), TODAY)
    assert read == Recorded(expected) if expected else isinstance(read, ShowBack)


def test_words_too_long_to_be_sure_of_are_shown_back() -> None:
    read = read_reply("healthy-5 on track, " + "and so on " * 1000, SEFTON, Whose(ONE), TODAY)
    assert isinstance(read, ShowBack)


def test_looks_up_only_so_many_refs_for_one_message() -> None:
    class Counting(PlainRefBook):
        asked = 0

        def exact(self, key: str) -> str | None:
            Counting.asked += 1
            return super().exact(key)

    words = Vocabulary(refs=Counting(["healthy-5"]))
    read = read_reply("on track " + " ".join(f"a{n}" for n in range(1000)), words, Whose(ONE), TODAY)
    assert isinstance(read, ShowBack)
    assert Counting.asked < 400


SIGNED = "\n\nKind regards\nMair Huws\nHead of Education | Sefton Council\n0151 496 0188"
QUOTED = "\n\nOn Mon, 17 Aug 2020 at 09:30, Action tracker <tracker@example.org> wrote:\n> healthy-9 off track?"
MAIL = [
    ("Dear all,\n\nhealthy-5 on track. Two recruited." + SIGNED, (GiveUpdate(H5, ON, "Two recruited."),)),
    ("amber, post vacant" + SIGNED + QUOTED, (GiveUpdate(H5, SOME, "post vacant"),)),
    ("healthy-5 done, both started\nSent from my iPhone" + QUOTED, (ProposeClosure(H5, "both started"),)),
    ("healthy-5\tAmber\tpost vacant", (GiveUpdate(H5, SOME, "post vacant"),)),
    ("healthy-5 on track, -5% absence, see (3) &amp; [4]", (GiveUpdate(H5, ON, "-5% absence, see (3) & [4]"),)),
]


@pytest.mark.parametrize(("text", "commands"), MAIL)
def test_a_mail_is_its_writers_own_words(text: str, commands: tuple[AnswerCommand, ...]) -> None:
    assert read_reply(text, SEFTON, Whose(ONE), TODAY) == Recorded(commands)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("> healthy-5 done", ShowBack((H5,), "done", doubted=True)),
        ("From: Rhodri Pugh\nSent: 14 August 2020 16:02\n\nit is done", ShowBack(ONE, "it is done", doubted=True)),
        ("FYI, from the police\n> healthy-9 amber, no van", ShowBack((H9,), "amber, no van", doubted=True)),
        ("FYI, see below\n> all of it is off track", ShowBack(ONE, "all of it is off track", doubted=True)),
    ],
)
def test_what_others_wrote_is_never_recorded_at_once(text: str, shown: ShowBack) -> None:
    assert read_reply(text, SEFTON, Whose(ONE), TODAY) == shown


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("healthy five comma on track full stop", None),
        ("on track full stop two recruited", (GiveUpdate(H5, ON, "two recruited"),)),
        ("ｏｎ ｔｒａｃｋ", (GiveUpdate(H5, ON),)),
        ("FW: healthy-9\non track, two recruited", (GiveUpdate(H9, ON, "two recruited"),)),
    ],
)
def test_what_was_guessed_is_shown_before_it_is_recorded(text: str, commands: tuple[AnswerCommand, ...] | None) -> None:
    read = read_reply(text, SEFTON, Whose(ONE), TODAY)
    assert not isinstance(read, Recorded)
    assert commands is None or read == ReadAs(commands)
