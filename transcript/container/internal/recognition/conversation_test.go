package recognition_test

import (
	"fmt"
	"strings"
)

// object and list are JSON as it is put together.
type (
	object map[string]any
	list   []any
)

// seconds is a time as a number with a fraction, as programs print it.
func seconds(ms int64) any { return float64(ms) / 1000 }

func secondsText(ms int64) any { return fmt.Sprintf("%d.%03ds", ms/1000, ms%1000) }
func secondsOnly(ms int64) any { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }
func ticks(ms int64) any       { return ms * 10_000 }
func iso(ms int64) any         { return fmt.Sprintf("PT%d.%03dS", ms/1000, ms%1000) }

func clockText(ms int64) any {
	return fmt.Sprintf("%02d:%02d:%02d,%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}

func numberText(who int) any    { return fmt.Sprint(who) }
func letter(who int) any        { return string(rune('A' + who)) }
func spk(who int) any           { return fmt.Sprintf("spk_%d", who) }
func capital(who int) any       { return fmt.Sprintf("SPEAKER_%02d", who) }
func name(who int) any          { return []string{"Jane Roe", "John Poe", "Lene Aas", "Karl Moe"}[who] }
func channelName(who int) any   { return fmt.Sprintf("ch_%d", who) }
func speakerNumber(who int) any { return fmt.Sprintf("speaker_%d", who) }
func shortSpeaker(who int) any  { return fmt.Sprintf("S%d", who+1) }
func numberedLabel(who int) any { return fmt.Sprintf("Speaker %d", who) }
func numberedFrom1(who int) any { return fmt.Sprintf("Speaker %d", who+1) }
func channelLabel(who int) any  { return fmt.Sprintf("Channel %d", who) }
func asSpeakerHash(who int) any { return fmt.Sprintf("Speaker #%d", who+1) }

// cutMark divides a word from the mark behind it.
func cutMark(word string) (text, mark string) {
	text = strings.TrimRight(word, ".,:?!")
	return text, word[len(text):]
}
