"""Slack's words as HTML: what each piece becomes, and that nothing typed becomes more than words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.page.text import escape_typed, mrkdwn_html, plain_html, rich_text_html, text_object_html
from bot.demo.workspace.plain import unescape

NAMES = {"U1": "Head of Education", "C1": "partnership"}
KNOWN_TAGS = {"strong", "em", "s", "code", "br", "a", "span"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*bold* and _slanted_ and ~struck~", "<strong>bold</strong> and <em>slanted</em> and <s>struck</s>"),
        ("2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("```a\n<b```", "<code>a<br>&lt;b</code>"),
        ("<@U1>, <#C1>, <!here>", None),
        ("<https://example.org/a?b=1&amp;c=2|the plan>", None),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said", '<span class="quote">said</span>'),
        (":warning: mind", "⚠ mind"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(typed: str, shown: str | None) -> None:
    wanted = {
        "<@U1>, <#C1>, <!here>": (
            '<span class="mention">@Head of Education</span>, <span class="mention">#partnership</span>, '
            '<span class="mention">@here</span>'
        ),
        "<https://example.org/a?b=1&amp;c=2|the plan>": (
            '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">the plan</a>'
        ),
    }
    assert str(mrkdwn_html(typed, NAMES)) == (shown or wanted[typed])


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"],
)
def test_a_link_that_leads_nowhere_safe_is_only_its_words(address: str) -> None:
    assert "<a" not in str(mrkdwn_html(f"<{address}|press>", NAMES))


def test_plain_text_is_shown_as_it_is_and_an_emoji_code_only_where_it_may_be_one() -> None:
    assert str(text_object_html({"type": "plain_text", "text": "*a* <b> :bell:", "emoji": False}, NAMES)) == (
        "*a* &lt;b&gt; :bell:"
    )
    assert str(text_object_html({"type": "plain_text", "text": ":bell:", "emoji": True}, NAMES)) == "🔔"


def test_the_colour_of_a_status_is_drawn_and_its_word_stays() -> None:
    assert str(plain_html("🟠 some issues")) == '<span class="dot dot-orange" aria-hidden="true"></span> some issues'
    assert 'class="square square-white"' in str(plain_html("⬜ closed, not done"))


def test_rich_text_has_its_styles_and_names_channels() -> None:
    bold = {"type": "text", "text": "healthy-<5>", "style": {"bold": True, "italic": True}}
    pieces = [bold, {"type": "text", "text": " in "}, {"type": "channel", "channel_id": "C1"}]
    shown = str(rich_text_html({"elements": [{"type": "rich_text_section", "elements": pieces}]}, NAMES))
    assert shown == ('<p><em><strong>healthy-&lt;5&gt;</strong></em> in <span class="mention">#partnership</span></p>')


class Tags(HTMLParser):
    """The tags and attributes of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


WORDS = st.text(alphabet=st.sampled_from("<>&\"'*_~`|@#!:/\n azA.1"), max_size=60)


@given(WORDS)
def test_no_words_whatever_become_a_tag_or_an_attribute_of_their_own(words: str) -> None:
    tags = Tags()
    tags.feed(str(mrkdwn_html(words, NAMES)) + str(plain_html(words)))
    tags.close()
    assert tags.found <= KNOWN_TAGS
    assert tags.attributes <= {"class", "href", "target", "rel", "aria-hidden"}


@given(WORDS)
def test_what_is_typed_comes_back_as_it_was(words: str) -> None:
    assert unescape(escape_typed(words)) == words
