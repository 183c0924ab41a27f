"""`cypp demo --story`: a board's cycle on the example plan, told as each person sees it, in under half a minute."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.demo.sandbox import Sandbox, open_town
from bot.demo.workspace import Answer, SeenMessage, SubmitResult
from handlers.formatting import listed
from models.rules.calendar import at_local

ZONE = ZoneInfo("Europe/London")
CHAIR, SECRETARY = "U0CHAIRPB", "U0DEMSERV"
EDUCATION, HEALTH, COMMISSIONING = "U0HEADEDU", "U0PUBHEAL", "U0COMMISS"
COMMUNICATIONS, YOUNG_PERSONS, EARLY_HELP, SOCIAL_WORK = "U0COMMSMG", "U0CVSLEAD", "U0EARLYHP", "U0PRINCSW"
SHOWN_WHOLE = {CHAIR, SECRETARY, EDUCATION}
CHANNEL = "C0PARTNER"
LINES = 26
"""How much of a long message the story shows; the message itself has it all."""


class Teller:
    """Prints what people see."""

    def __init__(self, town: Sandbox, console: Console) -> None:
        self.town, self.console = town, console
        self.names = dict(town.people())
        self.mark = town.workspace.mark()

    def heading(self, words: str) -> None:
        """A new part of the story."""
        self.console.print()
        self.console.rule(Text(words, style="bold"), align="left")

    def does(self, user: str, what: str) -> None:
        """Somebody does something."""
        self.console.print()
        self.console.print(Text(f"{self.when()}  {self.names[user]} {what}", style="bold cyan"))

    def sees(self, text: str, whole: bool = False) -> None:
        """What somebody sees, indented."""
        lines = text.splitlines()
        shown = lines if whole else lines[:LINES]
        for line in shown:
            self.console.print(Text(f"    │ {line}"), soft_wrap=True)
        if len(shown) < len(lines):
            self.console.print(Text(f"    │ … {len(lines) - len(shown)} more lines", style="dim"))

    def when(self) -> str:
        """The story's clock."""
        local = self.town.clock().astimezone(ZONE)
        return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"

    def news(self, show: Sequence[str] = ()) -> None:
        """What people were sent since the last time: whole for those named, a line for the others."""
        arrived = self.town.since(self.mark)
        channel = [message for message in self.town.workspace.messages(CHANNEL) if message.seq > self.mark]
        self.mark = self.town.workspace.mark()
        others: dict[str, list[str]] = {}
        for user, name, messages in arrived:
            for message in messages:
                if message.channel == CHANNEL or message.edited:
                    continue
                if user in (show or SHOWN_WHOLE):
                    self.console.print()
                    self.console.print(Text(f"{self.when()}  {name} is sent:", style="bold green"))
                    self.sees(message.plain())
                else:
                    others.setdefault(message.text.strip().splitlines()[0], []).append(name)
        for first, names in others.items():
            self.console.print()
            self.console.print(Text(f"{self.when()}  {listed(names)}: {first}", style="green"), soft_wrap=True)
        for message in channel:
            self.console.print()
            self.console.print(Text(f"{self.when()}  in the board's channel:", style="bold green"))
            self.sees(message.plain())

    def until(self, day: date, clock: time = time(9, 30), show: Sequence[str] = ()) -> None:
        """Moves the clock from one thing that happens to the next, up to a local time, and tells what was sent."""
        target = at_local(day, ZONE, clock)
        while (instant := self.town.next_instant()) is not None and instant <= target:
            self.town.clock.move(instant)
            self.town.tick()
            self.news(show)
        self.town.clock.move(target)
        self.town.tick()
        self.news(show)

    def command(self, user: str, text: str) -> None:
        """Somebody types a command and sees the answer."""
        self.does(user, f"types /cypp {text}")
        self._answer(self.town.command(user, text))

    def press(self, user: str, ref: str, label: str) -> None:
        """Somebody presses a button under an action."""
        self.does(user, f"presses [{label}] under {ref}")
        self._answer(self.town.press(user, ref, label))

    def press_in(self, user: str, message: SeenMessage, label: str) -> None:
        """Somebody presses a button of a message."""
        self.does(user, f"presses [{label}]")
        self._answer(self.town.press_in(user, message, label))

    def form(self, user: str, values: dict[str, str]) -> None:
        """Somebody fills in the open form and sends it."""
        view = self.town.workspace.view(user)
        if view is not None:
            self.sees(view.plain())
        self.does(user, f"fills it in ({'; '.join(values.values())}) and sends it")
        self._answer(self.town.submit(user, values))

    def says(self, user: str, words: str) -> SeenMessage:
        """Somebody writes to the bot in plain words."""
        self.does(user, f"writes: {words}")
        answer = self.town.say(user, words)
        self._answer(answer)
        return answer.messages[-1]

    def _answer(self, answer: Answer | SubmitResult) -> None:
        for message in answer.messages:
            self.sees(message.plain())
        self.mark = self.town.answered
        if answer.error:
            raise RuntimeError(f"the local workspace refused: {answer.error} {answer.detail}")


