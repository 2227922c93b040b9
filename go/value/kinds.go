// Package value has one value model for all languages, its relations, its order, and conversion from
// native values. The rules are in docs/kit/value.md; package render shows values as text.
package value

import "math/big"

// The limits of values (docs/kit/value.md, limits).
const (
	// MaxDepth is the number of levels of nesting, the value itself included.
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

// Kind is the kind of a value. Kinds stand in the total order; int and float share a place in it.
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
	KindOutcome
)

var kindNames = [...]string{
	"null", "bool", "int", "float", "text", "bytes", "time", "duration", "enum",
	"list", "set", "map", "record", "error", "outcome",
}

// String is the name of the kind, such as "text".
func (k Kind) String() string {
	return kindNames[k]
}

// Value is a value of the kit: one of the types below, and never nil.
type Value interface {
	// Kind is the kind of the value.
	Kind() Kind
}

// Null is the absence of a value.
type Null struct{}

// Bool is a truth value. It is never a number.
type Bool bool

// Int is an integer of up to MaxIntDigits digits. The zero Int is 0.
type Int struct {
	big *big.Int // never changed after it is set; nil is 0
}

// Float is a binary64 number. Every NaN is the same NaN.
type Float float64

// Text is a sequence of Unicode scalar values: valid UTF-8.
type Text string

// Bytes are octets.
type Bytes []byte

// Time is an instant with nanoseconds. The offset from UTC is for display and for Identical.
type Time struct {
	// Seconds since 1970-01-01T00:00:00Z.
	Seconds int64
	// Nanos within the second.
	Nanos int32
	// UTCOffsetSeconds is 0 where there is none.
	UTCOffsetSeconds int32
}

// Duration is a span of time in nanoseconds; the least int64 is not one.
type Duration int64

// Enum is a member of an enumeration. The name is for display; empty where the number has none.
type Enum struct {
	// Type is the name of the enumeration.
	Type string
	// Name is the name of the member.
	Name string
	// Number is the number of the member.
	Number int32
}

// List is a sequence.
type List []Value

// Set has unique items in canonical order. SetOf builds it.
type Set struct {
	items []Value
}

// Map has unique keys and their values in canonical order of the keys. MapOf builds it.
type Map struct {
	entries []Entry
}

// Entry is one entry of a map.
type Entry struct {
	// Key is unique in its map.
	Key Value
	// Value is what the key maps to.
	Value Value
}

// Record is a struct. RecordOf builds it.
type Record struct {
	name   string
	fields []Field
}

// Field is one field of a record.
type Field struct {
	// Name is unique in its record.
	Name string
	// Value is what the field holds.
	Value Value
}

// Error is an error as a value.
type Error struct {
	// Type is the logical name of the type, the same in every language.
	Type string
	// Message is the error's own, without the text of its causes.
	Message string
	// Code is a number that goes with the error; zero is none.
	Code int32
	// Causes are what led to it.
	Causes []Error
}

// Ending is how a call ended. Endings stand in their order.
type Ending int

// The endings.
const (
	Returned Ending = iota
	Failed
	Panicked
	Cancelled
	Pending
)

// Outcome is how a call ended, with what it ended with: a value for Returned, an Error for Failed, a
// Text for Panicked and Null else.
type Outcome struct {
	// Ending is how it ended.
	Ending Ending
	// Payload is what it ended with.
	Payload Value
}

// Kind of the value.
func (Null) Kind() Kind { return KindNull }

// Kind of the value.
func (Bool) Kind() Kind { return KindBool }

// Kind of the value.
func (Int) Kind() Kind { return KindInt }

// Kind of the value.
func (Float) Kind() Kind { return KindFloat }

// Kind of the value.
func (Text) Kind() Kind { return KindText }

// Kind of the value.
func (Bytes) Kind() Kind { return KindBytes }

// Kind of the value.
func (Time) Kind() Kind { return KindTime }

// Kind of the value.
func (Duration) Kind() Kind { return KindDuration }

// Kind of the value.
func (Enum) Kind() Kind { return KindEnum }

// Kind of the value.
func (List) Kind() Kind { return KindList }

// Kind of the value.
func (Set) Kind() Kind { return KindSet }

// Kind of the value.
func (Map) Kind() Kind { return KindMap }

// Kind of the value.
func (Record) Kind() Kind { return KindRecord }

// Kind of the value.
func (Error) Kind() Kind { return KindError }

// Kind of the value.
func (Outcome) Kind() Kind { return KindOutcome }

// Items are the items in canonical order. The caller does not change them.
func (s Set) Items() []Value { return s.items }

// Entries are the entries in canonical order of the keys. The caller does not change them.
func (m Map) Entries() []Entry { return m.entries }

// Name of the type; empty is anonymous.
func (r Record) Name() string { return r.name }

// Fields are the fields in declared order. The caller does not change them.
func (r Record) Fields() []Field { return r.fields }
