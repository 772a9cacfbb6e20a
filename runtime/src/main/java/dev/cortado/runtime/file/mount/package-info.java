/**
 * Which file systems are mounted where: what somebody has written about that, the devices that are
 * found by their names, and file systems of all kinds brought into the tree behind one interface.
 */
package dev.cortado.runtime.file.mount;
