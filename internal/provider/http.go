package provider

import (
	"net/http"
	"time"
)

// largestAnswer is the most bytes that are read of an answer of the provider.
const largestAnswer = 1 << 20

// newHTTP makes a client that waits a short while, reads so much and follows
// nobody elsewhere: the provider's answers decide who somebody is.
func newHTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = callTime
	transport.IdleConnTimeout = 30 * time.Second
	return &http.Client{
		Timeout:       callTime,
		Transport:     bounded{transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// bounded reads no more of an answer than largestAnswer.
type bounded struct{ next http.RoundTripper }

// RoundTrip makes one request.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = http.MaxBytesReader(nil, answer.Body, largestAnswer)
	}
	return answer, err
}
