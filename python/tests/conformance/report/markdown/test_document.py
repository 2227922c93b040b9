"""The step summary: it has the totals of the footer, fits a step, and has only escaped texts."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.event_log import EventLogWriter, read_events
from testingkit.conformance.record.run_log import RunLog, open_log
from testingkit.conformance.report.markdown.document import MAX_BYTES, write
from testingkit.conformance.report.markdown.size_budget import Block, fit
from testingkit.conformance.report.markdown.syntax import code, fenced, html_code, prose, table
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import Finding, LeftOut
from tests.conformance.logs import agreed, crashed, diverged, finding, planned, record
from tests.conformance.support import new

GITHUB = 1 << 20  # bytes of a summary
PARSER = MarkdownIt("commonmark").enable("table")

# Texts with a meaning in Markdown, in HTML, or for GitHub.
HOSTILE = [
    "a|b",
    r"a\|b",
    "`code`",
    "```\n# heading\n```",
    "<script>alert(1)</script>",
    "</details></summary><img src=x onerror=alert(1)>",
    "<!-- ",
    "line\nanother\n\n# heading\n| a | b |\n|---|---|",
    "@octocat and @org/team",
    "#123 GH-123 org/repo#123 octocat@0123456789abcdef",
    "0123456789abcdef0123456789abcdef01234567",
    "deadbeef",
    "https://example.com www.example.com mail@example.com",
    "[link](https://example.com) ![image](x.png) [ref]: <x>",
    "*emphasis* _too_ ~~gone~~ **strong**",
    ":tada: $x$ $`y`$",
    "- item",
    "1. item",
    "> quote",
    "&lt;b&gt; &#64;octocat",
    " leading and trailing ",
    "\x1b[31mred\u202e\u200b\x00",
    "::error file=x::y",
    "",
]


def written(log: RunLog) -> str:
    out = io.BytesIO()
    write(log, out)
    return out.getvalue().decode()


SMALL = """\
## ✗ NOT CONFORMANT

`testingkit 0.1.0 · 3 cases · 1 suite · go rust · seed 7f`

2 problems: `C1 D1`

| runner | planned | pass | fail | crash |
| --- | ---: | ---: | ---: | ---: |
| `go` | 3 | 3 | 0 | 0 |
| `rust` | 3 | 1 | 1 | 1 |

parity 2 comparable: 1 agree · 1 diverge · 1 with one answer only · 1.7 s

### Findings

<details open><summary><b>CRASH</b> <code>probe&#47;three</code> · <code>rust</code> · \
<code>C1</code></summary>

`cases/a.textproto:3` · `ProbeService.Say`

→ rust: crash: killed by signal 6 (SIGABRT); the same when run alone

request `text: "why"`

```text
thread 'main' panicked
at src/lib.rs:88
```

the others: `go` ✓

```sh
testingkit run -k probe/three
```

</details>

<details open><summary><b>DIVERGE</b> <code>probe&#47;two</code> · <code>rust</code> · \
<code>D1</code></summary>

`cases/a.textproto:2` · `ProbeService.Say`

→ odd one out: rust

What a long name does.

request `text: "why"`

| field | expected | `go` | `rust` |
| --- | --- | --- | --- |
| `text` | `"30s"` | `"30s"` ✓ | `"0s"` ✗ |

Same signature in 1 more case: `probe/one`

```sh
testingkit run -k probe/two
```

</details>

### Reasons

