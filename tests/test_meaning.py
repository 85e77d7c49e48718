"""Issues by likeness of meaning: the logic with a toy encoder, the encoder's arithmetic, and the real one where it is installed."""

from __future__ import annotations

import importlib.util
import json
import math
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from alliancegraph import cli
from alliancegraph.corpus.build import Plan, settings
from alliancegraph.corpus.journal import fingerprint
from alliancegraph.corpus.work import Work
from alliancegraph.extract import encoder as encoders
from alliancegraph.extract.encoder import Array, MiniLM, encoder_folder, gelu, sentence_encoder
from alliancegraph.extract.meaning import WORDINGS, wordings
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.extract.pipeline import weighted
from alliancegraph.extract.reading import Content
from alliancegraph.extract.sources import Raw
from alliancegraph.extract.wordpieces import WordPieces
from alliancegraph.ontology.errors import ModelNotInstalled
from alliancegraph.ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
HARPOONS = "The old harpoons gather dust in the sheds by the quay."
BLUBBER = "Nobody has boiled blubber there for twenty years or more."
BOTH = "Either of the two could be meant by these few words."
TRADE = "Tariffs on steel will be cut by both governments next year."
ARTICLE = f"{TRADE} {HARPOONS} {BOTH} They walked home. {BLUBBER}"


class Toy:
    """An encoder with one direction for whaling, one for trade, and one for all else."""

    label = "toy"
    whaling = frozenset({HARPOONS, BLUBBER, *wordings(VOCABULARY.issue_by_id["natural-resources"])})
    trade = frozenset(wordings(VOCABULARY.issue_by_id["trade"]))

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Array:
        """The direction of each text."""
        self.asked += texts
        rows = np.array([self._row(text.strip()) for text in texts], np.float32)
        norms: Array = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return norms

    def _row(self, text: str) -> tuple[bool, bool, bool]:
        if text == BOTH:
            return True, True, False
        return text in self.whaling, text in self.trade, text not in self.whaling | self.trade


def read(text: str, encoder: Toy | None) -> Extraction:
    """The extraction of a text of no name."""
    iri = "https://w3id.org/alliancegraph/document/0000000000000000"
    return weighted(Document(iri, text, "case.txt"), VOCABULARY, encoder=encoder)


def test_wordings_are_label_and_phrases() -> None:
    """An issue is described by its label and some phrases from all of its list."""
    issue = VOCABULARY.issue_by_id["trade"]
    found = wordings(issue)
    assert found[0] == "Trade and market access"
    assert len(found) == WORDINGS + 1
    assert set(found[1:]) <= set(issue.strong)
    assert found == wordings(issue)


def test_only_sentences_without_an_issue_are_asked() -> None:
    """A sentence that a phrase decides, and one of few words, are not encoded."""
    toy = Toy()
    read(ARTICLE, toy)
    assert [text for text in toy.asked if text.endswith(".")] == [HARPOONS, BOTH, BLUBBER]


def test_near_issue_is_found() -> None:
    """The issue whose wordings are nearest is discussed, with less confidence; one that is as near as another is not."""
    plain, found = read(ARTICLE, None), read(ARTICLE, Toy())
    assert [issue.id for issue in plain.issues] == ["trade"]
    assert [(issue.id, issue.confidence) for issue in found.issues] == [
        ("natural-resources", 0.4),
        ("trade", 0.6),
    ]
    assert [evidence.quote for evidence in found.issues[0].evidence] == [HARPOONS, BLUBBER]
    assert found.positions == plain.positions
    assert found.provenance.model == f"{plain.provenance.model}, toy"


def test_nothing_to_ask() -> None:
    """A text of which a phrase decides every sentence needs no encoder."""
    toy = Toy()
    assert [issue.id for issue in read(TRADE, toy).issues] == ["trade"]
    assert toy.asked == []


def test_word_pieces() -> None:
    """The longest known pieces, without case and accents; unknown and overlong words are one piece; the end is cut off."""
    known = ["[UNK]", "[CLS]", "[SEP]", "war", "##ship", "##s", "e", ",", "_"]
    pieces = WordPieces({piece: number for number, piece in enumerate(known)}, 9)
    assert pieces("Warships") == [1, 3, 4, 5, 2]
    assert pieces("wär, é_") == [1, 3, 7, 6, 8, 2]
    assert pieces("warp " + "w" * 101) == [1, 0, 0, 2]
    assert pieces("war " * 20) == [1, *[3] * 7, 2]
    assert pieces("") == [1, 2]


