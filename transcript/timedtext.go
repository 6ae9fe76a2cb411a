package transcript

// Text with a time on each line and no speakers:
//
//	00:00:00 Hello, and welcome.
//	00:00:06 This week we look at gates.
//
// Nobody knows who speaks, nor how many do, so it is one turn of nobody's.

// scoreTimed is below labels that come again, above questions in the text.
func scoreTimed(doc *document) float64 {
	timed, lines := 0, 0
	for _, l := range doc.lines() {
		if l.aside || l.heading > 0 {
			continue
		}
		lines++
		if c, rest, ok := leadingClock(l.text); ok && rest != "" && c.startMS != nil {
			timed++
		}
	}
	if timed < 3 || timed*4 < lines*3 {
		return 0
	}
	return .8
}

func readTimed(doc *document) (*Transcript, error) {
	lines := doc.lines()
	first := 0
	for ; first < len(lines); first++ {
		if _, rest, ok := leadingClock(lines[first].text); ok && rest != "" {
			break
		}
	}
	if first == len(lines) {
		return nil, errNoTurns()
	}
	c := newCanonical(doc.content.Text, 1)
	for _, b := range blocks(lines[:first]) {
		c.outside(b)
	}
	turn := Turn{Role: RoleStatement}
	body := make([]line, 0, len(lines)-first)
	for _, l := range lines[first:] {
		if at, rest, ok := leadingClock(l.text); ok && rest != "" {
			if l.text = rest; turn.StartMS == nil {
				turn.StartMS = at.startMS
			}
			turn.EndMS = at.endMS
		}
		body = append(body, l)
	}
	c.begin("", turn)
	c.blocks(newJoiner(doc.knows, body).paragraphs(body))
	t := c.transcript()
	doc.settle(t, withoutAsides(lines[:first]), nil)
	t.warn("the document has times but does not say who speaks; all of it is one turn of nobody named")
	return t, nil
}
