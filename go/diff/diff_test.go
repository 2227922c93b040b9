package diff

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const randomPairs = 2000

func TestLines(t *testing.T) {
	tests := map[string]struct{ expected, actual, want string }{
		"equal lines":                     {"ab", "ab", ""},
		"no lines at all":                 {"", "", ""},
		"expected has no lines":           {"", "a", "@@ -0,0 +1,1 @@\n+a\n"},
		"actual has no lines":             {"a", "", "@@ -1,1 +0,0 @@\n-a\n"},
		"tie deletes before it inserts":   {"ab", "ba", "@@ -1,2 +1,2 @@\n-a\n b\n+a\n"},
		"insertion that keeps more lines": {"abc", "xabd", "@@ -1,3 +1,4 @@\n+x\n a\n b\n-c\n+d\n"},
		"common start before common end":  {"aa", "aaa", "@@ -1,2 +1,3 @@\n a\n a\n+a\n"},
		"seven unchanged lines split a hunk": {
			"a1234567b", "A1234567B",
			"@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n",
		},
		"six unchanged lines do not split a hunk": {
			"a123456b", "A123456B",
			"@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Lines(letters(test.expected), letters(test.actual)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLinesChoosesAsTheTableDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	for range randomPairs {
		expected, actual := randomLines(random), randomLines(random)
		got, want := newMiddle(expected, actual).edits(), editsByTable(expected, actual)
		if !slices.Equal(got, want) {
			t.Fatalf("edits of %q and %q:\n%v, want\n%v", expected, actual, got, want)
		}
	}
}

func TestLinesKeepsWhatIsCommonAtEverySize(t *testing.T) {
	var expected, actual []string
	for n := range 20_000 {
		expected = append(expected, fmt.Sprint("line ", n))
		actual = append(actual, fmt.Sprint("line ", n))
		if n%1_000 == 0 {
			actual[n] = "changed"
		}
	}
	changed := 0
	for _, e := range editScript(expected, actual) {
		if e.op != kept {
			changed++
		}
	}
	if changed != 40 {
		t.Errorf("%d lines changed, want 40", changed)
	}
}

func TestSearchVisitsNoMorePointsThanPairsOfLines(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 0))
	for range randomPairs {
		expected, actual := randomLines(random), randomLines(random)
		m := newMiddle(expected, actual)
		visited := 0
		left, right := numbersAt(m.expected, m.sharedExpected), numbersAt(m.actual, m.sharedActual)
		for _, frontier := range search(left, right, math.MaxInt).frontiers {
			visited += len(frontier.least)
		}
		if bound := (len(left) + 1) * (len(right) + 1); visited > bound {
			t.Fatalf("%d points for %q and %q, at most %d", visited, expected, actual, bound)
		}
	}
}

// A search that is cut off gives pieces, which together have all lines.
func TestPiecesHaveAllLines(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 0))
	for range randomPairs {
		expected, actual := randomLines(random), randomLines(random)
		var before, after []string
		for _, e := range newMiddle(expected, actual).editsWithin(2) {
			if e.op != inserted {
				before = append(before, e.line)
			}
			if e.op != deleted {
				after = append(after, e.line)
			}
		}
		if !slices.Equal(before, expected) || !slices.Equal(after, actual) {
			t.Fatalf("the edits of %q and %q have other lines", expected, actual)
		}
	}
}

// editsByTable makes the choice of docs/kit/diff.md with a table, at [i][j] the length of the longest
// common subsequence from there on.
func editsByTable(expected, actual []string) []edit {
	rows := make([][]int, len(expected)+1)
	rows[len(expected)] = make([]int, len(actual)+1)
	for i := len(expected) - 1; i >= 0; i-- {
		rows[i] = make([]int, len(actual)+1)
		for j := len(actual) - 1; j >= 0; j-- {
			rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			if expected[i] == actual[j] {
				rows[i][j] = rows[i+1][j+1] + 1
			}
		}
	}
	var edits []edit
	i, j := 0, 0
	for i < len(expected) || j < len(actual) {
		switch {
		case i < len(expected) && j < len(actual) && expected[i] == actual[j]:
			edits = append(edits, edit{op: kept, line: expected[i]})
			i, j = i+1, j+1
		case i < len(expected) && (j == len(actual) || rows[i+1][j] >= rows[i][j+1]):
			edits = append(edits, edit{op: deleted, line: expected[i]})
			i++
		default:
			edits = append(edits, edit{op: inserted, line: actual[j]})
			j++
		}
	}
	return edits
}

// randomLines returns up to twelve lines from few or many letters.
func randomLines(random *rand.Rand) []string {
	letters := []int{1, 2, 3, 4, 26}[random.IntN(5)]
	lines := make([]string, random.IntN(13))
	for i := range lines {
		lines[i] = string(rune('a' + random.IntN(letters)))
	}
	return lines
}

func letters(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "")
}
