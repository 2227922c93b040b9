package assertions

var setEntries = []Entry{}
