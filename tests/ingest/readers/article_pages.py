"""Invented articles in the page layouts of well-known publishing software."""

PARAGRAPHS = (
    "The vendor has watched twelve groups since the spring, and in nine of them the data of one "
    "mobile operator is on offer every day.",
    "Most sellers say that they take the records from an advertising interface; some name an "
    "insider at a call centre. Neither could be checked.",
    "A first seller asks 0.4 yuan a record. A second one, who calls himself the source, asks for "
    "a deposit with an escrow service before any test.",
    "Prices fell after the raids of June, then rose again by a third until the end of the year.",
    "“We have seen the same file under four names,” one analyst told us, “and each buyer took it "
    "for fresh.”",
)
CHINESE = (
    "厂商自春天以来观察了十二个群，其中九个群每天都有人出售同一家运营商的数据。",
    "多数卖家自称从广告接口取得这些记录，也有人说是呼叫中心的内部人员，两种说法都无法核实。",
    "第一个卖家每条要价四毛，第二个卖家自称源头，要求先把押金放到担保那里，才肯给测试。",
    "六月的抓捕之后价格一度下跌，到年底又涨了三分之一。",
)
TEASERS = (
    "Ten ways to protect your phone this summer, from our security desk.",
    "Subscribe to the weekly letter and never miss a story. You can leave at any time.",
    "I do not believe a word of this article, and I have worked in the trade for twenty years!",
    "We use cookies to make this site work and to measure how it is read. Accept them all?",
    "© 2023 Example Media. All rights reserved. No part of it may be copied without permission.",
)
LINKS = "".join(f'<li><a href="/{n}">Section number {n} of the site</a></li>' for n in range(14))
MENU = f'<ul class="menu">{LINKS}</ul>'


def paragraphs(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, title: str = "A market in motion", head: str = "", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}<script>var x = 'a sentence in a script. It is no text.';</script>"
        f"<style>p {{ margin: 0 }}</style></head><body>{body}</body></html>"
    )


COMMENTS = (
    f'<div id="comments" class="comments-area"><h2>2 thoughts</h2><ol class="comment-list"><li>'
    f'<div class="comment-content"><p>{TEASERS[2]}</p></div></li></ol></div>'
)

