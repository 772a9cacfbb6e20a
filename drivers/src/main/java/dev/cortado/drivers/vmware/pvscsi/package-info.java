/**
 * VMware's paravirtual SCSI adapter, as the public header {@code vmw_pvscsi.h} of VMware's driver
 * describes it.
 */
package dev.cortado.drivers.vmware.pvscsi;
