package modelfiles

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// onnxFolder is where repositories keep weights as ONNX, below the model's folder.
const onnxFolder = "onnx"

// neighbours are the files beside the weights that a model is run with.
func neighbours() []string {
	names := []string{"vocab.txt"}
	for _, f := range hubFiles() {
		if f.path != safetensors {
			names = append(names, f.path)
		}
	}
	return names
}

func isWeights(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".safetensors" || extension == ".onnx"
}

// ofModel reports whether a file may belong to a model.
func ofModel(name string) bool {
	return isWeights(name) || strings.HasSuffix(name, ".safetensors.index.json") ||
		slices.ContainsFunc(neighbours(), func(n string) bool { return strings.HasSuffix(name, path.Base(n)) })
}

// take copies the one model of a tree to a folder, with what the catalogue knows of
// it where the tree lacks that. The weights are those chosen, or the only ones.
func (s *Store) take(ctx context.Context, tree fs.FS, chosen string, known Known, folder string, progress Progress) error {
	if chosen == "" {
		var err error
		if chosen, err = s.findWeights(ctx, tree); err != nil {
			return err
		}
	}
	room := s.limits.bytes
	files := beside(tree, chosen)
	for _, target := range slices.Sorted(maps.Keys(files)) {
		if err := s.takeFile(ctx, tree, files[target], filepath.Join(folder, filepath.FromSlash(target)), &room, progress); err != nil {
			return err
		}
	}
	return s.describe(ctx, known, folder, &room, progress)
}

// describe adds the files that the catalogue has and the folder lacks.
func (s *Store) describe(ctx context.Context, known Known, folder string, room *int64, progress Progress) error {
	tree := known.described()
	if known.Name == "" || tree == nil {
		return nil
	}
	for _, name := range neighbours() {
		target := filepath.Join(folder, filepath.FromSlash(name))
		if _, err := fs.Stat(tree, name); err != nil || exists(target) {
			continue
		}
		if err := s.takeFile(ctx, tree, name, target, room, progress); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) takeFile(ctx context.Context, tree fs.FS, source, target string, room *int64, progress Progress) error {
	f, err := tree.Open(source)
	if err != nil {
		return unreadableSource(source, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return unreadableSource(source, err)
	}
	if *room -= info.Size(); *room < 0 {
		return tooLarge(source, s.limits.bytes)
	}
	err = s.copy(ctx, target, f, func(n int64) { progress(path.Base(source), n, info.Size()) })
	if err != nil && !isLocal(err) && ctx.Err() == nil {
		return unreadableSource(source, err)
	}
	return err
}

func unreadableSource(name string, err error) error {
	return fault.Wrap(err, fault.Invalid, "%s cannot be read", name).WithHint("%v", err)
}

// findWeights is the file of weights of the only model in a tree.
func (s *Store) findWeights(ctx context.Context, tree fs.FS) (string, error) {
	files, err := s.modelFiles(ctx, tree)
	if err != nil {
		return "", err
	}
	byModel := map[string][]string{}
	for _, name := range files {
		if isWeights(name) {
			byModel[modelFolder(name)] = append(byModel[modelFolder(name)], name)
		}
	}
	var folders, described []string
	for folder := range byModel {
		folders = append(folders, folder)
		if slices.Contains(files, path.Join(folder, "config.json")) {
			described = append(described, folder)
		}
	}
	if len(described) > 0 {
		folders = described
	}
	slices.Sort(folders)
	switch len(folders) {
	case 0:
		return "", fault.New(fault.Invalid, "there are no weights; a model has a file model.safetensors or model.onnx")
	case 1:
		return preferred(byModel[folders[0]])
	}
	return "", fault.New(fault.Invalid, "there are several models, in %s; name one of these", strings.Join(folders, ", "))
}

// modelFiles are the files of a tree that may belong to a model.
func (s *Store) modelFiles(ctx context.Context, tree fs.FS) (files []string, err error) {
	n := 0
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if n++; err == nil && n > s.limits.entries {
			err = tooMany(s.limits.entries)
		}
		if err == nil && !entry.IsDir() && ofModel(name) {
			files = append(files, name)
		}
		return err
	})
	if _, told := errors.AsType[*fault.Error](err); err != nil && !told && ctx.Err() == nil {
		err = unreadableSource("the folder", err)
	}
	return files, err
}

// modelFolder is the folder of the model that a file of weights belongs to.
func modelFolder(weights string) string {
	folder := path.Dir(weights)
	if path.Base(folder) == onnxFolder {
		return path.Dir(folder)
	}
	return folder
}

// preferred is the best of several files of weights of a model: exact ones go before
// quantised ones.
func preferred(files []string) (string, error) {
	for _, name := range []string{safetensors, "model.onnx", onnxFolder + "/model.onnx"} {
		for _, file := range files {
			if file == name || strings.HasSuffix(file, "/"+name) {
				return file, nil
			}
		}
	}
	if len(files) == 1 {
		return files[0], nil
	}
	if strings.Contains(files[0], "-of-") {
		return "", fault.New(fault.Unsupported, "the weights are in several parts, %s, which is not read; give one file", strings.Join(files, ", "))
	}
	return "", fault.New(fault.Invalid, "there are several files of weights, %s; name one of these", strings.Join(files, ", "))
}

// beside are the weights and the files that belong to them: where each goes, and
// where it is. Some archives put the model's name before each.
func beside(tree fs.FS, weights string) map[string]string {
	target := safetensors
	if !strings.HasSuffix(strings.ToLower(weights), ".safetensors") {
		target = "model.onnx"
	}
	files := map[string]string{target: weights}
	stem := strings.TrimSuffix(path.Base(weights), path.Ext(weights))
	for _, name := range neighbours() {
		for _, source := range []string{
			path.Join(modelFolder(weights), name),
			path.Join(path.Dir(weights), name),
			path.Join(path.Dir(weights), stem+"-"+name),
		} {
			if info, err := fs.Stat(tree, source); err == nil && !info.IsDir() {
				files[name] = source
				break
			}
		}
	}
	return files
}
