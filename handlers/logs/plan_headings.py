"""What a heading that logs have is called in a plan's workbook."""

from collections.abc import Mapping

from handlers.logs.column_headings import LogColumn, heading_match

_OF_A_PLAN: Mapping[LogColumn, tuple[str, ...]] = {
    LogColumn.REF: ("Ref",),
    LogColumn.SOURCE: ("Source",),
    LogColumn.ACTION: ("Action",),
    LogColumn.LEAD: ("Lead",),
    LogColumn.SUPPORT: ("Supporting",),
    LogColumn.REVISED: ("Due",),
    LogColumn.DUE: ("Due", "First due"),
    LogColumn.UPDATE: ("Last update",),
    LogColumn.RATING: ("Status",),
    LogColumn.PRIORITY: ("Priorities",),
}


def plan_headings(heading: str) -> tuple[str, ...]:
    """Return which columns of the actions of a plan's workbook a heading may be; () where that is not plain."""
    columns = heading_match(heading)
    return _OF_A_PLAN.get(columns[0], ()) if len(columns) == 1 else ()
