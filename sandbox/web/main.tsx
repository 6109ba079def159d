import { render } from 'preact';
import './style/base.css';
import './style/card.css';
import './style/fields.css';
import { ConfirmDialog } from './card/confirm.tsx';

async function start(place: HTMLElement): Promise<void> {
  const isGallery = location.pathname.startsWith('/gallery');
  const { Page } = isGallery ? await import('./gallery/page.tsx') : await import('./chat/page.tsx');
  render(
    <>
      <Page />
      <ConfirmDialog />
    </>,
    place,
  );
}

const place = document.getElementById('app');
if (place !== null) void start(place);
