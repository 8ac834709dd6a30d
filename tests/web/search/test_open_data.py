"""The open data: everything public and nothing else, just as its description says."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from jsonschema import Draft202012Validator, FormatChecker

from gongkai.core.catalogue import columns, statutory_items
from gongkai.web.disclosure.models import ItemKind
from gongkai.web.public import urls
from gongkai.web.public.open_data.asking import parameters_of
from gongkai.web.public.open_data.openapi import document
from gongkai.web.public.open_data.resources import RESOURCES
from gongkai.web.public.words import KINDS
from gongkai.web.publication.models import Publication
from gongkai.web.registers.models import StandardCoverage, StandardEntry
from tests.web.conftest import Office
from tests.web.public.publishing import at, public_file, publish, take_back

_BASE = f"{settings.MOUNT}api/v1/"
_ORIGIN = settings.ORIGIN


def get(client: Client, path: str, status: int = 200, **asked: object) -> Any:
    """The JSON at a path of the interface."""
    response = client.get(_BASE + path, asked)
    assert response.status_code == status, response.content.decode()[:300]
    return json.loads(response.content)


def table(client: Client, path: str, **asked: object) -> list[dict[str, str]]:
    """The CSV at a path of the interface."""
    response = client.get(_BASE + path, asked)
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def data(office: Office) -> Office:
    """Five items, one with everything; a catalogue with an entry covered and one not."""
    publish(
        office.street,
        1,
        "办法",
        kind="normative_document",
        validity="in_force",
        validity_note="2025-03-01起",
        statutory="20-1",
        theme="civil_affairs_and_relief",
        genre="notice",
        document_number="听街规〔2025〕1号",
        keywords=["电梯", "补助"],
        effective_on=date(2025, 3, 1),
        published_at=at(2025, 3, 1),
        body_html='<p>见<a href="attachment:1">附件</a>，<img src="attachment:9" alt="无"></p>',
        files=(public_file("附件.pdf", reference="1", description="表"),),
        elsewhere=(
            {"channel": "gazette", "where": "公报", "released_on": date(2025, 3, 2), "link": ""},
        ),
        facts={"former_address": "http://old.example/1"},
    )
    publish(office.street, 2, "=HYPERLINK(1)", ties=(("interprets", 1),), kind="interpretation")
    publish(office.neighbour, 3, "决算", published_at=at(2026, 8, 1))
    publish(office.neighbour, 4, "制度", column="rules", statutory="")
    publish(office.neighbour, 5, "撤回的")
    take_back(5, "名单有误。")
    for serial, number in (("1", 1), ("2", 77)):
        entry = StandardEntry.objects.create(
            agency=office.street,
            domain="社会救助",
            serial=serial,
            first_matter="综合业务",
            content="政策法规文件",
            channels=["政府网站", "公示栏"],
        )
        StandardCoverage.objects.create(entry=entry, item_number=number)
    return office


def validator(description: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator for a schema of the description."""
    whole = {**schema, "components": description["components"]}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=FormatChecker())


def test_the_description_describes_every_answer(client: Client, data: Office) -> None:
    description = get(client, "openapi.json")
    assert description["openapi"] == "3.1.0"
    assert description["servers"][0]["url"] == _ORIGIN + _BASE.rstrip("/")
    for path, methods in description["paths"].items():
        (operation,) = methods.values()
        answers = operation["responses"]
        real = path.lstrip("/").replace("{number}", "1").replace("{agency}", "qh0401")
        response = client.get(_BASE + real)
        assert response.status_code == 200, path
        content = answers["200"]["content"]
        assert list(content) == [response.headers["Content-Type"].partition(";")[0]]
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            validator(description, schema).validate(json.loads(response.content))
        refused = client.get(_BASE + real, {"no_such": "1"})
        if "400" in answers:
            schema = answers["400"]["content"]["application/json"]["schema"]
            assert refused.status_code == 400
            validator(description, schema).validate(json.loads(refused.content))
    for status in (404, 410):
        answer = get(client, f"items/{5 if status == 410 else 99}.json", status)
        schema = description["paths"]["/items/{number}.json"]["get"]["responses"][str(status)]
        validator(description, schema["content"]["application/json"]["schema"]).validate(answer)


@pytest.mark.django_db
def test_every_route_is_described_and_every_description_is_a_route() -> None:
    described = {
        resolve(
            _BASE + path.lstrip("/").replace("{number}", "1").replace("{agency}", "qh0401")
        ).view_name
        for path in document()["paths"]
    }
    routed = {
        f"public:{pattern.name}"
        for pattern in urls.urlpatterns
        if str(pattern.pattern).lstrip("^").startswith("api/v1/")
    }
    assert described == routed


