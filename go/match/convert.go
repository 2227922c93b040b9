package match

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/value"
)

// entries has every assertion by its name.
var entries = sync.OnceValue(func() map[string]assertions.Entry {
	byName := map[string]assertions.Entry{}
	for _, entry := range assertions.Catalog() {
		byName[entry.Name] = entry
	}
	return byName
})

// refusal is an argument, or the actual value, that does not convert.
type refusal struct {
	name string
	err  error
}

// convert returns the assertion with the arguments that convert, and the others.
func (m Matcher) convert() (assertions.Assertion, []refusal) {
	assertion := assertions.Assertion{Name: m.name}
	var refused []refusal
	for i, parameter := range entries()[m.name].Parameters {
		argument, refusedParts := convertArgument(parameter.Name, m.arguments[i])
		if len(refusedParts) == 0 {
			assertion.Arguments = append(assertion.Arguments, argument)
		}
		refused = append(refused, refusedParts...)
	}
	return assertion, refused
}

func convertArgument(name string, native any) (assertions.Argument, []refusal) {
	switch native := native.(type) {
	case Matcher:
		nested, refused := native.convert()
		return assertions.Argument{Name: name, Check: &nested}, within(name, refused)
	case []Matcher:
		return convertMatchers(name, native)
	case nativeShape:
		return convertShape(name, native)
	}
	v, err := value.ToValue(native)
	if err != nil {
		return assertions.Argument{}, []refusal{{name: name, err: err}}
	}
	return assertions.Argument{Name: name, Value: v}, nil
}

func convertMatchers(name string, matchers []Matcher) (assertions.Argument, []refusal) {
	argument := assertions.Argument{Name: name, Checks: []assertions.Assertion{}}
	var refused []refusal
	for i, matcher := range matchers {
		nested, refusedParts := matcher.convert()
		argument.Checks = append(argument.Checks, nested)
		refused = append(refused, within(fmt.Sprintf("%s[%d]", name, i), refusedParts)...)
	}
	return argument, refused
}

// within returns the refusals of an assertion that is an argument itself.
func within(name string, refused []refusal) []refusal {
	for i := range refused {
		refused[i].name = name + "." + refused[i].name
	}
	return refused
}

// refusalText returns the failure text of an assertion with something that does not convert. Where the
// canonical text has the actual value, it has a line for each refusal.
func refusalText(assertion assertions.Assertion, refused []refusal) string {
	var first *value.ConversionError
	errors.As(refused[0].err, &first)
	lines := []string{fmt.Sprintf("%s error: %s", assertion, first.Code)}
	for _, one := range refused {
		lines = append(lines, fmt.Sprintf("  %s: %s", one.name, one.reason()))
	}
	if assertion.Note != "" {
		lines = append(lines, "  note: "+strings.ReplaceAll(assertion.Note, "\n", "\n    "))
	}
	return strings.Join(lines, "\n")
}

func (r refusal) reason() string {
	var failed *value.ConversionError
	errors.As(r.err, &failed)
	native := "a value of the kit"
	if goType := failed.NativeType(); goType != nil {
		native = goType.String()
	}
	return fmt.Sprintf("%s at %s does not convert", native, failed.Path)
}
