// One's own account in every state: the second step, another app, new recovery
// codes, and being asked again.
import assert from 'node:assert/strict'
import { Key } from './key.mjs'
import { Phone, keepCodes, signIn } from './phone.mjs'
import { password } from './states.mjs'
import { Visitor } from './visitor.mjs'

const account = '/admin/account'

/** A new password, another app, new recovery codes, and the ways out and in. */
export async function ownAccountStates(visitor, email) {
  await visitor.get(account)
  await visitor.send(`${account}/password`, { current: password, password: `${password} again` })
  await visitor.get(account)
  await visitor.send(`${account}/password`, { current: `${password} again`, password })
  await visitor.get(`${account}/app`)
  await visitor.get(`${account}/app/code.png`)
  await visitor.get(`${account}/app`)
  await visitor.send(`${account}/app`, { code: '' }, 'with nothing')
  const phone = new Phone(visitor.body.match(/id="key">([^<]+)</)[1])
  await visitor.send(`${account}/app`, { code: phone.code() }, 'with a code')
  await visitor.get(`${account}/recovery-codes`)
  await visitor.send(`${account}/recovery-codes`, {}, 'made')
  keepCodes(phone, visitor.body)
  await passkeyStates(visitor, email)
  await otherDeviceStates(visitor, email, phone)
  await visitor.send(`${account}/end-sessions`, {})
  await secondStepStates(visitor, email, phone)
  await visitor.send('/admin/sign-out', {})
  await signIn(visitor, email, password, phone)
}

/** Signing out on another device, and here. */
async function otherDeviceStates(visitor, email, phone) {
  const other = await Visitor.start(visitor.portal, visitor.states)
  await signIn(other, email, password, phone)
  await other.end()
  await visitor.get(account, 'with another device')
  const [, session] = visitor.body.match(/action="(\/admin\/account\/sessions\/[0-9a-f-]{36}\/end)"/) ?? assert.fail(`no other session in ${visitor.body}`)
  await visitor.send(session, {}, 'on another device')
  assert.equal(visitor.path, account)
}

/** A passkey in every place that takes one, with an answer that fits nothing first. */
async function passkeyStates(visitor, email) {
  const passkeys = `${account}/passkeys`
  const key = new Key(visitor.portal.base)
  await visitor.get(passkeys)
  await visitor.send(passkeys, { answer: '{}' }, 'that no browser made')
  await visitor.send(passkeys, { answer: key.make(visitor.body) }, 'added')
  const [own] = visitor.body.match(/\/admin\/account\/passkeys\/[0-9a-f-]{36}/) ?? assert.fail(`no passkey in ${visitor.body}`)
  await visitor.get(own)
  await visitor.send(`${own}/name`, { name: '' }, 'with nothing')
  await visitor.send(`${own}/name`, { name: 'The blue key' }, 'named')
  for (const [from, how] of [['/admin/confirm'], ['/admin/sign-in', 'alone'], ['/admin/second-step', 'after the password']]) {
    if (how) await visitor.send('/admin/sign-out', {})
    if (from === '/admin/second-step') await visitor.send('/admin/sign-in', { email, password })
    await visitor.get(from, 'with a passkey')
    await visitor.send(`${from}/passkey`, { answer: '{}' }, 'that no browser made')
    assert.equal(visitor.status, 422)
    await visitor.send(`${from}/passkey`, { answer: key.use(visitor.body) }, 'used')
    assert.equal(visitor.path, '/admin')
  }
  await visitor.get('/admin/account')
  await visitor.send('/admin/sign-out', {})
  await visitor.get('/admin/sign-in/passkey')
  await visitor.send('/admin/sign-in', { email, password })
  await visitor.send('/admin/second-step/passkey', { answer: key.use(visitor.body) })
  await visitor.get(own)
  await visitor.send(`${own}/remove`, {}, 'removed')
}

/** The second step with mistakes, and by a recovery code. */
async function secondStepStates(visitor, email, phone) {
  const step = '/admin/second-step'
  const recovery = `${step}/recovery`
  await visitor.get('/admin/sign-in')
  await visitor.send('/admin/sign-in', { email, password })
  await visitor.get(step)
  await visitor.send(step, { code: '' }, 'with nothing')
  await visitor.get(step)
  await visitor.send(step, { code: '000000' }, 'with a wrong code')
  await visitor.get(recovery)
  await visitor.send(recovery, { recovery: 'ABCD' }, 'with a wrong code')
  await visitor.get(recovery)
  await visitor.send(recovery, { recovery: phone.recovery() }, 'with a recovery code')
  assert.equal(visitor.path, '/admin')
}

/** Being asked again who one is. */
export async function confirmStates(lead) {
  const confirm = '/admin/confirm'
  for (const path of ['/admin/kept', '/admin/stay']) await lead.get(path)
  await lead.get(confirm)
  await lead.send(confirm, { password: '', code: '' }, 'with nothing')
  await lead.get(confirm)
  await lead.send(confirm, { password: 'not this one', code: '000000' }, 'with a wrong password')
  await lead.get(confirm)
  await lead.send(confirm, { password, code: '000000' }, 'with a wrong code')
  await lead.get(confirm)
  await lead.send(confirm, { password, code: lead.phone.code() }, 'confirmed')
  assert.equal(lead.path, '/admin')
}
