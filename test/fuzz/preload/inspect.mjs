// Loaded before the hub: lets the fuzz collect garbage, measure the heap and check for changed prototypes.
import { open } from 'node:inspector';

open(0, '127.0.0.1');
