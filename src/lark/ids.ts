/** The platform's ids. They are checked before they go into a path, because the SDK does not encode path parameters. */

/** om_ message, oc_ chat, ou_ person, on_ person across apps, omt_ thread. The platform promises no length. */
const ID = /^(om|oc|ou|on|omt)_[A-Za-z0-9_-]{1,120}$/;

export type IdPrefix = 'om' | 'oc' | 'ou' | 'on' | 'omt';

/** Is this an id of the given kind? */
export function isId(value: string, prefix: IdPrefix): boolean {
  return ID.exec(value)?.[1] === prefix;
}

/** Which `receive_id_type` a target has: a chat or a person; undefined for anything else. */
export function receiveIdType(target: string): 'chat_id' | 'open_id' | undefined {
  if (isId(target, 'oc')) return 'chat_id';
  return isId(target, 'ou') ? 'open_id' : undefined;
}

/** Of a picture or file: img_v3_02ab_c1d2-…, file_v2_…, with signs between that stand for nothing in a path. */
const RESOURCE_KEY = /^[A-Za-z0-9_-]{1,200}$/;

export function isResourceKey(value: string): boolean {
  return RESOURCE_KEY.test(value);
}
