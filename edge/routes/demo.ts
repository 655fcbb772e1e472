import { Hono } from 'hono';
import * as v from 'valibot';
import { clearingOf } from '../clearing/load-programme.ts';
import { linkActivation } from '../console/operations/shops.ts';
import { originsOf } from '../security/origins.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import type { ApiEnv } from './api-context.ts';
import { describeCall } from './describe-call.ts';
import { openDemo } from './open-demo.ts';

const DemoAnswer = v.object({ posLink: v.string(), walletLink: v.string(), consoleLink: v.string() });

export const demoRoutes = new Hono<ApiEnv>().get(
  '/demo',
  describeCall('get', {
    tag: 'Demo',
    summary: 'Opens the demo programme and says where to go',
    description:
      'The till is one that nobody has activated yet. Nothing here is secret: the console is claimed by the setup code.',
    answer: DemoAnswer,
    refusals: ['not_found', 'limit_reached'],
  }),
  async (c) => {
    if (c.env.DEMO !== '1') return createProblem('not_found');
    const opened = await openDemo(c.env);
    if (!opened.ok) return problemOf(opened);
    const { publicOrigin, walletOrigin } = originsOf(c.env);
    const isClaimed = await clearingOf(c.env).isClaimed();
    return c.json({
      posLink: linkActivation(c.env, opened.value.activationCode),
      walletLink: `${walletOrigin}/wallet/`,
      consoleLink: `${publicOrigin}/centre${isClaimed ? '' : '/setup'}`,
    });
  },
);
