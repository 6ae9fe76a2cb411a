package recognition

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// shape is a dialect that has segments: where they stand in the file, and the fields of one.
type shape struct {
	program string
	path    string // of the array of segments; empty for the file itself
	file    string // fields of which the file has one; empty where the segments alone show the dialect
	proof   string // fields of which a segment has one

	text, speaker, channel, start, end, duration string

	words                                             string // path of the array of a segment's words
	word, wordSpeaker, wordStart, wordEnd, wordLength string
	shown                                             bool // times are those of display: a segment ends where the next begins
}

// shapes lists the dialects that have segments. The first that fits is taken. Fields are
// those of each program's documentation, with the unit of their times.
func shapes() []shape {
	return []shape{
		{program: "whisper.cpp", path: "transcription", proof: "offsets.from|timestamps.from",
			text: "text", speaker: "speaker", start: "offsets.from:ms|timestamps.from", end: "offsets.to:ms|timestamps.to"},
		whisperX("segments"), whisperX("result.segments"), whisperX("output.segments"), whisperX("transcription.segments"), whisperX("transcript.segments"),
		{program: "Adobe Premiere Pro", path: "segments", proof: "words.eos|words.duration",
			text: "", speaker: "speaker", start: "start", duration: "duration",
			words: "words", word: "text", wordStart: "start", wordLength: "duration"},
		{program: "Whisper", path: "segments", proof: "avg_logprob|tokens|seek|no_speech_prob|compression_ratio",
			text: "text", speaker: "speaker|speaker_id|speaker_label", start: "start", end: "end",
			words: "words", word: "word|text", wordSpeaker: "speaker", wordStart: "start", wordEnd: "end"},
		{program: "OpenAI, Mistral", path: "segments", file: "task|word_segments|text|usage", proof: "start",
			text: "text", speaker: "speaker|speaker_id|speaker_label|speakerLabel", start: "start", end: "end",
			words: "words", word: "word|text", wordSpeaker: "speaker", wordStart: "start", wordEnd: "end"},
		{program: "Transformers with speakers", path: "speakers", proof: "timestamp",
			text: "text", speaker: "speaker", start: "timestamp.0", end: "timestamp.1"},
		{program: "Transformers", path: "chunks", proof: "timestamp",
			text: "text", speaker: "speaker", start: "timestamp.0", end: "timestamp.1"},
		{program: "Amazon Connect", path: "Transcript", proof: "BeginOffsetMillis",
			text: "Content", speaker: "ParticipantRole|ParticipantId", start: "BeginOffsetMillis:ms", end: "EndOffsetMillis:ms"},
		deepgram("results.utterances"), deepgram("utterances"), deepgram(""), whisperX(""),
		assemblyAI("utterances", ""), assemblyAI("sentences", assemblyAIFile), assemblyAI("paragraphs", assemblyAIFile), assemblyAI("", ""),
		{program: "Azure batch", path: "recognizedPhrases", proof: "nBest",
			text: "nBest.display|nBest.lexical", speaker: "speaker", channel: "channel",
			start: "offsetMilliseconds:ms|offsetInTicks:ticks|offset", end: "", duration: "durationMilliseconds:ms|durationInTicks:ticks|duration"},
		{program: "Azure fast", path: "phrases", proof: "offsetMilliseconds|offset",
			text: "text|display", speaker: "speaker", channel: "channel",
			start: "offsetMilliseconds:ms|offset:ms", duration: "durationMilliseconds:ms|duration:ms"},
		{program: "Azure batch 2", path: "AudioFileResults.SegmentResults", proof: "NBest",
			text: "NBest.Display", speaker: "SpeakerId", channel: "ChannelNumber",
			start: "OffsetInSeconds|Offset:ticks", duration: "DurationInSeconds|Duration:ticks"},
		{program: "Azure SDK", path: "", proof: "RecognitionStatus",
			text: "DisplayText|Text|NBest.Display", speaker: "SpeakerId", start: "Offset:ticks", duration: "Duration:ticks"},
		videoIndexer("videos.insights.transcript"), videoIndexer("insights.transcript"),
		gladia("result.transcription.utterances"), gladia("transcription.utterances"),
		{program: "Gladia 1", path: "prediction", proof: "time_begin",
			text: "transcription", speaker: "speaker", channel: "channel", start: "time_begin", end: "time_end"},
		{program: "Google", path: "results", proof: "alternatives.transcript", text: "alternatives.transcript",
			channel: "channelTag", end: "resultEndTime|resultEndOffset"},
		{program: "Google", path: "response.results", proof: "alternatives.transcript", text: "alternatives.transcript",
			channel: "channelTag", end: "resultEndTime|resultEndOffset"},
		{program: "Rev", path: "monologues", proof: "elements",
			speaker: "speaker_name|speaker_info.display_name|speaker.name|speaker",
			words:   "elements", word: "value", wordStart: "ts|timestamp", wordEnd: "end_ts|end_timestamp"},
		{program: "Happy Scribe", path: "", proof: "words.data_start", speaker: "speaker",
			words: "words", word: "text", wordStart: "data_start", wordEnd: "data_end"},
		{program: "Recall.ai", path: "", proof: "words.start_timestamp", speaker: "participant.name|speaker",
			words: "words", word: "text", wordStart: "start_timestamp.relative|start_timestamp", wordEnd: "end_timestamp.relative|end_timestamp"},
		{program: "Gong", path: "callTranscripts.transcript", proof: "sentences", speaker: "speakerId",
			words: "sentences", word: "text", wordStart: "start:ms", wordEnd: "end:ms"},
		fireflies("data.transcript.sentences"), fireflies("transcript.sentences"), fireflies("sentences"),
		{program: "Sonix", path: "transcript", proof: "start_time", text: "text", speaker: "speaker|speaker_name", start: "start_time", end: "end_time"},
		trint("transcript.paragraphs"), trint("paragraphs"),
		{program: "pyannoteAI", path: "output.turnLevelTranscription", proof: "start", text: "text", speaker: "speaker", start: "start", end: "end"},
		{program: "Otter", path: "speech.transcripts", proof: "start_offset", text: "transcript",
			speaker: "speaker_name|speaker_model_label|speaker_id", start: "start_offset:samples", end: "end_offset:samples"},
		{program: "YouTube", path: "events", proof: "segs.utf8|segs.1.utf8", start: "tStartMs:ms", duration: "dDurationMs:ms",
			words: "segs", word: "utf8", shown: true},
	}
}

