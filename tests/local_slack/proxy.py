"""A council's way out: a proxy that takes CONNECT alone, and Slack behind it with a certificate of a private authority.

The name of Slack is one that nothing resolves: whatever does not go by the proxy does not arrive.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.local_slack.workspace import LocalWorkspace

SLACK = "slack.invalid"


def make_authority(folder: Path) -> tuple[Path, Path]:
    """Make a certificate authority, and by it a certificate with its key for `SLACK`; return both files."""
    authority, key, request, names = (folder / name for name in ("ca.pem", "key.pem", "request.pem", "names"))
    names.write_text(f"subjectAltName=DNS:{SLACK}\n")
    new_key = ["-newkey", "rsa:2048", "-nodes"]
    signs: list[str | Path] = [
        "-CA",
        authority,
        "-CAkey",
        folder / "ca-key.pem",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        names,
    ]
    commands: tuple[list[str | Path], ...] = (
        ["req", "-x509", *new_key, "-keyout", folder / "ca-key.pem", "-out", authority, "-subj", "/CN=A Council"],
        ["req", *new_key, "-keyout", key, "-out", request, "-subj", f"/CN={SLACK}"],
        ["x509", "-req", "-in", request, *signs, "-out", folder / "certificate.pem"],
    )
    for command in commands:
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    key.write_text((folder / "certificate.pem").read_text() + key.read_text())
    return authority, key


class BehindProxy(LocalWorkspace):
    """A local workspace that is reached as https://slack.invalid by `proxy_url`, and gives such addresses alone."""

    def __init__(self, certificate: Path, **options: Any) -> None:
        super().__init__(**options)
        self.certificate, self.tunnels = certificate, list[str]()
        self.proxy_url = ""

    def start(self) -> BehindProxy:
        if self.proxy_url:
            return self
        super().start()
        self._plain = urlsplit(self._core.base_url).port or 0
        self.proxy_url = f"http://127.0.0.1:{self._server.wait(self._open())}"
        self._core.base_url = f"https://{SLACK}"
        return self

    async def _open(self) -> int:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        self._tls = await asyncio.start_server(self._unwrap, "127.0.0.1", 0, ssl=context)
        self._proxy = await asyncio.start_server(self._tunnel, "127.0.0.1", 0)
        return int(self._proxy.sockets[0].getsockname()[1])

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one CONNECT; anything else is refused as a proxy refuses it."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.tunnels.append(head.split("\r\n")[0])
        if not head.startswith(f"CONNECT {SLACK}:443 "):
            writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await self._join(reader, writer, int(self._tls.sockets[0].getsockname()[1]))

    async def _unwrap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._join(reader, writer, self._plain)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        there, onward = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pour(reader, onward), _pour(there, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
