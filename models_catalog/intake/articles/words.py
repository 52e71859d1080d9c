"""Word lists and patterns for reading articles. In simplified characters, as articles are converted before matching."""

from typing import Final

from models_catalog.models.vocabulary import EventKind
from models_catalog.text.lists import reading

FOREIGN: Final = reading("foreign")
"""Foreign models. They are never entries, but are recognised so that facts about them are not given to an entry."""

NO_MODELS: Final = frozenset({
    "openai", "google", "meta", "microsoft", "deepmind", "anthropic", "nvidia", "amd", "intel", "apple", "amazon", "huggingface",
    "github", "tiktok", "analytics", "project", "transformer", "pretrain", "pretrainmodel", "model", "models", "wind", "idc", "boss", "discuz",
    "powered", "qq", "ai", "agi", "aigc", "nlp", "llm", "llms", "cv", "gpu", "cpu", "tpu", "npu", "api", "app", "apps", "bug", "ceo", "cto",
    "coo", "cfo", "cbd", "erp", "crm", "pdf", "ppt", "waic", "idea", "saas", "paas", "maas", "iaas", "tob", "toc", "to", "b", "c", "bp",
    "a100", "a800", "h100", "h800", "v100", "iphone", "android", "windows", "office", "wps", "chatbot", "demo", "sota", "rlhf",
    "vc", "ipo", "it", "pc", "iot", "vr", "ar", "xr", "5g", "4g", "6g", "web", "url", "id", "ptsd", "moe", "rag", "sdk", "gmt", "www",
    "http", "https", "com", "cn", "al", "nt", "ok", "gb", "tb", "mb", "kb", "clip", "diffusion", "benchmark", "mmlu", "ceval", "c-eval",
    "gptmodel", "gpts", "lm", "glm", "bo", "pei", "hpc", "ov",
})  # fmt: skip
"""Folded Latin words that occur in the position of a model's name but are not one."""

GENERIC: Final = (
    "国内", "国产", "中国", "国外", "国际", "全球", "美国", "海外", "各家", "各类", "这些", "那些", "一些", "首个", "第一", "新一代", "下一代",
    "自己", "自研", "自主", "自有", "上述", "多个", "某", "其他", "其余", "该", "此", "哪", "什么", "所有", "相关", "主要", "类似", "所谓", "最新", "最大",
    "最强", "专属", "专业", "垂类", "垂直", "通用", "行业", "产业", "领域", "人工智能", "智能", "对话", "语言", "多模态", "预训练", "基础", "基座",
    "开源", "闭源", "生成", "认知", "推理", "视觉", "语音", "图像", "视频", "金融", "医疗", "教育", "法律", "政务", "工业", "科研", "零售", "电商",
    "自动驾驶", "气象", "天气", "办公", "汽车", "手机", "大模型", "大模子", "模型", "模子", "参数", "亿", "企业", "公司", "团队", "机构", "大学", "研究", "实验室",
    "计算", "算力", "智算", "芯片", "框架", "数据", "平台", "生态", "系统", "市场", "时代", "时期", "战略", "技术", "能力", "能耐", "应用", "产品", "工具", "服务", "项目",
    "赛道", "方案", "论坛", "大会", "峰会", "报告", "陈说", "舆图", "钻研", "守业", "创业", "竞争", "发展", "落地", "训练", "部署", "超级", "小语种", "阿拉伯", "中文",
    "英文", "双语", "中英", "国家", "世界", "个", "种", "类", "家", "款", "次", "大战", "狂语言", "百模", "千模", "和", "与", "或", "及", "把", "被",
    "让", "做", "用", "是", "在", "有", "为", "对", "的", "了", "着", "就", "都", "也", "还", "能", "会", "要", "去", "到", "不", "没", "搞", "做出", "介绍",
    "以下", "下述", "如下", "开放", "发布", "推出", "研发", "开发", "打造", "上线", "宣布", "宣告", "官宣", "股价", "市值", "负责人", "介绍", "回应", "定价", "创始人", "董事长", "总裁", "副总裁", "科学家", "教授", "院长", "发布会", "搜索", "套件", "云服务",
)  # fmt: skip
"""Common nouns, function words and counts: a word that contains one is not a model's name."""

