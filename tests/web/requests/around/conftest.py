"""Requests to put around: a desk, and a case that went all its way."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.correction import ask_for_correction, correction_received
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.models import DisclosureRequest, PaperKind
from tests.web.remedies.conftest import asked
from tests.web.requests.acts.conftest import Desk, desk

__all__ = ["Desk", "asked", "desk", "whole_case"]


def picture(colour: str = "navy") -> bytes:
    """A photograph as a telephone takes it."""
    buffer = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def pdf(words: str) -> bytes:
    """A page of a pdf that somebody made elsewhere."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(words) + 34).encode()
        + b">>stream\nBT /F1 12 Tf 40 200 Td ("
        + words.encode("ascii")
        + b") Tj ET\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )


@pytest.fixture
def whole_case(desk: Desk) -> DisclosureRequest:
    """Asked, corrected, searched, answered that it is not held, served; with papers."""
    case = desk.asked()
    add_paper(desk.clerk, case, PaperKind.REQUEST, "申请表.pdf", pdf("request form"))
    add_paper(desk.clerk, case, PaperKind.IDENTITY, "欧阳晓岚身份证.jpg", picture())
    desk.on(date(2025, 9, 26))
    letter = ask_for_correction(
        desk.author, case, points=["没有写明哪一年"], guidance=["可以写年份"]
    )
    desk.served(letter)
    desk.on(date(2025, 10, 13))
    case.refresh_from_db()
    correction_received(desk.author, case, date(2025, 10, 13), text="要2024年的。")
    desk.on(date(2025, 10, 20))
    case.refresh_from_db()
    record_search(
        desk.author, case, on=date(2025, 10, 20), places="综合档案室", words="加装电梯",
        found=False, result="欧阳晓岚要的表没有查到。",
    )  # fmt: skip
    case.refresh_from_db()
    decide(desk.author, case, "not_held")
    case.refresh_from_db()
    desk.replied(case)
    add_paper(desk.clerk, case, PaperKind.PROOF, "回执.jpg", picture("maroon"))
    case.refresh_from_db()
    return case
