// A second opinion on the ledger from golang.org/x/mod/sumdb's packages note and tlog, taken as they are.
//
//	go run main.go accept DIRECTORY VKEY [WITNESS-VKEY...]   is everything in this log's directory as it should be?
//	go run main.go record < request.json > answer.json       make roots, tiles, proofs and notes from leaves
//
// What is checked and how the frozen vectors were made stands in README.md. Nothing here knows what a leaf means.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	var answer any
	var err error
	switch {
	case len(os.Args) > 3 && os.Args[1] == "accept":
		answer, err = accept(os.Args[2], os.Args[3], os.Args[4:])
	case len(os.Args) == 2 && os.Args[1] == "record":
		answer, err = record()
	default:
		err = errors.New("accept DIRECTORY VKEY [WITNESS-VKEY...], or record")
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answer)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Keys of witnesses: algorithm 4, which the package note leaves to its users.

type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
	seed ed25519.PrivateKey
	time uint64
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) message(text []byte, time uint64) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), text...)
}

func (w *witness) Verify(text, sig []byte) bool {
	return len(sig) == 72 && ed25519.Verify(w.key, w.message(text, binary.BigEndian.Uint64(sig)), sig[8:])
}

func (w *witness) Sign(text []byte) ([]byte, error) {
	sig := binary.BigEndian.AppendUint64(nil, w.time)
	return append(sig, ed25519.Sign(w.seed, w.message(text, w.time))...), nil
}

func newWitness(line string) (*witness, error) {
	parts := strings.SplitN(strings.TrimPrefix(line, "PRIVATE+KEY+"), "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a key of a witness")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("not a key of algorithm 4")
	}
	w := &witness{name: parts[0], key: raw[1:]}
	if strings.HasPrefix(line, "PRIVATE+KEY+") {
		w.seed = ed25519.NewKeyFromSeed(raw[1:])
		w.key = w.seed.Public().(ed25519.PublicKey)
	}
	id := sha256.Sum256(append([]byte(w.name+"\n\x04"), w.key...))
	w.hash = binary.BigEndian.Uint32(id[:])
	if fmt.Sprintf("%08x", w.hash) != parts[1] {
		return nil, errors.New("the id of a witness does not fit its key")
	}
	return w, nil
}

// accept: what is in a directory.

type accepted struct {
	Checkpoints  int `json:"checkpoints"`
	Cosignatures int `json:"cosignatures"`
	Pairs        int `json:"pairs"`
	Leaves       int `json:"leaves"`
	Receipts     int `json:"receipts"`
	Consistency  int `json:"consistency"`
}

type directory struct {
	root  string
	read  map[string][]byte
	known note.Verifiers
	trees map[int64]tlog.Tree
	accepted
}

func (d *directory) Height() int                     { return height }
func (d *directory) SaveTiles([]tlog.Tile, [][]byte) {}

func path(tile tlog.Tile) string {
	if tile.L == -1 {
		return "tile/entries" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/data", height))
	}
	return "tile" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d", height))
}

// file reads a tile, or the beginning of the full one that has taken the place of a partial one.
func (d *directory) file(tile tlog.Tile) ([]byte, error) {
	if data, ok := d.read[path(tile)]; ok {
		return data, nil
	}
	data, err := os.ReadFile(filepath.Join(d.root, path(tile)))
	if errors.Is(err, os.ErrNotExist) && tile.L >= 0 {
		full := tile
		full.W = 1 << height
		if data, err = os.ReadFile(filepath.Join(d.root, path(full))); err == nil {
			data = data[:tile.W*tlog.HashSize]
		}
	}
	d.read[path(tile)] = data
	return data, err
}

