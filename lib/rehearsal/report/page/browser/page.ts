/** Runs when the report is read: draws the curves, and lets whoever looks zoom, point and copy. */
import { addCopyButton } from './copy-button';
import { Timeline } from './timeline';

document.documentElement.classList.add('scripted');
for (const figure of document.querySelectorAll<HTMLElement>('.timeline')) new Timeline(figure);
for (const box of document.querySelectorAll<HTMLElement>('.copyable')) addCopyButton(box);
