"""What an editor reads in the article that was put through a synonym spinner.

The author's words are lost and no library brings them back. This glossary was made by a person who read the article in
full; it holds the replacements of which that reader was sure, and `gloss` shows them as an aid to reading. It is never
stored as the article's words: quotations and evidence keep what stands in the article.
"""

import re
from dataclasses import dataclass
from typing import Final

SPUN_GLOSSARY: Final[dict[str, str]] = {
    # the subject
    "模子": "模型",
    "大模子时期": "大模型时代",
    "狂语言模子": "大语言模型",
    "家养智能": "人工智能",
    "天下家养智能大会": "世界人工智能大会",
    "天生式": "生成式",
    "天生进去的工具": "生成出来的东西",
    "图像天生": "图像生成",
    "剧本天生": "脚本生成",
    "资发生成": "资产生成",
    "生乐成果": "生成结果",
    "机械人": "机器人",
    "谈天": "聊天",
    "漫谈": "闲聊",
    "磨炼": "训练",
    "语料需要更好的技术洗涤": "语料需要更好的技术清洗",
    "操作零星": "操作系统",
    "运用": "应用",
    # who and where
    "baidu": "百度",
    "墨客": "书生",
    "试验室": "实验室",
    "钻研中间": "研究中心",
    "钻研": "研究",
    "智能财富钻研院": "智能产业研究院",
    "WAIC时期": "WAIC期间",
    "独创人": "创始人",
    "向导的": "领导的",
    "预会贵宾": "与会嘉宾",
    "其后者": "后来者",
    "巨匠": "大家",
    "咱们": "我们",
    "数据合成师": "数据分析师",
    "总体助手": "个人助手",
    "每一总体": "每一个人",
    # what was done
    "宣告": "发布",
    "果真": "公开",
    "展现": "表示",
    "展现了": "体现了",
    "见告": "告诉",
    "睁开": "发展",
    "睁开火略": "发展战略",
    "睁开速率": "发展速度",
    "守业": "创业",
    "立异": "创新",
    "缔造性": "创造性",
    "泛起": "出现",
    "探究": "探索",
    "抵达": "达到",
    "逾越": "超越",
    "搜罗": "包括",
    "建树": "建立",
    "组成新": "形成新",
    "酿成为了": "变成了",
    "酿成": "变成",
    "画成为了": "画成了",
    "修正了": "改变了",
    "回覆": "回答",
    "处置": "处理",
    "挨近": "接近",
    "一再投入": "重复投入",
    "从开源的根基模子动身": "从开源的基础模型出发",
    "H1 停止": "H1 结束",
    "结业以前": "毕业以前",
    "招供": "认可",
    "发生特色化": "产生个性化",
    "发生价钱": "产生价值",
    "特色化": "个性化",
    "退出1-2次": "参加1-2次",
    "研收回": "研发出",
    "收回“": "发出“",
    "开始削减": "开始增加",
    # qualities and things
    "花难题": "生产力",
    "能耐": "能力",
    "经由相助能耐进去": "经过竞争才能出来",
    "脑子": "思维",
    "性命力": "生命力",
    "相助": "竞争",
    "相助格式": "竞争格局",
    "差距的": "不同的",
    "差距需要": "不同需求",
    "赴任异": "到不同",
    "看赴任异": "看到不同",
    "根基模子": "基础模型",
    "根基大模子": "基础大模型",
    "根基科研": "基础科研",
    "根基成熟": "基本成熟",
    "做根基的": "做基础的",
    "降级": "升级",
    "下场": "问题",
    "GPT4 下场": "GPT4 效果",
    "难题": "困难",
    "这种重大推理": "这种复杂推理",
    "一些重大推理": "一些复杂推理",
    "重大的文本": "简单的文本",
    "机缘": "机遇",
    "布景": "背景",
    "倾向": "方向",
    "思绪": "思路",
    "纪律": "规律",
    "陈说": "报告",
    "舆图": "地图",
    "产物": "产品",
    "价钱": "价值",
    "危害": "风险",
    "履历": "经验",
    "历程": "过程",
    "技术道路": "技术路线",
    "概况有所": "里面有所",
    "这概况": "这里面",
    "场景概况": "场景里面",
    "追赶的形态": "追赶的状态",
    "蓝海形态": "蓝海状态",
    "教育规模": "教育领域",
    "大模子规模": "大模型领域",
    "资源先天": "资源禀赋",
    "品质": "质量",
    "审核是": "观察是",
    "疑难": "疑问",
    "使命": "任务",
    "分说度": "区分度",
    "分说": "判断",
    "不阴晦的中间": "不明朗的地方",
    "纷比方样的中间": "不一样的地方",
    "不外眼前来看": "不过目前来看",
    "这眼前的": "这背后的",
    "眼前的一个点": "背后的一个点",
    "植物狮子": "动物狮子",
    "iPhone下面": "iPhone上面",
    "根基模子下面": "基础模型上面",
    "瘦弱": "健康",
    "应聘": "招聘",
    "深入的印象": "深刻的印象",
    "显性的下场": "显性的结果",
    "散漫": "分散",
    "饶富": "足够",
    "丰硕": "丰富",
    "急切": "迫切",
    "冷清下来": "冷静下来",
    "最紧张": "最重要",
    "一本正直": "一本正经",
    "横三竖四": "胡说八道",
    "不可熟": "不成熟",
    "详细": "具体",
    "子细": "仔细",
    "完选会集": "完全集中",
    "国内国内": "国内国外",
    "全副": "全部",
    "周全": "全面",
    "绝大少数": "绝大多数",
    "它们少数": "它们多数",
    "违心": "愿意",
    "生涯下来": "生存下来",
    "有愿望": "有希望",
    # small words
    "对于话": "对话",
    "对于": "对",
    "针对于性": "针对性",
    "相对于": "相对",
    "反对于": "支持",
    "以及落地": "和落地",
    "适才以前": "刚刚过去",
    "以前的半年": "过去的半年",
    "若何": "如何",
    "奈何样样": "怎样",
    "奈何样": "怎么",
    "甚么": "什么",
    "那末": "那么",
    "假如": "如果",
    "如斯": "如此",
    "理当": "应该",
    "特意": "特别",
    "良多": "很多",
    "大批": "大量",
    "颇为": "非常",
    "至关": "相当",
    "摆布": "左右",
    "以为": "认为",
    "不外": "不过",
    "纵然": "即使",
    "当初": "目前",
    "尚有": "还有",
    "尚无意见": "还有意见",
    "其余": "其他",
    "感应": "感觉",
    "还可能的": "还可以的",
    "可能用": "可以用",
    "可能做": "可以做",
    "患上": "得",
    "着实": "其实",
    "每一每一": "往往",
    "每一周": "每周",
    "每一况愈下": "每况愈下",
    "占患上至多": "占得最多",
    "仍是": "还是",
    "都市": "都会",
    "假如惟独": "如果只有",
    "惟独": "只要",
    "多少十余场": "几十余场",
    "未来多少年": "未来几年",
    "并不光仅": "并不仅仅",
    "知足": "满足",
    "配合面临": "共同面临",
    "好比": "比如",
    "剖析在": "说明在",
    "仍因此": "仍以",
    "就不措施": "就没办法",
    "不Bert": "没有Bert",
    "凭证表格": "根据表格",
    "5月尾": "5月底",
    # words of the title strewn into the text, and places that only look like them
    "漫谈模群": "",
    "玩单": "",
    "具买": "",
    "雄逐需深": "",
    "鹿还": "",
    "挖渠": "",
    "高筑": "",
    "玩具买单": "玩具买单",
    "深挖渠": "深挖渠",
    "高筑墙": "高筑墙",
}
"""Words of the spun article and what they stood for. "" was never there; a word for itself is left as it is."""

