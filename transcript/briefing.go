package transcript

// A briefing is text whose turns begin with a label at the start of a line:
//
//	MS. ROE: Good morning.
//	QUESTION: Jane Poe, Harbour Radio. ...
//
// So are most hearings, panels and calls. A title block may come before the
// first label and boilerplate after an end mark; both stay outside the turns.

func scoreBriefing(doc *document) float64 {
	n, sure := 0, false
	for _, m := range doc.labelled().marks {
		if m.kind == lineTurn {
			n++
			sure = sure || m.label.upper && len(m.label.name.titles) > 0 && len(m.label.name.name) > 0
		}
	}
	switch {
	case n == 0:
		return 0
	case n > 2:
		return 1
	case sure:
		return .7 // a statement of one person
	}
	return .3 * float64(n)
}

func readBriefing(doc *document) (*Transcript, error) {
	lines, marks := doc.labelled().lines, doc.labelled().marks
	if countTurns(marks) == 0 {
		return nil, errNoTurns()
	}
	first := 0
	for marks[first].kind != lineTurn {
		first++
	}
	title, prose := splitFront(lines[:first])
	lecturer := doc.lecturer(lines[:first], marks)
	if lecturer != "" {
		title, prose = lines[:talkStart(lines[:first])], nil
	}
	c := newCanonical(doc.content.Text, countTurns(marks)+1)
	for _, block := range blocks(title) {
		c.outside(block)
	}
	introduction := newJoiner(doc.knows, prose).paragraphs(prose)
	if len(talkOf(introduction)) > 0 {
		c.begin("", Turn{Role: RoleNarration})
	}
	c.blocks(introduction)
	if talk := lines[len(title):first]; lecturer != "" {
		c.begin("", Turn{Speaker: Optional(lecturer), Role: RoleStatement})
		writeTurns(c, talk, marks[len(title):first], newJoiner(doc.knows, talk))
	}
	writeTurns(c, lines[first:], marks[first:], newJoiner(doc.knows, lines[first:]))
	t := c.transcript()
	doc.settle(t, withoutAsides(title), talkOf(introduction))
	return t, nil
}

// splitFront divides what comes before the first label into the title block and
// the publication's introduction: the paragraphs of prose at its end.
func splitFront(lines []line) (title, prose []line) {
	start := len(lines)
	for end := len(lines); end > 0; {
		begin := end - 1
		if lines[begin].aside {
			end--
			continue
		}
		for begin > 0 && !lines[begin].gap {
			begin--
		}
		words := 0
		for _, l := range withoutAsides(lines[begin:end]) {
			words += wordCount(l.text, proseLength)
		}
		if words < 6 || !endsSentence(lines[end-1].text) || isByline(lines[begin].text) {
			break
		}
		if words >= proseLength {
			start = begin
		}
		end = begin
	}
	return lines[:start], lines[start:]
}

// writeTurns puts the turns into the canonical text; lines begins with one.
func writeTurns(c *canonical, lines []line, marks []mark, j joiner) {
	var body []line
	flush := func() {
		if !c.open {
			for _, b := range blocks(body) {
				c.outside(b)
			}
		} else {
			c.blocks(j.paragraphs(body))
		}
		body = body[:0]
	}
	for i, l := range lines {
		switch marks[i].kind {
		case lineTurn:
			flush()
			m := marks[i]
			c.begin(m.prefix(), Turn{Label: Optional(m.label.text), StartMS: m.clock.startMS, EndMS: m.clock.endMS})
			if marks[i].rest != "" {
				body = append(body, line{text: marks[i].rest, gap: true})
			}
		case lineText:
			body = append(body, l)
		case lineNote:
			if !c.open {
				flush()
			}
			c.outside(l.text)
		case lineEnd:
			flush()
			c.end()
			c.outside(l.text)
		}
	}
	flush()
	c.end()
}
