/** Disks behind controllers of NVM Express (Base Specification 1.4, to which sections refer). */
package dev.cortado.drivers.nvme;
