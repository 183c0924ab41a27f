"""Record a partner's return: from words or from the form, part by part; what stood before stays in the history.

Source: docs/explanation/what-people-write.md, Contributions.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from handlers.buttons import UNDO_HOURS
from handlers.commands.contributions import Contribute
from handlers.context import RequestContext
from handlers.contributions.returns import (
    Returns,
    check_may_contribute,
    contributing_post,
    parts_given,
    returns_meant,
    returns_of,
    whose_meant,
)
from handlers.drafts import keep_draft, named_draft, use_draft
from handlers.formatting import day_said, listed, number_said
from handlers.permissions import NotHere
from handlers.preconditions import wrong_field
from handlers.press_codec import (
    MOST_BUTTONS,
    Flag,
    Number,
    OnDraft,
    OnMeeting,
    PressValue,
    Words,
    press_button,
    value_menu,
)
from handlers.reading.child_quotes import unsourced_quotes
from handlers.reading.contribution_words import read_return, words_counted
from handlers.reading.dates import NoDay
from handlers.reading.heard import source_in, without
from handlers.responses import LONGEST_LABEL, Button, Content, Response, receipt, say
from handlers.safeguarding.confirmation import REWORD_LABEL, SURE_LABEL, objection
from models.enums import ReturnPart, Way
from models.records.entry_reads import recorded_since
from models.records.frozen_papers import frozen_paper
from models.records.message_counts import count_undo
from models.records.return_entries import add_contribution, contribution_by_id, mark_contributions_stale
from models.rules.calendar import local_day
from models.rules.contributions import GUIDE_WORDS, LONGEST_RETURN, Contributor
from models.storage.history_tables import Contribution

_KIND = "contribution"
"""Of drafts: a return that was not stored yet."""
REPLACE, ADD = "replace", "add"
"""What becomes of words of a part that somebody else gave before."""
_GONE = NotHere("That contribution is not in this plan any more, or was taken care of: nothing was changed.")


class GiveContribution(OnMeeting):
    """*Contribute…*, *Change…*: opens the form of a return; `seen`: the entry that the form shows."""

    verb = "contribute"

    post: Number = 0
    seen: Number = 0


class RecordContribution(OnDraft):
    """Stores a return that was asked about; `post`: whose it is; `how`: what becomes of others' words before it."""

    verb = "contribution"

    post: Number = 0
    how: Words = ""
    sure: Flag = False


class DropContribution(OnDraft):
    """*Let me reword*, *Leave theirs*: a return that was asked about is not stored."""

    verb = "dropcontribution"


class UndoContribution(PressValue):
    """*Undo* under a return that was recorded."""

    verb = "undocontribution"
    entry: Number = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A return as somebody gives it.

    Attributes:
        meeting: for which meeting, by its number.
        parts: what it says, by the name of each part.
        whole: whether what it does not say is taken out: that of the form, which shows what stands.
        seen: the entry that its writer saw, 0 for none.
        heard: how whoever keeps the board had it: "by e-mail of Fri 4 Sep 2020".
        typed: the words as they were typed, to be given back.
        how: what becomes of words that somebody else gave before; "" while that is not known.
    """

    meeting: int
    parts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    seen: int = 0
    heard: str = ""
    typed: str = ""
    how: str = ""


def contribute(ctx: RequestContext, command: Contribute) -> Response:
    """Answer `contribute [ORGANISATION] [for MEETING]: words`."""
    returns = returns_meant(ctx, command.meeting)
    given = Given(returns.meeting.id, typed=command.words)
    whose = whose_meant(ctx, returns, command.whose, lambda rows: _choose(ctx, given, rows), command.words)
    return give_words(ctx, returns, whose, given)


def give_words(ctx: RequestContext, returns: Returns, whose: Contributor, given: Given) -> Response:
    """Read the words of a return, and record them."""
    check_may_contribute(ctx, returns, whose, given.typed)
    words, heard = given.typed, ""
    if contributing_post(ctx, whose) not in ctx.roles.posts:
        words, heard = _source(ctx, words)
    parts = {part.value: said for part, said in read_return(words).items()}
    return record_return(ctx, returns, whose, replace(given, parts=parts, heard=heard))


def _source(ctx: RequestContext, words: str) -> tuple[str, str]:
    """Return words for another without how they came, where that stands at their beginning or end; and that."""
    told = source_in(words, ctx.vocabulary, ctx.today)
    if told is None or isinstance(told.heard.day, NoDay) or told.heard.day > ctx.today:
        return words, ""
    edges = [(start, end) for start, end in told.spans if not words[:start].strip() or not words[end:].strip(" .)\n")]
    return (without(words, edges), f"{told.heard.way.value} {day_said(told.heard.day)}") if edges else (words, "")


def _choose(ctx: RequestContext, given: Given, rows: Sequence[Contributor]) -> tuple[Button, ...]:
    """Return what to press for whose return it is; the words are kept until then."""
    draft = _kept(ctx, given)
    each = [(one.named, RecordContribution(draft=draft, post=one.post_id)) for one in rows]
    if len(each) > MOST_BUTTONS:
        return (value_menu("Choose an organisation…", each),)
    return tuple(press_button(name[:LONGEST_LABEL], value) for name, value in each)


def _kept(ctx: RequestContext, given: Given) -> str:
    return keep_draft(ctx, _KIND, json.dumps(asdict(given)))


def draft_pressed(ctx: RequestContext, value: RecordContribution) -> Response:
    """Store a return that was asked about: whose it is, that it identifies nobody, or what becomes of others' words."""
    row = named_draft(ctx, _KIND, value.draft)
    stored: dict[str, Any] = json.loads(row.words) if row is not None else {}
    given = Given(**stored) if stored else None
    returns = returns_of(ctx, given.meeting) if given is not None else None
    whose = next((one for one in returns.contributors if one.post_id == value.post), None) if returns else None
    if row is None or given is None or returns is None or whose is None:
        return say(_GONE)
    ctx.sure = ctx.sure or value.sure
    given = replace(given, how=value.how or given.how)
    response = record_return(ctx, returns, whose, given) if given.parts else give_words(ctx, returns, whose, given)
    if response.done:
        use_draft(ctx, row)
    return response