WORDPRESS = page(
    f'<div id="page" class="site"><div id="masthead" class="site-header"><p>Example blog</p>{MENU}'
    '</div><div id="content" class="site-content"><div id="primary" class="content-area">'
    '<div id="main" class="site-main"><div id="post-7" class="post type-post hentry category-news">'
    '<div class="entry-header"><h1 class="entry-title">A market in motion</h1><div '
    'class="entry-meta">Posted on <time class="entry-date published" datetime="2023-11-14T08:00:00'
    '+00:00">14 November</time> by <span class="author vcard"><a rel="author" href="/a">Jo Doe</a>'
    f'</span></div></div><div class="entry-content">{paragraphs()}<ul><li>one list point</li><li>'
    'another point</li></ul><div class="sharedaddy sd-sharing">Share this: <a href="/t">Twitter</a>'
    f'</div></div><div class="entry-footer">Tags: <a href="/x">x</a></div></div>{COMMENTS}</div>'
    f'</div><div id="secondary" class="widget-area sidebar"><section class="widget"><p>{TEASERS[1]}'
    f"</p>{MENU}</section></div></div><div id='colophon' class='site-footer'><p>{TEASERS[4]}</p>"
    "</div></div>"
)
SEMANTIC = page(
    f"<header><nav>{MENU}</nav></header><main><article><header><h1>A market in motion</h1>"
    f'<time datetime="2023-11-14">14 November</time></header>{paragraphs()}</article><aside>'
    f"<p>{TEASERS[0]}</p>{MENU}</aside></main><footer><p>{TEASERS[4]}</p></footer>",
    head='<meta name="author" content="Jo Doe"><meta property="og:title" content="A market">',
)
NEWS_CARDS = page(
    f'<div class="top-bar"><div class="navigation">{MENU}</div></div><div class="layout"><div '
    'class="story"><h1>A market in motion</h1><div class="byline">By Jo Doe</div><div class="body">'
    f'{paragraphs(PARAGRAPHS[:2])}<div class="related-story"><p>{TEASERS[0]}</p></div>'
    f'{paragraphs(PARAGRAPHS[2:])}</div></div><div class="right-rail recommended"><article><h3>'
    f"Other story</h3><p>{TEASERS[0]}</p></article><article><h3>Third story</h3><p>{TEASERS[0]}</p>"
    f'</article></div></div><div class="cookie-banner"><p>{TEASERS[3]}</p></div><div '
    f'class="newsletter"><p>{TEASERS[1]}</p></div><div class="page-footer">'
    f"<p>{TEASERS[4]}</p></div>"
)
PORTAL = page(
    f'<div class="wrap"><div class="channel-nav">{MENU}</div><div class="main-content w1240"><h1 '
    'class="main-title">数据黑市观察</h1><div class="top-bar"><span class="date">2023年11月14日 '
    '08:00</span><span class="source">示例网</span></div><div class="article" id="artibody">'
    f'{"".join(f"<p>　　{text}</p>" for text in CHINESE)}</div><div class="keywords tags">关键字：'
    '<a href="/k">数据</a></div><div class="article-bottom"><div class="sharebar">分享到微博。'
    f'</div></div></div><div class="sidebar"><div class="hotnews"><ul>{LINKS}</ul></div></div>'
    '<div id="comment_bottom" class="comment"><p>'
    "我不相信这篇文章里说的任何一个字，我干这行二十年了！</p>"
    '</div><div class="footer">版权所有，未经许可不得转载。示例网对内容不负任何责任。</div></div>',
    title="数据黑市观察_示例网",
    lang="zh",
)
WECHAT = page(
    '<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" '
    'class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp"><h1 '
    'class="rich_media_title" id="activity-name">数据黑市观察</h1><div id="meta_content" '
    'class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">示例</span>'
    '<a id="js_name" href="javascript:void(0);">示例公众号</a><em id="publish_time">'
    '2023-11-14 08:00</em></div><div class="rich_media_content" id="js_content">'
    + "".join(f"<section><span>{text}</span></section>" for text in CHINESE)
    + '</div></div></div><div class="rich_media_area_extra"><div class="qr_code_pc">'
    "<p>微信扫一扫关注该公众号</p></div></div></div></div>",
    title="数据黑市观察",
    head='<meta property="og:title" content="数据黑市观察">',
    lang="zh",
)
TABLES = page(
    f'<table width="760"><tr><td colspan="3">Example magazine</td></tr><tr><td width="150">{MENU}'
    '</td><td><font size="4"><b>A market in motion</b></font><br><br>'
    + "<br><br>".join(PARAGRAPHS)
    + f'</td><td width="150" class="ads">{TEASERS[1]}</td></tr><tr>'
    f'<td colspan="3" class="copyright">'
    f"{TEASERS[4]}</td></tr></table>"
)
SPANS = page(
    '<div id="root"><div class="a b"><div class="c"><section class="d"><div class="e">'
    '<h1 class="f">'
    "A market in motion</h1>"
    + "".join(f'<p id="{n:04x}" class="g h i">{text}</p>' for n, text in enumerate(PARAGRAPHS))
    + f'</div></section></div><div class="j"><div class="k">{MENU}</div></div></div></div>'
)
REPORT = page(
    f"<div class='header'>{MENU}</div><div class='container'>"
    + "".join(
        f"<section><h2>Part {n}</h2><p>{text}</p><table><tr><td>offers</td><td>{n}00</td></tr>"
        f"</table></section>"
        for n, text in enumerate(PARAGRAPHS, 1)
    )
    + f"</div><div class='footer'><p>{TEASERS[4]}</p></div>"
)
LAYOUTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "wordpress": (WORDPRESS, PARAGRAPHS),
    "semantic": (SEMANTIC, PARAGRAPHS),
    "news cards": (NEWS_CARDS, PARAGRAPHS),
    "portal": (PORTAL, CHINESE),
    "wechat": (WECHAT, CHINESE),
    "tables": (TABLES, PARAGRAPHS),
    "spans": (SPANS, PARAGRAPHS),
    "report": (REPORT, PARAGRAPHS),
}
NOISE = (*TEASERS, "我不相信这篇文章", "版权所有", "a sentence in a script", "Section number 3")
