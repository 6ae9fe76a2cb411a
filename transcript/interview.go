package transcript

import "github.com/pullquote/pullquote/transcript/model"

// A text without labels may be an interview as magazines print it; see package interview.

const interviewScore = .6 // of a document without labels and times; a label or two may be chance

// scoreInterview is the score of the format.
func scoreInterview(doc *document) float64 {
	if !doc.isTold() || !doc.interview().IsMagazine() {
		return 0
	}
	return interviewScore
}

// readInterview divides a document into turns by its questions.
func readInterview(doc *document) (*model.Transcript, error) {
	v := doc.interview()
	if v.Questions() == 0 {
		return nil, errNoTurns()
	}
	return v.Transcript(doc.content.Text), nil
}
