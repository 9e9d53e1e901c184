// Every page of a portal in every state that it can be in: empty, filled, with
// errors. Visitors without a browser walk through all of it.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { dashboardStates } from './dashboard.mjs'
import { enquiryCaseStates, enquiryStates } from './enquiries.mjs'
import { exportStates } from './exports.mjs'
import { figureStates } from './figures.mjs'
import { offerCaseStates, offerStates } from './offers.mjs'
import { brokenStates, refusedStates } from './refusals.mjs'
import { assignStates, bulkStates, correctStates, letterStates } from './cases.mjs'
import { setUp } from './phone.mjs'
import { importStates } from './imports.mjs'
import { returnStates } from './returns.mjs'
import { retentionStates, rightsStates } from './rights.mjs'
import { confirmStates, ownAccountStates } from './people.mjs'
import { timesStates } from './times.mjs'
import { copyStates, turnStates } from './turns.mjs'
import { queueStates } from './queue.mjs'
import { trackStates } from './tracks.mjs'
import { States, Visitor, attribute, noProgramWaits, unescape } from './visitor.mjs'

export const password = 'three grey herons by the dyke'

/** What is answered on each step of the form, by its last path segment. */
const answers = {
  profession: () => ({ profession: 'physiotherapists' }),
  branch: (v) => ({ branch: v.offered('branch')[0] }),
  standing: () => ({ standing: 'left-register' }),
  abroad: () => ({ abroad: 'no' }),
  'last-practised': () => ({ day: '', month: '5', year: '2020' }),
  'qualified-where': () => ({ 'in-uk': 'yes' }),
  qualified: () => ({ day: '', month: '5', year: '2022' }),
  name: () => ({ name: 'Zoë van der Wal' }),
  'registered-name': () => ({ other: 'yes', 'registered-name': 'Zoë Bakker' }),
  email: () => ({ email: 'zoe@example.org' }),
  phone: () => ({ phone: '01522 555 000' }),
  contact: (v) => ({ by: v.offered('by')[0] }),
  postcode: () => ({ postcode: 'LN1' }),
  'register-number': () => ({ number: 'PH12345' }),
  programme: () => ({ registered: 'yes', reference: 'RTP 2026 014' }),
  experience: (v) => ({ role: 'Senior physiotherapist', setting: v.offered('setting')[0], years: '8' }),
  organisations: (v) => ({ organisations: v.offered('organisations')[0] }),
  settings: (v) => ({ settings: v.offered('settings')[1] }),
  hours: () => ({ hours: 'part-time' }),
  start: (v) => ({ choice: v.offered('choice')[1], month: '9', year: String(new Date().getFullYear() + 1) }),
  help: (v) => ({ help: v.offered('help')[0] }),
  privacy: (v) => ({ read: v.offered('read')[0] })
}

const mistakes = {
  'last-practised': { day: '31', month: '2', year: '2020' },
  qualified: { day: '', month: '13', year: '2022' },
  email: { email: 'zoe at example' },
  phone: { phone: '12' },
  postcode: { postcode: 'nowhere at all' },
  'register-number': { number: 'XX1' },
  'registered-name': { other: 'yes', 'registered-name': '' },
  experience: { role: 'x'.repeat(500), years: 'many' },
  start: { choice: 'from', month: '13', year: '1' }
}

const stepsAtMost = 40

/** The first questions of the sections, in the order in which they are filled in. */
const sections = ['name', 'register-number', 'experience', 'organisations', 'privacy']

/** Answers the form from its first question, each with nothing and with a
 * mistake before it is answered well. Ends on the page of all answers, or where
 * somebody learns that another route is theirs. */
export async function fillForm(visitor, { chosen = {}, mistaken = false, situationAlone = false } = {}) {
  await visitor.get('/apply')
  await visitor.send('/apply', {})
  await visitor.get('/apply/profession')
  const seen = []
  for (let i = 0; i < stepsAtMost; i++) {
    const step = visitor.path.split('/').pop()
    if (step === 'check') return seen
    if (step === 'your-days') {
      const [next] = visitor.body.match(/<a[^>]*class="nhsuk-button"[^>]*>/) ?? []
      if (!next || situationAlone) return seen
      await visitor.get(attribute(next, 'href'))
      continue
    }
    if (step === 'tasks') {
      const next = sections.find((one) => !seen.includes(one) && visitor.body.includes(`/apply/${one}"`))
      assert.ok(next, `no section is left after ${seen}: ${visitor.body}`)
      await visitor.get(`/apply/${next}`)
      continue
    }
    await answer(visitor, step, { ...answers, ...chosen }[step], mistaken)
    seen.push(step)
  }
  assert.fail(`the form does not end: ${seen}`)
}

