"""The words of the calendar: patterns of Chinese and English dates, and the parts of years and months that words name."""

import re
from typing import Final

PLAIN: Final = str.maketrans("號後當〇○", "号后当零零")
HAN_DAY: Final = "三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]"
TO: Final = "(?: ?(?:至|到|-|~) ?)"
ISO: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<day>[0-9]{1,2}))?(?![0-9])"
)
SLASHED: Final = re.compile(r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})/(?P<year>[0-9]{4})(?![0-9])")
POINT: Final = re.compile(
    rf"(?:(?:(?P<from_year>[0-9]{{4}}){TO})?(?P<year>[0-9]{{4}}|(?<![0-9])[0-9]{{2}}(?= ?年(?: ?[0-9]{{1,2}} ?月|[初末底]|[上下]半年|第?[一二三四]季度))|[一二][零一二三四五六七八九]{{3}}) ?年度?"
    r"|(?P<year_word>今年|本年|去年|上年|前年|明年|后年|同年|当年|次年|翌年))?"
    rf" ?(?:(?:(?P<from_month>[0-9]{{1,2}}){TO})?(?P<month>[0-9]{{1,2}}|十[一二]?|[一二三四五六七八九]) ?月份?"
    r"|(?P<month_word>同月|次月|当月|本月|上个?月|下个?月|月(?=[初末尾底]))"
    r"|(?P<season>年初|年中|年末|年底|上半年|下半年|[Hh][12]|第?[一二三四1-4]季度|[Qq][1-4]|[春夏秋冬][天季]?))?"
    rf" ?(?:(?P<day>[0-9]{{1,2}}|{HAN_DAY}) ?[日号]|(?P<part>上旬|中旬|下旬|初|末|尾|底))?"
)
DAY_WORD: Final = re.compile(
    rf"(?P<word>今天|今日|今早|今晚|今起|昨天|昨日|昨晚|前天|前日|明天|明日|同日|同一天|当日|当天|次日|翌日|第二天)"
    r"|(?P<week>上上?个?周|上上?个?星期|本周|这周|下周|下个?星期)(?:[一二三四五六日天末])?|(?P<weekday>(?:周|星期)[一二三四五六日天])"
    rf"|(?P<count>[0-9]{{1,3}}|两|{HAN_DAY}) ?天(?:之|以)?(?P<side>后|前)"
    r"|(?P<years>[一两二三])年前的?(?P<same>今天|今日|同一天|同日)"
)
MONTHS_EN: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_EN: Final = rf"(?P<month>(?:{'|'.join(MONTHS_EN)})[a-z]{{0,6}})\.?"
ENGLISH: Final = re.compile(
    rf"(?P<lead>in |early |mid[ -]|late )?(?:(?P<first>[0-9]{{1,2}})(?:st|nd|rd|th)? )?{MONTH_EN}(?: (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?(?:,? (?P<year>[0-9]{{4}})|,? (?:of )?(?P<which>this|last) year)?",
    re.IGNORECASE,
)
WEEKDAYS_EN: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ENGLISH_DAY: Final = re.compile(
    r"(?:on |last |this )?(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![a-z])"
    r"|(?P<day>today|yesterday)(?![a-z])|(?P<same>the same day)|(?P<side>last|next|(?:earlier |later )?this) (?P<span>month|week|year)(?![a-z])",
    re.IGNORECASE,
)
HOUR: Final = re.compile(
    r"(?: ?\(?(?:周|星期)[一二三四五六日天]\)?)?"
    r"(?: ?(?:凌晨|清晨|早晨|早上|早间|上午|中午|下午|傍晚|晚上|晚间|当晚|晚|深夜|夜间|盘后|盘前)"
    r"| [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
RANGE: Final = re.compile(TO)

YEAR_WORDS: Final = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
DAY_WORDS: Final = {"今": 0, "昨": -1, "前": -2, "明": 1, "同": 0, "当": 0, "次": 1, "翌": 1, "第": 1}
MONTH_PARTS: Final = {
    **dict.fromkeys("上初", (1, 10)),
    "中": (11, 20),
    **dict.fromkeys("下末尾底", (21, 31)),
}
MONTH_PARTS_EN: Final = {"ear": (1, 10), "mid": (11, 20), "lat": (21, 31)}
SEASONS: Final = {
    **dict.fromkeys(["年初", "初"], (1, 3)),
    "年中": (5, 8),
    **dict.fromkeys(["年末", "年底", "末", "尾", "底"], (10, 12)),
    **dict.fromkeys(["上半年", "h1"], (1, 6)),
    **dict.fromkeys(["下半年", "h2"], (7, 12)),
    **dict.fromkeys(["一季度", "1季度", "q1"], (1, 3)),
    **dict.fromkeys(["二季度", "2季度", "q2"], (4, 6)),
    **dict.fromkeys(["三季度", "3季度", "q3"], (7, 9)),
    **dict.fromkeys(["四季度", "4季度", "q4"], (10, 12)),
    "春": (3, 5),
    "夏": (6, 8),
    "秋": (9, 11),
}
SEASON_FRILLS: Final = re.compile("^第|(?<=[春夏秋冬])[天季]")
FIGURES: Final = "零一二三四五六七八九"
JUST_A_DAY: Final = re.compile(r"[0-9]{1,2}[日号]")
