"""Invented QQ exports in the shape of the old client's `.mht` and of QQ Chat Exporter."""

import json
import quopri
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BOUNDARY = "----=_NextPart_20EAFF23_F9B8_4dae_A7DF_F66EFE0DF16F"
TOP = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" '
    'content="text/html; charset=UTF-8" /><title>QQ Message</title><style type="text/css">'
    "body{font-size:12px; line-height:22px; margin:2px;}td{font-size:12px;}</style></head>"
    "<body><table width=100% cellspacing=0>"
)
BOTTOM = "</table></body></html>"
PICTURE = "{3D48C238-CD47-4d17-9C8F-000000000001}.dat"


def heading(text: str) -> str:
    return f"<tr><td><div style=padding-left:10px;>{text}</div></td></tr>"


def day(written: str) -> str:
    style = "border-bottom-width:1px;border-bottom-color:#8EC3EB;font-weight:bold;"
    return f"<tr><td style={style}>日期: {written}</td></tr>"


def said(who: str, clock: str, *parts: str) -> str:
    """A message's row; parts that are no tag stand in the font of their own."""
    font = "<font style=\"font-size:10pt;font-family:'微软雅黑','MS Sans Serif';\" color='000000'>"
    body = "".join(part if part[:4] == "<IMG" else f"{font}{part}</font>" for part in parts)
    return (
        "<tr><td><div style=color:#42B475;padding-left:10px;>"
        f"<div style=float:left;margin-right:6px;>{who}</div>{clock}</div>"
        f"<div style=padding-left:20px;>{body}</div></td></tr>"
    )


def img(name: str = PICTURE) -> str:
    return f'<IMG src="{name}">'


def conversation(*rows: str, subject: str = "演示群", grouping: str = "我的群聊") -> list[str]:
    return [
        heading("<br><b>消息记录</b>"),
        heading(f"消息分组:{grouping}"),
        heading(f"消息对象:{subject}"),
        heading("&nbsp;"),
        *rows,
    ]


def mht(
    rows: Sequence[str],
    *,
    pictures: Sequence[str] = (),
    quoted: bool = False,
    codec: str = "utf-8",
    gap: str = "",
    saved_by: str = "<Save by Tencent MsgMgr>",
) -> bytes:
    """A whole file; `gap` stands between two rows."""
    page = (TOP + gap.join(rows) + BOTTOM).encode(codec)
    transfer = "quoted-printable" if quoted else "7bit"
    parts = [
        f"From: {saved_by}\r\nSubject: Tencent IM Message\r\nMIME-Version: 1.0\r\n"
        'Content-Type:multipart/related;\r\n\tcharset="utf-8"\r\n\ttype="text/html";\r\n'
        f'\tboundary="{BOUNDARY}"\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding:{transfer}\r\n\r\n".encode(),
        quopri.encodestring(page) if quoted else page,
    ]
    for name in pictures:
        parts.append(
            f"\r\n--{BOUNDARY}\r\nContent-Type:image/jpeg\r\nContent-Transfer-Encoding:base64\r\n"
            f"Content-Location:{name}\r\n\r\n{'/9j/4AAQSkZJRgABAQ' * 4}\r\n".encode()
        )
    return b"".join(parts) + f"\r\n--{BOUNDARY}--\r\n".encode()


def record(number: int, text: str = "", **fields: Any) -> dict[str, Any]:
    """A message of QQ Chat Exporter as its later versions write it."""
    return {
        "messageId": f"73{number:017d}",
        "timestamp": f"2025-01-15T08:{number // 60 % 60:02d}:{number % 60:02d}.000Z",
        "sender": {
            "uid": f"u_demo{number % 5}",
            "uin": str(10001 + number % 5),
            "name": f"人{number % 5}",
        },
        "messageType": 2,
        "system": False,
        "recalled": False,
        "content": {"text": text or f"第{number}条", "resources": [], "emojis": []},
        **fields,
    }


def root(messages: Sequence[object], **fields: Any) -> dict[str, Any]:
    return {
        "metadata": {"name": "QQChatExporter", "version": "5.0.2"},
        "chatInfo": {"name": "演示群", "type": "group", "selfUin": "10099", "selfUid": "u_own"},
        "statistics": {"totalMessages": len(messages)},
        "messages": messages,
        "avatars": {"10001": "data:image/jpeg;base64,/9j/4AAQ"},
        **fields,
    }


def written(value: object, **layout: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **layout)


def chunked(folder: Path, chunks: Sequence[Sequence[object]], **chat: Any) -> Path:
    """An export in chunks: its folder."""
    names = [f"chunk_{number:04d}.jsonl" for number in range(1, len(chunks) + 1)]
    (folder / "chunks").mkdir(parents=True)
    for name, messages in zip(names, chunks, strict=True):
        lines = "".join(written(message, separators=(",", ":")) + "\n" for message in messages)
        (folder / "chunks" / name).write_text(lines, "utf-8")
    manifest = {
        "metadata": {"name": "QQChatExporter", "version": "5.0.2"},
        "chatInfo": {"name": "演示群", "type": "group", "selfUin": "10099", **chat},
        "chunked": {"chunks": [{"fileName": f"chunks/{name}", "count": 1} for name in names]},
    }
    (folder / "manifest.json").write_text(written(manifest, indent=2), "utf-8")
    (folder / "avatars.json").write_text('{"10001": "data:image/png;base64,iVBO"}', "utf-8")
    return folder
