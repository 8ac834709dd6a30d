"""Word's number formats."""

import pytest

from gongkai.core.readers.docx.counting import count


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("japaneseCounting", 20, "二十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 11, "壹拾壹"),
        ("ideographTraditional", 2, "乙"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 4, "⑷"),
        ("decimalEnclosedParen", 21, "21"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"),
        ("something new", 7, "7"),
    ],
)
def test_a_number_is_written_as_word_writes_it(form: str, value: int, written: str) -> None:
    assert count(value, form) == written
