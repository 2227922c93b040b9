package value

import (
	"fmt"
	"math/big"
)

// The limits of values (docs/kit/value.md, limits).
const (
	// MaxDepth is the number of levels of nesting; the value itself is the first.
	MaxDepth = 128
	// MaxIntDigits is the number of decimal digits of an integer.
	MaxIntDigits = 4000
	// MinTimeSeconds is 0001-01-01T00:00:00Z.
	MinTimeSeconds = -62_135_596_800
	// MaxTimeSeconds is 9999-12-31T23:59:59Z.
	MaxTimeSeconds = 253_402_300_799
	// MaxOffsetSeconds is one second less than a day.
	MaxOffsetSeconds = 86_399
)

// Kind is the kind of a value. The kinds are in the total order; int and float share a place in it.
type Kind int

// The kinds.
const (
	KindNull Kind = iota
	KindBool
	KindInt
	KindFloat
	KindText
	KindBytes
	KindTime
	KindDuration
	KindEnum
	KindList
	KindSet
	KindMap
	KindRecord
	KindError
	KindMessage
	KindOutcome
)

var kindNames = [...]string{
	"null", "bool", "int", "float", "text", "bytes", "time", "duration", "enum",
	"list", "set", "map", "record", "error", "message", "outcome",
}

// String returns the name of the kind, such as "text".
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("Kind(%d)", int(k))
	}
	return kindNames[k]
}

// Value is a value of the kit: one of the types of this package that have a Kind method, and never
// nil.
type Value interface {
	// Kind returns the kind of the value.
	Kind() Kind
}

// Null is the absence of a value.
type Null struct{}

// Bool is a truth value. It is never a number.
type Bool bool

// Int is an integer of up to MaxIntDigits digits. The zero Int is 0.
type Int struct {
	number *big.Int // Not changed after it is set; nil is 0.
}

// Float is a binary64 number. All NaNs are the same value.
type Float float64

// Text is a sequence of Unicode scalar values: valid UTF-8.
type Text string

// Bytes is a sequence of octets.
type Bytes []byte

// Time is an instant with nanoseconds. Its offset from UTC counts for display and for [Identical]
// only.
type Time struct {
	// Seconds is the number of seconds since 1970-01-01T00:00:00Z.
	Seconds int64
	// Nanos is the number of nanoseconds within the second.
	Nanos int32
	// UTCOffsetSeconds is the offset from UTC, or 0 without one.
	UTCOffsetSeconds int32
}

// Duration is a span of time in nanoseconds. The smallest int64 is not a Duration.
type Duration int64

// Enum is a member of an enumeration.
type Enum struct {
	// Type is the name of the enumeration.
	Type string
	// Name is the name of the member, for display; empty if the number has none.
	Name string
	// Number is the number of the member.
	Number int32
}

// List is a sequence of values.
type List []Value

// Set holds unique items in canonical order. [SetOf] builds one.
type Set struct {
	items []Value
}

// Map holds entries with unique keys, in canonical order of the keys. [MapOf] builds one.
type Map struct {
	entries []Entry
}

// Entry is one entry of a map.
type Entry struct {
	// Key is unique in its map.
	Key Value
	// Value is the value of the key.
	Value Value
}

// Record is a struct. [RecordOf] builds one.
type Record struct {
	name   string
	fields []Field
}

// Field is one field of a record.
type Field struct {
	// Name is unique in its record.
	Name string
	// Value is the value of the field.
	Value Value
}

// Error is an error as a value. It is data and does not implement the error interface; [ToValue]
// makes one of a Go error.
type Error struct {
	// Type is the logical name of the type, the same in every language.
	Type string
	// Message is the error's own message, without the text of its causes.
	Message string
	// Code is a number that belongs to the error, or 0 without one.
	Code int32
	// Causes are the errors that led to this one.
	Causes []Error
}

// Ending is the way a call ended. The endings are in the total order.
type Ending int

// The endings.
const (
	Returned Ending = iota
	Failed
	Panicked
	Cancelled
	Pending
)

var endingNames = [...]string{"returned", "failed", "panicked", "cancelled", "pending"}

// String returns the name of the ending, such as "returned".
func (e Ending) String() string {
	if e < 0 || int(e) >= len(endingNames) {
		return fmt.Sprintf("Ending(%d)", int(e))
	}
	return endingNames[e]
}

// Outcome is the way a call ended, with its result.
type Outcome struct {
	// Ending is the way the call ended.
	Ending Ending
	// Payload is the value for Returned, an Error for Failed, a Text for Panicked, and Null for
	// Cancelled and Pending.
	Payload Value
}

// Kind returns KindNull.
func (Null) Kind() Kind { return KindNull }

// Kind returns KindBool.
func (Bool) Kind() Kind { return KindBool }

// Kind returns KindInt.
func (Int) Kind() Kind { return KindInt }

// Kind returns KindFloat.
func (Float) Kind() Kind { return KindFloat }

// Kind returns KindText.
func (Text) Kind() Kind { return KindText }

// Kind returns KindBytes.
func (Bytes) Kind() Kind { return KindBytes }

// Kind returns KindTime.
func (Time) Kind() Kind { return KindTime }

// Kind returns KindDuration.
func (Duration) Kind() Kind { return KindDuration }

// Kind returns KindEnum.
func (Enum) Kind() Kind { return KindEnum }

// Kind returns KindList.
func (List) Kind() Kind { return KindList }

// Kind returns KindSet.
func (Set) Kind() Kind { return KindSet }

// Kind returns KindMap.
func (Map) Kind() Kind { return KindMap }

// Kind returns KindRecord.
func (Record) Kind() Kind { return KindRecord }

// Kind returns KindError.
func (Error) Kind() Kind { return KindError }

// Kind returns KindOutcome.
func (Outcome) Kind() Kind { return KindOutcome }

// Items returns the items in canonical order. The caller must not modify the slice.
func (s Set) Items() []Value { return s.items }

// Entries returns the entries in canonical order of their keys. The caller must not modify the
// slice.
func (m Map) Entries() []Entry { return m.entries }

// Name returns the name of the type, or "" for an anonymous record.
func (r Record) Name() string { return r.name }

// Fields returns the fields in declared order. The caller must not modify the slice.
func (r Record) Fields() []Field { return r.fields }
