"""*Publish* under a digest: only while its channel can be posted to, and no longer once it was published.

A page names its channel beside its blocks. That is looked at as the page goes out, when no transaction is open.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.slack.limits import Block
from bot.slack.render_blocks import actions_block, button_element, rich_block, with_channels
from handlers.press_codec import PublishDigest, ask_button

PUBLISHES = "publishes"
"""The key under which a page keeps the channel that its button publishes to, and the board's key."""
_ACTION = f"cypp:{PublishDigest.verb}:"


def with_channel_looked_at(page: Mapping[str, Any], look: Callable[[str], str]) -> dict[str, Any]:
    """Return a page as Slack takes it: where its channel has gone, without *Publish*, and with how to mend it."""
    form = {name: value for name, value in page.items() if name != PUBLISHES}
    channel, board, *chosen = page.get(PUBLISHES) or ("", "")
    if not (chosen or (channel and _publishes(page))) or not (why := look(channel)):
        return form
    mend = f"{channel} {why}, or choose another with “/cypp board {board} channel #name”."
    if chosen:
        said = f"Nothing can be published there: {mend}"
        blocks = [*page["blocks"], rich_block(*with_channels(said, (channel,)))]
        return form | {"text": f"{page['text']}\n{said}", "blocks": blocks}
    again = actions_block(button_element(ask_button("Look again", f"digest {board}"), len(page["blocks"]) + 1000))
    return without_publish(form, f"This cannot be published: {mend}", channel, again)


def without_publish(page: Mapping[str, Any], said: str, channel: str, *more: Block) -> dict[str, Any]:
    """Return a page whose button *Publish* gave way to a sentence, which names the channel."""
    blocks: list[Block] = []
    for block in page["blocks"]:
        kept = [one for one in block.get("elements", ()) if not _is_publish(one)]
        if block["type"] != "actions" or len(kept) == len(block["elements"]):
            blocks.append(block)
            continue
        blocks += [rich_block(*with_channels(said, (channel,))), *more]
        blocks += [{**block, "elements": kept}] if kept else []
    return {**page, "text": f"{page['text']}\n{said}", "blocks": blocks}


def _publishes(page: Mapping[str, Any]) -> bool:
    elements = (one for block in page["blocks"] if block["type"] == "actions" for one in block["elements"])
    return any(map(_is_publish, elements))


def _is_publish(element: Block) -> bool:
    """Return whether it is the button itself; what answers its question about a child publishes once more."""
    named = str(element.get("action_id", "")).startswith(_ACTION)
    return named and not PublishDigest.decode(str(element.get("value", ""))).doubtful
