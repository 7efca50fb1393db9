"""Where the browser for the tests is; run as a program it prints the path, or fails."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser(bundled: str) -> str | None:
    """Find BROWSER_PATH, a system Chromium, or the one Playwright installed at `bundled`."""
    named = [os.environ.get("BROWSER_PATH"), *map(shutil.which, _BROWSERS), bundled]
    return next((path for path in named if path and Path(path).is_file()), None)


def main() -> int:
    with sync_playwright() as playwright:
        program = find_browser(playwright.chromium.executable_path)
    sys.stdout.write(f"{program}\n" if program else "")
    return 0 if program else 1


if __name__ == "__main__":
    sys.exit(main())
