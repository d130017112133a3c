"""The columns of the sheets of leads and projects: what an export writes, and what an import reads under the same
headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.projects.domain.lead.state import LeadStatus
from services.projects.domain.values import LIGHT_ZH, STAGE_ZH, STATUS_ZH
from services.projects.sheet_words import BASELINES, LEAD_SOURCES, LEAD_STATUSES, ORIGINS, PROJECT_TYPES, by_zh


class Kind(StrEnum):
    """What stands in a column's cells."""

    TEXT = "text"
    DAY = "day"
    WAN = "wan"
    """An amount in 万元 (ten thousand yuan)."""
    UNIT = "unit"
    GROUP = "group"
    INDUSTRY = "industry"
    WORD = "word"
    """One of a few words."""


@dataclass(frozen=True)
class Column:
    """One column. `field` is the column of the read model; `note` says what stands in it."""

    field: str
    zh: str
    en: str
    kind: Kind = Kind.TEXT
    read: bool = False
    """Whether an import reads it; the others an export alone writes."""
    needed: bool = False
    words: Mapping[str, str] | None = None
    """Word to code, for kind WORD."""
    note: str = ""
    width: int = 16
    most: int = 200
    at: str = ""
    """The place in the body of the single request, where it is not `field`."""

    @property
    def place(self) -> str:
        """The place in the body of the single request."""
        return self.at or self.field

    @property
    def heading(self) -> str:
        """`项目名称 name`; of an amount with its unit."""
        return f"{self.zh}（万元） {self.en} (10,000 yuan)" if self.kind is Kind.WAN else f"{self.zh} {self.en}"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns in order, and what to know before filling it in."""

    name: str
    name_en: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    @property
    def read(self) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.read)


_ORIGIN, _TYPE, _SOURCE = by_zh(ORIGINS), by_zh(PROJECT_TYPES), by_zh(LEAD_SOURCES)
_STATUS = {zh: str(code) for code, (zh, _) in LEAD_STATUSES.items() if code is not LeadStatus.NONE}
_STAGE = {zh: str(stage) for stage, zh in STAGE_ZH.items()}
_FARES = {zh: str(status) for status, zh in STATUS_ZH.items()}
_LIGHT = {zh: str(light) for light, zh in LIGHT_ZH.items()}
_BASELINE = by_zh(BASELINES)
PROOFS = {"洽谈纪要": "talk_minutes", "投资方确认函": "investor_confirmation"}
"""Kinds of document that prove the first talk (首谈)."""

_ALL_OR_NOTHING = "全部行正确才会导入；有任何错误则一行也不导入。/ All rows come in, or none."
_ONCE = "同一文件只导入一次。/ The same file comes in once."

LEADS = Sheet(
    "线索",
    "leads",
    (
        Column("stream", "编号", "id", note="导出时填写，导入时不读。"),
        Column("title", "标题", "title", read=True, needed=True, width=30),
        Column("intent", "投资意向", "intent", read=True, needed=True, width=40, most=2000),
        Column(
            "investor_name", "投资方", "investor", read=True, needed=True, width=30, at="investor.name",
            note="企业全称，不填自然人。",
        ),
        Column(
            "investor_code", "统一社会信用代码", "credit code", read=True, width=22, at="investor.code",
            note="18位；只有境外投资方可以不填。",
        ),
        Column(
            "investor_id", "客商库编号", "enterprise", read=True, width=22, at="investor.id",
            note="可空；投资方已在客商库中的，填其编号，如 410804-E-2026-0001。",
        ),
        Column("origin", "来源地", "origin", Kind.WORD, read=True, needed=True, words=_ORIGIN),
        Column("origin_place", "所在地", "place", read=True, needed=True, note="如：浙江省。"),
        Column("source", "线索来源", "source", Kind.WORD, read=True, needed=True, words=_SOURCE),
        Column(
            "referred_by", "引荐方", "referred by", read=True, width=24, at="referred_by.name",
            note="来源为“以商招商”时必填。",
        ),
        Column("referrer_code", "引荐方信用代码", "its credit code", read=True, width=22, at="referred_by.code"),
        Column("industry", "产业", "industry", Kind.INDUSTRY, read=True, needed=True, width=22),
        Column("industry_code", "行业代码", "GB/T 4754", read=True, note="如 C3252。"),
        Column("group_id", "小组", "group", Kind.GROUP, read=True, needed=True, at="group"),
        Column("finder", "首报单位", "finder", Kind.UNIT, read=True, needed=True, width=24),
        Column("expected_investment", "意向投资", "expected investment", Kind.WAN, read=True, width=22),
        Column(
            "contact", "联系人编号", "contact", read=True, width=22,
            note="可空；只填编号，不填姓名、电话。",
        ),
        Column("registered_on", "登记日期", "registered on", Kind.DAY),
        Column("status", "状态", "status", Kind.WORD, words=_STATUS),
        Column("qualified_on", "研判日期", "qualified on", Kind.DAY),
        Column("closed_on", "关闭日期", "closed on", Kind.DAY),
        Column("project", "项目编号", "project", width=22),
    ),
    (
        "每行一条线索，按行的先后登记；同一投资方的同一意向，先登记者受首报保护，后登记者备案排队。"
        "/ One lead a row, registered in their order: first report, first protected.",
        "不得填写联系人姓名、电话、邮箱。/ No contact person's name, telephone or e-mail.",
        _ALL_OR_NOTHING,
        _ONCE,
    ),
)  # fmt: skip

PROJECTS = Sheet(
    "项目",
    "projects",
    (
        Column("stream", "编号", "id", note="导出时填写，导入时不读。"),
        Column("lead", "线索编号", "lead", read=True, needed=True, width=22, note="研判通过的线索编号。"),
        Column("name", "项目名称", "name", read=True, needed=True, width=32),
        Column("project_type", "项目类型", "type", Kind.WORD, read=True, needed=True, words=_TYPE),
        Column("content", "建设内容", "content", read=True, needed=True, width=40, most=2000),
        Column("planned_investment", "计划投资", "planned investment", Kind.WAN, read=True, width=22),
        Column("started_on", "首谈日期", "first talk", Kind.DAY, read=True, needed=True),
        Column(
            "proof_kind", "首谈证明", "proof", Kind.WORD, read=True, needed=True, words=PROOFS, at="documents.0.kind"
        ),
        Column("proof_title", "证明材料名称", "its title", read=True, needed=True, at="documents.0.title"),
        Column(
            "proof_sha256", "证明材料SHA-256", "its SHA-256", read=True, needed=True, width=66,
            at="documents.0.sha256", note="在线索页上传文件后即可得到；64位小写十六进制。",
        ),
        Column(
            "proof_dated", "证明材料日期", "its date", Kind.DAY, read=True, needed=True, at="documents.0.dated"
        ),
        Column(
            "extends", "增资所属项目", "extends", read=True, width=22,
            note="可空；增资的，填已签约的原项目编号。",
        ),
        Column("investor_name", "投资方", "investor", width=30),
        Column("investor_code", "统一社会信用代码", "credit code", width=22),
        Column("origin", "来源地", "origin", Kind.WORD, words=_ORIGIN),
        Column("origin_place", "所在地", "place"),
        Column("industry", "产业", "industry", Kind.INDUSTRY, width=22),
        Column("industry_code", "行业代码", "GB/T 4754"),
        Column("group_id", "小组", "group", Kind.GROUP),
        Column("finder", "首报单位", "finder", Kind.UNIT, width=24),
        Column("opened_on", "立项日期", "opened on", Kind.DAY),
        Column("stage", "阶段", "stage", Kind.WORD, words=_STAGE),
        Column("stage_since", "进入阶段日期", "stage since", Kind.DAY),
        Column("status", "状态", "status", Kind.WORD, words=_FARES),
        Column("light", "灯", "light", Kind.WORD, words=_LIGHT),
        Column("landing_unit", "落地单位", "landing unit", Kind.UNIT, width=24),
        Column("contract_number", "合同编号", "contract number", width=24),
        Column("contract_amount", "合同金额", "contract amount", Kind.WAN, width=22),
        Column("signed_amount", "签约时金额", "signed amount", Kind.WAN, width=22),
        Column("company_name", "项目公司", "project company", width=30),
        Column("company_code", "项目公司代码", "its credit code", width=22),
        Column("project_code", "国家项目代码", "national code", width=26),
        Column("baseline_standing", "历史台账", "old ledger", Kind.WORD, words=_BASELINE),
    ),
    (
        "每行把一条研判通过的线索转为项目（洽谈）；投资方、产业、小组等取自线索。"
        "/ Each row turns a qualified lead into a project; investor, industry and group are the lead's.",
        "证明材料先在线索页上传，此处只填其 SHA-256。"
        "/ The proof is sent in on the lead's page; here it is named by its SHA-256.",
        _ALL_OR_NOTHING,
        _ONCE,
    ),
)  # fmt: skip
