"""Tell `cypp demo --story`: a board's cycle on the example plan, as each person sees it, in under a minute."""

import io
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.cli.end_choices import EndChoices
from bot.cli.plan_end import import_next
from bot.demo.sandbox import BOARD_CHANNEL, CHAIR, DEMO, SECRETARY, Sandbox, example_plan, open_sandbox
from bot.demo.story_contributions import HEARD, HEARD_BY_EMAIL, NEW_ACTIONS
from bot.demo.workspace import Answer, LocalWorkspace, SeenMessage, SubmitResult
from handlers.formatting import listed
from models.files.planfile import PlanFile
from models.rules.calendar import at_local

ZONE = ZoneInfo("Europe/London")
EDUCATION, HEALTH, COMMISSIONING = "U0HEADEDU", "U0PUBHEAL", "U0COMMISS"
COMMUNICATIONS, YOUNG_PERSONS, EARLY_HELP, SOCIAL_WORK = "U0COMMSMG", "U0CVSLEAD", "U0EARLYHP", "U0PRINCSW"
SHOWN_WHOLE = {CHAIR, SECRETARY, EDUCATION}
LOG = Path(__file__).with_name("health-and-wellbeing-board-log.csv")
LINES_SHOWN = 26
"""Lines of a long message that the story shows; the message itself has them all."""


class Teller:
    """Print what people see."""

    def __init__(self, sandbox: Sandbox, console: Console) -> None:
        self.sandbox, self.console = sandbox, console
        self.names = dict(sandbox.people())
        self.mark = sandbox.workspace.mark()

    def heading(self, words: str) -> None:
        """Print a heading for a new part of the story."""
        self.console.print()
        self.console.rule(Text(words, style="bold"), align="left")

    def does(self, user: str, what: str) -> None:
        """Print what somebody does."""
        self._line(f"{self.names[user]} {what}", "bold cyan")

    def _line(self, words: str, style: str, *, soft_wrap: bool = False) -> None:
        self.console.print()
        self.console.print(Text(f"{self.when()}  {words}", style=style), soft_wrap=soft_wrap)

    def sees(self, text: str, whole: bool = False) -> None:
        """Print what somebody sees, indented."""
        lines = text.splitlines()
        shown = lines if whole else lines[:LINES_SHOWN]
        for line in shown:
            self.console.print(Text(f"    │ {line}"), soft_wrap=True)
        if len(shown) < len(lines):
            self.console.print(Text(f"    │ … {len(lines) - len(shown)} more lines", style="dim"))

    def when(self) -> str:
        """Return the time on the story's clock as text."""
        local = self.sandbox.clock().astimezone(ZONE)
        return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"

    def news(self, show: Sequence[str] = ()) -> None:
        """Print what people were sent since the last time: whole for those in `show`, a line for the others."""
        arrived = self.sandbox.since(self.mark)
        channel = [message for message in self.sandbox.workspace.messages(BOARD_CHANNEL) if message.seq > self.mark]
        self.mark = self.sandbox.workspace.mark()
        others: dict[str, list[str]] = {}
        for user, name, messages in arrived:
            for message in messages:
                if message.channel == BOARD_CHANNEL or message.edited:
                    continue
                if user in (show or SHOWN_WHOLE):
                    self._line(f"{name} is sent:", "bold green")
                    self.sees(message.plain())
                else:
                    others.setdefault(message.text.strip().splitlines()[0], []).append(name)
        for first, names in others.items():
            self._line(f"{listed(names)}: {first}", "green", soft_wrap=True)
        for message in channel:
            self._line("in the board's channel:", "bold green")
            self.sees(message.plain())

    def until(self, day: date, clock: time = time(9, 30), show: Sequence[str] = ()) -> None:
        """Move the clock from event to event up to a local time, and print what was sent."""
        target = at_local(day, ZONE, clock)
        while (instant := self.sandbox.next_instant()) is not None and instant <= target:
            self.sandbox.clock.move(instant)
            self.sandbox.tick()
            self.news(show)
        self.sandbox.clock.move(target)
        self.sandbox.tick()
        self.news(show)

    def command(self, user: str, text: str) -> SeenMessage:
        """Type a command as somebody, and print the answer; return its last message."""
        self.does(user, f"types /cypp {text}")
        answer = self.sandbox.command(user, text)
        self._answer(answer)
        return answer.messages[-1]

    def press(self, user: str, ref: str, label: str) -> None:
        """Press a button under an action as somebody."""
        self.does(user, f"presses [{label}] under {ref}")
        self._answer(self.sandbox.press(user, ref, label))

    def press_in(self, user: str, message: SeenMessage, label: str) -> None:
        """Press a button of a message as somebody."""
        self.does(user, f"presses [{label}]")
        self._answer(self.sandbox.press_in(user, message, label))

    def choose(self, user: str, message: SeenMessage, option: str) -> None:
        """Choose in the one menu of a message as somebody."""
        self.does(user, f"chooses [{option}]")
        self._answer(self.sandbox.choose_in(user, message, option))

    def form(self, user: str, values: dict[str, str]) -> None:
        """Fill in and send somebody's open form."""
        view = self.sandbox.workspace.view(user)
        if view is not None:
            self.sees(view.plain())
        self.does(user, f"fills it in ({'; '.join(values.values())}) and sends it" if values else "sends it as it is")
        self._answer(self.sandbox.submit(user, values))

    def sends(self, user: str, path: Path) -> SeenMessage:
        """Send the bot a file as somebody; return its last message."""
        self.does(user, f"sends {path.name}")
        answer = self.sandbox.send_file(user, path)
        self._answer(answer)
        return answer.messages[-1]

    def says(self, user: str, words: str) -> SeenMessage:
        """Write to the bot in plain words as somebody; return its last message."""
        self.does(user, f"writes: {words}")
        answer = self.sandbox.say(user, words, replies=1)
        self._answer(answer)
        return answer.messages[-1]

    def next_plan(self, file: PlanFile, now: str) -> None:
        """Import the plan that follows as whoever runs the bot, on the command line."""
        self._line("whoever runs the bot types cypp import --next next.yaml --rest carry", "bold cyan")
        said = io.StringIO()
        with redirect_stdout(said):
            import_next(
                file, "next.yaml", lambda path: "", self.sandbox.database, "",
                choices=EndChoices("", (), (), (), "carry", None, now), sure=True, dry_run=False, yes=True,
            )  # fmt: skip
        self.sees(said.getvalue().replace(self.sandbox.database.name, "the database"))

    def latest(self, user: str, words: str) -> SeenMessage:
        """Return the latest message to somebody with these words in its first line."""
        return next(
            message for message in reversed(self.sandbox.workspace.dm(user)) if words in message.text.split("\n")[0]
        )

    def _answer(self, answer: Answer | SubmitResult) -> None:
        for message in answer.messages:
            self.sees(message.plain())
        self.mark = self.sandbox.answered
        if answer.error:
            raise RuntimeError(f"the local workspace refused: {answer.error} {answer.detail}")


