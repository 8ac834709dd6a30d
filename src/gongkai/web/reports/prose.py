"""What the year's facts say in words: the first draft of sections one, five and six.

Only what the platform knows is written as a fact.  What it cannot know is left as a gap in
the text, 【…】, which must be filled before the report is handed in; a guess is never made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.core.catalogue import channels, columns, statutory_items
from gongkai.core.handling.channels import Channel
from gongkai.core.report import AnnualReport as Report
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.disclosure.models import InformationItem, ItemKind
from gongkai.web.disclosure.published import NO_ITEM, shown, through
from gongkai.web.requests.models import DisclosureRequest, FeeNotice

from .sources import owners

# A gap that a person must fill.
GAP = re.compile(r"【[^】]*】")
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the platform knows of the year, and the list it opens to.

    ``sentence`` is what the first draft says of it in ``part``: one of those of 监督保障 or
    "problems".
    """

    label: str
    text: str
    address: str = ""
    part: str = ""
    sentence: str = ""


# Who oversees appends here a function that gives the facts of 监督保障 and of section five.
told_elsewhere: list[Callable[[Agency, int], Iterable[Fact]]] = []
# The parts of 监督保障, and what stands as a gap where nothing is known of one; what only a
# people's government has to tell.
_OVERSIGHT = (("training", "培训几次、多少人"), ("rectification", "检查发现的问题和整改"))
_OF_GOVERNMENTS = (
    ("assessment", "工作考核"), ("appraisal", "社会评议"), ("accountability", "责任追究")
)  # fmt: skip


def facts_of(agency: Agency, year: int, report: Report) -> list[Fact]:
    """The facts of the year that a text may tell, each with what stands behind it."""
    return [
        *_released(agency, year),
        *_elsewhere(agency, year),
        *_from_tables(report),
        *_asked(agency, year),
        *(fact for tell in told_elsewhere for fact in tell(agency, year)),
    ]


def first_draft(agency: Agency, year: int, facts: Iterable[Fact]) -> dict[str, str]:
    """The sections of prose with the facts in their places and gaps for what is not known."""
    facts = list(facts)
    # In a document no space stands between a number and its measure word.
    told = {fact.label: fact.text.replace(" ", "") for fact in facts}
    return {
        "overview": "\n".join([*_overview(agency, year, told), *_oversight(agency, facts)]),
        "problems_and_improvements": (
            f"{_said(facts, 'problems')}【本年发现的主要问题，写具体】\n【对照上一年报告第五部分，说改了什么、改到什么程度】\n"
            "【下一年怎样改，谁负责、到什么时候】"
        ),
        "other_matters": _fees(told),
    }


def _overview(agency: Agency, year: int, told: Mapping[str, str]) -> Iterable[str]:
    def said(label: str, gap: str) -> str:
        return told.get(label, f"【{gap}】")

    yield f"{year}年，{agency.name}按照《中华人民共和国政府信息公开条例》开展政府信息公开工作。"
    yield "（一）主动公开"
    released = told.get("公开信息")
    if released:
        places = f"，其中{told['按栏目']}" if "按栏目" in told else ""
        yield (
            f"全年通过政府信息公开平台公开信息{released}{places}。"
            + (f"发布政策解读{told['政策解读']}。" if "政策解读" in told else "")
            + (f"另通过{told['其他渠道']}公开。" if "其他渠道" in told else "")
        )
    else:
        yield "全年公开信息【多少条，通过哪些渠道】。"
    yield (
        f"制发行政规范性文件{said('制发规范性文件', '件数')}，"
        f"废止{said('废止规范性文件', '件数')}，年底现行有效{said('现行有效规范性文件', '件数')}。"
    )
    yield "（二）依申请公开"
    yield (
        f"全年新收政府信息公开申请{said('新收申请', '件数')}，上年结转{said('上年结转', '件数')}；"
        f"办结{said('办结申请', '件数')}，结转下年度{said('结转下年', '件数')}。"
        + (f"新收的申请中{told['申请渠道']}。" if "申请渠道" in told else "")
    )
    yield "（三）政府信息管理"
    yield "【信息审核、发布、清理和动态调整的做法，规范性文件清理的结果】"
    yield "（四）政府信息公开平台建设"
    yield "【公开平台、政务新媒体、公开查阅点做了什么】"


