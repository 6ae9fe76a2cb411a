package transcript

import (
	"maps"
	"slices"

	"github.com/pullquote/pullquote/transcript/internal/marks"
	"github.com/pullquote/pullquote/transcript/model"
)

// Explanation says how a file was read, for people who wonder at what came out.
type Explanation struct {
	Container  string      `json:"container"`  // text, markdown, html, ...
	Convention string      `json:"convention"` // briefing, interview, ...; empty where the file itself says who speaks
	Candidates []Candidate `json:"candidates"` // the conventions that were weighed
	Labels     []marks.StyleUse `json:"labels"`     // the ways of setting a label apart that were seen
	Outside    []Outside   `json:"outside"`    // what stands in no turn
	Doubts     []string    `json:"doubts"`     // the transcript's warnings
}

// Candidate is a convention with how well the document fits it, from 0 to 1.
type Candidate struct {
	Name  string  `json:"name"`
	Score float64 `json:"score"`
}

// Outside counts lines that are in the text but in no turn, by their kind.
type Outside struct {
	Kind  string `json:"kind"`
	Lines int    `json:"lines"`
}

// Explain parses as Parse does, and says how.
func Explain(data []byte, o Options) (*model.Transcript, *Explanation, error) {
	t, doc, f, err := parse(data, o)
	if err != nil {
		return nil, nil, err
	}
	e := &Explanation{Container: doc.content.Kind, Convention: f.name, Candidates: []Candidate{}, Labels: []marks.StyleUse{}, Doubts: t.Warnings}
	for _, candidate := range formats() {
		if candidate.name != "" && f.name != "" {
			e.Candidates = append(e.Candidates, Candidate{candidate.name, candidate.score(doc)})
		}
	}
	if f.name == "briefing" {
		e.Labels = doc.labelled().StyleUses()
	}
	e.Outside = doc.outside(f)
	return t, e, nil
}

// outside counts the lines that stand in no turn.
func (d *document) outside(f format) []Outside {
	lines, lineMarks := d.lines(), []marks.Mark(nil)
	if f.name == "briefing" {
		lines, lineMarks = d.labelled().Lines, d.labelled().Marks
	}
	counts := map[string]int{}
	where := "title block"
	for i, l := range lines {
		switch {
		case l.Furniture:
			counts["page numbers, running heads, indexes"]++
		case lineMarks == nil:
		case lineMarks[i].Kind == marks.LineTurn:
			where = ""
		case lineMarks[i].Kind == marks.LineText && where == "":
		case where != "":
			counts[where]++
		case lineMarks[i].Kind == marks.LineEnd:
			where = "behind an end mark"
			counts[where]++
		case l.Heading > 0:
			counts["headings"]++
		default:
			counts["times, breaks, notes"]++
		}
	}
	found := []Outside{}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		found = append(found, Outside{kind, counts[kind]})
	}
	return found
}
