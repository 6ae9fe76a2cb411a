package quotation

// DiffPart is a run of words that a quotation and a passage of the record have
// in common, or that only one of them has. The equal and the deleted parts make
// up the quotation, the equal and the inserted ones the record.
type DiffPart struct {
	Op   DiffOp `json:"op"`
	Text string `json:"text"`
}

// DiffOp is what has to be done with a part of the quotation to make it the record's.
type DiffOp string

const (
	DiffEqual  DiffOp = "equal"
	DiffDelete DiffOp = "delete" // the quotation's words, which the record does not have
	DiffInsert DiffOp = "insert" // the record's words, which the quotation does not have
)

// diffWords compares a quotation with the record word by word, as they stand
// after folding, so that marks which only typesetting changes are equal. What differs
// and takes a table of more than maxCells is replaced as a whole.
func diffWords(quote, record string, maxCells int) []DiffPart {
	a, b := fold(quote).tokens(), fold(record).tokens()
	d := differ{quote: []rune(quote), record: []rune(record), a: a, b: b}
	for d.i < len(a) && d.j < len(b) && a[d.i].text == b[d.j].text {
		d.step(DiffEqual)
	}
	if len(a)-d.i == 0 || len(b)-d.j == 0 || (len(a)-d.i)*(len(b)-d.j) > maxCells {
		d.rest()
		return d.parts
	}
	common := commonLengths(a[d.i:], b[d.j:])
	for from, to := d.i, d.j; d.i < len(a) && d.j < len(b); {
		rest := common[d.i-from:]
		switch {
		case a[d.i].text == b[d.j].text:
			d.step(DiffEqual)
		case rest[1][d.j-to] >= rest[0][d.j-to+1]:
			d.step(DiffDelete)
		default:
			d.step(DiffInsert)
		}
	}
	d.rest()
	return d.parts
}

// commonLengths[i][j] is the length of the longest common subsequence of a[i:]
// and b[j:].
func commonLengths(a, b []word) [][]int32 {
	lengths := make([][]int32, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].text == b[j].text {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	return lengths
}

// differ walks through two lists of words and collects the parts.
type differ struct {
	quote, record []rune
	a, b          []word
	i, j          int // the next of a and of b
	parts         []DiffPart
	from          int // where the last part begins, in its text
}

// step takes the next word of the quotation, of the record, or of both.
func (d *differ) step(op DiffOp) {
	text, w := d.record, word{}
	if op != DiffDelete {
		w = d.b[d.j]
		d.j++
	}
	if op != DiffInsert {
		text, w = d.quote, d.a[d.i]
		d.i++
	}
	if n := len(d.parts); n == 0 || d.parts[n-1].Op != op {
		d.parts, d.from = append(d.parts, DiffPart{Op: op}), w.from
	}
	d.parts[len(d.parts)-1].Text = string(text[d.from:w.to])
}

// rest takes what is left of either.
func (d *differ) rest() {
	for d.i < len(d.a) {
		d.step(DiffDelete)
	}
	for d.j < len(d.b) {
		d.step(DiffInsert)
	}
}
