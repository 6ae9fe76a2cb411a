package labels

import "github.com/pullquote/pullquote/internal/lexicon"

// What the first word of a text tells of whether it is a label, before any part is read
// from it. All words here are in small letters.

// NamesNobody reports whether a word before a colon is no speaker's label: it is a field,
// or begins a sentence.
func NamesNobody(word string) bool { return fields[word] || beginsSentences[word] }

// NamesNobody reports whether a label is no speaker's: it is a field, or begins a sentence.
// In capitals only a field is one, since initials may be words: SO, NO.
func (l *Label) NamesNobody() bool {
	return fields[l.First()] || !(l.Upper && len(l.Words) == 1) && beginsSentences[l.First()]
}

// IsField reports whether a word heads a line of a title block, or a remark of an editor,
// with a colon behind it: date, subject, note.
func IsField(word string) bool { return fields[word] }

// IsFunction reports whether a word names a person by what they do in the proceedings, so
// that it needs no further proof in capitals: interpreter, clerk, witness.
func IsFunction(word string) bool { return functions[word] }

// IsEveryday reports whether a word has a part as a label, but often begins a sentence,
// too: "Question: is it safe?"
func IsEveryday(word string) bool { return everyday[word] }

// CastPart is the part in the conversation that a field of a title block gives to the
// people named in it: panelist of "Panelists: Jane Roe, John Poe". It is empty for a word
// that is no such field.
func CastPart(field string) string { return castParts[field] }

var (
	fields          = lexicon.Words("fields")
	beginsSentences = lexicon.Words("words before colons")
	functions       = lexicon.Words("labels by function")
	everyday        = lexicon.Words("labels that are everyday words")
	castParts       = readCastParts()
)

// readCastParts lists the parts under their fields; a row of the list begins with the part.
func readCastParts() map[string]string {
	parts := map[string]string{}
	for _, row := range lexicon.Rows("cast") {
		for _, field := range row[1:] {
			parts[field] = row[0]
		}
	}
	return parts
}