MODEL_NOUN: Final = "(?:大模型|大模子|模型|模子)"
MODIFIERS: Final = (
    r"(?:AI|A\.I\.|人工智能|通用|行业|垂直|产业|中文|英文|双语|自然语言处理|自然语言|语言|大语言|狂语言|多模态|预训练|对话|对话式|认知|视觉|图像|图片"
    r"|文本|语音|生成式|天生式|生成|基础|根基|基座|端侧|云端|端云|自研|开源|闭源|科学|自动驾驶|天气预报|气象|金融|医疗|教育|法律|工业|零售|语义|推理|代码|数学|长文本|混合专家|稠密|稀疏|智能|小型|大型|超大规模|万亿|千亿|百亿|[\s])"
)
FIELDS: Final = "(?:金融|银行|保险|证券|医疗|医学|医药|中医药?|教育|教学|法律|司法|政务|工业|零售|电商|物流|旅游|文旅|汽车|气象|农业|电力|电网|能源|矿山|石油|化工|建筑|建造|地产|交通|铁路|水利|海洋|客服|招聘|心理|传媒|出版|税务|航空|钢铁|核电|烟草|安全|消防|应急)"
"""Trades that a model may be for: “X”法律大模型."""
OF_TRADE: Final = "(?:领域|行业|垂类|垂直|专用|专属|生成式|大?语言)*"
"""Between a trade and 大模型."""
AFTER_NAME: Final = rf"\s*(?:{MODIFIERS}|{FIELDS}|预报|预测|专用){{0,6}}(?:{MODEL_NOUN}|系列)"
BEFORE_NAME: Final = r"(?:大模型|大模子|模型|模子|大模型体系|大模型系列|模型系列|平台|产品|应用|系列|体系|助手|机器人|工具|功能|命名为|取名|名为|叫做?)"
RELEASE_VERBS: Final = r"(?:正式)?(?:对外)?(?:发布|推出|上线|首发|开源|公布|宣告|研发|自研|打造|开发|孵化|内测|升级)(?:了|过|的)?"
NO_MODEL_BEFORE: Final = "基准|榜单|解决方案|算力平台|算力集群|集群|计算平台|开放平台|操作系统|芯片|框架|数据集|论文|报告|电影|一书|大会|峰会|演讲|公司|云平台|服务器"

MAKER_ENDS: Final = "出版社|气象局|气象台|预报中心|信息中心|智算|智造|数科|数智|云计算|通信|电子|物流|保险|基金|公司|集团|科技|智能|智慧|大学|学院|研究院|研究所|研究中心|实验室|网络|软件|信息|数据|银行|证券|汽车|医疗|教育|在线|云|股份|AI|Inc|Tech|Lab|Labs"
"""Endings of organisations' names."""

MAKER_VERBS: Final = r"(?:正式|联合|率先|共同|最新|自主|对外|全资|宣布|已经?|还|又|便|就)*(?:发布|推出|上线|首发|开源|公布|宣告|研发|自研|打造|开发|孵化|内测|训练|研制)"
"""Verbs between a maker's name and its model's name."""

NO_MAKERS: Final = (
    "^[该这那本此其各某每两三几多数]", "我们|他们|她们|咱们|大家|自己|国内|国外|中国$|全球|[一多几]家|家公司|创业公司|已经|目前|去年|今年|明年|首次|正式|同时",
    "^人工智能$|模型|模子|产品|技术|用户|记者|专家|[的了是在将把被让使]", "^(?:人工智能|智能|科技|技术|信息|网络|数字|数据|软件|计算机|互联网|股份|有限|责任)*公司$", "^(?:公司|团队|企业|机构|平台|集团|大学|学院|研究院|研究所|实验室)", "版本$|前夕$|开幕|闭幕|凭借|^(?:得到|形成|诞生|产生|获得|实现|构建|造就)|抛出|^前一|^系列$|^(?:北京|上海|广东|深圳|杭州|浙江|江苏|合肥|成都|广州)$", r"^\d+年|\d月|\d日|^自[年从打\d]",
)  # fmt: skip
"""Patterns of words that occur in the position of a maker's name but are not one."""

