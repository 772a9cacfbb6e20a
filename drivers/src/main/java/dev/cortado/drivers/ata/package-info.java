/**
 * Disks of the ATA command set (ACS-3, INCITS 522-2014, to which sections refer), and drives for
 * CDs, which take packets (ATA8-ACS, INCITS 452-2009).
 */
package dev.cortado.drivers.ata;