// whisperX is Whisper's own shape with the speakers of words.
func whisperX(path string) shape {
	return shape{program: "WhisperX", path: path, proof: "words.word", text: "text", speaker: "speaker|speaker_id|speaker_label|speakerLabel", start: "start", end: "end",
		words: "words", word: "word", wordSpeaker: "speaker", wordStart: "start", wordEnd: "end"}
}

// deepgram is its utterances without the channels.
func deepgram(path string) shape {
	return shape{program: "Deepgram", path: path, proof: "start|words.start", text: "transcript", speaker: "speaker", channel: "channel", start: "start", end: "end",
		words: "words", word: "punctuated_word|word", wordSpeaker: "speaker", wordStart: "start", wordEnd: "end"}
}

// assemblyAIFile are fields that AssemblyAI's files have besides the speech.
const assemblyAIFile = "audio_duration|audio_url|acoustic_model|speech_model|speech_models|punctuate|format_text"

func assemblyAI(path, file string) shape {
	return shape{program: "AssemblyAI", path: path, file: file, proof: "words.start", text: "text", speaker: "speaker", channel: "channel", start: "start:ms", end: "end:ms",
		words: "words", word: "text", wordSpeaker: "speaker", wordStart: "start:ms", wordEnd: "end:ms"}
}

func videoIndexer(path string) shape {
	return shape{program: "Azure Video Indexer", path: path, proof: "instances", text: "text", speaker: "speakerId",
		start: "instances.start|instances.adjustedStart", end: "instances.end|instances.adjustedEnd"}
}