PLANNING: Final = "将(?!近|旗下|其|自家|自研)|定[于在]|(?<![大布年展峰晚议])会(?=[在于继]|陆续|尽快|逐步|择机|适时)|就要(?!求)|才[会能]|要[等晚拖]?到|[得需][等拖]到|[等晚拖]到(?=[^，,。；]{0,16}才[会能])|计划|预计|即将|拟|有望|未来要|筹备|准备|预告|(?<![A-Za-z])(?:plans? to|to be ?$|(?:will|would)(?! (?:remain|stay|keep))|is set to|is expected to|slated (?:for|to)|scheduled (?:for|to)|upcoming)(?![A-Za-z])"
DENYING: Final = "(?:停止|结束|终止)了?(?:内测|公测|邀测|试用|试点|试运行)$|(?<![A-Za-z])no longer(?![A-Za-z])|从未|未曾|没有|没能|尚未|并未|还未|未能|暂未|不会|不曾|未明确|(?<![也正就]是)为什么|是否|能否|如果|若|再造|否认|(?<![A-Za-z])(?:not|never|denied|denies|no plans?)(?![A-Za-z])|并非|不打算|辟谣|无意|不再|暂不"
DATED_ELSE: Final = (
    "以来|成立|组建|创办|创立|创建|加入|入职|离职|毕业|融资|收购|上市|布局|立项|投入|获得|founded|founding"
)
"""Words behind a date by which it is of something else than what the next clause says."""
RUMOUR: Final = (
    "传闻|据传|网传|传言|爆料|未经证实|未获证实|疑似|有消息称|坊间|猜测|或将|不排除|谣言|可能|也许|或(?=达|会|为|有|超|开源|在|于)|据媒体|媒体称|外界|估计|推测|网友|有人[说称]|如果|假如|假设|一旦|倘若|要是"
    "|呼声|呼吁|冒用|冒充|假冒|山寨|盗用|的名义|按[^，,。；]{0,12}(?:算法|口径)|[推折测换]算|没有的事|没影的事"
    "|流传|风传|谣传|盛传|误传|听说|据说|据称|小道消息|知情人|消息人士|泄露|外泄|被?曝光|被曝|曝出|截图|小说[里中，,：:]|科幻|设想|假想|梦见|并不是|并非|不是由"
    "|(?<![A-Za-z])(?i:rumou?r(?:s|ed)?|reportedly|allegedly|supposedly|unconfirmed|unverified|leak(?:s|ed)?)(?![A-Za-z])"
)
DENIED: Final = (
    "不(?:属实|实(?![际用时现行施在])|真实|准确|确[切实]|可信|可靠|符(?=[，,。；合事实]|$))|失实|不对(?=[，,。；！!）)的]|$)|不是真的|没有根据|毫无根据|子虚乌有|并非如此|不是这样|无中生有"
    "|误[传读写植信记译载认]|误报(?!率)|口误|笔误|有误|大误|(?:[说写打报记弄搞看标印出]|出了)错(?!误)|张冠李戴|(?<!降低)(?<!减少)(?<!网络)错误(?!率|类型|检测|处理|修复|码|日志|提示)|(?<!不)错[的了](?=[，,。；！!）)]|$)|乌龙"
    "|辟谣|谣言|造谣|谣传|驳斥|反驳|驳回|否[定认]|质疑|存疑|(?<!无)疑问|有争议|存在争议|澄清|更正|勘误|订正|撤[回稿下]|[已被]删|删[帖稿除]|收回|道歉|致歉|(?<![对响供适效反相])应[为是]|原文如此|(?<![现真事落])实[为则]"
    "|待(?:[^，,。；]{0,4})(?:核实|证实|确认|考证|查证)|[未没无不](?:[^，,。；]{0,8})(?:证实|确认|核实|查实)|[不未拒没](?:[^，,。；]{0,4})(?:置评|回应|承认)"
    "|查无|不是事实|误[会解]|非官方|仅供参考|来源不明|真假|真伪|言过其实|夸[大张]|吹[嘘牛]|为时[尚过]早|不可能|谎[言称]|臆[测想]|揣测|不成立|站不住脚|有出入|有待|水分|噱头|打假|实际(?=时间|日期|参数|规模|应|是|为)"
    "|取消|下架|推迟|延[期后]|搁置|叫停|夭折|告吹|改[为口]|变卦|有变|转为闭源|重新闭源"
    "|(?<=[。？?！!])(?:并没有|没有|不是|假的)(?=[。！!，,的])|未果|落空|泡汤|告终"
    "|虚[构假]|杜撰|捏造|编造|伪造|造假|假(?:新闻|消息|信息|的|料)|恶搞|玩笑|愚人节|整蛊|反话|才怪|~~"
    "|(?:但|不过|然而|可是|其实|实则|实际上?|事实上?)[^，,。；]{0,12}(?:不是|并非|并不|并未|没有|未必|不然)"
    "|(?<![A-Za-z])(?i:den(?:y|ies|ied)|hoax|fake|retract(?:s|ed|ion)?|withdr[ae]wn?|debunk(?:s|ed)?|erroneous(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|wrong(?:ly)?|untrue|false(?:ly)?|corrections?|april fools?|satire|fiction(?:al)?|joke|disputed|not true)(?![A-Za-z])"
)
"""Words that deny, correct or take back what the sentence, or the one before it, says."""
ADOPTING: Final = "based on|built on|powered by|built upon|接入|搭载|基于|用上|使用|采用|集成|依托|借助|利用|运用|调用|内置|嵌入|支持|提到|提及|关于|引入|适配|围绕|结合|融合|联手|对接|类似|对标|媲美"
"""Words before a model's name by which the sentence is about something else, which uses or mentions the model."""

