"""Characters with several common readings, the most frequent first.

Counted in the 47,111 phrases of pypinyin 0.55's dictionary: a reading is common if it has at least three phrases and
one in twenty-five. Rarer ones would only fill the search index with spellings that nobody types.
"""

from typing import Final

_COUNTED: Final = """
乐 le yue; 乘 cheng sheng; 了 liao le; 什 shi shen; 仔 zi zai; 传 chuan zhuan; 便 bian pian; 俩 lia liang
冯 feng ping; 刨 bao pao; 刹 cha sha; 削 xue xiao; 剥 bo bao; 劲 jin jing; 匙 chi shi; 卒 zu cu; 卜 bu bo
卡 ka qia; 参 can shen cen; 叨 dao tao; 吁 xu yu; 吓 xia he; 否 fou pi; 吭 hang keng; 呢 ni ne; 呱 gua gu
和 he huo; 咳 ke hai; 咽 yan ye; 喳 zha cha; 嗒 da ta; 嚼 jiao jue; 圈 quan juan; 埋 mai man; 堡 bao bu pu
塞 sai se; 壳 ke qiao; 宿 su xiu; 屏 ping bing; 属 shu zhu; 差 cha chai; 度 du duo; 弹 dan tan; 恶 e wu
扎 zha za; 扒 pa ba; 扛 gang kang; 折 zhe she; 抹 mo ma; 拓 tuo ta; 拗 niu ao; 择 ze zhai; 擿 ti zhai
攒 cuan zan; 暴 bao pu; 曾 zeng ceng; 朝 zhao chao; 朴 pu piao po; 柏 bai bo; 栅 shan zha; 校 xiao jiao
椎 chui zhui; 槛 jian kan; 模 mo mu; 汤 tang shang; 没 mei mo; 泊 bo po; 澄 cheng deng; 爪 zhao zhua; 牟 mu mou
率 lv shuai; 畜 chu xu; 的 de di; 盛 sheng cheng; 省 sheng xing; 着 zhe zhuo zhao; 磅 pang bang; 称 cheng chen
粘 nian zhan; 系 xi ji; 纤 xian qian; 纶 lun guan; 给 ji gei; 绿 lv lu; 缪 miu mou; 耙 pa ba; 脉 mai mo
臭 chou xiu; 艾 ai yi; 著 zhu zhuo; 蔓 man wan; 薄 bo bao; 藉 jie ji; 藏 cang zang; 蛤 ha ge; 血 xue xie
行 xing hang; 被 bei pi; 裳 chang shang; 觉 jue jiao; 角 jiao jue; 诘 jie ji; 谁 shui shei; 调 diao tiao
贾 gu jia; 辟 pi bi; 还 huan hai; 迫 po pai; 都 du dou; 重 zhong chong; 钥 yao yue; 铛 cheng dang
长 chang zhang; 阿 a e; 陆 lu liu; 降 jiang xiang; 雀 que qiao; 露 lu lou; 靓 liang jing; 颤 chan zhan
"""

HETERONYMS: Final[dict[str, tuple[str, ...]]] = {
    char: tuple(readings)
    for one in _COUNTED.replace("\n", ";").split(";")
    if one.strip()
    for char, *readings in [one.split()]
}
"""Character → its pinyin without tone, as typed on keyboards."""
