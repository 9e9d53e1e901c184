package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// Limits of what is kept in memory.
const (
	mostKept     = 512
	mostKeptSize = 64 << 20 // bytes, all encodings together
)

// publicCache lets browsers and proxies keep a page for a minute.
const publicCache = "public, max-age=60"

// brotliLevel packs a page about as small as higher levels do, in a tenth of
// their time.
const brotliLevel = 5

// kept is a whole answer, in each encoding that it can be sent in.
type kept struct {
	contentType string
	tag         string // without quotes or encoding
	plain       []byte
	gzip        []byte
	brotli      []byte
}

// newKept packs a body.
func newKept(contentType string, body []byte) (*kept, error) {
	sum := sha256.Sum256(body)
	k := &kept{contentType: contentType, tag: hex.EncodeToString(sum[:12]), plain: body}
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("packing a page: %w", err)
	}
	if _, err := zip.Write(body); err != nil {
		return nil, fmt.Errorf("packing a page: %w", err)
	}
	if err := zip.Close(); err != nil {
		return nil, fmt.Errorf("packing a page: %w", err)
	}
	k.gzip = bytes.Clone(packed.Bytes())
	packed.Reset()
	br := brotli.NewWriterLevel(&packed, brotliLevel)
	if _, err := br.Write(body); err != nil {
		return nil, fmt.Errorf("packing a page: %w", err)
	}
	if err := br.Close(); err != nil {
		return nil, fmt.Errorf("packing a page: %w", err)
	}
	k.brotli = bytes.Clone(packed.Bytes())
	return k, nil
}

func (k *kept) size() int {
	return len(k.plain) + len(k.gzip) + len(k.brotli)
}

// send answers with the encoding that the request likes best, or with 304 when
// it has the page already.
func (k *kept) send(w http.ResponseWriter, r *http.Request) {
	body, encoding, tag := k.plain, "", `"`+k.tag+`"`
	switch accepts := r.Header.Values("Accept-Encoding"); {
	case accepted(accepts, "br"):
		body, encoding, tag = k.brotli, "br", `"`+k.tag+`-br"`
	case accepted(accepts, "gzip"):
		body, encoding, tag = k.gzip, "gzip", `"`+k.tag+`-gz"`
	}
	header := w.Header()
	header.Set("Cache-Control", publicCache)
	header.Set("Vary", "Accept-Encoding")
	header.Set("Etag", tag)
	if matches(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", k.contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	w.WriteHeader(http.StatusOK)
	// An error here is a reader who left: there is nobody to tell.
	_, _ = w.Write(body)
}

// accepted reports whether Accept-Encoding's values name an encoding without
// refusing it by a weight of nought.
func accepted(values []string, encoding string) bool {
	for _, value := range values {
		for one := range strings.SplitSeq(value, ",") {
			name, parameters, _ := strings.Cut(one, ";")
			if !strings.EqualFold(strings.TrimSpace(name), encoding) {
				continue
			}
			weight, given := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
			q, err := strconv.ParseFloat(weight, 64)
			return !given || err == nil && q > 0
		}
	}
	return false
}

// matches reports whether If-None-Match's values hold a tag.
func matches(values []string, tag string) bool {
	for _, value := range values {
		for one := range strings.SplitSeq(value, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == tag || one == "*" {
				return true
			}
		}
	}
	return false
}

// shelf keeps answers by address while changes of content are heard of; the
// zero value keeps nothing until hear is called.
type shelf struct {
	mu      sync.RWMutex
	hearing bool
	edition uint64 // grows with each change of content
	pages   map[string]*kept
	size    int
}

// get gives what is kept under a key, or nil, and the edition that an answer
// made now will belong to.
func (s *shelf) get(key string) (*kept, uint64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.pages[key], s.edition
}

// put keeps an answer unless content has changed since it was begun. When the
// shelf is full, others make room.
func (s *shelf) put(key string, k *kept, edition uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.hearing || s.edition != edition || k.size() > mostKeptSize {
		return
	}
	s.drop(key)
	for other := range s.pages {
		if len(s.pages) < mostKept && s.size+k.size() <= mostKeptSize {
			break
		}
		s.drop(other)
	}
	s.pages[key] = k
	s.size += k.size()
}

func (s *shelf) drop(key string) {
	if old, ok := s.pages[key]; ok {
		s.size -= old.size()
		delete(s.pages, key)
	}
}

// hear empties the shelf, and says whether changes are heard of from now on.
func (s *shelf) hear(hearing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hearing = hearing
	s.empty()
}

// clear empties the shelf: content has changed.
func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.empty()
}

func (s *shelf) empty() {
	s.edition++
	s.pages = make(map[string]*kept)
	s.size = 0
}

// key names an answer: its path and those query values that it depends on.
func key(path string, query map[string][]string, allowed []string) string {
	var b strings.Builder
	b.WriteString(path)
	for _, name := range slices.Sorted(slices.Values(allowed)) {
		for _, value := range query[name] {
			b.WriteByte('\n')
			b.WriteString(name)
			b.WriteByte('=')
			b.WriteString(value)
		}
	}
	return b.String()
}
