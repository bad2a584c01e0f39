const to = document.getElementById('to');
const status = document.getElementById('status');
const list = document.getElementById('mails');
const frame = document.getElementById('html');
const text = document.getElementById('text');
const views = [...document.querySelectorAll('[data-view]')];

function element(tag, content) {
  const created = document.createElement(tag);
  created.textContent = content;
  return created;
}

function showView(view) {
  frame.hidden = view !== 'html';
  text.hidden = view !== 'text';
  for (const button of views) button.setAttribute('aria-pressed', String(button.dataset.view === view));
}

function open(mail, button) {
  for (const other of list.querySelectorAll('[aria-current]')) other.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
  document.getElementById('subject').textContent = mail.subject;
  document.getElementById('facts').textContent =
    `To ${mail.to} · ${mail.kind} · ${new Date(mail.at).toLocaleString()} · ${mail.unsubscribe ? 'with an unsubscribe link' : 'without an unsubscribe link'}`;
  text.textContent = mail.text;
  frame.src = '/dev/outbox/mail?id=' + encodeURIComponent(mail.id);
  document.getElementById('mail').hidden = false;
}

function entry(mail) {
  const button = element('button', '');
  button.type = 'button';
  button.append(element('b', mail.subject), element('span', `${mail.to} · ${new Date(mail.at).toLocaleTimeString()}`));
  button.addEventListener('click', () => open(mail, button));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

async function load() {
  const address = to.value.trim();
  const query = address ? '?to=' + encodeURIComponent(address) : '';
  history.replaceState(null, '', location.pathname + query);
  try {
    const response = await fetch('/dev/outbox' + query, { headers: { Accept: 'application/json' } });
    const body = await response.json();
    if (!response.ok) { status.textContent = body.detail; return; }
    list.replaceChildren(...body.items.map(entry));
    status.textContent = body.items.length ? '' : address ? 'No e-mail was sent to this address.' : 'No e-mail was sent yet. Register an account to get the first one.';
    if (body.items.length) list.querySelector('button').click();
  } catch {
    status.textContent = 'Guildhall is not responding. Reload this page in a moment.';
  }
}

for (const button of views) button.addEventListener('click', () => showView(button.dataset.view));
document.getElementById('filter').addEventListener('submit', event => { event.preventDefault(); load(); });
to.value = new URLSearchParams(location.search).get('to') ?? '';
load();
