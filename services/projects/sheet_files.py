"""Files as they are sent: an Excel workbook or a CSV text, opened without trust. Nothing in them is computed, nothing
outside them is looked up, and a workbook that would unpack to more than a limit is refused before it is unpacked."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from services.projects.sheet_table import MOST_COLUMNS, Computed, Limits, Line, Table, WrongFile, table_of

_MOST_PARTS = 2_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8", "gb18030")
"""What a CSV file may be written in; where it is not stated, the first that fits."""
RENAME = ("请使用模板中的表名", "name it as in the template")


def is_workbook(content: bytes, limits: Limits) -> bool:
    """Whether the bytes are a zip file, as every .xlsx is; no CSV text begins so. WrongFile for a file that is empty or
    too large, and for an old workbook."""
    if not content:
        raise WrongFile("file-empty", "文件为空，请核对所选文件", "the file is empty; check which one you chose")
    if len(content) > limits.size:
        raise too_large(limits)
    if content.startswith(_OLD_EXCEL):
        raise WrongFile(
            "not-excel",
            "旧版 .xls 或加密工作簿不能读取，请另存为不加密的 .xlsx",
            "an old .xls or an encrypted workbook cannot be read; save it as a plain .xlsx",
        )
    return content.startswith(b"PK")


def too_large(limits: Limits) -> WrongFile:
    most = f"{limits.size >> 20} MiB" if limits.size >= 1 << 20 else f"{limits.size >> 10} KiB"
    return WrongFile(
        "file-too-large",
        f"文件超过 {most}，请拆分后分别导入",
        f"the file is larger than {most}; split it",
        status=413,
    )


def read_workbook(
    content: bytes, sheet: str | None, header_row: int, limits: Limits, mend: tuple[str, str] = RENAME
) -> Table:
    """The table on a sheet (None: the first) of an .xlsx workbook; WrongFile for whatever else it is. `mend` says how a
    sheet that is not there is mended."""
    if not is_workbook(content, limits):
        raise _not_excel()
    _check_parts(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts do: zip, XML, key and value errors
        raise _not_excel() from error
    try:
        names = [one.title for one in book.worksheets]
        name = sheet if sheet is not None else (names[0] if names else "")
        if name not in names:
            known = "、".join(names) or "无"
            raise WrongFile(
                "sheet-missing",
                f"没有名为“{name}”的工作表；现有：{known}。{mend[0]}",
                f"no sheet is called {name!r}; there are: {known}; {mend[1]}",
            )
        return table_of(name, _lines(book[name]), header_row, limits)
    except WrongFile:
        raise
    except Exception as error:
        raise _not_excel() from error
    finally:
        book.close()


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a file says of its own size is not trusted
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if all(one is EMPTY_CELL for one in cells):
            continue
        yield number, [Computed() if one.data_type in ("f", "e") else one.value for one in cells]


def _check_parts(content: bytes, limits: Limits) -> None:
    """What is in the zip file, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
    except Exception as error:
        raise _not_excel() from error
    if len(infos) > _MOST_PARTS or sum(one.file_size for one in infos) > limits.unpacked:
        raise WrongFile(
            "file-unpacks-too-large",
            f"工作簿解压后过大（超过 {limits.unpacked >> 20} MiB），请只保留需要导入的工作表和行，或拆分",
            f"the workbook is too large unpacked, over {limits.unpacked >> 20} MiB; keep only what is to come in",
            status=413,
        )
    names = {one.filename.lower() for one in infos}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WrongFile(
            "macro-file",
            "工作簿含宏，不予导入；请另存为不含宏的 .xlsx",
            "the workbook holds macros and is not taken; save it as .xlsx, without macros",
        )


def _not_excel() -> WrongFile:
    return WrongFile(
        "not-excel",
        "不是有效的 Excel 工作簿，请重新另存为 .xlsx",
        "no valid Excel workbook; save it as .xlsx again",
    )


def read_csv(content: bytes, encoding: str | None, name: str, header_row: int, limits: Limits) -> Table:
    """The table of a CSV text in the encoding that is stated, else in the first of ENCODINGS that fits; `name` stands
    in the addresses of its cells. WrongFile for what is none."""
    reader = csv.reader(io.StringIO(_decoded(content, encoding), newline=""), strict=True)
    try:
        found = list(enumerate(reader, 1))
    except csv.Error as error:
        raise WrongFile(
            "csv-wrong",
            "CSV 引号不配对或含非法字符，请更正该行",
            f"the CSV cannot be read here: {error}",
            line=reader.line_num,
        ) from error
    lines: list[Line] = [(number, [_computed(one) for one in row[:MOST_COLUMNS]]) for number, row in found]
    return table_of(name, lines, header_row, limits)


def _computed(text: str) -> Any:
    return Computed() if text.lstrip().startswith("=") else text


def _decoded(content: bytes, encoding: str | None) -> str:
    """UTF-8 with or without its mark; GB18030 where it is stated, or where it is no UTF-8."""
    for one in (encoding,) if encoding else ENCODINGS:
        try:
            text = content.decode("utf-8-sig" if one == "utf-8" else one)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    said = encoding or "UTF-8 / GB18030"
    raise WrongFile(
        "encoding-wrong",
        f"不是 {said} 文本，也不是 Excel 工作簿；请另存为 UTF-8 的 CSV 或 .xlsx",
        f"neither {said} text nor an Excel workbook; save it as CSV in UTF-8 or as .xlsx",
    )
