package language

import "testing"

func TestLanguageOfQuestion(t *testing.T) {
	for text, want := range map[string]string{
		"Wie viele Soldaten wurden verletzt?":              "de",
		"Was hat der Minister über die Steuern gesagt":     "de",
		"warum wurde die brücke gesperrt":                  "de",
		"Wann beginnt der Bau der Fähre?":                  "de",
		"Quelles mesures le gouvernement a-t-il prises ?":  "fr",
		"pourquoi le pont est fermé":                       "fr",
		"Combien coûte le nouveau pont ?":                  "fr",
		"Que dit le ministre sur les impôts ?":             "fr",
		"¿Qué medidas tomó el gobierno?":                   "es",
		"cuántos soldados fueron heridos en el ataque":     "es",
		"¿Quién dijo que el puente está cerrado?":          "es",
		"Che cosa ha detto il ministro sulle tasse?":       "it",
		"quanto costa il nuovo ponte e chi paga":           "it",
		"Quando começa a obra da ponte e quem paga?":       "pt",
		"O que disse o ministro sobre os impostos?":        "pt",
		"Wat zei de minister over de belastingen?":         "nl",
		"hoeveel soldaten zijn er gewond":                  "nl",
		"Vad sade ministern om skatterna och vem betalar?": "sv",
		"Co powiedział minister o podatkach?":              "pl",
		"Что сказал министр о налогах?":                    "",
		"Сколько стоил мост и кто его оплатил, если известны цены?": "ru",
		"大臣は税金について何を言いましたか":                                         "ja",
		"部长对税收说了什么":                                 "zh",
		"장관은 세금에 대해 무엇을 말했습니까":                      "ko",
		"ماذا قال الوزير عن الضرائب":                "ar",
		"What did the minister say about taxes?":    "en",
		"how many soldiers were hurt":               "en",
		"Who asked about the pillars in Paris?":     "en",
		"what did de la cruz say about los angeles": "en",
		"What is die Linke?":                        "en",
		"Why did Der Spiegel print it?":             "en",
		"brandt border":                             "",
		"Renwick Brandt Voss":                       "",
		"bitcoin":                                   "",
		"was the bridge closed":                     "en",
		"":                                          "",
		"🌉🌉🌉 !!!":                                   "",
	} {
		if got := OfQuestion(text); got != want {
			t.Errorf("the language of %q is %q, want %q", text, got, want)
		}
	}
}
