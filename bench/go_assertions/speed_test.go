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

func BenchmarkLargeMaps(b *testing.B) {
	actual := largeMap()
	same := maps.Clone(actual)
	compareWithCmp(b,
		func() { require.Equal(b, actual, same) },
		func() bool { return cmp.Equal(same, actual) },
		func() { testify.Equal(b, same, actual) })
}

func BenchmarkFailingLargeMaps(b *testing.B) {
	actual := largeMap()
	other := maps.Clone(actual)
	other["key 50000"] = -1
	silent := &recorder{TB: b}
	compareWithCmp(b,
		func() { require.Equal(silent, actual, other) },
		func() bool { return cmp.Diff(other, actual) != "" },
		func() { testify.Equal(silent, other, actual) })
}

func largeMap() map[string]int {
	large := map[string]int{}
	for i := range 100_000 {
		large[fmt.Sprintf("key %d", i)] = i
	}
	return large
}

func compareWithCmp(b *testing.B, ours func(), theirs func() bool, testifys func()) {
	b.Run("testingkit", func(b *testing.B) {
		for b.Loop() {
			ours()
		}
	})
	b.Run("cmp", func(b *testing.B) {
		for b.Loop() {
			if !theirs() {
				b.Fatal("cmp has another answer")
			}
		}
	})
	b.Run("testify", func(b *testing.B) {
		for b.Loop() {
			testifys()
		}
	})
}
