package llm

import (
	"strings"
	"testing"
)

// FuzzThoughts shows that where a reply is cut makes no difference: the pieces come
// to what the whole reply comes to.
func FuzzThoughts(f *testing.F) {
	for _, reply := range []string{
		"", " ", "Yes.", "\n Yes.", "<think>Hm.</think>Yes.", " <think>\nHm.\n</think>\n\nYes. ", "<think></think>",
		"<thi", "<think>Hm.", "<think>Hm.</thin", "<thinking>Yes.", "Hm.</think>Yes.", "<think>a</think>b</think>c",
		"<think><think>a</think>", "x<think>y", "<</think>", " <", "<think>Hm.</</think> Да.",
	} {
		f.Add(reply, []byte{1, 2, 3})
		f.Add(reply, []byte{})
	}
	f.Fuzz(func(t *testing.T, reply string, sizes []byte) {
		want, wantErr := withoutThoughts(reply)
		got, err := inPieces(reply, sizes)
		if err != wantErr || err == nil && got != want {
			t.Errorf("%q: got %q and the error %v, want %q and %v", reply, got, err, want, wantErr)
		}
	})
}

// withoutThoughts is the rule for a whole reply.
func withoutThoughts(reply string) (string, error) {
	blank := func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }
	if thought, ok := strings.CutPrefix(strings.TrimLeftFunc(reply, blank), "<think>"); ok {
		_, reply, _ = strings.Cut(thought, "</think>")
		reply = strings.TrimLeftFunc(reply, blank)
	}
	switch {
	case strings.Contains(reply, "</think>"):
		return "", errUnmarked
	case strings.TrimFunc(reply, blank) == "":
		return "", nil
	}
	return reply, nil
}

// inPieces passes a reply in pieces of these sizes, and then bytes.
func inPieces(reply string, sizes []byte) (string, error) {
	var t thoughts
	var got strings.Builder
	for reply != "" {
		size := 1
		if len(sizes) > 0 {
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
