package names

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// TitleCase writes a name that is printed in capitals, or all in small letters, with the
// usual capitals: van der Berg of VAN DER BERG, O'Neil of O'NEIL, McCall of McCALL, Jane
// Roe of jane roe. A single word in small letters may be a user name, and stays.
func TitleCase(name string) string {
	if strings.Contains(name, " ") && strings.ToLower(name) == name {
		name = strings.ToUpper(name)
	}
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = TitleWord(w, i > 0)
	}
	return strings.Join(words, " ")
}

// TitleWord writes one word of a name so. Inner reports that it is not the first, since
// particles and links have a small letter within a name only.
func TitleWord(word string, inner bool) string {
	lower := strings.ToLower(word)
	switch {
	case !letters.IsAllCaps(word) && strings.ToUpper(word) != word && !letters.MixedCaps(word):
		return word
	case inner && (lexicon.Particles[lower] || lexicon.OfficeLinks[lower]):
		return lower
	case letters.IsRoman(word) || strings.Count(word, ".") > 1:
		return word
	case letters.MixedCaps(word) && !strings.HasPrefix(word, "Mc"):
		capital := strings.IndexFunc(word[1:], unicode.IsUpper) + 1
		return word[:capital] + TitleWord(word[capital:], false)
	}
	var b strings.Builder
	capital := true
	for i, r := range lower {
		if capital {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		capital = strings.ContainsRune("-'’.(/", r) || i == 1 && strings.HasPrefix(lower, "mc") && len(lower) > 3
	}
	return b.String()
}

// TitleCaseCaps is TitleCase for a name that is printed in capitals throughout; any other
// name stays as it is.
func TitleCaseCaps(name string) string {
	if strings.ToUpper(name) == name {
		return TitleCase(name)
	}
	return name
}
