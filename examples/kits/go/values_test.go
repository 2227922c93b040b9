package basket

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"testingkit.dev/go/expect"
	"testingkit.dev/go/match"
)

// price has no exported fields, so it chooses its value.
type price struct {
	cents int
}

// TestingKitValue returns what the price converts to.
func (p price) TestingKitValue() any {
	return map[string]any{"cents": p.cents, "currency": "EUR"}
}

func TestPriceAsAValue(t *testing.T) {
	expect.Equal(t, price{590}, map[string]any{"cents": 590, "currency": "EUR"})
	expect.HasEntry(t, price{590}, "currency", "EUR")
}

// soldOut is an error with a type and a code of its own.
type soldOut struct {
	Article string
}

func (e soldOut) Error() string               { return "sold out: " + e.Article }
func (e soldOut) TestingKitErrorType() string { return "SoldOut" }
func (e soldOut) TestingKitErrorCode() int32  { return 410 }

func TestErrorAsAValue(t *testing.T) {
	wrapped := fmt.Errorf("order 17: %w", soldOut{"bread"})
	expect.NotEqual(t, wrapped, soldOut{"bread"})
	expect.Equal(t, soldOut{"bread"}, soldOut{"bread"})
}

func TestOutcomes(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	var b Basket
	expect.Succeeds(t, b.Add("bread", 320, 1))
	expect.Fails(t, b.Add("egg", 45, -1))
	expect.FailsWithType(t, b.Redeem("SPRING"), "VoucherError")
	expect.FailsWithMessage(t, b.Redeem("SPRING"), "unknown voucher: SPRING")

	expect.Panics(t, match.Call(func() { b.Lines[9].Quantity++ }))
	expect.DoesNotPanic(t, match.Call(func() error { return b.Redeem("SPRING") }))
	expect.ReturnsValue(t, match.CallValue(func() (int, error) { return strconv.Atoi("12") }), 12)
	expect.IsCancelled(t, match.Call(func() error { return cancelled.Err() }))

	wrapped := fmt.Errorf("order 17: %w", soldOut{"bread"})
	expect.FailsWithType(t, wrapped, "wrapError")
	expect.FailsWithMessage(t, wrapped, "order 17")
	expect.HasErrorInChain(t, wrapped, "SoldOut")
	expect.FailsWithCode(t, soldOut{"bread"}, 410)
	expect.FailsWithType(t, fmt.Errorf("no bread"), "errorString")
}

func TestMatchers(t *testing.T) {
	isPrice := match.SatisfiesAll([]match.Matcher{match.IsPositive(), match.IsAtMost(10_000)})
	expect.Matches(t, 590, isPrice)
	expect.AllSatisfy(t, []int{320, 270}, isPrice)
	expect.IsTrue(t, isPrice.Matches(590))
	expect.Equal(t, isPrice.String(), "satisfies_all(checks: [is_positive(), is_at_most(limit: 10000)])")
}

func TestShapes(t *testing.T) {
	egg := Line{Name: "egg", UnitPrice: 45, Quantity: 6}
	isEgg := match.Fields{"name": "egg", "unit_price": match.IsPositive(), "quantity": match.Anything()}
	expect.MatchesShape(t, egg, isEgg)
	expect.MatchesShape(t, []any{1, egg}, []any{match.IsOdd(), isEgg})
	expect.MatchesShape(t, map[string]int{"id": 7, "at": 1712}, match.OpenMap(map[string]any{"id": match.IsOdd()}))
	expect.AllSatisfy(t, []Line{egg, egg}, match.MatchesShape(isEgg))
}

func TestTypesOfArguments(t *testing.T) {
	names := []string{"bread", "egg"}
	expect.ContainsAll(t, names, []string{"egg"})
	expect.HasLength(t, names, 2)
	expect.IsBetween(t, 90*time.Second, time.Minute, 2*time.Minute)
	expect.HasEntries(t, map[string]int{"bread": 1, "egg": 6}, map[string]int{"egg": 6})
}

// The sentences of the pages about Go.
func TestMeaning(t *testing.T) {
	type seconds int
	var nothing []int
	var none *Line
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	elsewhere := noon.In(time.FixedZone("", 3600))
	expect.Equal(t, nothing, []int{})
	expect.Equal(t, seconds(5), 5)
	expect.Equal(t, uint8(5), 5)
	expect.NotEqual(t, 5.0, 5)
	expect.Equivalent(t, 5.0, 5)
	expect.Equal(t, noon, elsewhere)
	expect.NotIdentical(t, noon, elsewhere)
	expect.Equal(t, Line{Name: "egg"}, &Line{Name: "egg"})
	expect.IsNull(t, none)
	expect.IsZeroValue(t, nothing)
}
