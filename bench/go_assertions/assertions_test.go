// Package assertions_test compares the assertions of the Go kit with those of testify and Gomega: their
// meaning in tests, and the time that passing ones take:
//
//	go test -bench . -benchmem
package assertions_test

import (
	"testing"

	"github.com/onsi/gomega"
	testify "github.com/stretchr/testify/require"

	"testingkit.dev/go/require"
)

type point struct {
	Name string
	X, Y int
}

// The values are variables, as those of a test are.
var (
	number, sameNumber   = 123456, 123456
	text, sameText       = "order 17 of Ada", "order 17 of Ada"
	numbers, sameNumbers = count(100), count(100)
	points, samePoints   = place(100), place(100)
)

func count(n int) []int {
	items := make([]int, n)
	for i := range items {
		items[i] = i
	}
	return items
}

func place(n int) []point {
	items := make([]point, n)
	for i := range items {
		items[i] = point{Name: "corner", X: i, Y: -i}
	}
	return items
}

// compare measures one question in the three libraries.
func compare(b *testing.B, ours, testifys func(), gomegas func(g *gomega.WithT)) {
	b.Run("testingkit", func(b *testing.B) {
		for b.Loop() {
			ours()
		}
	})
	b.Run("testify", func(b *testing.B) {
		for b.Loop() {
			testifys()
		}
	})
	b.Run("gomega", func(b *testing.B) {
		g := gomega.NewWithT(b)
		for b.Loop() {
			gomegas(g)
		}
	})
}

func BenchmarkEqualInts(b *testing.B) {
	compare(b,
		func() { require.Equal(b, number, sameNumber) },
		func() { testify.Equal(b, sameNumber, number) },
		func(g *gomega.WithT) { g.Expect(number).To(gomega.Equal(sameNumber)) })
}

func BenchmarkEqualTexts(b *testing.B) {
	compare(b,
		func() { require.Equal(b, text, sameText) },
		func() { testify.Equal(b, sameText, text) },
		func(g *gomega.WithT) { g.Expect(text).To(gomega.Equal(sameText)) })
}

func BenchmarkEqualListsOf100Ints(b *testing.B) {
	compare(b,
		func() { require.Equal(b, numbers, sameNumbers) },
		func() { testify.Equal(b, sameNumbers, numbers) },
		func(g *gomega.WithT) { g.Expect(numbers).To(gomega.Equal(sameNumbers)) })
}

func BenchmarkEqualListsOf100Structs(b *testing.B) {
	compare(b,
		func() { require.Equal(b, points, samePoints) },
		func() { testify.Equal(b, samePoints, points) },
		func(g *gomega.WithT) { g.Expect(points).To(gomega.Equal(samePoints)) })
}

func BenchmarkIsLess(b *testing.B) {
	compare(b,
		func() { require.IsLessThan(b, number, 200000) },
		func() { testify.Less(b, number, 200000) },
		func(g *gomega.WithT) { g.Expect(number).To(gomega.BeNumerically("<", 200000)) })
}

func BenchmarkContainsText(b *testing.B) {
	compare(b,
		func() { require.ContainsText(b, text, "17") },
		func() { testify.Contains(b, text, "17") },
		func(g *gomega.WithT) { g.Expect(text).To(gomega.ContainSubstring("17")) })
}
