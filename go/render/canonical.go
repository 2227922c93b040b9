package render

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

// ellipsis replaces what is left out.
const ellipsis = "…"

// Canonical returns the value on one line, complete. It panics for a value that does not pass
// [value.Check].
func Canonical(v value.Value) string {
	value.RequireDepth(v)
	return writer{}.text(v, 1)
}

// Truncated returns the value on one line, within [FailureLimits].
func Truncated(v value.Value) string {
	return TruncatedTo(v, FailureLimits)
}

// TruncatedTo returns the value on one line, within the limits. It never shows more than
// [value.MaxDepth] levels.
func TruncatedTo(v value.Value, limits Limits) string {
	limits.Levels = min(limits.Levels, value.MaxDepth)
	return writer{limits: &limits}.text(v, 1)
}

// writer writes values, within its limits or, without limits, complete. The level of its methods is
// 1 for the whole value.
type writer struct {
	limits *Limits
}

func (w writer) text(v value.Value, level int) string {
	switch v := v.(type) {
	case value.Bool:
		return strconv.FormatBool(bool(v))
	case value.Int:
		return v.String()
	case value.Float:
		return floatText(float64(v))
	case value.Text:
		return w.quoted(string(v))
	case value.Bytes:
		return w.octets(v)
	case value.Time:
		return "time(" + timeText(v) + ")"
	case value.Duration:
		return "duration(" + durationText(v) + ")"
	case value.Enum:
		return enumText(v)
	default:
		return w.composite(v, level)
	}
}

func (w writer) composite(v value.Value, level int) string {
	switch v := v.(type) {
	case value.List:
		return container(w, "[", v, "]", level, w.text)
	case value.Set:
		return container(w, "set{", v.Items(), "}", level, w.text)
	case value.Map:
		return container(w, "{", v.Entries(), "}", level, w.entry)
	case value.Record:
		return container(w, recordOpening(v), v.Fields(), "}", level, w.field)
	case value.Message:
		return container(w, messageOpening(v), v.Record().Fields(), "}", level, w.field)
	case value.Error:
		return w.failure(v, level)
	case value.Outcome:
		return w.outcome(v, level)
	default:
		return "null"
	}
}

// recordOpening returns the text of a record before its fields.
func recordOpening(record value.Record) string {
	if record.Name() == "" {
		return "record{"
	}
	return typeName(record.Name()) + "{"
}

// messageOpening returns the text of a message before its fields.
func messageOpening(message value.Message) string {
	return "message " + errorTypeName(message.Record().Name()) + "{"
}

func (w writer) entry(entry value.Entry, level int) string {
	return w.text(entry.Key, level) + ": " + w.text(entry.Value, level)
}

func (w writer) field(field value.Field, level int) string {
	return FieldName(field.Name) + ": " + w.text(field.Value, level)
}

func (w writer) failure(failure value.Error, level int) string {
	if w.tooDeep(level) {
		return "error(" + ellipsis + ")"
	}
	written := []string{errorTypeName(failure.Type), w.quoted(failure.Message)}
	if failure.Code != 0 {
		written = append(written, fmt.Sprintf("code: %d", failure.Code))
	}
	switch len(failure.Causes) {
	case 0:
	case 1:
		written = append(written, "cause: "+w.failure(failure.Causes[0], level+1))
	default:
		written = append(written, "causes: "+container(w, "[", failure.Causes, "]", level, w.failure))
	}
	return "error(" + strings.Join(written, ", ") + ")"
}

func (w writer) outcome(outcome value.Outcome, level int) string {
	ending := outcome.Ending.String()
	switch {
	case outcome.Ending == value.Cancelled || outcome.Ending == value.Pending:
		return ending
	case outcome.Ending != value.Panicked && w.tooDeep(level):
		return ending + "(" + ellipsis + ")"
	default:
		return ending + "(" + w.text(outcome.Payload, level+1) + ")"
	}
}

// container returns the text of a container: its elements between opening and closing.
func container[T any](w writer, opening string, all []T, closing string, level int, write func(T, int) string) string {
	if len(all) > 0 && w.tooDeep(level) {
		return opening + ellipsis + closing
	}
	shown := all
	if w.limits != nil && len(all) > w.limits.Entries {
		shown = all[:w.limits.Entries]
	}
	written := make([]string, 0, len(shown)+1)
	for _, e := range shown {
		written = append(written, write(e, level+1))
	}
	if len(shown) < len(all) {
		written = append(written, fmt.Sprintf("%s %d more", ellipsis, len(all)-len(shown)))
	}
	return opening + strings.Join(written, ", ") + closing
}

func (w writer) tooDeep(level int) bool {
	return w.limits != nil && level > w.limits.Levels
}

func (w writer) quoted(text string) string {
	length := utf8.RuneCountInString(text)
	if w.limits == nil || length <= w.limits.Length {
		return value.Quote(text)
	}
	kept := string([]rune(text)[:w.limits.Kept])
	return fmt.Sprintf("%s%s+%d", value.Quote(kept), ellipsis, length-w.limits.Kept)
}

func (w writer) octets(octets []byte) string {
	if w.limits == nil || len(octets) <= w.limits.Length {
		return octetsText(octets)
	}
	return fmt.Sprintf("%s%s+%d", octetsText(octets[:w.limits.Kept]), ellipsis, len(octets)-w.limits.Kept)
}

func enumText(member value.Enum) string {
	if member.Name == "" {
		return fmt.Sprintf("%s(%d)", typeName(member.Type), member.Number)
	}
	return typeName(member.Type) + "." + FieldName(member.Name)
}

func octetsText(octets []byte) string {
	var text strings.Builder
	text.WriteString(`b"`)
	for _, octet := range octets {
		switch {
		case octet == '"' || octet == '\\':
			text.Write([]byte{'\\', octet})
		case octet == '\n':
			text.WriteString(`\n`)
		case octet == '\r':
			text.WriteString(`\r`)
		case octet == '\t':
			text.WriteString(`\t`)
		case ' ' <= octet && octet <= '~':
			text.WriteByte(octet)
		default:
			fmt.Fprintf(&text, `\x%02x`, octet)
		}
	}
	text.WriteByte('"')
	return text.String()
}
