package pattern

import "fmt"

// Reason is why a pattern is refused. The kits use only these reasons.
type Reason string

// The reasons. docs/kit/pattern.md describes them.
const (
	TooLong            Reason = "too_long"
	TooDeep            Reason = "too_deep"
	TooLarge           Reason = "too_large"
	BadEscape          Reason = "bad_escape"
	BadGroup           Reason = "bad_group"
	BadGroupName       Reason = "bad_group_name"
	UnclosedGroup      Reason = "unclosed_group"
	UnopenedGroup      Reason = "unopened_group"
	UnclosedClass      Reason = "unclosed_class"
	EmptyClass         Reason = "empty_class"
	BadClassCharacter  Reason = "bad_class_character"
	BadRange           Reason = "bad_range"
	NothingToRepeat    Reason = "nothing_to_repeat"
	RepeatedRepetition Reason = "repeated_repetition"
	BadRepetition      Reason = "bad_repetition"
	RepetitionTooLarge Reason = "repetition_too_large"
)

// Error reports that a text is not a portable pattern. Find one with [errors.As].
type Error struct {
	// Reason is why the pattern is refused.
	Reason Reason
	// Index is the index of the code point at which it is refused.
	Index int
}

// Error returns the reason and the index, such as "bad_escape at 3".
func (e *Error) Error() string {
	return fmt.Sprintf("%s at %d", e.Reason, e.Index)
}

func refuse(reason Reason, index int) error {
	return &Error{Reason: reason, Index: index}
}
