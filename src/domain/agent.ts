/** Staff (代办员, 管理员): the people bound to a chat user. */

/** Rising: a manager may all that an agent of the unit may; an admin is a manager of every unit. */
export const agentRoles = ['agent', 'manager', 'admin'] as const;
export type AgentRole = (typeof agentRoles)[number];

/** 专职 / 兼职, as Annex 5 of the plan lists them. */
export const employments = ['fullTime', 'partTime'] as const;
export type Employment = (typeof employments)[number];

export const agentStatuses = ['pending', 'active', 'rejected', 'left'] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** Who may see a command in the help and use it; `all` includes people who are not staff yet. */
const audiences = ['all', 'agent', 'manager', 'admin'] as const;
export type Audience = (typeof audiences)[number];

/** Does somebody with this role (undefined: not staff) belong to the audience? */
export function belongsTo(audience: Audience, role: AgentRole | undefined): boolean {
  if (audience === 'all') return true;
  return role !== undefined && agentRoles.indexOf(role) >= agentRoles.indexOf(audience);
}
