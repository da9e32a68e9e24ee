"""Chromium for tests that look at pages: how it starts and what is written down while it runs."""

from typing import Any

from playwright.sync_api import Browser, Page, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WATCH = """window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refused.push(event.violatedDirective + ' ' + event.blockedURI);
});"""


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Debian's Chromium, without a sandbox of its own and without calls home."""
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=[*ARGUMENTS, *arguments]
    )


def open_page(browser: Browser, address: str, width: int, **options: Any) -> tuple[Page, list[str]]:
    """A page at `address` and the list its faults are added to; refusals of the policy too."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.add_init_script(WATCH)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed {request.url}"))
    page.goto(address)
    page.locator("html[data-started]").wait_for()
    page.evaluate("document.fonts.ready")
    return page, faults
