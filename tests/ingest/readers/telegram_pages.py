"""Invented pages in the layout of Telegram Desktop's HTML export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

DAY = "7 November 2026"


@dataclass
class Tags:
    """Writes blocks as the program does: each on lines of its own, indented by its depth."""

    open: list[str] = field(default_factory=list)

    def push(self, attributes: str, tag: str = "div") -> str:
        written = f"\n{' ' * len(self.open)}<{tag}{' ' * bool(attributes)}{attributes}>\n"
        self.open.append(tag)
        return written

    def pop(self) -> str:
        tag = self.open.pop()
        return f"\n{' ' * len(self.open)}</{tag}>\n"

    def block(self, attributes: str, inner: str) -> str:
        return self.push(attributes) + inner + self.pop()


def written(text: str) -> str:
    """Text as the program escapes it."""
    return escape(text).replace("&#x27;", "&apos;").replace("\n", "<br>")


def of_class(name: str) -> str:
    return f'class="{name}"'


def message(
    number: int | None,
    name: str | None = None,
    text: str = "",
    *,
    time: str = "07.11.2026 10:15:03 UTC+08:00",
    origin: str | None = None,
    forwarded: bool = False,
    reply: str = "",
    media: str = "",
    signature: str = "",
    markup: str = "",
) -> str:
    """A message; one without `name` is joined to the one before. `markup` stands as it is."""
    tags = Tags(["html", "body", "div", "div", "div"])
    joined = "" if name else " joined"
    identity = "" if number is None else f' id="message{number}"'
    parts = [tags.push(f'class="message default clearfix{joined}"{identity}')]
    if name:
        parts += [tags.push(of_class("pull_left userpic_wrap"))]
        parts += [tags.block(of_class("userpic userpic3"), written(name[:1])), tags.pop()]
    parts += [tags.push(of_class("body"))]
    parts += [tags.block(f'class="pull_right date details" title="{time}"', time[11:16])]
    if name:
        parts += [tags.block(of_class("from_name"), f"{written(name)} ")]
    if forwarded or origin:
        parts += [tags.push(of_class("forwarded body"))]
    if origin:
        when = f'<span class="date details" title="{time}"> {time[:19]}</span>'
        parts += [tags.block(of_class("from_name"), f"{written(origin)} {when}")]
    if reply:
        parts += [tags.block(of_class("reply_to details"), f"In reply to {reply}")]
    parts += [media]
    if text or markup:
        parts += [tags.block(of_class("text"), markup or written(text))]
    if signature:
        parts += [tags.block(of_class("signature details"), written(signature))]
    while len(tags.open) > 5:
        parts += [tags.pop()]
    return "".join(parts)


def link_to(number: int, page: str = "") -> str:
    return f'<a href="{page}#go_to_message{number}">this message</a>'


def service(number: int, markup: str) -> str:
    tags = Tags(["html", "body", "div", "div", "div"])
    opened = tags.push(f'class="message service" id="message{number}"')
    return opened + tags.block(of_class("body details"), markup) + tags.pop()


def day(number: int = -1, text: str = DAY) -> str:
    return service(number, text)


def file_media(link: str, kind: str = "photo_wrap", inner: str = "") -> str:
    opened = f'<div class="media_wrap clearfix"><a class="{kind} clearfix" href="{link}">'
    return f"{opened}{inner}</a></div>"


def media(kind: str, title: str, status: str = "", link: str = "") -> str:
    tag, href = ("a", f' href="{link}"') if link else ("div", "")
    lines = f'<div class="title bold">\n{written(title)}\n</div>'
    if status:
        lines += f'<div class="status details">\n{status}\n</div>'
    return (
        f'<div class="media_wrap clearfix"><{tag} class="media clearfix pull_left {kind}"{href}>'
        f'<div class="fill pull_left"></div><div class="body">{lines}</div></{tag}></div>'
    )


def poll(question: str, answers: Iterable[str]) -> str:
    shown = "".join(
        f'<div class="answer">\n- {written(one)} <span class="details">3 votes</span>\n</div>'
        for one in answers
    )
    return (
        f'<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">\n'
        f'{written(question)}\n</div><div class="details">\nAnonymous poll\n</div>{shown}'
        '<div class="total details\t">\n3 votes\n</div></div></div>'
    )


def page(messages: Iterable[str], name: str = "演示群", before: str = "", after: str = "") -> str:
    """A page of messages; `before` and `after`: names of the files beside it."""
    return "".join(_page(messages, name, before, after))


def _page(messages: Iterable[str], name: str, before: str, after: str) -> Iterator[str]:
    tags = Tags()
    yield "<!DOCTYPE html>" + tags.push("", "html")
    yield tags.push("", "head") + '\n  <meta charset="utf-8"/>\n<title>Exported Data</title>'
    yield '\n  <script src="js/script.js" type="text/javascript"></script>\n' + tags.pop()
    yield tags.push('onload="CheckLocation();"', "body") + tags.push(of_class("page_wrap"))
    yield tags.push(of_class("page_header")) + tags.push(of_class("content"))
    yield tags.block(of_class("text bold"), f"{written(name)} ") + tags.pop() + tags.pop()
    yield tags.push(of_class("page_body chat_page")) + tags.push(of_class("history"))
    if before:
        yield f'\n<a class="pagination block_link" href="{before}">\nPrevious messages\n</a>\n'
    yield from messages
    if after:
        yield f'\n<a class="pagination block_link" href="{after}">\nNext messages\n</a>\n'
    while tags.open:
        yield tags.pop()


def listing(title: str, rows: Iterable[str], page_class: str = "page_body list_page") -> str:
    """A list of the exporting account: contacts, sessions, chats."""
    entries = "".join(
        f'<div class="entry clearfix"><div class="body">{row}</div></div>' for row in rows
    )
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"/><title>Exported Data</title></head>'
        f'<body><div class="page_wrap"><div class="page_header"><div class="content">'
        f'<div class="text bold">\n{title}\n</div></div></div><div class="{page_class}">'
        f'<div class="entry_list">{entries}</div></div></div></body></html>'
    )
