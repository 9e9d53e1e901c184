// The returner's form in a window, by keyboard alone.
import assert from 'node:assert/strict'
import { choose, follow, press, tick, type } from './keyboard.mjs'

const nothing = async () => {}
const path = (page) => new URL(page.url()).pathname

/** What is done on each page of the form. */
const answers = {
  profession: (page) => choose(page, 'Physiotherapist'),
  standing: (page) => choose(page, 'I was registered, and my registration has ended'),
  abroad: (page) => choose(page, 'No'),
  'last-practised': async (page) => {
    await type(page, 'month', '5')
    await type(page, 'year', '2020')
  },
  name: (page) => type(page, 'name', 'Zoë van der Wal'),
  'registered-name': (page) => choose(page, 'No'),
  email: (page, address) => type(page, 'email', address),
  phone: nothing,
  postcode: (page) => type(page, 'postcode', 'LN1'),
  'register-number': (page) => type(page, 'number', 'PH12345'),
  programme: (page) => choose(page, 'No'),
  experience: async (page) => {
    await type(page, 'role', 'Senior physiotherapist')
    await choose(page, 'Hospital')
    await type(page, 'years', '8')
  },
  organisations: (page) => tick(page, 'United Lincolnshire Hospitals NHS Trust'),
  settings: (page) => tick(page, 'Hospital'),
  hours: (page) => choose(page, 'Part time'),
  start: (page) => choose(page, 'As soon as possible'),
  help: (page) => tick(page, 'Finding a placement'),
  privacy: (page) => tick(page, 'I have read how my information is used')
}

/** The questions that it asks, in their order. */
export const steps = Object.keys(answers)

/** The first section of the task list that is not done. */
const nextSection = (page) => page.locator('.nhsuk-task-list__item').filter({ hasNotText: 'Completed' }).first().getByRole('link').innerText()

/** Fills in the form from its task list, up to a question or to the page of all
 * answers, and gives the questions that were asked. */
export async function fill(page, { see = nothing, until = 'check', address = 'zoe@example.org' } = {}) {
  const seen = []
  for (;;) {
    const step = path(page).split('/').pop()
    if (step === until) return seen
    await see(page)
    if (step === 'tasks') {
      await follow(page, await nextSection(page))
      continue
    }
    if (step === 'your-days') {
      assert.match(await page.locator('h1').innerText(), /60 days/)
      await press(page, 'Continue')
      continue
    }
    seen.push(step)
    assert.ok(answers[step], `the form asks ${step}, which this test does not know`)
    await answers[step](page, address)
    await press(page, 'Save and continue')
    assert.equal(await page.locator('.nhsuk-error-summary').count(), 0, `${step}: ${await page.locator('main').innerText()}`)
  }
}

/** Sends the form from the page of all answers, and gives the reference. */
export async function send(page, see = nothing) {
  await see(page)
  await press(page, 'Send')
  assert.equal(path(page), '/apply/sent')
  await see(page)
  const panel = await page.locator('.nhsuk-panel').innerText()
  const [found] = panel.match(/[A-Z2-9]{3,4}-[A-Z2-9]{3,4}/) ?? []
  assert.ok(found, `no reference in ${panel}`)
  assert.doesNotMatch(found, /[01IO]/)
  await page.reload()
  assert.ok((await page.locator('.nhsuk-panel').innerText()).includes(found), 'the confirmation page does not reload')
  return found
}
