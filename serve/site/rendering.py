"""Templates with what they need; whatever comes from a document or an address is written as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alliancegraph import __version__

HTML: Final = "text/html; charset=utf-8"
_TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": False}
    made.filters["number"] = lambda value: f"{value:,}"
    made.globals["version"] = __version__
    return made


def rendered(template: str, **context: Any) -> bytes:
    """A page; what UTF-8 cannot hold becomes a question mark."""
    return _environment().get_template(template).render(context).encode("utf-8", "replace")
