package llm

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestThoughts shows what is left of a reply in each of the ways in which models set their
// thoughts apart.
func TestThoughts(t *testing.T) {
	for _, tt := range []struct {
		name, reply, want string // !: there is an error
	}{
		{"no thoughts", "Yes.", "Yes."},
		{"blanks", " \n", ""},
		{"blanks around", "\n Yes. \n", "\n Yes. \n"},
		{"less than", "a < b, 1<2, <b>bold</b>, <thin ice>, x<y>z, [1], [th], ◁ and “é”", "a < b, 1<2, <b>bold</b>, <thin ice>, x<y>z, [1], [th], ◁ and “é”"},
		{"the beginning of a mark at the end", "See <thi", "See <thi"},
		{"words as in a header", "assistants analyse", "assistants analyse"},
		{"one of them", "assistant", "assistant"},
		{"analysis", "analysis of costs", "analysis of costs"},
		{"a plan", `{"quotations": [{"sentences": [1, 2], "link": "a < b"}]}`, `{"quotations": [{"sentences": [1, 2], "link": "a < b"}]}`},

		{"DeepSeek, Qwen, Kimi", " <think>\nHm.\n</think>\n\nYes. ", "Yes. "},
		{"no thoughts in them", "<think>\n\n</think>\n\nYes.", "Yes."},
		{"another word", "<thinking>Hm.</thinking>Yes.", "Yes."},
		{"in capitals", "<THINKING>Hm.</Thinking >Yes.", "Yes."},
		{"with attributes", `<reasoning effort="high" n='1'>Hm.</reasoning>Yes.`, "Yes."},
		{"in a namespace", "<seed:think>Hm.</seed:think><mm:think>Hm.</mm:think>Yes.", "Yes."},
		{"without content", "<think/>Yes.", "Yes."},
		{"between the words", "No. <reflection>Hm.</reflection>Yes.", "No. Yes."},
		{"several", "<thought>a</thought> <reflection>b</reflection> Yes.", "Yes."},
		{"within each other", "<think>a<think>b</think>c</think>Yes.", "Yes."},
		{"of different words within each other", "<think>a<reflection>b</reflection>c[THINK]d[/THINK]e</think>Yes.", "Yes."},
		{"one within is not closed", "<think>a<reflection>b</think>Yes.", "Yes."},
		{"without an end", "No. <think>a</thinking>b", "No. "},
		{"another's end within", "<think>a[/THINK]b</think>Yes.", "Yes."},
		{"Magistral", "[THINK]Hm.[/THINK]Yes.", "Yes."},
		{"Kimi-VL", "◁think▷Hm.◁/think▷Yes.", "Yes."},
		{"Kimi K3", "<|open|>think<|sep|>Hm.<|close|>think<|sep|><|open|>response<|sep|>Yes.<|close|>response<|sep|>", "Yes."},
		{"Gemma", "<|channel>thought\nHm.<channel|>Yes.", "Yes."},
		{"Command", "<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>", "Yes."},
		{"Sky", "<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>Yes.<|end_of_solution|>", "Yes."},

		{"harmony", "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>", "Yes."},
		{"harmony with all of its marks", "<|start|>assistant<|channel|>analysis<|message|>Hm.<|end|>\n<|start|>assistant<|channel|>commentary to=functions.look<|constrain|>json<|message|>{}<|call|><|start|>assistant<|channel|>final <|constrain|>json<|message|>{}<|return|>", "{}"},
		{"harmony without a channel", "<|start|>assistant<|message|>Yes.<|end|>", "Yes."},
		{"harmony of another", "<|start|>user<|message|>No.<|end|>", ""},
		{"harmony without beginnings", "<|channel|>analysis<|message|>Hm.<|end|>assistant<|channel|>final<|message|>Yes.", "Yes."},
		{"harmony of which the end is text", "<|channel|>analysis<|message|>Hm.<|end|>Yes, assistants do.", "Yes, assistants do."},
		{"harmony without an end", "<|channel|>analysis<|message|>Hm.", ""},
		{"harmony without a text", "<|channel|>analysis Hm. final", ""},
		{"harmony without marks", "analysisWe look at assistants.assistantfinalYes.", "Yes."},
		{"harmony within thoughts", "<think><|channel|>final<|message|>Hm.</think>Yes.", "Yes."},
		{"thoughts within harmony", "<|channel|>final<|message|><think>Hm.</think>Yes.<|return|>", "Yes."},

		{"a byte order mark", "\uFEFFYes.", "Yes."},
		{"marks everywhere", "\uFEFF<thi\uFEFFnk>a\uFEFF</think>{\uFEFF}\uFEFF", "{}"},

		{"without a beginning", "Hm.</think>Yes.", "!"},
		{"another without a beginning", "Hm.[/Think]Yes.", "!"},
		{"more ends than beginnings", "<think>a</think>b</think>c", "!"},
		{"harmony without its header", "analysis<|message|>Hm.", "!"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, sizes := range [][]byte{nil, {255, 255}, {5, 3, 9, 1, 2, 7, 4}} {
				got, err := inPieces(tt.reply, sizes)
				if err != nil {
					got = "!"
				}
				if got != tt.want {
					t.Errorf("%q in pieces of %d: got %q, want %q", tt.reply, sizes, got, tt.want)
				}
			}
		})
	}
}

