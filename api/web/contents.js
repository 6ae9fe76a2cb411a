// The contents of a transcript: who speaks, how often, and what is asked. The links work by
// themselves; here a speaker's leads from one of their turns to the next.

/** @param walk shows places one after the other, see within.js */
export function contents(record, walk) {
  const details = record.querySelector('.contents');
  const close = () => { details.open = false; };
  details.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    close();
    if (!link.dataset.speaker) return;
    event.preventDefault();
    const turns = record.querySelectorAll(`.turn[data-speaker="${link.dataset.speaker}"]`);
    walk(link.textContent, [...turns].map((turn) => ({ turn })));
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
    details.querySelector('summary').focus();
  });
  for (const elsewhere of ['pointerdown', 'focusin']) {
    record.addEventListener(elsewhere, (event) => { if (!details.contains(event.target)) close(); });
  }
}