PATIENT = replace(DEMO, ack_timeout=60.0, trigger_lifetime=60.0)
"""A story is told to its end on a machine that is busy with other things, where Slack would give up after 3 seconds."""


def tell_story(console: Console) -> None:
    """Tell the whole story, from 7 August to 27 October 2020 and to the next plan, and leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="cypp-story-") as folder:
        sandbox = open_sandbox(
            str(Path(folder) / "story.db"), _at(2020, 8, 7, 10), LocalWorkspace(PATIENT), example_plan()
        )
        try:
            _tell(Teller(sandbox, console))
        finally:
            sandbox.close()


def _following_plan() -> PlanFile:
    """Return a plan that follows the example's: one action of that stands in it under another ref."""
    before = example_plan()
    head = {"name": "My Sefton 2025–2030", "starts": date(2025, 4, 1), "ends": date(2030, 3, 31)}
    (again,) = (one.model_copy(update={"ref": "healthy-1"}) for one in before.actions if one.ref == "healthy-3")
    its_own = {"plan": before.plan.model_copy(update=head), "actions": (again,), "risks": (), "assessments": ()}
    return before.model_copy(update=its_own)


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
    story.heading("The secretary's log of another board comes in, as it is")
    draft = story.sends(SECRETARY, LOG)
    story.press_in(SECRETARY, draft, "Answer 2 questions…")
    names = {"PHL": "Public Health Lead for Children", "YFL": "Youth Forum Lead", "ASM": "Active Sefton Manager"}
    story.form(SECRETARY, {"answer0": "; ".join(f"{short} = {title}" for short, title in names.items())})
    story.press_in(SECRETARY, story.latest(SECRETARY, "to add"), "Add all 5")

    story.heading("A chair asks")
    story.command(CHAIR, "status priority 7")

    story.heading("The request goes out: ten working days before updates are due")
    story.until(date(2020, 8, 17))
    story.sandbox.clock.move(_at(2020, 8, 17, 11, 5))
    story.press(EDUCATION, "healthy-5", "On track")
    story.sandbox.clock.move(_at(2020, 8, 18, 14, 20))
    story.press(HEALTH, "healthy-4", "Some issues…")
    story.form(HEALTH, {"words": "Two profiles are done; the data for the third is promised for October"})
    story.sandbox.clock.move(_at(2020, 8, 20, 16, 40))
    story.says(COMMUNICATIONS, "16sep-1 on track, the young voices were recorded last week")
    shown = story.says(YOUNG_PERSONS, "the youth version went to the printers on Friday")
    story.press_in(YOUNG_PERSONS, shown, "Record for 9sep-1: still on track")

    story.heading("The reminder: only to those who still owe an answer")
    story.until(date(2020, 8, 26))
    story.sandbox.clock.move(_at(2020, 8, 27, 9, 50))
    story.press(EDUCATION, "9sep-2", "Done…")
    story.form(EDUCATION, {"words": "Toolkit relaunched on 26 August; every school has the link"})
    story.says(COMMISSIONING, "heard-10 done, contract signed with the new provider on 24 August")

    story.heading("The last call, on the morning updates are due")
    story.until(date(2020, 9, 1), time(16, 55))
    story.says(EDUCATION, "healthy-8 amber, two colleges have not sent their dates")

    story.heading("No update received, for the papers")
    story.until(date(2020, 9, 2))

    story.heading("The paper, as papers go out, and the day of the board")
    story.until(date(2020, 9, 16), time(13, 30))
    story.command(CHAIR, "due 16 sep")

    story.heading("After the meeting: the secretary records what was decided")
    story.until(date(2020, 9, 17))
    story.press(SECRETARY, "9sep-2", "Closed")
    story.press(SECRETARY, "healthy-4", "Carry forward")
    story.press(SECRETARY, "heard-10", "Not agreed…")
    story.form(SECRETARY, {"kind": "not agreed", "reason": "The board wants to see the contract's measures first"})
    story.command(SECRETARY, "close healthy-5 agreed minute 41")
    after = story.latest(SECRETARY, "After the meeting")
    story.sandbox.clock.move(_at(2020, 9, 17, 15, 10))
    story.press_in(SECRETARY, after, "Outcomes recorded")
    story.press_in(SECRETARY, story.latest(SECRETARY, "no outcome yet"), "They are overdue")
    story.news()
    story.press_in(SECRETARY, story.latest(SECRETARY, "overdue"), "Publish")
    story.news()

    story.heading("The next round, for the board of 23 October, which looks at Heard")
    story.until(date(2020, 10, 8), show=(SECRETARY,))
    story.sandbox.clock.move(_at(2020, 10, 8, 12, 0))
    story.says(EARLY_HELP, "23oct-1 on track, toolkit in use in three teams")
    story.says(SOCIAL_WORK, "heard-6 no change")

    story.heading("What partners contribute to Heard: in their own words, and by e-mail to the secretary")
    for user, words in HEARD.items():
        story.says(user, words)
    story.command(SECRETARY, HEARD_BY_EMAIL)
    story.command(CHAIR, "contributions for 23 oct")

    story.heading("No update received and no contribution received, the paper, and the day of the board")
    story.until(date(2020, 10, 9), show=(SECRETARY,))

    story.heading("The quarter's figures: asked for ten working days after it, given in a line, on the scorecard")
    story.until(date(2020, 10, 14), show=(SOCIAL_WORK,))
    story.sandbox.clock.move(_at(2020, 10, 14, 11, 0))
    story.says(SOCIAL_WORK, "m1.1 Q2 72%")
    story.command(CHAIR, "scorecard")
    story.press_in(EDUCATION, story.latest(EDUCATION, "to be assessed"), "Still 3 × 3 = 9")
    story.command(CHAIR, "risks")
    story.until(date(2020, 10, 23), time(13, 0), show=(SECRETARY,))
    story.command(CHAIR, "overdue")

    story.heading("The clocks have changed on Sunday 25 October; 09:30 is still 09:30")
    story.until(date(2020, 10, 26), show=(SECRETARY,))
    story.press(SECRETARY, "heard-11", "Carry forward")
    after = story.latest(SECRETARY, "After the meeting of Fri 23 Oct")
    story.sandbox.clock.move(_at(2020, 10, 27, 10, 15))
    story.press_in(SECRETARY, after, "Outcomes recorded")
    story.press_in(SECRETARY, story.latest(SECRETARY, "no outcome yet"), "They are overdue")
    story.news(show=(SECRETARY,))
    story.command(CHAIR, "status priority 7")

    story.heading("Three actions are made of what partners will do next")
    for whose, line in NEW_ACTIONS.items():
        story.choose(SECRETARY, story.command(SECRETARY, f"contributions {whose} for 23 oct"), line)
        story.form(SECRETARY, {})

    story.heading("The years pass: the plan ends, the next carries on what is open, and the old one answers")
    story.sandbox.clock.move(_at(2025, 4, 1, 9, 45))
    story.next_plan(_following_plan(), "2025-04-01 09:45")
    story.sandbox.tick()
    story.news(show=(EDUCATION,))
    story.command(CHAIR, "plan")
    story.command(CHAIR, "old healthy-3")
