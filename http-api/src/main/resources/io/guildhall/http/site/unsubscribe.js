import { post } from './post.js';

const token = encodeURIComponent(new URLSearchParams(location.search).get('token') ?? '');
const title = document.getElementById('title');
const message = document.getElementById('message');
const button = document.getElementById('change');
let subscription = { stopped: false, subject: '' };

function show(heading, text) {
  document.title = heading + ' · Guildhall';
  title.textContent = heading;
  message.textContent = text;
}

function showSubscription() {
  const { stopped, subject } = subscription;
  if (stopped) show('Unsubscribed', `You get no more e-mails about ${subject}. You still see them in your notifications.`);
  else show('Unsubscribe', `Do you want to stop getting e-mails about ${subject}?`);
  button.textContent = stopped ? 'Subscribe again' : 'Unsubscribe';
  button.hidden = false;
}

function showInvalid() {
  show('This link is not complete', 'Copy the whole link from the e-mail into the address bar. Some mail programs break long links over two lines.');
  button.hidden = true;
}

async function change() {
  button.disabled = true;
  const action = subscription.stopped ? 'resubscribe' : 'unsubscribe';
  const { ok, code, detail } = await post(`/api/mail/${action}/${token}`, {});
  button.disabled = false;
  if (ok) {
    subscription = { ...subscription, stopped: !subscription.stopped };
    showSubscription();
  } else if (code === 'not-found') showInvalid();
  else message.textContent = detail;
}

async function load() {
  try {
    const response = await fetch(`/api/mail/unsubscribe/${token}`);
    if (!response.ok) return showInvalid();
    subscription = await response.json();
    showSubscription();
  } catch {
    show('Unsubscribe', 'Guildhall is not responding. Reload this page in a moment.');
  }
}

button.addEventListener('click', change);
load();
