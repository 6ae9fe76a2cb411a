package quotation

import "github.com/pullquote/pullquote/transcript/sentence"

// cover divides the quotation into few pieces that stand in the record, each of
// several words or a whole sentence; nothing when that cannot be done.
func (c *comparison) cover() []passage {
	starts := c.sentenceStarts()
	var pieces []passage
	for at := 0; at < len(c.quote); {
		p := c.longestRun(c.quote[at:], pieces)
		c.cutAtSentence(&p, at, starts)
		n := p.size()
		sentence := n > 1 && starts[at] && starts[at+n]
		if n < c.PieceWords && !sentence || len(pieces) == c.Pieces {
			return nil
		}
		pieces = append(pieces, p)
		at += n
	}
	return pieces
}

// cutAtSentence takes back the words of a piece with which a next sentence only
// happens to begin, if the record has more of that sentence elsewhere.
func (c *comparison) cutAtSentence(p *passage, at int, starts []bool) {
	end := at + p.size()
	for i := end; i > at+1; i-- {
		if !starts[i] {
			continue
		}
		if next := c.longestRun(c.quote[i:], nil); i+next.size() > end {
			p.last = p.first + i - at
		}
		return
	}
}

// sentenceStarts tells which words of the quotation begin a sentence; its end
// counts as one.
func (c *comparison) sentenceStarts() []bool {
	starts := make([]bool, len(c.quote)+1)
	starts[len(c.quote)] = true
	i := 0
	for _, s := range sentence.Split(c.text) {
		for i < len(c.quote) && c.quote[i].from < s.Start {
			i++
		}
		starts[i] = true
	}
	return starts
}

// longestRun is the longest run of the record that begins as words do; of equals
// the one that best follows the pieces before.
func (c *comparison) longestRun(words []word, before []passage) (best passage) {
	for t, turn := range c.turns {
		for first := range turn {
			n := 0
			for n < len(words) && first+n < len(turn) && turn[first+n].id == words[n].id {
				n++
			}
			p := passage{t, first, first + n}
			if n > best.size() || n == best.size() && n > 0 && c.follows(before, p) > c.follows(before, best) {
				best = p
			}
		}
	}
	return best
}

// gap is how many words of the record lie between pieces that stand in one turn
// in their order; negative when they do not.
func gap(pieces []passage) int {
	words := 0
	for i, p := range pieces[1:] {
		if p.turn != pieces[i].turn || p.first < pieces[i].last {
			return -1
		}
		words += p.first - pieces[i].last
	}
	return words
}

// follows rates how well a passage continues the pieces before it: the nearer to the
// last of them the better, and then if it is the claimed speaker's.
func (c *comparison) follows(before []passage, p passage) (rate int) {
	if c.claimed[p.turn] {
		rate++
	}
	if n := len(before); n > 0 {
		last := before[n-1]
		switch {
		case last.turn == p.turn && last.last <= p.first:
			rate += 6
		case last.turn == p.turn:
			rate += 4
		case c.hit(last.turn).TranscriptID == c.hit(p.turn).TranscriptID:
			rate += 2
		}
	}
	return rate
}

// pieces finds the place of each piece of a quotation with ellipses, and those
// pieces that have none.
func (c *comparison) pieces(texts []string) (found []passage, missing []string) {
	for _, text := range texts {
		words := c.read(text)
		if p := c.longestRun(words, found); p.size() == len(words) {
			found = append(found, p)
		} else {
			missing = append(missing, text)
		}
	}
	return found, missing
}
