/** `npm run test:faults`, fault by fault: each is produced for real, and a user is told what should be told. */
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { play } from '../../labs/faults/play.ts';
import { prepare, wake } from '../../labs/faults/scene-gateway.ts';
import { SCENES } from '../../labs/faults/scenes.ts';
import { expect, LAB, test } from './fixtures.ts';

for (const scene of SCENES) {
  test.describe(scene.name, LAB, () => {
    // One after the other, where they share a gateway: the last of them may lock everybody out.
    test.describe.configure({ mode: scene.gateway ? 'default' : 'parallel' });
    let gateway: Gateway | null = null;
    test.beforeAll(async () => {
      gateway = await prepare(scene);
    });
    test.afterAll(() => gateway?.remove());

    for (const fault of scene.faults) {
      test(fault.name, async () => {
        if (gateway) await wake(gateway, scene, fault);
        expect((await play(fault, gateway)).problems).toEqual([]);
      });
    }
  });
}
