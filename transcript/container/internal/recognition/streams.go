package recognition

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// stream is a dialect that has the words of the whole recording one after the other.
type stream struct {
	program  string
	path     string // of the array of words
	file     string // fields of which the file has one; empty where the words alone show the dialect
	proof    string // fields of which a word has one
	channels string // path of an array of channels, where there may be some, and from one of them to its words
	inside   string
	channel  string // field of a channel; empty where they are numbered from 0
	whole    string // field of the text as a whole

	word, speaker, start, end string

	spans                  string // path of an array that says who speaks from when on
	spanStart, spanSpeaker string
	needsSpans             bool
}

// streams lists the dialects that have words alone. The first that fits is taken.
func streams() []stream {
	google := stream{program: "Google", proof: "startTime|start_time|startOffset|start_offset|endTime|endOffset", word: "word",
		speaker: "speakerTag|speaker_tag|speakerLabel|speaker_label", start: "startTime|start_time|startOffset|start_offset", end: "endTime|end_time|endOffset|end_offset"}
	of := func(s stream, path string) stream { s.path = path; return s }
	return []stream{
		{program: "Amazon Transcribe", path: "results.items", proof: "alternatives.content", whole: "results.transcripts.transcript",
			channels: "results.channel_labels.channels", inside: "items", channel: "channel_label",
			word: "alternatives.content", speaker: "speaker_label", start: "start_time", end: "end_time",
			spans: "results.speaker_labels.segments.items", spanStart: "start_time", spanSpeaker: "speaker_label"},
		{program: "Deepgram", path: "results.channels.0.alternatives.0.words", proof: "word|punctuated_word", whole: "results.channels.0.alternatives.0.transcript",
			channels: "results.channels", inside: "alternatives.0.words",
			word: "punctuated_word|word", speaker: "speaker", start: "start", end: "end"},
		of(google, "results.alternatives.0.words"), of(google, "response.results.alternatives.0.words"),
		{program: "Speechmatics", path: "results", proof: "alternatives.content", word: "alternatives.content",
			speaker: "alternatives.speaker|channel", start: "start_time", end: "end_time"},
		{program: "IBM Watson", path: "results.alternatives.0.timestamps", proof: "0", word: "0", start: "1", end: "2",
			spans: "speaker_labels", spanStart: "from", spanSpeaker: "speaker"},
		{program: "ElevenLabs", path: "words", file: "language_code|language_probability", proof: "type", whole: "text",
			word: "text", speaker: "speaker_id", start: "start", end: "end"},
		{program: "Soniox", path: "tokens", proof: "start_ms", whole: "text", word: "text", speaker: "speaker", start: "start_ms:ms", end: "end_ms:ms"},
		{program: "pyannoteAI", path: "output.wordLevelTranscription", proof: "start", word: "text|word", speaker: "speaker", start: "start", end: "end"},
		{program: "BBC, Trint", path: "words", proof: "start", word: "text|word", start: "start", end: "end",
			spans: "paragraphs", spanStart: "start", spanSpeaker: "speaker", needsSpans: true},
		{program: "Vosk", path: "result", proof: "conf", word: "word", start: "start", end: "end"},
	}
}

// wordLists lists the dialects whose words stand beside segments that others read first.
func wordLists() []stream {
	return []stream{
		{program: "AssemblyAI", path: "words", file: assemblyAIFile, proof: "text", whole: "text",
			word: "text", speaker: "speaker", start: "start:ms", end: "end:ms"},
		{program: "OpenAI", path: "words", file: "task|duration|language|text", proof: "word", whole: "text",
			word: "word", speaker: "speaker", start: "start", end: "end"},
		{program: "WhisperX", path: "word_segments", proof: "word", word: "word", speaker: "speaker", start: "start", end: "end"},
	}
}

// read reads the words of a file in segments; nil if it is not in this dialect.
func (s stream) read(root *tree.Node) []segment {
	if s.file != "" && fieldOf(s.file).find(root) == nil {
		return nil
	}
	if segments := s.readChannels(root); len(segments) > 0 {
		return segments
	}
	words := s.words(collect(root, names(s.path)))
	if s.spans != "" && !s.giveSpeakers(root, words) && s.needsSpans {
		return nil
	}
	return divideStream(withoutRepetition(words), fieldOf(s.whole).text(root))
}

