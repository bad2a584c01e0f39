for (const link of document.querySelectorAll('[data-management]')) {
  const address = new URL(link.dataset.management, location.href);
  address.port = document.body.dataset.managementPort;
  link.href = address;
}

function money({ amount, currency }) {
  const form = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return form.format(amount / 10 ** form.resolvedOptions().maximumFractionDigits);
}

function element(name, className, text) {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  return node;
}

// Title, subtitle and prices of each kind of result.
const kinds = {
  jobs: ({ job }) => [job.title, job.category, [job.budget.min, job.budget.max]],
  gigs: ({ gig }) => [gig.title, gig.category, gig.packages.map(it => it.price).filter((_, i, all) => i === 0 || i === all.length - 1)],
  freelancers: ({ freelancer }) => [freelancer.headline || freelancer.name, freelancer.name, freelancer.hourlyRate ? [freelancer.hourlyRate] : []],
};

function row(result) {
  const item = document.createElement('li');
  const [name, about, prices] = kinds[kind.value](result);
  const title = element('span', 'title', name);
  title.append(' ', element('span', 'about', about));
  item.append(title);
  item.append(element('span', 'budget', [...new Set(prices.map(money))].join(' – ')));
  if (result.relevance) item.append(element('span', 'why', explanation(result.relevance)));
  return item;
}

function explanation({ similarity, lexicalScore, skills }) {
  const reasons = [];
  if (similarity !== undefined) reasons.push(`${Math.round(similarity * 100)}% similar in meaning`);
  if (skills.matched.length) reasons.push('has ' + skills.matched.join(', '));
  if (skills.related.length) reasons.push('has ' + skills.related.map(it => `${it.offered}, related to ${it.required}`).join('; '));
  if (lexicalScore > 0) reasons.push('contains words of your search');
  return 'Match: ' + reasons.join(' · ');
}

const list = document.getElementById('jobs');
const health = document.getElementById('health');
const query = document.getElementById('q');
const kind = document.getElementById('kind');

function showHealth(ok, message) {
  health.className = 'health ' + (ok ? 'well' : 'ill');
  health.textContent = message;
}

async function search() {
  const started = performance.now();
  try {
    const text = query.value.trim();
    const searched = kind.value;
    const response = await fetch(`/api/${searched}/search?` + new URLSearchParams({ limit: 6, q: text }), { cache: 'no-store' });
    if (!response.ok) throw new Error(response.status);
    const { items, info } = await response.json();
    if (text !== query.value.trim() || searched !== kind.value) return;
    const empty = text ? info.hint : 'Nothing is listed yet. Run ./guildhall seed to create sample data.';
    const correction = element('li', 'quiet', `Results for “${info.correctedText}”.`);
    const degraded = element('li', 'quiet', 'The language model is unavailable: only words were compared.');
    list.replaceChildren(...(info.correctedText ? [correction] : []), ...(info.degraded ? [degraded] : []), ...(items.length ? items.map(row) : [element('li', 'quiet', empty)]));
    showHealth(true, `The API is up. Last response: ${Math.round(performance.now() - started)} ms.`);
  } catch {
    list.replaceChildren(element('li', 'quiet', 'The search is unavailable.'));
    showHealth(false, 'The API is not responding. This page retries every 15 seconds.');
  }
}

kind.addEventListener('change', search);

let typing;
query.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, 200); });
document.getElementById('search').addEventListener('submit', event => { event.preventDefault(); search(); });

search();
setInterval(() => { if (!document.hidden) search(); }, 15000);