EVENT_VERBS: Final = (
    (EventKind.PLANNED, "(?:发布|上线|开源|开放|公测|面世)(?:时间|日期)?定[在于为]|(?:未来|将来|接下来)(?:要|会|将)(?:做|推出|发布|上线|打造)的?"),
    (
        EventKind.OPEN_SOURCED,
        r"(?:正式|宣布|已经?|已将其|全面|完全|彻底|免费|同步|均|都|全部){0,6}(?<![不未非])开源(?!社区|生态|协议|许可|数据|框架|工具|代码|项目|平台|软件|技术|力量|路线|精神|策略|战略|模式|大?模型[^“\"]|世界|领域|的?(?:大?模型|[^，,。]{0,6}社区))(?:了|过)?"
        r"|(?:平台|社区)(?:上)?开放|开放下载|开放(?:了)?(?:模型)?权重|权重(?:已|已经|全面)?开放|open-sourced|opened up (?=its |the )|(?:(?<=to )|(?<=and )|(?<=would )|(?<=will ))open[- ]source (?=the |its |an? |[A-Z])",
    ),
    (EventKind.APPROVED, r"(?:通过|完成|获得|取得|拿到|获)了?(?:(?!等保|医疗器械|药品|食品|化妆品|ICP|商标|域名|公安|网站|著作权|软著|游戏|版号|药)[^，,。；;、]){0,20}?(?:备案|审批)(?!名单|制|公告|信息)(?:号)?|获批(?:备案)?|(?<![A-Za-z])(?:received|obtained|won|gained|secured)(?: [a-z]+){0,2} approval|(?:(?<=was )|(?<=were )|(?<=been ))approved(?![A-Za-z])|(?<![不未没非])(?<!无缘)(?<!无一)(?<!未能)(?<!没有)(?:在列|入列|榜上有名|位列其中)"),
    (
        EventKind.DEPLOYED,
        r"(?<!宣布)(?<!可)(?:已经?|全面|正式|率先|陆续|均|先后)?(?<!宣布)(?:接入|运用进|应用[到进于]|搭载|部署[到于在]|集成[到进于]|投入使用|投入应用)(?:了|过)?|已经?用于|在[^，,。]{1,14}上线(?:试?运行|应用)|在[^，,。]{1,14}落地(?:应用)?|已经?落地",
    ),
    (EventKind.BETA, r"(?:开启|开始|启动|开放|展开)(?:了)?(?=[^，,。内公测]{1,14}的(?:内测|公测|邀测|测试))|(?:开启|开始|启动|进入|开放|展开)(?:了)?(?:邀请|小范围|定向|企业|灰度){0,2}(?:内测|公测|邀测|测试)|entered (?:public |closed |open |limited )?beta|(?:开启|开始|启动|进入|展开)(?:了)?试(?:点|运行)|(?:内测|公测|邀测)(?!版)|试用|开放注册"),
    (
        EventKind.UPDATED,
        r"(?:(?<=is )|(?<=are )|(?<=was )|(?<=were )|(?<=been ))(?:updated|upgraded)(?![A-Za-z])|新版.{0,12}?上线|升级(?:为|到|至|了|版)|进行了?(?:全面|重大|大幅)?(?:升级|更新)|(?:got|received) (?:an? |its )(?:[a-z]+ )?(?:update|upgrade)|更新(?:为|到|至|了)|迭代(?:为|到|至)|跃迁至",
    ),
    (
        EventKind.RELEASED,
        r"(?:正式)?(?:对外)?(?:发布|推出|上线|上架|登陆|首发|问世|面世|亮相|开放下载|(?:同时|还|又)带来|带来(?=了?[^，,。；]{0,20}模型[\s—：:]*[“\"「A-Z])|对外提供服务|(?:向|面向)[^，,。]{0,8}(?:公众|社会|用户|个人|全民|大众|所有人)[^，,。]{0,4}开放(?:服务|使用|注册)?|(?:全面|对外|正式)开放(?![\u4e00-\u9fff]|下载|商用|接口|平台)|(?:全面)?开放(?:使用|服务|调用)|发布会(?=[^，,。；]{0,24}(?:召开|举行|举办))|(?<![A-Za-z])(?:release|launch|debut|unveiling) of (?=its |the |an? |[A-Z])|(?<![A-Za-z])[Rr]elease[ds](?! under )|(?<![A-Za-z])general availability of (?=[A-Z]|its |the )|(?<=[Ww]e )release(?= [A-Z])|launch(?:ed|es)|unveil(?:ed|s)|introduced|debuted|dropped|rolled out|(?:came|is|are) out)(?!会|者|声明|关注|公告|办法|报告|(?<!首次..)(?<!刚..)时|一半)(?:了|过|的)?"
        r"|开放(?=[“\"「]?[^，,。]{2,14}(?:API|接口)(?=[\s，,。]|$))|(?:举[行办]|召开)(?=[^，,。]{2,24}发布会)|可(?:以)?[在从][^，,。]{2,20}下载|与(?:公众|用户|大家)见面|made (?:its|their) debut|went online|(?<=slated for )release|(?<=scheduled for )release|揭晓|登场|揭幕|首秀|上新|甩出|放出|(?<![涨降]价)(?<!优惠)(?<!福利)(?<!活动)(?<!教程)(?<!测评)(?<!评测)(?<!插件)(?<!小程序)(?<!(?i:app))来了(?=[!！。])|took the wraps off|lifted the lid on|became available|went live|followed(?: on [A-Z][a-z]+)? with|made available|(?:fully |now )?open(?:ed)? to the (?:general )?public|(?<=to )(?:officially )?(?:release|launch|unveil)(?![a-z])",
    ),
    (EventKind.ANNOUNCED, r"宣布(?!进军|接入|入局|了?做)|官宣|公布了|(?:首次|正式|对外)公布(?!方案|数据|业绩|财报|价格)|对外展示"),
)  # fmt: skip
"""Patterns for the events of a model, in order of precedence: the first that matches a stretch of text takes it."""

