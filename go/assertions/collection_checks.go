package assertions

import "testingkit.dev/go/value"

var (
	countCheckParameters = []Parameter{{Name: "count", kinds: onlyInt}, {Name: "check", nested: isCheck}}
	keyCheckParameters   = []Parameter{{Name: "key", kinds: anyKind}, {Name: "check", nested: isCheck}}
)

var collectionCheckEntries = []Entry{
	{
		Name: "all_satisfy", Parameters: checkParameter, Details: []string{"index", "failure"},
		actual: itemKinds, compose: allSatisfy,
	},
	{
		Name: "any_satisfies", Parameters: checkParameter, Details: []string{"failures"},
		actual: itemKinds, compose: anySatisfies,
	},
	{
		Name: "none_satisfies", Parameters: checkParameter, Details: []string{"index"},
		actual: itemKinds, compose: noneSatisfies,
	},
	{
		Name: "exactly_satisfy", Parameters: countCheckParameters, Details: []string{"count"},
		actual: itemKinds, demand: demandCount, compose: exactlySatisfy,
	},
	{
		Name: "each_in_order", Parameters: checksParameter, Details: []string{"index", "failure"},
		actual: onlyList, compose: eachInOrder,
	},
	{
		Name: "each_in_any_order", Parameters: checksParameter, Details: []string{"index", "extra"},
		actual: itemKinds, compose: eachInAnyOrder,
	},
	{
		Name: "all_keys_satisfy", Parameters: checkParameter, Details: []string{"key", "failure"},
		actual: onlyMap, compose: allKeysSatisfy,
	},
	{
		Name: "all_values_satisfy", Parameters: checkParameter, Details: []string{"key", "failure"},
		actual: onlyMap, compose: allValuesSatisfy,
	},
	{
		Name: "has_entry_satisfying", Parameters: keyCheckParameters, Details: []string{"failure"},
		actual: onlyMap, compose: hasEntrySatisfying,
	},
}

func allSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	index, text, code := firstFailure(onEach(checks[0][0], itemsOf(actual)))
	found := passesUnlessAt(index, actual)
	return finding{passed: found.passed, details: append(found.details, failureDetail(text)), code: code}
}

func anySatisfies(actual value.Value, _ []value.Value, checks [][]check) finding {
	return anyPasses(onEach(checks[0][0], itemsOf(actual)))
}

func noneSatisfies(actual value.Value, _ []value.Value, checks [][]check) finding {
	places, code := passing(onEach(checks[0][0], itemsOf(actual)))
	if code != "" || len(places) == 0 {
		return finding{passed: true, code: code}
	}
	return passesUnlessAt(places[0], actual)
}

func exactlySatisfy(actual value.Value, values []value.Value, checks [][]check) finding {
	places, code := passing(onEach(checks[0][0], itemsOf(actual)))
	found := findCount(len(places), values[0])
	found.code = code
	return found
}

func eachInOrder(actual value.Value, _ []value.Value, checks [][]check) finding {
	items, wanted := itemsOf(actual), checks[0]
	var pairs []evaluation
	for i := range min(len(items), len(wanted)) {
		pairs = append(pairs, evaluation{wanted[i], items[i]})
	}
	index, text, code := firstFailure(pairs)
	switch {
	case code != "":
		return finding{code: code}
	case index >= 0:
		return finding{details: append(intDetail("index", index), failureDetail(text))}
	default:
		return finding{passed: len(items) == len(wanted), details: intDetail("index", len(pairs))}
	}
}

func eachInAnyOrder(actual value.Value, _ []value.Value, checks [][]check) finding {
	items, wanted := itemsOf(actual), checks[0]
	fits, code := evaluatePairs(wanted, items)
	var found finding
	if missing := unpairedRows(fits, len(items)); len(missing) > 0 {
		found.details = intDetail("index", missing[0])
	}
	var extra []value.Value
	for _, place := range unpairedRows(transposed(fits, len(items)), len(wanted)) {
		extra = append(extra, items[place])
	}
	found.details = append(found.details, passesWithout(itemsDetail("extra", extra)).details...)
	if len(found.details) == 0 {
		return finding{passed: true}
	}
	found.code = code
	return found
}

