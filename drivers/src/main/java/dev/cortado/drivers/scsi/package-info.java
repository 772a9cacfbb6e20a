/**
 * Disks of the SCSI command set, whatever carries their commands (SPC-4, INCITS 513-2015, and
 * SBC-3, INCITS 514-2014, to which sections refer).
 */
package dev.cortado.drivers.scsi;