SPUN_REVERSALS: Final = frozenset(
    {
        "降级",
        "守业",
        "违心",
        "相助",
        "相助格式",
        "经由相助能耐进去",
        "反对于",
        "绝大少数",
        "它们少数",
        "国内国内",
        "尚无意见",
        "退出1-2次",
        "研收回",
        "收回“",
        "开始削减",
        "这眼前的",
        "眼前的一个点",
        "天生进去的工具",
        "重大的文本",
        "植物狮子",
        "iPhone下面",
        "根基模子下面",
        "操作零星",
        "数据合成师",
        "应聘",
        "瘦弱",
    }
)
"""The words of SPUN_GLOSSARY that say the opposite, or nearly, of what stood there."""

_WORDS: Final = re.compile("|".join(map(re.escape, sorted(SPUN_GLOSSARY, key=len, reverse=True))))
_TELLING: Final = ("大模子", "家养智能", "天生式", "墨客", "花难题", "守业公司", "模子能耐", "baidu")
_TELLING_SHARE: Final = 3


@dataclass(frozen=True)
class Replacement:
    """One reading: spun[start:end] was `before`, the gloss reads `after`; `reverses` if they say opposite things."""

    start: int
    end: int
    before: str
    after: str
    reverses: bool


@dataclass(frozen=True)
class Glossed:
    """An editor's reading of spun words: a hint for a reader, not a text that anybody wrote."""

    text: str
    replacements: tuple[Replacement, ...]


def gloss(text: str) -> Glossed:
    """`text` as an editor reads it, with every replacement at its place in `text`.

    Only for the spun article: in any other these words mean what they say.
    """
    parts: list[str] = []
    replacements: list[Replacement] = []
    position = 0
    for word in _WORDS.finditer(text):
        after = SPUN_GLOSSARY[word.group()]
        parts += text[position : word.start()], after
        position = word.end()
        if after != word.group():
            reverses = word.group() in SPUN_REVERSALS
            replacements.append(Replacement(*word.span(), word.group(), after, reverses))
    return Glossed("".join(parts) + text[position:], tuple(replacements))


def looks_spun(text: str) -> bool:
    """Whether an article shows the tell-tale words of the spinner: its wording is then not its author's."""
    return sum(word in text for word in _TELLING) >= _TELLING_SHARE
