package recognition_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

type (
	speech = containertest.Speech
	word   = containertest.Word
)

// dialect writes a conversation down as a program does.
type dialect struct {
	name  string
	label func(who int) any // under which the conversation comes out
	write func([]speech) any
}

// each makes something of every turn.
func each(all []speech, of func(speech) any) list {
	var l list
	for _, s := range all {
		l = append(l, of(s))
	}
	return l
}

// eachWord makes something of every word, with whoever says it.
func eachWord(all []speech, of func(w word, who int) any) list {
	var l list
	for _, s := range all {
		for _, w := range s.Words() {
			l = append(l, of(w, s.Who))
		}
	}
	return l
}

// whole is the text of all turns.
func whole(all []speech) string {
	var texts []string
	for _, s := range all {
		texts = append(texts, s.Text())
	}
	return strings.Join(texts, " ")
}

// wordsIn makes something of the words of a turn.
func wordsIn(s speech, of func(w word, who int) any) list { return eachWord([]speech{s}, of) }

// pairs are turns two by two, as recognisers cut segments without regard to who speaks.
func pairs(all []speech) [][]speech {
	var out [][]speech
	for len(all) > 1 {
		out, all = append(out, all[:2]), all[2:]
	}
	if len(all) > 0 {
		out = append(out, all)
	}
	return out
}