def draft_dropped(ctx: RequestContext, value: DropContribution) -> Response:
    """Answer *Let me reword* and *Leave theirs*: nothing is stored, and the words are the writer's again."""
    row = named_draft(ctx, _KIND, value.draft)
    if row is None:
        return say(_GONE)
    typed = str(json.loads(row.words).get("typed", ""))
    use_draft(ctx, row)
    return say("Nothing was recorded.", "Please delete your own message too, if it names or describes a child.",
               typed=typed)  # fmt: skip


def record_return(ctx: RequestContext, returns: Returns, whose: Contributor, given: Given) -> Response:
    """Record a return, or more of one, where nothing speaks against it."""
    check_may_contribute(ctx, returns, whose, given.typed)
    before = returns.given.get(whose.slot)
    standing = parts_given(before)
    new = {part: given.parts[part.value] for part in ReturnPart if given.parts.get(part.value)}
    after = new if given.whole else _joined(standing, new, given.how)
    if after == standing:
        return say(f"The contribution of {whose.named} says that already: nothing was changed.")
    if (long := sum(map(len, after.values()))) > LONGEST_RETURN:
        too_long = f"That is {long:,} characters, and a contribution holds {LONGEST_RETURN:,}"
        if given.whole:
            raise wrong_field(_longest(after).name.lower(), f"{too_long}: please shorten it, or give a link.")
        return say(f"{too_long}, so nothing was recorded: please shorten it, or give a link.", typed=given.typed)
    if (asked := _personal_data(ctx, whose, given, new)) is not None:
        return asked
    if (asked := _others_words(ctx, before, standing, new, whose, given)) is not None:
        return asked
    signed = ctx.signed(contributing_post(ctx, whose))
    if given.heard:
        way = Way.EMAIL if given.heard.startswith("by e-mail") else signed.way
        signed = replace(signed, signature=f"{signed.signature}, {given.heard}", way=way)
    entry = add_contribution(ctx.session, returns.meeting.id, returns.theme.id, whose, after, signed)
    mark_contributions_stale(ctx.session, returns.calendar.board.id, returns.meeting.id)
    return _receipt(ctx, returns, whose, entry, after)


def _joined(standing: Mapping[ReturnPart, str], new: Mapping[ReturnPart, str], how: str) -> dict[ReturnPart, str]:
    both = {**standing, **new}
    if how == ADD:
        both |= {part: f"{standing[part]}\n{words}" for part, words in new.items() if part in standing}
    return {part: both[part] for part in ReturnPart if part in both}


def _longest(parts: Mapping[ReturnPart, str]) -> ReturnPart:
    return max(parts, key=lambda part: len(parts[part]))


def _personal_data(
    ctx: RequestContext, whose: Contributor, given: Given, new: Mapping[ReturnPart, str]
) -> Response | None:
    """Return the objection to words that may identify a child; those of a form were asked about in the form."""
    if given.whole:
        return None
    words = "\n\n".join(new.values())
    objected = objection(ctx, words, given.typed or words)
    if objected is None or not objected.doubtful or not isinstance(objected.content, Content):
        return objected
    draft = _kept(ctx, given)
    buttons = (
        press_button(SURE_LABEL, RecordContribution(draft=draft, post=whose.post_id, sure=True)),
        press_button(REWORD_LABEL, DropContribution(draft=draft), "primary"),
    )
    return Response(replace(objected.content, buttons=buttons))


