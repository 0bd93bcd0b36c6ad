import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOfAddress, isPublicAddress } from '../../src/server/domain/webhook-address.js';
import { createOutbound, Refused } from '../../src/server/jobs/outbound.js';
import { createResolve, type Found, type Resolve } from '../../src/server/jobs/resolve.js';
import { openHouse } from './house.js';

const privateV4 = [
  ...[
    '127.0.0.1',
    '127.1.2.3',
    '127.255.255.255',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
  ],
  ...['172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255', '169.254.0.1'],
  ...['169.254.169.254', '169.254.170.2', '100.64.0.1', '100.100.100.200', '100.127.255.255'],
  ...['192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255'],
  ...[
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['192.31.196.1', '192.52.193.1', '192.175.48.1', '168.63.129.16'],
];

const hex = (part: number) => part.toString(16).padStart(2, '0');
const partsOf = (ip: string) => ip.split('.').map(Number) as [number, number, number, number];
/** `7f00:1`, as IPv6 writes an IPv4 address. */
const asGroups = (ip: string) => {
  const [a, b, c, d] = partsOf(ip);
  return `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
};

/** One IPv4 address in the ways a URL may write it. */
function spellings(ip: string): string[] {
  const [a, b, c, d] = partsOf(ip);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const fullWidth = ip.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return [
    ip,
    `${ip}.`,
    String(whole),
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((part) => `0x${hex(part)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    [a, b, c, d].map((part) => `000${part.toString(8).padStart(3, '0')}`).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`,
    fullWidth,
    ip.replaceAll('.', '。'),
    encodeURIComponent(ip).replace(/\d/g, (digit) => `%3${digit}`),
    `[::ffff:${ip}]`,
    `[::ffff:${asGroups(ip)}]`,
    `[0:0:0:0:0:ffff:${asGroups(ip)}]`,
    `[::${ip}]`,
    `[::ffff:0:${asGroups(ip)}]`,
    `[64:ff9b::${ip}]`,
    `[64:ff9b::${asGroups(ip)}]`,
    `[64:ff9b:1::${asGroups(ip)}]`,
    `[2002:${asGroups(ip)}::1]`,
    `[2001:0:4136:e378:8000:63bf:${asGroups(ip)}]`,
  ];
}

const v6 = [
  ...['::', '::1', '0:0:0:0:0:0:0:1', '0000::0001', 'fe80::1', 'febf::1', 'fec0::1', 'fc00::1'],
  ...['fd00:ec2::254', 'fd20:ce::254', 'fdff::1', 'ff02::1', 'ff0e::1', '100::1', '2001:db8::1'],
  ...['2001::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1::1', '2002::1', '3fff::1'],
  ...['64:ff9b::1', '64:ff9b:1::1', '5f00::1', '4000::1', '8000::1', 'e000::1', '1::1', '::2'],
];

const names = [
  ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'a.b.localhost.', 'ⓛocalhost'],
  ...[
    'ｌｏｃａｌｈｏｓｔ',
    'localhost.localdomain',
    'printer.local',
    'metadata',
    'metadata.',
    'intranet',
  ],
  ...['metadata.google.internal', 'instance-data.ec2.internal', 'db.internal.', 'router.home.arpa'],
];

const refused = [
  ...privateV4.slice(0, 12).flatMap(spellings),
  ...privateV4.slice(12),
  ...privateV4.slice(12).map((ip) => `[::ffff:${ip}]`),
  ...v6.map((ip) => `[${ip}]`),
  ...names,
];

const ports = [443, 8443];
const abroad = { loopback: false, ports };
const atHome = { loopback: true, ports };

describe('an address a merchant names', () => {
  it('is refused where it is not of the open internet, in each of its spellings', () => {
    expect(new Set(refused).size).toBeGreaterThanOrEqual(300);
    const taken = refused.filter((host) => !faultOfAddress(abroad, `https://${host}/hook`));
    expect(taken).toEqual([]);
  });

  it.each([
    ['http', 'http://shop.example.com/'],
    ['another scheme', 'ftp://shop.example.com/'],
    ['a script', 'javascript:alert(1)//https://a.example'],
    ['no host', 'https:///'],
    ['another port', 'https://shop.example.com:22/'],
    ['a user', 'https://user@shop.example.com/'],
    ['a password', 'https://:word@shop.example.com/'],
    ['a user that looks like the host', 'https://shop.example.com@10.0.0.1/'],
    ['a backslash', 'https://10.0.0.1\\@shop.example.com/'],
    ['no address', 'nonsense'],
  ])('is refused with %s', (_what, url) => {
    expect(faultOfAddress(abroad, url)).toBeTruthy();
    expect(faultOfAddress(atHome, url)).toBeTruthy();
  });

  it('is taken where it is public, https and on a port for it', () => {
    for (const host of ['shop.example.com', 'SHOP.example.com.', '93.184.216.34', '1.1.1.1'])
      for (const port of ['', ':443', ':8443'])
        expect(faultOfAddress(abroad, `https://${host}${port}/hook?x=1`)).toBeUndefined();
    for (const ip of ['2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])
      expect(faultOfAddress(abroad, `https://[${ip}]/`)).toBeUndefined();
  });

  it('may be on loopback only where we are ourselves, and then on any port', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', '127.1'])
      for (const scheme of ['http', 'https']) {
        expect(faultOfAddress(atHome, `${scheme}://${host}:9000/`)).toBeUndefined();
        expect(faultOfAddress(abroad, `${scheme}://${host}:9000/`)).toBeTruthy();
      }
    for (const host of ['10.0.0.1', '169.254.169.254', 'printer.local', '[::ffff:10.0.0.1]'])
      expect(faultOfAddress(atHome, `https://${host}/`)).toBeTruthy();
  });

  it('is refused when an endpoint is made and when it is changed', async () => {
    const house = await openHouse('PostgreSQL', undefined, {
      publicUrl: 'https://pay.example.com',
    });
    const path = '/v1/webhook-endpoints';
    const made = await house.call('POST', path, { url: 'https://shop.example.com/hook' });
    expect(made.status).toBe(201);
    for (const host of [
      '127.0.0.1',
      '[::1]',
      'localhost',
      '0x7f.1',
      '169.254.169.254',
      '[fd00::1]',
    ])
      for (const [method, at] of [
        ['POST', path],
        ['PATCH', `${path}/${made.body.id}`],
      ] as const) {
        const { status, body } = await house.call(method, at, { url: `https://${host}/` });
        expect([host, status, body.errors[0].path]).toEqual([host, 422, 'url']);
      }
    await house.close();
  });
});

