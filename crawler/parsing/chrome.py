"""Chrome: how the lines look that portals set round a document (bars, counters, breadcrumbs, footers), as data.

A line is chrome when nothing is left of it after the words of such widgets are taken away, or when it has the form
of one of the lines that stand in every footer. Nothing here looks at single words inside a sentence.
"""

from __future__ import annotations

import re

MAX_CHROME_LINE = 160
"""A longer line is never a widget."""

# Words of toolbars. What is left of a toolbar's line after taking these away is nothing.
WIDGET = re.compile(
    r"打印(?:本页|此页|文章|本文|页面|此文|预览|正文|内容|文本|文档)?|关闭(?:窗口|本页|此页|页面|文章|"
    r"本窗口)?|返回(?:顶部|首页|上一页|上页|列表|目录|页首)?"
    r"|(?:文章|文字|正文)?(?:字号|字体)(?:大小|颜色|选择|设置|切换|调整)?|视力保护色?|背景(?:色|颜色)?|"
    r"(?:放大|缩小|默认|正常|还原|重置|特大|超大|较大|适中)(?:字号|字体)?"
    r"|(?:一键|我要|点击)?分享(?:到|至|本文|文章|本页)?|转发|新浪微博|腾讯微博|微信(?:好友|朋友圈|扫码分享|"
    r"扫一扫)?|微博|朋友圈|[Qq][Qq]?(?:空间|好友|群)?|人人网|"
    r"豆瓣网?|百度(?:贴吧|空间|首页|搜藏)?|贴吧|开心网|头条|网易|复制(?:链接|网址|地址)|印象笔记"
    r"|(?:我要|添加|加入|我的|设为)?收藏(?:本页|此页|夹|本文)?|我要(?:纠错|推荐|评论|打印|留言)|举报|告诉(?:好友|朋友)|倍速|\d?\.\d{1,2}[xX×]|(?:内容|网站|"
    r"信息|页面|网页|错误)?纠错|推荐给?(?:好友|朋友)?|(?:信息)?订阅|RSS"
    r"|扫一扫[^。，；]{0,16}(?:页面?|看|本文|手机|打开|分享|阅读|浏览|微信|二维码)?|手机(?:扫码|查看|阅读|"
    r"浏览|版|端)|二维码|扫码(?:查看|分享|阅读|关注)?|(?:用|"
    r"使用)?手机(?:扫一扫)?(?:打开|查看|浏览)(?:当前|本)?页面?"
    r"|(?:浏览|点击|阅读|访问|查看|关注|人气|阅览)(?:次数|量|数|率|人次)?\s*[:：]?\s*(?:\d+|"
    r"[-—]+)?\s*(?:人次|次|人)?|(?:总|"
    r"今日)?访问量\s*[:：]?\s*\d*|\d*\s*(?:人浏览|人次浏览|次浏览|次阅读|次点击)|(?:\d*\s*人)?(?:已)?点赞(?:\(\d+\))?|赞|踩"
    r"|(?:AI|智能)?(?:收听|听全文|朗读|语音播报|语音朗读|语音阅读|听新闻|播报|播放语音|暂停|停止|继续播放)(?:本文|文章|全文|内容)?"
    r"|(?:全文|word|pdf|文件|附件|文档|正文|图片|PDF|WORD|Word|[Dd]oc|OFD)?\s*(?:版)?下载(?:word|pdf|WORD|PDF|"
    r"Word|文档|文件|全文|打印)?"
    r"|上一(?:篇|条|页|则)|下一(?:篇|条|页|则)|没有了|无(?!障碍)|取消|更多|保存|设为首页|加为收藏|全屏|TOP|top|Top|"
    r"繁體|繁体|简体|English|无障碍(?:浏览|阅读|版)?|"
    r"长者(?:版|模式)|适老(?:版|化)|关怀版"
    r"|共\s*\d+\s*(?:页|条|篇)(?:记录|信息)?|第\s*\d+\s*页|首页|尾页|末页|(?:跳转?|转)(?:到|至)|GO|"
    r"每页\s*\d*\s*条|当前页|页"
    r"|一键评分|评论|发表评论|我要评价|满意度|有用|没用|有帮助|没有?帮助|(?:非常|很|比较|基本|不太|不)?满意|提交(?:评价|评论)|网友评论|参与互动|在线咨询|回到顶部|页面顶部"
    r"|A(?=\s*[+＋\-－—])|[大中小特](?![^\s\[\]【】()（）|｜/·,，:：大中小特])|[次\[\]【】()（）<>《》〈〉「」|"
    r"｜丨/\\·•,，、:：;；.。…>»＞+＋\-—_=×✕xX★☆◆●○■□▲△▼▽↑↓←→\s\d\"'“”‘’&#*!！?？~～]",
)
# A line that begins so is a toolbar's, whatever follows.
WIDGET_START = re.compile(
    r"[【\[(（]?\s*(?:扫一扫|扫码|用微信[“\"]?扫|使用微信[“\"]?扫|打开微信|微信扫|分享到|分享[:：]"
    r"|(?:T\s?)*(?:字号|字体|文字大小|字体(?:显示|大小)|阅读字体|视力保护色?|保护视力色?)\s*(?:[:：\[【(（大]|\Z)"
    r"|(?:人气|已阅读|浏览次数|点击次数|点击[量率数]|访问次数|阅读次数|浏览[量数]|阅读[量数])\s*(?:[:：(（\[\d]|\Z)"
    r"|打印本页|打印文章|关闭窗口|关闭本页|返回顶部|[上下]一[篇条则页](?:[:：]|\Z)|[上下]一[篇条则] |"
    r"[前后]一[篇条][:：]|[上下]篇[:：]|即可将网页分享|点击右上角|"
    r"(?:本[文页]|文章|[页网]面|网页)(?:链接|[地网]址)\s*[:：]"
    r"|微信里点|微信中点|扫描二维码|打开手机扫|手机扫码|选择在浏览器|我要纠错|网站纠错|语音播报|您(?:的|"
    r"当前)?(?:的)?浏览器不支持|您的浏览器版本|建议您?使用|为了更好的浏览"
    r"|您(?:觉得|认为)?(?:对)?(?:这篇|这条|本篇|本|该|此)(?:文章|页面|网页|页|文|信息|内容|解读)[^。]{0,16}(?:帮助|满意|评价|有用)"
    r"|(?:[【\[(（]\s*\d{1,2}\s*[】\])）]\s*){2,}\Z|请?您?(?:为|给|对)(?:本文|本页|该文|本信息|本稿件)[^。]{0,6}(?:评分|打分|评价)"
    r"|[上下]一(?:条信息|信息|篇文章|条新闻)\s*(?:[:：]|\Z)|[手机微信用]{2,3}扫一扫|今天是\s*(?:19|20)?\d\d|欢迎(?:您)?(?:访问|光临|来到|登[录陆]|使用|浏览)[^。，]{0,30}(?:网|站|平台|系统|版)"
    r"|您访问的链接即将离开|您即将离开|是否继续[?？]|温馨提示[:：]?您(?:访问|即将)|请使用微信|长按(?:识别|二维码))"
)
EMPTY_COUNTER = re.compile(r"[-—]{1,3}\s*(?:次|人次)\Z")
PLACEHOLDER = re.compile(
    r"(?:(?:内容|数据|页面|正文|信息|文章)?(?:读取|加载|载入)(?:内容|数据|页面)?中?|正在(?:加载|读取|载入|"
    r"努力加载)(?:中|内容|数据|页面)?|暂无(?:数据|内容|信息|"
    r"附件|相关\S{0,6})?|请稍[候等后]|loading)"
    r"(?:[,，]?\s*请?(?:稍[候等后]|等待|稍等))?[.…。!！\s]*\Z",
    re.I,
)
# What closes a document's box: nothing of the document stands below.
CLOSING = re.compile(
    r"[【\[(（]?\s*(?:用微信[“\"]?扫|即可将网页分享|使用微信[“\"]?扫|微信扫一扫|您访问的链接即将离开|您即将离开|版权声明\s*(?:[:：]|\Z)|(?:版权(?:及|和|与|、)?)?(?:免责|法律)声明\s*(?:[:：]|\Z)|扫一扫|打印本页|打印此页|关闭窗口|关闭本页|返回顶部|上一[篇条则]|下一[篇条则]|"
    r"(?:相关|关联)(?:阅读|新闻|文章|链接|报道|内容|推荐|资讯|文档|稿件|专题|政策|信息|"
    r"解读|附件)(?:推荐)?\s*[:：>》]*\s*$"
    r"|(?:顶|踩)一下\s*(?:[(（\d]|\Z)|[-—─━_=*]{3,}\s*(?:分隔|分割)线|(?:关联阅读|猜你喜欢|为您推荐|推荐信息|信息推荐|往期回顾|更多推荐|大家都在看)\s*[:：]?\s*$|"
    r"[前后]一篇[:：]|[上下]篇[:：]"
    r"|分享到|分享[:：]|热点推荐|推荐阅读|热门(?:文章|推荐|信息)|最新(?:信息|文章|发布)\s*$|"
    r"延伸阅读\s*[:：]?\s*$|(?:网友|用户|文章|热门|公众|发表|我要|全部|匿名|最新)(?:评论|留言)|"
    r"您(?:觉得|认为)?(?:对)?(?:这篇|这条|本篇|本|该|此)(?:文章|页面|网页|页|文|信息|内容|解读)[^。]{0,16}(?:帮助|满意|评价|有用)|"
    r"(?:往年|历年|历史)(?:报告|年报|年度报告)\s*[:：]?\s*$|友情链接|网站地图|关于我们|"
    r"版权声明|附件下载\s*[:：]?\s*$|文件下载\s*[:：]?\s*$|关联(?:文件|信息)\s*[:：]?\s*$)"
)
TOOLBAR_END = re.compile(
    r"[\[【(（]?\s*(?:返\s*回|关\s*闭|打\s*印)\s*[\]】)）]|[\[【(（]?\s*(?:返回|关闭|打印)\s*(?:[|｜]|\Z)"
)
"""A bar of tools that stands under a document: behind it comes the site's footer."""
SUMMARY = re.compile(
    r"[【\[(（]?\s*(?:AI|智能|大模型)\s*(?:摘要|总结|导读|解读|速读|速览|概要)\s*[】\])）]?\s*[:：]?", re.I
)
CODE = re.compile(r"扫|二维码|长按|关注")
TITLE_LABEL = re.compile(r"(?:内容(?:摘要|概述|简介)|摘要|简介|标题|名称|题目)\s*[:：]\s*(.+)")
CARDS = """
正文 文件正文 正文内容 文章内容 政策原文 文件原文 原文 文件全文 全文 政策解读 解读 图解 政策图解
图文解读 图片解读 一图读懂 视频解读 文字解读 部门解读 专家解读 媒体解读 相关解读 解读材料 政策问答
文件内容 公文内容 大 中 小 问答 常见问题
政策咨询 我要咨询 相关附件 附件 附件下载 文件下载 相关文件 相关政策 关联文件 关联政策
详细信息 基本信息 意见征集 征求意见 意见反馈
"""
TABS = frozenset(CARDS.split())
"""Headings of the cards of a page, one of which shows the document: two in a row are no headings of a text."""
BY_MACHINE = re.compile(r"内容[^。]{0,6}由[^。]{0,10}(?:AI|人工智能|大模型)[^。]{0,6}生成", re.I)
TOOL = re.compile(r"[【\[(（]?\s*(?:[\w“]{0,3}扫|分享|打印|用微信|使用微信|即可将|您)")
"""Of what closes a document, what also stands amid one: bars to share it, codes to be scanned."""
RELATED = re.compile(
    r"[【\[(（]?\s*(?:相关|关联|政策|延伸|推荐|图文|视频|专家)(?:阅读|新闻|文章|链接|报道|内容|推荐|资讯|文档|稿件|专题|政策|信息|解读|图解|问答|文件)\s*[】\])）]?\s*[:：]"
)
"""How the line begins that leads from a document to another."""
LABELLED = re.compile(r"(?:标签|热词(?:搜索)?|关键[词字]|TAGS?)\s*[:：]", re.I)
"""How the lines begin by which portals find a document again."""
FOOTER = re.compile(
    r"ICP备|ICP证|公网安备|公安备案|网站标识码|政府网站标识|版权所有|copyright|©|技术支持[:：]|网站备案|"
    r"备案(?:序)?号[:：]|(?:建议|推荐|请)您?使用.{0,40}浏览器|最佳(?:浏览|显示)?(?:效果|分辨率)|"
    r"违法和不良信息举报|网站地图|联系我们"
    r"|主办\s+.{0,60}(?:地址|邮编|电话)|Produced By|Powered by"
    r"|(?:主办|承办|维护|运维|管理|建设|运行维护)(?:单位|机构)?\s*[:：].{0,60}(?:承办|"
    r"技术|版权|维护|备案|地址|电话|邮编)",
    re.I,
)
# A weaker footer: only where the line stands below the document.
FOOTER_WEAK = re.compile(
    r"^(?:主办|承办|主管|协办|维护|运维|管理|建设|运行维护|运行管理|技术支持|版权|开发|制作)(?:单位|机构|"
    r"方)?\s*[:：]|(?:主办|承办|版权所有)\s*$|今日访问|总访问|您是第|"
    r"访问人数|^政(?:务|府)服务(?:便民)?热线|举报电话|客服邮箱|微信公众号|建议分辨率|^地址[:：].*邮编|Email[:：]",
    re.I,
)
CONTACT = re.compile(r"(?:联系)?(?:电\s?话|地\s?址|邮\s?编|邮政编码|传\s?真|邮箱|电子邮箱|E-?mail)\s*[:：]", re.I)
"""How a line of a site's footer begins that a document may have too."""
OTHERS = re.compile(
    r"[【\[]?(?:(?:网友|用户|最新|热门|全部|匿名)评论(?:列表)?|(?:相关|关联|延伸|推荐)(?:阅读|新闻|文章|报道|推荐|资讯|稿件)|猜你喜欢|为您推荐)"
    r"\s*(?:[(（]\s*\d+\s*[)）]|[:：])?[】\]]?\Z"
)
"""Headings of comments, and of other texts whose beginnings may be shown."""
BREADCRUMB = re.compile(
    r"(?:(?:您|你)?(?:的)?当前的?(?:所在)?的?(?:位置|页面|栏目)|(?:您|你)(?:现在|目前)?(?:的|所在的?|所处的?)?位置|所在位置|"
    r"现在(?:的|所在)?的?位置|^位置|首页)\s*(?:是|为)?\s*[:：>》»›＞/\-→·|｜]"
    r"|^(?:(?:您|你)?(?:的)?当前(?:所在)?位置|(?:您|你)(?:现在|目前)?(?:所在)?的?位置)"
)
BREADCRUMB_PART = re.compile(r"^(?:[>》»›＞/→·|\\-]+\s*\S{0,20}|首页|正文|网站首页|\S{0,16}\s*[>》»›＞/→|]+)$")

