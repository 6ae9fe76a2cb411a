package names

import "testing"

func TestIntroduced(t *testing.T) {
	for _, tt := range []struct{ text, name, affiliation string }{
		// A name and its house, right after the courtesies.
		{"Jane Roe, Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hi. Jane Roe from Marelle. Why now?", "Jane Roe", "Marelle"},
		{"Hi, Jane Roe with the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"Thanks, Mr. Poe. Jane Roe, Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Thank you, Mr. Poe, Jane Roe, Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Good morning, Madam Secretary. Jane Roe with Harbour Radio, and I wanted to ask about tides.", "Jane Roe", "Harbour Radio"},
		{"Thank you very much for doing this. Jane Roe, Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"(Via interpreter.) Good evening. Jane Roe of the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"Jane Roe with the Harbour Board’s foreign news service. Why now?", "Jane Roe", "Harbour Board's foreign news service"},
		{"Jane Roe – Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe (Harbour Radio). Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe here, from the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"Jane Roe again from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, Port Vale. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, Port Vale, Portugal. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe from the Voice of Marelle and the Isles. Why now?", "Jane Roe", "Voice of Marelle and the Isles"},
		{"Jane Roe, a reporter with Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Lisbon correspondent for the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"Jane Roe from Harbour Radio in Lisbon. Why now?", "Jane Roe", "Harbour Radio"},
		{"J. R. van der Roe, Harbour Radio. Why now?", "J. R. van der Roe", "Harbour Radio"},
		{"Anne-Marie O’Roe, Channel 4. Why now?", "Anne-Marie O'Roe", "Channel 4"},
		{"Will Roe, Harbour Radio. Why now?", "Will Roe", "Harbour Radio"},
		{"Jane King of Harbour Radio. Why now?", "Jane King", "Harbour Radio"},
		{"Bill North with Harbour Radio. Why now?", "Bill North", "Harbour Radio"},
		{"April May, Ferry Times. Why now?", "April May", "Ferry Times"},
		{"Hi, Jane from the Ferry Times. Why now?", "Jane", "Ferry Times"},
		{"Jane Roe, Harbour Radio, and I have two questions.", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, could you tell us why?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, do you know why?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, what is new?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, here in Lisbon. Why now?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, una pregunta: ¿por qué?", "Jane Roe", "Harbour Radio"},
		{"Jane Roe, Harbour Radio, ich habe zwei Fragen.", "Jane Roe", "Harbour Radio"},

		// In so many words.
		{"My name is Jane Roe. I'm from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hi. My name is Jane Roe. I’ve from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"My name is Jane Roe and I'm with the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"My name is Jane. Why now?", "Jane", ""},
		{"My name’s Jane Roe, Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"Yes, I'm Jane Roe with Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"I'm a reporter for the Ferry Times. My name is Jane Roe. Why now?", "Jane Roe", "Ferry Times"},
		{"I have a question on tides. My name is Jane Roe from Harbour Radio.", "Jane Roe", "Harbour Radio"},
		{"Hello. This is Jane Roe with Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hello. This is reporter Jane Roe with Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hi. This Jane Roe from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hi. It’s Jane Roe, Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"I'm sorry, my name is Jane Roe, from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"Hi, my name is Jane – Jane Roe from Harbour Radio. Why now?", "Jane Roe", "Harbour Radio"},
		{"I'm Jane Roe. I work for the Ferry Times. Why now?", "Jane Roe", "Ferry Times"},
		{"My name is Jane Roe, I'm the Harbour Master, and I ask you why.", "Jane Roe", ""},
		{"This is Jane Roe. Why now?", "Jane Roe", ""},
		{"My name is Jane Roe, from Portugal. Why now?", "Jane Roe", ""},
	} {
		got, ok := Introduced(tt.text)
		if !ok || got.Name != tt.name || got.Affiliation != tt.affiliation {
			t.Errorf("Introduced(%q) = %q, %q; want %q, %q", tt.text, got.Name, got.Affiliation, tt.name, tt.affiliation)
		}
	}
}

func TestNotIntroduced(t *testing.T) {
	for _, text := range []string{
		"",
		"Why now?",
		"Hi. Two questions, please.",
		"Good morning, everyone. Why now?",
		"Thank you, Mr. Poe. China, Russia and Iran have signed. Why now?",
		"Thank you. North Korea, Iran. What is new?",
		"Thanks. Saudi Arabia, Yemen. What is new?",
		"Thank you, Jane. What is new?",
		"Thank you, Jane Roe, for that answer. What is new?",
		"Secretary Poe, Harbour Radio reports that you left. Did you?",
		"Hi. Secretary Poe from the Harbour Board said so. Did he?",
		"This is President Poe's first visit. Why now?",
		"This is the Harbour Board's plan. Why now?",
		"It's Christmas. Why now?",
		"It's Monday, Mr. Poe. Why now?",
		"I'm American. Why now?",
		"I'm from Portugal. Why now?",
		"I'm with Jane on that. Why now?",
		"The United States, with the European Union, has acted. Why now?",
		"Does the Harbour Board, with the Coast Guard, plan more?",
		"Yes. John Poe, the harbour master, said otherwise. Was he wrong?",
		"Thank you. John Poe, president of Harbour Trust, said otherwise. Was he wrong?",
		"On John Poe, Harbour Radio. Any comment?",
		"Follow-up. Harbour Radio says otherwise. Is it wrong?",
		"“This is John Poe with Harbour Radio.” Did he say so?",
		"Thank you. Jane Roe, John Poe, Lene Aas, Karl Moe: all of them left.",
		"Thank you, Mr.Chair. Regardless of the Harbour Board, will you go?",
		"So John Poe, who is a student from Marelle, came by.",
		"Open Gates: - Harbour Board. - Coast Guard.",
		"Thank you. Will Kenya, with Uganda, sign?",
		"Will Kenya with Uganda sign?",
		"May Poe with his crew go?",
		"Is John Poe from Marelle coming?",
		"Human Rights Watch, Harbour Radio. Why?",
		"CNN International, Harbour Radio. Why?",
		"Jane Roe, Harbour Radio, could not come. I ask for her: why?",
		"Jane Roe, Harbour Radio, is ill. I ask for her: why?",
		"Jane Roe from the Ferry Times is ill. I ask for her: why?",
		"Jane Roe, Harbour Radio, left us this for you: why?",
		"Jane Roe (Harbour Radio) has been let go. Why?",
		"Jane Roe, Harbour Radio. She could not come. Why?",
		"Jane Roe, Harbour Radio, konnte nicht kommen. Ich frage für sie: warum?",
		"Jane Roe, Harbour Radio, no pudo venir. Pregunto por ella: ¿por qué?",
		"Jane Roe, Harbour Radio, n'a pas pu venir. Je demande : pourquoi ?",
		"Madam Secretary, John Poe with the Ferry Times was arrested. Any comment?",
	} {
		if got, ok := Introduced(text); ok {
			t.Errorf("Introduced(%q) = %q, %q; want nobody", text, got.Name, got.Affiliation)
		}
	}
}
