/** Copies the text of a box; where a browser does not allow that, it is selected, and the keyboard copies it. */
export function addCopyButton(box: HTMLElement): void {
  const text = box.querySelector('pre');
  if (text === null) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text.textContent).then(
      () => (button.textContent = 'Copied'),
      () => getSelection()?.selectAllChildren(text),
    );
  });
  box.append(button);
}
