"""The page that lists the answers of a folder: no script, nothing loaded, all text shown only."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from commands.page.escape import words

if TYPE_CHECKING:
    from commands.query_folder import Ran

_STYLE: Final = (
    ":root{color-scheme:light dark;font:16px/1.5 system-ui,'Noto Sans','PingFang SC',"
    "'Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    "body{max-width:64rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;"
    "border-bottom:1px solid light-dark(#ddd,#444)}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}"
    "small,[lang=zh]{color:light-dark(#666,#aaa)}ul{margin:.2rem 0;padding-left:1.2rem}"
)
_STATES: Final = {"done": "done 完成", "skipped": "left out 略过", "failed": "failed 失败"}


def page(ran: "Sequence[Ran]", *, pack: str | None, graph: str) -> str:
    """One HTML page; the same answers give the same bytes."""
    return "".join(_parts(ran, f"pack {pack}" if pack else "all packs", graph))


def _parts(ran: "Sequence[Ran]", what: str, graph: str) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="format-detection" content="telephone=no, email=no, address=no, url=no">\n'
    yield f"<title>heichan · {words(what)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f'<h1>Answers: {words(what)} <span lang="zh">查询结果</span></h1>\n'
    yield f"<p>Graph snapshot <code>{words(graph)}</code>. A seller's words are claims, never "
    yield 'facts. <span lang="zh">卖家所言仅为其主张，并非事实。</span></p>\n'
    yield "<table>\n<thead><tr><th>Question 问题</th><th>Rows 行数</th><th>File 文件</th></tr>"
    yield "</thead>\n<tbody>\n"
    for one in ran:
        yield from _row(one)
    yield "</tbody>\n</table>\n</body>\n</html>\n"


def _row(one: "Ran") -> Iterator[str]:
    yield f'<tr id="{words(one.query)}"><td><b>{words(one.title[0])}</b> '
    yield f'<span lang="zh">{words(one.title[1])}</span><br>{words(one.question[0])} '
    yield f'<span lang="zh">{words(one.question[1])}</span><br>'
    yield f"<small><code>{words(one.query)}</code> {words(one.version)}{_given(one)}</small>"
    if one.notes:
        yield f"<ul>{''.join(f'<li><small>{words(note)}</small></li>' for note in one.notes)}</ul>"
    rows = "" if one.rows is None else str(one.rows)
    yield f'</td><td class="n">{rows}'
    if one.said:
        yield f"<br><small>{words(one.said)}</small>"
    yield f"</td><td>{_file(one)}</td></tr>\n"


def _given(one: "Ran") -> str:
    pairs = [f"{name}={value}" for name, value in one.parameters.items() if value is not None]
    return f" · {words(', '.join(pairs))}" if pairs else ""


def _file(one: "Ran") -> str:
    if one.file is None:
        return words(_STATES[one.state])
    return f'<a href="{words(quote(one.file))}">{words(one.file)}</a>'
