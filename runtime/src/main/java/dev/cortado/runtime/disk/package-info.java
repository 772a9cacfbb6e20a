/** The machine's disks, as its drivers drive them, for file systems. */
package dev.cortado.runtime.disk;
