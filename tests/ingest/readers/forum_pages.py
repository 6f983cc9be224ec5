"""Invented pages in the shape in which Discuz! X and phpBB show threads and boards."""

import html

HOST = "bbs.example.org"


def discuz_post(
    pid: int,
    uid: int,
    name: str,
    body: str,
    shown: str = "发表于 2013-6-5 10:15",
    floor: str = "<em>2</em><sup>#</sup>",
    below: str = "",
    sign: str = "",
) -> str:
    author = f'<a href="home.php?mod=space&amp;uid={uid}" target="_blank" class="xw1">{name}</a>'
    signed = f'<div class="sign" style="max-height:200px;">{sign}</div>' if sign else ""
    return f"""<div id="post_{pid}" ><table id="pid{pid}" class="plhin" summary="pid{pid}"><tr>
<td class="pls" rowspan="2"><div id="favatar{pid}" class="pls favatar">
<div class="pi"><div class="authi">{author}</div></div>
<div class="p_pop blk bui" id="userinfo{pid}" style="display: none;"><strong>
<a href="home.php?mod=space&amp;uid={uid}" class="xi2">{name}</a></strong><em>当前离线</em></div>
<p><em><a href="home.php?mod=spacecp&amp;ac=usergroup&amp;gid=10">新手上路</a></em></p>
<dl class="pil cl"><dt>积分</dt>
<dd><a href="home.php?mod=space&uid={uid}&do=profile">5</a></dd></dl>
</div></td>
<td class="plc"><div class="pi"><strong><a href="forum.php?mod=redirect&amp;goto=findpost\
&amp;ptid=45&amp;pid={pid}" id="postnum{pid}" onclick="setCopy(this.href)">{floor}</a></strong>
<div class="pti"><div class="pdbt"></div><div class="authi">
<img class="authicn vm" id="authicon{pid}" src="static/image/common/online_member.gif" />
<em id="authorposton{pid}">{shown}</em><span class="pipe">|</span>
<a href="forum.php?mod=viewthread&amp;tid=45&amp;page=1&amp;authorid={uid}">只看该作者</a>
</div></div></div>
<div class="pct"><style type="text/css">.pcb{{margin-right:0}}</style><div class="pcb">
<div class="t_fsz"><table><tr>{body_cell(pid, body)}</tr></table></div>
<div id="comment_{pid}" class="cm"></div>{below}</div></div></td></tr>
<tr><td class="plc plm">{signed}</td></tr>
<tr id="_postposition{pid}"></tr><tr><td class="pls"></td><td class="plc"><div class="po hin">
<div class="pob cl"><em><a class="fastre" href="forum.php?mod=post&amp;action=reply&amp;fid=36\
&amp;tid=45&amp;repquote={pid}">回复</a></em><p><a href="javascript:;">使用道具</a>
<a href="javascript:;" onclick="showWindow()">举报</a></p></div></div></td></tr></table></div>"""


def body_cell(pid: int, body: str) -> str:
    return f'<td class="t_f" id="postmessage_{pid}">\n{body}</td>' if body else "<td></td>"


def discuz_quote(pid: int, name: str, text: str) -> str:
    link = f"forum.php?mod=redirect&amp;goto=findpost&amp;pid={pid}&amp;ptid=45"
    return (
        f'<div class="quote"><blockquote><font size="2"><a href="{link}" target="_blank">'
        f'<font color="#999999">{name} 发表于 2013-6-5 10:15</font></a></font><br />\n'
        f"{text}</blockquote></div><br />\n"
    )


def discuz_head(title: str, own: int = 0, host: str = HOST, charset: str = "utf-8") -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{title} - 夜航论坛 -  Powered by Discuz!</title>
<link href="http://{host}/thread-45-1-1.html" rel="canonical" />
<meta name="generator" content="Discuz! X3.2" /><base href="http://{host}/" />
<script type="text/javascript">var STYLEID = '1', discuz_uid = '{own}', fid = 36;</script>
</head><body id="nv_forum" class="pg_viewthread">
<div id="toptb" class="cl"><a href="member.php?mod=logging">登录</a></div>"""


FOOTER = """<div id="ft" class="wp cl"><div id="flk" class="y"><p><a href="archiver/">Archiver</a>
</p><p class="xs0">GMT+8, 2013-6-6 09:48<span id="debuginfo">, Processed in 0.05 second(s).</span>
</p></div><div id="frt"><p>Powered by <strong><a href="http://www.discuz.net">Discuz!</a></strong>
</p></div></div></body></html>"""


def discuz_thread(*posts: str, head: str | None = None, title: str = "出一手股民") -> str:
    return f"""{head or discuz_head(title)}
