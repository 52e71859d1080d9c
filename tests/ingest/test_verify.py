"""Break a quotation, an offset, a hash, a number or a column: the check must fail each time."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import NumericRange

from models_catalog.intake.fixtures.load import load_fixtures
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.models import Claim, DeveloperClaim, Entry, FigureEvidence, Omission, Source
from models_catalog.models.vocabulary import Field

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(fixtures: Path) -> None:
    load_fixtures(fixtures)


def misses(articles: Path) -> str:
    return "\n".join(verify_evidence(articles).misses)


def test_sound_evidence_has_no_misses(articles: Path) -> None:
    report = verify_evidence(articles)
    assert report.misses == []
    assert report.checked["claim quotations"] == 5
    assert report.checked["parsed sizes"] == 1
    assert report.checked["claims about developers"] == 1


def test_a_changed_quotation_is_missed(articles: Path) -> None:
    Claim.objects.filter(field=Field.DEVELOPER).update(quotation="华为", stated="华为")
    assert "stands '百度', not '华为'" in misses(articles)


def test_a_shifted_offset_is_missed(articles: Path) -> None:
    Claim.objects.filter(field=Field.DEVELOPER).update(start=7, end=9)
    assert "wenxin-yiyan/developer-1" in misses(articles)


def test_a_line_past_the_end_is_missed(articles: Path) -> None:
    Omission.objects.update(line=99)
    assert "omission GPT-4" in misses(articles)


def test_words_outside_their_quotation_are_missed(articles: Path) -> None:
    FigureEvidence.objects.update(stated="超过50家")
    assert "is not within" in misses(articles)


def test_a_number_that_its_words_do_not_give_is_missed(articles: Path) -> None:
    wrong = NumericRange(270_000_000_000, 270_000_000_001, "[)")
    Claim.objects.filter(field=Field.PARAMETERS).update(number=wrong)
    Entry.objects.update(parameters=wrong)
    assert "'2600亿' reads as" in misses(articles)


def test_a_column_that_no_claim_says_is_missed(articles: Path) -> None:
    Entry.objects.update(aliases=["文小言"])
    assert "wenxin-yiyan: aliases hold what no claim says" in misses(articles)


def test_another_text_under_the_same_name_is_missed(articles: Path) -> None:
    (articles / "a.txt").write_text("changed", encoding="utf-8")
    assert "is not the text read" in misses(articles)


def test_a_missing_article_is_missed(articles: Path) -> None:
    (articles / "a.txt").unlink()
    assert "is not the text read" in misses(articles)


def test_command_prints_counts(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_evidence", str(articles))
    assert "5 claim quotations checked" in capsys.readouterr().out


def test_command_fails_on_a_miss(articles: Path) -> None:
    Source.objects.update(sha256="0" * 64)
    with pytest.raises(CommandError, match="1 misses"):
        call_command("verify_evidence", str(articles))


def test_command_without_articles_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="CATALOG_SOURCES_DIR"):
        call_command("verify_evidence", str(tmp_path / "nothing"))


def test_changed_words_about_a_developer_are_missed(articles: Path) -> None:
    DeveloperClaim.objects.update(quotation="华为", stated="华为")
    assert "baidu/alias-1: at 1:6-8 stands '百度', not '华为'" in misses(articles)


def test_statement_that_the_developers_row_does_not_hold_is_missed(articles: Path) -> None:
    DeveloperClaim.objects.update(text="度娘")
    assert "baidu/alias-1: '度娘' is not what" in misses(articles)


def test_quotations_without_a_gloss_are_counted_and_fail_where_asked(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_evidence", str(articles))
    assert "7 quotations without an English gloss" in capsys.readouterr().out
    with pytest.raises(CommandError, match="'文心一言' has no gloss"):
        call_command("verify_evidence", str(articles), glossed=True)
