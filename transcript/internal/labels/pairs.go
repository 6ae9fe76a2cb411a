package labels

import (
	"github.com/pullquote/pullquote/internal/lexicon"
)

// SettlePairs reads a pair of letters such as Q and A, or their like in other languages, as
// labels of question and answer, if both stand in the document. Where it has labels of more
// people besides, the letters may be somebody's initials, and stay as they are.
func (r Reader) SettlePairs() {
	for _, pair := range pairs {
		asks, answers := r[pair[0]], r[pair[1]]
		if asks == nil || answers == nil || r.countNamed() > mostNamed {
			continue
		}
		asks.Part, answers.Part = PartAsker, PartAnswerer
		return
	}
}

const mostNamed = 3 // labels that could be people's, the two letters included unless they have a part already

// pairs are the letters that stand for question and answer, in this order.
var pairs = lexicon.Rows("question and answer")

// countNamed counts the labels that could be people's.
func (r Reader) countNamed() int {
	n := 0
	for text, l := range r {
		if text != "" && l.Part == PartNamed {
			n++
		}
	}
	return n
}
