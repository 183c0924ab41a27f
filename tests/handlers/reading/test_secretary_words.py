"""What a secretary types about boards, reminders, organisations and exports, and the command it is: tables."""

from datetime import date

import pytest

from handlers.commands import Command
from handlers.commands.actions import ExportPlan
from handlers.commands.boards import (
    ChangeBoard,
    CloseOrganisation,
    EndOrganisation,
    Reminders,
    RenameOrganisation,
    SetContributors,
    Setting,
    ShowBoard,
    ShowOrganisations,
)
from handlers.commands.questions import Unclear
from handlers.reading.board_commands import DaysSaid, read_channel, read_choice, read_number_of_days
from handlers.reading.dates import NoDay
from handlers.reading.days import read_span
from models.rules.calendar import Span
from tests.handlers.reading.plan import SEFTON, TODAY, parse

COMMANDS: list[tuple[str, Command]] = [
    ("board", ShowBoard()),
    ("board partnership", ShowBoard("partnership")),
    ("Board settings of the partnership board?", ShowBoard("partnership board")),
    ("settings hwb", ShowBoard("hwb")),
    ("board partnership papers 7 working days", ChangeBoard(Setting.PAPERS, "7 working days", "partnership")),
    ("board partnership papers go out 7 days before", ChangeBoard(Setting.PAPERS, "7 days before", "partnership")),
    ("board papers seven days", ChangeBoard(Setting.PAPERS, "seven days")),
    ("board partnership updates due 5 days", ChangeBoard(Setting.UPDATES, "5 days", "partnership")),
    ("board hwb updates 3", ChangeBoard(Setting.UPDATES, "3", "hwb")),
    ("board partnership ask for all open", ChangeBoard(Setting.ASK, "all open", "partnership")),
    ("board partnership asks for due", ChangeBoard(Setting.ASK, "due", "partnership")),
    ("board partnership publish at once", ChangeBoard(Setting.PUBLISH, "at once", "partnership")),
    ("board partnership publishes on press", ChangeBoard(Setting.PUBLISH, "on press", "partnership")),
    (
        "board partnership closed 28/12 to 1/1 because the offices are shut",
        ChangeBoard(Setting.CLOSED, "28/12 to 1/1", "partnership", reason="the offices are shut"),
    ),
    ("board closed 28/12", ChangeBoard(Setting.CLOSED, "28/12")),
    ("board partnership open 28/12", ChangeBoard(Setting.OPEN, "28/12", "partnership")),
    ("board partnership channel <#C0PARTNER>", ChangeBoard(Setting.CHANNEL, "<#C0PARTNER>", "partnership")),
    (
        "board partnership secretary Committee Officer, Sefton Council",
        ChangeBoard(Setting.SECRETARY, "Committee Officer, Sefton Council", "partnership"),
    ),
    (
        "board partnership chair Chair of the partnership board until 12/9",
        ChangeBoard(Setting.CHAIR, "Chair of the partnership board", "partnership", until="12/9"),
    ),
    ("board hwb chair until 12/9", ChangeBoard(Setting.CHAIR, "", "hwb", until="12/9")),
    ("board nowhere papers 7", ChangeBoard(Setting.PAPERS, "7", "nowhere")),
    ("start reminders", Reminders(True)),
    ("start reminders for the partnership board", Reminders(True, "partnership board")),
    ("begin reminders partnership from 14/9", Reminders(True, "partnership", "14/9")),
    ("stop reminders hwb", Reminders(False, "hwb")),
    ("orgs", ShowOrganisations()),
    ("org police", ShowOrganisations("police")),
    ("organisations", ShowOrganisations()),
    ("org CCG becomes ICB from 1/7/22", RenameOrganisation("CCG", "ICB", "1/7/22")),
    ("org CCG is now called “NHS Sefton”", RenameOrganisation("CCG", "NHS Sefton")),
    ("org Home becomes Away from Home", RenameOrganisation("Home", "Away from Home")),
    ("org Home becomes Away from Home from 1 June", RenameOrganisation("Home", "Away from Home", "1 June")),
    ("org CCG becomes ICB from 31/9", RenameOrganisation("CCG", "ICB", "31/9")),
    (
        "org schools closed 26/10 to 30/10 because half term",
        CloseOrganisation("schools", True, "26/10 to 30/10", "half term"),
    ),
    ("org schools closed 26-30 Oct: half term", CloseOrganisation("schools", True, "26-30 Oct", "half term")),
    ("org police contributor Superintendent", SetContributors("police", "Superintendent")),
    ("org council contributors: Head of Education, MW", SetContributors("council", "Head of Education, MW")),
    ("org council contributes through nobody", SetContributors("council")),
    ("org police ends 31/3/22", EndOrganisation("police", "31/3/22")),
    ("org police ended on 31 March", EndOrganisation("police", "31 March")),
    ("org police ends never", EndOrganisation("police")),
    ("org schools open 26/10", CloseOrganisation("schools", False, "26/10")),
    ("export", ExportPlan()),
    ("export the plan", ExportPlan()),
    ("export as an excel file", ExportPlan()),
    ("export CSV", ExportPlan(".csv")),
    ("export yaml", ExportPlan(".yaml")),
    ("download", ExportPlan()),
]

