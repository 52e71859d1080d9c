"""Words of headings that no column of the registry has for itself, and the columns' words in further languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BESIDE_MAKERS: Final = frozenset(
    ["高校", "大学", "院校", "学校", "个人", "作者", "individual", "individuals", "author", "authors"]
)
VERSIONS: Final = frozenset({
    "版本", "模型版本", "型号", "版本号", "模型版本号", "规格", "尺寸", "子模型", "version", "versions", "variant", "variants",
    "checkpoint", "checkpoints", "size", "sizes",
})  # fmt: skip
"""Headings of what tells the models of a family apart: in such a table the family is not the model."""
IDS: Final = frozenset(
    "model id;modelid;模型id;repo id;hf id;hf model;model path;full name;fullname".split(";")  # noqa: SIM905
)
"""Headings of addresses on a hub, which are the names if no column is called so and they have letters."""
_OTHER_LANGUAGES: Final[Mapping[str, str]] = {
    "name": "modèle; nom du modèle; modelo; nombre del modelo; nome do modelo; modello; sprachmodell; modellname; модель; モデル; モデル名; 모델; 모델명",
    "developer": "entwickler; hersteller; anbieter; unternehmen; développeur; éditeur; entreprise; desarrollador; empresa; desenvolvedor; sviluppatore; "
    "разработчик; 開発元; 開発者; 提供元; 企業; 개발사; 개발자",
    "parameters": "パラメータ; パラメータ数; パラメーター数; 파라미터; 파라미터 수; 매개변수; 매개변수 수",
    "released": "veröffentlicht; veröffentlichung; veröffentlichungsdatum; date de sortie; fecha de lanzamiento; data de lançamento; data di rilascio; дата выпуска; "
    "公開日; リリース日; 출시일; 공개일",
    "openness": "オープンソース; 오픈소스",
}
"""Of sizes only where a point parts decimals: 1.500 M is 1,500 million in German and Spanish."""
OTHER_LANGUAGES: Final = {column: words.split("; ") for column, words in _OTHER_LANGUAGES.items()}
