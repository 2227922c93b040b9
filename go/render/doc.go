// Package render writes values as text, with the same bytes in every language.
//
// [Canonical] writes a value on one line, [Expanded] on several, and [Truncated] shortens it for a
// failure text. The rules are in docs/kit/render.md.
package render
