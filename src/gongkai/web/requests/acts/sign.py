"""Act: sign a letter; it gets its number and day, and is printed for good.

The number is taken in the same transaction, so that what fails gives it back.  A reply that
is signed is an event of the case; every other letter acts on the case when it is served.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import Unready
from gongkai.core.writers import letter_docx
from gongkai.web import filestore
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.sealed import seal
from gongkai.web.typesetting import typeset

from ..discretion import discreet
from ..keeping import add_event, tell
from ..letters import digest_of, facts_of, final
from ..models import Letter, LetterState, Verdict
from ..numbers import next_letter_number
from ..separation import act_of, require_another
from ..service import event_facts
from ..steps import held_letter, is_reply, letter_facts_for_trail, move, require_state
from .draft_letter import require_lawful
from .review_letter import require_as_read


@transaction.atomic
def sign(actor: Actor, letter: Letter, text: str = "") -> Letter:
    """Sign; everything that leaves the house has then been seen by two people at least."""
    letter, case = held_letter(letter)
    require_state(letter, LetterState.SIGNING)
    who = actor.require(act_of(letter, LetterState.SIGNING), case.agency)
    require_another(letter, actor.person)
    require_as_read(letter)
    read = digest_of(letter)
    today = timezone.localdate()
    if letter.act and not is_reply(letter.kind):
        require_lawful(case, letter.act, **event_facts(letter))
    letter.facts = facts_of(letter)
    letter.signed_by, letter.signed_at, letter.dated = actor.person, timezone.now(), today
    number = next_letter_number(letter.agency, today)
    document = final(letter, number, today)
    if isinstance(document, Unready):
        raise Forbidden("文书还不全：" + "".join(document.sentences))
    letter.number = number
    # They name who asked: sealed, like all that does.
    letter.docx = filestore.put(seal(letter_docx.render(document)))
    letter.pdf = filestore.put(seal(typeset(document)))
    before = letter_facts_for_trail(letter)
    text = discreet(case, text)
    move(letter, LetterState.SIGNED, Verdict.PASSED, actor.person, text=text, read=read)
    if is_reply(letter.kind):
        add_event(case, "sign", today, actor, letter=letter)
    tell(
        act_of(letter, LetterState.SIGNING), case, who, reason=text, before=before,
        after={**letter_facts_for_trail(letter), "number": number, "dated": today},
    )  # fmt: skip
    return letter
