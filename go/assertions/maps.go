package assertions

var mapEntries = []Entry{}
