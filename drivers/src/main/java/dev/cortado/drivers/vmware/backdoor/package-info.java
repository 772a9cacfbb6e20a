/** VMware's backdoor: calls to the hypervisor by ports, and its time of day. */
package dev.cortado.drivers.vmware.backdoor;
