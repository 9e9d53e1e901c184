package admin

import (
	"net/http"

	"ahpfaculty/internal/staff"
)

// deviceCookie is the cookie by which a device on which somebody signed in before
// is told from a stranger's. It is no session: nobody gets in by it.
const deviceCookie = "portal_device"

// deviceToken is what the browser keeps since somebody signed in on its device;
// "" where nobody did.
func deviceToken(r *http.Request) string {
	cookie, err := r.Cookie(deviceCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// knowDevice has a browser keep what its device is known by, since the owner of
// an account has shown there that it is them.
func (h *Handler) knowDevice(w http.ResponseWriter, r *http.Request, account staff.Account) error {
	token, err := h.staff.KnowDevice(r.Context(), by(r), account.ID)
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: deviceCookie, Value: token, MaxAge: int(staff.DeviceLife.Seconds()), Path: h.sessions.Cookie.Path,
		HttpOnly: true, Secure: h.sessions.Cookie.Secure, SameSite: http.SameSiteLaxMode,
	})
	return nil
}
