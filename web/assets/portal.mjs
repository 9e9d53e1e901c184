// The portal's one script: it starts the scripts of the design system's
// components on the page. Every page works without it. A field for a file stays
// the browser's own, whose button tells its name: the script's does not.
import {
  createAll,
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initHeader,
  initNotificationBanners,
  initPasswordInputs,
  initScroll,
  initSkipLinks,
  initTables,
  initTabs,
  Radios
} from 'nhsuk-frontend'
import { initIdle } from './idle.mjs'
import { initPasskeys } from './passkey.mjs'

/** Radios that reveal a further question, without the aria-expanded that ARIA
 * does not allow on a radio; which one is chosen says the same. */
class RevealingRadios extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input)
    $input.removeAttribute('aria-expanded')
  }
}

// The components do nothing, and hide nothing, without these classes.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

for (const start of [
  initButtons,
  initCharacterCounts,
  initCheckboxes,
  initErrorSummary,
  initHeader,
  initIdle,
  initNotificationBanners,
  initPasskeys,
  initPasswordInputs,
  () => createAll(RevealingRadios),
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
