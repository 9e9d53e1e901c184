package admin

import (
	"net/http"
	"slices"

	"ahpfaculty/internal/intake"
	"ahpfaculty/internal/interest"
	"ahpfaculty/internal/page"
	"ahpfaculty/internal/staff"
	"ahpfaculty/web/adminview"
)

// Routes is the table of the staff area: every page, and who may use it.
func (h *Handler) Routes() []page.Route {
	return h.withoutLocal(slices.Concat(
		h.providerRoutes(), h.homeRoutes(), h.signInRoutes(), h.accountRoutes(), h.queueRoutes(), h.importRoutes(), h.caseRoutes(),
		h.inboxRoutes(), h.settingRoutes(), h.staffRoutes(), h.auditRoutes()))
}

// homeRoutes are the first page and its figures.
func (h *Handler) homeRoutes() []page.Route {
	counts := page.Can(staff.SeeCounts)
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin", Who: counts, Handle: h.home},
		{Method: http.MethodGet, Path: "/admin/figures/{table}", Who: counts, Handle: h.figureFile(adminview.FiguresBySteps, adminview.FiguresByProfession, adminview.FiguresByQuarter, adminview.FiguresByStage)},
		{Method: http.MethodGet, Path: "/admin/figures/cases/{table}", Who: page.Can(staff.ExportAll), Handle: h.figureFile(adminview.WorkLate, adminview.WorkTimes, adminview.WorkLoad)},
	}
}

// signInRoutes are the ways in and out, and the proof of who somebody is.
func (h *Handler) signInRoutes() []page.Route {
	own := page.Can(staff.UseOwnAccount)
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/sign-in", Who: page.SignedOut, Handle: h.signInPage},
		{Method: http.MethodPost, Path: "/admin/sign-in", Who: page.SignedOut, Handle: h.signIn},
		{Method: http.MethodGet, Path: "/admin/sign-in/passkey", Who: page.SignedOut, Handle: h.signInPage},
		{Method: http.MethodPost, Path: "/admin/sign-in/passkey", Who: page.SignedOut, Handle: h.signInPasskey},
		{Method: http.MethodGet, Path: "/admin/forgot", Who: page.SignedOut, Handle: h.forgotPage},
		{Method: http.MethodPost, Path: "/admin/forgot", Who: page.SignedOut, Handle: h.forgot},
		{Method: http.MethodGet, Path: "/admin/link/{token}", Who: page.SignedOut, Handle: h.linkPage},
		{Method: http.MethodPost, Path: "/admin/link/{token}", Who: page.SignedOut, Handle: h.linkUse},
		{Method: http.MethodGet, Path: "/admin/second-step", Who: page.SecondStep, Handle: h.secondStepPage},
		{Method: http.MethodPost, Path: "/admin/second-step", Who: page.SecondStep, Handle: h.secondStep},
		{Method: http.MethodPost, Path: "/admin/second-step/passkey", Who: page.SecondStep, Handle: h.secondStepPasskey},
		{Method: http.MethodGet, Path: "/admin/second-step/recovery", Who: page.SecondStep, Handle: h.recoveryPage},
		{Method: http.MethodPost, Path: "/admin/second-step/recovery", Who: page.SecondStep, Handle: h.recovery},
		{Method: http.MethodGet, Path: "/admin/set-up", Who: page.SecondStep, Handle: h.setUpPage},
		{Method: http.MethodGet, Path: "/admin/set-up/code.png", Who: page.SecondStep, Handle: h.secretPicture},
		{Method: http.MethodPost, Path: "/admin/set-up", Who: page.SecondStep, Handle: h.setUp},
		{Method: http.MethodPost, Path: "/admin/set-up/passkey", Who: page.SecondStep, Handle: h.addPasskey},
		{Method: http.MethodGet, Path: "/admin/confirm", Who: own, Handle: h.confirmPage},
		{Method: http.MethodPost, Path: "/admin/confirm", Who: own, Handle: h.confirm},
		{Method: http.MethodPost, Path: "/admin/confirm/passkey", Who: own, Handle: h.confirmPasskey},
		{Method: http.MethodGet, Path: "/admin/kept", Who: own, Handle: h.givenBack},
		{Method: http.MethodGet, Path: "/admin/stay", Who: own, Handle: h.stay},
		{Method: http.MethodPost, Path: "/admin/sign-out", Who: page.Leaving, Handle: h.signOut},
	}
}

