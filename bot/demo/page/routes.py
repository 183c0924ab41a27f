"""Route the page's addresses, check who may call them, and set the headers of every response.

Everything is served from this machine and nothing is loaded from elsewhere: the content policy holds that.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from bot.demo.page import acts
from bot.demo.page.form_fields import Posted
from bot.demo.page.ict import COMMANDS, ENDED
from bot.demo.page.scene import MESSAGES_PLACE, NotThereError, build_scene, message_id
from bot.demo.page.text import plain_html, text_object_html
from bot.demo.page.visit import Visit
from bot.demo.workspace import CannotDoError
from handlers.catalogue import REGISTRY
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
LOCAL_LINK = ("http://", "https://", "mailto:")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def template_environment() -> Environment:
    """Return the template environment; everything written into templates is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["drawn"] = plain_html
    made.filters["message_id"] = message_id
    made.filters["text_object"] = lambda part: text_object_html(part, {})
    made.filters["safe_link"] = lambda url: url if str(url).lower().startswith(LOCAL_LINK) else "#"
    made.globals["help"] = [(entry.name, entry.line, entry.examples) for entry in REGISTRY.grammar.spellings]
    return made


class DemoRoutes:
    """The request handlers. What blocks runs in a thread, one thing at a time.

    `visit` is set once the sandbox is open.
    """

    visit: Visit

    def __init__(self) -> None:
        self._templates = template_environment()
        self._fresh = False
        """Whether the next look follows something that was just done."""

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return every address of the page."""
        here = "/as/{user}/{place}"
        return [
            web.get("/", self._guarded(self.welcome)),
            web.get("/static/{name}", self._guarded(self.static)),
            web.get("/files/{file}", self._guarded(self.file)),
            web.get("/seq", self._guarded(self.seq)),
            web.get(here, self._guarded(self.show)),
            web.get(here + "/suggest", self._guarded(self.suggest)),
            web.post(here + "/{deed:say|press|shortcut|change|view|unsure}", self._guarded(self.act)),
            web.post("/clock", self._guarded(self.clock)),
            web.post("/guide", self._guarded(self.guide)),
            web.get("/ict", self._guarded(self.ict)),
            web.post("/ict", self._guarded(self.ict_command)),
        ]

    # -- who may call, and what every answer says -----------------------------------------------------------------

    def _guarded(self, handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not _from_here(request):
                return web.Response(status=403, text="This page answers only to itself.")
            try:
                response = await handler(request)
            except NotThereError as lost:
                response = self._html("lost.html", status=404, words=str(lost))
            except CannotDoError as cannot:
                response = self._html("lost.html", status=409, words=f"Slack would not allow this: {cannot}.")
            except web.HTTPException:
                raise
            except Exception as error:  # noqa: BLE001 - the last line before people
                number = log_error(log, error)
                words = (
                    f"Something went wrong here, under reference {number}: look whether the last thing was recorded."
                )
                response = self._html("lost.html", status=500, words=words)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    def _html(self, template: str, status: int = 200, **values: object) -> web.Response:
        text = self._templates.get_template(template).render(**values)
        return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)

    # -- looking --------------------------------------------------------------------------------------------------

    async def welcome(self, request: web.Request) -> web.StreamResponse:
        """Return the first view: the chair's conversation with the bot."""
        first = self.visit.cast.first[0].id
        return await self._shown(first, MESSAGES_PLACE, "", False)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Return a conversation or Home tab of a person."""
        peek = "X-Peek" in request.headers
        place = request.match_info["place"]
        return await self._shown(request.match_info["user"], place, request.query.get("thread", ""), peek)

    async def _shown(self, user: str, place: str, thread: str, peek: bool) -> web.StreamResponse:
        def scene() -> web.Response:
            with self.visit.lock:
                if not peek and not self._fresh:
                    acts.clear_last(self.visit)
                found = build_scene(self.visit, user, place, thread, peek=peek)
                if not peek:
                    self._fresh = False
                return self._html("page.html", **found)

        return await asyncio.to_thread(scene)

    async def seq(self, request: web.Request) -> web.StreamResponse:
        """Return a number that grows with every change."""
        return web.json_response({"seq": await asyncio.to_thread(self.visit.sandbox.workspace.mark)})

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Return the stylesheets, the scripts and the icon."""
        name = request.match_info["name"]
        if name not in {file.name for file in STATIC.iterdir()}:
            raise NotThereError("There is nothing at this address.")
        return web.FileResponse(STATIC / name, headers={"Cache-Control": "no-cache"})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Return a file the bot uploaded, with a policy under which it can run nothing."""
        try:
            name, body = await asyncio.to_thread(self.visit.sandbox.workspace.uploaded, request.match_info["file"])
        except LookupError:
            raise NotThereError("There is no such file.") from None
        guessed = mimetypes.guess_type(name)[0] or ""
        kind = guessed if guessed.startswith("image/") else "application/octet-stream"
        return web.Response(
            body=body, content_type=kind, headers={"Content-Security-Policy": "default-src 'none'; sandbox"}
        )

    async def suggest(self, request: web.Request) -> web.StreamResponse:
        """Return what a menu of the bot offers for some letters."""
        user, place = request.match_info["user"], request.match_info["place"]
        found = await asyncio.to_thread(acts.suggest_options, self.visit, user, place, dict(request.query))
        return web.json_response(found)

    # -- doing ----------------------------------------------------------------------------------------------------

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Say, press, choose, send or close something as a person."""
        posted = Posted.of((await request.post()).items())
        user, place, deed = (request.match_info[name] for name in ("user", "place", "deed"))
        if self.visit.cast.find(user) is None:
            raise NotThereError(f"Nobody in the plan has the account {user}.")
        thread = posted.get("thread")

        def do() -> None:
            with self.visit.lock:
                match deed:
                    case "say":
                        acts.send_typed(self.visit, user, place, thread, posted.get("text"))
                    case "press":
                        acts.press_in_message(self.visit, user, place, request.path, posted)
                    case "shortcut":
                        acts.take_shortcut(self.visit, user, place, posted)
                    case "change":
                        acts.change_message(self.visit, user, place, posted)
                    case "view":
                        acts.act_in_view(self.visit, user, request.path, posted)
                    case _:
                        self.visit.questions.pop(user, None)
                self._fresh = True

        await asyncio.to_thread(do)
        beside = thread or posted.get("beside")
        raise web.HTTPSeeOther(f"/as/{user}/{place}" + (f"?thread={beside}" if beside else ""))

    async def clock(self, request: web.Request) -> web.StreamResponse:
        """Move the clock."""
        posted = Posted.of((await request.post()).items())

        def do() -> None:
            with self.visit.lock:
                acts.move_story(self.visit, posted.get("how"), posted.get("date"))
                self._fresh = True

        await asyncio.to_thread(do)
        raise web.HTTPSeeOther(_own_path(posted.get("back")))

    async def guide(self, request: web.Request) -> web.StreamResponse:
        """Leave a step of the guide out, hide the guide, or show it again."""
        posted = Posted.of((await request.post()).items())
        if posted.get("skip").isdecimal():
            self.visit.skipped.add(int(posted.get("skip")))
        else:
            self.visit.guided = posted.get("how") == "show"
        raise web.HTTPSeeOther(_own_path(posted.get("back")))

    async def ict(self, request: web.Request) -> web.StreamResponse:
        """Return the story of the colleague from ICT, as far as it has got."""
        return self._html("ict.html", story=self.visit.ict, commands=COMMANDS, ended=ENDED, plan=self.visit.plan)

    async def ict_command(self, request: web.Request) -> web.StreamResponse:
        """Run the next command of that story, or begin it again."""
        at = Posted.of((await request.post()).items()).get("at")

        def do() -> None:
            with self.visit.lock:
                if at.isdecimal():
                    self.visit.ict.go_on(int(at))
                else:
                    self.visit.ict.close()

        await asyncio.to_thread(do)
        ran = len(self.visit.ict.ran)
        raise web.HTTPSeeOther(f"/ict#ran-{ran}" if ran else "/ict")


def _own_path(path: str) -> str:
    """Return where to go back to: always an address of this page."""
    return path if path.startswith("/as/") else "/"


def _from_here(request: web.Request) -> bool:
    """Return whether a call comes from this page, since another site that knows the port may neither look nor act."""
    if urlsplit(f"//{request.host}").hostname not in LOCAL_HOSTS:
        return False
    origin = request.headers.get("Origin")
    return request.method == "GET" or origin in (None, f"http://{request.host}")
