package transcript

import "github.com/pullquote/pullquote/transcript/internal/language"

// Language tells the language of a text, as a BCP 47 code, where it is clear; else empty.
func Language(text string) string { return language.Of(text) }

// QuestionLanguage tells the language of a question, which has few words, likewise.
func QuestionLanguage(question string) string { return language.OfQuestion(question) }
