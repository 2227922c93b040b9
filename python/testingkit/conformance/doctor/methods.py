"""Compares the methods that a runner declares with reflection, protos, cases and configuration."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from testingkit.conformance.doctor.check_results import CheckStatus, Note
from testingkit.conformance.text.suggestions import did_you_mean

_MAX_SHOWN = 4  # names in one line


@dataclass(frozen=True, slots=True)
class Methods:
    """The methods of one runner by their source, each as ``package.Service/Method``."""

    runner: str
    declared: Sequence[str]
    specified: frozenset[str] = frozenset()  # in the project's protos; empty without protos
    called: frozenset[str] = frozenset()  # by cases
    reflected: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()  # services with descriptors in reflection
    listed: frozenset[str] | None = None  # services that reflection lists; None without reflection
    unsupported: Sequence[str] = ()  # patterns in the configuration
    services: Sequence[str] = ()  # in the configuration

    def is_excused(self, method: str) -> bool:
        """Returns whether the configuration lists a method as unsupported."""
        return any(fnmatch.fnmatchcase(method, pattern) for pattern in self.unsupported)

    @property
    def left_out(self) -> frozenset[str]:
        """The methods of the protos that are neither declared nor unsupported."""
        undeclared = self.specified - frozenset(self.declared)
        return frozenset(method for method in undeclared if not self.is_excused(method))


@dataclass(frozen=True, slots=True)
class _Rule:
    """A possible problem of methods; ``{names}`` and ``{runner}`` are placeholders."""

    status: CheckStatus
    text: str
    advice: str
    names: Callable[[Methods], Collection[str]]


def _service(method: str) -> str:
    return method.rpartition("/")[0]


def _not_reflected(m: Methods) -> Collection[str]:
    """Returns declared methods that reflection does not have, though it describes the service."""
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
    """Returns methods of services that are declared or called: protos may have other services."""
    subjects = {_service(method) for method in (*m.declared, *m.called)}
    return {method for method in m.left_out - m.called if _service(method) in subjects}


def _served_after_all(m: Methods) -> Collection[str]:
    return [method for method in m.declared if m.is_excused(method)]


def _unspecified(m: Methods) -> Collection[str]:
    if not m.specified:
        return ()
    return [
        f"{method or '(no name)'}{did_you_mean(method, m.specified)}"
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
        "list exactly the methods that the server serves in Describe",
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
        "list it in Describe: methods that are not listed are not called",
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
        "list every method once in Describe",
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
    """Returns a note for every rule that is broken."""
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
    text = ", ".join(ordered[:_MAX_SHOWN])
    more = len(ordered) - _MAX_SHOWN
    return f"{text} and {more:,} more" if more > 0 else text
