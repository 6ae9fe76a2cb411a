package lexicon

// Months are the names of the months in a language, in full.
func Months(language string) map[string]bool {
	for _, l := range Languages("months") {
		if l.Code == language {
			return Set(l.Rows[0])
		}
	}
	return nil
}
