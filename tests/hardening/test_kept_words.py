"""What processes keep for the next page is bounded in bytes too: nothing of any length that somebody else chooses is kept."""

from models_catalog.intake.tables import words as cell_words
from models_catalog.models import Developer
from models_catalog.pages.rendering import words


def test_links_to_a_state_that_a_reader_writes_are_not_kept() -> None:
    maker = Developer(slug="baidu", name_zh="百度")
    words.links([maker], "developer", "/models/a/")
    kept = words._kept_link.cache_info().currsize
    for noughts in range(3):
        state = f"release={'0' * noughts}1"
        assert state in words.links([maker], "developer", f"/models/a/?{state}")
    assert words._kept_link.cache_info().currsize == kept


def test_long_cells_are_not_kept() -> None:
    cell_words.narrow("ＡＢ")
    kept = cell_words._kept.cache_info().currsize
    assert cell_words.narrow("Ａ" * 1_000) == "a" * 1_000
    assert cell_words._kept.cache_info().currsize == kept
