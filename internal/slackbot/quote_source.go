package slackbot

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// sourceLine says whose words a quotation has and where they stand.
func sourceLine(c *answer.Citation, o look) slack.RichTextElement {
	elements := texts(fmt.Sprintf("[%d] %s, ", c.Number, described(c)), nil)
	title := retrieval.Titled(c.TranscriptTitle)
	if !o.Citations || !linkable(c.URL) {
		elements = append(elements, linkTo(c.URL, title)...)
	} else {
		elements = append(elements, slack.NewRichTextSectionCitationElement(c.URL, title, float64(c.Number), slack.NewRichTextCitationWebDetails(title)))
	}
	elements = append(elements, recordingLink(c)...)
	if c.Doubt != "" {
		elements = append(elements, texts(" ("+words.InertLine(string(c.Doubt))+")", nil)...)
	}
	return slack.NewRichTextSection(elements...)
}

// described is the speaker of a citation, in which role, whether they quote, and when.
func described(c *answer.Citation) string {
	who := credited(c.Credit())
	switch c.Role {
	case model.RoleQuestion, model.RoleAnswer:
		who += ", " + string(c.Role)
	}
	if quoting := c.Quoting(); quoting != "" {
		who += ", " + quoting
	}
	if date := longDate(c.Date); date != "" {
		who += ", " + date
	}
	return who
}

// credited names a speaker, and says so where the record does not, or not for certain.
func credited(c model.Credit) string {
	c = retrieval.Named(c)
	switch c.Role {
	case model.RoleNarration:
		return c.Name("Text accompanying the transcript")
	case model.RoleModerator:
		return c.Name("The moderator")
	case model.RoleQuestion:
		return c.Name("A questioner whom the record does not name")
	}
	return c.Name("A speaker whom the record does not name")
}

// creditedAlone is credited without the affiliation, where there is little room.
func creditedAlone(c model.Credit) string {
	c.Affiliation = ""
	return credited(c)
}

// longDate is a date as answers write it; empty when there is none.
func longDate(iso model.Optional) string {
	date, err := time.Parse(time.DateOnly, string(iso))
	if err != nil {
		return ""
	}
	return date.Format("2 January 2006")
}

// recordingLink leads to where the recording has the words; nothing where there is none.
func recordingLink(c *answer.Citation) []slack.RichTextSectionElement {
	if c.Heard() == "" || !linkable(string(c.MediaURL)) {
		return nil
	}
	return append(texts(", ", nil), linkTo(string(c.MediaURL), strings.ToLower(c.Heard()[:1])+c.Heard()[1:])...)
}

// linkTo is a link whose address the program made or has checked. Without a proper
// one it is text.
func linkTo(address, text string) []slack.RichTextSectionElement {
	if !linkable(address) {
		return texts(text, nil)
	}
	return []slack.RichTextSectionElement{slack.NewRichTextSectionLinkElement(address, text, nil)}
}

// maxURL is the longest address that Slack takes.
const maxURL = 3_000

func linkable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxURL
}

// turnURL is the page of a hit's transcript at its turn, of which the first
// characters are marked.
func turnURL(h retrieval.Hit, marked int, o look) string {
	if marked == 0 {
		return fmt.Sprintf("%s/t/%s#turn-%d", strings.TrimRight(o.PublicURL, "/"), url.PathEscape(h.TranscriptID), h.Turn)
	}
	return fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-%d", strings.TrimRight(o.PublicURL, "/"), url.PathEscape(h.TranscriptID), h.Start, h.Start+marked, h.Turn)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
