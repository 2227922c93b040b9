package assertions

// turned returns for each of the columns the rows that have it among their options.
func turned(options [][]int, columns int) [][]int {
	rows := make([][]int, columns)
	for row, chosen := range options {
		for _, column := range chosen {
			rows[column] = append(rows[column], row)
		}
	}
	return rows
}

// unpairedRows returns the rows that lack a column if earlier rows get one of their options first.
func unpairedRows(options [][]int) []int {
	p := pairing{options: options, rows: map[int]int{}, columns: map[int]int{}, closed: map[int]bool{}}
	var unpaired []int
	for row := range options {
		if !p.pair(row) {
			unpaired = append(unpaired, row)
		}
	}
	return unpaired
}

// pairing has the row of each column that has one, and the column of each such row.
type pairing struct {
	options [][]int
	rows    map[int]int
	columns map[int]int
	closed  map[int]bool // The columns that a failed search reached: they never lead to a free one.
}

// pair pairs a row along an augmenting path, and reports whether it can be paired. Rows that are paired
// can get other columns, but keep having one.
func (p *pairing) pair(row int) bool {
	seekers := map[int]int{}
	waiting := []int{row}
	for i := 0; i < len(waiting); i++ {
		for _, column := range p.options[waiting[i]] {
			if _, reached := seekers[column]; reached || p.closed[column] {
				continue
			}
			seekers[column] = waiting[i]
			holder, isHeld := p.rows[column]
			if !isHeld {
				p.pairAnew(column, seekers)
				return true
			}
			waiting = append(waiting, holder)
		}
	}
	for column := range seekers {
		p.closed[column] = true
	}
	return false
}

// pairAnew gives each row of the path to a free column the column that it reached.
func (p *pairing) pairAnew(free int, seekers map[int]int) {
	for column, hasNext := free, true; hasNext; {
		row := seekers[column]
		next, isPaired := p.columns[row]
		p.rows[column], p.columns[row] = row, column
		column, hasNext = next, isPaired
	}
}
