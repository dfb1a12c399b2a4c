"""The official name of an organ that is printed shortened: for telling reports apart. Pure.

Only what means one organ and no other is lengthened. An office of a government (人民政府办公室) is another organ
than the government; 经开区 may be an economic or a technological zone; both stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

END: Final = r"(?=[局厅委]$|委员会$)"
OFFICIAL: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?<!人民)政府(?=$|办公[厅室]$)", "人民政府"),
        (r"(?<=[镇乡])$|(?<=苏木)$", "人民政府"),
        (r"街道(?:办|办公室)?$", "街道办事处"),
        (r"管委会$", "管理委员会"),
        (r"(?<=开发区)$|(?<=高新区)$|(?<=示范区)$|(?<=度假区)$|(?<=保税区)$|(?<=名胜区)$|(?<=园区)$", "管理委员会"),
        (r"(?:发改|发展改革)" + END, "发展和改革"),
        (r"(?:人社|人力资源社会保障)" + END, "人力资源和社会保障"),
        (r"(?:住建|住房城乡建设)" + END, "住房和城乡建设"),
        (r"(?:工信|工业信息化)" + END, "工业和信息化"),
        (r"(?:文旅|文化旅游)" + END, "文化和旅游"),
        (r"(?:市监|市场监管)" + END, "市场监督管理"),
        (r"卫健" + END, "卫生健康"),
        (r"国资" + END, "国有资产监督管理"),
        (r"科技" + END, "科学技术"),
        (r"医保" + END, "医疗保障"),
        (r"环保" + END, "环境保护"),
        (r"应急" + END, "应急管理"),
        (r"退役军人" + END, "退役军人事务"),
        (r"教体" + END, "教育和体育"),
        (r"(?<=[革康业设化理游])委$", "委员会"),
    )
)
"""What is printed, and what it stands for, in the order in which they are tried; one name may take several."""
PLACE: Final = re.compile(r"(?:[省市县旗盟州]|自治区|特别行政区)$")


def official_name(name: str, place: str) -> str:
    """Return the official name of an organ that is printed under a shorter one; `place` is its region's full name.

    >>> official_name("青禾市发改委", "云岭省青禾市"), official_name("青禾市政府办公室", "云岭省青禾市")
    ('青禾市发展和改革委员会', '青禾市人民政府办公室')
    """
    if place and place.endswith(name) and PLACE.search(name):
        return f"{name}人民政府"
    for printed, full in OFFICIAL:
        name = printed.sub(full, name)
    return name
