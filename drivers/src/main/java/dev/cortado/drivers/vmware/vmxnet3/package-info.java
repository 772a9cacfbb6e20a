/**
 * VMware's vmxnet3. There is no public data sheet: names and layouts are those of VMware's headers
 * vmxnet3_defs.h and upt1_defs.h, of its driver for Linux and others.
 */
package dev.cortado.drivers.vmware.vmxnet3;
