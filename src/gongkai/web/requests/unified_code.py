"""The unified social credit code (统一社会信用代码) of an organisation: GB 32100, with its check."""

from __future__ import annotations

# Letters and digits of the code, each worth its place; I, O, S, V and Z are left out.
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def problem_with_code(code: str) -> str:
    """What is wrong with ``code``, in words for the form; "" where nothing is."""
    if len(code) != _LENGTH:
        return f"统一社会信用代码应为 18 位，您填了 {len(code)} 位。"
    wrong = [character for character in code if character not in _CHARACTERS]
    if wrong:
        return f"统一社会信用代码里不会有“{wrong[0]}”，核对一下。"
    total = sum(
        _CHARACTERS.index(character) * pow(3, place, 31)
        for place, character in enumerate(code[:-1])
    )
    if _CHARACTERS[-total % 31] != code[-1]:
        return "统一社会信用代码的最后一位校验不对，核对一下前面有没有填错。"
    return ""
