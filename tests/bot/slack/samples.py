"""Replies and forms of every size, and texts that people should not be able to do harm with."""

from dataclasses import replace

from handlers.responses import ActionLine, Button, Choice, Content, Field, Form, Group, MeasureRow, RowCells
from models.enums import Status

HOSTILE = {
    "everyone": "<!channel> <!here> @channel @here @everyone",
    "mention": "<@U123ABC> <#C123ABC|general> <!subteam^S1|@heads>",
    "formatting": "*bold* _slanted_ ~struck~ `code` ```block``` > quoted",
    "entities": "&lt;!channel&gt; &amp;lt; fish & chips < 5 > 3",
    "link": "<https://evil.example|sefton.gov.uk> https://evil.example",
    "long": "word " * 600,
    "unbroken": "x" * 3000,
    "ampersands": "&" * 3000,
    "override": "approved \u202edetcejer\u202c by the board",
    "isolates": "\u2066\u2067\u2068 left open \u2069\u2069\u2069\u2069",
    "arabic": "تم توظيف مستشارين اثنين 9 Sep",
    "hebrew_lines": "א\n" * 1500,
    "zero_width": "in\u200bvis\u2060ible\ufeff",
    "only_zero_width": "\u200b\u2060\ufeff",
    "emoji": "👩‍👩‍👧‍👦" * 400 + "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f" + "👍🏽",
    "flags": "🇬🇧" * 800,
    "shortcode": ":smile: :warning:",
    "newlines": "one\n\n\n\nhealthy-9  🔴 off track\r\ntwo\u2028three\u0085four",
    "control": "\x00\x07\x08ring\x1b[31mred\x1b[0m\x1b]0;title\x07 \x7f\x9b31m",
    "surrogate": "half \ud83d a pair",
    "zalgo": "Z" + "\u0301\u0323\u0489" * 900,
    "joined": "a\u200d" * 1500,
    "joined_ampersands": "&\u200d" * 1500,
    "blank": "   \n\t ",
    "quotes": "\"'\\ {{}} %s ${x}",
}
"""By name, so that a failing test says which."""

SIZES = (0, 1, 33, 500)

STATUSES = tuple(Status)


def buttons(number: int, value: str = "healthy-5|3") -> tuple[Button, ...]:
    """Some buttons, the first of them marked."""
    labels = ("On track", "Some issues…", "No change", "Done…", "Not ours", "Snooze")
    return tuple(
        Button(labels[n % 6], verb=f"verb-{n % 6}", value=value, style="primary" if n == 0 else "")
        for n in range(number)
    )


def action(number: int, *, presses: int = 0, words: str = "", answered: str = "") -> ActionLine:
    """An action as a plan has them."""
    return ActionLine(
        ref=f"healthy-{number}",
        words=words or "Recruit two emotional health advisors who work with every school in the borough",
        status=STATUSES[number % len(STATUSES)],
        facts=("Head of Education, Sefton Council", "due 16 September 2020", "re-planned twice"),
        last="“Two advisors recruited, a third post is out to advert.” Head of Education, 4 Sep",
        buttons=buttons(presses),
        answered=answered,
    )


def row(number: int) -> ActionLine:
    """An action as a row of a table."""
    line = action(number)
    cells = RowCells("Head of Education, council", "16 September 2020, overdue", 2020_09_16, number % 4)
    return replace(line, buttons=(), cells=cells)


def rows(number: int) -> Content:
    """A reply with so many rows under two headings."""
    groups = (Group("Overdue", lines=tuple(map(row, range(number)))), Group("No lead", lines=(row(number),)))
    return Content(f"{number + 1} actions.", groups=groups)


def listing(number: int, *, groups: int = 1, presses: int = 0, key: bool = True) -> Content:
    """A reply with so many actions over so many groups."""
    shared = [
        Group(
            f"Group {n + 1}", lines=tuple(action(a, presses=presses) for a in range(n, number, groups)), empty="None."
        )
        for n in range(groups)
    ]
    return Content(
        headline=f"Theme Healthy (priorities 7–9) has {number} actions.",
        intro=("The next board is on Wednesday 16 September 2020.",),
        groups=tuple(shared),
        footer=("Overdue means open after the meeting it was due at.",),
        buttons=buttons(2),
        key=key,
        shareable="status priority 7",
    )


def hostile(text: str) -> Content:
    """A reply with this text wherever people's words can stand."""
    press = (Button(text, "verb", value="7", confirm=text),)
    lines = (
        ActionLine(text, text, Status.OFF_TRACK, (text, text, "due 9 September"), text, press),
        ActionLine("healthy-5", text, Status.ON_TRACK, (), text, press, answered=text),
        ActionLine(text, text, Status.ON_TRACK, (text,), text, cells=RowCells(text, text, 2020_09_16, 2, text)),
    )
    return Content(
        headline=text,
        intro=(text, "ours"),
        groups=(
            Group(text, (text, text), lines, text, press),
            Group(text, empty=text),
            Group(text),
            Group(text, measures=(MeasureRow(text, text, text, text, text, text),) * 2),
            Group(text, (text, text), lines, text, press, folds="open"),
            Group(text, lines=(replace(lines[0], tick="7~3"),), buttons=press, folds="closed"),
        ),
        footer=(text, text),
        buttons=press,
        key=True,
        typed=text,
        shareable="status priority 7",
    )


def hostile_form(text: str) -> Form:
    """A form with this text wherever people's words can stand."""
    choices = tuple(Choice(str(number), text) for number in range(3))
    return Form(
        title=text,
        verb="update",
        value="healthy-5",
        submit=text,
        intro=(text, text),
        fields=(
            Field("line", text, "line", text, text),
            Field("words", text, "text", text, text, max_length=500),
            Field("status", text, "choice", text, text, choices),
            Field("meeting", text, "choice", text, "1", choices, optional=True),
            Field("by", text, "date", text, text),
        ),
        note=text,
    )


def choosing(number: int) -> Form:
    """A form with so many choices."""
    choices = tuple(Choice(f"ref-{n}", f"healthy-{n} Recruit two emotional health advisors") for n in range(number))
    return Form("Which action?", "pick", "m3", "Choose", fields=(Field("ref", "Action", "choice", choices=choices),))