func gladia(path string) shape {
	return shape{program: "Gladia", path: path, proof: "start", text: "text", speaker: "speaker", channel: "channel", start: "start", end: "end",
		words: "words", word: "word", wordSpeaker: "speaker", wordStart: "start", wordEnd: "end"}
}

func fireflies(path string) shape {
	return shape{program: "Fireflies", path: path, proof: "speaker_name|ai_filters|raw_text", text: "text|raw_text|sentence",
		speaker: "speaker_name|speaker_id", start: "start_time", end: "end_time"}
}

func trint(path string) shape {
	return shape{program: "Trint", path: path, proof: "words.time", speaker: "speaker", words: "words", word: "value|text", wordStart: "time:ms", wordLength: "duration:ms"}
}

const proofElements = 50 // elements of an array in which a dialect must show

// read reads the segments of a file; nil if it is not in this dialect.
func (s shape) read(root *tree.Node) []segment {
	elements := collect(root, names(s.path))
	if s.file != "" && fieldOf(s.file).find(root) == nil {
		return nil
	}
	proof := fieldOf(s.proof)
	if !slices.ContainsFunc(elements[:min(len(elements), proofElements)], func(e *tree.Node) bool { return proof.find(e) != nil }) {
		return nil
	}
	return s.reader().segments(elements)
}

// shapeReader is a shape with its fields made ready.
type shapeReader struct {
	text, speaker, channel, start, end, duration  field
	words                                         []string
	word, wordSpeaker, wordStart, wordEnd, length field
	shown                                         bool
}

func (s shape) reader() shapeReader {
	return shapeReader{
		text: fieldOf(s.text), speaker: fieldOf(s.speaker), channel: fieldOf(s.channel),
		start: fieldOf(s.start), end: fieldOf(s.end), duration: fieldOf(s.duration),
		words: names(s.words), word: fieldOf(s.word), wordSpeaker: fieldOf(s.wordSpeaker),
		wordStart: fieldOf(s.wordStart), wordEnd: fieldOf(s.wordEnd), length: fieldOf(s.wordLength), shown: s.shown,
	}
}

// segments reads the elements of an array. Those of several channels are put in the order of
// their times.
func (r shapeReader) segments(elements []*tree.Node) []segment {
	var all []segment
	var channels []string
	for _, e := range elements {
		if e.Kind != tree.Object {
			continue
		}
		s := segment{text: r.text.text(e), speaker: r.speaker.label(e), start: r.start.time(e)}
		s.end = endOf(s.start, r.end.time(e), r.duration.time(e))
		s.words = r.wordsOf(e)
		if s.text == "" && len(s.words) == 0 {
			continue
		}
		all = append(all, s)
		channels = append(channels, r.channel.label(e))
	}
	if r.shown {
		for i := range all[:max(0, len(all)-1)] {
			all[i].end = earlier(all[i].end, all[i+1].start)
		}
	}
	if areSeveral(channels) {
		return withChannels(all, channels)
	}
	return all
}

// wordsOf reads the words of a segment.
func (r shapeReader) wordsOf(e *tree.Node) []word {
	if r.words == nil {
		return nil
	}
	var words []word
	for _, n := range collect(e, r.words) {
		if w := (word{text: r.word.text(n), speaker: r.wordSpeaker.label(n), start: r.wordStart.time(n)}); w.text != "" {
			w.end = endOf(w.start, r.wordEnd.time(n), r.length.time(n))
			words = append(words, w)
		}
	}
	return words
}

// endOf is an end where there is one, or the start and the duration together.
func endOf(start, end, duration *int64) *int64 {
	if end != nil || start == nil || duration == nil {
		return end
	}
	sum := *start + *duration
	return &sum
}

func earlier(a, b *int64) *int64 {
	if a != nil && b != nil && *b < *a {
		return b
	}
	return a
}
