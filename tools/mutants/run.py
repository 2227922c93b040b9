"""Runs the corpus against the runner of one kit."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from mutants.kits import Copy
from mutants.model import ROOT, Mutant, MutantError

_CONFIGURATION = """\
[project]
name = "mutants"
cases = ["conformance_cases"]
protos = ["proto", "third_party/proto"]

[load]
inputs = []

[load.expanders]
"testingkit.kit.v1.Value" = "testingkit.lit:expand"

[limits]
call_timeout = "5s"

[runners.{name}]
command = {command}
memory_limit = "4GiB"
"""
# Random cases expect that several kits agree, and only one runs here.
_SELECTION = ("-k", "not assertions/random")
_RUN_SECONDS = 300
_CONFORMANT = 0
_CAUGHT = (1, 5)  # exit codes: a wrong answer, or a runner that does not even start


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the corpus said about one mutant.

    Attributes:
        mutant: The mutant.
        state: ``caught``, ``survived`` or ``invalid``: it does not compile.
        by: The first finding that caught it, else empty.
    """

    mutant: Mutant
    state: str
    by: str = ""


class Corpus:
    """The corpus with one runner, which is in a copy of the checkout."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        command = json.dumps(copy.runner())
        text = _CONFIGURATION.format(name=copy.kit.name, command=command)
        (copy.root / "testingkit.toml").write_text(text, encoding="utf-8")

    def check_unchanged(self) -> None:
        """Checks that the kit passes without a mutant.

        Raises:
            MutantError: It does not build or does not pass.
        """
        name = self._copy.kit.name
        if not self._copy.build():
            raise MutantError(f"the {name} kit does not build")
        if finding := self._finding():
            raise MutantError(f"the {name} kit fails without a mutant: {finding}")

    def try_out(self, mutant: Mutant) -> Outcome:
        """Returns what the corpus says about a mutant."""
        mutant.apply(self._copy.root)
        try:
            if not self._copy.build():
                return Outcome(mutant, "invalid")
            finding = self._finding()
        finally:
            self._copy.restore(mutant)
        return Outcome(mutant, "caught", finding) if finding else Outcome(mutant, "survived")

    def _finding(self) -> str:
        """Runs all cases; returns the first finding, or empty text if there is none."""
        try:
            ended = subprocess.run(
                [ROOT / ".venv/bin/testingkit", "run", "--json", "--quiet", "-x", *_SELECTION],
                cwd=self._copy.root,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_RUN_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "a run that does not end"
        if ended.returncode == _CONFORMANT:
            return ""
        if ended.returncode not in _CAUGHT:
            raise MutantError(f"a run ended with {ended.returncode}: {ended.stderr.strip()}")
        return _first_finding(json.loads(ended.stdout))


def _first_finding(result: dict[str, Sequence[dict[str, str]]]) -> str:
    findings = result.get("findings", [])
    return (findings[0].get("id", "") or "a finding") if findings else "a finding"
