import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that signs itself, for one host name, and its key; both as PEM. */
export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

const SEQUENCE = 0x30;
const ECDSA_WITH_SHA256 = oid('2a8648ce3d040302');
const NAME_OF = { commonName: '550403', subjectAltName: '551d11' };

/** Makes one that is valid from 2020 to 2049: Node.js makes keys, and no certificates. */
export function selfSigned(host: string): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, oid(NAME_OF.commonName), text(0x0c, host))));
  // A GeneralName of kind dNSName.
  const names = der(0x04, der(SEQUENCE, text(0x82, host)));
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    der(SEQUENCE, ECDSA_WITH_SHA256),
    name,
    der(SEQUENCE, text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, der(SEQUENCE, oid(NAME_OF.subjectAltName), names))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const whole = der(SEQUENCE, body, der(SEQUENCE, ECDSA_WITH_SHA256), der(0x03, signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function text(tag: number, value: string): Buffer {
  return der(tag, Buffer.from(value));
}
