// Niceties only: every page says and does the same without this file.

// Whoever sent a form with a mistake starts at the list of mistakes.
const summary = document.querySelector('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// On a narrow screen the filter would stand between the heading and the answer, so it starts closed there, unless a mistake is in it.
if (!summary && window.matchMedia('(max-width: 48em)').matches) {
  for (const filter of document.querySelectorAll('details.pw-filter')) filter.open = false;
}
