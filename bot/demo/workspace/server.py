"""The HTTP and WebSocket server on loopback, in a thread of its own with its own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.demo.workspace.core import Core
from bot.demo.workspace.methods_files import handle_download, handle_upload
from bot.demo.workspace.web_api import handle_method, handle_response_url

_T = TypeVar("_T")

HOST = "127.0.0.1"
START_TIMEOUT = 10.0
LONGEST_CALL = 120.0
"""No call of the control API waits longer than this for the server's thread."""


class Server:
    """The server's life: start, serve, stop. The port stays the same after a restart."""

    def __init__(
        self, core: Core, port: int, routes: Sequence[web.AbstractRouteDef], middlewares: Sequence[Middleware]
    ) -> None:
        self._core = core
        self._port = port
        self._routes = routes
        self._middlewares = middlewares
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._runner: web.AppRunner | None = None

    def start(self) -> None:
        """Serve; returns once the port is open. Raises OSError when it cannot be had."""
        if self._loop is not None:
            return
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._serve, args=(loop,), name="local-workspace", daemon=True)
        thread.start()
        self._thread = thread
        try:
            asyncio.run_coroutine_threadsafe(self._open(), loop).result(START_TIMEOUT)
        except BaseException:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(START_TIMEOUT)
            raise
        self._loop = loop

    @staticmethod
    def _serve(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    async def _open(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=self._middlewares)
        core = self._core
        app.router.add_route("*", "/api/{method}", partial(handle_method, core))
        app.router.add_post("/response/{team}/{key}", partial(handle_response_url, core))
        app.router.add_post("/upload/{file_id}", partial(handle_upload, core))
        app.router.add_get("/files-pri/{team:[A-Z0-9]+}-{file_id}/download/{name}", partial(handle_download, core))
        app.router.add_get("/link/", core.hub.handle)
        app.router.add_routes(self._routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, HOST, self._port).start()
        self._runner = runner
        self._port = int(runner.addresses[0][1])
        core.base_url = f"http://{HOST}:{self._port}"

    async def _close(self) -> None:
        await self._core.end_tasks()
        await self._core.hub.close_all()
        if self._runner is not None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._runner.cleanup(), 5.0)

    def stop(self) -> None:
        """Close every connection and end the thread; what was said is kept."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._close(), loop).result(START_TIMEOUT)
        self._loop = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join(START_TIMEOUT)

    def wait(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run a coroutine in the server's loop and wait for what it returns."""
        if self._loop is None:
            work.close()
            raise RuntimeError("the local workspace has not been started")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LONGEST_CALL)

    def look(self, read: Callable[[], _T]) -> _T:
        """Run a quick function where nothing else changes meanwhile: in the server's loop, or here when it is off."""
        if self._loop is None:
            return read()

        async def reading() -> _T:
            return read()

        return asyncio.run_coroutine_threadsafe(reading(), self._loop).result(LONGEST_CALL)
