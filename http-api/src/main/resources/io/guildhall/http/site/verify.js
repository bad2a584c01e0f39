import { post } from './post.js';

const token = new URLSearchParams(location.search).get('token');
const title = document.getElementById('title');
const message = document.getElementById('message');
const next = document.getElementById('next');
const button = document.getElementById('confirm');

function show(heading, text, hint) {
  document.title = heading + ' · Guildhall';
  title.textContent = heading;
  message.textContent = text;
  next.textContent = hint;
}

function showExpired() {
  show(
    'This link has expired',
    'A link is valid for 24 hours, and only the link in the latest e-mail is valid.',
    'Look for a later e-mail from us. If there is none, register again with the same address to get a new link.');
}

async function confirm() {
  button.disabled = true;
  const { ok, code, detail } = await post('/api/auth/verify', { token });
  button.disabled = false;
  button.hidden = ok || code === 'link-expired' || code === 'invalid';
  if (ok) {
    // Keeps the used token out of history and bookmarks.
    history.replaceState(null, '', location.pathname);
    show(
      'E-mail confirmed',
      'Thank you. Your account is active.',
      'You can now log in with your e-mail and password, and close this page.');
  } else if (button.hidden) showExpired();
  else show('E-mail not confirmed', detail, 'Your link is still valid. Try again.');
}

if (token) {
  button.hidden = false;
  button.addEventListener('click', confirm);
} else {
  show(
    'This link is incomplete',
    'It must end with token= and a long sequence of letters and digits.',
    'Some mail programs break long links over two lines. Copy the whole link from the e-mail into the address bar.');
}
