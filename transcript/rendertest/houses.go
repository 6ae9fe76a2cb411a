package rendertest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// A house has a way of its own of writing transcripts, which is no composition of parts.
type house struct {
	name  string
	in    container
	key   string // the name of the key
	need  need   // of the language
	write func(r *rand.Rand, d *document) []string
}

// houseForms are the ways of chats, tables, captions and records.
func houseForms() []Form {
	all := []house{
		{name: "footnotes", in: plain, key: "title-surname-upper", need: latin, write: footnotes},
		{name: "record-remarks", in: plain, key: "party", need: latin, write: line("%[10]s %[1]s (%[3]s%[4]s) - %[2]s", "")},
		{name: "numbered-lines", in: plain, key: "initials", need: cased, write: line("%[5]s  %[1]s:  %[2]s", "")},
		{name: "phone-chat", in: plain, key: "full", write: line("[%[6]s] %[1]s: %[2]s", "")},
		{name: "phone-chat-dash", in: plain, key: "first", write: line("%[6]s - %[1]s: %[2]s", "")},
		{name: "meeting-chat", in: plain, key: "full", write: line("%[7]s From %[1]s to Everyone:\n\t%[2]s", "")},
		{name: "game-chat", in: plain, key: "user-number", need: latin, write: line("%[1]s — Today at %[8]s\n%[2]s", "\n")},
		{name: "team-chat", in: plain, key: "full", write: line("%[1]s  %[8]s\n%[2]s", "\n")},
		{name: "news-chat", in: plain, key: "full", write: line("%[1]s, [%[6]s]\n%[2]s", "\n")},
		{name: "quick-notes", in: plain, key: "full", write: line("%[9]s - %[1]s\n  %[2]s", "\n")},
		{name: "table", in: markdown, key: "full", write: markdownTable},
		{name: "definitions", in: page, key: "brackets-org", write: cells("<dl>", "<dt>%s</dt><dd>%s</dd>", "</dl>")},
		{name: "rows", in: page, key: "title-surname", write: cells("<table>", "<tr><td>%s</td><td>%s</td></tr>", "</table>")},
		{name: "divisions", in: page, key: "full", write: cells("<section>", `<div class="row"><div class="name">%s</div><div class="words"><p>%s</p></div></div>`, "</section>")},
		{name: "captions-voice", in: "vtt", key: "last-first-department", need: cased, write: captions("<v %s>%s</v>", ".")},
		{name: "captions-colon", in: "vtt", key: "pronouns", write: captions("%s: %s", ".")},
		{name: "subtitles-brackets", in: "srt", key: "speaker-diarised", write: captions("[%s] %s", ",")},
		{name: "subtitles-colon", in: "srt", key: "full-upper", need: cased, write: captions("%s: %s", ",")},
		{name: "sheet", in: "csv", key: "full", write: sheet(',')},
		{name: "sheet-tabs", in: "tsv", key: "speaker-n", write: sheet('\t')},
		{name: "segments", in: "json", key: "spk", write: segments},
	}
	var forms []Form
	for _, h := range all {
		k, _ := find(keys(), h.key, func(k key) string { return k.name })
		k.need = max(k.need, h.need)
		forms = append(forms, Form{key: k, adornment: adornments()[0], separator: separators()[0], moment: moments()[0], container: h.in, house: &h})
	}
	return forms
}

// whole is the words of a turn as one paragraph; they go into the gold.
func (d *document) whole(r *rand.Rand, i int) string {
	paragraphs := d.paragraphsOf(r, i, false, false)
	d.note(i, paragraphs)
	return unglued(paragraphs[0])
}

// line writes turns by a format of: label, words, party, a remark, the number of the turn,
// date and time, time of the day, the same with am and pm, time since the beginning, address.
func line(format, behind string) func(*rand.Rand, *document) []string {
	return func(r *rand.Rand, d *document) []string {
		day, noon, since := d.clock, d.clock, d.clock
		day.format, noon.format, since.format = "day", "noon", "m:s"
		date := d.date[8:] + "/" + d.date[5:7] + "/" + d.date[:4]
		var out []string
		for i, t := range d.turns {
			base, rest := d.labelOf(i)
			label, remark := base+rest, ""
			if strings.Contains(format, "%[3]s") {
				label, remark = strings.ToUpper(base), pick(r, []string{"", "", ". Sem revisão do orador.", ". Pela ordem."})
			}
			text := fmt.Sprintf(format, label, d.whole(r, i), t.who.party, remark, fmt.Sprintf("%03d", i+1),
				date+", "+day.bare(t.start, 0, ""), day.bare(t.start, 0, ""), noon.bare(t.start, 0, ""), since.bare(t.start, 0, ""), address(t.who))
			if label != base+rest {
				g := &d.gold[len(d.gold)-1]
				g.Base = address(t.who) + " " + label
				g.Label = g.Base + " (" + t.who.party + remark + ")"
				g.Names = append(g.Names, label)
			}
			out = append(out, text+behind)
		}
		return out
	}
}

