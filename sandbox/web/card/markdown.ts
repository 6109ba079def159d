/** The platform's markdown as safe HTML. */
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { colorOf } from './style.ts';

/** HTML that the platform's markdown or `withTags` may hold; any other tag is shown as it is written. */
const ownHtml = /^<\/?(?:span|a|br|hr)\b/;
const marked = new Marked({
  gfm: true,
  async: false,
  renderer: { html: ({ text }) => (ownHtml.test(text) ? text : escapeHtml(text)) },
});
const allowedTags = [
  ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'a', 'span', 'ul', 'ol', 'li', 'input'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/** Reads `content` and returns nodes to show. Names of mentioned people come from `nameOf`. */
export function markdownFragment(content: string, nameOf: (openId: string) => string): DocumentFragment {
  const html = marked.parse(withTags(content, nameOf), { async: false });
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: ['class', 'href', 'title', 'style', 'start', 'align', 'alt', 'type', 'checked', 'disabled'],
    ALLOWED_URI_REGEXP: /^https?:\/\//,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noreferrer';
  }
  return fragment;
}

/** The platform's own tags in terms of plain HTML. What people typed reaches a card escaped, so no tag here is theirs. */
function withTags(content: string, nameOf: (openId: string) => string): string {
  const mention = (id: string) => `<span class="at">@${id === 'all' ? '所有人' : escapeHtml(nameOf(id))}</span>`;
  return content
    .replace(
      /<(?:at|person)\s+(?:user_)?ids?\s*=\s*["']?([^"'>\s]+)["']?[^>]*>(?:[^<]*<\/(?:at|person)>)?/g,
      (_all, ids: string) => ids.split(',').map(mention).join(' '),
    )
    .replace(/<font\s+color\s*=\s*["']?([\w#-]+)["']?\s*>/g, (_all, name: string) => colored(name))
    .replaceAll('</font>', '</span>')
    .replace(
      /<text_tag\s+color\s*=\s*["']?([\w-]+)["']?\s*>/g,
      (_all, name: string) => `<span class="tag" style="color: ${colorOf(name, 'text')}">`,
    )
    .replaceAll('</text_tag>', '</span>')
    .replace(/<link\s+url\s*=\s*["']([^"']+)["'][^>]*>/g, (_all, url: string) => `<a href="${escapeHtml(url)}">`)
    .replaceAll('</link>', '</a>');
}

function colored(name: string): string {
  const color = colorOf(name, 'text');
  return color === undefined ? '<span>' : `<span style="color: ${color}">`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
