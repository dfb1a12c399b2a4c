"""What kind of page it is: a document, a list, or something a portal serves in place of either."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.items import PageKind

SMALL = 400
"""Characters of text below which a page may be an error or a challenge; a document that mentions one is longer."""
FEW_FILES = 2
FILE_TITLE = 12
"""Characters of a title that names a document; columns have shorter names."""
TINY = 40
SENTENCE_LENGTH = 12
"""Characters of a document that is one whole sentence."""
MANY_LINKS = 4
FEW_LINKS = 12
"""Links beyond which a page has a site's menu."""
HUB_LINKS = 40
PASSWORD = re.compile(r"type\s*=\s*[\"']?password", re.I)

CHALLENGE = re.compile(
    r"C3VK|__jsl_clearance|\$_ts\s*=|_\$jsvmprt|yunsuo_session|acw_sc__v2|"
    r"document\.cookie\s*=[^;]{0,200};?\s*(?:path|max-age|window\.|location|expires)|/cdn-cgi/challenge|"
    r"cf-browser-verification|x5sec|_waf_|wzws_|WZWS|safeline|HttpOnly;\s*setTimeout",
    re.I,
)
RELOAD = re.compile(r"location\.(?:reload|replace|href)|location\s*=|window\.location|\.submit\(\)|eval\(", re.I)
CAPTCHA = re.compile(
    r"(?:请输入|输入|填写|完成|点击|滑动|拖动|图形|图片)[^。]{0,12}(?:验证码|安全验证|人机验证|滑块|拼图)|"
    r"(?:安全|人机|滑动|滑块)验证|验证码[:：]|确认(?:您|"
    r"你)?(?:不是|是否)(?:机器|真人)|(?:请|需要)(?:先)?(?:完成|进行)(?:安全|身份|人机)?(?:验证|校验)|captcha",
    re.I,
)
BLOCK = re.compile(
    r"访问(?:过于|太过|太|次数过于?|频率过于?|请求过于?)(?:频繁|高|快|多)|请求(?:过于|太)?频繁|操作(?:过于|"
    r"太)频繁|(?:访问|请求|IP|ip|"
    r"地址)[^。]{0,20}(?:已?被(?:拦截|阻断|禁止|拒绝|限制|封禁|屏蔽|列入黑名单)|存在(?:威胁|风险|异常|攻击))|"
    r"(?:禁止|拒绝|限制)(?:您?的?)?访问|"
    r"没有(?:访问)?权限|无权(?:限)?访问|Access\s+Denied|403\s+Forbidden|Forbidden|Request\s+(?:blocked|"
    r"rejected)|防火墙|"
    r"(?:网站|云|安全)防护|安全(?:拦截|狗|宝|威胁)|WAF|疑似(?:黑客|攻击|恶意)|您的(?:访问|请求|"
    r"操作)[^。]{0,12}(?:不合法|非法|异常|违规|攻击|恶意)|非法(?:访问|"
    r"请求)|too\s+many\s+requests|rate\s+limit|浏览器(?:安全)?检查|正在(?:检查|检测|验证)(?:您的)?(?:浏览器|"
    r"访问|网络)|请开启\s*JavaScript|"
    r"enable\s+JavaScript|请(?:启用|打开|允许)[^。]{0,8}(?:JavaScript|Cookie)",
    re.I,
)
LOGIN = re.compile(
    r"(?:请|需要|须)(?:先|您?)?\s*(?:登录|登陆|注册)(?:后|再|才)?|(?:用户|会员|统一身份|后台|系统)(?:登录|"
    r"登陆|认证)|登录(?:超时|已?过期|失效)|(?:用户名|"
    r"账号|帐号)[^。]{0,30}密码|会话(?:超时|过期|已失效)|身份认证"
)
NOT_FOUND = re.compile(
    r"(?:站点|网站|主机)[^。！]{0,16}(?:不存在|未找到|找不到|没有找到|无法找到|无法访问|无法打开|无法显示|不能访问|失联)|"
    r"(?:页面?|网页|网址|文章|信息|内容|栏目|文件|文档|地址|链接|资源|数据|记录|目录)[^。！]{0,16}(?:不存在|未找到|找不到|没有找到|无法找到|无法访问|无法打开|"
    r"无法显示|不能访问|已?(?:被|经)?(?:删除|移除|下线|下架|撤销|撤稿|转移|移动|关闭|停用|失效|过期|隐藏|"
    r"屏蔽|取消发布|更名|改版)|走丢|丢失|飞走|失联|不见|失踪|出错|异常|"
    r"有误|错误|尚未发布|未发布|未审核|暂未公开|不再提供)"
    r"|(?:不存在|找不到|未找到|没有找到|无法找到|无法显示|无法访问|打不开|走丢|丢失)[^。]{0,16}(?:页面?|网页|"
    r"文章|信息|内容|文件|资源|地址|链接|记录|网站|网址)|(?:页面?|"
    r"内容)[^。]{0,6}(?:飞|跑|溜|走)(?:走|掉|丢|了)|出错(?:了|啦)|迷路了|(?:not|can ?not be|could not be)\s+found|"
    r"(?:HTTP\s*(?:错误|Error|Status|状态)?|错误(?:代码|码)?|Error(?:\s*Code)?|"
    r"状态码?)\s*[:：\-–—]?\s*(?:40\d|41\d|50\d)|"
    r"\b(?:404|410|500|502|503|504)\b\s*[-–—:：|]?\s*(?:Not|Error|Bad|Service|Gateway|Internal|Gone|页面|错误|找不到|"
    r"未找到|抱歉|not|error|!|！|\Z)|(?:抱歉|对不起|很遗憾|sorry)[^。]{0,30}(?:不存在|找不到|没有|无法|已|"
    r"不能|未|失败|cannot|not)|参数(?:错误|"
    r"不正确|有误|非法|无效|异常)|(?:无|没有)(?:此|该|这|相关|对应|您要)[^。]{0,12}(?:页面?|文章|信息|内容|"
    r"记录|文件|栏目|数据)|(?:系统|服务器?|程序|应用|"
    r"数据库)[^。]{0,10}(?:错误|异常|出错|故障|繁忙|无响应|不可用|超时|连接失败)|(?:内部|网络|未知|运行时|"
    r"编译)错误|发生(?:了)?(?:错误|异常)|"
    r"(?:Internal Server|Server|Runtime|Gateway|Application|Database) Error|Bad Gateway|"
    r"Service (?:Temporarily )?Unavailable|Gateway Time-?out|Stack\s*Trace|Exception\b|错误页|错误提示|error page",
    re.I,
)
MAINTENANCE = re.compile(
    r"(?:系统|网站|服务器?|平台|站点|本站|栏目|页面|功能|门户)[^。]{0,16}(?:维护|升级|改版|调整|检修|迁移|"
    r"割接|建设中|整改|暂停(?:服务|访问|使用)?|关停|停止(?:服务|"
    r"运行|更新|访问)|关闭|即将(?:上线|开通)|暂未开放|正在建设|敬请期待)|(?:维护|升级|改版|建设)(?:中|期间|"
    r"公告)|under\s+(?:construction|"
    r"maintenance)|暂停(?:访问|服务)|敬请期待|Coming\s+Soon|永久下线|已(?:关停|下线|整合|迁移|合并)至?",
    re.I,
)
PARKED = re.compile(
    r"域名[^。]{0,20}(?:出售|转让|到期|过期|未备案|待售|停放|停靠|已?被注册|尚未|未绑定|解析|续费|购买)|"
    r"(?:购买|出售|转让|咨询)[^。]{0,8}域名|"
    r"domain[^。]{0,40}(?:for\s+sale|expired|parked|parking)|buy\s+this\s+domain|(?:网站|站点|"
    r"备案)[^。]{0,10}(?:未备案|"
    r"尚未备案|备案(?:号)?(?:已)?(?:注销|取消|失效)|阻断)|(?:主机|空间|虚拟主机|站点)[^。]{0,12}(?:到期|过期|"
    r"已?停止|未创建|创建成功|开通|欠费)|"
    r"Welcome to nginx|It works!|Apache2? (?:Ubuntu|Debian|Test)|IIS Windows|Test Page|恭喜[^。]{0,12}站点创建成功|"
    r"没有找到站点|default (?:web )?page|Index of /",
    re.I,
)
REPORT = re.compile(
    r"(?:政府信息|政务信息|信息|政务|政府信息与政务)公开[^。，]{0,16}(?:年度?(?:工作)?(?:报告|总结|情况)|年报|"
    r"工作(?:年度)?报告|情况(?:的)?报告|工作总结)|"
    r"年(?:度)?(?:政府|政务)?信息公开[^。]{0,8}报告|政府信息公开年[报度]|信息公开年度"
)