# The line of date and source.
CLOCK = r"\s*[T\s]?\s*\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}(?:\.\d{1,6})?秒?(?:Z|[+-]\d\d:?\d\d)?)?分?"
DATE = rf"(?:19|20)\d\d\s*[-—年./]\s*\d{{1,2}}\s*[-—月./]\s*\d{{1,2}}\s*日?(?:{CLOCK})?"
BYLINE_LABEL = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容)?(?:来源|出处)|(?:信息|文章|发布|成文|生成|更新|创建|录入|发文|公开|印发|"
    r"签发|发表|添加|上传|编辑|撰写|公布|发稿|编稿|提交|"
    r"上网)?(?:日期|时间)|(?:信息)?(?:发布|发文|公开|供稿|报送|录入|制作|编制|责任)(?:机构|单位|部门|机关|人|"
    r"者|处室)|(?:文章)?作者|编辑|责编|责任编辑|审核|核稿|校对|"
    r"录入|记者|通讯员|发布|撰稿|稿源|日期|时间|\bDate)\s*[:：]"
    r"|上载(?:日期|时间)\s*[:：]|(?:发布|发表|刊发|更新)于\s*[:：]?\s*(?=(?:19|20)\d\d)"
    r"|(?:发布|\b(?:Posted|Published|Updated)(?:\s+on)?)\s*[:：]?\s*(?=(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d)"
)
WEEKDAY = r"(?:\s*(?:星期|周)[一二三四五六日天]\s*)?"
LONE_DATE = re.compile(rf"^[\[【(（]?\s*{WEEKDAY}{DATE}{WEEKDAY}\s*[\]】)）]?$")
SPAN_DATE = re.compile(DATE)
HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""What sets the characters of a label apart: `日 期：`."""
STAMP = re.compile(r"(?:\A|\s)20\d\d([-/.])\d{1,2}\1\d{1,2}\s+\d{1,2}:\d\d(?::\d\d)?(?=\s|\Z)")
"""A day and a time as machines print them: with them stand the names of source and author, without labels."""
EDITOR = re.compile(
    r"^[\[【(（]?\s*(?:(?:文章|信息|稿件|内容)(?:录入|发布|编辑|审核)人?|本文(?:责任编辑|责编)|[一二三]审|责任编辑|责\s*编|编\s*辑|网站编辑|本文编辑|责任校对|审\s*核|编\s*审|初审|复审|终审|"
    r"审核人|核稿|校对|录入员?|信息员|值班编辑|网络编辑|监\s*制|"
    r"撰稿|供稿|来源|作者|发布人|信息发布人|编发|签发)\s*[:：]\s*[^。；]{0,40}[\]】)）]?$"
)
REPORTER = re.compile(
    r"^[(（]?(?:本报|本网|见习|实习|全媒体|首席|特约)*(?:记者|"
    r"通讯员)\s*[:：]?\s*[\u4e00-\u9fff·]{1,4}(?:[\s、/]+(?:(?:实习|见习)*(?:记者|"
    r"通讯员)\s*)?[\u4e00-\u9fff·]{1,4}){0,4}[)）]?$"
)
META_LABEL = re.compile(
    r"^[\[【]?\s*(索\s*[引取]\s*号?|信息索引(?:号)?|办文(?:部门|单位)|(?:公文|文件)(?:名称|标题|种类)|组配分类|发布机[构关]|发文机[构关]|发文单位|发布单位|公开机构|"
    r"(?:发文|成文|生成|制发|上载|公开|发布|印发|失效|废止|实施|施行|生效|信息生成)(?:日期|时间)"
    r"|文\s*号|发文字号|文件编号|文件字号|信息名称|名\s*称|标\s*题|主题分类|"
    r"体裁分类|服务对象|信息分类|信息类别|主题词|主\s*题\s*词|有\s*效\s*性|"
    r"时\s*效(?:性|状态)?|效力状态|有效期|公开范围|公开方式|公开形式|公开属性|公开类型|公开时限|公开程序|"
    r"公开期限|公开责任部门|信息格式|关\s*键\s*[词字]|内容概述|内容摘要|"
    r"统一登记号|统一编号|规范性文件编号|载体类型|记录形式|语\s*种|"
    r"信息来源|责任部门|所属主题|分\s*类|类\s*别|栏目名称|"
    r"来\s*源)\s*[\]】]?\s*(?:[:：]|$)"
)
# A line without any of these words is no chrome; the alternatives begin with letters, so that the search is quick.
HINT = re.compile(
    r"打印|关闭|字[号体]|大中小|小中大|分享|微[信博]|[Qq]空间|[Qq]好友|收藏|纠错|扫一|扫码|浏览|点[击赞]|阅读|访问|"
    r"下载|上一|下一|返回|顶部|放大|缩小|取消|更多|播报|听全文"
    r"|视力|订阅|评论|推荐|TOP|RSS|×|✕|[大中小]\s*[|｜/\s\]】][\s|｜/\]】]*[大中小]|加载|载入|读取|暂无|请稍|"
    r"oading|ICP|备案|公网安备|网站标识码|"
    r"政府网站标识|版权|opyright|COPYRIGHT|©"
    r"|继续访问|支持IPv6|朗读|回顶部|人气|已阅读|满意|是否有帮助|提示信息|找错|党政机关|[关长][怀者]|繁[體体]|登录|搜索|请输入|"
    r"手机版|确定|A[+-]|保存|转载|豆瓣|贴吧|朋友圈|人人网|开心网|印象笔记|欢迎|今天是|最佳|无障碍|适老"
    r"|留言|联系手机|验证码|查看大图|展开|官方微|媒体矩阵|政务微|字体|发送给|微信|一篇[:：]|[上下]篇[:：]|[一二三]审|扫描二维码|"
    r"保护视力|倍速|评分|打分|[】\])）]\s*[【\[(（]|文字大小|(?:本[文页]|文章|[页网]面|网页)(?:链接|[地网]址)|免责声明|法律声明"
    r"|技术支持|浏览器|举报|网站地图|联系我们|owered|roduced|主办|承办|位置|首页|来源|出处|日期|时间|机构|"
    r"单位|部门|机关|作者|编辑|责编|审核|核稿|校对|录入|记者|通讯员|"
    r"发布|撰稿|稿源|点击右上|长按|用微信|离开|是否继续|网页分享"
    r"|(?:19|20)\d\d\s*[-—年./]|^[-—]"
)
STATEMENTS = (
    "版权声明：",
    "版权声明:",
    "免责声明：",
    "免责声明:",
    "凡本网",
    "凡本站",
    "凡注明",
    "如因作品内容",
    "因作品内容",
    "为确保最佳",
    "为保证最佳",
    "为获得最佳",
    "为了获得更好的浏览",
    "声明：本网",
    "声明：本站",
    "声明：凡本",
    "特别声明：",
    "本网站刊载",
    "本网站转载",
    "本网转载",
    "本站转载",
    "本站刊载",
    "本网刊载",
    "您访问的链接即将",
)
"""How lines begin that are whole sentences of the site."""
HINT_START = frozenset("【[(（")
SENTENCE = re.compile("[。！？；，]")
SPACES = re.compile(r"\s+")


# Whole lines of portals, bare of punctuation.
PHRASES_OF_PORTALS = """
继续访问 放弃 返回首页 分享按钮 分享让更多人看到 朗读 暂停 继续 停止 智能语音播报 网页朗读 辅助阅读 语音朗读 回顶部
返回上级 返回列表 满意 基本满意 不满意 您对本文的评价 是否有帮助 提示信息 本页面支持IPv 网站支持IPv
本网站支持IPv 进入关怀版 无障碍浏览 无障碍 关怀版 长者模式 长者版 繁體 繁体 简体 English EN 邮箱
登录 注册 站内搜索 热门搜索 请输入关键字 请输入关键词 搜索 手机版 电脑版 确定 取消 A+ A- A 保存
保存本页 转载请注明出处 点击图片查看大图 视频加载中 播放 收起 展开 展开全文 阅读全文 官方微信
官方微博 新媒体矩阵 政务微博 政务微信 调整字号 页面调色板 字体显示 发送给朋友 发送给好友 网友评论
默认 大 中 小 微信公众号 关注微信公众号 分享 打印 关闭 打印本文 发表评论 微信扫一扫分享 扫一扫分享
有用 没用 更多 全部留言 匿名评论 联系手机 留言内容 验证码 提交留言 政府网站找错 我为政府网站找错 党政机关
"""
PHRASES = frozenset(PHRASES_OF_PORTALS.split())
PHRASE_LENGTH = 16
BETWEEN = re.compile(r"[\s|｜/·、,，\[\]【】()（）:：>»<«×✕x\d?？]+")


def is_phrase(text: str) -> bool:
    """Return whether a short line is made of whole lines of portals alone."""
    if len(text) > 2 * PHRASE_LENGTH:
        return False
    words = [word for word in BETWEEN.split(text) if word]
    return bool(words) and PHRASES.issuperset(words) and sum(map(len, words)) > 2


def is_widget(text: str) -> bool:
    """Return whether the line is a toolbar's, a placeholder's or a prompt of the site."""
    if len(text) > MAX_CHROME_LINE:
        return False
    if PLACEHOLDER.match(text) or EMPTY_COUNTER.match(text) or is_phrase(text):
        return True
    if WIDGET_START.match(text):
        return len(text) <= 60 or WIDGET.sub("", text) == ""
    return WIDGET_WORD.search(text) is not None and WIDGET.sub("", text) == ""


WIDGET_WORD = re.compile(
    r"A[+＋]\s*A|倍速|[上下]一页|尾页|末页|共\s*\d+\s*页|"
    r"打印|关闭|字[号体]|分享|微信|微博|[Qq]空间|[Qq]好友|收藏|纠错|扫|浏览|点击|阅读|访问|下载|上一|下一|"
    r"返回|顶部|[大中小]\s*[|｜/\s\]】]*[大中小]|放大|缩小|取消|"
    r"更多|豆瓣|贴吧|朋友圈|人人网|开心网|印象笔记|播报|听全文|朗读|满意|无障碍|长者|适老|关怀|繁[體体]|视力|订阅|评论|点赞|推荐|TOP|RSS|[×✕]\Z|次\Z"
)


def is_footer(text: str) -> bool:
    """Return whether the line is one of a site's footer."""
    return len(text) <= 600 and FOOTER.search(text) is not None


def is_breadcrumb(text: str) -> bool:
    """Return whether the line shows where in the site the page stands."""
    return len(text) <= 200 and BREADCRUMB.search(text) is not None and SENTENCE.search(text) is None


def squeeze_label(text: str) -> str:
    """Return a line whose first characters stand apart (`发 布 机 构`) without the blanks between Han characters."""
    return HAN_GAP.sub("", text) if text[1:2] == " " else text


def is_byline(text: str) -> bool:
    """Return whether the line gives the page's date, source or author."""
    if len(text) > 120:
        return False
    if LONE_DATE.match(text):
        return True
    labels = len(
        BYLINE_LABEL.findall(HAN_GAP.sub("", text) if " " in text and ":" in text.replace("：", ":") else text)
    )
    if not labels:
        return STAMP.search(text) is not None and SENTENCE.search(text) is None
    if labels >= 2 or SPAN_DATE.search(text):
        return "。" not in text
    return BYLINE_LABEL.match(text) is not None and "。" not in text and len(text) <= 50
