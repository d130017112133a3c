"""The local issuer's login page: choose who you are. For the demo and the tests, where nobody has a password."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Mapping

from sevenx.local.cast import Choice, Choices

_STYLE = """
:root{--ink:#17212f;--ink2:#465366;--line:#d5dbe3;--accent:#0f4c81}
*{box-sizing:border-box}
body{margin:0;font:14px/1.55 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:var(--ink);
background:#f3f5f8}
header{background:var(--accent);color:#fff;border-bottom:3px solid #f2c14e;padding:14px 24px}
header a{color:#fff;float:right}
h1{font-size:18px;margin:0}
main{max-width:1080px;margin:0 auto;padding:16px 24px 40px}
.mark{background:#fdf1d3;color:#7a4f00;padding:8px 14px;border-left:4px solid #d99000;border-radius:0 4px 4px 0}
h2{font-size:14px;margin:20px 0 8px;color:var(--ink2)}
.list{display:grid;gap:8px;grid-template-columns:repeat(auto-fill,minmax(190px,1fr))}
button{font:inherit;color:inherit;text-align:left;width:100%;min-height:54px;padding:8px 12px;background:#fff;
border:1px solid var(--line);border-radius:6px;cursor:pointer}
button:hover{border-color:var(--accent);background:#f6fafd}
button strong{display:block}
small{color:var(--ink2);font-size:12px}
.other{display:flex;flex-wrap:wrap;gap:8px;align-items:flex-end;margin-top:8px}
.other label{flex:1 1 220px;font-weight:600}
input{font:inherit;display:block;width:100%;min-height:42px;padding:8px 10px;border:1px solid #8b97a6;border-radius:4px}
.other button{width:auto;min-height:42px;background:var(--accent);border-color:var(--accent);color:#fff;padding:0 20px}
:focus-visible{outline:3px solid #3b82c4;outline-offset:2px}
@media(max-width:600px){main,header{padding-left:14px;padding-right:14px}
.list{grid-template-columns:repeat(2,minmax(0,1fr))}}
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_WORDS = {
    "zh": {
        "lang": "zh-CN",
        "title": "演示登录：请选择身份",
        "mark": "模拟数据 · 仅供演示与测试。本页代替统一身份认证，没有密码；接入真实身份认证后本页不再运行。",
        "other": "其他人员的编号",
        "enter": "登录",
        "switch": "English",
    },
    "en": {
        "lang": "en",
        "title": "Demonstration login: choose who you are",
        "mark": "Simulated data. For demonstration and tests: this page stands in for the identity provider and asks "
        "no password. It does not run beside a real one.",
        "other": "Another person's id",
        "enter": "Log in",
        "switch": "中文",
    },
}


def content_security_policy(redirect_uri: str) -> str:
    """No scripts; this page's own style; forms may end at the client that asked."""
    origin = "/".join(redirect_uri.split("/")[:3])
    return (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self' {origin}; frame-ancestors 'none'; "
        "base-uri 'none'"
    )


def choose_page(language: str, query: Mapping[str, str], offered: Iterable[Choices], switch_to: str) -> str:
    """The page. `query` is the authorization request, which the form sends back; `switch_to`: in the other language."""
    words = _WORDS[language]
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in query.items()
    )
    sections = "".join(
        f'<h2>{html.escape(one.zh if language == "zh" else one.en)}</h2><div class="list">'
        + "".join(_button(language, entry) for entry in one.entries)
        + "</div>"
        for one in offered
    )
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{words['title']}</title><style>{_STYLE}</style></head><body>"
        f'<header><a href="{html.escape(switch_to)}">{words["switch"]}</a><h1>{words["title"]}</h1></header>'
        f'<main><p class="mark">{words["mark"]}</p>'
        f'<form method="post" action="/issuer/authorize">{hidden}{sections}</form>'
        f'<h2>{words["other"]}</h2><form class="other" method="post" action="/issuer/authorize">{hidden}'
        f'<label><small>…-N-…</small><input name="sub" required pattern="[0-9]{{6}}-[A-Za-z0-9-]+"></label>'
        f"<button>{words['enter']}</button></form></main></body></html>"
    )


def _button(language: str, one: Choice) -> str:
    name, post = (one.zh, one.post_zh) if language == "zh" else (one.en, one.post_en)
    below = post or one.subject
    return (
        f'<button name="sub" value="{html.escape(one.subject)}" title="{html.escape(one.subject)}">'
        f"<strong>{html.escape(name)}</strong><small>{html.escape(below)}</small></button>"
    )
