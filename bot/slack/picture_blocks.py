"""Put pictures into messages: drawn and uploaded first (https://docs.slack.dev/messaging/working-with-files/).

A page is stored without its picture and with what the picture shows, so that it can always be sent: whatever goes
wrong on the way (drawing, uploading, Slack refusing the file), the message goes without. Nothing here holds a
transaction.
"""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk import WebClient

from bot.drawing import draw
from bot.slack import limits
from bot.slack.alt_text import PICTURE_KEY, alternative_text
from bot.slack.meanings import Trouble, call_slack, text_in
from handlers.status.digest_snapshot import picture_in
from models.charts.chart import Chart
from models.storage.tracebacks import format_traceback

log = logging.getLogger(__name__)

PageDict = dict[str, Any]
_WAITS = (0, 0.3, 1, 2, 4)
"""Seconds before each try: Slack checks a file for some seconds after the upload, and refuses a message that shows it.

Source: python-slack-sdk #1521, slack-github-action #413. Nothing is posted then, and the same can be tried again.
"""
BARS_FILE, CHART_FILE = "status-by-priority.png", "measure.png"


def page_versions(
    client: WebClient, page: PageDict, *, plain: bool = False, sleep: Callable[[float], None] = time.sleep
) -> Iterator[PageDict]:
    """Yield a page as it may be sent, the best first: with its picture, the same again, then without.

    Try each only after Slack has refused the one before. Takes as long as drawing and uploading take, and waits until
    Slack has looked at the picture, whichever way the page is sent.
    """
    bare = {name: value for name, value in page.items() if name != PICTURE_KEY}
    without = {**bare, "blocks": [block for block in page["blocks"] if block["type"] != "image"]}
    if not plain and (page.get(PICTURE_KEY) or without["blocks"] != page["blocks"]):
        shown = _shown(client, page) if page.get(PICTURE_KEY) else page
        if shown is not None:
            for wait in _WAITS:
                if wait:
                    sleep(wait)
                yield shown
    yield without


def _shown(client: WebClient, page: PageDict) -> PageDict | None:
    """Return the page with its picture under all else, since it is tall; None where that cannot be had."""
    try:
        picture = picture_in(page[PICTURE_KEY]["of"])
        assert picture is not None  # noqa: S101 - it was kept
        words = alternative_text(picture)
        drawn = draw(picture)
    except Exception as error:  # noqa: BLE001 - a message must not fail for its picture
        log.error("a picture could not be made, so its message goes without: %s", format_traceback(error))
        return None
    file_id = call_slack(
        lambda: client.files_upload_v2(
            filename=CHART_FILE if isinstance(picture, Chart) else BARS_FILE,
            title=picture.title,
            content=drawn,
            alt_txt=words[: limits.FILE_ALT_TEXT],
        ),
        lambda answer: text_in(answer, "files", 0, "id"),
    )
    if isinstance(file_id, Trouble):
        log.warning("a picture could not be uploaded, so its message goes without: %s", file_id.why)
        return None
    image = {"type": "image", "alt_text": words, "slack_file": {"id": file_id}}
    bare = {name: value for name, value in page.items() if name != PICTURE_KEY}
    return {**bare, "blocks": [*page["blocks"], image]}
