package export

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Exported is what a document that was exported holds now: people edit.
type Exported struct {
	Quotes []answer.CitedQuote // those with a note
	// Rest is the text without them, without the notes and without the questions
	// that were asked, in the headings. What it quotes has to be checked like any draft.
	Rest string
}

// Read reads an exported document back, as the source says to open it. ok is false for any other file; an error
// means that the file was exported, but has lost what it can be checked by.
func Read(file []byte, source draft.Source) (e Exported, ok bool, err error) {
	var quotes []notedQuote
	switch trimmed := bytes.TrimSpace(bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF"))); {
	case bytes.HasPrefix(trimmed, []byte("{")):
		return readJSON(trimmed)
	case bytes.HasPrefix(trimmed, []byte("PK")):
		quotes, e.Rest, ok, err = readDOCX(file)
	case bytes.HasPrefix(trimmed, []byte("<")):
		quotes, e.Rest, ok, err = readHTML(trimmed)
	case bytes.HasPrefix(trimmed, []byte("%PDF-")):
		quotes, e.Rest, ok, err = readPDF(file, source)
	default:
		quotes, e.Rest, ok = readMarkdown(string(trimmed))
	}
	if err != nil || !ok {
		return e, ok, err
	}
	for _, q := range quotes {
		cited, err := q.cited()
		if err != nil {
			return e, true, err
		}
		e.Quotes = append(e.Quotes, cited)
	}
	return e, true, nil
}

// notedQuote is a quotation of a document with its note, both as plain text.
type notedQuote struct {
	number int
	line   int
	text   string
	note   string
}

var (
	locatorPattern   = regexp.MustCompile(`Turn (\d+), characters (\d+) to (\d+) of version \d+, SHA-256 ([0-9a-f]{64})`)
	permalinkPattern = regexp.MustCompile(`/t/([0-9a-fA-F-]{36})`)
	contextPattern   = regexp.MustCompile(`Said (in|as) |The text accompanying`)
)

// cited reads the place out of the note.
func (q notedQuote) cited() (answer.CitedQuote, error) {
	place := locatorPattern.FindStringSubmatch(q.note)
	links := permalinkPattern.FindAllStringSubmatch(q.note, -1)
	if place == nil || links == nil {
		return answer.CitedQuote{}, fault.New(fault.Invalid, "note %d has lost the place of its quotation; export the answer again", q.number)
	}
	id := links[len(links)-1] // behind that of the recording, which may look like one
	source := q.note
	if at := contextPattern.FindStringIndex(source); at != nil {
		source = source[:at[0]]
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	return answer.CitedQuote{
		DraftQuote:   answer.DraftQuote{Text: q.text, Line: q.line},
		TranscriptID: strings.ToLower(id[1]), Turn: number(place[1]),
		Span: sentence.Span{Start: number(place[2]), End: number(place[3])}, SHA256: place[4],
		Credits: func(speaker string) bool { return credits(source, speaker) },
	}, nil
}

// afterSpeaker is what follows the speaker in a source: a title, or APA's date.
var afterSpeaker = regexp.MustCompile(`“|\((\d{4}|n\.d\.)`)

// credits reports whether the source in a note still names the speaker, before the
// title and as one of the styles does. Where the record has no speaker there is
// nothing to hold the note to.
func credits(source, speaker string) bool {
	if at := afterSpeaker.FindStringIndex(source); at != nil && !strings.Contains(speaker, "“") {
		source = source[:at[0]]
	}
	n := readName(speaker)
	source = bounded(source)
	if bounded(speaker) == bounded("") {
		return true
	}
	return strings.Contains(source, bounded(speaker)) || strings.Contains(source, bounded(n.abbreviated())) || strings.Contains(source, bounded(n.inverted()))
}

// bounded is a text as words with one blank around each, so that a search for "roe"
// does not find "monroe".
func bounded(s string) string {
	words := strings.FieldsFunc(cases.Fold().String(norm.NFC.String(s)), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
	return " " + strings.Join(words, " ") + " "
}

var (
	noteReference  = regexp.MustCompile(`”\[\^(\d+)\]`)
	noteDefinition = regexp.MustCompile(`^\[\^(\d+)\]: `)
)

// readMarkdown reads what writeMarkdown wrote.
func readMarkdown(text string) (quotes []notedQuote, rest string, ok bool) {
	notes := map[int]string{}
	var body []string
	for line := range strings.Lines(text) {
		if m := noteDefinition.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			notes[n] = unescapeMarkdown(line[len(m[0]):])
			line = "\n"
		}
		if strings.HasPrefix(line, "# ") {
			line = "\n"
		}
		body = append(body, line)
	}
	var left strings.Builder
	for i, line := range body {
		found, rest := noted(line, i+1, noteReference, notes)
		for j := range found {
			found[j].text = unescapeMarkdown(found[j].text)
		}
		quotes = append(quotes, found...)
		left.WriteString(rest)
	}
	return quotes, unescapeMarkdown(left.String()), len(quotes) > 0 && locatorPattern.MatchString(quotes[0].note)
}

// noted divides a text into the quotations that a reference to a note follows, and the rest.
// Where a quotation begins is told by its length: it may have quotation marks of its own.
func noted(text string, line int, reference *regexp.Regexp, notes map[int]string) (quotes []notedQuote, rest string) {
	at := 0
	for _, m := range reference.FindAllStringSubmatchIndex(text, -1) {
		number, _ := strconv.Atoi(text[m[2]:m[3]])
		note, known := notes[number]
		if !known {
			continue
		}
		start := openingMark(text[at:m[0]], note)
		if start < 0 {
			continue
		}
		rest += text[at : at+start]
		quotes = append(quotes, notedQuote{number, line, text[at+start+len("“") : m[0]], note})
		at = m[1]
	}
	return quotes, rest + text[at:]
}

// openingMark finds the mark that opens the quotation which ends the text before its
// note, in bytes. Of several marks it is the one with which the quotation comes nearest to
// the length that the note tells.
func openingMark(before, note string) int {
	length := 0
	if place := locatorPattern.FindStringSubmatch(note); place != nil {
		start, _ := strconv.Atoi(place[2])
		end, _ := strconv.Atoi(place[3])
		length = end - start
	}
	best, least := -1, 0
	for i := 0; i < len(before); i++ {
		if !strings.HasPrefix(before[i:], "“") {
			continue
		}
		off := len([]rune(unescapeMarkdown(before[i+len("“"):]))) - length
		if off = max(off, -off); best < 0 || off < least {
			best, least = i, off
		}
	}
	return best
}
