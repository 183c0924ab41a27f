"""What a lead asks of the board in an update: what is read as one, and what must not be."""

import pytest

from handlers.reading.board_asks import board_ask_in
from handlers.reading.heard import without
from tests.handlers.reading.names_plan import SEFTON_NAMES

ASKS = [
    ("two posts vacant; ask of the board: agree a third advisor", "two posts vacant", "agree a third advisor"),
    ("two posts vacant. Ask of the board: agree a third advisor.", "two posts vacant", "agree a third advisor"),
    ("two posts vacant - our ask of the board is agree a third advisor", "two posts vacant", "agree a third advisor"),
    ("ask of the board agree a third advisor", "", "agree a third advisor"),
    ("nobody in post (ask of the board: release the £4k) advert out", "nobody in post advert out", "release the £4k"),
    ("lease ends soon; ask for the board - write to the landlord", "lease ends soon", "write to the landlord"),
    ("lease ends soon. Board ask: write to the landlord", "lease ends soon", "write to the landlord"),
    ("lease ends soon. For the board: write to the landlord", "lease ends soon", "write to the landlord"),
    ("costs doubled, decision needed from the board: fund it or stop", "costs doubled", "fund it or stop"),
    ("costs doubled. We ask the board to fund the gap", "costs doubled", "fund the gap"),
    ("costs doubled, we'd ask the board to fund the gap", "costs doubled", "fund the gap"),
    ("costs doubled; we are asking the partnership board to fund the gap", "costs doubled", "fund the gap"),
    ("costs doubled, asking the board to fund the gap", "costs doubled", "fund the gap"),
    ("costs doubled. The board is asked to fund the gap", "costs doubled", "fund the gap"),
    ("costs doubled. Board is invited to consider other sites", "costs doubled", "consider other sites"),
    ("costs doubled, recommend that the board agree a cheaper site", "costs doubled", "agree a cheaper site"),
    ("costs doubled. I recommend the board approves a cheaper site", "costs doubled", "approves a cheaper site"),
    ("costs doubled, would like the board to press the trust for data", "costs doubled", "press the trust for data"),
    ("costs doubled, we need the board to nominate a sponsor", "costs doubled", "nominate a sponsor"),
    ("costs doubled; request to the Health and Wellbeing Board: share its data", "costs doubled", "share its data"),
    ("costs doubled; ask of the HWB: share its data", "costs doubled", "share its data"),
    ("costs doubled\nAsk of the board: agree (a) site; (b) sponsor", "costs doubled", "agree (a) site; (b) sponsor"),
    ("we ask the board to agree a site. Survey is done", "Survey is done", "agree a site"),
    ("no budget, no one until May, ask of the board: fund it", "no budget, no one until May", "fund it"),
    ("ask of the board: agree a site. And a sponsor", "", "agree a site. And a sponsor"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "ask"), ASKS)
def test_an_ask_of_the_board_is_read(text: str, words: str, ask: str) -> None:
    found = board_ask_in(text, SEFTON_NAMES.boards)
    assert found is not None
    assert (without(text, ((found.start, found.end),)), found.ask) == (words, ask)


NONE = [
    "the board asked for a report in June",
    "the board was asked to fund the gap and declined",
    "the ask of the board was met in June",
    "asks of the board remain the same",
    "no ask of the board this time",
    "ask of the board: none",
    "ask of the board: n/a.",
    "we are not asking the board to fund it",
    "we asked the board to fund the gap in June",
    "will ask the board to fund the gap in December",
    "we may ask the board to fund it later",
    "ask the board",
    "asking the school board to agree a site",
    "we ask the trust's board to agree a site",
    "ask of the governors: agree a site",
    "paper drafted for the board: two options in it",
    "ready for the board",
    "the head wants the board to be happier",
    "whiteboard ask: draw more",
    "notice board is asked for by parents",
    "they asked whether the board is asked to agree",
    "can the board agree this by email",
    "families ask of us: more parks",
    "report went to the board - agreed",
    "request to the board for funds went in last week",
    "the chair would like the board to see the film",
    "board asks us for data every term",
    "tasked by the board: nothing yet",
    "if it slips, we ask the board to fund it",
    "if it slips we ask the board to fund it",
    "when ready we will be asking the board to fund it",
]


@pytest.mark.parametrize("text", NONE)
def test_what_looks_like_an_ask_of_the_board_and_is_none(text: str) -> None:
    assert board_ask_in(text, SEFTON_NAMES.boards) is None
