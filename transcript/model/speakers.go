package model

// ListSpeakers lists the people of the turns, in order of first appearance.
func ListSpeakers(turns []Turn) []Speaker {
	speakers := []Speaker{}
	places := map[string]int{}     // in speakers, by name
	listed := map[[2]string]bool{} // pairs of a name and a label
	for _, turn := range turns {
		name := string(turn.Speaker)
		if name == "" {
			continue
		}
		i, known := places[name]
		if !known {
			i = len(speakers)
			places[name] = i
			speakers = append(speakers, Speaker{Name: name, Labels: []string{}})
		}
		if speakers[i].Affiliation == "" {
			speakers[i].Affiliation = turn.Affiliation
		}
		label := string(turn.Label)
		if key := [2]string{name, label}; label != "" && !listed[key] {
			listed[key] = true
			speakers[i].Labels = append(speakers[i].Labels, label)
		}
	}
	return speakers
}
