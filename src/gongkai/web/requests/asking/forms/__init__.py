"""What a request must hold (art. 29), and what is handed in on a case.

Nothing else is asked: not what it is for, not why.  Each message says what is wrong with what
was typed and what to do.
"""

from .contact import ContactForm
from .on_case import HandInForm
from .what import WhatForm
from .who import OrganisationForm, PersonForm, WhoForm

__all__ = ["ContactForm", "HandInForm", "OrganisationForm", "PersonForm", "WhatForm", "WhoForm"]
