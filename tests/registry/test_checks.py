"""What a PostgreSQL server must be."""

import pytest

from registry.checks import complaints, database_is_fit


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ((15, "C.UTF-8", "UTF8"), []),
        ((18, "zh_CN.UTF-8", "UTF8"), []),
        ((14, "C.UTF-8", "UTF8"), ["registry.E002"]),
        ((15, "C", "UTF8"), ["registry.E003"]),
        ((15, "POSIX", "SQL_ASCII"), ["registry.E003"]),
        ((18, "zh_CN.GBK", "EUC_CN"), ["registry.E003"]),
    ],
)
def test_unfit_servers_are_refused(server: tuple[int, str, str], expected: list[str]) -> None:
    assert [error.id for error in complaints(*server)] == expected


@pytest.mark.django_db
def test_the_server_of_the_tests_is_fit() -> None:
    assert database_is_fit(["default"]) == []
