"""Boards, their meetings and settings, and the organisations. Every command, press and form of this package."""

from functools import partial

from handlers.boards import (
    board_card,
    board_forms,
    board_settings,
    meeting_changes,
    meeting_deeds,
    meeting_forms,
    meeting_list,
    meeting_undo,
    organisations,
    partner_settings,
    reminders,
    secretary_change,
    settings_undo,
    stored_settings,
)
from handlers.commands.boards import (
    ChangeBoard,
    ChangeMeeting,
    CloseOrganisation,
    EndOrganisation,
    Reminders,
    RenameOrganisation,
    SetContributors,
    ShowBoard,
    ShowOrganisations,
)
from handlers.commands.questions import ShowMeetings
from handlers.press_codec import saying
from handlers.reading.board_commands import read_board_command, read_reminders
from handlers.reading.command_arguments import as_parsed
from handlers.reading.meeting_commands import read_meeting_command
from handlers.reading.organisation_commands import read_organisation_command
from handlers.reading.question_commands import about
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(ShowMeetings, meeting_list.show_meetings, (Verb.READ,), reads=True).typed(
        "meetings",
        about(ShowMeetings),
        usage="meetings [board or day]",
        line="The boards' meetings, with the days updates are due and papers go out.",
        examples=("meetings", "meetings partnership", "meetings of 8 dec"),
        synonyms=("dates", "calendar", "boards", "when"),
    ),
    CommandEntry(ChangeMeeting, meeting_changes.change_meeting, (Verb.MEETINGS,), shown_by="meetings").typed(
        "meeting",
        as_parsed(read_meeting_command),
        usage="meeting add|move|cancel|confirm …",
        line="Change a board's meetings. What is due moves with a meeting; a cancelled one passes it on.",
        examples=(
            "meeting add partnership 8 Dec 2020 14:00",
            "meeting move 16 Sep to 23 Sep",
            "meeting cancel 16 Sep because the chamber is closed",
            "meeting confirm December as 9 Dec 14:00",
        ),
    ),
    CommandEntry(ShowBoard, board_card.show_board, (Verb.READ,), reads=True, also_read_as=(ChangeBoard,)).typed(
        "board",
        as_parsed(read_board_command),
        usage="board [board] [setting]",
        line="A board's settings; its secretary changes one at a time.",
        examples=(
            "board partnership",
            "board partnership papers 7 working days",
            "board partnership updates due 5 days",
            "board partnership ask for all open",
            "board partnership publish at once",
            "board partnership closed 28/12 to 1/1 because the offices are shut",
            "board partnership open 28/12",
            "board partnership nation Scotland",
            "board partnership secretary Committee Officer",
            "board partnership chair Executive Director until 12/9",
        ),
        synonyms=("board settings", "settings"),
    ),
    CommandEntry(ChangeBoard, board_settings.change_board, (Verb.BOARD,), shown_by="board"),
    CommandEntry(Reminders, reminders.change_reminders, (Verb.BOARD,), shown_by="meetings")
    .typed(
        "start reminders",
        as_parsed(partial(read_reminders, start=True)),
        usage="start reminders [board] [from DATE]",
        line="Begin a board's reminders. Until then it is quiet; nothing earlier counts.",
        examples=("start reminders partnership", "start reminders partnership from 14/9"),
        synonyms=("begin reminders", "start the reminders", "reminders on"),
    )
    .typed(
        "stop reminders",
        as_parsed(partial(read_reminders, start=False)),
        usage="stop reminders [board]",
        line="Make a board quiet again: nothing is said unasked for it.",
        examples=("stop reminders partnership",),
        synonyms=("end reminders", "stop the reminders", "reminders off"),
    ),
    CommandEntry(
        ShowOrganisations,
        organisations.show_organisations,
        (Verb.READ,),
        reads=True,
        also_read_as=(RenameOrganisation, CloseOrganisation, SetContributors, EndOrganisation),
    ).typed(
        "org",
        as_parsed(read_organisation_command),
        usage="org [name] [becomes …|closed …|open …|contributor …|ends …]",
        line="The organisations; a new name from a day on, closed dates, who contributes to a focus theme, a last day.",
        examples=(
            "orgs",
            "org police",
            "org CCG becomes Integrated Care Board from 1/7/22",
            "org schools closed 26/10 to 30/10 because half term",
            "org schools open 26/10",
            "org police contributor Superintendent, Sefton",
            "org police ends 31/3/22",
        ),
        synonyms=("orgs", "organisation", "organisations", "organization", "organizations"),
    ),
    CommandEntry(RenameOrganisation, organisations.rename_organisation, (Verb.ORGANISATION,), shown_by="orgs"),
    CommandEntry(CloseOrganisation, organisations.close_organisation, (Verb.ORGANISATION,), shown_by="orgs"),
    CommandEntry(SetContributors, partner_settings.set_contributors, (Verb.ORGANISATION,), shown_by="orgs"),
    CommandEntry(EndOrganisation, partner_settings.end_organisation, (Verb.ORGANISATION,), shown_by="orgs"),
)

PRESSES = (
    PressEntry(meeting_deeds.DoMeeting, meeting_deeds.do_meeting, (Verb.MEETINGS,), replaces=Replaces.WHEN_DONE),
    PressEntry(meeting_deeds.TakeOver, meeting_deeds.take_pressed, (Verb.MEETINGS,)),
    PressEntry(meeting_undo.UndoMeeting, meeting_undo.undo_meeting, (Verb.MEETINGS,), replaces=Replaces.WHEN_DONE),
    PressEntry(
        stored_settings.UndoSettings,
        settings_undo.undo_settings,
        (Verb.BOARD, Verb.ORGANISATION),
        replaces=Replaces.WHEN_DONE,
    ),
    PressEntry(meeting_forms.AddMeeting, meeting_forms.meeting_add_form, (Verb.MEETINGS,)),
    PressEntry(meeting_forms.AlterMeeting, meeting_forms.meeting_change_form, (Verb.MEETINGS,)),
    PressEntry(board_card.ChangeSettings, board_forms.board_form, (Verb.BOARD,)),
    PressEntry(secretary_change.ChangeSecretary, secretary_change.keeper_pressed, (Verb.BOARD,)),
    PressEntry(secretary_change.LeaveSecretary, saying("Left as it is: nothing was changed."), (Verb.READ,)),
)

FORMS = (
    FormEntry(meeting_forms.AddMeeting, meeting_forms.meeting_add_sent, (Verb.MEETINGS,)),
    FormEntry(meeting_forms.AlterMeeting, meeting_forms.meeting_change_sent, (Verb.MEETINGS,)),
    FormEntry(board_forms.SettingsForm, board_forms.board_sent, (Verb.BOARD,)),
)
