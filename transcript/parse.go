package transcript

import (
	"fmt"
	"strings"
	"time"

	"github.com/pullquote/pullquote/transcript/container"
)

// Options say what is known of a file besides its bytes. All are optional.
type Options struct {
	Filename    string // for formats that their content does not show
	ContentType string // its charset parameter, where there is one, decides the encoding
	Format      string // forces a format, one of Formats
	Title       string // replaces the document's own title
	Date        string // replaces the document's own date: YYYY-MM-DD
}

// format is one way in which transcripts are written down.
type format struct {
	name string
	// score says how well the document fits, from 0, not at all, to 1, which
	// decides.
	score func(*document) float64
	// read divides the document into turns.
	read func(*document) (*Transcript, error)
}

// formats lists every format; of equal scores the first wins.
func formats() []format {
	return []format{
		{"json", scoreJSON, readJSON},
		{"briefing", scoreBriefing, readBriefing},
		{"interview", scoreInterview, readInterview},
	}
}

// Formats lists the names of the formats that are read.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// Parse reads one transcript. Its errors are of type *Error and say what to do.
func Parse(data []byte, o Options) (*Transcript, error) {
	if o.Date != "" && !isISODate(o.Date) {
		return nil, invalid("the date %q is none; write it as YYYY-MM-DD, for example 2011-10-18", o.Date)
	}
	content, err := container.Open(data, container.Options{Filename: o.Filename, ContentType: o.ContentType})
	if err != nil {
		return nil, err
	}
	doc := &document{content: content, options: o}
	f, err := chooseFormat(doc)
	if err != nil {
		return nil, err
	}
	t, err := f.read(doc)
	if err != nil {
		return nil, err
	}
	return finish(t, f.name, o), nil
}

// chooseFormat takes the format that was asked for, else the one that fits best.
func chooseFormat(doc *document) (format, error) {
	var best format
	var bestScore float64
	for _, f := range formats() {
		if doc.options.Format != "" {
			if f.name == doc.options.Format {
				return f, nil
			}
			continue
		}
		if score := f.score(doc); score > bestScore {
			best, bestScore = f, score
		}
		if bestScore == 1 {
			break
		}
	}
	switch {
	case doc.options.Format != "":
		return format{}, invalid("there is no format %q; the formats are %s", doc.options.Format, strings.Join(Formats(), ", "))
	case best.name == "":
		return format{}, errNoTurns()
	}
	return best, nil
}

func errNoTurns() error {
	return invalid("no turns found: start each turn with its speaker (\"JANE ROE: ...\"), or give Pullquote's own JSON")
}

// finish applies what the caller knows better and what is the same for every
// format.
func finish(t *Transcript, formatName string, o Options) *Transcript {
	if t.Format == "" {
		t.Format = formatName
	}
	if o.Title != "" {
		t.Title = Optional(o.Title)
	}
	if o.Date != "" {
		t.Date = Optional(o.Date)
	}
	if t.Language == "" {
		t.Language = language(t.Text)
	}
	if t.Speakers == nil {
		t.Speakers = listSpeakers(t.Turns)
	}
	if t.Warnings == nil {
		t.Warnings = []string{}
	}
	return t
}

// warn notes a doubt that a reader should know of.
func (t *Transcript) warn(format string, args ...any) {
	t.Warnings = append(t.Warnings, fmt.Sprintf(format, args...))
}

// isISODate reports whether s is a day of the calendar written as YYYY-MM-DD.
func isISODate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// listSpeakers gathers the people of the turns, in order of first appearance.
func listSpeakers(turns []Turn) []Speaker {
	speakers := []Speaker{}
	places := map[string]int{}
	labels := map[[2]string]bool{}
	for _, turn := range turns {
		name := string(turn.Speaker)
		if name == "" {
			continue
		}
		i, known := places[name]
		if !known {
			i = len(speakers)
			places[name] = i
			speakers = append(speakers, Speaker{Name: name, Labels: []string{}})
		}
		if speakers[i].Affiliation == "" {
			speakers[i].Affiliation = turn.Affiliation
		}
		label := string(turn.Label)
		if key := [2]string{name, label}; label != "" && !labels[key] {
			labels[key] = true
			speakers[i].Labels = append(speakers[i].Labels, label)
		}
	}
	return speakers
}
