"""A runner that answers what a file states: ``answering.py PACKAGE.SERVICE METHOD FILE``.

The file is JSON: for every text, which is the first field of a request, the response in hexadecimal
digits, or the code and the message of an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import grpc

from testingkit.runner import Runner

_CODES = {code.value[0]: code for code in grpc.StatusCode}


def main(service: str, method: str, file: str) -> None:
    """Serves until the coordinator closes the lease."""
    answers: dict[str, Any] = json.loads(Path(file).read_text())

    def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
        stated = answers[request[2:].decode()]
        if isinstance(stated, str):
            return bytes.fromhex(stated)
        context.abort(_CODES[stated[0]], stated[1])
        raise AssertionError("abort raises")

    runner = Runner("answering", version="1.0.0")
    handler: Any = grpc.unary_unary_rpc_method_handler(answer)
    runner.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler(service, {method: handler}),)
    )
    runner.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
