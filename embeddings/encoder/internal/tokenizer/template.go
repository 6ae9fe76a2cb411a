package tokenizer

// template says where the texts stand among special tokens.
type template []part

// part is a special token, or the place of a text.
type part struct {
	kind partKind
	id   int32 // of a special token
	typ  int32
}

type partKind int

const (
	specialToken partKind = iota
	firstText
	secondText
)

// specials is the number of special tokens.
func (t template) specials() int {
	n := 0
	for _, p := range t {
		if p.kind == specialToken {
			n++
		}
	}
	return n
}

// fill puts texts in their places; it cuts at max only what no room was left for.
func (t template) fill(max int, first, second []Token) []Token {
	if max <= 0 {
		return nil
	}
	tokens := make([]Token, 0, t.specials()+len(first)+len(second))
	at := 0 // where the text before ends
	for _, p := range t {
		switch p.kind {
		case specialToken:
			tokens = append(tokens, Token{ID: p.id, Type: p.typ, Start: at, End: at})
		case firstText:
			tokens, at = place(tokens, first, p.typ)
		case secondText:
			tokens, at = place(tokens, second, p.typ)
		}
	}
	return tokens[:min(len(tokens), max)]
}

// place appends a text's tokens with their type, and says where they end.
func place(tokens, text []Token, typ int32) ([]Token, int) {
	at := 0
	for _, token := range text {
		token.Type = typ
		tokens = append(tokens, token)
		at = token.End
	}
	return tokens, at
}
