package labels

import (
	"github.com/pullquote/pullquote/internal/lexicon"
)

// SettlePairs reads such letters as question and answer, where both of a pair
// stand in a document and at most one label that could be a person's besides.
func (r Reader) SettlePairs() {
	for _, pair := range pairs {
		asks, answers := r[pair[0]], r[pair[1]]
		if asks == nil || answers == nil || r.named() > 3 {
			continue
		}
		asks.Part, answers.Part = PartAsker, PartAnswerer
		return
	}
}

// pairs are the letters that stand for question and answer.
var pairs = lexicon.Rows("question and answer")

// named counts the labels that could be people's.
func (r Reader) named() int {
	n := 0
	for text, l := range r {
		if text != "" && l.Part == PartNamed {
			n++
		}
	}
	return n
}
