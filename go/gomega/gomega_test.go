package tk_test

import (
	"sync/atomic"
	"testing"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	tk "testingkit.dev/go/gomega"
	"testingkit.dev/go/match"
)

var _ types.GomegaMatcher = tk.Matcher{}

// call is the example of an assertion: values that pass and fail.
type call struct {
	name          string
	matcher       tk.Matcher
	passes, fails any
}

func TestExamplesPassAndFail(t *testing.T) {
	for _, call := range calls {
		passes, err := call.matcher.Match(call.passes)
		fails, failErr := call.matcher.Match(call.fails)
		if !passes || fails || err != nil || failErr != nil {
			t.Errorf("%s: %t, %v; %t, %v", call.name, passes, err, fails, failErr)
		}
	}
}

// failuresOf returns what Gomega reports.
func failuresOf(use func(g *gomega.WithT)) []string {
	var failures []string
	use(gomega.NewWithT(&recorder{failures: &failures}))
	return failures
}

type recorder struct {
	failures *[]string
}

func (*recorder) Helper() {}

func (r *recorder) Fatalf(_ string, arguments ...any) {
	*r.failures = append(*r.failures, arguments[len(arguments)-1].(string))
}

func TestFailuresInGomega(t *testing.T) {
	for name, test := range map[string]struct {
		use  func(g *gomega.WithT)
		want string
	}{
		"To": {
			func(g *gomega.WithT) { g.Expect(12).To(tk.IsBetween(1, 10)) },
			"is_between(low: 1, high: 10) failed\n  actual: 12",
		},
		"NotTo": {
			func(g *gomega.WithT) { g.Expect(5).NotTo(tk.IsBetween(1, 10)) },
			"does_not_satisfy(check: is_between(low: 1, high: 10)) failed\n  actual: 5",
		},
		"To with an error": {
			func(g *gomega.WithT) { g.Expect("a").To(tk.IsBetween(1, 10)) },
			"is_between(low: 1, high: 10) error: not_comparable\n  actual: \"a\"",
		},
		"NotTo with an error": {
			func(g *gomega.WithT) { g.Expect("a").NotTo(tk.IsBetween(1, 10)) },
			"is_between(low: 1, high: 10) error: not_comparable\n  actual: \"a\"",
		},
	} {
		failures := failuresOf(test.use)
		if len(failures) != 1 || failures[0] != test.want {
			t.Errorf("%s: %q, want %q", name, failures, test.want)
		}
	}
}

func TestPassesInGomega(t *testing.T) {
	g := gomega.NewWithT(t)
	g.Expect(5).To(tk.IsBetween(1, 10))
	g.Expect(12).NotTo(tk.IsBetween(1, 10))
	g.Expect([]int{2, 4}).To(gomega.And(gomega.HaveLen(2), tk.AllSatisfy(tk.IsEven())))
	g.Expect([]int{2, 4}).To(gomega.ContainElement(tk.IsAtLeast(4)))
	var calls atomic.Int32
	g.Eventually(func() int32 { return calls.Add(1) }).Should(tk.IsAtLeast(3))
	g.Expect(error(nil)).To(tk.Succeeds())
	g.Expect(error(nil)).NotTo(tk.Fails())
	g.Expect(match.Call(func() { panic("stop") })).To(tk.PanicsWithMessage("stop"))
}

func TestShapes(t *testing.T) {
	g := gomega.NewWithT(t)
	user := map[string]any{"id": 7, "tags": []string{"new", "x"}, "at": nil}
	g.Expect(user).To(tk.MatchesShape(map[string]any{
		"id":   tk.IsPositive(),
		"tags": []any{tk.IsAscii(), "x"},
		"at":   tk.Anything(),
	}))
	g.Expect(user).To(tk.OpenMap(map[string]any{"id": tk.IsPositive()}))
	g.Expect(struct{ ID int }{7}).To(tk.MatchesShape(tk.Fields{"ID": tk.IsOdd()}))
}
