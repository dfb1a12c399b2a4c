"""What links are worth: the words of columns and the folders of addresses, with their points, as data.

The way down a portal: 政务公开 → 政府信息公开 → 政府信息公开年报 / 年度报告 → a sub-column by organ or year. From
STRONG on a link names an annual-report column and is always followed; below it is a page on the way, followed while
that pays; at 0 it is not followed.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

ANNUAL = 120
STRONG = 70
ON_THE_WAY = 30
FAINT = 5
"""Below ON_THE_WAY, followed only while nothing was found."""
ANY_COLUMN = 12
"""What any column is worth that nothing is known of."""
COLUMN_NAME_LENGTH = 24
"""Longer words are a document's title, not a column's name."""

BLANKS = re.compile(r"[\s\u3000\u00a0·•>»›《》“”\"':：|\[\]【】()（）—-]+")
YEAR = r"(?:(?:19|20)\d\d|二[〇○零oO0][一二三四五六七八九〇○零]{2})年?度?"

# Never followed: furniture, services, and columns of other yearly documents.
WORTHLESS = re.compile(
    r"(?:网站)?首页|尾页|末页|[上下前后]一?页|(?!(?:19|20)\d\d\Z)第?\d{1,4}[页日号]?|[上下前后]一?个?月|\d{1,2}月|今[天日]|返回.*|登录|注册|无障碍.*|长者.*|适老.*|繁體?.*|english|手机版|设为首页|加入收藏|打印.*|关闭.*|搜索|[上下]一篇"
)
OTHER_REPORTS = re.compile(
    r"网站.{0,8}(?:年报|年度|报表)|[预决]算|财政|审计|法治|依法行政|统计年|统计公报|国民经济|企业|质量|环境|环保|气象|工商年报|"
    r"事业单位|年检|复议|应诉|普法|安全生产|水资源|学校|院校|高校|社会责任"
)
# Words of a column, the most telling first; the first that is found counts.
COLUMN_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"信息公开(?:工作)?(?:年度?报告?|年度工作报告|年报|报告|情况报告)"), ANNUAL),
    (re.compile(r"公开(?:工作)?(?:年报|年度报告|年度工作报告)"), ANNUAL),
    (re.compile(rf"(?:{YEAR})?(?:工作)?(?:年度报告|年报)(?:公开|专栏|公示)?\Z"), 110),
    (re.compile(rf"(?:历年|历史|往年|各级|全[省市县区州]|{YEAR}).{{0,8}}(?:年度报告|年报)"), 100),
    (re.compile(r"(?:部门|单位|乡镇|街道|镇街|区县|县区|县市区|政府|机关|委办局|垂直).{0,8}(?:年度报告|年报)"), 95),
    (re.compile(r"年度报告|年报"), 80),
    (re.compile(r"政府信息公开(?:平台|专栏|专题|专区|网)?\Z"), 60),
    (re.compile(r"政府信息公开"), 50),
    (re.compile(r"信息公开(?:平台|专栏|专题|专区|网)?\Z"), 52),
    (re.compile(r"政务公开(?:平台|专栏|专题|专区|网)?\Z"), 50),
    (re.compile(r"公开(?:指南|制度|规定|条例|申请|意见|流程|办法|电话)|依申请|申请公开"), 4),
    (re.compile(r"法定主动公开|主动公开"), 40),
    (re.compile(r"信息公开|政务公开"), 36),
    (re.compile(r"(?:部门|单位|乡镇|街道|镇街|区县|县区|县市区|市直|县直|区直|直属).{0,4}(?:信息)?公开"), 34),
    (re.compile(r"工作年报|工作报告|年度工作"), 30),
    (re.compile(r"公开目录|公开栏|(?:阳光|透明)政[务府]|信息目录"), 26),
    (re.compile(r"网站地图|站点地图|网站导航"), 24),
    (re.compile(r"政务\Z|政府\Z|公开\Z"), 16),
    (
        re.compile(
            r"部门(?:网站|频道|乡镇)?\Z|乡镇(?:街道)?\Z|(?:街道|区县|县区|部门|单位)(?:列表|导航|网站|子站)?\Z|机构(?:设置|职能)?\Z"
        ),
        14,
    ),
)
ORGAN_NAME = re.compile(
    r"\A(?:[\u4e00-\u9fff]{1,14}(?:局|委|办|厅|部|署|院|会|处|镇|乡|苏木|街道|区|县|市|旗|州|盟|政府|中心|办公室|办事处|公司|大队|支队))\Z"
)
ORGAN_POINTS = 18
ORGAN_NAME_LENGTH = 12
YEAR_COLUMN = re.compile(rf"{YEAR}(?:政府信息公开)?(?:工作)?(?:年度报告|年报|报告)?\Z")
GROUP_COLUMN = re.compile(
    r"\A(?:各|全|省|市|州|县|区|本级|所属|直属|驻\w)*(?:人民)?"
    r"(?:政府|部门|单位|乡镇|镇乡|街道|镇街|乡镇街道|区县|县区|县市区|市县区|市区|机关|委办局|垂直管理|垂管|开发区|园区|其他)"
    r"(?:机构|部门|单位|办事处|政府)*(?:信息公开)?(?:工作)?(?:年报|年度报告|报告)?"
)

# Folders of an address: abbreviations in pinyin, as the columns' makers write them.
FOLDERS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\A(?:zf)?(?:xxgk|xx?gk|gk)\w{0,4}(?:nb|ndbg|ndbb|nianbao|ndgz?bg|gzndbg|gznb)\w*", re.I), 85),
    (re.compile(r"\A(?=\w++\Z)\w*?(?:ndbg|ndbb|nianbao|niandubaogao|annual_?report)\w*", re.I), 80),
    (re.compile(r"\A(?:\w{0,8}[^a-z])?(?:nb|nbao|xxnb|bmnb|zfnb|gknb|szfnb|jgnb)(?:[^a-z]\w*)?", re.I), 72),
    (re.compile(r"\A\w{2,10}nb(?:_\w*)?", re.I), 40),
    (re.compile(r"\A(?:zfxxgk|xxgk|zwgk|zfgk|gkml|zwxxgk)\w*", re.I), 24),
    (re.compile(r"\A(?:zw|zwgkx|openness|public|gongkai)\w{0,6}", re.I), 12),
)

# Addresses of documents, as the families write them: they are entries, not columns.
DOCUMENT_ADDRESS = re.compile(
    r"/t\d{8}_\d+\.|/art_|/art/\d{4}/|/content_|/post_\d|/c_\d|/info/\d+/|/content/\d|/\d{4}-?\d{2}[-/]\d{2}/\w|"
    r"/\d{6,8}/\w+\.s?html?|/(?:show|detail|view|article)\w*[./?]|(?<![0-9a-f])[0-9a-f]{24,}+\.s?html?|/\d+\.s?html?\Z|[?&](?:id|aid|infoid)=",
    re.I,
)


def plain(words: str) -> str:
    """Return the words without blanks and ornaments, full-width forms made half-width."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", words))


