package assertions_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/onsi/gomega"
	testify "github.com/stretchr/testify/require"

	"testingkit.dev/go/require"
)

// recorder is a test that keeps the text of a failure and goes on.
type recorder struct {
	testing.TB
	text string
}

func (r *recorder) Helper()  {}
func (r *recorder) FailNow() {}

func (r *recorder) Errorf(format string, arguments ...any) {
	r.text = fmt.Sprintf(format, arguments...)
}

// Fatalf is what Gomega calls.
func (r *recorder) Fatalf(format string, arguments ...any) { r.Errorf(format, arguments...) }

func BenchmarkEqualListsOf10000Ints(b *testing.B) {
	numbers, same := count(10_000), count(10_000)
	compare(b,
		func() { require.Equal(b, numbers, same) },
		func() { testify.Equal(b, same, numbers) },
		func(g *gomega.WithT) { g.Expect(numbers).To(gomega.Equal(same)) })
	b.Run("slices", func(b *testing.B) {
		for b.Loop() {
			if !slices.Equal(numbers, same) {
				b.Fail()
			}
		}
	})
}

func BenchmarkFailingMaps(b *testing.B) {
	actual := map[string]int{"items": 3, "total": 12, "weight": 7}
	expected := map[string]int{"items": 3, "total": 13, "weight": 7}
	compareFailing(b, actual, expected)
}

func BenchmarkFailingStructs(b *testing.B) {
	compareFailing(b, point{Name: "corner", X: 1, Y: 2}, point{Name: "corner", X: 1, Y: 3})
}

func compareFailing(b *testing.B, actual, expected any) {
	silent := &recorder{TB: b}
	g := gomega.NewWithT(silent)
	compare(b,
		func() { require.Equal(silent, actual, expected) },
		func() { testify.Equal(silent, expected, actual) },
		func(*gomega.WithT) { g.Expect(actual).To(gomega.Equal(expected)) })
	if silent.text == "" {
		b.Fatal("nothing failed")
	}
}

func BenchmarkMapsOf100000Texts(b *testing.B) {
	actual := map[string]int{}
	for i := range 100_000 {
		actual[fmt.Sprintf("key %d", i)] = i
	}
	same, other := maps.Clone(actual), maps.Clone(actual)
	other["key 50000"] = -1
	silent := &recorder{TB: b}
	for _, run := range []struct {
		name   string
		passes bool
		given  map[string]int
	}{{"same", true, same}, {"one", false, other}} {
		b.Run(run.name+"/testingkit", func(b *testing.B) {
			for b.Loop() {
				require.Equal(silent, actual, run.given)
			}
		})
		b.Run(run.name+"/cmp", func(b *testing.B) {
			for b.Loop() {
				if (cmp.Diff(run.given, actual) == "") != run.passes {
					b.Fail()
				}
			}
		})
		b.Run(run.name+"/testify", func(b *testing.B) {
			for b.Loop() {
				testify.Equal(silent, run.given, actual)
			}
		})
	}
}
