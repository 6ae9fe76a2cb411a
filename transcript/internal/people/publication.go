package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// titlePublication reads the publication from a title that names its kind of interview:
// "Harbour Weekly Q&A: ...".
func (f *Front) titlePublication() string {
	for _, kind := range interviewTitles {
		before, _, ok := strings.Cut(f.title, kind)
		if ok && !strings.ContainsAny(before, ":,") && len(strings.Fields(before)) <= publicationWords {
			return strings.TrimPrefix(strings.TrimPrefix(before, "The "), "A ")
		}
	}
	return ""
}

const publicationWords = 4 // of a publication's name before the kind of interview, at most

var interviewTitles = lexicon.Phrases("kinds of interviews in titles")

var (
	interviewVerbs = lexicon.Phrases("verbs of interviews")
	behindVerbs    = lexicon.Phrases("words behind verbs of interviews")
)

// spokenWith reads the publication from the introduction: "She spoke with Harbour Weekly",
// or "Harbour Weekly spoke with her".
func (f *Front) spokenWith() string {
	words := names.Scan(f.introduction)
	for i, w := range words {
		if !w.Is(interviewVerbs...) {
			continue
		}
		r := names.Reader{Words: words, At: i + 1}
		for r.Take(behindVerbs...) {
		}
		if tied := r.At > i+1 || w.Is("told", "interviewed"); !tied {
			continue
		}
		if org, ok := r.Publication(); ok && !f.isPerson(org) {
			return org
		}
		if org := publicationBefore(words[:i]); org != "" && !f.isPerson(org) {
			return org
		}
	}
	return ""
}

// isPerson reports whether words with capitals are somebody of the interview rather than a
// publication.
func (f *Front) isPerson(name string) bool {
	for _, person := range append([]string{f.Subject}, f.authors...) {
		if person != "" && (letters.ContainsWord(person, name) || letters.ContainsWord(name, person)) {
			return true
		}
	}
	return false
}

// publicationBefore is the run of words with capitals at the end of words: the subject of
// "spoke with". A single word that begins sentences, such as a pronoun, is none.
func publicationBefore(words []names.Word) string {
	start := len(words)
	for start > 0 && words[start-1].Capital() && (start == len(words) || words[start-1].After == "") {
		start--
	}
	run := words[start:]
	if len(run) == 0 || len(run) == 1 && sentence.IsStarter(run[0].Folded) {
		return ""
	}
	if run[0].Is("the") {
		run = run[1:]
	}
	return names.Join(run)
}
