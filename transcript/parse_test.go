package transcript

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

const short = "JANE ROE: Is it safe?\nJOHN POE: It is."

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct {
		name    string
		data    string
		options Options
		code    string
		message string // a part of it
	}{
		{"nothing", "", Options{}, "invalid", "the file is empty"},
		{"white space", " \r\n\t\u00a0\n", Options{}, "invalid", "the file is empty"},
		{"white space in UTF-16", "\xfe\xff\x00 ", Options{}, "invalid", "holds no words"},
		{"half a PDF", "%PDF-1.7\n...", Options{}, "invalid", "this PDF is damaged"},
		{"half a Word file", "PK\x03\x04...", Options{}, "invalid", "ends early"},
		{"a web page without words", "<!DOCTYPE html>\n<script>load()</script>", Options{}, "invalid", "no words"},
		{"a NUL byte", "JANE ROE: One\nTwo\x00", Options{}, "unsupported", "line 2 of the file holds a NUL byte"},
		{"an encoding that is hard to tell", "JANE ROE: caf\xe9 caf\xc3\xa9", Options{}, "invalid", "byte 13 of the file, in line 1, is not UTF-8; convert"},
		{"bad UTF-8 after a byte order mark", "\xef\xbb\xbfab\xff", Options{}, "invalid", "byte 5 of the file, in line 1,"},
		{"half a UTF-16 unit", "\xff\xfeJ\x00a", Options{}, "invalid", "UTF-16"},
		{"an unknown charset", short, Options{ContentType: "text/plain; charset=klingon"}, "unsupported", `charset "klingon"`},
		{"prose", "The harbour was quiet that day.\n\nNobody came.", Options{}, "invalid", "no turns found"},
		{"prose as a briefing", "The harbour was quiet.", Options{Format: "briefing"}, "invalid", "no turns found"},
		{"prose as an interview", "The harbour was quiet.", Options{Format: "interview"}, "invalid", "no turns found"},
		{"one long line", strings.Repeat("water ", 1<<20), Options{}, "invalid", "no turns found"},
		{"an unknown format", short, Options{Format: "opera"}, "invalid", `no format "opera"; leave it out, or give a convention (briefing)`},
		{"a date that is none", short, Options{Date: "2011-02-30"}, "invalid", `the date "2011-02-30" is none; write it as YYYY-MM-DD`},
		{"a date in words", short, Options{Date: "yesterday"}, "invalid", "YYYY-MM-DD"},

		{"malformed JSON", `{"turns": [}`, Options{}, "invalid", "malformed at byte 12"},
		{"JSON that breaks off", `{"turns": [`, Options{}, "invalid", "breaks off"},
		{"two JSON objects", `{"turns": [{"text": "a"}]} {}`, Options{}, "invalid", "goes on after its end"},
		{"an array", `[{"turns": []}]`, Options{}, "invalid", "one transcript a file"},
		{"JSON without turns", `{"title": "Night"}`, Options{}, "invalid", "no turns"},
		{"a turn without text", `{"turns": [{"speaker": "Jane Roe"}]}`, Options{}, "invalid", "turn 0 of the JSON has no text"},
		{"a number for a text", `{"turns": [{"text": 7}]}`, Options{}, "invalid", `"turns.text" of the JSON is a number`},
		{"a number for a title", `{"title": 7, "turns": [{"text": "a"}]}`, Options{}, "invalid", "of the JSON is a number"},
		{"words for a turn", `{"turns": [{"text": "a"}, {"text": "b", "answers": "a"}]}`, Options{}, "invalid", `turn 1 of the JSON answers "a"; give the index`},
		{"a NUL in JSON", `{"turns": [{"text": "a\u0000"}]}`, Options{}, "invalid", "NUL character"},
		{"a JSON date that is none", `{"date": "March", "turns": [{"text": "a"}]}`, Options{}, "invalid", `date "March" is none`},
		{"an unknown role", `{"turns": [{"text": "a", "role": "hero"}]}`, Options{}, "invalid", `role "hero"; the roles are question`},
		{"an answer to nothing", `{"turns": [{"text": "a", "answers": 3}]}`, Options{}, "invalid", "turn 0 of the JSON answers 3"},
		{"time that runs backwards", `{"turns": [{"text": "a", "start_ms": 9, "end_ms": 3}]}`, Options{}, "invalid", "ends before it starts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(t.Context(), []byte(tt.data), tt.options)
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if got.FaultCode() != tt.code || !strings.Contains(got.Message, tt.message) || strings.Contains(got.Message, "\n") {
				t.Errorf("got %s %q, want %s and %q on one line", got.FaultCode(), got.Message, tt.code, tt.message)
			}
		})
	}
}

