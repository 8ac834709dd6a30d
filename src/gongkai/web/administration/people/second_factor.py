"""The second factor: six digits from an application on the telephone (TOTP, RFC 6238)."""

from __future__ import annotations

import secrets
import time
from base64 import b32encode
from binascii import unhexlify

import qrcode
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from gongkai.web.people.models import Person


def new_key() -> str:
    """A secret of 20 bytes, in hexadecimal."""
    return secrets.token_hex(20)


def written_key(key: str) -> str:
    """The secret as a person types it where no camera is: groups of four letters."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def drawn(person: Person, key: str) -> str:
    """The secret as a QR code, drawn here as SVG: it leaves the server to nobody else."""
    address = TOTPDevice(user=person, key=key).config_url
    image = qrcode.make(address, image_factory=SvgPathImage, box_size=10, border=4)
    return str(image.to_string(encoding="unicode"))


def step_of(key: str, code: str) -> int | None:
    """The time step whose code was typed, one step early or late allowed; None if none."""
    if not (code.isascii() and code.isdecimal() and len(code) == 6):
        return None
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    return int(totp.t()) if totp.verify(int(code), tolerance=1) else None


def device_of(person: Person) -> TOTPDevice | None:
    """The device of ``person``, where the second factor is on."""
    return TOTPDevice.objects.filter(user=person, confirmed=True).first()
