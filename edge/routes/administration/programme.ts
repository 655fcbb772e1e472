import { Hono } from 'hono';
import { encodeBase64url, encodeHex } from '../../../shared/protocol/bytes.ts';
import { accept } from '../../../shared/protocol/result.ts';
import { computeKeyId } from '../../../shared/protocol/signing-key.ts';
import { CreateParticipantCall } from '../../../shared/protocol/wire/administration.ts';
import { clearingOf } from '../../clearing/load-programme.ts';
import {
  ChangeSettingsCall,
  changeSettings,
  createParticipant,
  RotateCentreKeyCall,
  rotateCentreKey,
} from '../../console/operations/programme.ts';
import { describeCall, takeJson } from '../describe-call.ts';
import { CentreKeysAnswer, ParticipantAnswer, ParticipantsAnswer, RotationAnswer, SettingsAnswer } from './answers.ts';
import { answer, type DeskEnv } from './desk-context.ts';

const CALL = { tag: 'Administration', session: 'console' } as const;

/** Participants, rules and keys of the programme. */
export const administerProgramme = new Hono<DeskEnv>()
  .get(
    '/participants',
    describeCall('get', { ...CALL, summary: 'Lists the participants', answer: ParticipantsAnswer }),
    (c) => c.json({ participants: c.get('desk').programme.participants }),
  )
  .post(
    '/participants',
    describeCall('post', {
      ...CALL,
      summary: 'Adds a participant',
      answer: ParticipantAnswer,
      refusals: ['already_exists'],
    }),
    takeJson(CreateParticipantCall),
    async (c) => answer(c, await createParticipant(c.get('desk'), c.req.valid('json'))),
  )
  .get(
    '/settings',
    describeCall('get', { ...CALL, summary: 'Says the rules of the programme', answer: SettingsAnswer }),
    (c) => {
      const { name, timeZone, amountMinorMax, requestValidSeconds, payCode, offline } = c.get('desk').programme;
      return c.json({ name, timeZone, amountMinorMax, requestValidSeconds, payCode, offline });
    },
  )
  .post(
    '/settings',
    describeCall('post', {
      ...CALL,
      summary: 'Changes the rules of the programme',
      description: 'Take effect in every worker within seconds, in tills and wallets at their next sync.',
      answer: SettingsAnswer,
    }),
    takeJson(ChangeSettingsCall),
    async (c) => answer(c, await changeSettings(c.get('desk'), c.req.valid('json'))),
  )
  .get(
    '/centre-keys',
    describeCall('get', { ...CALL, summary: 'Lists the centre’s keys, newest first', answer: CentreKeysAnswer }),
    async (c) => {
      const keys = await clearingOf(c.env).listCentreKeys();
      const centreKeys = await Promise.all(
        keys.map(async ({ generation, publicKey, validFromMs }) => ({
          generation,
          keyId: encodeHex(await computeKeyId(publicKey)),
          publicKey: encodeBase64url(publicKey),
          validFromMs,
        })),
      );
      return answer(c, accept({ centreKeys }));
    },
  )
  .post(
    '/centre-keys/rotation',
    describeCall('post', {
      ...CALL,
      summary: 'Makes the next centre key',
      description: 'The caller names the newest key it knows, so that a call sent twice rotates once.',
      answer: RotationAnswer,
      refusals: ['already_exists'],
    }),
    takeJson(RotateCentreKeyCall),
    async (c) => answer(c, await rotateCentreKey(c.get('desk'), c.req.valid('json'))),
  );