def _others_words(
    ctx: RequestContext,
    before: Contribution | None,
    standing: Mapping[ReturnPart, str],
    new: Mapping[ReturnPart, str],
    whose: Contributor,
    given: Given,
) -> Response | None:
    """Ask before words of somebody else are replaced that the writer has not seen."""
    changed = [part for part in standing if (part in new or given.whole) and new.get(part) != standing[part]]
    if before is None or not changed or given.how or given.seen == before.id or (ctx.wrote(before) and not given.whole):
        return None
    draft = _kept(ctx, replace(given, whole=False))
    on = day_said(local_day(before.at, ctx.zone))

    def store(how: str) -> RecordContribution:
        return RecordContribution(draft=draft, post=whose.post_id, how=how, sure=True)

    return say(
        f"{before.signature} gave the contribution of {whose.named} on {on}: nothing of yours is stored yet.",
        f"Theirs already says: {listed([part.value for part in changed])}.",
        typed=given.typed or "\n\n".join(f"{part}: {words}" for part, words in given.parts.items()),
        buttons=(
            press_button("Add mine to it", store(ADD)),
            press_button("Put mine in its place", store(REPLACE)),
            press_button("Leave theirs", DropContribution(draft=draft)),
        ),
    )


def _receipt(
    ctx: RequestContext,
    returns: Returns,
    whose: Contributor,
    entry: Contribution,
    parts: Mapping[ReturnPart, str],
) -> Response:
    lacking = [part.value for part in ReturnPart if part not in parts]
    fewest, most = GUIDE_WORDS
    quotes = [quote for words in parts.values() for quote in unsourced_quotes(words)]
    ask = GiveContribution(meeting=returns.meeting.id, post=whose.post_id, seen=entry.id)
    return receipt(
        f"Recorded for the {returns.named}: the contribution of {whose.named}.",
        f"{number_said(words_counted(parts), 'word')}: {listed([part.value for part in parts])}. "
        f"A contribution has {fewest} to {most} words as a rule; more or fewer are taken as well.",
        f"Not covered yet, if there is anything to add: {listed(lacking)}." if lacking else "",
        *(
            f"Whose words are “{quote}”? The paper leaves a child’s words out until where they are from and "
            "“consent noted” stand behind them."
            for quote in quotes
        ),
        f"Signed {entry.signature}, {day_said(ctx.today)}.",
        *_late(ctx, returns),
        buttons=(press_button("Change…", ask), press_button("Undo", UndoContribution(entry=entry.id))),
    )


def _late(ctx: RequestContext, returns: Returns) -> tuple[str, ...]:
    """Return that a return comes after the paper was frozen, or after the meeting."""
    if returns.meeting.begun(ctx.now):
        return ("That meeting has been held, so this is kept for the record.",)
    day = returns.calendar.day(returns.meeting)
    if frozen_paper(ctx.session, returns.meeting.id, day) is None:
        return ()
    return ("The paper for that meeting is out, so this is not in it: please bring it to the meeting.",)


def undo_contribution(ctx: RequestContext, value: UndoContribution) -> Response:
    """Answer *Undo*: what stood before stands again, by a new entry; while nothing newer is known."""
    entry = contribution_by_id(ctx.session, value.entry)
    returns = returns_of(ctx, entry.meeting_id) if entry is not None else None
    whose = returns.whose(entry) if returns is not None and entry is not None else None
    if entry is None or returns is None or whose is None:
        return say(_GONE)
    if not ctx.wrote(entry):
        return say(f"Only whoever wrote it can undo it: the contribution of {whose.named} was not changed.")
    if ctx.now - entry.at > timedelta(hours=UNDO_HOURS):
        return say("That was more than a day ago, so it stays on record: say what it should be instead.")
    mine = [one for one in returns.history if returns.whose(one) == whose]
    if mine[-1].undoes_id == entry.id:
        return say("That was undone already.")
    if mine[-1].id != entry.id or entry.redaction:
        return say(f"Something newer is on record for {whose.named}, so nothing was undone.")
    before = parts_given(mine[-2]) if mine[1:] else {}
    signed = ctx.signed(contributing_post(ctx, whose))
    add_contribution(ctx.session, returns.meeting.id, returns.theme.id, whose, before, signed, undoes_id=entry.id)
    count_undo(ctx.session, entry.message, ctx.zone)
    mark_contributions_stale(ctx.session, returns.calendar.board.id, returns.meeting.id)
    stands = "as before" if before else "not given"
    return receipt(f"Undone: the contribution of {whose.named} is {stands}.", "Both entries stay in the history.")


def latest_contribution_undone(ctx: RequestContext) -> tuple[datetime, str, Button] | None:
    """Return when the asker last gave a return within a day, whose it is, and its *Undo*; None for none."""
    seen: set[tuple[int, Contributor]] = set()
    for entry in recorded_since(ctx.session, Contribution, ctx.now - timedelta(hours=UNDO_HOURS)):
        returns = returns_of(ctx, entry.meeting_id)
        whose = returns.whose(entry) if returns is not None else None
        if whose is None or (entry.meeting_id, whose) in seen:
            continue
        if ctx.wrote(entry) and not entry.undoes_id and not entry.redaction:
            said = f"the contribution of {whose.named}"
            return entry.at, said, press_button("Undo", UndoContribution(entry=entry.id))
        seen.add((entry.meeting_id, whose))
    return None
