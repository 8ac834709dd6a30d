"""A document as the reader saw it, as html: words and tables, each place with a name of its own.

No database is known here: it runs in a process of its own.  Every word is escaped; whatever
the file holds, nothing of it can act on the page that shows it.
"""

from __future__ import annotations

from html import escape

from gongkai.core.readers import parse_bytes
from gongkai.core.readers.document import Grid, Paragraph
from gongkai.core.report import Where

# What is shown to compare with: the file itself is there for the rest.
_MOST_BLOCKS = 3_000


def original_html(data: bytes) -> str:
    """The words and tables of ``data``; our own JSON has no page to show."""
    document = parse_bytes(data)
    if document is None:
        return "<p>这是数据文件，没有版面可以对照。</p>"
    parts = []
    named: set[str] = set()
    for block in document.blocks[:_MOST_BLOCKS]:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
        else:
            parts.append(_table(block, named))
    if len(document.blocks) > _MOST_BLOCKS:
        parts.append("<p>后面还有，没有全部列出；下载原件看。</p>")
    return "".join(parts)


def anchor_of(where: Where) -> str:
    """The name of a place in the page of its document."""
    facts = where.as_dict()
    sheet = str(facts.pop("sheet", ""))
    told = "-".join(f"{name[0]}{value}" for name, value in facts.items())
    return f"at-{sheet.encode().hex()}{'-' if sheet else ''}{told}"


def _table(grid: Grid, named: set[str]) -> str:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        name = anchor_of(grid.place(cell))
        mark = "" if name in named else f' id="{name}"'
        named.add(name)
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        words = escape(cell.text).replace("\n", "<br>")
        rows.setdefault(cell.row, []).append(f"<td{mark}{spans}>{words}</td>")
    lines = "".join(f"<tr>{''.join(rows[row])}</tr>" for row in sorted(rows))
    return f'<table class="gk-table">{lines}</table>'