def column_points(words: str) -> int:
    """Return what the name of a column is worth."""
    name = plain(words)
    if not name or len(name) > COLUMN_NAME_LENGTH or WORTHLESS.fullmatch(name):
        return 0
    points = next((points for pattern, points in COLUMN_WORDS if pattern.search(name)), 0)
    if OTHER_REPORTS.search(name) and "信息公开" not in name:
        return min(points, 6)
    if points == 0 and is_organ(name):
        return ORGAN_POINTS
    return points


def is_organ(name: str) -> bool:
    """Return whether plain words are the name of an organ and nothing more."""
    return len(name) <= ORGAN_NAME_LENGTH and ORGAN_NAME.fullmatch(name) is not None


def folder_points(url: str) -> int:
    """Return what the folders of an address are worth: the deepest that tells anything."""
    segments = (part for part in reversed(urlsplit(url).path.split("/")) if part)
    return next((points for segment in segments if (points := segment_points(segment))), 0)


def segment_points(segment: str) -> int:
    """Return what one folder or file name of an address is worth."""
    stem = segment.rpartition(".")[0] or segment
    return next((points for pattern, points in FOLDERS if pattern.fullmatch(stem)), 0)


def is_document_address(url: str) -> bool:
    """Return whether the address is written like a document's."""
    parts = urlsplit(url)
    return DOCUMENT_ADDRESS.search(f"{parts.path}?{parts.query}" if parts.query else parts.path) is not None


def is_annual_name(words: str) -> bool:
    """Return whether the words name an annual-report column."""
    return column_points(words) >= STRONG
