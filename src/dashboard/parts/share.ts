/** Where a link is sent: each service by the address that opens it with the message already written. */

export interface Message {
  readonly text: string;
  readonly url: string;
  readonly subject: string;
}

export const services = ['whatsapp', 'sms', 'email', 'telegram', 'x', 'facebook'] as const;
export type Service = (typeof services)[number];

/** Mail programs, phones and Telegram's own program read `+` as itself. */
const query = (asked: Record<string, string>) =>
  new URLSearchParams(asked).toString().replaceAll('+', '%20');

const addresses: Readonly<Record<Service, (message: Message) => string>> = {
  whatsapp: ({ text, url }) => `https://wa.me/?${query({ text: `${text} ${url}` })}`,
  sms: ({ text, url }) => `sms:?&${query({ body: `${text} ${url}` })}`,
  email: ({ text, url, subject }) => `mailto:?${query({ subject, body: `${text}\n\n${url}` })}`,
  telegram: ({ text, url }) => `https://t.me/share/url?${query({ url, text })}`,
  x: ({ text, url }) => `https://x.com/intent/post?${query({ text, url })}`,
  facebook: ({ url }) => `https://www.facebook.com/sharer/sharer.php?${query({ u: url })}`,
};

export const shareAddress = (service: Service, message: Message): string =>
  addresses[service](message);

/** On phones: whatever its owner sends things with. */
export const canShare = (): boolean => typeof navigator.share === 'function';
