package export

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// source is a transcript as a bibliography sees it.
type source struct {
	id        string
	kind      kind
	title     string
	place     string
	date      string // ISO 8601, or empty
	language  string
	version   int
	url       string  // its page
	citations []cited // from it
}

// newSource is the transcript that citations are from.
func newSource(stored retrieval.StoredTranscript, citations ...cited) source {
	c := citations[0]
	s := source{
		id: c.TranscriptID, title: words.InertLine(string(c.TranscriptTitle)), place: words.InertLine(string(c.Place)), date: string(c.Date), language: string(stored.Language),
		kind: kindOf(string(c.TranscriptTitle), stored), version: c.Version, url: pageOf(c.URL), citations: citations,
	}
	s.title = cmp.Or(s.title, s.untitled())
	return s
}

// untitled stands for the title of a transcript that has none.
func (s source) untitled() string { return "Untitled " + s.kind.name }

// interviewers are who asked what is answered in the words cited, if it is an
// interview.
func (s source) interviewers() []string {
	var names []string
	for _, c := range s.citations {
		if s.kind == interview && c.Role == model.RoleAnswer && c.Question != nil {
			names = append(names, string(c.Question.Credit().Certain()))
		}
	}
	return distinct(names)
}

// authors are who is credited with a transcript as a whole: those whose words
// are cited, without whoever only asks.
func (s source) authors() []string {
	var names []string
	for _, c := range s.citations {
		if name := string(c.Credit().Certain()); c.Role != model.RoleQuestion && !slices.Contains(s.interviewers(), name) {
			names = append(names, name)
		}
	}
	return distinct(names)
}

// distinct are names in order of appearance, each once and none empty.
func distinct(names []string) []string {
	var all []string
	for _, name := range names {
		if name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// pageOf is the transcript's page in a permalink.
func pageOf(url string) string {
	page, _, _ := strings.Cut(url, "#")
	page, _, _ = strings.Cut(page, "?")
	return page
}

// kind is the kind of event that a transcript records, with its type in each bibliography.
type kind struct {
	name               string // in words
	csl, biblatex, ris string
}

var (
	interview = kind{"interview", "interview", "misc", "PCOMM"}
	webPage   = kind{"web page", "webpage", "online", "ELEC"}
	other     = kind{"transcript", "document", "misc", "GEN"}
)

// kinds are recognised by words of the title, also in the plural; the first that
// matches counts.
var kinds = []struct {
	words []string
	kind
}{
	{lexicon.Phrases("words in titles of interviews"), interview},
	{lexicon.Phrases("words in titles of hearings"), kind{"hearing", "hearing", "misc", "HEAR"}},
	{lexicon.Phrases("words in titles of speeches"), kind{"speech", "speech", "misc", "GEN"}},
	{lexicon.Phrases("words in titles of broadcasts"), kind{"broadcast", "broadcast", "audio", "SOUND"}},
	{lexicon.Phrases("words in titles of press briefings"), kind{"press briefing", "speech", "misc", "GEN"}},
	{lexicon.Phrases("words in titles of meetings"), kind{"meeting", "speech", "misc", "GEN"}},
}

// kindOf reads the kind of event from a transcript's title, or else from its file: a web
// page by its extension, an interview by the format in which it was recognised.
func kindOf(title string, stored retrieval.StoredTranscript) kind {
	inTitle := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && r != '&' })
	title = " " + strings.Join(inTitle, " ") + " "
	for _, k := range kinds {
		for _, w := range k.words {
			if strings.Contains(title, " "+w+" ") || strings.Contains(title, " "+w+"s ") {
				return k.kind
			}
		}
	}
	switch strings.ToLower(path.Ext(string(stored.Filename))) {
	case ".html", ".htm", ".xhtml":
		return webPage
	}
	if strings.HasSuffix(stored.Format, "interview") {
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
	if s.kind == other {
		return "Transcript"
	}
	what := "Transcript of " + article(s.kind.name)
	if by := s.interviewers(); len(by) > 0 {
		what += " by " + strings.Join(by, " and ")
	}
	return what
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
