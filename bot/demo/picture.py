"""Makes the README's picture: the answer to `/cypp status priority 7` on the example plan, as an SVG file."""

import io
import re
import tempfile
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape

from rich.cells import cell_len

from bot.demo.story import CHAIR, ZONE
from bot.demo.town import open_town

PICTURE = Path(__file__).parent / "pictures" / "status-priority-7.svg"
ASKED = "status priority 7"
WIDTH, HEAD, LINE, LETTER, MARGIN = 96, 92, 22, 8.4, 28
SHOWN = 19
"""Lines of the answer in the picture: the sentence to read out, and the worst three actions."""


def answer_text() -> str:
    """The answer as the chair sees it, from the bot and the local workspace."""
    with tempfile.TemporaryDirectory(prefix="cypp-picture-") as folder:
        town = open_town(str(Path(folder) / "picture.db"), datetime(2020, 8, 7, 10, tzinfo=ZONE))
        try:
            return town.command(CHAIR, ASKED).message.plain(WIDTH)
        finally:
            town.close()


def svg(text: str) -> str:
    """The text as a picture: the first line large, refs and statuses bold, the rest plain."""
    head, *rest = [line for line in text.splitlines() if not set(line) <= {"─"} or not line]
    said = wrap(head, HEAD)
    lines = [*said, *rest]
    shown = lines[:SHOWN]
    out = io.StringIO()
    width = int(WIDTH * LETTER + 2 * MARGIN)
    height = (len(shown) + 3) * LINE + MARGIN
    out.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="The answer to /cypp {ASKED}">\n'
        f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff" stroke="#b1b4b6"/>\n'
        '<g font-family="Helvetica, Arial, sans-serif" font-size="15" fill="#0b0c0c">\n'
    )
    out.write(f'<text x="{MARGIN}" y="{MARGIN + 8}" fill="#505a5f">/cypp {ASKED}</text>\n')
    y = MARGIN + 8 + LINE + 6
    for number, line in enumerate(shown):
        bold = number < len(said) or bool(re.match(r"\S+  [⚪🟢🟠🔴🟣🔵⬜]", line))
        quiet = bool(re.match(r"“| *·", line))
        weight = ' font-weight="bold"' if bold and cell_len(line) else ""
        style = ' fill="#505a5f" font-style="italic"' if quiet else ""
        out.write(f'<text x="{MARGIN}" y="{y}"{weight}{style} xml:space="preserve">{escape(line)}</text>\n')
        y += LINE
    if len(shown) < len(lines):
        out.write(f'<text x="{MARGIN}" y="{y}" fill="#505a5f">…</text>\n')
    out.write("</g>\n</svg>\n")
    return out.getvalue()


def main() -> None:
    """Writes the picture."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(answer_text()), encoding="utf-8")


if __name__ == "__main__":
    main()
