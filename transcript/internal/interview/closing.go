package interview

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// markOutside finds the headings within the body and what follows its end.
func (s *Interview) markOutside() {
	for i := range s.body {
		text := s.body[i].text
		next := ""
		if i+1 < len(s.body) {
			next = s.body[i+1].text
		}
		if marks.EndMark(text) != marks.LineText || s.body[i].heading && !sentence.EndsAsking(text) || !letters.EndsSentence(text) && layout.IsHeading(text, next) {
			s.body[i].part = partOutside
		}
	}
	for i := len(s.body) - 1; i >= 0; i-- {
		switch {
		case isEditorial(s.body[i].text) || isBiography(s.body[i].text):
			s.body[i].part = partEditorial
		case isTrailer(s.body[i].text):
			s.body[i].part = partOutside
		case s.body[i].part != partOutside:
			return
		}
	}
}

// isEditorial recognises the publication's closing note on the text.
func isEditorial(p string) bool {
	lower := strings.ToLower(letters.Head(p, 400))
	if len(p) > 400 || !letters.ContainsAny(lower, editings...) {
		return false
	}
	return letters.ContainsAny(lower, edited...)
}

var editings = lexicon.Phrases("verbs of editing")

var edited = lexicon.Phrases("things that are edited")

// isBiography recognises "Jane Roe is a staff writer at Harbour Weekly."
func isBiography(p string) bool {
	if len(p) > 300 {
		return false
	}
	r := names.NewReader(p)
	if _, ok := r.FullName(); !ok || !r.Take("is", "was", "writes", "covers", "reports") {
		return false
	}
	for ; !r.Done() && r.At < 12; r.At++ {
		if names.IsCapacity(r.Peek(0).Text) || r.Last().Is("writes", "covers", "reports") {
			return true
		}
	}
	return false
}

// isTrailer recognises what sites put below an article.
func isTrailer(p string) bool {
	lower := strings.ToLower(letters.Head(p, 120))
	for _, start := range trailers {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return false
}

var trailers = lexicon.Phrases("beginnings of trailers")
