/** The invented people and groups of the demo, the tour and the flow tests. Names are made up; units are the plan's. */
import type { Database } from '../db/database.ts';
import { agentReads } from '../db/repositories/agent.ts';
import { chatWrites } from '../db/repositories/chat.ts';
import { unitReads } from '../db/repositories/unit.ts';
import type { Ctx } from '../src/ctx.ts';
import type { AgentRole, Employment } from '../src/domain/agent.ts';
import { unitLevels } from '../src/domain/unit.ts';
import { enrolAgent } from '../src/services/agent/enrol.ts';
import { sealPhone } from '../src/services/agent/phone.ts';
import { setUnitChat } from '../src/services/unit/bind.ts';
import type { Vault } from '../src/vault.ts';
import type { Sandbox } from './index.ts';
import type { Person } from './person.ts';
import type { ChatRecord } from './world.ts';

export interface StaffPart {
  readonly name: string;
  readonly unit: string;
  readonly role: AgentRole;
  readonly employment: Employment;
  readonly phone: string;
}

const staffParts = {
  villageAgent: { name: '娜仁', unit: '安达社区', role: 'agent', employment: 'fullTime', phone: '13900000001' },
  villageColleague: { name: '苏和', unit: '安达社区', role: 'agent', employment: 'partTime', phone: '13900000002' },
  townClerk: { name: '王芳', unit: '巴彦托海镇', role: 'agent', employment: 'fullTime', phone: '13900000003' },
  secondClerk: { name: '李强', unit: '巴彦托海镇', role: 'agent', employment: 'fullTime', phone: '13900000004' },
  departmentClerk: { name: '包志远', unit: '民政部门', role: 'agent', employment: 'partTime', phone: '13900000005' },
  townManager: { name: '敖登', unit: '巴彦托海镇', role: 'manager', employment: 'fullTime', phone: '13900000006' },
  bannerManager: {
    name: '白玉兰',
    unit: '鄂温克族自治旗',
    role: 'manager',
    employment: 'fullTime',
    phone: '13900000007',
  },
  admin: { name: '高娃', unit: '鄂温克族自治旗', role: 'admin', employment: 'fullTime', phone: '13900000008' },
  otherTownClerk: { name: '孟和', unit: '大雁镇', role: 'agent', employment: 'fullTime', phone: '13900000009' },
} as const satisfies Record<string, StaffPart>;

type StaffKey = keyof typeof staffParts;
export type PersonKey = StaffKey | 'stranger';

const groupParts = {
  village: { name: '安达社区便民服务站', unit: '安达社区', members: ['villageAgent', 'villageColleague'] },
  town: {
    name: '巴彦托海镇便民服务中心',
    unit: '巴彦托海镇',
    members: ['townClerk', 'secondClerk', 'townManager'],
  },
  department: { name: '民政部门帮办代办', unit: '民政部门', members: ['departmentClerk'] },
  otherTown: { name: '大雁镇便民服务中心', unit: '大雁镇', members: ['otherTownClerk'] },
  banner: { name: '旗政务服务局调度群', unit: '鄂温克族自治旗', members: ['bannerManager', 'admin'] },
} as const satisfies Record<string, { name: string; unit: string; members: readonly StaffKey[] }>;

export type GroupKey = keyof typeof groupParts;

export interface Cast {
  readonly people: Readonly<Record<PersonKey, Person>>;
  readonly groups: Readonly<Record<GroupKey, ChatRecord>>;
}

/** Puts people and groups into the sandbox, with ids that stay the same from start to start. */
export function enterCast(sandbox: Sandbox): Cast {
  const staff = Object.fromEntries(
    Object.entries(staffParts).map(([key, { name }]) => [key, sandbox.addPerson({ name, openId: openIdOf(key) })]),
  ) as Record<StaffKey, Person>;
  const people = { ...staff, stranger: sandbox.addPerson({ name: '陈明', openId: openIdOf('stranger') }) };
  const groups = Object.fromEntries(
    Object.entries(groupParts).map(([key, { name, members }]) => [
      key,
      sandbox.addGroup({ name, chatId: `oc_demo_${key}`, members: members.map((member) => people[member]) }),
    ]),
  ) as Record<GroupKey, ChatRecord>;
  return { people, groups };
}

/** Writes the staff and the groups' units into the bot's database, as an administrator would have done by and by. */
export async function employCast(options: {
  db: Database;
  vault: Vault;
  zone: string;
  now: number;
  /** More staff, by open id. */
  others?: Readonly<Record<string, StaffPart>> | undefined;
}): Promise<void> {
  await options.db.write(async (tx) => {
    const ctx: Ctx = { ...options, tx, actor: { kind: 'system', name: 'demo' } };
    const units = new Map((await unitReads.ofLevels(tx, unitLevels)).map((unit) => [unit.name, unit.id]));
    const unitId = (name: string) => {
      const id = units.get(name);
      if (id === undefined) throw new Error(`the seed has no unit ${name}`);
      return id;
    };
    const cast = Object.entries(staffParts).map(([key, part]) => [openIdOf(key), part] as const);
    for (const [openId, part] of [...cast, ...Object.entries(options.others ?? {})]) {
      const { name, unit, role, employment, phone } = part;
      if (await agentReads.byOpenId(tx, openId)) continue;
      const phoneSealed = sealPhone(options.vault, { openId, phone });
      const row = { openId, name, phoneSealed, unitId: unitId(unit), role, employment };
      await enrolAgent(ctx, { ...row, appliedAt: options.now, decidedAt: options.now });
    }
    for (const [key, { name, unit }] of Object.entries(groupParts)) {
      await chatWrites.joined(tx, { chatId: `oc_demo_${key}`, mode: 'group', name });
      await setUnitChat(ctx, { unitId: unitId(unit), chatId: `oc_demo_${key}` });
    }
  });
}

function openIdOf(key: string): string {
  return `ou_demo_${key}`;
}
