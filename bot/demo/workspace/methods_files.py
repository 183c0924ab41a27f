"""Answer files.*: the three steps of an upload (https://docs.slack.dev/messaging/working-with-files/)."""

from __future__ import annotations

import secrets
import time

from aiohttp import web

from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.methods_chat import find_thread
from bot.demo.workspace.refusals import POST_TEXT
from bot.demo.workspace.state import Json, StoredFile

SLACK_ALT_TEXT = 1000


def get_upload_url(call: Call) -> Json:
    """Answer files.getUploadURLExternal: where to send so many bytes under this name."""
    call.require("filename", "length")
    length = call.number("length", 0, error="invalid_arguments", most=1_000_000_000)
    if not length:
        raise SlackError("invalid_arguments", ("[ERROR] length must be more than 0 [json-pointer:/length]",))
    if len(call.text("alt_txt")) > SLACK_ALT_TEXT:
        raise SlackError(
            "invalid_arguments", (f"[ERROR] must be less than {SLACK_ALT_TEXT + 1} [json-pointer:/alt_txt]",)
        )
    file_id = "F" + secrets.token_hex(5).upper()
    call.core.state.files[file_id] = StoredFile(file_id, call.text("filename"), length, alt_text=call.text("alt_txt"))
    return {"upload_url": f"{call.core.base_url}/upload/{file_id}", "file_id": file_id}


async def handle_upload(core: Core, request: web.Request) -> web.StreamResponse:
    """Take the bytes of one file."""
    file = core.state.files.get(request.match_info["file_id"])
    if file is None:
        return web.Response(status=404, text="file_not_found")
    file.content = await request.read()
    core.busy()
    return web.Response(text=f"OK - {len(file.content)}")


async def handle_download(core: Core, request: web.Request) -> web.StreamResponse:
    """Give out the bytes of a file to whoever has a token that may read it; to anybody else a page to sign in.

    https://docs.slack.dev/reference/objects/file-object#authentication
    """
    file = core.state.files.get(request.match_info["file_id"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token != core.config.bot_token or "files:read" not in core.config.scopes:
        return web.Response(text="<!DOCTYPE html><title>Sign in to Slack</title>", content_type="text/html")
    if file is None or file.content is None:
        return web.Response(status=404, text="file_not_found")
    return web.Response(body=file.content, content_type="application/octet-stream")


def shared_file(core: Core, name: str, content: bytes, user: str) -> Json:
    """Keep the bytes of a file that somebody sends; return its file object."""
    file_id = "F" + secrets.token_hex(5).upper()
    file = StoredFile(file_id, name, len(content), content=content)
    core.state.files[file_id] = file
    plain = "".join(char if char.isalnum() or char in "._-" else "_" for char in name.lower())
    where = f"{core.base_url}/files-pri/{core.config.team_id}-{file_id}"
    address = f"https://{core.config.team_domain}.slack.com/files/{user}/{file_id}/{plain}"
    return file.to_json(core.config) | {
        "user": user,
        "url_private": f"{where}/{plain}",
        "url_private_download": f"{where}/download/{plain}",
        "permalink": address,
    }


def complete_upload(call: Call) -> Json:
    """Answer files.completeUploadExternal: show the files in a conversation, or keep them private."""
    listed = call.structure("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed or not all(isinstance(f, dict) and f.get("id") for f in listed):
        raise SlackError("invalid_arguments", ("[ERROR] must provide files with ids [json-pointer:/files]",))
    found: list[Json] = []
    for wanted in listed:
        file = call.core.state.files.get(str(wanted["id"]))
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        file.title = str(wanted.get("title") or file.name)
        file.ready_at = time.monotonic() + call.core.config.looking_over
        found.append(file.to_json(call.core.config))
    if call.text("channel_id"):
        channel = call.channel("channel_id")
        if not channel.bot_is_member:
            raise SlackError("not_in_channel")
        comment = call.text("initial_comment")
        if len(comment) > POST_TEXT:
            raise SlackError("msg_too_long")
        call.core.share(channel, comment, found, find_thread(call, channel))
    return {"files": [{"id": file["id"], "title": file["title"]} for file in found]}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
}
