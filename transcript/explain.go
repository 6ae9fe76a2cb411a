package transcript

import (
	"context"
	"maps"
	"slices"

	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/model"
)

// Explanation says how a file was read, for people who wonder at what came out.
type Explanation struct {
	Container  string           `json:"container"`  // text, markdown, html, ...
	Convention string           `json:"convention"` // briefing, interview, ...; empty where the file itself says who speaks
	Candidates []Candidate      `json:"candidates"` // the conventions that were weighed, with their scores
	Labels     []marks.StyleUse `json:"labels"`     // the ways of setting a label apart that were seen
	Outside    []Outside        `json:"outside"`    // what stands in no turn
	Doubts     []string         `json:"doubts"`     // the transcript's warnings
}

// Candidate is a convention with how well the document fits it.
type Candidate struct {
	Name  string  `json:"name"`
	Score float64 `json:"score"` // from 0, not at all, to 1
}

// Outside counts the lines of one kind that are in the text but in no turn.
type Outside struct {
	Kind  string `json:"kind"`
	Lines int    `json:"lines"`
}

// Explain parses as Parse does, and says how.
func Explain(ctx context.Context, data []byte, o Options) (*model.Transcript, *Explanation, error) {
	t, doc, f, err := parse(ctx, data, o)
	if err != nil {
		return nil, nil, err
	}
	e := &Explanation{Container: doc.content.Kind, Convention: f.name, Candidates: []Candidate{}, Labels: []marks.StyleUse{},
		Outside: doc.outside(f), Doubts: t.Warnings}
	for _, candidate := range formats() {
		if candidate.name != "" && f.name != "" {
			e.Candidates = append(e.Candidates, Candidate{candidate.name, candidate.score(doc)})
		}
	}
	if f.name == "briefing" {
		e.Labels = doc.labelled().StyleUses()
	}
	return t, e, nil
}

// outside counts the lines that stand in no turn. Only labelled text tells more of them than
// that they are page furniture.
func (d *document) outside(f format) []Outside {
	counts := map[string]int{}
	if f.name == "briefing" {
		countOutside(d.labelled(), counts)
	} else {
		for _, l := range d.lines() {
			if l.Furniture {
				counts[furnitureLines]++
			}
		}
	}
	kinds := []Outside{}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		kinds = append(kinds, Outside{kind, counts[kind]})
	}
	return kinds
}

const furnitureLines = "page numbers, running heads, indexes"

// countOutside counts the lines of a labelled text that stand in no turn, by their kind.
func countOutside(text *marks.Text, counts map[string]int) {
	where := "title block" // in which the line stands, if in no turn
	for i, l := range text.Lines {
		switch kind := text.Marks[i].Kind; {
		case l.Furniture:
			counts[furnitureLines]++
		case kind == marks.LineTurn:
			where = ""
		case kind == marks.LineText && where == "":
		case where != "":
			counts[where]++
		case kind == marks.LineEnd:
			where = "behind an end mark"
			counts[where]++
		case l.Heading > 0:
			counts["headings"]++
		default:
			counts["times, breaks, notes"]++
		}
	}
}