// accountRoutes are one's own account.
func (h *Handler) accountRoutes() []page.Route {
	own := page.Can(staff.UseOwnAccount)
	see := page.Can(staff.SeeCases)
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/account", Who: own, Handle: h.account},
		{Method: http.MethodGet, Path: "/admin/account/app", Who: own.Fresh(), Handle: h.setUpPage},
		{Method: http.MethodGet, Path: "/admin/account/app/code.png", Who: own.Fresh(), Handle: h.secretPicture},
		{Method: http.MethodPost, Path: "/admin/account/app", Who: own.Fresh(), Handle: h.setUp},
		{Method: http.MethodGet, Path: "/admin/account/passkeys", Who: own.Fresh(), Handle: h.addPasskeyPage},
		{Method: http.MethodPost, Path: "/admin/account/passkeys", Who: own.Fresh(), Handle: h.addPasskey},
		{Method: http.MethodGet, Path: "/admin/account/passkeys/{id}", Who: own.Fresh(), Handle: h.passkeyPage},
		{Method: http.MethodPost, Path: "/admin/account/passkeys/{id}/name", Who: own.Fresh(), Handle: h.passkeyName},
		{Method: http.MethodPost, Path: "/admin/account/passkeys/{id}/remove", Who: own.Fresh(), Handle: h.passkeyRemove},
		{Method: http.MethodGet, Path: "/admin/account/recovery-codes", Who: own.Fresh(), Handle: h.newCodesPage},
		{Method: http.MethodPost, Path: "/admin/account/recovery-codes", Who: own.Fresh(), Handle: h.newCodes},
		{Method: http.MethodPost, Path: "/admin/account/password", Who: own, Handle: h.accountPassword},
		{Method: http.MethodPost, Path: "/admin/account/sessions/{id}/end", Who: own, Handle: h.accountEndSession},
		{Method: http.MethodPost, Path: "/admin/account/end-sessions", Who: own, Handle: h.accountEndSessions},
		{Method: http.MethodGet, Path: "/admin/account/notifications", Who: see, Handle: h.noticesPage},
		{Method: http.MethodPost, Path: "/admin/account/notifications", Who: see, Handle: h.noticesChoose},
	}
}

// queueRoutes are the cases together: the queue, exports and changes of many.
func (h *Handler) queueRoutes() []page.Route {
	see := page.Can(staff.SeeCases)
	work := page.Can(staff.WorkCases)
	many := page.Can(staff.ExportOwn).Fresh()
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/expressions", Who: see, Handle: h.expressions},
		{Method: http.MethodPost, Path: "/admin/expressions/search", Who: see, Handle: h.expressionsSearch},
		{Method: http.MethodPost, Path: "/admin/expressions/take", Who: work, Handle: h.expressionsTake},
		{Method: http.MethodPost, Path: "/admin/expressions/views", Who: see, Handle: h.expressionsViewSave},
		{Method: http.MethodPost, Path: "/admin/expressions/views/{id}/delete", Who: see, Handle: h.expressionsViewDelete},
		{Method: http.MethodGet, Path: "/admin/expressions/export", Who: many, Handle: h.expressionsExportPage},
		{Method: http.MethodPost, Path: "/admin/expressions/export", Who: many, Handle: h.expressionsExport},
		{Method: http.MethodGet, Path: "/admin/expressions/export/{id}", Who: many, Handle: h.expressionsExportOrdered},
		{Method: http.MethodPost, Path: "/admin/expressions/export/{id}/file", Who: many, Handle: h.expressionsExportFile},
		{Method: http.MethodGet, Path: "/admin/expressions/bulk", Who: many, Handle: h.bulkChoose},
		{Method: http.MethodPost, Path: "/admin/expressions/bulk", Who: many, Handle: h.bulkPlan},
		{Method: http.MethodGet, Path: "/admin/expressions/bulk/{id}", Who: page.Can(staff.ExportOwn), Handle: h.bulkChange},
		{Method: http.MethodPost, Path: "/admin/expressions/bulk/{id}/start", Who: many, Handle: h.bulkStart},
	}
}

