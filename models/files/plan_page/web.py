"""The plan on a page as one web page, complete in itself, which prints on one sheet of A4."""

from html import escape

from models.files.plan_page.page import BAR_COLOURS, PageColumn, PagePart, PlanPage

_STYLE = """
@page { size: A4 landscape; margin: 9mm }
* { box-sizing: border-box }
body { font: 12px/1.35 Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff; margin: 0 auto; padding: 8px; max-width: 1100px }
h1 { font-size: 22px; margin: 0 } h2 { font-size: 15px; margin: 0 0 6px; border-bottom: 2px solid #0b0c0c }
h3 { font-size: 12px; margin: 8px 0 1px } p { margin: 0 0 2px } .head p { margin: 2px 0 8px }
.columns { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)) }
.part { break-inside: avoid } .bar { display: flex; height: 8px; margin: 2px 0 3px; gap: 1px }
.measure { color: #383f43 }
@media print { body { max-width: none; padding: 0; font-size: 10.5px } .columns { grid-template-columns: repeat(4, 1fr) } }
"""  # noqa: E501


def web_page(page: PlanPage) -> bytes:
    """Return the page as HTML."""
    title = escape(f"{page.name} on a page")
    columns = "".join(_column(one) for one in page.columns)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f'<body><div class="head"><h1>{title}</h1><p>{escape(page.years)}. {escape(page.counted)}. '
        f'As at {escape(page.as_at)}.</p></div>\n<main class="columns">{columns}</main></body></html>\n'
    ).encode()


def _column(column: PageColumn) -> str:
    heading = f"<h2>{escape(column.title)}</h2>" if column.title else ""
    if heading:
        return f"<section>{heading}{''.join(map(_part, column.parts))}</section>\n"
    return "".join(f"<section>{_part(one)}</section>\n" for one in column.parts)


def _part(part: PagePart) -> str:
    squares = "".join(
        f'<span style="flex: {count}; background: #{BAR_COLOURS[status]}"></span>' for status, count in part.blocks
    )
    bar = f'<div class="bar" role="img" aria-label="{escape(part.said)}">{squares}</div>' if squares else ""
    measures = "".join(f'<p class="measure">{escape(one)}</p>' for one in part.measures)
    return f'<div class="part"><h3>{escape(part.title)}</h3>{bar}<p>{escape(part.said)}</p>{measures}</div>'
