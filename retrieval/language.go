package retrieval

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/transcript"
)

// strangeLanguage is the language of a question of which the collection lacks half of the
// words or more, as far as it is clear; else empty. The commonest words of a language are
// terms of a question, unless it is English: a collection in that language has them.
func strangeLanguage(question string, terms []Term) string {
	asked, unknown := 0, 0
	for _, t := range terms {
		if !t.History {
			asked++
			if t.Passages == 0 {
				unknown++
			}
		}
	}
	if asked == 0 || 2*unknown < asked {
		return ""
	}
	return transcript.QuestionLanguage(question)
}

// languageNotice tells the user of a question in another language than the record that the
// model reads one of them only; empty where that is not so, or not clear.
func languageNotice(question string, terms []Term, hits []Hit, m embeddings.Model) string {
	asked := strangeLanguage(question, terms)
	if asked == "" || m.Name != "" && !m.English() {
		return ""
	}
	var said strings.Builder
	for _, h := range hits {
		if transcript.Language(h.Text) == asked {
			return "" // the record has this language, too
		}
		said.WriteString(h.Text + "\n")
	}
	recorded := transcript.Language(said.String())
	if recorded == "" || recorded == asked {
		return ""
	}
	return "The question seems to be in " + languageName(asked) + ", and the record in " + languageName(recorded) +
		". Ask in " + languageName(recorded) + ", or install a model that reads both: pullquote model install multilingual-e5-small, then pullquote reindex."
}

// languageName is the English name of a language.
func languageName(code string) string {
	return display.English.Languages().Name(language.Make(code))
}
