"""`plan on a page`: the whole plan on one sheet, in words, as a picture, as a Word file and as a web page.

All are made of one `PlanPage`; how many actions there are is counted as everywhere.

Source: docs/explanation/plan-on-a-page.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from handlers.commands.questions import PlanForm, ShowPlanPage
from handlers.context import RequestContext
from handlers.formatting import day_said, overdue_among
from handlers.measures.said import latest_said
from handlers.press_codec import ask_button, shareable
from handlers.responses import Bar, Content, FileToCome, Group, Picture, Response, say
from handlers.status.counts import overdue_ids, tally
from handlers.status.pictures import bars_by_priority
from models.enums import Way
from models.files.plan_page.page import PageColumn, PagePart, PlanPage
from models.plan.measures import MeasureFacts, measures_of
from models.storage.sessions import Session

_MOST_MEASURES = 2
"""Of a priority or a theme on the page."""


def plan_page(ctx: RequestContext) -> PlanPage | None:
    """Return the plan on a page as it stands; None where there is no plan, or nothing in it yet."""
    plan = ctx.plan
    if plan is None or not ctx.priorities:
        return None
    views = ctx.listed()
    bars = {bar.said: bar for bar in bars_by_priority(ctx, views)}
    measures = measures_of(ctx.session)
    whole = tally(views, overdue_ids(overdue_among(views, ctx.calendars, ctx.now)))
    columns = []
    for theme in [*ctx.themes, None]:
        theme_id = theme.id if theme is not None else None
        within = [one for one in ctx.priorities if one.theme_id == theme_id]
        shared = bars.get(f"theme {theme.name}") if theme is not None else None
        nothing = "shares the actions of the theme" if shared is not None else "no actions yet"
        of_theme = _measures(ctx, [one for one in measures if theme is not None and one.theme_id == theme_id])
        parts = [
            _part(
                f"{one.number}. {one.title}",
                bars.get(f"priority {one.number}"),
                nothing,
                _measures(ctx, [measure for measure in measures if measure.priority_id == one.id]),
            )
            for one in within
        ]
        if theme is not None and (shared is not None or of_theme):
            parts.insert(0, _part("For the whole theme", shared, "no actions for the whole theme", of_theme))
        if parts:
            columns.append(PageColumn(theme.name if theme is not None else "", tuple(parts)))
    beside = [bar for said, bar in bars.items() if said in ("several priorities", "no priority")]
    if beside:
        columns.append(PageColumn("Beside them", tuple(_part(bar.label, bar, "", ()) for bar in beside)))
    years = f"{plan.starts:%Y}–{plan.ends:%Y}" if plan.starts and plan.ends else plan.area
    return PlanPage(
        plan.name, years, PagePart("", whole.statuses, whole.overdue).said, day_said(ctx.today), tuple(columns),
    )  # fmt: skip


def _part(title: str, bar: Bar | None, nothing: str, measures: tuple[str, ...]) -> PagePart:
    if bar is None:
        return PagePart(title, nothing=nothing, measures=measures)
    return PagePart(title, bar.counts, bar.overdue, nothing, measures)


def _measures(ctx: RequestContext, some: Sequence[MeasureFacts]) -> tuple[str, ...]:
    said = [f"Measure: {latest_said(one, ctx.today)}." for one in some[:_MOST_MEASURES]]
    more = len(some) - len(said)
    return (*said, f"And {more} more measures.") if more > 0 else tuple(said)


def show_plan_page(ctx: RequestContext, command: ShowPlanPage) -> Response:
    """Answer `plan on a page [as picture, word or web page]`."""
    page = plan_page(ctx)
    if page is None:
        return say("There is no plan with priorities here yet, so there is nothing to put on a page.")
    if command.form is PlanForm.WORDS:
        return Response(_words(page))
    if command.form is PlanForm.PICTURE:
        way = Content("The picture is on its way to you.", ("It comes to our direct conversation, to you alone.",))
        return Response(way, message=replace(_words(page), groups=(), picture=_picture(page)))
    if ctx.way is Way.COMMAND_LINE:
        return say("A file comes in Slack alone: “plan on a page” says the same in words.")
    suffix, title = (".docx", "Word file") if command.form is PlanForm.WORD else (".html", "web page")
    return Response(
        Content(f"{page.name} on a page is on its way to our direct conversation, as a {title}."),
        file=FileToCome(
            name=f"{' '.join(page.name.replace('/', '-').split())[:80]} on a page {ctx.today.isoformat()}{suffix}",
            title=f"{page.name} on a page, {page.as_at}",
            make=partial(_made, page=page, form=command.form),
            failed="The page could not be sent. Please try again; “/cypp plan on a page” says it in words.",
        ),
    )


def _made(_session: Session, *, page: PlanPage, form: PlanForm) -> bytes:
    # What writes Word files is large, and only files need it: imported when one is made.
    if form is PlanForm.WORD:
        from models.files.plan_page.word import word_page as make
    else:
        from models.files.plan_page.web import web_page as make
    made: Callable[[PlanPage], bytes] = make
    return made(page)


def _line(part: PagePart) -> str:
    return " ".join((f"{part.title}: {part.said}.", *part.measures))


def _words(page: PlanPage) -> Content:
    return Content(
        f"{page.name} on a page: {page.counted}.",
        intro=(f"{page.years}. As at {page.as_at}.",),
        groups=tuple(
            Group(
                column.title,
                texts=tuple(" ".join((f"{one.title}: {one.said}.", *one.measures)) for one in column.parts),
            )
            for column in page.columns
        ),
        buttons=(
            ask_button("Show as picture", "plan on a page picture"),
            ask_button("Word file", "plan on a page word"),
            ask_button("Web page", "plan on a page web"),
        ),
        shareable=shareable("plan on a page"),
    )


def _picture(page: PlanPage) -> Picture:
    """Return the page's bars, under its themes."""
    bars = [
        Bar(part.title, part.title, part.counts, part.overdue, column.title)
        for column in page.columns
        for part in column.parts
    ]
    return Picture(f"{page.name} on a page", f"Bars of status by priority, {page.as_at}.", tuple(bars), page.as_at)
