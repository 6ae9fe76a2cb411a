package encoder

// Tokens is how many tokens the model reads of the texts.
func (m *Model) Tokens(texts []string) (n int) {
	for _, text := range texts {
		for _, w := range m.windows(0, m.prefixes.Document, text, nil) {
			n += len(w.tokens)
		}
	}
	return n
}