def test_every_parameter_described_is_taken_and_no_other(client: Client, data: Office) -> None:
    usable = {
        "q": "办法", "agency": "qh0401", "below": "1", "column": "20-1", "kind": "plain",
        "validity": "in_force", "year": "2025", "theme": "civil_affairs_and_relief",
        "from": "2025-01-01", "to": "2026-01-01", "limit": "5", "cursor": "9", "domain": "社会救助",
        "agency_kind": "street", "year_from": "2020", "year_to": "2025", "edition": "2021",
        "cell": "requests.withheld", "section": "remedies", "state": "unread",
        "rate": "withheld",
    }  # fmt: skip
    for path, methods in document()["paths"].items():
        said = [p for p in methods["get"].get("parameters", []) if p["in"] == "query"]
        name = path.strip("/").partition(".")[0]
        if name in RESOURCES:
            assert [p["name"] for p in said] == [p.name for p in parameters_of(RESOURCES[name])]
        for parameter in said:
            value = usable[parameter["name"]]
            schema = parameter["schema"]
            tried = int(value) if schema["type"] == "integer" else value
            tried = [tried] if schema["type"] == "array" else tried
            Draft202012Validator(schema).validate(tried)
            assert (
                client.get(_BASE + path.lstrip("/"), {parameter["name"]: value}).status_code == 200
            )
            again = client.get(_BASE + path.lstrip("/"), {parameter["name"]: [value, value]})
            assert again.status_code == (200 if schema["type"] == "array" else 400)


def test_lists(client: Client, data: Office) -> None:
    items = get(client, "items.json")["items"]
    assert [item["number"] for item in items] == [3, 4, 2, 1]
    assert items[0]["published_at"] == "2026-08-01T09:30:00+08:00"
    assert items[0]["address"] == f"{_ORIGIN}{settings.MOUNT}item/2026/3.html"
    assert items[1]["place"] == "政府信息公开制度"
    agencies = get(client, "agencies.json")["agencies"]
    assert {a["slug"]: a["parent"] for a in agencies}["qh0401"] == "qh0000"
    places = get(client, "columns.json")["columns"]
    assert len(places) == len(columns()) + len(statutory_items())
    entries = get(client, "catalogue.json")["catalogue"]
    # An item that is not public covers nothing that the public may know of.
    assert [entry["items"] for entry in entries] == [[1], []]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"q": "办法"}, [1]),
        ({"q": "听街规[2025]"}, [1]),
        ({"agency": "qh0402"}, [3, 4]),
        ({"agency": "qh0000", "below": "1"}, [3, 4, 2, 1]),
        ({"column": ["rules", "20-1"]}, [4, 1]),
        ({"kind": "interpretation"}, [2]),
        ({"validity": "in_force"}, [1]),
        ({"year": "2025"}, [1]),
        ({"theme": "civil_affairs_and_relief"}, [1]),
        ({"from": "2026-02-01"}, [3]),
        ({"to": "2025-03-01"}, [1]),
    ],
)
def test_filters_are_those_of_the_search(
    client: Client, data: Office, asked: dict[str, object], numbers: list[int]
) -> None:
    assert [item["number"] for item in get(client, "items.json", **asked)["items"]] == numbers
    assert [int(row["number"]) for row in table(client, "items.csv", **asked)] == numbers


@pytest.mark.parametrize("name", ["items", "agencies", "columns", "catalogue"])
def test_pages_follow_one_another_without_loss(client: Client, data: Office, name: str) -> None:
    whole = get(client, f"{name}.json")[name]
    found: list[Any] = []
    following: str | None = f"{_ORIGIN}{_BASE}{name}.json?limit=2"
    while following:
        page = json.loads(client.get(following.removeprefix(_ORIGIN)).content)
        assert len(page[name]) <= 2
        found += page[name]
        following = page["next"]
    assert found == whole
    link = client.get(f"{_BASE}{name}.csv?limit=1").headers["Link"]
    (target,) = re.findall(r"<(.*)>; rel=\"next\"", link)
    assert set(parse_qs(urlsplit(target).query)) == {"limit", "cursor"}
    assert "Link" not in client.get(f"{_BASE}{name}.csv?limit=900").headers


