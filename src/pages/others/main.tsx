/** The page of a gateway's other clients: who is connected, who is refused, and what helps them. */
import { startTab } from '../../ui/tab.tsx';
import { OthersPage } from './others.tsx';

startTab('others', OthersPage);