// importRoutes are files of cases that come in.
func (h *Handler) importRoutes() []page.Route {
	all := page.Can(staff.ExportAll).Fresh()
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/expressions/import", Who: all, Handle: h.importsPage},
		{Method: http.MethodPost, Path: "/admin/expressions/import", Who: all, File: adminview.FileField, MaxBody: intake.MaxFile, Handle: h.importUpload},
		{Method: http.MethodGet, Path: "/admin/expressions/import/headings.csv", Who: all, Handle: h.importHeadings},
		{Method: http.MethodGet, Path: "/admin/expressions/import/{id}", Who: all, Handle: h.importFile},
		{Method: http.MethodPost, Path: "/admin/expressions/import/{id}", Who: all, Handle: h.importMap},
		{Method: http.MethodGet, Path: "/admin/expressions/import/{id}/problems.csv", Who: all, Handle: h.importProblems},
		{Method: http.MethodPost, Path: "/admin/expressions/import/{id}/start", Who: all, Handle: h.importStart},
		{Method: http.MethodPost, Path: "/admin/expressions/import/{id}/discard", Who: all, Handle: h.importDiscard},
	}
}

// caseRoutes are one case.
func (h *Handler) caseRoutes() []page.Route {
	see := page.Can(staff.SeeCases)
	work := page.Can(staff.WorkCases)
	erase := page.Can(staff.EraseCases)
	eraseFresh := page.Can(staff.EraseCases).Fresh()
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/expressions/{reference}", Who: see, Handle: h.ofCase(h.expression)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/move", Who: work, Handle: h.ofCase(h.expressionMove)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/assign", Who: work, Handle: h.ofCase(h.expressionAssign)},
		{Method: http.MethodGet, Path: "/admin/expressions/{reference}/correct/{step}", Who: work, Handle: h.ofCase(h.expressionCorrectPage)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/correct/{step}", Who: work, Handle: h.ofCase(h.expressionCorrect)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/note", Who: work, Handle: h.ofCase(h.expressionNote)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/bounced", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventBounced))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/reachable", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventReachable))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/readdressed", Who: work, Handle: h.ofCase(h.expressionAddress(interest.EventReaddressed))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/ask", Who: work, Handle: h.ofCase(h.expressionAsk)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/take-back", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.TakeBack, "The question was taken back"))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/hold", Who: work, Handle: h.ofCase(h.expressionHold)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/resume", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.Resume, "The case goes on"))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/copy-given", Who: erase, Handle: h.ofCase(h.expressionTurn(h.interest.GiveCopy, "Recorded: the person has a copy of their data"))},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/rescue", Who: work, Handle: h.ofCase(h.expressionTurn(h.interest.Rescue, "Among the cases now. The person gets their confirmation by email"))},
		{Method: http.MethodGet, Path: "/admin/expressions/{reference}/data", Who: eraseFresh, Handle: h.ofCase(h.expressionData)},
		{Method: http.MethodGet, Path: "/admin/expressions/{reference}/data.json", Who: eraseFresh, Handle: h.ofCase(h.expressionDataFile)},
		{Method: http.MethodGet, Path: "/admin/expressions/{reference}/erase", Who: eraseFresh, Handle: h.ofCase(h.expressionErasePage)},
		{Method: http.MethodPost, Path: "/admin/expressions/{reference}/erase", Who: eraseFresh, Handle: h.ofCase(h.expressionErase)},
	}
}

// inboxRoutes are enquiries and offers.
func (h *Handler) inboxRoutes() []page.Route {
	see := page.Can(staff.SeeCases)
	work := page.Can(staff.WorkCases)
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/enquiries", Who: see, Handle: h.enquiries},
		{Method: http.MethodGet, Path: "/admin/enquiries/{reference}", Who: see, Handle: h.enquiryPage},
		{Method: http.MethodPost, Path: "/admin/enquiries/{reference}/change", Who: work, Handle: h.enquiryChange},
		{Method: http.MethodPost, Path: "/admin/enquiries/{reference}/note", Who: work, Handle: h.enquiryNote},

		{Method: http.MethodGet, Path: "/admin/offers", Who: see, Handle: h.offersList},
		{Method: http.MethodGet, Path: "/admin/offers/{reference}", Who: see, Handle: h.offerPage},
		{Method: http.MethodPost, Path: "/admin/offers/{reference}/change", Who: work, Handle: h.offerChange},
		{Method: http.MethodPost, Path: "/admin/offers/{reference}/note", Who: work, Handle: h.offerNote},
	}
}

