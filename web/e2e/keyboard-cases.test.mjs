// One case by keyboard alone, with JavaScript and without: a lead corrects, asks,
// waits, declines and erases, and brings in what was set aside; enquiries too.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Inbox } from './inbox.mjs'
import { choose, download, follow, goToFault, jump, pick, press, tick, type, typeInto, unfold } from './keyboard.mjs'
import { Leads, address, find, how, main, open, path, timeline } from './leads.mjs'
import { proveByHand } from './phone.mjs'
import { fillForm } from './states.mjs'
import { Visitor } from './visitor.mjs'

const nextYear = new Date().getFullYear() + 1

/** The people of each window: nobody disturbs the other. */
const people = {
  true: { worked: 'Ada Ash', erased: 'Bea Birch', aside: 'Cal Cedar', writer: 'Dot Elm', host: 'Elm Care Home' },
  false: { worked: 'Eve Finch', erased: 'Fay Heron', aside: 'Gus Martin', writer: 'Hal Swift', host: 'Swift Care Home' }
}

const offer = {
  organisation: '-', site: 'Lincoln', profession: 'dietitians', month: '4', year: String(nextYear), days: '2', name: 'Sam Sample', phone: '01522 555 000', more: ''
}

const leads = new Leads()
let inbox

before(async () => {
  inbox = await Inbox.start()
  await leads.start({ PORTAL_SMTP_URL: inbox.url })
  leads.addColleague('Rita Reviewer')
  const rows = Object.values(people).flatMap(({ worked, erased }) => [worked, erased]).map((name) => [name, address(name), 'Dietitian', '01/06/2026', 'Part time'])
  await leads.bringIn([['Full name', 'E-mail', 'AHP', 'Date received', 'Hours wanted'], ...rows])
  for (const { aside, writer, host } of Object.values(people)) {
    await sendAsProgram(aside)
    await send('/contact/write', { message: `A message of ${writer}`, name: writer, 'answer-by': 'email', email: address(writer) })
    await send('/return-to-practice/offer', { ...offer, other: host, email: address(host) })
  }
})

after(async () => {
  await leads.end()
  await inbox?.end()
})

/** Sends the form with what no person fills in. */
async function sendAsProgram(name) {
  const program = await Visitor.start(leads.portal)
  await fillForm(program, { chosen: { name: () => ({ name }), email: () => ({ email: address(name) }) } })
  await program.send('/apply/check', { subject: 'Cheap pills' })
  assert.equal(program.path, '/apply/sent')
  await program.end()
}

