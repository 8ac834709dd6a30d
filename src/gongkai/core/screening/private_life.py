"""Where a person lives, when they were born, what ails them, who is their guardian (art. 15).

Only what can be told with some certainty: an address down to the door beside a
name, in a sentence or in a table whose columns say so; a full day of birth (year
and month, as in the notice of an appointment, are usual); columns of illness,
disability and guardians beside names.  Addresses of offices, firms and shops are
meant to be published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..personal_numbers import plain
from .placed_text import PlacedText
from .spotted import Sighting
from .tables import Cell, Table

_NUMBER = r"(?:\d{1,5}|[〇零一二三四五六七八九十百]{1,6})"
_DOOR = re.compile(
    rf"{_NUMBER}\s?(?:号楼?|室|户|栋|幢|单元|弄|(?:村民)?小?组|队|社(?!区))"
    rf"|(?<![\d-])\d{{1,3}}(?:-\d{{1,5}}){{2,4}}(?![\d-])"
)

# Headings of columns.
_PERSONS = re.compile(
    r"姓名|户主|申请人|当事人|被处罚人|业主|住户|居民|村民|产权人|承租人|家庭成员|学生|患者"
    r"|(?:救助|保障|低保|补贴|帮扶|享受|受益)(?:对象|人)"
)
_OFFICIALS = re.compile(r"单位|企业|公司|机构|项目|负责人|联系人|法定代表|经办|负责|责任人|审批")
_HOMES = re.compile(r"[住地]址|居住地|住所|户籍|户口|家庭所在")
_NOT_HOMES = re.compile(
    r"单位|企业|公司|机构|经营|注册|办公|项目|施工|工程|[门商]店|网点|场所|营业|邮箱|网址|网站|电子"
    r"|户[籍口](?:类[型别]|性质|人口|人数)"
)
_FIRMS = re.compile(
    r"(?:单位|企业|机构|公司|学校|项目|药店|门店|网点|市场主体|商户)(?:名称)?|字号|店名|名称"
)
_BIRTHS = re.compile(r"出生|生日")
_NOT_BIRTHS = re.compile(r"出生(?:地|率|人|医学|证|数|缺陷)")
_HEALTH = re.compile(
    r"病情|病种|病名|患病|所患|疾病|诊断|残疾(?:类[型别]|等级|级别|程度|情况)|伤残(?:等级|程度)|健康状况"
)
_GUARDIANS = re.compile(r"监护人")
_NOTHING = re.compile(r"[无否—\-－/／\\、]*|没有|健康|良好|健康或良好|正常")
_NEVER = re.compile(r"(?!)")

# Persons in a sentence.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞"
    "任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟平黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪"
    "舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓郁单洪包"
    "左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段富焦巴侯宓全班仲宫宁仇甘厉祖武符刘景詹龙叶司黎薄白蒲鄂索赖卓池乔"
    "谭姬申冉雍桑桂牛边燕冀尚农温庄晏柴瞿阎连茹习艾向易戈廖耿满匡国文寇广聂关岳覃佟牟涂"
)
_DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|尉迟|皇甫|东方|慕容|令狐|司徒|夏侯|公孙|轩辕|端木"
_NAME = rf"(?:{_DOUBLE_SURNAMES}|[{_SURNAMES}])[一-龥×*＊]{{1,2}}"
_LABELLED_NAME = re.compile(
    r"(?:姓名|申请人|当事人|被处罚人|被征收人|户主|业主|产权人|承租人|居民|村民|学生|患者|职工)"
    rf"[：: ]{{0,2}}{_NAME}(?![一-龥])"
)
_NAME_AT_HOME = re.compile(
    rf"(?<![一-龥]){_NAME}[，,（( ]{{1,2}}(?:[男女汉族满回苗壮，,、 ]|\d{{4}}年[^，。；\n]{{0,10}}生|身份证[^，。；\n]{{0,26}})*"
    r"(?=(?:现|家)?住|户籍)"
)
_NOT_A_PERSON = re.compile(
    r"公司|法定代表人|负责人|经营者|(?:厂|店|局|所|站|委员会|合作社)[，,：:（(]"
)
_CUE = re.compile(
    r"(?:(?:家庭|现|居住|户籍|常住|详细|身份证){0,3}(?:[住地]址|住所地?|居住地|户籍(?:所在)?地)[：:为是在 ]{1,3}"
    r"|(?<=[，,；;（(、 ])(?:现|家)?住(?:在|址)?(?![房建宅院户宿])[：: ]{0,2})"
)
_REACH = 90
_ADDRESS = re.compile(r"[^，,。；;、！？\n\t￼]{4,60}")

_DAY = r"(?>(?:19|20)\d\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?)"
# Not the days between which a school or a benefit asks one to be born.
_BORN = re.compile(
    rf"(?:出生(?:日期|年月日?|时间)?|生日|生于)[：:为是于 ]{{0,3}}({_DAY})"
    r"(?![\s（(含]{0,3}(?:至|到|以?前|之?前|以?后|之?后|起|[—\-－]))"
    rf"|(?<![至到\-])({_DAY})\s?(?:出生(?![人婴的缺率登医证至儿])|生(?=[，,。；;）)、\s]|$))"
)
_WHOLE_DAY = re.compile(rf"{_DAY}|(?:19|20)\d{{6}}")
_PARTS = re.compile(r"\d+")


def private_life(placed: PlacedText, today: date) -> Iterator[Sighting]:
    """Addresses beside names, days of birth, illness and guardians, each place once."""
    seen: set[int] = set()
    for sighting in (*_in_tables(placed, today), *_in_sentences(placed, today)):
        if sighting.start not in seen:
            seen.add(sighting.start)
            yield sighting


def _in_tables(placed: PlacedText, today: date) -> Iterator[Sighting]:
    for table in placed.tables:
        persons = table.columns(_PERSONS, _OFFICIALS)
        firms = any(_FIRMS.fullmatch(words) for words in table.headings)
        for column in table.columns(_BIRTHS, _NOT_BIRTHS):
            yield from _births(table.below(column), today)
        pairs = list(table.pairs())
        yield from _births((c for words, c in pairs if _BIRTHS.match(words)), today)
        if any(words == "姓名" for words, _ in pairs):
            yield from _homes(c for words, c in pairs if _is_home(words))
        if not persons:
            continue
        for column in table.columns(_HOMES, _NOT_HOMES):
            if not (firms and re.fullmatch(r"(?:详细)?地址|住所", table.headings[column])):
                yield from _homes(_beside(table, column, persons))
        for rule, heading in (("health", _HEALTH), ("guardian", _GUARDIANS)):
            for column in table.columns(heading, _NEVER):
                for cell in _beside(table, column, persons):
                    if column not in persons and not _NOTHING.fullmatch(cell.text):
                        yield _column(f"screening.{rule}", cell, "（不显示）", "***")


def _is_home(words: str) -> bool:
    return bool(_HOMES.search(words)) and not _NOT_HOMES.search(words) and len(words) < 10


def _beside(table: Table, column: int, persons: list[int]) -> Iterator[Cell]:
    """The cells of a column in whose row a person is named."""
    for cell in table.below(column):
        row = table.rows[cell.row]
        if any(at < len(row) and row[at].text and row[at] is not cell for at in persons):
            yield cell


def _homes(cells: Iterator[Cell]) -> Iterator[Sighting]:
    for cell in cells:
        if door := _DOOR.search(plain(cell.text)):
            hidden = _without_door(cell.text, door.start())
            yield _column("screening.home_address", cell, hidden, hidden)


def _births(cells: Iterator[Cell], today: date) -> Iterator[Sighting]:
    for cell in cells:
        said = plain(cell.text)
        if _WHOLE_DAY.fullmatch(said) and _is_day(said, today):
            hidden = f"{said[:4]}年"
            yield _column("screening.birth_date", cell, hidden, hidden)


def _column(rule: str, cell: Cell, quote: str, instead: str) -> Sighting:
    return Sighting(rule, cell.start, cell.end, quote, cell.text, instead, together=True)


def _in_sentences(placed: PlacedText, today: date) -> Iterator[Sighting]:
    said = plain(placed.text)
    for cue in _CUE.finditer(said):
        run = _ADDRESS.match(said, cue.end())
        if run is None or not (doors := list(_DOOR.finditer(run.group()))):
            continue
        before = said[max(0, cue.start() - _REACH) : cue.start()]
        beside = _NAME_AT_HOME.search(said, max(0, cue.start() - _REACH), cue.end())
        named = _LABELLED_NAME.search(before) or (beside and beside.end() <= cue.start())
        if named and not _NOT_A_PERSON.search(before):
            end = run.start() + doors[-1].end()
            address = placed.text[run.start() : end]
            hidden = _without_door(address, doors[0].start())
            yield Sighting("screening.home_address", run.start(), end, hidden, address, hidden)
    for born in _BORN.finditer(said):
        group = 1 if born[1] else 2
        start, end = born.span(group)
        if _is_day(said[start:end], today):
            hidden = f"{said[start : start + 4]}年"
            yield Sighting("screening.birth_date", start, end, hidden, said[start:end], hidden)


def _without_door(address: str, door: int) -> str:
    return f"{address[:door]}***"


def _is_day(words: str, today: date) -> bool:
    parts = [int(p) for p in _PARTS.findall(words)]
    if len(parts) == 1:
        parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
    try:
        return date(1900, 1, 1) <= date(*parts) <= today
    except (ValueError, TypeError):
        return False
