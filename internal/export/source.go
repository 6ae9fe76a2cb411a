package export

import (
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// source is a transcript as a bibliography sees it.
type source struct {
	id          string
	kind        kind
	title       string
	place       string
	date        string // ISO 8601, or empty
	language    string
	sha256      string
	version     int
	url         string // its page
	interviewer string // of an interview, where one person asked
	interviewee string // likewise
	citations   []answer.Citation
}

func newSource(c answer.Citation, records map[string]retrieval.Record) source {
	s := source{
		id: c.TranscriptID, title: string(c.TranscriptTitle), place: string(c.Place), date: string(c.Date),
		sha256: c.SHA256, version: c.Version, url: pageOf(c.URL),
	}
	record, known := records[c.TranscriptID]
	if known {
		s.language = string(record.Language)
	}
	s.kind = kindOf(s.title, record.Format)
	if s.kind == interview && c.Role == transcript.RoleAnswer && c.Question != nil {
		s.interviewee, s.interviewer = string(c.Speaker), string(c.Question.Speaker)
	}
	if s.title == "" {
		s.title = "Untitled " + s.kind.name
	}
	return s
}

// pageOf is the transcript's page in a permalink.
func pageOf(url string) string {
	page, _, _ := strings.Cut(url, "#")
	page, _, _ = strings.Cut(page, "?")
	return page
}

// kind is what a transcript is of, with its type in each bibliography.
type kind struct {
	name                string // in words
	csl, biblatex, ris  string
	broadcast, personal bool
}

var (
	interview = kind{name: "interview", csl: "interview", biblatex: "misc", ris: "PCOMM", personal: true}
	other     = kind{name: "transcript", csl: "document", biblatex: "misc", ris: "GEN"}
)

// kinds are told by a word of the title; the first that has one counts.
var kinds = []struct {
	words []string
	kind
}{
	{[]string{"interview", "q&a", "conversation with"}, interview},
	{[]string{"hearing", "testimony", "deposition", "oral argument"}, kind{name: "hearing", csl: "hearing", biblatex: "misc", ris: "HEAR"}},
	{[]string{"remarks", "speech", "address", "keynote", "lecture"}, kind{name: "speech", csl: "speech", biblatex: "misc", ris: "GEN"}},
	{[]string{"podcast", "episode", "broadcast", "radio"}, kind{name: "broadcast", csl: "broadcast", biblatex: "audio", ris: "SOUND", broadcast: true}},
	{[]string{"briefing", "press conference", "gaggle"}, kind{name: "press briefing", csl: "speech", biblatex: "misc", ris: "GEN"}},
	{[]string{"meeting", "minutes", "session", "sitting", "debate", "committee"}, kind{name: "meeting", csl: "speech", biblatex: "misc", ris: "GEN"}},
}

// kindOf reads what a transcript is of from its title, or else from its format:
// only interviews are printed without labels.
func kindOf(title, format string) kind {
	title = strings.ToLower(title)
	for _, k := range kinds {
		for _, w := range k.words {
			if strings.Contains(title, w) {
				return k.kind
			}
		}
	}
	if strings.HasSuffix(format, "interview") {
		return interview
	}
	return other
}

// day is the date of the event; ok is false where none is known.
func (s source) day() (t time.Time, ok bool) {
	t, err := time.Parse(time.DateOnly, s.date)
	return t, err == nil
}

// what says in words what kind of document it is.
func (s source) what() string {
	switch {
	case s.kind == other:
		return "Transcript"
	case s.interviewer != "":
		return "Transcript of " + article(s.kind.name) + " by " + s.interviewer
	}
	return "Transcript of " + article(s.kind.name)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
