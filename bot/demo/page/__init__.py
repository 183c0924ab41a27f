"""The local workspace as a page: a small Slack in the browser, with the story's clock at the top."""

from bot.demo.page.open_page import DemoPage, open_page

__all__ = ["DemoPage", "open_page"]
