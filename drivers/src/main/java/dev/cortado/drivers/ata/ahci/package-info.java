/** Disks behind AHCI controllers (Serial ATA AHCI 1.3.1, to which sections refer). */
package dev.cortado.drivers.ata.ahci;
