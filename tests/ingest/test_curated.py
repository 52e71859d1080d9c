"""The registry itself: what was read from the four articles, as the fixtures hold it."""

import pytest
from django.conf import settings

from models_catalog.intake.fixtures.rows import Fixtures, read_fixtures
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.models import Entry
from models_catalog.models.ranges import interval_of
from models_catalog.models.vocabulary import Basis, Field, Status
from tests.needs import ARTICLES, SOURCES

FOLDER = settings.BASE_DIR / "fixtures"


@pytest.fixture(scope="module")
def curated() -> Fixtures:
    return read_fixtures(FOLDER)


def test_fixtures_hold_every_entry_that_the_readers_found(curated: Fixtures) -> None:
    assert (len(curated.entries), len(curated.sources)) == (50, 4)


def test_claims_without_words_are_the_curators(curated: Fixtures) -> None:
    unquoted = {row["basis"] for row in curated.claims if not row["quotation"]}
    assert unquoted == {Basis.CURATOR}


def test_every_entry_has_a_name_a_kind_and_a_developer(curated: Fixtures) -> None:
    needed = {Field.NAME, Field.KIND, Field.DEVELOPER}
    told: dict[str, set[Field]] = {}
    for row in curated.claims:
        if row["status"] == Status.ACCEPTED:
            told.setdefault(row["entry"], set()).add(row["field"])
    assert [slug for slug, fields in told.items() if not needed <= fields] == []


SIZES = {
    "wenxin-yiyan": ("2600亿", 260_000_000_000, 260_000_000_000),
    "chatglm-6b": ("62亿", 6_200_000_000, 6_200_000_000),
    "chatglm": ("千亿", 100_000_000_000, 999_999_999_999),
    "sensechat": ("千亿级", 100_000_000_000, 999_999_999_999),
    "xulie-houzi": ("几百亿", 20_000_000_000, 99_999_999_999),
    "sensemirage": ("超10亿", 1_000_000_000, None),
    "m6": ("10万亿", 10_000_000_000_000, 10_000_000_000_000),
    "drivegpt": ("1200亿", 120_000_000_000, 120_000_000_000),
    "moss": ("200亿", 20_000_000_000, 20_000_000_000),
    "plug": ("270亿", 27_000_000_000, 27_000_000_000),
    "milm-6b": ("6B", 6_000_000_000, 6_000_000_000),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_sizes_are_what_the_words_say_and_no_other_entry_has_one() -> None:
    found = {
        entry.slug: (
            entry.parameters_stated,
            interval_of(entry.parameters).low,
            interval_of(entry.parameters).high,
        )
        for entry in Entry.objects.exclude(parameters=None)
    }
    assert found == SIZES


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_chatglm_6b_shows_the_other_size_as_disputed() -> None:
    other = Entry.objects.get(slug="chatglm-6b").claims.get(field=Field.PARAMETERS, status=Status.DISPUTED)
    assert (other.stated, other.ruling) == ("60亿", "builder-first")


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_plans_are_no_releases() -> None:
    planned = Entry.objects.filter(claims__event="planned", released=None).values_list("slug", flat=True)
    assert {"yanxi", "hunyuan", "xinghuo", "hangye-jingling"} <= set(planned)


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_fengwu_has_its_six_developers_in_order() -> None:
    rows = Entry.objects.get(slug="fengwu").entry_developers.select_related("developer")
    assert [row.developer.slug for row in rows] == [
        "shanghai-ai-lab", "ustc", "sjtu", "nuist", "iap-cas", "shanghai-meteorological-observatory",
    ]  # fmt: skip


GENERAL = {
    "chatglm", "chatglm-6b", "mchat", "mengzi", "moss", "sensechat", "shusheng", "shusheng-puyu", "tiangong",
    "tongyi-qianwen", "wenxin-yiyan", "xinghuo", "xulie-houzi",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_general_is_what_words_or_uses_or_a_family_make_so() -> None:
    assert set(Entry.objects.filter(category="general").values_list("slug", flat=True)) == GENERAL


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_applications_and_platforms_have_no_category() -> None:
    built = Entry.objects.filter(kind__in=["application", "platform"])
    assert [entry.slug for entry in built if "category" not in entry.not_applicable] == []


def test_no_industry_rests_on_a_kind_of_customer_or_a_modality(curated: Fixtures) -> None:
    words = {"B端", "To B", "3D内容生成", "图片生成", "视频生成"}
    standing = [
        row for row in curated.claims if row["field"] == Field.SECTOR and row["status"] == Status.ACCEPTED
    ]
    assert [row["entry"] for row in standing if row["stated"] in words] == []


def test_a_dispute_is_two_speakers_who_cannot_both_be_right(curated: Fixtures) -> None:
    disputed = {f"{row['entry']}/{row['key']}" for row in curated.claims if row["status"] == Status.DISPUTED}
    assert disputed == {"chatglm-6b/parameters-2", "sensechat/kind-1"}


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_what_is_deployed_is_in_use() -> None:
    in_use = Entry.objects.filter(stage="in-use").values_list("slug", flat=True)
    assert set(in_use) == {"pangu", "pangu-nlp", "tongyi-qianwen", "xinghuo", "ziyue"}


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
def test_an_update_and_a_listing_give_no_stage() -> None:
    stages = dict(Entry.objects.filter(slug__in=["m6", "hunyuan"]).values_list("slug", "stage"))
    assert stages == {"m6": "", "hunyuan": "planned"}


def test_a_month_that_no_article_writes_is_the_curators(curated: Fixtures) -> None:
    july = [row for row in curated.claims if str(row["days"] or "").startswith("[2023-07-01, 2023-08-01")]
    assert {row["basis"] for row in july} == {Basis.CURATOR}


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
@ARTICLES.mark
def test_evidence_stands_in_the_articles_as_the_readme_shows() -> None:
    report = verify_evidence(SOURCES)
    readme = (settings.BASE_DIR / "README.md").read_text("utf-8")
    assert [line for line in report.lines() if f"{line}\n" not in readme] == []
    assert (report.misses, report.unglossed) == ([], [])
    assert report.checked["claim quotations"] > 350
