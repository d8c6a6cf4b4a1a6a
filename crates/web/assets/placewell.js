// Niceties only: every page says and does the same without this file.

// Whoever sent a form with a mistake starts at the list of mistakes.
const summary = document.querySelector('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// On a narrow screen the filter would stand between the heading and the answer, so it starts closed there.
if (window.matchMedia('(max-width: 48em)').matches) {
  for (const filter of document.querySelectorAll('details.pw-filter')) filter.open = false;
}

// A page that waits for work asks again every second, and shows the answer in place when there is one.
const waiting = document.querySelector('[data-pw-waiting]');
if (waiting) {
  const ask = async () => {
    const answer = await fetch(location.href).then((response) => response.text()).catch(() => '');
    const now = new DOMParser().parseFromString(answer, 'text/html').querySelector('[data-pw-waiting]');
    if (answer && !now) location.reload();
    else if (now) waiting.replaceChildren(...now.children);
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}