// words reads words; none if they are not in this dialect.
func (s stream) words(elements []*tree.Node) []word {
	proof := fieldOf(s.proof)
	if !slices.ContainsFunc(elements[:min(len(elements), proofElements)], func(e *tree.Node) bool { return proof.find(e) != nil }) {
		return nil
	}
	text, speaker, start, end := fieldOf(s.word), fieldOf(s.speaker), fieldOf(s.start), fieldOf(s.end)
	words := make([]word, 0, len(elements))
	for _, e := range elements {
		if w := (word{text: text.text(e), speaker: speaker.label(e), start: start.time(e)}); w.text != "" {
			w.end = end.time(e)
			words = append(words, w)
		}
	}
	return words
}

// readChannels reads a recording of several channels; none if it has one only.
func (s stream) readChannels(root *tree.Node) []segment {
	if s.channels == "" {
		return nil
	}
	nodes := collect(root, names(s.channels))
	if len(nodes) < 2 {
		return nil
	}
	var all []segment
	var channels []string
	for i, n := range nodes {
		label := cmp.Or(fieldOf(s.channel).label(n), strconv.Itoa(i))
		for _, part := range divideStream(s.words(collect(n, names(s.inside))), "") {
			all, channels = append(all, part), append(channels, label)
		}
	}
	return withChannels(all, channels)
}

// giveSpeakers gives words without a speaker the one who speaks when they begin, as spans of
// time say. It reports whether there are any.
func (s stream) giveSpeakers(root *tree.Node, words []word) bool {
	type span struct {
		start   int64
		speaker string
	}
	var spans []span
	start, speaker := fieldOf(s.spanStart), fieldOf(s.spanSpeaker)
	for _, n := range collect(root, names(s.spans)) {
		if at := start.time(n); at != nil {
			spans = append(spans, span{*at, speaker.label(n)})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	for i := range words {
		w := &words[i]
		if w.speaker != "" || w.start == nil {
			continue
		}
		after, _ := slices.BinarySearchFunc(spans, *w.start+1, func(s span, at int64) int { return cmp.Compare(s.start, at) })
		if after > 0 {
			w.speaker = spans[after-1].speaker
		}
	}
	return len(spans) > 0
}

// withoutRepetition keeps the last of several results where it has all words from the start
// again, as Google's does when it tells speakers apart.
func withoutRepetition(words []word) []word {
	from := 0
	for i := 1; i < len(words); i++ {
		if before, now := words[i-1], words[i]; before.start != nil && now.start != nil && words[0].start != nil &&
			*now.start < *before.start && *now.start <= *words[0].start && now.text == words[0].text {
			from = i
		}
	}
	return words[from:]
}

const (
	shortPause  = 1_000 // milliseconds that part two segments of one speaker
	mostInASpan = 30    // words of a segment that no sentence ends
)

// divideStream divides words into segments: where the speaker changes, a sentence ends or the
// speech pauses.
func divideStream(words []word, whole string) []segment {
	if len(words) == 0 {
		return nil
	}
	speakers := make([]string, len(words))
	last := ""
	for i, w := range words {
		if w.speaker != "" {
			last = w.speaker
		}
		speakers[i] = last
	}
	var cuts []int
	from := 0
	var end *int64 // of the last word that has one
	for i, w := range words {
		paused := end != nil && w.start != nil && *w.start-*end >= shortPause
		if i > from && (speakers[i] != speakers[i-1] || paused && hasLetters(w.text) || i-from >= mostInASpan && w.start != nil || endsHere(words[i-1], w)) {
			cuts, from = append(cuts, i), i
		}
		if w.end != nil {
			end = w.end
		}
	}
	return divide(segment{text: whole, words: words}, cuts, speakers)
}

// endsHere reports whether a sentence ends with a word, and another begins with the next.
func endsHere(w, next word) bool {
	text := strings.TrimRight(w.text, " ”\"’)")
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(next.text))
	return text != "" && strings.Contains(".?!", text[len(text)-1:]) && unicode.IsUpper(first)
}

func hasLetters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}
