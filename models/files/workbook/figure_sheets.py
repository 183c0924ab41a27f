"""The sheets of measures and of risks, with their figures and scores by day."""

from __future__ import annotations

from models.files.planfile.fields import ComparedWith
from models.files.workbook.column_kinds import CellForm, Sheet, column
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind, ValueState

MEASURES = Sheet(
    "Measures",
    "measures",
    (
        column("Ref", 9, "unique among the measures, such as m1.1", "m1.1", form=CellForm.CODE, needed=True),
        column("Name", 44, "its name as it is printed", "Children whose assessment was Good", needed=True),
        column("Said", 18, "what is said after a figure", "met Good"),
        column("Priority", 10, "the priority it is of, by number or name", "1", of="priorities"),
        column("Theme", 16, "the theme it is of as a whole; else fill in Priority", of="themes"),
        column("Good is", 14, "which way it is wanted to go; left empty, high", "high", words=GoodIs),
        column("Unit", 16, "what it counts; left empty, %", "%", words=MeasureUnit),
        column("Period", 18, "how often it is taken, and over what; left empty, quarter", "quarter",
                words=PeriodKind),
        column("Target", 10, "the figure that is wanted", "75", form=CellForm.CODE),
        column("Floor", 10, "the floor standard: what it may not fall behind", "65", form=CellForm.CODE,
                also=("Floor standard",)),
        column("Unchanged", 12, "a difference up to this is no clear change", "1", form=CellForm.CODE),
        column("Compared with", 18, "the last period, or the year before where it has a season", "the last",
                words=ComparedWith),
        column("Baseline", 20, "where it stood when the plan began", "70 % in 2019/20"),
        column("Provider", 28, "the post that gives its figures", "Head of Education", of="posts",
                also=("Data provider",)),
        column("Source", 24, "where its figures are from", "audits"),
        column("Benchmarks", 28, "other areas' figures, with ; between them", "England 70 %", form=CellForm.TEXTS),
    ),
    "What shows whether the plan moves anything. Leave the sheet empty where nothing is measured.",
)  # fmt: skip
VALUES = Sheet(
    "Values",
    "values",
    (
        column("Measure", 9, "the measure's ref", "m1.1", form=CellForm.CODE, needed=True),
        column("Period", 24, "the period with its year: Q2 2020/21, September 2020, 2019/20", "Q2 2020/21",
                form=CellForm.CODE, needed=True),
        column("Figure", 10, "the figure; empty where it is not available", "72", form=CellForm.CODE),
        column("Numerator", 12, "of a share: how many", "18", form=CellForm.NUMBER),
        column("Denominator", 12, "of a share: of how many", "25", form=CellForm.NUMBER),
        column("State", 14, "final, provisional or not available; left empty, final", "final", words=ValueState),
        column("Target then", 12, "what was wanted then, where that has changed since", form=CellForm.CODE,
                path=("target",)),
        column("Floor then", 12, "the floor standard then, where it has changed since", form=CellForm.CODE,
                path=("floor",)),
        column("Note", 40, "anything worth knowing about it"),
    ),
    "The measures' figures, a period a row. One that is put right is kept beside what stood before.",
)  # fmt: skip

RISKS = Sheet(
    "Risks",
    "risks",
    (
        column("Ref", 10, "unique among the risks, such as ORG0009", "ORG0009", form=CellForm.CODE, needed=True),
        column("Title", 34, "its name in a few words", "Too few foster carers", needed=True),
        column("Priority", 10, "the priority it is about; left empty, the plan", "1", of="priorities"),
        column("Cause", 34, "what brings it about", "carers retire"),
        column("Event", 34, "what may happen", "no placement is near home"),
        column("Effect", 34, "what that would do", "children move away"),
        column("Target", 10, "the score that is wanted, 1 to 25", "8", form=CellForm.NUMBER, also=("Target score",)),
        column("Treatment", 34, "what is done about it", "recruit with neighbouring councils",
                also=("Response",)),
        column("Mitigated by", 20, "the actions that are to bring it to its target, by ref, with ; between them",
                form=CellForm.TEXTS, also=("Mitigating actions", "Actions")),
        column("Owner", 28, "the post that assesses it", "Head of Education", of="posts", also=("Risk owner",)),
        column("Monitored by", 34, "the board that monitors it; left empty, the first",
                "Children and Young People's Partnership Board", path=("board",), of="boards", also=("Board",)),
    ),
    "What may keep the plan from what it is to do. How each is scored stands in the sheet Assessments.",
)  # fmt: skip
ASSESSMENTS = Sheet(
    "Assessments",
    "assessments",
    (
        column("Risk", 10, "the risk's ref", "ORG0009", form=CellForm.CODE, needed=True),
        column("Day", 14, "the day on which it was assessed", "2020-06-30", form=CellForm.DATE, needed=True,
                also=("Date",)),
        column("Likelihood", 12, "how likely it is, 1 to 5", "3", form=CellForm.NUMBER, needed=True),
        column("Impact", 10, "how much it would do, 1 to 5", "5", form=CellForm.NUMBER, needed=True),
        column("Score", 10, "likelihood × impact, computed: may be left empty, and is checked where it stands", "15",
                form=CellForm.NUMBER),
        column("Because", 44, "why", "two carers left", also=("Reason",)),
    ),
    "How the risks were scored, a day a row. What is put right is kept beside what stood before.",
)  # fmt: skip
