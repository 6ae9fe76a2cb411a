package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// ingested is the outcome for one file.
type ingested struct {
	Path       string                      `json:"path"`
	Status     string                      `json:"status"`
	Reason     string                      `json:"reason,omitempty"` // in a few words, of one that is not stored
	Transcript *retrieval.StoredTranscript `json:"transcript,omitempty"`
	Preview    *preview                    `json:"preview,omitempty"` // of what would be stored
	SameAs     string                      `json:"same_as,omitempty"` // the file before with the same bytes, of one that would be there already
	Error      string                      `json:"error,omitempty"`
}

const (
	statusStored   = "stored"
	statusReplaced = "replaced" // a former version
	statusPresent  = "present"  // there already
	statusEdited   = "edited"   // there already, and has another title, date, place or media link now
	statusReadable = "readable" // would be stored
	statusSkipped  = "skipped"  // a file of a folder that is no transcript
	statusFailed   = "failed"
)

const notCalledSo = "not called like a transcript"

// reasonOf is why a file is not stored, in a few words by which such files are counted,
// and whether it may hold a transcript once it is mended.
func reasonOf(err error) (reason string, mendable bool) {
	if e, ok := errors.AsType[*transcript.Error](err); ok {
		return e.Reason(), e.Mendable()
	}
	if fault.CodeOf(err) == fault.TooLarge {
		return "too large", true
	}
	return "cannot be read", true
}

// passedOver are all outcomes, those for the files that were not tried last.
func (i *ingestion) passedOver() []ingested {
	all := i.outcomes
	for _, path := range i.found.passedOver {
		all = append(all, ingested{Path: path, Status: statusSkipped, Reason: notCalledSo})
	}
	return all
}

// count counts the outcomes of a status.
func (i *ingestion) count(status string) int {
	n := 0
	for _, o := range i.outcomes {
		if o.Status == status {
			n++
		}
	}
	return n
}

// summarise says how many files there are of each outcome, and of those that are not
// stored why, with the names of a few.
func (i *ingestion) summarise() {
	var counts []string
	for _, s := range []struct{ status, words string }{
		{statusStored, "stored"}, {statusReplaced, "stored as new versions"}, {statusReadable, "would be stored"}, {statusPresent, "already there"},
		{statusEdited, "already there and given another title, date, place or media link"},
	} {
		if n := i.count(s.status); n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, s.words))
		}
	}
	reasons, paths := []string{}, map[string][]string{} // in the order in which they were met
	for _, o := range i.passedOver() {
		if o.Reason == "" {
			continue
		}
		if paths[o.Reason] == nil {
			reasons = append(reasons, o.Reason)
		}
		paths[o.Reason] = append(paths[o.Reason], o.Path)
	}
	if len(counts) == 0 {
		counts = []string{"none stored"}
	}
	i.warn("%s: %s", counted(len(i.passedOver()), "file"), strings.Join(counts, ", "))
	for _, reason := range reasons {
		i.warn("%s (%d): %s", reason, len(paths[reason]), few(paths[reason]))
	}
	if len(i.found.passedOver) > 0 {
		i.warn("name a file itself to have it tried, whatever it is called")
	}
}

// few are the names of a few files, and how many more there are.
func few(paths []string) string {
	const most = 3
	names := make([]string, min(most, len(paths)))
	for i := range names {
		names[i] = words.Escaped(filepath.Base(paths[i]))
	}
	list := strings.Join(names, ", ")
	if more := len(paths) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}
