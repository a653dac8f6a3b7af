"""Gateways of our own on the loopback, ill-behaved on demand: they refuse, delay, drop, answer by halves.

``HttpSink`` and ``SmtpSink`` keep what reached them; ``manners`` are taken in turn, the last for ever.
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Got:
    """One request as it arrived."""

    line: str
    headers: dict[str, str]
    body: str

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class Sink:
    """A gateway that is listening; ``manners`` say how it answers."""

    port: int = 0
    manners: list[str] = field(default_factory=lambda: ["ok"])
    answer: str = '{"code": 0, "errcode": 0, "id": "g-1"}'
    got: list[Any] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    """Of what arrived, what a real gateway would have sent on."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def manner(self) -> str:
        with self.lock:
            return self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"


class _Http(socketserver.StreamRequestHandler):
    sink: Sink

    def handle(self) -> None:
        line = self.rfile.readline().decode().strip()
        headers = {}
        while (text := self.rfile.readline().decode().strip()) != "":
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0))).decode()
        manner = self.sink.manner()
        if manner == "drop":
            return  # read, and never heard of
        with self.sink.lock:
            self.sink.got.append(Got(line, headers, body))
            whole = body != "" and len(body.encode()) == int(headers.get("content-length", 0))
            if whole and not manner.isdigit():
                self.sink.taken.append(self.sink.got[-1])
        if manner.startswith("slow"):
            time.sleep(float(manner.removeprefix("slow")))
        if manner == "lose":
            return  # taken, and the answer lost
        status = manner if manner.isdigit() else "200"
        answer = self.sink.answer.encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n".encode()
        if manner == "half":
            answer = answer[: len(answer) // 2]
        self.wfile.write(head + answer)


class _Smtp(socketserver.StreamRequestHandler):
    sink: Sink

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self) -> None:
        manner = self.sink.manner()
        if manner == "drop":
            return
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "RCPT" and manner == "550":
                self.say("550 no such box")
            elif word == "MAIL" and manner == "451":
                self.say("451 later")
            elif word == "DATA":
                self.say("354 go on")
                parts = []
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    parts.append(part)
                self.sink.got.append(b"".join(parts))
                if manner == "lose":
                    return
                if manner.startswith("slow"):
                    time.sleep(float(manner.removeprefix("slow")))
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def _listening(handler: type[Any], *manners: str) -> Iterator[Sink]:
    sink = Sink(manners=list(manners or ("ok",)))
    own = type("Handler", (handler,), {"sink": sink})
    with _Server(("127.0.0.1", 0), own) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()


def http_sink(*manners: str):
    return _listening(_Http, *manners)


def smtp_sink(*manners: str):
    return _listening(_Smtp, *manners)


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
