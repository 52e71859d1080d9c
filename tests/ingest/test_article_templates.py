"""A tick never contradicts its sentence, whatever models, makers, days and sizes stand in it, and whatever stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.intake.articles.finding import Finding
from models_catalog.models.vocabulary import EventKind, Field, Openness
from tests.ingest.article_samples import findings

STATES = {
    "{day},{maker}发布{model}。": EventKind.RELEASED,
    "{day},{maker}正式推出“{model}”大模型。": EventKind.RELEASED,
    "{model}有{size}参数。": "size",
    "{model}的参数规模为{size}。": "size",
    "{maker}的{model}已开源。": Openness.OPEN,
    "{model}不会开源。": Openness.CLOSED,
    "{maker}计划于{later}发布{model}。": EventKind.PLANNED,
    "{maker}将在{later}开源{model}。": EventKind.PLANNED,
    "{model}预计{later}上线。": EventKind.PLANNED,
    "{maker}宣布{later}将发布{model}。": EventKind.PLANNED,
}
"""Sentences with what they state: that may be ticked."""

SILENT = (
    "{maker}有望推出{size}参数的{model}。",
    "{maker}否认{day}发布了{model}。", "{maker}没有在{day}发布{model}。", "{day},{maker}并未开源{model}。", "{model}从未达到{size}参数。",
    "{model}并非{size}参数的模型。", "传闻{day}{maker}发布了{model}。", "据爆料,{model}有{size}参数。", "网传{model}已开源。", "{model}或已开源。",
    "{model}可能有{size}参数。", "如果{model}有{size}参数,就要更多芯片。", "{model}的目标是{size}参数。", "业内猜测{model}参数超{size}。",
    "{model}优于{size}参数的GPT-4。", "{model}的效果超过{size}参数的LLaMA。", "{model}能和{size}级大模型掰手腕。", "{model}领先于Foobar 8B和14B。",
    "{day},OpenAI发布GPT-4,{model}不及它。", "与{day}发布的GPT-4相比,{model}更懂中文。", "GPT-4有{size}参数,{model}没有公布。", "LLaMA已开源,{model}则不然。",
    "{day},某车企接入{model}。", "{day},乙研究院发布基于{model}的助手。", "{day},甲公司上线了{model}的API服务。", "{day},乙研究院发布{model}的评测报告。",
    "{day},有关部门发布管理办法,{model}受到影响。", "{day},{model}降价九成。", "{day},{maker}股价大涨,因为{model}发布在即。", "{maker}为{model}投入{size}元。",
    "{model}的用户超{size}。", "{model}用{size}tokens训练。", "{model}每次激活{size}参数。", "{model}的训练数据已开源。", "{maker}开源了用{model}微调的助手。",
    "{model}支持的开源框架很多。", "{model}的竞品于{day}发布。", "{model}发布前,{day}已有GPT-4。", "{model}团队的前成员{day}发布了Foobar。",
    "“{model}何时开源?”有人问。", "{maker}未来会开源{model}。", "{maker}要不要开源{model}?", "{model}的下一代将有{size}参数。", "别人的模型有{size}参数,{model}小得多。",
    "为什么{maker}没有在{day}发布{model}?", "{day}是{model}训练数据的截止日期。", "Baidu has not released {model}.", "{model} will be open-sourced.", "{model}达不到{size}参数。",
    "{model}团队开源了Foobar框架。", "{maker}开源了{model}的部分代码。", "{day},{maker}发布{model}手机版。", "{day},{maker}发布{model}升级计划。", "{day},{maker}举办{model}发布会。",
    "{day},{maker}发布{model}白皮书。", "{model}发布一周年之际,{day},{maker}换帅。", "{day},{model}之父离职。", "{day},{maker}发布了搭载{model}的手机。", "{day},{model}登顶榜单。",
    "{day},{maker}宣布{model}用户破亿,并开源Foobar框架。", "{maker}除{model}外,还于{day}发布了Foobar。", "{model}与{day}开源的LLaMA架构相同。", "继{model}之后,{maker}于{day}发布Foobar-7B。",
    "{maker}发布{model}后,于{day}上市。", "{model}由{size}参数的底座蒸馏而来。", "{model}以{size}参数的LLaMA为底座。", "{model}的上一代有{size}参数。", "在{size}参数级别,{model}最好。",
    "{maker}旗下有{model}等模型,最大的有{size}参数。", "{model}的对手已开源。", "开源社区都在用{model}。", "{model}拥抱开源生态。", "{model}是闭源还是开源?", "不少人希望{model}开源。",
    "{model}部分开源。", "{model} 2.0有{size}参数。", "{day},{maker}发布{model}-Pro。", "{model}绘画版已开源。", "{day},{maker}发布{model}助手。", "{model}比{size}参数的对手更快。",
    "{day},{maker}发布{model}企业版。", "{day},{model}通过等保备案。", "{day},{maker}完成{model}商标备案。", "呼声很高,{model}开源。", "按他的算法,{model}有{size}参数。",
    "有人冒用{maker}名义于{day}发布{model}。", "山寨版{model}于{day}上线。",
    "{maker}曾表示{model}有{size}参数,后来更正了。", "{day}起,{model}的价格上调。", "有人说{model}有{size}参数。", "{model}号称{size}参数。", "{model}仅次于{size}参数的GPT-4。",
    "{model}和{size}参数的对手打平。", "{maker}对{day}发布{model}一事不予置评。", "{model}推迟到{later}发布。", "{maker}取消了{day}发布{model}的计划。", "{day},{maker}被曝正在研发{model}。",
)  # fmt: skip
"""Sentences that state none of it: plans, denials, rumours, comparisons, facts of others, parts and users of a model."""

TAKEN_BACK = (
    "{said},但官方未予证实。", "{said},官方并未确认。", "{said},这一说法不实。", "{said}(存疑)。", "{said}(已辟谣)。", "{said},数据待核实。", "{said}(此处有误)。",
    "{said},系误传。", "{said}(更正:以官网为准)。", "{said},该消息被校方否定。", "{said},不过当事人予以驳斥。", "{said},此说尚未得到官方证实。", "{said},有关方面不予置评。",
    "{said},但事实上并没有。", "{said},纯属乌龙。", "{said}(原文如此)。", "{said}:这是谣言。", "{said},数字写错了。", "{said},传闻而已。", "{said},可信度存疑。",
    "{said}。以上为虚构。", "{said}。该报道随后被撤回。", "{said}。此消息不实。", "{said}。后来官方澄清并道歉。", "{said}。但事实并非如此。", "{said}。媒体转载后,原帖被删。",
    "网上流传一张截图,{said}。", "错误示例:{said}。", "有媒体误报,{said}。", "愚人节玩笑:{said}。", "假新闻称,{said}。", "据知情人士透露,{said}。", "小说里,{said}。", "据说,{said}。",
    "{said},查无实据。", "{said},这不是事实。", "{said},纯属误会。", "{said},非官方数据。", "{said},仅供参考。", "{said},来源不明。", "{said},真假难辨。",
    "{said},言过其实。", "{said},你信吗。", "{said},才不是。", "{said},系笔者臆测。", "{said},那是旧闻。", "{said},这是目标。", "{said},后取消。", "{said},次日叫停。",
    "{said},计划有变。", "{said},现已改口。", "{said}的说法不成立。",
    "{said}?并没有。", "并没有的事:{said}。", "{said},最终未果。", "{said}的计划泡汤。",
    "以下为谣言。{said}。", "假消息一则。{said}。", "~~{said}~~", "{said}, but the report was false.", "Reportedly, {said}.",
)  # fmt: skip
"""What takes a sentence back, or calls it doubtful, in its words or those beside it."""
DENIALS = [around.format(said=said[:-1]) for around in TAKEN_BACK for said in STATES]

SLOTS = {
    "model": ("文心一言", "盘古", "通义千问", "ChatGLM-6B"), "maker": ("百度", "华为", "清华大学", "阿里"),
    "day": ("3月16日", "2023年4月7日", "6月", "去年11月30日"), "later": ("8月", "9月1日", "年底", "2024年"),
    "size": ("2600亿", "千亿", "130亿", "10万亿", "70B"),
}  # fmt: skip
STATEMENTS = (Field.PARAMETERS, Field.EVENT, Field.OPENNESS, Field.CONTEXT_LENGTH)


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[str, object]]:
    """Up to four sentences, each with what it states."""
    made: list[tuple[str, object]] = []
    for template in draw(st.lists(st.sampled_from([*STATES, *SILENT, *DENIALS]), min_size=1, max_size=4)):
        words = {slot: draw(st.sampled_from(choices)) for slot, choices in SLOTS.items()}
        made.append((template.format(**words), STATES.get(template)))
    return made


def says(one: Finding) -> object:
    """What a finding says, as the templates have it."""
    return "size" if one.field == Field.PARAMETERS else one.value.get("event") or one.value.get("token")


@given(lines())
def test_no_tick_contradicts_its_sentence(made: list[tuple[str, object]]) -> None:
    found = findings("\n\n".join(text for text, _states in made))
    ticked = [one for one in found if one.field in STATEMENTS and not one.doubts]
    wrong = [(one.quotation, says(one)) for one in ticked if says(one) != made[(one.line - 1) // 2][1]]
    assert wrong == []


@pytest.mark.parametrize("around", TAKEN_BACK)
def test_nothing_that_is_taken_back_is_ticked(around: str) -> None:
    words = {slot: choices[0] for slot, choices in SLOTS.items()}
    for said in STATES:
        found = findings(around.format(said=said.format(**words)[:-1]))
        assert [one.quotation for one in found if one.field in STATEMENTS and not one.doubts] == [], said


@pytest.mark.parametrize(
    "beside",
    ["{}\n\n以上为虚构。", "{}\n\n该报道随后被撤回。", "谣言汇总\n\n甲公司的消息:\n\n{}", "{}\n\n别的事。\n\n本文纯属虚构。", "以下均为误传:\n\n一、\n\n{}", "{}\n\n(编者注:上文数字有误)"],
)  # fmt: skip
def test_a_line_of_its_own_takes_back_what_is_around_it(beside: str) -> None:
    found = findings(beside.format("文心一言有2600亿参数。"))
    assert [bool(one.doubts) for one in found if one.field == Field.PARAMETERS] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "文心一言有2600亿参数。网络错误率降低。", "文心一言有2600亿参数。它能写小说。", "文心一言有2600亿参数。它支持错误检测。",
        "文心一言有2600亿参数。\n\n本文仅供参考，不构成投资建议。", "文心一言有2600亿参数。\n\n本文如有错误，欢迎指正。",
        "文心一言有2600亿参数。\n\n以上内容仅供参考。", "文心一言有2600亿参数。\n\n如有侵权，请联系删除。", "取消收费\n\n文心一言有2600亿参数。",
    ],
)  # fmt: skip
def test_words_that_only_look_like_denials_take_no_tick(text: str) -> None:
    assert [bool(one.doubts) for one in findings(text) if one.field == Field.PARAMETERS] == [False]


def test_a_remark_takes_back_only_itself_and_the_line_above() -> None:
    text = "盘古有1000亿参数。\n\n文心一言有2600亿参数。\n\n该报道随后被撤回。\n\n通义千问有10万亿参数。"
    sizes = {one.line: bool(one.doubts) for one in findings(text) if one.field == Field.PARAMETERS}
    assert (sizes[3], sizes[7]) == (True, False)
