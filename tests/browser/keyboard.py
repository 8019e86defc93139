"""The bench without a mouse: Tab, arrows and Space to reach a field, a choice, or the reason why nothing is answered."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import at_rest

_FURTHEST = 40  # Tab presses from anywhere on the bench to anywhere else


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted thing has the focus, as somebody without a mouse does."""
    for _ in range(_FURTHEST):
        if wanted.count() and wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def choose(page: Page, group: str, option: str) -> None:
    """Choose one of a row of buttons: Tab to the row, arrows to the option, Space."""
    buttons = page.get_by_role("radiogroup", name=group).get_by_role("radio")
    names = [name.strip() for name in buttons.all_inner_texts()]
    tab_to(page, buttons.first)
    for _ in range(names.index(option)):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(buttons.nth(names.index(option))).to_be_checked()
    at_rest(page)


def leave(page: Page) -> None:
    """Say why nothing more is answered, where the policy has a range: Tab to the row, arrows to "None…", Space, then the reason."""
    none = page.get_by_role("button", name="None…")
    if none.count():
        row = none.locator("xpath=ancestor::*[@data-testid='stButtonGroup']")
        tab_to(page, row.get_by_role("button").first)
        for _ in range(row.get_by_role("button").count()):
            if none.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        why = page.get_by_label("Why nothing more is answered today")
        expect(why).to_be_visible()
        at_rest(page)
        tab_to(page, why)
        page.keyboard.type("Counsel is heard first")
