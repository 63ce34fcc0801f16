// Loaded before the hub: lets the fuzz collect garbage, weigh the memory and look for changed prototypes.
import { open } from 'node:inspector';

open(0, '127.0.0.1');
