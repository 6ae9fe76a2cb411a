package openaihttp

import (
	"errors"
	"regexp"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// Some servers repeat in a refusal what they were sent: a prompt, a text to be embedded. What
// they say goes into the log, and what they were sent must not.

// echoWords is how many words in a row are an echo: three that a server says by itself hardly
// stand in a prompt, and of less it would not be known whose they are.
const echoWords = 3

var (
	word = regexp.MustCompile(`[\pL\pN]+`)
	// escaped are white space and quotation marks within JSON, which would stick to a word.
	escaped = strings.NewReplacer(`\n`, "  ", `\r`, "  ", `\t`, "  ", `\"`, "  ")
)

// WithoutEchoes takes what repeats the texts that were sent out of the words of a server. The
// error has to be the caller's own.
func WithoutEchoes(err error, sent ...string) error {
	if api, ok := errors.AsType[*openai.APIError](err); ok {
		api.Message = Unechoed(api.Message, sent...)
	}
	if plain, ok := errors.AsType[*openai.RequestError](err); ok {
		plain.Body = []byte(Unechoed(string(plain.Body), sent...))
		if plain.Err != nil {
			plain.Err = errors.New(Unechoed(plain.Err.Error(), sent...))
		}
	}
	return err
}

// Unechoed is what a server said, with a mark in place of each run of words that stands in the
// texts that it was sent.
func Unechoed(said string, sent ...string) string {
	runs := map[string]bool{}
	for _, text := range sent {
		words := lowered(text, word.FindAllStringIndex(text, -1))
		for i := range words {
			if i+echoWords <= len(words) || i == 0 { // a shorter text is an echo as a whole
				runs[strings.Join(words[i:min(len(words), i+echoWords)], " ")] = true
			}
		}
	}
	said = escaped.Replace(said)
	at := word.FindAllStringIndex(said, -1)
	words := lowered(said, at)
	echo := make([]bool, len(words))
	for i := range words {
		for n := 1; n <= echoWords && i+n <= len(words); n++ {
			if runs[strings.Join(words[i:i+n], " ")] {
				for j := range n {
					echo[i+j] = true
				}
			}
		}
	}
	var b strings.Builder
	from := 0
	for i := 0; i < len(words); i++ {
		if !echo[i] {
			continue
		}
		b.WriteString(said[from:at[i][0]] + "[…]")
		for i+1 < len(words) && echo[i+1] {
			i++
		}
		from = at[i][1]
	}
	return b.String() + said[from:]
}

func lowered(text string, at [][]int) []string {
	words := make([]string, len(at))
	for i, w := range at {
		words[i] = strings.ToLower(text[w[0]:w[1]])
	}
	return words
}
