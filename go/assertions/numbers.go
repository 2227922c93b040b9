package assertions

var numberEntries = []Entry{}
