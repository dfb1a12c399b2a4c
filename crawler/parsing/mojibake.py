"""Text that was already broken when the page was made: characters read by the wrong codec and saved. Never repaired."""

from __future__ import annotations

from crawler.items import Finding

# What the commonest words of these pages look like when their bytes are read by the wrong codec. The words are
# computed, not collected: each signature is one of WORDS encoded by one codec and decoded by the other.
WORDS = ("政府", "信息", "公开", "年度", "报告", "工作", "中国", "人民", "，", "。", "“")


def misread(word: str, written: str, read: str) -> str:
    """Return what a word looks like when bytes of one codec are read by another; '' when they cannot be."""
    return word.encode(written).decode(read, "ignore")


LOST = ("锟斤拷", "烫烫烫", "屯屯屯")
SIGNATURES: dict[str, tuple[str, ...]] = {
    "mojibake.lost": LOST,
    "mojibake.utf8_as_gbk": (
        "鏀垮簻",
        "淇℃伅",
        "骞村害",
        "鎶ュ憡",
        "宸ヤ綔",
        "浜烘皯",
        "涓浗",
        "闂傚",
        "閿熸枻",
        "锛屽",
        "銆佸",
    ),
    "mojibake.utf8_as_latin": ("â€œ", "â€\u009d", "ä¸­å›½", "æ”¿åº", "å·¥ä½", "ä¿¡æ", "å…¬å¼", "ï¼Œ", "ã€‚"),
    "mojibake.gbk_as_latin": tuple(misread(word, "gbk", "latin-1") for word in WORDS[:8]),
    "mojibake.gbk_as_big5": ("淉葬", "陓洘", "鼠羲"),
}


# A character of each signature that Chinese text hardly has: looking for one character is twenty times quicker.
GATES = {mark: mark[0] for marks in SIGNATURES.values() for mark in marks}


def find_mojibake(text: str) -> list[Finding]:
    """Return a finding for each way in which the text is broken, with how often its signatures stand there."""
    gates = {gate for gate in GATES.values() if gate in text}
    return [finding for code, marks in SIGNATURES.items() if gates for finding in find_marks(text, code, marks)]


def find_marks(text: str, code: str, marks: tuple[str, ...]) -> list[Finding]:
    """Return the finding of one kind of broken text, if any of its signatures stand in the text."""
    counts = {mark: count for mark in marks if GATES[mark] in text and (count := text.count(mark))}
    if not counts:
        return []
    shown = ", ".join(f"{mark} ({count})" for mark, count in counts.items())
    return [Finding(code=code, severity="warning", message=f"Text broken before it was served: {shown}.")]