def test_gelu() -> None:
    """The approximation of erf is as good as single precision."""
    points = np.linspace(-6, 6, 41, dtype=np.float32)
    exact = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in points.tolist()]
    assert np.allclose(gelu(points), exact, atol=2e-6)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with an encoder of one layer and four numbers to a word."""
    shapes = {
        "embeddings.word_embeddings.weight": (6, 4),
        "embeddings.position_embeddings.weight": (128, 4),
        "embeddings.token_type_embeddings.weight": (2, 4),
        "embeddings.LayerNorm.weight": (4,),
        "embeddings.LayerNorm.bias": (4,),
    }
    layer = "encoder.layer.0."
    linear = {f"attention.self.{n}": (4, 4) for n in ("query", "key", "value")} | {
        "attention.output.dense": (4, 4), "intermediate.dense": (8, 4), "output.dense": (4, 8),
    }  # fmt: skip
    for name, shape in linear.items():
        shapes |= {f"{layer}{name}.weight": shape, f"{layer}{name}.bias": shape[:1]}
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        shapes |= {f"{layer}{name}.weight": (4,), f"{layer}{name}.bias": (4,)}
    numbers = np.random.default_rng(7)
    header, blob = {}, b""
    for name, shape in shapes.items():
        data = numbers.normal(size=shape).astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    head = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    (tmp_path / "model.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + blob)
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\nwar\npeace\n##s\n", encoding="utf-8")
    config = {"num_hidden_layers": 1, "num_attention_heads": 2, "hidden_size": 4}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return tmp_path


def test_encoder_rows(tiny: Path) -> None:
    """Rows are of length one, in the order asked, and the same whatever a text is encoded together with."""
    encoder = MiniLM(tiny)
    rows = encoder(["war", "peace war peace wars", "war"])
    assert rows.shape == (3, 4)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert np.allclose(rows[0], rows[2], atol=1e-6)
    assert np.allclose(rows[0], encoder(["war"])[0], atol=1e-6)
    assert not np.allclose(rows[0], rows[1], atol=0.01)


def test_encoder_of_ones_own(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the environment names is used; one without its files is named in the error."""
    monkeypatch.setenv(encoders.ENCODER_VARIABLE, str(tiny))
    assert encoder_folder() == tiny
    (tiny / "vocab.txt").unlink()
    with pytest.raises(ModelNotInstalled, match=r"no vocab\.txt in this folder of an encoder"):
        encoder_folder()


def test_missing_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the encoder `--meaning` ends with one line that tells the command."""
    monkeypatch.delenv(encoders.ENCODER_VARIABLE, raising=False)
    monkeypatch.setattr(encoders, "PACKAGE", "no_such_package")
    sentence_encoder.cache_clear()
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    store = str(tmp_path / "store")
    for arguments in (["extract", str(article)], ["build", str(article), "--store", store]):
        assert cli.main([*arguments, "--meaning"]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err == f"error: the sentence encoder is not installed; run: {encoders.INSTALL}\n"


def test_store_knows_the_switch() -> None:
    """An article that was stored without the switch is not current with it, and the other way round."""
    content = Content("case.txt", Raw(TRADE.encode(), "case.txt"), None)
    plans = [Plan(("case.txt",), Path("store"), meaning=meaning) for meaning in (True, False)]
    digests = {fingerprint(content, settings(plan, Work("0"))) for plan in plans}
    assert len(digests) == 2


@pytest.mark.skipif(
    importlib.util.find_spec(encoders.PACKAGE) is None,
    reason="the sentence encoder is an addition of 83 MB; " + encoders.INSTALL,
)
def test_real_encoder() -> None:
    """The published weights put a paraphrase near and an unrelated sentence far."""
    encoder = sentence_encoder()
    rows = encoder(["A man is eating food.", "A man eats something.", "The girl is carrying a baby."])
    assert np.allclose((rows @ rows.T)[0], [1, 0.8749, -0.105], atol=1e-3)
