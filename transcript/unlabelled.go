package transcript

// Text without labels may be an interview as magazines print it: see package
// interview.

func scoreInterview(doc *document) float64 {
	if !doc.interview().isMagazine() {
		return 0
	}
	return .6
}

func readInterview(doc *document) (*Transcript, error) {
	s := doc.interview()
	if s.questions() == 0 {
		return nil, errNoTurns()
	}
	return s.transcript(doc.content.Text), nil
}
