"""One cell may hold several names, and a name may hold the signs that part them."""

import pytest

from models_catalog.intake.tables.maker_kinds import kind_of
from models_catalog.intake.tables.makers import makers_in
from models_catalog.intake.tables.markdown import read_tables
from models_catalog.intake.tables.words import (
    bare_name,
    has_no_value,
    names_in,
    names_several,
    plain,
    squeezed,
)
from models_catalog.models.vocabulary import DeveloperKind

KNOWN = {"A & B", "Baidu", "Tencent", "Institute of Physics, CAS"}


@pytest.mark.parametrize(
    ("words", "makers"),
    [
        ("浙江大学&OpenKG", ["浙江大学", "OpenKG"]), ("晓多科技+国家超算成都中心", ["晓多科技", "国家超算成都中心"]),
        ("山西大学、山西农业大学", ["山西大学", "山西农业大学"]), ("百度; 腾讯", ["百度", "腾讯"]),
        ("百度，腾讯", ["百度", "腾讯"]), ("百度、百度", ["百度"]), ("百度[3]、腾讯[4]", ["百度", "腾讯"]), ("Baidu & Tencent", ["Baidu", "Tencent"]),
        ("Institute of Physics, CAS; Baidu", ["Institute of Physics, CAS", "Baidu"]),
        ("Baidu, Inc.", ["Baidu"]), ("百度有限公司", ["百度有限公司"]), ("Skybridge Co., Ltd. & Harbour Labs", ["Skybridge Co., Ltd.", "Harbour Labs"]),
        ("University of California, Berkeley, Baidu", ["University of California, Berkeley", "Baidu"]),
        ("Skybridge, et al.", ["Skybridge"]), ("Peking University and Skybridge", ["Peking University", "Skybridge"]),
        ("百度、腾讯联合 发布", ["百度", "腾讯"]), ("百度与同济联合开发（2023）", ["百度", "同济"]),
        # Near misses: the sign is part of the name.
        ("A & B", ["A & B"]), ("AT&T", ["AT&T"]), ("AT&T中国", ["AT&T中国"]), ("A+医疗", ["A+医疗"]), ("C++", ["C++"]),
        ("Skybridge, Inc.", ["Skybridge, Inc."]), ("清华大学（计算机系、自动化系）", ["清华大学（计算机系、自动化系）"]),
        ("X-D Lab", ["X-D Lab"]), ("夫子•明察", ["夫子•明察"]), ("+", ["+"]), ("、", ["、"]),
    ],
)  # fmt: skip
def test_joint_makers_are_told_apart(words: str, makers: list[str]) -> None:
    assert makers_in(words, KNOWN.__contains__) == makers


@pytest.mark.parametrize(
    ("cell", "is_several"),
    [
        ("九天,九天•众擎", True), ("无涯、求索", True), ("长虹超脑，云帆", True), ("[天](a)，[地](b)", True), ("[天](a)[paper](b)", False), ("[天](a) [📄 论文](b) [code](c)", False), ("[Qwen](a)[paper](b)[地](c)", True),
        ("A; B", True),
        ("紫东·太初", False), ("夫子•明察", False), ("书生（浦语、天际）", False), ("Qwen 1,000", False), ("[流萤](a)系列", False),
        ("智海-录问", False), ("天工,", False), ("R&D", False),
    ],
)  # fmt: skip
def test_a_cell_with_several_models_is_noticed(cell: str, is_several: bool) -> None:
    assert names_several(cell) == is_several


@pytest.mark.parametrize(
    ("words", "name"),
    [("Grok 1[82]", "Grok 1"), ("问川②", "问川"), ("问川4（即将发布）", "问川4"), ("问川 [a][12]", "问川"), ("Tern*", "Tern"), ("Tern 🔥", "Tern"),
     ("MiMo (omni)", "MiMo (omni)"), ("Q*", "Q*"), ("[1]", "[1]"), ("X²", "X²"), ("M¹²", "M¹²"), ("Tern²", "Tern"), ("Tern ²", "Tern"), ("问川（预览）", "问川（预览）"),
     (f"x{'¹[a]' * 300}", f"x{'¹[a]' * 300}")],
)  # fmt: skip
def test_marks_of_footnotes_are_no_part_of_a_name(words: str, name: str) -> None:
    assert bare_name(words) == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [("X<sup>2</sup>-VLM", "X2-VLM"), ("M<sup>2</sup>Encoder", "M2Encoder"), ("Tern-7B<sup>2</sup>", "Tern-7B"), ("Tern<sup>[2]</sup>-7B", "Tern-7B"),
     ("Tern<sup>1</sup> (7B)", "Tern (7B)"), ("Tern<sup>*</sup>", "Tern")],
)  # fmt: skip
@pytest.mark.parametrize(
    "table",
    ["| Name | Maker |\n|--|--|\n| {} | a |", "<table><tr><th>Name</th></tr><tr><td>{}</td></tr></table>"],
)
def test_a_raised_number_within_a_name_is_a_part_of_it(cell: str, name: str, table: str) -> None:
    assert name in read_tables(table.format(cell), "", frozenset()).text.split("\n")[-2].split(",")


@pytest.mark.parametrize(("cell", "names"), [("[Qwen](a)[paper](b)", "Qwen"), ("[paper](a)", "paper")])
def test_a_link_that_names_nothing_is_no_part_of_a_name(cell: str, names: str) -> None:
    assert names_in(cell) == [names]


@pytest.mark.parametrize(
    ("maker", "kind"),
    [
        ("复旦大学", "academia"), ("上海人工智能实验室", "academia"), ("哈尔滨工业大学（深圳）", "academia"),
        ("中国移动", "telecom"), ("大学城书店", "startup"), ("移动科技", "startup"), ("Zhejiang University", "academia"),
    ],
)  # fmt: skip
def test_a_name_tells_the_kind_of_its_maker(maker: str, kind: str) -> None:
    assert kind_of(maker, DeveloperKind.STARTUP) == kind


@pytest.mark.parametrize("cell", ["同上", "（同上）", "同上。", "(同上。)", "〃", "″", "Ditto."])
def test_a_cell_that_points_to_another_has_no_value(cell: str) -> None:
    assert has_no_value(cell)


def test_very_many_blanks_in_a_cell_are_one() -> None:
    """Of a thousand blanks each would be tried as the beginning of a sign between names; a few stand as they are."""
    wide = f"文心{' ' * 900}盘古"
    assert squeezed(f"{wide} \n 混元\u3000\u3000") == "文心 盘古 \n 混元\u3000\u3000"
    assert makers_in(wide, lambda _words: False) == ["文心 盘古"]
    assert names_in(wide) == [plain(wide)]
