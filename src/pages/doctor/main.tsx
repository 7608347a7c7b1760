/** The doctor's page. Works with a worker that is dead: then it shows what is stored, and its own looks. */
import { startTab } from '../../ui/tab.tsx';
import { Doctor } from './doctor.tsx';

startTab('doctor', Doctor);
