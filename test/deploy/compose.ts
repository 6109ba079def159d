/** What stands of a service in a compose file: each key with its own lines, without its comment and indentation. */
type Service = ReadonlyMap<string, readonly string[]>;

/** As far as this project's file goes: two spaces a level, the services under `services:`. */
export function servicesOf(text: string): Map<string, Service> {
  const services = new Map<string, Map<string, string[]>>();
  let top = '';
  let service: Map<string, string[]> | undefined;
  let lines: string[] | undefined;
  for (const line of text.split('\n').filter((one) => !/^\s*(?:#|$)/.test(one))) {
    const [, indentation = '', key = '', value = ''] = /^( *)(?:([\w-]+):(?: |$))?(.*)$/.exec(line) ?? [];
    if (indentation.length === 0) top = key;
    else if (top !== 'services') continue;
    else if (indentation.length === 2) {
      service = new Map();
      services.set(key, service);
    } else if (indentation.length === 4) {
      lines = value === '' ? [] : [value];
      service?.set(key, lines);
    } else lines?.push(line.trim().replace(/^- /, ''));
  }
  return services;
}

/** What a reviewer would send back. `database`: the service that holds the data; all others are ours. */
export function problemsOf(text: string, { database }: { readonly database: string }): string[] {
  const services = servicesOf(text);
  const problems = [...services].flatMap(([name, service]) =>
    problemsOfService(service, { isDatabase: name === database }).map((problem) => `${name}: ${problem}`),
  );
  if (!services.has(database)) problems.push(`no ${database}`);
  return [...problems, ...secretsIn(text).map((line) => `a secret is written down: ${line}`)];
}

function problemsOfService(service: Service, { isDatabase }: { readonly isDatabase: boolean }): string[] {
  const has = (key: string, wanted: string) => service.get(key)?.some((line) => line.startsWith(wanted)) === true;
  const all: readonly (readonly [string, boolean])[] = [
    ['the version of an image is fixed', service.has('build') || /:\d+\.\d+/.test(service.get('image')?.[0] ?? '')],
    ['is not started again', has('restart', 'unless-stopped')],
    ['may gain privileges', has('security_opt', 'no-new-privileges:true') && !service.has('privileged')],
    ['is in the network of the machine', !service.has('network_mode')],
    ['reaches the machine', (service.get('volumes') ?? []).every((volume) => /^\w+:\//.test(volume))],
    ['keeps nothing', service.has('volumes')],
  ];
  const ours: typeof all = [
    ['may write where it runs', has('read_only', 'true') && has('tmpfs', '/tmp')],
    ['keeps capabilities', has('cap_drop', 'ALL')],
    ['is open to others than the machine', (service.get('ports') ?? []).every((port) => port.startsWith('127.0.0.1:'))],
    ['does not wait for the database', has('depends_on', 'condition: service_healthy')],
    ['is killed before it has ended', Number.parseInt(service.get('stop_grace_period')?.[0] ?? '0', 10) > 5],
    ['takes all memory', service.has('mem_limit')],
    ['hears nobody outside of its container', has('environment', 'HOST: 0.0.0.0')],
  ];
  const databases: typeof all = [
    ['is open to others than its neighbours', !service.has('ports')],
    ['nobody knows whether it is ready', has('healthcheck', 'test:')],
  ];
  return [...all, ...(isDatabase ? databases : ours)].filter(([, holds]) => !holds).map(([problem]) => problem);
}

/** Lines that give a secret a value of their own, instead of the one that `.env` must have. */
function secretsIn(text: string): string[] {
  const named = /^\s*(?:- )?\w*(?:PASSWORD|SECRET|KEY|TOKEN)\w*[:=](?! *\$\{\w+:\?[^}]+\}$) *\S/;
  const inAddress = /:\/\/[^\s:]+:(?!\$\{\w+:\?[^}]+\}@)[^\s@]*@/;
  return text.split('\n').filter((line) => named.test(line) || inAddress.test(line));
}
