package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readByline takes the authors and the publication from bylines: "By Jane Roe, Harbour
// Weekly". A single author of an interview is who asks.
func (f *Front) readByline(title []layout.Line) {
	for _, l := range title {
		after, ok := cutByline(lexicon.PlainBlanks(strings.NewReplacer("*", "", "_", " ").Replace(l.Text)))
		if !ok {
			continue
		}
		r := names.NewReader(after + " .")
		for {
			name, found := r.FullName()
			if !found || !r.EndsByline() {
				break
			}
			f.authors = append(f.authors, names.TitleCaseCaps(name))
			if org, found := r.Affiliation(); found {
				f.Publication = org
				break
			}
			if r.Take("and"); r.Done() {
				break
			}
		}
	}
	if len(f.authors) == 1 {
		f.Asker = f.authors[0]
	}
}

// IsByline reports whether a line is a byline: By Jane Roe.
func IsByline(text string) bool {
	_, ok := cutByline(text)
	return ok && len(text) <= longestByline
}

const longestByline = 149 // bytes

// cutByline is what stands behind the "by" of a byline.
func cutByline(s string) (after string, ok bool) {
	for _, opening := range bylineOpenings {
		if len(s) > len(opening) && strings.EqualFold(s[:len(opening)], opening) {
			return s[len(opening):], true
		}
	}
	return "", false
}

var bylineOpenings = lexicon.Phrases("beginnings of bylines")
