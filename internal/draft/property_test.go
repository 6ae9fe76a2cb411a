package draft_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/rounds"
)

// pairs are marks that open and close a quotation in some language, in print, by typewriter or
// by habit; written down apart from the table that the program has.
var pairs = strings.Fields(`
	“ ” ‘ ’ " " ' ' „ “ „ ” ‚ ‘ ‚ ’ « » » « » » ‹ › › ‹ › › ” ” ’ ’ 「 」 『 』 《 》 〈 〉 〝 〞 〝 〟 ｢ ｣ ﹁ ﹂ ﹃ ﹄ 【 】 〖 〗 ＂ ＂ ＇ ＇
	‟ ” ‟ ‟ ‛ ’ ‛ ‛ ⹂ ” ⹂ “ ❝ ❞ ❛ ❜ ❠ ❞ ❟ ❜ ❮ ❯ ❰ ❱ ⟪ ⟫ ⟨ ⟩ ≪ ≫ ︽ ︾ ︿ ﹀ ″ ″ ′ ′ ‶ ″ ‵ ′ ʺ ʺ ʹ ʹ ״ ״ ׳ ׳ ˝ ˝ ˮ ˮ 〃 〃 ´ ´ ʼ ʼ ʻ ʼ ʽ ʼ
	🙶 🙷 🙸 🙷 ,, “ ,, ” ,, '' ,, " ‚‚ ‘‘ ‚‚ ’’ ‘‘ ’’ ’’ ’’ '' '' ´´ ´´ ′′ ′′ << >> ‹‹ ›› ＜＜ ＞＞ ⸢ ⸥ ⸤ ⸣ ⸂ ⸃ ⸄ ⸅ ⸉ ⸊ ⸌ ⸍ ⸜ ⸝ ⸠ ⸡
	“ " " ” ‘ ' ' ’ „ " “ “ « ” “ »` + " ` ' ` ´ ` ` `` '' `` \" `` ”")

// surroundings are what may stand around a quotation in a paragraph.
var surroundings = []string{
	"%s", "Orla Venn said: %s", "%s Orla Venn said.", "%s, said Orla Venn, the pilot.", "%s said Orla Venn; it was late.",
	"And then... %s It was late.", "And then, %s, it was late.", "It was late – %s – at the quay.",
	"It was late. %s It was late.", "It was late (%s) at the quay.", "It was late [%s] at the quay.", "It was late; %s. It was late.", "It was late: %s; it was late.",
	"The pilots' boats and the fishers’ nets were late, it's said: %s", "It's Venn's and the pilots' word: %s. It isn't the crews’ word, don't they know?",
	"In the '90s and ’80s they said %s, didn't they, and rock 'n' roll.", "A 12\" pipe and a 6' man: %s It was 5\" wide.",
	"The so-called “quay” was late. %s", "The 'quay' was late. %s", "%s It was a 'quay' and a \"pier\", no more.", "Was it late?! %s", "/%s/", "It was *late*: %s", "**Late** %s",
	"Orla “Oz” Venn said %s.", "Yes: %s, no. %s",
}

// tight are those in which no space parts a quotation from the words around it.
var tight = []string{"And then…%s", "And then…%s It was late.", "It was late—%s—at the quay.", "And then...%s she said.", "Orla Venn said.%s", "Orla Venn said:%s", "It was late,%s she said.", "Was it late?%s she said.", "It was late—%s", "It was late/%s"}

// unspaced are those of languages without spaces.
var unspaced = []string{"林船长说%s然后走了。", "林船长说：%s", "林船长说，%s。", "%s林船长说。", "船長は%sと述べた。", "船長によると、%s。", "กัปตันกล่าวว่า%sแล้วเดินจากไป", "天黑了。%s天黑了。"}

