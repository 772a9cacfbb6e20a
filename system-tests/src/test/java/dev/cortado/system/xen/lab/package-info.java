/**
 * Real Xen with a Debian dom0 inside QEMU. {@link dev.cortado.system.xen.lab.XenLab} puts it
 * together once, from Debian's packages and without installing them; {@link
 * dev.cortado.system.xen.lab.XenHost} is one running machine, {@link
 * dev.cortado.system.xen.lab.Domain} one domU on it.
 */
package dev.cortado.system.xen.lab;
