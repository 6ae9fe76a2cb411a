package main

import (
	"fmt"
	"strconv"
)

// number is a flag or a setting that is a whole number, in decimal digits. What is out of its
// range is refused, 0 too where it has no meaning of its own: whoever writes it may mean
// nothing at all or without any limit, which are opposites. Empty, it is as if it were left out.
type number struct {
	value       *int
	unset       int // the value where it is left out
	least, most int
	unit        string // "seconds"
	without     string // what leaving it out is for: "for 60", "to keep all"
}

// numberOf makes a number that has its value of now where it is left out.
func numberOf(value *int, least, most int, unit, without string) *number {
	return &number{value, *value, least, most, unit, without}
}

// Set implements flag.Value.
func (n *number) Set(text string) error {
	if text == "" {
		*n.value = n.unset
		return nil
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < n.least || v > n.most {
		return fmt.Errorf("give %d to %d %s, or leave it out %s", n.least, n.most, n.unit, n.without)
	}
	*n.value = v
	return nil
}

// String implements flag.Value.
func (n *number) String() string {
	if n.value == nil { // package flag asks the zero value
		return "0"
	}
	return strconv.Itoa(*n.value)
}