// TestThoughtsInAnyOrder composes replies of thoughts and words, each in many forms, and
// has all words come out and no thought.
func TestThoughtsInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	capitals := func(s string) string {
		return strings.Map(func(r rune) rune {
			if random.IntN(3) == 0 {
				return []rune(strings.ToUpper(string(r)))[0]
			}
			return r
		}, s)
	}
	said := []string{"Yes. ", "a < b ", "“Ünïcödé” [s1] ", "<b>x</b> ", "{\"a\": [1]} ", "no.\n", "assistant ", "[th ", "◁ ", "<thinkers> "}
	hidden := []string{"SECRET", "SECRET <", "SECRET\n", "SECRET “é” ", "SECRET </b>", "SECRET [1]", " SECRET </"}
	var thought func(depth int) string
	thought = func(depth int) string {
		within := pick(hidden)
		if depth > 0 && random.IntN(2) == 0 {
			within += thought(depth-1) + pick(hidden)
		}
		if random.IntN(2) == 0 {
			p := pairs[random.IntN(len(pairs))]
			return capitals(p[0]) + within + capitals(p[1])
		}
		var names []string
		for name := range elements {
			names = append(names, name)
		}
		name := pick([]string{"", "seed:", "mm:"}) + pick(names)
		return "<" + capitals(name) + pick([]string{"", ` a="b"`, " "}) + ">" + within + "</" + capitals(name) + ">"
	}
	for range 2000 {
		var reply, want strings.Builder
		for range 1 + random.IntN(6) {
			if random.IntN(2) == 0 {
				reply.WriteString(thought(2))
			} else {
				words := pick(said)
				reply.WriteString(words)
				want.WriteString(words)
			}
		}
		sizes := make([]byte, 40)
		for i := range sizes {
			sizes[i] = byte(1 + random.IntN(12))
		}
		got, err := inPieces(reply.String(), sizes)
		if err != nil || got != want.String() {
			t.Fatalf("%q: got %q and the error %v, want %q", reply.String(), got, err, want.String())
		}
	}
}

// FuzzThoughts shows that where a reply is cut makes no difference: the pieces come
// to what the whole reply comes to.
func FuzzThoughts(f *testing.F) {
	for _, reply := range []string{
		"", " ", "Yes.", "\n Yes.", "<think>Hm.</think>Yes.", "<thi", "<think>Hm.</thin", "Hm.</think>Yes.", "<think>a</think>b</think>c", "x<think>y",
		"<</think>", " <", "<think>Hm.</</think> Да.", "\xEF\xBB", "<think a='", "[THINK]a[/think]", "<|channel|>final<|message|>a<|return|>assistant",
		"analysisAassistantfinalb", " analysis", "◁think▷◁/think▷", "<|open|>think<|sep|>", "<|START_THINKING|>", "\uFEFF<channel|>",
	} {
		f.Add(reply, []byte{1, 2, 3})
		f.Add(reply, []byte{})
	}
	f.Fuzz(func(t *testing.T, reply string, sizes []byte) {
		want, wantErr := inPieces(reply, nil)
		got, err := inPieces(reply, append(sizes, 1))
		if err != wantErr || err == nil && got != want {
			t.Errorf("%q: got %q and the error %v, want %q and %v", reply, got, err, want, wantErr)
		}
	})
}

// inPieces passes a reply in pieces of these sizes, and then the rest of it.
func inPieces(reply string, sizes []byte) (string, error) {
	var t thoughts
	var got strings.Builder
	for reply != "" {
		size := len(reply)
		if len(sizes) == 1 {
			size = 1 // the last size is that of all that follow
		}
		if len(sizes) > 1 {
			size, sizes = min(int(sizes[0]), len(reply)), sizes[1:]
		}
		text, err := t.pass(reply[:size])
		if err != nil {
			return "", err
		}
		got.WriteString(text)
		reply = reply[size:]
	}
	return got.String() + t.rest(), nil
}