func dialects() []dialect {
	whisperWord := func(w word, who int) any {
		return object{"word": w.Text, "start": seconds(w.Start), "end": seconds(w.End), "score": .9, "speaker": capital(who)}
	}
	assemblyWord := func(w word, who int) any {
		return object{"text": w.Text, "start": w.Start, "end": w.End, "confidence": .9, "speaker": letter(who)}
	}
	assemblyUtterance := func(s speech) any {
		return object{"confidence": .9, "start": s.Start(), "end": s.End(), "speaker": letter(s.Who), "text": s.Text(), "words": wordsIn(s, assemblyWord)}
	}
	deepgramWord := func(w word, who int) any {
		plain, _ := cutMark(w.Text)
		return object{"word": strings.ToLower(plain), "punctuated_word": w.Text, "start": seconds(w.Start), "end": seconds(w.End), "confidence": .9, "speaker": who, "speaker_confidence": .5}
	}
	amazonItems := func(all []speech, labelled bool) list {
		var items list
		for _, s := range all {
			for _, w := range s.Words() {
				plain, mark := cutMark(w.Text)
				item := object{"type": "pronunciation", "alternatives": list{object{"confidence": "0.9", "content": plain}}, "start_time": secondsOnly(w.Start), "end_time": secondsOnly(w.End)}
				point := object{"type": "punctuation", "alternatives": list{object{"confidence": "0.0", "content": mark}}}
				if labelled {
					item["speaker_label"], point["speaker_label"] = spk(s.Who), spk(s.Who)
				}
				if items = append(items, item); mark != "" {
					items = append(items, point)
				}
			}
		}
		return items
	}
	amazonLabels := func(all []speech) object {
		return object{"channel_label": "ch_0", "speakers": 2, "segments": each(all, func(s speech) any {
			return object{"start_time": secondsOnly(s.Start()), "end_time": secondsOnly(s.End()), "speaker_label": spk(s.Who),
				"items": wordsIn(s, func(w word, who int) any {
					return object{"speaker_label": spk(who), "start_time": secondsOnly(w.Start), "end_time": secondsOnly(w.End)}
				})}
		})}
	}
	azurePhrase := func(s speech) any {
		return object{"recognitionStatus": "Success", "channel": 0, "speaker": s.Who + 1, "offset": iso(s.Start()), "duration": iso(s.End() - s.Start()),
			"offsetInTicks": ticks(s.Start()), "durationInTicks": ticks(s.End() - s.Start()),
			"nBest": list{object{"confidence": .9, "lexical": strings.ToLower(s.Text()), "display": s.Text()}, object{"confidence": .1, "display": "Something else."}}}
	}
	googleWord := func(w word, who int) any {
		return object{"startTime": secondsText(w.Start), "endTime": secondsText(w.End), "word": w.Text, "speakerTag": who + 1}
	}
	return []dialect{
		{"Whisper with speakers", capital, func(all []speech) any {
			return object{"text": whole(all), "language": "en", "segments": each(all, func(s speech) any {
				return object{"id": 0, "seek": 0, "start": seconds(s.Start()), "end": seconds(s.End()), "text": " " + s.Text(), "tokens": list{50364, 1012, 307, 4}, "avg_logprob": -.2, "speaker": capital(s.Who)}
			})}
		}},
		{"WhisperX, a segment of two", capital, func(all []speech) any {
			var segments list
			for _, two := range pairs(all) {
				segments = append(segments, object{"start": seconds(two[0].Start()), "end": seconds(two[len(two)-1].End()), "text": " " + whole(two), "speaker": capital(two[0].Who), "words": eachWord(two, whisperWord)})
			}
			return object{"segments": segments, "word_segments": eachWord(all, whisperWord), "language": "en"}
		}},
		{"WhisperX, whose people have names in the segments", name, func(all []speech) any {
			return object{"segments": each(all, func(s speech) any {
				return object{"start": seconds(s.Start()), "end": seconds(s.End()), "text": s.Text(), "speaker": name(s.Who), "words": wordsIn(s, whisperWord)}
			})}
		}},
		{"WhisperX, a list of segments of two", capital, func(all []speech) any {
			var segments list
			for _, two := range pairs(all) {
				segments = append(segments, object{"start": seconds(two[0].Start()), "end": seconds(two[len(two)-1].End()), "text": whole(two), "speaker": capital(two[0].Who),
					"words": eachWord(two, func(w word, who int) any {
						return object{"word": w.Text, "start": seconds(w.Start), "end": seconds(w.End), "speaker": capital(who)}
					})})
			}
			return segments
		}},
		{"Deepgram, utterances of two alone", numberedLabel, func(all []speech) any {
			var utterances list
			for _, two := range pairs(all) {
				utterances = append(utterances, object{"start": seconds(two[0].Start()), "end": seconds(two[len(two)-1].End()), "transcript": whole(two), "speaker": two[0].Who, "words": eachWord(two, deepgramWord)})
			}
			return object{"utterances": utterances}
		}},
		{"OpenAI with speakers", letter, func(all []speech) any {
			return object{"task": "transcribe", "duration": 60, "text": whole(all), "segments": each(all, func(s speech) any {
				return object{"type": "transcript.text.segment", "id": "seg_1", "start": seconds(s.Start()), "end": seconds(s.End()), "text": s.Text(), "speaker": letter(s.Who)}
			})}
		}},
		{"insanely-fast-whisper", capital, func(all []speech) any {
			return object{"text": whole(all), "chunks": list{object{"timestamp": list{0.0, 4.0}, "text": whole(all)}}, "speakers": each(all, func(s speech) any {
				return object{"speaker": capital(s.Who), "text": " " + s.Text(), "timestamp": list{seconds(s.Start()), seconds(s.End())}}
			})}
		}},
		{"whisper.cpp in stereo", numberedLabel, func(all []speech) any {
			return object{"systeminfo": "x", "result": object{"language": "en"}, "transcription": each(all, func(s speech) any {
				return object{"timestamps": object{"from": clockText(s.Start()), "to": clockText(s.End())}, "offsets": object{"from": s.Start(), "to": s.End()}, "text": " " + s.Text(), "speaker": numberText(s.Who)}
			})}
		}},
		{"Amazon Transcribe", spk, func(all []speech) any {
			return object{"jobName": "harbour", "status": "COMPLETED", "results": object{"transcripts": list{object{"transcript": whole(all)}}, "speaker_labels": amazonLabels(all), "items": amazonItems(all, true)}}
		}},
		{"Amazon Transcribe, older", spk, func(all []speech) any {
			return object{"results": object{"transcripts": list{object{"transcript": whole(all)}}, "speaker_labels": amazonLabels(all), "items": amazonItems(all, false)}}
		}},
		{"Amazon Transcribe with segments", spk, func(all []speech) any {
			return object{"results": object{"transcripts": list{object{"transcript": whole(all)}}, "speaker_labels": amazonLabels(all), "items": amazonItems(all, true),
				"audio_segments": each(all, func(s speech) any {
					return object{"id": 0, "transcript": s.Text(), "start_time": secondsOnly(s.Start()), "end_time": secondsOnly(s.End()), "speaker_label": spk(s.Who), "items": list{0, 1, 2, 3}}
				})}}
		}},
		{"Amazon Transcribe by channel", channelName, func(all []speech) any {
			channels := map[int][]speech{}
			for _, s := range all {
				channels[s.Who] = append(channels[s.Who], s)
			}
			var l list
			for who := range 4 {
				l = append(l, object{"channel_label": channelName(who), "items": amazonItems(channels[who], false)})
			}
			return object{"results": object{"transcripts": list{object{"transcript": whole(all)}}, "channel_labels": object{"channels": l, "number_of_channels": 4}, "items": amazonItems(all, false)}}
		}},
		{"Amazon Connect", func(who int) any { return []string{"AGENT", "CUSTOMER", "GUEST", "HOST"}[who] }, func(all []speech) any {
			return object{"Version": "1.1.0", "Transcript": each(all, func(s speech) any {
				return object{"ParticipantId": "P1", "ParticipantRole": []string{"AGENT", "CUSTOMER", "GUEST", "HOST"}[s.Who], "Content": s.Text(), "BeginOffsetMillis": s.Start(), "EndOffsetMillis": s.End(), "Sentiment": "NEUTRAL"}
			})}
		}},
		{"Deepgram", numberedLabel, func(all []speech) any {
			return object{"metadata": object{"channels": 1, "duration": 60.5}, "results": object{
				"channels": list{object{"alternatives": list{object{"transcript": whole(all), "confidence": .9, "words": eachWord(all, deepgramWord)}}}},
				"utterances": each(all, func(s speech) any {
					return object{"start": seconds(s.Start()), "transcript": s.Text(), "speaker": s.Who}
				})}}
		}},
		{"Deepgram by channel", channelLabel, func(all []speech) any {
			var l list
			for who := range 4 {
				var of []speech
				for _, s := range all {
					if s.Who == who {
						of = append(of, s)
					}
				}
				l = append(l, object{"alternatives": list{object{"transcript": whole(of), "words": eachWord(of, func(w word, _ int) any {
					item := deepgramWord(w, 0).(object)
					delete(item, "speaker")
					return item
				})}}})
			}
			return object{"results": object{"channels": l}}
		}},
		{"AssemblyAI", letter, func(all []speech) any {
			return object{"id": "x", "status": "completed", "language_code": "en", "text": whole(all), "words": eachWord(all, assemblyWord), "utterances": each(all, assemblyUtterance), "audio_duration": 60}
		}},
		{"AssemblyAI, utterances alone", letter, func(all []speech) any { return each(all, assemblyUtterance) }},
		{"AssemblyAI, sentences", letter, func(all []speech) any {
			return object{"id": "x", "confidence": .9, "audio_duration": 60, "sentences": each(all, assemblyUtterance)}
		}},
		{"Azure batch", numberedFrom1, func(all []speech) any {
			return object{"source": "x", "durationInTicks": 600_000_000, "combinedRecognizedPhrases": list{object{"channel": 0, "display": whole(all)}}, "recognizedPhrases": each(all, azurePhrase)}
		}},
		{"Azure fast", numberedFrom1, func(all []speech) any {
			return object{"durationMilliseconds": 60_000, "combinedPhrases": list{object{"text": whole(all)}}, "phrases": each(all, func(s speech) any {
				return object{"speaker": s.Who + 1, "offsetMilliseconds": s.Start(), "durationMilliseconds": s.End() - s.Start(), "text": s.Text(), "locale": "en-GB",
					"words": wordsIn(s, func(w word, _ int) any {
						return object{"text": w.Text, "offsetMilliseconds": w.Start, "durationMilliseconds": w.End - w.Start}
					})}
			})}
		}},
		{"Azure, line by line", func(who int) any { return fmt.Sprintf("Guest-%d", who+1) }, func(all []speech) any {
			return each(all, func(s speech) any {
				return object{"RecognitionStatus": "Success", "Offset": ticks(s.Start()), "Duration": ticks(s.End() - s.Start()), "SpeakerId": fmt.Sprintf("Guest-%d", s.Who+1), "DisplayText": s.Text()}
			})
		}},
		{"Azure Video Indexer", asSpeakerHash, func(all []speech) any {
			return object{"videos": list{object{"insights": object{
				"speakers": list{object{"id": 1, "name": "Speaker #1"}, object{"id": 2, "name": "Speaker #2"}, object{"id": 3, "name": "Speaker #3"}, object{"id": 4, "name": "Speaker #4"}},
				"transcript": each(all, func(s speech) any {
					return object{"id": 1, "text": s.Text(), "confidence": .9, "speakerId": s.Who + 1, "instances": list{object{"start": strings.Replace(clockText(s.Start()).(string), ",", ".", 1), "end": strings.Replace(clockText(s.End()).(string), ",", ".", 1)}}}
				})}}}}
		}},
		{"Google", numberedFrom1, func(all []speech) any {
			plain := eachWord(all, func(w word, _ int) any {
				return object{"startTime": secondsText(w.Start), "endTime": secondsText(w.End), "word": w.Text}
			})
			return object{"results": list{
				object{"alternatives": list{object{"transcript": whole(all), "confidence": .9, "words": plain}}},
				object{"alternatives": list{object{"words": eachWord(all, googleWord)}}}}}
		}},
		{"Google, a long recording", numberedFrom1, func(all []speech) any {
			return object{"name": "1", "done": true, "response": object{"results": each(all, func(s speech) any {
				return object{"alternatives": list{object{"transcript": s.Text(), "words": wordsIn(s, googleWord)}}, "languageCode": "en-gb"}
			})}}
		}},
		{"Google, from Python", numberedFrom1, func(all []speech) any {
			time := func(ms int64) any {
				return object{"seconds": ms / 1000, "nanos": ms % 1000 * 1_000_000}
			}
			return object{"results": list{object{"alternatives": list{object{"words": eachWord(all, func(w word, who int) any {
				return object{"start_time": time(w.Start), "end_time": time(w.End), "word": w.Text, "speaker_label": numberText(who + 1)}
			})}}}}}
		}},
		{"Speechmatics", shortSpeaker, func(all []speech) any {
			var results list
			for _, s := range all {
				for _, w := range s.Words() {
					plain, mark := cutMark(w.Text)
					results = append(results, object{"type": "word", "start_time": seconds(w.Start), "end_time": seconds(w.End), "alternatives": list{object{"content": plain, "confidence": 1, "language": "en", "speaker": shortSpeaker(s.Who)}}})
					if mark != "" {
						results = append(results, object{"type": "punctuation", "attaches_to": "previous", "start_time": seconds(w.End), "end_time": seconds(w.End), "alternatives": list{object{"content": mark, "speaker": shortSpeaker(s.Who)}}})
					}
				}
			}
			return object{"format": "2.9", "job": object{"id": "x"}, "metadata": object{"type": "transcription"}, "results": results}
		}},
		{"Gladia", numberedLabel, func(all []speech) any {
			return object{"id": "x", "result": object{"metadata": object{"audio_duration": 60.}, "transcription": object{"full_transcript": whole(all), "utterances": each(all, func(s speech) any {
				return object{"text": s.Text(), "language": "en", "start": seconds(s.Start()), "end": seconds(s.End()), "confidence": .9, "channel": 0, "speaker": s.Who,
					"words": wordsIn(s, func(w word, _ int) any {
						return object{"word": " " + w.Text, "start": seconds(w.Start), "end": seconds(w.End)}
					})}
			})}}}
		}},
		{"Rev", numberedLabel, func(all []speech) any { return object{"monologues": each(all, revMonologue)} }},
		{"Rev with names", name, func(all []speech) any {
			people := list{}
			for who := range 4 {
				people = append(people, object{"id": who, "name": name(who)})
			}
			return object{"speakers": people, "monologues": each(all, revMonologue)}
		}},
		{"ElevenLabs", speakerNumber, func(all []speech) any {
			var words list
			for _, s := range all {
				for _, w := range s.Words() {
					words = append(words, object{"text": w.Text, "start": seconds(w.Start), "end": seconds(w.End), "type": "word", "speaker_id": speakerNumber(s.Who)},
						object{"text": " ", "start": seconds(w.End), "end": seconds(w.End), "type": "spacing", "speaker_id": speakerNumber(s.Who)})
				}
			}
			return object{"language_code": "eng", "language_probability": .9, "text": whole(all), "words": words}
		}},
		{"Soniox", numberedFrom1, func(all []speech) any {
			var tokens list
			for i, s := range all {
				for k, w := range s.Words() {
					text := w.Text
					if i+k > 0 {
						text = " " + text
					}
					half := len([]rune(text)) / 2
					tokens = append(tokens, object{"text": string([]rune(text)[:half]), "start_ms": w.Start, "end_ms": w.Start, "speaker": numberText(s.Who + 1)},
						object{"text": string([]rune(text)[half:]), "start_ms": w.Start, "end_ms": w.End, "speaker": numberText(s.Who + 1)})
				}
			}
			return object{"id": "x", "text": whole(all), "tokens": tokens}
		}},
		{"IBM Watson", numberedLabel, func(all []speech) any {
			return object{"result_index": 0, "results": each(all, func(s speech) any {
				return object{"final": true, "alternatives": list{object{"transcript": s.Text() + " ", "timestamps": wordsIn(s, func(w word, _ int) any { return list{w.Text, seconds(w.Start), seconds(w.End)} })}}}
			}), "speaker_labels": eachWord(all, func(w word, who int) any {
				return object{"from": seconds(w.Start), "to": seconds(w.End), "speaker": who, "confidence": .5, "final": false}
			})}
		}},
		{"BBC", name, func(all []speech) any {
			return object{"words": eachWord(all, func(w word, _ int) any {
				return object{"id": 1, "start": seconds(w.Start), "end": seconds(w.End), "text": w.Text}
			}), "paragraphs": each(all, func(s speech) any {
				return object{"id": 1, "start": seconds(s.Start()), "end": seconds(s.End()), "speaker": name(s.Who)}
			})}
		}},
		{"Happy Scribe", numberedFrom1, func(all []speech) any {
			return each(all, func(s speech) any {
				return object{"speaker": numberedFrom1(s.Who), "speaker_number": s.Who, "words": wordsIn(s, func(w word, _ int) any {
					return object{"text": w.Text + " ", "type": "text", "data_start": seconds(w.Start), "data_end": seconds(w.End)}
				})}
			})
		}},
		{"Recall.ai", name, func(all []speech) any {
			return each(all, func(s speech) any {
				return object{"participant": object{"id": s.Who, "name": name(s.Who), "is_host": true}, "words": wordsIn(s, func(w word, _ int) any {
					return object{"text": w.Text, "start_timestamp": object{"relative": seconds(w.Start), "absolute": "2031-05-04T08:00:00Z"}, "end_timestamp": object{"relative": seconds(w.End)}}
				})}
			})
		}},
		{"Gong", numberedLabel, func(all []speech) any {
			return object{"callTranscripts": list{object{"callId": "1", "transcript": each(all, func(s speech) any {
				return object{"speakerId": numberText(s.Who), "topic": "x", "sentences": sentencesOf(s)}
			})}}}
		}},
		{"Fireflies", name, func(all []speech) any {
			return object{"data": object{"transcript": object{"title": "Harbour weekly", "sentences": each(all, func(s speech) any {
				return object{"index": 0, "speaker_name": name(s.Who), "speaker_id": s.Who, "text": s.Text(), "raw_text": s.Text(), "start_time": seconds(s.Start()), "end_time": seconds(s.End())}
			})}}}
		}},
		{"Sonix", numberedFrom1, func(all []speech) any {
			return object{"name": "harbour", "transcript": each(all, func(s speech) any {
				return object{"text": s.Text(), "start_time": seconds(s.Start()), "end_time": seconds(s.End()), "speaker": numberedFrom1(s.Who)}
			})}
		}},
		{"Trint", name, func(all []speech) any {
			people := list{}
			for who := range 4 {
				people = append(people, object{"id": fmt.Sprintf("s%d", who), "name": name(who)})
			}
			return object{"transcript": object{"speakers": people, "paragraphs": each(all, func(s speech) any {
				return object{"speaker": fmt.Sprintf("s%d", s.Who), "words": wordsIn(s, func(w word, _ int) any {
					return object{"value": w.Text, "time": w.Start, "duration": w.End - w.Start}
				})}
			})}}
		}},
		{"Adobe Premiere Pro", name, func(all []speech) any {
			people := list{}
			for who := range 4 {
				people = append(people, object{"id": fmt.Sprintf("5d2f-%d-aa", who), "name": name(who)})
			}
			return object{"language": "en-us", "speakers": people, "segments": each(all, func(s speech) any {
				return object{"start": seconds(s.Start()), "duration": seconds(s.End() - s.Start()), "language": "en-us", "speaker": fmt.Sprintf("5d2f-%d-aa", s.Who),
					"words": wordsIn(s, func(w word, _ int) any {
						return object{"text": w.Text, "start": seconds(w.Start), "duration": seconds(w.End - w.Start), "eos": false, "type": "word"}
					})}
			})}
		}},
		{"a podcast", name, func(all []speech) any {
			return object{"version": "1.0.0", "segments": each(all, func(s speech) any {
				return object{"speaker": name(s.Who), "startTime": seconds(s.Start()), "endTime": seconds(s.End()), "body": s.Text()}
			})}
		}},
		{"an unknown program with its unit in the fields", name, func(all []speech) any {
			return object{"entries": each(all, func(s speech) any {
				return object{"speakerName": name(s.Who), "start_ms": s.Start(), "end_ms": s.End(), "content": s.Text()}
			})}
		}},
	}
}

