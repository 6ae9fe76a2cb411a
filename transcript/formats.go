package transcript

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/model"
)

// format is one way in which transcripts are written down: a convention within
// a container, or what the container says itself.
type format struct {
	name string // of the convention; empty where the container itself attributes the words
	// score says how well the document fits, from 0, not at all, to 1, which
	// decides.
	score func(*document) float64
	// read divides the document into turns.
	read func(*document) (*model.Transcript, error)
}

// formats lists every format; of equal scores the first wins.
func formats() []format {
	return []format{
		{"", scoreOwn, readOwn},
		{"", scoreAttributed, readAttributed},
		{"briefing", scoreBriefing, readBriefing},
		{"timed", scoreTimed, readTimed},
		{"interview", scoreInterview, readInterview},
	}
}

// Formats lists the names that Options.Format takes: of conventions, such as
// briefing, and of containers, such as vtt. A container and a convention may be
// named together: html+briefing.
func Formats() []string { return slices.Concat(conventionNames(), container.Kinds()) }

func conventionNames() []string {
	var names []string
	for _, f := range formats() {
		if f.name != "" {
			names = append(names, f.name)
		}
	}
	return names
}

// readFormat takes a format's name apart: briefing, vtt, html+briefing.
func readFormat(name string) (kind, convention string, ok bool) {
	kind, convention, both := strings.Cut(name, "+")
	if !both && slices.Contains(conventionNames(), name) {
		return "", name, true
	}
	known := slices.Contains(container.Kinds(), kind) && (!both || slices.Contains(conventionNames(), convention))
	return kind, convention, known
}

// nameFormat puts it together. Text, Markdown included, goes without saying.
func nameFormat(kind, convention string) string {
	switch {
	case convention == "":
		return kind
	case kind == "text", kind == "markdown":
		return convention
	}
	return kind + "+" + convention
}

// choose takes the format with this convention, or the one that fits best where
// none is named.
func (d *document) choose(convention string) (format, error) {
	var best format
	var bestScore float64
	for _, f := range formats() {
		if convention != "" {
			if f.name == convention {
				return f, nil
			}
			continue
		}
		if score := f.score(d); score > bestScore {
			best, bestScore = f, score
		}
		if bestScore == 1 {
			break
		}
	}
	if best.read == nil {
		return format{}, errNoTurns()
	}
	return best, nil
}

func errNoTurns() error {
	return invalid("no turns found: start each turn with its speaker (\"JANE ROE: ...\"), or give Pullquote's own JSON")
}
