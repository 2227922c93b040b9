package pattern

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

const randomPatterns = 3_000

// The patterns and texts are such that both languages have the same matches, and bytes are code
// points.
func TestMatchesAreThoseOfRegexp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 0))
	for range randomPatterns {
		text := numbered(randomChoice(random, 3))
		pattern, err := Compile(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		oracle := regexp.MustCompile(text)
		whole := regexp.MustCompile(`\A(?:` + text + `)\z`)
		for range 5 {
			subject := randomText(random)
			if got, want := foundBy(pattern, subject), foundByRegexp(oracle, subject); got != want {
				t.Errorf("%q on %q: got %s, want %s", text, subject, got, want)
			}
			if got := pattern.MatchesWhole(subject); got != whole.MatchString(subject) {
				t.Errorf("%q on %q as a whole: got %t", text, subject, got)
			}
			count, ok := pattern.Count(subject)
			if want := len(oracle.FindAllString(subject, -1)); ok && count != want {
				t.Errorf("%q on %q: got %d matches, want %d", text, subject, count, want)
			}
		}
	}
}

func foundBy(pattern *Pattern, subject string) string {
	match, ok := pattern.Find(subject)
	if !ok {
		return "none"
	}
	shown := fmt.Sprint(match.Span)
	for _, group := range match.Groups {
		span := Span{-1, -1}
		if group.Span != nil {
			span = *group.Span
		}
		shown += fmt.Sprint(" ", group.Name, span)
	}
	return shown
}

func foundByRegexp(oracle *regexp.Regexp, subject string) string {
	places := oracle.FindStringSubmatchIndex(subject)
	if places == nil {
		return "none"
	}
	shown := fmt.Sprint(Span{places[0], places[1]})
	for number, name := range oracle.SubexpNames() {
		if name != "" {
			shown += fmt.Sprint(" ", name, Span{places[2*number], places[2*number+1]})
		}
	}
	return shown
}

func pick(random *rand.Rand, options ...string) string {
	return options[random.IntN(len(options))]
}

func randomChoice(random *rand.Rand, depth int) string {
	var options []string
	for range 1 + random.IntN(3) {
		var option strings.Builder
		for range random.IntN(4) {
			option.WriteString(randomPart(random, depth))
		}
		options = append(options, option.String())
	}
	return strings.Join(options, "|")
}

func randomPart(random *rand.Rand, depth int) string {
	if random.IntN(10) == 0 {
		return pick(random, "^", "$", `\b`, `\B`, `\A`, `\z`)
	}
	atom := pick(random, "a", "b", "c", ".", "[ab]", "[^a]", `\w`, `[^\w]`)
	if depth > 0 && random.IntN(3) == 0 {
		atom = fmt.Sprintf(pick(random, "(%s)", "(?:%s)", "(?P<#>%s)"), randomChoice(random, depth-1))
	}
	if random.IntN(5) < 3 {
		return atom
	}
	return atom + pick(random, "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}") + pick(random, "", "?")
}

// numbered gives each group a name of its own.
func numbered(text string) string {
	for number := 0; strings.Contains(text, "#"); number++ {
		text = strings.Replace(text, "#", fmt.Sprint("g", number), 1)
	}
	return text
}

func randomText(random *rand.Rand) string {
	text := ""
	for range random.IntN(8) {
		text += pick(random, "a", "b", "c", "1", " ", "\n")
	}
	return text
}
