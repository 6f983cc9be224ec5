"""Invented mails."""

from base64 import b64encode
from email.header import Header

DATE = "Thu, 04 Mar 2021 13:06:07 +0800"
HEAD = {
    "Return-Path": "<seller@demo.example>",
    "Received": "from mx.demo.example by mx.other.example; Thu, 04 Mar 2021 05:06:08 +0000",
    "Message-ID": "<abc.1@demo.example>",
    "Date": DATE,
    "From": '"Demo, Seller" <Seller@Demo.example>',
    "To": "Buyer <buyer@other.example>",
    "Subject": "new stock",
    "MIME-Version": "1.0",
}


def mail(body: str | bytes = "text\r\n", *, drop: str = "", **fields: str | bytes) -> bytes:
    """A mail; `In_Reply_To` stands for the field In-Reply-To."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    head = {name: value for name, value in {**HEAD, **named}.items() if name not in drop.split()}
    lines = (
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode())
        for name, value in head.items()
    )
    written = body if isinstance(body, bytes) else body.encode()
    return b"\r\n".join(lines) + b"\r\n\r\n" + written


def part(
    body: str | bytes, kind: str = "text/plain; charset=utf-8", encoding: str = "", **fields: str
) -> bytes:
    written = body if isinstance(body, bytes) else body.encode()
    if encoding == "base64":
        written = b64encode(written)
    head = f"Content-Type: {kind}\r\n"
    head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + written


def multipart(*parts: bytes, boundary: str = "=_b1", end: bool = True) -> bytes:
    mark = b"--" + boundary.encode()
    body = b"preamble\r\n" + b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts)
    return body + (mark + b"--\r\n" if end else b"")


def mixed(*parts: bytes, kind: str = "mixed", boundary: str = "=_b1", **fields: str) -> bytes:
    named = f'multipart/{kind}; boundary="{boundary}"'
    return mail(multipart(*parts, boundary=boundary), Content_Type=named, **fields)


def word(text: str, charset: str = "utf-8") -> str:
    return Header(text, charset).encode()
