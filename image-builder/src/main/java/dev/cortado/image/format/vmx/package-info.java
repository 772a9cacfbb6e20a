/** Machines of VMware's Workstation, Fusion and ESXi: a text beside a disk. */
package dev.cortado.image.format.vmx;