// layouts are what a paragraph may stand in, in Markdown and in HTML.
var layouts = []struct{ markdown, page string }{
	{"%s", "<p>%s</p>"},
	{"It was late.\n\n%s\n\nIt was late.", "<p>It was late.</p><p>%s</p><p>It was late.</p>"},
	{"   %s", "<div>  %s  </div>"},
	{"# %s", "<h1>%s</h1>"},
	{"- late\n- %s\n- late", "<ul><li>late<li>%s<li>late</ul>"},
	{"1. late\n2. %s", "<ol><li>late</li><li>%s</li></ol>"},
	{"| quay | said |\n|---|---|\n| late | %s |", "<table><tr><td>late</td><td>%s</td></tr></table>"},
	{"> %s\n\nIt was late.", "<blockquote>%s</blockquote><p>It was late.</p>"},
	{"> It was late\n%s", "<blockquote><p>It was late</p><p>%s</p></blockquote>"},
	{"<blockquote>%s</blockquote>", "<blockquote>%s</blockquote>"},
	{"[^1]: %s", "<footer><em>It</em> was late: %s</footer>"},
	{"Late `co\"de` and `it's` %s", "<p>Late <code>co\"de</code> and <code>it's</code> %s</p>"},
	{"    %s", "<figure><figcaption>%s</figcaption></figure>"},
}

var syllables = strings.Fields("ba do ri mel ta no quen sil var ko lu pra stin ge ort hal wim fen dru nas")

// inventedWord is a word that no language has; some have an apostrophe.
func inventedWord(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	return b.String() + pick(r, "", "", "", "", "", "'s", "’s", "n't", "s'")
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// invented are words as a sentence, of which each is a line of its own in what is over paragraphs.
func invented(r *rand.Rand) string {
	list := make([]string, 5+r.IntN(5))
	for i := range list {
		list[i] = inventedWord(r)
	}
	list[0], list[len(list)-1] = pick(r, "We", "No", "The", "It", "I’ll"), syllables[r.IntN(len(syllables))]+"mo"
	return strings.Join(list, " ") + pick(r, ".", ",", "!", "?", "…", "")
}

const inventedHan = "疏浚航道港口委员会星期决定便宜冬天永远不会提高收费灯塔渡轮"

func inventedUnspaced(r *rand.Rand) string {
	han := []rune(inventedHan)
	var b strings.Builder
	for range 9 + r.IntN(9) {
		b.WriteRune(han[r.IntN(len(han))])
	}
	return b.String() + pick(r, "。", "！", "", "？")
}

// TestWhatIsQuotedIsReported puts invented words between marks of every kind, anywhere, and
// looks for them among what is found.
func TestWhatIsQuotedIsReported(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 26))
	missed := map[string]int{}
	drafts := rounds.Of(24_000)
	for n := range drafts {
		i := n % (len(pairs) / 2) * 2
		opens, closes := pairs[i], pairs[i+1]
		around, words, spaced := pick(r, surroundings...), invented(r), true
		switch r.IntN(4) {
		case 0:
			if opens != ",," {
				around, spaced = pick(r, tight...), false
			}
		case 1:
			if !hesitates(opens) {
				around, words, spaced = pick(r, unspaced...), inventedUnspaced(r), false
			}
		}
		if strings.Contains("《〈︽︿【〖", opens) && !spaced {
			words += "。" // without a stop it would be a title
		}
		wanted := words
		quoted := opens + words + closes
		layout := pick(r, layouts...)
		switch kind := r.IntN(12); {
		case kind == 0 && spaced && closes != "«" && closes != "‹": // what points inwards has no spaces
			quoted = opens + " " + words + " " + closes
		case kind == 1: // over paragraphs, each of which opens again
			more := strings.TrimRight(invented(r), ",…") + "."
			quoted, wanted = opens+words+"\n\n"+opens+more+closes, words+more
			layout = layouts[0]
		case kind == 2 && isDouble(opens):
			inner := invented(r)
			quoted, wanted = opens+words+" ‘"+inner+"’"+closes, words+inner
		}
		if opens == "`" && closes == "`" && !strings.ContainsAny(words[len(words)-1:], ".,!?") {
			continue // a span of code
		}
		paragraph := strings.Replace(around, "%s", quoted, 1)
		paragraph = strings.Replace(paragraph, "%s", "“"+invented(r)+"”", 1)
		page := strings.ReplaceAll(html.EscapeString(paragraph), "\n\n", "</p><p>")
		for name, text := range map[string]string{"draft.md": fmt.Sprintf(layout.markdown, paragraph), "draft.html": fmt.Sprintf(layout.page, page)} {
			read, err := draft.Read([]byte(text), draft.Source{Filename: name})
			if err != nil {
				t.Fatal(err)
			}
			if !reports(read, wanted) {
				if missed[opens+" "+closes]++; missed[opens+" "+closes] <= 2 {
					t.Errorf("%s %s: %q is not found in %s:\n%s\nfound:\n%s", opens, closes, wanted, name, text, render(read))
				}
			}
		}
	}
	if len(missed) > 0 {
		t.Errorf("missed: %v", missed)
	}
}

