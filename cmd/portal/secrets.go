package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ahpfaculty/internal/config"
)

// secrets are the keys that sign forms. Production names them in its settings;
// development keeps one in the data folder, so that a restart ends no form.
func secrets(c config.Config) ([][]byte, error) {
	if len(c.Secrets) > 0 {
		return c.Secrets, nil
	}
	path := filepath.Join(c.DataDir, "secret")
	secret, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		secret = []byte(rand.Text() + rand.Text())
		if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
			return nil, fmt.Errorf("making the data folder: %w", err)
		}
		err = os.WriteFile(path, secret, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("keeping the signing key: %w", err)
	}
	if len(secret) < 32 {
		return nil, fmt.Errorf("the signing key in %s is too short: delete the file, and the next start makes a new one", path)
	}
	return [][]byte{secret}, nil
}
