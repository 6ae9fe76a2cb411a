package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// organisation passes the name of an organisation, without a small article before it. It
// begins with a capital and goes on to the end of the clause; up to there it may have a
// few words in small letters: the Harbour Board's foreign news service. closed reports
// whether punctuation ends it. Where there is none, an article may have been passed.
func (r *Reader) organisation() (name string, closed bool) {
	if r.Peek(0).Text == "the" {
		r.At++
	}
	if !r.Peek(0).Capital() || lexicon.IsTitle(r.Peek(0).Text) {
		return "", false
	}
	start, end := r.At, r.At+1
	for small := 0; r.At-start < maxOrgWords && !r.Done(); {
		w, next := r.Peek(0), r.Peek(1)
		link := orgLinks[w.Folded] && w.After == "" && (next.Capital() && !orgStops[next.Folded] || next.Is("the"))
		capital := w.Capital() && (r.At == start || !orgStops[w.Folded])
		if !capital && !link {
			if small++; orgLinks[w.Folded] || orgStops[w.Folded] || small > maxSmallWords {
				break
			}
		}
		r.At++
		if capital || w.After != "" {
			end = r.At
		}
		if w.After != "" {
			break
		}
	}
	r.At = end
	name = strings.TrimSuffix(Join(r.Words[start:end]), " the")
	if r.Last().After == "" {
		r.Take("again", "here", "too")
	}
	return name, r.Last().After != ""
}

var (
	// orgLinks join the words of an organisation's name if a capital follows: of, and.
	orgLinks = lexicon.Words("links in names of organisations")

	// orgStops are in no name of an organisation, even with a capital.
	orgStops = lexicon.Words("words in no name of an organisation")
)

// IsInstitution reports whether a word ends the names of institutions or of places, and of
// nobody: board, school, street.
func IsInstitution(word string) bool { return institutions[lexicon.Bare(word)] }

var institutions = lexicon.Union(lexicon.Words("last words of institutions"), lexicon.Words("last words of places"))

const (
	maxOrgWords   = 10 // of an organisation's name
	maxSmallWords = 3  // of those, in small letters and no links
)

// Publication passes a run of words with capitals, such as the name of a publication has,
// without a possessive at its end. Where there is none, an article may have been passed.
func (r *Reader) Publication() (string, bool) {
	if r.Peek(0).Text == "the" {
		r.At++
	}
	start := r.At
	for !r.Done() && (r.Peek(0).Capital() || r.At > start && r.Peek(0).Is("of") && r.Peek(1).Capital()) {
		w := r.Peek(0)
		if lexicon.IsTitle(w.Text) || courtesyWords[w.Folded] {
			break
		}
		r.At++
		if w.After != "" || lexicon.IsPossessive(w.Text) {
			break
		}
	}
	if r.At == start {
		return "", false
	}
	return lexicon.WithoutPossessive(Join(r.Words[start:r.At])), true
}
