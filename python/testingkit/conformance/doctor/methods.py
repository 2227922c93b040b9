"""What a runner says it serves, against what it reflects, the protos, the cases and the project."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from testingkit.conformance.doctor.check_results import CheckStatus, Note
from testingkit.conformance.text.suggestions import did_you_mean

_SHOWN = 4  # of the names in one line


@dataclass(frozen=True, slots=True)
class Methods:
    """Methods of one runner, by where they are named: each ``package.Service/Method``."""

    runner: str
    declared: Sequence[str]
    specified: frozenset[str] = frozenset()  # in the project's protos; empty where there are none
    called: frozenset[str] = frozenset()  # by cases
    reflected: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()  # services that reflection has descriptors of
    listed: frozenset[str] | None = None  # services that reflection names; None without reflection
    unsupported: Sequence[str] = ()  # patterns of the configuration
    services: Sequence[str] = ()  # of the configuration

    def is_excused(self, method: str) -> bool:
        """Whether the configuration says that the runner does not serve a method."""
        return any(fnmatch.fnmatchcase(method, pattern) for pattern in self.unsupported)

    @property
    def left_out(self) -> frozenset[str]:
        """Methods of the protos that are neither served nor excused."""
        silent = self.specified - frozenset(self.declared)
        return frozenset(method for method in silent if not self.is_excused(method))


@dataclass(frozen=True, slots=True)
class _Rule:
    """Something that may be wrong with methods; ``{names}`` and ``{runner}`` are filled in."""

    status: CheckStatus
    text: str
    advice: str
    names: Callable[[Methods], Collection[str]]


def _service(method: str) -> str:
    return method.rpartition("/")[0]


def _not_reflected(m: Methods) -> Collection[str]:
    """Only where reflection could have said so: a service may be named without descriptors."""
    if m.listed is None:
        return ()
    return [
        method
        for method in m.declared
        if method not in m.reflected
        and (_service(method) in m.described or _service(method) not in m.listed)
    ]


def _unlisted(m: Methods) -> Collection[str]:
    return m.reflected - frozenset(m.declared)


def _called_in_vain(m: Methods) -> Collection[str]:
    return m.left_out & m.called


def _never_called(m: Methods) -> Collection[str]:
    """Of subjects that the runner or a case is about: protos may hold services of other things."""
    subjects = {_service(method) for method in (*m.declared, *m.called)}
    return {method for method in m.left_out - m.called if _service(method) in subjects}


def _served_after_all(m: Methods) -> Collection[str]:
    return [method for method in m.declared if m.is_excused(method)]


def _unspecified(m: Methods) -> Collection[str]:
    if not m.specified:
        return ()
    return [
        f"{method}{did_you_mean(method, m.specified)}"
        for method in m.declared
        if method not in m.specified
    ]


def _repeated(m: Methods) -> Collection[str]:
    return [method for method, times in Counter(m.declared).items() if times > 1]


def _idle_patterns(m: Methods) -> Collection[str]:
    if not m.specified:
        return ()
    return [p for p in m.unsupported if not fnmatch.filter(m.specified, p)]


def _unknown_services(m: Methods) -> Collection[str]:
    if not m.specified:
        return ()
    known = {_service(method) for method in m.specified}
    return [f"{name}{did_you_mean(name, known)}" for name in m.services if name not in known]


_RULES: Sequence[_Rule] = (
    _Rule(
        CheckStatus.FAILED,
        "declares {names}, which its own server reflection does not have",
        "let Describe list what the server serves, and nothing else",
        _not_reflected,
    ),
    _Rule(
        CheckStatus.FAILED,
        "does not serve {names}, which cases call",
        "serve it, or list it under runners.{runner}.unsupported",
        _called_in_vain,
    ),
    _Rule(
        CheckStatus.FAILED,
        "serves {names}, which the configuration says it does not",
        "remove it from runners.{runner}.unsupported",
        _served_after_all,
    ),
    _Rule(
        CheckStatus.FAILED,
        "the protos do not have {names}",
        "correct runners.{runner}.services",
        _unknown_services,
    ),
    _Rule(
        CheckStatus.WARNING,
        "reflects {names}, which it does not declare",
        "let Describe list it: what is not listed is never called",
        _unlisted,
    ),
    _Rule(
        CheckStatus.WARNING,
        "the protos do not have what it declares: {names}",
        "look for a wrong name, or a proto of another version",
        _unspecified,
    ),
    _Rule(
        CheckStatus.WARNING,
        "does not serve {names}, which no case calls yet",
        "serve it, or list it under runners.{runner}.unsupported",
        _never_called,
    ),
    _Rule(
        CheckStatus.WARNING,
        "declares {names} more than once",
        "let Describe list every method once",
        _repeated,
    ),
    _Rule(
        CheckStatus.WARNING,
        "runners.{runner}.unsupported has {names}, which matches no method of the protos",
        "correct or remove the entry",
        _idle_patterns,
    ),
)


def compare_methods(methods: Methods) -> Sequence[Note]:
    """Says everything that does not fit; nothing where all fits."""
    return [
        Note(
            rule.status,
            rule.text.format(names=_some(names), runner=methods.runner),
            rule.advice.format(runner=methods.runner),
        )
        for rule in _RULES
        if (names := rule.names(methods))
    ]


def _some(names: Collection[str]) -> str:
    ordered = sorted(set(names))
    text = ", ".join(ordered[:_SHOWN])
    more = len(ordered) - _SHOWN
    return f"{text} and {more} more" if more > 0 else text
