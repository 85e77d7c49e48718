"""A worker process: it answers one job after another, and may be killed at any of them.

Its start is quick because it imports little; it ends when its input does, which is also how it learns of its parent's death.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from alliancegraph.ontology.errors import AllianceGraphError
from alliancegraph.serve.jobs import Answer, Job, Setup, answer_frame, read_job
from alliancegraph.serve.memory import Memory
from alliancegraph.serve.reading import Reader
from alliancegraph.serve.refusal import BAD_REQUEST, CRASHED, Refusal

READY = 200


def main() -> None:
    """Answer the jobs of the standard input on the standard output until there are no more."""
    jobs, out = sys.stdin.buffer, _private_output()
    threading.Thread(target=_end_with_input, args=(jobs.fileno(),), daemon=True).start()
    first = read_job(jobs)
    if first is None or not isinstance(first[0], Setup):
        return
    opened = _opened(first[0], out)
    if opened is not None:
        _work(jobs, out, *opened)


def _work(jobs: BinaryIO, out: BinaryIO, handle: Handle, memory: Memory) -> None:
    while (job := read_job(jobs)) is not None:
        _send(out, _answer(handle, *job))
        if memory.is_worn:
            os._exit(0)


def _private_output() -> BinaryIO:
    """The standard output for frames alone; what anything prints goes to the standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _end_with_input(input_: int) -> None:
    """End at once when the other side closes or dies, in the middle of a query too."""
    hang_up = select.poll()
    hang_up.register(input_, 0)
    hang_up.poll()
    os._exit(0)


Handle = Callable[[Any, bytes], Answer]


def _opened(setup: Setup, out: BinaryIO) -> tuple[Handle, Memory] | None:
    """What answers the jobs, in what memory; a store that cannot be opened is told in place of being ready."""
    try:
        handle, memory = _handle(setup)
    except (AllianceGraphError, OSError) as error:
        _send(out, _refused(CRASHED, str(error)))
        return None
    memory.rest()
    _send(out, Answer(READY))
    return handle, memory


def _handle(setup: Setup) -> tuple[Handle, Memory]:
    if setup.writer:
        from alliancegraph.serve.writing import Writer  # it takes long, and readers do without

        writer = Writer(setup)
        return writer.answer, Memory(setup.memory)
    reader = Reader(setup)
    memory = Memory(setup.memory)
    reader.load()
    return lambda job, _: reader.answer(job), memory


def _answer(handle: Handle, job: Setup | Job, body: bytes) -> Answer:
    try:
        return handle(job, body)
    except Refusal as refusal:
        return _refused(refusal.status, refusal.message)
    except AllianceGraphError as error:
        return _refused(CRASHED, str(error))
    except SyntaxError as error:
        return _refused(BAD_REQUEST, f"SPARQL that does not parse: {error.msg}")
    except ValueError as error:
        return _refused(BAD_REQUEST, str(error))
    except RuntimeError as error:  # well-formed, and yet not to be answered: so the protocol wants it
        return _refused(CRASHED, f"SPARQL that cannot be answered: {error}")
    except OSError as error:
        return _refused(CRASHED, f"the store, or an address that the text names, failed: {error}")
    except MemoryError:
        os.abort()
    except BaseException as error:  # the engine's panics are no Exception
        return _refused(CRASHED, f"the engine failed: {type(error).__name__}")


def _refused(status: int, message: str) -> Answer:
    return Answer(status, "", " ".join(message.split()).encode())


def _send(out: BinaryIO, answer: Answer) -> None:
    out.write(answer_frame(answer))
    out.flush()


if __name__ == "__main__":
    main()
