package diff

import (
	"strings"
	"testing"
)

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

func TestLinesReplacesAllLinesAboveTheTableLimit(t *testing.T) {
	expected := append(repeated("e", 1000), "shared")
	actual := append([]string{"shared"}, repeated("a", 1000)...)
	if strings.Contains(Lines(expected, actual), "\n shared\n") {
		t.Error("1001 x 1001 lines are above the limit, but a common line was kept")
	}
	if !strings.Contains(Lines(expected[1:], actual[:1000]), "\n shared\n") {
		t.Error("1000 x 1000 lines are within the limit, but the common line was not kept")
	}
}

func letters(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "")
}

func repeated(line string, count int) []string {
	lines := make([]string, count)
	for i := range lines {
		lines[i] = line
	}
	return lines
}
