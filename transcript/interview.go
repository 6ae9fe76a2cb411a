package transcript

import "github.com/pullquote/pullquote/transcript/model"

// Text without labels may be an interview as magazines print it: see package
// interview.

func scoreInterview(doc *document) float64 {
	if !doc.interview().IsMagazine() {
		return 0
	}
	return .6
}

func readInterview(doc *document) (*model.Transcript, error) {
	s := doc.interview()
	if s.Questions() == 0 {
		return nil, errNoTurns()
	}
	return s.Transcript(doc.content.Text), nil
}
