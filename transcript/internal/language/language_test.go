package language

import "testing"

func TestLanguage(t *testing.T) {
	for want, text := range map[string]string{
		"en": "The sea was high that day, and we did not know what to do about it. They said that it would fall.",
		"es": "El mar estaba muy alto ese día y no sabíamos qué hacer. Los del puerto dijeron que ya bajaría, pero no fue así.",
		"fr": "La mer était haute ce jour et nous ne savions pas que faire. Les gens du port sont venus, mais elle ne se calme pas.",
		"de": "Das Meer war hoch und wir haben nicht gewusst, was zu tun ist. Die im Hafen sagen, dass es auch wieder fällt.",
		"pt": "O mar não é calmo, e o que foi dito no porto não se sabe. Eu e ele também estamos à espera, mas isso é muito mais.",
		"it": "Il mare è alto e non si sa che cosa fare. Quelli del porto hanno detto che questo non è un problema, ma io non lo so.",
		"nl": "De zee is hoog en we weten niet wat het is. Ik denk dat ze van de haven zijn, maar er is ook een schip op zee.",
		"sv": "Det är en båt på havet och jag vet inte om den kan komma till hamnen, men vi har sett att det är så.",
		"pl": "Morze jest wysokie i nie wiadomo, co to jest. To jest tak, że nie ma już nic do zrobienia, ale czekamy na port.",
		"ru": "Море было высоким, и мы не знали, что делать. Вы сказали, что это пройдёт.",
		"uk": "Море було високим, і ми не знали, що робити. Її човен стоїть у гавані.",
		"zh": "海水涨得很高我们不知道该怎么办他们说它会退去的",
		"ja": "海が高くて、どうすればいいのか分かりませんでした。",
		"ko": "바다가 높았고 우리는 무엇을 해야 할지 몰랐습니다.",
		"ar": "كان البحر عاليا ولم نعرف ماذا نفعل في ذلك اليوم",
		"he": "הים היה גבוה ולא ידענו מה לעשות באותו היום",
		"hi": "समुद्र ऊँचा था और हमें नहीं पता था कि क्या करना है",
		"el": "Η θάλασσα ήταν ψηλή και δεν ξέραμε τι να κάνουμε",
		"":   "Jane Roe, John Poe, Karl Moe: Port Vale, Aas, Harbour Street 12.",
	} {
		if got := Of(text); got != want {
			t.Errorf("language(%q) = %q, want %q", text, got, want)
		}
	}
}