def tell(console: Console) -> None:
    """The whole story, from 7 August to 27 October 2020. Ends by itself; leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="cypp-story-") as folder:
        town = open_town(str(Path(folder) / "story.db"), _at(2020, 8, 7, 10))
        try:
            _tell(Teller(town, console))
        finally:
            town.close()


def _at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return at_local(date(year, month, day), ZONE, time(hour, minute))


def _tell(story: Teller) -> None:
    story.console.print(
        Text(
            "My Sefton 2020–2025, run by the unmodified bot over Socket Mode against a small Slack on this machine. "
            "Posts, dates and words marked illustrative in the plan file are made up.",
            style="italic",
        )
    )
    story.heading("A chair asks")
    story.command(CHAIR, "status priority 7")

    story.heading("The request goes out: ten working days before updates are due")
    story.until(date(2020, 8, 17))
    story.town.clock.move(_at(2020, 8, 17, 11, 5))
    story.press(EDUCATION, "healthy-5", "On track")
    story.town.clock.move(_at(2020, 8, 18, 14, 20))
    story.press(HEALTH, "healthy-4", "Some issues…")
    story.form(HEALTH, {"words": "Two profiles are done; the data for the third is promised for October"})
    story.town.clock.move(_at(2020, 8, 20, 16, 40))
    story.says(COMMUNICATIONS, "16sep-1 on track, the young voices were recorded last week")
    shown = story.says(YOUNG_PERSONS, "the youth version went to the printers on Friday")
    story.press_in(YOUNG_PERSONS, shown, "Record for 9sep-1")

    story.heading("The reminder: only to those who still owe an answer")
    story.until(date(2020, 8, 26))
    story.town.clock.move(_at(2020, 8, 27, 9, 50))
    story.press(EDUCATION, "9sep-2", "Done…")
    story.form(EDUCATION, {"words": "Toolkit relaunched on 26 August; every school has the link"})
    story.says(COMMISSIONING, "heard-10 done, contract signed with the new provider on 24 August")

    story.heading("The last call, on the morning updates are due")
    story.until(date(2020, 9, 1))
    story.town.clock.move(_at(2020, 9, 1, 16, 55))
    story.says(EDUCATION, "healthy-8 amber, two colleges have not sent their dates")

    story.heading("No update received, for the papers")
    story.until(date(2020, 9, 2))

    story.heading("The day of the board")
    story.until(date(2020, 9, 16), time(13, 30))
    story.command(CHAIR, "due 16 sep")

    story.heading("After the meeting: the secretary records what was decided")
    story.until(date(2020, 9, 17))
    story.press(SECRETARY, "9sep-2", "Closed")
    story.press(SECRETARY, "healthy-4", "Carry forward")
    story.press(SECRETARY, "heard-10", "Not agreed…")
    story.form(SECRETARY, {"kind": "not agreed", "reason": "The board wants to see the contract's measures first"})
    story.command(SECRETARY, "close healthy-5 agreed minute 41")
    after = next(
        message for message in reversed(story.town.workspace.dm(SECRETARY)) if "After the meeting" in message.text
    )
    story.town.clock.move(_at(2020, 9, 17, 15, 10))
    story.press_in(SECRETARY, after, "Outcomes recorded")
    story.news()
    digest = next(
        message for message in reversed(story.town.workspace.dm(SECRETARY)) if "overdue" in message.text.split("\n")[0]
    )
    story.press_in(SECRETARY, digest, "Publish")
    story.news()

    story.heading("The next round, for the board of 23 October, which looks at Heard")
    story.until(date(2020, 10, 8), show=(SECRETARY,))
    story.town.clock.move(_at(2020, 10, 8, 12, 0))
    story.says(EARLY_HELP, "23oct-1 on track, toolkit in use in three teams")
    story.says(SOCIAL_WORK, "heard-6 no change")
    story.until(date(2020, 10, 9), show=(SECRETARY,))
    story.until(date(2020, 10, 23), time(13, 0), show=(SECRETARY,))
    story.command(CHAIR, "overdue")

    story.heading("The clocks have changed on Sunday 25 October; 09:30 is still 09:30")
    story.until(date(2020, 10, 26), show=(SECRETARY,))
    story.press(SECRETARY, "heard-11", "Carry forward")
    after = next(
        message
        for message in reversed(story.town.workspace.dm(SECRETARY))
        if "After the meeting of Fri 23 Oct" in message.text
    )
    story.town.clock.move(_at(2020, 10, 27, 10, 15))
    story.press_in(SECRETARY, after, "Outcomes recorded")
    story.news(show=(SECRETARY,))
    story.command(CHAIR, "status priority 7")