SPUN_RELEASED: Final = "宣告了?|首发"
"""Words for 发布 in articles that a synonym spinner reworded; used for those only."""

OPEN: Final = (
    r"(?:正式|宣布|已经?|全面|完全|彻底|免费|同步|均|都|全部){0,6}(?<![不未非])开源(?!社区|生态|协议|许可|数据|框架|工具|代码|项目|平台|软件|技术|力量|路线|精神|策略|战略|模式|世界|领域)(?:的|了|过)?"
    r"|(?:平台|社区)(?:上)?开放|(?<!没有)(?<!不)(?<!未)开放(?:了)?(?:全部)?(?:模型)?(?:权重|源代码|源码)|权重(?:(?:、|和|与|及|以及)(?:推理)?(?:代码|源码|技术报告)){0,3}(?:已经?|全面|均|都|也|对[^，,。；]{1,6}|完全|全部){0,3}(?:公开(?!信)|开放|可(?:免费|自由)?下载|(?:上传|发布)[至到在于])|open[- ]?sourced?|opened up (?=its |the )|open[- ]weights?"
    r"|(?:遵循|采用|依据|依照|基于|使用|以)[^，,。；]{0,8}(?:MIT|Apache|BSD)[^，,。；]{0,14}(?:许可证?|协议|[Ll]icen[cs]e|开源)|(?<![A-Za-z])under (?:an? |the )?(?:[A-Za-z]+ )?(?:MIT|Apache)[^,;]{0,10}?(?:licen[cs]e|2\.0)(?: licen[cs]e)?|放出[^，,。]{1,20}权重|(?<![A-Za-z])weights (?:of [^,.;]{2,40} )?(?:can be|are) (?:freely |now |publicly )?(?:downloaded|downloadable|available)|(?<![A-Za-z])(?:freely|publicly|openly) available (?:on|via|through|at|from) (?:Hugging ?Face|ModelScope|GitHub)"
)
CLOSED: Final = r"(?<!非)闭源(?:商用|商业|专有)?(?:大?模型|路线|的|$|(?=[，,。；]))|(?<![并从])(?:暂)?不(?:会|打算|对外)?开源|没有开源(?=[，,。；]|$)|权重(?:暂|并)?不(?:对外)?(?:公开|开放)|不(?:公开|开放)(?:模型)?权重|[暂尚][时且]?未(?:对外)?开源|(?:没有|暂无|尚无|并无)开源的?(?:计划|打算|安排)|(?<![A-Za-z])(?<!alternatives to )(?<!rival )(?:proprietary|closed[- ]source|remains? closed|API-only|only (?:available )?(?:through|via) (?:an |its )?API)(?![A-Za-z])(?! (?:systems|models|rivals|offerings|ones) (?:from|of|like|such))"
OPEN_OF_OTHERS: Final = "社区开源模型|第三方|开源社区|开源公司|基于[^，。的]{0,6}开源(?!的?\\s*[A-Z“])|支持.{0,8}开源|各类开源|其他开源|国外开源|主流开源"

