"""Measures and their figures. Every command, press and form of this package."""

from handlers.commands.measures import GiveFigure, RedactNote, ShowMeasures, ShowScorecard
from handlers.measures import charts, figures_in_words, forms, given, improvement, measure_lists, redact_note, scorecard
from handlers.reading.measure_commands import read_measure, read_measures, read_redact_note, read_scorecard
from handlers.registry import CommandEntry, FormEntry, PressEntry, Replaces
from models.enums import Verb

COMMANDS = (
    CommandEntry(ShowMeasures, measure_lists.show_measures, (Verb.READ,), reads=True).typed(
        "measures",
        read_measures,
        usage="measures [priority, theme or measure]",
        line="The figures that show whether the plan moves anything, and what they come to.",
        examples=("measures", "measures priority 7"),
        synonyms=("the measures", "show measures", "indicators", "performance measures"),
    ),
    CommandEntry(GiveFigure, figures_in_words.give_figure, (Verb.MEASURE,), also_read_as=(ShowMeasures,)).typed(
        "measure",
        read_measure,
        usage="measure REF PERIOD FIGURE",
        line="A measure's figure for a period, by whoever gives its figures or a secretary; without one, the measure.",
        examples=("measure m1.1 Q2 72%", "measure m1.1 Q1 2020/21 18 of 25 provisional", "measure m1.1"),
        synonyms=("indicator",),
    ),
    CommandEntry(RedactNote, redact_note.redact_note, (Verb.REDACT,)).typed(
        "measure redact",
        read_redact_note,
        usage="measure redact REF [PERIOD] because …",
        line="Empty the note of a measure's figure wherever the bot wrote it.",
        examples=("measure redact m1.1 Q1 because it describes a child",),
        synonyms=("redact measure", "redact the measure"),
    ),
    CommandEntry(ShowScorecard, scorecard.show_scorecard, (Verb.READ,), reads=True).typed(
        "scorecard",
        read_scorecard,
        usage="scorecard [QUARTER]",
        line="How every measure stands for a quarter, the worst first, and what was done and moved nothing.",
        examples=("scorecard", "scorecard Q1"),
        synonyms=("the scorecard", "show scorecard", "score card"),
    ),
)

PRESSES = (
    PressEntry(forms.GiveFigureForm, forms.figure_form, (Verb.MEASURE,)),
    PressEntry(given.RecordFigure, given.figure_pressed, (Verb.MEASURE,), replaces=Replaces.WHEN_DONE),
    PressEntry(given.DropFigure, given.figure_dropped, (Verb.READ,), replaces=Replaces.ALWAYS),
    PressEntry(charts.ShowChart, charts.show_chart, (Verb.READ,), repeatable=True),
    PressEntry(improvement.AddImprovement, improvement.add_improvement, (Verb.ADD,)),
    PressEntry(given.UndoFigure, given.undo_figure, (Verb.MEASURE,), replaces=Replaces.WHEN_DONE),
)

FORMS = (FormEntry(forms.GiveFigureForm, forms.figure_sent, (Verb.MEASURE,)),)
