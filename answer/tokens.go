package answer

import "unicode"

// estimateTokens is how many tokens a text has for a model at most, or nearly: each has
// its own tokens, and none is at hand. English words mostly have one, and long ones more;
// figures often have one for each digit. Other scripts have fewer in models that were trained
// on them, and more in others, than is reckoned here.
func estimateTokens(text string) int {
	sum, letters := 0, 0
	for _, r := range text {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) {
			letters = 0
			sum += tokenShare(r)
			continue
		}
		switch letters++; {
		case letters == 1:
			sum += tokenUnit
		case unicode.IsUpper(r):
			sum += tokenUnit / 2 // words in capitals are cut up
		case letters > commonWord:
			sum += tokenUnit / 4
		}
	}
	return (sum + tokenUnit - 1) / tokenUnit
}

const (
	tokenUnit  = 100 // a token; what characters take is counted in parts of it
	commonWord = 6   // letters of a word up to which it mostly is one token
)

// tokenShare is what a character takes that is no letter of English.
func tokenShare(r rune) int {
	switch {
	case r == ' ':
		return 0 // it is a part of the word behind it
	case r <= unicode.MaxASCII:
		return tokenUnit
	case unicode.In(r, unicode.Latin):
		return tokenUnit * 4 / 5
	case unicode.In(r, unicode.Cyrillic, unicode.Greek):
		return tokenUnit * 3 / 4
	}
	return tokenUnit * 3 / 2
}
