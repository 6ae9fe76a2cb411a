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

// markOutside marks the headings within the body, and what stands behind its end: from the
// last paragraph backwards, the closing words of the publication and what its site adds.
func (v *Interview) markOutside() {
	for i := range v.body {
		text := v.body[i].text
		next := ""
		if i+1 < len(v.body) {
			next = v.body[i+1].text
		}
		if marks.EndMark(text) != marks.LineText || v.body[i].heading && !sentence.EndsAsking(text) || !letters.EndsSentence(text) && layout.IsHeading(text, next) {
			v.body[i].kind = kindOutside
		}
	}
	for i := len(v.body) - 1; i >= 0; i-- {
		switch {
		case isEditorial(v.body[i].text) || isBiography(v.body[i].text):
			v.body[i].kind = kindEditorial
		case isTrailer(v.body[i].text):
			v.body[i].kind = kindOutside
		case v.body[i].kind != kindOutside:
			return
		}
	}
}

const (
	longestEditorial = 400 // bytes
	longestBiography = 300 // bytes
	biographyWords   = 12  // among which it says what the author is
	trailerStart     = 120 // bytes of what a site puts below an article
)

// isEditorial reports whether a paragraph is the publication's note on how the text was made:
// "This interview has been edited for length."
func isEditorial(p string) bool {
	lower := strings.ToLower(letters.Head(p, longestEditorial))
	return len(p) <= longestEditorial && letters.ContainsAny(lower, editings...) && letters.ContainsAny(lower, edited...)
}

var (
	editings = lexicon.Phrases("verbs of editing")
	edited   = lexicon.Phrases("things that are edited")
)

var authorVerbs = lexicon.Phrases("verbs of authors")

// isBiography reports whether a paragraph says who the author is: "Jane Roe is a staff writer
// at Harbour Weekly."
func isBiography(p string) bool {
	if len(p) > longestBiography {
		return false
	}
	r := names.NewReader(p)
	if _, ok := r.FullName(); !ok || !r.Take("is", "was") && !r.Take(authorVerbs...) {
		return false
	}
	for ; !r.Done() && r.At < biographyWords; r.At++ {
		if names.IsCapacity(r.Peek(0).Text) || r.Last().Is(authorVerbs...) {
			return true
		}
	}
	return false
}

// isTrailer reports whether a paragraph is what sites put below an article: links, tags,
// copyright.
func isTrailer(p string) bool {
	lower := strings.ToLower(letters.Head(p, trailerStart))
	for _, start := range trailers {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return false
}

var trailers = lexicon.Phrases("beginnings of trailers")
