package sentence_test

import (
	"fmt"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// Full stops behind titles, initials and abbreviations end nothing, and a stage direction
// is a sentence of its own. Offsets count code points, as those of a transcript do.
func ExampleSplit() {
	text := "Mr. Roe met J. Poe at 9 a.m. Monday. Did it hold? [Laughter.] “It did.”"
	characters := []rune(text)
	for _, s := range sentence.Split(text) {
		fmt.Printf("%d–%d %s\n", s.Start, s.End, string(characters[s.Start:s.End]))
	}
	// Output:
	// 0–36 Mr. Roe met J. Poe at 9 a.m. Monday.
	// 37–49 Did it hold?
	// 50–61 [Laughter.]
	// 62–71 “It did.”
}

func ExampleEndsAsking() {
	fmt.Println(sentence.EndsAsking("It rose overnight. Did it hold? Thank you."))
	fmt.Println(sentence.EndsAsking("Did it hold? It did."))
	// Output:
	// true
	// false
}
