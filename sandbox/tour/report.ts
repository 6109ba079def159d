import type { Narrator } from './narrator.ts';

/** 每月15日前报送：提醒、确认报送、16日列出未报送的单位 */
export async function playReport({ chapter, clicks, moveTo }: Narrator): Promise<void> {
  chapter('每月15日的月报');
  await moveTo('2026-12-15T09:00');
  await clicks('townManager', { where: 'town', label: '确认报送' });
  await moveTo('2026-12-15T15:00');
  await moveTo('2026-12-16T09:00');
}
