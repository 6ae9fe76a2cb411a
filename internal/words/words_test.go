package words_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/words"
)

func TestCut(t *testing.T) {
	for _, tt := range []struct{ name, token, want string }{
		{"a word of another script is whole", "harbour", "harbour"},
		{"kanji", "港湾局", "港湾 湾局"},
		{"a character that stands alone", "港", "港"},
		{"a stem without its ending", "決まった", "決 まっ った"},
		{"the same stem with another", "決めました", "決 めま まし した"},
		{"a suffix behind a loan word", "フェリー代", "フェ ェリ リー 代"},
		{"a long vowel in hiragana", "らーめん", "らー ーめ めん"},
		{"half width", "ﾌｪﾘｰ", "フェ ェリ リー"},
		{"voiced in half width", "ｶﾞｲﾄﾞ", "ガイ イド"},
		{"a voice mark of its own", "か\u3099き", "がき"},
		{"voiced is another word", "かき", "かき"},
		{"repeated", "佐々木", "佐々 々木"},
		{"simplified", "新渡轮", "新渡 渡轮"},
		{"a zero among numbers", "二〇二六年", "二〇 〇二 二六 六年"},
		{"Latin letters inside", "船内Wi-Fi完備", "船内 Wi-Fi 完備"},
		{"digits before", "40人", "40 人"},
		{"a mark stays with its Latin letter", "Mu\u0308ller氏", "Mu\u0308ller 氏"},
		{"Korean, with a particle", "여객선은", "여객 객선 선은"},
		{"Korean in jamo", norm.NFD.String("여객선"), "여객 객선"},
		{"Thai, by what is read as one", "ท่าเรือ", "ท่าเรื เรือ"},
		{"Thai, a vowel of two marks", "น้ำตก", "น้ําต ตก"},
		{"Lao", "ທ່າເຮືອ", "ທ່າເຮື ເຮືອ"},
		{"Khmer, a consonant below", "កម្ពុជា", "កម្ពុ ម្ពុជា"},
		{"Burmese, a consonant below", "တက္ကသိုလ်", "တက္က က္ကသို သိုလ်"},
		{"scripts meet", "한국語カナ", "한국 語 カナ"},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(words.Cut(tt.token), " "); got != tt.want {
				t.Errorf("Cut(%q) = %q, want %q", tt.token, got, tt.want)
			}
		})
	}
}

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"spaces", "The ferry runs, again.", 4},
		{"Japanese", "船は来年の四月に出ます。", 6},
		{"Thai, whose marks are no letters", "ท่าเรือ", 3},
		{"Korean has spaces", "새 여객선은 내년에", 3},
		{"mixed", "OK 船です", 3},
		{"nothing", " \n", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Count(tt.text); got != tt.want {
				t.Errorf("Count(%q) = %d, want %d", tt.text, got, tt.want)
			}
		})
	}
}

func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		name                  string
		r                     rune
		unspaced, byCharacter bool
	}{
		{"Latin", 'a', false, false},
		{"a typographic mark", '’', false, false},
		{"Cyrillic", 'ж', false, false},
		{"Han", '港', true, true},
		{"kana", 'か', true, true},
		{"a long vowel", 'ー', true, true},
		{"Hangul", '한', false, true},
		{"Thai", 'ท', true, true},
		{"Burmese", 'က', true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if words.Unspaced(tt.r) != tt.unspaced || words.ByCharacter(tt.r) != tt.byCharacter {
				t.Errorf("%c is %v, %v", tt.r, words.Unspaced(tt.r), words.ByCharacter(tt.r))
			}
		})
	}
}

// FuzzCut holds that nothing is lost and nothing added: the words of a token have its
// characters, in one form or the other.
func FuzzCut(f *testing.F) {
	f.Add("船内Wi-Fi完備ｶﾞｲﾄﾞ")
	f.Add("ท่าเรือน้ำ")
	f.Add("ーか\u3099\xffก")
	f.Fuzz(func(t *testing.T, token string) {
		cut := words.Cut(token)
		if slices.Contains(cut, "") {
			t.Errorf("Cut(%q) has an empty word", token)
		}
		if got, want := characters(strings.Join(cut, "")), characters(token); got != want {
			t.Errorf("Cut(%q) has %q, want %q", token, got, want)
		}
	})
}

// characters are those of a text, each once, in order.
func characters(text string) string {
	list := []rune(norm.NFKD.String(text))
	slices.Sort(list)
	return string(slices.Compact(list))
}
