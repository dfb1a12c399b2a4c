"""Whose an e-mail address is: a person's, or an office's."""

from __future__ import annotations

import re
from typing import Final

PUBLIC: Final = frozenset(
    {"qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "188.com", "yeah.net", "vip.163.com",
     "vip.126.com", "sina.com", "sina.cn", "vip.sina.com", "sohu.com", "vip.sohu.com", "139.com", "189.cn",
     "wo.cn", "wo.com.cn", "21cn.com", "tom.com", "263.net", "eyou.com", "aliyun.com", "gmail.com",
     "hotmail.com", "outlook.com", "live.cn", "live.com", "msn.com", "yahoo.com", "yahoo.cn", "yahoo.com.cn",
     "icloud.com", "me.com", "163.net", "proton.me", "protonmail.com", "2980.com", "china.com", "sogou.com"}
)  # fmt: skip
"""Providers where anybody has a box; offices of counties too."""
OFFICE: Final = re.compile(
    r"xxgk|zwgk|zfgk|gkb|gk|gov|xxb|xinxi|gongkai|zhengwu|zhengfu|office|bgs|bgt|zfb|zfbgs|bangong|admin|master|service"
    r"|info|contact|public|mail|jubao|xinfang|xf|jdk|zxts|ts|kefu|press|news|media|rsc|rsj|czj|jyj|gaj|sfj|mzj|tjj|sjj"
    r"|wjj|wsj|jtj|slj|nyj|lyj|zrzy|zjj|hbj|sthj|ajj|yjj|scjg|fgw|jxj|wlj|xfj|cgj|dzb|zzb|xcb|tzb|jw|zfw|rmzf|dzj|dzbg"
    r"|zxxx|wgk|wz|web|site|help|support|hr|dpc|wlzx|dsj|zgb|xzf|zjb|jdb|jdbsc|xzb|szb|sqb|ldb|zhk|zhb|mskf|kjj|jj|swj"
    r"|fg|fzk|zck|bjb|dangan|daj|caiwu|minzheng|jiaoyu|weisheng|shuili|anjian|jiaotong|tongji|caizheng|renshi|fagui"
    r"|sifa|shenji|nongye|linye|huanbao|tudi|fangguan|chengguan|gongan|minyi|shengtai|yingji|ziran|gongxin|wenlv|tiyu"
    r"|shangwu|keji|wujia|zhijian|dangzheng|zonghe|xinwen|xuanchuan|zhengce|yewu|renda|zhengxie|jiwei|wenming",
    re.I,
)
"""Words of offices, in letters and in pinyin, that no person's name has."""
LONG_WORD: Final = 6
"""Letters of an office's word that weigh more than the surname they begin with."""
SURNAMES: Final = (
    "wang|li|zhang|liu|chen|yang|zhao|huang|zhou|wu|xu|sun|hu|zhu|gao|lin|he|guo|ma|luo|liang|song|zheng|xie|han|tang|"
    "feng|yu|dong|xiao|cheng|cao|yuan|deng|fu|shen|zeng|peng|lv|lu|su|jiang|cai|jia|ding|wei|xue|ye|yan|pan|du|dai|xia|"
    "zhong|tian|ren|fan|fang|shi|yao|tan|liao|zou|xiong|jin|hao|kong|bai|cui|kang|mao|qiu|qin|gu|hou|shao|meng|long|wan|"
    "duan|lei|qian|yin|yi|chang|qiao|lai|gong|wen|pang|lan|ni|niu|ji|you|ouyang|situ|zhuge|shangguan|tu|mo|ou|xiang|an|zuo"
)
SYLLABLE: Final = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu"
    r"|in|ua|uo|ui|un|ue|ve|[aoeiuv])"
)
PERSON: Final = re.compile(rf"(?:{SURNAMES})[._-]?{SYLLABLE}(?:[._-]?{SYLLABLE})?(?:[._-]?\d{{0,8}})")
INITIAL: Final = re.compile(
    rf"[a-z]{{1,2}}[._](?:{SURNAMES})\d{{0,4}}|{SYLLABLE}(?:{SYLLABLE})?[._](?:{SURNAMES})\d{{0,4}}"
)


def is_personal_address(address: str) -> bool:
    """Tell whether an address is a person's.

    With a public provider, unless its name is an office's; elsewhere, if its name is spelled like a person's.

    >>> is_personal_address("xxgk@qinghe.gov.cn"), is_personal_address("zhangsan85@qq.com")
    (False, True)
    >>> is_personal_address("qhxzfbgs@126.com"), is_personal_address("li.ming@qinghe.gov.cn")
    (False, True)
    """
    name, _, domain = address.lower().partition("@")
    if PERSON.fullmatch(name) or INITIAL.fullmatch(name):
        return OFFICE.fullmatch(name.rstrip("0123456789")) is None and not spells_office(name)
    if domain in PUBLIC:
        return OFFICE.search(name) is None
    return False


def spells_office(name: str) -> bool:
    """Tell whether a name that could be a person's is an office's in pinyin: jiaotong, caizheng."""
    match = OFFICE.match(name)
    return match is not None and len(match[0]) >= LONG_WORD