UNCLEAR = [
    ("board partnership papers", "board", "“/cypp board partnership papers 7 working days”"),
    ("org police becomes", "org", "which organisation becomes what"),
    ("org becomes ICB", "org", "which organisation becomes what"),
    ("org schools closed", "org", "on which days"),
    ("org police contributor", "org", "which posts contribute for it: “/cypp org police contributor"),
    ("org police ends", "org", "its last day: “/cypp org police ends"),
    ("export pdf", "export", "I cannot export as “pdf”"),
    ("exprot", "export", "Did you mean “/cypp export”?"),
]


@pytest.mark.parametrize(("text", "command"), COMMANDS)
def test_reads_what_a_secretary_types(text: str, command: Command) -> None:
    assert parse(text, SEFTON, TODAY).command == command


@pytest.mark.parametrize(("text", "nearest", "sentence"), UNCLEAR)
def test_what_is_not_whole_comes_back_with_what_to_say(text: str, nearest: str, sentence: str) -> None:
    command = parse(text, SEFTON, TODAY).command
    assert isinstance(command, Unclear)
    assert (command.nearest, command.typed) == (nearest, text)
    assert sentence in command.say


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7", DaysSaid(7)),
        ("seven days", DaysSaid(7)),
        ("twenty-one days", DaysSaid(21)),
        ("7 clear working days", DaysSaid(7, "working")),
        ("7 working clear days before the meeting", DaysSaid(7, "working")),
        ("10 calendar days", DaysSaid(10, "calendar")),
        ("5 business days", DaysSaid(5, "working")),
        ("0", DaysSaid(0)),
    ],
)
def test_reads_a_number_of_days(text: str, days: DaysSaid) -> None:
    assert read_number_of_days(text) == days


@pytest.mark.parametrize("text", ["", "many", "7 weeks", "-1", "7.5", "61", "seventh", "first", "9999999"])
def test_what_is_no_number_of_days_gets_a_sentence(text: str) -> None:
    assert isinstance(read_number_of_days(text), str)


@pytest.mark.parametrize(
    ("setting", "text", "meant"),
    [
        (Setting.ASK, "all open", True),
        (Setting.ASK, "everything", True),
        (Setting.ASK, "all", True),
        (Setting.ASK, "due", False),
        (Setting.ASK, "only what is due", False),
        (Setting.PUBLISH, "at once", True),
        (Setting.PUBLISH, "straight away", True),
        (Setting.PUBLISH, "on press", False),
        (Setting.PUBLISH, "when pressed", False),
    ],
)
def test_reads_a_choice(setting: Setting, text: str, meant: bool) -> None:
    assert read_choice(setting, text) is meant


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("<#C0PARTNER|partnership>", "C0PARTNER"),
        ("<#C0PARTNER>", "C0PARTNER"),
        ("C0PARTNER", "C0PARTNER"),
        ("none", ""),
        ("#partnership", None),
        ("the partnership channel", None),
    ],
)
def test_reads_a_channel(text: str, channel: str | None) -> None:
    assert read_channel(text) == channel


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("28/12 to 1/1", date(2020, 12, 28), date(2021, 1, 1)),
        ("28/12", date(2020, 12, 28), date(2020, 12, 28)),
        ("from 26 Oct until 30 Oct", date(2020, 10, 26), date(2020, 10, 30)),
        ("26-30 Oct", date(2020, 10, 26), date(2020, 10, 30)),
        ("26th to 30th October 2021", date(2021, 10, 26), date(2021, 10, 30)),
        ("1/9 to 4/9", date(2020, 9, 1), date(2020, 9, 4)),
        ("1/1/2021 to 31/12/2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_reads_days_on_end_those_that_run_today_too(text: str, first: date, last: date) -> None:
    assert date(2020, 9, 2) == TODAY
    assert read_span(text, TODAY) == Span(first, last)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "I do not read"),
        ("half term", "“half term” names no day."),
        ("31/9 to 2/10", "September has 30 days."),
        ("1/10 to 31/9", "September has 30 days."),
        ("30/10 to 26/10", "write both days with their years"),
        ("5/1/2021 to 1/1/2021", "The last day is before the first"),
        ("1/10 to 5/10 to 9/10", "I do not read"),
        ("32 to 33 oct", "October has 31 days."),
    ],
)
def test_what_are_no_days_gets_a_sentence(text: str, said: str) -> None:
    found = read_span(text, TODAY)
    assert isinstance(found, NoDay)
    assert said in found.say