- 1 answer is not as expected
- `D1:` odd one out: rust
"""


def small(folder: Path) -> RunLog:
    one, three = planned(1, "probe/one"), planned(3, "probe/three")
    two = planned(2, "probe/two", description="What a long name does.")
    stderr = "thread 'main' panicked\nat src/lib.rs:88\n"
    crash = finding(
        three,
        id="C1",
        kind=run_pb2.FINDING_KIND_CRASH,
        text="rust: crash: killed by signal 6 (SIGABRT)",
    )
    divergence = finding(two)
    divergence.similar_case_ids.append("probe/one")
    return record(
        folder / "log",
        [(one, agreed(1)), (two, diverged(2)), (three, crashed(3, stderr))],
        [crash, divergence],
        reasons=["1 answer is not as expected", "D1: odd one out: rust"],
    )


def test_summary_of_a_small_run(tmp_path: Path) -> None:
    assert written(small(tmp_path)) == SMALL


def test_conformant_run_has_no_findings_and_reasons(tmp_path: Path) -> None:
    cases = [(planned(number, f"probe/{number}"), agreed(number)) for number in range(1, 4)]
    text = written(record(tmp_path / "log", cases))
    assert text.startswith("## ✓ CONFORMANT\n")
    assert "| `rust` | 3 | 3 | 0 |" in text
    assert "parity 3 comparable: 3 agree · 1.7 s" in text
    assert "Findings" not in text
    assert "Reasons" not in text


def test_left_out_cases_are_in_the_totals(tmp_path: Path) -> None:
    log = record(
        tmp_path / "log",
        [(planned(1, "probe/one"), agreed(1))],
        left_out=LeftOut(cases=1_200, text="the run was interrupted"),
    )
    text = written(log)
    assert "| runner | planned | pass | fail | missing |" in text
    assert "| `go` | 1,201 | 1 | 0 | 1,200 |" in text
    assert "1 agree · 1,200 without an answer" in text
    assert "1,200 cases were not run: the run was interrupted" in text


def test_gated_findings_come_first_and_others_are_not_binding(tmp_path: Path) -> None:
    one, two = planned(1, "probe/one"), planned(2, "probe/two")
    findings = [finding(one, gated=False), finding(two, id="D2")]
    log = record(tmp_path / "log", [(one, diverged(1)), (two, diverged(2))], findings)
    first, second = re.findall(r"<summary>(.*)</summary>", written(log))
    assert "two" in first
    assert "not binding" not in first
    assert "one</code> · <code>rust</code> · not binding · <code>D1</code>" in second


def test_finding_without_a_case(tmp_path: Path) -> None:
    one = planned(1, "probe/one")
    about = finding(
        one,
        kind=run_pb2.FINDING_KIND_STALE,
        case_id="",
        runners=[],
        id="S1",
        text="go passes probe/one now",
        advice="testingkit known prune, or fix the entry",
    )
    text = written(record(tmp_path / "log", [(one, agreed(1))], [about]))
    assert "<b>STALE</b> <code>known divergence</code> · <code>S1</code>" in text
    assert "→ go passes `probe/one` now" in text
    assert "```sh\ntestingkit known prune\n```\n\nor fix the entry\n" in text


def test_distinct_answers_are_listed_if_all_are_right(tmp_path: Path) -> None:
    one = planned(1, "probe/one")
    one.expect.agree.reason = "not specified"
    done = diverged(1)
    done.results[0].observation.response = new("Answer", text="a|b").SerializeToString()
    done.results[1].verdict = verdict_pb2.VERDICT_PASS
    done.results[1].ClearField("differences")
    text = written(record(tmp_path / "log", [(one, done)], [finding(one, runners=[])]))
    assert "| `A go` | <code>text&#58; &#34;a&#124;b&#34;</code> |\n| `B rust` | `{}` |" in text


def test_columns_of_very_many_runners_are_those_that_fail(tmp_path: Path) -> None:
    one = planned(1, "probe/one")
    done = agreed(1, 150)
    wrong = done.results[149]
    wrong.CopyFrom(diverged(1).results[1])
    wrong.runner = 149
    for number in range(20):
        wrong.differences.add(field_path=f"items[{number}]", expected="1", actual="2")
    done.parity = parity_pb2.PARITY_DIVERGE
    names = [f"r{number}" for number in range(150)]
    log = record(tmp_path / "log", [(one, done)], [finding(one, runners=[149])], runners=names)
    text = written(log)
    assert "| `r99` | 1 | 1 | 0 |\n\n… 50 more runners\n" in text
    assert "| field | expected | `r149` | `r0` |" in text
    assert "\n\n… 9 more fields\n\n… 130 more runners\n" in text


def huge(folder: Path, total: int) -> RunLog:
    """Returns a run of many findings with very long texts."""
    letters = "@|`<é😀&\\"
    cases, findings = [], []
    for number in range(1, total + 1):
        text = letters[number % len(letters)] * 6000
        case = planned(number, f"probe/{number}", description=text)
        is_crash = number % 2
        done = crashed(number, f"{text}\n" * 3) if is_crash else diverged(number, text, text)
        cases.append((case, done))
        kind = run_pb2.FINDING_KIND_CRASH if is_crash else run_pb2.FINDING_KIND_DIVERGENCE
        values = {"text": text, "advice": text, "path": text, "id": f"D{number}"}
        findings.append(finding(case, kind=kind, **values))
    names = [f"go{'@|' * 500}", f"rust{'@|' * 500}"]
    reasons = ["@|" * 3000] * 500
    return record(folder / "log", cases, findings, runners=names, reasons=reasons)


@pytest.mark.parametrize("total", [50, 5_000])
def test_summary_of_a_huge_run_fits(tmp_path: Path, total: int) -> None:
    log = huge(tmp_path, total)
    text = written(log)
    size = len(text.encode())
    assert MAX_BYTES / 4 < size <= MAX_BYTES < GITHUB
    shown = text.count("<details")
    assert shown > 10
    assert text.count("</details>") == shown
    assert f"{total - shown:,} more findings are not shown" in text or shown == total
    assert "Left out above, because GitHub takes no more than 1 MiB: " in text
    assert re.search(r"\(runner output: [0-9,]+ bytes, left out\)", text)
    assert "… 390 more reasons" in text


def test_500_findings_of_a_usual_size_are_shown_in_full(tmp_path: Path) -> None:
    cases = [(planned(n, f"probe/{n}"), diverged(n)) for n in range(1, 701)]
    findings = [finding(case, id=f"D{case.call_id}") for case, _ in cases]
    text = written(record(tmp_path / "log", cases, findings))
    assert text.count("| `text` |") == 500
    assert "200 more findings are not shown: `testingkit show --json` has all" in text
    assert "Left out" not in text


def test_largest_blocks_are_left_out_first_then_the_last_sections() -> None:
    def sections() -> list[list[Block]]:
        return [
            [Block("one"), Block("a" * 900, "table"), Block("b" * 90, "note")],
            [Block("two"), Block("c" * 900, "table"), Block("d" * 800, "note")],
        ]

    whole = fit(sections(), 10_000)
    assert (whole.text.count("left out"), whole.dropped, whole.left_out) == (0, 0, {})
    for max_bytes, left_out, dropped in (
        (2_000, {"table": 1}, 0),
        (1_100, {"table": 2}, 0),
        (300, {"table": 2, "note": 1}, 0),
        (100, {"table": 1, "note": 1}, 1),
        (10, {}, 2),
    ):
        fitted = fit(sections(), max_bytes)
        assert len(fitted.text.encode()) <= max_bytes
        assert (fitted.left_out, fitted.dropped) == (left_out, dropped), max_bytes
    # Of two blocks of the same size that of the less important section is left out.
    assert "a" * 900 in fit(sections(), 2_000).text
    assert "(table: 900 bytes, left out)" in fit(sections(), 2_000).text


ALLOWED_HTML = re.compile(
    r"<code>|</code>|<!-- -->|</?details>|<details open>|</?summary>|</?b>", re.ASCII
)
# Outside code, GitHub or Markdown gives these a meaning.
ALIVE = re.compile(r"[@#`*_~<>\[\]$|\\]|:\w|//|[A-Za-z]\.\w|[0-9a-f]{7}")


def outside_code(tokens: list[Token]) -> Iterator[str]:
    """Yields the texts outside code, and asserts that all HTML is that of the summary."""
    depth = 0
    for token in tokens:
        if token.type in {"html_inline", "html_block"}:
            assert not re.search("[<>]", ALLOWED_HTML.sub("", token.content)), token.content
            if token.type == "html_block":
                yield re.sub("<code>.*?</code>|<[^>]*>", "", token.content)
            depth += {"<code>": 1, "</code>": -1}.get(token.content, 0)
        elif token.type == "inline":
            yield from outside_code(token.children or [])
        elif token.type == "text" and not depth:
            yield token.content
        else:
            assert token.type.removesuffix("_open").removesuffix("_close") in {
                *("heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"),
                *("bullet_list", "list_item", "fence", "code_inline", "text", "softbreak"),
            }, token
    assert depth == 0


def assert_is_plain(markdown: str) -> None:
    for text in outside_code(PARSER.parse(markdown)):
        assert not ALIVE.search(text), text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_escaped_everywhere(tmp_path: Path, text: str) -> None:
    case = planned(1, f"probe/{text}", description=text, path=text)
    case.path = text
    other = planned(2, f"other/{text}")
    found = finding(case, text=text, advice=text, id=f"D{text}")
    found.similar_case_ids.append(other.case_id)
    own = finding(
        other, kind=run_pb2.FINDING_KIND_CRASH, id=f"C{text}", advice="testingkit run -k " + text
    )
    log = record(
        tmp_path / "log",
        [(case, diverged(1, text, text)), (other, crashed(2, text))],
        [found, own],
        runners=[f"go{text}", f"rust{text}"],
        left_out=LeftOut(cases=1, text=text),
        reasons=[text],
    )
    markdown = written(log)
    assert_is_plain(markdown)
    tokens = PARSER.parse(markdown)
    assert sum(token.type == "table_open" for token in tokens) == 2
    assert sum(token.type == "tr_open" for token in tokens) == 5
    assert sum(token.type == "heading_open" for token in tokens) == 3
    assert sum(token.type == "fence" for token in tokens) == (2 if text else 1) + ("\n" in text)
    assert all(char.isprintable() or char in "\n\t" for char in markdown)


def shown(markdown: str) -> str:
    """Returns the visible text of one paragraph."""
    (inline,) = [token for token in PARSER.parse(markdown) if token.type == "inline"]
    return "".join(
        token.content for token in inline.children or [] if token.type in {"text", "code_inline"}
    )


def spaced(text: str) -> str:
    """Returns a text with its spaces collapsed as in HTML."""
    return " ".join(text.split())


@given(st.text())
def test_code_shows_any_text_unchanged(text: str) -> None:
    for markdown in (code(text), html_code(text)):
        assert_is_plain(f"x {markdown}")
        assert spaced(shown(f"x {markdown}")) == spaced(f"x {safe(text)}")


@given(st.text() | st.lists(st.sampled_from([*HOSTILE, "word", "two words"])).map(" ".join))
def test_prose_shows_any_sentence_unchanged(text: str) -> None:
    assert_is_plain(f"x {prose(text)}")
    line = text.replace("\r\n", " ").replace("\n", " ")
    assert spaced(shown(f"x {prose(text)}")) == spaced(f"x {safe(line)}")


@given(st.text(), st.text())
def test_any_text_in_a_table_stays_in_its_cell(one: str, two: str) -> None:
    tokens = PARSER.parse(table(["a", "b"], [[code(one), code(two)], ["x", "y"]]))
    assert [token.type for token in tokens].count("td_open") == 4
    assert_is_plain(table(["a", "b"], [[code(one), code(two)]]))


@given(st.text(alphabet=st.one_of(st.sampled_from("`\n~ "), st.characters())))
def test_any_text_in_a_block_stays_in_it(text: str) -> None:
    block, after = PARSER.parse(f"{fenced(text)}\n\nafter")[:2]
    assert block.type == "fence"
    assert after.type == "paragraph_open"
    assert block.content.split("\n")[:-1] == [
        safe(line.removesuffix("\r")) for line in text.split("\n")
    ]


def test_entities_are_decoded_to_the_text() -> None:
    assert html.unescape(html_code("a|b`c")) == "<code>a|b`c</code>"


def test_invalid_descriptors_are_an_error(tmp_path: Path) -> None:
    events = list(read_events(small(tmp_path).path))
    (file,) = [f for f in events[0].header.descriptors.file if f.name.endswith("probe.proto")]
    file.dependency.append("not/there.proto")
    with EventLogWriter(tmp_path / "other") as writer:
        for event in events:
            writer.write(event)
    with pytest.raises(OutputError, match="contradicts itself: "):
        written(open_log(tmp_path / "other"))


def test_output_of_a_process_in_a_finding_is_a_block(tmp_path: Path) -> None:
    text = "go did not start: it ended with 3\nTraceback:\n  `no` module"
    found = Finding(id="R1", kind=run_pb2.FINDING_KIND_RUNNER, text=text, runners=[0])
    markdown = written(record(tmp_path / "log", [], [found]))
    assert (
        "→ go did not start: it ended with 3\n\n```text\nTraceback:\n  `no` module\n```" in markdown
    )


@pytest.mark.parametrize(
    ("advice", "shown"),
    [
        ("testingkit audit 'my cases/a_b.textproto'", "To do:{}"),
        ("if the runners are right: testingkit accept 'a/*'", "To do: if the runners are right:{}"),
        ("testingkit known prune, or fix the entry", "To do:{}or fix the entry\n\n"),
        ("testingkit doctor -r go; t.toml, [runners.go]", "To do:{}`t.toml, [runners.go]`\n\n"),
    ],
)
def test_command_in_an_advice_is_a_block(tmp_path: Path, advice: str, shown: str) -> None:
    found = Finding(id="W1", kind=run_pb2.FINDING_KIND_WEAK, text="weak", advice=advice)
    command = advice[advice.index("testingkit") :].partition(",")[0].partition(";")[0]
    block = f"\n\n```sh\n{command}\n```\n\n"
    assert shown.format(block) in written(record(tmp_path / "log", [], [found]))
