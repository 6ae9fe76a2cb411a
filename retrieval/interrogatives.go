package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
)

// interrogatives are the question words, and other words of asking, of languages whose
// text is indexed by pairs of characters. They are taken out of questions: no answer has
// their pairs. Only those are here that are seldom a part of another word.
var interrogatives = strings.NewReplacer(asSpaces(`
いつ どこ だれ なぜ なに なんで いくつ いくら どんな どのように どのくらい どれくらい どれだけ どうして どうやって
何 何人 何年 何月 何日 何時 何分 何曜日 何回 何度 何件 何本 何円 誰 ですか でしょうか でしたか ますか ましたか ませんか
について に関して と言い と述べ と話し 言いました 述べました 話しました 言って 述べて 話して 教えて ください 下さい

什么 什么时候 什么样 为什么 怎么 怎么样 怎样 如何 哪里 哪儿 哪些 哪个 哪年 哪天 多少 何时 几个 几年 几点 谁 吗 请问 关于 有没有
什麼 什麼時候 什麼樣 為什麼 怎麼 怎麼樣 怎樣 哪裡 哪兒 哪個 何時 幾個 幾年 幾點 誰 嗎 請問 關於 有沒有

누구 무엇 무슨 언제 어디 어디서 어디에 어떻게 어떤 얼마 얼마나 얼마입니까 입니까 습니까 합니까 됩니까 했나요 인가요 나요 대해 관해

อะไร ใคร ทำไม ที่ไหน เมื่อไร เมื่อไหร่ เมื่อใด เท่าไร เท่าไหร่ เท่าใด อย่างไร ยังไง กี่คน กี่วัน กี่เดือน กี่ปี กี่บาท กี่โมง
ว่าอะไร หรือไม่ หรือเปล่า หรือยัง ใช่ไหม ได้ไหม ไหมครับ ไหมคะ ครับ ค่ะ เกี่ยวกับ

ຫຍັງ ໃຜ ຢູ່ໃສ ເມື່ອໃດ ເທົ່າໃດ ແນວໃດ ຍ້ອນຫຍັງ
អ្វី អ្នកណា ពេលណា ឯណា ហេតុអ្វី ប៉ុន្មាន
ဘာလဲ ဘယ်သူ ဘယ်တော့ ဘယ်မှာ ဘာကြောင့် ဘယ်လို ဘယ်လောက်
`)...)

// asSpaces are the arguments of a strings.Replacer that puts a space for each word of a
// list. A longer word stands before those that it begins with, so that it is replaced as a
// whole.
func asSpaces(list string) []string {
	phrases := strings.Fields(list)
	slices.SortStableFunc(phrases, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var replacements []string
	for _, phrase := range phrases {
		replacements = append(replacements, phrase, " ")
	}
	return replacements
}

// askedWords are the words of a question without interrogatives, unless it has no
// others.
func askedWords(question string) []string {
	if asked := Words(interrogatives.Replace(question)); len(asked) > 0 {
		return asked
	}
	return Words(question)
}

// vague reports whether a pair of characters says little of what a question is about, as a
// generic word does:
//
//   - it has kana, which are the endings of Japanese words, and write a loan word in
//     several pairs where kanji have one;
//   - or a particle of Chinese;
//   - or it ends in the particle of a Korean noun.
func vague(pair string) bool {
	const (
		chineseParticles = "的了是在和也都这那這嗎吗呢吧"
		koreanParticles  = "은는을를의에"
	)
	last, _ := utf8.DecodeLastRuneInString(pair)
	return words.ByCharacter(last) && (strings.ContainsFunc(pair, isKana) ||
		strings.ContainsAny(pair, chineseParticles) || strings.ContainsRune(koreanParticles, last))
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }
