// Package basket computes the price of an order.
package basket

import "fmt"

// vouchers are the cents that each voucher takes off.
var vouchers = map[string]int{"WELCOME5": 500, "SORRY": 1500}

// Line is an article of a basket.
type Line struct {
	Name      string `testingkit:"name"`
	UnitPrice int    `testingkit:"unit_price"` // In cents.
	Quantity  int    `testingkit:"quantity"`
}

// Price returns the price of the line in cents.
func (l Line) Price() int { return l.UnitPrice * l.Quantity }

// Basket is an order with its discounts. The zero Basket is empty.
type Basket struct {
	Lines   []Line
	percent int
	voucher int
}

// QuantityError reports a negative quantity.
type QuantityError struct {
	Quantity int
}

// Error returns the quantity in a sentence.
func (e QuantityError) Error() string { return fmt.Sprintf("negative quantity: %d", e.Quantity) }

// VoucherError reports an unknown voucher.
type VoucherError struct {
	Code string
}

// Error returns the code in a sentence.
func (e VoucherError) Error() string { return "unknown voucher: " + e.Code }

// Add adds a line. The unit price is in cents.
func (b *Basket) Add(name string, unitPrice, quantity int) error {
	if quantity < 0 {
		return QuantityError{quantity}
	}
	b.Lines = append(b.Lines, Line{name, unitPrice, quantity})
	return nil
}

// Discount takes a percentage off the subtotal.
func (b *Basket) Discount(percent int) { b.percent = percent }

// Redeem takes the amount of a voucher off the total.
func (b *Basket) Redeem(code string) error {
	amount, ok := vouchers[code]
	if !ok {
		return VoucherError{code}
	}
	b.voucher = amount
	return nil
}

// Subtotal returns the price of all lines in cents.
func (b *Basket) Subtotal() int {
	sum := 0
	for _, line := range b.Lines {
		sum += line.Price()
	}
	return sum
}

// Total returns the price after the discounts in cents. It is never below zero.
func (b *Basket) Total() int {
	subtotal := b.Subtotal()
	return max(0, subtotal-subtotal*b.percent/100-b.voucher)
}

// Receipt returns the lines of the receipt.
func (b *Basket) Receipt() []string {
	var receipt []string
	for _, line := range b.Lines {
		receipt = append(receipt, row(fmt.Sprintf("%d x %s", line.Quantity, line.Name), line.Price()))
	}
	if off := b.Subtotal() - b.Total(); off > 0 {
		receipt = append(receipt, row("Discount", -off))
	}
	return append(receipt, row("Total", b.Total()))
}

func row(text string, cents int) string {
	return fmt.Sprintf("%-16s%8.2f", text, float64(cents)/100)
}
