"""What the lists' pages offer of Excel: everybody exports what he looks at, who registers leads imports."""

from __future__ import annotations

from html import unescape

import pytest

from sevenx.kernel.reads import Reads
from tests.integration.portal_pages.reading import Both, console, month_of_work, principal

LINKS = {
    "/leads?group=410804-G-1&q=%E9%93%9D&sort=amount": (
        "/api/projects/leads.xlsx?group=410804-G-1&q=%E9%93%9D&sort=investment"
    ),
    "/leads": "/api/projects/leads.xlsx?sort=newest",
    "/projects?stage=signed&light=red&sort=longest": (
        "/api/projects/projects.xlsx?stage=signed&light=red&sort=stage_since"
    ),
    "/projects?sort=oldest": "/api/projects/projects.xlsx?sort=number",
}


@pytest.mark.parametrize("page", LINKS)
async def test_an_export_is_narrowed_and_sorted_as_the_page(bus: Both, theirs: Reads, reads: Reads, page: str) -> None:
    await month_of_work(bus, theirs)
    async with console(reads, principal("auditor@410804"), "zh") as client:
        text = unescape((await client.get(page)).text)
    assert f'href="{LINKS[page]}"' in text
    assert "下载模板" not in text
    assert "data-sheet" not in text


@pytest.mark.parametrize("kind", ["leads", "projects"])
async def test_who_registers_leads_is_offered_template_and_import(
    bus: Both, theirs: Reads, reads: Reads, kind: str
) -> None:
    await month_of_work(bus, theirs)
    for grant in ("liaison@410804-G-1", "unit_head@410804-U-finance", "commerce_bureau@410804"):
        async with console(reads, principal(grant), "en") as client:
            text = (await client.get(f"/{kind}")).text
        assert f'href="/api/projects/{kind}/template.xlsx"' in text
        assert f'data-sheet="/api/projects/{kind}/import"' in text