func revMonologue(s speech) any {
	var elements list
	for i, w := range s.Words() {
		plain, mark := cutMark(w.Text)
		if i > 0 {
			elements = append(elements, object{"type": "punct", "value": " "})
		}
		elements = append(elements, object{"type": "text", "value": plain, "ts": seconds(w.Start), "end_ts": seconds(w.End), "confidence": .9})
		if mark != "" {
			elements = append(elements, object{"type": "punct", "value": mark})
		}
	}
	return object{"speaker": s.Who, "elements": elements}
}

func sentencesOf(s speech) list {
	var l list
	for _, sentence := range s.Sentences {
		l = append(l, object{"start": sentence[0].Start, "end": sentence[len(sentence)-1].End, "text": containertest.TextOf(sentence)})
	}
	return l
}

// Whatever program writes a conversation down, its turns come out with their words to the letter,
// under the program's own labels, and when they are said.
func TestEveryDialectGivesTheSameTurns(t *testing.T) {
	for _, d := range dialects() {
		t.Run(d.name, func(t *testing.T) {
			for seed := range uint64(20) {
				all := containertest.Converse(seed)
				data, err := json.Marshal(d.write(all))
				if err != nil {
					t.Fatal(err)
				}
				c, err := container.Open(t.Context(), data, container.Options{Kind: "json"})
				if err != nil {
					t.Fatalf("seed %d: %v\n%s", seed, err, data)
				}
				containertest.Check(t, c)
				if got, want := containertest.Turns(c), containertest.WantTurns(all, d.label); got != want {
					t.Fatalf("seed %d: got\n%s\nwant\n%s\nof %s", seed, got, want, data)
				}
			}
		})
	}
}
