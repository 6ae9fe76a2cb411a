package transcript

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/model"
)

// format is a way in which transcripts are written down: a convention of marking turns, or
// none, where the container itself says whose words they are.
type format struct {
	// name is that of the convention, empty for none.
	name string
	// score says how well the document fits, from 0, not at all, to 1, which decides.
	score func(*document) float64
	// read divides the document into turns.
	read func(*document) (*model.Transcript, error)
}

// formats lists every format. Of equal scores the first wins.
func formats() []format {
	return []format{
		{"", scoreOwn, readOwn},
		{"", scoreAttributed, readAttributed},
		{"briefing", scoreBriefing, readBriefing},
		{"timed", scoreTimed, readTimed},
		{"interview", scoreInterview, readInterview},
	}
}

// Formats lists the names that Options.Format takes: of conventions, such as briefing, and of
// containers, such as vtt. A container and a convention may be named together:
// html+briefing.
func Formats() []string { return slices.Concat(conventionNames(), container.Kinds()) }

// conventionNames lists the names of the conventions.
func conventionNames() []string {
	var names []string
	for _, f := range formats() {
		if f.name != "" {
			names = append(names, f.name)
		}
	}
	return names
}

// readFormat takes the name of a format apart into container and convention, of which one may
// be empty: briefing, vtt, html+briefing. ok reports whether there is such a format.
func readFormat(name string) (kind, convention string, ok bool) {
	kind, convention, both := strings.Cut(name, "+")
	if !both && slices.Contains(conventionNames(), name) {
		return "", name, true
	}
	known := slices.Contains(container.Kinds(), kind) && (!both || slices.Contains(conventionNames(), convention))
	return kind, convention, known
}

// nameFormat puts the name of a format together. That the container is text or Markdown goes
// without saying.
func nameFormat(kind, convention string) string {
	switch {
	case convention == "":
		return kind
	case kind == "text", kind == "markdown":
		return convention
	}
	return kind + "+" + convention
}

// choose is the format of a convention, or the one that the document fits best where none is
// named.
func (d *document) choose(convention string) (format, error) {
	if convention != "" {
		all := formats()
		return all[slices.IndexFunc(all, func(f format) bool { return f.name == convention })], nil
	}
	var best format
	var bestScore float64
	for _, f := range formats() {
		if err := d.ctx.Err(); err != nil {
			return format{}, err
		}
		if score := f.score(d); score > bestScore {
			best, bestScore = f, score
		}
		if bestScore == 1 {
			break
		}
	}
	if best.read == nil {
		return format{}, d.errNoTranscript()
	}
	return best, nil
}

// errNoTranscript is the error for a document that no format fits. Words before colons may
// have been taken for labels, in which nobody speaks.
func (d *document) errNoTranscript() error {
	for _, m := range d.labelled().Marks {
		if m.Kind == marks.LineTurn {
			such := ""
			if m.Label.Text != "" {
				such = fmt.Sprintf(" such as %q", m.Label.Text)
			}
			return invalid("this is no transcript: nobody speaks in it, and words%s before its lines name no people; if it is one all the same, give the format briefing", such)
		}
	}
	return errNoTurns()
}

// errNoTurns is the error for a document in which no format finds a turn.
func errNoTurns() error {
	return container.NoTranscript("no turns found", "no turns found: start each turn with its speaker (\"JANE ROE: ...\"), or give Pullquote's own JSON")
}
