// Package value is the kit's model of values: the same kinds, relations and order in every
// language.
//
// [ToValue] converts a native Go value. [Equal], [Identical] and [Equivalent] compare two values,
// and [Order] sorts them. Values are immutable: the caller must not modify what they share with it,
// such as the slice of [Set.Items].
//
// The rules are in docs/kit/value.md. Package render writes values as text.
package value
