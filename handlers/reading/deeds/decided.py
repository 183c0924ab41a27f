"""Read what a board decided, in any order and words: "16sep-3 closed min 5", "defer happy 2 until 8/12 since …".

A decision is *plain* where nothing but known words stand between it and the refs it is about, and no denial, doubt,
condition, wish, question or hearsay has it in its scope; words behind a mark or "because" are its reason. Words that
nothing explains put it in doubt.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import takewhile

from handlers.reading.clauses import SOFT
from handlers.reading.deeds.counted_words import counts_actions
from handlers.reading.deeds.decided_parts import DecidedPart, DecidedReading, DecisionDraft
from handlers.reading.deeds.decision_sentences import asks, likewise, sentences_of
from handlers.reading.deeds.decision_tails import ANSWERS_ALONE, DECISION_DOUBTS, DECISIONS, minute_of, read_tail_of
from handlers.reading.deeds.deed_words import DONE_TOO, PROPOSED_ONES, REPLACED, WHO_DECIDES
from handlers.reading.deeds.owners import EVERYTHING, owner_at, owners_named
from handlers.reading.deeds.pieces import (
    BESIDE_DECISIONS,
    Pieces,
    pieces_of,
    with_neither,
    with_reasons,
    without_denied,
)
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.mail_notices import without_greeting
from handlers.reading.names_in_text import NameSeen
from handlers.reading.normalise import fold
from handlers.reading.ref_groups import NAMED, ref_group, refs_of
from handlers.reading.tokens import TextToken
from handlers.reading.trimming import trim_words
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind

_TELLING = ANSWERS_ALONE | {K.WORD, K.NUMBER, K.REF}
_BE = frozenset(("be", "to be", "was", "were", "had been", "would like", "then be"))
"""Auxiliary verbs of a decision: "resolved that heard-10 be deferred"."""
_THUS = frozenset(("so", "hence", "therefore", "thus", "consequently", "accordingly"))
"""What a decision follows from stands before it, and is its reason: "parents objected, so …"."""
_NOT_SO = frozenset((K.NEGATION, K.HEDGE, K.REMAINDER))
"""What doubts its own clause alone."""
_WEAK = frozenset(("give", "given", "bring", "come", "comes", "go", "goes", "is due", "to be due"))


def read_decided(
    words: str,
    vocabulary: Vocabulary,
    today: date,
    titles: Mapping[str, str],
    topic: tuple[str, ...] = (),
) -> DecidedReading:
    """Return what a message says a board decided.

    Args:
        words: the message without the furniture of mail.
        vocabulary: the plan's words.
        today: the plan's day.
        titles: the folded words of each action that a decision may be about.
        topic: what the thread is about.
    """
    pieces = with_reasons(without_denied(pieces_of(without_greeting(words), vocabulary, today)))
    return _Reader(pieces, vocabulary, titles, topic).reading()


class _Reader:
    def __init__(
        self, pieces: Pieces, vocabulary: Vocabulary, titles: Mapping[str, str], topic: tuple[str, ...]
    ) -> None:
        self.pieces, self.vocabulary, self.titles, self.topic = pieces, vocabulary, titles, topic
        self.tokens = with_neither(pieces.tokens)
        names = (
            *titles.values(),
            *(fold(f"{one.key} {one.name} {' '.join(one.aliases)}") for one in vocabulary.boards),
        )
        self.known = frozenset(word for title in names for word in re.findall(r"[^\W_]+", title))
        self.extra: list[str] = []
        self.explained: set[int] = set()
        """Places of words that say whose actions are left out."""
        self.minuted = any(one.text in ("resolved", "it was resolved", "resolved that") for one in self.tokens)

    @cached_property
    def owners(self) -> Mapping[int, NameSeen]:
        return owners_named(self.pieces.words, self.vocabulary)

    def reading(self) -> DecidedReading:
        parts: list[DecidedPart] = []
        left: list[str] = []
        for first, stop, asked in sentences_of(self.tokens):
            found = self._sentence(first, stop, asked)
            if found:
                parts += found
                continue
            said = trim_words(self.pieces.text(first, stop))
            if parts and parts[-1].kind is not OutcomeKind.CLOSED and self._tells(first, stop) and not left:
                last = parts[-1]
                parts[-1] = replace(last, reason=". ".join(filter(None, (last.reason, said))))
            elif said and self._tells(first, stop):
                left.append(said)
        return DecidedReading(tuple(parts), (*left, *self.extra))

    def _tells(self, first: int, stop: int) -> bool:
        return any(self.tokens[n].kind in _TELLING for n in range(first, stop))

    def _sentence(self, first: int, stop: int, asked: bool) -> list[DecidedPart]:
        if asked or asks(self.tokens, first, stop):
            return []
        found: list[DecidedPart] = []
        for one in self._drafts(first, stop):
            if one.like:
                found += [replace(last, refs=one.refs, sure=min(last.sure, one.sure)) for last in found[-1:]]
            elif (part := self._part(one, first)) is not None:
                found.append(part)
        return found

    def _drafts(self, first: int, stop: int) -> list[DecisionDraft]:
        """Return the parts of a sentence: each subject with the decision that follows it, or leads it."""
        done: list[DecisionDraft] = []
        pending: DecisionDraft | None = None
        loose: int | None = None
        n = first
        while n < stop:
            token = self.tokens[n]
            subject = self._subject(n, stop)
            if subject is not None:
                n = subject.subject.stop
                if self._follows_exception(subject.subject.start, first) and (done or pending):
                    to = pending or done[-1]
                    to.but = (*to.but, *subject.refs)
                    if pending is None and self._decided_ahead(n, stop):
                        # "all carried forward except 16sep-3, which was closed": of that the sentence says more.
                        done[-1].stop, pending = done[-1].stop or subject.begin, subject
                        self.explained |= {n} if self.tokens[n].text == "which" else set()
                    continue
                if not pending and done and (behind := likewise(self.tokens, subject.subject, stop)):
                    done[-1].stop = done[-1].stop or subject.begin
                    subject.like, subject.stop, n = True, behind, behind
                    done.append(subject)
                    continue
                if not pending and done and self._joins(done[-1], subject) and not self._decided_ahead(n, stop):
                    done[-1].refs = (*done[-1].refs, *subject.refs)
                    done[-1].sure = min(done[-1].sure, subject.sure, Sureness.LIKELY)
                    done[-1].subject = range(done[-1].subject.start, n)
                    continue
                if self._replaces(subject.subject.start, first):
                    continue
                if loose is not None and pending is None:
                    subject.decision, subject.begin = loose, loose
                    loose = None
                    done.append(subject)
                elif pending is None and (not done or self._decided_ahead(n, stop)):
                    pending = subject
                elif pending is not None and not pending.counted and not subject.counted:
                    # "16sep-1 and then 16sep-2 closed": what stands between is not known to join them.
                    pending = subject if self._decided_ahead(n, stop) else pending
                continue
            if token.kind is K.EXCEPTION and (pending or done) and (owner := owner_at(self.pieces, n, self.owners)):
                to = pending or done[-1]
                to.but_of = (*to.but_of, *owner.subjects)
                self.explained |= {*range(n, owner.stop)}
                to.stop = n if pending is None else to.stop
                n = owner.stop
                continue
            if token.kind in DECISIONS and self._counts(n, stop):
                if pending is not None:
                    pending.decision = n
                    done.append(pending)
                    pending = None
                elif loose is None and not done:
                    loose = n
            n += 1
        if pending is not None and self._to_when(pending.subject.stop, stop):
            done.append(pending)
        if not done and loose is not None:
            titled = self._titled(first, stop, loose)
            if titled is not None:
                done.append(titled)
        for number, one in enumerate(done):
            one.end = one.stop or (done[number + 1].begin if number + 1 < len(done) else stop)
            while one.end > one.begin and self.tokens[one.end - 1].kind in SOFT | {K.AND, K.DETERMINER}:
                one.end -= 1
        return done

    def _counts(self, place: int, stop: int) -> bool:
        """Return whether a word decides: one that may do so only with a meeting behind it."""
        token = self.tokens[place]
        ahead = self.tokens[place + 1 : stop]
        if token.kind is K.NOTED:
            return not any(one.kind in DECISIONS - {K.NOTED} for one in ahead)
        return token.kind is not K.SHIFT or any(one.kind is K.WHEN for one in ahead)

    def _decided_ahead(self, place: int, stop: int) -> bool:
        for n in range(place, stop):
            if self.tokens[n].kind in DECISIONS and self._counts(n, stop):
                return True
            if self.tokens[n].kind is K.WORD:
                return False
        return self._to_when(place, stop)

    def _to_when(self, place: int, stop: int) -> bool:
        """Return whether a meeting follows at once, or behind "to": "healthy 5 => 23/10"."""
        n, led = place, False
        while n < stop and (
            self.tokens[n].kind in BESIDE_DECISIONS | {K.DASH, K.COLON} or self.tokens[n].text in (">", "=")
        ):
            led = led or self.tokens[n].text in ("to", "until", "till", "til", "for", ">", "=>", "→", "=")
            n += 1
        return led and n < stop and self.tokens[n].kind is K.WHEN

    def _follows_exception(self, place: int, first: int) -> bool:
        n = place - 1
        while n >= first and self.tokens[n].kind in BESIDE_DECISIONS:
            n -= 1
        return n >= first and self.tokens[n].kind is K.EXCEPTION

    def _joins(self, before: DecisionDraft, subject: DecisionDraft) -> bool:
        """Return whether a subject is one more of a decision that leads: "no decision on heard-10 nor on healthy-4"."""
        between = self.tokens[before.subject.stop : subject.subject.start]
        if before.counted or subject.counted or before.decision is None or before.decision > before.subject.start:
            return False
        denied = self._kind(self.tokens[before.decision]) is OutcomeKind.NO_DECISION
        joints = [one for one in between if one.kind is K.AND or (denied and one.text in ("nor", "or"))]
        return bool(joints) and all(one in joints or one.kind in BESIDE_DECISIONS | {K.COMMA} for one in between)

    def _replaces(self, place: int, first: int) -> bool:
        """Return whether a ref is what another is replaced by."""
        n = place - 1
        while n >= first and self.tokens[n].kind in BESIDE_DECISIONS:
            n -= 1
        behind = n >= first and self.tokens[n].text in REPLACED and " " in self.tokens[n].text
        return behind or (
            place > 0 and self.tokens[place - 1].text in ("into", "by") and self._has_replaced(first, place)
        )

    def _has_replaced(self, first: int, place: int) -> bool:
        return any(self.tokens[n].text in REPLACED for n in range(first, place))

    def _subject(self, place: int, stop: int) -> DecisionDraft | None:
        token = self.tokens[place]
        if token.kind in NAMED:
            end, refs, near, sure = ref_group(self.tokens[:stop], place, self.vocabulary)
            own = range(place, end)
            if any(self.tokens[n].kind is K.NEAR_REF for n in own):
                sure = Sureness.DOUBTED
            return DecisionDraft(refs, own, sure, begin=place, near=near)
        if (token.kind in (K.ALL, K.REST) or token.text in ("all", *EVERYTHING)) and (
            owner := owner_at(self.pieces, place, self.owners)
        ):
            own, many = range(place, owner.stop), int(token.value or 0)  # type: ignore[arg-type]
            return DecisionDraft((), own, Sureness.LIKELY, counted=True, many=many, of=owner.subjects, begin=place)
        if not counts_actions(self.tokens, place, stop):
            return None
        own, proposed = range(place, place + 1), token.text in PROPOSED_ONES
        return DecisionDraft((), own, Sureness.LIKELY, counted=True, proposed=proposed, begin=place)

    def _titled(self, first: int, stop: int, decision: int) -> DecisionDraft | None:
        """Return the one action whose words stand before a decision that names none: "delivery plan approved"."""
        typed = [self.tokens[n].text for n in range(first, decision) if self.tokens[n].kind is K.WORD]
        telling = [word for word in typed if len(word) > 3]
        counts = {
            ref: sum(bool(re.search(rf"(?<![^\W_]){re.escape(word)}", title)) for word in telling)
            for ref, title in self.titles.items()
        }
        most = max(counts.values(), default=0)
        fitting = [ref for ref, count in counts.items() if most and count == most]
        own = [n for n in range(first, decision) if self.tokens[n].kind is K.WORD]
        if len(fitting) != 1 and len(self.topic) == 1 and not telling:
            fitting, own = list(self.topic), []
        if len(fitting) != 1:
            return None
        subject = range(own[0], own[-1] + 1) if own else range(first, first)
        near = ((" ".join(typed), fitting[0]),) if own else ()
        sure = Sureness.LIKELY if own else Sureness.PLAIN
        return DecisionDraft((fitting[0],), subject, sure, decision=decision, begin=first, near=near)

    # -- one part

    def _part(self, draft: DecisionDraft, first: int) -> DecidedPart | None:
        tokens = self.tokens
        decision = draft.decision
        token = tokens[decision] if decision is not None else None
        if any(tokens[n].kind in ANSWERS_ALONE for n in range(draft.begin, decision or draft.subject.stop)):
            return None
        kind = self._kind(token)
        tail = max(draft.subject.stop, decision + 1 if decision is not None else 0)
        part = DecidedPart(draft.refs, kind, draft.sure, counted=draft.counted, but=draft.but, near=draft.near)
        part = replace(part, many=draft.many, of=draft.of, but_of=draft.but_of, proposed=draft.proposed)
        read = read_tail_of(self.pieces, part, tail, draft.end)
        part, doubt = read.part, read.sure
        self.extra += [read.more] if read.more else []
        if (token is None or token.kind is K.SHIFT) and not part.to_meeting:
            return None
        if token is not None and token.kind is K.NOTED:
            part, doubt = replace(part, kind=None), Sureness.DOUBTED
        sure = min(part.sure, doubt, self._before(draft, first), self._between(draft))
        if token is None or token.text in _WEAK or any(self.tokens[n].text == "neither" for n in range(first, tail)):
            sure = min(sure, Sureness.LIKELY)
        ahead = next((minute_of(tokens[n]) for n in range(first, tail) if tokens[n].kind is K.MINUTE), "")
        minute = part.minute or ahead or self._listed_minute(first)
        reason = part.reason or self._followed_from(draft, first)
        if token is not None and token.text in REPLACED:
            by = next((refs_of(tokens[n])[0] for n in range(tail, draft.end) if tokens[n].kind is K.REF), "")
            if not by:
                return None
            reason = f"replaced by {by}" + (f": {reason}" if reason else "")
        outright = token is not None and token.kind is K.OUTCOME and token.text not in DONE_TOO
        by_board = (
            outright
            and token is not None
            and token.text.partition(" ")[0] not in ("close", "closed", "closing", "drop")
        )
        said = trim_words(self.pieces.text(draft.begin if draft.begin else first, draft.end))
        own = draft.subject
        texts = (self.pieces.text(draft.begin or first, own.start), self.pieces.text(own.stop, draft.end))
        rest = ", ".join(filter(None, map(trim_words, texts)))
        told = any(tokens[n].text in WHO_DECIDES for n in range(first, draft.end))
        part = replace(part, rest=rest, sure=sure, minute=minute, reason=reason, said=said)
        return replace(part, outright=outright, by_board=by_board, told=told)

    def _kind(self, token: TextToken | None) -> OutcomeKind:
        if token is None or token.kind is K.SHIFT:
            return OutcomeKind.CARRIED_FORWARD
        return token.value if isinstance(token.value, OutcomeKind) else OutcomeKind.CLOSED

    def _before(self, draft: DecisionDraft, first: int) -> Sureness:
        """Return how sure a decision is after what stands before it in its sentence."""
        if self._follows_exception(draft.begin, first):
            return Sureness.LIKELY
        sure = Sureness.PLAIN
        parted = thus = False
        for n in range(draft.begin - 1, first - 1, -1):
            token = self.tokens[n]
            if token.text in _THUS:
                parted = thus = True
                continue
            if token.kind in DECISION_DOUBTS and token.text not in _BE and not (thus and token.kind in _NOT_SO):
                return Sureness.DOUBTED
            if token.kind in DECISIONS and (token.kind is not K.SHIFT):
                # What another part says is that one's; how the sentence begins holds for both.
                opening = takewhile(lambda one: one.kind not in NAMED | DECISIONS, self.tokens[first:n])
                doubted = any(one.kind in DECISION_DOUBTS and one.text not in _BE for one in opening)
                return Sureness.DOUBTED if doubted else sure
            if token.kind in SOFT:
                parted = True
            if token.kind is K.NUMBER and n == first:
                continue
            if token.kind is K.WORD and token.text not in self.known:
                sure = min(sure, Sureness.LIKELY if parted else Sureness.DOUBTED)
        return sure

    def _followed_from(self, draft: DecisionDraft, first: int) -> str:
        """Return what a decision follows from: "parents objected, so 16sep-3 not agreed"."""
        thus = next((n for n in range(draft.begin - 1, first, -1) if self.tokens[n].text in _THUS), first)
        return trim_words(self.pieces.text(first, thus)) if draft.begin else ""

    def _between(self, draft: DecisionDraft) -> Sureness:
        """Return how sure a decision is after what stands between it and what it is about."""
        if draft.decision is None:
            return Sureness.PLAIN
        first, stop = sorted((draft.subject.start, draft.decision))
        sure, parted = Sureness.PLAIN, False
        for n in range(first, stop):
            token = self.tokens[n]
            if n in draft.subject or n == draft.decision or n in self.explained:
                continue
            if (
                token.kind in DECISION_DOUBTS
                and token.text not in _BE
                and not (token.kind is K.EXCEPTION and draft.but)
            ):
                return Sureness.DOUBTED
            parted = parted or token.kind in SOFT
        for n in range(first, stop):
            token = self.tokens[n]
            if (
                n not in draft.subject
                and n not in self.explained
                and token.kind is K.WORD
                and token.text not in self.known
            ):
                sure = Sureness.LIKELY if parted and draft.subject.start < draft.decision else Sureness.DOUBTED
        return sure

    def _listed_minute(self, first: int) -> str:
        """Return the number of a minute that leads its line: "4.1 animation shown, closed"."""
        token = self.tokens[first]
        numbered = token.kind is K.NUMBER and (self.minuted or "." in token.text)
        before = first == 0 or self.tokens[first - 1].kind is K.LINE
        return token.text if numbered and before and fold(token.text) == token.text else ""
