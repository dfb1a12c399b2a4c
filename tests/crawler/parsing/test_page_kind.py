"""What portals serve in place of documents, in their own words, against documents that use the same words."""

from __future__ import annotations

import pytest

from crawler.items import Page
from crawler.parsing.article import read_article

MENU = "".join(
    f'<li><a href="/{i}/">{name}</a></li>'
    for i, name in enumerate(("首页", "要闻", "政务公开", "政务服务", "互动交流", "数据", "专题"))
)
FOOT = "<div>主办单位：云溪县人民政府办公室 网站标识码：9991000001 某ICP备00000000号</div>"

SOFT_404 = [
    "抱歉，您访问的页面不存在或已被删除！",
    "对不起，您要查看的信息不存在。",
    "404 - 找不到文件或目录。您要查找的资源可能已被删除，已更改名称或者暂时不可用。",
    "404 Not Found",
    "HTTP 错误 404 - 未找到",
    "您所访问的文章已被删除或尚未发布",
    "该信息已被撤销，请返回首页浏览其他内容",
    "很抱歉，您要访问的页面找不到了",
    "您访问的页面走丢了，3秒后返回首页",
    "页面飞走了~",
    "您浏览的内容已经下线",
    "参数错误！",
    "对不起，没有找到您要的内容",
    "没有该文章！",
    "该栏目已关闭",
    "提示信息：您访问的链接已失效",
    "The page you requested could not be found.",
    "系统错误，请联系管理员",
    "服务器内部错误 500",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Temporarily Unavailable",
    "无法显示该网页",
    "出错了！您请求的资源不存在",
    "抱歉！页面无法访问……可能因为：网址有错误、网页已经删除",
    "错误提示：数据库连接失败",
    "发生了错误，请稍后重试",
    "您访问的网站不存在",
    "您要的记录不存在或已归档",
    "文件未找到",
]
MAINTENANCE = [
    "系统维护中，请稍后访问",
    "网站正在升级改版，给您带来不便敬请谅解",
    "本网站因机房迁移暂停服务",
    "栏目建设中，敬请期待",
    "网站维护公告：系统将于今晚进行升级",
    "该网站已永久下线，相关内容已迁移至县政府门户网站",
    "服务器正在维护",
    "平台升级期间暂停访问",
    "页面正在建设中……",
    "站点已关闭",
]
PARKED = [
    "域名出售，有意者请联系",
    "该域名已过期，请尽快续费",
    "This domain is for sale",
    "恭喜，站点创建成功！",
    "网站未备案，暂时无法访问",
    "Welcome to nginx!",
    "您访问的域名尚未绑定站点",
    "虚拟主机已到期",
]
BLOCKED = [
    "您的访问过于频繁，请稍后再试",
    "访问过于频繁，请输入验证码后继续访问",
    "请输入图片中的验证码",
    "请拖动滑块完成安全验证",
    "您的请求疑似攻击行为，已被网站防火墙拦截",
    "403 Forbidden",
    "Access Denied",
    "您的IP地址已被禁止访问",
    "当前访问疑似黑客攻击，已被云防护拦截",
    "Too Many Requests",
    "您没有权限访问该页面",
    "请先登录后再查看",
    "正在检查您的浏览器，请稍候",
    "请开启JavaScript并刷新该页",
    "您的访问请求存在风险，请求已被拦截",
    "用户登录 用户名 密码 登录",
    "安全验证：请完成以下验证后继续",
]


def kind_of(body: str, **more: object) -> tuple[str, str | None]:
    article = read_article(Page(url="https://www.yunxi.example/x.html", body=body.encode(), **more))
    assert article.page_kind in ("report", "article") or article.blocks == []
    return article.page_kind, article.kind_reason


def bare(words: str) -> str:
    return f"<html><head><title>提示</title></head><body><div><h3>{words}</h3></div></body></html>"


def framed(words: str) -> str:
    return (
        f"<html><head><title>云溪县人民政府</title></head><body><ul>{MENU}</ul>"
        f"<div class='tip'><p>{words}</p><a href='/'>返回首页</a></div>{FOOT}</body></html>"
    )


