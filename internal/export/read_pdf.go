package export

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/container"
)

var (
	pdfReference = regexp.MustCompile(`”\[(\d+)\]`)
	pdfNoteStart = regexp.MustCompile(`^\[(\d+)\] `)
	pdfNoteEnd   = regexp.MustCompile(`#turn-\d+$`)
	pdfAbout     = regexp.MustCompile(`^(Asked|Searched for) on \d`)
)

// readPDF reads what writePDF wrote: of each answer the question, when it was asked, the
// text, and the notes, each from its number to its link.
func readPDF(file []byte, source draft.Source) (quotes []notedQuote, rest string, ok bool, err error) {
	if !bytes.Contains(file, pdfCreator()) {
		return nil, "", false, nil
	}
	content, err := source.Opened(file, container.Options{Kind: "pdf"})
	if err != nil {
		return nil, "", false, nil
	}
	r := pdfReader{notes: map[int]string{}, heading: true}
	for i, l := range content.Lines {
		if l.Page {
			r.page++
		}
		r.places += strings.Count(l.Text, "SHA-256")
		if endsPage := i+1 == len(content.Lines) || content.Lines[i+1].Page; !endsPage || l.Text != strconv.Itoa(r.page) {
			r.line(l.Text)
		}
	}
	return r.end()
}

// pdfCreator is how a PDF names its writer.
func pdfCreator() []byte {
	creator := []byte("/Creator (\xFE\xFF")
	for _, unit := range utf16.Encode([]rune(generator)) {
		creator = append(creator, byte(unit>>8), byte(unit))
	}
	return append(creator, ')')
}

type pdfReader struct {
	page    int
	heading bool // of a section, up to when it was asked
	note    int  // that is open
	notes   map[int]string
	body    []pdfSection
	places  int // of quotations in the record, as many as there are notes
}

// pdfSection is the text of an answer, with the page where it begins.
type pdfSection struct {
	text string
	page int
}

func (r *pdfReader) line(line string) {
	switch m := pdfNoteStart.FindStringSubmatch(line); {
	case m != nil && !r.heading && r.isNext(m[1]):
		r.note, _ = strconv.Atoi(m[1])
		line = line[len(m[0]):]
	case r.note > 0:
	case r.heading:
		if pdfAbout.MatchString(line) {
			r.heading = false
			r.body = append(r.body, pdfSection{line, r.page})
		}
		return
	default:
		body := &r.body[len(r.body)-1]
		body.text = joined(body.text, line)
		return
	}
	r.notes[r.note] = joined(r.notes[r.note], line)
	if pdfNoteEnd.MatchString(line) {
		r.note, r.heading = 0, !r.refersTo(r.note+1)
	}
}

// isNext reports whether a note is the one behind the last, and the text refers to it.
func (r *pdfReader) isNext(number string) bool {
	n, _ := strconv.Atoi(number)
	return n == len(r.notes)+1 && r.refersTo(n)
}

// refersTo reports whether the text of the section refers to a note.
func (r *pdfReader) refersTo(note int) bool {
	return strings.Contains(r.body[len(r.body)-1].text, "”["+strconv.Itoa(note)+"]")
}

// joined puts lines together that were broken to fit: at a blank, or beside a character that
// needs none.
func joined(text, line string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(line)
	if text == "" || breaksAnywhere(last) && breaksAnywhere(first) {
		return text + line
	}
	return text + " " + line
}

// end takes the quotations out of the text. A text that was set in the order in which it is
// seen cannot be told to have all its words.
func (r *pdfReader) end() (quotes []notedQuote, rest string, ok bool, err error) {
	var left strings.Builder
	for _, body := range r.body {
		found, rest := noted(body.text, body.page, pdfReference, r.notes)
		quotes = append(quotes, found...)
		left.WriteString(rest + "\n\n")
	}
	if r.places == 0 {
		return nil, "", false, nil
	}
	if len(quotes) < r.places || slices.ContainsFunc(quotes, notedQuote.isTurned) {
		return nil, "", true, fault.New(fault.Unsupported, "this exported answer has characters that a PDF shows and does not keep; "+
			"export the answer as md, html, docx or json and give that")
	}
	return quotes, left.String(), true, nil
}

// isTurned reports whether a quotation, or the name of its speaker, has characters that are
// not those of the record, or not in its order.
func (q notedQuote) isTurned() bool {
	speaker := q.note
	if at := afterSpeaker.FindStringIndex(speaker); at != nil {
		speaker = speaker[:at[0]]
	}
	return strings.ContainsFunc(q.text+speaker, isTurned)
}

// isTurned reports whether a character was set in the order in which it is seen, or in another
// one's place.
func isTurned(r rune) bool {
	return r == placeholder || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