/** Sends a public form faster than people type. */
async function send(form, fields) {
  const visitor = await Visitor.start(leads.portal)
  await visitor.get(form)
  await visitor.send(form, fields)
  assert.match(visitor.path, /\/sent\//, visitor.body)
  await visitor.end()
}

for (const scripts of [true, false]) {
  const { worked, erased, aside, writer, host } = people[scripts]

  test(`an answer is corrected, a note written and the case handed over, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    const reference = await open(page, worked)
    await leads.see(page)
    await follow(page, /^Correct\s*:?\s*Hours$/)
    await leads.see(page)
    await choose(page, 'Full time')
    await press(page, 'Correct the answer')
    await leads.see(page)
    await goToFault(page, 'Enter why you correct it')
    await page.keyboard.type('They told us on the phone.')
    await press(page, 'Correct the answer')
    assert.equal(path(page), `/admin/expressions/${reference}`)
    assert.match(await timeline(page), /^Answer corrected: Hours.* by Ada Lead From “Part time” to “Full time” They told us on the phone\./)

    await press(page, 'Add the note')
    await leads.see(page)
    await goToFault(page, 'Enter a note')
    await page.keyboard.type('Rings back on Monday.')
    await press(page, 'Add the note')
    assert.match(await timeline(page), /^Note.* by Ada Lead Rings back on Monday\./)

    await pick(page, 'Assign to', 'Rita Reviewer')
    await press(page, 'Assign')
    assert.match(await main(page), /Rita Reviewer has this case\./)
    await press(page, 'Assign to me')
    assert.match(await main(page), /You have this case\./)
    assert.match(await timeline(page), /^Handed over from Rita Reviewer to Ada Lead/)
  })

  test(`the returner is asked, the question taken back, and the case waits until a day, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await open(page, worked)
    await page.setViewportSize({ width: 320, height: 900 })
    await leads.see(page)
    await jump(page, 'Ask or wait')
    await unfold(page, 'Ask for more information')
    await tick(page, 'Hours')
    await press(page, 'Ask')
    await goToFault(page, 'Enter what you want to know')
    await page.keyboard.type('Could you work at weekends?')
    await typeInto(page, '#answer-by-day', '15')
    await typeInto(page, '#answer-by-month', '3')
    await typeInto(page, '#answer-by-year', String(nextYear))
    await unfold(page, 'What the email says')
    assert.match(await page.locator('#maincontent details[open] details[open]').innerText(), /Subject: /)
    await press(page, 'Ask')
    assert.match(await main(page), /The returner was asked for more information[^]*Could you work at weekends\?[^]*Not yet/)
    assert.match(await timeline(page), new RegExp(`Asked for more information, answer by 15 March ${nextYear}`))
    await inbox.mail(address(worked), 'Could you work at weekends?')

    await jump(page, 'Ask or wait')
    await press(page, 'Take the question back')
    assert.match(await main(page), /The question was taken back[^]*It is our turn\./)
    assert.match(await timeline(page), /^Question taken back/)

    await unfold(page, 'Put on hold')
    await press(page, 'Put on hold')
    await goToFault(page, 'Select why the case waits')
    await choose(page, 'The returner asked to wait')
    await typeInto(page, '#until-day', '1')
    await typeInto(page, '#until-month', 'April')
    await typeInto(page, '#until-year', String(nextYear))
    await press(page, 'Put on hold')
    assert.match(await main(page), new RegExp(`The case is on hold[^]*On hold until 1 April ${nextYear}: The returner asked to wait`))
    await press(page, 'Let the case go on')
    assert.match(await timeline(page), new RegExp(`^The case goes on.*Put on hold until 1 April ${nextYear}: The returner asked to wait`))
  })

  test(`a case is declined with a reason and an email in one’s own words, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    const reference = await open(page, worked)
    await choose(page, 'Declined')
    await press(page, 'Move')
    await goToFault(page, 'Select a reason')
    await pick(page, 'Reason, if this ends the case', 'Declined: No placement can be offered')
    await press(page, 'Move')
    assert.match(await page.locator('h1').innerText(), /Check the email/)
    await leads.see(page)
    await type(page, 'says', 'We are sorry, and think of you in spring.')
    await press(page, 'Move and send')
    assert.equal(path(page), `/admin/expressions/${reference}`)
    assert.match(await main(page), /Moved to: Declined/)
    assert.match(await timeline(page), /Moved from “Received” to “Declined”: No placement can be offered.* by Ada Lead The email said: We are sorry, and think of you in spring\./)
    await inbox.mail(address(worked), 'We are sorry, and think of you in spring.')
    await follow(page, 'Expressions of interest')
    await follow(page, /^Ended /)
    assert.ok((await main(page)).includes(reference))
  })

  test(`a person’s data is erased, by somebody who shows that it is them, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    const reference = await open(page, erased)
    await leads.portal.ageProofs()
    await follow(page, 'Erase this case')
    await proveByHand(page, leads.phone)
    assert.equal(path(page), `/admin/expressions/${reference}/erase`)
    await leads.see(page)
    await follow(page, 'Everything we hold about this person')
    await leads.see(page)
    assert.ok((await main(page)).includes(address(erased)))
    const held = await download(page, 'link', 'Download it as a JSON file')
    assert.equal(JSON.parse(held).expression.reference, reference)
    await follow(page, `Expression of interest ${reference}`)
    await follow(page, 'Erase this case')
    await press(page, 'Erase this case')
    await leads.see(page)
    await goToFault(page, `Enter the reference of this case, ${reference}`)
    await page.keyboard.type(reference)
    await leads.portal.ageProofs()
    await press(page, 'Erase this case')
    assert.match(await main(page), /What you sent is not saved yet/)
    await leads.see(page)
    await proveByHand(page, leads.phone)
    assert.equal(path(page), '/admin/kept')
    await leads.see(page)
    await press(page, 'Send it now')
    assert.match(await main(page), /The case was erased/)
    await type(page, 'text', reference)
    await press(page, 'Search')
    assert.equal(await page.locator('.app-queue').count(), 0)
    await follow(page, 'Audit')
    assert.match(await page.locator('main tbody tr', { hasText: 'Erase an expression of interest' }).first().innerText(), /Ada Lead/)
  })

  test(`what was set aside is brought among the cases, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await follow(page, 'Expressions of interest')
    await follow(page, /set aside as the work of programs$/)
    await leads.see(page)
    await follow(page, await page.locator('.app-queue tbody tr', { hasText: aside }).getByRole('link').first().innerText())
    assert.match(await main(page), /Set aside: a program may have sent it/)
    await press(page, 'A person sent it')
    assert.match(await main(page), /Among the cases now/)
    assert.match(await timeline(page), /Found to be from a person/)
    await inbox.mail(address(aside), 'We have received your expression of interest')
    await find(page, aside)
  })

  test(`an enquiry is brought in, noted and answered, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await follow(page, 'Enquiries')
    await leads.see(page)
    await pick(page, 'State', 'Set aside')
    await press(page, 'Filter the list')
    await follow(page, await page.locator('main tbody tr', { hasText: writer }).getByRole('link').innerText())
    await leads.see(page)
    await press(page, 'Move to the open enquiries')
    assert.match(await main(page), /is now: Open/)
    await press(page, 'Mark as answered')
    await leads.see(page)
    await goToFault(page, 'Select how it was answered')
    await choose(page, 'By phone')
    await typeInto(page, '#change-note', 'Spoke for ten minutes.')
    await press(page, 'Mark as answered')
    assert.match(await main(page), /is now: Answered/)
    assert.match(await timeline(page), /^Marked as answered: By phone.* by Ada Lead Spoke for ten minutes\./)
    await typeInto(page, '#note', 'They will ring again.')
    await press(page, 'Add the note')
    assert.match(await timeline(page), /^Note .* They will ring again\./)
  })

  test(`an offer is brought in, noted and matched, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await follow(page, 'Offers')
    await leads.see(page)
    await pick(page, 'State', 'Set aside')
    await press(page, 'Filter the list')
    await follow(page, await page.locator('main tbody tr', { hasText: host }).getByRole('link').innerText())
    await leads.see(page)
    await press(page, 'Save')
    await leads.see(page)
    await goToFault(page, 'Select what to do with the offer')
    await choose(page, 'Move to the open offers')
    await press(page, 'Save')
    await choose(page, 'Mark as matched')
    await typeInto(page, '#change-note', 'For a returner.')
    await press(page, 'Save')
    assert.match(await timeline(page), /^Marked as matched.* by Ada Lead For a returner\..*Moved to the open offers/)
    await typeInto(page, '#note', 'Rang them.')
    await press(page, 'Add the note')
    assert.match(await timeline(page), /^Note .* Rang them\./)
  })

  test(`the figures are narrowed down and had as a file, ${how(scripts)}`, async () => {
    const page = await leads.begin(scripts)
    await leads.see(page)
    await pick(page, 'Profession', 'Dietitians')
    await pick(page, 'Received', 'In the last 4 quarters')
    await press(page, 'Show figures')
    assert.equal(await page.getByLabel('Profession', { exact: true }).inputValue(), 'dietitians')
    const csv = await download(page, 'link', 'Download “By the quarter in which they were received” (CSV)')
    assert.match(csv.toString('utf8'), /2026/)
  })
}
