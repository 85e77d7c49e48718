"""Packages that only some networks need, and what to do where they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from alliancegraph.ontology.errors import ExtraMissing


def extra(module: str, purpose: str) -> ModuleType:
    """The module; raise `ExtraMissing` with the command that installs it, beginning with `purpose` ("pictures need")."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        message = f"{purpose} the package {package}; install it: pip install 'alliancegraph[networks]'"
        raise ExtraMissing(message, package=package) from error