@pytest.mark.parametrize("shell", [bare, framed])
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *((words, ("error_page", "soft_404")) for words in SOFT_404),
        *((words, ("error_page", "maintenance")) for words in MAINTENANCE),
        *((words, ("error_page", "parked")) for words in PARKED),
    ],
)
def test_h01_h08_failures_have_their_name(words: str, kind: tuple[str, str], shell: object) -> None:
    found = kind_of(shell(words))
    assert found[0] == "error_page"
    assert found == kind or kind[1] == "parked"


@pytest.mark.parametrize("words", BLOCKED)
def test_h04_refusals_are_blocked(words: str) -> None:
    assert kind_of(bare(words))[0] == "blocked"


CHALLENGES = {
    "a cookie and a reload": (
        '<html><body><script>document.cookie="C3VK=a1b2; path=/"; window.location.reload();</script></body></html>'
    ),
    "a clearance cookie": (
        "<script>document.cookie=('_')+('_jsl_clearance=1')+';max-age=3600';location.href=location.pathname</script>"
    ),
    "an obfuscated page": (
        '<html><head><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script><script>eval("1")</script></head></html>'
    ),
    "a shield": (
        '<script>var arg1="3F"; function setCookie(n,v){document.cookie=n+"="+v+";path=/"} var acw_sc__v2="x";'
        "document.location.reload()</script>"
    ),
}


@pytest.mark.parametrize("body", CHALLENGES.values(), ids=CHALLENGES)
def test_h04_challenges_are_blocked(body: str) -> None:
    assert kind_of(body) == ("blocked", "challenge")


@pytest.mark.parametrize("status", [412, 521])
def test_empty_answers_with_a_challenge_status_are_blocked(status: int) -> None:
    assert kind_of("<html><body></body></html>", status=status) == ("blocked", "challenge")


def test_a_script_shell_is_empty() -> None:
    assert kind_of('<html><body><div id="app"></div><script src="/a.js"></script></body></html>') == (
        "empty",
        "script_only",
    )


def test_nothing_is_empty() -> None:
    assert kind_of("") == ("empty", "no_content")


def test_pictures_alone_are_no_text() -> None:
    body = "<h1>图解年报</h1><p>发布日期：2023-01-18 来源：县政府办</p><div><img src='1.jpg'></div>"
    page = f"<html><body><ul>{MENU}</ul>{body}{FOOT}</body></html>"
    assert kind_of(page) == ("empty", "media_only")


