"""A PDF as scanned papers are: one page, one picture of some tens of kilobytes."""

from __future__ import annotations

import random
import zlib

_SIDE = 160


def pdf(seed: int) -> bytes:
    """The file; another ``seed``, another picture."""
    picture = zlib.compress(random.Random(seed).randbytes(_SIDE * _SIDE * 3), 1)
    drawn = b"q 480 0 0 480 60 300 cm /Im Do Q"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /Im 5 0 R >> >> >>",
        _stream(b"", drawn),
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
            b"/BitsPerComponent 8 /Filter /FlateDecode " % (_SIDE, _SIDE),
            picture,
        ),
    )
    file, places = bytearray(b"%PDF-1.4\n%\xe4\xbd\xa0\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n" % (len(places) + 1, table)
    file += b"<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1,
        file.index(b"xref\n0 "),
    )
    return bytes(file)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)
