"""A place in the law, printed.

A reference is ``instrument#place``.  The instrument ``report-form`` stands for
the edition that a report follows, so that a rule need not be written twice.
"""

from __future__ import annotations

from .instruments import instruments


def cite(reference: str, edition: str | None = None, language: str = "zh") -> str:
    """``ogi-regulation-2019#49`` → 《中华人民共和国政府信息公开条例》第四十九条.

    ``edition`` (``"2019"``, ``"2021"``) resolves ``report-form``; without one the
    newest form is meant.  KeyError where the reference names nothing we hold:
    that is a mistake of ours, which a test looks for.
    """
    name, _, place = reference.partition("#")
    if name == "report-form":
        name = f"report-form-{edition or '2021'}"
    instrument = instruments()[name]
    zh, en = instrument.places[place] if place else ("", "")
    if language == "en":
        return f"{instrument.title_en} ({instrument.number})" + (f", {en}" if en else "")
    return f"《{instrument.title}》（{instrument.number}）{zh}"
