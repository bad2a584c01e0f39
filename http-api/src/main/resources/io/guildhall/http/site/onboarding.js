import { post } from './post.js';

const outcomes = document.getElementById('outcomes');
const message = document.getElementById('message');

const messages = {
  verified: 'Verified. In a moment your payout account shows VERIFIED, and you can send proposals.',
  pending: 'Pending. Your payout account shows PENDING. Come back to this page to continue.',
  restricted: 'Restricted. You get no payouts until you come back to this page and choose Verified.',
};

async function choose(outcome) {
  outcomes.disabled = true;
  const { ok, code, detail } = await post(location.pathname.replace(/onboarding$/, 'complete-onboarding'), { outcome });
  outcomes.disabled = false;
  if (ok) message.textContent = messages[outcome] + ' You can close this page.';
  else if (code === 'not-found') message.textContent = 'The sandbox has no such account. Read your payout account again and use the link from there.';
  else message.textContent = detail;
  message.scrollIntoView({ block: 'nearest' });
}

outcomes.hidden = false;
for (const button of outcomes.querySelectorAll('button')) button.addEventListener('click', () => choose(button.value));
