/** What a person reads on a card or in a message, as plain text: for tests, the terminal and the search in simplified content. */
import { asList, asNode, asText, type CardNode, isNode } from './card-node.ts';
import { markdownText, type NameOf, withoutSoftBreaks } from './markdown-text.ts';

/** The text of a text object or a `markdown`, without marks. */
export function textOf(node: unknown, nameOf?: NameOf): string {
  const { tag, content } = asNode(node);
  return tag === 'plain_text' ? asText(content) : markdownText(withoutSoftBreaks(asText(content)), nameOf);
}

/** A card as lines joined by line breaks: header, texts, fields with their values, buttons as [按钮]. */
export function cardText(card: unknown, nameOf?: NameOf): string {
  const { header, body } = asNode(card);
  const head = asNode(header);
  const tags = asList(head.text_tag_list).map((tag) => `（${textOf(asNode(tag).text, nameOf)}）`);
  const title = `${textOf(head.title, nameOf)}${tags.join('')}`;
  const lines = [title, textOf(head.subtitle, nameOf), ...elementsLines(asNode(body).elements, nameOf)];
  return lines.filter((line) => line.trim() !== '').join('\n');
}

/** Any message as text: a card read out, a text as it stands, a file by its name. */
export function messageText(
  message: { readonly msgType: string; readonly content: string; readonly recalled: boolean },
  nameOf?: NameOf,
): string {
  if (message.recalled) return '（消息已撤回）';
  const content: unknown = JSON.parse(message.content);
  if (message.msgType === 'interactive') return cardText(content, nameOf);
  if (message.msgType === 'text') return markdownText(asText(asNode(content).text), nameOf);
  if (message.msgType === 'post') return postText(content, nameOf);
  if (message.msgType === 'file') return '（文件）';
  if (message.msgType === 'image') return '（图片）';
  return message.content;
}

/** A rich text, bare as it arrives or under a language as an app sends it: its lines, pictures as （图片）. */
function postText(content: unknown, nameOf: NameOf | undefined): string {
  const bare = asNode(content);
  const post = Array.isArray(bare.content) ? bare : asNode(Object.values(bare)[0]);
  const lines = asList(post.content).map((line) => asList(line).map((piece) => pieceText(asNode(piece), nameOf)));
  return [asText(post.title), ...lines.map((line) => line.join(''))].filter((line) => line !== '').join('\n');
}

function pieceText(piece: CardNode, nameOf: NameOf | undefined): string {
  if (piece.tag === 'img') return '（图片）';
  if (piece.tag !== 'at') return asText(piece.text);
  const id = asText(piece.user_id);
  return `@${asText(piece.user_name) || (nameOf?.(id) ?? id)}`;
}

function elementsLines(elements: unknown, nameOf: NameOf | undefined): string[] {
  return asList(elements).flatMap((element) => elementLines(asNode(element), nameOf));
}

function elementLines(node: CardNode, nameOf: NameOf | undefined): string[] {
  switch (node.tag) {
    case 'markdown':
      return textOf(node, nameOf).split('\n');
    case 'div':
      return [node.text, ...asList(node.fields).map((field) => asNode(field).text)].flatMap((text) =>
        isNode(text) ? textOf(text, nameOf).split('\n') : [],
      );
    case 'column_set':
      return columnsLines(node, nameOf);
    case 'collapsible_panel':
      return [`▸ ${textOf(asNode(node.header).title, nameOf)}`, ...elementsLines(node.elements, nameOf)];
    case 'form':
    case 'interactive_container':
      return elementsLines(node.elements, nameOf);
    case 'button':
      return [`[${textOf(node.text, nameOf)}]${node.disabled === true ? '（不可用）' : ''}`];
    case 'hr':
      return ['────'];
    case 'person':
      return [personText(asText(node.user_id), nameOf)];
    case 'person_list':
      return [
        asList(node.persons)
          .map((person) => personText(asText(asNode(person).id), nameOf))
          .join(' '),
      ];
    case 'table':
      return tableLines(node, nameOf);
    case 'img':
      return [`（图片${textOf(node.alt, nameOf)}）`];
    case 'chart':
      return [`（图表${asText(asNode(asNode(node.chart_spec).title).text)}）`];
    default:
      return fieldLines(node, nameOf);
  }
}

function fieldLines(node: CardNode, nameOf: NameOf | undefined): string[] {
  const hint = isNode(node.placeholder) ? `（${textOf(node.placeholder, nameOf)}）` : '＿＿';
  const chosen = chosenText(node, nameOf);
  switch (node.tag) {
    case 'input': {
      const label = isNode(node.label) ? `${textOf(node.label, nameOf)}：` : '';
      return [`${label}${asText(node.default_value) || hint}`];
    }
    case 'checker':
      return [`${node.checked === true ? '☑' : '☐'} ${textOf(node.text, nameOf)}`];
    case 'overflow':
      return [
        `⋯ ${asList(node.options)
          .map((option) => textOf(asNode(option).text, nameOf))
          .join(' / ')}`,
      ];
    default:
      return [`▾ ${chosen || hint}`];
  }
}

function chosenText(node: CardNode, nameOf: NameOf | undefined): string {
  const date = asText(node.initial_date) || asText(node.initial_time) || asText(node.initial_datetime);
  if (date !== '') return date;
  const options = asList(node.options).map(asNode);
  const byIndex = typeof node.initial_index === 'number' ? options[node.initial_index - 1]?.value : undefined;
  const values = [...asList(node.selected_values), node.initial_option ?? byIndex].filter(
    (value) => value !== undefined,
  );
  const shown = values.map((value) => {
    const option = options.find((candidate) => candidate.value === value);
    return isNode(option?.text) ? textOf(option.text, nameOf) : (nameOf?.(asText(value)) ?? asText(value));
  });
  return shown.join('、');
}

function columnsLines(node: CardNode, nameOf: NameOf | undefined): string[] {
  const columns = asList(node.columns).map((column) => elementsLines(asNode(column).elements, nameOf));
  if (columns.every((lines) => lines.length <= 1)) return [columns.flat().join('  ')];
  return columns.flat();
}

function tableLines(node: CardNode, nameOf: NameOf | undefined): string[] {
  const columns = asList(node.columns).map(asNode);
  const head = columns.map((column) => asText(column.display_name) || asText(column.name));
  const rows = asList(node.rows).map((row) => columns.map((column) => cellText(row, { column, nameOf })));
  return [head, ...rows].map((cells) => cells.join(' | '));
}

function cellText(row: unknown, place: { column: CardNode; nameOf: NameOf | undefined }): string {
  const cells = new Map(isNode(row) ? Object.entries(row) : []);
  const value = cells.get(asText(place.column.name));
  const texts = (Array.isArray(value) ? value : [value]).map((item) =>
    isNode(item) ? asText(item.text) : String(item ?? ''),
  );
  const joined = texts.join('、');
  const isMarkdown = place.column.data_type === 'lark_md' || place.column.data_type === 'markdown';
  return isMarkdown ? markdownText(joined, place.nameOf) : joined;
}

function personText(openId: string, nameOf: NameOf | undefined): string {
  return `@${nameOf?.(openId) ?? openId}`;
}