<div id="pt" class="bm cl"><div class="z"><a href="./" class="nvhm" title="首页">夜航论坛</a>
<em>&raquo;</em><a href="forum.php">论坛</a> <em>&rsaquo;</em> <a href="forum.php?gid=1">分区</a>
<em>&rsaquo;</em> <a href="forum-36-1.html">数据交易</a> <em>&rsaquo;</em>
<a href="thread-45-1-1.html">{title}</a></div></div>
<div id="ct" class="wp cl"><div id="pgt" class="pgs mbm cl"><div class="pg"><strong>1</strong>
<a href="thread-45-2-1.html">2</a></div></div>
<div id="postlist" class="pl bm"><table><tr><td class="pls ptn pbn"></td>
<td class="plc"><h1 class="ts">
<a href="forum.php?mod=forumdisplay&amp;fid=36&amp;filter=typeid&amp;typeid=3">[出售]</a>
<span id="thread_subject">{title}</span></h1></td></tr></table>
{"".join(posts)}
<div id="postlistreply" class="pl"><div id="post_new" class="viewthread_table"></div></div></div>
</div>{FOOTER}"""


def discuz_row(
    tid: int, title: str, uid: int, name: str, day: str, kind: str = "normal", icon: str = ""
) -> str:
    return f"""<tbody id="{kind}thread_{tid}"><tr>
<td class="icn"><a href="forum.php?mod=viewthread&amp;tid={tid}" title="{icon}新窗口打开"></a></td>
<th class="common"><a class="tdpre y" href="javascript:void(0);">预览</a>
<em>[<a href="forum.php?mod=forumdisplay&amp;fid=36&amp;typeid=3">出售</a>]</em>
<a href="forum.php?mod=viewthread&amp;tid={tid}&amp;extra=page%3D1" class="s xst">{title}</a>
- [售价 <span class="xw1">5</span> 金钱]<span class="tps">&nbsp;...
<a href="thread-{tid}-2-1.html">2</a>
</span></th><td class="by"><cite><a href="home.php?mod=space&amp;uid={uid}" c="1">{name}</a></cite>
<em><span>{day}</span></em></td>
<td class="num"><a href="thread-{tid}-1-1.html" class="xi2">12</a><em>340</em></td>
<td class="by"><cite><a href="home.php?mod=space&amp;username=x">末人</a></cite><em><a href="x">
<span title="2013-6-6 08:00">1 小时前</span></a></em></td></tr></tbody>"""


def discuz_board(*rows: str) -> str:
    return f"""{discuz_head("数据交易")}
<div id="pt" class="bm cl"><div class="z"><a href="./" class="nvhm">夜航论坛</a><em>&raquo;</em>
<a href="forum.php">论坛</a> <em>&rsaquo;</em> <a href="forum.php?gid=1">分区</a><em>&rsaquo;</em>
<a href="forum-36-1.html">数据交易</a></div></div>
<div id="threadlist" class="tl bm bmw"><div class="bm_c"><form method="post" id="moderate">
<table summary="forum_36" id="threadlisttableid">
<tbody id="separatorline" class="emptb"><tr><td class="icn"></td><th></th></tr></tbody>
{"".join(rows)}</table></form></div></div>{FOOTER}"""


def phpbb_post(
    pid: int,
    uid: int,
    name: str,
    body: str,
    stamp: str = "2021-03-02T05:06:07+00:00",
    shown: str = "Tue Mar 02, 2021 1:06 pm",
    subject: str = "Re: Fresh data",
    below: str = "",
) -> str:
    profile = f"./memberlist.php?mode=viewprofile&amp;u={uid}&amp;sid=5673b41f701d34d4a2afb3e98bb4"
    author = f'<a href="{profile}" class="username">{name}</a>'
    if not uid:
        author = f'<span class="username">{name}</span>'
    time = f'<time datetime="{stamp}">{shown}</time>' if stamp else shown
    return f"""<div id="p{pid}" class="post has-profile bg2"><div class="inner">