// settingRoutes are what the faculty sets: rules, retention and times.
func (h *Handler) settingRoutes() []page.Route {
	edit := page.Can(staff.EditContent)
	erase := page.Can(staff.EraseCases)
	eraseFresh := page.Can(staff.EraseCases).Fresh()
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/rules", Who: edit, Handle: h.rulesList},
		{Method: http.MethodPost, Path: "/admin/rules/check", Who: edit, Handle: h.rulesCheck},
		{Method: http.MethodGet, Path: "/admin/rules/figures/{slug}", Who: edit, Handle: h.figure},
		{Method: http.MethodPost, Path: "/admin/rules/figures/{slug}", Who: edit, Handle: h.figureSet},

		{Method: http.MethodGet, Path: "/admin/retention", Who: erase, Handle: h.retentionList},
		{Method: http.MethodGet, Path: "/admin/retention/{kind}", Who: eraseFresh, Handle: h.retentionRule},
		{Method: http.MethodPost, Path: "/admin/retention/{kind}", Who: eraseFresh, Handle: h.retentionSet},

		{Method: http.MethodGet, Path: "/admin/times", Who: erase, Handle: h.times},
		{Method: http.MethodPost, Path: "/admin/times/stages", Who: eraseFresh, Handle: h.stageLimitsSet},
		{Method: http.MethodPost, Path: "/admin/times/replies", Who: eraseFresh, Handle: h.replyTimesSet},
		{Method: http.MethodPost, Path: "/admin/times/holidays", Who: eraseFresh, Handle: h.holidayAdd},
		{Method: http.MethodPost, Path: "/admin/times/holidays/remove", Who: eraseFresh, Handle: h.holidayRemove},
	}
}

// staffRoutes are the accounts of staff and their shared mailbox.
func (h *Handler) staffRoutes() []page.Route {
	manage := page.Can(staff.ManageStaff)
	manageFresh := page.Can(staff.ManageStaff).Fresh()
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/staff", Who: manage, Handle: h.staffList},
		{Method: http.MethodGet, Path: "/admin/staff/add", Who: manageFresh, Handle: h.staffAddPage},
		{Method: http.MethodPost, Path: "/admin/staff/add", Who: manageFresh, Handle: h.staffAdd},
		{Method: http.MethodGet, Path: "/admin/staff/{id}", Who: manageFresh, Handle: h.staffPerson},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/role", Who: manageFresh, Handle: h.staffRole},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/link", Who: manageFresh, Handle: h.staffLink},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/end-sessions", Who: manageFresh, Handle: h.staffEndSessions},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/reset-second-factor", Who: manageFresh, Handle: h.staffResetFactor},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/disable", Who: manageFresh, Handle: h.staffDisable},
		{Method: http.MethodPost, Path: "/admin/staff/{id}/enable", Who: manageFresh, Handle: h.staffEnable},
		{Method: http.MethodGet, Path: "/admin/mailbox", Who: manageFresh, Handle: h.mailboxPage},
		{Method: http.MethodPost, Path: "/admin/mailbox", Who: manageFresh, Handle: h.mailboxSet},
	}
}

// auditRoutes are the record of who did what.
func (h *Handler) auditRoutes() []page.Route {
	read := page.Can(staff.ReadAudit)
	return []page.Route{
		{Method: http.MethodGet, Path: "/admin/audit", Who: read, Handle: h.audit},
		{Method: http.MethodPost, Path: "/admin/audit", Who: read, Handle: h.auditFilter},
		{Method: http.MethodGet, Path: "/admin/audit.csv", Who: read.Fresh(), Handle: h.auditFile},
	}
}
