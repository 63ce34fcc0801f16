/** From least to most: what somebody may do in an event. Guests are attendees without an account. */
export const ROLES = ['guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser'] as const;
export type Role = (typeof ROLES)[number];

const rank = (role: Role) => ROLES.indexOf(role);

/** Whether one role stands above another. */
export const isAbove = (role: Role, other: Role) => rank(role) > rank(other);

/** Whether a role is another one or stands above it. */
export const isRoleAtLeast = (held: Role, role: Role) => rank(held) >= rank(role);

/** The strongest of some roles; null where there is none. */
export function strongestOf(roles: readonly Role[]): Role | null {
  return roles.reduce<Role | null>((best, role) => (best === null || isAbove(role, best) ? role : best), null);
}
