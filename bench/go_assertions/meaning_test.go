package assertions_test

import (
	"math"
	"testing"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	testify "github.com/stretchr/testify/assert"

	"testingkit.dev/go/match"
)

// The tables of docs/kit/migrating_go.md about different meanings.

const (
	pass  = "pass"
	fail  = "fail"
	wrong = "error"
)

type (
	hidden  struct{ X, y int }
	place1  struct{ Name string }
	failure struct{}
)

func (*failure) Error() string { return "failed" }

// typed returns two structs of different types with one name.
func typed() (any, any) {
	type place struct{ X int }
	first := place{1}
	return first, func() any {
		type place struct{ X int }
		return place{1}
	}()
}

func TestMeaningOfTestify(t *testing.T) {
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	elsewhere := noon.In(time.FixedZone("", 3600))
	first, second := typed()
	var none *failure
	large := int64(1<<53 + 1)
	for name, test := range map[string]struct {
		theirs, ours string
		testifys     func(t testify.TestingT) bool
		matcher      match.Matcher
		actual       any
	}{
		"int32": {fail, pass, equal(int32(5), 5), match.Equal(5), int32(5)},
		"float": {fail, fail, equal(5.0, 5), match.Equal(5), 5.0},
		"equal values": {
			pass, pass,
			func(t testify.TestingT) bool { return testify.EqualValues(t, 5, 5.0) },
			match.Equivalent(5), 5.0,
		},
		"large values": {
			pass, fail,
			func(t testify.TestingT) bool { return testify.EqualValues(t, float64(1<<53), large) },
			match.Equivalent(float64(1 << 53)), large,
		},
		"empty slice":  {fail, pass, equal([]int(nil), []int{}), match.Equal([]int{}), []int(nil)},
		"nan":          {fail, pass, equal(math.NaN(), math.NaN()), match.Equal(math.NaN()), math.NaN()},
		"zones":        {fail, pass, equal(noon, elsewhere), match.Equal(elsewhere), noon},
		"same zones":   {fail, fail, equal(noon, elsewhere), match.Identical(elsewhere), noon},
		"pointer":      {fail, pass, equal(&place1{"a"}, place1{"a"}), match.Equal(place1{"a"}), &place1{"a"}},
		"not exported": {fail, pass, equal(hidden{1, 2}, hidden{1, 3}), match.Equal(hidden{1, 3}), hidden{1, 2}},
		"one name":     {fail, pass, equal(first, second), match.Equal(second), first},
		"nil pointer": {
			fail, pass,
			func(t testify.TestingT) bool { return testify.NoError(t, none) }, match.IsNull(), error(none),
		},
		"empty": {
			pass, wrong, func(t testify.TestingT) bool { return testify.Empty(t, 0) }, match.IsEmpty(), 0,
		},
		"not contains": {
			fail, wrong,
			func(t testify.TestingT) bool { return testify.NotContains(t, 5, 1) }, match.NotContains(1), 5,
		},
		"epsilon": {
			fail, pass,
			func(t testify.TestingT) bool { return testify.InEpsilon(t, 10.0, 11.0, 0.095) },
			match.IsRelativelyCloseTo(10.0, 0.095), 11.0,
		},
	} {
		theirs := map[bool]string{true: pass, false: fail}[test.testifys(silent{})]
		status, _ := test.matcher.Check(test.actual)
		if theirs != test.theirs || status.String() != test.ours {
			t.Errorf("%s: testify %s, TestingKit %v; want %s and %s", name, theirs, status, test.theirs, test.ours)
		}
	}
}

func equal(actual, expected any) func(t testify.TestingT) bool {
	return func(t testify.TestingT) bool { return testify.Equal(t, expected, actual) }
}

// silent is a test that reports nothing.
type silent struct{}

func (silent) Errorf(string, ...any) {}

func TestMeaningOfGomega(t *testing.T) {
	for name, test := range map[string]struct {
		theirs, ours string
		gomegas      types.GomegaMatcher
		matcher      match.Matcher
		actual       any
	}{
		"int32":       {fail, pass, gomega.Equal(5), match.Equal(5), int32(5)},
		"equivalent":  {pass, fail, gomega.BeEquivalentTo(5), match.Equivalent(5), 5.1},
		"nil":         {wrong, pass, gomega.Equal(nil), match.Equal(nil), nil},
		"empty slice": {fail, pass, gomega.Equal([]int{}), match.Equal([]int{}), []int(nil)},
		"close":       {pass, pass, gomega.BeNumerically("~", 1), match.IsCloseTo(1, 1e-8), 1 + 1e-9},
		"true":        {wrong, fail, gomega.BeTrue(), match.IsTrue(), 1},
		"zero":        {pass, fail, gomega.BeZero(), match.IsZeroValue(), place1{}},
		"length":      {pass, fail, gomega.HaveLen(2), match.HasLength(2), "\u00e9"},
		"wrong type":  {wrong, wrong, gomega.HaveLen(2), match.HasLength(2), 5},
	} {
		theirs := map[bool]string{true: pass, false: fail}
		passes, err := test.gomegas.Match(test.actual)
		got := theirs[passes]
		if err != nil {
			got = wrong
		}
		status, _ := test.matcher.Check(test.actual)
		if got != test.theirs || status.String() != test.ours {
			t.Errorf("%s: Gomega %s, TestingKit %v; want %s and %s", name, got, status, test.theirs, test.ours)
		}
	}
}
