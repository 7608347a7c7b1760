/** The demo's history. */
import { HistoryPage } from '../history/history.tsx';
import { startDemo } from './start.tsx';

startDemo('history', HistoryPage);
