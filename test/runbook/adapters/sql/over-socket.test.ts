import { Socket } from 'node:net';
import { overSocket } from '../../../../lib/runbook/adapters/sql/over-socket';
import { failureOf, type ProbeFailure } from '../../../../lib/runbook/adapters/sql/probe-failure';

const OPEN = { destroyed: false, readyState: 'open' } as const;

const tried = (work: (socket: Socket) => Promise<unknown>): Promise<ProbeFailure> =>
  overSocket({ connect: 0.03, whole: 0.06 }, work).then(
    () => Promise.reject(new Error('it succeeded')),
    (failure: unknown) => failure as ProbeFailure,
  );

const forever = (): Promise<never> => new Promise(() => undefined);

describe('a time that is over', () => {
  it('before the name was looked up, is no silence of the database', async () => {
    const { kind, detail } = await tried(forever);

    expect([kind, detail]).toEqual(['not asked', 'no connection within 0.03 s']);
  });

  it('while it connects, is one', async () => {
    const { kind, detail } = await tried((socket) => {
      socket.emit('lookup', null, '192.0.2.1', 4, 'orders-a');
      return forever();
    });

    expect([kind, detail]).toEqual(['unanswered', 'no connection within 0.03 s']);
  });

  it('after it has connected, is one too', async () => {
    const { kind, detail, code, family, message } = await tried((socket) => {
      socket.emit('lookup', null, '192.0.2.1', 4, 'orders-a');
      socket.emit('connect');
      return forever();
    });

    expect([kind, detail, code, family]).toEqual([
      'unanswered',
      'no answer within 0.06 s',
      'probe-failed',
      'retryable',
    ]);
    expect(message).toBe('the database was asked, and the question is unanswered (no answer within 0.06 s)');
  });

  it('closes the socket, and what fails later is heard by nobody', async () => {
    let used = new Socket();
    await tried((socket) => {
      used = socket;
      return new Promise((_, reject) => socket.once('close', () => reject(new Error('too late'))));
    });

    expect(used.destroyed).toBe(true);
    expect(() => used.emit('error', new Error('later'))).not.toThrow();
  });
});

describe('what a driver throws', () => {
  test.each([
    [{ severity: 'FATAL', code: '28P01', message: 'password authentication failed' }, 'login refused', '28P01'],
    [{ severity: 'FATAL', code: '28000' }, 'login refused', '28000'],
    [{ severity: 'FATAL', code: '57P03' }, 'refused', '57P03'],
    [{ severity: 'FATAL', code: '53300' }, 'refused', '53300'],
    [{ sqlState: '28000', errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' }, 'login refused', '1045'],
    [{ sqlState: '08004', errno: 1040, code: 'ER_CON_COUNT_ERROR' }, 'refused', '1040'],
    [{ code: 'ECONNREFUSED', errno: -111 }, 'unanswered', 'ECONNREFUSED'],
    [{ code: 'ETIMEDOUT' }, 'unanswered', 'ETIMEDOUT'],
    [{ errors: [{ code: 'EHOSTUNREACH' }, { code: 'ECONNREFUSED' }] }, 'unanswered', 'EHOSTUNREACH'],
    [{ code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, 'unanswered', 'PROTOCOL_CONNECTION_LOST'],
    [{ code: 'ENOTFOUND' }, 'not asked', 'ENOTFOUND'],
    [{ code: 'EAI_AGAIN' }, 'not asked', 'EAI_AGAIN'],
    [{ code: 'ENETUNREACH' }, 'not asked', 'ENETUNREACH'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'not trusted', 'CERT_HAS_EXPIRED'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'not trusted', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [{ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, 'not trusted', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    [{ code: 'HANDSHAKE_SSL_ERROR' }, 'not trusted', 'HANDSHAKE_SSL_ERROR'],
    [{ message: 'The server does not support SSL connections' }, 'not trusted', 'no TLS'],
    [{ message: 'SASL: SCRAM-SERVER-FIRST-MESSAGE: the password' }, 'not asked', 'the driver gave up'],
    [undefined, 'not asked', 'the driver gave up'],
  ])('%j is %s (%s)', (thrown, kind, detail) => {
    const failure = failureOf(thrown, OPEN);

    expect([failure.kind, failure.detail]).toEqual([kind, detail]);
    // The driver's own words may quote what was sent.
    expect(failure.message).not.toMatch(/password/);
    expect(failure.cause).toBeUndefined();
  });

  it('without any code, over a connection that ended, is a silence', () => {
    const failure = failureOf(new Error('Connection terminated unexpectedly'), {
      destroyed: true,
      readyState: 'closed',
    });

    expect([failure.kind, failure.detail]).toEqual(['unanswered', 'the connection ended']);
  });
});
