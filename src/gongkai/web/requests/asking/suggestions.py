"""What may be public already: found from the requester's own words, as they are.

A description is a sentence, not a query: it is cut where sentences are cut, pieces of a few
characters are looked for in the public search, and what shares most of them stands first.
Nothing is guessed: it is offered to be looked at (art. 36 (1)).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.core.bigrams import normal
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication
from gongkai.web.publication.search import publications, walk

MOST = 5
_PIECE = 4
_MOST_PIECES = 24
_HITS = 40
_LOOKED_AT = 20
# Pieces in the text that count as likely where the title holds none.
_AT_LEAST = 2
# Words that every request has, and what is cut at.
_CUT = re.compile(
    r"[\W\d_a-z]+|申请公开|政府信息|我想|想要|想知道|要求|希望|提供|获取|公开|信息|材料|资料|文件|内容"
    r"|情况|明细|有关|相关|关于|以及|或者|涉及|年度|全部|所有|本人|街道|办事处|年|月|日|和|与|及|的|请|在|对|我|们|你|您|是"
)

_KIND = re.compile(r"(?:街道|镇|乡|局|委|办|办公室)$")


def may_be_public(description: str, agency: Agency) -> list[Publication]:
    """Publications that hold pieces of ``description``: in the title, or two of them in the text."""
    # The agency's own name stands in everything it publishes.
    for name in (agency.name, agency.short_name, _KIND.sub("", agency.short_name)):
        description = description.replace(name, " ") if len(name) > 1 else description
    pieces = list(dict.fromkeys(_pieces(description)))[:_MOST_PIECES]
    held: Counter[int] = Counter()
    rows = {}
    for piece in pieces:
        for row in walk((piece,), limit=_HITS):
            held[row.order_key] += 1
            rows[row.order_key] = row
    found = publications([rows[key] for key, _ in held.most_common(_LOOKED_AT)])
    grades = {p.pk: _grade(p, pieces, held[p.order_key], agency) for p in found}
    fitting = [publication for publication in found if grades[publication.pk]]
    return sorted(fitting, key=lambda p: (-grades[p.pk], -p.order_key))[:MOST]


def _grade(publication: Publication, pieces: list[str], held: int, agency: Agency) -> int:
    title = normal(publication.title)
    in_title = sum(len(piece) for piece in pieces if piece in title)
    if not in_title and held < _AT_LEAST:
        return 0
    return 4 * in_title + 2 * held + (publication.agency_id == agency.pk)


def _pieces(description: str) -> Iterator[str]:
    for run in _CUT.split(normal(description)):
        if 2 <= len(run) <= _PIECE:
            yield run
        elif len(run) > _PIECE:
            for at in range(0, len(run) - _PIECE + 1, 2):
                yield run[at : at + _PIECE]
