"""Small files of every kind, as programs write them."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 17


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as container:
        for name in names:
            container.writestr(name, "<xml/>")
    return held.getvalue()


def compound(*streams: str) -> bytes:
    """The beginning of a compound file, and its directory with these entries."""
    entries = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
OFD = zipped("OFD.xml", "Doc_0/Document.xml")
DOC, XLS = compound("WordDocument"), compound("Workbook")
ALL = {"pdf": PDF, "jpg": JPEG, "png": PNG, "ofd": OFD, "docx": DOCX, "xlsx": XLSX, "doc": DOC, "xls": XLS}