@dataclass(slots=True)
class Evidence:
    """What the kind is told from."""

    title: str
    head_title: str
    text: str
    """The beginning of the document found."""
    words: str
    """The shown lines of a page without much text that are no links and no chrome, joined; '' for a longer one."""
    prose: int
    """Characters of the document that are no links."""
    links: int
    """Lines of the whole page that only lead elsewhere."""
    body_links: int
    """… within the document."""
    body_lines: int
    """… and all lines within it but dates."""
    tables: int
    attachments: int
    markup: str
    """The beginning of the markup of a page without much text."""
    status: int
    is_detail: bool
    """The page says that it is one of an article: ArticleTitle, PubDate, a line of date and source."""
    has_title: bool
    """The page shows its title above the document."""
    has_frame: bool
    """The page has a breadcrumb or a site's footer: challenges and log-ins stand alone."""
    is_data: bool
    """The page is the answer of an interface, or carries a list in such a shape."""
    has_media: bool
    """The document's place holds pictures or films."""


def tell_kind(evidence: Evidence) -> tuple[PageKind, str | None]:
    """Return the kind of the page and, when it is no document, a stable word for why."""
    if evidence.body_links >= 3 and evidence.body_links * 3 >= evidence.body_lines and not evidence.is_detail:
        return "list", "links"
    if evidence.is_data and evidence.prose < TINY:
        return "list", "data"
    if evidence.prose < SMALL and not is_named_report(evidence):
        refused = tell_challenge(evidence) or tell_block(evidence) or tell_error(evidence)
        if refused is not None:
            return refused
    if evidence.prose >= TINY or evidence.tables or (evidence.prose >= SENTENCE_LENGTH and "。" in evidence.text):
        return ("list", "links") if is_hub(evidence) else (document_kind(words_of(evidence)), None)
    titled = evidence.has_title and evidence.body_links == 0 and evidence.prose >= SENTENCE_LENGTH
    if titled or shows_file(evidence) or (evidence.is_detail and (evidence.prose >= 6 or evidence.attachments)):
        return document_kind(words_of(evidence)), None
    if evidence.is_detail or (evidence.attachments and evidence.links < MANY_LINKS):
        return "empty", "media_only" if evidence.has_media else "no_content"
    if evidence.links >= MANY_LINKS:
        return "list", "links"
    return "empty", "script_only" if is_shell(evidence) else "no_content"


