"""Fixtures that tests of several files share: a real browser."""

from __future__ import annotations

from browsing import browser, new_page, page, watched

__all__ = ["browser", "new_page", "page", "watched"]
