package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"ahpfaculty/internal/page"
)

// requestTime is how long a handler may take; it is shorter than the server's
// write limit, so that a slow request still gets its error page.
const requestTime = 15 * time.Second

// identify gives each request its id, its client's address and a deadline.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		id := rand.Text()[:12]
		ctx = page.WithConnection(ctx, r.Context())
		ctx = page.WithRequestID(ctx, id)
		ctx = page.WithClientAddress(ctx, clientAddress(r, s.deps.Config.TrustedProxies))
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// clientAddress believes X-Forwarded-For only as far as trusted proxies wrote
// it: from the right, the first address that is not a proxy's.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(addr, trusted); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop
	}
	return addr.Unmap()
}

func within(addr netip.Addr, prefixes []netip.Prefix) bool {
	for _, prefix := range prefixes {
		if prefix.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}

// record writes one log line and the metrics of each request. It names the
// route's pattern, never the path: a path may hold a token.
func (s *Server) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		wrapped := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(wrapped, r)
		status := wrapped.Status()
		if status == 0 {
			status = http.StatusOK
		}
		route := chi.RouteContext(r.Context()).RoutePattern()
		if route == "" {
			route = "none"
		}
		took := time.Since(started)
		s.metrics.observe(route, r.Method, status, took)
		s.deps.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("request_id", page.RequestID(r.Context())),
			slog.String("method", r.Method),
			slog.String("route", route),
			slog.Int("status", status),
			slog.Int("bytes", wrapped.BytesWritten()),
			slog.Duration("took", took))
	})
}

// recoverPanics turns a panic into the error page. The panic's value may hold
// what somebody typed, so the log gets its type and the stack alone.
func (s *Server) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if value == http.ErrAbortHandler {
				panic(value)
			}
			s.deps.Log.LogAttrs(r.Context(), slog.LevelError, "panic",
				slog.String("request_id", page.RequestID(r.Context())),
				slog.String("stack", string(debug.Stack())))
			s.pages.Fail(w, r, fmt.Errorf("panic of type %T", value))
		}()
		next.ServeHTTP(w, r)
	})
}

// contentPolicy allows what the portal itself serves and nothing else; no
// inline script or style, so it needs no nonces.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// harden sets the headers that every response carries.
func (s *Server) harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		// same-origin, not no-referrer: with that, browsers send "Origin: null"
		// on our own forms, and the cross-origin check would refuse them.
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
		if s.secure() {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// atBaseURL sends development's visitors of another host name to the one in
// the settings: cookies and passkeys belong to one host.
func (s *Server) atBaseURL(next http.Handler) http.Handler {
	base := s.deps.Config.BaseURL
	host := strings.TrimPrefix(strings.TrimPrefix(base, "http://"), "https://")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if s.deps.Config.Live() || r.Host == host || !reads || isProbe(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		http.Redirect(w, r, base+r.URL.RequestURI(), http.StatusTemporaryRedirect)
	})
}

func isProbe(path string) bool { return path == "/healthz" || path == "/readyz" }

// secure reports whether people reach the portal over TLS.
func (s *Server) secure() bool { return strings.HasPrefix(s.deps.Config.BaseURL, "https://") }
