package slackbot

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
)

// The limits of a message. Slack documents 50 blocks and 3,000 characters for a
// text; beyond that it refuses blocks of some 13,000 characters in all
// (msg_blocks_too_long), which it counts as they are sent, in JSON. We stay well
// below, and keep room for what ends every answer.
const (
	maxBlocks     = 50
	maxCharacters = 12_000 // of the blocks as JSON
	maxText       = 3_000  // of one text element, in UTF-16 units

	blockOverhead = 25 // what Slack adds to a block: its id

	footerBlocks     = 6 // the way to the page, nearest turns, notice, withheld, model, buttons
	footerCharacters = 4_700
)

// budget counts the blocks and characters of a message against Slack's limits, also
// while it is streamed in pieces. It keeps room for the footer, which always fits. The
// zero value is an empty message.
type budget struct {
	blocks, characters int
	bare               bool // no footer follows, at most one last line
	full               bool // the reader has been sent to the page for the rest
}

// lastLine is the room for the line that ends a message without a footer.
const lastLine = 500

// add counts blocks if they fit.
func (b *budget) add(blocks []slack.Block) (fits bool) {
	count, characters := b.blocks+len(blocks), b.characters+weight(blocks)
	most, mostCharacters := maxBlocks-footerBlocks, maxCharacters-footerCharacters
	if b.bare {
		most, mostCharacters = maxBlocks-1, maxCharacters-lastLine
	}
	if b.full || count > most || characters > mostCharacters {
		return false
	}
	b.blocks, b.characters = count, characters
	return true
}

// weight is how much of a message blocks take.
func weight(blocks []slack.Block) int {
	encoded, err := json.Marshal(blocks)
	if err != nil { // of our own blocks none fails
		return maxCharacters + 1
	}
	return units(string(encoded)) + blockOverhead*len(blocks)
}

// statement are the blocks of the answer's next statement that still fit. A
// quotation is whole or, when it has no room, a link to its turn. When nothing
// more fits, a last block leads to the page, and there are none after it.
func (b *budget) statement(answerID, text string, citations []answer.Citation, o look) []slack.Block {
	if b.full {
		return nil
	}
	var blocks []slack.Block
	for _, p := range divide(text, citations) {
		block, fits := b.fit(p, o)
		if !fits {
			b.full = true
			return append(blocks, continueBlock(answerID, o))
		}
		blocks = append(blocks, block)
	}
	return blocks
}

// fit is the block of a piece, with its quotation or else the link.
func (b *budget) fit(p piece, o look) (slack.Block, bool) {
	for _, p := range []piece{p, p.linked()} {
		if block := p.block(o); b.add([]slack.Block{block}) {
			return block, true
		}
	}
	return nil, false
}
