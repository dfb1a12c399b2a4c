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
    r"xxgk|zwgk|zfgk|xxb|xinxi|gongkai|zhengwu|zhengfu|office|bangong|admin|master|service|info|contact|public|jubao|xinfang|zxts"
    r"|kefu|press|news|media|zrzy|sthj|scjg|rmzf|dzbg|zxxx|help|support|jdbsc|mskf|dangan|caiwu|minzheng|jiaoyu|weisheng"
    r"|shuili|anjian|jiaotong|tongji|caizheng|renshi|fagui|sifa|shenji|nongye|linye|huanbao|tudi|fangguan|chengguan"
    r"|gongan|minyi|shengtai|yingji|ziran|gongxin|wenlv|tiyu|shangwu|keji|wujia|zhijian|dangzheng|zonghe|xinwen|xuanchuan"
    r"|zhengce|yewu|renda|zhengxie|jiwei|wenming|zfbgs|zhengban|dangban|mishu"
)
"""Words of offices, in letters and in pinyin, wherever they stand in an address."""
SHORT: Final = re.compile(
    r"[a-z]*(?:gov|bgs|bgt|zfb|gkb|rsc|rsj|czj|jyj|gaj|sfj|mzj|tjj|sjj|wjj|wsj|jtj|slj|nyj|lyj|zjj|hbj|ajj|yjj|fgw|jxj|wlj|xfj|cgj"
    r"|dzb|zzb|xcb|tzb|zfw|dzj|wgk|dpc|dsj|zgb|xzf|zjb|jdb|xzb|szb|sqb|ldb|zhk|zhb|kjj|swj|fzk|zck|bjb|wlzx|jdk|hr|mail|gk|jw)"
    r"\d{0,2}"
)
"""Short ones end an address, with no year of birth behind them: qhczj, bgs01."""
LONG_WORD: Final = 4
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
    if OFFICE.search(name) or SHORT.fullmatch(name):
        return (PERSON.fullmatch(name) or INITIAL.fullmatch(name)) is not None and not spells_office(name)
    return domain in PUBLIC or PERSON.fullmatch(name) is not None or INITIAL.fullmatch(name) is not None


def spells_office(name: str) -> bool:
    """Tell whether a name that could be a person's is an office's: jiaotong, caizheng, xinxi2020."""
    match = OFFICE.match(name)
    return SHORT.fullmatch(name) is not None or (match is not None and len(match[0]) >= LONG_WORD)
