/** In the place of `src/browser/page/look-inside.ts`: what the scene's gateway says of its inside. */
import type { Inside } from '../../src/inside/types.ts';
import { NOW } from '../../test/fixtures/statuses.ts';
import { sceneHere } from './scenes/all.ts';

const UNASKED = { type: 'unasked' } as const;

export const lookInside = async (_: string, { readsConfig }: { readsConfig: boolean }): Promise<Inside> => {
  const { inside = {} } = sceneHere();
  const told: Inside = {
    health: {
      type: 'told',
      value: {
        pluginErrors: [],
        pluginsUnavailable: [],
        tellsPlugins: true,
        isReloadOff: false,
        isModelRuntimeDegraded: false,
        loop: null,
      },
    },
    status: {
      type: 'told',
      value: {
        pid: 4_802,
        rssBytes: 612e6,
        secretOwners: [],
        degradedPlugins: [],
        failedTasks: 0,
        taskErrors: 0,
        loop: null,
      },
    },
    machine: {
      type: 'told',
      value: {
        port: 18_789,
        pid: 4_802,
        uptimeMs: 19 * 3_600_000,
        diskTotalBytes: 270e9,
        diskAvailableBytes: 81.6e9,
        rssBytes: 612e6,
        platform: 'linux',
      },
    },
    stability: {
      type: 'told',
      value: { at: NOW, readyMs: 4_017, memory: [], pressures: [], stuckAt: [], rejectedAt: [] },
    },
    channels: { type: 'told', value: { tellsIssues: true, issues: [] } },
    models: { type: 'told', value: { providers: [] } },
    jobs: { type: 'told', value: { isOn: true, count: 3 } },
    failedJobs: { type: 'told', value: [] },
    update: { type: 'told', value: { currentVersion: '', latestVersion: '' } },
    config: UNASKED,
    at: NOW,
    tookMs: 120,
    ...inside,
  };
  return readsConfig ? told : { ...told, config: UNASKED };
};