func reports(read draft.Draft, wanted string) bool {
	for _, q := range read.Quotes {
		if strings.Contains(letters(q.Text), letters(wanted)) {
			return true
		}
	}
	return false
}

// hesitates reports whether marks are letters or accents, which hardly quote where no spaces are.
func hesitates(mark string) bool {
	return strings.ContainsAny(mark, "`´′‵ʹʼʻʽ׳‛") || strings.HasPrefix(mark, ",,")
}

func isDouble(mark string) bool { return strings.Contains("“ \" „ « » ” 「 《", mark) }

// honest are sentences that quote nobody, full of what looks like marks.
var honest = strings.Split(strings.TrimSpace(`
It's the fishers' boats and the pilots’ quay, isn't it?
In the '90s and the ’80s they'd rock 'n' roll; 'twas fun for 'em, and ’tis still.
The mast is 40' high, the pipe 5" wide, 12″ long and 3′ 4″ deep.
He's 6'2", she's 5' 10" and the dog's 2'.
A 5"x7" print, 12" records and the 7" ones.
James's hat, the Joneses' house, Marx' book, the U.S.'s role and Dr. O'Neill's d'Artagnan.
L'été d'Yves, aujourd'hui, qu'il n'a pas; dell'Italia e un po' di più; 's avonds in 't huis.
Orla “Oz” Venn and Tam 'Red' Holt were there.
The “deep quay” plan and the ‘Merganser’ were late.
Run `+"`echo \"we left at once, all of us\"`"+` and `+"`printf 'we left at once, all of us'`"+`.
If a < b and b > c then f'(x) = 2x'' and x' = y'; let a[i] = b*c*d.
Dots ... and dashes -- and – these – and — those —, (brackets) [and others] {too}.
The co-op's members' dues' rise wasn't the board's members' fault.
Goin' home an' nothin' doin', y'all: ma'am's o'clock tea ain't cold.
Hawaiʻi's Oʻahu, the Qurʾan and Shiʿa, صنعاء, ג׳ורג׳ ומנכ"ל.
Nº 5, 20 °C, 45° 30′ N, 5 % off & more: see https://quay.example/it's?a="b".
- a list's item
- another of the lists' items
* a third, 12" wide
`), "\n")

// TestHonestProseQuotesNobody composes paragraphs of sentences without a quotation.
func TestHonestProseQuotesNobody(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 27))
	for range rounds.Of(5000) {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(pick(r, honest...) + pick(r, " ", "\n", "\n\n"))
		}
		for name, text := range map[string]string{"draft.md": b.String(), "draft.html": page(b.String())} {
			read, err := draft.Read([]byte(text), draft.Source{Filename: name})
			if err != nil {
				t.Fatal(err)
			}
			if len(read.Quotes) > 0 {
				t.Fatalf("%s:\n%s\nfound:\n%s", name, text, render(read))
			}
		}
	}
}

// page is Markdown as a page, its code in elements.
func page(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			part = "<code>" + html.EscapeString(part) + "</code>"
		} else {
			part = html.EscapeString(part)
		}
		b.WriteString(part)
	}
	return "<p>" + strings.ReplaceAll(b.String(), "\n", "</p><p>") + "</p>"
}

// letters is a text without all but its letters and digits, and without the letters that may be marks.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && !strings.ContainsRune("ʹʺʼʻʽˮ", r) {
			return r
		}
		return -1
	}, text)
}
