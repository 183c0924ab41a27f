"""Answering presses and forms: the verb and the text they carry in, what their handler gives back out.

Both come from outside: every handler checks again who may, and where things stand.
"""

from collections.abc import Mapping

from handlers.actions.stale_buttons import changed_since_shown, with_today
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.incoming_words import IncomingWords
from handlers.conversation.last_reply import remember_reply, typed_label
from handlers.form_texts import ACTION_GONE
from handlers.old_plans import gone_or_ended
from handlers.permissions import NotHere, may, why_not
from handlers.registry import ActionFormEntry, ActionPressEntry
from handlers.responses import Response, response_of, say
from handlers.safeguarding.confirmation import SURE, objection_to_form
from handlers.ways_on import with_ways_on
from models.enums import Verb


def pressed(ctx: RequestContext, verb: str, text: str) -> Response:
    """Answer a press of a button."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    entry = ctx.registry.presses.get(verb)
    if entry is None:
        return say(NotHere("That button does not work any more: “/cypp help” lists what can be asked."))
    value = entry.value.decode(text)
    if not isinstance(entry, ActionPressEntry):
        return with_ways_on(ctx, response_of(entry.handler, ctx, value))
    action = ctx.action_by_id(value.action)
    if action is None:
        return with_ways_on(ctx, gone_or_ended(ctx, value.action, ACTION_GONE))
    changed = changed_since_shown(ctx, action, entry, value)
    given = response_of(entry.handler, ctx, action, value)
    return changed or with_ways_on(ctx, with_today(ctx, action, given))


def said_or_pressed(
    ctx: RequestContext, text: str, thread_ts: str = "", links: tuple[str, ...] = (), ts: str = ""
) -> Response:
    """Answer plain words; those on a button of the reply before are a press of it. What is offered is remembered."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    said = IncomingWords(ctx, text, thread_ts)
    label = typed_label(ctx, said.text, thread_ts)
    given = pressed(ctx, *label) if label is not None else said_in_words(ctx, text, thread_ts, links, ts)
    remember_reply(ctx, said.text, thread_ts, given, said.whose.topic)
    return given


def submitted(ctx: RequestContext, verb: str, text: str, fields: Mapping[str, str]) -> Response:
    """Answer a form that was sent in; `FormErrors` where a field must be put right, with everything typed kept."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    identifies = objection_to_form(ctx, fields)
    if identifies is not None:
        return identifies
    ctx.sure = ctx.sure or bool(fields.get(SURE))
    entry = ctx.registry.forms.get(verb)
    if entry is None:
        return say(NotHere("That form does not work any more, so nothing was recorded."))
    value = entry.value.decode(text)
    if not isinstance(entry, ActionFormEntry):
        return with_ways_on(ctx, response_of(entry.handler, ctx, value, fields))
    action = ctx.action_by_id(value.action)
    if action is None:
        return gone_or_ended(
            ctx, value.action, ACTION_GONE, typed="\n".join(filter(None, map(str.strip, fields.values())))
        )
    return with_ways_on(ctx, response_of(entry.handler, ctx, action, value, fields))
