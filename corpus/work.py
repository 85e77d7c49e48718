"""What a worker does with one document: read it, extract what it says, and pack that for the store."""

from __future__ import annotations

from dataclasses import dataclass, replace

import alliancegraph
from alliancegraph.corpus.outcome import COUNTED, MEMORY, Built, Failure, Outcome, Stop, Task
from alliancegraph.extract.confident import confident
from alliancegraph.extract.model import Extraction
from alliancegraph.extract.reading import read_content
from alliancegraph.ontology.errors import AllianceGraphError, ModelNotInstalled, VocabularyError


@dataclass(frozen=True, slots=True)
class Work:
    """The way from a task to its outcome, the same in every process; small enough to be sent along with each task.

    `vocabulary` are the user's files by name, `digest` and `version` those of whoever gives the tasks.
    """

    digest: str
    version: str = alliancegraph.__version__
    vocabulary: tuple[tuple[str, bytes], ...] = ()
    min_confidence: float = 0.0
    meaning: bool = False

    def __call__(self, task: Task) -> Outcome:
        """The document of a task, packed, or why it cannot be done."""
        try:
            extraction = self._extraction(task)
            made = _packed(extraction, task)
        except (ModelNotInstalled, VocabularyError) as error:
            return Stop(str(error))
        except AllianceGraphError as error:
            return Failure(task.source, task.file, type(error).__name__, str(error), task.fingerprint)
        except MemoryError:
            reason = f"{task.source}: takes more memory than there is; split it into its articles"
            return Failure(task.source, task.file, MEMORY, reason, task.fingerprint)
        except Exception as error:
            return Failure(
                task.source, task.file, "unexpected", unexpected(task.source, error), task.fingerprint
            )
        return made

    def _extraction(self, task: Task) -> Extraction:
        from alliancegraph.ontology.vocabulary import vocabulary_of

        document = read_content(task.content, date=task.date)
        vocabulary = vocabulary_of(self.vocabulary)
        self._check(vocabulary.digest)
        from alliancegraph.extract.pipeline import extract

        encoder = None
        if self.meaning:
            from alliancegraph.extract.encoder import sentence_encoder

            encoder = sentence_encoder()
        return confident(extract(document, vocabulary, encoder=encoder), self.min_confidence)

    def _check(self, digest: str) -> None:
        if alliancegraph.__version__ != self.version or digest != self.digest:
            raise VocabularyError(
                f"a worker has alliancegraph {alliancegraph.__version__} with vocabulary {digest[:12]}, here are "
                f"{self.version} and {self.digest[:12]}; install the same version everywhere"
            )


def _packed(extraction: Extraction, task: Task) -> Built:
    from alliancegraph.graph.packing import packed

    made = packed(extraction)
    counts = tuple(len(getattr(extraction, layer)) for layer in COUNTED)
    return Built(task.source, replace(made, entry=replace(made.entry, fingerprint=task.fingerprint)), counts)


def unexpected(source: str, error: Exception) -> str:
    """The line for an error of the program's own."""
    return f"{source}: unexpected {type(error).__name__}: {error}; please report it with the article"
