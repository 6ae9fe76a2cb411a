package transcript

import "testing"

// Figures with strokes between them have the month first in English alone, where a warning says so.
func TestFiguresOfDatesAreReadAsTheLanguageHasThem(t *testing.T) {
	for _, tt := range []struct{ name, text, date string }{
		{"English", "ROE: It is the harbour that we have, and it was there before us.\n\nPOE: And what is it to you that they have it now?", "2031-04-03"},
		{"Portuguese", "ROE: A comporta é o que nós temos, e não foi feita para a cidade.\n\nPOE: Mas o que é que ela tem com a praia, se não está lá?", "2031-03-04"},
		{"Spanish", "ROE: La puerta es lo que tenemos, y no fue hecha para la ciudad.\n\nPOE: Pero ¿qué es lo que tiene con la playa, si no está en el mar?", "2031-03-04"},
		{"French", "ROE: La porte est ce que nous avons, et elle ne fut pas faite pour la ville.\n\nPOE: Mais qu'est-ce que vous avez dans le port, et pour qui ?", "2031-03-04"},
		{"German", "ROE: Das Tor ist das, was wir haben, und es war nicht für die Stadt.\n\nPOE: Aber was ist denn mit dem Strand, und wer hat ihn, wenn es so ist?", "2031-03-04"},
		{"Italian", "ROE: La porta è quello che abbiamo, e non è stata fatta per la città.\n\nPOE: Ma che cosa è per voi, se non è una cosa di tutti?", "2031-03-04"},
		{"Dutch", "ROE: De poort is wat wij hebben, en het is niet voor de stad.\n\nPOE: Maar wat is het dan voor ons, en van wie is het als het er niet is?", "2031-03-04"},
	} {
		got, err := Parse(t.Context(), []byte("Harbour\n\n04/03/2031\n\n"+tt.text+"\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Date) != tt.date || (len(got.Warnings) > 1) != (tt.name == "English") {
			t.Errorf("%s: %s, want %s; warnings %q", tt.name, got.Date, tt.date, got.Warnings)
		}
	}
}
