package tables_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

func TestRefusals(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100)
	for _, tt := range []struct{ name, data, kind, code, message string }{
		{"nested JSON", deep, "", "invalid", "nested more than 64 deep at byte"},
		{"JSON that is mostly values", "[" + strings.Repeat(`{},`, 1<<19) + "{}]", "json", "too_large", "too many values"},
		{"JSON of goods", `[{"name": "Rope", "description": "A strong rope for ships of all sizes", "price": 3}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of settings", `{"name": "tides", "description": "Tells the tide of every harbour there is", "keywords": ["tide"]}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of a form", `{"fields": [{"name": "why", "value": "Because the quay is closed for now"}]}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of a log", `{"level": "info", "time": 1, "name": "api", "message": "the server listens on a port"}` + "\n" + `{"level": "info", "time": 2, "name": "api", "message": "the server has stopped"}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of a recogniser that heard nothing", `{"text": "", "segments": [], "language": "en"}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of a set of questions", `{"id": "a", "question": "When will the quay open?", "transcript": "quay.txt", "speaker": "Jane Roe", "quotes": ["It will open in May."]}` + "\n" + `{"id": "b", "question": "Who pays for it?", "transcript": "quay", "speaker": "John Poe", "quotes": ["The harbour pays."]}`, "", "invalid", "a set of questions"},
		{"JSON of questions with what was said before them", `[{"query": "And who pays for it?", "history": [{"speaker": "user", "text": "When will the quay open?"}]}, {"query": "And who built it?", "history": [{"speaker": "user", "text": "How old is the gate?"}]}]`, "", "invalid", "a set of questions"},
		{"JSON of names of files", `[{"transcript": "quay.txt", "speaker": "Jane Roe", "quotes": ["It will open in May."]}, {"transcript": "gate.txt", "speaker": "John Poe", "quotes": ["It is open now."]}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of one name of a file", `{"transcript": "quay.txt", "quotes": ["It will open in May."]}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of documents", `{"id": "1", "title": "On gates", "text": "A gate is a door in a wall."}` + "\n" + `{"id": "2", "title": "On quays", "text": "A quay is a wall at the water."}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of documents in pieces", `[{"title": "On Gates", "text": "A gate is a door."}, {"title": "On Gates", "text": "It opens at night."}, {"title": "On Quays", "text": "A quay is a wall."}, {"title": "On Quays", "text": "It stands in water."}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of samples in classes", `[{"text": "The quay is closed for good.", "label": "negative"}, {"text": "It is open again at last.", "label": "positive"}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of samples in numbered classes", `[{"text": "The quay is closed for good.", "label": 0}, {"text": "It is open again at last.", "label": 1}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of reviews", `[{"user": "Jane Roe", "text": "A strong rope, and it came in time.", "stars": 5}]`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of a setting with a text", `{"text": "Please wait while the tides load", "colour": "blue"}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of texts of a program", `{"version": 1, "messages": {"welcome": {"text": "Welcome to the harbour. Please log in."}}}`, "", "invalid", "no list that is known to hold speech"},
		{"JSON of an article", `{"title": "On gates", "text": "A gate is a door in a wall. It opens at night."}`, "", "invalid", "no list that is known to hold speech"},
		{"a table of one column", "words\nIs it safe?\n", "csv", "invalid", "one column only"},
		{"a table of notes", "name,city,note\nJane Roe,Gull,keeps the log of the pier\nJohn Poe,Vale,paints the gate once a year\n", "csv", "invalid", "no column of the table holds speech"},
		{"a table of tickets", "id,author,title,description\n1,Jane Roe,Gauge,The gauge is wet after every rain.\n2,John Poe,Gate,The gate will not close at night.\n", "csv", "invalid", "no column of the table holds speech"},
		{"a table without speech", "a,b\n1,2\n3,4\n", "csv", "invalid", "no column of the table holds speech"},
		{"a table of endless columns", "speaker,text\n" + strings.Repeat(",", 2000), "", "too_large", "more than 1000 columns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{Kind: tt.kind})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

// What has a text and looks like other data at first is speech if it says who speaks or when, or if its
// words are a transcript by name.
func TestSpeechBesideOtherData(t *testing.T) {
	for _, tt := range []struct{ name, data string }{
		{"segments with labels", `[{"label": "SPEAKER_00", "text": "The gate is open."}, {"label": "SPEAKER_01", "text": "Wide open."}]`},
		{"numbered labels with times", `[{"label": 0, "start": 0, "end": 1.5, "text": "The gate is open."}, {"label": 1, "start": 2, "end": 3.5, "text": "Wide open."}]`},
		{"labels of parts", `[{"label": "interviewer", "text": "The gate is open."}, {"label": "respondent", "text": "Wide open."}]`},
		{"chapters with labels in the words", `[{"title": "Part 1", "text": "JANE ROE: The gate is open."}, {"title": "Part 2", "text": "JOHN POE: Wide open."}]`},
		{"a meeting beside questions about it", `{"queries": [{"query": "What was said of it?", "answer": "That it is open."}], "transcript": [{"speaker": "Jane Roe", "content": "The gate is open."}, {"speaker": "John Poe", "content": "Wide open."}]}`},
		{"one text", `{"text": "The gate is open. It is wide open.", "language": "en"}`},
		{"one text in an envelope", `{"title": "The gate", "data": {"transcript": "The gate is open. It is wide open."}}`},
		{"a transcript with a title in a list", `[{"title": "The gate", "transcript": "The gate is open. It is wide open."}]`},
		{"one text without full stops", `{"text": "so the gate is open now and we can all go", "duration": 4.2}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			if err != nil {
				t.Fatal(err)
			}
			words := ""
			for _, l := range c.Lines {
				words += l.Text + " "
			}
			if !strings.Contains(words, "gate is open") || !strings.Contains(words, "ide open") && !strings.Contains(words, "can all go") {
				t.Errorf("got %q", words)
			}
		})
	}
}

func FuzzJSON(f *testing.F) {
	containertest.Fuzz(f, "json", container.Open, "testdata/*.txtar", ".json", ".ndjson")
}

func FuzzCSV(f *testing.F) {
	containertest.Fuzz(f, "csv", container.Open, "testdata/*.txtar", ".csv", ".tsv")
}
