/** The page of settings. It decides nothing: it shows what is stored, and sends commands. */
import { startTab } from '../../ui/tab.tsx';
import { Options } from './options.tsx';

startTab('options_title', Options);