func (d *directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := d.file(tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (d *directory) checkpoint(data []byte) (tree tlog.Tree, err error) {
	opened, err := note.Open(data, d.known)
	if err != nil {
		return tree, err
	}
	origin, rest, _ := strings.Cut(opened.Text, "\n")
	if opened.Sigs[0].Name != origin {
		return tree, fmt.Errorf("the first signature is of %s, not of %s", opened.Sigs[0].Name, origin)
	}
	d.Checkpoints++
	d.Cosignatures += len(opened.Sigs) - 1
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

func (d *directory) leaves(size int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for n := int64(0); n<<height < size; n++ {
		width := size - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		data, err := d.file(tlog.Tile{H: height, L: -1, N: n, W: int(width)})
		if err != nil {
			return nil, err
		}
		for len(data) > 2 {
			end := 2 + int(binary.BigEndian.Uint16(data))
			hashes = append(hashes, tlog.RecordHash(data[2:end]))
			data = data[end:]
		}
	}
	if int64(len(hashes)) != size {
		return nil, fmt.Errorf("%d entries instead of %d", len(hashes), size)
	}
	return hashes, nil
}

func (d *directory) tree(tree tlog.Tree, leaves []tlog.Hash) error {
	// The tile reader checks every hash of the tree against the root, once; proofs are then made from what it gave.
	all := make([]int64, tlog.StoredHashCount(tree.N))
	for i := range all {
		all[i] = int64(i)
	}
	found, err := tlog.TileHashReader(tree, d).ReadHashes(all)
	if err != nil {
		return err
	}
	reader := storage(found)
	for i, leaf := range leaves[:tree.N] {
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), leaf); err != nil {
			return fmt.Errorf("leaf %d of %d: %v", i, tree.N, err)
		}
		d.Leaves++
	}
	for _, old := range d.trees {
		if old.N > tree.N || old.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, old.N, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return fmt.Errorf("from %d to %d: %v", old.N, tree.N, err)
		}
		d.Pairs++
	}
	return nil
}

func hashes(lines []string) (proof []tlog.Hash, err error) {
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		proof = append(proof, hash)
	}
	return proof, nil
}

func (d *directory) receipt(data []byte) error {
	head, checkpoint, _ := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[3:])
	if err != nil {
		return err
	}
	tree, err := d.checkpoint([]byte(checkpoint))
	if err != nil {
		return err
	}
	d.Receipts++
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}

func (d *directory) grown(name string, data []byte) error {
	var old, size int64
	if _, err := fmt.Sscanf(name, "%d-%d", &old, &size); err != nil {
		return err
	}
	proof, err := hashes(strings.Fields(string(data)))
	if err != nil {
		return err
	}
	d.Consistency++
	return tlog.CheckTree(proof, size, d.trees[size].Hash, old, d.trees[old].Hash)
}

func (d *directory) each(pattern string, do func(name string, data []byte) error) error {
	names, err := filepath.Glob(filepath.Join(d.root, pattern))
	if err != nil {
		return err
	}
	sort.Strings(names)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := do(filepath.Base(name), data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func accept(root, vkey string, witnesses []string) (any, error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	verifiers := []note.Verifier{log}
	for _, line := range witnesses {
		w, err := newWitness(line)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, w)
	}
	d := &directory{root: root, read: map[string][]byte{}, known: note.VerifierList(verifiers...), trees: map[int64]tlog.Tree{}}
	largest := int64(0)
	keep := func(_ string, data []byte) error {
		tree, err := d.checkpoint(data)
		d.trees[tree.N] = tree
		if largest < tree.N {
			largest = tree.N
		}
		return err
	}
	for _, pattern := range []string{"checkpoint", "checkpoints/*"} {
		if err := d.each(pattern, keep); err != nil {
			return nil, err
		}
	}
	leaves, err := d.leaves(largest)
	if err != nil {
		return nil, err
	}
	for _, tree := range d.trees {
		if tree.N == 0 {
			continue // the packages know no tree without leaves
		}
		if err := d.tree(tree, leaves); err != nil {
			return nil, err
		}
	}
	if err := d.each("receipts/*", func(_ string, data []byte) error { return d.receipt(data) }); err != nil {
		return nil, err
	}
	return d.accepted, d.each("consistency/*", d.grown)
}

// record: what the packages themselves make of the same leaves.

type request struct {
	Origin      string     `json:"origin"`
	LogKey      string     `json:"log_key"`
	LogVerifier string     `json:"log_verifier"`
	WitnessKey  string     `json:"witness_key"`
	Time        uint64     `json:"time"`
	Leaves      [][]byte   `json:"leaves"`
	Sizes       []int64    `json:"sizes"`
	Inclusion   [][2]int64 `json:"inclusion"`   // index, size
	Consistency [][2]int64 `json:"consistency"` // old size, size
	Notes       [][]byte   `json:"notes"`
}

type sized struct {
	Size       int64             `json:"size"`
	Root       string            `json:"root"`
	Checkpoint string            `json:"checkpoint"`
	Cosigned   string            `json:"cosigned"`
	Tiles      map[string]string `json:"tiles,omitempty"` // path -> SHA-256
	Files      int               `json:"files"`
	AllTiles   string            `json:"all_tiles"` // SHA-256 over `path SHA-256` lines, sorted
}

type proven struct {
	From  int64    `json:"from"`
	Size  int64    `json:"size"`
	Proof []string `json:"proof"`
}

type judged struct {
	Note     []byte   `json:"note"`
	Accepted bool     `json:"accepted"`
	Signed   []string `json:"signed"`
}

type answer struct {
	Trees       []sized  `json:"trees"`
	Inclusion   []proven `json:"inclusion"`
	Consistency []proven `json:"consistency"`
	Notes       []judged `json:"notes"`
}

type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

func (s storage) files(leaves [][]byte) (map[string]string, error) {
	files := map[string]string{}
	for level, size := 0, int64(len(leaves)); size > 0; level, size = level+1, size>>height {
		for n := int64(0); n<<height < size; n++ {
			width := size - n<<height
			if width > 1<<height {
				width = 1 << height
			}
			tile := tlog.Tile{H: height, L: level, N: n, W: int(width)}
			data, err := tlog.ReadTileData(tile, s)
			if err != nil {
				return nil, err
			}
			files[path(tile)] = digest(data)
			if level == 0 {
				var bundle []byte
				for _, leaf := range leaves[n<<height : n<<height+width] {
					bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(leaf))), leaf...)
				}
				tile.L = -1
				files[path(tile)] = digest(bundle)
			}
		}
	}
	return files, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func manifest(files map[string]string) string {
	var lines []string
	for name, sum := range files {
		lines = append(lines, name+" "+sum+"\n")
	}
	sort.Strings(lines)
	return digest([]byte(strings.Join(lines, "")))
}

