"""Makes the commands that findings advise, so that they work where they are read."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

_MAX_NAMED = 5  # cases that a command names; more are named by their suites


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands that findings advise.

    Attributes:
        again: Options with which ``testingkit run -k CASE`` repeats a case of the run.
        paths: The case files and folders that the run was limited to.
        config: The configuration file; empty if commands find it in the working folder.
        folder: The project's folder, for paths of case files; empty if it is the working folder.
        run: The name of the run; empty if commands read this run if none is named.
    """

    again: Sequence[str] = ()
    paths: Sequence[str] = ()
    config: str = ""
    folder: str = ""
    run: str = ""

    def run_again(self, case_id: str) -> str:
        """Returns the command that runs a case again, against the same runners."""
        return _joined("run", "-k", case_id, *self.again, *self._config(), *self.paths)

    def accept(self, case_ids: Sequence[str]) -> str:
        """Returns the command that accepts goldens: of ids, or for many cases, of their suites."""
        if len(case_ids) > _MAX_NAMED:
            suites = dict.fromkeys(case_id.rpartition("/")[0] for case_id in case_ids)
            case_ids = [f"{suite}/*" for suite in suites]
        return _joined("accept", *case_ids, *self._config())

    def prune(self) -> str:
        """Returns the command that removes stale known divergences, as this run found them."""
        source = ["--from", self.run] if self.run else []
        return _joined("known", "prune", *source, *self._config())

    def audit(self, path: str) -> str:
        """Returns the command that audits a case file."""
        return _joined("audit", os.path.join(self.folder, path), *self._config())  # noqa: PTH118

    def _config(self) -> Sequence[str]:
        return ["-c", self.config] if self.config else []


def _joined(*words: str) -> str:
    return shlex.join(["testingkit", *words])
