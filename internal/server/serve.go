package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Limits of the HTTP server; a route that needs others raises its own.
const (
	headerTime  = 5 * time.Second
	readTime    = 15 * time.Second
	writeTime   = 20 * time.Second
	idleTime    = 60 * time.Second
	headerBytes = 16 << 10
	drainTime   = 15 * time.Second
)

// Serve answers requests on the listener until the context ends, then lets
// those under way finish, for at most drainTime.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := newHTTPServer(s)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		s.stopping.Store(true)
		drain, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		stopped <- server.Shutdown(drain)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	}
	if err := <-stopped; err != nil {
		return fmt.Errorf("waiting for requests to finish: %w", err)
	}
	return nil
}

// ServeMetrics answers /metrics on a listener of its own until the context ends.
func (s *Server) ServeMetrics(ctx context.Context, listener net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	server := newHTTPServer(mux)
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving metrics on %s: %w", listener.Addr(), err)
	}
	return nil
}

func newHTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
	}
}
