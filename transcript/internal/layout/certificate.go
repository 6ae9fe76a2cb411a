package layout

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findCertificate marks the certificate of whoever made the transcript.
func findCertificate(lines []Line) {
	for i := max(1, len(lines)-certificateLines); i < len(lines); i++ {
		if lines[i].Aside || !isCertificate(lines[i].Text) {
			continue
		}
		for ; i < len(lines); i++ {
			lines[i].Aside = true
		}
	}
}

const certificateLines = 100 // at the end, among which a certificate begins

func isCertificate(text string) bool {
	if len(text) > longestTyped {
		return false
	}
	if caps := capitals(text); strings.Contains(caps, "CERTIFICATE") || strings.Contains(caps, "CERTIFICATION") {
		return len(strings.Fields(text)) <= len("CERTIFICATION")+4
	}
	lower := strings.ToLower(text)
	return letters.ContainsAny(lower, certifying...)
}

var certifying = lexicon.Phrases("phrases of certificates")