// evaluatePairs returns for which of the items each assertion passes, and the code of the first error.
func evaluatePairs(checks []check, items []value.Value) (fits [][]bool, code value.ErrorCode) {
	for _, c := range checks {
		row := make([]bool, len(items))
		for i, item := range items {
			found := c.find(item)
			if code == "" {
				code = found.code
			}
			row[i] = found.code == "" && found.passed
		}
		fits = append(fits, row)
	}
	return fits, code
}

// transposed returns the columns of a table as rows.
func transposed(rows [][]bool, columns int) [][]bool {
	table := make([][]bool, columns)
	for column := range table {
		for _, row := range rows {
			table[column] = append(table[column], row[column])
		}
	}
	return table
}

// unpairedRows returns the rows without a partner among the columns, if earlier rows get one first. A row
// can have each column for which it is true.
func unpairedRows(fits [][]bool, columns int) []int {
	p := pairing{fits: fits, columns: columns, holders: map[int]int{}, held: map[int]int{}}
	var unpaired []int
	for row := range fits {
		if !p.pair(row) {
			unpaired = append(unpaired, row)
		}
	}
	return unpaired
}

// pairing has the row of each column that has one, and the column of each such row.
type pairing struct {
	fits    [][]bool
	columns int
	holders map[int]int
	held    map[int]int
}

// pair finds a column for a row along an augmenting path, and reports whether there is one. Other rows
// may get other columns.
func (p *pairing) pair(row int) bool {
	seekers := map[int]int{} // The row that reached each column.
	waiting := []int{row}
	for i := 0; i < len(waiting); i++ {
		for column := range p.columns {
			if _, reached := seekers[column]; reached || !p.fits[waiting[i]][column] {
				continue
			}
			seekers[column] = waiting[i]
			holder, isHeld := p.holders[column]
			if !isHeld {
				p.swap(column, row, seekers)
				return true
			}
			waiting = append(waiting, holder)
		}
	}
	return false
}

// swap gives each row of the path that ends at a free column the column that it reached.
func (p *pairing) swap(column, row int, seekers map[int]int) {
	for {
		seeker := seekers[column]
		before := p.held[seeker]
		p.holders[column], p.held[seeker] = seeker, column
		if seeker == row {
			return
		}
		column = before
	}
}

func allKeysSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	return allInMap(mapOf(actual), itemsOf(actual), checks[0][0])
}

func allValuesSatisfy(actual value.Value, _ []value.Value, checks [][]check) finding {
	return allInMap(mapOf(actual), valuesOf(mapOf(actual)), checks[0][0])
}

// allInMap returns the finding that passes if the assertion does for all the values, which are the keys
// or the values of a map.
func allInMap(m value.Map, values []value.Value, c check) finding {
	place, text, code := firstFailure(onEach(c, values))
	if code != "" || place < 0 {
		return finding{passed: true, code: code}
	}
	key := Detail{Name: "key", Value: m.Entries()[place].Key}
	return finding{details: []Detail{key, failureDetail(text)}}
}

func hasEntrySatisfying(actual value.Value, values []value.Value, checks [][]check) finding {
	var candidates []value.Value
	for i, isEqual := range value.AreEqualTo(values[0], itemsOf(actual)) {
		if isEqual {
			candidates = append(candidates, mapOf(actual).Entries()[i].Value)
		}
	}
	evaluations := onEach(checks[0][0], candidates)
	places, code := passing(evaluations)
	if code != "" || len(places) > 0 || len(evaluations) == 0 {
		return finding{passed: len(places) > 0, code: code}
	}
	return evaluations[0].satisfies()
}
