"""A curator's workbench: an article with four new models, by a few clicks, by keyboard, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_reading import DETAILS, account, enter, faults

__all__ = ["account"]  # a fixture

MAKERS = {"青鸾": "星河智算", "云岫": "海棠智能", "问渠": "鹿鸣科技", "天枢": "明台科技"}


def article(tail: str) -> str:
    """Four models, each with its maker, day and size; one's next version, which is another model's future."""
    told = [
        f"7月{day}日,{maker}发布大模型“{name}{tail}”,{name}{tail}的参数为{day}0亿。"
        for day, (name, maker) in enumerate(MAKERS.items(), start=2)
    ]
    return "\n".join([*told, f"青鸾{tail}下一个版本的参数将超过9000亿。"])


def open_bench(page: Page, tail: str, language: str = "en") -> None:
    enter(page, "reader", language)
    page.locator("[name=text]").fill(article(tail))
    for name, words in DETAILS.items():
        page.locator(f"[name={name}]").fill(words)


def job(page: Page, tail: str) -> int:
    """Take all that is sure of the four models; how many clicks it took."""
    clicks = 0

    def click(press: Callable[[], None]) -> None:
        nonlocal clicks
        clicks += 1
        press()

    open_bench(page, tail)
    click(page.locator(".submit-row input").click)
    for name in MAKERS:
        group = page.locator(".group").filter(has=page.locator("h2", has_text=name))
        click(group.get_by_role("button", name="Select").click)
    click(page.locator("[name=_propose]").click)
    expect(page.locator(".messagelist")).to_contain_text("4 new entries")
    expect(page.locator("#claims, main, #content").first).not_to_contain_text("9000亿")
    return clicks


def test_four_new_models_are_proposed_with_six_clicks(
    page: Page, account: str, complaints: Complaints
) -> None:
    assert job(page, "甲") == 6
    assert complaints == []


def test_they_are_without_script(plain: Page, account: str) -> None:
    assert job(plain, "乙") == 6


def test_the_whole_job_is_done_by_keyboard(page: Page, account: str) -> None:
    open_bench(page, "丙")
    page.locator(".submit-row input").press("Enter")
    expect(page.locator("output")).to_contain_text("0 selected")
    for _step in range(6):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("f")
    page.keyboard.press("f")
    page.keyboard.press("f")
    expect(page.locator(".card:visible")).to_have_count(page.locator(".card [type=checkbox]:checked").count())
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.locator(".card details[open] :focus")).to_have_count(1)
    page.keyboard.type("jx")  # letters in a box are letters
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.locator("output")).not_to_contain_text("0 selected")


SELECT = """([line, words]) => {
  const walker = document.createTreeWalker(document.querySelector(`[data-line="${line}"]`), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def test_words_that_are_selected_are_marked(page: Page, account: str, complaints: Complaints) -> None:
    open_bench(page, "戊")
    with page.expect_navigation():  # loaded, with the script that hears the selection
        page.locator(".submit-row input").click()
    page.evaluate(SELECT, ["1", "发布"])
    expect(page.locator("[name=mark-words]")).to_have_value("发布")
    expect(page.locator("[name=mark-start]")).to_have_value("9")
    page.locator("[name=mark-field]").select_option("event")
    page.locator("[name=mark-event]").select_option("released")
    expect(page.locator("[name=mark-model]")).to_have_value("青鸾戊")  # named last before it
    with page.expect_navigation():
        page.locator("[name=_mark]").click()
    expect(page.locator(".card:focus")).to_contain_text("Released: Date not stated")
    page.keyboard.press("m")
    expect(page.locator("[name=mark-words]")).to_be_focused()
    page.keyboard.type("星河智算")
    page.locator("[name=mark-field]").select_option("developer")
    page.locator("[name=mark-words]").press("Enter")
    expect(page.locator(".card:focus")).to_contain_text("星河智算")
    assert complaints == []


def test_words_are_marked_without_script(plain: Page, account: str) -> None:
    open_bench(plain, "己")
    plain.locator(".submit-row input").click()
    for name, value in {"line": "5", "words": "下一个版本", "model": ""}.items():
        plain.locator(f"[name=mark-{name}]").fill(value)
    plain.locator("[name=_mark]").click()
    expect(plain.locator(".messagelist")).to_contain_text("Marked: Name 下一个版本")
    plain.locator("[name=_propose]").click()
    expect(plain.locator(".messagelist")).to_contain_text("1 claim proposed, 1 new entry")


def test_an_entry_is_previewed_in_a_window_of_its_own(page: Page, account: str) -> None:
    open_bench(page, "庚", "zh")
    with page.expect_navigation():
        page.locator(".submit-row input").click()
    expect(page.locator("output")).to_contain_text("已看")
    group = page.locator(".group").filter(has=page.locator("h2", has_text="云岫庚"))
    group.get_by_role("button", name="勾选").click()
    with page.context.expect_page() as opened:
        group.get_by_role("button", name="预览").click()
    expect(opened.value.locator("h1")).to_have_text("云岫庚")
    expect(opened.value.get_by_role("link", name="引用")).to_have_count(0)
    expect(group.get_by_role("checkbox", checked=True).first).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bench_is_accessible_everywhere(page: Page, account: str, language: str) -> None:
    open_bench(page, "丁", language)
    page.locator(".submit-row input").click()
    expect(page.locator(".groups")).to_be_visible()
    page.locator("[name=show][value=doubtful]").check()
    expect(page.locator(".card:visible")).to_have_count(page.locator(".card.doubtful").count())
    page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.locator("[name=show][value=all]").check()
    assert faults(page) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lost_session_loses_nothing(page: Page, account: str, language: str) -> None:
    open_bench(page, "丁", language)
    page.locator(".submit-row input").click()
    page.locator("[name^=name-]").first.fill("改过的")
    page.locator(".card [type=checkbox]").first.check()
    page.context.clear_cookies()
    page.locator("[name=_propose]").click()
    with page.expect_popup() as opened:
        page.locator("#content-main a[target=_blank]").click()
    tab = opened.value
    tab.locator("#id_username").fill("reader")
    tab.locator("#id_password").fill("correct horse")
    tab.locator("input[type=submit]").click()
    expect(tab.locator("#user-tools")).to_be_visible()
    page.locator(".submit-row input").click()
    expect(page.locator("[name^=name-]").first).to_have_value("改过的")
    expect(page.locator(".card [type=checkbox]").first).to_be_checked()