def test_a_page_goes_on_where_it_was_though_something_new_came(
    client: Client, data: Office
) -> None:
    first = get(client, "items.json", limit=2)
    publish(data.street, 90, "新的", published_at=at(2026, 9, 1))
    rest = json.loads(client.get(first["next"].removeprefix(_ORIGIN)).content)
    assert [item["number"] for item in rest["items"]] == [2, 1]


def test_one_item_whole(client: Client, data: Office) -> None:
    item = get(client, "items/1.json")
    (file,) = item["files"]
    assert file["address"].endswith("/files/1/%E9%99%84%E4%BB%B6.pdf")
    sent = client.get(file["address"].removeprefix(_ORIGIN))
    assert len(b"".join(sent.streaming_content)) == file["size"]
    assert f'href="{file["address"]}"' in item["body_html"]
    assert "attachment:" not in item["body_html"]
    assert item["text"].startswith("见附件")
    assert item["relations"] == [
        {
            "tie": "interprets",
            "outward": False,
            "number": 2,
            "title": "=HYPERLINK(1)",
            "address": f"{_ORIGIN}{settings.MOUNT}item/2026/2.html",
        }
    ]
    assert item["elsewhere"][0]["released_on"] == "2025-03-02"
    assert item["former_address"] == "http://old.example/1"


def test_cells_that_a_spreadsheet_would_compute_are_text(client: Client, data: Office) -> None:
    rows = table(client, "items.csv", q="HYPERLINK")
    assert [row["title"] for row in rows] == ["'=HYPERLINK(1)"]
    assert table(client, "items.csv", q="办法")[0]["keywords"] == "电梯；补助"
    assert table(client, "items.csv", q="办法")[0]["updated_at"] == ""


def test_what_is_withdrawn_is_in_no_answer(client: Client, data: Office) -> None:
    assert get(client, "items/5.json", 410) == {"problems": ["这条信息已经撤回：名单有误。"]}
    assert get(client, "items.json", q="撤回的")["items"] == []
    take_back(2)
    assert get(client, "items/1.json")["relations"] == []
    assert get(client, "items/2.json", 410)
    assert "HYPERLINK" not in client.get(_BASE + "items.csv").content.decode()


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("items.json", {"order": "best"}, "没有“order”这个参数"),
        ("items.json", {"q": "办"}, "一个字"),
        ("items.json", {"agency": "x"}, "机关“x”没有"),
        ("items.json", {"limit": "0"}, "limit 应是 1 到 1000 的数"),
        ("items.json", {"limit": "1001"}, "limit 应是 1 到 1000 的数"),
        ("items.json", {"cursor": "x"}, "cursor 应是"),
        ("items.json", {"cursor": "9" * 30}, "cursor 应是"),
        ("catalogue.csv", {"agency": "x"}, "没有网址名是“x”的机关"),
        ("agencies.json", {"q": "办法"}, "没有“q”这个参数"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    client: Client, data: Office, path: str, asked: dict[str, str], said: str
) -> None:
    assert said in "；".join(get(client, path, 400, **asked)["problems"])


def test_other_addresses_are_nothing(client: Client, data: Office) -> None:
    for path in ("people.json", "items/x.json", "items/99.json", "", "items"):
        assert client.get(_BASE + path).status_code == 404
    assert client.post(_BASE + "items.json").status_code == 405


def test_asked_again_only_what_changed_is_sent(client: Client, data: Office) -> None:
    for path in ("items.json", "items.csv", "items/1.json", "openapi.json"):
        first = client.get(_BASE + path)
        assert first.headers["Cache-Control"] == "no-cache"
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        tag = {"if-none-match": first.headers["ETag"]}
        again = client.get(_BASE + path, headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        Publication.objects.filter(pk=1).update(title=f"办法{path}")
        assert client.get(_BASE + path, headers=tag).status_code == (
            304 if path == "openapi.json" else 200
        )


def test_kinds_are_those_of_items() -> None:
    assert dict(KINDS) == dict(ItemKind.choices)


def test_the_page_tells_every_field_and_parameter(client: Client, data: Office) -> None:
    page = client.get(f"{settings.MOUNT}open-data.html").content.decode()
    page += client.get(f"{settings.MOUNT}open-data/annual-reports/").content.decode()
    for schema in document()["components"]["schemas"].values():
        for name in schema["properties"]:
            assert name == "problems" or f"<code>{name}</code>" in page
    for resource in RESOURCES.values():
        for parameter in parameters_of(resource):
            assert f"<code>{parameter.name}</code>" in page
    for target in re.findall(r'href="(api/v1/[^"]+)"', page):
        assert client.get(settings.MOUNT + target).status_code == 200
