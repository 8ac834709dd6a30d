"""Wrong input at each step: its own message, and what was typed is still there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from pytest_django.fixtures import Settings

from gongkai.web.requests.asking.uploads import Bounded
from gongkai.web.requests.models import DisclosureRequest, Paper
from gongkai.web.requests.unified_code import problem_with_code

from .conftest import IDENTITY_NUMBER, NAME, PHONE, Citizen, picture

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FOREIGN = "إلى من يهمه الأمر ‮txt.exe ಠ_ಠ 𠮷野家"


def text_of(response: Any) -> str:
    return str(response.content.decode())


WRONG_WHAT = [
    ({"description": ""}, "写明要什么信息"),
    ({"description": "  \n "}, "写明要什么信息"),
    ({"description": "合同"}, "“合同”太短，找不到"),
    ({"description": "长" * 5001}, "写了 5001 个字，最多 5000 个"),
    ({"form_of_supply": "tape"}, "选的不是这里的一项"),
    ({"form_of_supply": ""}, "选要什么形式"),
    ({"way_of_delivery": ""}, "选怎样给您"),
    ({"form_of_supply": "paper", "way_of_delivery": "online"}, "纸质不能“在本网站下载”，可以选：邮寄、到机关领取"),
    ({"help_needed": "帮" * 301}, "301"),
]  # fmt: skip
WRONG_WHO = [
    ({"name": ""}, "填姓名"),
    ({"document_kind": ""}, "选证件"),
    ({"document_number": ""}, "填证件号码"),
    ({"document_number": "1" * 17}, "身份证号码应为 18 位，您填了 17 位"),
    ({"document_number": IDENTITY_NUMBER[:-1] + "9"}, "最后一位校验不对"),
    ({"document_number": "110101299003070118"}, "出生日期"),
    ({"phone": "", "mailbox": ""}, "填联系电话；没有电话的填电子邮箱"),
    ({"phone": "1380000012"}, "手机号码应为 11 位，您填了 10 位"),
    ({"phone": "没有"}, "“没有”不像电话号码"),
    ({"mailbox": "ouyang@"}, "电子邮箱应当像 name@example.cn 这样"),
    ({"postcode": "20000"}, "邮政编码应为 6 位数字"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "said"), WRONG_WHAT)
def test_what(citizen: Citizen, changed: dict[str, str], said: str) -> None:
    answer = citizen.what(**changed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert "处需要改" in page.partition("</title>")[0]
    for value in citizen.get("what").context["draft"].what.values():
        assert value == value.replace("\x00", "")
    assert citizen.get("what").context["draft"].what.items() >= changed.items()


@pytest.mark.parametrize(("changed", "said"), WRONG_WHO)
def test_who(citizen: Citizen, changed: dict[str, str], said: str) -> None:
    citizen.what()
    answer = citizen.who(**changed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    # Each error once in the summary and once at its field.
    assert page.count(said) >= 2 or "href" in page
    kept = citizen.get("who").context["draft"]
    assert kept.who.items() >= changed.items()
    assert kept.files.keys() == {"identity"}
    if "name" not in changed:
        assert f'value="{NAME}"' in page
    assert citizen.get("check").url == citizen.address("who")


@pytest.mark.parametrize("number", ["１１０１０１１９９００３０７０１１８", "110101 19900307 0118"])
def test_numbers_may_be_written_as_people_write_them(citizen: Citizen, number: str) -> None:
    citizen.what()
    assert citizen.who(document_number=number, phone="138 0000 0123").status_code == 302
    citizen.check()
    assert DisclosureRequest.objects.get().requester.document_number == IDENTITY_NUMBER


def test_a_passport_has_no_check_digit(citizen: Citizen) -> None:
    citizen.what()
    sent = {"document_kind": "passport", "document_number": "e12345678"}
    assert citizen.who(**sent).status_code == 302


@pytest.mark.parametrize(
    ("way", "missing", "said"),
    [
        ("email", {"mailbox": ""}, "选了用电子邮件给您，要填电子邮箱"),
        ("post", {"address": ""}, "选了邮寄，要填通信地址"),
    ],
)
def test_the_way_of_delivery_asks_for_its_address(
    citizen: Citizen, way: str, missing: dict[str, str], said: str
) -> None:
    citizen.what(way_of_delivery=way)
    assert said in text_of(citizen.who(**missing))


def test_without_proof_of_identity(citizen: Citizen) -> None:
    citizen.what()
    answer = citizen.who(proof=False)
    assert answer.status_code == 422
    assert "附上身份证明的照片或者扫描件" in text_of(answer)


def _file(data: bytes, name: str = "身份证.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: _file(b"MZ\x90\x00" + b"0" * 100), "不是能收的文件，只收 pdf、jpg、png"),
        (lambda: _file(b"<svg onload=alert(1)>", "a.png"), "不是能收的文件"),
        (lambda: _file(b"PK\x03\x04word/document.xml", "a.jpg"), "不是能收的文件"),
        (lambda: _file(b"\xff\xd8\xff" + b"0" * (10 * 2**20)), "一个文件最多 10 MB"),
    ],
)
def test_a_file_that_is_not_taken(
    citizen: Citizen, file: Callable[[], SimpleUploadedFile], said: str
) -> None:
    citizen.what()
    answer = citizen.who(identity=file())
    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    # Everything else was kept; only the file is asked for again.
    assert f'value="{NAME}"' in page
    assert PHONE in page
    assert citizen.get("who").context["draft"].files == {}


def test_an_empty_file_is_as_none(citizen: Citizen) -> None:
    citizen.what()
    answer = citizen.who(identity=_file(b""))
    assert answer.status_code == 422
    assert "是空的，没有内容" in text_of(answer)


def test_a_file_too_big_does_not_replace_the_one_that_was_taken(
    citizen: Citizen, settings: Settings
) -> None:
    citizen.what()
    citizen.who()
    settings.ASKING_FILE_BYTES = 100
    answer = citizen.who(identity=_file(b"\xff\xd8\xff" + b"0" * 200))
    assert answer.status_code == 422
    assert citizen.get("who").context["draft"].files["identity"].name == "身份证.png"


def test_a_huge_file_runs_past_without_being_held(settings: Settings) -> None:
    settings.ASKING_FILE_BYTES, settings.ASKING_FILES_BYTES = 1000, 1500
    handler = Bounded()
    handler.new_file("identity", "huge.jpg", "image/jpeg", 200 * 2**20)
    assert handler.receive_data_chunk(b"0" * 900, 0) is None
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"0" * 900, 900)
    assert handler._bytes.getbuffer().nbytes == 0
    assert "huge.jpg" in handler.refused["identity"]
    handler.new_file("authorisation", "small.jpg", "image/jpeg", 500)
    assert handler.receive_data_chunk(b"0" * 500, 0) is None
    assert handler.file_complete(500) is not None


def test_the_name_of_a_file_follows_its_content(citizen: Citizen) -> None:
    citizen.what()
    citizen.who(identity=picture("../../etc/passwd"))
    citizen.check()
    assert Paper.objects.get().name == "passwd.png"


def test_a_file_taken_is_taken_away(citizen: Citizen) -> None:
    citizen.what()
    citizen.who()
    citizen.browser.post(citizen.address("who"), {"remove": "identity", "name": NAME})
    page = text_of(citizen.get("who"))
    assert "已收到：" not in page
    assert NAME in page


@pytest.mark.parametrize("words", [SCRIPT, FOREIGN])
def test_markup_and_foreign_scripts_are_shown_as_they_are(citizen: Citizen, words: str) -> None:
    citizen.what(description=words)
    citizen.who(name=words[:50])
    page = text_of(citizen.get("check"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    citizen.check()
    case = DisclosureRequest.objects.get()
    assert case.description == words
    assert case.requester.name == words[:50]
    citizen.open(citizen.code())
    assert "<script>alert" not in text_of(citizen.browser.get("/zwgk/zfxxgk/ask/progress/case/"))


def test_null_characters_are_left_out(citizen: Citizen) -> None:
    assert citizen.what(description="加装电梯\x00补助").status_code == 302
    citizen.who()
    citizen.check()
    assert DisclosureRequest.objects.get().description == "加装电梯补助"


def test_what_was_changed_in_another_window_is_shown_again(citizen: Citizen) -> None:
    citizen.what()
    citizen.who()
    before = citizen.get("check").context["draft"].digest
    citizen.what(description="另一个窗口里写的别的事项")
    answer = citizen.browser.post(citizen.address("check"), {"checked": before})
    assert answer.status_code == 422
    assert "在另一个窗口里改过内容，所以没有提交" in text_of(answer)
    assert "另一个窗口里写的别的事项" in text_of(answer)
    assert not DisclosureRequest.objects.exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "应为 18 位，您填了 0 位"),
        ("91350100M000100Y4I", "不会有“I”"),
        ("91350100M000100Y44", "校验不对"),
        ("91350100M000100Y43", ""),
        ("91440300708461136T", ""),
    ],
)
def test_the_unified_social_credit_code(code: str, said: str) -> None:
    problem = problem_with_code(code)
    assert said in problem
    assert bool(problem) == bool(said)
