package staff

import (
	"net/netip"
	"strings"
)

// DeviceOf says which browser on which system a User-Agent header speaks of,
// in words that their owner knows. It keeps nothing else of the header.
func DeviceOf(userAgent string) string {
	browser, system := "A browser", ""
	// The first that fits: each says the names of those after it too.
	for _, one := range [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}} {
		if strings.Contains(userAgent, one[0]) {
			browser = one[1]
			break
		}
	}
	for _, one := range [][2]string{{"iPhone", "an iPhone"}, {"iPad", "an iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"Mac OS X", "a Mac"}, {"CrOS", "a Chromebook"}, {"Linux", "Linux"}} {
		if strings.Contains(userAgent, one[0]) {
			system = one[1]
			break
		}
	}
	if system == "" {
		return browser
	}
	return browser + " on " + system
}

// shortened is the part of an address that tells networks apart and people not:
// the first half of an IPv4 address, the first 32 bits of an IPv6 one.
func shortened(addr netip.Addr) string {
	addr = addr.Unmap()
	if !addr.IsValid() {
		return ""
	}
	if addr.Is4() {
		octets := strings.Split(addr.String(), ".")
		return octets[0] + "." + octets[1] + ".…"
	}
	prefix, err := addr.Prefix(32)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(prefix.Masked().Addr().String(), "::") + ":…"
}
