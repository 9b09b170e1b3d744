"""A courier that says yes to everything and keeps nothing: what is left to measure is ours."""

import json
import socket
import threading
from pathlib import Path
from typing import Self

from terminal.courier.protocol import Answer, Deliver, Hello, Tell, Verdict, line, request_in


class ScriptedCourier:
    """`seqs` is the last record it acknowledged; each must follow on the one before."""

    def __init__(self, place: Path) -> None:
        self.seqs = 0
        self._line: socket.socket | None = None
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(place))
        self._server.listen()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        one, _ = self._server.accept()
        self._line = one
        with one, one.makefile("rwb") as wire:
            for said in wire:
                request = request_in(said)
                if isinstance(request, Hello):
                    wire.write(line(Answer(request.id)))
                    wire.write(json.dumps({"tell": "network", "up": True}).encode() + b"\n")
                elif isinstance(request, Deliver):
                    wire.write(line(self._delivered(request)))
                wire.flush()

    def says(self, words: Tell) -> None:
        """By itself, once it was greeted."""
        assert self._line is not None
        self._line.sendall(line(words))

    def _delivered(self, request: Deliver) -> Answer:
        assert request.records[0].seq == self.seqs + 1
        self.seqs = request.records[-1].seq
        verdicts = tuple(Verdict(one.id, one.seq, "stored") for one in request.records)
        return Answer(request.id, acked=self.seqs, verdicts=verdicts)
