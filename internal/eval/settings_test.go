package eval

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/retrieval"
)

// recipe is a struct of settings, as packages have them.
type recipe struct {
	Dough struct {
		HotWater float64
		Eggs     int
	}
	Oven  oven
	Rest  time.Duration
	Vegan bool

	baker string // is no setting
}

type oven struct {
	Shelves [2]int
	K1      float64
}

func (r *recipe) Validate() error {
	if r.Dough.Eggs > 12 {
		return errors.New("so many eggs do not fit")
	}
	return nil
}

func newRecipe() *recipe {
	r := &recipe{Oven: oven{Shelves: [2]int{2, 4}, K1: 1.2}, Rest: 90 * time.Second, baker: "Roe"}
	r.Dough.HotWater = 0.5
	return r
}

// listed are settings as name=value, with spaces between them.
func listed(s Settings) string {
	var all []string
	for _, setting := range s.All() {
		all = append(all, fmt.Sprintf("%s=%s", setting.Name, setting))
	}
	return strings.Join(all, " ")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	const before = "cake.dough.hot_water=0.5 cake.dough.eggs=0 cake.oven.shelves=2,4 cake.oven.k1=1.2 cake.rest=1m30s cake.vegan=false"
	for _, test := range []struct{ set, want string }{
		{"cake.dough.hot_water=0.25", strings.Replace(before, "0.5", "0.25", 1)},
		{"cake.dough.hot_water=0", strings.Replace(before, "0.5", "0", 1)},
		{"cake.dough.eggs=3", strings.Replace(before, "eggs=0", "eggs=3", 1)},
		{"cake.oven.shelves=1,0", strings.Replace(before, "2,4", "1,0", 1)},
		{"cake.rest=2h", strings.Replace(before, "1m30s", "2h0m0s", 1)},
		{"cake.vegan=true", strings.Replace(before, "false", "true", 1)},
	} {
		t.Run(test.set, func(t *testing.T) {
			t.Parallel()
			s := Settings{{"cake", newRecipe()}}
			if err := s.Set(test.set); err != nil {
				t.Fatal(err)
			}
			if got := listed(s); got != test.want {
				t.Errorf("the settings are %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestSettingsRefuse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ set, want string }{
		{"cake.dough.eggs", "write it as name=value"},
		{"cake.egs=3", "there is no such setting; the nearest are cake.dough.eggs, cake.rest, cake.vegan"},
		{"cake.oven.k1=hot", "write a number such as 0.5, not below 0"},
		{"cake.oven.k1=-1", "write a number such as 0.5, not below 0"},
		{"cake.oven.k1=NaN", "write a number such as 0.5, not below 0"},
		{"cake.oven.k1=Inf", "write a number such as 0.5, not below 0"},
		{"cake.dough.eggs=1.5", "write a whole number from 0 to 1000000"},
		{"cake.dough.eggs=13", "so many eggs do not fit"},
		{"cake.oven.shelves=1,top", "write a whole number from 0 to 1000000"},
		{"cake.oven.shelves=1", "write 2 values with commas between them"},
		{"cake.oven.shelves=", "write 2 values with commas between them"},
		{"cake.rest=30", "write a time such as 10s or 500ms, not below 0"},
		{"cake.vegan=perhaps", "write true or false"},
		{"pie.filling=plums", "a setting cannot be of type string"},
	} {
		t.Run(test.set, func(t *testing.T) {
			t.Parallel()
			pie := struct {
				Weight  float64
				Filling string
			}{}
			s := Settings{{"cake", newRecipe()}, {"pie", &pie}}
			before := listed(s)
			if err := s.Set(test.set); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if after := listed(s); after != before {
				t.Errorf("the settings became %s", after)
			}
		})
	}
}

// Each stage is switched off by settings that there are, and that are not so already.
func TestAblations(t *testing.T) {
	t.Parallel()
	for _, stage := range Ablations() {
		ranking := retrieval.DefaultRanking()
		s := Settings{{"retrieval", &ranking}}
		for _, text := range stage.Settings {
			before := listed(s)
			if err := s.Set(text); err != nil {
				t.Errorf("%s: %s: %v", stage.Stage, text, err)
			}
			if listed(s) == before {
				t.Errorf("%s: %s changes nothing", stage.Stage, text)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	all := Settings{{"cake", newRecipe()}}.All()
	for name, want := range map[string]string{
		"cake.oven.k": "cake.oven.k1", "pie.oven.k1": "cake.oven.k1", "hotwater": "cake.dough.hot_water", "cake.oven.shelf": "cake.oven.shelves",
	} {
		if got := nearest(name, all); got[0] != want {
			t.Errorf("the nearest to %s are %v, want %s first", name, got, want)
		}
	}
}
