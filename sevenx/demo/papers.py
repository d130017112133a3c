"""Papers whose bytes are sent in: one page each, a true PDF, and plainly simulated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

MEDIA_TYPE = "application/pdf"
_LABEL = "模拟数据 SIMULATED DATA"
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>",
)
"""A Chinese font that readers of PDF bring along (ISO 32000-1, 9.7.5.2: predefined CMaps); none is embedded."""


@dataclass(frozen=True)
class Paper:
    """A paper by its title and day. The same paper has the same bytes, and so the same SHA-256."""

    title: str
    on: date

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.title}（模拟）.pdf"

    @cached_property
    def content(self) -> bytes:
        """One page of A4 with the label, the title and the day."""
        lines = ((760, 12, _LABEL), (700, 18, self.title), (660, 12, self.on.isoformat()))
        drawn = b"".join(b"BT /F1 %d Tf 72 %d Td <%s> Tj ET\n" % (size, y, _hex(text)) for y, size, text in lines)
        return _pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn),
            *_FONT,
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _pdf(*objects: bytes) -> bytes:
    """The objects with their cross-reference table (ISO 32000-1, 7.5)."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(out)
