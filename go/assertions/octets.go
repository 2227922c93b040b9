package assertions

var octetEntries = []Entry{}
