package tables

import "github.com/pullquote/pullquote/transcript/container/internal/text"

// Names of columns, as recognition.FoldKey spells them. They are what programs that transcribe and
// archives of transcripts are known to write.
var (
	wordsNames = text.WordSet(`text content transcript words utterance sentence sentences body speech message line caption
		punctuatedword word utf8 said quote dialogue paragraph paragraphs statement remarks
		transcription spokentext displaytext texttext contents`)

	speakerNames = text.WordSet(`speaker speakername speakerlabel speakerid speakertag name personname person who author by participant
		participantname user username displayname from actor sender talker voice member role channel label fullname deputy mp
		sprecher hablante orador locuteur intervenant participante`)

	partyNames = text.WordSet(`party affiliation organization organisation company org employer group faction partyname house`)

	startNames = text.WordSet(`start starttime starts begin begintime from offset startoffset ts timestamp time tstart
		timein in clock timecode tcin timespan timerange zeit tiempo temps`)

	endNames = text.WordSet(`end endtime ends to endts endoffset tend timeout out stop tcout`)

	durationNames = text.WordSet(`duration dur dduration length`)
)

var (
	// strictNames are those for words that hardly anything but speech has.
	strictNames = text.WordSet(`text transcript utterance utterances sentence sentences transcription caption spokentext displaytext`)

	// describingNames are those for what is written of something or somebody, and said by nobody.
	describingNames = text.WordSet(`note notes description descriptions summary title subject abstract details bio biography
		address task issue`)

	// foreignNames are those of logs, goods and places: elements that have one are no speech.
	foreignNames = text.WordSet(`level severity loglevel logger pid hostname stacktrace sku price latitude longitude coordinates
		stars rating`)

	// questionNames are those of sets of questions, on which search and answers are tested.
	questionNames = text.WordSet(`question questions userquestion userquestions query queries prompt claim hypothesis instruction`)

	// documentNames are those that documents and samples have besides their text, and speech
	// of nobody in particular has not.
	documentNames = text.WordSet(`title headline heading subject source url link category categories tag tags topic abstract summary
		keywords label labels sentiment context translation`)

	// partNames are what people are called by their part in a conversation, rather than by name.
	partNames = text.WordSet(`agent customer caller client representative operator interviewer interviewee respondent participant
		moderator host guest user assistant doctor patient counselor therapist witness teacher student speaker other`)
)
