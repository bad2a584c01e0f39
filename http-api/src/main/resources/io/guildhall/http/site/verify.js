import { post } from './post.js';

const token = new URLSearchParams(location.search).get('token');
const title = document.getElementById('title');
const words = document.getElementById('words');
const next = document.getElementById('next');
const button = document.getElementById('confirm');

function say(heading, what, then) {
  document.title = heading + ' · Guildhall';
  title.textContent = heading;
  words.textContent = what;
  next.textContent = then;
}

function sayOver() {
  say(
    'This link is no longer good',
    'A link is good for 24 hours, and only the one in the latest mail counts.',
    'Look for a later mail from us. If there is none, register again with the same address: you get a new link at once.');
}

async function confirm() {
  button.disabled = true;
  const { taken, code, detail } = await post('/api/auth/verify', { token });
  button.disabled = false;
  button.hidden = taken || code === 'link-expired' || code === 'invalid';
  if (taken) {
    // Used up, so that it stays in no history and no bookmark.
    history.replaceState(null, '', location.pathname);
    say(
      'Your e-mail is confirmed',
      'Thank you: this address is yours, and your account is open. If you had confirmed it before, nothing has changed.',
      'Next: log in with the e-mail and the password that you registered with. You can close this page.');
  } else if (button.hidden) sayOver();
  else say('Not confirmed yet', detail, 'Your link is still good: try again.');
}

if (token) {
  button.hidden = false;
  button.addEventListener('click', confirm);
} else {
  say(
    'This link is not complete',
    'It should end with token= and a long row of letters and digits.',
    'Some mail programs break long links over two lines: copy the whole of it from the mail into the address bar.');
}