<dl class="postprofile" id="profile{pid}"><dt class="no-profile-rank no-avatar">
<div class="avatar-container"></div>{author}</dt><dd class="profile-posts"><strong>Posts:</strong>
<a href="./search.php?author_id={uid}">3</a></dd></dl>
<div class="postbody"><div id="post_content{pid}"><h3 class="first"><a href="#p{pid}">{subject}</a>
</h3><ul class="post-buttons"><li><a href="./posting.php?mode=quote&amp;p={pid}">Quote</a></li></ul>
<p class="author"><a class="unread" href="./viewtopic.php?p={pid}#p{pid}" title="Post">
<i class="icon fa-file"></i><span class="sr-only">Post</span></a>
<span class="responsive-hide">by <strong>{author}</strong> &raquo; </span>{time} </p>
<div class="content">{body}</div>{below}</div></div>
<div class="back2top"><a href="#top" class="top" title="Top"><span class="sr-only">Top</span></a>
</div></div></div><hr class="divider" />"""


def phpbb_quote(pid: int, uid: int, name: str, text: str) -> str:
    link = f"./viewtopic.php?p={pid}#p{pid}"
    return (
        f'<blockquote cite="{link}"><div><cite>'
        f'<a href="./memberlist.php?mode=viewprofile&amp;u={uid}">{name}</a> wrote: '
        f'<a href="{link}" data-post-id="{pid}">↑</a>'
        f'<span class="responsive-hide">Tue Mar 02, 2021 1:06 pm</span></cite>{text}'
        "</div></blockquote>"
    )


def phpbb_page(section: str, main: str, host: str = HOST) -> str:
    return f"""<!DOCTYPE html><html dir="ltr" lang="en-gb"><head><meta charset="utf-8" />
<title>Night board - Fresh data</title>
<link rel="canonical" href="https://{host}/viewtopic.php?t=45"></head>
<body id="phpbb" class="nojs notouch section-{section} ltr"><div id="wrap" class="wrap">
<div id="page-header"><div id="site-description" class="site-description"><h1>Night board</h1></div>
<ul id="nav-breadcrumbs" class="nav-breadcrumbs linklist navbar"><li class="breadcrumbs">
<span class="crumb"><a href="./index.php"><span>Board index</span></a></span>
<span class="crumb" data-forum-id="1"><a href="./viewforum.php?f=1"><span>Market</span></a></span>
<span class="crumb" data-forum-id="3"><a href="./viewforum.php?f=3"><span>Data</span></a></span>
</li></ul></div><div id="page-body" class="page-body">{main}
<form id="viewtopic" method="post" action="./viewtopic.php?t=45"></form></div>
<div id="page-footer" class="page-footer"><ul class="nav-footer"><li class="rightside">All times are
<span title="Asia/Shanghai">UTC+08:00</span></li></ul><div class="copyright">Powered by
<a href="https://www.phpbb.com/">phpBB</a>&reg; Forum Software</div></div></div></body></html>"""


def phpbb_topic(*posts: str, title: str = "Fresh data") -> str:
    head = f'<h2 class="topic-title"><a href="./viewtopic.php?t=45">{html.escape(title)}</a></h2>'
    return phpbb_page("viewtopic", head + "".join(posts))


def phpbb_row(tid: int, title: str, uid: int, name: str, kind: str = "", forum: int = 3) -> str:
    profile = f"./memberlist.php?mode=viewprofile&amp;u={uid}"
    return f"""<li class="row bg1 {kind}"><dl class="row-item topic_read">
<dt title="No unread posts">
<div class="list-inner">
<a href="./viewtopic.php?f={forum}&amp;t={tid}" class="topictitle">{title}</a>
<br /><div class="topic-poster responsive-hide left-box">by
<a href="{profile}" class="username">{name}</a> &raquo;
<time datetime="2021-03-02T05:06:07+00:00">Tue Mar 02, 2021 1:06 pm</time></div></div></dt>
<dd class="posts">12 <dfn>Replies</dfn></dd><dd class="lastpost"><span>by <a class="username"
href="./memberlist.php?mode=viewprofile&amp;u=9">last</a></span></dd></dl></li>"""


def phpbb_forum(*rows: str) -> str:
    head = '<h2 class="forum-title"><a href="./viewforum.php?f=3">Data</a></h2>'
    listed = f'<ul class="topiclist topics">{"".join(rows)}</ul>'
    return phpbb_page("viewforum", f'{head}<div class="forumbg">{listed}</div>')
