"""Deliver answers: by the press's own address, as a form, as a receipt, as words in a conversation.

What stays in a conversation is noted (`bot.slack.sent_pages`), so that words can be redacted in it. Where Slack asks to
wait, an answer is given again (`bot.slack.patience`).
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from slack_sdk.webhook import WebhookClient

from bot.slack.meanings import Means, Trouble, call_slack, meaning_of_url, text_in
from bot.slack.patience import try_until_taken
from bot.slack.payloads import BlockActions
from bot.slack.picture_blocks import PageDict, page_versions
from bot.slack.publish_button import PUBLISHES
from bot.slack.render import SlackMessage, render, render_one
from bot.slack.render_form import render_form
from bot.slack.requests import Deps
from bot.slack.sent_pages import is_kept, note_answer, post, remember_message
from handlers.conversation.mentions import for_all
from handlers.press_codec import Share
from handlers.responses import Content, Form, Response, say

log = logging.getLogger(__name__)
NOT_KNOWN = "It is not known whether what you shared arrived in the channel: please look before you share it again."


def one_message(answered: Response) -> SlackMessage:
    """Return an answer as a single message."""
    content = answered.content
    return render_one(content if isinstance(content, Content) else say("Done.").content)  # type: ignore[arg-type]


def show_form(deps: Deps, trigger_id: str, place: str, response_url: str, form: Form) -> None:
    """Open a form; the conversation or the message it was asked for in comes back with it, for the receipt."""
    view = render_form(form)
    view["private_metadata"] = f"{place}\n{form.value}"
    opened = deps.blocks.give(
        view,
        lambda shown: call_slack(lambda: deps.client.views_open(trigger_id=trigger_id, view=shown), lambda _: None),
    )
    if opened is None or opened.means is Means.REPEATED:
        return
    log.warning("a form could not be opened: %s", opened.why)
    if response_url:
        answer_at_url(deps, response_url, one_message(say("The form could not be opened: please press again.")))


def respond(deps: Deps, payload: BlockActions, answered: Response, replaces: bool, share: bool) -> None:
    """Answer a press by its response_url, to the presser alone; what is shared is posted to the conversation.

    Where the bot is no member it cannot post, and Slack's response_url does it: such a message cannot be changed later.
    Nothing else says whether it was shared, so where nobody can know the presser is told.
    In the direct conversation a receipt is posted as well: what one person alone is shown is gone after a reload.
    """
    content = answered.content
    if not isinstance(content, Content):
        return
    # An error is nobody else's business: only what can be shared is.
    share = share and bool(content.shareable)
    if share:
        asked = f"Shared from “/cypp {Share.decode(content.shareable).words}”."
        content = for_all(replace(content, footer=(*content.footer, asked)))
    message = render_one(content)

    def by_url() -> None:
        def taken() -> None:
            if share:
                remember_message(deps, payload.channel_id, "", message)
            elif replaces and not payload.container.is_ephemeral and is_kept(answered):
                remember_message(deps, payload.channel_id, payload.message_ts, message)

        answer_at_url(
            deps,
            payload.response_url,
            message,
            share=share,
            replaces=replaces,
            taken=taken,
            given_up=lambda trouble: in_doubt("") if trouble.means is Means.UNKNOWN else None,
        )

    def in_doubt(url: str) -> None:
        if share:
            tell_somebody(deps, payload.actor_user, url, NOT_KNOWN)

    direct = payload.channel_id.startswith("D") and answered.done and not replaces
    if share or direct:
        kept = share or is_kept(answered)
        _post(deps, payload.channel_id, message, by_url, kept=kept, in_doubt=lambda: in_doubt(payload.response_url))
    else:
        by_url()


def answer_at_url(
    deps: Deps,
    url: str,
    message: SlackMessage,
    *,
    share: bool = False,
    replaces: bool = False,
    taken: Callable[[], None] = lambda: None,
    given_up: Callable[[Trouble], None] | None = None,
) -> None:
    """Post by a response_url; `taken` is done once Slack has taken it."""

    def attempt() -> Trouble | None:
        def send(shown: PageDict) -> Trouble | None:
            answer = WebhookClient(url, timeout=5, retry_handlers=[]).send(
                **shown,
                response_type="in_channel" if share else "ephemeral",
                replace_original=replaces and not share,
                delete_original=False,
            )
            return meaning_of_url(answer.status_code, answer.headers, answer.body)

        trouble = deps.blocks.give(
            message.as_form(), lambda shown: call_slack(lambda: send(shown), lambda answer: answer)
        )
        if trouble is None:
            taken()
        return trouble

    try_until_taken(deps, attempt, given_up)


def give_receipt(deps: Deps, channel: str, user: str, answered: Response, thread_ts: str = "", said: str = "") -> None:
    """Post a receipt where it was asked for, to its writer alone; else in the direct conversation.

    `said`: the message that it answers.
    """
    message = one_message(answered)

    def ephemeral() -> Trouble | None:
        posted = deps.blocks.give(
            message.as_form(),
            lambda shown: call_slack(
                lambda: deps.client.chat_postEphemeral(
                    channel=channel, user=user, thread_ts=thread_ts or None, **shown
                ),
                lambda answer: text_in(answer, "message_ts"),
            ),
        )
        if isinstance(posted, Trouble):
            return posted
        note_answer(deps, said, answered, channel, posted)
        return None

    def elsewhere(trouble: Trouble) -> None:
        # The form may have been opened in a channel the bot is not in.
        if trouble.means is not Means.UNKNOWN:
            answer_in_conversation(deps, user, "", answered)

    def to_the_writer() -> None:
        try_until_taken(deps, ephemeral, elsewhere)

    if channel.startswith("D"):
        # What one person alone is shown is not guaranteed, and gone after a reload. Where it is the conversation of two
        # other people the bot cannot post.
        _post(deps, channel, message, to_the_writer, kept=is_kept(answered))
    else:
        to_the_writer()


def keep_receipt(deps: Deps, channel: str, url: str, answered: Response) -> None:
    """Post the receipt of a command in the direct conversation; to its writer alone where that is of two others."""
    message = one_message(answered)

    def to_the_writer() -> None:
        if url:
            answer_at_url(deps, url, message)

    _post(deps, channel, message, to_the_writer, kept=is_kept(answered))


def tell_somebody(deps: Deps, user: str, url: str, sentence: str) -> None:
    """Tell somebody one sentence: at the address of what they pressed, else in their direct conversation."""
    answered = say(sentence)
    if url:
        deps.run_in_background(answer_at_url, deps, url, one_message(answered))
    else:
        deps.run_in_background(answer_in_conversation, deps, user, "", answered)


def send_whole(deps: Deps, user: str, content: Content) -> None:
    """Send a message to somebody's direct conversation, in as many pages as it takes, with its picture.

    A version of a page is tried after Slack has refused the one before, so nothing is posted twice.
    """
    left = [message.as_page() for message in render(content)]
    try_until_taken(deps, lambda: _send_pages(deps, user, left))


def _send_pages(deps: Deps, user: str, left: list[PageDict]) -> Trouble | None:
    """Send pages in order, and take those that are out, or may be, from the list; return why the rest is not."""
    while left:
        posted: tuple[str, str] | Trouble | None = None
        for version in page_versions(deps.client, left[0]):
            message = SlackMessage(version["text"], version["blocks"], publishes=tuple(version.get(PUBLISHES, ())))
            posted = post(deps, user, message)
            if not isinstance(posted, Trouble) or posted.means in (Means.WAIT, Means.UNKNOWN):
                break
        if isinstance(posted, Trouble) and posted.means is not Means.UNKNOWN:
            return posted
        left.pop(0)
        if isinstance(posted, tuple):
            remember_message(deps, *posted, message)
    return None


def answer_in_conversation(deps: Deps, channel: str, thread_ts: str, answered: Response, said: str = "") -> None:
    """Answer plain words where they were said; `said`: the message that they stand in."""

    def posted(place: str, ts: str) -> None:
        note_answer(deps, said, answered, place, ts)

    _post(deps, channel, one_message(answered), kept=is_kept(answered), thread_ts=thread_ts, posted=posted)


def change_answer(deps: Deps, answer: str, thread_ts: str, answered: Response, said: str) -> None:
    """Put an answer in the place of the one before to the same message; where that is gone, post it."""
    channel, ts = answer.split("/")
    message = one_message(answered)

    def attempt() -> Trouble | None:
        changed = deps.blocks.give(
            message.as_form(),
            lambda shown: call_slack(lambda: deps.client.chat_update(channel=channel, ts=ts, **shown), lambda _: None),
        )
        if changed is None:
            note_answer(deps, said, answered, channel, ts)
        return changed

    def given_up(trouble: Trouble) -> None:
        if trouble.means is not Means.UNKNOWN:
            answer_in_conversation(deps, channel, thread_ts, answered, said)

    try_until_taken(deps, attempt, given_up, repeatable=True)


def _post(
    deps: Deps,
    channel: str,
    message: SlackMessage,
    otherwise: Callable[[], None] | None = None,
    *,
    kept: bool,
    thread_ts: str = "",
    posted: Callable[[str, str], None] = lambda channel, ts: None,
    in_doubt: Callable[[], None] = lambda: None,
) -> None:
    """Post a message, and note what is `kept`; `otherwise` is done where Slack does not take it there.

    Where nobody knows it is not posted again, and `in_doubt` is done: what was recorded holds all the same.
    """

    def attempt() -> Trouble | None:
        at = post(deps, channel, message, thread_ts)
        if isinstance(at, Trouble):
            return at
        if kept:
            remember_message(deps, *at, message)
        posted(*at)
        return None

    def given_up(trouble: Trouble) -> None:
        if trouble.means is Means.UNKNOWN:
            in_doubt()
        elif otherwise is not None:
            otherwise()

    try_until_taken(deps, attempt, given_up)
