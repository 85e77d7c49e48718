"""Makes pictures of the interactive page, at the size of a desktop and of a phone, light and dark.

usage: python docs/screenshots.py [-o FOLDER] [PAGE]

PAGE is a page that `alliancegraph view` wrote; without one, the page of the articles in examples/ is made first. Needs Playwright
and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
LOOKS = {
    "desktop": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "desktop-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
    "phone-dark": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "dark",
        "device_scale_factor": 2,
    },
}
# What is to be seen: what the page's own script looks up in the data, so that any page can be shown.
VIEWS = {
    "start": "({})",
    "node": "({ node: leading(isActor)[0].node.id })",
    "steps": "({ node: leading(isActor)[0].node.id, steps: 1, dots: true })",
    "text": """(() => {
        const found = statements.find((each) => canRead(documentOf(each)) && isStance(edgeOf(each)));
        return found ? { edge: found.edge, statement: found.key, marks: true } : {};
    })()""",
    "timeline": "({ view: 'timeline' })",
    "table": "({ view: 'table' })",
    "compare": "(([a, b]) => ({ view: 'compare', a: a?.node.id, b: b?.node.id }))(leading(isActor))",
}


def pictures(browser: Browser, address: str, folder: Path) -> list[Path]:
    """A picture of each view in each look."""
    found = []
    for look, options in LOOKS.items():
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        for view, changes in VIEWS.items():
            page.goto("about:blank")
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            page.evaluate(f"go({changes})")
            page.wait_for_timeout(500)
            found.append(folder / f"{look}-{view}.png")
            page.screenshot(path=found[-1])
        page.context.close()
    return found


def example_page(folder: Path) -> Path:
    """The page of the articles in examples/."""
    target = folder / "graph.html"
    for command in (["build", str(EXAMPLES)], ["view", "--output", str(target)]):
        store = ["--store", str(folder / "store")]
        subprocess.run(
            [sys.executable, "-m", "alliancegraph", *command, *store], check=True, stdout=subprocess.DEVNULL
        )
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures; 2 where there is no Chromium or no such page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/screenshots"))
    chosen = parser.parse_args(arguments)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or (chosen.page and not chosen.page.is_file()):
        sys.stderr.write("error: no Chromium\n" if chromium is None else f"error: no page {chosen.page}\n")
        return 2
    chosen.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as driver:
        page = chosen.page or example_page(Path(work))
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for picture in pictures(browser, page.resolve().as_uri(), chosen.output):
            sys.stdout.write(f"{picture}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
