const colors = ['#3f6ad8', '#7a55c7', '#1d7f74', '#b0561a', '#a83f74', '#4a7a2a', '#5a6470', '#2d7199'];

/** A round sign with the last character of a name; groups are square, the bot has a tick. */
export function Avatar(props: { readonly name: string; readonly kind?: 'person' | 'group' | 'bot' }) {
  const { name, kind = 'person' } = props;
  const sum = [...name].reduce((total, sign) => total + (sign.codePointAt(0) ?? 0), 0);
  const color = kind === 'bot' ? '#245bdb' : colors[sum % colors.length];
  return (
    <span class={`avatar avatar-${kind}`} style={{ '--avatar': color }} aria-hidden="true">
      {kind === 'bot' ? '办' : kind === 'group' ? name.slice(0, 2) : name.slice(-1)}
    </span>
  );
}

/** The number of unread messages; nothing for none. */
export function Badge({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <span class="badge" role="img" aria-label={`${count} 条未读`}>
      {count > 99 ? '99+' : count}
    </span>
  );
}
