package labels

// pairs are the letters that stand for question and answer in other languages:
// pregunta and respuesta, question and réponse, Frage and Antwort.
var pairs = [][2]string{{"P", "R"}, {"Q", "R"}, {"F", "A"}, {"D", "R"}, {"K", "V"}, {"V", "A"}, {"F", "S"}, {"В", "О"}, {"問", "答"}, {"问", "答"}}

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
