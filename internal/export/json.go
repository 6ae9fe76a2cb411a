package export

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/transcript/media"
)

// jsonVersion is the version of the format that doc/export.schema.json describes.
const jsonVersion = 1

type jsonDocument struct {
	Export  int          `json:"pullquote_export"`
	Search  *Search      `json:"search,omitempty"`
	Answers []jsonAnswer `json:"answers"`
}

// jsonAnswer is an answer whose citations have targets, but for those that are redacted: there is
// nothing that they would lead to.
type jsonAnswer struct {
	answer.Answer
	Citations []jsonCitation `json:"citations"`
}

type jsonCitation struct {
	answer.Citation
	Target *target `json:"target,omitempty"`
	// MediaTarget is the same words in the recording, where that is a file.
	MediaTarget *mediaTarget `json:"media_target,omitempty"`
}

// target is that of a W3C Web Annotation (https://www.w3.org/TR/annotation-model/):
// the words by themselves with those around them, and by their offsets in code
// points of the canonical text.
type target struct {
	Type     string `json:"type"`
	Source   string `json:"source"` // the canonical text
	Selector []any  `json:"selector"`
}

// mediaTarget is a target in a recording: a part of it by its times (W3C Media Fragments).
type mediaTarget struct {
	Type     string           `json:"type"`
	Source   string           `json:"source"`
	Selector fragmentSelector `json:"selector"`
}

type fragmentSelector struct {
	Type       string `json:"type"`
	ConformsTo string `json:"conformsTo"`
	Value      string `json:"value"`
}

type textQuoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

type textPositionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

func writeJSON(w io.Writer, d *Document) error {
	document := jsonDocument{Export: jsonVersion, Search: d.Search, Answers: make([]jsonAnswer, len(d.Answers))}
	for i, a := range d.Answers {
		document.Answers[i] = jsonAnswer{a, make([]jsonCitation, len(a.Citations))}
		for j, c := range a.Citations {
			document.Answers[i].Citations[j] = jsonCitation{Citation: c}
			if !c.Redacted {
				document.Answers[i].Citations[j] = jsonCitation{c, targetOf(c), mediaTargetOf(c)}
			}
		}
	}
	return encodeJSON(w, document)
}

// encodeJSON writes JSON for people to read, with the characters of the record as
// they are.
func encodeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

func targetOf(c answer.Citation) *target {
	return &target{Type: "SpecificResource", Source: textOfPage(pageOf(c.URL), c.TranscriptID), Selector: []any{
		textQuoteSelector{"TextQuoteSelector", c.Quote, c.Prefix, c.Suffix},
		textPositionSelector{"TextPositionSelector", c.Start, c.End},
	}}
}

// mediaTargetOf is nil where the recording is no file, or the time is not known.
func mediaTargetOf(c answer.Citation) *mediaTarget {
	link, err := media.Parse(string(c.MediaURL))
	if err != nil || link.Kind() == media.Page || c.StartMS == nil {
		return nil
	}
	file, _, _ := strings.Cut(link.String(), "#")
	part := "t=" + media.Seconds(*c.StartMS)
	if c.EndMS != nil {
		part += "," + media.Seconds(*c.EndMS)
	}
	return &mediaTarget{"SpecificResource", file, fragmentSelector{"FragmentSelector", "http://www.w3.org/TR/media-frags/", part}}
}

// textOfPage is where the canonical text of the transcript on a page is served.
func textOfPage(page, id string) string {
	return strings.TrimSuffix(page, "/t/"+id) + "/v1/transcripts/" + id + "/text"
}