func written(proof []tlog.Hash) []string {
	lines := []string{}
	for _, hash := range proof {
		lines = append(lines, hash.String())
	}
	return lines
}

func record() (any, error) {
	var ask request
	if err := json.NewDecoder(os.Stdin).Decode(&ask); err != nil {
		return nil, err
	}
	log, err := note.NewSigner(ask.LogKey)
	if err != nil {
		return nil, err
	}
	w, err := newWitness(ask.WitnessKey)
	if err != nil {
		return nil, err
	}
	w.time = ask.Time
	var stored storage
	for i, leaf := range ask.Leaves {
		more, err := tlog.StoredHashes(int64(i), leaf, stored)
		if err != nil {
			return nil, err
		}
		stored = append(stored, more...)
	}
	var out answer
	for _, size := range ask.Sizes {
		tree, err := describe(ask.Origin, size, ask.Leaves, stored, log, w)
		if err != nil {
			return nil, err
		}
		out.Trees = append(out.Trees, tree)
	}
	for _, each := range ask.Inclusion {
		proof, err := tlog.ProveRecord(each[1], each[0], stored)
		if err != nil {
			return nil, err
		}
		out.Inclusion = append(out.Inclusion, proven{each[0], each[1], written(proof)})
	}
	for _, each := range ask.Consistency {
		proof, err := tlog.ProveTree(each[1], each[0], stored)
		if err != nil {
			return nil, err
		}
		out.Consistency = append(out.Consistency, proven{each[0], each[1], written(proof)})
	}
	out.Notes, err = judge(ask)
	return out, err
}

func describe(origin string, size int64, leaves [][]byte, stored storage, log note.Signer, w *witness) (sized, error) {
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		return sized{}, err
	}
	files, err := stored.files(leaves[:size])
	if err != nil {
		return sized{}, err
	}
	text := strings.Replace(string(tlog.FormatTree(tlog.Tree{N: size, Hash: root})), "go.sum database tree", origin, 1)
	signed, err := note.Sign(&note.Note{Text: text}, log)
	if err != nil {
		return sized{}, err
	}
	cosigned, err := note.Sign(&note.Note{Text: text}, log, w)
	if err != nil {
		return sized{}, err
	}
	tree := sized{size, root.String(), string(signed), string(cosigned), nil, len(files), manifest(files)}
	if len(files) < 12 {
		tree.Tiles = files
	}
	return tree, nil
}

// judge says what the package note thinks of notes, good ones and broken ones.
func judge(ask request) ([]judged, error) {
	verifier, err := note.NewVerifier(ask.LogVerifier)
	if err != nil {
		return nil, err
	}
	w, err := newWitness(ask.WitnessKey)
	if err != nil {
		return nil, err
	}
	all := []judged{}
	for _, text := range ask.Notes {
		one := judged{Note: text, Signed: []string{}}
		opened, err := note.Open(text, note.VerifierList(verifier, w))
		if one.Accepted = err == nil; one.Accepted {
			for _, sig := range opened.Sigs {
				one.Signed = append(one.Signed, sig.Name)
			}
		}
		all = append(all, one)
	}
	return all, nil
}
