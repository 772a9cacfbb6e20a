/**
 * VMware's messages between guest and host: values that the host has for the guest, and what it
 * asks of the guest. {@link dev.cortado.drivers.vmware.guestrpc.GuestInfo} is the way in.
 */
package dev.cortado.drivers.vmware.guestrpc;
