package tokenizer

import "bytes"

// trie finds the pieces of a vocabulary that begin a text. Its nodes are numbered
// breadth first, so that the children of a node stand side by side.
type trie struct {
	labels []byte  // the byte that leads to a node
	first  []int32 // a node's children are those from first[n] to first[n+1]-1
	ids    []int32 // of the piece that ends in a node, -1 where none does
}

// newTrie has pieces that are sorted, different and not empty, with their ids.
func newTrie(pieces []string, ids []int32) *trie {
	type span struct{ low, high, depth int } // the pieces below a node, and how deep it is
	t := &trie{labels: []byte{0}}
	nodes := []span{{0, len(pieces), 0}}
	for n := 0; n < len(nodes); n++ {
		s := nodes[n]
		t.first = append(t.first, int32(len(nodes)))
		id := int32(-1)
		if s.low < s.high && len(pieces[s.low]) == s.depth {
			id = ids[s.low]
			s.low++
		}
		t.ids = append(t.ids, id)
		for s.low < s.high {
			c := pieces[s.low][s.depth]
			high := s.low
			for high < s.high && pieces[high][s.depth] == c {
				high++
			}
			t.labels = append(t.labels, c)
			nodes = append(nodes, span{s.low, high, s.depth + 1})
			s.low = high
		}
	}
	t.first = append(t.first, int32(len(nodes)))
	return t
}

// child is the node that a byte leads to, or 0, which is the root and no child.
func (t *trie) child(node int32, c byte) int32 {
	first, end := t.first[node], t.first[node+1]
	if at := bytes.IndexByte(t.labels[first:end], c); at >= 0 {
		return first + int32(at)
	}
	return 0
}
