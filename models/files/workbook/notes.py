"""The text of the sheet of notes, in plain words."""

NOTES_TEXT = (
    "How to fill in this workbook",
    "",
    "Start with Plan, Themes, Priorities, Organisations, Posts, Boards and Meetings; Actions comes last, since it",
    "chooses from all of them. The arrow at the right of a cell lists what may be chosen.",
    "A row whose first cell begins with (example) shows what a row looks like. It is not imported; you may delete it.",
    "Write one action a row, with one lead. Others who help go under Supporting.",
    "Write dates as 16/09/2020 or 16 Sep 2020, the day first. An action is due at a meeting that Meetings lists.",
    "A meeting whose day is not known yet has its month: 2020-12.",
    "Do not merge cells. Columns may be moved and hidden; their headings stay as they are.",
    "",
    "Then: cypp import FILE.xlsx --dry-run shows what would be stored, and every problem with its sheet, row and",
    "column. Without --dry-run it is stored, all of it or nothing.",
    "",
    "When this workbook was exported, you may change it and import it again. What you changed is stored; what was",
    "changed both here and in the plan is told, and then nothing is stored. A changed due meeting needs a few words",
    "under Moved because. Status and updates are read for new actions only. A row you take out stays in the plan.",
    "May be published in board papers and asked for under the Freedom of Information Act.",
    "Do not name or describe a child.",
)
