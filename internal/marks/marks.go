// Package marks knows the quotation marks of the world, and what stands between them.
//
// No mark says by itself what it does: “ opens an English quotation and closes a German one,
// » closes a French one and opens a Danish one, ” does both in Swedish, " does both everywhere,
// and ' is an apostrophe more often than not. So one table says what a mark mostly does, its
// surroundings what it may do here, and the marks that are open what it does. Writers mix the
// marks of one family, as “ with ", so that any mark of a family closes what another has opened.
//
// Find is for texts in which an overlooked quotation is worse than one too many: what looks
// like a quotation is one, and so is what is never closed or was never opened. It takes time
// in proportion to the text, whatever stands in it.
package marks

// family are the marks that open and close for each other.
type family uint8

const (
	double      family = iota + 1 // “ ” „ " and their kin
	single                        // ‘ ’ ‚ ' and their kin, which may be apostrophes
	doubleAngle                   // « » 《 》
	singleAngle                   // ‹ › 〈 〉
	corner                        // 「 」
	whiteCorner                   // 『 』
	halfBracket                   // ⸢ ⸥ and other marks of editors
	lenticular                    // 【 】
	ornament                      // ❛ ❜, which are no apostrophes
	families
)

// side is what a mark mostly does.
type side uint8

const (
	either side = iota
	opens
	closes
)

// mark is what the table knows of one.
type mark struct {
	family
	side
	strict bool // it does nothing else
	low    bool // it opens below the line, so that what opens elsewhere closes it: „…“
}

// rows is the table: the marks of Unicode's property Quotation_Mark and of its categories Pi
// and Pf, the brackets that quote in some language, the ornaments and primes in their place.
var rows = []struct {
	marks string
	mark
}{
	{"“❝🙶", mark{family: double, side: opens}},                          // English, Chinese, Korean, Portuguese …
	{"”❞🙷", mark{family: double, side: closes}},                         // the same; at both ends in Swedish and Finnish
	{"„⹂❠🙸〝", mark{family: double, side: opens, low: true}},             // German, Polish, Romanian …; East Asian from above
	{"‟", mark{family: double, side: opens}},                            // reversed
	{"〞〟", mark{family: double, side: closes}},                          // East Asian
	{`"＂″‶‴‷ʺ״˝ˮ〃`, mark{family: double}},                               // typewriters; primes, gershayim, accents and ditto marks for them
	{"«", mark{family: doubleAngle, side: opens}},                       // French, Russian, Spanish …
	{"»", mark{family: doubleAngle, side: closes}},                      // the same; the other way round in Danish and in German books
	{"《⟪︽≪❰", mark{family: doubleAngle, side: opens, strict: true}},     // Korean; Chinese titles, tables and upright print
	{"》⟫︾≫❱", mark{family: doubleAngle, side: closes, strict: true}},    // the same
	{"‹", mark{family: singleAngle, side: opens}},                       // within « »
	{"›", mark{family: singleAngle, side: closes}},                      // the same
	{"〈⟨〈︿❮❬", mark{family: singleAngle, side: opens, strict: true}},    // within 《 》
	{"〉⟩〉﹀❯❭", mark{family: singleAngle, side: closes, strict: true}},   // the same
	{"「｢﹁", mark{family: corner, side: opens, strict: true}},            // Japanese, traditional Chinese
	{"」｣﹂", mark{family: corner, side: closes, strict: true}},           // the same
	{"『﹃", mark{family: whiteCorner, side: opens, strict: true}},        // within 「 」
	{"』﹄", mark{family: whiteCorner, side: closes, strict: true}},       // the same
	{"【〖〘〚", mark{family: lenticular, side: opens, strict: true}},       // Chinese and Japanese headings
	{"】〗〙〛", mark{family: lenticular, side: closes, strict: true}},      // the same
	{"⸢⸤⸂⸄⸉⸌⸜⸠", mark{family: halfBracket, side: opens, strict: true}},  // editions
	{"⸣⸥⸃⸅⸊⸍⸝⸡", mark{family: halfBracket, side: closes, strict: true}}, // the same
	{"❛❟", mark{family: ornament, side: opens}},                         // printers
	{"❜", mark{family: ornament, side: closes}},                         // the same
	{"‘‛", mark{family: single, side: opens}},                           // English, Chinese …
	{"’", mark{family: single, side: closes}},                           // the same; at both ends in Swedish and Finnish
	{"‚", mark{family: single, side: opens, low: true}},                 // German …
	{"'＇`｀´′‵ʹʼʻʽ׳", mark{family: single}},                              // typewriters; accents, primes and letters for them
}

// twice are the marks that typewriters, TeX and programmers make of a character that stands
// twice: ,,so” and <<so>>.
var twice = map[rune]mark{
	',': {family: double, side: opens, low: true}, '‚': {family: double, side: opens, low: true},
	'`': {family: double, side: opens}, '‘': {family: double, side: opens}, '‛': {family: double, side: opens},
	'’': {family: double, side: closes}, '\'': {family: double}, '´': {family: double}, '′': {family: double}, '＇': {family: double},
	'<': {family: doubleAngle, side: opens, strict: true}, '＜': {family: doubleAngle, side: opens, strict: true},
	'>': {family: doubleAngle, side: closes, strict: true}, '＞': {family: doubleAngle, side: closes, strict: true},
	'‹': {family: doubleAngle, side: opens}, '›': {family: doubleAngle, side: closes},
}

// table is rows by their marks.
var table = func() map[rune]mark {
	all := map[rune]mark{}
	for _, row := range rows {
		for _, r := range row.marks {
			all[r] = row.mark
		}
	}
	return all
}()

// hesitant are single marks that are letters, so that they open only what is closed.
const hesitant = "ʹʼʻʽ׳"

// Is reports whether a character is a quotation mark, or may be one.
func Is(r rune) bool { return table[r].family != 0 }

// IsSingle reports whether a mark may be an apostrophe, or another sign in a word.
func IsSingle(r rune) bool { return table[r].family == single }

// IsOfTitles reports whether a mark encloses a title or a heading where Chinese, Japanese and
// Korean are written, more often than speech.
func IsOfTitles(r rune) bool {
	switch r {
	case '《', '》', '〈', '〉', '︽', '︾', '︿', '﹀', '【', '】', '〖', '〗', '〘', '〙', '〚', '〛':
		return true
	}
	return false
}
