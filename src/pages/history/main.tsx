/** The page of a gateway's past. Works with a worker that is dead: everything shown is on the disk. */
import { startTab } from '../../ui/tab.tsx';
import { HistoryPage } from './history.tsx';

startTab('history', HistoryPage);
