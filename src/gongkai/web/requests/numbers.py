"""Numbers of requests and letters: one series for an agency and a year, no gap, none twice.

A number is taken in the transaction of the act that needs it: what fails gives it back.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date

from gongkai.core.document_number import DocumentNumber
from gongkai.web.agencies.models import Agency
from gongkai.web.sealed import fingerprint

from .models import NumberSequence, RequestSettings

# Without what is easily confused (0 and O, 1 and I): read over the telephone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 12


def next_request_number(agency: Agency, day: date) -> str:
    """青听公开申〔2026〕7号."""
    mark = _settings(agency).request_mark or f"{agency.short_name}公开申"
    return next_number(agency, "request", day, mark)


def next_letter_number(agency: Agency, day: date) -> str:
    """青听公开〔2026〕12号."""
    mark = _settings(agency).letter_mark or f"{agency.short_name}公开"
    return next_number(agency, "letter", day, mark)


def new_query_code() -> str:
    """A code with which the requester sees how far it is; 60 bits, shown once: ABCD-EFGH-JKLM."""
    return _in_groups("".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)))


def code_of_submission(submission: uuid.UUID) -> str:
    """The code of a form sent online: the same for the same form, so that it can be sent again."""
    drawn = int(fingerprint(f"code of submission {submission}"), 16)
    letters = []
    for _ in range(_CODE_LENGTH):
        drawn, place = divmod(drawn, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return _in_groups("".join(letters))


def digest_of_code(code: str) -> str:
    """What the database keeps of a code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return fingerprint(f"query code {plain}")


def _in_groups(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def next_number(agency: Agency, series: str, day: date, mark: str) -> str:
    """The next number of a series of the agency's, as a document number."""
    NumberSequence.objects.get_or_create(agency=agency, series=series, year=day.year)
    sequence = NumberSequence.objects.select_for_update().get(
        agency=agency, series=series, year=day.year
    )
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return str(DocumentNumber(mark, day.year, sequence.last))


def _settings(agency: Agency) -> RequestSettings:
    found = RequestSettings.objects.filter(agency=agency).first()
    return found or RequestSettings(agency=agency)
