/**
 * Disks of old: two channels at fixed ports, with two drives each (ACS-3's parallel interface, as
 * ATA/ATAPI-7 volume 2, INCITS 397-2005, has its registers), and their DMA ("Programming Interface
 * for Bus Master IDE Controller", revision 1.0).
 */
package dev.cortado.drivers.ata.ide;
