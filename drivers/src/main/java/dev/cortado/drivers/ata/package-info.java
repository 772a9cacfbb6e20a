/** Disks of the ATA command set (ACS-3, INCITS 522-2014, to which sections refer). */
package dev.cortado.drivers.ata;
