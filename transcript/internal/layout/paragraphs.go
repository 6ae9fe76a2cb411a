package layout

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Paragraph is a paragraph of a document, or a line of page furniture.
type Paragraph struct {
	Text      string
	Furniture bool
	Cues      []model.Cue // times of its lines; places count code points of the text
}

// Texts are the texts of paragraphs, page furniture apart.
func Texts(paragraphs []Paragraph) []string {
	var texts []string
	for _, p := range paragraphs {
		if !p.Furniture {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// Blocks are lines, such as those of a title block, divided at their gaps; within a block
// they stay lines.
func Blocks(lines []Line) []string {
	var out, block []string
	for i, l := range lines {
		block = append(block, l.Text)
		if i+1 == len(lines) || lines[i+1].Gap {
			out = append(out, strings.Join(block, "\n"))
			block = block[:0]
		}
	}
	return out
}

// ProseLength is the number of words that make a paragraph prose, rather than a heading or
// a line of a title block.
const ProseLength = 25

// IsProse reports whether a text is a paragraph of prose: long, and ending as a sentence.
func IsProse(text string) bool {
	return letters.WordCount(text, ProseLength) >= ProseLength && letters.EndsSentence(text)
}

const (
	headingWords = 8   // of a heading, at most
	headingBytes = 100 // likewise
)

// IsHeading reports whether a line that ends without punctuation is a heading above the
// next line, rather than the beginning of a sentence that goes on there.
func IsHeading(s, next string) bool {
	words := strings.Fields(letters.Head(s, 2*headingBytes))
	if len(s) > headingBytes || len(words) > headingWords || letters.StartsLower(s) || letters.StartsLower(next) || strings.HasSuffix(s, ",") {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	caps := strings.ToUpper(s) == s && strings.ToLower(s) != s
	return caps || !sentence.IsStarter(last) && !WantsAnother(last) && !lexicon.IsTitle(last)
}

// WantsAnother reports whether a word, in small letters, is a preposition, an article or a
// conjunction, so that neither a heading nor a title ends with it: of, the, and.
func WantsAnother(word string) bool { return openWords[word] }

var openWords = lexicon.Words("words that want another")
