package lexicon_test

import (
	"fmt"
	"regexp"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// A list is asked for by its name, and may be made a pattern.
func ExampleAny() {
	declines := regexp.MustCompile(`(?i)\bI ` + lexicon.Any("negations of intent") + ` ` + lexicon.Any("declined acts"))
	fmt.Println(declines.MatchString("I won’t speculate on that."))
	fmt.Println(declines.MatchString("I won a speculation."))
	// Output:
	// true
	// false
}

// A name is told from its titles and from what stands beside it.
func ExampleReadName() {
	for _, text := range []string{"Harbour Commissioner Tobias van der Renwick Jr.", "Mr. King", "Sen. Élise O’Roe (Northern Isles)"} {
		name := lexicon.ReadName(text)
		fmt.Printf("%q %q\n", name.Titles, name.Words)
	}
	// Output:
	// ["commissioner"] ["tobias" "renwick"]
	// ["mr"] ["king"]
	// ["sen"] ["elise" "o'roe"]
}

// Prose has names with titles, initials and particles.
func Example_personName() {
	names := regexp.MustCompile(lexicon.PersonName)
	fmt.Printf("%q\n", names.FindAllString("What did Sen. J. R. van der Roe tell Jane Poe?", -1))
	// Output: ["What" "Sen. J. R. van der Roe" "Jane Poe"]
}

// Verbs of saying have their forms in one order.
func ExampleSayingVerbs() {
	past := lexicon.Set(lexicon.SayingVerbs(lexicon.Past))
	fmt.Println(past["said"], past["told"], past["says"])
	// Output: true true false
}