func TestParseReadsEncodings(t *testing.T) {
	const text = "JANE ROE: Is the café safe?\nJOHN POE: It is."
	for name, tt := range map[string]struct {
		data        string
		contentType string
	}{
		"UTF-8":                      {text, "text/plain; charset=UTF-8"},
		"with a byte order mark":     {"\xef\xbb\xbf" + text, ""},
		"UTF-16, small end first":    {"\xff\xfe" + utf16Bytes(text, false), ""},
		"UTF-16, big end first":      {"\xfe\xff" + utf16Bytes(text, true), ""},
		"Windows-1252, by its looks": {strings.ReplaceAll(text, "é", "\xe9"), ""},
		"UTF-16 without a mark":      {utf16Bytes(text, false), ""},
		"Windows-1252, if it says":   {strings.ReplaceAll(text, "é", "\xe9"), "text/plain; charset=windows-1252"},
		"lines of Windows":           {strings.ReplaceAll(text, "\n", "\r\n"), ""},
		"lines of the old Mac":       {strings.ReplaceAll(text, "\n", "\r"), ""},
		"line separators":            {strings.ReplaceAll(text, "\n", "\u2028"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.data), Options{ContentType: tt.contentType})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Turns) != 2 || got.Turns[0].Text != "Is the café safe?" || got.Turns[1].Text != "It is." {
				t.Errorf("got %+v", got.Turns)
			}
		})
	}
}

func utf16Bytes(s string, bigEnd bool) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		first, second := byte(unit), byte(unit>>8)
		if bigEnd {
			first, second = second, first
		}
		b.WriteByte(first)
		b.WriteByte(second)
	}
	return b.String()
}