def shows_file(evidence: Evidence) -> bool:
    """Return whether the page is a title over a file or two: a document that is published as PDF alone."""
    few = 1 <= evidence.attachments <= FEW_FILES
    return few and evidence.has_title and len(evidence.title) >= FILE_TITLE


def is_named_report(evidence: Evidence) -> bool:
    """Return whether the page calls itself an annual report and has some text to it."""
    return evidence.prose >= TINY and REPORT.search(evidence.title) is not None


def is_hub(evidence: Evidence) -> bool:
    """Return whether a page with a little text leads elsewhere far more than it says."""
    little = evidence.prose < SMALL and not evidence.tables and evidence.text.count("。") < 2
    titled = evidence.has_title and evidence.body_links == 0
    return little and not evidence.is_detail and not titled and evidence.links >= HUB_LINKS


def is_shell(evidence: Evidence) -> bool:
    """Return whether scripts would have to make the page."""
    return "<script" in evidence.markup.lower() and len(evidence.words) < TINY


def tell_challenge(evidence: Evidence) -> tuple[PageKind, str] | None:
    """Return why a page is a test of the visitor's browser or patience, None when it is not."""
    if evidence.is_detail or evidence.has_frame or evidence.links > FEW_LINKS:
        return None
    if evidence.status in (412, 521) and len(evidence.words) < 2 * TINY:
        return "blocked", "challenge"
    if len(evidence.words) < 3 * TINY and CHALLENGE.search(evidence.markup) and RELOAD.search(evidence.markup):
        return "blocked", "challenge"
    if CAPTCHA.search(f"{evidence.head_title}\n{evidence.words}"):
        return "blocked", "captcha"
    return None


def tell_block(evidence: Evidence) -> tuple[PageKind, str] | None:
    """Return why the page refuses its visitor, None when it does not."""
    if evidence.is_detail:
        return None
    shown = f"{evidence.head_title}\n{evidence.words}"
    if BLOCK.search(shown):
        return "blocked", "refused"
    if (
        evidence.links <= FEW_LINKS
        and not evidence.has_frame
        and (PASSWORD.search(evidence.markup) or LOGIN.search(shown))
    ):
        return "blocked", "login"
    return None


def tell_error(evidence: Evidence) -> tuple[PageKind, str] | None:
    """Return which failure the page reports, None when it reports none."""
    shown = f"{evidence.head_title}\n{evidence.words}"
    for pattern, reason in ((PARKED, "parked"), (NOT_FOUND, "soft_404"), (MAINTENANCE, "maintenance")):
        if pattern.search(shown) and not evidence.is_detail:
            return "error_page", reason
    return None


def document_kind(words: str) -> PageKind:
    """Return `report` for what calls itself an annual disclosure report, else `article`."""
    return "report" if REPORT.search(words) else "article"


def words_of(evidence: Evidence) -> str:
    """Return the words that name the document."""
    return f"{evidence.title}\n{evidence.head_title}\n{evidence.text[:200]}"
