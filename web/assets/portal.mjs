// The portal's one script: it starts the scripts of the design system's
// components on the page. Every page works without it.
import {
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initFileUploads,
  initHeader,
  initNotificationBanners,
  initPasswordInputs,
  initRadios,
  initScroll,
  initSkipLinks,
  initTables,
  initTabs
} from 'nhsuk-frontend'

// The components do nothing, and hide nothing, without these classes.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

for (const start of [
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initFileUploads,
  initHeader,
  initNotificationBanners,
  initPasswordInputs,
  initRadios,
  initScroll,
  initSkipLinks,
  initTables,
  initTabs
]) {
  try {
    start()
  } catch (error) {
    // One component that fails must not keep the others from working.
    console.error(error)
  }
}
