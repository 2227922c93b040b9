package assertions

var kindEntries = []Entry{}