func TestOptionsKnowBetter(t *testing.T) {
	got, err := Parse(t.Context(), []byte("Old Title\nMarch 3, 2001\n\n"+short), Options{Title: "New Title", Date: "2011-10-18"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "New Title" || got.Date != "2011-10-18" {
		t.Errorf("title %q, date %q", got.Title, got.Date)
	}
	_, err = Parse(t.Context(), []byte(`{"date": "March", "turns": [{"text": "a"}]}`), Options{Date: "2011-10-18"})
	if err != nil {
		t.Errorf("a date that was corrected is refused: %v", err)
	}
}

func TestAMonologueIsOneTurn(t *testing.T) {
	got, err := Parse(t.Context(), []byte("MS. ROE: "+strings.Repeat("Water rises. ", 1000)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Turns) != 1 || got.Turns[0].Role != model.RoleStatement {
		t.Errorf("%d turns, the first a %s", len(got.Turns), got.Turns[0].Role)
	}
}

// Whatever parse prints, parse reads again, and prints the same.
func TestOwnJSONIsAFixedPoint(t *testing.T) {
	folders := []string{"testdata/parse"}
	for _, family := range []string{"records", "captions", "htmlpage", "markdown", "tables"} {
		folders = append(folders, "container/internal/"+family+"/testdata")
	}
	for _, folder := range folders {
		files, err := filepath.Glob(folder + "/*.txtar")
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", folder, err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			first, err := Parse(t.Context(), archive.Files[0].Data, Options{Filename: archive.Files[0].Name})
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			transcripttest.CheckInvariants(t, first)
			checkFixedPoint(t, first)
		}
	}
}

func checkFixedPoint(t *testing.T, first *model.Transcript) {
	t.Helper()
	printed, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Parse(t.Context(), printed, Options{})
	if err != nil {
		t.Fatalf("what was printed is not read: %v\n%s", err, printed)
	}
	again, err := json.Marshal(second)
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(printed) {
		t.Errorf("printed first:\n%s\nprinted again:\n%s", printed, again)
	}
}

// Others write only what they know: speakers and words.
func TestReducedJSON(t *testing.T) {
	got, err := Parse(t.Context(), []byte(`{"turns": [
		{"speaker": "Jane Roe", "affiliation": "Night Radio", "text": "Is it safe?", "start_ms": 0, "end_ms": 900},
		{"speaker": "John Poe", "text": "It is.", "doubt": "the label stands once"},
		{"speaker": null, "role": "narration", "text": "A door closes."},
		{"speaker": "John Poe", "role": "statement", "text": ""}]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	transcripttest.CheckInvariants(t, got)
	if len(got.Turns) != 4 {
		t.Fatalf("%d turns, want the 4 given", len(got.Turns))
	}
	roles := []model.Role{model.RoleQuestion, model.RoleAnswer, model.RoleNarration, model.RoleStatement}
	for i, want := range roles {
		if got.Turns[i].Role != want {
			t.Errorf("turn %d is a %s, want a %s", i, got.Turns[i].Role, want)
		}
	}
	if got.Turns[1].Doubt != "the label stands once" || got.Turns[0].Doubt != "" ||
		index(got.Turns[1].Answers) != 0 || *got.Turns[0].EndMS != 900 || got.Turns[2].Speaker != "" {
		t.Errorf("got %+v", got.Turns)
	}
	if got.Text != "Jane Roe: Is it safe?\n\nJohn Poe: It is.\n\nA door closes.\n\nJohn Poe: " {
		t.Errorf("text %q", got.Text)
	}
	checkFixedPoint(t, got)
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/parse/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, "")
	}
	turns, err := filepath.Glob("testdata/turns/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range turns {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(archive.Files); i += 2 {
			f.Add(archive.Files[i].Data, "")
		}
	}
	f.Add([]byte("A?\n\nb\n\nC you?\n\n**d?**"), "interview")
	f.Add([]byte("Q\u00a0\u00a0 é\nA. No.\n# # #\nx"), "briefing")
	f.Fuzz(func(t *testing.T, data []byte, format string) {
		got, err := Parse(t.Context(), data, Options{Format: format})
		if err != nil {
			var known *Error
			if !errors.As(err, &known) {
				t.Fatalf("an error of type %T: %v", err, err)
			}
			return
		}
		if len(got.Turns) == 0 {
			t.Fatal("no turns and no error")
		}
		transcripttest.CheckInvariants(t, got)
		checkFixedPoint(t, got)
	})
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{"briefing": longBriefing(20 * benchmarkSize), "interview": longInterview()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(b.Context(), []byte(text), Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

const benchmarkSize = 1 << 20 // bytes: some fifteen hours of talk

func longBriefing(size int) string {
	exchange := "QUESTION: Thanks. Jane Roe, Harbour Radio. Will the barrier hold, and what happens if it does not?\n\nMR. POE: " + longAnswer()
	return "Storm Barrier Update\n\nJohn Poe, Harbour Master\nOctober 4, 2016\n\n" + strings.Repeat(exchange, size/len(exchange))
}

func longInterview() string {
	exchange := "Will the barrier hold, and what do you do if it does not?\n\n" + longAnswer()
	return "Harbour Weekly Q&A: John Poe\n\nBy Jane Roe | 10/04/16\n\n" + strings.Repeat(exchange, benchmarkSize/len(exchange))
}

func longAnswer() string {
	return strings.Repeat(strings.Repeat("It has held so far, in forty storms, and I think that it will hold again. ", 5)+"\n\n", 3)
}