COMPARING: Final = "赶超|优于|胜过|强于|好于|不逊于|不输|比肩|击败|打败|领先|持平|逼近|碾压|秒杀|吊打|不及|不如|不足以|相较于?|相比于?|比起|对标|媲美|类似|超越|追上|低于|高于|相当于|堪比|抗衡"
COMPARED: Final = rf"(?:{COMPARING}|超过不少|是|像)$"
"""Words of comparison before a size, which is then another model's."""

COMPARING_NAMES: Final = f"{COMPARING}|不同于|有别于|区别于|不像|超过|超出|接近|战胜|赶上|追平|好过|improvements? over|improves (?:up)?on|on par with|matching|match(?:es|ed)|rival(?:s|ing)?|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beat(?:s|ing)?|compared (?:to|with)|对照|参照|参考|取代|替代|挑战|叫板"
COMPARED_NAME: Final = (
    rf"(?:{COMPARING_NAMES}|超|是|像)(?:[了过]?(?:同级|满血|参数|更大|一些|同类|[\d.]+[BM亿]|的){{0,4}})?$"
)
"""Words of comparison before a name: the sentence is about another model."""

DENIED_SIZE: Final = r"(?:并非|并不是|不是|没有|没到|未到|未达到?|达不到|不到|不足|不超过)[^，,、：:]{0,3}$"
"""Words before a size that deny it or make it an upper bound."""

