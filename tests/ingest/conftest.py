"""A small set of fixture files, and an article that fits them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLE = "3月16日,百度发布“文心一言”。\n参数规模为2600亿,面向金融。\n国内已有超过40家公司,如GPT-4。\n"

FILES = {
    "sources.yaml": """
- {slug: thepaper-2023, file_name: a.txt, sha256: HASH, name_zh: 文章, name_en: Article, publisher_zh: 澎湃科技,
   publisher_en: The Paper, published: 2023-04-22/2023-04-30, condition_zh: 干净, condition_en: clean}
""",
    "sectors.yaml": "- {slug: finance, name_zh: 金融, name_en: Finance}\n",
    "developers.yaml": """
- {slug: baidu, name_zh: 百度, name_en: Baidu, kind: big-tech, aliases: [baidu],
   statements: [{key: alias-1, field: alias, value: baidu, at: 'thepaper-2023 1:6-8', quotation: 百度, gloss_en: Baidu,
    basis: inferred, reason_zh: 域名, reason_en: its domain}]}
""",
    "entries.yaml": "- {slug: wenxin-yiyan, name: 文心一言}\n",
    "claims.yaml": """
wenxin-yiyan:
- {key: name-1, field: name, name: 文心一言, form: zh, at: 'thepaper-2023 1:11-15', quotation: 文心一言}
- {key: developer-1, field: developer, value: baidu, at: 'thepaper-2023 1:6-8', quotation: 百度}
- {key: event-1, field: event, event: released, at: 'thepaper-2023 1:0-10', quotation: '3月16日,百度发布',
   stated: 3月16日}
- {key: parameters-1, field: parameters, at: 'thepaper-2023 2:0-10', quotation: 参数规模为2600亿, stated: 2600亿,
   said_by_zh: 百度, said_by_en: Baidu}
- {key: sector-1, field: sector, value: finance, at: 'thepaper-2023 2:13-15', quotation: 金融}
""",
    "figures.yaml": """
- {slug: organisations, name_zh: 机构数, name_en: Organisations, low: 40, high: null, unit: organisations,
   counted_by_zh: 中新经纬, counted_by_en: Jingwei, as_of: 2023-04,
   evidence: [{at: 'thepaper-2023 3:4-9', quotation: 超过40家}]}
""",
    "omissions.yaml": "thepaper-2023:\n- {at: '3:13-18', quotation: GPT-4, reason: foreign-model}\n",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The folder with the article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def fixtures(tmp_path: Path, articles: Path) -> Path:
    """The folder with the fixture files."""
    folder = tmp_path / "fixtures"
    folder.mkdir()
    digest = hashlib.sha256((articles / "a.txt").read_bytes()).hexdigest()
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("HASH", digest), encoding="utf-8")
    return folder


@pytest.fixture
def edit(fixtures: Path) -> Callable[[str, str, str], None]:
    """`edit(file, old, new)`: one change to a fixture file, which must be there to change."""

    def change(file: str, old: str, new: str) -> None:
        text = (fixtures / file).read_text(encoding="utf-8")
        assert old in text
        (fixtures / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
