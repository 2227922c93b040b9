"""`make mutants`: changes one rule of a kit at a time, and counts what the corpus notices.

Examples:
    make mutants                                   # every mutant that is written by hand
    make mutants ARGS="--kit go"                   # those of one kit
    make mutants ARGS="--operators 150 --seed 7"   # random edits of operators
    make mutants ARGS="-k bool"                    # those with this word in the id or the rule

The exit status is 0 if every mutant is caught, or is in tools/mutants/equivalent.txt with the
reason; 1 if one survives; 2 if a mutant or a kit cannot be run, or that file names no mutant.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence

from mutants.equivalent import read_equivalent
from mutants.kits import KITS, Copy, Kit
from mutants.model import Mutant, MutantError
from mutants.operators import operator_mutants
from mutants.run import Corpus, Outcome
from mutants.seeded import seeded_mutants


def main(arguments: Sequence[str]) -> int:
    """Runs mutants and prints the score; returns the exit status."""
    options = _options(arguments)
    try:
        known = read_equivalent()
        chosen = {name: _choose(KITS[name], options) for name in options.kit}
        outcomes = [one for name, mutants in chosen.items() for one in _run(KITS[name], mutants)]
    except MutantError as error:
        print(f"mutants: {error}", file=sys.stderr)
        return 2
    if not outcomes:
        print("mutants: no mutant is selected", file=sys.stderr)
        return 2
    return _report(outcomes, known)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kit", action="append", choices=list(KITS), help="only this kit")
    parser.add_argument("--operators", type=int, metavar="N", help="N random edits of each kit")
    parser.add_argument("--seed", type=int, default=1, help="of the random edits; default 1")
    parser.add_argument("-k", metavar="WORD", default="", help="only those that have this word")
    options = parser.parse_args(arguments)
    options.kit = options.kit or list(KITS)
    return options


def _choose(kit: Kit, options: argparse.Namespace) -> Sequence[Mutant]:
    if options.operators is None:
        mutants = seeded_mutants(kit)
    else:
        mutants = operator_mutants(kit, options.operators, options.seed)
    return [one for one in mutants if options.k in f"{one.id} {one.breaks}"]


def _run(kit: Kit, mutants: Sequence[Mutant]) -> Sequence[Outcome]:
    if not mutants:
        return []
    print(f"{kit.name}: {len(mutants)} mutants", flush=True)
    corpus = Corpus(Copy(kit))
    corpus.check_unchanged()
    outcomes = []
    for number, mutant in enumerate(mutants, 1):
        started = time.monotonic()
        outcome = corpus.try_out(mutant)
        seconds = time.monotonic() - started
        end = f" by {outcome.by}" if outcome.by else ""
        print(
            f"  {number}/{len(mutants)} {outcome.state}{end} {seconds:.1f} s  {mutant.id}",
            flush=True,
        )
        outcomes.append(outcome)
    return outcomes


def _report(outcomes: Sequence[Outcome], known: Mapping[str, str]) -> int:
    survivors = [one.mutant for one in outcomes if one.state == "survived"]
    explained = [one for one in survivors if one.id in known]
    print()
    for mutant in survivors:
        reason = known.get(mutant.id)
        print(f"survived: {mutant.id} ({mutant.breaks})")
        print(f"  {mutant.path}:{mutant.line}: {mutant.old.strip()!r} -> {mutant.new.strip()!r}")
        print(f"  equivalent: {reason}" if reason else "  add a case that notices it")
    for name in KITS:
        ours = [one for one in outcomes if one.mutant.kit == name]
        if ours:
            print(f"{name}: {_score(ours, known)}")
    return 1 if len(explained) < len(survivors) else 0


def _score(outcomes: Sequence[Outcome], known: Mapping[str, str]) -> str:
    invalid = sum(one.state == "invalid" for one in outcomes)
    caught = sum(one.state == "caught" for one in outcomes)
    equivalent = sum(one.state == "survived" and one.mutant.id in known for one in outcomes)
    valid = len(outcomes) - invalid
    return (
        f"{caught} of {valid} caught, {equivalent} equivalent, "
        f"{valid - caught - equivalent} survived; {invalid} do not compile"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