MENTIONS = [
    "网站出现“404”错误页面的情况已全部整改，全年未发生页面不存在的投诉。",
    "因系统维护，1月5日至1月6日暂停网上依申请公开服务，期间改以信函受理。",
    "优化网站登录流程，取消图形验证码，方便群众提交申请。",
    "加强安全防护，对访问过于频繁的地址进行限制，保障网站平稳运行。",
    "对三个停止更新的网站予以关停，相关内容已迁移至县政府门户网站。",
    "清理失效链接12条、错误链接3条，网站域名续费及备案信息及时更新。",
    "对申请公开的信息不存在的，依法作出信息不存在答复5件。",
    "没有找到相关信息的，告知申请人并说明理由，共2件。",
    "升级网站防火墙，全年拦截攻击2000余次，未发生安全事件。",
    "统一身份认证系统上线，用户登录后可查询办理进度。",
    "栏目建设中存在的空白问题得到解决，新增栏目6个。",
    "服务器由县数据中心统一维护，数据库运行正常，未出错。",
]
OPENINGS = [
    "云溪县人民政府办公室根据《中华人民共和国政府信息公开条例》编制本报告。",
    "2022年，我局高度重视政府信息公开工作，现将有关情况报告如下。",
    "按照上级统一部署，云溪镇人民政府认真做好信息公开工作。",
    "一年来，县财政局坚持以公开为常态、不公开为例外，公开工作稳步推进。",
    "为保障公民知情权，我委全年主动公开政府信息36条，办理申请4件。",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("mention", MENTIONS)
def test_h05_reports_that_mention_failures_stay_reports(mention: str, opening: str) -> None:
    page = (
        "<html><head><title>云溪县2022年政府信息公开工作年度报告</title></head><body>"
        f"<h1>云溪县2022年政府信息公开工作年度报告</h1><div><p>{opening}</p><p>{mention}</p></div>{FOOT}</body></html>"
    )
    assert kind_of(page) == ("report", None)


@pytest.mark.parametrize("mention", MENTIONS)
def test_notices_that_mention_failures_stay_articles(mention: str) -> None:
    page = (
        f"<html><head><title>公告_云溪县人民政府</title></head><body><ul>{MENU}</ul><h1>云溪县网站工作公告</h1>"
        f"<p>发布时间：2023-01-18 来源：县政府办</p><div><p>{mention}</p></div>{FOOT}</body></html>"
    )
    assert kind_of(page) == ("article", None)


TITLES = {
    "云溪县2022年政府信息公开工作年度报告": "report",
    "云溪县财政局2009年政府信息公开年度报告": "report",
    "云溪镇2015年信息公开年报": "report",
    "2020年度政府信息公开工作情况报告": "report",
    "云溪县2019年政务公开工作总结": "report",
    "关于召开表彰大会的通知": "article",
    "云溪县国民经济和社会发展统计公报": "article",
}


@pytest.mark.parametrize(("title", "kind"), TITLES.items())
def test_reports_are_told_by_their_title(title: str, kind: str) -> None:
    body = f"<h1>{title}</h1><p>{OPENINGS[3]}{OPENINGS[4]}</p>"
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    assert kind_of(page)[0] == kind


NUMBERS = range(10, 20)
LISTS = {
    "links with dates": '<li><a href="/{0}.html">云溪县第{0}号公告</a><span>2023-01-{0}</span></li>',
    "links in table rows": (
        '<table><tr><td><a href="/{0}.html">云溪县第{0}号公告</a></td><td>2023-01-{0}</td></tr></table>'
    ),
    "links with summaries": (
        '<li><h3><a href="/{0}.html">第{0}号公告</a></h3><p>现将有关事项公告如下，请遵照执行。</p></li>'
    ),
    "links with summaries and dates": (
        '<li><h3><a href="/{0}.html">第{0}号公告</a></h3><p>现将有关事项公告如下，请遵照执行。</p>'
        "<i>2023-01-{0}</i></li>"
    ),
}


@pytest.mark.parametrize("row", LISTS.values(), ids=LISTS)
def test_lists_are_lists(row: str) -> None:
    rows = "".join(row.format(number) for number in NUMBERS).replace("</table><table>", "")
    head = f"<html><head><title>通知公告</title></head><body><ul>{MENU}</ul><h2>通知公告</h2>"
    page = f"{head}<div>{rows}</div>{FOOT}</body></html>"
    assert kind_of(page) == ("list", "links")


def test_a_title_over_a_file_is_a_report() -> None:
    title = "云溪县2022年政府信息公开工作年度报告"
    body = f'<h1>{title}</h1><div><a href="/u/nb.pdf">{title}.pdf</a></div>'
    page = f"<html><head><title>{title}</title></head><body><ul>{MENU}</ul>{body}{FOOT}</body></html>"
    article = read_article(Page(url="https://www.yunxi.example/x.html", body=page.encode()))
    assert (article.page_kind, [one.url for one in article.attachments]) == (
        "report",
        ["https://www.yunxi.example/u/nb.pdf"],
    )


def test_files_under_a_columns_name_are_a_list() -> None:
    rows = "".join(
        f'<li><a href="/u/{i}.pdf">云溪县{i}年政府信息公开工作年度报告.pdf</a></li>' for i in range(2015, 2023)
    )
    head = f"<html><head><title>年度报告</title></head><body><ul>{MENU}</ul><h2>年度报告</h2>"
    assert kind_of(f"{head}<ul>{rows}</ul>{FOOT}</body></html>") == ("list", "links")
