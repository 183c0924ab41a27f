"""The client that every call of the bot's to the Web API goes through."""

from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk import WebClient


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: what is returned is the redirect itself, as a page that is no answer of Slack's."""


class NotSlacks(Exception):
    """An address that is not Slack's, or a file that Slack does not give out."""


class SlackClient(WebClient):
    """A client that follows no redirect: the bot's token would go along to wherever it leads.

    Slack answers where it is asked; whoever redirects a call (a proxy that wants somebody to sign in) is not Slack.
    """

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        with self._opener().open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.status, "headers": answer.headers, "body": body}

    def _opener(self) -> OpenerDirector:
        proxies = [ProxyHandler({"http": self.proxy, "https": self.proxy})] if self.proxy else []
        return build_opener(_NoRedirects, HTTPSHandler(context=self.ssl), *proxies)

    def private_file(self, url: str, most: int) -> bytes:
        """Return the bytes of a file that somebody sent, `most` + 1 of them at most.

        The token goes to Slack alone. Without the scope for it Slack answers with a page to sign in
        (https://docs.slack.dev/reference/objects/file-object#authentication).

        Raises:
            NotSlacks: the address is not Slack's, or a page came in the file's place.
            OSError: Slack cannot be reached.
        """
        host, own = urlsplit(url), urlsplit(self.base_url)
        slacks = host.scheme == "https" and (host.hostname or "").endswith(".slack.com")
        if not slacks and (host.scheme, host.netloc) != (own.scheme, own.netloc):
            raise NotSlacks(host.hostname)
        request = Request(quote(url, safe="%/:=&?~#+!$,;'@()*[]"), headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310 - checked above
        try:
            with self._opener().open(request, timeout=self.timeout) as answer:
                if answer.status != HTTPStatus.OK or answer.headers.get_content_type() == "text/html":
                    raise NotSlacks(host.hostname)
                return bytes(answer.read(most + 1))
        except HTTPError as error:
            raise NotSlacks(host.hostname) from error
