import { post } from './post.js';

const outcomes = document.getElementById('outcomes');
const words = document.getElementById('words');

const said = {
  verified: 'Verified. Guildhall hears of it in a moment: your payout account then shows VERIFIED, and you can send proposals.',
  pending: 'Pending. Your payout account shows PENDING; come back here to go on.',
  restricted: 'Restricted. Guildhall hears of it in a moment, and no payouts reach you until you come back and are verified.',
};

async function choose(outcome) {
  outcomes.disabled = true;
  const { taken, code, detail } = await post(location.pathname, { outcome });
  outcomes.disabled = false;
  if (taken) words.textContent = said[outcome] + ' You can close this page.';
  else if (code === 'not-found') words.textContent = 'The sandbox has no such account. Read your payout account again and take the link from there.';
  else words.textContent = detail;
  words.scrollIntoView({ block: 'nearest' });
}

outcomes.hidden = false;
for (const button of outcomes.querySelectorAll('button')) button.addEventListener('click', () => choose(button.value));
