"""Words of the staff without the requester in them, for the audit trail and for colleagues.

The trail is read by people who may not know who asked.  What staff write as a reason may
name the requester all the same: each of the sealed facts found in it is masked.
"""

from __future__ import annotations

from gongkai.core.letters.evaluation import mask_numbers

from .models import DisclosureRequest, Requester

# Shorter words stand in too many others to be struck out.
_SHORTEST = 2


def discreet(case: DisclosureRequest, words: str) -> str:
    """``words`` with every sealed fact of the requester masked, and any number of a person."""
    for secret in sorted(secrets_of(case.requester), key=len, reverse=True):
        words = words.replace(secret, _masked(case.requester, secret))
    return mask_numbers(words)


def secrets_of(requester: Requester) -> list[str]:
    """Every fact of a requester that is sealed, as it may stand in a text."""
    facts = (
        requester.name, requester.document_number, requester.representative, requester.contact,
        requester.agent, requester.phone, requester.mailbox, requester.address,
    )  # fmt: skip
    return [fact for fact in (fact.strip() for fact in facts) if len(fact) >= _SHORTEST]


def _masked(requester: Requester, secret: str) -> str:
    return requester.masked_name if secret == requester.name.strip() else "***"
