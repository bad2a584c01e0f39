import { post } from './post.js';

const token = new URLSearchParams(location.search).get('token');
const title = document.getElementById('title');
const message = document.getElementById('message');
const next = document.getElementById('next');
const credentials = document.getElementById('credentials');
const password = document.getElementById('password');
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
    'A link is valid for 24 hours, and only until the address is confirmed.',
    'If you have confirmed the address before, log in. Otherwise look for a later e-mail from us, or register again with the same address.');
}

async function confirm() {
  button.disabled = true;
  const body = password.value ? { token, password: password.value } : { token };
  const { ok, code, detail } = await post('/api/auth/verify', body);
  button.disabled = false;
  button.hidden = ok || code === 'link-expired' || code === 'invalid';
  if (ok) {
    credentials.hidden = true;
    // Keeps the used token out of history and bookmarks.
    history.replaceState(null, '', location.pathname);
    show(
      'E-mail confirmed',
      'Thank you. Your account is active.',
      'You can now log in with your e-mail and password, and close this page.');
  } else if (button.hidden) showExpired();
  else if (code === 'password-needed') {
    credentials.hidden = false;
    password.focus();
    show(
      'Enter your password',
      'Somebody else may have registered with your e-mail address. Enter the password that you registered with.',
      'If you did not register at Guildhall, close this page. Nothing has been changed.');
  }
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