// address is how a chamber calls a member.
func address(p *person) string {
	if p.she {
		return "A SRA."
	}
	return "O SR."
}

// footnotes sets the numbers of footnotes behind some labels.
func footnotes(r *rand.Rand, d *document) []string {
	note := 0
	var out []string
	for i := range d.turns {
		base, rest := d.labelOf(i)
		mark := ""
		if chance(r, .2) {
			note++
			mark = fmt.Sprint(note)
		}
		out = append(out, base+rest+"."+mark+"  "+d.whole(r, i), "")
	}
	return out
}

func markdownTable(r *rand.Rand, d *document) []string {
	out := []string{"# " + d.title, "", "| Speaker | Words |", "| --- | --- |"}
	d.titled = true
	for i := range d.turns {
		base, rest := d.labelOf(i)
		out = append(out, "| "+base+rest+" | "+d.whole(r, i)+" |")
	}
	return out
}

// cells writes a web page of pairs.
func cells(before, pair, behind string) func(*rand.Rand, *document) []string {
	return func(r *rand.Rand, d *document) []string {
		title := html.EscapeString(d.title)
		d.titled = true
		out := []string{"<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1>", before}
		for i := range d.turns {
			base, rest := d.labelOf(i)
			out = append(out, fmt.Sprintf(pair, html.EscapeString(base+rest), html.EscapeString(d.whole(r, i))))
		}
		return append(out, behind, "</body></html>")
	}
}

// captions writes a cue for a paragraph, each with the label.
func captions(cue, point string) func(*rand.Rand, *document) []string {
	stamp := func(s int) string { return fmt.Sprintf("%02d:%02d:%02d%s000", s/3600, s/60%60, s%60, point) }
	return func(r *rand.Rand, d *document) []string {
		var out []string
		if point == "." {
			out = append(out, "WEBVTT", "")
		}
		cues := 0
		for i, t := range d.turns {
			base, rest := d.labelOf(i)
			paragraphs := d.paragraphsOf(r, i, true, false)
			d.note(i, paragraphs)
			for k, p := range paragraphs {
				cues++
				if point == "," {
					out = append(out, fmt.Sprint(cues))
				}
				out = append(out, stamp(t.start+k)+" --> "+stamp(t.start+k+1), fmt.Sprintf(cue, base+rest, unglued(p)), "")
			}
		}
		return out
	}
}

func sheet(comma rune) func(*rand.Rand, *document) []string {
	return func(r *rand.Rand, d *document) []string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma = comma
		rows := [][]string{{"Start", "Speaker", "Text"}}
		for i, t := range d.turns {
			base, rest := d.labelOf(i)
			rows = append(rows, []string{fmt.Sprintf("00:%02d:%02d", t.start/60, t.start%60), base + rest, d.whole(r, i)})
		}
		if err := w.WriteAll(rows); err != nil {
			panic(err) // a strings.Builder takes everything
		}
		return []string{strings.TrimSuffix(b.String(), "\n")}
	}
}

func segments(r *rand.Rand, d *document) []string {
	type segment struct {
		Start   float64 `json:"start"`
		End     float64 `json:"end"`
		Speaker string  `json:"speaker"`
		Text    string  `json:"text"`
	}
	var all []segment
	for i, t := range d.turns {
		base, rest := d.labelOf(i)
		all = append(all, segment{float64(t.start), float64(t.start) + 1.5, base + rest, d.whole(r, i)})
	}
	data, err := json.Marshal(map[string][]segment{"segments": all})
	if err != nil {
		panic(err) // there is nothing in it that is no JSON
	}
	return []string{string(data)}
}
