"""The commands that ask leads again, as some words say: "chase the police", "nudge everyone who hasn't answered"."""

from collections.abc import Sequence

from handlers.reading.changes.change_tokens import ChangeToken
from handlers.reading.changes.change_words import W
from handlers.reading.changes.meeting_slots import MeetingSlots, meeting_typed
from handlers.reading.names_in_text import NameSeen
from handlers.reading.plan_names import NameKind


def chases_said(tokens: Sequence[ChangeToken], slots: MeetingSlots) -> tuple[str, ...]:
    """Return what asks each post and organisation that is named, else everyone; nothing where an account is."""
    months = [one.text for one in tokens if one.has(W.MONTH)] if slots.several else []
    meant = meeting_typed(slots.meeting) if slots.meeting is not None else slots.board or " ".join(months)
    named = [one.post_typed for one in tokens if one.has(W.POST)]
    seen = [one.value for one in tokens if one.has(W.ORGANISATION) and isinstance(one.value, NameSeen)]
    named += [one.names[0].key for one in seen if len(one.names) == 1 and one.kind is NameKind.ORGANISATION]
    if not named and any(one.has(W.ALL) for one in tokens) and not any(one.has(W.WHO) for one in tokens):
        named = ["everyone"]
    about = f" for {meant}" if meant else ""
    return tuple(f"chase {one}{about}" for one in dict.fromkeys(named))