def _oversight(agency: Agency, facts: Iterable[Fact]) -> Iterable[str]:
    yield "（五）监督保障"
    found = [one for one in facts if one.sentence and one.part != "problems"]
    if found:
        yield "".join(one.sentence for one in found).replace(" ", "")
    told = {one.part for one in found}
    gaps = [gap for part, gap in _OVERSIGHT if part not in told]
    if gaps:
        yield f"【{'，'.join(gaps)}】"
    gaps = [gap for part, gap in _OF_GOVERNMENTS if part not in told]
    if gaps and agency.kind in (Kind.GOVERNMENT, Kind.TOWNSHIP):
        yield f"【{'、'.join(gaps)}结果】"


def _said(facts: Iterable[Fact], part: str) -> str:
    return "".join(one.sentence for one in facts if one.part == part).replace(" ", "")


def _fees(told: Mapping[str, str]) -> str:
    charged = told.get("信息处理费")
    if charged is None:
        return "本年度收取信息处理费【多少元；没有收取的写“没有收取信息处理费”】。"
    return f"本年度{charged}。"


def _released(agency: Agency, year: int) -> Iterable[Fact]:
    whose = owners(agency)
    items = InformationItem.objects.filter(agency__in=whose, first_published_at__year=year)
    wanted = ("shown_column", "shown_statutory", "kind", "agency")
    lines = list(shown(items).values_list(*wanted))
    if not lines:
        return
    of_each = Counter(owner for *_, owner in lines)
    holders = [one for one in whose if of_each[one.pk]]

    def listed(**more: str) -> str:
        """The list behind a number; of two agencies' numbers there is none, but one of each."""
        if len(holders) > 1:
            return ""
        query = {"agency": holders[0].code, "published": str(year), **more}
        return f"{reverse('disclosure:list')}?{urlencode(query)}"

    yield Fact("公开信息", f"{len(lines)} 条", listed())
    for one in holders if len(holders) > 1 else ():
        query = urlencode({"agency": one.code, "published": str(year)})
        address = f"{reverse('disclosure:list')}?{query}"
        yield Fact(f"其中{one.short_name}", f"{of_each[one.pk]} 条", address)
    names = {item.code: item.heading for item in statutory_items()}
    names |= {column.id: column.name for column in columns() if column.id != NO_ITEM}
    places = Counter(statutory if column == NO_ITEM else column for column, statutory, *_ in lines)
    top = [(names[place], n) for place, n in places.most_common() if place in names]
    if top:
        text = "、".join(f"{name} {n} 条" for name, n in top[:_MOST_PLACES])
        yield Fact("按栏目", text, listed())
    explained = sum(kind == ItemKind.INTERPRETATION for _, _, kind, _ in lines)
    if explained:
        yield Fact("政策解读", f"{explained} 篇", listed(kind=ItemKind.INTERPRETATION))


def _elsewhere(agency: Agency, year: int) -> Iterable[Fact]:
    found = []
    for term in channels().terms:
        items = through(term.id, year).filter(item__agency__in=owners(agency))
        count = items.values("item_id").distinct().count()
        if count:
            found.append(f"{term.label} {count} 条")
    if found:
        yield Fact("其他渠道", "、".join(found))


_CELLS = (
    ("制发规范性文件", "normative_documents/issued", "件"),
    ("废止规范性文件", "normative_documents/repealed", "件"),
    ("现行有效规范性文件", "normative_documents/in_force", "件"),
    ("新收申请", "requests.received_this_year/total", "件"),
    ("上年结转", "requests.carried_from_last_year/total", "件"),
    ("办结申请", "requests.concluded_total/total", "件"),
    ("结转下年", "requests.carried_to_next_year/total", "件"),
)


def _from_tables(report: Report) -> Iterable[Fact]:
    """The numbers of the tables, so that text and table say the same; a blank says nothing."""
    for label, address, unit in _CELLS:
        cell = report.cells.get(address)
        if cell is not None and cell.value is not None:
            yield Fact(label, f"{cell.value} {unit}")


def _asked(agency: Agency, year: int) -> Iterable[Fact]:
    """By which channels requests came, and what was charged for them."""
    requests = DisclosureRequest.objects.filter(agency__in=owners(agency))
    new = requests.filter(received_on__year=year)
    by_channel = new.order_by().values_list("channel").annotate(count=Count("pk"))
    counted = sorted(by_channel, key=lambda one: (-one[1], one[0]))
    if counted:
        text = "、".join(f"{Channel(channel).label} {count} 件" for channel, count in counted)
        yield Fact("申请渠道", text)
    if not requests.exists():
        return
    paid = FeeNotice.objects.filter(request__in=requests, paid_on__year=year)
    sums = list(paid.values_list("sum_yuan", flat=True))
    if sums:
        yield Fact("信息处理费", f"对 {len(sums)} 件申请收取信息处理费 {sum(sums):.2f} 元")
    else:
        yield Fact("信息处理费", "没有收取信息处理费")
