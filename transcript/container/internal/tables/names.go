package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Names of columns, as foldKey spells them. They are what programs that transcribe and
// archives of transcripts are known to write.
var (
	wordsNames = text.WordSet(`text content transcript words utterance sentence sentences body value speech message line caption
		punctuatedword word utf8 said quote dialogue paragraph paragraphs statement remarks elements segs alternatives
		transcription spokentext texttext contents`)

	speakerNames = text.WordSet(`speaker speakername speakerlabel speakerid speakertag name personname person who author by participant
		participantname user username displayname from actor sender talker voice member role channel label fullname deputy mp`)

	partyNames = text.WordSet(`party affiliation organization organisation company org employer group faction partyname house`)

	startNames = text.WordSet(`start starttime startms starts begin begintime beginms from offset startoffset ts timestamp time tstartms
		starttimems timein in startsec startseconds clock timecode tcin`)

	endNames = text.WordSet(`end endtime endms ends to endts endoffset tendms endtimems timeout out endsec endseconds stop tcout`)

	durationNames = text.WordSet(`duration dur ddurationms durationms length`)
)

// foldKey folds the name of a column, so that speaker_name, speakerName and
// Speaker-Name are one.
func foldKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' || r == '@' || r == '#' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