describe('a connection', () => {
  /** Nobody may come here. */
  let canary: Server;
  let visits = 0;
  let port = 0;
  beforeAll(async () => {
    canary = createServer((_request, response) => response.end()).on('connection', () => {
      visits += 1;
    });
    await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
    port = (canary.address() as AddressInfo).port;
  });
  afterAll(() => {
    canary.closeAllConnections();
    canary.close();
  });

  const letter = () => ({ headers: {}, body: '{}', signal: AbortSignal.timeout(2_000) });
  const found = (...addresses: string[]): Found[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  /** As in production, but the canary's port counts among those of the open internet. */
  const outbound = (resolve: Resolve, loopback = false) =>
    createOutbound({ reach: { loopback, ports: [443, port] }, resolve });

  it('is made to none of them', async () => {
    const out = outbound(async () => found('127.0.0.1'));
    for (const host of refused)
      await expect(out.post(`https://${host}:${port}/`, letter())).rejects.toThrow();
    await out.close();
    expect(visits).toBe(0);
  });

  it('is not made where a public name leads inside, wholly or in part', async () => {
    const mapped = privateV4.filter((_, index) => index % 4 === 0).map((ip) => `::ffff:${ip}`);
    const inside = [...privateV4, ...v6, ...mapped, 'fe80::1%lo'];
    const url = `https://shop.example.com:${port}/`;
    let answer: Found[] = [];
    const outs = [outbound(async () => answer), outbound(async () => answer, true)];
    for (const address of inside) {
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
      for (const all of [[address], ['93.184.216.34', address], [address, '1.1.1.1']]) {
        answer = found(...all);
        for (const out of outs) await expect(out.post(url, letter())).rejects.toThrow(Refused);
      }
    }
    await Promise.all(outs.map((out) => out.close()));
    const nowhere = outbound(async () => []);
    await expect(nowhere.post(`https://shop.example.com:${port}/`, letter())).rejects.toThrow(
      Refused,
    );
    await nowhere.close();
    expect(visits).toBe(0);
  });

  it('asks for a name once, and connects to nothing else', async () => {
    let asked = 0;
    const out = outbound(async () => {
      asked += 1;
      return asked === 1 ? found('93.184.216.34') : found('127.0.0.1');
    });
    const url = `https://rebind.example.com:${port}/`;
    const soon = { ...letter(), signal: AbortSignal.timeout(300) };
    // The network of a test leads nowhere; what counts is that it is not refused, and not asked for twice.
    const first = await out.post(url, soon).catch((error) => error);
    expect(first).not.toBeInstanceOf(Refused);
    expect(asked).toBe(1);
    await expect(out.post(url, letter())).rejects.toThrow(Refused);
    expect(asked).toBe(2);
    await out.close();
    expect(visits).toBe(0);
  });

  it('follows no redirect', async () => {
    const statuses = [301, 302, 303, 307, 308];
    const receiver = createServer((_request, response) => {
      const location = `http://127.0.0.1:${port}/`;
      response.writeHead(statuses[0] ?? 302, { location }).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const out = outbound(async () => found('127.0.0.1'), true);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    for (const status of [...statuses]) {
      expect(await out.post(url, letter())).toBe(status);
      statuses.shift();
    }
    await out.close();
    receiver.close();
    expect(visits).toBe(0);
  });

  it('on loopback must lead to loopback, whatever a resolver says of it', async () => {
    const out = outbound(async () => found('127.0.0.1', '10.0.0.1'), true);
    await expect(out.post(`http://localhost:${port}/`, letter())).rejects.toThrow(Refused);
    await out.close();
    expect(visits).toBe(0);
  });

  it('reads a few kilobytes of an answer and no more, however much and however slowly it comes', async () => {
    let sent = 0;
    const endless = createServer((request, response) => {
      request.resume();
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    });
    const slow = createServer((_request, response) => {
      response.writeHead(200).write('x');
    });
    const out = outbound(async () => found('127.0.0.1'), true);
    for (const server of [endless, slow]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port: at } = server.address() as AddressInfo;
      const ended = new Promise((resolve) =>
        server.on('connection', (socket) => socket.on('close', resolve)),
      );
      expect(await out.post(`http://127.0.0.1:${at}/`, letter())).toBe(200);
      if (server === endless) await ended;
      server.closeAllConnections();
      server.close();
    }
    await out.close();
    // What lies in the buffers of two sockets on one machine, not what the receiver would have sent.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('to a name whose server never answers holds up no other name, and no file', async () => {
    let asked = 0;
    const mute = createSocket('udp4').on('message', () => {
      asked += 1;
    });
    await new Promise<void>((resolve) => mute.bind(0, '127.0.0.1', resolve));
    const out = outbound(createResolve([`127.0.0.1:${mute.address().port}`]), true);
    const givingUp = Array.from({ length: 20 }, () => new AbortController());
    const waiting = givingUp.map(({ signal }, index) =>
      out
        .post(`https://dead-${index}.example.com:${port}/`, { ...letter(), signal })
        .catch((error) => error),
    );
    while (asked < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = Date.now();
    await lookup('127.0.0.1');
    await readFile('package.json');
    expect(await out.post(`http://localhost:${port}/`, letter())).toBe(200);
    expect(Date.now() - before).toBeLessThan(500);
    visits = 0;
    // Who gives them up does not wait for them either.
    for (const one of givingUp) one.abort(new Error('given up'));
    for (const end of await Promise.all(waiting)) expect(end.message).toBe('given up');
    expect(Date.now() - before).toBeLessThan(1_000);
    await out.close();
    mute.close();
    expect(visits).toBe(0);
  });

  it('that answers nothing, or no HTTP, ends in time', async () => {
    const out = outbound(async () => found('127.0.0.1'), true);
    for (const reply of [
      '',
      'SSH-2.0-OpenSSH_9.9\r\n',
      `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(50_000)}`,
    ]) {
      const server = createSocketServer((socket) => {
        socket.on('error', () => {});
        socket.write(reply);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const soon = { ...letter(), signal: AbortSignal.timeout(500) };
      await expect(out.post(url, soon)).rejects.toThrow();
      server.close();
    }
    await out.close();
  });
});
