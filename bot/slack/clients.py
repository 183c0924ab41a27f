"""The client that every call of the bot's to the Web API goes through."""

from typing import Any
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: what is returned is the redirect itself, as a page that is no answer of Slack's."""


class SlackClient(WebClient):
    """A client that follows no redirect: the bot's token would go along to wherever it leads.

    Slack answers where it is asked; whoever redirects a call (a proxy that wants somebody to sign in) is not Slack.
    """

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        proxies = [ProxyHandler({"http": self.proxy, "https": self.proxy})] if self.proxy else []
        opener = build_opener(_NoRedirects, HTTPSHandler(context=self.ssl), *proxies)
        with opener.open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.status, "headers": answer.headers, "body": body}
