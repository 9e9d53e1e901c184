// Times that count in working days: of the stages, of replies, and the bank
// holidays.
import assert from 'node:assert/strict'

const times = '/admin/times'

/** Each form of the page: with mistakes, well, and where it can be, from an older page. */
export async function timesStates(lead) {
  await lead.get(times, 'before anything is set')
  const opened = lead.body
  for (const [form, mistake, good, later] of [
    ['/stages', { received: 'soon', updating: '0' }, { received: '5', updating: '120' }, { received: '6' }],
    ['/replies', { usual: 'soon' }, { usual: '5', accessibility: '3' }, { usual: '6' }]
  ]) {
    lead.body = opened
    await lead.send(times + form, mistake, 'with mistakes')
    assert.equal(lead.status, 422)
    await lead.send(times + form, { ...Object.fromEntries(Object.keys(mistake).map((name) => [name, ''])), ...good }, 'set')
    assert.equal(lead.path, times)
    lead.body = opened
    await lead.send(times + form, later, 'from an older window')
    assert.equal(lead.status, 409)
  }
  await holidayStates(lead)
}

/** The Friday of the first week of June in a year: no bank holiday of the content. */
function juneFriday(year) {
  const day = new Date(Date.UTC(year, 5, 1))
  while (day.getUTCDay() !== 5) day.setUTCDate(day.getUTCDate() + 1)
  return { day: String(day.getUTCDate()), month: '6', year: String(year) }
}

/** A bank holiday is added: with nothing, with a mistake, well, by another name; and removed. */
async function holidayStates(lead) {
  const add = `${times}/holidays`
  const friday = juneFriday(new Date().getFullYear() + 1)
  await lead.get(times)
  await lead.send(add, {}, 'with nothing')
  await lead.send(add, { day: '31', month: '6', year: friday.year, name: 'A day' }, 'with a mistake')
  assert.equal(lead.status, 422)
  await lead.get(times)
  const opened = lead.body
  await lead.send(add, { ...friday, name: 'A special day' }, 'added')
  assert.equal(lead.path, times)
  lead.body = opened
  await lead.send(add, { ...friday, name: 'The same day' }, 'by another name')
  assert.equal(lead.status, 409)
  await lead.get(times, 'with a bank holiday that was added')
  const [day] = lead.body.match(/[0-9]{4}-[0-9]{2}-[0-9]{2}(?="[^>]*>\s*Remove)/) ?? []
  assert.ok(day, 'no bank holiday can be removed')
  await lead.send(`${add}/remove`, { day }, 'removed')
  assert.equal(lead.path, times)
}
