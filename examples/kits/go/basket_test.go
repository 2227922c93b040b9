package basket

import (
	"testing"

	"testingkit.dev/go/expect"
	"testingkit.dev/go/match"
	"testingkit.dev/go/require"
	"testingkit.dev/go/value"
)

func breakfast(t *testing.T) *Basket {
	var b Basket
	require.IsNull(t, b.Add("bread", 320, 1))
	require.IsNull(t, b.Add("egg", 45, 6))
	return &b
}

func TestSubtotalIsTheSumOfTheLines(t *testing.T) {
	b := breakfast(t)
	require.HasLength(t, b.Lines, 2)
	expect.Equal(t, b.Lines[1], Line{Name: "egg", UnitPrice: 45, Quantity: 6})
	expect.Equal(t, b.Subtotal(), 590)
}

func TestTotal(t *testing.T) {
	for _, test := range []struct {
		percent int
		voucher string
		total   int
	}{
		{0, "", 590},
		{10, "", 531},
		{10, "WELCOME5", 31},
		{0, "SORRY", 0},
	} {
		b := breakfast(t)
		b.Discount(test.percent)
		if test.voucher != "" {
			require.IsNull(t, b.Redeem(test.voucher))
		}
		expect.Equal(t, b.Total(), test.total, expect.Notef("%d %%, voucher %q", test.percent, test.voucher))
		expect.IsBetween(t, b.Total(), 0, b.Subtotal())
	}
}

func TestReceipt(t *testing.T) {
	b := breakfast(t)
	b.Discount(10)
	require.Equal(t, b.Receipt(), []string{
		"1 x bread           3.20",
		"6 x egg             2.70",
		"Discount           -0.59",
		"Total               5.31",
	})
	isRow := match.SatisfiesAll([]match.Matcher{match.HasCharCount(24), match.ContainsText(".")})
	expect.AllSatisfy(t, b.Receipt(), isRow)
}

func TestErrors(t *testing.T) {
	b := breakfast(t)
	expect.Equal(t, b.Add("milk", 99, -1), QuantityError{-1})
	expect.Equal(t, b.Redeem("FREE"), value.Error{Type: "VoucherError", Message: "unknown voucher: FREE"})
	expect.HasLength(t, b.Lines, 2)
}
