"""What the bot offers, typed back: the same comes of it as of the press, or the same is offered again.

Labels, the words that a button types, and the commands that a message quotes are taken from what was played: whatever
is new is tried without anybody adding it here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from handlers.safeguarding.confirmation import REWORD_LABEL, SURE_LABEL
from tests.understanding.player import Offer, Played, Player
from tests.understanding.rows import Row

_QUOTED_COMMAND = re.compile(r"“(/cypp [^”…]+)”")
_SHAPE = re.compile(
    r"“[^”]*”|\b(?:heard|happy|healthy|achieving|\d{1,2}[a-z]{3})-\d+\b|\d+|\b[A-Z][a-z]{2} \d+ [A-Z][a-z]{2}\b"
)
LOST = ("I am not sure what you are asking", "I do not know")


@dataclass(frozen=True)
class Trip:
    """One thing to type: what, behind which row, and the press that it must be like; None for a quoted command."""

    row: Row
    typed: str
    offer: Offer | None

    @property
    def shape(self) -> tuple[str, str]:
        """What makes two of them the same: the refs, numbers and quotations in them do not."""
        kind = self.offer.verb if self.offer is not None else "quoted"
        return kind, _SHAPE.sub("#", self.typed)


def trips(row: Row, played: Played) -> Iterator[Trip]:
    """Yield everything that a row's reply offers to be pressed or typed; a label of several things names none."""
    labels = Counter(one.label for one in played.offers)
    for offer in played.offers:
        if (
            labels[offer.label] == 1
            and offer.leads != "nothing"
            and not offer.label.endswith("…")
            and not offer.label.startswith("Next ")
            # What may identify a child is kept nowhere, so that its buttons alone can say what becomes of it.
            and offer.label not in (SURE_LABEL, REWORD_LABEL)
        ):
            yield Trip(row, offer.label, offer)
            if offer.leads == "answer" and offer.says:
                yield Trip(row, offer.says, offer)
    for words in _QUOTED_COMMAND.findall(played.said):
        yield Trip(row, words, None)


def typed_back(player: Player, trip: Trip, before: Played) -> str:
    """Return what is wrong with what comes of typing it; "" where it is the same as pressing."""
    keys = {name: value for name, value in trip.row.keys.items() if name in ("who", "way", "file")}
    played = player.play(replace(trip.row, keys={**keys, "says": [*trip.row.says, trip.typed]}))
    stored = played.stored[len(before.stored) :]
    first = played.said.partition("\n")[0]
    offer = trip.offer
    if offer is not None and any((one.label, one.says) == (offer.label, offer.says) for one in played.offers):
        return f"stores {stored}" if stored else ""
    if offer is not None and offer.says == first and not stored and not offer.stores:
        return ""
    if any(first.startswith(one) for one in LOST) or played.trouble:
        return f"not understood: {first}"
    if offer is None or (offer.leads == "stored" and offer.says == first):
        return ""
    if offer.stores:
        again = any(set(one.stores) >= set(offer.stores) for one in played.offers)
        return (
            "" if sorted(stored) == sorted(offer.stores) or again else f"stores {stored or first}, not {offer.stores}"
        )
    return f"stores {stored}" if stored else ""


def unlike(player: Player, played: Iterable[tuple[Row, Played]]) -> Iterator[str]:
    """Yield what does not come back as it went out, each shape of it once.

    Buttons that only fetch something for who asked are left out for people who are not in the plan: for them nothing is
    remembered of a reply.
    """
    seen: set[tuple[str, str]] = set()
    for row, before in played:
        if "press" in row.keys or row.keys.get("way") in ("edited", "form"):
            continue
        for trip in trips(row, before):
            if trip.shape in seen or (row.role == "member" and trip.offer is not None and trip.offer.leads == "words"):
                continue
            seen.add(trip.shape)
            wrong = typed_back(player, trip, before)
            if wrong:
                yield f"{row.place} ({row.who}): “{trip.typed}” {wrong}"