PLURAL: Final = "这些|均|都|各自|两者|三者|全部|一系列|先后|分别|相继|陆续|[两二三四五六七八九\\d]款|等"

SECTOR_WORDS: Final = {
    "finance": ("金融", "银行", "保险", "证券", "投研", "投顾", "风控", "理财", "财富管理", "finance", "financial", "banking", "banks", "insurance", "insurers", "fintech"),
    "healthcare": ("医疗", "医学", "健康", "诊疗", "医药", "医院", "问诊", "临床", "导诊", "中医药", "中医", "healthcare", "medical", "medicine", "hospitals", "clinical"),
    "government": ("政务", "公共服务", "城市治理", "智慧城市", "政府", "public sector", "government affairs"),
    "research": ("科研", "科学计算", "科学研究", "scientific research"),
    "manufacturing": ("工业", "制造业", "制造", "智能制造", "工厂", "manufacturing", "industrial", "factories"),
    "customer-service": ("客服", "客户服务", "customer service", "call centers", "call centres"),
    "retail": ("零售", "电商", "导购", "电子商务", "retail", "e-commerce"),
    "logistics": ("物流", "供应链", "货运", "logistics", "supply chain"),
    "education": ("教育", "学习", "教学", "education", "schools"),
    "travel": ("旅游", "文旅", "旅行", "出行规划", "tourism", "travel"),
    "publishing": ("文学", "出版", "网文", "publishing"),
    "enterprise": ("企业服务", "办公", "ERP"),
    "automotive": ("汽车", "车机", "座舱", "车载", "automotive", "carmakers"),
    "autonomous-driving": ("自动驾驶", "智能驾驶", "辅助驾驶", "autonomous driving", "self-driving"),
    "robotics": ("机器人", "robotics"),
    "meteorology": ("气象", "天气预报", "meteorology", "weather forecasting"),
    "devices": ("手机", "智能硬件", "智能家居", "硬件", "smartphones", "smart home"),
    "telecom": ("通信", "运营商", "telecommunications", "telecoms", "telecom"),
    "media": ("传媒", "新闻媒体", "影视", "配音", "直播"),
    "community": ("社区内容", "热榜"),
    "legal": ("法律", "司法", "律师", "律所", "法院", "legal", "law firms", "courts"),
    "recruitment": ("招聘", "求职", "recruitment"),
}  # fmt: skip
"""Slug of a target industry → its words in articles; the sector's Chinese name is added to them.

They name an industry, its customers or its work, not kinds of customers (B端) or modalities (images, sound).
"""

SECTOR_CUE: Final = "面向|针对|服务于?|用于|应用[于在到]|聚焦|侧重|切入|落地|深耕|赋能|助力|适用于?|专为|专注于?|专做|只做|瞄准|主攻|主打|覆盖|涵盖|涉及|领域[：:]|行业[：:]|场景[：:]|(?<![A-Za-z])(?:for|serves?|serving|tailored to|aimed at|targeting|target|focused on|focusing on|used by|built for|(?:adopted|used|deployed|applied) (?:in|across))(?: the)? |在"
SECTOR_NOUN: Final = (
    r"\s*(?:[一两二三四五六七八九十\d]+[类大个种])?(?:垂直|细分)?(?:领域|行业|业务|场景|赛道|口|大模型|大模子|模型|生成式|平台|生成平台|版|等)"
    rf"|(?:{MODIFIERS}|预报|预测){{1,4}}{MODEL_NOUN}|等?(?:落地|试[点用])"
    rf"|(?:、{FIELDS}){{1,6}}(?:[和与及]{FIELDS})?等?多?个?(?:领域|行业|场景)"
    r"|-(?:focused|specific)|,? (?:sectors?|industry|industries|fields?|domains?|use cases|scenarios|customers|clients|(?:large |foundation |language |AI |reasoning )*(?:model|LLM)s?)(?![A-Za-z])"
)