async function answer(visitor, step, good, mistaken) {
  assert.ok(good, `the form asks ${step} (${visitor.url}), which this test does not know`)
  const action = `/apply/${step}`
  if (mistaken) {
    await visitor.send(action, {}, 'with nothing')
    await visitor.get(action)
    if (mistakes[step]) await visitor.send(action, mistakes[step], 'with a mistake')
    await visitor.get(action)
  }
  await visitor.send(action, good(visitor))
  const next = visitor.path
  assert.ok(visitor.status === 200 && next !== action, `${step} is not taken: ${visitor.body}`)
  await visitor.get(action, 'filled')
  await visitor.get(next)
}

/** Public pages: all that the sitemap names, searches, and what is not there. */
async function publicStates(portal, states) {
  const visitor = await Visitor.start(portal, states)
  const sitemap = (await visitor.http.get('/sitemap.xml').then((response) => response.text())).matchAll(/<loc>([^<]+)<\/loc>/g)
  const paths = [...sitemap].map((match) => new URL(match[1]).pathname)
  assert.ok(paths.length > 60, `the sitemap has ${paths.length} pages`)
  for (const path of paths) await visitor.get(path)
  await visitor.get('/professions')
  const filters = [...new Set([...visitor.body.matchAll(/href="(\/professions\?[^"]+)"/g)].map((match) => unescape(match[1])))]
  for (const path of [...filters, '/professions?works=nothing', '/strategy/objectives', '/strategy/objectives?theme=nothing']) await visitor.get(path)
  for (const path of ['/search', '/search?q=', '/search?q=children', '/search?q=zzzz', '/dev/mail', '/admin/forgot', '/apply/tasks']) await visitor.get(path)
  await visitor.get('/dev/components')
  const gallery = [...visitor.body.matchAll(/href="(\/dev\/components\/[a-z-]+)"/g)].map((match) => match[1])
  assert.ok(gallery.length >= 40, `the gallery has ${gallery.length} components`)
  for (const path of gallery) {
    await visitor.get(path)
    for (const [, state] of visitor.body.matchAll(/href="(\/dev\/components\/[a-z-]+\/\d+)"/g)) await visitor.get(state)
  }
  for (const path of ['/robots.txt', '/.well-known/security.txt', '/sitemap.xml', '/healthz', '/readyz']) await visitor.get(path)
  await visitor.get('/')
  await visitor.get(visitor.body.match(/\/static\/portal\.[0-9a-f]+\.css/)[0])
  await visitor.get('/apply')
  await visitor.post('/apply', {}, 'without a form key')
  assert.equal(visitor.status, 403)
  await visitor.end()
}

/** The days calculator: each kind of answer, a plan, and answers taken into the form. */
async function calculatorStates(portal, states) {
  const calculator = '/return-to-practice/days'
  const carry = '/apply/carry'
  const visitor = await Visitor.start(portal, states)
  const left = { standing: 'left-register', 'left-abroad': 'no', 'left-month': '5', 'left-year': '2020' }
  await visitor.get(calculator)
  await visitor.send(calculator, {}, 'with nothing')
  assert.equal(visitor.status, 422)
  await visitor.send(calculator, { profession: 'dietitians', ...left, 'left-day': '31', 'left-month': '2' }, 'with a mistake')
  await visitor.get(calculator)
  await visitor.send(calculator, { profession: 'osteopaths' }, 'for an osteopath')
  const now = new Date()
  await visitor.send(calculator, { profession: 'dietitians', ...left, 'left-month': String(now.getMonth() + 1), 'left-year': String(now.getFullYear() - 2) }, 'with two answers')
  await visitor.send(calculator, { profession: 'radiographers', ...left }, 'with days')
  assert.match(visitor.body, /At least \d+ days of updating/)
  await visitor.send(carry, {}, 'from the calculator')
  await visitor.get(calculator)
  await visitor.send(calculator, { profession: 'dietitians', ...left })
  const [plan] = visitor.body.match(/<form[^>]*#plan[\s\S]*?<\/form>/)
  const hidden = [...plan.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')])
  await visitor.post(calculator, [...hidden, ['supervised', '10'], ['private', '50'], ['early', '2']], 'with a plan')
  await visitor.post(calculator, [...hidden, ['formal', 'a few']], 'with a plan of words')
  await visitor.send(carry, {}, 'over other answers')
  assert.equal(visitor.status, 409)
  await visitor.send(carry, {}, 'with no choice')
  await visitor.send(carry, { use: 'carried' }, 'chosen')
  await visitor.end()
}

const situations = {
  'an osteopath': { profession: () => ({ profession: 'osteopaths' }) },
  'still practising': { standing: () => ({ standing: 'registered-practising' }) },
  'registered, not practising': { standing: () => ({ standing: 'registered-not-practising' }) },
  'removed from the register': { standing: () => ({ standing: 'removed-from-register' }) },
  'never registered, trained abroad': { standing: () => ({ standing: 'never-registered' }), 'qualified-where': () => ({ 'in-uk': 'no' }) },
  'never registered, trained lately': { standing: () => ({ standing: 'never-registered' }) },
  'never registered, trained long ago': { standing: () => ({ standing: 'never-registered' }), qualified: () => ({ day: '', month: '5', year: '2009' }) },
  'practised abroad': { abroad: () => ({ abroad: 'yes' }) },
  'away for a short time': { 'last-practised': () => ({ day: '', month: '5', year: String(new Date().getFullYear() - 1) }) },
  'on the edge of 5 years': { 'last-practised': () => ({ day: '', month: String(new Date().getMonth() + 1), year: String(new Date().getFullYear() - 5) }) },
  'a branch': { profession: () => ({ profession: 'radiographers' }) }
}

/** The form: every situation's result, and one sent from end to end. */
async function formStates(portal, states) {
  for (const chosen of Object.values(situations)) {
    const visitor = await Visitor.start(portal, states)
    await fillForm(visitor, { chosen, situationAlone: true, mistaken: 'profession' in chosen || 'qualified' in chosen })
    assert.equal(visitor.path, '/apply/your-days')
    await visitor.get('/apply/tasks', 'with the situation alone')
    await visitor.end()
  }
  const visitor = await Visitor.start(portal, states)
  await fillForm(visitor, { mistaken: true })
  await visitor.get('/apply/profession?from=check', 'to change')
  await visitor.get('/apply/tasks', 'with everything')
  await sleep(noProgramWaits)
  await visitor.get('/apply/check')
  await visitor.send('/apply/check', {})
  assert.equal(visitor.path, '/apply/sent')
  await visitor.get(await firstMail(visitor))
  await visitor.end()
  const program = await Visitor.start(portal, states)
  await fillForm(program)
  await program.send('/apply/check', { subject: 'Cheap pills' }, 'by a program')
  assert.equal(program.path, '/apply/sent')
  await program.end()
}

/** The address of a mail, as soon as the worker has sent one. */
async function firstMail(visitor) {
  for (let i = 0; i < 50; i++) {
    await visitor.get('/dev/mail', 'with a mail')
    const [mail] = visitor.body.match(/\/dev\/mail\/[0-9a-f-]+/) ?? []
    if (mail) return mail
    await sleep(200)
  }
  assert.fail('no mail came')
}

/** The staff area before anybody has sent the form. */
async function emptyStaffStates(portal, states) {
  const lead = await Visitor.start(portal, states)
  const link = portal.link
  await lead.get(link)
  await lead.send(link, { name: '', email: 'ada', password: 'short' }, 'with mistakes')
  await lead.get(link)
  await lead.send(link, { name: 'Ada Lead', email: 'ada@example.nhs.uk', password })
  lead.phone = await setUp(lead, true)
  assert.equal(lead.path, '/admin')
  for (const path of ['/admin', '/admin/expressions', '/admin/enquiries', '/admin/offers', '/admin/staff', '/admin/audit', '/admin/account']) await lead.get(path, 'before any form')
  const late = await Visitor.start(portal, states)
  await late.get(link, 'used up')
  assert.equal(late.status, 410)
  await late.end()
  return lead
}

/** The staff area with forms that were sent. */
async function filledStaffStates(portal, states, lead) {
  const signIn = '/admin/sign-in'
  const other = await Visitor.start(portal, states)
  await other.get('/admin')
  await other.send(signIn, { email: '', password: '' }, 'with nothing')
  await other.get(signIn)
  await other.send(signIn, { email: 'ada@example.nhs.uk', password: 'not this one' }, 'with a wrong password')
  await other.get('/admin/forgot')
  await other.send('/admin/forgot', { email: 'ada' }, 'with a mistake')
  await other.get('/admin/forgot')
  await other.send('/admin/forgot', { email: 'nobody@example.nhs.uk' })
  await other.end()

  for (const path of ['/admin', '/admin/expressions', '/admin/expressions?stage=returned', '/admin/expressions?profession=osteopaths']) await lead.get(path, 'with a form')
  await lead.get('/admin/expressions')
  await lead.send('/admin/expressions/search', { text: 'zzzz' }, 'to nothing')
  await lead.get('/admin/expressions')
  const [, reference] = lead.body.match(/\/admin\/expressions\/([A-Z2-9-]+)"/) ?? []
  assert.ok(reference, `no case in ${lead.body}`)
  const item = `/admin/expressions/${reference}`
  await lead.get(item, 'new')
  await lead.send(`${item}/move`, {}, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/note`, { note: '' }, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/move`, { to: lead.offered('to')[0], note: 'Rang the returner' }, 'moved')
  await lead.get(item)
  await lead.send(`${item}/note`, { note: 'A longer note.\nWith two lines.' }, 'noted')
  await lead.get(item, 'moved and noted')
  await assignStates(lead, item)
  await queueStates(lead)
  await letterStates(lead, item)
  await correctStates(lead, item)
  await lead.get(item)
  await addressStates(lead, item)
  await rescueStates(lead)
  await turnStates(lead, item)
  await trackStates(portal, states, lead, item, 'zoe@example.org.uk')
  await copyStates(lead, item)
  await bulkStates(lead)
  await peopleStates(portal, states, lead, item)
  await dashboardStates(lead)
  await figureStates(lead)
  await enquiryCaseStates(lead)
  await offerCaseStates(lead)
  await rulesStates(lead)

  await lead.get('/admin/account')
  await lead.send('/admin/account/password', {}, 'with nothing')
  await lead.get('/admin/account')
  await lead.send('/admin/account/password', { current: 'not this one', password: 'short' }, 'with mistakes')
  await noticeStates(lead)
  await auditStates(lead)
  for (const path of ['/admin/audit', '/admin/staff']) await lead.get(path, 'at the end')
}

/** What is told by email: one's own choices and the shared mailbox. */
async function noticeStates(lead) {
  const own = '/admin/account/notifications'
  const all = { new: 'at-once', assigned: 'daily', answered: 'off', 'due-soon': 'off', late: 'daily' }
  await lead.get(own)
  await lead.send(own, { ...all, late: 'hourly' }, 'with a mistake')
  assert.equal(lead.status, 422)
  await lead.get(own)
  await lead.send(own, all, 'chosen')
  const mailbox = '/admin/mailbox'
  await lead.get(mailbox)
  const opened = lead.body
  await lead.send(mailbox, { ...all, email: 'team at example' }, 'with a mistake')
  await lead.get(mailbox)
  await lead.send(mailbox, { ...all, email: 'team@example.nhs.uk' }, 'set')
  lead.body = opened
  await lead.send(mailbox, { ...all, email: 'other@example.nhs.uk' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.get(mailbox)
  await lead.send(mailbox, { ...all, email: '' }, 'without one')
}

/** The audit: filtered, to nothing, with mistakes, and its next page. */
async function auditStates(lead) {
  const audit = '/admin/audit'
  await lead.get(audit)
  await lead.send(audit, { about: 'nothing like it', from: '31/2/2026', to: 'soon' }, 'with mistakes')
  assert.equal(lead.status, 422)
  await lead.get(audit)
  const older = attribute(lead.body.match(/<a[^>]*href="[^"]*before=[^"]*"[^>]*>/)[0], 'href')
  await lead.send(audit, { to: '1/1/2020' }, 'to nothing')
  await lead.get(`${audit}.csv?to=2020-01-01`)
  await lead.get(unescape(older), 'older')
  await lead.get(audit)
  await lead.send(audit, { outcome: 'refused', from: '20 November 2026' }, 'filtered')
}

/** What a program sent is set aside, and brought among the cases. */
async function rescueStates(lead) {
  await lead.get('/admin/expressions', 'with one set aside')
  await lead.get('/admin/expressions?tab=set-aside')
  const [, reference] = lead.body.match(/\/admin\/expressions\/([A-Z2-9-]+)"/) ?? assert.fail(`nothing is set aside in ${lead.body}`)
  const item = `/admin/expressions/${reference}`
  await lead.get(item, 'set aside')
  const opened = lead.body
  await lead.send(`${item}/rescue`, {}, 'rescued')
  lead.body = opened.replace(/name="version" value="\d+"/g, 'name="version" value="0"').replace(/name="form_key" value="[^"]*"/g, lead.body.match(/name="form_key" value="[^"]*"/)[0])
  await lead.send(`${item}/rescue`, {}, 'from an older window')
  assert.equal(lead.status, 409)
}

/** A case whose person mail does not reach, until the address is put right. */
async function addressStates(lead, item) {
  await lead.send(`${item}/readdressed`, { email: 'zoe at example' }, 'with a mistake')
  assert.equal(lead.status, 422)
  await lead.get(item)
  const opened = lead.body
  await lead.send(`${item}/bounced`, { note: 'The mailbox is full.' }, 'with mail that came back')
  await lead.get('/admin/expressions', 'with mail that came back')
  lead.body = opened
  await lead.send(`${item}/bounced`, { note: 'It came back again.' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/reachable`, {}, 'with mail that arrives again')
  await lead.send(`${item}/readdressed`, { email: 'zoe@example.org.uk' }, 'with another address')
}

/** Figures and rules: one looked at, set with a mistake, set well, and checked. */
async function rulesStates(lead) {
  const figure = '/admin/rules/figures/window-months'
  const value = { value: '18', day: '1', month: '2', year: String(new Date().getFullYear() + 2), source: 'hcpc-requirements' }
  await lead.get('/admin/rules')
  await lead.send('/admin/rules/check', { entry: 'rule money' }, 'checked')
  await lead.get(figure)
  const opened = lead.body
  await lead.send(figure, { value: 'many' }, 'with mistakes')
  await lead.send(figure, value, 'to confirm')
  await lead.send(figure, {}, 'set')
  lead.body = opened
  await lead.send(figure, { ...value, value: '20', confirmed: 'yes' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.get('/admin/rules', 'with a value to come')
}

/** Somebody is invited, comes in, is shut out and let in again. */
async function peopleStates(portal, states, lead, item) {
  await lead.get('/admin/staff/add')
  await lead.send('/admin/staff/add', { name: '', email: 'nobody' }, 'with mistakes')
  await lead.get('/admin/staff/add')
  await lead.send('/admin/staff/add', { name: 'Vera Viewer', email: 'vera@example.nhs.uk', role: 'viewer' })
  await lead.get('/admin/staff')
  const people = [...lead.body.matchAll(/href="(\/admin\/staff\/[0-9a-f-]{36})"/g)].map((match) => match[1])
  assert.ok(people.length > 0, `no person in ${lead.body}`)
  for (const person of people) await lead.get(person)
  const vera = await personOf(lead, people, 'vera@example.nhs.uk')
  await lead.send(`${vera}/role`, { role: 'nothing' }, 'with a mistake')
  await lead.get(vera)
  await lead.send(`${vera}/link`, {}, 'with a link')
  const [invite] = lead.body.match(/\/admin\/link\/[^\s<"]+/) ?? []
  assert.ok(invite, `no link for Vera: ${lead.body}`)
  const viewer = await Visitor.start(portal, states)
  await viewer.get(invite, 'of an invitation')
  await viewer.send(invite, { password })
  viewer.phone = await setUp(viewer)
  assert.equal(viewer.path, '/admin')
  await viewer.get(item, 'for a viewer')
  await viewer.get('/admin/staff')
  assert.equal(viewer.status, 403)
  await ownAccountStates(viewer, 'vera@example.nhs.uk')
  await lead.get(vera)
  await lead.send(`${vera}/role`, { role: 'reviewer' }, 'to another role')
  await lead.send(`${vera}/end-sessions`, {}, 'signed out')
  await lead.send(`${vera}/reset-second-factor`, {}, 'without a second factor')
  await lead.send(`${vera}/disable`, {}, 'closed')
  await lead.send(`${vera}/enable`, {}, 'opened again')
  await personOf(lead, people, 'ada@example.nhs.uk')
  await lead.send(`${lead.path}/disable`, {}, 'of the last lead')
  assert.equal(lead.status, 409)
  await viewer.end()
}

/** Looks through pages for the one of an address, and stays there. */
async function personOf(lead, people, email) {
  for (const person of people) {
    await lead.get(person)
    if (lead.body.includes(email)) return person
  }
  assert.fail(`nobody has the address ${email}`)
}

async function walk(portal) {
  const states = new States()
  const lead = await emptyStaffStates(portal, states)
  await publicStates(portal, states)
  await calculatorStates(portal, states)
  await enquiryStates(portal, states)
  await offerStates(portal, states)
  await formStates(portal, states)
  await returnStates(portal, states)
  await filledStaffStates(portal, states, lead)
  await refusedStates(portal, states, lead)
  await exportStates(portal, states, lead)
  await importStates(lead)
  await rightsStates(lead)
  await retentionStates(lead)
  await timesStates(lead)
  await confirmStates(lead)
  await lead.end()
  return states
}

/** Walks through everything and gives the pages that were seen. */
export async function allStates(portal) {
  return (await walk(portal)).list
}

/** Walks through everything, then into what a portal says whose database is
 * away. Only its files can be had afterwards. */
export async function allStatesToTheEnd(portal) {
  const states = await walk(portal)
  await brokenStates(portal, states)
  return states
}
